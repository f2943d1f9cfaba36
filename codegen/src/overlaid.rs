//! The overlays of a run: the published document enters, the effective one leaves, in every language.
//!
//! The one rule: what is published stays as it is, since translations are copies of that. The texts that an overlay brings are
//! in its own copies, which do the same as it does in other words: what each of them makes of the published document is
//! compared with what the overlay makes of it.

use std::path::PathBuf;

use crate::Input;
use crate::diagnostic::{Refused, Sink};
use crate::document::{self, Document};
use crate::overlay::{self, Overlay};
use crate::source::{SourceId, Sources};

/// An overlay of a run.
#[derive(Clone, Debug)]
pub struct OverlayInput {
    /// The Overlay document.
    pub source: SourceId,
    /// Where it lies: what it `extends` is named from here. References in what it brings lead from the document that it is
    /// applied to.
    pub path: PathBuf,
    /// Its translated copies, with their languages.
    pub translations: Vec<(String, SourceId)>,
}

/// A document with its overlays.
pub(crate) struct Overlaid {
    /// What code is generated from.
    pub(crate) effective: Document,
    /// What was published, where overlays change it.
    pub(crate) published: Option<Document>,
    /// The effective document by the translated copies of the overlays.
    pub(crate) translated: Vec<(String, Document)>,
}

/// Applies the overlays of a run to its published document.
pub(crate) fn overlaid(
    sources: &Sources,
    input: &Input,
    published: Document,
    sink: &mut Sink,
) -> Result<Overlaid, Refused> {
    if input.overlays.is_empty() {
        return Ok(Overlaid { effective: published, published: None, translated: Vec::new() });
    }
    let overlays: Vec<(Option<Overlay>, &OverlayInput)> =
        input.overlays.iter().map(|overlay| (load(sources, overlay.source, sink), overlay)).collect();
    for (overlay, OverlayInput { path, .. }) in &overlays {
        if let Some(overlay) = overlay {
            overlay::check_base(overlay, path, &published, &input.path, &input.urls, sink);
        }
    }
    sink.gate()?;
    let base: Vec<Overlay> = overlays.iter().filter_map(|(overlay, _)| overlay.clone()).collect();
    let effective = overlay::apply(&published, &base, sink);
    let mut languages: Vec<&String> = Vec::new();
    for (language, _) in input.overlays.iter().flat_map(|overlay| &overlay.translations) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    let mut translated = Vec::new();
    for language in languages {
        // An overlay without a copy in this language stands for itself.
        let copies = overlays.iter().map(|(base, overlay)| {
            let copy = overlay.translations.iter().find(|(tag, _)| tag == language);
            copy.map_or_else(|| base.clone(), |(_, source)| load(sources, *source, sink))
        });
        let copies: Option<Vec<Overlay>> = copies.collect();
        sink.gate()?;
        translated.push((language.clone(), overlay::apply(&published, &copies.ok_or(Refused)?, sink)));
    }
    sink.gate()?;
    Ok(Overlaid { effective, published: Some(published), translated })
}

fn load(sources: &Sources, source: SourceId, sink: &mut Sink) -> Option<Overlay> {
    let document = document::load(sources, source, sink)?;
    overlay::read(sources, &document, sink)
}
