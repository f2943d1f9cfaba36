//! Clients that never stall and are too slow all the same, and those that only seem to be.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use h2::client::SendRequest;
use http_body::Frame;
use stubwright::codegen::Response;
use tokio::net::TcpSocket;
use tokio::time::{Sleep, error::Elapsed};

use super::*;

static STREAM: OperationInfo = operation("GET", "/stream", ErrorShape::Detail);
static MEDIUM: OperationInfo = operation("GET", "/medium", ErrorShape::Detail);

const TIMEOUT: Duration = Duration::from_millis(400);
/// Far less than the timeout.
const PAUSE: Duration = Duration::from_millis(40);
/// So long that nobody gets through who uses up the timeout.
const LONG: Duration = Duration::from_millis(1600);

const MEDIUM_SIZE: usize = 256 << 10;
const PIECES: usize = 4;

/// A body that the server takes its time for, longer than a client may.
struct Slow {
    left: usize,
    pause: Pin<Box<Sleep>>,
}

impl Slow {
    fn new(left: usize) -> Self {
        Self { left, pause: Box::pin(sleep(LONG / 3)) }
    }
}

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        std::task::ready!(self.pause.as_mut().poll(cx));
        *self = Self::new(self.left - 1);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"piece")))))
    }
}

fn slow_router() -> Router {
    Routes::new(&DOCUMENT)
        .operation(&STREAM, (), |(), _| async { Ok(Response::new(Body::new(Slow::new(PIECES)))) })
        .operation(&MEDIUM, (), |(), _| async {
            Ok(support::answer("text/plain; charset=utf-8", "x".repeat(MEDIUM_SIZE)))
        })
        .into_router()
}

fn options(min_body_rate: u32) -> ServeOptions {
    ServeOptions { header_timeout: TIMEOUT, body_timeout: TIMEOUT, min_body_rate, ..ServeOptions::default() }
}

/// A server whose system takes little of an answer at once.
fn start_slow(options: ServeOptions) -> Server {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_send_buffer_size(8 << 10).expect("a small buffer");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
    start_on(socket.listen(16).expect("a listener"), slow_router(), options)
}

/// A client whose system does not read ahead.
async fn connect_slow(server: &Server) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(8 << 10).expect("a small buffer");
    socket.connect(server.address).await.expect("a connection")
}

async fn connect_2(server: &Server, window: u32) -> (SendRequest<Bytes>, JoinHandle<Result<(), h2::Error>>) {
    let mut builder = h2::client::Builder::new();
    builder.initial_window_size(window).initial_connection_window_size(1 << 20);
    let (client, connection) = builder.handshake(server.connect().await).await.expect("a handshake");
    (client.ready().await.expect("a client"), tokio::spawn(connection))
}

async fn get_2(client: &mut SendRequest<Bytes>, path: &str) -> h2::RecvStream {
    let request = http::Request::get(format!("http://x{path}")).body(()).expect("a request");
    let (response, _) = client.send_request(request, true).expect("a stream");
    response.await.expect("an answer").into_body()
}

/// Sends a part with each pause until something comes back.
async fn drip(stream: &mut TcpStream, part: &str) -> (String, Duration) {
    let begin = Instant::now();
    let mut bytes = Vec::new();
    while let Err(Elapsed { .. }) = timeout(PAUSE, stream.read_buf(&mut bytes)).await {
        assert!(begin.elapsed() < 3 * LONG, "the connection lives on");
        let _ = stream.write_all(part.as_bytes()).await;
    }
    (String::from_utf8(bytes).expect("UTF-8"), begin.elapsed())
}

/// Reads up to so many bytes with each pause. Gives how many there were at the end.
async fn sip(stream: &mut TcpStream, size: usize) -> (usize, Duration) {
    let begin = Instant::now();
    let mut piece = vec![0; size];
    let mut received = 0;
    while let Ok(bytes @ 1..) = stream.read(&mut piece).await {
        received += bytes;
        assert!(begin.elapsed() < 3 * LONG, "the connection lives on");
        sleep(PAUSE).await;
    }
    (received, begin.elapsed())
}

/// The same over HTTP/2, by its window.
async fn sip_2(body: &mut h2::RecvStream, size: usize) -> (usize, Duration) {
    let begin = Instant::now();
    let (mut received, mut taken) = (0, 0);
    loop {
        match timeout(PAUSE, body.data()).await {
            Err(Elapsed { .. }) => {}
            Ok(Some(Ok(data))) => received += data.len(),
            Ok(Some(Err(_)) | None) => return (received, begin.elapsed()),
        }
        assert!(begin.elapsed() < 3 * LONG, "the connection lives on");
        let bytes = size.min(received - taken);
        body.flow_control().release_capacity(bytes).expect("received before");
        taken += bytes;
        sleep(PAUSE).await;
    }
}

const POST: &str = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

