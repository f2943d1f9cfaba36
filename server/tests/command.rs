//! The command itself: what it prints, how it ends, and that no secret is in anything it writes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use stubwright_server::credential::Family;
use stubwright_server::demo;

use crate::support::{Answer, exchange, token};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stubwright-server"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A file for this test alone.
fn file(name: &str, text: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// The command, once it listens.
struct Running {
    child: Child,
    address: SocketAddr,
    banner: String,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.as_mut().unwrap());
        let mut banner = String::new();
        lines.read_line(&mut banner).unwrap();
        let address = banner.trim().strip_prefix("Listening on http://").map(|address| address.parse().unwrap());
        // The banner is written at once, so that what follows its first line is in the buffer.
        banner.push_str(str::from_utf8(lines.buffer()).unwrap());
        let address = address.unwrap_or_else(|| panic!("{banner}"));
        Self { child, address, banner }
    }

    /// Sends a signal and gives everything that was written besides the banner.
    fn end(mut self, signal: &str) -> Output {
        let kill = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        let started = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(started.elapsed() < Duration::from_secs(5), "{signal} does not end it");
            std::thread::sleep(Duration::from_millis(5));
        }
        let (mut stdout, mut stderr) = (self.banner.clone().into_bytes(), Vec::new());
        self.child.stdout.take().unwrap().read_to_end(&mut stdout).unwrap();
        self.child.stderr.take().unwrap().read_to_end(&mut stderr).unwrap();
        Output { status: self.child.wait().unwrap(), stdout, stderr }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, unless the test failed.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn delete(address: SocketAddr, target: &str, token: &str) -> Answer {
    exchange(address, "DELETE", target, &[("Authorization", &format!("Bearer {token}"))])
}

#[test]
fn the_lines_of_the_banner_work_as_pasted() {
    let running = Running::start(command(&["--port", "0", "--log", "off"]));
    let routes =
        ["/v2/enterprise/", "/v3beta1/", "/api/api-keys/", "/devin/v2/openapi.json", "/langwatch/openapi.yaml"];
    assert!(routes.iter().all(|route| running.banner.contains(route)), "{}", running.banner);
    let lines: Vec<_> = running.banner.lines().filter(|line| line.starts_with("curl ")).collect();
    assert_eq!(lines.len(), 3, "{}", running.banner);
    for line in lines {
        let answer = paste(line);
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{line}\n{answer}");
    }
    assert!(running.end("-TERM").status.success());
}

/// What the shell makes of a line; where there is no curl, the same request is sent by the tests' own client.
fn paste(line: &str) -> String {
    if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok() {
        let output = Command::new("sh").args(["-c", line]).stderr(Stdio::null()).output().unwrap();
        return String::from_utf8(output.stdout).unwrap();
    }
    let (method, rest) = line.strip_prefix("curl -i -X ").unwrap().split_once(" http://").unwrap();
    let (url, field) = rest.split_once(" -H 'Authorization: ").unwrap();
    let (address, path) = url.split_once('/').unwrap();
    let headers = [("Authorization", field.trim_end_matches('\''))];
    let answer = exchange(address.parse().unwrap(), method, &format!("/{path}"), &headers);
    format!("HTTP/1.1 {} OK", answer.status)
}

#[test]
fn signals_end_it_gracefully() {
    for signal in ["-TERM", "-INT"] {
        let output = Running::start(command(&["--port", "0"])).end(signal);
        assert_eq!(output.status.code(), Some(0), "{signal}");
        assert_eq!(output.stderr, b"", "{signal}");
    }
}

#[test]
fn a_port_in_use_is_told_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command(&["--port", &port]).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.starts_with(&format!("stubwright-server: cannot listen on 127.0.0.1:{port}: ")), "{stderr}");
    assert_eq!((stderr.lines().count(), output.stdout.len()), (1, 0), "{stderr}");
}

