//! What is said to a client, as data until it is written: a sentence and its arguments.
//!
//! The one rule: arguments come from the schema, or from the shape of what was sent. A submitted value is in none of them.

use std::fmt;

use serde_json::{Number, Value};

use crate::arena::{Bound, Count};
use crate::catalogue::Catalogue;
use crate::sentence::Sentence;

/// What is said to a client, in no language yet. `Display` says it in English, a [`Catalogue`] in another language.
///
/// ```
/// use stubwright_schema::{Catalogue, Message, Sentence};
///
/// let message = Sentence::AtLeast.with(["5".into()]);
/// assert_eq!(message.to_string(), "must be at least 5");
/// assert_eq!(Catalogue::GERMAN.say(&message), "muss mindestens 5 sein");
/// assert_eq!(Catalogue::GERMAN.say(&Message::from("in your own words")), "in your own words");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub sentence: Sentence,
    /// What stands for its names in braces, in their order in [`Sentence::english`].
    pub arguments: Vec<Argument>,
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text that is the same in every language.
    Text(String),
    /// A number, which may demand a form of the words around it.
    Count(u64),
    /// A part that is said in the same language.
    Message(Message),
}

impl Sentence {
    /// The sentence with its arguments.
    pub fn with<const N: usize>(self, arguments: [Argument; N]) -> Message {
        Message { sentence: self, arguments: arguments.into() }
    }
}

impl From<Sentence> for Message {
    fn from(sentence: Sentence) -> Self {
        sentence.with([])
    }
}

/// Words of somebody else, which are the same in every language.
impl From<String> for Message {
    fn from(text: String) -> Self {
        Sentence::Verbatim.with([text.into()])
    }
}

/// Words of somebody else, which are the same in every language.
impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Argument {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<Sentence> for Argument {
    fn from(sentence: Sentence) -> Self {
        Self::Message(sentence.into())
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Catalogue::ENGLISH.say(self))
    }
}

/// Values of an enumeration that are listed, at most.
const LISTED: usize = 20;

/// Characters of a value or pattern of a schema that are shown, at most.
const SHOWN: usize = 100;

/// `expected one of "a", "b"`.
pub(crate) fn one_of(allowed: &[Value], is_secret: bool) -> Message {
    match allowed {
        _ if is_secret => Sentence::NoneAllowed.into(),
        [] => Sentence::NotAllowedHere.into(),
        [only] => Sentence::Expected.with([shown(&only.to_string()).into()]),
        allowed => {
            let listed: Vec<_> = allowed.iter().take(LISTED).map(|value| shown(&value.to_string())).collect();
            let more = if allowed.len() > LISTED { ", …" } else { "" };
            Sentence::ExpectedOneOf.with([format!("{}{more}", listed.join(", ")).into()])
        }
    }
}

/// `expected a string`.
pub(crate) fn expected(what: impl Into<Argument>) -> Message {
    Sentence::Expected.with([what.into()])
}

/// `must be at least 5`.
pub(crate) fn bound(bound: Bound, limit: &Number) -> Message {
    let sentence = match bound {
        Bound::Minimum => Sentence::AtLeast,
        Bound::ExclusiveMinimum => Sentence::GreaterThan,
        Bound::Maximum => Sentence::AtMost,
        Bound::ExclusiveMaximum => Sentence::LessThan,
    };
    sentence.with([limit.to_string().into()])
}

/// What is counted: the sentences for exactly, at least and at most so many.
pub(crate) type Counted = [Sentence; 3];

pub(crate) const CHARACTERS: Counted =
    [Sentence::ExactlyCharacters, Sentence::AtLeastCharacters, Sentence::AtMostCharacters];
pub(crate) const ITEMS: Counted = [Sentence::ExactlyItems, Sentence::AtLeastItems, Sentence::AtMostItems];
pub(crate) const CONTAINED: Counted =
    [Sentence::ExactlyContained, Sentence::AtLeastContained, Sentence::AtMostContained];
pub(crate) const PROPERTIES: Counted =
    [Sentence::ExactlyProperties, Sentence::AtLeastProperties, Sentence::AtMostProperties];

/// `must have at least 3 characters`, for a count that is not met.
pub(crate) fn count(count: Count, given: u64, [exactly, at_least, at_most]: Counted) -> Message {
    let (sentence, number) = match (count.minimum, count.maximum) {
        (Some(minimum), Some(maximum)) if minimum == maximum => (exactly, minimum),
        (_, Some(maximum)) if given > maximum => (at_most, maximum),
        (minimum, _) => (at_least, minimum.unwrap_or_default()),
    };
    sentence.with([number.into()])
}

/// `must match the pattern ^a$`.
pub(crate) fn pattern(source: &str) -> Message {
    Sentence::MustMatch.with([shown(source).into()])
}

/// A text of the schema, cut when it is long.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
