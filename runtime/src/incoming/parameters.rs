//! Parameters that are scalars. `None` means that a violation was recorded.

use std::borrow::Cow;

use http::Uri;

use super::Incoming;
use crate::parameter::Parameter;
use crate::percent;
use crate::violation::{Location, Violation, ViolationKind};

/// What was sent for a parameter of one value.
enum Sent<'a> {
    Nothing,
    Once(Cow<'a, str>),
    Repeatedly,
    /// Its bytes are not text.
    Malformed,
}

impl Incoming {
    /// A parameter of the path.
    pub fn path_parameter<T: Parameter>(&mut self, name: &'static str) -> Option<T> {
        let parsed = parse(
            Location::Path,
            name,
            self.path_text(name).map_or(Sent::Nothing, |text| Sent::Once(Cow::Borrowed(text))),
        );
        self.required(Location::Path, name, parsed)
    }

    /// A parameter of the query that need not be there.
    pub fn query_parameter<T: Parameter>(&mut self, name: &'static str) -> Option<Option<T>> {
        let parsed = parse(Location::Query, name, self.sent_in_query(name));
        self.keep(parsed)
    }

    /// A parameter of the query that must be there.
    pub fn required_query_parameter<T: Parameter>(&mut self, name: &'static str) -> Option<T> {
        let parsed = parse(Location::Query, name, self.sent_in_query(name));
        self.required(Location::Query, name, parsed)
    }

    /// A parameter of the query that has a default.
    pub fn query_parameter_or<T: Parameter>(&mut self, name: &'static str, default: impl FnOnce() -> T) -> Option<T> {
        self.query_parameter(name).map(|sent| sent.unwrap_or_else(default))
    }

    /// A header field that need not be there.
    pub fn header_parameter<T: Parameter>(&mut self, name: &'static str) -> Option<Option<T>> {
        let parsed = parse(Location::Header, name, self.sent_in_header(name));
        self.keep(parsed)
    }

    /// A header field that must be there.
    pub fn required_header_parameter<T: Parameter>(&mut self, name: &'static str) -> Option<T> {
        let parsed = parse(Location::Header, name, self.sent_in_header(name));
        self.required(Location::Header, name, parsed)
    }

    /// A header field that has a default.
    pub fn header_parameter_or<T: Parameter>(&mut self, name: &'static str, default: impl FnOnce() -> T) -> Option<T> {
        self.header_parameter(name).map(|sent| sent.unwrap_or_else(default))
    }

    pub(crate) fn query_values(&self, name: &str) -> impl Iterator<Item = &str> {
        query_values(&self.head.uri, name)
    }

    fn sent_in_query(&self, name: &str) -> Sent<'_> {
        let mut values = self.query_values(name);
        match (values.next(), values.next()) {
            (None, _) => Sent::Nothing,
            (Some(value), None) => percent::decode_query(value).map_or(Sent::Malformed, Sent::Once),
            (Some(_), Some(_)) => Sent::Repeatedly,
        }
    }

    fn sent_in_header(&self, name: &str) -> Sent<'_> {
        let mut values = self.head.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (None, _) => Sent::Nothing,
            (Some(value), None) => match std::str::from_utf8(value.as_bytes()) {
                Ok(text) => Sent::Once(Cow::Borrowed(text)),
                Err(_) => Sent::Malformed,
            },
            (Some(_), Some(_)) => Sent::Repeatedly,
        }
    }

    fn required<T>(&mut self, location: Location, name: &str, parsed: Result<Option<T>, Violation>) -> Option<T> {
        let missing = || Violation::parameter(location, name, ViolationKind::Missing, "is required");
        self.keep(parsed.and_then(|value| value.ok_or_else(missing)))
    }

    fn keep<T>(&mut self, parsed: Result<T, Violation>) -> Option<T> {
        parsed.map_err(|violation| self.violations.push(violation)).ok()
    }
}

/// The values of a name in the query, still encoded. A name that is malformed is no name of the document.
pub(crate) fn query_values<'a>(uri: &'a Uri, name: &str) -> impl Iterator<Item = &'a str> {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.filter(|pair| !pair.is_empty()).filter_map(move |pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        percent::decode_query(key).filter(|key| key == name).map(|_| value)
    })
}

/// Reads what was sent as a type; `None` if there is nothing.
fn parse<T: Parameter>(location: Location, name: &str, sent: Sent<'_>) -> Result<Option<T>, Violation> {
    let violation = |kind, message: String| Violation::parameter(location, name, kind, message);
    match sent {
        Sent::Nothing => Ok(None),
        Sent::Once(text) => match T::parse(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(violation(ViolationKind::Type, format!("expected {}", T::EXPECTED))),
        },
        Sent::Repeatedly => Err(violation(ViolationKind::Repeated, "may be given only once".to_owned())),
        Sent::Malformed => Err(violation(ViolationKind::Syntax, "is not valid percent-encoded UTF-8".to_owned())),
    }
}