#[test]
fn a_wrong_call_ends_with_2() {
    let missing = ["--data", "no-such-file.yaml"];
    let folder = ["--data", env!("CARGO_MANIFEST_DIR")];
    for arguments in [&missing[..], &folder, &["--port", "65536"], &["--log", "xml"], &["--colour"]] {
        let output = command(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
    let stderr = command(&missing).output().unwrap().stderr;
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(stderr.starts_with("stubwright-server: cannot read no-such-file.yaml: "), "{stderr}");
    assert_eq!(stderr.lines().count(), 1);
}

#[test]
fn a_wrong_data_file_ends_with_1_and_says_where() {
    let text =
        "devin_v3:\n  - enterprise: one\n    service_users:\n      - id: a\n      - id: a\n  - enterprise: one\n";
    let path = file("wrong.yaml", text.as_bytes());
    let output = command(&["--data", path.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let expected = format!(
        "{path}:5:13: this id is taken: it is first given in line 4\n\
         {path}:6:17: this id is taken: it is first given in line 2\n",
        path = path.display()
    );
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
}

#[test]
fn own_data_comes_with_no_demonstration_and_a_plain_secret_with_a_warning() {
    let text = "devin_v3:
  - enterprise: one
    service_users:
      - id: one
        permissions: [ManageAccountServiceUsers]
        api_keys:
          - {id: a, created_at: 1, credential: {secret: cog_plain-secret}}
          - {id: b, created_at: 1, credential: {secret_from_env: STUBWRIGHT_TEST_TOKEN}}
";
    let path = file("own.yaml", text.as_bytes());
    let mut command = command(&["--port", "0", "--data", path.to_str().unwrap()]);
    let running = Running::start({
        command.env("STUBWRIGHT_TEST_TOKEN", "cog_from-environment");
        command
    });
    assert!(!running.banner.contains("curl"), "{}", running.banner);
    let target = "/v3beta1/enterprise/service-users/one/api-keys/";
    assert_eq!(delete(running.address, &format!("{target}a"), "cog_from-environment").status, 200);
    assert_eq!(delete(running.address, &format!("{target}b"), "cog_plain-secret").status, 401);
    let output = running.end("-TERM");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.contains("WARN") && stderr.contains("own.yaml:7:57: a secret stands here in plain text"),
        "{stderr}"
    );
    assert!(!stderr.contains("cog_"), "{stderr}");
}

#[test]
fn a_line_for_every_answer_and_no_secret_in_any() {
    let unknown = "cog_unknown-secret";
    for format in ["text", "json"] {
        let running = Running::start(command(&["--port", "0", "--log", format]));
        let demonstrated: Vec<_> =
            demo::CREDENTIALS.iter().filter(|demo| running.banner.contains(demo.token)).collect();
        assert_eq!(demonstrated.len(), 3, "the banner shows one credential per API");
        let admin = token(Family::DevinV3, "key-admin");
        let target = "/v3beta1/enterprise/service-users/service-user-deploy/api-keys/key-deploy-old";
        let statuses = [
            delete(running.address, &format!("{target}?token={unknown}"), admin).status,
            delete(running.address, target, admin).status,
            delete(running.address, target, unknown).status,
            delete(running.address, &format!("/{unknown}"), unknown).status,
            delete(running.address, &format!("/v2/enterprise/api-keys/{unknown}"), unknown).status,
            exchange(running.address, "GET", &format!("/v2/enterprise/api-keys/{unknown}"), &[]).status,
            exchange(running.address, "GET", &format!("/langwatch/openapi.json?{unknown}"), &[]).status,
        ];
        assert_eq!(statuses, [200, 409, 401, 404, 401, 405, 200]);
        let output = running.end("-TERM");
        let log = String::from_utf8(output.stderr).unwrap();
        assert!(!log.contains(unknown) && demo::CREDENTIALS.iter().all(|demo| !log.contains(demo.token)), "{log}");
        assert_eq!(log.lines().count(), statuses.len(), "{log}");
        match format {
            "json" => check_json(&log, &statuses),
            _ => check_text(&log, &statuses),
        }
    }
}

fn check_json(log: &str, statuses: &[u16]) {
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let logged: Vec<_> = lines.iter().map(|line| line["status"].as_u64().unwrap()).collect();
    assert_eq!(logged, statuses.iter().map(|status| u64::from(*status)).collect::<Vec<_>>());
    let documents: Vec<_> = lines.iter().map(|line| line["document"].as_str().unwrap()).collect();
    assert_eq!(documents, ["devin/v3", "devin/v3", "devin/v3", "-", "devin/v2", "devin/v2", "langwatch"]);
    let operation = "handle_revoke_service_user_api_key_v3beta1_enterprise_service_users__service_user_id__api_keys__api_key_id__delete";
    assert_eq!(lines[0]["operation"], operation);
    assert_eq!(lines[0]["method"], "DELETE");
    assert_eq!(lines[3]["operation"], "-");
    assert!(lines.iter().all(|line| line["microseconds"].is_u64() && line["timestamp"].is_string()), "{log}");
}

fn check_text(log: &str, statuses: &[u16]) {
    for (line, status) in log.lines().zip(statuses) {
        let parts =
            [" INFO ", "document=\"", "method=\"", "operation=\"", &format!("status={status}"), "microseconds="];
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
}

#[test]
fn a_log_that_is_off_is_empty() {
    let running = Running::start(command(&["--port", "0", "--log", "off"]));
    assert_eq!(exchange(running.address, "GET", "/nowhere", &[]).status, 404);
    assert_eq!(running.end("-TERM").stderr, b"");
}

#[test]
fn what_others_can_reach_shows_no_credentials() {
    let running = Running::start(command(&["--host", "0.0.0.0", "--port", "0"]));
    assert!(running.address.ip().is_loopback(), "the address can be connected to");
    assert!(!running.banner.contains("curl"), "{}", running.banner);
    assert_eq!(exchange(running.address, "GET", "/devin/v2/openapi.json", &[]).status, 200);
    let stderr = String::from_utf8(running.end("-TERM").stderr).unwrap();
    assert!(
        stderr.lines().next().unwrap().contains("the credentials of the data that is built in are public"),
        "{stderr}"
    );
}
