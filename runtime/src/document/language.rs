//! Which language a client gets: `Accept-Language` (RFC 9110 section 12.5.4) by Lookup (RFC 4647 section 3.4).

use std::cmp::Reverse;
use std::iter::successors;

use http::HeaderValue;

/// A language range and how much it is wanted, in thousandths; 0 means not at all.
struct Range<'a> {
    tag: &'a str,
    quality: u16,
}

/// The language to answer in: one of `languages`, whose first is the base and the answer to everything else.
///
/// Ranges are tried by falling quality, in the order sent where that is equal; each is shortened from its end until it
/// names a language. `*` is the base. A range of quality 0 excludes what it names. Malformed parts are ignored.
pub(crate) fn negotiate<'a>(
    fields: impl IntoIterator<Item = &'a HeaderValue>,
    languages: &'static [&'static str],
) -> &'static str {
    let base = languages.first().copied().unwrap_or_default();
    if languages.len() < 2 {
        return base;
    }
    let fields = fields.into_iter().filter_map(|field| field.to_str().ok());
    let mut ranges: Vec<_> = fields.flat_map(|field| field.split(',')).filter_map(parse).collect();
    ranges.sort_by_key(|range| Reverse(range.quality));
    let excluded: Vec<_> = ranges.iter().filter(|range| range.quality == 0).map(|range| range.tag).collect();
    let is_open = |language: &&str| !excluded.iter().any(|range| matches(range, language));
    let mut wanted = ranges.iter().filter(|range| range.quality > 0);
    wanted.find_map(|range| look_up(range.tag, languages, is_open)).unwrap_or(base)
}

/// A tag and the shorter ones it falls back to (RFC 4647 section 3.4): `zh-Hant-TW`, `zh-Hant`, `zh`.
pub(crate) fn fallbacks(tag: &str) -> impl Iterator<Item = &str> {
    successors(Some(tag), |tag| {
        let shorter = tag.rsplit_once('-')?.0;
        // A single letter or digit only introduces what followed it, and goes as well.
        match shorter.rsplit_once('-') {
            Some((shortest, last)) if last.len() == 1 => Some(shortest),
            _ => Some(shorter),
        }
    })
}

fn look_up(range: &str, languages: &'static [&'static str], is_open: impl Fn(&&str) -> bool) -> Option<&'static str> {
    let mut open = languages.iter().copied().filter(|language| is_open(language));
    if range == "*" {
        return open.next();
    }
    let open: Vec<_> = open.collect();
    fallbacks(range).find_map(|tag| open.iter().copied().find(|language| language.eq_ignore_ascii_case(tag)))
}

/// Basic filtering (RFC 4647 section 3.3.1): `zh` names `zh-Hant` too. A `*` excludes nothing that is named elsewhere.
fn matches(range: &str, language: &str) -> bool {
    let (start, rest) = language.split_at_checked(range.len()).unwrap_or((language, "-"));
    start.eq_ignore_ascii_case(range) && (rest.is_empty() || rest.starts_with('-'))
}

/// `de-CH`, `de;q=0.5`, `*`; `None` for anything else.
fn parse(part: &str) -> Option<Range<'_>> {
    let (tag, weight) = match part.split_once(';') {
        Some((tag, weight)) => (tag, Some(weight)),
        None => (part, None),
    };
    let tag = tag.trim_matches([' ', '\t']);
    let quality = match weight {
        Some(weight) => quality(weight.trim_matches([' ', '\t']))?,
        None => 1000,
    };
    is_range(tag).then_some(Range { tag, quality })
}

/// A language range (RFC 4647 section 2.1): `*`, or subtags of 1 to 8 letters, after the first also digits.
fn is_range(tag: &str) -> bool {
    let is_subtag = |subtag: &str, first: bool| {
        (1..=8).contains(&subtag.len())
            && subtag.bytes().all(|byte| byte.is_ascii_alphabetic() || !first && byte.is_ascii_digit())
    };
    tag == "*" || tag.split('-').enumerate().all(|(index, subtag)| is_subtag(subtag, index == 0))
}

/// A weight (RFC 9110 section 12.4.2) in thousandths: from 0 to 1 with at most three decimals.
fn quality(weight: &str) -> Option<u16> {
    let number = weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}
