//! Operations that share a path: by demanded queries, and with methods that HTTP does not name.

use stubwright::codegen::{Router, Routes};
use stubwright::{Document, ErrorShape, OperationInfo};

use crate::support::{answer, document, send};

static DOCUMENT: Document = document(ErrorShape::Detail);
static LIST: OperationInfo = OperationInfo::new("list", "GET", "/").query(&[("Action", Some("List"))]);
static LIST_OLD: OperationInfo =
    OperationInfo::new("list old", "GET", "/").query(&[("Action", Some("List")), ("old", None)]);
static DROP: OperationInfo = OperationInfo::new("drop", "GET", "/").query(&[("Action", Some("Drop it"))]);
static POST: OperationInfo = OperationInfo::new("post", "POST", "/");
static POST_PREVIEW: OperationInfo = OperationInfo::new("preview", "POST", "/").query(&[("preview", None)]);
static PURGE: OperationInfo = OperationInfo::new("purge", "PURGE", "/");
static NO_METHOD: OperationInfo = OperationInfo::new("no method", "NOT A\nMETHOD", "/");

fn router() -> Router {
    let operations = [&LIST, &LIST_OLD, &DROP, &POST, &POST_PREVIEW, &PURGE, &NO_METHOD];
    let routes = operations.into_iter().fold(Routes::new(&DOCUMENT), |routes, operation| {
        routes.operation(operation, operation.id, |id, _| async move { Ok(answer("text/plain", id)) })
    });
    routes.into_router()
}

#[tokio::test]
async fn the_query_decides_where_it_is_demanded() {
    for (method, path, status, text) in [
        ("GET", "/?Action=List", 200, "list"),
        ("GET", "/?x=1&Action=List", 200, "list"),
        ("GET", "/?Action=List&old", 200, "list old"),
        ("GET", "/?old=1&Action=List", 200, "list old"),
        ("GET", "/?Action=Drop%20it", 200, "drop"),
        ("GET", "/?Action=Drop+it", 200, "drop"),
        ("GET", "/?Action=Other&Action=List", 200, "list"),
        ("GET", "/?Action=list", 404, "{\"detail\":\"Not Found\"}"),
        ("GET", "/?old", 404, "{\"detail\":\"Not Found\"}"),
        ("GET", "/", 404, "{\"detail\":\"Not Found\"}"),
        ("HEAD", "/?Action=List", 200, ""),
        ("POST", "/", 200, "post"),
        ("POST", "/?preview=no", 200, "preview"),
        ("PURGE", "/", 200, "purge"),
        ("PURGE", "/?Action=List", 200, "purge"),
        ("purge", "/", 405, "{\"detail\":\"Method Not Allowed\"}"),
    ] {
        let answer = send(&router(), method, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (status, text), "{method} {path}");
    }
}

#[tokio::test]
async fn custom_methods_are_allowed_methods() {
    let answer = send(&router(), "DELETE", "/", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow").as_str()), (405, "GET, HEAD, POST, PURGE, OPTIONS"));
}

#[test]
#[should_panic(expected = "two operations for GET /")]
fn equal_demands_are_refused() {
    static SAME: OperationInfo = OperationInfo::new("same", "GET", "/").query(&[("Action", Some("List"))]);
    let _ = [&LIST, &SAME].into_iter().fold(Routes::new(&DOCUMENT), |routes, operation| {
        routes.operation(operation, (), |(), _| async { Ok(answer("text/plain", "")) })
    });
}
