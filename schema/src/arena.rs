//! The schemas of a document in one list, which refer to each other by index.
//!
//! The one rule: every index in an [`Arena`] is one of its schemas, for the parser refuses any other.

use std::collections::HashMap;

use serde_json::{Number, Value};

use crate::{Direction, domain::Domain, pattern::Pattern};

/// The index of a schema.
pub(crate) type Id = u32;

/// All schemas of a document.
#[derive(Debug)]
pub(crate) struct Arena {
    pub(crate) schemas: Vec<Schema>,
    /// Of each schema resource, its dynamic anchors (2020-12 core, section 7.1).
    pub(crate) dynamic: Vec<HashMap<String, Id>>,
    /// Whether some value goes one way only.
    pub(crate) has_sides: bool,
}

/// One schema: what it demands, in the order in which that is checked, `unevaluated*` last.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) keywords: Vec<Keyword>,
    /// The index into [`Arena::dynamic`].
    pub(crate) resource: u32,
    pub(crate) extent: Extent,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// Whether its values are nobody's business: `writeOnly`, or `format: password`.
    pub(crate) secret: bool,
}

/// How much a schema says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Nothing but limits, which are looked at while a value is read.
    Limits,
    /// More.
    More,
}

/// A demand.
#[derive(Debug)]
pub(crate) enum Keyword {
    /// The schema `false`.
    Never,
    Type(Types),
    Enum(Vec<Value>),
    Const(Value),
    Bound(Bound, Number),
    MultipleOf(Number),
    Length(Count),
    Pattern(Pattern),
    Domain(Domain),
    Array(Box<Array>),
    Object(Box<Object>),
    Reference(Id),
    DynamicReference {
        to: Id,
        anchor: Option<String>,
    },
    AllOf(Vec<Id>),
    AnyOf(Box<Union>),
    OneOf(Box<Union>),
    Not(Id),
    If(Box<Condition>),
    DependentSchemas(Vec<(String, Id)>),
    UnevaluatedItems(Id),
    UnevaluatedProperties(Id),
}

/// Which end of the numbers is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
}

/// How many there may be.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) minimum: Option<u64>,
    pub(crate) maximum: Option<u64>,
}

/// What is demanded of arrays.
#[derive(Debug)]
pub(crate) struct Array {
    pub(crate) prefix: Vec<Id>,
    /// For the items that the prefix leaves.
    pub(crate) items: Option<Id>,
    pub(crate) contains: Option<(Id, Count)>,
    pub(crate) count: Count,
    pub(crate) unique: bool,
}

/// What is demanded of objects.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) properties: HashMap<String, Id>,
    pub(crate) patterns: Vec<(Pattern, Id)>,
    /// For the properties that neither of them covers.
    pub(crate) additional: Option<Id>,
    pub(crate) names: Option<Id>,
    pub(crate) required: Vec<String>,
    pub(crate) dependent: Vec<(String, Vec<String>)>,
    pub(crate) count: Count,
}

/// The branches of `anyOf` or `oneOf`.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) branches: Vec<Id>,
    pub(crate) discriminator: Option<Discriminator>,
}

/// The property that names the branch.
#[derive(Debug)]
pub(crate) struct Discriminator {
    pub(crate) property: String,
    pub(crate) mapping: Vec<(String, Id)>,
    /// The branch of objects whose property has none of these values.
    pub(crate) otherwise: Option<Id>,
}

/// `if`, `then`, `else`.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) test: Id,
    pub(crate) then: Option<Id>,
    pub(crate) otherwise: Option<Id>,
}

/// A set of the types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Types(u8);

impl Types {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ANY: Self = Self(0x7f);
    const NAMES: [&'static str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    const WORDS: [&'static str; 7] =
        ["null", "a boolean", "an integer", "a number", "a string", "an array", "an object"];
    const INTEGER: u8 = 1 << 2;
    const NUMBER: u8 = 1 << 3;

    /// The type with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).map(|at| Self(1 << at))
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both allow; every integer is a number.
    pub(crate) fn intersection(self, other: Self) -> Self {
        Self(self.closed() & other.closed())
    }

