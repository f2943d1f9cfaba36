//! The walk over a pattern, from left to right.

use super::Engine;
use super::class::NOTHING;
use super::group::{Flags, Open};

/// Characters of a quantifier in braces, at most.
const LONGEST_QUANTIFIER: usize = 32;

/// Why a walk ends early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The linear engine has no such thing.
    NeedsBacktracking,
    /// What is wrong, for people.
    Malformed(String),
}

pub(super) type Step<T = ()> = Result<T, Stop>;

/// The state of a walk.
pub(super) struct Translator<'p> {
    pub(super) chars: &'p [char],
    pub(super) at: usize,
    pub(super) engine: Engine,
    pub(super) text: String,
    /// The names of all capturing groups of the pattern, in order; most have none.
    pub(super) groups: Vec<Option<String>>,
    /// The groups that are open.
    pub(super) open: Vec<Open>,
    pub(super) flags: Flags,
    /// What a quantifier that follows repeats.
    pub(super) atom: Option<Atom>,
}

/// What a quantifier may repeat.
pub(super) struct Atom {
    /// Where it begins in the translated text.
    pub(super) start: usize,
    /// Whether it matches no characters: the end of a text, or a look-around.
    pub(super) is_assertion: bool,
}

impl Stop {
    pub(super) fn malformed<T>(message: impl Into<String>) -> Step<T> {
        Err(Self::Malformed(message.into()))
    }

    pub(super) fn message(self) -> String {
        match self {
            Self::NeedsBacktracking => "it needs an engine that goes back".to_owned(),
            Self::Malformed(message) => message,
        }
    }
}

impl<'p> Translator<'p> {
    pub(super) fn new(chars: &'p [char], engine: Engine) -> Self {
        Self {
            chars,
            at: 0,
            engine,
            text: String::new(),
            groups: super::group::captures(chars),
            open: Vec::new(),
            flags: Flags::default(),
            atom: None,
        }
    }

    /// Translates the whole pattern.
    pub(super) fn run(mut self, flags: &str) -> Step<String> {
        self.set_flags(flags, true);
        while let Some(char) = self.peek() {
            self.at += 1;
            self.term(char)?;
        }
        if self.open.is_empty() { Ok(self.text) } else { Stop::malformed("a `(` has no `)`") }
    }

    fn term(&mut self, char: char) -> Step {
        let start = self.text.len();
        match char {
            '^' if self.flags.multiline => self.assertion("(?m:^)"),
            '^' => self.assertion(r"\A"),
            '$' if self.flags.multiline => self.assertion("(?m:$)"),
            '$' => self.assertion(r"\z"),
            '|' => {
                self.text.push('|');
                self.atom = None;
            }
            '(' => self.open_group()?,
            ')' => self.close_group()?,
            '.' if self.flags.dot_all => self.atom(start, r"(?s:.)"),
            '.' => self.atom(start, r"[^\n\r\x{2028}\x{2029}]"),
            '[' => {
                let class = self.class()?;
                self.atom(start, &class);
            }
            '\\' => self.escape()?,
            '*' => self.quantifier("*")?,
            '+' => self.quantifier("+")?,
            '?' => self.quantifier("?")?,
            '{' => match self.braces() {
                Some(quantifier) => self.quantifier(&quantifier)?,
                None => self.literal('{'),
            },
            '#' if self.flags.extended => self.skip_while(|char| char != '\n'),
            char if self.flags.extended && char.is_whitespace() => {}
            char => self.literal(char),
        }
        Ok(())
    }

