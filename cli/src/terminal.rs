//! What the user sees: data goes to the standard output, messages to the standard error.
//!
//! The one rule: a closed pipe ends the output, not the run; data that cannot be written otherwise is a failure of the run.

use std::{
    env,
    io::{self, ErrorKind, IsTerminal, Write},
    sync::Mutex,
};

use stubwright_codegen::{
    diagnostic::{Code, Sink},
    render,
    source::Sources,
};

/// Why data could not be written to the standard output.
static UNWRITTEN: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints one line of data.
pub(crate) fn data(line: &str) {
    note(print(&mut io::stdout().lock(), line));
}

/// Prints a text as it is.
pub(crate) fn text(text: &str) {
    let mut stream = io::stdout().lock();
    note(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()));
}

/// Why data could not be written, if so; a reader that has gone wants no more.
pub(crate) fn unwritten() -> Option<io::Error> {
    UNWRITTEN.lock().ok().and_then(|mut unwritten| unwritten.take())
}

fn note(written: io::Result<()>) {
    if let (Err(error), Ok(mut unwritten)) = (written, UNWRITTEN.lock())
        && error.kind() != ErrorKind::BrokenPipe
    {
        *unwritten = Some(error);
    }
}

/// Prints one message, which may have several lines.
pub(crate) fn message(text: &str) {
    // Nobody is left to be told when the reader has gone.
    let _ = print(&mut io::stderr().lock(), text);
}

/// Prints what was reported.
pub(crate) fn diagnostics(sources: &Sources, sink: Sink) {
    let diagnostics = sink.into_diagnostics();
    if !diagnostics.is_empty() {
        message(&render::render_all(sources, &diagnostics, &Code::severity, colored()));
    }
}

/// Prints a message that may say nothing.
pub(crate) fn message_unless_empty(text: &str) {
    if !text.is_empty() {
        message(text);
    }
}

/// Whether messages are read by a person who wants colour (<https://no-color.org>).
pub(crate) fn colored() -> bool {
    io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn print(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(stream, "{}", text.trim_end_matches('\n')).and_then(|()| stream.flush())
}
