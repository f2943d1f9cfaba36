//! Where a value stands in a YAML text: text and path enter, line and column leave.
//!
//! The YAML library tells places in errors only. So the text is read once more along the path, and what stands at its
//! end is refused; the error of that refusal has the place.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// One step from a value to a value inside it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Step {
    /// The value of a key.
    Key(&'static str),

    /// An item of a sequence.
    Index(usize),
}

/// Line and column of a value, from 1. A path that leads nowhere gives the place of the last value on it.
pub(super) fn find(text: &str, path: &[Step]) -> (usize, usize) {
    let refusal = Probe { path }.deserialize(serde_yaml::Deserializer::from_str(text)).err();
    let location = refusal.and_then(|error| error.location());
    location.map_or((1, 1), |location| (location.line(), location.column()))
}

struct Probe<'a> {
    path: &'a [Step],
}

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("something else")
    }

    // Every scalar is refused by the provided methods, which is what the end of a path asks for.

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if let Some((Step::Key(wanted), rest)) = self.path.split_first() {
            while let Some(key) = map.next_key::<String>()? {
                if key == *wanted {
                    return map.next_value_seed(Probe { path: rest });
                }
                map.next_value::<IgnoredAny>()?;
            }
        }
        Err(A::Error::custom("here"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if let Some((Step::Index(wanted), rest)) = self.path.split_first() {
            for _ in 0..*wanted {
                items.next_element::<IgnoredAny>()?;
            }
            if items.next_element_seed(Probe { path: rest })?.is_some() {
                return Ok(());
            }
        }
        Err(A::Error::custom("here"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, find};

    #[test]
    fn finds_values_of_every_kind() {
        let text = "a:\n  - b: 1\n    c: [x, y]\n  - {b: 2, c: [z]}\nd: text\n";
        let cases: [(&[Step], (usize, usize)); 8] = [
            (&[Step::Key("a"), Step::Index(0), Step::Key("b")], (2, 8)),
            (&[Step::Key("a"), Step::Index(0), Step::Key("c")], (3, 8)),
            (&[Step::Key("a"), Step::Index(0), Step::Key("c"), Step::Index(1)], (3, 12)),
            (&[Step::Key("a"), Step::Index(1)], (4, 5)),
            (&[Step::Key("a"), Step::Index(1), Step::Key("c"), Step::Index(0)], (4, 16)),
            (&[Step::Key("d")], (5, 4)),
            (&[Step::Key("a"), Step::Index(0), Step::Key("missing")], (2, 5)),
            (&[], (1, 1)),
        ];
        for (path, expected) in cases {
            assert_eq!(find(text, path), expected, "{path:?}");
        }
    }
}
