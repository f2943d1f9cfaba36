//! Strings: patterns, formats and lengths enter, strings to try leave.

use stubwright_schema::arena::{Domain, Engine};

use crate::example::facts::Facts;
use crate::example::{format, pattern};

/// Characters, at most: a schema may ask for more than anybody wants to read.
const LONGEST: usize = 100_000;

/// Strings to try, the best first.
pub(super) fn candidates(facts: &Facts<'_>, seed: usize) -> Vec<String> {
    let least = facts.lengths.iter().filter_map(|length| length.minimum).max().unwrap_or(0);
    let most = facts.lengths.iter().filter_map(|length| length.maximum).min().unwrap_or(u64::MAX);
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if least > LONGEST {
        return Vec::new();
    }
    let formats = facts.formats.iter().copied().chain(facts.domains.iter().filter_map(|domain| named(*domain)));
    let mut found: Vec<String> = formats.filter_map(|name| format::text(name, seed, least, most)).collect();
    for pattern in &facts.patterns {
        let lengths = if least == 0 { vec![] } else { vec![least] };
        // The first match may be what another keyword excludes.
        for text in (seed..seed + 3).flat_map(|seed| pattern::matches(pattern, seed, &lengths)) {
            found.push(padded(text.clone(), least));
            found.push(text);
        }
        // What looks ahead mostly asks for one of each kind of characters.
        if pattern.engine == Engine::Backtracking {
            let mixed: String = "aA1!bB2?cC3-".chars().cycle().take(least.max(12).min(most)).collect();
            found.push(mixed);
        }
    }
    found.push(plain(seed, least, most));
    // Each of the characters that patterns ask for most.
    found.extend(["a", "A", "1", " ", "-"].map(|text| padded(text.to_owned(), least)));
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    let mut seen = std::collections::HashSet::new();
    found.retain(|text| fits(text) && seen.insert(text.clone()));
    found
}

/// A word, another one for each seed.
pub(super) fn word(word: &str, seed: usize) -> String {
    if seed == 0 { word.to_owned() } else { format!("{word}{}", seed + 1) }
}

/// A text of a length that nothing else is said of.
fn plain(seed: usize, least: usize, most: usize) -> String {
    let text = word("text", seed);
    if text.len() <= most {
        return padded(text, least);
    }
    // The digits tell one seed from another.
    let digits = format!("{}", (b'a' + u8::try_from(seed % 26).unwrap_or(0)) as char) + &(seed / 26).to_string();
    padded(digits.chars().take(most).collect(), least)
}

fn padded(text: String, least: usize) -> String {
    let missing = least.saturating_sub(text.chars().count());
    let fill = text.chars().last().unwrap_or('a');
    text + &fill.to_string().repeat(missing)
}

/// The format that a Rust type enforces.
fn named(domain: Domain) -> Option<&'static str> {
    match domain {
        Domain::Integers(..) | Domain::F32 | Domain::F64 => None,
        Domain::Uuid => Some("uuid"),
        Domain::DateTime => Some("date-time"),
        Domain::Date => Some("date"),
        Domain::Ipv4 => Some("ipv4"),
        Domain::Ipv6 => Some("ipv6"),
        Domain::Base64 => Some("byte"),
    }
}
