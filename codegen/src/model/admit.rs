//! Whether a schema allows a value that the document itself gives, such as a default.

use stubwright_schema::Direction;

use rustc_hash::FxHashMap;

use crate::document::{Node, Value, to_json_text};
use crate::model::{AdditionalProperties, Limits, Schema, SchemaId, Schemas, TypeSet};

/// Whether a value is admitted by a schema, by schema and value: what is still being found out counts as admitted. So
/// circles of schemas end, and no pair is looked at twice.
type Known = FxHashMap<(SchemaId, *const Node), bool>;

impl Schemas {
    /// Whether a value is valid against a schema, as far as types, listed values, limits and members decide.
    pub(crate) fn admits(&self, id: SchemaId, value: &Node) -> bool {
        self.admits_within(id, value, &mut FxHashMap::default())
    }

    fn admits_within(&self, id: SchemaId, value: &Node, known: &mut Known) -> bool {
        let pair = (id, std::ptr::from_ref(value));
        if let Some(&known) = known.get(&pair) {
            return known;
        }
        known.insert(pair, true);
        let admitted = Self::admits_alone(self.get(id), value) && self.admits_together(self.get(id), value, known);
        known.insert(pair, admitted);
        admitted
    }

    fn admits_alone(schema: &Schema, value: &Node) -> bool {
        !schema.never
            && admits_type(schema.types, &value.value)
            && schema.values.as_ref().is_none_or(|values| {
                let canonical = value.canonical();
                values.iter().any(|allowed| allowed.canonical() == canonical)
            })
            && schema.constant.as_ref().is_none_or(|constant| constant.canonical() == value.canonical())
            && is_within(&schema.limits, value)
    }

    fn admits_together(&self, schema: &Schema, value: &Node, known: &mut Known) -> bool {
        schema.reference.is_none_or(|target| self.admits_within(target, value, known))
            && schema.all_of.iter().all(|&part| self.admits_within(part, value, known))
            && [&schema.any_of, &schema.one_of].into_iter().all(|alternatives| {
                alternatives.is_empty()
                    || alternatives.iter().any(|&alternative| self.admits_within(alternative, value, known))
            })
            && self.admits_members(schema, value, known)
    }

    fn admits_members(&self, schema: &Schema, value: &Node, known: &mut Known) -> bool {
        match &value.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => true,
            Value::Sequence(items) => items.iter().enumerate().all(|(index, item)| {
                let id = schema.prefix_items.get(index).copied().or(schema.items);
                id.is_none_or(|id| self.admits_within(id, item, known))
            }),
            Value::Mapping(entries) => {
                schema.required.iter().all(|key| value.get(&key.value).is_some())
                    && entries.iter().all(|entry| {
                        let property = schema.properties.iter().find(|property| property.key.value == entry.key.text);
                        // Which keys match a pattern is not known here.
                        let additional = match schema.pattern_properties.as_slice() {
                            [] => schema.additional_properties,
                            [_, ..] => AdditionalProperties::Allowed,
                        };
                        match (property, additional) {
                            (Some(property), _) => self.admits_within(property.schema, &entry.value, known),
                            (None, AdditionalProperties::Allowed) => true,
                            (None, AdditionalProperties::Forbidden) => false,
                            (None, AdditionalProperties::Schema(id)) => self.admits_within(id, &entry.value, known),
                        }
                    })
            }
        }
    }
}

