//! The well-known formats of strings: a format and a text enter, whether the text is one leaves.
//!
//! The one rule: never stricter than the RFC that defines the format. Where a check is more lenient, its module says so.

mod email;
mod expression;
mod host;
mod pointer;
mod resource;
mod template;
mod time;

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::sentence::Sentence;

/// A format of strings that is an assertion: JSON Schema 2020-12 validation, section 7.3.
///
/// ```
/// use stubwright_schema::arena::Format;
///
/// let format = Format::named("email").expect("it is well-known");
/// assert!(format.admits("somebody@example.com") && !format.admits("somebody"));
/// assert_eq!(Format::named("of-our-own"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `date`.
    Date,
    /// `date-time`.
    DateTime,
    /// `duration`.
    Duration,
    /// `email`.
    Email,
    /// `hostname`.
    Hostname,
    /// `idn-email`.
    IdnEmail,
    /// `idn-hostname`.
    IdnHostname,
    /// `ipv4`.
    Ipv4,
    /// `ipv6`.
    Ipv6,
    /// `iri`.
    Iri,
    /// `iri-reference`.
    IriReference,
    /// `json-pointer`.
    JsonPointer,
    /// `regex`.
    Regex,
    /// `relative-json-pointer`.
    RelativeJsonPointer,
    /// `time`.
    Time,
    /// `uri`.
    Uri,
    /// `uri-reference`.
    UriReference,
    /// `uri-template`.
    UriTemplate,
    /// `uuid`.
    Uuid,
}

/// Which characters a grammar has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alphabet {
    Ascii,
    International,
}

impl Format {
    /// Every one.
    pub const ALL: [Self; 19] = [
        Self::Date,
        Self::DateTime,
        Self::Duration,
        Self::Email,
        Self::Hostname,
        Self::IdnEmail,
        Self::IdnHostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::Iri,
        Self::IriReference,
        Self::JsonPointer,
        Self::Regex,
        Self::RelativeJsonPointer,
        Self::Time,
        Self::Uri,
        Self::UriReference,
        Self::UriTemplate,
        Self::Uuid,
    ];

    /// The format with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its name in a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Duration => "duration",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::IdnEmail => "idn-email",
            Self::IdnHostname => "idn-hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::JsonPointer => "json-pointer",
            Self::Regex => "regex",
            Self::RelativeJsonPointer => "relative-json-pointer",
            Self::Time => "time",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::UriTemplate => "uri-template",
            Self::Uuid => "uuid",
        }
    }

    /// Whether a text is of this format.
    pub fn admits(self, text: &str) -> bool {
        match self {
            Self::Date => time::is_date(text),
            Self::DateTime => time::is_date_time(text),
            Self::Duration => time::is_duration(text),
            Self::Email => email::is_mailbox(text, Alphabet::Ascii),
            Self::Hostname => host::is_name(text, Alphabet::Ascii),
            Self::IdnEmail => email::is_mailbox(text, Alphabet::International),
            Self::IdnHostname => host::is_name(text, Alphabet::International),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Iri => resource::is_absolute(text, Alphabet::International),
            Self::IriReference => resource::is_reference(text, Alphabet::International),
            Self::JsonPointer => pointer::is_pointer(text),
            Self::Regex => expression::is_pattern(text),
            Self::RelativeJsonPointer => pointer::is_relative(text),
            Self::Time => time::is_time(text),
            Self::Uri => resource::is_absolute(text, Alphabet::Ascii),
            Self::UriReference => resource::is_reference(text, Alphabet::Ascii),
            Self::UriTemplate => template::is_template(text),
            Self::Uuid => is_uuid(text),
        }
    }

    /// What its texts are, for people.
    pub(crate) const fn words(self) -> Sentence {
        match self {
            Self::Date => Sentence::Date,
            Self::DateTime => Sentence::DateTime,
            Self::Duration => Sentence::Duration,
            Self::Email => Sentence::Email,
            Self::Hostname => Sentence::Hostname,
            Self::IdnEmail => Sentence::IdnEmail,
            Self::IdnHostname => Sentence::IdnHostname,
            Self::Ipv4 => Sentence::Ipv4,
            Self::Ipv6 => Sentence::Ipv6,
            Self::Iri => Sentence::Iri,
            Self::IriReference => Sentence::IriReference,
            Self::JsonPointer => Sentence::JsonPointer,
            Self::Regex => Sentence::Regex,
            Self::RelativeJsonPointer => Sentence::RelativeJsonPointer,
            Self::Time => Sentence::Time,
            Self::Uri => Sentence::Uri,
            Self::UriReference => Sentence::UriReference,
            Self::UriTemplate => Sentence::UriTemplate,
            Self::Uuid => Sentence::Uuid,
        }
    }
}

impl Alphabet {
    /// Whether a character beyond ASCII is in it. Those that show nothing are not.
    fn has_beyond_ascii(self, character: char) -> bool {
        self == Self::International && !character.is_ascii() && !character.is_control() && !character.is_whitespace()
    }
}

/// RFC 9562 section 4, in either case.
fn is_uuid(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let fits = |length: usize, part: Option<&str>| {
        part.is_some_and(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    groups.iter().all(|length| fits(*length, parts.next())) && parts.next().is_none()
}
