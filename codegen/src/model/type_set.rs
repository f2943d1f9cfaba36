//! Sets of the JSON types.

/// A set of the JSON types. The empty set stands for a missing `type`: every type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypeSet(u8);

impl TypeSet {
    /// No type is named.
    pub(crate) const ANY: Self = Self(0);
    /// `null`.
    pub(crate) const NULL: Self = Self(1);
    /// `boolean`.
    pub(crate) const BOOLEAN: Self = Self(2);
    /// `integer`.
    pub(crate) const INTEGER: Self = Self(4);
    /// `number`.
    pub(crate) const NUMBER: Self = Self(8);
    /// `string`.
    pub(crate) const STRING: Self = Self(16);
    /// `array`.
    pub(crate) const ARRAY: Self = Self(32);
    /// `object`.
    pub(crate) const OBJECT: Self = Self(64);

    /// The types by their names in documents.
    pub(crate) const NAMES: [(&str, Self); 7] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("integer", Self::INTEGER),
        ("number", Self::NUMBER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];

    /// The type with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, set)| set)
    }

    /// Both sets together.
    #[must_use]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set but for another.
    #[must_use]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The types that both sets allow: an integer is a number, and the set that names no type allows every one. `None`
    /// where they have none in common.
    pub(crate) fn intersection(self, other: Self) -> Option<Self> {
        if self == Self::ANY || other == Self::ANY {
            return Some(self.with(other));
        }
        let widened = |set: Self| if set.contains(Self::NUMBER) { set.with(Self::INTEGER) } else { set };
        let common = Self(widened(self).0 & widened(other).0);
        // Behind `number`, `integer` says nothing more.
        let common = if common.contains(Self::NUMBER) { common.without(Self::INTEGER) } else { common };
        (common != Self::ANY).then_some(common)
    }

    /// Whether every value of this set's types is one of another's.
    pub(crate) fn is_within(self, other: Self) -> bool {
        other == Self::ANY || (self != Self::ANY && self.intersection(other) == Some(self))
    }

    /// Whether the set names all types of another.
    pub(crate) const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The named types, one by one.
    pub(crate) fn iter(self) -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(_, set)| set).filter(move |&set| self.contains(set))
    }
}
