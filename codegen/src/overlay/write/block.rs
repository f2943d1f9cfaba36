//! Changes of YAML's block style: whole lines come and go.

use crate::document::{Entry, Node, Value, to_yaml};
use crate::overlay::write::{Cx, Edit, pairs};
use crate::source::Span;

impl Cx<'_> {
    /// A mapping whose members begin lines.
    pub(super) fn block_mapping(&self, base: &[Entry], effective: &[Entry], depth: usize) -> Option<Vec<Edit>> {
        let pairs = pairs::entries(base, effective)?;
        let first = base.first()?.key.span.range().start;
        if pairs.kept.iter().all(Option::is_none) {
            return None;
        }
        let mut edits = Vec::new();
        for (index, (entry, kept)) in base.iter().zip(&pairs.kept).enumerate() {
            let next = base.get(index + 1).map(|entry| entry.key.span);
            let end = self.entry_end(entry, next)?;
            match kept.map(|kept| &effective[kept]) {
                Some(changed) if self.is_settled(&entry.value, &changed.value) => {}
                Some(changed) => edits.extend(self.block_entry(entry, changed, end, depth)?),
                None => edits.push(self.without_lines(entry.key.span.range().start, end)?),
            }
        }
        let last = self.entry_end(base.last()?, None)?;
        edits.extend(self.new_lines(&effective[pairs.added..], self.column(first), last, |entry| {
            to_yaml(&mapping_of(entry.clone()))
        }));
        Some(edits)
    }

    /// A list whose items begin lines.
    pub(super) fn block_list(&self, base: &[Node], effective: &[Node], depth: usize) -> Option<Vec<Edit>> {
        let pairs = pairs::items(base, effective)?;
        if pairs.kept.iter().all(Option::is_none) {
            return None;
        }
        let mut edits = Vec::new();
        let mut reached = 0;
        for (item, kept) in base.iter().zip(&pairs.kept) {
            let range = item.span.range();
            // An alias has the place of its anchor.
            let dash = self.text[reached..].get(..range.start.checked_sub(reached)?)?.trim_end_matches(' ');
            let dash = reached + dash.strip_suffix('-')?.len();
            reached = self.content_end(range.start, range.end);
            match kept.map(|kept| &effective[kept]) {
                Some(changed) if self.is_settled(item, changed) => {}
                Some(changed) => {
                    let within = self.edit(item, changed, depth + 1);
                    edits.extend(within.unwrap_or_else(|| vec![self.anew(dash, reached, &to_yaml(&list_of(changed)))]));
                }
                None => edits.push(self.without_lines(dash, reached)?),
            }
        }
        let first = base.first()?.span.range().start;
        let dash = self.text[..first].rfind('-')?;
        edits.extend(
            self.new_lines(&effective[pairs.added..], self.column(dash), reached, |item| to_yaml(&list_of(item))),
        );
        Some(edits)
    }

    /// A member that stays, with another value.
    fn block_entry(&self, entry: &Entry, changed: &Entry, end: usize, depth: usize) -> Option<Vec<Edit>> {
        let (key, value) = (entry.key.span.range(), entry.value.span.range());
        let colon = self.text[key.end..].trim_start_matches(' ');
        // `? key` is written as a whole.
        if !colon.starts_with(':') {
            return None;
        }
        // An alias has the place of its anchor, which comes before.
        let stands_here = value.start >= key.end;
        if stands_here && let Some(within) = self.edit(&entry.value, &changed.value, depth + 1) {
            return Some(within);
        }
        let text = to_yaml(&mapping_of(Entry { key: changed.key.clone(), value: changed.value.clone() }));
        Some(vec![self.anew(key.start, end, &text)])
    }

    /// A part of the text that begins in some column, written anew. What stands behind it on its last line is a comment: it
    /// stays behind a single line.
    fn anew(&self, start: usize, end: usize, text: &str) -> Edit {
        let text = self.indented(text, self.column(start));
        let end = if text.contains('\n') || self.text[start..end].contains('\n') { self.line_end(end) } else { end };
        Edit { range: start..end, text }
    }

    /// Takes out the lines from a place that begins one to the end of the line of another.
    fn without_lines(&self, start: usize, end: usize) -> Option<Edit> {
        if !self.is_first_on_line(start) {
            return None;
        }
        let end = self.text[end..].find('\n').map_or(self.text.len(), |newline| end + newline + 1);
        Some(Edit { range: self.line_start(start)..end, text: String::new() })
    }

    /// New lines behind that of a place.
    fn new_lines<T>(&self, new: &[T], column: usize, behind: usize, write: impl Fn(&T) -> String) -> Option<Edit> {
        let newline = self.newline;
        let at = self.line_end(behind);
        let lines = new.iter().map(|new| format!("{newline}{:column$}{}", "", self.indented(&write(new), column)));
        let mut text: String = lines.collect();
        // The last line of a text of several lines has an end.
        if at == self.text.len() && new.iter().any(|new| write(new).lines().count() > 1) {
            text.push_str(newline);
        }
        (!text.is_empty()).then_some(Edit { range: at..at, text })
    }

    /// Where what a member says ends; `None` where its place is not to be told.
    fn entry_end(&self, entry: &Entry, next: Option<Span>) -> Option<usize> {
        let (key, value) = (entry.key.span.range(), entry.value.span.range());
        let bound = next.map_or(self.text.len(), |next| next.range().start);
        if value.start >= key.end && value.end <= bound && !matches!(entry.value.value, Value::Null) {
            return Some(self.content_end(value.start, value.end));
        }
        // An alias, which has the place of its anchor, or nothing: both end on the line of the key.
        let line = self.text.get(key.end..self.line_end(key.end))?;
        let content = line.find(" #").map_or(line, |comment| &line[..comment]).trim_end();
        Some(key.end + content.len())
    }

    /// The end of a value without the lines and spaces behind it.
    fn content_end(&self, start: usize, end: usize) -> usize {
        start + self.text[start..end].trim_end().len()
    }
}

fn mapping_of(entry: Entry) -> Node {
    Node::detached(entry.key.span, Value::Mapping(vec![entry]))
}

fn list_of(item: &Node) -> Node {
    Node::detached(item.span, Value::Sequence(vec![item.clone()]))
}
