//! A schema enters, values leave that it may admit, and changes to them that it may not.
//!
//! Nothing here has to be right: both paths judge what is made.

use serde_json::{Map, Number, Value, json};

/// Numbers that look random and are the same in every run.
#[derive(Clone, Debug)]
pub struct Random(u64);

/// Texts of all kinds, for strings.
const TEXTS: [&str; 14] = [
    "",
    "a",
    "ab",
    "A1",
    "äöü",
    "🦀🦀",
    "a\"b\\c",
    "2026-11-21",
    "2026-11-21T08:09:10Z",
    "12345",
    "a@example.com",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "https://example.com/a",
    "aGk=",
];

impl Random {
    /// A row of numbers that a seed decides.
    pub fn new(seed: &[u8]) -> Self {
        let mixed = seed.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mixed | 1)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

/// A value that a schema may admit.
pub fn make(document: &Value, schema: &Value, random: &mut Random, depth: usize) -> Value {
    if depth > 8 {
        return Value::Null;
    }
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let target = target.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        return target.map_or(Value::Null, |target| make(document, target, random, depth + 1));
    }
    for key in ["const", "default", "example"] {
        if let Some(value) = schema.get(key)
            && (key == "const" || random.below(4) == 0)
        {
            return value.clone();
        }
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return random.pick(values).cloned().unwrap_or_default();
    }
    let mut made = match kind(schema, random) {
        "object" => object(document, schema, random, depth),
        "array" => array(document, schema, random, depth),
        "string" => string(schema, random),
        "integer" => number(schema, random, 1),
        "number" => number(schema, random, 2),
        "boolean" => Value::Bool(random.below(2) == 0),
        _ => Value::Null,
    };
    for key in ["oneOf", "anyOf"] {
        if let Some(branch) = schema.get(key).and_then(Value::as_array).and_then(|all| random.pick(all)) {
            made = merged(made, make(document, branch, random, depth + 1));
        }
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        made = merged(made, make(document, part, random, depth + 1));
    }
    made
}

fn kind<'a>(schema: &'a Value, random: &mut Random) -> &'a str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => random.pick(kinds).and_then(Value::as_str).unwrap_or("null"),
        _ if schema.get("properties").is_some() => "object",
        _ if schema.get("items").is_some() => "array",
        _ => "",
    }
}

fn merged(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::Object(mut left), Value::Object(right)) => {
            left.extend(right);
            Value::Object(left)
        }
        (Value::Null, right) => right,
        (left, Value::Null) => left,
        (_, right) => right,
    }
}

fn object(document: &Value, schema: &Value, random: &mut Random, depth: usize) -> Value {
    let mut made = Map::new();
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if required.contains(&key.as_str()) || random.below(2) == 0 {
            made.insert(key.clone(), make(document, property, random, depth + 1));
        }
    }
    for key in required {
        made.entry(key).or_insert_with(|| json!("a"));
    }
    let additional = schema.get("additionalProperties").filter(|additional| additional.is_object());
    for key in ["more", "Other-1"].into_iter().take(random.below(3)) {
        match additional {
            Some(additional) => _ = made.insert(key.to_owned(), make(document, additional, random, depth + 1)),
            None if random.below(3) == 0 => _ = made.insert(key.to_owned(), json!([1, "a"])),
            None => {}
        }
    }
    Value::Object(made)
}

fn array(document: &Value, schema: &Value, random: &mut Random, depth: usize) -> Value {
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let least = limit("minItems").unwrap_or(0);
    let most = limit("maxItems").unwrap_or(least + 3).min(least + 3);
    let length = least.min(50) + random.below(most.saturating_sub(least) + 1);
    let any = json!({});
    let items = schema.get("items").unwrap_or(&any);
    let prefix = schema.get("prefixItems").and_then(Value::as_array);
    let item = |index: usize| prefix.and_then(|prefix| prefix.get(index)).unwrap_or(items);
    (0..length).map(|index| make(document, item(index), random, depth + 1)).collect()
}

fn string(schema: &Value, random: &mut Random) -> Value {
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let text = match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => "2026-11-21T08:09:10Z",
        Some("date") => "2026-11-21",
        Some("uuid") => "67e55044-10b1-426f-9247-bb680e5fe0c8",
        Some("email") => "a@example.com",
        Some("uri") => "https://example.com/a",
        Some("byte") => "aGk=",
        _ => random.pick(&TEXTS).copied().unwrap_or_default(),
    };
    let mut text = text.to_owned();
    if let Some(least) = limit("minLength") {
        while text.chars().count() < least.min(500) {
            text.push(if random.below(2) == 0 { 'x' } else { 'é' });
        }
    }
    if let Some(most) = limit("maxLength").filter(|_| random.below(4) > 0) {
        text = text.chars().take(most).collect();
    }
    Value::String(text)
}

/// A number at a bound or beside it: with halves, if there are two steps to a whole.
fn number(schema: &Value, random: &mut Random, steps: i64) -> Value {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let bounds: Vec<f64> = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
        .into_iter()
        .filter_map(bound)
        .collect();
    let base = random.pick(&bounds).copied().unwrap_or(5.0);
    let step = [-1.0, 0.0, 1.0, 2.0][random.below(4)];
    #[expect(clippy::cast_precision_loss, reason = "there are one or two steps")]
    let value = base + step / steps as f64;
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and any number will do")]
    let whole = value as i64;
    if steps == 1 || random.below(3) == 0 {
        return json!(whole);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Changes something somewhere in a value.
pub fn change(value: &mut Value, random: &mut Random) {
    match value {
        Value::Object(members) if !members.is_empty() && random.below(5) > 0 => {
            let place = random.below(members.len());
            let Some(key) = members.keys().nth(place).cloned() else { return };
            match random.below(6) {
                0 => _ = members.remove(&key),
                1 => _ = members.insert(format!("{key}x"), json!(1)),
                _ => members.get_mut(&key).into_iter().for_each(|member| change(member, random)),
            }
        }
        Value::Array(items) if !items.is_empty() && random.below(5) > 0 => {
            let place = random.below(items.len());
            match random.below(5) {
                0 => _ = items.remove(place),
                1 => items.push(items[place].clone()),
                _ => change(&mut items[place], random),
            }
        }
        Value::String(text) if random.below(2) == 0 => match random.below(3) {
            0 => _ = text.pop(),
            1 => text.push('é'),
            _ => *text = text.to_uppercase(),
        },
        Value::Number(number) if random.below(2) == 0 => {
            let changed = number.as_f64().unwrap_or(0.0) + [1.0, -1.0, 0.5, 1e9, -1e18][random.below(5)];
            *value = Number::from_f64(changed).map_or(Value::Null, Value::Number);
        }
        _ => {
            let others = [
                Value::Null,
                json!(true),
                json!(-1),
                json!(1.5),
                json!(1e30),
                json!(""),
                json!("text"),
                json!([]),
                json!([1]),
                json!({}),
                json!({"a": 1}),
            ];
            *value = random.pick(&others).cloned().unwrap_or_default();
        }
    }
}

/// The text of an object with its first member twice.
pub fn doubled(value: &Value) -> Option<String> {
    let (key, member) = value.as_object()?.iter().next()?;
    let text = value.to_string();
    Some(format!("{},{}:{member}}}", text.strip_suffix('}')?, Value::from(key.as_str())))
}

/// Whether the text of an object has more members than the object.
pub fn has_equal_keys(text: &str, value: &Value) -> bool {
    value.is_object() && value.to_string().len() < text.len()
}
