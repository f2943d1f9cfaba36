//! One document, and how code is generated from it.

use std::path::PathBuf;

use crate::build::Apis;
use crate::build::languages::languages;
use crate::locale::Drift;
use crate::{Formats, Group, Options, UrlMapping};

/// One document to generate code from.
///
/// ```no_run
/// use stubwright_codegen::{Api, Group};
///
/// Api::new("openapi.yaml")
///     .module("pets")
///     .language("en")
///     .translation("de", "openapi.de.yaml")
///     .map("https://schemas.example.com", "schemas")
///     .exclude("tag:internal")
///     .group(Group::One)
///     .generate();
/// ```
#[derive(Clone, Debug)]
pub struct Api {
    pub(super) path: PathBuf,
    pub(super) module: Option<String>,
    pub(super) language: Option<String>,
    pub(super) translations: Vec<(String, PathBuf)>,
    /// Whether translations are looked for.
    pub(super) beside: bool,
    pub(super) overlays: Vec<ApiOverlay>,
    pub(super) drift: Drift,
    pub(super) urls: Vec<UrlMapping>,
    pub(super) options: Options,
    pub(super) strict: bool,
}

/// An overlay of a document.
#[derive(Clone, Debug)]
pub(super) struct ApiOverlay {
    pub(super) path: PathBuf,
    pub(super) translations: Vec<(String, PathBuf)>,
}

impl ApiOverlay {
    /// The overlay and its copies.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.path).chain(self.translations.iter().map(|(_, path)| path))
    }
}

