//! Streams over real sockets: who is slow slows the other side down, nothing is kept, and what breaks off is noticed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use stubwright::sse::{Event, Events};
use stubwright::{BodyLimits, ByteStream, Context, Error, RouterOptions, ServeOptions, serve};
use stubwright_accept::apis::parts::operations::*;
use stubwright_accept::apis::streams::operations::*;
use stubwright_accept::apis::{parts, streams};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::time::{sleep, timeout};

/// What handlers do and see.
#[derive(Default)]
struct Shared {
    /// How many bytes a handler has read.
    read: AtomicUsize,
    /// The highest resident memory that a handler saw, in KiB.
    memory: AtomicUsize,
    /// Lets a handler go on that waits.
    go_on: Notify,
    /// How many streams of responses were dropped.
    dropped: AtomicUsize,
    /// The statuses of errors that handlers got.
    errors: std::sync::Mutex<Vec<u16>>,
}

#[derive(Clone)]
struct Server(Arc<Shared>);

/// An answer that no test asks for.
fn unused<T>() -> Result<T, Error> {
    Err(Error::not_implemented("no test asks for it"))
}

impl streams::traits::Operations for Server {
    /// Reads one piece, waits, reads the rest.
    async fn put_file(&self, _: Context<()>, mut request: PutFileRequest) -> Result<PutFileResponse, Error> {
        let mut is_first = true;
        loop {
            let piece = request.body.next().await.inspect_err(|error| self.noted(error))?;
            let Some(piece) = piece else { break };
            self.0.read.fetch_add(piece.len(), Ordering::SeqCst);
            if std::mem::take(&mut is_first) && piece.starts_with(b"slow") {
                self.0.go_on.notified().await;
            }
        }
        Ok(PutFileResponse::Ok(self.0.read.load(Ordering::SeqCst).to_string()))
    }

    async fn copy_file(&self, _: Context<()>, _: CopyFileRequest) -> Result<CopyFileResponse, Error> {
        unused()
    }

    /// Answers with pieces, of which the third is an error.
    async fn change_file(&self, _: Context<()>, _: ChangeFileRequest) -> Result<ChangeFileResponse, Error> {
        let (sender, pieces) = mpsc::channel(1);
        tokio::spawn(async move {
            for piece in [Ok(Bytes::from("one")), Ok(Bytes::from("two")), Err(Error::gone("it broke"))] {
                if sender.send(piece).await.is_err() {
                    return;
                }
            }
        });
        Ok(ChangeFileResponse::Ok(ByteStream::from_stream(Channel(pieces))))
    }

    async fn echo_lines(&self, _: Context<()>, request: EchoLinesRequest) -> Result<EchoLinesResponse, Error> {
        Ok(EchoLinesResponse::Ok(request.body))
    }

    async fn echo_sequence(&self, _: Context<()>, _: EchoSequenceRequest) -> Result<EchoSequenceResponse, Error> {
        unused()
    }

    /// Events without an end, until nobody takes them.
    async fn text_events(&self, _: Context<()>, _: TextEventsRequest) -> Result<TextEventsResponse, Error> {
        let (sender, events) = mpsc::channel(1);
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            while sender.send(Ok::<_, Error>(Event::new("tick".to_owned()))).await.is_ok() {
                sleep(Duration::from_millis(10)).await;
            }
            shared.dropped.fetch_add(1, Ordering::SeqCst);
        });
        Ok(TextEventsResponse::Ok(Events::from_stream(Channel(events))))
    }

    async fn echo_events(&self, _: Context<()>, _: EchoEventsRequest) -> Result<EchoEventsResponse, Error> {
        unused()
    }

    async fn echo_typed_events(
        &self,
        _: Context<()>,
        _: EchoTypedEventsRequest,
    ) -> Result<EchoTypedEventsResponse, Error> {
        unused()
    }

    async fn several(&self, _: Context<()>, _: SeveralRequest) -> Result<SeveralResponse, Error> {
        unused()
    }
}

impl parts::traits::Operations for Server {
    /// Counts the bytes of files and looks at the memory meanwhile.
    async fn upload(&self, _: Context<()>, mut request: UploadRequest) -> Result<UploadResponse, Error> {
        let mut length = 0;
        while let Some(part) = request.body.next().await? {
            let UploadRequestPart::Picture(mut file) = part else { continue };
            while let Some(piece) = file.body.next().await? {
                length += piece.len();
                self.0.memory.fetch_max(resident_memory(), Ordering::SeqCst);
            }
        }
        Ok(UploadResponse::Ok(length.to_string()))
    }

