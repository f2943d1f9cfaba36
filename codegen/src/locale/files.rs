//! The files of a document and those of a translation: which belongs to which, and what differs in each pair.
//!
//! The one rule: a file of a translation belongs to the one that has its place in the base. References from file to file are
//! compared by what they lead to, so that a translation may lie in a folder of its own and share what has no text.

use crate::{
    compare::{self, Difference},
    document::{Document, Node, Pointer},
    locale::{Base, Translation, each_text},
    source::Span,
};

/// A further file of a document.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it stands in the document that is handed out, which is in one file.
    pub at: Pointer,
    /// Its tree, with references between files that lead to places in the document that is handed out.
    pub document: Document,
}

/// What differs between a base and a translation, the document's own file first. A file that only one of them has is not
/// compared: the references to it differ.
pub(super) fn differences<'doc>(base: Base<'doc>, translation: &'doc Translation) -> Vec<Difference<'doc>> {
    let Translation { document, others, roles, .. } = translation;
    let mut found = compare::compare(base.document, base.roles, document, roles);
    for part in base.others {
        let Some(other) = others.iter().find(|other| other.at == part.at) else { continue };
        for mut difference in compare::compare(&part.document, base.roles, &other.document, roles) {
            for side in [&mut difference.base, &mut difference.copy] {
                side.pointer = below(&part.at, &side.pointer);
            }
            found.push(difference);
        }
    }
    found
}

/// The files of a base that have texts and no counterpart in a translation: the places of their texts.
pub(super) fn untranslated(base: Base<'_>, translation: &Translation) -> Vec<Vec<Span>> {
    let is_alone = |part: &&Part| translation.others.iter().all(|other| other.at != part.at);
    let places = base.others.iter().filter(is_alone).map(|part| {
        let mut places = Vec::new();
        each_text(&part.document.root, &part.at, base.roles, &mut |node, _| places.push(node.span));
        places
    });
    places.filter(|places| !places.is_empty()).collect()
}

/// Visits the texts of a base, those of its own file first.
pub(super) fn each_text_of(base: Base<'_>, visit: &mut dyn FnMut(&Node, &Pointer)) {
    each_text(&base.document.root, &Pointer::root(), base.roles, visit);
    for part in base.others {
        each_text(&part.document.root, &part.at, base.roles, visit);
    }
}

/// The node of a translation with this name.
pub(super) fn find<'copy>(translation: &'copy Translation, pointer: &Pointer) -> Option<&'copy Node> {
    let tokens = pointer.tokens();
    let part = translation.others.iter().find(|part| tokens.starts_with(part.at.tokens()));
    let Some(part) = part else { return pointer.find(&translation.document.root) };
    let within = tokens[part.at.tokens().len()..].iter();
    within.fold(Pointer::root(), |pointer, token| pointer.child(token.as_str())).find(&part.document.root)
}

fn below(at: &Pointer, pointer: &Pointer) -> Pointer {
    pointer.tokens().iter().fold(at.clone(), |at, token| at.child(token.as_str()))
}
