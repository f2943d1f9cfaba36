//! Classes in brackets.

use super::escape::Escaped;
use super::translator::{Step, Stop, Translator, written};

/// A class without a character.
pub(super) const NOTHING: &str = r"[^\x{0}-\x{10FFFF}]";
/// The class of every character.
const ANYTHING: &str = r"[\x{0}-\x{10FFFF}]";

/// POSIX classes, which mean the same in the engine.
const POSIX: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
    "xdigit",
];

impl Translator<'_> {
    /// Goes on behind a `[`, up to its `]`.
    pub(super) fn class(&mut self) -> Step<String> {
        let is_negated = self.eat("^");
        let mut inside = String::new();
        loop {
            if self.eat("]") {
                break;
            }
            let first = self.class_atom()?;
            let is_range = self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|char| *char != ']');
            if !is_range {
                push(&mut inside, first);
                continue;
            }
            self.at += 1;
            match (first, self.class_atom()?) {
                (Escaped::Point(first), Escaped::Point(last)) if first > last => {
                    return Stop::malformed("a range of a class ends before it begins");
                }
                (Escaped::Point(first), Escaped::Point(last)) => push_range(&mut inside, first, last),
                // Annex B.1.2: with a class at one end, the dash stands for itself.
                (first, last) => {
                    push(&mut inside, first);
                    push(&mut inside, Escaped::Point('-'.into()));
                    push(&mut inside, last);
                }
            }
        }
        Ok(match (is_negated, inside.is_empty()) {
            (false, true) => NOTHING.to_owned(),
            (true, true) => ANYTHING.to_owned(),
            (false, false) => format!("[{inside}]"),
            (true, false) => format!("[^{inside}]"),
        })
    }

    fn class_atom(&mut self) -> Step<Escaped> {
        let Some(char) = self.peek() else { return Stop::malformed("a `[` has no `]`") };
        if char == '['
            && let Some(name) = POSIX.iter().find(|name| self.eat(&format!("[:{name}:]")))
        {
            return Ok(Escaped::Class(format!("[:{name}:]")));
        }
        self.at += 1;
        if char != '\\' {
            return Ok(Escaped::Point(char.into()));
        }
        if self.eat("b") {
            return Ok(Escaped::Point(0x08));
        }
        Ok(match self.escaped()? {
            Escaped::Point(point) => Escaped::Point(self.paired(point)),
            class @ Escaped::Class(_) => class,
        })
    }
}

fn push(inside: &mut String, atom: Escaped) {
    match atom {
        Escaped::Point(point) => push_range(inside, point, point),
        Escaped::Class(class) => inside.push_str(&class),
    }
}

/// Adds the characters from one code point to another, without surrogates.
fn push_range(inside: &mut String, first: u32, last: u32) {
    let first = if (0xD800..0xE000).contains(&first) { 0xE000 } else { first };
    let last = if (0xD800..0xE000).contains(&last) { 0xD7FF } else { last };
    if let (Some(first), Some(last)) = (char::from_u32(first), char::from_u32(last))
        && first <= last
    {
        inside.push_str(&written(first));
        if first < last {
            inside.push('-');
            inside.push_str(&written(last));
        }
    }
}
