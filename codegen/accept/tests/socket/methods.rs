//! Methods: what a path declares, HEAD and OPTIONS, and everything else.

use super::Row;
use super::Step::{Get, Send};
use super::Then::{Closed, Kept};

const NOT_ALLOWED: &str = r#"{"error":"Method Not Allowed","message":"Method Not Allowed"}"#;
const NOT_FOUND: &str = r#"{"error":"Not Found","message":"Nothing is served at this path"}"#;
const ALLOW_THINGS: &str = "allow: GET, HEAD, POST, OPTIONS";

pub(crate) const ROWS: &[Row] = &[
    Row {
        why: "RFC 9110 section 9.3.2: HEAD is GET without content, with its length",
        steps: &[
            Send("HEAD /things/latest HTTP/1.1\nHost: a\n\n"),
            Get(200, &["content-length: 8", "content-type: application/json"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.2: the fields of GET, each of them",
        steps: &[
            Send("HEAD /things/a HTTP/1.1\nHost: a\n\n"),
            Get(200, &["content-length: 3", "set-cookie: a=1", "set-cookie: b=2; Path=/", "x-left: 3"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.2: HEAD asks for the credentials of GET",
        steps: &[
            Send("HEAD /locked HTTP/1.1\nHost: a\n\n"),
            Get(401, &["www-authenticate: Bearer", "content-type: application/json"], ""),
            Send("HEAD /locked HTTP/1.1\nHost: a\nAuthorization: bearer open\n\n"),
            Get(200, &["content-length: 6"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 8.6: a length that is not known before the content is left out of HEAD",
        steps: &[
            Send("HEAD /stream HTTP/1.1\nHost: a\n\n"),
            Get(200, &["-content-length", "content-type: application/octet-stream"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.3.5: HEAD of an answer that has no content anyway",
        steps: &[Send("HEAD /status/204 HTTP/1.1\nHost: a\n\n"), Get(204, &["-content-length", "-content-type"], "")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.2: HEAD of what is not there",
        steps: &[
            Send("HEAD /nowhere HTTP/1.1\nHost: a\n\n"),
            Get(404, &["content-length: 64", "content-type: application/json"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.5.6: HEAD where there is no GET",
        steps: &[
            Send("HEAD /text HTTP/1.1\nHost: a\n\n"),
            Get(405, &["allow: POST, OPTIONS", "content-length: 61"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.7: OPTIONS tells the methods",
        steps: &[Send("OPTIONS /things HTTP/1.1\nHost: a\n\n"), Get(204, &[ALLOW_THINGS, "-content-length"], "")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.7: OPTIONS may have content, which means nothing",
        steps: &[
            Send("OPTIONS /things HTTP/1.1\nHost: a\nContent-Length: 3\nContent-Type: text/plain\n\nabc"),
            Get(204, &[ALLOW_THINGS], ""),
        ],
        then: Kept,
    },
    Row {
        why: "OpenAPI 3.1.1 section 4.8.8.2: of two templates that match, the concrete one says what is allowed",
        steps: &[
            Send("OPTIONS /things/latest HTTP/1.1\nHost: a\n\n"),
            Get(204, &["allow: GET, HEAD, OPTIONS"], ""),
            Send("OPTIONS /things/a HTTP/1.1\nHost: a\n\n"),
            Get(204, &["allow: GET, HEAD, DELETE, OPTIONS"], ""),
        ],
        then: Kept,
    },
    Row {
        why: "OPTIONS asks for no credentials: what it tells stands in the document",
        steps: &[Send("OPTIONS /locked HTTP/1.1\nHost: a\n\n"), Get(204, &["allow: GET, HEAD, OPTIONS"], "")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.5.5: OPTIONS of what is not there",
        steps: &[Send("OPTIONS /nowhere HTTP/1.1\nHost: a\n\n"), Get(404, &["-allow"], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.7: OPTIONS * asks the server, not a resource",
        steps: &[Send("OPTIONS * HTTP/1.1\nHost: a\n\n"), Get(204, &["-content-length"], "")],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 15.5.6: a method that another operation of the path has not",
        steps: &[
            Send("DELETE /things HTTP/1.1\nHost: a\n\n"),
            Get(405, &[ALLOW_THINGS, "content-type: application/json"], NOT_ALLOWED),
        ],
        then: Kept,
    },
    Row {
        why: "OpenAPI 3.1.1 section 4.8.8.2: the template beside a concrete path gets none of its methods",
        steps: &[
            Send("DELETE /things/latest HTTP/1.1\nHost: a\n\n"),
            Get(405, &["allow: GET, HEAD, OPTIONS"], NOT_ALLOWED),
            Send("DELETE /things/earliest HTTP/1.1\nHost: a\n\n"),
            Get(204, &[], ""),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.1: 405 where the path has other methods, whether the method is known or not",
        steps: &[Send("BREW /things HTTP/1.1\nHost: a\n\n"), Get(405, &[ALLOW_THINGS], NOT_ALLOWED)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.1: methods have their case",
        steps: &[Send("get /things HTTP/1.1\nHost: a\n\n"), Get(405, &[ALLOW_THINGS], NOT_ALLOWED)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.8: TRACE would repeat credentials, and no document has it by accident",
        steps: &[Send("TRACE /things HTTP/1.1\nHost: a\n\n"), Get(405, &[ALLOW_THINGS], NOT_ALLOWED)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 9.3.6: this server is no proxy, and 2xx to CONNECT would make a tunnel",
        steps: &[Send("CONNECT a:80 HTTP/1.1\nHost: a:80\n\n"), Get(404, &[], NOT_FOUND)],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 9.3: the content of a refused request does not become the next request",
        steps: &[
            Send("PATCH /things HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello"),
            Get(405, &[ALLOW_THINGS], NOT_ALLOWED),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 3: a method is a token",
        steps: &[Send("G@T /things HTTP/1.1\nHost: a\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
];
