//! Operations that answer the JSON that they are sent: what becomes of values, and what is told of those that are refused.

use serde_json::Value;
use stubwright::codegen::Router;

use super::send_json;

/// Handlers that answer with the body of the request. Their module names `operations`, `Context` and `Error`.
macro_rules! echoes {
    ($($method:ident: $request:ident, $response:ident;)+) => {
        $(
            async fn $method(
                &self,
                _: Context<()>,
                request: operations::$request,
            ) -> Result<operations::$response, Error> {
                Ok(operations::$response::Ok(request.body))
            }
        )+
    };
}

/// Handlers that show what they are asked. Their module names `operations`, `Context` and `Error`.
macro_rules! shows {
    ($($method:ident: $request:ident, $response:ident;)+) => {
        $(
            async fn $method(
                &self,
                _: Context<()>,
                request: operations::$request,
            ) -> Result<operations::$response, Error> {
                super::shown(request)
            }
        )+
    };
}

/// A value that comes back as it was.
pub(super) async fn kept(router: &Router, path: &str, value: Value) {
    becomes(router, path, value.clone(), value).await;
}

/// A value that comes back as another one.
pub(super) async fn becomes(router: &Router, path: &str, sent: Value, expected: Value) {
    let answer = send_json(router, "POST", path, sent.to_string()).await;
    assert_eq!((answer.status, answer.json()), (200, expected), "{path} {sent}");
}

/// A value that is refused, and every reason: a JSON Pointer and a message.
pub(super) async fn refused(router: &Router, path: &str, sent: Value, reasons: &[&str]) {
    let answer = send_json(router, "POST", path, sent.to_string()).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (400, "application/problem+json"),
        "{path} {sent}: {}",
        answer.text
    );
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    let found: Vec<String> =
        errors.iter().map(|error| format!("{} {}", text(&error["pointer"]), text(&error["detail"]))).collect();
    assert_eq!(found, reasons, "{path} {sent}");
}
