//! The bytes of a file enter, a text leaves: UTF-8 alone is read, RFC 8259 section 8.1.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{SourceId, Sources, Span};

/// Keeps a file's bytes as a text. Where they are no UTF-8, that is reported at its place.
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, document::decode, source::Sources};
///
/// let (mut sources, mut sink) = (Sources::default(), Sink::default());
/// assert!(decode(&mut sources, "good.yaml", b"openapi: 3.1.0".to_vec(), &mut sink).is_some());
/// assert!(decode(&mut sources, "bad.yaml", b"openapi: \xff".to_vec(), &mut sink).is_none());
/// assert!(sink.has_errors());
/// ```
pub fn decode(sources: &mut Sources, name: impl Into<String>, bytes: Vec<u8>, sink: &mut Sink) -> Option<SourceId> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Some(sources.add(name, text)),
        Err(error) => error,
    };
    let offset = error.utf8_error().valid_up_to();
    let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
    // Readable text is kept for the report. Up to the first wrong byte it is the file's; then U+FFFD stands, 3 bytes long.
    let source = sources.add(name, String::from_utf8_lossy(error.as_bytes()));
    let (start, end) = u32::try_from(offset + 3).map_or((0, 0), |end| (end - 3, end));
    let message = format!("the file is not UTF-8 text: byte 0x{byte:02x} at offset {offset}");
    sink.report(Diagnostic::new(Code::Encoding, Span { source, start, end }, message));
    None
}
