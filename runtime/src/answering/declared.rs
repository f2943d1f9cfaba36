//! The answers that a document declares, as constants of generated code.

use std::fmt;

use http::StatusCode;

use crate::accept::Accept;

/// An answer that the document declares: for which status, and of which media types its body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    status: Statuses,
    /// Nothing where the document declares no body.
    media_types: &'static [&'static str],
}

/// Which statuses an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Statuses {
    /// One.
    Code(StatusCode),
    /// Those that begin with this digit.
    Range(u8),
    /// Those that nothing else is declared for.
    Default,
}

impl Declared {
    /// An answer for a status as the document writes it: `200`, `4XX` or `default`.
    ///
    /// # Panics
    /// When it is none of them: generated code has no other.
    pub const fn new(status: &'static str, media_types: &'static [&'static str]) -> Self {
        let status = match status.as_bytes() {
            [hundreds @ b'1'..=b'9', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
                let code = (*hundreds - b'0') as u16 * 100 + (*tens - b'0') as u16 * 10 + (*ones - b'0') as u16;
                match StatusCode::from_u16(code) {
                    Ok(code) => Statuses::Code(code),
                    Err(_) => panic!("a status is a number from 100 to 999"),
                }
            }
            [class @ b'1'..=b'5', b'X', b'X'] => Statuses::Range(*class - b'0'),
            b"default" => Statuses::Default,
            _ => panic!("a status is a number of three digits, a range, or `default`"),
        };
        Self { status, media_types }
    }

    /// The one status that it is for.
    ///
    /// # Panics
    /// When it is for several: then the handler says which.
    pub const fn code(self) -> StatusCode {
        match self.status {
            Statuses::Code(code) => code,
            Statuses::Range(_) | Statuses::Default => panic!("the handler chooses the status"),
        }
    }

    /// Whether it is for a status. What else is declared for it does not matter.
    pub(crate) fn has(self, status: StatusCode) -> bool {
        match self.status {
            Statuses::Code(code) => code == status,
            Statuses::Range(class) => status.as_u16() / 100 == u16::from(class),
            Statuses::Default => true,
        }
    }

    /// Whether it is for a status of success, 2xx.
    fn is_success(self) -> bool {
        match self.status {
            Statuses::Code(code) => code.is_success(),
            Statuses::Range(class) => class == 2,
            Statuses::Default => false,
        }
    }
}

impl fmt::Display for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Statuses::Code(code) => f.write_str(code.as_str()),
            Statuses::Range(class) => write!(f, "{class}XX"),
            Statuses::Default => f.write_str("default"),
        }
    }
}

/// Whether a client accepts what an operation answers when it succeeds. An answer without a declared body suits everybody.
///
/// `default` is the answer of success where no other is.
pub(crate) fn is_acceptable(declared: &[Declared], accept: &Accept) -> bool {
    if accept.is_any() {
        return true;
    }
    let has_success = declared.iter().any(|answer| answer.is_success());
    let is_success = |answer: &&Declared| answer.is_success() || !has_success && answer.status == Statuses::Default;
    let mut successes = declared.iter().filter(is_success).peekable();
    let suits = |answer: &Declared| {
        answer.media_types.is_empty() || answer.media_types.iter().any(|media_type| accept.quality(media_type) > 0)
    };
    successes.peek().is_none() || successes.any(suits)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, StatusCode, header};

    use super::{Declared, is_acceptable};
    use crate::accept::Accept;

    #[test]
    fn only_what_success_is_of_must_be_acceptable() {
        let json = |status| Declared::new(status, &["application/json"]);
        let text = |status| Declared::new(status, &["text/plain"]);
        let nothing = |status| Declared::new(status, &[]);
        for (declared, field, expected) in [
            (vec![json("200")], "application/json", true),
            (vec![json("200")], "text/plain", false),
            (vec![json("200"), text("404")], "text/plain", false),
            (vec![json("200"), text("default")], "text/plain", false),
            (vec![json("200"), text("299")], "text/plain", true),
            (vec![json("200"), nothing("204")], "text/plain", true),
            (vec![json("200"), nothing("302")], "text/plain", false),
            (vec![json("2XX")], "text/plain", false),
            (vec![json("4XX"), json("default")], "text/plain", false),
            (vec![json("4XX"), text("default")], "text/plain", true),
            (vec![json("404")], "text/plain", true),
            (vec![], "text/plain", true),
            (vec![Declared::new("200", &["image/*"])], "image/png", true),
            (vec![Declared::new("200", &["image/*"])], "text/plain", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(field))]);
            assert_eq!(is_acceptable(&declared, &Accept::of(&headers)), expected, "{declared:?} for {field}");
        }
    }

    #[test]
    fn a_declared_answer_has_its_statuses() {
        let status = |code| StatusCode::from_u16(code).expect("a status");
        for (declared, code, expected) in
            [("404", 404, true), ("404", 405, false), ("4XX", 499, true), ("4XX", 500, false), ("default", 200, true)]
        {
            assert_eq!(Declared::new(declared, &[]).has(status(code)), expected, "{declared} {code}");
            assert_eq!(Declared::new(declared, &[]).to_string(), declared);
        }
        assert_eq!(Declared::new("499", &[]).code(), status(499));
    }
}
