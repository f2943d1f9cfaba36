//! What a body must be, as static tables: the slow path, which finds every violation after the fast one found one.

use serde_json::Value;

use crate::integer;
use crate::violation::{Location, Segment, Violation, ViolationKind, Violations};

/// What a JSON value must be. Tables may refer to themselves.
#[derive(Debug)]
pub enum Schema {
    /// Anything.
    Any,
    /// `true` or `false`.
    Boolean,
    /// An integer that `i32` holds.
    Integer32,
    /// An integer that `i64` holds.
    Integer64,
    /// A number.
    Number,
    /// A string.
    String,
    /// One of these strings.
    Strings(&'static [&'static str]),
    /// One of these integers.
    Integers(&'static [i64]),
    /// `null`, or something else.
    Nullable(&'static Schema),
    /// One of several scalars.
    Union(&'static [Schema]),
    /// What another table says.
    Reference(&'static Schema),
    /// An array of this.
    List(&'static Schema),
    /// An object whose values are this, whatever their keys.
    Map(&'static Schema),
    /// An object.
    Object {
        /// The properties that are declared.
        properties: &'static [Property],
        /// Whether there may be no others.
        closed: bool,
    },
}

/// A declared property of an object.
#[derive(Debug)]
pub struct Property {
    /// The key.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What its value must be.
    pub schema: &'static Schema,
}

impl Schema {
    /// Adds every violation of a body.
    pub fn check(&self, body: &Value, violations: &mut Violations) {
        self.check_at(body, &mut Vec::new(), violations);
    }

    fn check_at<'v>(&self, value: &'v Value, path: &mut Vec<Step<'v>>, violations: &mut Violations) {
        match (self, value) {
            (Self::Any, _)
            | (Self::Nullable(_), Value::Null)
            | (Self::Boolean, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_)) => {}
            (Self::Reference(inner), value) => inner.check_at(value, path, violations),
            (Self::Nullable(inner), value) => {
                let mut found = Violations::default();
                inner.check_at(value, path, &mut found);
                match found.listed() {
                    // Null would have done, too.
                    [only] if only.kind == ViolationKind::Type && only.path.len() == path.len() => {
                        violations.push(violation(path, ViolationKind::Type, format!("expected {}", self.expected())));
                    }
                    _ => violations.merge(found),
                }
            }
            (Self::Strings(allowed), Value::String(text)) => {
                if !allowed.contains(&text.as_str()) {
                    violations.push(violation(path, ViolationKind::Enum, one_of(allowed)));
                }
            }
            (Self::Integer32 | Self::Integer64 | Self::Integers(_), Value::Number(_)) => {
                self.check_integer(value, path, violations);
            }
            (Self::Union(branches), value) => self.check_union(branches, value, path, violations),
            (Self::List(items), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    below(Step::Index(index), path, |path| items.check_at(value, path, violations));
                }
            }
            (Self::Map(values), Value::Object(members)) => {
                for (key, value) in members {
                    below(Step::Key(key), path, |path| values.check_at(value, path, violations));
                }
            }
            (Self::Object { properties, closed }, Value::Object(members)) => {
                check_object(properties, *closed, members, path, violations);
            }
            (
                Self::Boolean
                | Self::Integer32
                | Self::Integer64
                | Self::Number
                | Self::String
                | Self::Strings(_)
                | Self::Integers(_)
                | Self::List(_)
                | Self::Map(_)
                | Self::Object { .. },
                _,
            ) => violations.push(violation(path, ViolationKind::Type, format!("expected {}", self.expected()))),
        }
    }

    fn check_integer(&self, value: &Value, path: &[Step<'_>], violations: &mut Violations) {
        let has_fraction = value.as_f64().is_some_and(|number| number.fract() != 0.0);
        if has_fraction {
            return violations.push(violation(path, ViolationKind::Type, format!("expected {}", self.expected())));
        }
        let integer = value.as_i64().or_else(|| value.as_f64().and_then(integer::from_f64));
        let fits = match self {
            Self::Integer32 => integer.is_some_and(|integer| i32::try_from(integer).is_ok()),
            Self::Integers(allowed) => {
                if !integer.is_some_and(|integer| allowed.contains(&integer)) {
                    violations.push(violation(path, ViolationKind::Enum, one_of(allowed)));
                }
                true
            }
            Self::Any
            | Self::Boolean
            | Self::Integer64
            | Self::Number
            | Self::String
            | Self::Strings(_)
            | Self::Nullable(_)
            | Self::Reference(_)
            | Self::Union(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Object { .. } => integer.is_some(),
        };
        if !fits {
            violations.push(violation(path, ViolationKind::OutOfRange, format!("does not fit {}", self.expected())));
        }
    }

    /// A value that is of the type of a branch and still wrong is told what that branch finds.
    fn check_union<'v>(
        &self,
        branches: &[Self],
        value: &'v Value,
        path: &mut Vec<Step<'v>>,
        violations: &mut Violations,
    ) {
        let mut nearest = None;
        for branch in branches {
            let mut found = Violations::default();
            branch.check_at(value, path, &mut found);
            let Some(first) = found.listed().first() else { return };
            if first.kind != ViolationKind::Type {
                nearest.get_or_insert_with(|| first.clone());
            }
        }
        let expected = || violation(path, ViolationKind::Type, format!("expected {}", self.expected()));
        violations.push(nearest.unwrap_or_else(expected));
    }

    /// What a value must be, for people.
    fn expected(&self) -> String {
        let name = match self {
            Self::Any => "any value",
            Self::Boolean => "a boolean",
            Self::Integer32 => "a 32-bit integer",
            Self::Integer64 => "a 64-bit integer",
            Self::Integers(_) => "an integer",
            Self::Number => "a number",
            Self::String | Self::Strings(_) => "a string",
            Self::List(_) => "an array",
            Self::Map(_) | Self::Object { .. } => "an object",
            Self::Reference(inner) => return inner.expected(),
            Self::Nullable(inner) => return format!("{} or null", inner.expected()),
            Self::Union(branches) => {
                return branches.iter().map(Self::expected).collect::<Vec<_>>().join(" or ");
            }
        };
        name.to_owned()
    }
}

/// A step into the value that is being checked; it is copied only for a violation.
#[derive(Clone, Copy)]
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

fn check_object<'v>(
    properties: &'static [Property],
    closed: bool,
    members: &'v serde_json::Map<String, Value>,
    path: &mut Vec<Step<'v>>,
    violations: &mut Violations,
) {
    for property in properties {
        below(Step::Key(property.name), path, |path| match members.get(property.name) {
            Some(value) => property.schema.check_at(value, path, violations),
            None if property.required => violations.push(violation(path, ViolationKind::Missing, "is required")),
            None => {}
        });
    }
    let is_declared = |key: &str| properties.iter().any(|property| property.name == key);
    for key in members.keys().filter(|key| closed && !is_declared(key)) {
        below(Step::Key(key), path, |path| {
            violations.push(violation(path, ViolationKind::UnknownProperty, "is not allowed here"));
        });
    }
}

fn below<'v>(step: Step<'v>, path: &mut Vec<Step<'v>>, check: impl FnOnce(&mut Vec<Step<'v>>)) {
    path.push(step);
    check(path);
    path.pop();
}

fn violation(path: &[Step<'_>], kind: ViolationKind, message: impl Into<String>) -> Violation {
    let segment = |step: &Step<'_>| match *step {
        Step::Key(key) => Segment::client_key(key),
        Step::Index(index) => Segment::Index(index),
    };
    Violation { location: Location::Body, path: path.iter().map(segment).collect(), kind, message: message.into() }
}

/// The values that are allowed; of a long list the first ones.
fn one_of<T: std::fmt::Debug>(allowed: &[T]) -> String {
    const SHOWN: usize = 20;
    let shown: Vec<_> = allowed.iter().take(SHOWN).map(|value| format!("{value:?}")).collect();
    let more = if allowed.len() > SHOWN { ", …" } else { "" };
    format!("expected one of {}{more}", shown.join(", "))
}
