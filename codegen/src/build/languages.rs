//! The languages of one document: what was named and what lies beside it enters, canonical tags and paths leave.
//!
//! The one rule: each language has one file. What is named counts before what is found.

use std::path::PathBuf;

use crate::build::api::ApiOverlay;
use crate::build::beside::{Beside, beside};
use crate::build::{Api, Failure};
use crate::locale;

/// Languages and paths.
type Copies = Vec<(String, PathBuf)>;

/// The languages of a document.
#[derive(Clone, Debug)]
pub(super) struct Languages {
    /// That of the document itself.
    pub(super) base: String,
    /// Its translations: those that were named, and those that were found behind them.
    pub(super) copies: Copies,
    /// How many of them were named.
    pub(super) named: usize,
    /// The overlays, with the copies that were named and those that were found behind them.
    pub(super) overlays: Vec<ApiOverlay>,
    /// The copies of overlays that were found.
    pub(super) found_for_overlays: Copies,
    /// That of the documentation, where it is another one.
    pub(super) docs: Option<String>,
}

impl Languages {
    /// The translations that were found.
    pub(super) fn found(&self) -> Copies {
        self.copies[self.named..].iter().chain(&self.found_for_overlays).cloned().collect()
    }
}

/// The languages of a document.
pub(super) fn languages(api: &Api) -> Result<Languages, Failure> {
    let refused = |what: String| Failure::File { path: api.path.clone(), what };
    let tag = |tag: &String| locale::canonical(tag).map_err(|error| refused(error.to_string()));
    let Beside { language, translations } = if api.beside { beside(&api.path) } else { Beside::default() };
    let base = match &api.language {
        Some(language) => tag(language)?,
        None => language.unwrap_or_else(|| "en".to_owned()),
    };
    let mut copies: Copies = Vec::new();
    for (language, path) in &api.translations {
        let language = tag(language)?;
        if language == base || copies.iter().any(|(known, _)| *known == language) {
            return Err(refused(format!("a second file in the language `{language}`: {}", path.display())));
        }
        copies.push((language, path.clone()));
    }
    let named = copies.len();
    let is_new = |(language, path): &(String, PathBuf)| {
        *language != base && copies.iter().all(|(known, other)| known != language && other != path)
    };
    let found: Vec<_> = translations.into_iter().filter(is_new).collect();
    copies.extend(found);
    let (overlays, found_for_overlays) = overlays(api, &base)?;
    let of_overlays = overlays.iter().flat_map(|overlay| &overlay.translations).map(|(language, _)| language);
    let known: Vec<&String> =
        std::iter::once(&base).chain(copies.iter().map(|(language, _)| language)).chain(of_overlays).collect();
    let docs = match &api.options.docs_language {
        Some(language) => {
            let wanted = tag(language)?;
            if !locale::fallbacks(&wanted).any(|wanted| known.iter().any(|known| *known == wanted)) {
                let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
                return Err(refused(format!("no documentation in `{wanted}`; there is: {}", known.join(", "))));
            }
            Some(wanted).filter(|wanted| *wanted != base)
        }
        None => None,
    };
    Ok(Languages { base, copies, named, overlays, found_for_overlays, docs })
}

/// The overlays with their copies, and those copies that were found: `x.overlay.de.yaml` beside `x.overlay.yaml`.
fn overlays(api: &Api, base: &str) -> Result<(Vec<ApiOverlay>, Copies), Failure> {
    let (mut overlays, mut found) = (Vec::new(), Vec::new());
    for ApiOverlay { path, translations } in &api.overlays {
        let mut copies: Copies = Vec::new();
        for (language, copy) in translations {
            let refused = |what: String| Failure::File { path: copy.clone(), what };
            let language = locale::canonical(language).map_err(|error| refused(error.to_string()))?;
            if language == base || copies.iter().any(|(known, _)| *known == language) {
                return Err(refused(format!("a second overlay in the language `{language}`")));
            }
            copies.push((language, copy.clone()));
        }
        let Beside { translations: beside, .. } = if api.beside { beside(path) } else { Beside::default() };
        for (language, copy) in beside {
            if language != base && copies.iter().all(|(known, other)| *known != language && *other != copy) {
                copies.push((language.clone(), copy.clone()));
                found.push((language, copy));
            }
        }
        overlays.push(ApiOverlay { path: path.clone(), translations: copies });
    }
    Ok((overlays, found))
}
