//! The accept loop over real TCP: what is slow, long or too much ends, and nobody else notices.

#[path = "serving/hang_up.rs"]
mod hang_up;
#[path = "serving/slow.rs"]
mod slow;
mod support;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use stubwright::codegen::{JsonBody, Request, Router, Routes, Schemas, request};
use stubwright::{ClientCertificate, Document, ErrorShape, Listener, OperationInfo, ServeOptions, serve};
use support::{answer_json, document, operation};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

static DOCUMENT: Document = document(ErrorShape::Detail);

static PEER: OperationInfo = operation("GET", "/peer", ErrorShape::Detail);
static SLOW: OperationInfo = operation("GET", "/slow", ErrorShape::Detail);
static LARGE: OperationInfo = operation("GET", "/large", ErrorShape::Detail);
static PANIC: OperationInfo = operation("GET", "/panic", ErrorShape::Detail);
static ECHO: OperationInfo = operation("POST", "/echo", ErrorShape::Detail);

/// More than the buffers of two sockets hold.
const LARGE_SIZE: usize = 64 << 20;

static ANYTHING: Schemas = Schemas::new(r#"{"schemas":[true]}"#);

struct EchoRequest {
    body: Value,
}

request! { EchoRequest { body: required JsonBody::new(&["application/json"], &ANYTHING, 0) } }

fn router() -> Router {
    let json = |value: &Value| Ok(answer_json(value));
    Routes::new(&DOCUMENT)
        .operation(&PEER, (), move |(), incoming| async move {
            let peer = incoming.into_context(()).peer();
            json(&Value::from(peer.map(|peer| peer.ip().to_string())))
        })
        .operation(&SLOW, (), move |(), _| async move {
            sleep(Duration::from_millis(400)).await;
            json(&Value::from("slow"))
        })
        .operation(&LARGE, (), |(), _| async {
            Ok(support::answer("text/plain; charset=utf-8", "x".repeat(LARGE_SIZE)))
        })
        .operation(&PANIC, (), |(), _| async { panic!("a handler may panic") })
        .operation(&ECHO, (), move |(), mut incoming| async move {
            let request = EchoRequest::read(&mut incoming).await?;
            json(&request.body)
        })
        .into_router()
}

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

fn quick() -> ServeOptions {
    ServeOptions {
        header_timeout: Duration::from_millis(600),
        body_timeout: Duration::from_millis(600),
        grace: Duration::from_secs(5),
        ..ServeOptions::default()
    }
}

async fn start(options: ServeOptions) -> Server {
    start_on(TcpListener::bind("127.0.0.1:0").await.expect("a free port"), router(), options)
}

fn start_on(listener: TcpListener, router: Router, options: ServeOptions) -> Server {
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve(listener, router, options, stopped));
    Server { address, stop, task }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// Everything that comes back until the server closes, which it must do soon.
    async fn exchange(&self, request: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.expect("a write");
        rest(&mut stream).await
    }
}

/// Everything that comes until the end. A reset is an end, too.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let ended = timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes)).await;
    let _ = ended.expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One answer with a known body at its end; the connection stays open.
async fn answer(stream: &mut TcpStream, end: &str) -> String {
    let mut bytes = Vec::new();
    let read = async {
        while !bytes.ends_with(end.as_bytes()) {
            assert!(stream.read_buf(&mut bytes).await.expect("a read") > 0, "the connection ended");
        }
    };
    timeout(Duration::from_secs(5), read).await.expect("an answer");
    String::from_utf8(bytes).expect("UTF-8")
}

const GET_PEER: &str = "GET /peer HTTP/1.1\r\nhost: x\r\n\r\n";
const PEER_BODY: &str = "\"127.0.0.1\"";

#[tokio::test]
async fn connections_are_kept_and_know_their_peer() {
    let server = start(ServeOptions::default()).await;
    let mut stream = server.connect().await;
    for _ in 0..3 {
        stream.write_all(GET_PEER.as_bytes()).await.expect("a write");
        assert!(answer(&mut stream, PEER_BODY).await.starts_with("HTTP/1.1 200 OK\r\n"));
    }
}

