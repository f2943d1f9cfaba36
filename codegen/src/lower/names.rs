//! Rust names: keys of the document enter, [`Ident`]s leave.
//!
//! The one rule: a name comes from a key, an operationId, a path or `x-rust-name`, never from prose, because prose differs
//! between the languages of a document. The same key always gives the same name, so diffs are small.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::Ident;
use crate::model::Spanned;
use crate::source::Span;

/// Names of the prelude that a tuple struct would hide, whether a document makes one of them or not, so that no name
/// depends on what else the document holds.
pub(super) const TYPE_KEYWORDS: &[&str] = &["Err", "None", "Ok", "Some"];

/// Methods that every value has, and names of the functions of `router.rs`.
pub(super) const METHOD_KEYWORDS: &[&str] =
    &["as_mut", "as_ref", "clone", "clone_from", "clone_into", "drop", "from_parts", "new", "to_owned", "try_into"];

/// The keywords of all editions, sorted: the Rust Reference, section 2.2; weak ones are no trouble.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// How the words of a name are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `HttpError`: types, traits and variants.
    Pascal,
    /// `http_error`: fields, methods, modules.
    Snake,
    /// `HTTP_ERROR`: constants.
    Screaming,
}

/// The names of one Rust scope: each is given once.
#[derive(Debug)]
pub(super) struct Scope {
    /// The names that are given, by the form in which they must differ.
    taken: HashMap<String, Taken>,
    /// Names that get an underscore, as keywords do.
    keywords: &'static [&'static str],
    /// The form in which names must differ.
    form: fn(&str) -> String,
}

/// A name that is given.
#[derive(Debug)]
struct Taken {
    name: String,
    /// What has it; nothing of the document has a name that generated code needs itself.
    place: Option<Span>,
}

impl Default for Scope {
    fn default() -> Self {
        Self { taken: HashMap::new(), keywords: &[], form: str::to_owned }
    }
}

impl Scope {
    /// A scope with keywords of its own.
    pub(super) fn with_keywords(keywords: &'static [&'static str]) -> Self {
        Self { keywords, ..Self::default() }
    }

    /// Takes names from the start.
    pub(super) fn reserving<'name>(mut self, names: impl IntoIterator<Item = &'name str>) -> Self {
        let taken = |name: &str| Taken { name: name.to_owned(), place: None };
        self.taken.extend(names.into_iter().map(|name| ((self.form)(name), taken(name))));
        self
    }

    /// A scope in which the names differ as names of types, too: `a_1` and `a1` do not.
    pub(super) fn differing_as_types(self) -> Self {
        Self { form: |name| identifier(&words(name), Case::Pascal), ..self }
    }

    /// Gives the first free candidate; with a number behind the last one when none is free. Reports it when that is not
    /// the first: all but the first of equal names, in document order, give way.
    pub(super) fn claim(
        &mut self,
        sink: &mut Sink,
        what: &Spanned<String>,
        case: Case,
        candidates: impl IntoIterator<Item = Vec<String>>,
    ) -> Ident {
        let (name, clash) = self.take(what, case, candidates);
        if let Some(clash) = clash {
            sink.report(clash);
        }
        name
    }

    /// Like [`Scope::claim`], for names that nobody calls.
    pub(super) fn claim_quietly(
        &mut self,
        what: &Spanned<String>,
        case: Case,
        candidates: impl IntoIterator<Item = Vec<String>>,
    ) -> Ident {
        self.take(what, case, candidates).0
    }

    fn take(
        &mut self,
        what: &Spanned<String>,
        case: Case,
        candidates: impl IntoIterator<Item = Vec<String>>,
    ) -> (Ident, Option<Diagnostic>) {
        let is_free = |text: &String| !self.taken.contains_key(&(self.form)(text));
        let (mut first, mut last) = (None, String::new());
        let mut texts = candidates.into_iter().map(|words| self.text(&words, case)).inspect(|text| {
            first.get_or_insert_with(|| text.clone());
            last.clone_from(text);
        });
        let name = texts.find(is_free);
        drop(texts);
        let first = first.unwrap_or_default();
        let mut numbered = (2..).map(|number| match case {
            Case::Pascal => format!("{last}{number}"),
            // A name that gave way to a keyword ends in an underscore already.
            Case::Snake | Case::Screaming => format!("{}_{number}", last.trim_end_matches('_')),
        });
        let name = name.or_else(|| numbered.find(is_free)).unwrap_or_else(|| last.clone());
        let clash = (name != first).then(|| {
            let other = self.taken.get(&(self.form)(&first));
            let other =
                other.and_then(|other| other.place.map(|place| (place, format!("this is named `{}`", other.name))));
            let like = if other.is_some() { " like another item" } else { ", which generated code needs itself" };
            let message = format!("`{}` would be named `{first}`{like}", what.value);
            let diagnostic = Diagnostic::new(Code::NameClash, what.span, message).label(format!("named `{name}`"));
            match other {
                Some((place, label)) => diagnostic.other(place, label),
                None => diagnostic,
            }
        });
        self.taken.insert((self.form)(&name), Taken { name: name.clone(), place: Some(what.span) });
        (Ident::new(name), clash)
    }

    fn text(&self, words: &[String], case: Case) -> String {
        let mut text = identifier(words, case);
        if self.keywords.contains(&text.as_str()) {
            text.push('_');
        }
        text
    }

    /// Gives the name of `x-rust-name`, or else [`Scope::claim`]s one.
    pub(super) fn claim_or(
        &mut self,
        sink: &mut Sink,
        given: Option<&Spanned<String>>,
        what: &Spanned<String>,
        case: Case,
        candidates: impl IntoIterator<Item = Vec<String>>,
    ) -> Ident {
        if let Some(given) = given.filter(|given| !is_free(&given.value)) {
            let message = format!("`{}` is no Rust identifier", given.value);
            sink.report(
                Diagnostic::new(Code::InvalidRustName, given.span, message)
                    .help("write a name of ASCII letters, digits and underscores that is no keyword"),
            );
        }
        let (name, clash) = match given.filter(|given| is_free(&given.value)) {
            Some(given) => self.take(given, case, [words(&given.value)]),
            None => self.take(what, case, candidates),
        };
        if let Some(clash) = clash {
            sink.report(clash.help("choose its name with `x-rust-name`"));
        }
        name
    }
}

