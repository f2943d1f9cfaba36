//! What a schema demands of a value while it is read: only what its type does not say of it already.
//!
//! A schema that the generator wrote for this has nothing but limits. Any other one is for the whole check.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::arena::{Bound, Count, Extent, Keyword};
use crate::equal::first_twins;
use crate::pattern::Verdict;
use crate::{Direction, Schemas, number};

/// The limits of a schema that has nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a>(&'a [Keyword]);

/// What is demanded of an array.
#[derive(Clone, Copy, Debug, Default)]
pub struct ItemLimits {
    /// The schema of the items.
    pub items: Option<u32>,
    /// Whether no two items may be equal.
    pub unique: bool,
    count: Count,
}

/// What is demanded of an object.
#[derive(Clone, Copy, Debug, Default)]
pub struct MemberLimits {
    /// The schema of the members.
    pub members: Option<u32>,
    count: Count,
}

impl Schemas {
    /// The limits of the schema with this index; `None` where it says more than limits.
    #[inline]
    pub fn limits(&self, schema: u32) -> Option<Limits<'_>> {
        let schema = self.arena().ok()?.get(schema)?;
        (schema.extent == Extent::Limits).then_some(Limits(&schema.keywords))
    }

    /// Whether a request may have a string by the schema with this index. It is not asked as a value where the schema has
    /// nothing but a type and limits.
    pub fn admits_string(&self, schema: u32, text: &str) -> bool {
        let Some(known) = self.arena().ok().and_then(|arena| arena.get(schema)) else { return false };
        let keywords = match known.keywords.as_slice() {
            [Keyword::Type(types), rest @ ..] if types.has_string() => rest,
            all => all,
        };
        match extent(keywords) {
            Extent::Limits => Limits(keywords).admit_string(text),
            Extent::More => self.admits(schema, Direction::Request, &Value::from(text)),
        }
    }
}

/// Whether keywords are nothing but limits.
pub(crate) fn extent(keywords: &[Keyword]) -> Extent {
    let are_limits = keywords.iter().all(|keyword| match keyword {
        Keyword::Bound(..) | Keyword::MultipleOf(_) | Keyword::Length(_) | Keyword::Pattern(_) | Keyword::Format(_) => {
            true
        }
        Keyword::Array(array) => array.prefix.is_empty() && array.contains.is_none(),
        Keyword::Object(object) => {
            object.properties.is_empty()
                && object.patterns.is_empty()
                && object.names.is_none()
                && object.required.is_empty()
                && object.dependent.is_empty()
        }
        Keyword::Never
        | Keyword::Type(_)
        | Keyword::Enum(_)
        | Keyword::Const(_)
        | Keyword::Domain(_)
        | Keyword::Reference(_)
        | Keyword::DynamicReference { .. }
        | Keyword::AllOf(_)
        | Keyword::AnyOf(_)
        | Keyword::OneOf(_)
        | Keyword::Not(_)
        | Keyword::If(_)
        | Keyword::DependentSchemas(_)
        | Keyword::UnevaluatedItems(_)
        | Keyword::UnevaluatedProperties(_) => false,
    });
    if are_limits { Extent::Limits } else { Extent::More }
}

impl Limits<'_> {
    /// Whether a number is within them.
    #[inline]
    pub fn admit_number(self, given: &Number) -> bool {
        self.0.iter().all(|keyword| match keyword {
            Keyword::Bound(bound, limit) => bound.admits(number::compare(given, limit)),
            Keyword::MultipleOf(divisor) => number::is_multiple(given, divisor),
            _ => true,
        })
    }

    /// Whether a string is within them.
    #[inline]
    pub fn admit_string(self, text: &str) -> bool {
        self.0.iter().all(|keyword| match keyword {
            Keyword::Length(length) => length.admits_characters(text),
            Keyword::Pattern(pattern) => pattern.verdict(text) == Verdict::Matches,
            Keyword::Format(format) => format.admits(text),
            _ => true,
        })
    }

    /// What they demand of an array.
    pub fn of_items(self) -> ItemLimits {
        let array =
            self.0.iter().find_map(|keyword| if let Keyword::Array(array) = keyword { Some(array) } else { None });
        array.map_or_else(ItemLimits::default, |array| ItemLimits {
            items: array.items,
            unique: array.unique,
            count: array.count,
        })
    }

    /// What they demand of an object.
    pub fn of_members(self) -> MemberLimits {
        let object =
            self.0.iter().find_map(|keyword| if let Keyword::Object(object) = keyword { Some(object) } else { None });
        object.map_or_else(MemberLimits::default, |object| MemberLimits {
            members: object.additional,
            count: object.count,
        })
    }
}

impl ItemLimits {
    /// Whether there may be so many items.
    pub fn admit_count(&self, given: usize) -> bool {
        self.count.admits(given as u64)
    }

    /// The same, where nothing else is demanded.
    pub fn admit_only_count(&self, given: usize) -> Option<bool> {
        (self.items.is_none() && !self.unique).then(|| self.admit_count(given))
    }

    /// Whether there may be these items together.
    pub fn admit_items(items: &[Value]) -> bool {
        first_twins(items).is_none()
    }
}

impl MemberLimits {
    /// Whether there may be so many members.
    pub fn admit_count(&self, given: usize) -> bool {
        self.count.admits(given as u64)
    }
}

impl Bound {
    /// Whether a number that compares so with the limit is on the right side of it.
    #[inline]
    pub(crate) fn admits(self, order: Ordering) -> bool {
        match self {
            Self::Minimum => order != Ordering::Less,
            Self::ExclusiveMinimum => order == Ordering::Greater,
            Self::Maximum => order != Ordering::Greater,
            Self::ExclusiveMaximum => order == Ordering::Less,
        }
    }
}

impl Count {
    /// Whether there may be as many characters as a text has. A character has one to four bytes, so that few texts are
    /// counted.
    #[inline]
    fn admits_characters(self, text: &str) -> bool {
        let (minimum, maximum) = (self.minimum.unwrap_or(0), self.maximum.unwrap_or(u64::MAX));
        let bytes = text.len() as u64;
        if bytes <= maximum && bytes.div_ceil(4) >= minimum {
            return true;
        }
        bytes >= minimum && self.admits(text.chars().count() as u64)
    }
}
