//! Parameters that are lists, objects or unions, and those that hold JSON.

use std::borrow::Cow;

use serde_json::{Map, Value};
use stubwright_schema::{Location, Message, Schemas, Sentence, Violation, ViolationKind, Violations};

use super::scalar::{check_parameter, faulty, one, to_value};
use super::{Origin, Sent, Source};
use crate::incoming::Incoming;
use crate::json::{self, Json};
use crate::percent;
use crate::style::{Decode, Escape, Fault, Form, Pair, Shape, Style, add, plain, read_pairs, read_text, split_pairs};

/// `in`: where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// It is the whole query (OpenAPI 3.2.0 section 4.12.1).
    QueryString,
    /// In a header field.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter that is more than one scalar.
#[derive(Clone, Copy, Debug)]
pub struct Styled {
    pub(super) name: &'static str,
    pub(super) place: Place,
    pub(super) syntax: Syntax,
    pub(super) properties: Option<&'static [&'static str]>,
    pub(super) escape: Escape,
    check: Option<(&'static Schemas, u32)>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Syntax {
    Style(Form),
    Json,
    /// Urlencoded pairs.
    Form,
}

impl Styled {
    /// A parameter of the path.
    pub const fn path(name: &'static str, style: Style, explode: bool, shape: Shape) -> Self {
        Self::new(Place::Path, name, Syntax::Style(Form { style, explode, shape }))
    }

    /// A parameter of the query.
    pub const fn query(name: &'static str, style: Style, explode: bool, shape: Shape) -> Self {
        Self::new(Place::Query, name, Syntax::Style(Form { style, explode, shape }))
    }

    /// A header field. Its style is always [`Style::Simple`].
    pub const fn header(name: &'static str, explode: bool, shape: Shape) -> Self {
        Self::new(Place::Header, name, Syntax::Style(Form { style: Style::Simple, explode, shape }))
    }

    /// A cookie.
    pub const fn cookie(name: &'static str, style: Style, explode: bool, shape: Shape) -> Self {
        Self::new(Place::Cookie, name, Syntax::Style(Form { style, explode, shape }))
    }

    /// A parameter whose text is JSON.
    pub const fn json(place: Place, name: &'static str) -> Self {
        Self::new(place, name, Syntax::Json)
    }

    /// An object as urlencoded pairs, a property for each name: in a text, or the whole query.
    pub const fn form(place: Place, name: &'static str) -> Self {
        Self::new(place, name, Syntax::Form)
    }

    /// The same, with a value that the schema of this index admits.
    #[must_use]
    pub const fn check(mut self, schemas: &'static Schemas, schema: u32) -> Self {
        self.check = Some((schemas, schema));
        self
    }

    /// The same for an exploded object that has these properties only: other names of the query are not its own.
    #[must_use]
    pub const fn properties(mut self, properties: &'static [&'static str]) -> Self {
        self.properties = Some(properties);
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Parameter(self.location(), self.name)
    }

    const fn new(place: Place, name: &'static str, syntax: Syntax) -> Self {
        Self { name, place, syntax, properties: None, escape: Escape::Percent, check: None }
    }

    pub(super) const fn location(&self) -> Location {
        match self.place {
            Place::Path => Location::Path,
            Place::Query | Place::QueryString => Location::Query,
            Place::Header => Location::Header,
            Place::Cookie => Location::Cookie,
        }
    }
}

impl<T: Json> Source<T> for Styled {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        match self.decode(incoming) {
            Ok(None) => Sent::Nothing,
            Ok(Some(value)) => Sent::Value(value),
            Err(violations) => {
                incoming.record_all(violations);
                Sent::Wrong
            }
        }
    }
}

impl Styled {
    fn decode<T: Json>(&self, incoming: &Incoming) -> Result<Option<T>, Violations> {
        let fault = |fault| [faulty(self.location(), self.name, fault)].into_iter().collect::<Violations>();
        let tree = match self.syntax {
            Syntax::Style(form) => self.styled(incoming, form),
            Syntax::Form if self.place == Place::QueryString => form(incoming.head().uri.query().unwrap_or_default()),
            Syntax::Form => {
                let Some(text) = self.raw(incoming, Shape::Scalar).map_err(fault)? else { return Ok(None) };
                // It is there, if only without pairs.
                form(&text).map(|object| object.or_else(|| Some(Value::Object(Map::new()))))
            }
            Syntax::Json => {
                let Some(text) = self.raw(incoming, Shape::Scalar).map_err(fault)? else { return Ok(None) };
                return match json::decode(text.as_bytes()) {
                    Ok(value) => self.checked(value).map(Some),
                    Err(_) => Err(self.explain_json(&text)),
                };
            }
        };
        let Some(tree) = tree.map_err(fault)? else { return Ok(None) };
        match json::lenient(&tree) {
            Ok(value) => self.checked(value).map(Some),
            Err(_) => Err(self.explain(&match self.check {
                Some((schemas, schema)) => schemas.coerce(schema, tree),
                None => tree,
            })),
        }
    }

