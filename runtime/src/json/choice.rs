//! Unions: which variant a value is of, by static data. The value is looked at before it is decoded, up to what decides.

use serde_json::Value;

use super::{Json, Kind, checked::Checkpoint, lenient::untexted, reader::Reader, refused::Refused};

/// How the variant of a union is chosen: the first rule decides that is for the value's kind and finds something. A value
/// for which none does is refused.
#[derive(Clone, Copy, Debug)]
pub struct Choice(pub &'static [Rule]);

/// How the variant is chosen for some kinds of values.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The kinds of values the rule is for.
    pub kinds: Kinds,
    /// What decides.
    pub pick: Pick,
}

/// A set of kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

/// What decides for a variant, which is named by its index.
#[derive(Clone, Copy, Debug)]
pub enum Pick {
    /// The kind alone.
    Variant(usize),
    /// A member that is a string. A string that is not listed is refused, unless there is a variant for the others.
    Tag {
        /// The key of the member.
        property: &'static str,
        /// Strings and their variants.
        values: &'static [(&'static str, usize)],
        /// The variant of all other strings.
        otherwise: Option<usize>,
        /// The variant of objects without the member.
        absent: Option<usize>,
    },
    /// A member that is a string, if it is there: without it the next rule decides. A string that is not listed is refused.
    OptionalTag {
        /// The key of the member.
        property: &'static str,
        /// Strings and their variants.
        values: &'static [(&'static str, usize)],
    },
    /// The value itself, compared with JSON texts; the variant of all others. Without it they are refused.
    Value(&'static [(&'static str, usize)], Option<usize>),
    /// The first schema that admits the value. If none does, the next rule is tried.
    Exact {
        /// Whether the schema of this number admits a value.
        admits: fn(u32, &Value) -> bool,
        /// Numbers of schemas and their variants.
        candidates: &'static [(u32, usize)],
    },
}

/// What a union is left with.
#[derive(Clone, Copy, Debug)]
pub struct Entered {
    size: usize,
    whole: Checkpoint,
}

impl Kinds {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(1 << 1);
    /// Numbers without a fraction, however they are written.
    pub const INTEGER: Self = Self(1 << 2);
    /// Numbers, integers among them.
    pub const NUMBER: Self = Self(1 << 3 | 1 << 2);
    /// Strings.
    pub const STRING: Self = Self(1 << 4);
    /// Arrays.
    pub const ARRAY: Self = Self(1 << 5);
    /// Objects.
    pub const OBJECT: Self = Self(1 << 6);
    /// All kinds.
    pub const ANY: Self = Self(u8::MAX);

    /// The kinds of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Reader<'_> {
    /// Which variant the next value is of; it is not read. Takes memory of the stack until the end of the union. The schema
    /// is for the value, whichever variant it is of.
    ///
    /// # Errors
    /// When it is of none, malformed before what decides, or unions of this size are nested too deeply.
    pub fn begin_union(&mut self, size: usize, choice: &Choice, schema: u32) -> Result<(usize, Entered), Refused> {
        let whole = self.before_check(schema);
        self.take_stack(size)?;
        Ok((self.choose(choice)?, Entered { size, whole }))
    }

    /// Decodes the value of a variant, and gives back what the union took of the stack. That each variant has a function
    /// of its own keeps the memory of one from adding to the others' without optimisation.
    ///
    /// # Errors
    /// When the value is refused.
    pub fn variant<T: Json, U>(&mut self, entered: Entered, variant: fn(T) -> U) -> Result<U, Refused> {
        match T::decode(self) {
            Ok(value) => {
                self.give_stack(entered.size);
                self.check(entered.whole).map(|()| variant(value))
            }
            Err(refused) => Err(refused),
        }
    }

    /// Which variant the next value is of; it is not read.
    ///
    /// # Errors
    /// When it is of none, or malformed before what decides.
    pub fn choose(&mut self, choice: &Choice) -> Result<usize, Refused> {
        let kind = self.kind()?;
        if self.lenient
            && kind == Kind::String
            && let Some(variant) = self.choose_by_text(choice)?
        {
            return Ok(variant);
        }
        let kinds = match kind {
            Kind::Null => Kinds::NULL,
            Kind::Boolean => Kinds::BOOLEAN,
            Kind::Number => Kinds::of_number(self.clone().number()?.is_integer()),
            Kind::String => Kinds::STRING,
            Kind::Array => Kinds::ARRAY,
            Kind::Object => Kinds::OBJECT,
        };
        for rule in choice.0 {
            if rule.kinds.meets(kinds)
                && let Some(variant) = self.pick(&rule.pick, kind)?
            {
                return Ok(variant);
            }
        }
        Err(self.invalid())
    }

