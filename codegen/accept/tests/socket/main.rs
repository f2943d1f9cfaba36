//! HTTP's own rules over real sockets: raw bytes go in, raw bytes come out, and nothing of a client library is between.
//!
//! Every row says why its answer is the right one: a clause of an RFC where there is one. After every row the connection
//! is either closed by the server, or answers one more request.

mod api;
mod bodies;
mod connections;
mod fields;
mod methods;
mod statuses;
mod targets;
mod wire;

use std::net::SocketAddr;
use std::time::Duration;

use stubwright::{BodyLimits, RouterOptions, ServeOptions, document, serve};
use stubwright_accept::apis::wire::{router, texts};
use tokio::net::TcpListener;

use self::wire::{Answer, Client};

/// A conversation over one connection.
struct Row {
    /// Why the answers are the right ones.
    why: &'static str,
    steps: &'static [Step],
    then: Then,
}

/// What happens, in this order. In what is sent, `\n` stands for CRLF.
enum Step {
    Send(&'static str),
    /// The client says that it sends no more.
    End,
    /// An answer: its status, fields as `name: value` (`-name` where there is none), and its content.
    Get(u16, &'static [&'static str], &'static str),
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The next request is answered.
    Kept,
    /// The server closes it.
    Closed,
}

const LIMIT: usize = 64;

/// A server on a port of its own, which ends with the test.
async fn start() -> SocketAddr {
    let options = RouterOptions { limits: BodyLimits::new(LIMIT), check_responses: true, ..RouterOptions::default() };
    let router = router::with_options(api::Things, options)
        .merge(document::routes("", &texts::DOCUMENT, "http://a"))
        .fallback_service(document::not_found(&texts::DOCUMENT));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let options = ServeOptions {
        header_timeout: Duration::from_secs(20),
        body_timeout: Duration::from_secs(20),
        ..ServeOptions::default()
    };
    tokio::spawn(serve(listener, router, options, std::future::pending::<()>()));
    address
}

#[tokio::test]
async fn every_row_is_answered_as_http_asks() {
    let address = start().await;
    let tables = [methods::ROWS, targets::ROWS, fields::ROWS, bodies::ROWS, connections::ROWS, statuses::ROWS];
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in tables.into_iter().flatten() {
        count += 1;
        if let Err(what) = played(address, row).await {
            wrong.push(format!("{}\n    {what}", row.why));
        }
    }
    assert!(count >= 80, "only {count} rows");
    assert!(wrong.is_empty(), "{} of {count} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// Plays a row; the error says what was not as it should be.
async fn played(address: SocketAddr, row: &Row) -> Result<(), String> {
    let mut client = Client::connect(address).await;
    for step in row.steps {
        match step {
            Step::Send(text) => client.send(&text.replace('\n', "\r\n")).await,
            Step::End => client.end().await,
            Step::Get(status, fields, content) => {
                let answer = client.answer().await?;
                answer.is_sound()?;
                compare(&answer, *status, fields, content)?;
            }
        }
    }
    match row.then {
        Then::Closed => client.is_closed().await,
        Then::Kept => {
            client.send("GET /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
            let answer = client.answer().await.map_err(|what| format!("the next request: {what}"))?;
            compare(&answer, 200, &["connection: close"], "[]").map_err(|what| format!("the next request: {what}"))?;
            client.is_closed().await
        }
    }
}

fn compare(answer: &Answer, status: u16, fields: &[&str], content: &str) -> Result<(), String> {
    for field in fields {
        let is_right = match field.strip_prefix('-') {
            Some(name) => answer.all(name).is_empty(),
            None => {
                let (name, value) = field.split_once(": ").expect("a field of a row has a value");
                answer.all(name).contains(&value)
            }
        };
        if !is_right {
            return Err(format!("`{field}` does not hold: {answer:?}"));
        }
    }
    match (answer.status, answer.content.as_str()) {
        found if found == (status, content) => Ok(()),
        _ => Err(format!("{status} {content:?} was expected: {answer:?}")),
    }
}

/// RFC 9110 section 9.3.2: the fields of HEAD are those of GET, whatever the answer is.
#[tokio::test]
async fn head_has_the_fields_of_get() {
    let address = start().await;
    for path in [
        "/things",
        "/things?limit=x",
        "/things/latest",
        "/things/a",
        "/things/panic",
        "/things/failed",
        "/locked",
        "/text",
        "/stream",
        "/status/204",
        "/status/205",
        "/status/304",
        "/status/103",
        "/status/418",
        "/status/7",
        "/nowhere",
        "/openapi.json",
    ] {
        let mut client = Client::connect(address).await;
        let mut answers = Vec::new();
        for method in ["GET", "HEAD"] {
            client.send(&format!("{method} {path} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
            let mut answer = client.answer().await.expect("an answer");
            answer.is_sound().expect("an answer as HTTP wants it");
            assert!(method == "GET" || answer.content.is_empty(), "{path}: {answer:?}");
            // A field whose value is made with the content alone may be left out.
            answer.fields.retain(|(name, _)| !["date", "transfer-encoding"].contains(&name.as_str()));
            // The order of fields of different names means nothing (RFC 9110 section 5.3); that of lines of one is kept.
            answer.fields.sort_by(|one, other| one.0.cmp(&other.0));
            answers.push((answer.status, answer.fields));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
}
