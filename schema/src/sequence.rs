//! Patterns that are one set of ASCII characters after another between `^` and `$`, each so many times: `^[A-Z]{3}-[0-9]+$`.
//!
//! A pattern of an engine enters; what leaves says of a text, byte by byte, what the engine would say. The one rule: no
//! step ever has to be taken back, so a set that may occur more or less often shares no character with the next.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Sets of characters, in their order.
#[derive(Debug)]
pub(crate) struct Sequence(Vec<Step>);

/// Steps, at most: longer patterns are left to the engine.
const LONGEST: usize = 64;

/// A set, and how often it occurs.
#[derive(Debug)]
struct Step {
    set: [bool; 128],
    minimum: usize,
    maximum: usize,
}

impl Sequence {
    /// Reads a pattern in the syntax of the linear engine; `None` where it is more than a sequence.
    pub(crate) fn parse(pattern: &str) -> Option<Self> {
        let pattern = regex_syntax::parse(pattern).ok()?;
        let HirKind::Concat(parts) = pattern.kind() else { return None };
        let [first, steps @ .., last] = parts.as_slice() else { return None };
        let are_ends = matches!((first.kind(), last.kind()), (HirKind::Look(Look::Start), HirKind::Look(Look::End)));
        let mut all = Vec::new();
        for step in steps.iter().take_while(|_| are_ends) {
            add(step, &mut all)?;
        }
        let is_decided = (0..all.len()).all(|index| is_decided(&all[index..]));
        (are_ends && is_decided && all.len() <= LONGEST).then_some(Self(all))
    }

    /// Whether a text is such a sequence.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let mut rest = text.as_bytes();
        for step in &self.0 {
            let fitting = rest.iter().take(step.maximum).take_while(|byte| step.has(**byte)).count();
            if fitting < step.minimum {
                return false;
            }
            rest = rest.get(fitting..).unwrap_or_default();
        }
        rest.is_empty()
    }
}

/// Whether the first of these steps never takes what one of the others needs.
fn is_decided(steps: &[Step]) -> bool {
    let Some((first, rest)) = steps.split_first() else { return true };
    let needed = rest.iter().position(|step| step.minimum > 0).map_or(rest.len(), |needed| needed + 1);
    first.minimum == first.maximum || !rest.iter().take(needed).any(|step| first.shares_with(step))
}

/// Adds the steps of a part of a pattern.
fn add(part: &Hir, steps: &mut Vec<Step>) -> Option<()> {
    match part.kind() {
        HirKind::Literal(literal) => {
            for byte in &literal.0 {
                steps.push(Step { set: only(*byte)?, minimum: 1, maximum: 1 });
            }
        }
        HirKind::Class(class) => steps.push(Step { set: all_of(class)?, minimum: 1, maximum: 1 }),
        HirKind::Repetition(repetition) => {
            let set = match repetition.sub.kind() {
                HirKind::Class(class) => all_of(class)?,
                HirKind::Literal(literal) => match *literal.0 {
                    [byte] => only(byte)?,
                    _ => return None,
                },
                _ => return None,
            };
            let minimum = usize::try_from(repetition.min).ok()?;
            let maximum = repetition.max.map_or(Some(usize::MAX), |maximum| usize::try_from(maximum).ok())?;
            steps.push(Step { set, minimum, maximum });
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Capture(_) | HirKind::Concat(_) | HirKind::Alternation(_) => {
            return None;
        }
    }
    Some(())
}

/// The set of one character of ASCII.
fn only(byte: u8) -> Option<[bool; 128]> {
    let mut set = [false; 128];
    *set.get_mut(usize::from(byte))? = true;
    Some(set)
}

/// The characters of a class of ASCII alone.
fn all_of(class: &Class) -> Option<[bool; 128]> {
    let Class::Unicode(class) = class else { return None };
    let mut set = [false; 128];
    for range in class.ranges() {
        for character in range.start()..=range.end() {
            *set.get_mut(usize::try_from(u32::from(character)).ok()?)? = true;
        }
    }
    Some(set)
}

impl Step {
    #[inline]
    fn has(&self, byte: u8) -> bool {
        self.set.get(usize::from(byte)).is_some_and(|is_in| *is_in)
    }

    fn shares_with(&self, next: &Self) -> bool {
        self.set.iter().zip(&next.set).any(|(own, other)| *own && *other)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::Sequence;

    #[test]
    fn sequences_say_what_the_engine_says() {
        const PATTERNS: [&str; 10] = [
            r"\A[A-Z]{3}\z",
            r"\A[A-Z]{3}\x{2D}[0-9]{4}\z",
            r"\A[a-z]+\x{2D}[0-9]*\z",
            r"\A[a-z]?[0-9]{2,3}\z",
            r"\A[a-c]{0,2}d\z",
            r"\Aa?b\z",
            r"\Aabc\z",
            r"\A[0-9]{2}[0-9]{1,2}\z",
            r"\A[a-z][a-z0-9]*\z",
            r"\A[0-9]{1,}\x{2E}[0-9]{2}\z",
        ];
        const PIECES: [&str; 13] = ["A", "ABC", "-", "1", "12", "1234", "a", "b", "c", "d", ".", "ä", ""];
        for pattern in PATTERNS {
            let (sequence, engine) = (Sequence::parse(pattern).unwrap(), regex::Regex::new(pattern).unwrap());
            let mut matched = 0;
            for index in 0..PIECES.len().pow(4) {
                let piece = |place: u32| PIECES[index / PIECES.len().pow(place) % PIECES.len()];
                let text = [piece(0), piece(1), piece(2), piece(3)].concat();
                assert_eq!(sequence.is_match(&text), engine.is_match(&text), "{pattern} on {text}");
                matched += usize::from(sequence.is_match(&text));
            }
            assert!(matched > 0, "{pattern}");
        }
    }

    #[test]
    fn what_would_have_to_be_taken_back_is_left_to_the_engine() {
        for pattern in [
            r"\A[a-z]*a\z",
            r"\A[a-z]{1,2}[a-c]\z",
            r"\A[a-z]?[0-9]?[a-z]\z",
            r"[a-z]{3}",
            r"\A[a-z]{3}",
            r"\A(?:ab)+\z",
            r"\A(?:abc|de)\z",
            r"\A[ä-ü]\z",
            r"\A\d\z",
            r"\A[^a]\z",
            r"\Aé\z",
        ] {
            assert!(Sequence::parse(pattern).is_none(), "{pattern}");
        }
    }
}