    fn closed(self) -> u8 {
        if self.0 & Self::NUMBER == 0 { self.0 } else { self.0 | Self::INTEGER }
    }

    /// Whether a value is of one of these types. `1.0` is an integer (2020-12 core, section 4.2.1).
    pub(crate) fn admit(self, value: &Value) -> bool {
        let bit = match value {
            Value::Null => 1,
            Value::Bool(_) => 1 << 1,
            Value::Number(number) if crate::number::is_integer(number) => Self::INTEGER | Self::NUMBER,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => 1 << 4,
            Value::Array(_) => 1 << 5,
            Value::Object(_) => 1 << 6,
        };
        self.0 & bit != 0
    }

    /// `a string or null`.
    pub(crate) fn words(self) -> String {
        let has = |at: usize| self.0 & (1 << at) != 0;
        let redundant = |at: usize| 1 << at == Self::INTEGER && self.0 & Self::NUMBER != 0;
        // Null is what may be left out, so it comes last.
        let words = (1..7).chain([0]).filter(|at| has(*at) && !redundant(*at)).map(|at| Self::WORDS[at]);
        words.collect::<Vec<_>>().join(" or ")
    }
}

impl Schema {
    /// Whether it needs to know what its other keywords evaluated.
    pub(crate) fn has_unevaluated(&self) -> bool {
        matches!(self.keywords.last(), Some(Keyword::UnevaluatedItems(_) | Keyword::UnevaluatedProperties(_)))
    }

    /// Whether what goes this way need not have it.
    pub(crate) fn is_hidden(&self, direction: Direction) -> bool {
        match direction {
            Direction::Request => self.read_only,
            Direction::Response => self.write_only,
        }
    }

    /// What it says of a property by that name.
    pub(crate) fn property(&self, name: &str) -> Option<Id> {
        self.keywords.iter().find_map(|keyword| match keyword {
            Keyword::Object(object) => object.properties.get(name).copied(),
            _ => None,
        })
    }
}

impl Arena {
    /// The schema with this index.
    pub(crate) fn get(&self, id: Id) -> Option<&Schema> {
        self.schemas.get(id as usize)
    }

    /// Whether what a schema means depends on the way to it.
    pub(crate) fn is_dynamic(&self) -> bool {
        self.dynamic.iter().any(|anchors| !anchors.is_empty())
    }

    /// What a schema certainly demands: itself, and what it leads to through `$ref` and `allOf`.
    pub(crate) fn parts(&self, id: Id) -> Vec<Id> {
        let mut parts = vec![id];
        let mut next = 0;
        while let Some(&part) = parts.get(next) {
            next += 1;
            for keyword in self.get(part).map_or(&[][..], |schema| &schema.keywords) {
                let more = match keyword {
                    Keyword::Reference(to) | Keyword::DynamicReference { to, anchor: None } => std::slice::from_ref(to),
                    Keyword::AllOf(all) => all,
                    _ => &[],
                };
                let new: Vec<_> = more.iter().filter(|id| !parts.contains(id)).copied().collect();
                parts.extend(new);
            }
        }
        parts
    }

    /// Whether a schema is `false`.
    pub(crate) fn is_never(&self, id: Id) -> bool {
        self.get(id).is_some_and(|schema| matches!(schema.keywords[..], [Keyword::Never]))
    }

    /// The schemas of [`Arena::parts`].
    pub(crate) fn schemas_of(&self, id: Id) -> impl Iterator<Item = &Schema> {
        self.parts(id).into_iter().filter_map(|part| self.get(part))
    }

    /// The types that a schema allows at all.
    pub(crate) fn types(&self, id: Id) -> Types {
        let kinds = |keyword: &Keyword| match keyword {
            Keyword::Never => Types::NONE,
            Keyword::Type(types) => *types,
            _ => Types::ANY,
        };
        self.schemas_of(id).flat_map(|schema| &schema.keywords).map(kinds).fold(Types::ANY, Types::intersection)
    }
}
