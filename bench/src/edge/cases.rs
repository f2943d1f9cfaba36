//! The requests of the benchmark. The rival's program holds a copy of this file.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Request;
use http_body::{Frame, SizeHint};

/// A request, which can be made as often as one likes.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it is called in tables and on command lines.
    pub name: &'static str,
    /// Its method.
    pub method: &'static str,
    /// Its target.
    pub uri: &'static str,
    /// Its header fields.
    pub headers: Vec<(&'static str, &'static str)>,
    /// Its body, or what stands before the filler.
    pub body: String,
    /// How many bytes of a file follow.
    pub filler: usize,
    /// What stands behind the file.
    pub end: &'static str,
    /// The status that a right answer has.
    pub status: u16,
}

/// The path of the key that is revoked.
const KEY: &str = "/v3beta1/enterprise/service-users/service-user-abc123def456/api-keys/key-7c9e6679";

/// The boundary of forms.
const BOUNDARY: &str = "multipart/form-data; boundary=part-7c9e6679";

/// All requests, in the order of the table.
pub fn all() -> Vec<Case> {
    let json = vec![("content-type", "application/json")];
    vec![
        Case::new("ping", "GET", "/ping", vec![], String::new()),
        Case::new("revoke", "DELETE", KEY, vec![("authorization", "Bearer cog_benchmark")], String::new()),
        Case::new("put-3", "PUT", "/orders/order-1", json.clone(), order(3, "EUR")),
        Case::new("put-50", "PUT", "/orders/order-1", json.clone(), order(50, "EUR")),
        Case { status: 422, ..Case::new("rejected", "PUT", "/orders/order-1", json, rejected()) },
        upload("multipart", 10 * 1024 * 1024),
    ]
}

/// The request of a name; `multipart:BYTES` has a file of that size.
pub fn find(name: &str) -> Option<Case> {
    let sized = name.strip_prefix("multipart:").and_then(|bytes| bytes.parse().ok());
    sized.map(|bytes| upload("multipart", bytes)).or_else(|| all().into_iter().find(|case| case.name == name))
}

/// An order with so many lines.
fn order(lines: usize, currency: &str) -> String {
    let line = |index: usize| {
        let unit = ["kg", "m", "piece"][index % 3];
        let (number, quantity) = (1234 + index, 1 + index % 9);
        format!(r#"{{"sku":"ABC-{number}","quantity":{quantity},"price":{quantity}.99,"unit":"{unit}"}}"#)
    };
    let lines: Vec<_> = (0..lines).map(line).collect();
    let head = r#""customer":"Baker & Sons, Lyon""#;
    format!(r#"{{{head},"currency":"{currency}","status":"open","lines":[{}]}}"#, lines.join(","))
}

/// An order of three lines with a fault of every kind.
fn rejected() -> String {
    let order = order(3, "euro");
    let order = order.replace("Baker & Sons, Lyon", "").replace("ABC-1235", "abc");
    order.replace(r#""quantity":3"#, r#""quantity":0"#).replace(r#""unit":"kg""#, r#""unit":"bag""#)
}

fn upload(name: &'static str, filler: usize) -> Case {
    let part = |disposition: &str| format!("--part-7c9e6679\r\nContent-Disposition: form-data; {disposition}\r\n");
    let title = part("name=\"title\"") + "\r\nA file of the benchmark\r\n";
    let file = part("name=\"file\"; filename=\"a.bin\"") + "Content-Type: application/octet-stream\r\n\r\n";
    let case = Case::new(name, "POST", "/files", vec![("content-type", BOUNDARY)], title + &file);
    Case { filler, end: "\r\n--part-7c9e6679--\r\n", ..case }
}

impl Case {
    fn new(
        name: &'static str,
        method: &'static str,
        uri: &'static str,
        mut headers: Vec<(&'static str, &'static str)>,
        body: String,
    ) -> Self {
        headers.extend([("host", "localhost"), ("accept", "*/*"), ("user-agent", "bench")]);
        Self { name, method, uri, headers, body, filler: 0, end: "", status: 200 }
    }

    /// The request. A file comes in chunks, as it does from a socket.
    ///
    /// # Panics
    /// When the table has a request that is none.
    pub fn request(&self) -> Request<Body> {
        let mut request = Request::builder().method(self.method).uri(self.uri);
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        let body = match self.filler {
            0 => Body::from(self.body.clone()),
            filler => Body::new(Chunks { start: self.body.clone().into(), filler, end: self.end, is_pause: false }),
        };
        request.body(body).expect("the requests of the table are right")
    }
}

/// A body in chunks, none of which is copied.
struct Chunks {
    start: Bytes,
    filler: usize,
    end: &'static str,
    is_pause: bool,
}

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        static CHUNK: [u8; 64 * 1024] = [b'x'; 64 * 1024];
        // Between two chunks of a socket there is nothing to read, so that the reader has to take what is there.
        self.is_pause = !self.is_pause;
        if self.is_pause {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let chunk = if !self.start.is_empty() {
            std::mem::take(&mut self.start)
        } else if self.filler > 0 {
            let length = self.filler.min(CHUNK.len());
            self.filler -= length;
            Bytes::from_static(&CHUNK[..length])
        } else {
            Bytes::from_static(std::mem::take(&mut self.end).as_bytes())
        };
        Poll::Ready((!chunk.is_empty()).then(|| Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.start.len() + self.filler + self.end.len()) as u64)
    }
}
