//! What is wrong, for people, in one style: `must have at least 3 characters`.
//!
//! The one rule: texts come from the schema. A submitted value is in none of them.

use serde_json::{Number, Value};

use crate::arena::{Bound, Count};

/// Values of an enumeration that are listed, at most.
const LISTED: usize = 20;

/// Characters of a value or pattern of a schema that are shown, at most.
const SHOWN: usize = 100;

/// `expected one of "a", "b"`.
pub(crate) fn one_of(allowed: &[Value], is_secret: bool) -> String {
    match allowed {
        _ if is_secret => "is none of the values that are allowed".to_owned(),
        [] => "is not allowed here".to_owned(),
        [only] => format!("expected {}", shown(&only.to_string())),
        allowed => {
            let listed: Vec<_> = allowed.iter().take(LISTED).map(|value| shown(&value.to_string())).collect();
            let more = if allowed.len() > LISTED { ", …" } else { "" };
            format!("expected one of {}{more}", listed.join(", "))
        }
    }
}

/// `must be at least 5`.
pub(crate) fn bound(bound: Bound, limit: &Number) -> String {
    let words = match bound {
        Bound::Minimum => "at least",
        Bound::ExclusiveMinimum => "greater than",
        Bound::Maximum => "at most",
        Bound::ExclusiveMaximum => "less than",
    };
    format!("must be {words} {limit}")
}

/// `must have at least 3 characters`, for a count that is not met.
pub(crate) fn count(count: Count, given: u64, one: &str, many: &str) -> String {
    let unit = |number| if number == 1 { one } else { many };
    match (count.minimum, count.maximum) {
        (Some(minimum), Some(maximum)) if minimum == maximum => {
            format!("must have exactly {minimum} {}", unit(minimum))
        }
        (Some(minimum), _) if given < minimum => format!("must have at least {minimum} {}", unit(minimum)),
        (_, Some(maximum)) => format!("must have at most {maximum} {}", unit(maximum)),
        (Some(_) | None, None) => format!("must have another number of {many}"),
    }
}

/// `must match the pattern ^a$`.
pub(crate) fn pattern(source: &str) -> String {
    format!("must match the pattern {}", shown(source))
}

/// A text of the schema, cut when it is long.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
