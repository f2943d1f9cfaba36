//! Bodies of requests: lengths, chunks, expectations and limits.

use super::Row;
use super::Step::{End, Get, Send};
use super::Then::{Closed, Kept};

const TOO_LARGE: &str = r#"{"error":"Content Too Large","message":"Content Too Large"}"#;
const UNSUPPORTED: &str = r#"{"error":"Unsupported Media Type","message":"Unsupported Media Type"}"#;

pub(crate) const ROWS: &[Row] = &[
    Row {
        why: "RFC 9112 section 6.3: a body of a known length",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 5\n\nhello"),
            Get(200, &["content-length: 5"], "hello"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.1: content of a GET means nothing, and is not the next request",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 5\n\nhello"),
            Get(200, &[], "[]"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.1: the same in chunks",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n"),
            Get(200, &[], "[]"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 6.3: neither length nor chunks is no content; a required body is missing",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\n\n"),
            Get(200, &[], ""),
            Send("POST /things HTTP/1.1\nHost: a\nContent-Type: application/json\n\n"),
            Get(400, &[], r#"{"error":"Bad Request","message":"Invalid request: body: a body is required"}"#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 8.6: a length is a number",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: five\n\nhello"),
            Get(400, &["content-length: 0"], ""),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 8.6: without a sign",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: +5\n\nhello"),
            Get(400, &["content-length: 0"], ""),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.3: lengths that differ",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 5\nContent-Length: 6\n\nhello",
            ),
            Get(400, &["content-length: 0"], ""),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.3: a length beyond every number",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 99999999999999999999\n\nhello",
            ),
            Get(400, &["content-length: 0"], ""),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.3: what is left after the length is the next request",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 3\n\nhello\n\n"),
            Get(200, &[], "hel"),
            Get(400, &["content-length: 0"], ""),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.3: a body that ends before its length is not whole",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 9\n\nhello"),
            End,
            Get(400, &["connection: close"], r#"{"error":"Bad Request","message":"The body could not be read"}"#),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 7.1: chunks, with extensions that nobody knows, and digits of any case",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nTransfer-Encoding: Chunked\n\n5;a=b\nhello\nA\n 123456789\n000\n\n",
            ),
            Get(200, &["content-length: 15"], "hello 123456789"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 6.5.1: trailers are no header fields, and no content",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nTransfer-Encoding: chunked\nTrailer: X-Level\n\n5\nhello\n0\nX-Level: 7\n\n",
            ),
            Get(200, &["-x-level"], "hello"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 7.1: a chunk has a size",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\nxyz\nhello\n0\n\n",
            ),
            Get(400, &["connection: close"], r#"{"error":"Bad Request","message":"The body could not be read"}"#),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.1: length and chunks at once: the chunks count, and the connection is closed",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 3\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n",
            ),
            Get(200, &["connection: close"], "hello"),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.1: in the other order, too",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nTransfer-Encoding: chunked\nContent-Length: 3\n\n5\nhello\n0\n\n",
            ),
            Get(200, &["connection: close"], "hello"),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.3: chunked is not the last coding",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nTransfer-Encoding: chunked, gzip\n\n5\nhello\n0\n\n",
            ),
            Get(400, &["content-length: 0"], ""),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 6.1: HTTP/1.0 has no transfer codings",
        steps: &[
            Send("POST /text HTTP/1.0\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n"),
            Get(400, &["content-length: 0"], ""),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 10.1.1: a body is asked for, then read",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 5\nExpect: 100-Continue\n\n"),
            Get(100, &[], ""),
            Send("hello"),
            Get(200, &[], "hello"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 10.1.1: a body that is refused by its type is not asked for",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: image/png\nContent-Length: 5\nExpect: 100-continue\n\n"),
            Get(415, &["accept: text/plain", "connection: close"], UNSUPPORTED),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 10.1.1: nor one of an operation that is not there",
        steps: &[
            Send("PUT /things HTTP/1.1\nHost: a\nContent-Length: 5\nExpect: 100-continue\n\n"),
            Get(
                405,
                &["allow: GET, HEAD, POST, OPTIONS", "connection: close"],
                r#"{"error":"Method Not Allowed","message":"Method Not Allowed"}"#,
            ),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 10.1.1: without content there is nothing to ask for",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\nExpect: 100-continue\n\n"), Get(200, &[], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 10.1.1: HTTP/1.0 knows no 100",
        steps: &[
            Send("POST /text HTTP/1.0\nContent-Type: text/plain\nContent-Length: 5\nExpect: 100-continue\n\n"),
            Send("hello"),
            Get(200, &[], "hello"),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 10.1.1: an expectation that nobody knows may be passed over",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\nExpect: miracles\n\n"), Get(200, &[], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.5.14: too long by its length, before any of it comes; what comes is not read",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 65\n\n"),
            Get(413, &["connection: close"], TOO_LARGE),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 10.1.1: too long, and expected: no 100",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 65\nExpect: 100-continue\n\n",
            ),
            Get(413, &["connection: close"], TOO_LARGE),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 15.5.14: too long in chunks, while they come",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\n42\n012345678901234567890123456789012345678901234567890123456789012345\n",
            ),
            Get(413, &["connection: close"], TOO_LARGE),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 15.5.16: a media type that the operation does not read",
        steps: &[
            Send("POST /text HTTP/1.1\nHost: a\nContent-Type: image/png\nContent-Length: 5\n\nhello"),
            Get(415, &["accept: text/plain"], UNSUPPORTED),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 12.5.3: 415 for a coding, with those that are read",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Encoding: gzip\nContent-Length: 5\n\nhello",
            ),
            Get(
                415,
                &["accept-encoding: identity"],
                r#"{"error":"Unsupported Media Type","message":"The body may not be compressed"}"#,
            ),
        ],
        then: Kept,
    },
];
