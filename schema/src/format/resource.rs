//! URIs and IRIs: RFC 3986 appendix A; with more characters, RFC 3987 section 2.2.

use std::net::Ipv6Addr;

use super::Alphabet;

/// `URI` or `IRI`: with a scheme.
pub(super) fn is_absolute(text: &str, alphabet: Alphabet) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    is_scheme(scheme) && is_rest(rest, alphabet)
}

/// `URI-reference` or `IRI-reference`: also without a scheme, where the first segment of a path has no colon.
pub(super) fn is_reference(text: &str, alphabet: Alphabet) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    if first.contains(':') { is_absolute(text, alphabet) } else { is_rest(text, alphabet) }
}

/// `scheme`, section 3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
}

/// What stands behind the scheme: authority and path, query, fragment.
fn is_rest(text: &str, alphabet: Alphabet) -> bool {
    let (text, fragment) = text.split_once('#').map_or((text, ""), |(before, fragment)| (before, fragment));
    let (hierarchy, query) = text.split_once('?').map_or((text, ""), |(before, query)| (before, query));
    let (authority, path) = match hierarchy.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", hierarchy),
    };
    let is_path = |character| is_pchar(character, alphabet) || character == '/';
    let is_query = |character| {
        is_path(character) || character == '?' || alphabet == Alphabet::International && is_private(character)
    };
    is_authority(authority, alphabet)
        && percent_encoded(path, is_path)
        && percent_encoded(query, is_query)
        && percent_encoded(fragment, |character| is_path(character) || character == '?')
}

/// `authority`, section 3.2.
fn is_authority(text: &str, alphabet: Alphabet) -> bool {
    let (user, host) = text.rsplit_once('@').map_or(("", text), |(user, host)| (user, host));
    let is_named = |character| is_unreserved(character, alphabet) || is_delimiter(character);
    // Colons stand in an address only within brackets.
    let port_at = match host.find(']') {
        Some(end) => end + 1,
        None => host.find(':').unwrap_or(host.len()),
    };
    let (host, port) = host.split_at(port_at);
    let is_host = match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(is_literal_address),
        None => percent_encoded(host, is_named),
    };
    let is_port = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => port.is_empty(),
    };
    is_host && is_port && percent_encoded(user, |character| is_named(character) || character == ':')
}

/// What stands in brackets: `IPv6address` or `IPvFuture`, section 3.2.2; with a zone, RFC 6874 section 2.
fn is_literal_address(text: &str) -> bool {
    let Some(future) = text.strip_prefix(['v', 'V']) else {
        let (address, zone) = text.split_once("%25").map_or((text, None), |(address, zone)| (address, Some(zone)));
        let is_zone = |zone: &str| {
            !zone.is_empty() && percent_encoded(zone, |character| is_unreserved(character, Alphabet::Ascii))
        };
        return address.parse::<Ipv6Addr>().is_ok() && zone.is_none_or(is_zone);
    };
    let is_in = |character| is_unreserved(character, Alphabet::Ascii) || is_delimiter(character) || character == ':';
    future.split_once('.').is_some_and(|(version, address)| {
        !version.is_empty()
            && version.bytes().all(|byte| byte.is_ascii_hexdigit())
            && !address.is_empty()
            && address.chars().all(is_in)
    })
}

/// Whether a text has only some characters, and others percent-encoded (section 2.1).
pub(super) fn percent_encoded(text: &str, is_in: impl Fn(char) -> bool) -> bool {
    let mut parts = text.split('%');
    let has_only = |part: &str| part.chars().all(&is_in);
    let is_encoded = |part: &str| {
        part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()) && has_only(&part[2..])
    };
    parts.next().is_none_or(has_only) && parts.all(is_encoded)
}

/// `pchar`, percent-encoding aside.
fn is_pchar(character: char, alphabet: Alphabet) -> bool {
    is_unreserved(character, alphabet) || is_delimiter(character) || matches!(character, ':' | '@')
}

/// `unreserved`, or `iunreserved`.
fn is_unreserved(character: char, alphabet: Alphabet) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '-' | '.' | '_' | '~')
        || alphabet == Alphabet::International && is_unicode(character)
}

/// `sub-delims`.
fn is_delimiter(character: char) -> bool {
    "!$&'()*+,;=".contains(character)
}

/// `ucschar`, RFC 3987 section 2.2.
pub(super) fn is_unicode(character: char) -> bool {
    match character {
        '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' | '\u{e1000}'..='\u{efffd}' => true,
        '\u{10000}'..='\u{dffff}' => u32::from(character) & 0xffff <= 0xfffd,
        _ => false,
    }
}

/// `iprivate`, RFC 3987 section 2.2.
pub(super) fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}
