//! Random JSON texts, whole and broken, read here and by `serde_json`: both take the same texts for the same values.
#![allow(clippy::unwrap_used, reason = "a test stops where a step fails")]

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use stubwright::json::{Json, Reader, Refused, from_json, to_json};

/// How many texts are tried of each kind.
const N_TEXTS: usize = 20_000;

/// Numbers that look random and are the same in every run (xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn pick<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len())]
    }
}

const SPACES: &[&str] = &["", "", "", " ", "\n", "\t\r", "  \n "];
const SCALARS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-17",
    "1.5",
    "-0.0",
    "1e2",
    "1E+2",
    "25e-1",
    "0.1",
    "1e-7",
    "123456789",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
    "1.7976931348623157e308",
    "2.2250738585072014e-308",
    "5e-324",
    "1e-400",
    "3.141592653589793238462643383279",
];
const PIECES: &[&str] = &[
    "",
    "a",
    "plain text",
    "longer plain text, more than a word",
    "ä",
    "日本語",
    "🦀",
    "\u{7f}",
    "\u{2028}",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u0041",
    "\\u00e4",
    "\\ud83e\\udd80",
    "\\u0000",
    "\\b\\f\\r\\t",
];
/// What texts are broken with.
const BREAKERS: &[&str] = &[
    "",
    " ",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\udc00",
    "\\ud800\\u0041",
    "\\x",
    "0",
    "00",
    "-",
    "+",
    ".",
    "e",
    "1e",
    "1.",
    ".5",
    "01",
    "tru",
    "nul",
    "NaN",
    "\n",
    "\u{1}",
    "\u{a0}",
    "\u{feff}",
    "//",
    "1e400",
    "'",
    "ä",
    "\\u12g4",
    "{}",
    "[]",
    "\"\"",
];

fn string(random: &mut Random) -> String {
    let pieces: Vec<&str> = (0..random.below(4)).map(|_| random.pick(PIECES)).collect();
    format!("\"{}\"", pieces.concat())
}

fn document(random: &mut Random, depth: usize) -> String {
    let space = |random: &mut Random| random.pick(SPACES);
    let value = match random.below(if depth == 0 { 3 } else { 6 }) {
        0 | 1 => random.pick(SCALARS).to_owned(),
        2 => string(random),
        3 | 4 => {
            let members: Vec<String> = (0..random.below(5))
                .map(|_| {
                    let key = string(random);
                    format!("{}{key}{}:{}", space(random), space(random), document(random, depth - 1))
                })
                .collect();
            format!("{{{}{}}}", members.join(","), if members.is_empty() { space(random) } else { "" })
        }
        _ => {
            let items: Vec<String> = (0..random.below(5)).map(|_| document(random, depth - 1)).collect();
            format!("[{}{}]", items.join(","), if items.is_empty() { space(random) } else { "" })
        }
    };
    format!("{}{value}{}", space(random), space(random))
}

/// Replaces a piece of a text, between characters.
fn broken(random: &mut Random, text: &str) -> String {
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
    let start = random.below(places.len());
    let end = (start + random.below(3)).min(places.len() - 1);
    format!("{}{}{}", &text[..places[start]], random.pick(BREAKERS), &text[places[end]..])
}

/// Equal but for the last bit of numbers: `serde_json` does not round all of them to the nearest.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(ours, theirs)| ours.0 == theirs.0 && same(ours.1, theirs.1))
        }
        (Value::Number(ours), Value::Number(theirs)) if ours.is_f64() && theirs.is_f64() => {
            let bits = |number: &serde_json::Number| number.as_f64().unwrap().to_bits();
            bits(ours).abs_diff(bits(theirs)) <= 1
        }
        _ => ours == theirs,
    }
}

/// What `serde_json` reads only where no object has two equal keys.
struct OfEqualKeys;

impl<'de> Deserialize<'de> for OfEqualKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for OfEqualKeys {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON without equal keys")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut keys = HashSet::new();
        while let Some((key, _)) = members.next_entry::<String, Self>()? {
            if !keys.insert(key) {
                return Err(Error::custom("equal keys"));
            }
        }
        Ok(self)
    }
}