    fn styled(&self, incoming: &Incoming, form: Form) -> Result<Option<Value>, Fault> {
        match self.place {
            Place::Path => {
                incoming.path_raw(self.name).map(|text| read_text(text, self.name, form, percent::decode)).transpose()
            }
            Place::Header => {
                let text = self.raw(incoming, form.shape)?;
                text.map(|text| read_text(&text, self.name, form, trimmed)).transpose()
            }
            Place::Query | Place::QueryString => {
                let pairs: Vec<_> = split_pairs(incoming.head().uri.query().unwrap_or_default()).collect();
                self.paired(incoming, &pairs, form, percent::decode_query)
            }
            Place::Cookie => {
                let decode = if form.style == Style::Cookie { plain } else { percent::decode_cookie };
                self.paired(incoming, &cookie_pairs(incoming, form), form, decode)
            }
        }
    }

    fn paired(
        &self,
        incoming: &Incoming,
        pairs: &[Pair<'_>],
        form: Form,
        decode: Decode,
    ) -> Result<Option<Value>, Fault> {
        let is_free = |key: &str| match self.properties {
            Some(properties) => properties.contains(&key),
            None => incoming.is_undeclared(self.location(), self.name, key),
        };
        read_pairs(pairs, self.name, form, decode, &is_free)
    }

    /// The text of one value, decoded where nothing is to be split.
    fn raw<'i>(&self, incoming: &'i Incoming, shape: Shape) -> Result<Option<Cow<'i, str>>, Fault> {
        match self.place {
            Place::Path => incoming.path_text(self.name),
            Place::Query => one(incoming.query_values(self.name), percent::decode_query),
            Place::QueryString => {
                one(incoming.head().uri.query().filter(|query| !query.is_empty()).into_iter(), percent::decode)
            }
            Place::Cookie => one(incoming.cookie_values(self.name), percent::decode_cookie),
            Place::Header => {
                let values = incoming.head().headers.get_all(self.name).iter();
                let texts: Result<Vec<_>, _> = values.map(|value| std::str::from_utf8(value.as_bytes())).collect();
                let texts = texts.map_err(|_| Fault::Malformed)?;
                // Lines of a list are one list (RFC 9110 section 5.3).
                if texts.len() > 1 && shape != Shape::Scalar {
                    return Ok(Some(Cow::Owned(texts.join(","))));
                }
                one(texts.into_iter(), plain)
            }
        }
    }

    /// The value, if its schema admits it.
    fn checked<T: Json>(&self, value: T) -> Result<T, Violations> {
        let violations = if self.check.is_some() { self.violations(&to_value(&value)) } else { Violations::default() };
        if violations.is_empty() { Ok(value) } else { Err(violations) }
    }

    pub(super) fn violations(&self, value: &Value) -> Violations {
        self.check.map_or_else(Violations::default, |(schemas, schema)| {
            check_parameter(schemas, schema, value, self.location(), self.name)
        })
    }

    /// What is wrong with a value that the type does not take. There is always something.
    fn explain(&self, value: &Value) -> Violations {
        let mut violations = self.violations(value);
        if violations.is_empty() {
            violations.push(self.violation(ViolationKind::Type, Sentence::DoesNotFit));
        }
        violations
    }

    fn explain_json(&self, text: &str) -> Violations {
        match serde_json::from_str(text) {
            Ok(value) => self.explain(&value),
            Err(error) => {
                let message = Sentence::MalformedJsonText.with([error.column().into()]);
                [self.violation(ViolationKind::Syntax, message)].into_iter().collect()
            }
        }
    }

    fn violation(&self, kind: ViolationKind, message: impl Into<Message>) -> Violation {
        Violation::parameter(self.location(), self.name, kind, message)
    }
}

/// Items of a header field may stand between spaces (RFC 9110 section 5.6.1).
#[expect(clippy::unnecessary_wraps, reason = "it is a `Decode`")]
pub(super) fn trimmed(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text.trim_matches([' ', '\t'])))
}

/// The pairs of the `Cookie` fields.
fn cookie_pairs(incoming: &Incoming, form: Form) -> Vec<Pair<'_>> {
    split_cookies(incoming.cookies(), form).collect()
}

/// Cookies as pairs. In the style `form` names may be escaped, and an exploded value is written with ampersands.
pub(super) fn split_cookies<'t>(cookies: impl Iterator<Item = &'t str>, form: Form) -> impl Iterator<Item = Pair<'t>> {
    let is_ampersand = form.style != Style::Cookie && form.explode && form.shape != Shape::Scalar;
    let parts = cookies.flat_map(move |pair| pair.split(move |c| is_ampersand && c == '&'));
    parts.filter_map(|part| part.split_once('=')).map(move |(name, value)| {
        let name =
            if form.style == Style::Cookie { None } else { percent::decode(name) }.unwrap_or(Cow::Borrowed(name));
        (name, value)
    })
}

/// Urlencoded pairs as an object.
fn form(text: &str) -> Result<Option<Value>, Fault> {
    let mut object = Map::new();
    for (name, value) in split_pairs(text) {
        let value = percent::decode_query(value).ok_or(Fault::Malformed)?;
        add(&mut object, name.into_owned(), Value::String(value.into_owned()));
    }
    Ok((!object.is_empty()).then_some(Value::Object(object)))
}