    fn pick(&mut self, pick: &Pick, kind: Kind) -> Result<Option<usize>, Refused> {
        match pick {
            Pick::Variant(variant) => Ok(Some(*variant)),
            Pick::Tag { property, values, otherwise, absent } => match self.member(kind, property)? {
                Some(mut tag) => {
                    let tag = tag.string()?;
                    let listed = values.iter().find(|(value, _)| *value == tag).map(|(_, variant)| *variant);
                    self.decided(listed.or(*otherwise))
                }
                None => self.decided(*absent),
            },
            Pick::OptionalTag { property, values } => match self.member(kind, property)? {
                Some(mut tag) => {
                    let tag = tag.string()?;
                    self.decided(values.iter().find(|(value, _)| *value == tag).map(|(_, variant)| *variant))
                }
                None => Ok(None),
            },
            Pick::Value(values, otherwise) => {
                let listed = self.look_ahead(|reader| reader.listed(values))?;
                self.decided(listed.or(*otherwise))
            }
            Pick::Exact { admits, candidates } => {
                let value = self.look_ahead(Value::decode)?;
                let admitted = |value: &Value| candidates.iter().find(|(schema, _)| admits(*schema, value));
                let found = admitted(&value).or_else(|| self.lenient.then(|| admitted(&untexted(value.clone())))?);
                Ok(found.map(|(_, variant)| *variant))
            }
        }
    }

    /// For a string that may be the text of another scalar: the variant that takes that scalar.
    fn choose_by_text(&mut self, choice: &Choice) -> Result<Option<usize>, Refused> {
        let text = self.look_ahead(Reader::string)?;
        let Some(kinds) = Kinds::of_text(&text) else { return Ok(None) };
        for rule in choice.0 {
            // A variant that is not found is none for this kind; the string has its own.
            if rule.kinds.meets(kinds)
                && let Ok(Some(variant)) = self.pick(&rule.pick, Kind::String)
            {
                return Ok(Some(variant));
            }
        }
        Ok(None)
    }

    /// Reads a value, and finds it in a list of JSON texts.
    fn listed(&mut self, values: &[(&'static str, usize)]) -> Result<Option<usize>, Refused> {
        let text = self.raw()?;
        Ok(values.iter().find(|(value, _)| self.is_same(text, value)).map(|(_, variant)| *variant))
    }

    fn decided(&self, variant: Option<usize>) -> Result<Option<usize>, Refused> {
        variant.map(Some).ok_or_else(|| self.invalid())
    }

    /// Of the object that is next, a reader of the first member of a key.
    fn member(&mut self, kind: Kind, property: &str) -> Result<Option<Self>, Refused> {
        if kind != Kind::Object {
            return Ok(None);
        }
        self.look_ahead(|reader| {
            let mut has_member = reader.begin_object()?;
            while has_member {
                if reader.key()? == property {
                    return Ok(Some(reader.clone()));
                }
                reader.skip()?;
                has_member = reader.next_member()?;
            }
            Ok(None)
        })
    }

    /// Reads with a copy, and pays for what it read.
    fn look_ahead<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Refused>) -> Result<T, Refused> {
        let mut ahead = self.clone();
        let found = read(&mut ahead)?;
        self.read_again(ahead.at - self.at)?;
        Ok(found)
    }
}

impl Kinds {
    const fn of_number(is_integer: bool) -> Self {
        if is_integer { Self::NUMBER } else { Self(Self::NUMBER.0 & !Self::INTEGER.0) }
    }

    /// The kind of what a text is as JSON, if that is a scalar but no string.
    fn of_text(text: &str) -> Option<Self> {
        let mut reader = Reader::of(text);
        let kinds = match reader.kind().ok()? {
            Kind::Null => reader.null().map(|()| Self::NULL),
            Kind::Boolean => reader.boolean().map(|_| Self::BOOLEAN),
            Kind::Number => reader.number().map(|number| Self::of_number(number.is_integer())),
            Kind::String | Kind::Array | Kind::Object => return None,
        };
        kinds.ok().filter(|_| reader.at == text.len() && !text.starts_with([' ', '\t', '\r', '\n']))
    }
}
