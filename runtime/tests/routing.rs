//! Which operation answers which path and method.

mod support;

use axum::response::IntoResponse;
use http::StatusCode;
use serde_json::json;
use stubwright::codegen::{Path, Query, Request, Response, Router, Routes, request};
use stubwright::{Document, Error, ErrorShape, OperationInfo};
use support::{answer, document, operation, send};

static DOCUMENT: Document = document(ErrorShape::ErrorMessage);

/// A router whose operations answer with their own template and the named parameters.
macro_rules! router {
    ($($method:ident $path:literal [$($name:ident),*];)+) => {{
        let mut routes = Routes::new(&DOCUMENT);
        $({
            static OPERATION: OperationInfo = operation(stringify!($method), $path, ErrorShape::ErrorMessage);
            struct PathRequest {
                $($name: String,)*
            }
            request! { PathRequest { $($name: required Path(stringify!($name))),* } }
            routes = routes.operation(&OPERATION, (), |(), mut incoming| async move {
                let PathRequest { $($name),* } = PathRequest::read(&mut incoming).await?;
                let words: Vec<String> = vec![$path.to_owned(), $($name),*];
                Ok(answer("text/plain; charset=utf-8", words.join(" ")))
            });
        })+
        routes.into_router()
    }};
}

async fn get(router: &Router, path: &str) -> (u16, String) {
    let answer = send(router, "GET", path, &[]).await;
    (answer.status.as_u16(), answer.text)
}