/// The candidates for the name of a key: its words, then its words with the symbols spelled out.
pub(super) fn candidates(key: &str) -> impl Iterator<Item = Vec<String>> {
    std::iter::once_with(|| words(key)).chain(std::iter::once_with(|| spelled_out(key)))
}

/// Joins words to an identifier that is no keyword.
pub(super) fn identifier(words: &[String], case: Case) -> String {
    let mut name = match case {
        Case::Pascal => words.iter().map(|word| capitalized(word)).collect::<String>(),
        Case::Snake => words.join("_"),
        Case::Screaming => words.join("_").to_ascii_uppercase(),
    };
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, if case == Case::Snake { 'n' } else { 'N' });
    }
    if !is_free(&name) {
        name.push('_');
    }
    name
}

/// Whether a text is an identifier and no keyword of any edition.
fn is_free(name: &str) -> bool {
    let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word && !matches!(name.as_bytes(), [] | b"_" | [b'0'..=b'9', ..]) && KEYWORDS.binary_search(&name).is_err()
}

/// The words of a key, in lower case: at least one.
pub(super) fn words(key: &str) -> Vec<String> {
    let text = deunicode::deunicode_with_tofu_cow(key, " ");
    let mut words = split(&signed(&text));
    if words.is_empty() {
        words = spelled_out(key);
    }
    words
}

/// A sign before a digit tells `+1` from `-1`.
fn signed(text: &str) -> Cow<'_, str> {
    match text.as_bytes() {
        [b'+', b'0'..=b'9', ..] => format!("plus {}", &text[1..]).into(),
        [b'-', b'0'..=b'9', ..] => format!("minus {}", &text[1..]).into(),
        _ => text.into(),
    }
}

