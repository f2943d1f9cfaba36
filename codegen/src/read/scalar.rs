//! Strings, booleans, numbers, and lists of them: nodes enter, values leave.
//!
//! The one rule: what can be read without a doubt is read, with a warning where it is not written as it should be.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::model::{Spanned, integer};
use crate::read::Cx;

impl<'doc> Cx<'doc> {
    /// The string that a node is. Other scalars are read as their text.
    pub(super) fn string(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        let text = match &node.value {
            Value::String(text) => return Some(Spanned { value: text.clone(), span: node.span }),
            Value::Number(text) => text.to_string(),
            Value::Boolean(value) => value.to_string(),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => {
                self.ignored(node, &format!("`{what}`"), "a string");
                return None;
            }
        };
        let message = format!("`{what}` should be a string, not {}", node.value.kind());
        self.sink.report(Diagnostic::new(Code::NotAString, node.span, message).help(format!("write '{text}'")));
        Some(Spanned { value: text, span: node.span })
    }

    /// The boolean that a node is; false where it is none.
    pub(super) fn boolean(&mut self, node: &Node, what: &str) -> bool {
        match &node.value {
            Value::Boolean(value) => *value,
            Value::String(text) if matches!(text.as_str(), "true" | "false") => {
                self.quoted(node, what, text);
                text == "true"
            }
            Value::Null | Value::Number(_) | Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => {
                self.ignored(node, &format!("`{what}`"), "`true` or `false`");
                false
            }
        }
    }

    /// The number that a node is, as a JSON number text.
    pub(super) fn number(&mut self, node: &Node, what: &str) -> Option<Box<str>> {
        match &node.value {
            Value::Number(text) => Some(text.clone()),
            Value::String(text) if is_number(text) => {
                self.quoted(node, what, text);
                Some(text.as_str().into())
            }
            Value::Null | Value::Boolean(_) | Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => {
                self.ignored(node, &format!("`{what}`"), "a number");
                None
            }
        }
    }

    /// The size that a node is: an integer, not less than zero. Larger ones than any size are the largest size.
    pub(super) fn size(&mut self, node: &Node, what: &str) -> Option<u64> {
        let text = self.number(node, what)?;
        if let Some(size) = integer(&text).and_then(|size| u64::try_from(size).ok()).or_else(|| text.parse().ok()) {
            return Some(size);
        }
        if !text.starts_with('-') && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(u64::MAX);
        }
        self.invalid(
            node.span,
            format!("`{what}` must be an integer of at least 0"),
            "read as if it were not there",
            "write 0 or more",
        );
        None
    }

    fn quoted(&mut self, node: &Node, what: &str, text: &str) {
        let kind = if matches!(text, "true" | "false") { "a boolean" } else { "a number" };
        let message = format!("`{what}` should be {kind}, not a string");
        self.sink.report(
            Diagnostic::new(Code::QuotedScalar, node.span, message)
                .label(format!("read as {text}"))
                .help("take the quotes away"),
        );
    }

    /// The items of a list. A single string is a list of itself.
    pub(super) fn list(&mut self, node: &'doc Node, what: &str) -> &'doc [Node] {
        match &node.value {
            Value::Sequence(items) => items,
            Value::Mapping(entries) if entries.is_empty() => {
                self.ignored(node, &format!("`{what}`"), "a list");
                &[]
            }
            Value::String(_) => {
                let message = format!("`{what}` should be a list, not a string");
                self.sink.report(
                    Diagnostic::new(Code::IgnoredValue, node.span, message)
                        .label("read as a list of this one")
                        .help("put it into brackets"),
                );
                std::slice::from_ref(node)
            }
            Value::Null => {
                self.ignored(node, &format!("`{what}`"), "a list");
                &[]
            }
            other @ (Value::Boolean(_) | Value::Number(_) | Value::Mapping(_)) => {
                self.wrong_type(node.span, &format!("`{what}`"), "a list", other.kind());
                &[]
            }
        }
    }

    /// The strings of a list.
    pub(super) fn strings(&mut self, node: &'doc Node, what: &str) -> Vec<Spanned<String>> {
        self.list(node, what).iter().filter_map(|item| self.string(item, what)).collect()
    }
}

/// Whether a text is a JSON number, RFC 8259 section 6.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(fraction)
        && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}
