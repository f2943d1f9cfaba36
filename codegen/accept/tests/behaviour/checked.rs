//! Answers that break their own contract: what the log says of them, and what the client gets.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use http::StatusCode;
use stubwright::codegen::Router;
use stubwright::{Context, EdgeError, Error, RouterOptions};
use stubwright_accept::apis::checked::operations::{AccountOkHeaders, AccountRequest, AccountResponse};
use stubwright_accept::apis::checked::{router, traits, types};

use super::get;

/// What neither a client nor a log may see.
const SECRET: &str = "hunter2-correct-horse";

struct Accounts;

impl traits::Errors for Accounts {
    fn invalid_request(&self, error: &EdgeError<'_>) -> types::AccountClientErrorBody {
        types::AccountClientErrorBody { code: i64::from(error.status.as_u16() % 10) * 3 }
    }
}

impl traits::Operations for Accounts {
    async fn account(&self, _: Context<()>, request: AccountRequest) -> Result<AccountResponse, Error> {
        let mut body = types::Account {
            name: "me".to_owned(),
            password: None,
            pin: None,
            excluded: None,
            keys: None,
            lists: None,
            levels: None,
        };
        let mut headers = AccountOkHeaders { x_token: None, x_left: 0, x_next: None };
        let secret = || Some(SECRET.to_owned());
        let level = |at_level| types::AccountLevelsItem { at_level: Some(at_level) };
        match request.what.as_str() {
            "name" => body.name = SECRET.repeat(2),
            "password" => body.password = secret(),
            "pin" => body.pin = secret(),
            "excluded" => body.excluded = secret(),
            "keys" => body.keys = Some(BTreeMap::from([("a/b".to_owned(), SECRET.to_owned())])),
            "lists" => body.lists = Some(vec![Vec::new(), vec![SECRET.to_owned(), SECRET.to_owned()]]),
            "levels" => body.levels = Some(vec![level(5), level(6), level(7)]),
            "empty" => body.levels = Some(Vec::new()),
            "token" => headers.x_token = Some(SECRET.repeat(2)),
            "left" => headers.x_left = -1,
            "next" => headers.x_next = Some(format!("{SECRET}\r\nX-Evil: 1")),
            "both" => (body.pin, body.password) = (secret(), secret()),
            "code" => {
                let body = types::AccountClientErrorBody { code: 10 };
                return Ok(AccountResponse::ClientError { status: StatusCode::CONFLICT, body });
            }
            "range" => {
                let body = types::AccountClientErrorBody { code: 1 };
                return Ok(AccountResponse::ClientError { status: StatusCode::BAD_GATEWAY, body });
            }
            "missing" => return Err(Error::not_found(SECRET)),
            _ => {}
        }
        Ok(AccountResponse::Ok { headers, body })
    }
}

fn server(check_responses: bool) -> Router {
    router::with_options(Accounts, RouterOptions { check_responses, ..RouterOptions::default() })
}

/// What is logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The answer to a request, and the lines that its handling logs, without time and span.
async fn logged(server: &Router, path: &str, accept: &str) -> (super::Answer, Vec<String>) {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .with_writer(move || writer.clone());
    let guard = tracing::subscriber::set_default(subscriber.finish());
    let answer = get(server, path, &[("accept", accept)]).await;
    drop(guard);
    let text = String::from_utf8(lines.0.lock().expect("no panic").clone()).expect("the log is text");
    let event = |line: &str| line.rsplit_once("}: ").map_or(line, |(_, event)| event).to_owned();
    (answer, text.lines().map(event).collect())
}

const JSON: &str = "application/json";
const BREAKS: &str = r#"an answer breaks the contract operation="account""#;