#[tokio::test]
async fn every_template_finds_its_way() {
    let router = router! {
        GET "/" [];
        GET "/a/{x}" [x];
        GET "/a/{x}.json" [x];
        GET "/a/{x}:act" [x];
        GET "/a/{x}.{y}.tar" [x, y];
        GET "/a/me" [];
        GET "/a/{x}/b/{y}" [x, y];
        GET "/{z}/only" [z];
        GET "/a/{x}/" [x];
        GET "/straße/{x}" [x];
        GET "/:colon/*star" [];
        GET "/{{odd" [];
        GET "/b/v{x}" [x];
        GET "/p/{x}{y}" [x, y];
    };
    for (path, expected) in [
        ("/", "/"),
        ("/a/1", "/a/{x} 1"),
        ("/a/1/", "/a/{x}/ 1"),
        ("/a/1.json", "/a/{x}.json 1"),
        ("/a/.json", "/a/{x} .json"),
        ("/a/1:act", "/a/{x}:act 1"),
        ("/a/1%3Aact", "/a/{x} 1:act"),
        ("/a/1.2.tar", "/a/{x}.{y}.tar 1 2"),
        ("/a/me", "/a/me"),
        ("/a/m%65", "/a/me"),
        ("/a/me.json", "/a/{x}.json me"),
        ("/a/1%2Fb%2F2", "/a/{x} 1/b/2"),
        ("/a/1/b/2", "/a/{x}/b/{y} 1 2"),
        ("/a/only", "/a/{x} only"),
        ("/c/only", "/{z}/only c"),
        ("/b/only", "/{z}/only b"),
        ("/b/v1", "/b/v{x} 1"),
        ("/p/éb", "/p/{x}{y} é b"),
        ("/p/%C3%A9b", "/p/{x}{y} é b"),
        ("/stra%C3%9Fe/1", "/straße/{x} 1"),
        ("/:colon/*star", "/:colon/*star"),
        ("/%7B%7Bodd", "/{{odd"),
    ] {
        assert_eq!(get(&router, path).await, (200, expected.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let router = router! {
        GET "/a/{x}/b" [x];
        GET "/a/{x}.json" [x];
    };
    for path in ["/a//b", "/a/1", "/a/1.JSON", "/a/.json"] {
        let answer = send(&router, "GET", path, &[]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json(), json!({ "error": "Not Found", "message": "Not Found" }));
    }
    for path in ["/", "/b", "/a/1/b/c", "/a"] {
        assert_eq!(get(&router, path).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn names_of_parameters_belong_to_their_operation() {
    let router = router! {
        GET "/a/{x}" [x];
        PUT "/a/{y}" [y];
        POST "/a/{y}/b" [y];
    };
    assert_eq!(get(&router, "/a/1").await.1, "/a/{x} 1");
    assert_eq!(send(&router, "PUT", "/a/1", &[]).await.text, "/a/{y} 1");
    let answer = send(&router, "DELETE", "/a/1", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow").as_str()), (405, "GET, HEAD, PUT, OPTIONS"));
    let answer = send(&router, "GET", "/a/1/b", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow").as_str()), (405, "POST, OPTIONS"));
    assert_eq!(answer.json(), json!({ "error": "Method Not Allowed", "message": "Method Not Allowed" }));
}

#[tokio::test]
async fn head_is_get_without_content() {
    let router = router! {
        GET "/a/{x}" [x];
        GET "/b" [];
        HEAD "/b" [];
        OPTIONS "/b" [];
    };
    let got = send(&router, "GET", "/a/1", &[]).await;
    let head = send(&router, "HEAD", "/a/1", &[]).await;
    assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-type"), got.header("content-type"));
    assert_eq!(head.header("content-length"), got.text.len().to_string());
    let options = send(&router, "OPTIONS", "/b", &[]).await;
    assert_eq!((options.status.as_u16(), options.text.as_str()), (200, "/b"));
    assert_eq!(send(&router, "POST", "/b", &[]).await.header("allow"), "GET, HEAD, OPTIONS");
}

#[tokio::test]
async fn routers_merge_and_nest() {
    let one = router! { GET "/one/{x}" [x]; };
    let two = router! { GET "/two/{x}" [x]; };
    let router = Router::new().nest("/api", one.merge(two));
    assert_eq!(get(&router, "/api/one/1").await.1, "/one/{x} 1");
    assert_eq!(get(&router, "/api/two/%2F").await.1, "/two/{x} /");
}

#[test]
#[should_panic(expected = "two operations for GET /a/{y}")]
fn operations_that_cannot_be_told_apart_are_refused() {
    let _ = router! { GET "/a/{x}" [x]; GET "/a/{y}" [y]; };
}

static STATUS: OperationInfo = operation("GET", "/{status}", ErrorShape::ErrorMessage);

struct StatusRequest {
    status: u16,
    error: bool,
}

request! { StatusRequest { status: required Path("status"), error: required Query("error") } }

/// Answers with any status, and content even where there may be none.
fn statuses() -> Router {
    let routes = Routes::new(&DOCUMENT).operation(&STATUS, (), |(), mut incoming| async move {
        let request = StatusRequest::read(&mut incoming).await?;
        let status = StatusCode::from_u16(request.status).map_err(Error::from)?;
        if request.error {
            return Err(Error::new(status, "No").into());
        }
        Ok::<Response, _>((status, "content").into_response())
    });
    routes.into_router()
}

#[tokio::test]
async fn answers_fit_their_status() {
    for (path, status, content_type, text) in [
        ("/200?error=false", 200, "text/plain; charset=utf-8", "content"),
        ("/204?error=false", 204, "", ""),
        ("/205?error=true", 205, "", ""),
        ("/304?error=true", 304, "", ""),
        (
            "/100?error=false",
            500,
            "application/json",
            r#"{"error":"Internal Server Error","message":"Internal Server Error"}"#,
        ),
        ("/413?error=true", 413, "application/json", r#"{"error":"Content Too Large","message":"No"}"#),
    ] {
        let answer = send(&statuses(), "GET", path, &[]).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), content_type, "{path}");
        assert_eq!(answer.text, text, "{path}");
    }
    // A 401 has a challenge even where the document names no scheme (RFC 9110 section 15.5.2).
    assert_eq!(send(&statuses(), "GET", "/401?error=true", &[]).await.header("www-authenticate"), "ApiKey");
}
