//! What every answer has in common, and the answers that no handler gives.

use std::sync::Arc;

use axum::body::Body;
use http::{HeaderValue, Method, StatusCode, header};
use http_body::Body as _;
use stubwright_schema::{Sentence, Violations};

use crate::denied;
use crate::incoming::Endpoint;
use crate::locale::Locale;
use crate::response::{Failed, Response, no_content, nothing};
use crate::shape::ErrorShape;
use crate::status::is_bodiless;

/// What an answer is finished by.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) endpoint: Arc<Endpoint>,
    /// Whether the request is HEAD.
    pub(super) is_head: bool,
    /// Whether the answer says whose it is.
    pub(super) is_marked: bool,
    /// What the client wants most of the document's languages.
    pub(super) language: &'static str,
}

impl Ending {
    /// In which language errors are told.
    pub(super) fn locale(&self) -> Locale {
        self.endpoint.locale.speaking(self.language)
    }
}

/// The answer to a method that a path does not declare: 204 for OPTIONS (RFC 9110 section 9.3.7), else 405
/// (section 15.5.6); both with `Allow`.
pub(crate) fn other_method(method: &Method, declared: &[&str], shape: ErrorShape, locale: Locale) -> Response {
    let mut response = if *method == Method::OPTIONS {
        no_content()
    } else {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        shape.say(status, &Sentence::MethodNotAllowed.into(), &Violations::default(), locale)
    };
    if *method == Method::HEAD {
        strip(&mut response);
    }
    response.headers_mut().insert(header::ALLOW, allow(declared));
    response
}

/// The answer where nothing is, in the words of `message`.
pub(crate) fn not_found(method: &Method, shape: ErrorShape, message: Sentence, locale: Locale) -> Response {
    let mut response = shape.say(StatusCode::NOT_FOUND, &message.into(), &Violations::default(), locale);
    if *method == Method::HEAD {
        strip(&mut response);
    }
    response
}

/// Makes an answer fit what HTTP demands of its status and method, and says whose it is.
pub(super) fn finish(response: &mut Response, ending: &Ending) {
    let Ending { ref endpoint, is_head, is_marked, .. } = *ending;
    let operation = endpoint.operation;
    match response.status() {
        // What almost every answer is.
        StatusCode::OK => {}
        // A final answer is never informational (RFC 9110 section 15.2).
        status if status.is_informational() => {
            tracing::error!(operation = operation.id, %status, "a handler answered with an informational status");
            *response = failed(ending);
        }
        status if is_bodiless(status) => clear(response),
        StatusCode::UNAUTHORIZED if !response.headers().contains_key(header::WWW_AUTHENTICATE) => {
            denied::challenge(response.headers_mut(), operation, None);
        }
        StatusCode::INTERNAL_SERVER_ERROR if response.extensions().get::<Failed>().is_some() => {
            *response = failed(ending);
        }
        _ => {}
    }
    if let Some(errors) = &endpoint.errors {
        errors.fill(response, ending);
    }
    if is_head {
        strip(response);
    }
    if is_marked {
        response.extensions_mut().insert(operation);
    }
}

/// The answer when a handler panicked.
pub(super) fn panicked(ending: &Ending) -> Response {
    tracing::error!(operation = ending.endpoint.operation.id, "a handler panicked");
    let mut response = failed(ending);
    finish(&mut response, ending);
    response
}

fn failed(ending: &Ending) -> Response {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let (shape, said) = (ending.endpoint.operation.shape_of(status), Sentence::InternalServerError.into());
    shape.say(status, &said, &Violations::default(), ending.locale())
}

/// HEAD: the fields of GET, `Content-Length` too, without the content (RFC 9110 section 9.3.2).
fn strip(response: &mut Response) {
    if let Some(length) = response.body().size_hint().exact() {
        response.headers_mut().entry(header::CONTENT_LENGTH).or_insert_with(|| length.into());
    }
    *response.body_mut() = nothing();
}

/// A 304 keeps the fields that describe what was not sent; others describe nothing. Only a 205 says that it is empty, as
/// its end is known by nothing else (RFC 9112 section 6.3).
fn clear(response: &mut Response) {
    let is_reset = response.status() == StatusCode::RESET_CONTENT;
    *response.body_mut() = if is_reset { Body::empty() } else { nothing() };
    if response.status() != StatusCode::NOT_MODIFIED {
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
}

/// The methods of a path in document order, each once, HEAD where GET is, OPTIONS at last. What is no token (RFC 9110
/// section 9.1) is no method that a client could send.
fn allow(declared: &[&str]) -> HeaderValue {
    let mut methods: Vec<&str> = Vec::new();
    for method in declared.iter().filter(|method| Method::from_bytes(method.as_bytes()).is_ok()) {
        let head = (*method == "GET" && !declared.contains(&"HEAD")).then_some("HEAD");
        for method in std::iter::once(*method).chain(head) {
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
    }
    if !declared.contains(&"OPTIONS") {
        methods.push("OPTIONS");
    }
    HeaderValue::from_str(&methods.join(", ")).expect("methods are tokens")
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{ErrorShape, Locale, Method, Sentence, header, not_found};
    use crate::document::Document;

    static DOCUMENT: Document =
        Document { languages: &["en"], texts: &[], json: "{}", originals: &[], error_shape: ErrorShape::Detail };

    #[test]
    fn head_has_no_content_where_nothing_is() {
        let locale = Locale::of(&HeaderMap::new(), &DOCUMENT, &[]);
        let of = |method| not_found(&method, ErrorShape::Detail, Sentence::NotFound, locale);
        let length = |response: super::Response| http_body::Body::size_hint(response.body()).exact();
        let is_empty = |response: super::Response| http_body::Body::is_end_stream(response.body());
        assert_eq!(length(of(Method::GET)), Some(r#"{"detail":"Not Found"}"#.len() as u64));
        assert_eq!(of(Method::HEAD).headers()[header::CONTENT_LENGTH], "22");
        assert!(is_empty(of(Method::HEAD)));
    }
}