/// Whether a value keeps to limits, patterns aside, by the check that the server makes.
fn is_within(limits: &Limits, value: &Node) -> bool {
    let numbers = [
        ("multipleOf", &limits.multiple_of),
        ("maximum", &limits.maximum),
        ("exclusiveMaximum", &limits.exclusive_maximum),
        ("minimum", &limits.minimum),
        ("exclusiveMinimum", &limits.exclusive_minimum),
    ];
    let counts = [
        ("maxLength", limits.max_length),
        ("minLength", limits.min_length),
        ("maxItems", limits.max_items),
        ("minItems", limits.min_items),
        ("maxProperties", limits.max_properties),
        ("minProperties", limits.min_properties),
    ];
    let numbers = numbers.iter().filter_map(|(key, number)| Some(format!("\"{key}\":{}", number.as_deref()?)));
    let counts = counts.iter().filter_map(|(key, count)| Some(format!("\"{key}\":{}", (*count)?)));
    let all: Vec<String> = numbers.chain(counts).chain([format!("\"uniqueItems\":{}", limits.unique_items)]).collect();
    if let ([_], false) = (all.as_slice(), limits.unique_items) {
        return true;
    }
    let schemas = stubwright_schema::Schemas::owned(format!("{{\"schemas\":[{{{}}}]}}", all.join(",")));
    // What is beyond all numbers is left to the type.
    let (Ok(value), Ok(_)) = (serde_json::from_str(&to_json_text(value)), schemas.arena()) else { return true };
    schemas.admits(0, Direction::Request, &value)
}

fn admits_type(types: TypeSet, value: &Value) -> bool {
    if types == TypeSet::ANY {
        return true;
    }
    match value {
        Value::Null => types.contains(TypeSet::NULL),
        Value::Boolean(_) => types.contains(TypeSet::BOOLEAN),
        Value::Number(text) => {
            types.contains(TypeSet::NUMBER) || (types.contains(TypeSet::INTEGER) && is_integer(text))
        }
        Value::String(_) => types.contains(TypeSet::STRING),
        Value::Sequence(_) => types.contains(TypeSet::ARRAY),
        Value::Mapping(_) => types.contains(TypeSet::OBJECT),
    }
}

/// Whether a JSON number text stands for an integer, of any size.
pub(crate) fn is_integer(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('-').trim_end_matches('0');
    if significant.is_empty() {
        return true;
    }
    let zeros = digits.trim_start_matches('-').len() - significant.len();
    match exponent.parse::<i64>() {
        Ok(exponent) => usize::try_from(exponent.unsigned_abs()).is_ok_and(|by| {
            if exponent < 0 { by + fraction.len() <= zeros } else { fraction.len() <= zeros.saturating_add(by) }
        }),
        // An exponent of so many digits moves the point out of every text.
        Err(_) => !exponent.starts_with('-'),
    }
}

/// The integer that a JSON number text stands for: `5`, `5.0` and `5e0` are the same (JSON Schema 2020-12 validation
/// section 6.1.1).
pub(crate) fn integer(text: &str) -> Option<i64> {
    if let Ok(integer) = text.parse() {
        return Some(integer);
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    match usize::try_from(shift) {
        Ok(zeros) if zeros <= 19 => format!("{digits}{}", "0".repeat(zeros)).parse().ok(),
        Ok(_) => None,
        Err(_) => {
            let cut = digits.len().checked_sub(usize::try_from(shift.unsigned_abs()).ok()?)?;
            let (kept, dropped) = digits.split_at(cut);
            let whole = if kept.is_empty() || kept == "-" { "0" } else { kept };
            dropped.bytes().all(|digit| digit == b'0').then(|| whole.parse().ok())?
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{integer, is_integer};

    #[test]
    fn integers_are_numbers_without_a_fraction() {
        for (text, expected) in [
            ("5", Some(5)),
            ("-5.0", Some(-5)),
            ("5e0", Some(5)),
            ("1.5e1", Some(15)),
            ("150e-1", Some(15)),
            ("0.0", Some(0)),
            ("9223372036854775807", Some(i64::MAX)),
        ] {
            assert_eq!((integer(text), is_integer(text)), (expected, true), "{text}");
        }
        for text in ["0.5", "1.05e1", "15e-2", "1e-400", "-0.1", "1e-99999999999999999999"] {
            assert_eq!((integer(text), is_integer(text)), (None, false), "{text}");
        }
        for text in ["9223372036854775808", "1e30", "1e99999999999999999999", "-1.0e20"] {
            assert_eq!((integer(text), is_integer(text)), (None, true), "{text}");
        }
    }
}
