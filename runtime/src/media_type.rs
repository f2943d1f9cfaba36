//! Media types (RFC 9110 section 8.3.1), as far as matching a `Content-Type` needs them.

/// Whether a `Content-Type` is one of the media types or ranges (`application/*`) that an operation declares.
///
/// Parameters do not count, but for `charset`: only UTF-8 can be read.
pub(crate) fn is_accepted(content_type: &str, declared: &[&str]) -> bool {
    let mut parts = content_type.split(';').map(trim);
    let Some((kind, subtype)) = parts.next().and_then(|essence| essence.split_once('/')) else { return false };
    let matches = |range: &&str| {
        let range = range.split(';').next().map(trim).unwrap_or_default();
        range
            .split_once('/')
            .is_some_and(|(range_kind, range_subtype)| covers(range_kind, kind) && covers(range_subtype, subtype))
    };
    parts.all(is_readable) && declared.iter().any(matches)
}

/// `*` and `*+json` stand for any name with that ending.
fn covers(range: &str, name: &str) -> bool {
    let Some(ending) = range.strip_prefix('*') else { return range.eq_ignore_ascii_case(name) };
    let ending_of = name.len().checked_sub(ending.len()).and_then(|at| name.get(at..));
    ending_of.is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

fn is_readable(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return true };
    !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
}

/// Without optional whitespace (RFC 9110 section 5.6.3).
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}
