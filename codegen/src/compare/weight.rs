//! What a part of a document weighs: its most serious role, and its values.

use crate::{
    document::Node,
    role::{Role, Roles},
};

/// The most serious role within a subtree. An example or extension is so with everything below it.
pub(super) fn heaviest(node: &Node, roles: &Roles, inherited: Role) -> Role {
    let role = roles.within(inherited, node.id);
    if role != Role::Contract {
        return role;
    }
    let below = node.children().map(|(_, child)| heaviest(child, roles, role));
    below.max_by_key(|&role| weight(role)).unwrap_or(role)
}

/// The values below a node: scalars, and lists and objects with nothing in them.
pub(super) fn values_below(node: &Node) -> usize {
    node.children().map(|(_, child)| values_below(child).max(1)).sum()
}

fn weight(role: Role) -> u8 {
    match role {
        Role::Contract => 3,
        Role::Example => 2,
        Role::Extension => 1,
        Role::Text => 0,
    }
}
