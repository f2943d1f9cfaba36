//! Overlays: a published document and overlays enter, the effective document leaves (Overlay Specification 1.0 and 1.1).
//!
//! The one rule: every node keeps its place. What an overlay brings points into the overlay, and all else into the file that
//! was published.

mod act;
mod extends;
mod merge;
mod read;
mod target;
mod tree;
mod unmatched;
mod write;

pub use extends::{Extends, check_base};
pub use read::read;
pub use target::Target;
pub use write::write;

use crate::diagnostic::Sink;
use crate::document::{Document, Node};
use crate::overlay::tree::Tree;
use crate::source::Span;

/// An Overlay document.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The features that it may use.
    pub version: Version,
    /// The document that it is made for, if it says so.
    pub extends: Option<Extends>,
    /// What it does, in this order.
    pub actions: Vec<Action>,
}

/// The versions of the Overlay Specification, by their feature sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Objects and lists are updated and removed.
    V1_0,
    /// So are other values; what is in the document is copied.
    V1_1,
}

/// One or more equal changes.
#[derive(Clone, Debug)]
pub struct Action {
    /// What is changed.
    pub target: Target,
    /// How.
    pub change: Change,
}

/// What happens to each node that a target selects.
#[derive(Clone, Debug)]
pub enum Change {
    /// This value is merged with it.
    Update(Node),
    /// The one node that this selects is merged with it.
    Copy(Target),
    /// It is taken out of what holds it. The place is that of the key `remove`.
    Remove(Span),
}

/// Applies overlays, one after the other, each action to what the one before it left.
///
/// What cannot be done is reported, and the rest is done all the same; the caller asks [`Sink::gate`].
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, document, overlay, source::Sources};
///
/// let (mut sources, mut sink) = (Sources::default(), Sink::default());
/// let base = sources.add("pets.yaml", "info: {title: Pets}\n");
/// let text = "overlay: 1.1.0\ninfo: {title: Name, version: '1'}\nactions: [{target: $.info.title, update: Dogs}]\n";
/// let patch = sources.add("pets.overlay.yaml", text);
/// let base = document::load(&sources, base, &mut sink).expect("it is well-formed");
/// let patch = document::load(&sources, patch, &mut sink).expect("it is well-formed");
/// let patch = overlay::read(&sources, &patch, &mut sink).expect("it is an overlay");
///
/// let effective = overlay::apply(&base, &[patch], &mut sink);
/// assert_eq!(document::to_json_text(&effective.root), r#"{"info":{"title":"Dogs"}}"#);
/// assert!(!sink.has_errors());
/// ```
pub fn apply(base: &Document, overlays: &[Overlay], sink: &mut Sink) -> Document {
    let mut tree = Tree::new(base.root.clone());
    for overlay in overlays {
        for action in &overlay.actions {
            act::act(&mut tree, action, overlay.version, sink);
            if tree.is_full() {
                return tree.finish();
            }
        }
    }
    tree.finish()
}
