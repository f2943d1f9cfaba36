//! What is demanded of a value itself, without other schemas: `type`, `enum`, and the keywords of numbers and strings.

use serde_json::{Number, Value};

use crate::arena::{Bound, Count, Types};
use crate::check::Check;
use crate::domain::Domain;
use crate::equal::equal;
use crate::format::Format;
use crate::message::{self, CHARACTERS, expected};
use crate::number;
use crate::pattern::{Pattern, Verdict};
use crate::sentence::Sentence;
use crate::violation::ViolationKind;

impl Check<'_> {
    pub(crate) fn types(&mut self, types: Types, value: &Value) -> bool {
        types.admit(value) || self.fail(ViolationKind::Type, || types.expected())
    }

    pub(crate) fn one_of(&mut self, allowed: &[Value], is_secret: bool, value: &Value) -> bool {
        allowed.iter().any(|allowed| equal(allowed, value))
            || self.fail(ViolationKind::Enum, || message::one_of(allowed, is_secret))
    }

    pub(crate) fn bound(&mut self, bound: Bound, limit: &Number, value: &Value) -> bool {
        let Value::Number(given) = value else { return true };
        let order = number::compare(given, limit);
        bound.admits(order) || self.fail(ViolationKind::OutOfRange, || message::bound(bound, limit))
    }

    pub(crate) fn multiple_of(&mut self, divisor: &Number, value: &Value) -> bool {
        let Value::Number(given) = value else { return true };
        number::is_multiple(given, divisor)
            || self.fail(ViolationKind::MultipleOf, || Sentence::MultipleOf.with([divisor.to_string().into()]))
    }

    pub(crate) fn length(&mut self, length: Count, value: &Value) -> bool {
        let Value::String(text) = value else { return true };
        let given = text.chars().count() as u64;
        length.admits(given) || self.fail(ViolationKind::Length, || message::count(length, given, CHARACTERS))
    }

    pub(crate) fn pattern(&mut self, pattern: &Pattern, value: &Value) -> bool {
        let Value::String(text) = value else { return true };
        self.finds(pattern, text) || self.fail(ViolationKind::Pattern, || message::pattern(&pattern.source))
    }

    /// Whether a pattern is found in a text. When that takes too long, the whole value is refused.
    pub(crate) fn finds(&mut self, pattern: &Pattern, text: &str) -> bool {
        match pattern.verdict(text) {
            Verdict::Matches => true,
            Verdict::Differs => false,
            Verdict::Unknown => self.stop(ViolationKind::PatternLimit, Sentence::PatternTakesTooLong),
        }
    }

    pub(crate) fn format(&mut self, format: Format, value: &Value) -> bool {
        let Value::String(text) = value else { return true };
        format.admits(text) || self.fail(ViolationKind::Format, || expected(format.words()))
    }

    pub(crate) fn domain(&mut self, domain: Domain, value: &Value) -> bool {
        if domain.holds(value) {
            return true;
        }
        match value {
            Value::Number(_) => {
                self.fail(ViolationKind::OutOfRange, || Sentence::DoesNotFitIn.with([domain.words().into()]))
            }
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                self.fail(ViolationKind::Format, || expected(domain.words()))
            }
        }
    }
}

impl Count {
    /// Whether it demands nothing.
    pub(crate) fn is_any(self) -> bool {
        self.minimum.is_none() && self.maximum.is_none()
    }

    pub(crate) fn admits(self, given: u64) -> bool {
        self.minimum.is_none_or(|minimum| minimum <= given) && self.maximum.is_none_or(|maximum| given <= maximum)
    }
}
