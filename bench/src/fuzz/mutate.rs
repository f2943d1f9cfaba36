//! Texts enter, a text that is a little wrong leaves: lines, tokens and structure are changed, seldom single bytes.
//!
//! The one rule: the same seed gives the same texts.

use std::fmt::Write as _;

/// A sequence of numbers that looks random: xorshift64*.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub const fn new(seed: u64) -> Self {
        // Zero would stay zero.
        Self(seed ^ 0x9e37_79b9_7f4a_7c15 | 1)
    }

    /// The next number below `end`, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or_default() % end.max(1)
    }

    fn one<'items, T: ?Sized>(&mut self, items: &[&'items T]) -> Option<&'items T> {
        items.get(self.below(items.len())).copied()
    }
}

/// Words that mean something at some place, and values at the edge of what a place takes.
const WORDS: [&str; 72] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "type",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "'null'",
    "null",
    "nullable",
    "true",
    "false",
    "enum",
    "const",
    "default",
    "required",
    "properties",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "items",
    "prefixItems",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "pattern",
    "format",
    "discriminator",
    "mapping",
    "propertyName",
    "readOnly",
    "writeOnly",
    "deprecated",
    "$defs",
    "$id",
    "$anchor",
    "$dynamicRef",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "schema",
    "headers",
    "security",
    "style",
    "explode",
    "deepObject",
    "x-rust-name",
    "default:",
    "'200'",
    "4XX",
    "''",
    "'*'",
    "+1",
    "-0",
    "1e400",
    "99999999999999999999",
    "0.1",
    "[]",
    "{}",
    "'#/components/schemas/A'",
    "'#'",
    "'^(a+)+$'",
    "\u{202e}\u{1f980}",
];

/// More of the same than any document has.
const MANY: usize = 40;

/// A text is cut here, so that inputs stay small.
const LONGEST: usize = 128 * 1024;

