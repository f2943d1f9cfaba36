//! What a backslash begins.

use super::Engine;
use super::translator::{Step, Stop, Translator, written};

/// ECMA-262 section 22.2.2.9: `\d`.
const DIGITS: &str = "0-9";
/// ECMA-262 section 22.2.2.9.3: `\w`.
const WORD: &str = "0-9A-Z_a-z";
/// ECMA-262 sections 12.2 and 12.3: `\s`.
const SPACE: &str = r"\x{9}-\x{D}\x{20}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
/// PCRE: `\h`.
const HORIZONTAL: &str = r"\x{9}\x{20}\x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}";

/// What an escape stands for.
pub(super) enum Escaped {
    /// A code point, which may be a surrogate.
    Point(u32),
    /// What stands in the brackets of a class.
    Class(String),
}

impl Translator<'_> {
    /// Goes on behind a backslash outside of a class.
    pub(super) fn escape(&mut self) -> Step {
        let start = self.text.len();
        match self.peek() {
            Some(assertion @ ('A' | 'z' | 'Z' | 'b' | 'B')) => {
                self.at += 1;
                let text = self.boundary(assertion);
                self.assertion(text);
            }
            Some('k') if self.groups.iter().any(Option::is_some) => {
                self.at += 1;
                if !self.eat("<") {
                    return Stop::malformed("`\\k` needs the name of a group");
                }
                let name = self.up_to('>')?;
                self.reference_by_name(&name)?;
            }
            Some('1'..='9') if self.group_number().is_some() => {
                let (number, end) = self.group_number().unwrap_or_default();
                self.at = end;
                self.reference(&[number])?;
            }
            Some(_) => match self.escaped()? {
                Escaped::Class(class) => self.atom(start, &format!("[{class}]")),
                Escaped::Point(point) => match char::from_u32(self.paired(point)) {
                    Some(char) => self.atom(start, &written(char)),
                    // A lone surrogate.
                    None => self.atom(start, super::class::NOTHING),
                },
            },
            None => return Stop::malformed("a `\\` ends it"),
        }
        Ok(())
    }

    fn boundary(&self, assertion: char) -> &'static str {
        match (assertion, self.engine) {
            ('A', _) => r"\A",
            ('z' | 'Z', _) => r"\z",
            ('b', Engine::Linear) => r"(?-u:\b)",
            (_, Engine::Linear) => r"(?-u:\B)",
            ('b', Engine::Backtracking) => "(?:(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z]))",
            (_, Engine::Backtracking) => "(?:(?<=[0-9A-Z_a-z])(?=[0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?![0-9A-Z_a-z]))",
        }
    }

    /// The number of a group that there is, and where it ends.
    fn group_number(&self) -> Option<(usize, usize)> {
        let digits: String = self.chars[self.at..].iter().take_while(|char| char.is_ascii_digit()).collect();
        let number: usize = digits.parse().ok()?;
        (1..=self.groups.len()).contains(&number).then_some((number, self.at + digits.len()))
    }

    /// Goes on behind a backslash, where no assertion or reference stands.
    pub(super) fn escaped(&mut self) -> Step<Escaped> {
        let Some(char) = self.peek() else { return Stop::malformed("a `\\` ends it") };
        self.at += 1;
        Ok(match char {
            'd' => Escaped::Class(DIGITS.to_owned()),
            'w' => Escaped::Class(WORD.to_owned()),
            's' => Escaped::Class(SPACE.to_owned()),
            'h' => Escaped::Class(HORIZONTAL.to_owned()),
            'D' => Escaped::Class(format!("[^{DIGITS}]")),
            'W' => Escaped::Class(format!("[^{WORD}]")),
            'S' => Escaped::Class(format!("[^{SPACE}]")),
            'p' => Escaped::Class(format!("\\p{{{}}}", self.property()?)),
            'P' => Escaped::Class(format!("[^\\p{{{}}}]", self.property()?)),
            't' => Escaped::Point(0x09),
            'n' => Escaped::Point(0x0A),
            'v' => Escaped::Point(0x0B),
            'f' => Escaped::Point(0x0C),
            'r' => Escaped::Point(0x0D),
            'c' => Escaped::Point(self.control()),
            'x' => Escaped::Point(self.hexadecimal(2).or_else(|| self.braced()).unwrap_or('x'.into())),
            'u' => Escaped::Point(self.hexadecimal(4).or_else(|| self.braced()).unwrap_or('u'.into())),
            '0'..='7' => Escaped::Point(self.octal(char)),
            char => Escaped::Point(char.into()),
        })
    }

    /// The name of a property, in braces, or a category of one letter.
    fn property(&mut self) -> Step<String> {
        let name = if self.eat("{") {
            self.up_to('}')?
        } else {
            self.at += 1;
            self.chars.get(self.at - 1).map(char::to_string).unwrap_or_default()
        };
        let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '=' | '-' | ' ');
        if name.is_empty() || !name.chars().all(is_name) || regex_syntax::parse(&format!("\\p{{{name}}}")).is_err() {
            return Stop::malformed(format!("there is no Unicode property `{name}`"));
        }
        Ok(name)
    }

    /// `\cX`; without a letter, the backslash stands for itself (annex B.1.2).
    fn control(&mut self) -> u32 {
        match self.peek().filter(char::is_ascii_alphabetic) {
            Some(letter) => {
                self.at += 1;
                u32::from(letter) % 32
            }
            None => {
                self.at -= 1;
                '\\'.into()
            }
        }
    }

    /// So many hexadecimal digits.
    fn hexadecimal(&mut self, length: usize) -> Option<u32> {
        let digits: String = self.chars[self.at..].iter().take(length).collect();
        let is_whole = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let point = u32::from_str_radix(&digits, 16).ok().filter(|_| is_whole)?;
        self.at += length;
        Some(point)
    }

    /// A code point in braces.
    fn braced(&mut self) -> Option<u32> {
        let rest = self.chars[self.at..].strip_prefix(&['{'])?;
        let digits: String = rest.iter().take_while(|char| char.is_ascii_hexdigit()).collect();
        let point = u32::from_str_radix(&digits, 16).ok().filter(|point| *point <= u32::from(char::MAX))?;
        (rest.get(digits.len()) == Some(&'}')).then(|| self.at += digits.len() + 2)?;
        Some(point)
    }

    /// Up to three octal digits, up to 255 (annex B.1.2).
    fn octal(&mut self, first: char) -> u32 {
        let mut point = first.to_digit(8).unwrap_or_default();
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|char| char.to_digit(8)).filter(|digit| point * 8 + digit <= 255)
            else {
                break;
            };
            point = point * 8 + digit;
            self.at += 1;
        }
        point
    }

    /// A low surrogate that follows a high one makes a character with it (ECMA-262 section 22.2.1).
    pub(super) fn paired(&mut self, point: u32) -> u32 {
        if !(0xD800..0xDC00).contains(&point) {
            return point;
        }
        let before = self.at;
        let low = if self.eat("\\u") { self.hexadecimal(4) } else { None };
        match low.filter(|low| (0xDC00..0xE000).contains(low)) {
            Some(low) => 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00),
            None => {
                self.at = before;
                point
            }
        }
    }
}
