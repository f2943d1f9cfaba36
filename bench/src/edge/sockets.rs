//! What can be seen from outside of a process: CPU time, memory, and requests per second over loopback by `wrk`.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::cases::Case;
use super::child::memory;
use super::subject::Contender;

/// What a process used to answer requests in memory.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// CPU time of one request, in nanoseconds.
    pub nanoseconds: f64,
    /// The largest memory of the process, in KiB.
    pub peak: f64,
}

/// Answers requests in a process of its own.
///
/// # Errors
/// When the program fails.
pub fn used(contender: &Contender, name: &str, count: u32) -> io::Result<Used> {
    let count_text = count.to_string();
    let output = contender.command(&[], &["call", name, &count_text, &count_text]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [nanoseconds, peak] => Ok(Used { nanoseconds: nanoseconds / f64::from(count), peak: *peak }),
        _ => Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned())),
    }
}

/// Whether `wrk` can be started.
pub fn has_wrk() -> bool {
    Command::new("wrk").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// A server that ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts one of a contender.
    ///
    /// # Errors
    /// When the program cannot be started or tells no port.
    pub fn start(contender: &Contender) -> io::Result<Self> {
        let mut command = contender.command(&[], &["serve"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let port = line.trim().parse().map_err(|_| io::Error::other("the server told no port"))?;
        Ok(Self { process, port })
    }

    /// The port of its socket.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its memory, in KiB.
    ///
    /// # Errors
    /// When the system does not tell, as the process has ended.
    pub fn memory(&self) -> io::Result<u64> {
        memory(&format!("/proc/{}/status", self.process.id()), "VmRSS:")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already needs no end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Requests per second of a case. `folder` is for files.
///
/// # Errors
/// When a program fails, or an answer is not the right one.
pub fn per_second(contender: &Contender, case: &Case, seconds: u64, folder: &Path) -> io::Result<f64> {
    let server = Server::start(contender)?;
    let script = folder.join("wrk.lua");
    std::fs::write(&script, lua(case))?;
    let mut command = Command::new("wrk");
    command.args(["--threads", "1", "--connections", "32", "--duration", &format!("{seconds}s"), "--script"]);
    let output = command.arg(&script).arg(format!("http://127.0.0.1:{}{}", server.port, case.uri)).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let is_refused = text.contains("Non-2xx") || text.contains("Socket errors");
    if is_refused != (case.status >= 300) {
        return Err(io::Error::other(format!("{} with {}: {text}", contender.name, case.name)));
    }
    let line = text.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    line.and_then(|line| line.trim().parse().ok()).ok_or_else(|| io::Error::other("wrk told nothing"))
}

/// The request as a script of `wrk`.
fn lua(case: &Case) -> String {
    let mut script = format!("wrk.method = \"{}\"\nwrk.body = [==[{}]==]\n", case.method, case.body);
    for (name, value) in case.headers.iter().filter(|(name, _)| *name != "host") {
        // Writing to memory does not fail.
        let _ = writeln!(script, "wrk.headers[\"{name}\"] = \"{value}\"");
    }
    script
}
