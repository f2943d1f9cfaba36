//! Where the parts of a multipart body begin and end (RFC 2046 section 5.1.1), found while it comes.
//!
//! In go pieces of any length, out come heads and contents; nothing is copied that comes in one piece. The one rule: what
//! a part may be is limited, so that no body costs much more than its length.

use bytes::{Bytes, BytesMut};
use memchr::memmem::{Finder, find};

use stubwright_schema::Sentence;

use super::head::Head;
use crate::media_type::parameter;

/// What comes next.
#[derive(Debug)]
pub(crate) enum Token {
    /// A part.
    Part(Head),
    /// Some of its content.
    Data(Bytes),
    /// Its end.
    End,
    /// The end of the body.
    Done,
    /// Nothing, before more of the body is there.
    More,
}

/// A multipart body on its way.
#[derive(Debug)]
pub(crate) struct Parser {
    delimiter: Finder<'static>,
    buffer: Bytes,
    state: State,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before anything came.
    Start,
    /// Before the first delimiter.
    Preamble,
    /// Behind a delimiter, within its line.
    Line,
    /// In the header fields of a part, from the line break before the first on.
    Head,
    /// In the content of a part.
    Content,
    /// A delimiter ended the content.
    Delimiter,
    /// Behind the last delimiter.
    Done,
}

/// How many parts a body may have.
const PARTS: usize = 1_000;

/// How many bytes the header fields of a part may have.
const HEAD: usize = 8 * 1024;

/// How many characters a boundary may have (RFC 2046 section 5.1.1).
const BOUNDARY: usize = 70;

const CUT: Sentence = Sentence::NoLastBoundary;
const ENDLESS: Sentence = Sentence::EndlessHead;

impl Parser {
    /// The parser of a body whose `Content-Type` is known; the error is what is wrong, for people.
    pub(crate) fn new(content_type: &str) -> Result<Self, Sentence> {
        let boundary = parameter(content_type, "boundary").unwrap_or_default();
        if boundary.is_empty() || boundary.len() > BOUNDARY {
            return Err(Sentence::NoBoundaryGiven);
        }
        let delimiter = Finder::new(format!("\r\n--{boundary}").as_bytes()).into_owned();
        Ok(Self { delimiter, buffer: Bytes::new(), state: State::Start, count: 0 })
    }

    /// Takes what came.
    pub(crate) fn feed(&mut self, piece: Bytes) {
        if self.state == State::Done {
            return;
        }
        if self.buffer.is_empty() {
            self.buffer = piece;
            return;
        }
        let mut both = BytesMut::with_capacity(self.buffer.len() + piece.len());
        both.extend_from_slice(&self.buffer);
        both.extend_from_slice(&piece);
        self.buffer = both.freeze();
    }

    /// What comes next; `is_end` tells that nothing will be fed any more. The error is what is wrong, for people.
    pub(crate) fn next(&mut self, is_end: bool) -> Result<Token, Sentence> {
        loop {
            let missing = match self.state {
                State::Start => {
                    // The first delimiter needs no line before it.
                    let first = &self.delimiter.needle()[2..];
                    if first.len() <= self.buffer.len() || !first.starts_with(&self.buffer) {
                        let is_delimited = self.buffer.starts_with(first);
                        let _ = self.buffer.split_to(if is_delimited { first.len() } else { 0 });
                        self.state = if is_delimited { State::Line } else { State::Preamble };
                        continue;
                    }
                    Sentence::NoBoundary
                }
                State::Preamble => {
                    let (_, is_delimited) = self.content();
                    if is_delimited {
                        self.state = State::Line;
                        continue;
                    }
                    Sentence::NoBoundary
                }
                State::Line => {
                    if self.line()? {
                        continue;
                    }
                    CUT
                }
                State::Head => {
                    if let Some(head) = self.head()? {
                        return Ok(Token::Part(head));
                    }
                    CUT
                }
                State::Content => {
                    let (content, is_delimited) = self.content();
                    if is_delimited {
                        self.state = State::Delimiter;
                    }
                    if !content.is_empty() {
                        return Ok(Token::Data(content));
                    }
                    if is_delimited {
                        continue;
                    }
                    CUT
                }
                State::Delimiter => {
                    self.state = State::Line;
                    return Ok(Token::End);
                }
                State::Done => {
                    self.buffer = Bytes::new();
                    return Ok(Token::Done);
                }
            };
            return if is_end { Err(missing) } else { Ok(Token::More) };
        }
    }