    async fn collect(&self, _: Context<()>, _: CollectRequest) -> Result<CollectResponse, Error> {
        unused()
    }

    async fn strict(&self, _: Context<()>, _: StrictRequest) -> Result<StrictResponse, Error> {
        unused()
    }

    async fn heads(&self, _: Context<()>, _: HeadsRequest) -> Result<HeadsResponse, Error> {
        unused()
    }

    async fn values(&self, _: Context<()>, _: ValuesRequest) -> Result<ValuesResponse, Error> {
        unused()
    }

    async fn either(&self, _: Context<()>, _: EitherRequest) -> Result<EitherResponse, Error> {
        unused()
    }

    async fn download(&self, _: Context<()>, _: DownloadRequest) -> Result<DownloadResponse, Error> {
        unused()
    }

    async fn mixed(&self, _: Context<()>, _: MixedRequest) -> Result<MixedResponse, Error> {
        unused()
    }
}

impl Server {
    fn noted(&self, error: &Error) {
        self.0.errors.lock().expect("nobody panics").push(error.status().as_u16());
    }
}

/// The receiver of a channel as a stream.
struct Channel<T>(mpsc::Receiver<T>);

impl<T> futures_core::Stream for Channel<T> {
    type Item = T;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}

/// The resident memory of this process in KiB.
fn resident_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

const LIMIT: u64 = 200 << 20;

/// A server on a port of its own, which ends with the test.
async fn start() -> (Arc<Shared>, SocketAddr) {
    let shared = Arc::new(Shared::default());
    let server = Server(Arc::clone(&shared));
    let limits = BodyLimits::new(1 << 20).operation(&PUT_FILE, LIMIT).operation(&UPLOAD, LIMIT);
    let options = RouterOptions { limits, ..RouterOptions::default() };
    let router = streams::router::with_options(server.clone(), options.clone())
        .merge(parts::router::with_options(server, options));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let options = ServeOptions { body_timeout: Duration::from_millis(800), ..ServeOptions::default() };
    tokio::spawn(serve(listener, router, options, std::future::pending::<()>()));
    (shared, address)
}

async fn send(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    stream.write_all(text.as_bytes()).await.expect("the server reads");
    stream
}

/// Everything up to the end of the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await.expect("the connection ends");
    // A connection may be reset once its answer was sent.
    let _ = read;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits until something holds.
async fn until(holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(20), "it never holds");
        sleep(Duration::from_millis(5)).await;
    }
}

fn put(headers: &str) -> String {
    format!(
        "PUT /files HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/octet-stream\r\n{headers}\r\n\r\n"
    )
}

#[tokio::test]
async fn a_slow_handler_slows_the_client_down() {
    const LENGTH: usize = 100 << 20;
    let (shared, address) = start().await;
    let mut client = send(address, &put(&format!("Content-Length: {LENGTH}"))).await;
    client.write_all(b"slow").await.expect("the server reads");
    until(|| shared.read.load(Ordering::SeqCst) > 0).await;
    let piece = vec![0; 64 << 10];
    let mut sent = 4;
    // What the buffers of two sockets and of the server hold, and no more.
    while let Ok(written) = timeout(Duration::from_millis(400), client.write(&piece)).await {
        sent += written.expect("the server reads on");
        assert!(sent < LENGTH / 2, "the server reads what its handler does not ask for");
    }
    let read = shared.read.load(Ordering::SeqCst);
    shared.go_on.notify_one();
    while sent < LENGTH {
        sent += client.write(&piece[..piece.len().min(LENGTH - sent)]).await.expect("the server reads on");
    }
    let answer = rest(client).await;
    assert!(answer.ends_with(&LENGTH.to_string()), "{answer}");
    assert!(read < LENGTH / 2, "{read}");
}

