//! What the user sees: data goes to the standard output, messages to the standard error.
//!
//! The one rule: a closed pipe ends the output, not the run.

use std::{
    env,
    io::{self, IsTerminal, Write},
};

use stubwright_codegen::{
    diagnostic::{Code, Sink},
    render,
    source::Sources,
};

/// Prints one line of data.
pub(crate) fn data(line: &str) {
    print(&mut io::stdout().lock(), line);
}

/// Prints a text as it is.
pub(crate) fn text(text: &str) {
    // Nobody is left to be told when the reader has gone.
    let mut stream = io::stdout().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Prints one message, which may have several lines.
pub(crate) fn message(text: &str) {
    print(&mut io::stderr().lock(), text);
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

fn print(stream: &mut dyn Write, text: &str) {
    // Nobody is left to be told when the reader has gone.
    let _ = writeln!(stream, "{}", text.trim_end_matches('\n')).and_then(|()| stream.flush());
}