    /// Takes out what surely stands before the next delimiter, and the delimiter, if it is there.
    fn content(&mut self) -> (Bytes, bool) {
        if let Some(at) = self.delimiter.find(&self.buffer) {
            let content = self.buffer.split_to(at);
            let _ = self.buffer.split_to(self.delimiter.needle().len());
            return (content, true);
        }
        // What may be the beginning of a delimiter is kept.
        let delimiter = self.delimiter.needle();
        let tail = self.buffer.len().saturating_sub(delimiter.len() - 1);
        let starts = memchr::memchr_iter(b'\r', &self.buffer[tail..]).map(|at| tail + at);
        let kept = starts.into_iter().find(|at| delimiter.starts_with(&self.buffer[*at..]));
        (self.buffer.split_to(kept.unwrap_or(self.buffer.len())), false)
    }

    /// Reads the rest of a delimiter's line, if it is there.
    fn line(&mut self) -> Result<bool, Sentence> {
        if self.buffer.starts_with(b"--") {
            self.state = State::Done;
            return Ok(true);
        }
        let window = &self.buffer[..self.buffer.len().min(HEAD)];
        let Some(end) = find(window, b"\r\n") else {
            return if window.len() == HEAD { Err(ENDLESS) } else { Ok(false) };
        };
        // White space may stand behind a boundary (RFC 2046 section 5.1.1).
        if self.buffer[..end].iter().any(|byte| !matches!(byte, b' ' | b'\t')) {
            return Err(Sentence::BrokenBoundary);
        }
        if self.count == PARTS {
            return Err(Sentence::TooManyParts);
        }
        self.count += 1;
        let _ = self.buffer.split_to(end);
        self.state = State::Head;
        Ok(true)
    }

