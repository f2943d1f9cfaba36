//! Bytes as a request, and the verdict on its answer.

use std::collections::{HashMap, HashSet};

use axum::Router;
use axum::body::Body;
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use http_body_util::BodyExt;
use serde_json::Value;
use stubwright::OperationInfo;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::server;

/// A server with every decoder, and what its document declares.
pub struct Target {
    router: Router,
    runtime: Runtime,
    /// The statuses and ranges of each operation, by path and method.
    declared: HashMap<(String, String), HashSet<String>>,
}

impl Default for Target {
    fn default() -> Self {
        Self::new()
    }
}

impl Target {
    /// Builds the server.
    ///
    /// # Panics
    /// When there is no thread to run it, or its document is no JSON.
    #[must_use]
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().build().expect("a runtime of one thread");
        let router = server::router();
        let request = Request::get("/openapi.json").body(Body::empty()).expect("a request");
        let document = runtime.block_on(async {
            let response = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
            response.into_body().collect().await.expect("a body of the server is whole").to_bytes()
        });
        let document: Value = serde_json::from_slice(&document).expect("the document is JSON");
        let mut declared = HashMap::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let statuses = operation["responses"].as_object().into_iter().flatten();
                let statuses = statuses.map(|(status, _)| status.clone()).collect();
                declared.insert((path.clone(), method.to_uppercase()), statuses);
            }
        }
        Self { router, runtime, declared }
    }

    /// Sends bytes, if they are a request, and judges the answer; gives its status.
    ///
    /// # Panics
    /// When the status is 500, or one that the document does not declare.
    pub fn check(&self, bytes: &[u8]) -> Option<u16> {
        let request = request(bytes)?;
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let answer = self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
            let (parts, body) = response.into_parts();
            body.collect().await.expect("a body of the server is whole");
            parts
        });
        let status = answer.status.as_u16();
        assert_ne!(status, 500, "{method} {uri}");
        match answer.extensions.get::<&'static OperationInfo>() {
            Some(info) => {
                let declared = self.declared.get(&(info.path.to_owned(), info.method.to_owned()));
                let range = format!("{}XX", status / 100);
                let is_declared = |known: &HashSet<String>| {
                    [status.to_string(), range, "default".to_owned()].iter().any(|key| known.contains(key))
                };
                assert!(declared.is_some_and(is_declared), "{status} is not declared: {method} {uri}");
            }
            None => assert!(matches!(status, 200 | 204 | 404 | 405), "{status} of no operation: {method} {uri}"),
        }
        Some(status)
    }
}

/// A line with method and target, lines of header fields, an empty line, and the body. `None` where HTTP has no such request.
fn request(bytes: &[u8]) -> Option<Request<Body>> {
    let (head, body) = match bytes.windows(4).position(|window| window == b"\r\n\r\n") {
        Some(at) => (&bytes[..at], &bytes[at + 4..]),
        None => (bytes, &[][..]),
    };
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = lines.next()?;
    let space = first.iter().position(|byte| *byte == b' ')?;
    let method = Method::from_bytes(&first[..space]).ok()?;
    let uri = Uri::try_from(&first[space + 1..]).ok()?;
    let mut request = Request::new(Body::from(body.to_vec()));
    (*request.method_mut(), *request.uri_mut()) = (method, uri);
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let value = line[colon + 1..].trim_ascii();
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(&line[..colon]), HeaderValue::from_bytes(value)) {
            request.headers_mut().append(name, value);
        }
    }
    Some(request)
}

/// Requests that every decoder takes.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let parts = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\na\r\n--b\r\nContent-Disposition: form-data; \
                 name=\"point\"\r\nContent-Type: application/json\r\n\r\n{\"x\":2}\r\n--b\r\nContent-Disposition: \
                 form-data; name=\"ids\"\r\n\r\n1\r\n--b--\r\n";
    let multipart = format!("POST /parts HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n{parts}");
    let tree = "{\"name\":\"aab\",\"size\":1,\"children\":[{\"kind\":null,\"map\":{\"a\":true}},{\"day\":\"2020-02-29\"}],\"bytes\":\"YQ==\"}";
    let json = format!(
        "POST /json HTTP/1.1\r\nContent-Type: application/json\r\nAccept: application/json;q=0.5, */*;q=0\r\n\r\n{tree}"
    );
    let texts = [
        "GET /simple/a_b/-1.5e3/1,2/x,2,label,a%2Cb/x=2,label=a",
        "GET /simple/ab/1/1/x,2/x=2",
        "GET /label/.67e55044-10b1-426f-9247-bb680e5fe0c8/.1.2/.x=2.label=a/file.tar.gz",
        "GET /matrix/;one=3/;list=1;list=2/;x=2;label=a%20b",
        "GET /query?list=1&list=2&commas=1,2&spaces=1%202&pipes=x%7C2&deep[name]=aab&deep[children][0][day]=2020-01-01\
         &json=%7B%22name%22:%22aa%22%7D&either=5&flag&free=a+b",
        "GET /fields\r\nAuthorization: Bearer good\r\nX-List: 1, 2\r\nX-Pairs: x=2,label=a\r\nX-Json: {\"x\":2}\r\nX-When: \
         2020-01-02T03:04:05+06:00\r\nCookie: list=1; list=2; point=x,2",
        "GET /fields?key=good\r\nAuthorization: Basic dXNlcjpnb29k",
        "GET /fields\r\nCookie: session=good",
        &json,
        "POST /form\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nname=aab&size=1&children[0][day]=2020-01-01",
        &multipart,
        "POST /several\r\nContent-Type: application/json\r\n\r\n{\"x\":2,\"label\":\"\\u00fc\"}",
        "POST /several\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\n\r\nx=2&label=a+b",
        "POST /several\r\nContent-Type: text/plain\r\n\r\nany text",
    ];
    texts.into_iter().map(|text| text.replace(" HTTP/1.1", "").into_bytes()).collect()
}
