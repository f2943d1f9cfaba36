//! The parts of a `multipart/form-data` body (RFC 7578), which is read whole; nothing of it is copied.
//!
//! The one rule: what a part may be is limited, so that no body costs much more than its length.

use memchr::memmem;

use crate::media_type::parameter;

/// A part with a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'b> {
    pub(super) name: String,
    /// Whether it says that it is a file.
    pub(super) is_file: bool,
    pub(super) content_type: Option<&'b str>,
    pub(super) content: &'b [u8],
}

/// How many parts a body may have.
const PARTS: usize = 1_000;

/// How many bytes the header fields of a part may have.
const HEADERS: usize = 8 * 1024;

/// How many characters a boundary may have (RFC 2046 section 5.1.1).
const BOUNDARY: usize = 70;

/// Reads the parts of a body whose `Content-Type` is known; the error is what is wrong, for people.
pub(super) fn parts<'b>(body: &'b [u8], content_type: &str) -> Result<Vec<Part<'b>>, &'static str> {
    let boundary = parameter(content_type, "boundary").unwrap_or_default();
    if boundary.is_empty() || boundary.len() > BOUNDARY {
        return Err("its media type has no boundary");
    }
    let delimiter = format!("\r\n--{boundary}");
    let finder = memmem::Finder::new(delimiter.as_bytes());
    // The first delimiter needs no line before it.
    let mut rest = match body.strip_prefix(delimiter.as_bytes().get(2..).unwrap_or_default()) {
        Some(rest) => rest,
        None => after(body, &finder, delimiter.len()).ok_or("has no boundary")?.1,
    };
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let start = memmem::find(rest, b"\r\n").ok_or(CUT)?;
        // White space may stand behind a boundary (RFC 2046 section 5.1.1).
        if rest[..start].iter().any(|byte| !matches!(byte, b' ' | b'\t')) {
            return Err("has a line that only begins like its boundary");
        }
        // A part without header fields begins with the line break that ends them.
        let (part, next) = after(&rest[start..], &finder, delimiter.len()).ok_or(CUT)?;
        if parts.len() == PARTS {
            return Err("has more than 1,000 parts");
        }
        parts.push(read(part)?);
        rest = next;
    }
}

const CUT: &str = "ends before its last boundary";

/// What stands before the next delimiter, and what behind it.
fn after<'b>(text: &'b [u8], finder: &memmem::Finder<'_>, length: usize) -> Option<(&'b [u8], &'b [u8])> {
    let at = finder.find(text)?;
    Some((&text[..at], &text[at + length..]))
}

/// Reads a part, from the line break before its first header field on.
fn read(part: &[u8]) -> Result<Part<'_>, &'static str> {
    const NAMELESS: &str = "has a part without a name";
    let window = &part[..part.len().min(HEADERS)];
    let end = memmem::find(window, b"\r\n\r\n").ok_or("has a part whose header fields do not end or are too long")?;
    let headers = std::str::from_utf8(&part[..end]).map_err(|_| "has header fields that are not text in UTF-8")?;
    let field = |name: &str| {
        let mut fields = headers.split("\r\n").filter_map(|line| line.split_once(':'));
        fields.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches([' ', '\t']))
    };
    let disposition = field("content-disposition").ok_or(NAMELESS)?;
    let has_other_coding = field("content-transfer-encoding")
        .is_some_and(|coding| !["7bit", "8bit", "binary"].iter().any(|known| coding.eq_ignore_ascii_case(known)));
    if has_other_coding {
        return Err("has a part in a Content-Transfer-Encoding that RFC 7578 section 4.7 deprecates");
    }
    let name = parameter(disposition, "name").ok_or(NAMELESS)?;
    Ok(Part {
        // As browsers write them (section 4.2 of the multipart part of the HTML standard).
        name: name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"),
        is_file: parameter(disposition, "filename").is_some(),
        content_type: field("content-type"),
        content: &part[end + 4..],
    })
}

#[cfg(test)]
mod tests {
    use super::{HEADERS, PARTS, parts};

    const TYPE: &str = "multipart/form-data; boundary=\"x y\"";

    fn names(body: &str) -> Result<Vec<(String, String)>, &'static str> {
        let parts = parts(body.as_bytes(), TYPE)?;
        Ok(parts.into_iter().map(|part| (part.name, String::from_utf8_lossy(part.content).into_owned())).collect())
    }

    #[test]
    fn parts_are_read() {
        let body = "preamble\r\n--x y \t\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--x yz\r\n\r\n--x y--";
        assert!(names(body).is_err_and(|error| error.starts_with("has a line")));
        let body = "--x y\r\nContent-Disposition: form-data; filename=\"a;b\\\"\"; name=\"a%22 b\\c\"\r\n\
             Content-Type: text/plain\r\n\r\n\r\n1\n\r\n--x y\r\nCONTENT-DISPOSITION:form-data;name=\"\"\r\n\r\n\r\n--x y--e";
        let expected = [("a\" b\\c".to_owned(), "\r\n1\n".to_owned()), (String::new(), String::new())];
        assert_eq!(names(body), Ok(expected.to_vec()));
        let read = parts(body.as_bytes(), TYPE).expect("it was read before");
        assert!(read[0].is_file && !read[1].is_file && read[0].content_type == Some("text/plain"));
        assert_eq!(names("--x y--"), Ok(Vec::new()));
    }

    #[test]
    fn broken_bodies_are_refused() {
        let part = |headers: &str| format!("--x y\r\n{headers}\r\n\r\n1\r\n--x y--");
        let long = format!("Content-Disposition: form-data; name=a\r\nX: {}", "x".repeat(HEADERS));
        let many = "--x y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n".repeat(PARTS + 1) + "--x y--";
        for (body, error) in [
            ("", "has no boundary"),
            ("--x", "has no boundary"),
            ("--x y", "ends before its last boundary"),
            ("--x y\r\n", "ends before its last boundary"),
            ("--x y\r\nContent-Disposition: form-data; name=a\r\n\r\n1", "ends before its last boundary"),
            (&part("Content-Type: a/b"), "has a part without a name"),
            (&part("Content-Disposition: form-data"), "has a part without a name"),
            (&part(&long), "has a part whose header fields do not end or are too long"),
            (&many, "has more than 1,000 parts"),
        ] {
            assert_eq!(names(body), Err(error), "{body:.100}");
        }
        assert_eq!(parts(b"--a--", "multipart/form-data"), Err("its media type has no boundary"));
        let coded = "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64";
        assert!(names(&part(coded)).is_err());
    }

    #[test]
    fn any_bytes_end_in_parts_or_an_error() {
        const PIECES: [&str; 10] =
            ["--x y", "\r\n", "--", "content-disposition:", "form-data;", "name=", "\"", "\\", ";", "a"];
        let mut state = 0x9e37_79b9_u32;
        let mut n_read = 0;
        for _ in 0..20_000 {
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
        assert!(n_read > 100, "{n_read}");
    }
}