/// Changes a text of `seeds` in one to four ways. It may be no UTF-8 in the end.
pub fn mutate(random: &mut Random, seeds: &[String]) -> Vec<u8> {
    let seed = |random: &mut Random| seeds.get(random.below(seeds.len())).map_or("", String::as_str);
    let mut lines: Vec<String> = seed(random).lines().map(str::to_owned).collect();
    for _ in 0..=random.below(4) {
        let other = seed(random);
        change(random, &mut lines, other);
    }
    let mut bytes = lines.join("\n").into_bytes();
    if random.below(16) == 0 {
        let place = random.below(bytes.len());
        let byte = u8::try_from(random.below(256)).unwrap_or_default();
        if let Some(place) = bytes.get_mut(place) {
            *place = byte;
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(random: &mut Random, lines: &mut Vec<String>, other: &str) {
    if lines.is_empty() {
        lines.push(String::new());
    }
    let at = random.below(lines.len());
    match random.below(12) {
        0 => drop(lines.drain(at..block(lines, at))),
        1 => {
            let copy = lines[at..block(lines, at)].to_vec();
            insert(lines, random, copy);
        }
        2 => {
            let moved: Vec<String> = lines.drain(at..block(lines, at)).collect();
            insert(lines, random, moved);
        }
        3 => indent(&mut lines[at], random.below(9)),
        4 => {
            let theirs: Vec<String> = other.lines().map(str::to_owned).collect();
            let start = random.below(theirs.len());
            insert(lines, random, theirs[start..block(&theirs, start)].to_vec());
        }
        5 => {
            let copy = lines[at..block(lines, at)].to_vec();
            (0..random.below(MANY)).for_each(|_| lines.splice(at..at, copy.iter().cloned()).for_each(drop));
        }
        6 => lines[at] = nested(random, &lines[at]),
        7 => lines.truncate(at),
        8 => swap_tokens(random, lines, at),
        _ => replace_token(random, lines, at, other),
    }
}

/// The end of the block that begins at a line: the lines that are indented deeper belong to it.
fn block(lines: &[String], at: usize) -> usize {
    let depth = |line: &String| line.len() - line.trim_start().len();
    let Some(first) = lines.get(at).map(depth) else { return lines.len().min(at) };
    let deeper = lines[at + 1..].iter().take_while(|line| depth(line) > first || line.trim().is_empty());
    at + 1 + deeper.count()
}

/// Puts lines in somewhere, as deep as what is there.
fn insert(lines: &mut Vec<String>, random: &mut Random, mut block: Vec<String>) {
    let at = random.below(lines.len() + 1);
    let depth = |line: &str| line.len() - line.trim_start().len();
    let there = lines.get(at).map_or(0, |line| depth(line));
    let here = block.first().map_or(0, |line| depth(line));
    for line in &mut block {
        let own = depth(line);
        indent(line, (there + own).saturating_sub(here));
    }
    lines.splice(at..at, block).for_each(drop);
}

fn indent(line: &mut String, depth: usize) {
    *line = format!("{:depth$}{}", "", line.trim_start());
}

/// The line's key with a value that is nested in itself.
fn nested(random: &mut Random, line: &str) -> String {
    let (open, close) = if random.below(2) == 0 { ("{items: ", "}") } else { ("[", "]") };
    let depth = random.below(300);
    let key = line.split_once(": ").map_or(line, |(key, _)| key);
    let mut text = String::new();
    write!(text, "{key}: {}{{}}{}", open.repeat(depth), close.repeat(depth)).expect("a string takes everything");
    text
}

/// The tokens of a line, as ranges: what stands between the signs of YAML's and JSON's structure.
fn tokens(line: &str) -> Vec<std::ops::Range<usize>> {
    let structure = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '[' | ']' | ',' | ':');
    let mut tokens = Vec::new();
    let mut start = None;
    for (index, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (structure(c), start) {
            (false, None) => start = Some(index),
            (true, Some(begin)) => {
                tokens.push(begin..index);
                start = None;
            }
            (true, None) | (false, Some(_)) => {}
        }
    }
    tokens
}

fn replace_token(random: &mut Random, lines: &mut [String], at: usize, other: &str) {
    let tokens = tokens(&lines[at]);
    let Some(range) = tokens.get(random.below(tokens.len())).cloned() else { return };
    let word = match random.below(3) {
        0 => {
            let theirs: Vec<&str> = other.lines().collect();
            let line = random.one(&theirs).unwrap_or_default();
            let tokens: Vec<&str> = self::tokens(line).into_iter().map(|range| &line[range]).collect();
            random.one(&tokens).unwrap_or_default()
        }
        1 | 2 => random.one(&WORDS).unwrap_or_default(),
        _ => "",
    };
    lines[at].replace_range(range, word);
}

fn swap_tokens(random: &mut Random, lines: &mut [String], at: usize) {
    let there = random.below(lines.len());
    let (ours, theirs) = (tokens(&lines[at]), tokens(&lines[there]));
    let (Some(here), Some(other)) = (ours.get(random.below(ours.len())), theirs.get(random.below(theirs.len()))) else {
        return;
    };
    if at != there {
        let (first, second) = (lines[at][here.clone()].to_owned(), lines[there][other.clone()].to_owned());
        lines[at].replace_range(here.clone(), &second);
        lines[there].replace_range(other.clone(), &first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_texts() {
        let seeds = ["openapi: 3.1.0\npaths:\n  /a:\n    get: {responses: {}}\n".to_owned(), "a: [1, 2]".to_owned()];
        let texts = |seed: u64| {
            let mut random = Random::new(seed);
            (0..2_000).map(|_| mutate(&mut random, &seeds)).collect::<Vec<_>>()
        };
        assert_eq!(texts(7), texts(7));
        assert_ne!(texts(7), texts(8));
        let different: std::collections::HashSet<_> = texts(7).into_iter().collect();
        assert!(different.len() > 500, "{}", different.len());
    }

    #[test]
    fn odd_seeds_are_no_trouble() {
        let seeds = [String::new(), "\n\n".to_owned(), "é: 🦀".to_owned(), "\u{3000}a: b".to_owned()];
        let mut random = Random::new(3);
        assert!((0..5_000).all(|_| mutate(&mut random, &seeds).len() <= LONGEST));
    }

    #[test]
    fn blocks_and_tokens_follow_the_structure() {
        let lines: Vec<String> = ["a:", "  b: 1", "", "  c: 2", "d: 3"].map(str::to_owned).to_vec();
        assert_eq!((block(&lines, 0), block(&lines, 1), block(&lines, 4)), (4, 3, 5));
        let line = "  a: {b: 'c', d}";
        let words: Vec<&str> = tokens(line).into_iter().map(|range| &line[range]).collect();
        assert_eq!(words, ["a", "b", "'c'", "d"]);
    }
}
