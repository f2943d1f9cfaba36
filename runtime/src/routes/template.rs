//! Path templates, matched on the raw path: decoding comes after, so `%2F` never ends a segment.

use std::cmp::Ordering;
use std::ops::Range;

/// A path template without the names of its parameters: `/a/{x}` and `/a/{y}` are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    /// What stands between the slashes, after the first one.
    segments: Vec<Segment>,
    /// The texts between the parameters, slashes included: `["/a/", "/b"]` for `/a/{x}/b`. Only where each segment is a
    /// parameter, or a text that can be sent in another way by escapes alone.
    runs: Option<Vec<String>>,
}

/// Literal texts with one parameter between each two: `["", ".json"]` for `{x}.json`, `["me"]` for `me`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    literals: Vec<String>,
}

impl Template {
    /// Reads `/pets/{pet_id}`: the template, and the names of its parameters from left to right.
    ///
    /// A brace without a partner is literal text.
    pub(super) fn parse(path: &'static str) -> (Self, Vec<&'static str>) {
        let mut names = Vec::new();
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<_> = path.split('/').map(|segment| Segment::parse(segment, &mut names)).collect();
        let runs = runs(&segments);
        (Self { segments, runs }, names)
    }

    /// The axum route that leads here. What is not plainly literal is a parameter for axum; its name tells the place
    /// only, so that no two shapes can clash.
    pub(super) fn shape(&self) -> String {
        let segments = self.segments.iter().enumerate().map(|(index, segment)| match segment.plain() {
            Some(literal) => format!("/{literal}"),
            None => format!("/{{segment{index}}}"),
        });
        segments.collect()
    }

    /// Which of two templates is tried first: literal text before a parameter before an end, left to right.
    pub(super) fn precedence(&self, other: &Self) -> Ordering {
        self.ranks().cmp(other.ranks())
    }

    /// Where a raw path has the parameters, if it matches.
    pub(super) fn captures(&self, path: &str) -> Option<Vec<Range<usize>>> {
        match (self.plainly(path), &self.runs) {
            (Some(captures), _) => return Some(captures),
            // Nothing is escaped, so that there is no other way to match.
            (None, Some(_)) if !path.contains('%') => return None,
            (None, _) => {}
        }
        let mut captures = Vec::new();
        let mut start = 1;
        let mut rest = Some(path.strip_prefix('/')?);
        for segment in &self.segments {
            let text = rest?;
            // Segments are short: looking at each byte takes less than a search that is made for long texts.
            let end = text.bytes().position(|byte| byte == b'/');
            rest = end.map(|end| &text[end + 1..]);
            let text = end.map_or(text, |end| &text[..end]);
            segment.capture(text, start, &mut captures)?;
            start += text.len() + 1;
        }
        rest.is_none().then_some(captures)
    }

    /// The same for a path without escapes and a template of whole segments, in one pass over the parameters: what almost
    /// every request is. `None` where it takes more to know.
    pub(super) fn plainly(&self, path: &str) -> Option<Vec<Range<usize>>> {
        let (first, rest) = self.runs.as_deref()?.split_first()?;
        let bytes = path.as_bytes();
        let mut after = bytes.strip_prefix(first.as_bytes())?;
        if rest.is_empty() {
            return after.is_empty().then(Vec::new);
        }
        let mut captures = Vec::with_capacity(rest.len());
        for run in rest {
            let start = bytes.len() - after.len();
            let length = memchr::memchr2(b'/', b'%', after).unwrap_or(after.len());
            if length == 0 {
                return None;
            }
            captures.push(start..start + length);
            // At an escape no run begins, and no path ends.
            after = after.get(length..)?.strip_prefix(run.as_bytes())?;
        }
        after.is_empty().then_some(captures)
    }

    fn ranks(&self) -> impl Iterator<Item = u8> {
        self.segments.iter().flat_map(Segment::ranks)
    }
}

/// The texts between the parameters, where each segment is a plain text or a parameter.
fn runs(segments: &[Segment]) -> Option<Vec<String>> {
    let mut runs = vec![String::new()];
    for segment in segments {
        let last = runs.last_mut().expect("there is at least one text");
        last.push('/');
        match segment.plain() {
            Some(text) => last.push_str(text),
            None if segment.literals.iter().all(String::is_empty) && segment.literals.len() == 2 => {
                runs.push(String::new());
            }
            None => return None,
        }
    }
    Some(runs)
}

