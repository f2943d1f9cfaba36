//! The document itself, as the server hands it out: in every language, as JSON and YAML.

pub(crate) mod language;
mod macros;
mod render;
mod service;
mod spoken;
mod yaml;

pub use self::service::{not_found, not_found_in, routes};
pub use self::spoken::{Language, OperationKey, Spoken, Texts, negotiate, of_tag};
use crate::shape::ErrorShape;

/// A document with its texts in every language. Generated code declares it.
///
/// `json` is a template. Where a translated text belongs stands U+001A, the text's JSON Pointer, U+001A; the value of
/// `servers` is `servers` between two U+001A. That character occurs raw nowhere in JSON. What is not translated stands in
/// the template itself.
#[derive(Debug)]
pub struct Document {
    /// The languages, as BCP 47 tags; the base first.
    pub languages: &'static [&'static str],

    /// The translated texts, sorted by pointer.
    pub texts: &'static [Text],

    /// The template of the document as JSON.
    pub json: &'static str,

    /// The files as they were published.
    pub originals: &'static [Original],

    /// What errors look like that no operation answers: unknown paths and methods.
    pub error_shape: ErrorShape,
}

/// A human text of a document.
#[derive(Debug)]
pub struct Text {
    /// Its place: a JSON Pointer (RFC 6901).
    pub pointer: &'static str,

    /// The text in the base language.
    pub base: &'static str,

    /// The text in other languages: tag and text.
    pub translations: &'static [(&'static str, &'static str)],
}

/// A file as it was published.
#[derive(Debug)]
pub struct Original {
    /// Its language.
    pub language: &'static str,

    /// Its name; the ending tells whether it is JSON or YAML.
    pub name: &'static str,

    /// Its content.
    pub bytes: &'static [u8],
}
