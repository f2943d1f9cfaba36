//! No answer repeats what was sent: in every position, whatever is wrong with it.

use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::secrets::{operations, router, traits};

use super::send;

struct Shut;

/// Handlers that no request of this file gets to.
macro_rules! unreached {
    ($($method:ident: $request:ident, $response:ident;)+) => {
        $(
            async fn $method(
                &self,
                _: Context<()>,
                _: operations::$request,
            ) -> Result<operations::$response, Error> {
                Ok(operations::$response::NoContent)
            }
        )+
    };
}

impl traits::Operations for Shut {
    unreached! {
        json: JsonRequest, JsonResponse;
        form: FormRequest, FormResponse;
        multipart: MultipartRequest, MultipartResponse;
    }
}

fn server() -> Router {
    router::new(Shut)
}

const SECRET: &str = "hunter2-correct-horse";

/// Sends the secret everywhere but in the body, and the body.
async fn refused(path: &str, content_type: &str, body: &str) -> String {
    let query = format!("query={SECRET}&number={SECRET}&list={SECRET}&list={SECRET}&deep=%7B%22a%22:%22{SECRET}%22%7D");
    let cookie = format!("cookie={SECRET}");
    let headers = [("content-type", content_type), ("x-header", SECRET), ("cookie", &cookie)];
    let answer = send(&server(), "POST", &format!("/{path}/{SECRET}?{query}"), &headers, body.to_owned()).await;
    assert_eq!(answer.status, 400, "{body}: {}", answer.text);
    assert!(!answer.text.contains("hunter2") && !answer.text.contains("correct-horse"), "{}", answer.text);
    for hidden in ["hidden-choice", "other-choice", "hidden-constant"] {
        assert!(!answer.text.contains(hidden), "{hidden}: {}", answer.text);
    }
    for value in answer.headers.values() {
        assert!(!String::from_utf8_lossy(value.as_bytes()).contains("hunter2"));
    }
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    errors.iter().flat_map(|error| [error["name"].to_string(), error["pointer"].to_string()]).collect()
}

const KEYS: [&str; 10] =
    ["password", "token", "chosen", "constant", "number", "uuid", "excluded", "either", "list", "nested"];

#[tokio::test]
async fn json_is_not_repeated() {
    let members: Vec<String> = KEYS.iter().map(|key| format!(r#""{key}":"{SECRET}""#)).collect();
    let told = refused("json", "application/json", &format!("{{{}}}", members.join(","))).await;
    for key in KEYS {
        assert!(told.contains(&format!("#/{key}")), "{key}: {told}");
    }
    for name in ["path", "query", "number", "X-Header", "cookie", "list", "deep"] {
        assert!(told.contains(&format!("\"{name}\"")), "{name}: {told}");
    }
    for body in [
        format!(r#"{{"password":"{SECRET}"#),
        format!(r#"{{"password":"{SECRET}" "{SECRET}"}}"#),
        format!(r#"{{"password":"\u{SECRET}"}}"#),
        format!(r#"{{"password":{SECRET}}}"#),
        format!(r#""{SECRET}""#),
        format!(r#"["{SECRET}"]"#),
        format!(r#"{{"password":["{SECRET}"],"token":{{"a":"{SECRET}"}}}}"#),
        format!(r#"{{"list":["{SECRET}","{SECRET}"]}}"#),
        format!(r#"{{"token":"{SECRET}","token":"{SECRET}"}}"#),
    ] {
        refused("json", "application/json", &body).await;
    }
}

#[tokio::test]
async fn forms_are_not_repeated() {
    let pairs: Vec<String> = KEYS.iter().map(|key| format!("{key}={SECRET}")).collect();
    refused("form", "application/x-www-form-urlencoded", &pairs.join("&")).await;
    refused("form", "application/x-www-form-urlencoded", &format!("token={SECRET}%ff%f")).await;
    let part = |key: &&str| format!("--b\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{SECRET}\r\n");
    let parts = KEYS.iter().map(part).collect::<Vec<_>>().concat();
    refused("multipart", "multipart/form-data; boundary=b", &format!("{parts}--b--\r\n")).await;
    refused("multipart", "multipart/form-data; boundary=b", &format!("{parts}--{SECRET}")).await;
    refused("multipart", &format!("multipart/form-data; boundary=\"{SECRET}"), &parts).await;
}
