//! An effective document as text: the source of the published one enters, the same text with what overlays changed leaves.
//!
//! The one rule: what is written says what the effective document says. The text is read again before it is given; where
//! changes in small pieces do not come out right, aliases of what is changed are written out, then larger pieces are written
//! anew, and in the end all of it.

mod block;
mod flow;
mod pairs;
mod shared;

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::diagnostic::Sink;
use crate::document::{Document, Edits, Node, Value, load, to_json, to_yaml};
use crate::source::{Sources, Span};

/// Writes the effective document with the order, the comments and the style of the published one.
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, document, overlay, source::Sources};
///
/// let (mut sources, mut sink) = (Sources::default(), Sink::default());
/// let base = sources.add("pets.yaml", "info:\n  title: Pets # all of them\npaths: {}\n");
/// let text = "overlay: 1.1.0\ninfo: {title: Name, version: '1'}\nactions: [{target: $.info, update: {version: '1'}}]\n";
/// let patch = sources.add("pets.overlay.yaml", text);
/// let base = document::load(&sources, base, &mut sink).expect("it is well-formed");
/// let patch = document::load(&sources, patch, &mut sink).expect("it is well-formed");
/// let patch = overlay::read(&sources, &patch, &mut sink).expect("it is an overlay");
/// let effective = overlay::apply(&base, &[patch], &mut sink);
///
/// let text = overlay::write(&sources, &base, &effective);
/// assert_eq!(text, "info:\n  title: Pets # all of them\n  version: '1'\npaths: {}\n");
/// ```
pub fn write(sources: &Sources, published: &Document, effective: &Document) -> String {
    let text = &sources.get(published.root.span.source).text;
    if published.root == effective.root {
        return text.clone();
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let shared = shared::spans(&published.root);
    let mut cx = Cx { text, newline, limit: 0, unit: unit(text, &published.root), written_out: FxHashSet::default() };
    for limit in LIMITS {
        cx.limit = limit;
        cx.written_out.clear();
        let Some(edits) = cx.edit(&published.root, &effective.root, 0) else { continue };
        cx.written_out = cx.touched(&shared, &edits);
        if let Some(written) = right(text, edits, &effective.root) {
            return written;
        }
        // What an alias names is changed: the alias is written out.
        if !cx.written_out.is_empty()
            && let Some(edits) = cx.edit(&published.root, &effective.root, 0)
            && let Some(written) = right(text, edits, &effective.root)
        {
            return written;
        }
    }
    whole(text, &effective.root)
}

/// The changed text, if it says what it should.
fn right(text: &str, edits: Vec<Edit>, root: &Node) -> Option<String> {
    applied(text, edits).filter(|written| says(written, root))
}

/// How deep changes are looked for, one after the other.
const LIMITS: [usize; 5] = [usize::MAX, 4, 3, 2, 1];

/// The whole document in the kind of its file.
fn whole(text: &str, root: &Node) -> String {
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    let written = if is_json { to_json(root, &Edits::default()) } else { to_yaml(root) };
    if text.contains("\r\n") { written.replace('\n', "\r\n") } else { written }
}

/// A part of the text, and what stands there instead.
#[derive(Clone, Debug)]
struct Edit {
    range: Range<usize>,
    text: String,
}

struct Cx<'text> {
    text: &'text str,
    newline: &'static str,
    /// Values that are deeper are written anew as a whole.
    limit: usize,
    /// The spaces of one level of JSON.
    unit: usize,
    /// The places of what is changed and has aliases, which are written out.
    written_out: FxHashSet<Span>,
}

impl Cx<'_> {
    /// The edits that make one value of another; `None` where it has to be written as a whole.
    fn edit(&self, base: &Node, effective: &Node, depth: usize) -> Option<Vec<Edit>> {
        if depth >= self.limit {
            return None;
        }
        let is_flow = self.is_flow(base);
        // An alias has the place of its anchor.
        let has_alias = |items: &[Node]| items.iter().any(|item| item.span.range().start < base.span.range().start);
        match (&base.value, &effective.value) {
            (Value::Mapping(base), Value::Mapping(effective)) if is_flow => self.flow_mapping(base, effective, depth),
            (Value::Mapping(base), Value::Mapping(effective)) => self.block_mapping(base, effective, depth),
            (Value::Sequence(base), Value::Sequence(_)) if is_flow && has_alias(base) => None,
            (Value::Sequence(base), Value::Sequence(effective)) if is_flow => self.flow_list(base, effective, depth),
            (Value::Sequence(base), Value::Sequence(effective)) => self.block_list(base, effective, depth),
            _ => None,
        }
    }

    /// Whether a collection stands in brackets. A block begins where its first member does, which may stand in brackets.
    fn is_flow(&self, collection: &Node) -> bool {
        let first = match &collection.value {
            Value::Mapping(entries) => entries.first().map(|entry| entry.key.span),
            Value::Sequence(items) => items.first().map(|item| item.span),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
        };
        let range = collection.span.range();
        self.text[range.clone()].starts_with(['{', '[']) && first.is_none_or(|first| first.range().start != range.start)
    }

    /// How many bytes stand before a place on its line.
    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    fn line_start(&self, at: usize) -> usize {
        // What follows a byte order mark is the first line.
        let first = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { 0 };
        self.text[..at].rfind('\n').map_or(first, |newline| newline + 1)
    }

    /// Where the line of a place ends, its end aside.
    fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline);
        if self.text[..end].ends_with('\r') && end > at { end - 1 } else { end }
    }

    /// Whether nothing but spaces stands before a place on its line.
    fn is_first_on_line(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].bytes().all(|byte| byte == b' ')
    }

    /// Lines behind the first one, moved to a column.
    fn indented(&self, text: &str, column: usize) -> String {
        // Further empty lines at the end are a part of a text.
        let mut lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
        let mut out = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            out.push_str(self.newline);
            if !line.is_empty() {
                out.extend(std::iter::repeat_n(' ', column));
                out.push_str(line);
            }
        }
        out
    }
}

fn applied(text: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Edit { range, text: written } in edits {
        // Two edits of one place are an alias and its anchor.
        out.push_str(text.get(at..range.start)?);
        out.push_str(&written);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Whether a text is well-formed and says this.
fn says(text: &str, root: &Node) -> bool {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let source = sources.add("", text);
    load(&sources, source, &mut sink).is_some_and(|document| !sink.has_errors() && document.root == *root)
}

/// How far the first member of a JSON document is indented.
fn unit(text: &str, root: &Node) -> usize {
    let first = root.members().and_then(|entries| entries.first()).map(|entry| entry.key.span.range().start);
    let column = first.map(|at| at - text[..at].rfind('\n').map_or(at, |newline| newline + 1));
    column.filter(|&column| (1..=8).contains(&column)).unwrap_or(2)
}
