//! Groups, look-around and flags.

use super::Engine;
use super::translator::{Atom, Step, Stop, Translator};

/// Groups within each other, at most.
const DEEPEST: usize = 50;

/// A group that is open.
pub(super) struct Open {
    /// Where it begins in the translated text.
    start: usize,
    /// What the flags were before it.
    flags: Flags,
}

/// The flags that hold, apart from `i`, which engines know.
#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    pub(super) multiline: bool,
    pub(super) dot_all: bool,
    pub(super) extended: bool,
}

impl Translator<'_> {
    /// Goes on behind a `(`.
    pub(super) fn open_group(&mut self) -> Step {
        if self.open.len() >= DEEPEST {
            return Stop::malformed(format!("more than {DEEPEST} groups are in each other"));
        }
        if self.eat("?#") {
            return self.up_to(')').map(drop);
        }
        let open = Open { start: self.text.len(), flags: self.flags };
        for look_around in ["?=", "?!", "?<=", "?<!", "?>"] {
            if self.eat(look_around) {
                self.needs_backtracking()?;
                self.opened(open, &format!("({look_around}"));
                return Ok(());
            }
        }
        if self.eat("?P=") {
            let name = self.up_to(')')?;
            return self.reference_by_name(&name);
        }
        let captures = if self.eat("?<") || self.eat("?P<") {
            self.up_to('>')?;
            true
        } else if self.eat("?:") {
            false
        } else if self.eat("?") {
            return self.open_with_flags(open);
        } else {
            true
        };
        // Only a back-reference asks what a group took.
        self.opened(open, if captures && self.engine == Engine::Backtracking { "(" } else { "(?:" });
        Ok(())
    }

    fn opened(&mut self, open: Open, text: &str) {
        self.open.push(open);
        self.text.push_str(text);
        self.atom = None;
    }

    /// `(?i)` holds up to the end of the group that it stands in, `(?i:` for its own.
    fn open_with_flags(&mut self, open: Open) -> Step {
        let mut chars = String::new();
        while let Some(char) = self.peek().filter(|char| char.is_ascii_alphabetic() || *char == '-') {
            self.at += 1;
            chars.push(char);
        }
        let (on, off) = chars.split_once('-').unwrap_or((&chars, ""));
        if let Some(unknown) = chars.chars().find(|flag| !"imsxua-".contains(*flag)) {
            return Stop::malformed(format!("`(?{unknown}` is unknown"));
        }
        let end = self.peek();
        self.at += 1;
        match end {
            Some(')') => {
                self.set_flags(on, true);
                self.set_flags(off, false);
                self.atom = None;
                Ok(())
            }
            Some(':') => {
                self.opened(open, "(?:");
                self.set_flags(on, true);
                self.set_flags(off, false);
                Ok(())
            }
            Some(_) | None => Stop::malformed("a `(?` begins nothing that is known"),
        }
    }

    pub(super) fn set_flags(&mut self, flags: &str, value: bool) {
        for flag in flags.chars() {
            match flag {
                'i' => self.text.push_str(if value { "(?i)" } else { "(?-i)" }),
                'm' => self.flags.multiline = value,
                's' => self.flags.dot_all = value,
                'x' => self.flags.extended = value,
                // The others say how to search, or what holds anyway.
                _ => {}
            }
        }
    }

    pub(super) fn close_group(&mut self) -> Step {
        let Some(open) = self.open.pop() else { return Stop::malformed("a `)` has no `(`") };
        self.flags = open.flags;
        self.text.push(')');
        let is_assertion = ["(?=", "(?!", "(?<"].iter().any(|look| self.text[open.start..].starts_with(look));
        self.atom = Some(Atom { start: open.start, is_assertion });
        Ok(())
    }

    pub(super) fn reference_by_name(&mut self, name: &str) -> Step {
        let named = |group: &Option<String>| group.as_deref() == Some(name);
        let numbers: Vec<_> =
            self.groups.iter().enumerate().filter(|(_, group)| named(group)).map(|(at, _)| at + 1).collect();
        if numbers.is_empty() {
            return Stop::malformed(format!("there is no group `{name}`"));
        }
        self.reference(&numbers)
    }

    /// A reference to the one of these groups that took part; to none, it is empty (ECMA-262 section 22.2.2.7.2).
    pub(super) fn reference(&mut self, numbers: &[usize]) -> Step {
        self.needs_backtracking()?;
        let start = self.text.len();
        let each: Vec<_> = numbers.iter().map(|number| format!("(?({number})\\{number}|)")).collect();
        self.atom(start, &format!("(?:{})", each.concat()));
        Ok(())
    }
}

/// The names of the capturing groups of a pattern.
pub(super) fn captures(chars: &[char]) -> Vec<Option<String>> {
    let (mut groups, mut is_class, mut at) = (Vec::new(), false, 0);
    while let Some(char) = chars.get(at) {
        let rest = &chars[at + 1..];
        match char {
            '\\' => at += 1,
            '[' => is_class = true,
            ']' => is_class = false,
            '(' if !is_class => match rest {
                ['?', 'P', '<', name @ ..] => groups.push(Some(name_of(name))),
                ['?', '<', next, ..] if !matches!(next, '=' | '!') => groups.push(Some(name_of(&rest[2..]))),
                ['?', '#', ..] => at += rest.iter().take_while(|char| **char != ')').count(),
                ['?', ..] => {}
                _ => groups.push(None),
            },
            _ => {}
        }
        at += 1;
    }
    groups
}

fn name_of(rest: &[char]) -> String {
    rest.iter().take_while(|char| **char != '>').collect()
}
