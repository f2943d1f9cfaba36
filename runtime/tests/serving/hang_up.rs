//! A client that hangs up cancels its handler: what the handler holds is dropped, and others are served.

use std::sync::Arc;
use std::time::Duration;

use stubwright::ServeOptions;
use stubwright::codegen::{Router, Routes};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{DOCUMENT, SLOW, Server, start_on};

/// What a handler holds while it waits for something that never comes.
#[derive(Clone)]
struct Signals {
    began: Arc<Semaphore>,
    dropped: Arc<Semaphore>,
}

struct Held(Arc<Semaphore>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.add_permits(1);
    }
}

impl Signals {
    fn new() -> Self {
        Self { began: Arc::new(Semaphore::new(0)), dropped: Arc::new(Semaphore::new(0)) }
    }
}

fn router(signals: &Signals) -> Router {
    let endless = |signals: Signals, _| async move {
        let _held = Held(signals.dropped);
        signals.began.add_permits(1);
        std::future::pending().await
    };
    Routes::new(&DOCUMENT).operation(&SLOW, signals.clone(), endless).into_router()
}

async fn start(signals: &Signals) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    start_on(listener, router(signals), ServeOptions::default())
}

/// Far below every time limit of the server.
async fn soon(signal: &Semaphore, what: &str) {
    let permit = timeout(Duration::from_secs(3), signal.acquire()).await;
    permit.unwrap_or_else(|_| panic!("no handler has {what}")).expect("it is never closed").forget();
}

#[tokio::test]
async fn a_client_that_hangs_up_cancels_its_handler() {
    let signals = Signals::new();
    let server = start(&signals).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("a write");
    soon(&signals.began, "begun").await;
    drop(stream);
    soon(&signals.dropped, "ended").await;
}

#[tokio::test]
async fn a_stream_that_is_reset_cancels_its_handler_and_no_other() {
    let signals = Signals::new();
    let server = start(&signals).await;
    let (client, connection) = h2::client::handshake(server.connect().await).await.expect("a handshake");
    let connection = tokio::spawn(connection);
    let mut client = client.ready().await.expect("a client");
    let request = || http::Request::get("http://x/slow").body(()).expect("a request");
    let (first, _) = client.send_request(request(), true).expect("a stream");
    let (second, _) = client.send_request(request(), true).expect("a stream");
    soon(&signals.began, "begun").await;
    soon(&signals.began, "begun").await;
    drop(first);
    soon(&signals.dropped, "ended").await;
    let other = timeout(Duration::from_millis(300), signals.dropped.acquire()).await;
    assert!(other.is_err(), "the other stream's handler has ended");
    drop(second);
    soon(&signals.dropped, "ended").await;
    connection.abort();
}
