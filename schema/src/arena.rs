//! The schemas of a document in one list, which refer to each other by index.
//!
//! The one rule: every index in an [`Arena`] is one of its schemas, for the parser refuses any other. The generator walks
//! it to make values of a schema.

use std::collections::HashMap;

use serde_json::{Number, Value};

use crate::{Direction, Message, Sentence};

pub use crate::domain::Domain;
pub use crate::format::Format;
pub use crate::pattern::{Engine, Pattern};

/// The index of a schema.
pub type Id = u32;

/// All schemas of a document.
#[derive(Debug)]
pub struct Arena {
    /// The schemas, by index.
    pub schemas: Vec<Schema>,
    /// Of each schema resource, its dynamic anchors (2020-12 core, section 7.1).
    pub dynamic: Vec<HashMap<String, Id>>,
    /// Whether some value goes one way only.
    pub has_sides: bool,
}

/// One schema: what it demands, in the order in which that is checked, `unevaluated*` last.
#[derive(Debug)]
pub struct Schema {
    /// What it demands.
    pub keywords: Vec<Keyword>,
    /// The index into [`Arena::dynamic`].
    pub resource: u32,
    /// How much it says.
    pub(crate) extent: Extent,
    /// Whether only responses have it.
    pub read_only: bool,
    /// Whether only requests have it.
    pub write_only: bool,
    /// Whether its values are nobody's business: `writeOnly`, or `format: password`.
    pub secret: bool,
    /// `format`, which demands nothing but what is a [`Keyword::Format`] or a [`Domain`], too.
    pub format: Option<Box<str>>,
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
pub enum Keyword {
    /// The schema `false`.
    Never,
    /// `type`.
    Type(Types),
    /// `enum`.
    Enum(Vec<Value>),
    /// `const`.
    Const(Value),
    /// `minimum` and its like.
    Bound(Bound, Number),
    /// `multipleOf`.
    MultipleOf(Number),
    /// `minLength` and `maxLength`, in characters.
    Length(Count),
    /// `pattern`.
    Pattern(Pattern),
    /// `format`, where it is an assertion.
    Format(Format),
    /// What the Rust type holds.
    Domain(Domain),
    /// What is demanded of arrays.
    Array(Box<Array>),
    /// What is demanded of objects.
    Object(Box<Object>),
    /// `$ref`.
    Reference(Id),
    /// `$dynamicRef`.
    DynamicReference {
        /// Where it leads when nothing redirects it.
        to: Id,
        /// The dynamic anchor by which it is redirected.
        anchor: Option<String>,
    },
    /// `allOf`.
    AllOf(Vec<Id>),
    /// `anyOf`.
    AnyOf(Box<Union>),
    /// `oneOf`.
    OneOf(Box<Union>),
    /// `not`.
    Not(Id),
    /// `if`, `then` and `else`.
    If(Box<Condition>),
    /// `dependentSchemas`.
    DependentSchemas(Vec<(String, Id)>),
    /// `unevaluatedItems`.
    UnevaluatedItems(Id),
    /// `unevaluatedProperties`.
    UnevaluatedProperties(Id),
}

/// Which end of the numbers is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `minimum`.
    Minimum,
    /// `exclusiveMinimum`.
    ExclusiveMinimum,
    /// `maximum`.
    Maximum,
    /// `exclusiveMaximum`.
    ExclusiveMaximum,
}

/// How many there may be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// At least.
    pub minimum: Option<u64>,
    /// At most.
    pub maximum: Option<u64>,
}

/// What is demanded of arrays.
#[derive(Debug)]
pub struct Array {
    /// `prefixItems`.
    pub prefix: Vec<Id>,
    /// For the items that the prefix leaves.
    pub items: Option<Id>,
    /// `contains`, and how many items it must admit.
    pub contains: Option<(Id, Count)>,
    /// How many items.
    pub count: Count,
    /// `uniqueItems`.
    pub unique: bool,
}

/// What is demanded of objects.
#[derive(Debug)]
pub struct Object {
    /// `properties`.
    pub properties: HashMap<String, Id>,
    /// `patternProperties`.
    pub patterns: Vec<(Pattern, Id)>,
    /// For the properties that neither of them covers.
    pub additional: Option<Id>,
    /// `propertyNames`.
    pub names: Option<Id>,
    /// `required`.
    pub required: Vec<String>,
    /// `dependentRequired`.
    pub dependent: Vec<(String, Vec<String>)>,
    /// How many properties.
    pub count: Count,
}

/// The branches of `anyOf` or `oneOf`.
#[derive(Debug)]
pub struct Union {
    /// The branches.
    pub branches: Vec<Id>,
    /// What names the branch that is meant.
    pub discriminator: Option<Discriminator>,
}

