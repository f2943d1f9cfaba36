//! A query that selects nothing enters, where it stops and what is there instead leaves.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::overlay::Target;
use crate::overlay::target::{parse, quoted, shown, step};
use crate::overlay::tree::{Step, Tree};

/// Keys that are shown, at most.
const SHOWN: usize = 4;

/// Reports a query that selects nothing.
pub(super) fn unmatched(tree: &Tree, target: &Target) -> Diagnostic {
    let message = format!("`{}` selects nothing", shown(&target.text));
    let segments = segments(&target.text);
    let before = |index: usize| if index == 0 { "$" } else { &target.text[..segments[index - 1].end] };
    // What selects something does so without its last segment, too: the first segment with which nothing is selected.
    let (mut reaching, mut beyond) = (0, segments.len());
    while reaching + 1 < beyond {
        let middle = reaching.midpoint(beyond);
        *if reached(tree, before(middle)).is_empty() { &mut beyond } else { &mut reaching } = middle;
    }
    if let Some(segment) = segments.get(reaching) {
        let before = before(reaching);
        let nodes = reached(tree, before);
        let diagnostic = Diagnostic::new(Code::UnmatchedTarget, target.narrowed(segment.clone()), message);
        let diagnostic =
            diagnostic.label(format!("nothing here, where `{}` is {}", shown(before), what_is_there(&nodes)));
        let segment = &target.text[segment.clone()];
        let keys = if segment.trim().starts_with("..") { keys_below(&nodes) } else { keys(&nodes).collect() };
        return match name(segment).and_then(|wanted| nearest(&wanted, keys)) {
            Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
            None => diagnostic,
        };
    }
    Diagnostic::new(Code::UnmatchedTarget, target.span, message)
}

fn reached<'tree>(tree: &'tree Tree, query: &str) -> Vec<&'tree Node> {
    let Some(query) = parse(query).ok().or_else(|| quoted(query).map(|(query, _)| query)) else { return Vec::new() };
    let located = query.query_located(tree.value());
    let path = |location: &serde_json_path::NormalizedPath<'_>| -> Vec<Step> { location.iter().map(step).collect() };
    located.iter().filter_map(|node| tree.at(&path(node.location()))).collect()
}

fn what_is_there(nodes: &[&Node]) -> String {
    let [node] = nodes else { return format!("{} nodes", nodes.len()) };
    match &node.value {
        Value::Mapping(entries) if entries.is_empty() => "an empty object".to_owned(),
        Value::Mapping(entries) => {
            let mut keys: Vec<String> =
                entries.iter().take(SHOWN).map(|entry| format!("`{}`", entry.key.text)).collect();
            if entries.len() > SHOWN {
                keys.push(format!("{} more", entries.len() - SHOWN));
            }
            format!("an object with {}", keys.join(", "))
        }
        Value::Sequence(items) => {
            format!("a list with {} item{}", items.len(), if items.len() == 1 { "" } else { "s" })
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => node.value.kind().to_owned(),
    }
}

fn keys<'node>(nodes: &[&'node Node]) -> impl Iterator<Item = &'node str> {
    nodes.iter().filter_map(|node| node.members()).flatten().map(|entry| entry.key.text.as_str())
}

/// The keys of nodes and of all that is below them.
fn keys_below<'node>(nodes: &[&'node Node]) -> HashSet<&'node str> {
    let mut found = HashSet::new();
    let mut left = nodes.to_vec();
    while let Some(node) = left.pop() {
        found.extend(keys(&[node]));
        left.extend(node.children().map(|(_, child)| child));
    }
    found
}

/// The key of these that someone may have meant.
fn nearest<'node>(wanted: &str, keys: HashSet<&'node str>) -> Option<&'node str> {
    // A third of the key may be wrong; a key of other letters is no typing error.
    let limit = (wanted.chars().count() / 3).max(2);
    keys.into_iter()
        .filter(|key| key.len().abs_diff(wanted.len()) <= limit * 4)
        .map(|key| (strsim::damerau_levenshtein(wanted, key), key))
        .filter(|&(distance, key)| distance <= limit && distance < key.chars().count())
        .min()
        .map(|(_, key)| key)
}

/// The key that a segment names, if it names one.
fn name(segment: &str) -> Option<String> {
    let segment = segment.trim();
    if let Some(inner) = segment.trim_start_matches('.').strip_prefix('[') {
        let inner = inner.strip_suffix(']')?.trim();
        let quote = inner.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
        let key = inner.strip_prefix(quote)?.strip_suffix(quote)?;
        return (!key.contains(quote)).then(|| key.replace("\\\\", "\\"));
    }
    let name = segment.trim_start_matches('.');
    (name != "*").then(|| name.to_owned())
}

/// The segments of a query that is well-formed: RFC 9535 section 2.5.
fn segments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = '$'.len_utf8();
    while at < text.len() {
        let start = at + text[at..].len() - text[at..].trim_start().len();
        let name = start + text[start..].chars().take_while(|next| *next == '.').count();
        let end = match text[name..].chars().next() {
            Some('[') => name + bracketed(&text[name..]),
            Some('*') => name + 1,
            Some(_) => name + text[name..].find(['.', '[', ' ', '\t', '\n', '\r']).unwrap_or(text.len() - name),
            None => text.len(),
        };
        // A text that is not well-formed after all ends here.
        if end <= at {
            break;
        }
        found.push(start..end);
        at = end;
    }
    found
}

/// The length of the brackets that a text begins with, and of what is in them.
fn bracketed(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), _) => quote = quote.filter(|_| character != open),
            (None, '\'' | '"') => quote = Some(character),
            (None, '[') => depth += 1,
            (None, ']') => depth -= 1,
            (None, _) => {}
        }
        if depth == 0 {
            return at + character.len_utf8();
        }
    }
    text.len()
}
