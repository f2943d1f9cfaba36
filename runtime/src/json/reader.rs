//! JSON text, read value by value: the tokenizer of RFC 8259.
//!
//! In goes UTF-8 text, out come its values in order, each asked for by kind. The one rule: nothing here panics or recurses,
//! and every loop moves forward.

use stubwright_schema::Schemas;

use super::refused::Refused;

/// How deeply arrays and objects may be nested: as deep as `serde_json` reads, so that the slow path reads what this reads.
const DEPTH: u8 = 127;

/// How much memory of the stack the objects and unions that are being decoded may take, in bytes of their values; a debug build takes
/// several times as much. A thread of tokio has 2 MiB.
const STACK: usize = 128 * 1024;

/// What a value is, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number, integer or not.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// Reads JSON text. A copy reads on from the same place.
///
/// ```
/// use stubwright::json::{Kind, Reader};
///
/// let mut reader = Reader::new(br#" {"id": [1, 2]}"#)?;
/// assert_eq!(reader.kind()?, Kind::Object);
/// assert!(reader.begin_object()?);
/// assert_eq!(reader.key()?, "id");
/// assert_eq!(reader.raw()?, "[1, 2]");
/// assert!(!reader.next_member()?);
/// reader.end()?;
/// # Ok::<(), stubwright::json::Refused>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Whether strings are read as what they hold; see `lenient`.
    pub(super) lenient: bool,
    /// What limits are of, where they are checked; see `checked`.
    pub(super) schemas: Option<&'static Schemas>,
    /// Where the list ended that was decoded last, and how many items it has.
    pub(super) list: (usize, usize),
    depth: u8,
    /// Of [`STACK`], what is in use.
    stack: usize,
    /// How many bytes may be read a second time: what unions look at before they decode it. Without a limit, nested
    /// branches that all match would double the work at every level.
    again: usize,
}

impl<'a> Reader<'a> {
    /// Starts to read.
    ///
    /// # Errors
    /// When the text is not UTF-8.
    pub fn new(text: &'a [u8]) -> Result<Self, Refused> {
        match std::str::from_utf8(text) {
            Ok(text) => Ok(Self::of(text)),
            Err(error) => Err(Refused::Syntax { offset: error.valid_up_to() }),
        }
    }

