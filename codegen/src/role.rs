//! What the nodes of a document are for: contract, human text, examples, extensions.
//!
//! The reader marks nodes as it goes, so a role comes from a node's place in the grammar: a property that is named
//! `description`, the payload of an example and an enum value are never taken for text.
//!
//! Of extensions, those that tools show to people in the form of a text are text: [`Roles::TEXT_EXTENSIONS`].

use rustc_hash::FxHashSet;

use crate::document::NodeId;

/// What a node is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Types, routes or checks may depend on it: the same in every language.
    Contract,
    /// Text for people: free to be translated.
    Text,
    /// An example's value, and everything below it but for the texts of an Example Object.
    Example,
    /// The value of an extension (`x-…`), and everything below it but for the texts of what references lead to.
    Extension,
}

/// The roles of the nodes of one document. What is not marked is contract.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// By the number of the node: as long as the last marked one needs.
    by_node: Vec<Role>,
    /// The objects of the specification that were read, those of the document's own file aside.
    read: FxHashSet<NodeId>,
}

impl Roles {
    /// The extensions whose value is a text for people, or a list or mapping of such texts, wherever they stand.
    pub const TEXT_EXTENSIONS: &[&str] =
        &["x-displayName", "x-summary", "x-description", "x-enumDescriptions", "x-enum-descriptions"];

    /// What a node is for, below a node of this role: an example's texts are texts, and its payload is an example.
    pub fn within(&self, above: Role, node: NodeId) -> Role {
        match (above, self.of(node)) {
            (Role::Contract, own) => own,
            (_, Role::Text) => Role::Text,
            (above, Role::Contract | Role::Example | Role::Extension) => above,
        }
    }

    /// Marks a node.
    pub fn mark(&mut self, node: NodeId, role: Role) {
        let Some(number) = index(node) else { return };
        if self.by_node.len() <= number {
            self.by_node.resize(number + 1, Role::Contract);
        }
        self.by_node[number] = role;
    }

    /// Notes that an object of another file than the document's own is one of the specification.
    pub(crate) fn mark_read(&mut self, object: NodeId) {
        self.read.insert(object);
    }

    /// Whether a node of another file than the document's own was read as an object of the specification.
    pub(crate) fn is_read(&self, node: NodeId) -> bool {
        self.read.contains(&node)
    }

    /// What a node is for.
    pub fn of(&self, node: NodeId) -> Role {
        index(node).and_then(|number| self.by_node.get(number)).copied().unwrap_or(Role::Contract)
    }
}

/// The number of a node of a document; a node that stands in none has no role.
fn index(node: NodeId) -> Option<usize> {
    usize::try_from(node.number()).ok().filter(|_| node.number() != u32::MAX)
}
