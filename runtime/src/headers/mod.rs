//! Header fields of answers, in the style `simple` (OpenAPI 3.1.1 section 4.8.21).
//!
//! The one rule: a value that no header can carry makes the answer a 500; a line break in it never reaches the client.

mod macros;

use http::{HeaderName, HeaderValue, header};
use serde_json::Value;
use stubwright_schema::ViolationKind;

use crate::answering::{To, vary};
use crate::json::Json;
use crate::request::to_value;
use crate::response::{Failed, Response, failed};

/// How a header field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// `a,b` and `key,value`.
    Simple,
    /// `a,b` and `key=value`.
    Exploded,
    /// JSON.
    Json,
}

/// A header field that the document declares.
#[derive(Clone, Copy, Debug)]
pub struct HeaderField {
    /// The name.
    pub name: &'static str,
    /// How it is written.
    pub form: HeaderForm,
    /// The number of its schema, if it says more than its type.
    pub schema: Option<u32>,
}

impl HeaderField {
    /// Adds the field to an answer that must have it.
    pub fn set<T: Json>(self, to: To<'_>, response: Response, value: &T) -> Response {
        let response = self.add(to, response, &to_value(value));
        // A list of no cookies has no field.
        if to.is_checked()
            && !response.headers().contains_key(self.name)
            && response.extensions().get::<Failed>().is_none()
        {
            self.log(to, ViolationKind::Missing, "is required");
            return failed();
        }
        response
    }

    /// Adds the field to an answer, if it has a value.
    pub fn set_optional<T: Json>(self, to: To<'_>, response: Response, value: Option<&T>) -> Response {
        match value {
            Some(value) => self.add(to, response, &to_value(value)),
            None => response,
        }
    }

    fn add(self, to: To<'_>, response: Response, value: &Value) -> Response {
        let refused = self.schema.and_then(|schema| to.refuse_header(self.name, schema, value));
        refused.or_else(|| insert(response, self.name, self.form, value)).unwrap_or_else(|| {
            self.log(to, ViolationKind::Syntax, "holds what no header field can carry");
            failed()
        })
    }

    fn log(self, to: To<'_>, violation: ViolationKind, detail: &str) {
        to.log(&format!("header /{}", self.name), violation, detail);
    }
}

/// The response with the field; nothing where no header can carry it.
fn insert(mut response: Response, name: &'static str, form: HeaderForm, value: &Value) -> Option<Response> {
    let texts = match value {
        // Each cookie has a field of its own (RFC 6265 section 3).
        Value::Array(cookies) if name.eq_ignore_ascii_case(header::SET_COOKIE.as_str()) && form != HeaderForm::Json => {
            cookies.iter().map(scalar).collect()
        }
        value => vec![text(form, value)],
    };
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    if name == header::VARY && texts.iter().all(|text| HeaderValue::from_str(text).is_ok()) {
        // What the runtime chose by stays said.
        let names = texts.iter().flat_map(|text| text.split(',')).map(str::trim);
        names.for_each(|name| vary(&mut response, name));
        return Some(response);
    }
    response.headers_mut().remove(&name);
    for text in texts {
        let value = HeaderValue::from_str(&text).or_else(|_| HeaderValue::from_bytes(text.as_bytes())).ok()?;
        response.headers_mut().append(&name, value);
    }
    Some(response)
}

fn text(form: HeaderForm, value: &Value) -> String {
    match (form, value) {
        (HeaderForm::Json, value) => value.to_string(),
        (HeaderForm::Simple | HeaderForm::Exploded, Value::Array(items)) => {
            items.iter().map(scalar).collect::<Vec<_>>().join(",")
        }
        (HeaderForm::Simple | HeaderForm::Exploded, Value::Object(members)) => {
            let between = if form == HeaderForm::Exploded { '=' } else { ',' };
            let pairs = members.iter().map(|(key, value)| format!("{key}{between}{}", scalar(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        (HeaderForm::Simple | HeaderForm::Exploded, value) => scalar(value),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use http::header;
    use serde_json::json;

    use super::{HeaderForm, insert, vary};
    use crate::response::Response;

    #[test]
    fn a_declared_vary_adds_to_what_the_answer_varies_by() {
        for (first, declared, expected) in [
            (Some("Accept"), json!("Origin, accept"), &["Accept", "Origin"][..]),
            (Some("Accept"), json!(["Accept", "Origin", "origin"]), &["Accept", "Origin"]),
            (None, json!("Origin"), &["Origin"]),
            (Some("*"), json!("Origin"), &["*"]),
        ] {
            let mut response = Response::default();
            if let Some(name) = first {
                vary(&mut response, name);
            }
            let mut response = insert(response, "Vary", HeaderForm::Simple, &declared).expect("a field");
            vary(&mut response, "Accept");
            let names: Vec<_> = response.headers().get_all(header::VARY).iter().collect();
            let expected = expected.iter().chain((first.is_none()).then_some(&"Accept"));
            assert_eq!(names, expected.copied().collect::<Vec<_>>(), "{declared}");
        }
        let response = insert(Response::default(), "Vary", HeaderForm::Simple, &json!("a\nb"));
        assert!(response.is_none(), "no header can carry it");
    }
}