#[tokio::test]
async fn the_log_names_operation_status_and_place() {
    for (what, expected) in [
        ("name", &[r#"status=200 place="body /name" violation="length" detail="must have at most 24 characters""#][..]),
        (
            "password",
            &[r#"status=200 place="body /password" violation="length" detail="must have at least 30 characters""#],
        ),
        ("pin", &[r#"status=200 place="body /pin" violation="pattern" detail="must match the pattern ^[0-9]{4}$""#]),
        (
            "excluded",
            &[
                r#"status=200 place="body /excluded" violation="not-allowed" detail="must not be what the schema excludes""#,
            ],
        ),
        ("keys", &[r#"status=200 place="body /keys/a~1b" violation="length" detail="must have at most 8 characters""#]),
        (
            "lists",
            &[
                r#"status=200 place="body /lists/1" violation="duplicate-item" detail="must not have equal items, as items 0 and 1 are (counted from 0)""#,
            ],
        ),
        (
            "levels",
            &[
                r#"status=200 place="body /levels/1/at~1~0level" violation="out-of-range" detail="must be at most 5""#,
                r#"status=200 place="body /levels/2/at~1~0level" violation="out-of-range" detail="must be at most 5""#,
            ],
        ),
        ("empty", &[r#"status=200 place="body /levels" violation="item-count" detail="must have at least 1 item""#]),
        (
            "token",
            &[r#"status=200 place="header /X-Token" violation="length" detail="must have at most 24 characters""#],
        ),
        ("left", &[r#"status=200 place="header /X-Left" violation="out-of-range" detail="must be at least 0""#]),
        (
            "both",
            &[
                r#"status=200 place="body /password" violation="length" detail="must have at least 30 characters""#,
                r#"status=200 place="body /pin" violation="pattern" detail="must match the pattern ^[0-9]{4}$""#,
            ],
        ),
        ("code", &[r#"status=409 place="body /code" violation="out-of-range" detail="must be at most 9""#]),
    ] {
        let (answer, lines) = logged(&server(true), &format!("/accounts/{what}"), JSON).await;
        let expected: Vec<_> = expected.iter().map(|rest| format!("{BREAKS} {rest}")).collect();
        assert_eq!(lines, expected, "{what}");
        assert_failed(&answer, what);
    }
}

fn assert_failed(answer: &super::Answer, what: &str) {
    let body = r#"{"error":"Internal Server Error","message":"Internal Server Error"}"#;
    let found = (answer.status, answer.header("content-type"), answer.text.as_str());
    assert_eq!(found, (500, "application/vnd.wrong+json", body), "{what}");
    let names: Vec<_> = answer.headers.keys().map(http::HeaderName::as_str).collect();
    assert_eq!(names, ["content-type", "content-length"], "{what}");
}

#[tokio::test]
async fn every_syntax_of_an_answer_is_checked() {
    for accept in [JSON, "application/xml", "application/x-www-form-urlencoded"] {
        let (answer, lines) = logged(&server(true), "/accounts/both", accept).await;
        assert_failed(&answer, accept);
        assert_eq!(lines.len(), 2, "{accept}: {lines:?}");
        let (answer, lines) = logged(&server(true), "/accounts/good", accept).await;
        assert_eq!((answer.status, answer.header("content-type"), lines.as_slice()), (200, accept, &[][..]));
    }
}

/// These are wrong in a way that no setting lets pass.
#[tokio::test]
async fn what_cannot_be_sent_is_told_in_any_case() {
    for is_checked in [true, false] {
        for (what, expected) in [
            (
                "next",
                format!(
                    "{BREAKS} status=200 place=\"header /X-Next\" violation=\"syntax\" detail=\"holds what no header field can carry\""
                ),
            ),
            (
                "range",
                format!(
                    "{BREAKS} status=502 place=\"status\" violation=\"not-allowed\" detail=\"is not within the declared 4XX\""
                ),
            ),
        ] {
            let (answer, lines) = logged(&server(is_checked), &format!("/accounts/{what}"), JSON).await;
            assert_eq!(lines, [expected], "{what}");
            assert_failed(&answer, what);
        }
    }
}

#[tokio::test]
async fn bodies_of_errors_are_checked_like_answers() {
    let (answer, lines) = logged(&server(true), "/accounts/missing", JSON).await;
    assert_eq!(
        lines,
        [format!("{BREAKS} status=404 place=\"body /code\" violation=\"out-of-range\" detail=\"must be at most 9\"")]
    );
    assert_failed(&answer, "missing");
    let (answer, lines) = logged(&server(false), "/accounts/missing", JSON).await;
    assert_eq!((answer.status, answer.text.as_str(), lines.len()), (404, r#"{"code":12}"#, 0));
}

#[tokio::test]
async fn nothing_is_checked_where_nobody_asks_for_it() {
    for what in ["name", "password", "pin", "excluded", "keys", "lists", "levels", "empty", "token", "left", "both"] {
        let (answer, lines) = logged(&server(false), &format!("/accounts/{what}"), JSON).await;
        assert_eq!((answer.status, lines.as_slice()), (200, &[][..]), "{what}");
    }
    assert_eq!(RouterOptions::default().check_responses, cfg!(debug_assertions));
}

#[tokio::test]
async fn neither_log_nor_answer_repeats_a_value() {
    for what in [
        "name", "password", "pin", "excluded", "keys", "lists", "levels", "token", "next", "both", "code", "range",
        "missing",
    ] {
        let (answer, lines) = logged(&server(true), &format!("/accounts/{what}"), JSON).await;
        assert!(!lines.is_empty() && answer.status == 500, "{what}");
        let all = format!("{lines:?} {} {:?}", answer.text, answer.headers);
        assert!(!all.contains("hunter2") && !all.contains("horse"), "{what}: {all}");
    }
}
