//! The files of a document and those of a translation: which belongs to which, and what differs in each pair.
//!
//! The one rule: a file of a translation belongs to the one that has its place in the base. References from file to file are
//! compared by what they lead to, so that a translation may lie in a folder of its own and share what has no text.

use crate::{
    compare::{self, Comparison, Difference},
    document::{Document, Node, Pointer},
    locale::{Base, Translation, each_text},
    role::Roles,
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
    comparison(base, translation).differences
}

/// The same, with the places of the texts that both have.
pub(super) fn comparison<'doc>(base: Base<'doc>, translation: &'doc Translation) -> Comparison<'doc> {
    let Translation { document, others, roles, .. } = translation;
    let mut found = compare::comparison(base.document, base.roles, document, roles);
    for part in base.others {
        let Some(other) = others.iter().find(|other| other.at == part.at) else { continue };
        let Comparison { differences, same } = compare::comparison(&part.document, base.roles, &other.document, roles);
        found.same.extend(same);
        for mut difference in differences {
            if !is_read(&part.document.root, &difference.base.pointer, base.roles) {
                continue;
            }
            for side in [&mut difference.base, &mut difference.copy] {
                side.pointer = below(&part.at, &side.pointer);
            }
            found.differences.push(difference);
        }
    }
    found
}

/// Whether a place stands in or below an object that was read. What nothing refers to is in no language.
fn is_read(root: &Node, pointer: &Pointer, roles: &Roles) -> bool {
    let mut node = root;
    for token in pointer.tokens() {
        if roles.is_read(node.id) {
            return true;
        }
        match Pointer::root().child(token.as_str()).find(node) {
            Some(below) => node = below,
            None => return false,
        }
    }
    roles.is_read(node.id)
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

fn below(at: &Pointer, pointer: &Pointer) -> Pointer {
    pointer.tokens().iter().fold(at.clone(), |at, token| at.child(token.as_str()))
}