#[tokio::test]
async fn a_panic_ends_its_request_only() {
    let server = start(ServeOptions::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /panic HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
    let text = answer(&mut stream, r#"{"detail":"Internal Server Error"}"#).await;
    assert!(text.starts_with("HTTP/1.1 500 "), "{text}");
    stream.write_all(GET_PEER.as_bytes()).await.expect("a write");
    answer(&mut stream, PEER_BODY).await;
}

#[tokio::test]
async fn a_slow_head_is_cut() {
    let server = start(quick()).await;
    for head in ["", "P", "PRI * HTTP/2.0\r\n", "GET /peer HTTP/1.1\r\nhost: x\r\n", "GET /pe"] {
        let begin = Instant::now();
        let text = server.exchange(head).await;
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 408"), "{head:?}: {text}");
        assert!(begin.elapsed() < Duration::from_secs(4), "{head:?}");
    }
}

#[tokio::test]
async fn a_dripping_head_is_cut() {
    let server = start(quick()).await;
    let mut stream = server.connect().await;
    let begin = Instant::now();
    while stream.write_all(b"G").await.is_ok() {
        sleep(Duration::from_millis(50)).await;
        assert!(begin.elapsed() < Duration::from_secs(4), "the connection lives on");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = start(quick()).await;
    let begin = Instant::now();
    assert!(server.exchange(GET_PEER).await.ends_with(PEER_BODY));
    assert!(begin.elapsed() >= Duration::from_millis(500));
}

#[tokio::test]
async fn a_body_that_stalls_is_answered_with_408() {
    let server = start(quick()).await;
    let head = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    for start in ["content-length: 10\r\n\r\n[1,", "transfer-encoding: chunked\r\n\r\n3\r\n[1,\r\n"] {
        let text = server.exchange(&format!("{head}{start}")).await;
        assert!(text.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{text}");
        assert!(text.contains("\r\nconnection: close\r\n"), "{text}");
        assert!(text.ends_with(r#"{"detail":"Request Timeout"}"#), "{text}");
    }
}

#[tokio::test]
async fn a_body_may_come_as_slowly_as_it_likes_without_a_rate() {
    let server = start(ServeOptions { min_body_rate: 0, ..quick() }).await;
    let mut stream = server.connect().await;
    let head = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("a write");
    for part in ["[1", ",", "2", ",", "3]"] {
        sleep(Duration::from_millis(150)).await;
        stream.write_all(part.as_bytes()).await.expect("a write");
    }
    assert!(answer(&mut stream, "[1,2,3]").await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let server = start(ServeOptions::default()).await;
    let head = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let text = server.exchange(&format!("{head}zz\r\n")).await;
    assert!(text.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{text}");
}

#[tokio::test]
async fn a_refused_body_is_not_asked_for() {
    let server = start(ServeOptions::default()).await;
    for (fields, status) in [
        ("content-type: text/plain\r\ncontent-length: 10\r\n", "415 Unsupported Media Type"),
        ("content-type: application/json\r\ncontent-length: 99999999\r\n", "413 Payload Too Large"),
    ] {
        let mut stream = server.connect().await;
        let request = format!("POST /echo HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n{fields}\r\n");
        stream.write_all(request.as_bytes()).await.expect("a write");
        let text = answer(&mut stream, "}").await;
        assert!(text.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{text}");
    }
}

#[tokio::test]
async fn long_heads_are_refused() {
    let server = start(ServeOptions::default()).await;
    let long = "x".repeat(70 * 1024);
    let fields = "a: b\r\n".repeat(101);
    for (request, status) in [
        (format!("GET /peer HTTP/1.1\r\nhost: x\r\nlong: {long}\r\n\r\n"), "431"),
        (format!("GET /peer HTTP/1.1\r\nhost: x\r\n{fields}\r\n"), "431"),
        ("GET /peer\r\n\r\n".to_owned(), "400"),
        ("\u{0}\r\n\r\n".to_owned(), "400"),
    ] {
        let text = server.exchange(&request).await;
        assert!(text.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {text}");
        assert!(text.ends_with("\r\n\r\n"), "{text}");
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut() {
    let server = start(quick()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
    stream.read_u8().await.expect("the answer begins");
    sleep(Duration::from_millis(1500)).await;
    let received = rest(&mut stream).await.len();
    assert!(received < LARGE_SIZE, "{received}");
}

#[tokio::test]
async fn a_client_that_reads_slowly_but_steadily_gets_everything() {
    let server = start(quick()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
    let mut piece = vec![0; LARGE_SIZE / 16];
    for _ in 0..16 {
        sleep(Duration::from_millis(100)).await;
        stream.read_exact(&mut piece).await.expect("the connection lives");
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_wait() {
    let server = start(ServeOptions { max_connections: 1, ..ServeOptions::default() }).await;
    let mut first = server.connect().await;
    first.write_all(GET_PEER.as_bytes()).await.expect("a write");
    answer(&mut first, PEER_BODY).await;
    let mut second = server.connect().await;
    second.write_all(GET_PEER.as_bytes()).await.expect("a write");
    let waits = timeout(Duration::from_millis(200), second.read_u8()).await;
    assert!(waits.is_err(), "the second connection is served beside the first");
    drop(first);
    answer(&mut second, PEER_BODY).await;
}

#[tokio::test]
async fn running_requests_end_before_the_server_does() {
    let server = start(ServeOptions::default()).await;
    let mut busy = server.connect().await;
    let mut idle = server.connect().await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
    sleep(Duration::from_millis(100)).await;
    server.stop.send(()).expect("the server runs");
    assert_eq!(rest(&mut idle).await, "");
    assert!(rest(&mut busy).await.ends_with("\"slow\""));
    timeout(Duration::from_secs(1), server.task).await.expect("the server ends").expect("it does not panic");
    TcpStream::connect(server.address).await.expect_err("nobody listens");
}

#[tokio::test]
async fn the_grace_time_ends() {
    let options = ServeOptions { grace: Duration::from_millis(50), ..ServeOptions::default() };
    let server = start(options).await;
    let mut busy = server.connect().await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
    sleep(Duration::from_millis(100)).await;
    server.stop.send(()).expect("the server runs");
    assert_eq!(rest(&mut busy).await, "");
    timeout(Duration::from_secs(1), server.task).await.expect("the server ends").expect("it does not panic");
}

#[tokio::test]
async fn http_2_is_spoken_to_those_who_speak_it() {
    let server = start(quick()).await;
    let (client, connection) = h2::client::handshake(server.connect().await).await.expect("a handshake");
    let connection = tokio::spawn(connection);
    let mut client = client.ready().await.expect("a client");
    let request = http::Request::get("http://x/peer").body(()).expect("a request");
    let (response, _) = client.send_request(request, true).expect("a stream");
    let mut response = response.await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(response.body_mut().data().await.expect("a body").expect("a body"), PEER_BODY);

    let request = http::Request::post("http://x/echo").header("content-type", "application/json");
    let (response, mut body) = client.send_request(request.body(()).expect("a request"), false).expect("a stream");
    body.send_data("[1,".into(), false).expect("a part");
    assert_eq!(response.await.expect("an answer").status(), 408);

    // An idle connection ends, as over HTTP/1.
    let ended = timeout(Duration::from_secs(5), connection).await.expect("the server closes the connection");
    let _ = ended.expect("the client does not panic");
}

/// Fails twice.
struct Flaky {
    inner: TcpListener,
    calls: AtomicUsize,
}

impl Listener for Flaky {
    type Stream = TcpStream;

    async fn accept(&mut self) -> std::io::Result<(TcpStream, SocketAddr)> {
        match self.calls.fetch_add(1, Ordering::Relaxed) {
            0 => Err(std::io::ErrorKind::ConnectionAborted.into()),
            1 => Err(std::io::Error::other("too many open files")),
            _ => Listener::accept(&mut self.inner).await,
        }
    }
}

/// Tells a certificate of each of its streams.
struct Certified(TcpListener);

static DESCRIBED: AtomicUsize = AtomicUsize::new(0);

impl Listener for Certified {
    type Stream = TcpStream;

    async fn accept(&mut self) -> std::io::Result<(TcpStream, SocketAddr)> {
        Listener::accept(&mut self.0).await
    }

    fn extensions(stream: &TcpStream) -> http::Extensions {
        DESCRIBED.fetch_add(1, Ordering::Relaxed);
        let port = stream.peer_addr().expect("an address").port();
        let mut extensions = http::Extensions::new();
        extensions.insert(ClientCertificate { der: port.to_string().into() });
        extensions
    }
}

static CERTIFICATE: OperationInfo = operation("GET", "/certificate", ErrorShape::Detail);

#[tokio::test]
async fn requests_know_the_certificate_of_their_connection() {
    let router = Routes::new(&DOCUMENT).operation(&CERTIFICATE, (), |(), incoming| async move {
        let certificate = incoming.client_certificate().map(|certificate| certificate.der.clone());
        Ok(answer_json(&certificate.map(|der| String::from_utf8_lossy(&der).into_owned())))
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let options = ServeOptions::default();
    tokio::spawn(serve(Certified(listener), router.into_router(), options, std::future::pending::<()>()));
    // A connection on which nothing is sent is not asked about.
    let _silent = TcpStream::connect(address).await.expect("a connection");
    for count in 1..=2 {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let expected = format!("\"{}\"", stream.local_addr().expect("an address").port());
        for _ in 0..2 {
            stream.write_all(b"GET /certificate HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
            answer(&mut stream, &expected).await;
        }
        assert_eq!(DESCRIBED.load(Ordering::Relaxed), count);
    }
}

#[tokio::test]
async fn errors_of_the_listener_do_not_end_the_loop() {
    let inner = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = inner.local_addr().expect("an address");
    let listener = Flaky { inner, calls: AtomicUsize::new(0) };
    tokio::spawn(serve(listener, router(), ServeOptions::default(), std::future::pending::<()>()));
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(GET_PEER.as_bytes()).await.expect("a write");
    answer(&mut stream, PEER_BODY).await;
}
