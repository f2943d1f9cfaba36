//! What JSON values must be, exactly: a data file of schemas enters with a value, every violation leaves.
//!
//! This is the path that lists what is wrong after typed code refused a value, and the only one for keywords that no Rust
//! type can carry. The rule: JSON Schema 2020-12, plus what the Rust type that carries a schema can hold (its domain),
//! plus the direction: what only responses have, a request need not have. What cannot be checked to its end is refused.

mod applicator;
pub mod arena;
mod array;
mod catalogue;
mod check;
mod coerce;
mod domain;
mod equal;
mod evaluated;
mod fields;
mod format;
mod limits;
mod message;
mod number;
mod object;
mod parse;
mod pattern;
mod scalar;
mod sentence;
mod sequence;
mod union;
mod violation;

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::Value;

use self::arena::Arena;
use self::check::Check;

pub use self::catalogue::Catalogue;
pub use self::limits::{ItemLimits, Limits, MemberLimits};
pub use self::message::{Argument, Message};
pub use self::sentence::Sentence;
pub use self::violation::{Location, Segment, Violation, ViolationKind, Violations};

/// The schemas of one document, as the data file that is generated beside its code.
///
/// They are read at the first use.
///
/// ```
/// use stubwright_schema::{Direction, Schemas, Violations};
///
/// static SCHEMAS: Schemas = Schemas::new(r#"{"schemas": [{"type": ["string"], "maxLength": 3}]}"#);
///
/// let mut violations = Violations::default();
/// SCHEMAS.check(0, Direction::Request, &"long".into(), &mut violations);
/// assert_eq!(violations.listed()[0].to_string(), "body: must have at most 3 characters");
/// ```
#[derive(Debug)]
pub struct Schemas {
    text: Cow<'static, str>,
    arena: OnceLock<Result<Arena, String>>,
}

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From client to server: a required property that is `readOnly` may be absent.
    Request,
    /// From server to client: a required property that is `writeOnly` may be absent.
    Response,
}

impl Schemas {
    /// The schemas that a data file holds.
    pub const fn new(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), arena: OnceLock::new() }
    }

    /// The schemas that a data file holds which is no part of the program.
    pub const fn owned(text: String) -> Self {
        Self { text: Cow::Owned(text), arena: OnceLock::new() }
    }

    /// Adds every violation of a body by the schema with this index.
    pub fn check(&self, schema: u32, direction: Direction, value: &Value, violations: &mut Violations) {
        self.check_at(schema, direction, value, (Location::Body, None), violations);
    }

    /// Adds every violation of the value of a parameter with this name.
    pub fn check_parameter(
        &self,
        schema: u32,
        direction: Direction,
        value: &Value,
        (location, name): (Location, &str),
        violations: &mut Violations,
    ) {
        self.check_at(schema, direction, value, (location, Some(name)), violations);
    }

    /// Whether a value has no violation by the schema with this index. Quicker than [`Schemas::check`].
    pub fn admits(&self, schema: u32, direction: Direction, value: &Value) -> bool {
        self.arena()
            .is_ok_and(|arena| arena.get(schema).is_some() && Check::new(arena, direction).admits(schema, value))
    }

    fn check_at(
        &self,
        schema: u32,
        direction: Direction,
        value: &Value,
        (location, name): (Location, Option<&str>),
        violations: &mut Violations,
    ) {
        let arena = self.arena().and_then(|arena| match arena.get(schema) {
            Some(_) => Ok(arena),
            None => Err("there is no schema with this index"),
        });
        match arena {
            Ok(arena) => violations.merge(Check::new(arena, direction).list(schema, value, location, name)),
            Err(reason) => {
                tracing::error!(schema, reason, "the file of schemas does not fit the generated code");
                let path = name.map(|name| Segment::Key(name.to_owned())).into_iter().collect();
                let message = Sentence::Unchecked.into();
                violations.push(Violation { location, path, kind: ViolationKind::Unchecked, message });
            }
        }
    }

    /// The schemas as they were read.
    ///
    /// # Errors
    /// What is wrong with the data file.
    pub fn arena(&self) -> Result<&Arena, &str> {
        self.arena.get_or_init(|| parse::parse(&self.text)).as_ref().map_err(String::as_str)
    }
}