#[tokio::test]
async fn a_large_file_takes_no_memory() {
    const LENGTH: usize = 50 << 20;
    let (shared, address) = start().await;
    let head = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Type: application/json\r\n\r\n{\"text\":\"a\"}\r\n\
        --B\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a\"\r\n\r\n";
    let end = "\r\n--B--\r\n";
    let length = head.len() + LENGTH + end.len();
    let mut client = send(
        address,
        &format!(
            "POST /upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n\
             Content-Type: multipart/form-data; boundary=B\r\n\r\n{head}"
        ),
    )
    .await;
    let piece = vec![b'\r'; 64 << 10];
    let before = resident_memory();
    let mut sent = 0;
    while sent < LENGTH {
        sent += client.write(&piece[..piece.len().min(LENGTH - sent)]).await.expect("the server reads on");
    }
    client.write_all(end.as_bytes()).await.expect("the server reads on");
    let answer = rest(client).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(&LENGTH.to_string()), "{answer}");
    let grown = shared.memory.load(Ordering::SeqCst).saturating_sub(before);
    assert!(grown < 10 << 10, "an upload of 50 MiB took {grown} KiB");
    if cfg!(target_os = "linux") {
        assert!(before > 0, "the memory can be measured");
    }
}

#[tokio::test]
async fn bodies_that_break_off_or_stall_are_noticed() {
    let (shared, address) = start().await;
    // Cut in the middle.
    let client = send(address, &(put("Content-Length: 10") + "12345")).await;
    until(|| shared.read.load(Ordering::SeqCst) == 5).await;
    drop(client);
    until(|| !shared.errors.lock().expect("nobody panics").is_empty()).await;
    // Malformed.
    let answer = rest(send(address, &(put("Transfer-Encoding: chunked") + "5\r\n12345\r\nx\r\n")).await).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    // Stalled.
    let answer = rest(send(address, &(put("Content-Length: 10") + "12345")).await).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("connection: close"), "{answer}");
    assert_eq!(*shared.errors.lock().expect("nobody panics"), [400, 400, 408]);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_asked_for() {
    let (_, address) = start().await;
    let expecting = |length: u64| put(&format!("Content-Length: {length}\r\nExpect: 100-continue"));
    let answer = rest(send(address, &expecting(LIMIT + 1)).await).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let mut client = send(address, &expecting(2)).await;
    let mut asked = [0; 25];
    client.read_exact(&mut asked).await.expect("the body is asked for");
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    client.write_all(b"12").await.expect("the server reads");
    assert!(rest(client).await.ends_with("\r\n\r\n2"));
}

#[tokio::test]
async fn an_error_in_the_middle_cuts_the_answer() {
    let (_, address) = start().await;
    let answer = rest(send(address, "PATCH /files HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").await).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("one") && answer.contains("two"), "{answer}");
    assert!(!answer.contains("\r\n0\r\n") && !answer.contains("broke"), "it looks whole: {answer}");
}

#[tokio::test]
async fn a_client_that_hangs_up_ends_its_stream() {
    let (shared, address) = start().await;
    let mut client = send(address, "GET /events/text HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let mut text = String::new();
    while text.matches("data: tick\n\n").count() < 3 {
        let mut piece = [0; 256];
        let length = client.read(&mut piece).await.expect("events come");
        text.push_str(&String::from_utf8_lossy(&piece[..length]));
    }
    assert_eq!(shared.dropped.load(Ordering::SeqCst), 0);
    drop(client);
    until(|| shared.dropped.load(Ordering::SeqCst) == 1).await;
}

#[tokio::test]
async fn items_are_answered_before_the_request_ends() {
    let (_, address) = start().await;
    let head = "POST /lines HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\n\
        Transfer-Encoding: chunked\r\n\r\n";
    let mut client = send(address, head).await;
    for number in 0..3 {
        let line = format!("{{\"at\":{number}}}\n");
        let chunk = format!("{:x}\r\n{line}\r\n", line.len());
        client.write_all(chunk.as_bytes()).await.expect("the server reads");
        let mut text = String::new();
        while !text.contains(&line) {
            let mut piece = [0; 256];
            let read = timeout(Duration::from_secs(10), client.read(&mut piece)).await.expect("the line comes back");
            text.push_str(&String::from_utf8_lossy(&piece[..read.expect("the line comes back")]));
        }
    }
    client.write_all(b"0\r\n\r\n").await.expect("the server reads");
    assert!(rest(client).await.ends_with("0\r\n\r\n"));
}
