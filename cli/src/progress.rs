//! What the user sees of a long run on a terminal: the stage and the time so far, on one line that goes away again.
//!
//! The one rule: nothing in a pipe, and nothing for what is done at once.

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use stubwright_codegen::Stage;

/// What is shorter is not shown.
const LONG: Duration = Duration::from_millis(500);

/// How often the line is written anew.
const BEAT: Duration = Duration::from_millis(100);

/// A line on the terminal, if there is one. It goes away with this value.
pub(crate) struct Progress {
    line: Option<(Sender<Stage>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to watch a run over a document.
    pub(crate) fn of(document: &Path) -> Self {
        if !io::stderr().is_terminal() {
            return Self { line: None };
        }
        let name = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (sender, stages) = mpsc::channel();
        let line = thread::spawn(move || {
            let began = Instant::now();
            let mut stage = Stage::Load;
            let mut is_shown = false;
            loop {
                match stages.recv_timeout(BEAT) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if began.elapsed() >= LONG {
                    is_shown = true;
                    show(&line(&name, stage, began.elapsed()));
                }
            }
            if is_shown {
                show("");
            }
        });
        Self { line: Some((sender, line)) }
    }

    /// Says what begins.
    pub(crate) fn begin(&self, stage: Stage) {
        if let Some((sender, _)) = &self.line {
            // The line may have gone: that is no reason to stop.
            let _ = sender.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, line)) = self.line.take() {
            drop(sender);
            // A line that could not be written has nothing to say.
            let _ = line.join();
        }
    }
}

fn line(name: &str, stage: Stage, elapsed: Duration) -> String {
    let doing = match stage {
        Stage::Load => "loading",
        Stage::Read => "reading",
        Stage::Lower => "deciding types of",
        Stage::Emit => "writing code for",
        Stage::Write => "comparing files of",
    };
    format!("{doing} {name} ({:.1} s)", elapsed.as_secs_f64())
}

/// Writes the line over the one before.
fn show(text: &str) {
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    // Nobody is left to be told when the terminal has gone.
    let _ = write!(io::stderr().lock(), "\r\x1b[K{text}").and_then(|()| io::stderr().flush());
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use stubwright_codegen::Stage;

    use super::line;

    #[test]
    fn a_line_names_stage_document_and_time() {
        let shown = line("pets.yaml", Stage::Lower, Duration::from_millis(1234));
        assert_eq!(shown, "deciding types of pets.yaml (1.2 s)");
    }
}