/// The words of a key with its symbols: no two keys that differ in symbols share them.
fn spelled_out(key: &str) -> Vec<String> {
    let mut text = String::new();
    for character in key.chars() {
        if let Some(name) = symbol(character) {
            text.extend([" ", name, " "]);
        } else if character.is_ascii_alphanumeric() {
            text.push(character);
        } else {
            let ascii = deunicode::deunicode_char(character).filter(|ascii| ascii.chars().any(char::is_alphanumeric));
            let code = format!(" u{:x} ", u32::from(character));
            text.push_str(ascii.unwrap_or(&code));
        }
    }
    let words = split(&text);
    if words.is_empty() { vec!["empty".to_owned()] } else { words }
}

fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "asterisk",
        '/' => "slash",
        '\\' => "backslash",
        '.' => "dot",
        ',' => "comma",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '%' => "percent",
        '&' => "and",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        ':' => "colon",
        ';' => "semicolon",
        '~' => "tilde",
        '^' => "caret",
        '|' => "or",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '\'' | '"' => "quote",
        '_' => "underscore",
        ' ' => "space",
        _ => return None,
    })
}

/// Splits at everything that is neither letter nor digit of ASCII, before a capital behind a small letter or digit
/// (`apiKey`), and before the last capital of several (`HTTPError`).
fn split(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let begins = |at: usize| {
        let previous = bytes[at - 1];
        bytes[at].is_ascii_uppercase()
            && (previous.is_ascii_lowercase()
                || previous.is_ascii_digit()
                || (previous.is_ascii_uppercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)))
    };
    let mut words = Vec::new();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let is_part = byte.is_ascii_alphanumeric();
        if start < at && (!is_part || begins(at)) {
            words.push(text[start..at].to_ascii_lowercase());
            start = at;
        }
        if !is_part {
            start = at + 1;
        }
    }
    if start < bytes.len() {
        words.push(text[start..].to_ascii_lowercase());
    }
    words
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

/// The words of an operation's name without what FastAPI adds to the name of the function: the path and the method, with
/// everything but word characters as `_`.
pub(super) fn without_fastapi_suffix<'id>(id: &'id str, path: &str, method: &str) -> &'id str {
    let word = |character: char| if character.is_alphanumeric() || character == '_' { character } else { '_' };
    let suffix = format!("{}_{}", path.chars().map(word).collect::<String>(), method.to_ascii_lowercase());
    match id.strip_suffix(&suffix) {
        Some(function) if !function.is_empty() => function,
        Some(_) | None => id,
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, identifier, without_fastapi_suffix, words};

    #[test]
    fn keys_give_these_names() {
        for (key, pascal, snake) in [
            ("HTTPValidationError", "HttpValidationError", "http_validation_error"),
            ("api-key.id", "ApiKeyId", "api_key_id"),
            ("type", "Type", "type_"),
            ("Self", "Self_", "self_"),
            ("crate", "Crate", "crate_"),
            ("async", "Async", "async_"),
            ("gen", "Gen", "gen_"),
            ("200", "N200", "n200"),
            ("2fa", "N2fa", "n2fa"),
            ("v3Beta1", "V3Beta1", "v3_beta1"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("*", "Asterisk", "asterisk"),
            ("", "Empty", "empty"),
            ("_", "Underscore", "underscore"),
            ("$ref", "Ref", "ref_"),
            ("状态", "ZhuangTai", "zhuang_tai"),
            ("größe", "Grosse", "grosse"),
            ("ключ", "Kliuch", "kliuch"),
            ("🦀", "Crab", "crab"),
            ("\u{e000}", "Ue000", "ue000"),
        ] {
            let words = words(key);
            assert_eq!(identifier(&words, Case::Pascal), pascal, "{key:?}");
            assert_eq!(identifier(&words, Case::Snake), snake, "{key:?}");
        }
    }

    #[test]
    fn exactly_the_fastapi_suffix_is_cut() {
        let path = "/v2/keys/{key_id}";
        for (id, expected) in [
            ("revoke_v2_keys__key_id__delete", "revoke"),
            ("revoke_v2_keys__key_id__get", "revoke_v2_keys__key_id__get"),
            ("revoke_v2_keys_key_id_delete", "revoke_v2_keys_key_id_delete"),
            ("_v2_keys__key_id__delete", "_v2_keys__key_id__delete"),
            ("revokeKey", "revokeKey"),
        ] {
            assert_eq!(without_fastapi_suffix(id, path, "DELETE"), expected);
        }
    }
}
