//! A client that knows of HTTP/1.1 how messages begin and end (RFC 9112 section 6.3), and nothing else.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than anything takes.
const LONG: Duration = Duration::from_secs(10);

/// One connection.
pub(crate) struct Client {
    stream: TcpStream,
    received: Vec<u8>,
    /// The methods of the requests that have no final answer yet.
    methods: VecDeque<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) content: String,
    method: String,
}

/// How long the content of an answer is.
enum Framing {
    Nothing,
    Length(usize),
    Chunked,
    UntilTheEnd,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        Self { stream, received: Vec::new(), methods: VecDeque::new() }
    }

    /// Sends bytes. A connection that the server has closed takes none, which the next answer tells.
    pub(crate) async fn send(&mut self, text: &str) {
        let requests = text.split("\r\n").filter(|line| line.contains(" HTTP/1."));
        self.methods.extend(requests.filter_map(|line| line.split(' ').next()).map(str::to_owned));
        let _ = self.stream.write_all(text.as_bytes()).await;
    }

    pub(crate) async fn end(&mut self) {
        self.stream.shutdown().await.expect("the connection is open");
    }

    /// The next answer; the error says in what it is none.
    pub(crate) async fn answer(&mut self) -> Result<Answer, String> {
        let head = self.line_by_line().await?;
        let mut lines = head.iter();
        let first = lines.next().ok_or("an answer without a first line")?;
        // hyper answers in the version of the request, which RFC 9110 section 6.2 has as a second choice.
        let rest = first.strip_prefix("HTTP/1.1 ").or_else(|| first.strip_prefix("HTTP/1.0 "));
        let status = rest.and_then(|rest| rest.get(..3)).and_then(|code| code.parse().ok());
        let status: u16 = status.ok_or_else(|| format!("no status line: {first}"))?;
        let field = |line: &String| {
            let (name, value) = line.split_once(':').ok_or_else(|| format!("no field: {line}"))?;
            Ok((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        let fields = lines.map(field).collect::<Result<Vec<_>, String>>()?;
        let method = match status {
            100..=199 => String::new(),
            // Of what is no request, no line tells the method.
            _ => self.methods.pop_front().unwrap_or_default(),
        };
        let mut answer = Answer { status, fields, content: String::new(), method };
        answer.content = self.content(&answer.framing()?).await?;
        Ok(answer)
    }

    /// Whether the server closes the connection, without another byte.
    pub(crate) async fn is_closed(&mut self) -> Result<(), String> {
        if self.received.is_empty() && !self.more().await.unwrap_or_default() {
            return Ok(());
        }
        Err(format!("more than the answers: {}", String::from_utf8_lossy(&self.received)))
    }

    /// The lines up to the first empty one.
    async fn line_by_line(&mut self) -> Result<Vec<String>, String> {
        let mut lines = Vec::new();
        loop {
            match self.line().await? {
                line if line.is_empty() => return Ok(lines),
                line => lines.push(line),
            }
        }
    }

    async fn line(&mut self) -> Result<String, String> {
        loop {
            if let Some(end) = self.received.windows(2).position(|pair| pair == b"\r\n") {
                let line = self.take(end + 2);
                return Ok(line.trim_end_matches("\r\n").to_owned());
            }
            self.need().await?;
        }
    }

    async fn content(&mut self, framing: &Framing) -> Result<String, String> {
        match framing {
            Framing::Nothing => Ok(String::new()),
            Framing::Length(length) => self.exactly(*length).await,
            Framing::UntilTheEnd => {
                while self.more().await? {}
                Ok(self.take(self.received.len()))
            }
            Framing::Chunked => {
                let mut content = String::new();
                loop {
                    let line = self.line().await?;
                    let length = usize::from_str_radix(&line, 16).map_err(|_| format!("no chunk: {line}"))?;
                    content.push_str(&self.exactly(length).await?);
                    if !self.line().await?.is_empty() {
                        return Err("a chunk is longer than it says".to_owned());
                    }
                    if length == 0 {
                        return Ok(content);
                    }
                }
            }
        }
    }

    async fn exactly(&mut self, length: usize) -> Result<String, String> {
        while self.received.len() < length {
            self.need().await?;
        }
        Ok(self.take(length))
    }

    fn take(&mut self, length: usize) -> String {
        let taken: Vec<u8> = self.received.drain(..length).collect();
        String::from_utf8_lossy(&taken).into_owned()
    }

    async fn need(&mut self) -> Result<(), String> {
        if self.more().await? {
            return Ok(());
        }
        Err(format!("the connection ended after {:?}", String::from_utf8_lossy(&self.received)))
    }

    /// Reads on; `false` at the end. A reset is an end, too.
    async fn more(&mut self) -> Result<bool, String> {
        let read = timeout(LONG, self.stream.read_buf(&mut self.received)).await;
        read.map(|length| length.is_ok_and(|length| length > 0)).map_err(|_| {
            let received = String::from_utf8_lossy(&self.received);
            format!("nothing more comes, and the connection is not closed, after {received:?}")
        })
    }
}

impl Answer {
    /// The values of a field, line by line.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    fn has(&self, name: &str) -> bool {
        !self.all(name).is_empty()
    }

    fn framing(&self) -> Result<Framing, String> {
        let length = self.all("content-length");
        match (self.method.as_str(), self.status) {
            ("HEAD", _) | (_, 100..=199 | 204 | 304) => Ok(Framing::Nothing),
            _ if self.all("transfer-encoding") == ["chunked"] => Ok(Framing::Chunked),
            _ if length.is_empty() => Ok(Framing::UntilTheEnd),
            _ => match length[0].parse() {
                Ok(length) => Ok(Framing::Length(length)),
                Err(_) => Err(format!("no length: {self:?}")),
            },
        }
    }

    /// What holds of every answer.
    pub(crate) fn is_sound(&self) -> Result<(), String> {
        let is_error = self.status >= 400;
        let rules = [
            ("RFC 9110 section 15.2: nothing but 100 comes before an answer", !matches!(self.status, 101..=199)),
            ("RFC 9110 section 6.6.1: a server with a clock says the time", self.status < 200 || self.has("date")),
            ("RFC 9110 section 8.3: content has a type", self.content.is_empty() || self.has("content-type")),
            (
                "RFC 9110 section 8.6: no length where no content can be",
                !matches!(self.status, 100..=199 | 204) || !self.has("content-length"),
            ),
            (
                "RFC 9112 section 6.1: no transfer coding where no content can be",
                !matches!(self.status, 100..=199 | 204) || !self.has("transfer-encoding"),
            ),
            (
                "RFC 9112 section 6.2: a length or a transfer coding, not both",
                !(self.has("content-length") && self.has("transfer-encoding")),
            ),
            ("one length", self.all("content-length").len() < 2),
            ("RFC 9110 section 15.3.6: 205 has no content", self.status != 205 || self.content.is_empty()),
            ("RFC 9110 section 15.5.6: 405 tells the methods", self.status != 405 || self.has("allow")),
            ("RFC 9110 section 15.5.2: 401 has a challenge", self.status != 401 || self.has("www-authenticate")),
            (
                "content of an error is in the document's shape",
                !is_error || self.content.is_empty() || self.content.starts_with(r#"{"error":"#),
            ),
        ];
        match rules.into_iter().find(|(_, holds)| !holds) {
            Some((rule, _)) => Err(format!("{rule}: {self:?}")),
            None => Ok(()),
        }
    }
}
