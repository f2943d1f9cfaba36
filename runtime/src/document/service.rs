//! `openapi.json` and `openapi.yaml`, by language, with validators.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::routing::{MethodRouter, any};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header};
use stubwright_schema::{Catalogue, Sentence};
use tower_service::Service;

use super::{Document, Original, language, render, yaml};
use crate::locale::Locale;
use crate::response::{Response, no_content, nothing};
use crate::routes::{self, escape};

/// Serves a document at `<prefix>/openapi.json` and `<prefix>/openapi.yaml`.
///
/// `address` is where this server is reached, such as `http://127.0.0.1:4010`; it takes the place of the document's
/// `servers`, so that no client is sent elsewhere. The language is chosen by `Accept-Language`. With the query
/// `?original`, either URL answers the bytes that were published in that language.
///
/// Each rendering is made when it is first asked for, and kept.
///
/// # Panics
/// When the prefix is neither empty nor begins with `/`.
pub fn routes(prefix: &str, document: &'static Document, address: &str) -> Router {
    let prefix = escape(prefix.trim_end_matches('/'));
    [("json", Format::Json), ("yaml", Format::Yaml)].into_iter().fold(Router::new(), |router, (ending, format)| {
        let pages = Pages {
            document,
            address: address.to_owned(),
            format,
            rendered: document.languages.iter().map(|_| OnceLock::new()).collect(),
        };
        router.route_service(&format!("{prefix}/openapi.{ending}"), DocumentService(Arc::new(pages)))
    })
}

/// Answers 404 in the document's error shape and the client's language, for the paths that no operation has.
///
/// The routers of generated code have no fallback, so that those of several documents can be merged; this is for the one
/// that serves.
///
/// ```
/// # fn example(router: axum::Router, document: &'static stubwright::Document) -> axum::Router {
/// router.fallback_service(stubwright::document::not_found(document))
/// # }
/// ```
pub fn not_found(document: &'static Document) -> MethodRouter {
    not_found_in(document, &[])
}

/// The same, in languages of one's own, too: those of [`RouterOptions::catalogues`](crate::RouterOptions::catalogues).
pub fn not_found_in(document: &'static Document, catalogues: &'static [Catalogue]) -> MethodRouter {
    any(move |method: Method, uri: Uri, headers: HeaderMap| async move {
        // `OPTIONS *` asks whether the server is there (RFC 9110 section 9.3.7).
        if (uri.path(), &method) == ("*", &Method::OPTIONS) {
            return no_content();
        }
        let locale = Locale::of(&headers, document, catalogues);
        routes::not_found(&method, document.error_shape, Sentence::NothingHere, locale)
    })
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Yaml,
}

/// One URL's answers.
struct Pages {
    document: &'static Document,
    address: String,
    format: Format,
    /// By language.
    rendered: Vec<OnceLock<Page>>,
}

#[derive(Clone)]
struct Page {
    content_type: &'static str,
    language: &'static str,
    bytes: Bytes,
    tag: HeaderValue,
}

#[derive(Clone)]
struct DocumentService(Arc<Pages>);

impl Service<Request<Body>> for DocumentService {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        ready(Ok(answer(&self.0, &request)))
    }
}

fn answer(pages: &Pages, request: &Request<Body>) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let locale = Locale::of(request.headers(), pages.document, &[]);
        return routes::other_method(request.method(), &["GET"], pages.document.error_shape, locale);
    }
    let languages = pages.document.languages;
    let accepted = request.headers().get_all(header::ACCEPT_LANGUAGE);
    let language = language::negotiate(accepted, languages);
    let mut queries = request.uri().query().unwrap_or_default().split('&');
    let page = if queries.any(|pair| pair == "original" || pair.starts_with("original=")) {
        original(pages.document, language)
    } else {
        languages
            .iter()
            .position(|tag| *tag == language)
            .map(|index| pages.rendered[index].get_or_init(|| pages.render(language)).clone())
    };
    let not_found = || {
        let locale = Locale::of(request.headers(), pages.document, &[]);
        routes::not_found(request.method(), pages.document.error_shape, Sentence::NotFound, locale)
    };
    page.map_or_else(not_found, |page| page.answer(request.method(), request.headers()))
}

impl Pages {
    fn render(&self, language: &'static str) -> Page {
        let json = render::render(self.document, language, &self.address);
        let (text, content_type) = match self.format {
            Format::Json => (json, "application/json"),
            // RFC 9512 section 2.1.
            Format::Yaml => (yaml::from_json(&json), "application/yaml"),
        };
        Page::new(content_type, language, text.into())
    }
}

/// The file that was published in a language, or else the base's.
fn original(document: &Document, language: &str) -> Option<Page> {
    let of = |language: &str| document.originals.iter().find(|original| original.language == language);
    let base = || document.languages.first().copied().and_then(of);
    language::fallbacks(language).find_map(of).or_else(base).map(|original: &Original| {
        let content_type = match original.name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("json") => "application/json",
            Some("yaml" | "yml") => "application/yaml",
            Some(_) | None => "application/octet-stream",
        };
        Page::new(content_type, original.language, Bytes::from_static(original.bytes))
    })
}

impl Page {
    fn new(content_type: &'static str, language: &'static str, bytes: Bytes) -> Self {
        let mut hasher = DefaultHasher::new();
        (content_type, language, &bytes).hash(&mut hasher);
        let tag = format!("\"{:016x}\"", hasher.finish());
        let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits in quotes are a header value");
        Self { content_type, language, bytes, tag }
    }

    fn answer(self, method: &Method, headers: &HeaderMap) -> Response {
        let mut response = Response::default();
        let fields = response.headers_mut();
        fields.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
        if let Ok(language) = HeaderValue::from_str(self.language) {
            fields.insert(header::CONTENT_LANGUAGE, language);
        }
        let is_known = is_known(headers, &self.tag);
        fields.insert(header::ETAG, self.tag);
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = nothing();
            return response;
        }
        fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        fields.insert(header::CONTENT_LENGTH, self.bytes.len().into());
        if *method == Method::GET {
            *response.body_mut() = self.bytes.into();
        }
        response
    }
}

/// `If-None-Match` (RFC 9110 section 13.1.2), compared weakly.
fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let fields = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|field| field.to_str().ok());
    let mut tags = fields.flat_map(|field| field.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.trim_start_matches("W/").as_bytes() == tag.as_bytes())
}
