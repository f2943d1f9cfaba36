//! Targets of requests: their forms, escapes, slashes and queries.

use super::Row;
use super::Step::{Get, Send};
use super::Then::{Closed, Kept};

const NOT_FOUND: &str = r#"{"error":"Not Found","message":"Nothing is served at this path"}"#;

pub(crate) const ROWS: &[Row] = &[
    Row {
        why: "RFC 9112 section 3.2.2: a server takes the absolute form",
        steps: &[Send("GET http://a/things HTTP/1.1\nHost: a\n\n"), Get(200, &[], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 3.2.2: with the absolute form the field Host does not count",
        steps: &[Send("GET http://a/things?limit=1 HTTP/1.1\nHost: b\n\n"), Get(200, &[], r#"["limit 1"]"#)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 4.2.3: an absolute form without a path is the path /",
        steps: &[Send("GET http://a HTTP/1.1\nHost: a\n\n"), Get(404, &[], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 3.2.4: the asterisk is for OPTIONS alone",
        steps: &[Send("GET * HTTP/1.1\nHost: a\n\n"), Get(400, &["content-length: 0", "connection: close"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 3986 section 3.3: an empty segment is a segment, not the beginning of a host",
        steps: &[Send("GET //things HTTP/1.1\nHost: a\n\n"), Get(404, &[], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 3.3: an empty segment in the middle",
        steps: &[Send("GET /things//latest HTTP/1.1\nHost: a\n\n"), Get(404, &[], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 6.2.3: a slash at the end makes another resource",
        steps: &[Send("GET /things/ HTTP/1.1\nHost: a\n\n"), Get(404, &[], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 2.2: an escaped slash is data of a segment",
        steps: &[Send("GET /things/a%2Fb HTTP/1.1\nHost: a\n\n"), Get(200, &[], r#""a/b""#)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 2.4: nothing is decoded twice",
        steps: &[Send("GET /things/a%252Fb HTTP/1.1\nHost: a\n\n"), Get(200, &[], r#""a%2Fb""#)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 6.2.2.2: an escape of what needs none means the character",
        steps: &[Send("GET /%74hings HTTP/1.1\nHost: a\n\n"), Get(200, &[], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 6.2.2.2: also in the text that makes a path concrete",
        steps: &[Send("GET /things/l%61test HTTP/1.1\nHost: a\n\n"), Get(200, &[], r#""latest""#)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 3.3: a plus in a path is a plus",
        steps: &[Send("GET /things/a+b HTTP/1.1\nHost: a\n\n"), Get(200, &[], r#""a+b""#)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 5.2.4: a server resolves nothing, so dots reach no other operation",
        steps: &[Send("GET /locked/../things HTTP/1.1\nHost: a\n\n"), Get(404, &[], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 3.3: paths have their case",
        steps: &[Send("GET /Things HTTP/1.1\nHost: a\n\n"), Get(404, &[], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 2.5: escapes that are no UTF-8 are no text",
        steps: &[
            Send("GET /things/%FF HTTP/1.1\nHost: a\n\n"),
            Get(
                400,
                &["content-type: application/json"],
                r#"{"error":"Bad Request","message":"Invalid request: path/name: is not valid percent-encoded UTF-8"}"#,
            ),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 2.1: a percent sign without two digits",
        steps: &[
            Send("GET /things/%zz HTTP/1.1\nHost: a\n\n"),
            Get(
                400,
                &[],
                r#"{"error":"Bad Request","message":"Invalid request: path/name: is not valid percent-encoded UTF-8"}"#,
            ),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 3.4: a question mark without a query asks for nothing more",
        steps: &[Send("GET /things? HTTP/1.1\nHost: a\n\n"), Get(200, &[], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 3986 section 3.4: a query may hold question marks, slashes and empty pairs",
        steps: &[Send("GET /things?&a=?/&&limit=2 HTTP/1.1\nHost: a\n\n"), Get(200, &[], r#"["limit 2"]"#)],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 3: a space in the target makes no request line",
        steps: &[Send("GET /things /latest HTTP/1.1\nHost: a\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 3.2: a target that is none of the four forms",
        steps: &[Send("GET things HTTP/1.1\nHost: a\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
];