impl Api {
    /// The document at a path, relative to the package.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            module: None,
            language: None,
            translations: Vec::new(),
            beside: false,
            overlays: Vec::new(),
            drift: Drift::default(),
            urls: Vec::new(),
            options: Options::default(),
            strict: false,
        }
    }

    /// Names the module; without it, the file's name does.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Says which language the document is in: a tag of BCP 47, `en` if nothing is said.
    #[must_use]
    pub fn language(mut self, tag: impl Into<String>) -> Self {
        self.language = Some(tag.into());
        self
    }

    /// Adds a translation: a copy of the document, which may differ in human text only, or an overlay of such texts.
    #[must_use]
    pub fn translation(mut self, tag: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.translations.push((tag.into(), path.into()));
        self
    }

    /// Looks for translations: `de/x.yaml` beside `x.yaml`, or `../de/x.yaml` beside `en/x.yaml`; `x.de.yaml`; the overlays
    /// `x.de.overlay.yaml` and, where there is no `x.overlay.yaml`, `x.overlay.de.yaml`; `@l10n/de/x.yaml`. The language of
    /// `en/x.yaml` and `x.en.yaml` is `en` then, unless another one is said.
    #[must_use]
    pub fn translations_beside(mut self) -> Self {
        self.beside = true;
        self
    }

    /// The translations that [`Api::translations_beside`] finds besides those that were named; none where it was not called.
    pub fn found_translations(&self) -> Vec<(String, PathBuf)> {
        // What is wrong with the languages is told by the run.
        languages(self).map(|languages| languages.found()).unwrap_or_default()
    }

    /// Documents the generated code in this language of the document, as a tag of BCP 47. What is not translated falls back
    /// along the tag, and then to the document's own language. Names never come from texts: they stay as they are.
    #[must_use]
    pub fn docs_language(mut self, tag: impl Into<String>) -> Self {
        self.options.docs_language = Some(tag.into());
        self
    }

    /// Applies an OpenAPI Overlay (1.0 or 1.1) to the document, behind those of earlier calls. The document stays as it was
    /// published, and so do its translations; code is generated from what the overlays make of it, and that is handed out.
    /// References in what an overlay brings lead from the document.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(ApiOverlay { path: path.into(), translations: Vec::new() });
        self
    }

    /// Adds a translated copy of the overlay of the call before this one: it does the same in other words.
    /// [`Api::translations_beside`] finds `x.overlay.de.yaml` beside `x.overlay.yaml`.
    ///
    /// # Panics
    ///
    /// Where no overlay was named before.
    #[must_use]
    pub fn overlay_translation(mut self, tag: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        let overlay = self.overlays.last_mut().expect("`overlay` is called before `overlay_translation`");
        overlay.translations.push((tag.into(), path.into()));
        self
    }

    /// Lets translated copies differ from the document in more than human text: it is a warning, and the document counts.
    #[must_use]
    pub fn allow_drift(mut self) -> Self {
        self.drift = Drift::Allowed;
        self
    }

    /// Names a file that stands for a URL, or a folder that stands for all URLs below one, where references of the document
    /// name them: nothing is fetched.
    #[must_use]
    pub fn map(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.urls.push(UrlMapping { url: url.into(), path: path.into() });
        self
    }

    /// Generates for the operations that a selector names, and for no others but those of further calls. A selector is an
    /// `operationId`, a method and a path as the document has it (`GET /pets/{id}`), or `tag:` and the name of a tag.
    #[must_use]
    pub fn only(mut self, selector: impl Into<String>) -> Self {
        self.options.selection.only.push(selector.into());
        self
    }

    /// Leaves out the operations that a selector names. What stays keeps its names.
    #[must_use]
    pub fn exclude(mut self, selector: impl Into<String>) -> Self {
        self.options.selection.exclude.push(selector.into());
        self
    }

    /// Says what the traits are made by: [`Group::Tag`] if nothing is said.
    #[must_use]
    pub fn group(mut self, group: Group) -> Self {
        self.options.group = group;
        self
    }

    /// Hands the document out with the statuses that were published, and no others. Without this, what the server answers
    /// on its own (401 without a credential, 415 for another media type, ...) is added to each operation that does not
    /// declare it, marked `x-status-source: generated`, and an integer without bounds gets those of its Rust type.
    #[must_use]
    pub fn no_implied_statuses(mut self) -> Self {
        self.options.no_implied_statuses = true;
        self
    }

    /// Lets handlers be left out: the traits answer 501 in their place, in the document's error shape.
    #[must_use]
    pub fn unimplemented(mut self) -> Self {
        self.options.unimplemented = true;
        self
    }

    /// Names the realm of `WWW-Authenticate` (RFC 9110 section 11.5): the part of the server that credentials are for.
    #[must_use]
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.options.realm = Some(realm.into());
        self
    }

    /// Reads schemas to the letter of JSON Schema. Without this, a schema that has `properties` or `items` and no `type` is
    /// read as if `type` were there, and an `enum` without values as if it were not there.
    #[must_use]
    pub fn exact_schemas(mut self) -> Self {
        self.options.exact_schemas = true;
        self
    }

    /// Says what a well-known `format` demands where no Rust type enforces it: [`Formats::Assert`] if nothing is said.
    #[must_use]
    pub fn formats(mut self, formats: Formats) -> Self {
        self.options.formats = formats;
        self
    }

    /// Also generates `examples.rs`: a struct `Examples` with every trait, which answers with the document's examples, or with
    /// values that its schemas allow.
    #[must_use]
    pub fn examples(mut self, examples: bool) -> Self {
        self.options.examples = examples;
        self
    }

    /// Also looks for what the document most likely forgot: statuses that its prose names, in any language, and that no
    /// response is for; 401 where a credential is asked for; credentials where 401 is declared. These are warnings that
    /// [`Api::strict`] leaves alone.
    #[must_use]
    pub fn lint(mut self, lint: bool) -> Self {
        self.options.lints = lint;
        self
    }

    /// Makes every warning about this document an error, lints aside.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Generates into a folder of the package: see [`Apis::checked_in`].
    #[must_use]
    pub fn checked_in(self, folder: impl Into<PathBuf>) -> Apis {
        Apis::new([self]).checked_in(folder)
    }

    /// Generates into `OUT_DIR`, for `stubwright::include_api!`. Like [`Apis::generate`].
    pub fn generate(self) {
        Apis::new([self]).generate();
    }
}