    /// The quantifier that a `{` begins; ECMA-262 annex B.1.2 takes other braces for themselves.
    fn braces(&mut self) -> Option<String> {
        let rest = &self.chars[self.at..];
        let end = rest.iter().take(LONGEST_QUANTIFIER).position(|char| *char == '}')?;
        let inside: String = rest[..end].iter().collect();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let quantifier = match inside.split_once(',') {
            None if is_number(&inside) => format!("{{{inside}}}"),
            Some((least, "")) if is_number(least) => format!("{{{least},}}"),
            Some(("", most)) if is_number(most) => format!("{{0,{most}}}"),
            Some((least, most)) if is_number(least) && is_number(most) => format!("{{{least},{most}}}"),
            None | Some(_) => return None,
        };
        self.at += end + 1;
        Some(quantifier)
    }

    fn quantifier(&mut self, quantifier: &str) -> Step {
        let Some(atom) = self.atom.take() else {
            return Stop::malformed(format!("there is nothing that `{quantifier}` could repeat"));
        };
        let (is_lazy, is_possessive) = (self.eat("?"), self.eat("+"));
        if atom.is_assertion {
            // Engines do not repeat it. What may be repeated no times is not tried, for it takes no characters (ECMA-262
            // section 22.2.2.3.1); its groups keep their numbers.
            if ["*", "?", "{0"].iter().any(|none| quantifier.starts_with(none)) {
                let never = format!("(?:{NOTHING}");
                self.text.insert_str(atom.start, &never);
                self.text.push_str("|)");
            }
            return Ok(());
        }
        if self.engine == Engine::Backtracking && is_large(quantifier) {
            // The linear engine, to which the other one hands on what it can, writes repetitions out. Look-around it cannot.
            self.text.insert_str(atom.start, "(?:(?=)");
            self.text.push(')');
        }
        self.text.push_str(quantifier);
        if is_lazy {
            self.text.push('?');
        }
        if is_possessive {
            self.needs_backtracking()?;
            self.text.insert_str(atom.start, "(?>");
            self.text.push(')');
        }
        Ok(())
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// Goes on behind a text, if that is what follows.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let follows = self.chars[self.at..].iter().copied().take(length).eq(text.chars());
        if follows {
            self.at += length;
        }
        follows
    }

    pub(super) fn skip_while(&mut self, skips: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&skips) {
            self.at += 1;
        }
    }

    /// What stands up to a character, which is skipped.
    pub(super) fn up_to(&mut self, end: char) -> Step<String> {
        let rest = &self.chars[self.at..];
        let Some(length) = rest.iter().position(|char| *char == end) else {
            return Stop::malformed(format!("a `{end}` is missing"));
        };
        self.at += length + 1;
        Ok(rest[..length].iter().collect())
    }

    pub(super) fn needs_backtracking(&self) -> Step {
        match self.engine {
            Engine::Linear => Err(Stop::NeedsBacktracking),
            Engine::Backtracking => Ok(()),
        }
    }

    /// Writes what a quantifier may follow.
    pub(super) fn atom(&mut self, start: usize, text: &str) {
        self.text.push_str(text);
        self.atom = Some(Atom { start, is_assertion: false });
    }

    /// Writes what matches no characters.
    pub(super) fn assertion(&mut self, text: &str) {
        self.atom = Some(Atom { start: self.text.len(), is_assertion: true });
        self.text.push_str(text);
    }

    pub(super) fn literal(&mut self, char: char) {
        let start = self.text.len();
        let text = written(char);
        self.atom(start, &text);
    }
}

/// Whether a quantifier counts to a number of four digits or more.
fn is_large(quantifier: &str) -> bool {
    quantifier.split(|char: char| !char.is_ascii_digit()).any(|number| number.len() >= 4)
}

/// A character that stands for itself, inside and outside of classes.
pub(super) fn written(char: char) -> String {
    match char {
        char if char.is_ascii_alphanumeric()
            || matches!(char, '_' | '/' | '@' | ':' | ',' | '"' | '\'' | '!' | '%' | '=') =>
        {
            char.to_string()
        }
        char if char.is_ascii() || char.is_control() || char.is_whitespace() => format!("\\x{{{:X}}}", u32::from(char)),
        char => char.to_string(),
    }
}
