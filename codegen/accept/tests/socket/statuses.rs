//! Statuses and header fields of answers.

use super::Row;
use super::Step::{Get, Send};
use super::Then::Kept;

const FAILED: &str = r#"{"error":"Internal Server Error","message":"Internal Server Error"}"#;

pub(crate) const ROWS: &[Row] = &[
    Row {
        why: "RFC 9110 section 15.3.5: 204 ends with its fields, and section 8.6: it has no length",
        steps: &[
            Send("GET /status/204 HTTP/1.1\nHost: a\n\n"),
            Get(204, &["-content-length", "-transfer-encoding", "-content-type"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.3.6: 205 says that its content is empty",
        steps: &[Send("GET /status/205 HTTP/1.1\nHost: a\n\n"), Get(205, &["content-length: 0"], "")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 8.6: a 304 has no length but that of the 200, which nobody knows here",
        steps: &[
            Send("GET /status/304 HTTP/1.1\nHost: a\n\n"),
            Get(304, &["-content-length", "-transfer-encoding"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.2: 1xx is no final answer; what a handler gives must be one",
        steps: &[Send("GET /status/103 HTTP/1.1\nHost: a\n\n"), Get(500, &["content-type: application/json"], FAILED)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.2.2: nor does a handler change the protocol",
        steps: &[
            Send("GET /status/101 HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: b\n\n"),
            Get(500, &["content-type: application/json"], FAILED),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 6.3: an answer without content says so",
        steps: &[Send("GET /status/418 HTTP/1.1\nHost: a\n\n"), Get(418, &["content-length: 0", "-content-type"], "")],
        then: Kept,
    },
    Row {
        why: "RFC 6265 section 3: cookies are never folded into one field",
        steps: &[
            Send("GET /things/a HTTP/1.1\nHost: a\n\n"),
            Get(200, &["set-cookie: a=1", "set-cookie: b=2; Path=/"], r#""a""#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 8288 section 3: Link goes out as the handler wrote it",
        steps: &[
            Send("GET /things/a HTTP/1.1\nHost: a\n\n"),
            Get(200, &[r#"link: </things?limit=1>; rel="next", </>; rel="up""#], r#""a""#),
        ],
        then: Kept,
    },
    Row {
        why: "OpenAPI 3.1.1 section 4.8.21: header fields in the style simple",
        steps: &[
            Send("GET /things/a HTTP/1.1\nHost: a\n\n"),
            Get(200, &["x-left: 3", "x-parts: 1,2", "x-map: a=1"], r#""a""#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 5.5: a line break in a value is never sent",
        steps: &[Send("GET /things/broken HTTP/1.1\nHost: a\n\n"), Get(500, &["-link", "-x-evil"], FAILED)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.6.1: a handler that panics, in the document's shape",
        steps: &[
            Send("GET /things/panic HTTP/1.1\nHost: a\n\n"),
            Get(500, &["content-type: application/json"], FAILED),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.6.1: a handler that fails tells nothing of why",
        steps: &[
            Send("GET /things/failed HTTP/1.1\nHost: a\n\n"),
            Get(500, &["content-type: application/json"], FAILED),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.3.2: 201 has content, and a length",
        steps: &[
            Send(
                "POST /things HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 12\n\n{\"name\":\"a\"}",
            ),
            Get(201, &["content-length: 3", "content-type: application/json"], r#""a""#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.5.5: 404 in the document's shape, whatever was sent along",
        steps: &[
            Send("POST /nowhere HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello"),
            Get(
                404,
                &["content-type: application/json"],
                r#"{"error":"Not Found","message":"Nothing is served at this path"}"#,
            ),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.4.5: a client that has the document gets its tag, and no length but the document's",
        steps: &[
            Send("GET /openapi.json HTTP/1.1\nHost: a\nIf-None-Match: *\n\n"),
            Get(304, &["-content-length", "-content-type", "vary: Accept-Language"], ""),
            Send("HEAD /openapi.json HTTP/1.1\nHost: a\nIf-None-Match: *\n\n"),
            Get(304, &["-content-length", "-content-type", "vary: Accept-Language"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.5.6: the document is there to be read",
        steps: &[
            Send("PUT /openapi.json HTTP/1.1\nHost: a\nContent-Length: 2\n\n{}"),
            Get(
                405,
                &["allow: GET, HEAD, OPTIONS"],
                r#"{"error":"Method Not Allowed","message":"Method Not Allowed"}"#,
            ),
        ],
        then: Kept,
    },
];
