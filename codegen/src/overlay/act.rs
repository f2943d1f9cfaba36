//! One action enters, the document is changed.
//!
//! The one rule: an action does all of what it says, or what it does not do is reported.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Node, Value};
use crate::overlay::merge::{Kind, Merge};
use crate::overlay::tree::{Step, Tree};
use crate::overlay::unmatched::unmatched;
use crate::overlay::{Action, Change, Target, Version};

/// Mappings and sequences within each other, at most: what the loader allows.
const NESTING_LIMIT: usize = 200;

/// Does what an action says.
pub(super) fn act(tree: &mut Tree, action: &Action, version: Version, sink: &mut Sink) {
    let places = action.target.select(tree.value());
    if places.is_empty() {
        sink.report(unmatched(tree, &action.target));
        return;
    }
    match &action.change {
        Change::Remove(_) => remove(tree, action, places, version, sink),
        Change::Update(update) => merge(tree, action, &places, update, version, sink),
        Change::Copy(from) => {
            if let Some(copied) = copied(tree, from, sink) {
                merge(tree, action, &places, &copied, version, sink);
            }
        }
    }
}

/// The one node that is copied.
fn copied(tree: &Tree, from: &Target, sink: &mut Sink) -> Option<Node> {
    let places = from.select(tree.value());
    match places.as_slice() {
        [] => {
            let diagnostic = unmatched(tree, from);
            sink.report(Diagnostic { code: Code::OverlayConflict, ..diagnostic });
            None
        }
        [place] => tree.at(place).cloned(),
        [one, other, ..] => {
            let message = format!("`copy` selects {} nodes, and one is copied", places.len());
            let diagnostic = Diagnostic::new(Code::OverlayConflict, from.span, message);
            let place = |path: &Vec<Step>| tree.at(path).map(|node| node.span);
            let diagnostic = [(one, "this one"), (other, "and this one")]
                .into_iter()
                .filter_map(|(path, text)| Some((place(path)?, text)))
                .fold(diagnostic, |diagnostic, (span, text)| diagnostic.other(span, text));
            sink.report(diagnostic);
            None
        }
    }
}

fn remove(tree: &mut Tree, action: &Action, mut places: Vec<Vec<Step>>, version: Version, sink: &mut Sink) {
    let target = &action.target;
    // The last ones go first, so that positions in lists stay what they are.
    places.sort();
    for place in places.iter().rev() {
        if place.is_empty() {
            let message = "the whole document cannot be removed";
            sink.report(Diagnostic::new(Code::OverlayConflict, target.span, message));
            continue;
        }
        if let Some(node) = tree.at(place)
            && version == Version::V1_0
            && matches!(Kind::of(node), Kind::Primitive)
        {
            sink.report(since_1_1(target, &format!("removing {}", node.value.kind())));
        }
        tree.remove(place);
    }
}

fn merge(tree: &mut Tree, action: &Action, places: &[Vec<Step>], update: &Node, version: Version, sink: &mut Sink) {
    let target = &action.target;
    if !fits(tree, target, places, update, version, sink) {
        return;
    }
    let size = size(update);
    for place in places {
        if place.len() + depth(update) > NESTING_LIMIT {
            let message = format!("the document would be nested more than {NESTING_LIMIT} deep");
            sink.report(Diagnostic::new(Code::NestingLimit, target.span, message));
            return;
        }
        if !tree.takes(size) {
            let message = "overlays bring more than 300,000 nodes";
            sink.report(Diagnostic::new(Code::OverlayConflict, target.span, message));
            return;
        }
        tree.change(place, |node| Merge { sink, version }.target(node, update));
    }
}

/// Whether all that is selected is of one kind, and of a kind that the version updates.
fn fits(tree: &Tree, target: &Target, places: &[Vec<Step>], update: &Node, version: Version, sink: &mut Sink) -> bool {
    let nodes: Vec<&Node> = places.iter().filter_map(|place| tree.at(place)).collect();
    let Some(&first) = nodes.first() else { return false };
    if let Some(&other) = nodes.iter().find(|node| Kind::of(node) != Kind::of(first)) {
        let message = "the target selects nodes of several kinds, to which one value cannot be merged";
        let diagnostic = Diagnostic::new(Code::OverlayConflict, target.span, message);
        sink.report(
            diagnostic
                .other(first.span, format!("{} is selected", first.value.kind()))
                .other(other.span, format!("and {}", other.value.kind())),
        );
        return false;
    }
    if version == Version::V1_0 && Kind::of(first) == Kind::Primitive {
        sink.report(since_1_1(target, &format!("updating {}", first.value.kind())));
    }
    if update.value == Value::Null && Kind::of(first) == Kind::Object {
        let message = "an object is updated with nothing";
        sink.report(Diagnostic::new(Code::NoEffect, update.span, message).label("null changes nothing here"));
        return false;
    }
    true
}

fn since_1_1(target: &Target, what: &str) -> Diagnostic {
    let message = format!("{what} is no part of Overlay 1.0");
    Diagnostic::new(Code::OtherVersion, target.span, message)
        .label("read as in Overlay 1.1")
        .help("write `overlay: 1.1.0`")
}

fn size(node: &Node) -> usize {
    1 + node.children().map(|(_, child)| size(child)).sum::<usize>()
}

fn depth(node: &Node) -> usize {
    node.children().map(|(_, child)| depth(child)).max().map_or(0, |depth| depth + 1)
}
