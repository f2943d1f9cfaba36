//! A server on a real socket, and a client that is small enough to send anything.

#![allow(dead_code, reason = "every test file uses a part of this")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

pub(crate) mod judge;

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use stubwright::{ServeOptions, serve};
use stubwright_server::clock::{Clock, UnixSeconds};
use stubwright_server::credential::Family;
use stubwright_server::store::Store;
use stubwright_server::store::memory::MemoryStore;
use stubwright_server::{app, data, demo};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// What the clock of the tests says.
pub(crate) const NOW: UnixSeconds = 1_800_000_000;

/// A running server; it stops when this is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A server over the embedded data, at [`NOW`].
pub(crate) fn start() -> Server {
    start_with(embedded(), Arc::new(|| NOW), ServeOptions::default())
}

/// The store of the embedded data.
pub(crate) fn embedded() -> MemoryStore {
    MemoryStore::new(data::read(data::EMBEDDED, &|_| None).unwrap().data)
}

/// A server over any store.
pub(crate) fn start_with<S: Store>(store: S, clock: Clock, options: ServeOptions) -> Server {
    let (stop, stopped) = oneshot::channel();
    let (tell, address) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let router = app(store, &clock, &format!("http://{address}"));
            tell.send(address).unwrap();
            let stopped = async move { _ = stopped.await };
            serve(listener, router, options, stopped).await;
        });
    });
    Server { address: address.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(std::thread::panicking() || matches!(ended, Some(Ok(()))), "the server panicked");
    }
}

impl Server {
    pub(crate) fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    /// One request on a connection of its own.
    pub(crate) fn send(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        exchange(self.address, method, target, headers)
    }

    /// A `DELETE` with a bearer token.
    pub(crate) fn delete(&self, target: &str, token: &str) -> Answer {
        self.send("DELETE", target, &[("Authorization", &format!("Bearer {token}"))])
    }
}

/// One request on a connection of its own.
pub(crate) fn exchange(address: SocketAddr, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
    let mut stream = connect(address);
    stream.write_all(head(method, target, headers).as_bytes()).unwrap();
    receive(&mut stream, method).unwrap()
}

/// A connection that gives up waiting after ten seconds.
pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// A request head without a body.
pub(crate) fn head(method: &str, target: &str, headers: &[(&str, &str)]) -> String {
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n");
    for (name, value) in headers {
        head.extend([*name, ": ", *value, "\r\n"]);
    }
    head + "\r\n"
}

/// What a server answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The only field of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.headers.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name));
        let value = fields.next().map(|(_, value)| value.as_str());
        assert!(fields.next().is_none(), "{name} is there more than once");
        value
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

/// Reads one answer. The end of the stream before its end is an error.
pub(crate) fn receive(stream: &mut TcpStream, method: &str) -> io::Result<Answer> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let fields = lines.filter_map(|line| line.split_once(':'));
    let headers = fields.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
    let mut answer = Answer { status, headers, body: Vec::new() };
    assert_eq!(answer.header("transfer-encoding"), None, "every answer here has a known length");
    let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
    let has_body = method != "HEAD" && !matches!(status, 204 | 304);
    answer.body.resize(if has_body { length } else { 0 }, 0);
    stream.read_exact(&mut answer.body)?;
    Ok(answer)
}

/// The token of a key of the embedded data.
pub(crate) fn token(family: Family, key_id: &str) -> &'static str {
    demo::token(family, key_id).unwrap_or_else(|| panic!("{key_id} has a token"))
}
