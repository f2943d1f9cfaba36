//! What a part of a document weighs: its most serious role, and its nodes.

use crate::{
    document::Node,
    role::{Role, Roles},
};

/// The most serious role within a subtree. Examples, extensions and texts are so with everything below them.
pub(super) fn heaviest(node: &Node, roles: &Roles, inherited: Role) -> Role {
    let role = if inherited == Role::Contract { roles.of(node.id) } else { inherited };
    if role != Role::Contract {
        return role;
    }
    let below = node.children().map(|(_, child)| heaviest(child, roles, role));
    below.max_by_key(|&role| weight(role)).unwrap_or(role)
}

/// The nodes below a node.
pub(super) fn count(node: &Node) -> usize {
    node.children().map(|(_, child)| 1 + count(child)).sum()
}

fn weight(role: Role) -> u8 {
    match role {
        Role::Contract => 3,
        Role::Example => 2,
        Role::Extension => 1,
        Role::Text => 0,
    }
}
