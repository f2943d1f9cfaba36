//! Changes of JSON, and of YAML's flow style, which is written as JSON.

use std::ops::Range;

use crate::document::{Edits, Entry, Node, Value, to_json, write_string};
use crate::overlay::write::{Cx, Edit, pairs};

/// A member of a collection in brackets.
struct Member<'node> {
    /// All of it.
    range: Range<usize>,
    value: &'node Node,
    /// What it becomes, if it stays.
    kept: Option<&'node Node>,
}

impl Cx<'_> {
    /// A mapping in braces.
    pub(super) fn flow_mapping(&self, base: &[Entry], effective: &[Entry], depth: usize) -> Option<Vec<Edit>> {
        let pairs = pairs::entries(base, effective)?;
        let members = base.iter().zip(&pairs.kept).map(|(entry, kept)| Member {
            range: entry.key.span.range().start..entry.value.span.range().end,
            value: &entry.value,
            kept: kept.map(|kept| &effective[kept].value),
        });
        self.members(&members.collect::<Vec<_>>(), &effective[pairs.added..], depth, |entry, indent| {
            let mut text = String::new();
            write_string(&mut text, &entry.key.text);
            text.push_str(": ");
            text + &self.json(&entry.value, indent)
        })
    }

    /// A list in brackets.
    pub(super) fn flow_list(&self, base: &[Node], effective: &[Node], depth: usize) -> Option<Vec<Edit>> {
        let pairs = pairs::items(base, effective)?;
        let members = base.iter().zip(&pairs.kept).map(|(item, kept)| Member {
            range: item.span.range(),
            value: item,
            kept: kept.map(|kept| &effective[kept]),
        });
        self.members(&members.collect::<Vec<_>>(), &effective[pairs.added..], depth, |item, indent| {
            self.json(item, indent)
        })
    }

    fn members<T>(
        &self,
        members: &[Member<'_>],
        new: &[T],
        depth: usize,
        write: impl Fn(&T, Option<usize>) -> String,
    ) -> Option<Vec<Edit>> {
        // An alias has the place of its anchor.
        let is_in_order = members.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        if !is_in_order || members.iter().any(|member| member.range.start > member.range.end) {
            return None;
        }
        let first = members.first()?.range.start;
        let last_kept = members.iter().rposition(|member| member.kept.is_some())?;
        let indent = self.is_first_on_line(first).then(|| self.column(first));
        let mut edits = Vec::new();
        for (index, member) in members.iter().enumerate() {
            match member.kept {
                Some(value) if self.is_settled(member.value, value) => {}
                Some(value) => edits.extend(self.flow_value(member.value, value, indent, depth)),
                // The comma behind it goes with it, or, at the end, the one before it.
                None if index < last_kept => {
                    edits.push(Edit { range: member.range.start..members[index + 1].range.start, text: String::new() });
                }
                None => {
                    let range = members[index - 1].range.end..member.range.end;
                    edits.push(Edit { range, text: String::new() });
                }
            }
        }
        let newline = self.newline;
        let space = indent.map_or_else(|| " ".to_owned(), |indent| format!("{newline}{:indent$}", ""));
        let mut text = String::new();
        for new in new {
            text.push(',');
            text.push_str(&space);
            text.push_str(&write(new, indent));
        }
        if !text.is_empty() {
            let end = members.last()?.range.end;
            edits.push(Edit { range: end..end, text });
        }
        Some(edits)
    }

    fn flow_value(&self, base: &Node, effective: &Node, indent: Option<usize>, depth: usize) -> Vec<Edit> {
        self.edit(base, effective, depth + 1)
            .unwrap_or_else(|| vec![Edit { range: base.span.range(), text: self.json(effective, indent) }])
    }

    /// A value as JSON: on lines of its own from a column on, or on one line.
    fn json(&self, node: &Node, indent: Option<usize>) -> String {
        let Some(indent) = indent else { return on_one_line(node) };
        let text = to_json(node, &Edits::default());
        let lines: Vec<String> = text
            .lines()
            .map(|line| {
                let content = line.trim_start_matches(' ');
                let levels = (line.len() - content.len()) / 2;
                format!("{:1$}{content}", "", levels * self.unit)
            })
            .collect();
        self.indented(&lines.join("\n"), indent)
    }
}

/// JSON with a space behind each comma and colon.
fn on_one_line(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Number(digits) => digits.to_string(),
        Value::String(text) => {
            let mut out = String::new();
            write_string(&mut out, text);
            out
        }
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(on_one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(entries) => {
            let members = entries.iter().map(|entry| {
                let mut text = String::new();
                write_string(&mut text, &entry.key.text);
                text + ": " + &on_one_line(&entry.value)
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}
