//! Expressions that are too long for a line: one line enters, several leave, as rustfmt would break them.
//!
//! The one rule: a chain of calls is broken before its calls, a list within brackets at its items, from the outside in.

use crate::emit::text::{TABLE_WIDTH, put, width};

/// The text, broken where it is too long for a line of its own that is indented by `indent`. The comma or semicolon behind
/// it counts.
pub(super) fn fold(text: &str, indent: usize) -> String {
    if indent + width(text) < TABLE_WIDTH || text.contains('\n') {
        return text.to_owned();
    }
    let links = links(text);
    if links.len() < 2 {
        return items(text, indent);
    }
    let (first, calls) = links.split_at(1);
    let calls = calls.iter().map(|call| format!("\n{:1$}{2}", "", indent + 4, items(call, indent + 4)));
    let first = if indent + width(first[0]) < TABLE_WIDTH { first[0].to_owned() } else { items(first[0], indent) };
    std::iter::once(first).chain(calls).collect()
}

/// Breaks a text at the items of the outermost brackets that hold several.
fn items(text: &str, indent: usize) -> String {
    if indent + width(text) < TABLE_WIDTH {
        return text.to_owned();
    }
    let Some((open, close)) = brackets(text) else { return text.to_owned() };
    let (lead, inner, trail) = (&text[..=open], &text[open + 1..close], &text[close..]);
    let parts = split(inner.trim());
    match parts.as_slice() {
        [] => text.to_owned(),
        // `(&[..])`: what is within counts.
        [single] if brackets(single).is_some() && inner.trim() == *single && !inner.starts_with(' ') => {
            format!("{lead}{}{trail}", items(single, indent))
        }
        parts => {
            let mut out = lead.to_owned();
            let mut column = usize::MAX;
            for part in parts {
                let part = fold(part, indent + 4);
                let taken = width(&part) + 2;
                if part.contains('\n') || column.saturating_add(taken) > TABLE_WIDTH {
                    put!(&mut out, "\n{:1$}{part},", "", indent + 4);
                    column = if part.contains('\n') { usize::MAX } else { indent + 3 + taken };
                } else {
                    put!(&mut out, " {part},");
                    column += taken;
                }
            }
            put!(&mut out, "\n{:indent$}{trail}", "");
            out
        }
    }
}

/// A chain of calls: what it begins with, and each call of a method of it.
fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut start = 0;
    let mut after_call = false;
    for (at, character, depth) in scan(text) {
        if depth == 0 && character == '.' && after_call {
            links.push(&text[start..at]);
            start = at;
        }
        after_call = depth == 0 && character == ')';
    }
    links.push(&text[start..]);
    links
}

/// The parts between the commas outside of all brackets.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, character, depth) in scan(text) {
        if depth == 0 && character == ',' {
            parts.push(text[start..at].trim());
            start = at + 1;
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The places of the longest pair of outermost brackets.
fn brackets(text: &str) -> Option<(usize, usize)> {
    let mut open = None;
    let mut longest: Option<(usize, usize)> = None;
    for (at, character, depth) in scan(text) {
        match character {
            '(' | '[' | '{' if depth == 1 => open = Some(at),
            ')' | ']' | '}' if depth == 0 => {
                let pair = open.map(|open| (open, at));
                longest =
                    pair.filter(|(open, close)| longest.is_none_or(|(from, to)| close - open > to - from)).or(longest);
            }
            _ => {}
        }
    }
    longest
}

/// The characters outside of literals of strings, with how many brackets are open behind each.
fn scan(text: &str) -> Vec<(usize, char, usize)> {
    let mut found = Vec::new();
    let (mut depth, mut within, mut escaped) = (0_usize, false, false);
    for (at, character) in text.char_indices() {
        if within {
            within = escaped || character != '"';
            escaped = !escaped && character == '\\';
            continue;
        }
        match character {
            '"' => within = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        found.push((at, character, depth));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn long_expressions_are_broken_from_the_outside_in() {
        let short = "Query(\"a, b\").check(&SCHEMAS, 1)";
        assert_eq!(fold(short, 4), short);
        let form = "PropertyForm::Styled { style: Style::Form, explode: false, shape: Shape::List }";
        let long = format!(
            "body: required FormBody::new(&[\"a\"], &SCHEMAS, 2).encoding(&[(\"b\", {form}), (\"c)\", {form})]).checked()"
        );
        let expected = format!(
            "body: required FormBody::new(&[\"a\"], &SCHEMAS, 2)\n        .encoding(&[\n            (\"b\", {form}),\n            \
             (\"c)\", {form}),\n        ])\n        .checked()"
        );
        assert_eq!(fold(&long, 4), expected);
        let pairs: Vec<String> = (400..420).map(|status| format!("({status}, X)")).collect();
        let folded = fold(&format!(".errors(&[{}])", pairs.join(", ")), 4);
        let lines: Vec<&str> = folded.lines().collect();
        assert_eq!((lines[0], lines[lines.len() - 1]), (".errors(&[", "    ])"));
        assert!(lines[1].starts_with("        (400, X), (401, X), ") && lines.len() == 4, "{folded}");
        assert!(lines.iter().all(|line| line.len() <= 120), "{folded}");
        let text = format!("\"{}\"", "x".repeat(200));
        assert_eq!(fold(&text, 4), text, "a literal is never broken");
    }
}