/// The property that names the branch.
#[derive(Debug)]
pub struct Discriminator {
    /// The property.
    pub property: String,
    /// The branches by its value.
    pub mapping: Vec<(String, Id)>,
    /// The branch of objects whose property has none of these values.
    pub otherwise: Option<Id>,
    /// Whether objects without the property are of the branches that they fit.
    pub optional: bool,
}

/// `if`, `then`, `else`.
#[derive(Debug)]
pub struct Condition {
    /// `if`.
    pub test: Id,
    /// `then`.
    pub then: Option<Id>,
    /// `else`.
    pub otherwise: Option<Id>,
}

/// A set of the types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// No type.
    pub const NONE: Self = Self(0);
    /// Every type.
    pub const ANY: Self = Self(0x7f);
    const NAMES: [&'static str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    const WORDS: [Sentence; 7] = [
        Sentence::Null,
        Sentence::Boolean,
        Sentence::Integer,
        Sentence::Number,
        Sentence::String,
        Sentence::Array,
        Sentence::Object,
    ];
    const INTEGER: u8 = 1 << 2;
    const NUMBER: u8 = 1 << 3;
    const STRING: u8 = 1 << 4;

    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).map(|at| Self(1 << at))
    }

    /// What either allows.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both allow; every integer is a number.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.closed() & other.closed())
    }

    fn closed(self) -> u8 {
        if self.0 & Self::NUMBER == 0 { self.0 } else { self.0 | Self::INTEGER }
    }

    /// Whether a string is of one of these types.
    pub fn has_string(self) -> bool {
        self.0 & Self::STRING != 0
    }

    /// Whether a value is of one of these types. `1.0` is an integer (2020-12 core, section 4.2.1).
    pub fn admit(self, value: &Value) -> bool {
        let bit = match value {
            Value::Null => 1,
            Value::Bool(_) => 1 << 1,
            Value::Number(number) if crate::number::is_integer(number) => Self::INTEGER | Self::NUMBER,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => 1 << 5,
            Value::Object(_) => 1 << 6,
        };
        self.0 & bit != 0
    }

    /// `expected a string or null`.
    pub fn expected(self) -> Message {
        let has = |at: usize| self.0 & (1 << at) != 0;
        let redundant = |at: usize| 1 << at == Self::INTEGER && self.0 & Self::NUMBER != 0;
        // Null is what may be left out, so it comes last.
        let words = (1..7).chain([0]).filter(|at| has(*at) && !redundant(*at)).map(|at| Self::WORDS[at]);
        let either = |first: Message, second: Message| Sentence::Or.with([first.into(), second.into()]);
        let words = words.map(Message::from).reduce(either);
        words.map_or(Sentence::NotAllowedHere.into(), |words| Sentence::Expected.with([words.into()]))
    }
}

impl Schema {
    /// Whether it needs to know what its other keywords evaluated.
    pub fn has_unevaluated(&self) -> bool {
        matches!(self.keywords.last(), Some(Keyword::UnevaluatedItems(_) | Keyword::UnevaluatedProperties(_)))
    }

    /// Whether what goes this way need not have it.
    pub fn is_hidden(&self, direction: Direction) -> bool {
        match direction {
            Direction::Request => self.read_only,
            Direction::Response => self.write_only,
        }
    }

    /// What it says of a property by that name.
    pub fn property(&self, name: &str) -> Option<Id> {
        self.keywords.iter().find_map(|keyword| match keyword {
            Keyword::Object(object) => object.properties.get(name).copied(),
            _ => None,
        })
    }
}

impl Arena {
    /// The schema with this index.
    pub fn get(&self, id: Id) -> Option<&Schema> {
        self.schemas.get(id as usize)
    }

    /// Whether what a schema means depends on the way to it.
    pub fn is_dynamic(&self) -> bool {
        self.dynamic.iter().any(|anchors| !anchors.is_empty())
    }

    /// What a schema certainly demands: itself, and what it leads to through `$ref` and `allOf`.
    pub fn parts(&self, id: Id) -> Vec<Id> {
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
    pub fn is_never(&self, id: Id) -> bool {
        self.get(id).is_some_and(|schema| matches!(schema.keywords[..], [Keyword::Never]))
    }

    /// The schemas of [`Arena::parts`].
    pub fn schemas_of(&self, id: Id) -> impl Iterator<Item = &Schema> {
        self.parts(id).into_iter().filter_map(|part| self.get(part))
    }

    /// The types that a schema allows at all.
    pub fn types(&self, id: Id) -> Types {
        let kinds = |keyword: &Keyword| match keyword {
            Keyword::Never => Types::NONE,
            Keyword::Type(types) => *types,
            _ => Types::ANY,
        };
        self.schemas_of(id).flat_map(|schema| &schema.keywords).map(kinds).fold(Types::ANY, Types::intersection)
    }
}
