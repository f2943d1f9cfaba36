//! Parameters that are one value.

use std::borrow::Cow;

use serde_json::Value;
use stubwright_schema::{Direction, Location, Schemas, Violation, ViolationKind, Violations};

use super::{Origin, Sent, Source};
use crate::incoming::Incoming;
use crate::json::{self, Json};
use crate::parameter::Parameter;
use crate::percent;
use crate::style::{Decode, Fault, plain};

/// A parameter of the path.
#[derive(Clone, Copy, Debug)]
pub struct Path(pub &'static str);

/// A parameter of the query.
#[derive(Clone, Copy, Debug)]
pub struct Query(pub &'static str);

/// A header field.
#[derive(Clone, Copy, Debug)]
pub struct Header(pub &'static str);

/// A cookie.
#[derive(Clone, Copy, Debug)]
pub struct Cookie(pub &'static str);

/// A parameter whose value is also checked against a schema.
#[derive(Clone, Copy, Debug)]
pub struct Checked<S> {
    source: S,
    origin: Origin,
    schemas: &'static Schemas,
    schema: u32,
}

macro_rules! scalars {
    ($($source:ident $location:ident;)+) => {
        $(
            impl $source {
                /// Where it comes from.
                pub const fn origin(&self) -> Origin {
                    Origin::Parameter(Location::$location, self.0)
                }

                /// The same, with a value that the schema of this index admits.
                pub const fn check(self, schemas: &'static Schemas, schema: u32) -> Checked<Self> {
                    Checked { origin: self.origin(), source: self, schemas, schema }
                }
            }

            impl<T: Parameter> Source<T> for $source {
                fn place(&self) -> Origin {
                    self.origin()
                }

                fn read(&self, incoming: &mut Incoming) -> Sent<T> {
                    let parsed = match incoming.text(Location::$location, self.0) {
                        Ok(None) => return Sent::Nothing,
                        Ok(Some(text)) => T::parse(&text).ok_or_else(|| {
                            let message = T::EXPECTED.message();
                            Violation::parameter(Location::$location, self.0, ViolationKind::Type, message)
                        }),
                        Err(fault) => Err(faulty(Location::$location, self.0, fault)),
                    };
                    match parsed {
                        Ok(value) => Sent::Value(value),
                        Err(violation) => {
                            incoming.record(violation);
                            Sent::Wrong
                        }
                    }
                }
            }
        )+
    };
}

scalars! {
    Path Path;
    Query Query;
    Header Header;
    Cookie Cookie;
}

impl<S: Copy> Checked<S> {
    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        self.origin
    }
}

impl<S> Checked<S> {
    /// What is checked.
    pub(crate) const fn target(&self) -> &S {
        &self.source
    }

    /// Why the schema does not admit a value.
    pub(crate) fn violations<T: Json>(&self, value: &T) -> Violations {
        if value.as_text().is_some_and(|text| self.schemas.admits_string(self.schema, text)) {
            return Violations::default();
        }
        match self.origin {
            Origin::Parameter(location, name) => {
                check_parameter(self.schemas, self.schema, &to_value(value), location, name)
            }
            Origin::Body(_) | Origin::Bodies(_) => Violations::default(),
        }
    }
}

impl<T: Json, S: Source<T>> Source<T> for Checked<S> {
    fn place(&self) -> Origin {
        self.origin
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        let sent = self.source.read(incoming);
        let Sent::Value(value) = &sent else { return sent };
        let violations = self.violations(value);
        if violations.is_empty() {
            return sent;
        }
        incoming.record_all(violations);
        Sent::Wrong
    }
}

impl Incoming {
    /// The decoded text of a parameter of one value.
    fn text(&self, location: Location, name: &str) -> Result<Option<Cow<'_, str>>, Fault> {
        match location {
            Location::Path => self.path_text(name),
            Location::Query => one(self.query_values(name), percent::decode_query),
            Location::Cookie => one(self.cookie_values(name), percent::decode_cookie),
            Location::Header => {
                let mut malformed = false;
                let values = self.head().headers.get_all(name).iter();
                let texts = values.map(|value| {
                    std::str::from_utf8(value.as_bytes()).unwrap_or_else(|_| {
                        malformed = true;
                        ""
                    })
                });
                let text = one(texts, plain);
                if malformed && text.is_ok() { Err(Fault::Malformed) } else { text }
            }
            Location::Body => Ok(None),
        }
    }
}

/// The text of which there is at most one.
pub(super) fn one<'t>(mut texts: impl Iterator<Item = &'t str>, decode: Decode) -> Result<Option<Cow<'t, str>>, Fault> {
    match (texts.next(), texts.next()) {
        (None, _) => Ok(None),
        (Some(text), None) => decode(text).map(Some).ok_or(Fault::Malformed),
        (Some(_), Some(_)) => Err(Fault::Repeated),
    }
}

/// The violation at a parameter whose text has a fault.
pub(super) fn faulty(location: Location, name: &str, fault: Fault) -> Violation {
    let (kind, message) = fault.words();
    Violation::parameter(location, name, kind, message)
}

pub(super) fn check_parameter(
    schemas: &Schemas,
    schema: u32,
    value: &Value,
    location: Location,
    name: &str,
) -> Violations {
    let mut violations = Violations::default();
    schemas.check_parameter(schema, Direction::Request, value, (location, name), &mut violations);
    violations
}

/// A value as JSON.
pub(crate) fn to_value<T: Json>(value: &T) -> Value {
    json::decode(&json::to_json(value)).unwrap_or_default()
}
