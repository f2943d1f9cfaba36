//! Email addresses: `Mailbox` of RFC 5321 section 4.1.2; with more characters, of RFC 6531 section 3.3.
//!
//! The grammar sets no lengths, and RFC 5321 section 4.5.3.1 asks for implementations without limits, so there are none.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Alphabet, host};

/// `Mailbox`.
pub(super) fn is_mailbox(text: &str, alphabet: Alphabet) -> bool {
    // No domain has an `@`, and a quoted local part may.
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    is_local_part(local, alphabet) && is_domain(domain, alphabet)
}

/// `Local-part`.
fn is_local_part(text: &str, alphabet: Alphabet) -> bool {
    match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').is_some_and(|content| is_quoted(content, alphabet)),
        None => text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(|c| is_atext(c, alphabet))),
    }
}

/// `atext` of RFC 5322 section 3.2.3.
fn is_atext(character: char, alphabet: Alphabet) -> bool {
    character.is_ascii_alphanumeric()
        || "!#$%&'*+-/=?^_`{|}~".contains(character)
        || alphabet == Alphabet::International && !character.is_ascii()
}

/// `*QcontentSMTP`: `\` stands before any printable character, the others stand for themselves.
fn is_quoted(text: &str, alphabet: Alphabet) -> bool {
    let is_printable = |character: char| {
        matches!(character, ' '..='~') || alphabet == Alphabet::International && !character.is_ascii()
    };
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let fits = match character {
            '\\' => characters.next().is_some_and(|escaped| matches!(escaped, ' '..='~')),
            '"' => false,
            other => is_printable(other),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// `Domain` or `address-literal`.
fn is_domain(text: &str, alphabet: Alphabet) -> bool {
    match text.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(is_address),
        None => text.split('.').all(|label| host::is_label(label, alphabet)),
    }
}

/// RFC 5321 section 4.1.3: IPv4, `IPv6:`, or another tag and its content.
fn is_address(text: &str) -> bool {
    let Some((tag, content)) = text.split_once(':') else { return text.parse::<Ipv4Addr>().is_ok() };
    if tag.eq_ignore_ascii_case("IPv6") {
        return content.parse::<Ipv6Addr>().is_ok();
    }
    host::is_label(tag, Alphabet::Ascii)
        && !content.is_empty()
        && content.chars().all(|character| matches!(character, '!'..='Z' | '^'..='~'))
}
