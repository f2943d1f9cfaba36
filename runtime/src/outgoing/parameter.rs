//! Parameters of requests that are sent.

use http::{HeaderName, HeaderValue};
use stubwright_schema::{Location, Sentence, Violation, ViolationKind};

use super::{Outgoing, Target};
use crate::json::Json;
use crate::request::{Checked, Cookie, Header, Origin, Path, Query, Styled, UnusedIfEmpty, Written};
use crate::style::{Shape, Style};

impl<T: Json> Target<T> for Styled {
    fn origin(&self) -> Origin {
        self.origin()
    }

    fn write(&self, value: T, outgoing: &mut Outgoing) -> bool {
        match self.written(&value) {
            Ok(written) => outgoing.put(self.origin(), written),
            Err(violations) => {
                outgoing.violations.merge(violations);
                true
            }
        }
    }
}

/// Parameters of one value are styled as their place has it.
macro_rules! scalars {
    ($($source:ident $styled:expr;)+) => {
        $(
            impl<T: Json> Target<T> for $source {
                fn origin(&self) -> Origin {
                    self.origin()
                }

                fn write(&self, value: T, outgoing: &mut Outgoing) -> bool {
                    let styled: fn(&'static str) -> Styled = $styled;
                    styled(self.0).write(value, outgoing)
                }
            }
        )+
    };
}

scalars! {
    Path |name| Styled::path(name, Style::Simple, false, Shape::Scalar);
    Query |name| Styled::query(name, Style::Form, true, Shape::Scalar);
    Header |name| Styled::header(name, false, Shape::Scalar);
    Cookie |name| Styled::cookie(name, Style::Form, false, Shape::Scalar);
}

impl<T: Json, S: Target<T>> Target<T> for Checked<S> {
    fn origin(&self) -> Origin {
        self.target().origin()
    }

    fn write(&self, value: T, outgoing: &mut Outgoing) -> bool {
        let violations = self.violations(&value);
        let is_admitted = violations.is_empty();
        outgoing.violations.merge(violations);
        !is_admitted || self.target().write(value, outgoing)
    }
}

impl<T, S: Target<T>> Target<T> for UnusedIfEmpty<S> {
    fn origin(&self) -> Origin {
        self.origin()
    }

    fn write(&self, value: T, outgoing: &mut Outgoing) -> bool {
        self.target().write(value, outgoing)
    }
}

impl Outgoing {
    /// Adds a parameter; `false` where there is nothing to add.
    fn put(&mut self, origin: Origin, written: Written) -> bool {
        let Origin::Parameter(location, name) = origin else { return false };
        match written {
            Written::Nothing => return false,
            Written::Query(text) => self.query.extend(Some(text).filter(|text| !text.is_empty())),
            Written::Cookies(text) => self.cookies.push(text),
            Written::Text(text) if location == Location::Path => self.path.push((name, text)),
            Written::Text(text) => match (HeaderName::from_bytes(name.as_bytes()), header_value(&text)) {
                (Ok(name), Some(value)) => _ = self.headers.append(name, value),
                (Err(_), _) | (_, None) => {
                    let message = Sentence::UnwritableInHeader;
                    self.record(Violation::parameter(location, name, ViolationKind::Syntax, message));
                }
            },
        }
        true
    }
}

/// Spaces around a value are no part of it (RFC 9110 section 5.5).
fn header_value(text: &str) -> Option<HeaderValue> {
    let is_whole = text.trim_matches([' ', '\t']) == text;
    HeaderValue::from_bytes(text.as_bytes()).ok().filter(|_| is_whole)
}
