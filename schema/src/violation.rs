//! How a request breaks the contract: every place, never the value.

use std::fmt;

use crate::catalogue::Catalogue;
use crate::message::Message;

/// One way in which a request breaks the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The part of the request.
    pub location: Location,

    /// The way to the value inside that part: the parameter's name, then members and items. In a body: from its root.
    pub path: Vec<Segment>,

    /// What is wrong, for programs.
    pub kind: ViolationKind,

    /// What is wrong, for people. It never holds the submitted value.
    pub message: Message,
}

/// A part of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A parameter of the path.
    Path,
    /// A parameter of the query.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A member of an object. Names that a client made up are cut after 128 bytes.
    Key(String),
    /// An item of an array, from 0.
    Index(usize),
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// It is required and absent.
    Missing,
    /// It is of another type.
    Type,
    /// It is none of the values that are allowed.
    Enum,
    /// It is a string of the wrong format.
    Format,
    /// It is a number outside of what is allowed or representable.
    OutOfRange,
    /// The object allows no such property.
    UnknownProperty,
    /// The object has the key twice.
    DuplicateKey,
    /// A parameter of one value was sent more than once.
    Repeated,
    /// The text cannot be read at all.
    Syntax,
    /// It is no multiple of a number.
    MultipleOf,
    /// It is a string of too few or too many characters.
    Length,
    /// It is a string that does not match a pattern.
    Pattern,
    /// Whether it matches a pattern takes too many steps to find out.
    PatternLimit,
    /// It is an array of too few or too many items.
    ItemCount,
    /// It is an array with two equal items.
    DuplicateItem,
    /// It is an array with too few or too many items of one kind.
    Contains,
    /// The array allows no such item.
    UnknownItem,
    /// It is an object of too few or too many properties.
    PropertyCount,
    /// It matches no alternative, or more than one.
    Union,
    /// Nothing is allowed there, or nothing like it.
    NotAllowed,
    /// It cannot be checked to its end, so it is refused.
    Unchecked,
}

/// The ways in which a request breaks the contract, in the order in which they were found.
///
/// At most [`Violations::LIMIT`] are kept, so that no request gets an answer much larger than itself; the others are
/// counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations {
    listed: Vec<Violation>,
    omitted: usize,
}

impl Violation {
    /// A violation at a parameter.
    pub fn parameter(location: Location, name: &str, kind: ViolationKind, message: impl Into<Message>) -> Self {
        Self { location, path: vec![Segment::Key(name.to_owned())], kind, message: message.into() }
    }

    /// The JSON Pointer (RFC 6901) of the value: `/items/0/name`; empty for the root of a body.
    ///
    /// ```
    /// use stubwright_schema::{Location, Segment, Sentence, Violation, ViolationKind};
    ///
    /// let violation = Violation {
    ///     location: Location::Body,
    ///     path: vec![Segment::Key("a/b".to_owned()), Segment::Index(3)],
    ///     kind: ViolationKind::Missing,
    ///     message: Sentence::Required.into(),
    /// };
    /// assert_eq!(violation.pointer(), "/a~1b/3");
    /// ```
    pub fn pointer(&self) -> String {
        self.path.iter().fold(String::new(), |pointer, segment| match segment {
            Segment::Key(key) => pointer + "/" + &key.replace('~', "~0").replace('/', "~1"),
            Segment::Index(index) => format!("{pointer}/{index}"),
        })
    }
}

impl Location {
    /// What stands after `in` in a document; `body` for the body.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }
}

impl Segment {
    /// A member whose name a client may have made up.
    pub fn client_key(key: &str) -> Self {
        const LONGEST: usize = 128;
        if key.len() <= LONGEST {
            return Self::Key(key.to_owned());
        }
        let cut = (0..=LONGEST).rev().find(|at| key.is_char_boundary(*at)).unwrap_or_default();
        Self::Key(format!("{}…", &key[..cut]))
    }
}

impl ViolationKind {
    /// A stable name: `out-of-range`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Type => "type",
            Self::Enum => "enum",
            Self::Format => "format",
            Self::OutOfRange => "out-of-range",
            Self::UnknownProperty => "unknown-property",
            Self::DuplicateKey => "duplicate-key",
            Self::Repeated => "repeated",
            Self::Syntax => "syntax",
            Self::MultipleOf => "multiple-of",
            Self::Length => "length",
            Self::Pattern => "pattern",
            Self::PatternLimit => "pattern-limit",
            Self::ItemCount => "item-count",
            Self::DuplicateItem => "duplicate-item",
            Self::Contains => "contains",
            Self::UnknownItem => "unknown-item",
            Self::PropertyCount => "property-count",
            Self::Union => "union",
            Self::NotAllowed => "not-allowed",
            Self::Unchecked => "unchecked",
        }
    }
}

impl Violations {
    /// How many violations are kept.
    pub const LIMIT: usize = 256;

    /// Adds one; beyond the limit it is only counted.
    pub fn push(&mut self, violation: Violation) {
        if self.listed.len() < Self::LIMIT {
            self.listed.push(violation);
        } else {
            self.omitted += 1;
        }
    }

    /// Adds all of another list.
    pub fn merge(&mut self, other: Self) {
        self.omitted += other.omitted;
        self.extend(other.listed);
    }

    /// The same, each as a violation of a value that stands there.
    #[must_use]
    pub fn below(mut self, place: &[Segment]) -> Self {
        for violation in &mut self.listed {
            violation.path.splice(..0, place.iter().cloned());
        }
        self
    }

    /// The same, told in a language.
    #[must_use]
    pub fn told(&self, catalogue: &Catalogue) -> Self {
        let listed = self.listed.iter().map(|violation| catalogue.tell(violation)).collect();
        Self { listed, omitted: self.omitted }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Those that were kept.
    pub fn listed(&self) -> &[Violation] {
        &self.listed
    }

    /// How many more there are.
    pub fn omitted(&self) -> usize {
        self.omitted
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        violations.into_iter().for_each(|violation| self.push(violation));
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        let mut all = Self::default();
        all.extend(violations);
        all
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: {}", self.location.name(), self.pointer(), self.message)
    }
}