    /// Starts to read what is UTF-8.
    pub fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            lenient: false,
            schemas: None,
            list: (usize::MAX, 0),
            depth: 0,
            stack: 0,
            again: text.len().saturating_mul(256),
        }
    }

    /// The same for values that came as text: parameters and forms.
    pub fn lenient(text: &'a str) -> Self {
        Self { lenient: true, ..Self::of(text) }
    }

    /// Of which kind the next value is; it is not read.
    ///
    /// # Errors
    /// When no value is next.
    pub fn kind(&mut self) -> Result<Kind, Refused> {
        match self.peek() {
            b'n' => Ok(Kind::Null),
            b't' | b'f' => Ok(Kind::Boolean),
            b'-' | b'0'..=b'9' => Ok(Kind::Number),
            b'"' => Ok(Kind::String),
            b'[' => Ok(Kind::Array),
            b'{' => Ok(Kind::Object),
            _ => Err(self.syntax()),
        }
    }

    /// Reads `null`.
    ///
    /// # Errors
    /// When something else is next.
    pub fn null(&mut self) -> Result<(), Refused> {
        match self.peek() {
            b'n' => self.literal("null"),
            b'"' if self.lenient => self.unquoted(|reader| reader.literal("null")),
            _ => Err(self.mismatch()),
        }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When something else is next.
    pub fn boolean(&mut self) -> Result<bool, Refused> {
        match self.peek() {
            b't' => self.literal("true").map(|()| true),
            b'f' => self.literal("false").map(|()| false),
            b'"' if self.lenient => self.unquoted(|reader| match reader.text.as_bytes().get(reader.at) {
                Some(b't') => reader.literal("true").map(|()| true),
                _ => reader.literal("false").map(|()| false),
            }),
            _ => Err(self.mismatch()),
        }
    }

    /// Reads the next value, whatever it is, and gives its text.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn raw(&mut self) -> Result<&'a str, Refused> {
        self.peek();
        let start = self.at;
        self.skip()?;
        self.text.get(start..self.at).ok_or_else(|| self.syntax())
    }

    /// Reads the next value, whatever it is.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn skip(&mut self) -> Result<(), Refused> {
        let outside = self.depth;
        // Which of the arrays and objects around the place are objects, the innermost in the lowest bit.
        let mut objects: u128 = 0;
        loop {
            let enters = match self.peek() {
                b'{' => {
                    let has_member = self.begin_object()?;
                    if has_member {
                        objects = objects << 1 | 1;
                    }
                    has_member
                }
                b'[' => {
                    let has_item = self.begin_array()?;
                    if has_item {
                        objects <<= 1;
                    }
                    has_item
                }
                b'"' => self.skip_string().map(|()| false)?,
                b'-' | b'0'..=b'9' => self.number().map(|_| false)?,
                b'n' => self.literal("null").map(|()| false)?,
                b't' => self.literal("true").map(|()| false)?,
                b'f' => self.literal("false").map(|()| false)?,
                _ => return Err(self.syntax()),
            };
            if !enters && !self.skip_to_next(outside, &mut objects)? {
                return Ok(());
            }
            if objects & 1 == 1 {
                self.skip_key()?;
            }
        }
    }

    /// After a value, leaves what it is the last of; whether another value follows.
    fn skip_to_next(&mut self, outside: u8, objects: &mut u128) -> Result<bool, Refused> {
        while self.depth > outside {
            let inner = if *objects & 1 == 1 { self.next_member()? } else { self.next_item()? };
            if inner {
                return Ok(true);
            }
            *objects >>= 1;
        }
        Ok(false)
    }

    /// Reads white space up to the end of the text.
    ///
    /// # Errors
    /// When something else is there.
    pub fn end(&mut self) -> Result<(), Refused> {
        self.peek();
        if self.at == self.text.len() { Ok(()) } else { Err(self.syntax()) }
    }

    /// Enters an array; whether it has an item.
    ///
    /// # Errors
    /// When something else is next, or the array is nested too deeply.
    pub fn begin_array(&mut self) -> Result<bool, Refused> {
        if self.peek() != b'[' {
            return Err(self.mismatch());
        }
        self.enter()?;
        Ok(self.peek() != b']' || self.leave())
    }

    /// After an item, whether the array has another; leaves it if not.
    ///
    /// # Errors
    /// When neither a comma nor the end of the array is next.
    #[inline]
    pub fn next_item(&mut self) -> Result<bool, Refused> {
        match self.peek() {
            b',' => {
                self.at += 1;
                Ok(true)
            }
            b']' => Ok(self.leave()),
            _ => Err(self.syntax()),
        }
    }

    /// Enters an object; whether it has a member.
    ///
    /// # Errors
    /// When something else is next, or the object is nested too deeply.
    pub fn begin_object(&mut self) -> Result<bool, Refused> {
        if self.peek() != b'{' {
            return Err(self.mismatch());
        }
        self.enter()?;
        Ok(self.peek() != b'}' || self.leave())
    }

    /// After a member, whether the object has another; leaves it if not.
    ///
    /// # Errors
    /// When neither a comma nor the end of the object is next.
    #[inline]
    pub fn next_member(&mut self) -> Result<bool, Refused> {
        match self.peek() {
            b',' => {
                self.at += 1;
                Ok(true)
            }
            b'}' => Ok(self.leave()),
            _ => Err(self.syntax()),
        }
    }

    /// The next character that is no white space, which is not read; 0 at the end.
    #[inline]
    pub(super) fn peek(&mut self) -> u8 {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(&byte) => return byte,
                None => return 0,
            }
        }
    }

    /// The text is no JSON from here on.
    #[cold]
    pub(super) fn syntax(&self) -> Refused {
        Refused::Syntax { offset: self.at }
    }

    /// The value here, or the one just read, is none of the type's.
    #[cold]
    pub fn invalid(&self) -> Refused {
        Refused::Invalid { offset: self.at }
    }

    /// Another value than the one asked for is here, or none.
    #[cold]
    pub(super) fn mismatch(&mut self) -> Refused {
        match self.kind() {
            Ok(_) => self.invalid(),
            Err(refused) => refused,
        }
    }

    /// Takes memory of the stack for an object.
    pub(super) fn take_stack(&mut self, bytes: usize) -> Result<(), Refused> {
        self.stack = self.stack.saturating_add(bytes);
        if self.stack > STACK { Err(self.invalid()) } else { Ok(()) }
    }

    /// Gives it back.
    pub(super) fn give_stack(&mut self, bytes: usize) {
        self.stack -= bytes;
    }

    /// Pays for bytes that are read once more.
    pub(super) fn read_again(&mut self, bytes: usize) -> Result<(), Refused> {
        match self.again.checked_sub(bytes) {
            Some(left) => {
                self.again = left;
                Ok(())
            }
            None => Err(self.invalid()),
        }
    }

    /// Goes back to where another reader of the same text stands; what has been read twice stays paid for.
    pub(super) fn go_back(&mut self, to: &Self) {
        *self = Self { again: self.again, ..to.clone() };
    }

    fn literal(&mut self, literal: &str) -> Result<(), Refused> {
        match self.text.as_bytes().get(self.at..self.at + literal.len()) {
            Some(text) if text == literal.as_bytes() => {
                self.at += literal.len();
                Ok(())
            }
            _ => Err(self.syntax()),
        }
    }

    fn enter(&mut self) -> Result<(), Refused> {
        if self.depth == DEPTH {
            return Err(self.syntax());
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Leaves an array or object; false, as nothing of it is left.
    #[inline]
    fn leave(&mut self) -> bool {
        self.depth -= 1;
        self.at += 1;
        false
    }
}
