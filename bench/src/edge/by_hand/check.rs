//! What can be wrong with a JSON value, place by place.
//!
//! In goes a value that serde or a limit refused, out comes all of it, with messages that hold no value that was sent.

use serde::Serialize;
use serde_json::{Map, Value};

/// A place that is wrong: of the body, or a parameter.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Violation {
    Body {
        pointer: String,
        detail: String,
    },
    Parameter {
        #[serde(rename = "in")]
        place: &'static str,
        name: &'static str,
        detail: &'static str,
    },
}

/// The violations found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) violations: Vec<Violation>,
}

impl Violation {
    /// The whole body is wrong.
    pub(super) fn at_root(detail: String) -> Self {
        Self::Body { pointer: "#".to_owned(), detail }
    }

    /// A place of the body.
    pub(super) fn new(pointer: &str, detail: impl Into<String>) -> Self {
        Self::Body { pointer: pointer.to_owned(), detail: detail.into() }
    }

    /// A parameter.
    pub(super) fn parameter(place: &'static str, name: &'static str, detail: &'static str) -> Self {
        Self::Parameter { place, name, detail }
    }
}

impl Report {
    /// Says what is wrong at a place.
    pub(super) fn push(&mut self, pointer: &str, detail: impl Into<String>) {
        self.violations.push(Violation::new(pointer, detail));
    }

    /// The members of an object.
    pub(super) fn object<'v>(&mut self, pointer: &str, value: &'v Value) -> Option<&'v Map<String, Value>> {
        if !value.is_object() {
            self.push(pointer, "expected an object");
        }
        value.as_object()
    }

    /// A text.
    pub(super) fn text<'v>(&mut self, pointer: &str, value: &'v Value) -> Option<&'v str> {
        if !value.is_string() {
            self.push(pointer, "expected a string");
        }
        value.as_str()
    }

    /// A text with a number of characters.
    pub(super) fn text_of(&mut self, pointer: &str, value: &Value, minimum: usize, maximum: usize) {
        let Some(length) = self.text(pointer, value).map(|text| text.chars().count()) else { return };
        let unit = |number| if number == 1 { "character" } else { "characters" };
        if length < minimum {
            self.push(pointer, format!("must have at least {minimum} {}", unit(minimum)));
        } else if length > maximum {
            self.push(pointer, format!("must have at most {maximum} {}", unit(maximum)));
        }
    }

    /// A text that something matches which is written like this.
    pub(super) fn matching(&mut self, pointer: &str, value: &Value, pattern: &str, matches: fn(&str) -> bool) {
        if self.text(pointer, value).is_some_and(|text| !matches(text)) {
            self.push(pointer, format!("must match the pattern {pattern}"));
        }
    }

    /// One of some texts.
    pub(super) fn one_of(&mut self, pointer: &str, value: &Value, allowed: &[&str]) {
        if self.text(pointer, value).is_some_and(|text| !allowed.contains(&text)) {
            let listed: Vec<_> = allowed.iter().map(|text| format!("\"{text}\"")).collect();
            self.push(pointer, format!("expected one of {}", listed.join(", ")));
        }
    }

    /// A number, whole if it must be.
    pub(super) fn number(&mut self, pointer: &str, value: &Value, is_whole: bool, minimum: i64, maximum: i64) {
        let number = value.as_f64().filter(|number| !is_whole || number.fract() == 0.0);
        let Some(number) = number else {
            self.push(pointer, if is_whole { "expected an integer" } else { "expected a number" });
            return;
        };
        #[expect(clippy::cast_precision_loss, reason = "limits are small")]
        let (least, most) = (minimum as f64, maximum as f64);
        if number < least {
            self.push(pointer, format!("must be at least {minimum}"));
        }
        if number > most {
            self.push(pointer, format!("must be at most {maximum}"));
        }
    }

    /// What an object must have and has not.
    pub(super) fn required(&mut self, pointer: &str, object: &Map<String, Value>, names: &[&str]) {
        for name in names.iter().filter(|name| !object.contains_key(**name)) {
            self.push(&format!("{pointer}/{name}"), "is required");
        }
    }
}
