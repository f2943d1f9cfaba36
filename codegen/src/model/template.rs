//! Path templates, OpenAPI 3.1.1 section 4.8.8: the key of a path enters, its parts leave.
//!
//! The one rule: this is the only parser of templates in the generator.

use std::fmt;

/// A path template, in parts. Two literals never follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Template {
    /// The parts; the first one begins with `/`.
    pub parts: Vec<Part>,
}

/// A part of a path template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Text that a request has as it stands, slashes included.
    Literal(String),
    /// A parameter, by its name.
    Parameter(String),
}

/// What is wrong with a key, and how it is read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// It does not begin with `/`, which is put before it.
    NoSlash,
    /// A brace without its other half, or around nothing: it is literal text.
    Braces,
}

/// What the key of a path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathKey {
    pub(crate) template: Template,
    /// The members of the query that the key demands.
    pub(crate) query: Vec<(String, Option<String>)>,
    /// The members of the query whose value is a parameter: `?x={y}` gives `x` and `y`.
    pub(crate) query_parameters: Vec<(String, String)>,
    pub(crate) malformed: Vec<Malformed>,
}

/// The template as it is written: parameters in braces.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Literal(text) => f.write_str(text),
            Part::Parameter(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl Template {
    /// Reads the key of a path. What stands behind `?` or `#` is no part of the path.
    pub(crate) fn parse(key: &str) -> PathKey {
        let mut malformed = Vec::new();
        let end = outside_braces(key).unwrap_or(key.len());
        let (path, query) = key.split_at(end);
        if !path.starts_with('/') {
            malformed.push(Malformed::NoSlash);
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        let template = Self { parts: parts(&format!("{slash}{path}"), &mut malformed) };
        let (mut pairs, mut parameters) = (Vec::new(), Vec::new());
        // `{?a,b}` of RFC 6570 names parameters, and demands nothing.
        let query = if query.starts_with('{') { "" } else { query };
        for member in query.split(['?', '#', '&']).filter(|member| !member.is_empty()) {
            let (name, value) = member.split_once('=').map_or((member, None), |(name, value)| (name, Some(value)));
            match value.and_then(|value| value.strip_prefix('{')?.strip_suffix('}')) {
                Some(parameter) => parameters.push((name.to_owned(), parameter.to_owned())),
                None if member.contains(['{', '}']) => {}
                None => pairs.push((name.to_owned(), value.map(str::to_owned))),
            }
        }
        PathKey { template, query: pairs, query_parameters: parameters, malformed }
    }

    /// The template with every parameter's name taken out.
    pub(crate) fn shape(&self) -> String {
        let text = |part: &Part| match part {
            // A literal brace must not look like a parameter.
            Part::Literal(text) => text.replace('{', "{{"),
            Part::Parameter(_) => "{}".to_owned(),
        };
        self.parts.iter().map(text).collect()
    }

    /// The names of the parameters, in order.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Literal(_) => None,
            Part::Parameter(name) => Some(name.as_str()),
        })
    }
}

/// The first `?` or `#` that no parameter's name holds, or the brace of `{?a}`.
fn outside_braces(key: &str) -> Option<usize> {
    let mut inside = false;
    key.char_indices().find_map(|(index, character)| {
        match character {
            '{' if key[index + 1..].starts_with(['?', '&', '#']) => return Some(index),
            '{' => inside = key[index..].find('}').is_some_and(|end| !key[index..index + end].contains('/')),
            '}' => inside = false,
            '?' | '#' if !inside => return Some(index),
            _ => {}
        }
        None
    })
}

fn parts(path: &str, malformed: &mut Vec<Malformed>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(open);
        literal.push_str(before);
        let name = from.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        match name.filter(|(name, _)| !name.is_empty() && !name.contains(['{', '/'])) {
            Some((name, after)) => {
                if !literal.is_empty() {
                    parts.push(Part::Literal(std::mem::take(&mut literal)));
                }
                parts.push(Part::Parameter(name.to_owned()));
                rest = after;
            }
            None => {
                if !malformed.contains(&Malformed::Braces) {
                    malformed.push(Malformed::Braces);
                }
                literal.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Malformed, Part, Template};

    fn literal(text: &str) -> Part {
        Part::Literal(text.to_owned())
    }

    fn parameter(name: &str) -> Part {
        Part::Parameter(name.to_owned())
    }

    #[test]
    fn keys_give_parts() {
        for (key, parts) in [
            ("/", vec![literal("/")]),
            ("/a//b/", vec![literal("/a//b/")]),
            ("/a/{x}.json", vec![literal("/a/"), parameter("x"), literal(".json")]),
            ("/{x}-{y}", vec![literal("/"), parameter("x"), literal("-"), parameter("y")]),
            ("/{x}{y}", vec![literal("/"), parameter("x"), parameter("y")]),
            ("/{x#y}", vec![literal("/"), parameter("x#y")]),
        ] {
            let read = Template::parse(key);
            assert_eq!((read.template.parts, read.query, read.malformed), (parts, vec![], vec![]), "{key}");
        }
    }

    #[test]
    fn queries_and_fragments_are_no_part_of_the_path() {
        let pair = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
        for (key, query) in [
            ("/a?action=x", vec![pair("action", Some("x"))]),
            ("/a#Action=X&b", vec![pair("Action", Some("X")), pair("b", None)]),
            ("/a?x={y}&z=", vec![pair("z", Some(""))]),
            ("/a{?x,y}", vec![]),
            ("/a?", vec![]),
        ] {
            assert_eq!(Template::parse(key).query, query, "{key}");
        }
        assert_eq!(Template::parse("/a?x={y}").query_parameters, [("x".to_owned(), "y".to_owned())]);
    }

    #[test]
    fn what_is_malformed_is_literal() {
        for (key, parts, malformed) in [
            ("a", vec![literal("/a")], vec![Malformed::NoSlash]),
            ("/{a", vec![literal("/{a")], vec![Malformed::Braces]),
            ("/a}{}", vec![literal("/a}{}")], vec![Malformed::Braces]),
            ("/{a/b}", vec![literal("/{a/b}")], vec![Malformed::Braces]),
        ] {
            let read = Template::parse(key);
            assert_eq!((read.template.parts, read.malformed), (parts, malformed), "{key}");
        }
    }
}