impl Segment {
    fn parse(text: &'static str, names: &mut Vec<&'static str>) -> Self {
        let mut literals = vec![String::new()];
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let last = literals.last_mut().expect("a segment has at least one literal text");
            last.push_str(before);
            if let Some((name, after)) = after.split_once('}') {
                names.push(name);
                literals.push(String::new());
                rest = after;
            } else {
                last.push('{');
                rest = after;
            }
        }
        literals.last_mut().expect("a segment has at least one literal text").push_str(rest);
        Self { literals }
    }

    /// The text of a segment that has no parameter and nothing that axum or percent-encoding could take otherwise.
    fn plain(&self) -> Option<&str> {
        let [literal] = self.literals.as_slice() else { return None };
        literal.bytes().all(is_unreserved).then_some(literal)
    }

    /// 0 for a character, 1 for a parameter, 2 for the end.
    fn ranks(&self) -> impl Iterator<Item = u8> {
        let first = self.literals.first().map_or(0, String::len);
        let start = std::iter::repeat_n(0, first);
        let rest = self
            .literals
            .iter()
            .skip(1)
            .flat_map(|literal| std::iter::once(1).chain(std::iter::repeat_n(0, literal.len())));
        start.chain(rest).chain(std::iter::once(2))
    }

    /// Adds the places of the parameters in a segment's text that begins at `start` of the path.
    ///
    /// Each parameter ends where the literal text after it first occurs, the last one at the end; none is empty. Taking
    /// the first occurrence leaves the most to the rest, so there is no need to come back.
    fn capture(&self, text: &str, start: usize, captures: &mut Vec<Range<usize>>) -> Option<()> {
        match self.literals.as_slice() {
            // Almost every segment is a text that is sent as it stands, or a parameter alone.
            [literal] if literal == text && !text.contains('%') => return Some(()),
            [before, after] if before.is_empty() && after.is_empty() => {
                captures.push(start..start + text.len());
                return (!text.is_empty()).then_some(());
            }
            _ => {}
        }
        let (first, rest) = self.literals.split_first()?;
        let mut at = match_prefix(text, 0, first)?;
        let Some((last, between)) = rest.split_last() else { return (at == text.len()).then_some(()) };
        for literal in between {
            let (end, next) = find(text, at, |end| match_prefix(text, end, literal))?;
            captures.push(start + at..start + end);
            at = next;
        }
        let is_last = |end| match_prefix(text, end, last).filter(|end| *end == text.len());
        let (end, _) = find(text, at, is_last)?;
        captures.push(start + at..start + end);
        Some(())
    }
}

/// The first place after at least one character from `at` where something matches, and where that match ends.
fn find(text: &str, at: usize, matches: impl Fn(usize) -> Option<usize>) -> Option<(usize, usize)> {
    let mut end = at;
    while end < text.len() {
        end += character(text, end);
        if let Some(next) = matches(end) {
            return Some((end, next));
        }
    }
    None
}

/// Where a literal text ends that begins at a place of a segment.
///
/// An escape equals the literal character if that is unreserved (RFC 3986 section 6.2.2.2) or cannot stand in a path;
/// escaped delimiters are data.
fn match_prefix(text: &str, mut at: usize, literal: &str) -> Option<usize> {
    for expected in literal.bytes() {
        let (byte, length) = unit(text, at);
        let is_escaped = length == 3;
        if byte? != expected || is_escaped && is_delimiter(expected) {
            return None;
        }
        at += length;
    }
    Some(at)
}

