//! The lines of sources that a diagnostic shows.
//!
//! The one rule: the work and the result do not grow with the source, beyond the search for lines.

use std::ops::Range;

use crate::{
    diagnostic::{Diagnostic, Label},
    source::{SourceId, Sources},
};

/// A longer line, in bytes, is cut, and shown apart from other lines.
const LONG_LINE: usize = 300;

/// Bytes that stay on each side of a place on a long line. The renderer cuts further, to its width.
const AROUND: usize = 200;

/// Bytes of a place on a long line that are underlined, at most.
const LONG_MARK: usize = 80;

/// Places that are further from each other, in lines, are shown apart.
const APART: usize = 2000;

/// Some lines of one source.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The name of the source.
    pub(super) name: String,
    /// The place to name.
    pub(super) line: usize,
    /// From 1, in characters of the whole line.
    pub(super) column: usize,
    /// The number of the first line of `text`.
    pub(super) first_line: usize,
    /// The lines. Those that are not shown are empty, because they count all the same.
    pub(super) text: String,
    /// The places in `text`.
    pub(super) marks: Vec<Mark>,
}

/// A place to underline.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) text: String,
    pub(super) is_primary: bool,
}

/// A label and its line.
struct Placed<'run> {
    label: &'run Label,
    is_primary: bool,
    /// From 1.
    line: usize,
    column: usize,
    /// The bytes of the line in its source, without the line break.
    bytes: Range<usize>,
}

/// What to show of a diagnostic: the primary place first.
pub(super) fn excerpts(sources: &Sources, diagnostic: &Diagnostic) -> Vec<Excerpt> {
    let primary = place(sources, &diagnostic.primary, true);
    let mut groups: Vec<Vec<Placed<'_>>> = vec![vec![primary]];
    for label in &diagnostic.others {
        let placed = place(sources, label, false);
        match groups.iter_mut().find(|group| group.iter().all(|other| fits(&placed, other))) {
            Some(group) => group.push(placed),
            None => groups.push(vec![placed]),
        }
    }
    groups.into_iter().map(|group| excerpt(sources, group)).collect()
}

fn place<'run>(sources: &Sources, label: &'run Label, is_primary: bool) -> Placed<'run> {
    let text = &sources.get(label.span.source).text;
    let at = label.span.start as usize;
    let position = sources.position(label.span);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    Placed { label, is_primary, line: position.line, column: position.column, bytes: start..end }
}

fn fits(one: &Placed<'_>, other: &Placed<'_>) -> bool {
    one.label.span.source == other.label.span.source
        && one.line.abs_diff(other.line) <= APART
        && one.bytes.len() <= LONG_LINE
        && other.bytes.len() <= LONG_LINE
}

fn excerpt(sources: &Sources, mut group: Vec<Placed<'_>>) -> Excerpt {
    let source: SourceId = group[0].label.span.source;
    let (line, column) = (group[0].line, group[0].column);
    group.sort_by_key(|placed| (placed.label.span.start, placed.label.span.end));
    let source = sources.get(source);
    let first_line = group[0].line;
    let mut excerpt =
        Excerpt { name: source.name.clone(), line, column, first_line, text: String::new(), marks: Vec::new() };
    let mut next_line = first_line;
    for (index, placed) in group.iter().enumerate() {
        if index == 0 || placed.line >= next_line {
            let between = placed.line - next_line;
            // A single line between two shown lines is shown too; of more lines only the number counts.
            if between == 1 {
                let before =
                    source.text[..placed.bytes.start.saturating_sub(1)].rsplit('\n').next().unwrap_or_default();
                excerpt.text.push_str(&harmless(before[..floor(before, LONG_LINE)].trim_end_matches('\r')));
            }
            excerpt.text.extend(std::iter::repeat_n('\n', between));
            push_line(&mut excerpt, &source.text, placed, &group[index..]);
            next_line = placed.line + 1;
        }
    }
    excerpt
}

/// Adds a line, and the marks of all labels on it.
fn push_line(excerpt: &mut Excerpt, text: &str, first: &Placed<'_>, rest: &[Placed<'_>]) {
    let line = &text[first.bytes.clone()];
    let window = if line.len() <= LONG_LINE {
        0..line.len()
    } else {
        let at = first.label.span.start as usize - first.bytes.start;
        floor(line, at.saturating_sub(AROUND))..floor(line, at + LONG_MARK + AROUND)
    };
    let start = excerpt.text.len();
    excerpt.text.push_str(&harmless(&line[window.clone()]));
    let shown = |at: usize| {
        let at = floor(line, at.saturating_sub(first.bytes.start).clamp(window.start, window.end));
        start + harmless(&line[window.start..at]).len()
    };
    for placed in rest.iter().take_while(|placed| placed.line == first.line) {
        let span = placed.label.span.range();
        let end = if line.len() <= LONG_LINE { span.end } else { span.end.min(span.start + LONG_MARK) };
        excerpt.marks.push(Mark {
            range: shown(span.start)..shown(end),
            text: placed.label.text.clone(),
            is_primary: placed.is_primary,
        });
    }
    excerpt.text.push('\n');
}

/// The last boundary of characters up to an offset.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|&offset| text.is_char_boundary(offset)).unwrap_or(0)
}

/// A text without the control characters that the renderer does not replace by itself: a line break in it would be a new
/// line, and U+0080 to U+009F are commands to some terminals.
fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => '\t',
            _ if character.is_control() => char::REPLACEMENT_CHARACTER,
            _ => character,
        })
        .collect()
}
