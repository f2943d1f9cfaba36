//! Who is let in: every operation against every credential.

use stubwright::codegen::Router;
use stubwright::{ApiKey, BearerToken, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse};
use stubwright_accept::apis::security::{operations, router, traits};

use super::{Answer, get, shown};

/// Lets in who has the secret `good`, knows who has `known` and forbids it everything, and nobody else.
struct Guard;

fn caller(scheme: &'static str, secret: &str) -> Result<String, Denied> {
    match secret {
        "good" | "known" => Ok(format!("{secret} by {scheme}")),
        _ => Err(Denied::unauthorized("Unknown credential")),
    }
}

impl traits::Security for Guard {
    type Principal = String;

    async fn authenticate_bearer(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        caller("bearer", credential.expose())
    }

    async fn authenticate_in_header(
        &self,
        credential: ApiKey<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        caller("header", credential.expose())
    }

    async fn authenticate_in_query(
        &self,
        credential: ApiKey<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        caller("query", credential.expose())
    }

    async fn authenticate_in_cookie(
        &self,
        credential: ApiKey<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        caller("cookie", credential.expose())
    }

    async fn authorize(
        &self,
        principal: &String,
        _: &'static [SchemeUse],
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        if principal.starts_with("known") { Err(Denied::forbidden("Not yours")) } else { Ok(()) }
    }
}

/// Handlers that tell who is calling.
macro_rules! handlers {
    ($($name:ident: $request:ident, $response:ident, $principal:ty;)+) => {
        impl traits::Operations<String> for Guard {
            $(
                async fn $name(
                    &self,
                    context: Context<$principal>,
                    _: operations::$request,
                ) -> Result<operations::$response, Error> {
                    shown(context.principal)
                }
            )+
        }
    };
}

handlers! {
    by_root: ByRootRequest, ByRootResponse, String;
    by_nobody: ByNobodyRequest, ByNobodyResponse, ();
    by_bearer: ByBearerRequest, ByBearerResponse, String;
    by_header: ByHeaderRequest, ByHeaderResponse, String;
    by_query: ByQueryRequest, ByQueryResponse, String;
    by_cookie: ByCookieRequest, ByCookieResponse, String;
    by_either: ByEitherRequest, ByEitherResponse, String;
    by_anybody: ByAnybodyRequest, ByAnybodyResponse, Option<String>;
    by_any: ByAnyRequest, ByAnyResponse, Option<String>;
    by_undefined: ByUndefinedRequest, ByUndefinedResponse, String;
    by_partly_defined: ByPartlyDefinedRequest, ByPartlyDefinedResponse, String;
    by_undefined_or_nobody: ByUndefinedOrNobodyRequest, ByUndefinedOrNobodyResponse, ();
    credentials_first: CredentialsFirstRequest, CredentialsFirstResponse, String;
}

fn server() -> Router {
    router::new(Guard)
}

/// Asks with a secret per scheme; an empty one is not sent.
async fn ask(path: &str, [bearer, header, query, cookie]: [&str; 4]) -> Answer {
    let authorization = format!("Bearer {bearer}");
    let cookies = format!("a=b; session={cookie}");
    let all =
        [("authorization", bearer, authorization.as_str()), ("x-key", header, header), ("cookie", cookie, &cookies)];
    let headers: Vec<_> =
        all.iter().filter(|(_, secret, _)| !secret.is_empty()).map(|&(name, _, value)| (name, value)).collect();
    let path = if query.is_empty() { path.to_owned() } else { format!("{path}?key={query}") };
    get(&server(), &path, &headers).await
}

/// Which of the four schemes an operation accepts, and whether it lets in who sends none.
const OPERATIONS: [(&str, [bool; 4], bool); 11] = [
    ("/root", [true, false, false, false], false),
    ("/bearer", [true, false, false, false], false),
    ("/header", [false, true, false, false], false),
    ("/query", [false, false, true, false], false),
    ("/cookie", [false, false, false, true], false),
    ("/either", [true, true, false, false], false),
    ("/optional", [true, false, false, false], true),
    ("/any", [true, true, true, true], true),
    ("/undefined", [false, false, false, false], false),
    ("/partly", [true, false, false, false], false),
    ("/order", [true, false, false, false], false),
];

