//! Differences as diagnostics: what differs between a copy and its base enters, one diagnostic leaves.
//!
//! The one rule: a difference is as serious as the most serious thing that it touches.

use crate::{
    compare::{self, Change, Difference},
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

/// What is done about a copy that differs from its base in the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drift {
    /// It is an error.
    #[default]
    Refused,
    /// It is a warning: the base's contract counts.
    Allowed,
}

/// A difference that is more than other words.
pub(super) fn reported(language: &str, difference: &Difference<'_>, drift: Drift) -> Diagnostic {
    let (copy, base) = match (difference.change, difference.role) {
        (Change::Missing, Role::Text) => return untranslated(language, difference),
        (Change::Missing, _) => ("missing in this copy", "in the base"),
        (Change::Extra, _) => ("only in this copy", "not in the base"),
        (Change::Changed | Change::Renamed(_), _) => ("differs", "the base's"),
    };
    let code = code(difference.role, drift);
    let diagnostic = shown(code, message(language, difference), places(difference), copy, base);
    if code == Code::TranslationDrift { diagnostic.help(HELP) } else { diagnostic }
}

/// What is said of a difference.
fn message(language: &str, difference: &Difference<'_>) -> String {
    let thing = thing(difference);
    let below = below(difference.below);
    match (difference.change, difference.role) {
        (Change::Renamed(new), _) => format!("{thing} is translated in the `{language}` copy: it is {new}"),
        (Change::Changed, _) => match words(difference) {
            Some((old, new)) => format!("{thing} is translated in the `{language}` copy: `{old}` is `{new}`"),
            None => format!("{thing} is not the base's in the `{language}` copy"),
        },
        (Change::Missing, _) => format!("{thing} is not in the `{language}` copy{below}"),
        (Change::Extra, Role::Text) => {
            format!("the text {thing} is only in the `{language}` copy: the base has none")
        }
        (Change::Extra, _) => format!("{thing} is only in the `{language}` copy{below}"),
    }
}

/// What differs, with what it belongs to.
fn thing(difference: &Difference<'_>) -> String {
    let place = if difference.base.node.is_some() { &difference.base } else { &difference.copy };
    let owner = compare::owner(&place.pointer);
    let is_payload = difference.role == Role::Example && difference.change == Change::Changed;
    let thing = if is_payload { "an example".to_owned() } else { difference.thing.to_string() };
    owner.map_or(thing.clone(), |owner| format!("{thing} of {owner}"))
}

/// What stands in the base and in the copy, where both are words that somebody may have translated.
fn words<'doc>(difference: &Difference<'doc>) -> Option<(&'doc str, &'doc str)> {
    const TRANSLATED: &[&str] = &[
        "operationId",
        "tag",
        "tag name",
        "enum value",
        "bearerFormat",
        "parameter name",
        "required property",
        "security scheme",
        "scope",
    ];
    let is_name = difference.thing.kind().is_some_and(|kind| TRANSLATED.contains(&kind));
    let (old, new) = (difference.base.node?.as_str()?, difference.copy.node?.as_str()?);
    let is_short = |text: &str| text.chars().count() <= 60 && !text.contains('\n');
    ((is_name || difference.role == Role::Example) && is_short(old) && is_short(new)).then_some((old, new))
}

/// A text that the copy does not have.
pub(super) fn untranslated(language: &str, difference: &Difference<'_>) -> Diagnostic {
    let message = format!("the text {} is not in the `{language}` copy", thing(difference));
    shown(Code::MissingTranslation, message, places(difference), "missing in this copy", "in the base")
}

/// A file of the base with texts, at these places, that the copy has no counterpart of.
pub(super) fn untranslated_file(language: &str, places: &[Span]) -> Diagnostic {
    let message = format!("the texts of this file are not in the `{language}` copy, which refers to no such file");
    let help =
        "put a translation of the file where it lies relative to the document, or let the copy refer to this one";
    let diagnostic = Diagnostic::new(Code::UntranslatedFile, places[0], message).help(help);
    diagnostic.label(format!("the first of {}", places.len()))
}

/// A text with other literals.
pub(super) fn literals(language: &str, difference: &Difference<'_>, changed: &Changed, at: Places) -> Diagnostic {
    let thing = thing(difference);
    let quoted =
        |literals: &[String]| literals.iter().map(|literal| format!("`{literal}`")).collect::<Vec<_>>().join(", ");
    let what = match (&*changed.lost, &*changed.added) {
        (lost, []) => format!("lacks {} of the base's", quoted(lost)),
        ([], added) => format!("has {}, which the base's lacks", quoted(added)),
        (lost, added) => format!("has {} where the base's has {}", quoted(added), quoted(lost)),
    };
    let message = format!("the text {thing} {what} in the `{language}` copy");
    shown(Code::TranslatedLiteral, message, at, "differs", "the base's")
}

fn shown(code: Code, message: String, at: Places, copy: &str, base: &str) -> Diagnostic {
    Diagnostic::new(code, at.copy, message).label(copy).other(at.base, base)
}

/// The places of a difference.
pub(super) fn places(difference: &Difference<'_>) -> Places {
    Places { copy: difference.copy.place, base: difference.base.place }
}

/// The code of a difference in something with a role.
fn code(role: Role, drift: Drift) -> Code {
    match (role, drift) {
        (Role::Contract, Drift::Refused) => Code::TranslationDrift,
        (Role::Contract, Drift::Allowed) => Code::AllowedDrift,
        (Role::Example, _) => Code::TranslatedExample,
        (Role::Extension, _) => Code::TranslatedExtension,
        (Role::Text, _) => Code::MissingTranslation,
    }
}

fn below(values: usize) -> String {
    match values {
        0 => String::new(),
        1 => ", with 1 value below it".to_owned(),
        values => format!(", with {values} values below it"),
    }
}
