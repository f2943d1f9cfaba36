//! What HTTP/1 asks of the head of a request beyond its syntax, which hyper leaves to the server.
//!
//! A request enters, its path in normal form leaves, or a refusal. The one rule: whoever stands before this server must
//! have read the same host and path in the request.

use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, Version, header};

use crate::response::Response;

/// The answer to a request that is none: 400, without content, at the end of its connection.
pub(super) fn refusal<B>(request: &Request<B>) -> Option<Response> {
    let is_sound = match request.version() {
        Version::HTTP_11 => is_target(request.method(), request.uri()) && has_host(request.headers(), true),
        Version::HTTP_09 | Version::HTTP_10 => {
            is_target(request.method(), request.uri()) && has_host(request.headers(), false)
        }
        _ => true,
    };
    (!is_sound).then(|| {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::BAD_REQUEST;
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    })
}

/// Decodes what needs no escape in a path, for it means the same (RFC 3986 section 6.2.2.2) and routers compare texts.
pub(super) fn normalise(uri: &mut Uri) {
    if !uri.path().contains('%') {
        return;
    }
    let Some(path) = normal_path(uri.path()) else { return };
    let text = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    // Unreserved characters take the place of others that were there: the text is as well-formed as it was.
    let Ok(path_and_query) = PathAndQuery::try_from(text) else { return };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path_and_query);
    if let Ok(normal) = Uri::from_parts(parts) {
        *uri = normal;
    }
}

/// Whether the client waits to be asked for the content (RFC 9110 section 10.1.1). HTTP/1.0 knows no such thing.
pub(super) fn is_expecting<B>(request: &Request<B>) -> bool {
    let expected = request.headers().get(header::EXPECT).map(HeaderValue::as_bytes);
    request.version() == Version::HTTP_11 && expected.is_some_and(|value| value.eq_ignore_ascii_case(b"100-continue"))
}

/// Whether a target has the form that its method asks for (RFC 9112 section 3.2): an authority alone is for CONNECT, the
/// asterisk for OPTIONS.
fn is_target(method: &Method, uri: &Uri) -> bool {
    match (uri.scheme(), uri.authority()) {
        (None, Some(_)) => *method == Method::CONNECT,
        (None, None) => uri.path() != "*" || *method == Method::OPTIONS,
        (Some(_), _) => true,
    }
}

/// Whether there is one field Host with a host (RFC 9112 section 3.2), or none where it is not required.
fn has_host(headers: &HeaderMap, is_required: bool) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => !is_required,
        (Some(host), None) => is_host(host.as_bytes()),
        (Some(_), Some(_)) => false,
    }
}

/// `uri-host [ ":" port ]` (RFC 9110 section 7.2), which may be empty.
fn is_host(value: &[u8]) -> bool {
    let (is_named, rest) = match value {
        [b'[', literal @ ..] => {
            let end = literal.iter().position(|byte| *byte == b']').unwrap_or(literal.len());
            let (address, rest) = literal.split_at(end);
            // An address of IP version 6, or of one that is yet to come (RFC 3986 section 3.2.2).
            let is_address = !address.is_empty() && address.iter().all(|&byte| byte == b':' || is_of_name(byte));
            (is_address && !rest.is_empty(), rest.get(1..).unwrap_or_default())
        }
        _ => {
            let end = value.iter().position(|byte| *byte == b':').unwrap_or(value.len());
            let (name, rest) = value.split_at(end);
            (name.iter().all(|&byte| byte == b'%' || is_of_name(byte)), rest)
        }
    };
    let is_port = match rest {
        [] => true,
        [b':', port @ ..] => port.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    is_named && is_port
}

/// What stands in a registered name as it is: unreserved characters and delimiters (RFC 3986 section 3.2.2).
fn is_of_name(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=".contains(&byte)
}

/// RFC 3986 section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// A path without the escapes that it does not need; nothing where it needs all of them.
fn normal_path(path: &str) -> Option<String> {
    let mut normal = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        normal.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|&byte| is_unreserved(byte)) {
            Some(byte) => {
                normal.push(char::from(byte));
                rest = &rest[at + 3..];
            }
            None => {
                normal.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    normal.push_str(rest);
    (normal.len() < path.len()).then_some(normal)
}

#[cfg(test)]
mod tests {
    use super::{Uri, is_host, normalise};

    #[test]
    fn hosts_are_told_from_other_texts() {
        for host in ["", "a", "a:", "a:1", "a.b-c_d~", "127.0.0.1:80", "[::1]", "[::1]:80", "[v1.a:b]", "%C3%A4", "a,b"]
        {
            assert!(is_host(host.as_bytes()), "{host}");
        }
        for text in
            ["a b", "a/b", "a@b", "a:b", "a:1:2", "[::1", "[]", "[::1]a", "[::1]:a", "::1", "a?b", "a#b", "\u{e4}"]
        {
            assert!(!is_host(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn escapes_that_need_not_be_are_taken_out_of_paths() {
        for (sent, normal) in [
            ("/a", "/a"),
            ("/%61?%61", "/a?%61"),
            ("/%7E%2d%2E%5f%30", "/~-._0"),
            ("/a%2Fb%2fc%25%C3%A4%20", "/a%2Fb%2fc%25%C3%A4%20"),
            // What is decoded makes no escape with what stands beside it.
            ("/%2561", "/%2561"),
            ("/%%361", "/%61"),
            ("/%zz%", "/%zz%"),
            ("http://a/%61?b", "http://a/a?b"),
        ] {
            let mut uri: Uri = sent.parse().expect("a target");
            normalise(&mut uri);
            assert_eq!(uri.to_string(), normal, "{sent}");
        }
    }
}
