//! Security requirements: AND, OR, optional, and every place of a credential.

use std::fmt::Write as _;

use stubwright::codegen::Router;
use stubwright::{
    ApiKey, BasicCredentials, BearerToken, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse,
};
use stubwright_accept::apis::gates::{operations, router, traits};

use super::{Answer, get, shown};

/// Lets in who has the secret `good`; a caller is the schemes that know it.
struct Guard;

fn caller(scheme: &str, secret: &str) -> Result<String, Denied> {
    match secret {
        "good" => Ok(scheme.to_owned()),
        _ => Err(Denied::unauthorized("Unknown credential")),
    }
}

macro_rules! authenticates {
    ($($name:ident: $credential:ty, $scheme:literal;)+) => {
        $(
            async fn $name(
                &self,
                credential: $credential,
                _: &RequestHead,
                _: &'static OperationInfo,
            ) -> Result<String, Denied> {
                caller($scheme, credential.expose())
            }
        )+
    };
}

impl traits::Security for Guard {
    type Principal = String;

    authenticates! {
        authenticate_bearer: BearerToken<'_>, "bearer";
        authenticate_in_header: ApiKey<'_>, "header";
        authenticate_in_query: ApiKey<'_>, "query";
        authenticate_in_cookie: ApiKey<'_>, "cookie";
        authenticate_oauth: BearerToken<'_>, "oauth";
    }

    async fn authenticate_basic(
        &self,
        credential: BasicCredentials,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        caller(&format!("basic as {}", credential.username), credential.expose())
    }

    async fn combine(
        &self,
        principals: Vec<String>,
        met: &'static [SchemeUse],
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        assert_eq!(principals.len(), met.len());
        let all = principals.join(" and ");
        if all.contains("nobody") { Err(Denied::forbidden("Not together")) } else { Ok(all) }
    }