#[tokio::test]
async fn a_dripping_body_is_answered_with_408() {
    let server = start(options(1024)).await;
    for (framing, part) in [("content-length: 9999\r\n\r\n", " "), ("transfer-encoding: chunked\r\n\r\n", "1\r\n \r\n")]
    {
        let mut stream = server.connect().await;
        stream.write_all(format!("{POST}{framing}").as_bytes()).await.expect("a write");
        let (text, elapsed) = drip(&mut stream, part).await;
        assert!(text.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{text}");
        assert!(elapsed >= TIMEOUT && elapsed < LONG, "{elapsed:?}");
    }
}

#[tokio::test]
async fn a_body_that_comes_slowly_but_fast_enough_is_read() {
    let server = start(options(100)).await;
    let mut stream = server.connect().await;
    // 500 bytes per second at best, and at least a quarter of that on a busy machine.
    let parts = 40;
    let head = format!("{POST}content-length: {}\r\n\r\n[1]", 3 + 20 * parts);
    stream.write_all(head.as_bytes()).await.expect("a write");
    for _ in 0..parts {
        sleep(PAUSE).await;
        stream.write_all(&[b' '; 20]).await.expect("the connection lives");
    }
    assert!(answer(&mut stream, "\r\n\r\n[1]").await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn a_dripping_body_is_answered_with_408_over_http_2() {
    let server = start(options(1024)).await;
    let (mut client, _connection) = connect_2(&server, 65_535).await;
    let request = http::Request::post("http://x/echo").header("content-type", "application/json");
    let (mut response, mut body) = client.send_request(request.body(()).expect("a request"), false).expect("a stream");
    let begin = Instant::now();
    // Parts without content are no headway either.
    for part in [" ", "", ""].into_iter().cycle() {
        if let Ok(response) = timeout(PAUSE, &mut response).await {
            assert_eq!(response.expect("an answer").status(), 408);
            break;
        }
        assert!(begin.elapsed() < LONG, "the request lives on");
        body.send_data(part.into(), false).expect("the stream lives");
    }
    assert!(begin.elapsed() >= TIMEOUT);
}

#[tokio::test]
async fn a_dripping_reader_is_cut() {
    for (rate, is_cut) in [(0, false), (16 << 10, false), (8 << 20, true)] {
        let server = start_slow(options(rate));
        let mut stream = connect_slow(&server).await;
        stream.write_all(b"GET /medium HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
        let (received, elapsed) = sip(&mut stream, 4 << 10).await;
        assert_eq!(received < MEDIUM_SIZE, is_cut, "{rate}: {received} in {elapsed:?}");
        assert!(elapsed > if is_cut { TIMEOUT } else { 2 * TIMEOUT }, "{rate}: {elapsed:?}");
    }
}

#[tokio::test]
async fn a_dripping_reader_is_cut_over_http_2() {
    for (rate, is_cut) in [(0, false), (16 << 10, false), (8 << 20, true)] {
        let server = start_slow(options(rate));
        let (mut client, _connection) = connect_2(&server, 16 << 10).await;
        let (received, elapsed) = sip_2(&mut get_2(&mut client, "/medium").await, 8 << 10).await;
        assert_eq!(received < MEDIUM_SIZE, is_cut, "{rate}: {received} in {elapsed:?}");
        assert!(elapsed > if is_cut { TIMEOUT } else { 2 * TIMEOUT }, "{rate}: {elapsed:?}");
    }
}

#[tokio::test]
async fn a_reader_that_grants_no_window_is_cut() {
    let server = start_slow(options(0));
    for window in [0, 1000] {
        let (mut client, connection) = connect_2(&server, window).await;
        let _body = get_2(&mut client, "/medium").await;
        let ended = timeout(LONG, connection).await.expect("the server closes the connection");
        let _ = ended.expect("the client does not panic");
    }
}

#[tokio::test]
async fn a_server_may_take_its_time() {
    let server = start_slow(options(u32::MAX));
    let mut stream = server.connect().await;
    stream.write_all(b"GET /stream HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
    let text = answer(&mut stream, "\r\n0\r\n\r\n").await;
    assert_eq!(text.matches("piece").count(), PIECES);

    let (mut client, _connection) = connect_2(&server, 65_535).await;
    let mut body = get_2(&mut client, "/stream").await;
    let mut received = 0;
    while let Some(data) = body.data().await {
        received += data.expect("the connection lives").len();
    }
    assert_eq!(received, 5 * PIECES);
}

#[tokio::test]
async fn there_may_be_no_timeouts() {
    let server = start_slow(ServeOptions { header_timeout: Duration::MAX, body_timeout: Duration::MAX, ..options(1) });
    let mut stream = connect_slow(&server).await;
    stream.write_all(b"GET /medium HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("a write");
    assert!(rest(&mut stream).await.len() > MEDIUM_SIZE);
    let (mut client, _connection) = connect_2(&server, 16 << 10).await;
    let (received, _) = sip_2(&mut get_2(&mut client, "/medium").await, 64 << 10).await;
    assert_eq!(received, MEDIUM_SIZE);
}
