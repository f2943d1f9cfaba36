//! Integers as JSON Schema means them: `1.0` and `1e2` are integers (2020-12 core, section 4.2.1), `1.5` is none.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

use crate::maybe::Maybe;

/// What [`read`] reads: integers, and what holds them.
pub trait Integers: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// When it is of another type, has a fraction, or does not fit.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads integers; for `#[serde(deserialize_with = "integer::read")]`.
///
/// ```
/// use stubwright::codegen::integer;
///
/// #[derive(serde::Deserialize)]
/// struct Page {
///     #[serde(deserialize_with = "integer::read")]
///     size: i64,
/// }
/// let size = |text| serde_json::from_str::<Page>(text).map(|page| page.size);
/// assert_eq!(size(r#"{"size":1e2}"#)?, 100);
/// assert!(size(r#"{"size":1.5}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// When a number has a fraction or does not fit, or the value is of another type.
pub fn read<'de, T: Integers, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Reads integers that are there, of a property that may be absent and is never null.
///
/// # Errors
/// As [`read`].
pub fn some<'de, T: Integers, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::read(deserializer).map(Some)
}

/// The integer that a number is, if it is one and fits.
pub(crate) fn from_f64(value: f64) -> Option<i64> {
    /// The first number beyond `i64`, which `f64` holds exactly.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
    ((-BEYOND..BEYOND).contains(&value) && value.fract() == 0.0).then_some(value as i64)
}

impl Integers for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(IntegerVisitor)
    }
}

impl Integers for i32 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = i64::read(deserializer)?;
        Self::try_from(value).map_err(|_| D::Error::invalid_value(Unexpected::Signed(value), &"a 32-bit integer"))
    }
}

impl<T: Integers> Integers for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Item<T>>::deserialize(deserializer)?.map(|item| item.0))
    }
}

impl<T: Integers> Integers for Maybe<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::read(deserializer).map(Self::from)
    }
}

impl<T: Integers> Integers for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Item<T>>::deserialize(deserializer)?.into_iter().map(|item| item.0).collect())
    }
}

impl<T: Integers> Integers for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }
}

impl<T: Integers> Integers for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = BTreeMap::<String, Item<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|(key, item)| (key, item.0)).collect())
    }
}

/// Carries [`Integers`] through serde's own implementations for containers.
struct Item<T>(T);

impl<'de, T: Integers> Deserialize<'de> for Item<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 64-bit integer")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
        from_f64(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }
}