/// How much text the character at a place takes, with every escape of its bytes. Cut in two, it would be no text.
fn character(text: &str, at: usize) -> usize {
    let (first, length) = unit(text, at);
    if length == 1 {
        return text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    // RFC 3629 section 4.
    let further = match first {
        Some(0xc2..=0xdf) => 1,
        Some(0xe0..=0xef) => 2,
        Some(0xf0..=0xf4) => 3,
        Some(_) | None => 0,
    };
    let places = (1..=further).map(|index| at + length * index);
    let is_whole = places.into_iter().all(|place| matches!(unit(text, place), (Some(0x80..=0xbf), 3)));
    if is_whole { length * (1 + further) } else { length }
}

/// The byte at a place, decoded, and how much text it takes: 3 if it is escaped, else 1. `None` at the end.
fn unit(text: &str, at: usize) -> (Option<u8>, usize) {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    match bytes {
        [b'%', high, low, ..] => match (hexadecimal(*high), hexadecimal(*low)) {
            (Some(high), Some(low)) => (Some(high * 16 + low), 3),
            _ => (Some(b'%'), 1),
        },
        [byte, ..] => (Some(*byte), 1),
        [] => (None, 1),
    }
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// RFC 3986 section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// RFC 3986 section 3.3: what may stand in a segment and is not unreserved.
fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::Template;

    fn captured<'p>(template: &'static str, path: &'p str) -> Option<Vec<&'p str>> {
        let ranges = Template::parse(template).0.captures(path)?;
        Some(ranges.into_iter().map(|range| &path[range]).collect())
    }

    #[test]
    fn templates_match_raw_paths() {
        for (template, path, expected) in [
            ("/", "/", Some(vec![])),
            ("/a", "/a", Some(vec![])),
            ("/a", "/a/", None),
            ("/a/", "/a/", Some(vec![])),
            ("/a/{x}", "/a/b", Some(vec!["b"])),
            ("/a/{x}", "/a/", None),
            ("/a/{x}/b", "/a//b", None),
            ("/a/{x}", "/a/b%2Fc", Some(vec!["b%2Fc"])),
            ("/a/{x}.json", "/a/b.json", Some(vec!["b"])),
            ("/a/{x}.json", "/a/b.json.json", Some(vec!["b.json"])),
            ("/a/{x}.json", "/a/.json", None),
            ("/a/{x}:act", "/a/b:act", Some(vec!["b"])),
            ("/a/{x}:act", "/a/b%3Aact", None),
            ("/a/{x}.{y}", "/a/1.2.3", Some(vec!["1", "2.3"])),
            ("/a/{x}.{y}", "/a/1%2E2", Some(vec!["1", "2"])),
            ("/a/{x}2{y}", "/a/%2F2b", Some(vec!["%2F", "b"])),
            ("/a/{x}{y}", "/a/%2Fbc", Some(vec!["%2F", "bc"])),
            ("/a/{x}{y}", "/a/b", None),
            ("/a/{x}{y}", "/a/é", None),
            ("/a/{x}{y}", "/a/éb", Some(vec!["é", "b"])),
            ("/a/{x}{y}", "/a/bé", Some(vec!["b", "é"])),
            ("/a/{x}{y}", "/a/%C3%A9", None),
            ("/a/{x}{y}", "/a/%E2%82%ACb", Some(vec!["%E2%82%AC", "b"])),
            ("/a/{x}{y}", "/a/%E2%82b", Some(vec!["%E2", "%82b"])),
            ("/a/{x}é{y}", "/a/ééé", Some(vec!["é", "é"])),
            ("/a/{x}é{y}", "/a/b%C3%A9c", Some(vec!["b", "c"])),
            ("/a/pre{x}post", "/a/prepostpost", Some(vec!["post"])),
            ("/ü/{x}", "/%C3%BC/1", Some(vec!["1"])),
            ("/ü/{x}", "/%c3%bc/1", Some(vec!["1"])),
            ("/a b", "/a%20b", Some(vec![])),
            ("/:x/*y", "/:x/*y", Some(vec![])),
            ("/a{", "/a%7B", Some(vec![])),
        ] {
            assert_eq!(captured(template, path), expected, "{template} on {path}");
        }
    }

    #[test]
    fn what_is_found_at_once_is_what_is_found_slowly() {
        let templates = ["/", "/a", "/a/", "/a/{x}", "/{x}/b", "/a/{x}/b/{y}", "/{x}/{y}", "/a/{x}/", "//{x}"];
        let paths =
            ["/", "//", "/a", "/a/", "/a/b", "/b/b", "/a//b", "/a/1/b/2", "/a/1/b/", "/a/%62", "/a/1%2F2", "/%61/1"];
        for (template, path) in templates.iter().flat_map(|template| paths.map(|path| (template, path))) {
            let (template, _) = Template::parse(template);
            let slow = Template { runs: None, ..template.clone() };
            assert_eq!(template.captures(path), slow.captures(path), "{template:?} on {path}");
            assert!(template.plainly(path).is_none() || !path.contains('%'), "{template:?} on {path}");
        }
    }

    #[test]
    fn literal_text_comes_first() {
        let mut templates = ["/a/{x}", "/{y}/b", "/a/{x}.json", "/a/b", "/a/{x}.{z}", "/a/p{x}"];
        templates.sort_by(|a, b| Template::parse(a).0.precedence(&Template::parse(b).0));
        assert_eq!(templates, ["/a/p{x}", "/a/b", "/a/{x}.json", "/a/{x}.{z}", "/a/{x}", "/{y}/b"]);
    }

    #[test]
    fn shapes_are_plain() {
        let shape = |template| Template::parse(template).0.shape();
        assert_eq!(shape("/a/{x}.json/b"), "/a/{segment1}/b");
        assert_eq!(shape("/:a/*b/"), "/{segment0}/{segment1}/");
    }
}
