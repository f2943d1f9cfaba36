//! What anchors name, and how much their aliases may expand to.
//!
//! The one rule: time and memory stay linear in the text plus [`EXPANSION_LIMIT`].

use rustc_hash::FxHashMap;

use crate::document::{Node, Value};

/// Nodes that all aliases of a document expand to, at most. Long texts count as several.
pub(super) const EXPANSION_LIMIT: usize = 1_000_000;

/// Bytes of text that count as one more node.
const TEXT_UNIT: usize = 64;

/// The anchored nodes that are complete.
#[derive(Debug)]
pub(super) struct Anchors {
    /// By the parser's number for the anchor. Never iterated.
    nodes: FxHashMap<usize, Anchored>,
    /// What may still be kept. Anchors within anchors are kept each for itself, so this needs a limit too.
    keep: usize,
    /// What aliases may still expand to.
    expand: usize,
}

#[derive(Debug)]
enum Anchored {
    Kept { node: Node, measure: Measure },
    TooLarge,
}

/// The size of a tree.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    /// In nodes.
    size: usize,
    /// Mappings and sequences within each other.
    depth: usize,
}

/// What an alias gives.
#[derive(Debug)]
pub(super) enum Expansion {
    Node {
        node: Node,
        depth: usize,
    },
    /// The anchor's node is still open.
    WithinItself,
    TooLarge,
}

impl Anchors {
    pub(super) fn new() -> Self {
        Self { nodes: FxHashMap::default(), keep: EXPANSION_LIMIT, expand: EXPANSION_LIMIT }
    }

    /// Keeps a node for the aliases to come.
    pub(super) fn define(&mut self, anchor: usize, node: &Node) {
        let anchored = match measure(node, self.keep) {
            Some(measure) => {
                self.keep -= measure.size;
                Anchored::Kept { node: node.clone(), measure }
            }
            None => Anchored::TooLarge,
        };
        self.nodes.insert(anchor, anchored);
    }

    /// The node that an alias stands for. Its places are the anchor's.
    pub(super) fn expand(&mut self, anchor: usize) -> Expansion {
        match self.nodes.get(&anchor) {
            None => Expansion::WithinItself,
            Some(Anchored::Kept { node, measure }) if measure.size <= self.expand => {
                self.expand -= measure.size;
                Expansion::Node { node: node.clone(), depth: measure.depth }
            }
            Some(Anchored::Kept { .. } | Anchored::TooLarge) => Expansion::TooLarge,
        }
    }
}

/// `None` when the tree is larger than the limit.
fn measure(node: &Node, limit: usize) -> Option<Measure> {
    let mut total = Measure { size: 1, depth: 0 };
    match &node.value {
        Value::Null | Value::Boolean(_) => {}
        Value::Number(text) => total.size += text.len() / TEXT_UNIT,
        Value::String(text) => total.size += text.len() / TEXT_UNIT,
        Value::Sequence(items) => {
            total.depth = 1;
            for item in items {
                total.add(measure(item, limit.checked_sub(total.size)?)?);
            }
        }
        Value::Mapping(entries) => {
            total.depth = 1;
            for entry in entries {
                total.size += entry.key.text.len() / TEXT_UNIT;
                total.add(measure(&entry.value, limit.checked_sub(total.size)?)?);
            }
        }
    }
    (total.size <= limit).then_some(total)
}

impl Measure {
    fn add(&mut self, child: Measure) {
        self.size += child.size;
        self.depth = self.depth.max(child.depth + 1);
    }
}
