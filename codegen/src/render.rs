//! Diagnostics as text: for people in the look of rustc, and for tools on one line.
//!
//! The one rule: the output is small and harmless whatever the sources hold. Of a label over several lines the first one
//! is shown, long lines are cut, and control characters never reach a terminal.

mod excerpt;

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    render::excerpt::{Excerpt, excerpts},
    source::Sources,
};

/// Diagnostics that [`render_all`] shows, at most.
pub const LIMIT: usize = 20;

/// Shows one diagnostic with its source lines, as rustc does. Ends with a newline.
pub fn render(sources: &Sources, severity: Severity, diagnostic: &Diagnostic, color: bool) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning | Severity::Lint => Level::WARNING,
    };
    let excerpts = excerpts(sources, diagnostic);
    let title = level.primary_title(printable(&diagnostic.message, Lines::Join)).id(diagnostic.code.name());
    let mut group = title.elements(excerpts.iter().map(snippet));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help, Lines::Keep)));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = without_counted_places(&renderer.render(&[group]));
    text.push('\n');
    text
}

/// Shows the places of a diagnostic alone, without its message. Ends with a newline.
pub(crate) fn render_places(sources: &Sources, diagnostic: &Diagnostic, color: bool) -> String {
    let excerpts = excerpts(sources, diagnostic);
    let group = Group::with_level(Level::NOTE).elements(excerpts.iter().map(snippet));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = without_counted_places(&renderer.render(&[group]));
    text.push('\n');
    text
}

/// `path:line:column: code: message`, on one line, without a newline.
pub fn render_line(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.primary.span;
    let position = sources.position(span);
    let name = printable(&sources.get(span.source).name, Lines::Join);
    let message = printable(&diagnostic.message, Lines::Join);
    format!("{name}:{}:{}: {}: {message}", position.line, position.column, diagnostic.code)
}

/// Shows the first [`LIMIT`] diagnostics, errors before warnings, and counts all of them. Empty without diagnostics.
///
/// `severity` is [`Sink::severity`](crate::diagnostic::Sink::severity) or [`Code::severity`].
pub fn render_all(
    sources: &Sources,
    diagnostics: &[Diagnostic],
    severity: &dyn Fn(Code) -> Severity,
    color: bool,
) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let is_error = |diagnostic: &&Diagnostic| severity(diagnostic.code) == Severity::Error;
    let errors = diagnostics.iter().filter(is_error);
    let warnings = diagnostics.iter().filter(|diagnostic| !is_error(diagnostic));
    let mut text = String::new();
    for diagnostic in errors.chain(warnings).take(LIMIT) {
        text.push_str(&render(sources, severity(diagnostic.code), diagnostic, color));
        text.push('\n');
    }
    if let Some(more) = diagnostics.len().checked_sub(LIMIT).filter(|&more| more > 0) {
        writeln!(text, "… and {more} more\n").expect("a String takes every text");
    }
    let errors = diagnostics.iter().filter(is_error).count();
    writeln!(text, "{}", count(errors, diagnostics.len() - errors)).expect("a String takes every text");
    text
}

fn count(errors: usize, warnings: usize) -> String {
    let counted = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let parts: Vec<_> = [counted(errors, "error"), counted(warnings, "warning")].into_iter().flatten().collect();
    parts.join(", ")
}

/// Ends the true place in a snippet's path: a snippet counts columns from the beginning of the text that it got, and
/// that is not always the beginning of a line. No text that is shown holds this character.
const PLACE_END: char = '\0';

fn snippet(excerpt: &Excerpt) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let path = format!("{}:{}:{}{PLACE_END}", printable(&excerpt.name, Lines::Join), excerpt.line, excerpt.column);
    let annotations = excerpt.marks.iter().map(|mark| {
        let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = Some(printable(&mark.text, Lines::Join)).filter(|label| !label.is_empty());
        kind.span(mark.range.clone()).label(label)
    });
    Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line).path(path).annotations(annotations)
}

/// Takes out the places that were counted within excerpts: `:7:3` after [`PLACE_END`].
fn without_counted_places(rendered: &str) -> String {
    let mut parts = rendered.split(PLACE_END);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.trim_start_matches(|character: char| character == ':' || character.is_ascii_digit()));
    }
    text
}

/// What becomes of line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Keep,
    Join,
}

/// Characters of a message or label that are shown, at most.
const TEXT_LIMIT: usize = 1000;

/// A text without control characters, cut where it is very long.
fn printable(text: &str, lines: Lines) -> String {
    let mut shown = String::with_capacity(text.len().min(TEXT_LIMIT));
    for (index, character) in text.chars().enumerate() {
        match character {
            _ if index == TEXT_LIMIT => {
                shown.push('…');
                break;
            }
            '\n' if lines == Lines::Keep => shown.push('\n'),
            '\n' | '\r' | '\t' => shown.push(' '),
            _ if character.is_control() => shown.push(char::REPLACEMENT_CHARACTER),
            _ => shown.push(character),
        }
    }
    shown
}
