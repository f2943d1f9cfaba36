//! The vectors of RFC 6570, as far as styles of OpenAPI have them: no operator, `.`, `;`, `?` and `&`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};
use stubwright::codegen::{Shape, Style, Styled, send};

use crate::both_ways::One;
use crate::styles::At;

/// One variable of a template by its operator; `None` where no style is like it.
fn expanded(operator: &str, name: &str, explode: bool, value: &Value) -> Option<String> {
    let shape = match value {
        Value::Array(_) => Shape::List,
        Value::Object(_) => Shape::Object,
        _ => Shape::Scalar,
    };
    // Tests leak: names are `'static` in generated code.
    let name: &'static str = Box::leak(percent_decode_str(name).decode_utf8().ok()?.into_owned().into_boxed_str());
    let (styled, at, url) = match operator {
        "" => (Styled::path(name, Style::Simple, explode, shape), At::Path, "http://a.test/p/"),
        "." => (Styled::path(name, Style::Label, explode, shape), At::Path, "http://a.test/p/"),
        ";" => (Styled::path(name, Style::Matrix, explode, shape), At::Path, "http://a.test/p/"),
        "?" | "&" => (Styled::query(name, Style::Form, explode, shape), At::Query, "http://a.test/q"),
        _ => return None,
    };
    let url = if matches!(at, At::Path) { format!("{url}{{{name}}}") } else { url.to_owned() };
    match send::request(One { styled, value }, &url) {
        Ok(request) if matches!(at, At::Path) => Some(request.uri().path()["/p/".len()..].to_owned()),
        Ok(request) => Some(request.uri().query().unwrap_or_default().to_owned()),
        // RFC 6570 writes nothing; there is no such parameter of a path.
        Err(_) if [json!(""), json!([]), json!({})].contains(value) => Some(String::new()),
        Err(error) => panic!("{operator}{name}: {error}"),
    }
}

/// The expansion of a template of RFC 6570; `None` where it uses what styles do not have.
fn expansion(template: &str, variables: &Map<String, Value>) -> Option<String> {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (expression, after) = after.split_once('}')?;
        text.extend(utf8_percent_encode(before, CONTROLS));
        rest = after;
        let operator = expression.get(..1).filter(|first| "+#./;?&|!@=,$".contains(first)).unwrap_or("");
        let names: Vec<&str> = expression[operator.len()..].split(',').collect();
        if operator.is_empty() && names.len() > 1 || expression.contains(':') {
            return None;
        }
        let mut parts = Vec::new();
        for name in names {
            let (name, explode) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
            let part = match variables.get(name) {
                None | Some(Value::Null) => String::new(),
                Some(value) => expanded(operator, name, explode, value)?,
            };
            parts.extend(Some(part).filter(|part| !part.is_empty()));
        }
        let between = if matches!(operator, "?" | "&") { "&" } else { "" };
        if between == "&" && !parts.is_empty() {
            text.push_str(operator);
        }
        text.push_str(&parts.join(between));
    }
    Some(text + rest)
}

#[test]
#[expect(clippy::print_stderr, reason = "there are no vectors without the corpus")]
fn vectors_of_rfc_6570() {
    let Some(folder) = std::env::var_os("STUBWRIGHT_CORPUS").map(PathBuf::from) else {
        return eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no vector of RFC 6570 was expanded");
    };
    let mut checked = BTreeSet::new();
    for file in ["spec-examples.json", "spec-examples-by-section.json", "extended-tests.json"] {
        let text = std::fs::read(folder.join("parameter-styles").join(file)).expect("the file of vectors");
        let sections: Map<String, Value> = serde_json::from_slice(&text).expect("vectors");
        for section in sections.values() {
            let variables = section["variables"].as_object().expect("variables");
            for case in section["testcases"].as_array().expect("cases") {
                let template = case[0].as_str().expect("a template");
                let Some(found) = expansion(template, variables) else { continue };
                let expected: Vec<&str> = match &case[1] {
                    Value::String(text) => vec![text],
                    Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
                    other => panic!("{template}: {other}"),
                };
                // A dot between dots would end a value: the same by RFC 3986 section 6.2.2.2.
                let found = if template.contains("{.") { found.replace("%2E", ".") } else { found };
                assert!(expected.contains(&found.as_str()), "{file} {template}: {found} is none of {expected:?}");
                checked.insert(format!("{template} {found}"));
            }
        }
    }
    assert!(checked.len() >= 90, "{} vectors", checked.len());
}