/// Reads a text with both; whether they take it.
fn compare(text: &[u8]) -> bool {
    let shown = String::from_utf8_lossy(text);
    let ours = from_json::<Value>(text);
    let theirs = serde_json::from_slice::<Value>(text);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert!(same(ours, theirs), "{shown}\nours:   {ours}\ntheirs: {theirs}");
            let written = to_json(ours);
            assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string(ours).unwrap(), "{shown}");
        }
        (Err(_), Err(_)) => {}
        // Readers differ on which of equal keys counts (RFC 8259 section 4): here none does.
        (Err(_), Ok(_)) if serde_json::from_slice::<OfEqualKeys>(text).is_err() => {}
        _ => panic!("{shown}\nours:   {ours:?}\ntheirs: {theirs:?}"),
    }
    // A number that no type holds is still JSON.
    if theirs.as_ref().err().is_none_or(|error| !error.to_string().contains("number out of range")) {
        assert_eq!(skipped(text).is_ok(), theirs.is_ok(), "skipping: {shown}");
    }
    theirs.is_ok()
}

/// Skips the value of a text, and checks that what is said to be its text is.
fn skipped(text: &[u8]) -> Result<(), Refused> {
    let mut reader = Reader::new(text)?;
    let raw = reader.raw()?;
    reader.end()?;
    assert_eq!(raw, std::str::from_utf8(text).unwrap().trim_matches([' ', '\n', '\r', '\t']));
    Ok(())
}

#[test]
fn random_texts_are_the_same_values() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..N_TEXTS {
        assert!(compare(document(&mut random, 5).as_bytes()));
    }
}

#[test]
fn broken_texts_are_refused_alike() {
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut n_taken = 0;
    for _ in 0..N_TEXTS {
        let mut text = document(&mut random, 4);
        for _ in 0..=random.below(2) {
            text = broken(&mut random, &text);
        }
        n_taken += usize::from(compare(text.as_bytes()));
    }
    assert!((N_TEXTS / 20..N_TEXTS / 2).contains(&n_taken), "{n_taken} of the broken texts are JSON");
}

#[test]
fn broken_bytes_are_refused_alike() {
    let mut random = Random(0x0fed_cba9_8765_4321);
    for _ in 0..N_TEXTS {
        let mut text = document(&mut random, 3).into_bytes();
        let place = random.below(text.len());
        match random.below(3) {
            0 => text.truncate(place),
            1 => text[place] = u8::try_from(random.below(256)).unwrap(),
            _ => text.insert(place, u8::try_from(random.below(256)).unwrap()),
        }
        compare(&text);
    }
}

#[test]
fn texts_are_nested_as_deeply() {
    for depth in 120..135 {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let inner = if open == "[" { "" } else { "[]" };
            compare(format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)).as_bytes());
        }
    }
    assert!(compare("[".repeat(127).as_bytes().iter().copied().chain(vec![b']'; 127]).collect::<Vec<u8>>().as_slice()));
    assert!(!compare(&vec![b'['; 1_000_000]));
    assert!(!compare(r#"{"a":"#.repeat(1_000_000).as_bytes()));
}

#[test]
fn numbers_are_rounded_to_the_nearest() {
    let mut random = Random(42);
    for _ in 0..N_TEXTS {
        let digits = |random: &mut Random, limit: usize| -> String {
            (0..=random.below(limit)).map(|_| char::from(b'0' + u8::try_from(random.below(10)).unwrap())).collect()
        };
        let (whole, fraction) = (digits(&mut random, 20), digits(&mut random, 20));
        let exponent = random.below(700).cast_signed() - 350;
        let text = match random.below(3) {
            0 => format!("{}.{fraction}", whole.parse::<u128>().unwrap()),
            1 => format!("-{}.{fraction}e{exponent}", whole.parse::<u128>().unwrap()),
            _ => format!("{}E{exponent:+}", whole.parse::<u128>().unwrap()),
        };
        let nearest: f64 = text.parse().unwrap();
        let ours = f64::decode(&mut Reader::of(&text)).ok();
        assert_eq!(ours.map(f64::to_bits), nearest.is_finite().then_some(nearest.to_bits()), "{text}");
        let shorter = text.parse::<f32>().unwrap();
        let ours = f32::decode(&mut Reader::of(&text)).ok();
        assert_eq!(ours.map(f32::to_bits), shorter.is_finite().then_some(shorter.to_bits()), "{text}");
    }
}
