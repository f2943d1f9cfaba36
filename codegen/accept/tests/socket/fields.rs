//! Header fields of requests.

use super::Row;
use super::Step::{Get, Send};
use super::Then::{Closed, Kept};

pub(crate) const ROWS: &[Row] = &[
    Row {
        why: "RFC 9112 section 3.2: HTTP/1.1 without Host is refused",
        steps: &[Send("GET /things HTTP/1.1\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 3.2: also where the target is absolute",
        steps: &[Send("GET http://a/things HTTP/1.1\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 3.2: more than one Host",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\nHost: a\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 3.2: a Host that is none",
        steps: &[Send("GET /things HTTP/1.1\nHost: a b\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 7.2: Host is host and port, and no path",
        steps: &[Send("GET /things HTTP/1.1\nHost: a/b\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 4.2.4: nor user information",
        steps: &[Send("GET /things HTTP/1.1\nHost: me@a\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 3986 section 3.2.2: the hosts that there are",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: [::1]:80\n\nGET /things HTTP/1.1\nHost: 127.0.0.1:65535\n\n"),
            Get(200, &[], "[]"),
            Get(200, &[], "[]"),
            Send("GET /things HTTP/1.1\nHost: a-b.c_d.example.:\n\nGET /things HTTP/1.1\nHost: %C3%A4\n\n"),
            Get(200, &[], "[]"),
            Get(200, &[], "[]"),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 3.2: Host is empty where the target has no authority",
        steps: &[Send("GET /things HTTP/1.1\nHost:\n\n"), Get(200, &[], "[]")],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 3.2: HTTP/1.0 needs no Host",
        steps: &[Send("GET /things HTTP/1.0\n\n"), Get(200, &[], "[]")],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 5.1: names of fields have no case",
        steps: &[Send("GET /things HTTP/1.1\nhOST: a\nx-LEVEL: 3\n\n"), Get(200, &[], r#"["level 3"]"#)],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 5.3: lines of a field that is a list are one list",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nX-Tags: a,b\nX-Tags: c\n\n"),
            Get(200, &[], r#"["tag a","tag b","tag c"]"#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 5.3: a field that is no list stands once",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nX-Level: 1\nX-Level: 2\n\n"),
            Get(
                400,
                &["content-type: application/json"],
                r#"{"error":"Bad Request","message":"Invalid request: header/X-Level: may be given only once"}"#,
            ),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 5.5: white space around a value is no part of it",
        steps: &[Send("GET /things HTTP/1.1\nHost:  a \t\nX-Level:\t 3  \n\n"), Get(200, &[], r#"["level 3"]"#)],
        then: Kept,
    },
    Row {
        why: "RFC 9112 section 5.1: no white space before the colon",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\nX-Level : 3\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9112 section 5.2: no field goes over several lines",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\nX-Level: 3\n 4\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 5.5: no NUL in a value",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\nX-Tags: a\0b\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 5.6.2: the name of a field is a token",
        steps: &[Send("GET /things HTTP/1.1\nHost: a\nX Tags: a\n\n"), Get(400, &["content-length: 0"], "")],
        then: Closed,
    },
    Row {
        why: "RFC 9110 section 12.5.1: nothing that the client accepts",
        steps: &[
            Send("GET /things HTTP/1.1\nHost: a\nAccept: text/html\n\n"),
            Get(406, &["vary: Accept"], r#"{"error":"Not Acceptable","message":"Not Acceptable"}"#),
        ],
        then: Kept,
    },
    Row {
        why: "RFC 9110 section 11.1: the name of an authentication scheme has no case",
        steps: &[
            Send("GET /locked HTTP/1.1\nHost: a\nAuthorization: bEARER open\n\n"),
            Get(200, &[], r#""open""#),
            Send("GET /locked HTTP/1.1\nHost: a\nAuthorization: Bearer open\nAuthorization: Bearer open\n\n"),
            Get(401, &["www-authenticate: Bearer"], r#"{"error":"Unauthorized","message":"Not authenticated"}"#),
        ],
        then: Kept,
    },
];
