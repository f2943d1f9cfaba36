//! Texts that are made to break a loader: nothing panics, and time stays linear.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use stubwright_codegen::{diagnostic::Code, document::Value};

use crate::{accepted, read, round_trips};

/// Far more than any of these needs on a slow machine in a debug build, far less than anything quadratic takes.
const PATIENCE: Duration = Duration::from_secs(60);

#[track_caller]
fn quick<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    result
}

#[test]
fn aliases_do_not_explode() {
    let mut text = "a0: &a0 lol\n".to_owned();
    for level in 1..30 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(text, "a{level}: &a{level} [{inner}]").expect("a String takes every text");
    }
    assert_eq!(quick(|| read(&text)).codes(), [Code::AliasLimit]);

    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(1000));
    assert_eq!(quick(|| read(&long)).codes(), [Code::AliasLimit]);

    let opened = (0..150).fold(String::new(), |text, level| text + &format!("&a{level} ["));
    let nested = format!("{opened}x{}\n", "]".repeat(150));
    let text = format!("a: {nested}b: [*a149, *a100]\n");
    assert!(quick(|| read(&text)).diagnostics.is_empty());
    let deep = format!("a: {nested}b: {}*a0{}\n", "[".repeat(100), "]".repeat(100));
    assert_eq!(quick(|| read(&deep)).codes(), [Code::NestingLimit]);
}

#[test]
fn nesting_ends_at_the_limit() {
    let flow = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let block = |depth: usize| (0..depth).fold(String::new(), |text, level| text + &" ".repeat(level) + "a:\n");
    let dashes = |depth: usize| "- ".repeat(depth) + "x";
    for text in [flow(200), block(200), dashes(200)] {
        accepted(&text);
    }
    for text in [flow(201), flow(10_000), "[".repeat(10_000), "{a: ".repeat(10_000), block(201), dashes(201)] {
        assert_eq!(quick(|| read(&text)).codes(), [Code::NestingLimit], "{text:.40}");
    }
    // Each of these is an indentation of its own: 10,000 levels are 50 MB of spaces.
    assert_eq!(quick(|| read(&block(2000))).codes(), [Code::NestingLimit]);
    assert_eq!(quick(|| read(&dashes(10_000))).codes(), [Code::NestingLimit]);
    assert_eq!(quick(|| read(&"? ".repeat(10_000))).codes(), [Code::NestingLimit]);
}

#[test]
fn a_scalar_may_be_large() {
    let size = if cfg!(debug_assertions) { 20_000_000 } else { 100_000_000 };
    for (before, unit, after) in
        [("", "x", "\n"), ("'", "é", "'\n"), ("\"", "\\n", "\"\n"), ("|\n ", "x", "\n"), ("|\n", " line\n", "")]
    {
        let text = format!("{before}{}{after}", unit.repeat(size / unit.len()));
        let node = quick(|| accepted(&text));
        assert!(matches!(&node.value, Value::String(text) if text.len() > size / 10));
    }
}

#[test]
fn a_mapping_may_be_large() {
    let mut text = String::new();
    for index in 0..1_000_000 {
        writeln!(text, "key{}: 1", index % 999_999).expect("a String takes every text");
    }
    assert_eq!(quick(|| read(&text)).codes(), [Code::DuplicateKey]);
    let all_equal = "a: 1\n".repeat(100_000);
    assert_eq!(quick(|| read(&all_equal)).codes().len(), 99_999);
}

#[test]
fn unfinished_texts_are_errors() {
    for text in [
        "'", "\"", "\"\\", "a: '", "[\"", "{'a", "|9", ">\n", "!", "!<", "&", "*", "%", "%TAG", "? ", "- -", "---",
        "--- |", "\"\\u12", "a: !!",
    ] {
        let loaded = quick(|| read(text));
        assert!(loaded.root.is_some() || !loaded.diagnostics.is_empty(), "{text:?}");
        quick(|| read(&(text.to_owned() + &"x\n".repeat(100_000))));
        quick(|| read(&text.repeat(10_000)).rendered());
    }
}

#[test]
fn any_text_is_answered() {
    let mut random = Xorshift(0x9E37_79B9_7F4A_7C15);
    let alphabet: Vec<char> =
        "\t\n\r !\"#%&'*+,-./0:<>?@[\\]^_`{|}~aé\u{feff}\u{85}\u{2028}\u{1f600}\u{0}x1".chars().collect();
    let mut outcomes = [0, 0];
    for round in 0..6000 {
        let text: String = if round % 3 == 0 {
            let length = random.below(60);
            (0..length).map(|_| alphabet[random.below(alphabet.len())]).collect()
        } else {
            let mut text: Vec<char> =
                round_trips::DOCUMENTS[random.below(round_trips::DOCUMENTS.len())].chars().collect();
            for _ in 0..=random.below(4) {
                let at = random.below(text.len().max(1));
                let character = alphabet[random.below(alphabet.len())];
                match random.below(3) {
                    0 => text.insert(at.min(text.len()), character),
                    1 if at < text.len() => text[at] = character,
                    _ => text.truncate(at.max(1)),
                }
            }
            text.into_iter().collect()
        };
        let loaded = read(&text);
        assert!(loaded.root.is_some() || !loaded.diagnostics.is_empty(), "{text:?}");
        outcomes[usize::from(loaded.diagnostics.is_empty())] += 1;
        loaded.rendered();
        for line in &loaded.diagnostics {
            stubwright_codegen::render::render_line(&loaded.sources, line);
        }
    }
    assert!(outcomes.iter().all(|&count| count > 500), "{outcomes:?}");
}

/// A deterministic source of numbers (Marsaglia's xorshift64).
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).expect("it is below a usize")
    }
}