/// The status of the answer to someone with these secrets, by what the document says.
fn status(accepted: [bool; 4], optional: bool, secrets: [&str; 4]) -> u16 {
    let sent: Vec<&str> =
        secrets.into_iter().zip(accepted).filter(|(_, accepted)| *accepted).map(|(secret, _)| secret).collect();
    let valid = sent.iter().find(|secret| matches!(**secret, "good" | "known"));
    match valid {
        Some(&"known") => 403,
        Some(_) => 200,
        None if optional && sent.iter().all(|secret| secret.is_empty()) => 200,
        None => 401,
    }
}

#[tokio::test]
async fn every_operation_against_every_credential() {
    let secrets = ["", "good", "known", "bad"];
    let mut asked = 0;
    for (path, accepted, optional) in OPERATIONS {
        for number in 0..secrets.len().pow(4) {
            let pick = |place: u32| secrets[number / secrets.len().pow(place) % secrets.len()];
            let sent = [pick(0), pick(1), pick(2), pick(3)];
            let mut expected = status(accepted, optional, sent);
            if path == "/order" && expected == 200 {
                // The query lacks a required parameter, and that is told only to who may call.
                expected = 400;
            }
            let answer = ask(path, sent).await;
            assert_eq!(answer.status, expected, "{path} {sent:?}: {}", answer.text);
            assert_eq!(answer.status == 401, !answer.header("www-authenticate").is_empty() && answer.status != 403);
            asked += 1;
        }
    }
    assert_eq!(asked, 11 * 256);
}

#[tokio::test]
async fn open_operations_look_at_no_credential() {
    for path in ["/none", "/open"] {
        for secret in ["", "good", "bad"] {
            let answer = ask(path, [secret; 4]).await;
            assert_eq!((answer.status, answer.json()["detail"].as_str()), (200, Some("()")), "{path}");
        }
    }
}

#[tokio::test]
async fn handlers_learn_who_is_calling() {
    for (path, secrets, expected) in [
        ("/bearer", ["good", "", "", ""], r#""good by bearer""#),
        ("/cookie", ["", "", "", "good"], r#""good by cookie""#),
        ("/either", ["", "good", "", ""], r#""good by header""#),
        // The first alternative that is met counts.
        ("/either", ["good", "good", "", ""], r#""good by bearer""#),
        ("/either", ["bad", "good", "", ""], r#""good by header""#),
        ("/optional", ["good", "", "", ""], r#"Some("good by bearer")"#),
        ("/optional", ["", "", "", ""], "None"),
        ("/any", ["", "", "good", ""], r#"Some("good by query")"#),
    ] {
        let answer = ask(path, secrets).await;
        assert_eq!(answer.json()["detail"], expected, "{path} {secrets:?}");
    }
}

#[tokio::test]
async fn refusals_say_what_would_be_accepted() {
    let challenges = |answer: &Answer| {
        let all = answer.headers.get_all("www-authenticate").iter();
        all.map(|value| value.to_str().expect("text").to_owned()).collect::<Vec<_>>()
    };
    let nothing = ask("/bearer", [""; 4]).await;
    assert_eq!(
        (challenges(&nothing), &nothing.json()["detail"]),
        (vec!["Bearer".to_owned()], &"Not authenticated".into())
    );
    let unknown = ask("/bearer", ["bad", "", "", ""]).await;
    assert_eq!(challenges(&unknown), [r#"Bearer error="invalid_token""#]);
    assert_eq!(unknown.json()["detail"], "Unknown credential");
    let forbidden = ask("/bearer", ["known", "", "", ""]).await;
    assert_eq!(challenges(&forbidden), [r#"Bearer error="insufficient_scope", scope="read write""#]);
    assert_eq!(forbidden.json()["detail"], "Not yours");
    assert_eq!(challenges(&ask("/either", [""; 4]).await), ["Bearer", "ApiKey"]);
    assert_eq!(challenges(&ask("/undefined", ["good"; 4]).await), ["nothing"]);
    assert_eq!(operations::BY_UNDEFINED.security, [[SchemeUse::undefined("nothing")]]);
}

#[test]
fn the_tables_say_what_the_document_says() {
    let scopes: Vec<&[&str]> =
        operations::BY_BEARER.security.iter().flat_map(|all| all.iter()).map(|one| one.scopes).collect();
    assert_eq!(scopes, [["read", "write"]]);
    assert_eq!(operations::BY_EITHER.security.len(), 2);
    assert_eq!(operations::BY_ANYBODY.security.iter().map(|all| all.len()).collect::<Vec<_>>(), [1, 0]);
    assert!(operations::BY_NOBODY.security.is_empty());
}
