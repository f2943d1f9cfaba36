//! JSON as schemas mean it: between `serde_json` and the implementations that serde derives for generated types.
//!
//! Derived code takes more than a schema does (an array for an object, an object for a string of an `enum`) and less
//! (`1.0` is an integer: JSON Schema 2020-12 core, section 4.2.1). The one rule: what is decoded here is what the types'
//! schemas allow.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use crate::integer;

/// Decodes a value as the bodies of requests are decoded.
///
/// ```
/// #[derive(Debug, PartialEq, serde::Deserialize)]
/// struct Page {
///     size: i64,
/// }
/// assert_eq!(stubwright::from_json::<Page>(br#"{"size":1e2}"#)?, Page { size: 100 });
/// assert!(stubwright::from_json::<Page>(b"[100]").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// When the text is no JSON, or the value is none of the type's.
pub fn from_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = T::deserialize(Strict(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

/// A deserializer, or what it hands out, that reads as schemas mean it.
struct Strict<T>(T);

/// Passes methods on, with what they hand out made strict.
macro_rules! forward {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(Strict(visitor))
        })+
    };
}

/// Integers come to the visitor as integers, however they are written.
macro_rules! integers {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(Whole(visitor))
        })+
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    forward! {
        deserialize_any deserialize_bool deserialize_f32 deserialize_f64 deserialize_char deserialize_str
        deserialize_string deserialize_bytes deserialize_byte_buf deserialize_option deserialize_unit deserialize_seq
        deserialize_map
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, Strict(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Strict(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Strict(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, length, Strict(visitor))
    }

    /// An array is no object.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Strict(visitor))
    }

    /// The values of an `enum` are strings.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(Named(visitor))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_identifier(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_ignored_any(visitor)
    }
}

/// Passes scalars on.
macro_rules! scalars {
    ($($method:ident: $ty:ty,)+) => {
        $(fn $method<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.0.$method(value)
        })+
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.expecting(f)
    }

    scalars! {
        visit_bool: bool, visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128, visit_f64: f64,
        visit_char: char, visit_str: &str, visit_borrowed_str: &'de str, visit_string: String,
        visit_bytes: &[u8], visit_borrowed_bytes: &'de [u8], visit_byte_buf: Vec<u8>,
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Strict(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Strict(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Strict(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Strict(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(data)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(deserializer))
    }
}

/// Takes a number without a fraction for an integer.
struct Whole<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Whole<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.expecting(f)
    }

    scalars! { visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128, }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        match integer::from_f64(value) {
            Some(integer) => self.0.visit_i64(integer),
            None => self.0.visit_f64(value),
        }
    }
}

/// Takes a string for the variant of this name.
struct Named<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Named<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<V::Value, E> {
        self.0.visit_enum(IntoDeserializer::<E>::into_deserializer(value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::from_json;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "decoding is what is tested")]
    struct Outer {
        whole: i32,
        several: Vec<Option<i64>>,
        by_name: BTreeMap<String, i64>,
        color: Color,
        inner: Option<Box<Inner>>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "decoding is what is tested")]
    struct Inner {
        whole: i64,
    }

    #[derive(Debug, Deserialize)]
    enum Color {
        #[serde(rename = "dark red")]
        DarkRed,
    }

    const GOOD: &str =
        r#"{"whole":1.0,"several":[1e2,null,-3],"by_name":{"a":7.0},"color":"dark red","inner":{"whole":2.0}}"#;

    #[test]
    fn values_of_the_schema_are_taken() {
        from_json::<Outer>(GOOD.as_bytes()).expect("every value is allowed");
        assert_eq!(from_json::<Vec<i64>>(b"[1.0, 2]").expect("integers at the root"), [1, 2]);
    }

    #[test]
    fn other_values_are_refused() {
        for (from, to) in [
            (r#""whole":1.0"#, r#""whole":1.5"#),
            (r#""whole":1.0"#, r#""whole":3000000000.0"#),
            (r#""whole":1.0"#, r#""whole":"1""#),
            (r#""dark red""#, r#"{"dark red":null}"#),
            (r#""dark red""#, r#""red""#),
            (r#"{"whole":2.0}"#, "[2]"),
            (r#"{"a":7.0}"#, r#"{"a":1e19}"#),
        ] {
            let text = GOOD.replacen(from, to, 1);
            assert_ne!(text, GOOD);
            assert!(from_json::<Outer>(text.as_bytes()).is_err(), "{text}");
        }
        assert!(from_json::<Inner>(b"[2]").is_err());
        assert!(from_json::<Inner>(br#"{"whole":2} x"#).is_err());
    }
}
