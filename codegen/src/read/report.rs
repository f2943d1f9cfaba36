//! What the reader says of what is wrong.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::model::Spanned;
use crate::read::{Cx, Version};
use crate::source::Span;

impl Cx<'_> {
    /// Reports a value of which no reading is possible.
    pub(super) fn wrong_type(&mut self, span: Span, what: &str, expected: &str, found: &str) {
        let message = format!("{what} must be {expected}, not {found}");
        self.sink.report(Diagnostic::new(Code::WrongType, span, message).label(format!("this is {found}")));
    }

    /// Reports a value of the wrong type that is read as if it were not there.
    pub(super) fn ignored(&mut self, node: &Node, what: &str, expected: &str) {
        let found = node.value.kind();
        let message = format!("{what} must be {expected}, not {found}");
        let help = if node.value == Value::Null { "write a value, or take the key out" } else { "correct the value" };
        self.sink.report(
            Diagnostic::new(Code::IgnoredValue, node.span, message).label("read as if it were not there").help(help),
        );
    }

    pub(super) fn no_effect(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.sink.report(Diagnostic::new(Code::NoEffect, span, message).help(help));
    }

    /// Reports a value that the specification does not allow, and how it is read.
    pub(super) fn invalid(&mut self, span: Span, message: impl Into<String>, reading: &str, help: &str) {
        self.sink.report(Diagnostic::new(Code::InvalidValue, span, message).label(reading).help(help));
    }

    /// Reports a keyword, or a form of one, that belongs to another version.
    pub(super) fn other_version(&mut self, span: Span, message: impl Into<String>, reading: &str) {
        self.sink.report(Diagnostic::new(Code::OtherVersion, span, message).label(reading));
    }

    /// Reports a key that the document's version does not have yet, and that is read all the same.
    pub(super) fn too_new(&mut self, span: Span, what: &str, since: Version) {
        self.other_version(span, format!("{what} belongs to {}", since.name()), "read as there");
    }

    /// Whether a name can be the name of a header field, RFC 9110 section 5.6.2. Reports one that cannot.
    pub(super) fn is_header_name(&mut self, name: &Spanned<String>) -> bool {
        let fits = http::HeaderName::from_bytes(name.value.as_bytes()).is_ok();
        if !fits {
            self.invalid(
                name.span,
                format!("`{}` cannot be the name of a header field", name.value),
                "this header is left out",
                "a name has letters, digits, and some symbols such as `-`, and no spaces",
            );
        }
        fits
    }
}
