//! What a body must be: its type, and the schema that tells what is wrong with it.

use serde_json::Value;
use stubwright_schema::{Direction, Schemas, Sentence, ViolationKind, Violations};

use crate::incoming::{at_root, read_value};
use crate::json::{self, DecodeError, Json, Refused, UNCHECKED};
use crate::request::to_value;

/// A schema, and what is asked even about values that fit their type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contract {
    pub(super) schemas: &'static Schemas,
    pub(super) schema: u32,
    /// The schema of all that the types of the value do not say and check themselves.
    pub(super) check: u32,
}

impl Contract {
    pub(super) const fn new(schemas: &'static Schemas, schema: u32) -> Self {
        Self { schemas, schema, check: UNCHECKED }
    }

    /// Decodes JSON.
    pub(super) fn decode<T: Json>(&self, text: &[u8]) -> Result<T, Violations> {
        json::decode_checked(text, self.schemas, self.check).map_err(|refused| self.explain_text(text, refused))
    }

    /// Decodes a value whose scalars are strings.
    pub(super) fn decode_lenient<T: Json>(&self, tree: Value) -> Result<T, Violations> {
        match json::lenient(&tree) {
            Ok(value) if self.check == UNCHECKED => Ok(value),
            Ok(value) => {
                let violations = self.violations(&to_value(&value));
                if violations.is_empty() { Ok(value) } else { Err(violations) }
            }
            // What is said by saying nothing, only the schema knows.
            Err(_) => {
                let tree = self.schemas.coerce(self.schema, tree);
                self.settle(&tree, json::lenient(&tree))
            }
        }
    }

    /// What is wrong with a text.
    pub(super) fn of_text(&self, text: &str, direction: Direction) -> Violations {
        let mut violations = Violations::default();
        self.schemas.check_text(self.schema, direction, text, &mut violations);
        violations
    }

    /// Why a value is not to be sent.
    pub(super) fn of_sent<T: Json>(&self, value: &T) -> Violations {
        let mut violations = Violations::default();
        self.schemas.check(self.schema, Direction::Response, &to_value(value), &mut violations);
        violations
    }

    /// Decodes a tree whose scalars are strings, and whose members are all that was sent. What is a string and what is
    /// not its schema tells first, for a type may hold any value where a schema does not.
    #[cfg(feature = "xml")]
    pub(super) fn decode_tree<T: Json>(&self, tree: Value) -> Result<T, Violations> {
        let tree = self.schemas.coerce(self.schema, tree);
        let decoded = json::lenient(&tree);
        if self.check == UNCHECKED
            && let Ok(value) = decoded
        {
            return Ok(value);
        }
        self.settle(&tree, decoded)
    }

    /// A value that its schema admits, too.
    fn settle<T>(&self, tree: &Value, decoded: Result<T, Refused>) -> Result<T, Violations> {
        let violations = self.violations(tree);
        match decoded {
            Ok(value) if violations.is_empty() => Ok(value),
            Err(_) if violations.is_empty() => {
                Err([at_root(ViolationKind::Type, Sentence::DoesNotFit)].into_iter().collect())
            }
            Ok(_) | Err(_) => Err(violations),
        }
    }

    /// What is wrong with a value whose scalars are strings.
    pub(super) fn coerced_violations(&self, tree: Value) -> Violations {
        self.violations(&self.schemas.coerce(self.schema, tree))
    }

    fn violations(&self, value: &Value) -> Violations {
        let mut violations = Violations::default();
        self.schemas.check(self.schema, Direction::Request, value, &mut violations);
        violations
    }

    /// The slow path: finds what is wrong with a text. There is always something.
    fn explain_text(&self, text: &[u8], refused: Refused) -> Violations {
        let mut violations = Violations::default();
        match read_value(text, &mut violations) {
            Ok(value) => {
                violations.merge(self.violations(&value));
                if violations.is_empty() {
                    let DecodeError { line, column, .. } = DecodeError::new(refused, text);
                    let message = Sentence::DoesNotFitAt.with([line.into(), column.into()]);
                    violations.push(at_root(ViolationKind::Type, message));
                }
            }
            Err(error) => {
                violations = Violations::default();
                let message = Sentence::MalformedJson.with([error.line().into(), error.column().into()]);
                violations.push(at_root(ViolationKind::Syntax, message));
            }
        }
        violations
    }
}
