//! What a page says to people: its Markdown enters, lead and prose leave, and the statuses and permissions that they name.
//!
//! Names of permissions are found below headings that are about permissions, in the languages that sites have. The one rule:
//! what is a status in a description of a document is one here.

use std::collections::BTreeSet;

use crate::page::markdown;
use crate::prose::mentions;

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
    mentions(text).into_iter().map(|mention| mention.status).collect()
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
    use super::prose;

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
