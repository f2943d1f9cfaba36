//! Host names: RFC 1123 section 2.1; with U-labels, RFC 5890 section 2.3.2.
//!
//! More lenient than the RFCs where only tables of Unicode tell: whether a code point is `PVALID` (RFC 5892), whether
//! Punycode decodes, and the Bidi rule. A hyphen may stand anywhere within a label, as it does in names that are in use.

use super::Alphabet;

/// The longest name, in octets as DNS carries it without the root: RFC 1035 section 2.3.4.
const LONGEST: usize = 253;

/// The longest label, in octets: RFC 1035 section 2.3.4.
const LONGEST_LABEL: usize = 63;

/// A host name.
pub(super) fn is_name(text: &str, alphabet: Alphabet) -> bool {
    let is_dot = |character| match alphabet {
        Alphabet::Ascii => character == '.',
        // RFC 3490 section 3.1 (1): input methods write these for a dot.
        Alphabet::International => matches!(character, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}'),
    };
    // The octets of U-labels are those of their Punycode, which is not made here.
    let fits = !text.is_ascii() || text.len() <= LONGEST;
    fits && text.split(is_dot).all(|label| {
        is_label(label, alphabet) && (!label.is_ascii() || label.len() <= LONGEST_LABEL) && is_contextual(label)
    })
}

/// `sub-domain` of RFC 5321 section 4.1.2, and RFC 1123 section 2.1: letters and digits, hyphens between them.
pub(super) fn is_label(text: &str, alphabet: Alphabet) -> bool {
    let is_in =
        |character: char| character.is_ascii_alphanumeric() || character == '-' || alphabet.has_beyond_ascii(character);
    !text.is_empty() && !text.starts_with('-') && !text.ends_with('-') && text.chars().all(is_in)
}

/// What RFC 5892 says without tables: section 2.6 (exceptions) and appendix A (context).
fn is_contextual(label: &str) -> bool {
    let characters: Vec<char> = label.chars().collect();
    let is_any = |range: std::ops::RangeInclusive<char>| characters.iter().any(|character| range.contains(character));
    let fits = |(at, &character): (usize, &char)| {
        let before = at.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(at + 1).copied();
        match character {
            '\u{b7}' => before == Some('l') && after == Some('l'),
            '\u{375}' => after.is_some_and(|after| matches!(after, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')),
            '\u{5f3}' | '\u{5f4}' => before.is_some_and(|before| matches!(before, '\u{590}'..='\u{5ff}')),
            '\u{30fb}' => {
                is_any('\u{3041}'..='\u{309f}')
                    || is_any('\u{30a1}'..='\u{30fa}')
                    || is_any('\u{30fc}'..='\u{30ff}')
                    || is_any('\u{3005}'..='\u{3007}')
                    || is_any('\u{3400}'..='\u{9fff}')
                    || is_any('\u{20000}'..='\u{3ffff}')
            }
            '\u{660}'..='\u{669}' => !is_any('\u{6f0}'..='\u{6f9}'),
            '\u{640}' | '\u{7fa}' | '\u{302e}' | '\u{302f}' | '\u{3031}'..='\u{3035}' | '\u{303b}' => false,
            _ => true,
        }
    };
    characters.iter().enumerate().all(fits)
}
