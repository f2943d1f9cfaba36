//! Which of the declared media types a body is of, by its `Content-Type` (RFC 9110 section 8.3).

use http::{HeaderMap, header};

use super::{BodyKind, Syntax};
use crate::incoming::unsupported;
use crate::media_type::{parameter, range_rank};
use crate::rejection::Rejection;

/// The kind of a body.
pub(crate) struct Chosen {
    /// Which of the accepted kinds.
    pub(crate) index: usize,
    pub(crate) content_type: Option<String>,
}

/// Finds the kind of a body; 415 if it is none. The narrowest range decides, of equals the first. A body without a
/// `Content-Type` is of the only kind, or JSON.
pub(crate) fn choose(headers: &HeaderMap, accepts: &[BodyKind]) -> Result<Chosen, Rejection> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let refused = || {
        let declared: Vec<&str> = accepts.iter().flat_map(|accept| accept.media_types).copied().collect();
        unsupported(&declared)
    };
    let Some(sent) = types.next() else {
        let is_json = |accept: &BodyKind| accept.syntax == Syntax::Json;
        let index = if accepts.len() == 1 { Some(0) } else { accepts.iter().position(is_json) };
        return index.map(|index| Chosen { index, content_type: None }).ok_or_else(refused);
    };
    let sent = sent.to_str().ok().filter(|_| types.next().is_none()).ok_or_else(refused)?;
    let ranked = accepts.iter().enumerate().flat_map(|(index, accept)| {
        accept.media_types.iter().filter_map(move |declared| Some((rank(sent, declared, accept.syntax)?, index)))
    });
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, index)| Chosen { index, content_type: Some(sent.to_owned()) }).ok_or_else(refused)
}

/// How narrowly a declared media type or range fits. Of the parameters only `charset` counts: where the declared one has
/// none, only UTF-8 can be read as text.
fn rank(sent: &str, declared: &str, syntax: Syntax) -> Option<u8> {
    /// That of a media type that is no range.
    const NARROWEST: u8 = 3;
    // What almost every client sends.
    if sent == declared && !declared.contains('*') {
        return Some(NARROWEST);
    }
    let charset = parameter(sent, "charset");
    let is_readable = match (charset, parameter(declared, "charset")) {
        (None, _) => true,
        (Some(sent), Some(declared)) => sent.eq_ignore_ascii_case(&declared),
        (Some(sent), None) => {
            syntax == Syntax::Bytes || ["utf-8", "us-ascii"].iter().any(|known| sent.eq_ignore_ascii_case(known))
        }
    };
    range_rank(sent, declared).filter(|_| is_readable)
}
