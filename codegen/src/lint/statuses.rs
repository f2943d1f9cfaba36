//! Statuses that the prose of an operation names, in any language, and that none of its responses is for.
//!
//! The one rule: a status of an operation is reported once, at the first number that names it, with the places in other
//! languages beside it.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lint::{Copy, declares};
use crate::model::{Model, Operation, Text};
use crate::prose;
use crate::source::{Sources, Span};

/// A language, where it is not the base's, and its reading of an operation.
type Reading<'run> = (Option<&'run str>, &'run Operation);

/// The operations of a document by method and path.
type Routes<'run> = HashMap<(&'run str, &'run str), &'run Operation>;

/// A status without a response, and the first place in each language that names it.
struct Undeclared<'run> {
    status: u16,
    places: Vec<(Option<&'run str>, Span)>,
}

pub(super) fn lint(sources: &Sources, model: &Model, copies: &[Copy], sink: &mut Sink) {
    let copies: Vec<(&str, Routes<'_>)> =
        copies.iter().map(|copy| (copy.language.as_str(), by_route(&copy.model))).collect();
    // What several operations share, such as the description of a path, is said of the first one.
    let mut said = HashSet::new();
    for operation in &model.operations {
        let translated = copies.iter().filter_map(|(language, operations)| {
            Some((Some(*language), *operations.get(&(operation.method.as_str(), operation.path.value.as_str()))?))
        });
        let readings: Vec<Reading<'_>> = std::iter::once((None, operation)).chain(translated).collect();
        for undeclared in undeclared(sources, operation, &readings) {
            let Undeclared { status, places } = &undeclared;
            if places.iter().fold(false, |is_new, (_, place)| said.insert((*status, *place)) || is_new) {
                sink.report(diagnostic(operation, &undeclared));
            }
        }
    }
}

/// The operations by method and path.
fn by_route(model: &Model) -> Routes<'_> {
    let operations = model.operations.iter();
    operations.map(|operation| ((operation.method.as_str(), operation.path.value.as_str()), operation)).collect()
}

/// The statuses that are not declared, each with the first place in each language.
fn undeclared<'run>(sources: &Sources, operation: &Operation, readings: &[Reading<'run>]) -> Vec<Undeclared<'run>> {
    let mut found: Vec<Undeclared<'run>> = Vec::new();
    for &(language, reading) in readings {
        for text in texts(reading) {
            for mention in prose::mentions(&text.value) {
                if declares(operation, mention.status) {
                    continue;
                }
                let place = (language, place(sources, text, &mention));
                match found.iter_mut().find(|known| known.status == mention.status) {
                    None => found.push(Undeclared { status: mention.status, places: vec![place] }),
                    Some(known) if known.places.iter().all(|(named, _)| *named != language) => known.places.push(place),
                    Some(_) => {}
                }
            }
        }
    }
    found
}

/// What an operation says to people of its answers.
fn texts(operation: &Operation) -> impl Iterator<Item = &Text> {
    let responses = operation.responses.iter().filter_map(|response| response.description.as_ref());
    [&operation.summary, &operation.description].into_iter().flatten().chain(responses)
}

/// The place of a number within its text: as the text is written, where the number stands there as often as in what it
/// says.
fn place(sources: &Sources, text: &Text, mention: &prose::Mention) -> Span {
    let number = &text.value[mention.range.clone()];
    let written = sources.text(text.span);
    let before = text.value[..mention.range.start].matches(number).count();
    let is_alike = written.matches(number).count() == text.value.matches(number).count();
    let offset = written.match_indices(number).nth(if is_alike { before } else { 0 }).map(|(offset, _)| offset);
    let narrowed = offset.and_then(|offset| {
        let start = text.span.start + u32::try_from(offset).ok()?;
        Some(Span { start, end: start + u32::try_from(number.len()).ok()?, ..text.span })
    });
    narrowed.unwrap_or(text.span)
}

fn diagnostic(operation: &Operation, undeclared: &Undeclared<'_>) -> Diagnostic {
    let Undeclared { status, places } = undeclared;
    let route = format!("{} {}", operation.method, operation.path.value);
    let message = format!("the prose of `{route}` names {status}, which no response declares");
    let (first, others) = (places[0], &places[1..]);
    let named = |language: Option<&str>| match language {
        Some(language) => format!("named in the `{language}` copy"),
        None => "named here".to_owned(),
    };
    let help = format!("declare `{status}` under `responses`, or a range or `default` that it is one of");
    others.iter().fold(
        Diagnostic::new(Code::UndeclaredStatus, first.1, message).label(named(first.0)).help(help),
        |diagnostic, &(language, place)| diagnostic.other(place, named(language)),
    )
}
