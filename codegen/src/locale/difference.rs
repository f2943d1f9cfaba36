//! Differences as diagnostics: what differs and where enters, one diagnostic leaves.
//!
//! The one rule: a difference is as serious as the most serious thing that it touches.

use crate::{
    diagnostic::{Code, Diagnostic},
    document::{Node, Value},
    locale::{grammar::Thing, literal::Changed},
    role::{Role, Roles},
    source::Span,
};

/// A place in the copy and one in the base.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    pub(super) copy: Span,
    pub(super) base: Span,
}

const HELP: &str = "a translation may differ from its base in human text only";

/// The same thing, with another value.
pub(super) fn differs(code: Code, language: &str, thing: &Thing<'_>, at: Places) -> Diagnostic {
    let message = format!("{thing} of the `{language}` copy is not the base's");
    shown(code, message, at, "differs", "the base's")
}

/// The same value, under another name.
pub(super) fn renamed(language: &str, base: &Thing<'_>, copy: &Thing<'_>, at: Places) -> Diagnostic {
    let message = format!("{base} of the base is {copy} in the `{language}` copy");
    shown(Code::TranslationDrift, message, at, "differs", "the base's")
}

/// Something that the copy lacks.
pub(super) fn missing(code: Code, language: &str, thing: &Thing<'_>, node: &Node, at: Places) -> Diagnostic {
    let message = match code {
        Code::MissingTranslation => format!("the text {thing} is not in the `{language}` copy"),
        _ => format!("{thing} is not in the `{language}` copy{}", below(node)),
    };
    shown(code, message, at, "missing in this copy", "in the base")
}

/// Something that only the copy has.
pub(super) fn extra(code: Code, language: &str, thing: &Thing<'_>, node: &Node, at: Places) -> Diagnostic {
    let message = match code {
        Code::MissingTranslation => format!("the text {thing} is only in the `{language}` copy: the base has none"),
        _ => format!("{thing} is only in the `{language}` copy{}", below(node)),
    };
    shown(code, message, at, "only in this copy", "not in the base")
}

/// A text with other literals.
pub(super) fn literals(language: &str, thing: &Thing<'_>, changed: &Changed, at: Places) -> Diagnostic {
    let quoted =
        |literals: &[String]| literals.iter().map(|literal| format!("`{literal}`")).collect::<Vec<_>>().join(", ");
    let what = match (&*changed.lost, &*changed.added) {
        (lost, []) => format!("lacks {} of the base's", quoted(lost)),
        ([], added) => format!("has {}, which the base's lacks", quoted(added)),
        (lost, added) => format!("has {} where the base's has {}", quoted(added), quoted(lost)),
    };
    let message = format!("the text {thing} of the `{language}` copy {what}");
    shown(Code::TranslatedLiteral, message, at, "differs", "the base's")
}

fn shown(code: Code, message: String, at: Places, copy: &str, base: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(code, at.copy, message).label(copy).other(at.base, base);
    if code == Code::TranslationDrift { diagnostic.help(HELP) } else { diagnostic }
}

/// The code of a difference in something with a role.
pub(super) fn code(role: Role) -> Code {
    match role {
        Role::Contract => Code::TranslationDrift,
        Role::Example => Code::TranslatedExample,
        Role::Extension => Code::TranslatedExtension,
        Role::Text => Code::MissingTranslation,
    }
}

/// The most serious role within a subtree. Examples, extensions and texts are so with everything below them.
pub(super) fn heaviest(node: &Node, roles: &Roles, inherited: Role) -> Role {
    let role = if inherited == Role::Contract { roles.of(node.id) } else { inherited };
    let children: Vec<&Node> = match &node.value {
        Value::Mapping(entries) => entries.iter().map(|entry| &entry.value).collect(),
        Value::Sequence(items) => items.iter().collect(),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    if role != Role::Contract {
        return role;
    }
    children.into_iter().map(|child| heaviest(child, roles, role)).max_by_key(|&role| weight(role)).unwrap_or(role)
}

fn weight(role: Role) -> u8 {
    match role {
        Role::Contract => 3,
        Role::Example => 2,
        Role::Extension => 1,
        Role::Text => 0,
    }
}

fn below(node: &Node) -> String {
    match count(node) {
        0 => String::new(),
        1 => ", with 1 node below it".to_owned(),
        nodes => format!(", with {nodes} nodes below it"),
    }
}

/// The nodes below a node.
fn count(node: &Node) -> usize {
    match &node.value {
        Value::Mapping(entries) => entries.iter().map(|entry| 1 + count(&entry.value)).sum(),
        Value::Sequence(items) => items.iter().map(|item| 1 + count(item)).sum(),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
