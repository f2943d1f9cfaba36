//! Many connections at once that stay: no answer may fail, and the server's memory may not grow.
//!
//! The server is a process of its own, so that its memory is. The client is this one: a task for each connection, which
//! sends a request, reads the answer to its end, waits, and begins again.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, sleep_until};

use crate::edge::sockets::Server;
use crate::edge::subject::Contender;

/// What is asked of the server.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// How many connections are open at once.
    pub connections: usize,
    /// How long.
    pub duration: Duration,
    /// How long a connection rests between two requests.
    pub pause: Duration,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Answers that were right.
    pub answers: u64,
    /// Connections that ended early or were answered wrongly, and why the first did.
    pub failures: Vec<String>,
    /// The server's memory once every connection had an answer or two, in KiB.
    pub before: u64,
    /// And at the end.
    pub after: u64,
}

impl Outcome {
    /// Whether nothing failed and the memory stayed as it was, but for a fiftieth and a MiB.
    pub fn holds(&self) -> bool {
        self.failures.is_empty() && self.answers > 0 && self.after <= self.before + self.before / 50 + 1024
    }
}

const REQUEST: &[u8] = b"GET /ping HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// Puts a load on a server of generated code.
///
/// # Errors
/// When the server cannot be started or watched.
pub fn run(load: Load) -> io::Result<Outcome> {
    let contenders = Contender::all(None)?;
    let ours = contenders.get(1).ok_or_else(|| io::Error::other("there is nobody to measure"))?;
    let server = Server::start(ours)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(press(load, &server))
}

async fn press(load: Load, server: &Server) -> io::Result<Outcome> {
    let answers = Arc::new(AtomicU64::new(0));
    let end = Arc::new(OnceLock::new());
    let mut clients = JoinSet::new();
    // Connections are opened one by one, so that no queue of the system overflows, and are busy from then on, so that none
    // is idle for too long. When all are there, the time begins.
    for _ in 0..load.connections {
        let stream = TcpStream::connect(("127.0.0.1", server.port())).await?;
        clients.spawn(client(stream, load.pause, Arc::clone(&end), Arc::clone(&answers)));
    }
    let end = *end.get_or_init(|| Instant::now() + load.duration);
    sleep(load.pause.saturating_mul(2).min(load.duration / 2)).await;
    let before = server.memory()?;
    sleep_until(end.into()).await;
    let after = server.memory()?;
    let mut failures = Vec::new();
    while let Some(ended) = clients.join_next().await {
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(error)) => failures.push(error.to_string()),
            Err(error) => failures.push(error.to_string()),
        }
    }
    Ok(Outcome { answers: answers.load(Ordering::Relaxed), failures, before, after })
}

/// One connection: requests and answers until the end.
async fn client(
    mut stream: TcpStream,
    pause: Duration,
    end: Arc<OnceLock<Instant>>,
    answers: Arc<AtomicU64>,
) -> io::Result<()> {
    let mut buffer = vec![0; 1024];
    while end.get().is_none_or(|end| Instant::now() < *end) {
        stream.write_all(REQUEST).await?;
        let mut length = 0;
        while !is_whole(&buffer[..length])? {
            match stream.read(&mut buffer[length..]).await? {
                0 => return Err(io::Error::other("the server closed a connection")),
                read => length += read,
            }
        }
        answers.fetch_add(1, Ordering::Relaxed);
        sleep(pause).await;
    }
    Ok(())
}

/// Whether an answer has been read to its end.
fn is_whole(answer: &[u8]) -> io::Result<bool> {
    const BODY: &[u8] = b"\r\n\r\n{\"status\":\"ok\"}";
    const STATUS: &[u8] = b"HTTP/1.1 200 OK\r\n";
    let known = answer.len().min(STATUS.len());
    if answer[..known] != STATUS[..known] {
        return Err(io::Error::other(String::from_utf8_lossy(answer).into_owned()));
    }
    Ok(answer.ends_with(BODY))
}

/// Writes what came of it, for people.
///
/// # Errors
/// When standard output is closed.
pub fn tell(load: Load, outcome: &Outcome) -> io::Result<()> {
    let Outcome { answers, failures, before, after } = outcome;
    let mut output = io::stdout();
    writeln!(output, "{} connections, {} s, {answers} answers", load.connections, load.duration.as_secs())?;
    writeln!(output, "memory: {} % of what it was at first", after * 100 / before.max(&1))?;
    writeln!(
        output,
        "failures: {}{}",
        failures.len(),
        failures.first().map_or(String::new(), |first| format!(", {first}"))
    )
}
