//! A process that answers requests: in memory, counted by whoever watches it, or on a socket. The rival's program holds
//! a copy of this file.
//!
//! The one rule: the requests are made before the first is answered, and those that are not answered are never dropped;
//! so the cost of two runs that make equally many differs by that of the answers alone.

use std::io::{self, Read, Write};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::http::{Request, StatusCode};
use tokio::net::TcpListener;
use tower::Service;

use super::cases::{Case, find};

/// What a process is asked to do.
#[derive(Clone, Debug)]
pub enum Task {
    /// Make `made` requests of a case, answer `answered` of them, and print the CPU time of that in nanoseconds and the
    /// largest memory of the process in KiB.
    Call {
        /// What is requested.
        case: Case,
        /// How many requests exist.
        made: usize,
        /// How many of them are answered.
        answered: usize,
    },
    /// Serve on a socket whose port is printed, until standard input ends.
    Serve,
}

impl Task {
    /// Reads `call CASE MADE ANSWERED` or `serve`.
    pub fn parse(words: &[String]) -> Option<Self> {
        match words {
            [call, case, made, answered] if call == "call" => {
                Some(Self::Call { case: find(case)?, made: made.parse().ok()?, answered: answered.parse().ok()? })
            }
            [serve] if serve == "serve" => Some(Self::Serve),
            _ => None,
        }
    }
}

/// Does a task with a router, and with the way to serve it on a socket.
///
/// # Errors
/// When an answer is not the right one, or the system refuses something.
pub fn run(task: Task, router: Router, serve: impl AsyncFnOnce(TcpListener, Router)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match task {
        Task::Call { case, made, answered } => {
            let mut requests: Vec<_> = (0..made).map(|_| case.request()).collect();
            let kept = requests.split_off(answered.min(made));
            let start = cpu_nanoseconds()?;
            runtime.block_on(answer(&case, requests, router))?;
            let used = cpu_nanoseconds()? - start;
            std::mem::forget(kept);
            writeln!(io::stdout(), "{used} {}", memory("/proc/self/status", "VmHWM:")?)
        }
        Task::Serve => runtime.block_on(async {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
            writeln!(io::stdout(), "{}", listener.local_addr()?.port())?;
            let input = tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new()));
            tokio::select! {
                () = serve(listener, router) => {}
                _ = input => {}
            }
            Ok(())
        }),
    }
}

async fn answer(case: &Case, requests: Vec<Request<Body>>, router: Router) -> io::Result<()> {
    let mut service = router.into_service::<Body>();
    for request in requests {
        let Ok(response) = service.call(request).await;
        let status = response.status();
        let mut body = response.into_body();
        while let Some(frame) = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx)).await {
            frame.map_err(io::Error::other)?;
        }
        let is_right = status.as_u16() == case.status || case.status == 422 && status == StatusCode::BAD_REQUEST;
        if !is_right {
            return Err(io::Error::other(format!("{} was answered with {status}", case.name)));
        }
    }
    Ok(())
}

/// What this thread has computed so far.
fn cpu_nanoseconds() -> io::Result<u64> {
    // The kernel brings the figure up to date when it switches.
    std::thread::sleep(Duration::from_millis(1));
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    text.split(' ').next().and_then(|used| used.parse().ok()).ok_or_else(|| io::Error::other("no CPU time"))
}

/// A figure of a process's status (proc(5)), in KiB: `VmRSS:` is its memory, `VmHWM:` the largest so far.
///
/// # Errors
/// When the system does not tell.
pub fn memory(status: &str, figure: &str) -> io::Result<u64> {
    let text = std::fs::read_to_string(status)?;
    let line = text.lines().find_map(|line| line.strip_prefix(figure));
    let known = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    known.ok_or_else(|| io::Error::other("the system tells no memory"))
}
