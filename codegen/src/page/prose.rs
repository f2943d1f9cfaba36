//! What a page says to people: its Markdown enters, lead and prose leave, and the statuses and permissions that they name.
//!
//! Names of permissions are found below headings that are about permissions, in the languages that sites have. The one rule: a
//! number is a status only if it is one of HTTP and no part of a longer number or word.

use std::collections::BTreeSet;

use http::StatusCode;

use crate::page::markdown;

/// What a page says to people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The quoted paragraphs below the title, in Markdown.
    pub lead: String,
    /// Everything else before the block, in Markdown.
    pub text: String,
    /// The statuses of errors that both name.
    pub statuses: BTreeSet<u16>,
    /// The permissions that they name, in the order of the page.
    pub permissions: Vec<String>,
}

/// Reads what stands between a page's title and its block.
pub(super) fn prose(body: &str) -> Prose {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let quoted = lines[start..].iter().take_while(|line| line.starts_with('>')).count();
    let (lead, rest) = lines[start..].split_at(quoted);
    let unquoted = |line: &&str| line[1..].strip_prefix(' ').unwrap_or(&line[1..]).to_owned();
    let lead: Vec<String> = lead.iter().map(unquoted).collect();
    let lead = lead.join("\n").trim().to_owned();
    let text = rest.join("\n").trim_matches('\n').to_owned();
    let mut statuses = statuses(&lead);
    statuses.extend(self::statuses(&text));
    let permissions = permissions(&format!("{lead}\n\n{text}"));
    Prose { lead, text, statuses, permissions }
}

/// The statuses of errors that a text names.
pub(super) fn statuses(text: &str) -> BTreeSet<u16> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/$#%".contains(&byte);
    let bytes = text.as_bytes();
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices(['4', '5']) {
        let (before, digits) = (&bytes[..at], bytes.get(at..at + 3).unwrap_or_default());
        let after = &bytes[(at + 3).min(bytes.len())..];
        let begins = match before {
            [.., digit, b'.' | b','] => !digit.is_ascii_digit(),
            [.., last] => !is_part(*last),
            [] => true,
        };
        let ends = match after {
            [b'.' | b',', digit, ..] => !digit.is_ascii_digit(),
            [next, ..] => !is_part(*next) && *next != b'+',
            [] => true,
        };
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        let status = number.filter(|_| begins && ends).and_then(|number| StatusCode::from_u16(number).ok());
        found.extend(status.filter(|status| status.canonical_reason().is_some()).map(|status| status.as_u16()));
    }
    found
}

/// Beginnings of the word for permission, in lower case.
const WORDS: [&str; 17] = [
    "permiss",
    "berechtigung",
    "autorisation",
    "permiso",
    "permess",
    "autorizz",
    "权限",
    "權限",
    "権限",
    "권한",
    "разрешен",
    "uprawnien",
    "oprávnění",
    "behörighet",
    "machtiging",
    "tillatels",
    "jogosultság",
];

fn is_about_permissions(text: &str) -> bool {
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// The code spans below a heading about permissions, and `word:word` in a line that speaks of one.
fn permissions(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut in_section, mut in_anchor, mut fence) = (false, false, None::<usize>);
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some((ticks, _)) = markdown::opening_fence(line).or_else(|| fence.map(|ticks| (ticks, 0))) {
            let closes = fence.is_some() && trimmed.len() >= ticks && trimmed.bytes().all(|byte| byte == b'`');
            fence = if closes { None } else { fence.or(Some(ticks)) };
            continue;
        }
        // A translated heading stands within `<div id="permissions">`, the name that its link has.
        if let Some(tag) = trimmed.strip_prefix("<div ") {
            in_anchor = tag.to_lowercase().contains("permission");
        } else if trimmed.starts_with('#') {
            in_section = in_anchor || is_about_permissions(trimmed);
            in_anchor = false;
        } else if in_section {
            found.extend(markdown::code_spans(line).map(|span| span.trim().to_owned()));
        }
        if is_about_permissions(trimmed) {
            found.extend(line.split(is_no_scope).filter(|word| is_scope(word)).map(str::to_owned));
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|name| seen.insert(name.clone()));
    found
}

fn is_no_scope(character: char) -> bool {
    !character.is_ascii_alphanumeric() && !":_-".contains(character)
}

/// `organization:manage`
fn is_scope(word: &str) -> bool {
    let part = |part: &str| part.starts_with(|first: char| first.is_ascii_lowercase());
    word.split_once(':').is_some_and(|(one, other)| part(one) && part(other))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{prose, statuses};

    #[test]
    fn statuses_are_told_from_other_numbers() {
        for (text, expected) in [
            ("Returns 404 if the key is not found, and 409.", &[404, 409][..]),
            ("找不到密钥时返回404，已吊销时返回 409。", &[404, 409]),
            ("**403**/`422`: (429)", &[403, 429, 422]),
            ("404.5 4040 v404 404px #404 1,404 1.404 2404 404-page 400% 500+ 450 499", &[]),
            ("up to 404, 405. And 500", &[404, 405, 500]),
            ("4", &[]),
            ("5€4", &[]),
        ] {
            assert_eq!(statuses(text), expected.iter().copied().collect::<BTreeSet<u16>>(), "{text}");
        }
    }

    #[test]
    fn permissions_stand_below_their_heading_in_any_language() {
        let body = "\n> Lead `a`.\n> More.\n\nText `b`.\n\n<div id=\"permissions\">\n  ## Rechte\n</div>\n\nNeeds `One` or `Two`.\n\n\
                    ```\n`c`\n```\n\n## Other\n\n`d`\n\n### 必要な権限\n\n`One`, `Three`\n";
        let read = prose(body);
        assert_eq!(read.lead, "Lead `a`.\nMore.");
        assert!(read.text.starts_with("Text `b`.") && read.text.ends_with("`Three`"), "{}", read.text);
        assert_eq!(read.permissions, ["One", "Two", "Three"]);
        assert_eq!(prose("> Requires organization:manage permission: now.").permissions, ["organization:manage"]);
        assert_eq!(prose(""), super::Prose::default());
    }
}
