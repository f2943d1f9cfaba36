//! Regular expressions: `Pattern` of ECMA-262 section 22.2.1, with what its annex B.1.2 allows besides.
//!
//! More lenient than the grammar: whether a Unicode property or a named group exists is not looked up.

use std::iter::Peekable;
use std::str::Chars;

/// What stands between two places of an expression.
struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    /// The groups that are open; for each, whether it may be repeated.
    open: Vec<bool>,
    /// Whether a quantifier may follow.
    is_repeatable: bool,
}

/// `Pattern`.
pub(super) fn is_pattern(text: &str) -> bool {
    let mut reader = Reader { rest: text.chars().peekable(), open: Vec::new(), is_repeatable: false };
    while let Some(character) = reader.rest.next() {
        if reader.term(character).is_none() {
            return false;
        }
    }
    reader.open.is_empty()
}

impl Reader<'_> {
    /// `Term`, or what is between terms. `None` where it is none.
    fn term(&mut self, first: char) -> Option<()> {
        match first {
            '(' => self.group()?,
            ')' => self.is_repeatable = self.open.pop()?,
            '[' => self.class()?,
            '\\' => self.escape()?,
            '*' | '+' | '?' => self.quantifier()?,
            '{' if self.braces()? => self.quantifier()?,
            '|' | '^' | '$' => self.is_repeatable = false,
            // Annex B: also a brace that begins no quantifier.
            _ => self.is_repeatable = true,
        }
        Some(())
    }

    /// What is repeated, and perhaps `?` behind that.
    fn quantifier(&mut self) -> Option<()> {
        let repeated = std::mem::replace(&mut self.is_repeatable, false);
        self.rest.next_if_eq(&'?');
        repeated.then_some(())
    }

    /// The numbers of `{1,2}`, in their order: whether they are there.
    fn braces(&mut self) -> Option<bool> {
        let mut ahead = self.rest.clone();
        let least = number(&mut ahead);
        let most = match ahead.next_if_eq(&',') {
            Some(_) => number(&mut ahead),
            None => least.clone(),
        };
        let (Some(least), Some('}')) = (least, ahead.next()) else { return Some(false) };
        self.rest = ahead;
        most.is_none_or(|most| (least.len(), least) <= (most.len(), most)).then_some(true)
    }

    /// What stands behind `(`: `?:`, `?=`, `?!`, `?<=`, `?<!`, `?<name>`, or flags for the group (ES2025).
    fn group(&mut self) -> Option<()> {
        self.is_repeatable = false;
        let may_be_repeated = match self.rest.next_if_eq(&'?') {
            None => true,
            Some(_) => match self.rest.next()? {
                // Annex B: `=` and `!` begin a `QuantifiableAssertion`.
                ':' | '=' | '!' => true,
                '<' => match self.rest.next()? {
                    '=' | '!' => false,
                    first => {
                        self.name(first)?;
                        true
                    }
                },
                flag => {
                    self.flags(flag)?;
                    true
                }
            },
        };
        self.open.push(may_be_repeated);
        Some(())
    }

    /// `RegExpIdentifierName` and `>`.
    fn name(&mut self, first: char) -> Option<()> {
        let is_start = |character: char| character.is_alphabetic() || matches!(character, '$' | '_' | '\\');
        let is_part = |character: char| {
            is_start(character) || character.is_numeric() || !character.is_ascii() || matches!(character, '{' | '}')
        };
        if !is_start(first) {
            return None;
        }
        loop {
            match self.rest.next()? {
                '>' => return Some(()),
                character if is_part(character) => {}
                _ => return None,
            }
        }
    }

    /// `RegularExpressionModifiers` and `:`; each flag once.
    fn flags(&mut self, first: char) -> Option<()> {
        let mut seen = String::new();
        let mut next = first;
        loop {
            match next {
                ':' => return (seen != "-").then_some(()),
                'i' | 'm' | 's' | '-' if !seen.contains(next) => seen.push(next),
                _ => return None,
            }
            next = self.rest.next()?;
        }
    }

    /// What stands behind a backslash, outside of a class. Annex B: any character, but an escape that is not complete
    /// stands for its letter.
    fn escape(&mut self) -> Option<()> {
        let escaped = self.rest.next()?;
        // An assertion is not repeated.
        self.is_repeatable = !matches!(escaped, 'b' | 'B');
        Some(())
    }

    /// What stands behind `[`.
    fn class(&mut self) -> Option<()> {
        self.rest.next_if_eq(&'^');
        loop {
            let first = match self.rest.next()? {
                ']' => break,
                '\\' => self.class_escape()?,
                other => Some(other),
            };
            let mut ahead = self.rest.clone();
            // A hyphen before the end stands for itself.
            if ahead.next() != Some('-') || ahead.peek() == Some(&']') {
                continue;
            }
            self.rest = ahead;
            let last = match self.rest.next()? {
                '\\' => self.class_escape()?,
                other => Some(other),
            };
            // Annex B: where an end is a class like `\d`, the hyphen stands for itself.
            if let (Some(first), Some(last)) = (first, last)
                && first > last
            {
                return None;
            }
        }
        self.is_repeatable = true;
        Some(())
    }

    /// The character that an escape within a class stands for; `None` within, where it stands for several, or is not
    /// looked at.
    #[expect(clippy::option_option, reason = "the outer one is of what ends too early")]
    fn class_escape(&mut self) -> Option<Option<char>> {
        let escaped = self.rest.next()?;
        Some((!escaped.is_alphanumeric()).then_some(escaped))
    }
}

/// The digits of a number, without leading zeros.
fn number(characters: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut digits = String::from(characters.next_if(char::is_ascii_digit)?);
    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    Some(digits.trim_start_matches('0').to_owned())
}
