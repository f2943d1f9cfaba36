//! Connections: how long they last, and several requests at once.

use super::Row;
use super::Step::{End, Get, Send};
use super::Then::{Closed, Kept};

pub(crate) const ROWS: &[Row] = &[
    Row {
        why: "RFC 9112 section 9.3.2: answers come in the order of the requests",
        steps: &[
            Send(
                "GET /things?limit=1 HTTP/1.1\nHost: a\n\nHEAD /things HTTP/1.1\nHost: a\n\nGET /nowhere HTTP/1.1\nHost: a\n\nGET /things?limit=2 HTTP/1.1\nHost: a\n\n",
            ),
            Get(200, &[], r#"["limit 1"]"#),
            Get(200, &["content-length: 2"], ""),
            Get(404, &[], r#"{"error":"Not Found","message":"Nothing is served at this path"}"#),
            Get(200, &[], r#"["limit 2"]"#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 9.3.2: bodies between the requests",
        steps: &[
            Send(
                "POST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nContent-Length: 3\n\noneGET /things HTTP/1.1\nHost: a\n\nPOST /text HTTP/1.1\nHost: a\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\n3\ntwo\n0\n\nDELETE /things/a HTTP/1.1\nHost: a\n\n",
            ),
            Get(200, &[], "one"),
            Get(200, &[], "[]"),
            Get(200, &[], "two"),
            Get(204, &[], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 9.3: each error leaves the connection as it was",
        steps: &[
            Send("GET /things?limit=x HTTP/1.1\nHost: a\n\n"),
            Get(
                400,
                &[],
                r#"{"error":"Bad Request","message":"Invalid request: query/limit: expected a 64-bit integer"}"#,
            ),
            Send("GET /locked HTTP/1.1\nHost: a\n\n"),
            Get(401, &[], r#"{"error":"Unauthorized","message":"Not authenticated"}"#),
            Send("GET /locked HTTP/1.1\nHost: a\nAuthorization: Bearer shut\n\n"),
            Get(403, &[], r#"{"error":"Forbidden","message":"Not you"}"#),
            Send("POST /things HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 1\n\n{"),
            Get(
                400,
                &[],
                r#"{"error":"Bad Request","message":"Invalid request: body: malformed or too deeply nested JSON, line 1 column 1"}"#,
            ),
            Send("POST /things HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 2\n\n{}"),
            Get(400, &[], r#"{"error":"Bad Request","message":"Invalid request: body/name: is required"}"#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 9.6: the client may ask for the end",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nConnection: close\n\nGET /things HTTP/1.1\nHost: a\n\n"),
            Get(200, &["connection: close"], "[]"),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 9.6: among other options, without case",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nConnection: X-Level, Close\n\n"),
            Get(200, &["connection: close"], "[]"),
        ],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 9.3: HTTP/1.0 keeps a connection when it says so, and is told",
        steps: &[Send("GET /things HTTP/1.0\nConnection: keep-alive\n\n"), Get(200, &["connection: keep-alive"], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 9.6: a client that only sends no more gets its answer",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\n\n"), End, Get(200, &[], "[]")],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 2.2: an empty line before a request",
        steps: &[Send("\nGET /things HTTP/1.1\nHost: a\n\n"), Get(200, &[], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.6.6: another major version is not served this way",
        steps: &[Send("GET /things HTTP/3.0\nHost: a\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 7.8: an upgrade that nobody knows is passed over",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\n\n"),
            Get(200, &["-upgrade"], "[]"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 7.1: content of unknown length comes in chunks",
        steps: &[
            Send("GET /stream HTTP/1.1\nHost: a\n\n"),
            Get(200, &["transfer-encoding: chunked", "-content-length"], "onetwo"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 6.1: HTTP/1.0 gets no chunks: the content ends with the connection",
        steps: &[
            Send("GET /stream HTTP/1.0\nConnection: keep-alive\n\n"),
            Get(200, &["-transfer-encoding", "-content-length"], "onetwo"),
        ],
        then: Closed,
    },
];