    /// Reads the header fields of a part, if they are there. A part without any begins with the line break that ends them.
    fn head(&mut self) -> Result<Option<Head>, Sentence> {
        let window = &self.buffer[..self.buffer.len().min(HEAD)];
        let end = find(window, b"\r\n\r\n");
        let fields = &window[..end.map_or(window.len(), |end| end + 2)];
        if self.delimiter.find(fields).is_some() || end.is_none() && window.len() == HEAD {
            return Err(ENDLESS);
        }
        let Some(end) = end else { return Ok(None) };
        let head = Head::read(&self.buffer.split_to(end))?;
        let _ = self.buffer.split_to(4);
        self.state = State::Content;
        Ok(Some(head))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{HEAD, PARTS, Parser, Sentence, Token};

    const TYPE: &str = "multipart/form-data; boundary=\"x y\"";

    /// The names and contents of a body that comes in pieces of some length.
    fn parts(body: &[u8], length: usize) -> Result<Vec<(String, String)>, Sentence> {
        let mut parser = Parser::new(TYPE)?;
        let mut pieces = body.chunks(length);
        let (mut is_end, mut found) = (false, Vec::new());
        loop {
            match parser.next(is_end)? {
                Token::Part(head) => found.push((head.name.ok_or(Sentence::NamelessPart)?, Vec::new())),
                Token::Data(data) => found.last_mut().expect("a part began").1.extend_from_slice(&data),
                Token::End => {}
                Token::Done => break,
                Token::More => match pieces.next() {
                    Some(piece) => parser.feed(Bytes::copy_from_slice(piece)),
                    None => is_end = true,
                },
            }
        }
        Ok(found.into_iter().map(|(name, content)| (name, String::from_utf8_lossy(&content).into_owned())).collect())
    }

    /// The same, however it comes.
    fn names(body: &str) -> Result<Vec<(String, String)>, Sentence> {
        let whole = parts(body.as_bytes(), usize::MAX);
        for length in [1, 2, 3, 5, 7, 11, 64] {
            assert_eq!(parts(body.as_bytes(), length), whole, "{body:.200} in pieces of {length}");
        }
        whole
    }

    #[test]
    fn parts_are_read() {
        let body = "preamble\r\n--x y \t\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--x yz\r\n\r\n--x y--";
        assert_eq!(names(body), Err(Sentence::BrokenBoundary));
        let body = "--x y\r\nContent-Disposition: form-data; filename=\"a;b\\\"\"; name=\"a%22 b\\c\"\r\n\
             Content-Type: text/plain\r\n\r\n\r\n1\n\r\n--x y\r\nCONTENT-DISPOSITION:form-data;name=\"\"\r\n\r\n\r\n--x y--e";
        let expected = [("a\" b\\c".to_owned(), "\r\n1\n".to_owned()), (String::new(), String::new())];
        assert_eq!(names(body), Ok(expected.to_vec()));
        assert_eq!(names("--x y--"), Ok(Vec::new()));
        let body = "--x y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--x\r\n--x \r\n--\r\r\n--x y--";
        assert_eq!(names(body), Ok(vec![("a".to_owned(), "\r\n--x\r\n--x \r\n--\r".to_owned())]));
    }

    #[test]
    fn broken_bodies_are_refused() {
        let part = |headers: &str| format!("--x y\r\n{headers}\r\n\r\n1\r\n--x y--");
        let long = format!("Content-Disposition: form-data; name=a\r\nX: {}", "x".repeat(HEAD));
        let many = "--x y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n".repeat(PARTS + 1) + "--x y--";
        let coded = "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64";
        for (body, error) in [
            ("", Sentence::NoBoundary),
            ("--x", Sentence::NoBoundary),
            ("--x y", Sentence::NoLastBoundary),
            ("--x y-", Sentence::NoLastBoundary),
            ("--x y\r\n", Sentence::NoLastBoundary),
            ("--x y\r\nContent-Disposition: form-data; name=a\r\n\r\n1", Sentence::NoLastBoundary),
            ("--x y\r\nX: 1\r\n--x y--", Sentence::EndlessHead),
            (&part("Content-Type: a/b"), Sentence::NamelessPart),
            (&part("Content-Disposition: form-data"), Sentence::NamelessPart),
            (&part(&long), Sentence::EndlessHead),
            (&part(coded), Sentence::EncodedPart),
            (&many, Sentence::TooManyParts),
        ] {
            assert_eq!(names(body), Err(error), "{body:.100}");
        }
        assert!(Parser::new("multipart/form-data").is_err_and(|error| error == Sentence::NoBoundaryGiven));
    }

    #[test]
    fn any_bytes_end_in_parts_or_an_error() {
        const PIECES: [&str; 10] =
            ["--x y", "\r\n", "--", "content-disposition:", "form-data;", "name=", "\"", "\\", ";", "a"];
        let mut state = 0x9e37_79b9_u32;
        let mut n_read = 0;
        for _ in 0..1_000 {
            let mut body = String::from("--x y\r\ncontent-disposition: form-data; name=a");
            for _ in 0..state % 24 {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                body.push_str(PIECES[state as usize % PIECES.len()]);
            }
            state = state.wrapping_add(1);
            n_read += usize::from(names(&(body.clone() + "\r\n\r\n\r\n--x y--")).is_ok());
            let parts = names(&body).unwrap_or_default();
            assert!(parts.iter().all(|(name, content)| body.contains(content) && name.len() <= body.len()), "{body}");
        }
        assert!(n_read > 5, "{n_read}");
    }
}
