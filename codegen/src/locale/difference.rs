//! Differences as diagnostics: what differs between a copy and its base enters, one diagnostic leaves.
//!
//! The one rule: a difference is as serious as the most serious thing that it touches.

use crate::{
    compare::{Change, Difference},
    diagnostic::{Code, Diagnostic},
    locale::literal::Changed,
    role::Role,
    source::Span,
};

/// A place in the copy and one in the base.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    pub(super) copy: Span,
    pub(super) base: Span,
}

const HELP: &str = "a translation may differ from its base in human text only";

/// A difference that is more than other words.
pub(super) fn reported(language: &str, difference: &Difference<'_>) -> Diagnostic {
    let Difference { thing, role, .. } = difference;
    let code = code(*role);
    let below = below(difference.below);
    let (message, copy, base) = match (difference.change, role) {
        (Change::Changed, _) => {
            (format!("{thing} of the `{language}` copy is not the base's"), "differs", "the base's")
        }
        (Change::Renamed(new), _) => {
            (format!("{thing} of the base is {new} in the `{language}` copy"), "differs", "the base's")
        }
        (Change::Missing, Role::Text) => return untranslated(language, difference),
        (Change::Missing, Role::Contract | Role::Example | Role::Extension) => {
            (format!("{thing} is not in the `{language}` copy{below}"), "missing in this copy", "in the base")
        }
        (Change::Extra, Role::Text) => {
            let message = format!("the text {thing} is only in the `{language}` copy: the base has none");
            (message, "only in this copy", "not in the base")
        }
        (Change::Extra, Role::Contract | Role::Example | Role::Extension) => {
            (format!("{thing} is only in the `{language}` copy{below}"), "only in this copy", "not in the base")
        }
    };
    shown(code, message, places(difference), copy, base)
}

/// A text that the copy does not have.
pub(super) fn untranslated(language: &str, difference: &Difference<'_>) -> Diagnostic {
    let message = format!("the text {} is not in the `{language}` copy", difference.thing);
    shown(Code::MissingTranslation, message, places(difference), "missing in this copy", "in the base")
}

/// A text with other literals.
pub(super) fn literals(language: &str, difference: &Difference<'_>, changed: &Changed, at: Places) -> Diagnostic {
    let thing = &difference.thing;
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

/// The places of a difference.
pub(super) fn places(difference: &Difference<'_>) -> Places {
    Places { copy: difference.copy.place, base: difference.base.place }
}

/// The code of a difference in something with a role.
fn code(role: Role) -> Code {
    match role {
        Role::Contract => Code::TranslationDrift,
        Role::Example => Code::TranslatedExample,
        Role::Extension => Code::TranslatedExtension,
        Role::Text => Code::MissingTranslation,
    }
}

fn below(nodes: usize) -> String {
    match nodes {
        0 => String::new(),
        1 => ", with 1 node below it".to_owned(),
        nodes => format!(", with {nodes} nodes below it"),
    }
}