    async fn authorize(
        &self,
        principal: &String,
        met: &'static [SchemeUse],
        operation: &'static OperationInfo,
    ) -> Result<(), Denied> {
        assert!(operation.security.contains(&met), "one of its alternatives");
        let scopes: Vec<&str> = met.iter().flat_map(|one| one.scopes).copied().collect();
        if principal == "oauth" && scopes != ["read", "write"] { Err(Denied::forbidden("No scopes")) } else { Ok(()) }
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
    inherited: InheritedRequest, InheritedResponse, String;
    open: OpenRequest, OpenResponse, ();
    basic: BasicRequest, BasicResponse, String;
    header: HeaderRequest, HeaderResponse, String;
    query: QueryRequest, QueryResponse, String;
    cookie: CookieRequest, CookieResponse, String;
    scopes: ScopesRequest, ScopesResponse, String;
    both: BothRequest, BothResponse, String;
    either: EitherRequest, EitherResponse, String;
    optional: OptionalRequest, OptionalResponse, Option<String>;
    validated: ValidatedRequest, ValidatedResponse, String;
}

fn server() -> Router {
    router::new(Guard)
}

/// `nobody:good`, `ann:good` and `ann:bad` in Base64.
const NOBODY: &str = "Basic bm9ib2R5Omdvb2Q=";
const ANN: &str = "Basic YW5uOmdvb2Q=";
const WRONG: &str = "Basic YW5uOmJhZA==";

/// Asks with what is not empty: `Authorization`, and the keys in a header field, the query and a cookie.
async fn ask(path: &str, [authorization, header, query, cookie]: [&str; 4]) -> Answer {
    let cookies = format!("key={cookie}");
    let all =
        [("authorization", authorization, authorization), ("x-key", header, header), ("cookie", cookie, &cookies)];
    let headers: Vec<_> =
        all.iter().filter(|(_, secret, _)| !secret.is_empty()).map(|&(name, _, value)| (name, value)).collect();
    let mut path = path.to_owned();
    if !query.is_empty() {
        let _ = write!(path, "?key={query}");
    }
    get(&server(), &path, &headers).await
}

#[tokio::test]
async fn who_may_call() {
    for (path, sent, expected) in [
        ("/inherited", ["Bearer good", "", "", ""], r#""bearer""#),
        ("/inherited", ["bearer good", "", "", ""], r#""bearer""#),
        ("/open", ["", "", "", ""], "()"),
        ("/open", ["Bearer bad", "bad", "bad", "bad"], "()"),
        ("/basic", [ANN, "", "", ""], r#""basic as ann""#),
        ("/header", ["", "good", "", ""], r#""header""#),
        ("/query", ["", "", "good", ""], r#""query""#),
        ("/cookie", ["", "", "", "good"], r#""cookie""#),
        ("/scopes", ["Bearer good", "", "", ""], r#""oauth""#),
        ("/both", [ANN, "good", "", ""], r#""basic as ann and header""#),
        ("/either", ["", "good", "", ""], r#""header""#),
        ("/either", ["", "", "good", "good"], r#""query and cookie""#),
        ("/either", ["", "bad", "good", "good"], r#""query and cookie""#),
        ("/either", ["", "good", "bad", "good"], r#""header""#),
        ("/optional", [ANN, "", "", ""], r#"Some("basic as ann")"#),
        ("/optional", ["", "", "", ""], "None"),
    ] {
        let answer = ask(path, sent).await;
        assert_eq!(
            (answer.status, answer.json()["detail"].as_str()),
            (200, Some(expected)),
            "{path} {sent:?}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn who_may_not() {
    for (path, sent, status) in [
        ("/inherited", ["", "", "", ""], 401),
        ("/inherited", ["Bearer bad", "", "", ""], 401),
        ("/inherited", [ANN, "good", "good", "good"], 401),
        ("/basic", ["Basic !", "", "", ""], 401),
        ("/basic", [WRONG, "", "", ""], 401),
        ("/basic", ["Bearer good", "", "", ""], 401),
        ("/header", ["", "", "good", "good"], 401),
        ("/query", ["", "good", "", "good"], 401),
        ("/cookie", ["", "good", "good", ""], 401),
        ("/both", [ANN, "", "", ""], 401),
        ("/both", ["", "good", "", ""], 401),
        ("/both", [ANN, "bad", "", ""], 401),
        ("/both", [WRONG, "good", "", ""], 401),
        ("/both", [NOBODY, "good", "", ""], 403),
        ("/either", ["", "", "good", ""], 401),
        ("/either", ["", "", "", "good"], 401),
        // A credential that is wrong is none that is absent.
        ("/optional", [WRONG, "", "", ""], 401),
        // Who may not call learns nothing of what is wrong.
        ("/validated", ["", "", "", ""], 401),
        ("/validated", ["", "good", "", ""], 400),
    ] {
        let answer = ask(path, sent).await;
        assert_eq!(answer.status, status, "{path} {sent:?}: {}", answer.text);
        assert_eq!(answer.headers.contains_key("www-authenticate"), status == 401, "{path} {sent:?}");
    }
}

#[tokio::test]
async fn refusals_name_the_schemes() {
    for (path, expected) in [
        ("/inherited", "Bearer"),
        ("/basic", "Basic"),
        ("/header", "ApiKey"),
        ("/scopes", "Bearer"),
        ("/both", "Basic"),
    ] {
        let answer = ask(path, [""; 4]).await;
        assert!(answer.header("www-authenticate").starts_with(expected), "{path}: {:?}", answer.headers);
    }
}

#[test]
fn the_tables_say_what_the_document_says() {
    let alternatives = |operation: &OperationInfo| operation.security.iter().map(|all| all.len()).collect::<Vec<_>>();
    assert_eq!(alternatives(&operations::BOTH), [2]);
    assert_eq!(alternatives(&operations::EITHER), [1, 2]);
    assert_eq!(alternatives(&operations::OPTIONAL), [1, 0]);
    assert!(alternatives(&operations::OPEN).is_empty());
    assert_eq!(operations::SCOPES.security[0][0].scopes, ["read", "write"]);
}
