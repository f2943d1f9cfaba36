//! Regular expressions enter, texts that they match leave.
//!
//! The one rule: a proposal. What stands around a match, look-around and back-references are left to the check.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use stubwright_schema::arena::{Engine, Pattern};

/// Characters that people like to read, in the order in which they are taken.
const LIKED: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.";

/// Repetitions beyond the least, at most, when a length is to be met.
const MORE: usize = 100_000;

/// Texts that a pattern matches, with some of these lengths if that can be done.
pub(super) fn matches(pattern: &Pattern, seed: usize, lengths: &[usize]) -> Vec<String> {
    let text = match pattern.engine {
        Engine::Linear => pattern.text.clone(),
        Engine::Backtracking => without_assertions(&pattern.text),
    };
    let Ok(hir) = regex_syntax::Parser::new().parse(&text) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for more in [0, 1, 2, 3, 5] {
        found.push(written(&hir, seed, more));
    }
    let (short, long) = (written(&hir, seed, 0).chars().count(), written(&hir, seed, 1).chars().count());
    for length in lengths {
        if let Some(more) = length.saturating_sub(short).checked_div(long.saturating_sub(short)) {
            found.extend([more, more + 1].map(|more| written(&hir, seed, more.min(MORE))));
        }
    }
    found.dedup();
    found
}

fn written(hir: &Hir, seed: usize, more: usize) -> String {
    let mut writer = Writer { text: String::new(), seed, more };
    writer.write(hir);
    writer.text
}

struct Writer {
    text: String,
    seed: usize,
    /// How often more than it must is repeated what may be.
    more: usize,
}

impl Writer {
    fn write(&mut self, hir: &Hir) {
        // Nothing that is taken is longer.
        if self.text.len() > 2 * MORE {
            return;
        }
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(class) => self.text.extend(member(class, self.seed)),
            HirKind::Repetition(repetition) => self.repeat(repetition),
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part)),
            HirKind::Alternation(ways) => self.write(&ways[(self.seed + self.more) % ways.len()]),
        }
    }

    fn repeat(&mut self, repetition: &Repetition) {
        let least = repetition.min as usize;
        let most = repetition.max.map_or(usize::MAX, |most| most as usize);
        for _ in 0..least.saturating_add(self.more).min(most) {
            if self.text.len() > 2 * MORE {
                return;
            }
            self.write(&repetition.sub);
        }
    }
}

/// A character of a class: another one for each seed.
fn member(class: &Class, seed: usize) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let holds = |wanted: char| ranges.iter().any(|(start, end)| (*start..=*end).contains(&wanted));
    let liked: Vec<char> = LIKED.chars().filter(|wanted| holds(*wanted)).collect();
    if !liked.is_empty() {
        return Some(liked[seed % liked.len()]);
    }
    // Something that can be seen, if there is.
    let visible = ranges.iter().map(|(start, end)| if *start > ' ' { *start } else { *end });
    visible.clone().find(|wanted| !wanted.is_control()).or_else(|| ranges.first().map(|(start, _)| *start))
}

/// A pattern without look-around, and without what keeps it from going back.
fn without_assertions(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next == '\\' {
            let end = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|start| rest.starts_with(start)) {
            rest = &rest[group_end(rest)..];
        } else if let Some(inner) = rest.strip_prefix("(?>") {
            out.push_str("(?:");
            rest = inner;
        } else {
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

/// Where the group ends that a text begins with.
fn group_end(text: &str) -> usize {
    let (mut depth, mut in_class, mut is_escaped) = (0_usize, false, false);
    for (at, next) in text.char_indices() {
        match next {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}
