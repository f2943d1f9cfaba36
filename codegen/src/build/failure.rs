//! Why nothing was written, and what else is to be told.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::render;
use crate::source::Sources;

/// Why a run wrote nothing.
#[derive(Clone, Debug)]
pub enum Failure {
    /// A file or folder cannot be used.
    File {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Documents were refused.
    Refused {
        /// All diagnostics, rendered.
        rendered: String,
        /// The first errors, each on one line: `path:line:column: code: message`.
        lines: Vec<String>,
    },
    /// What is there is not what would be generated, and writing was not asked for.
    OutOfDate {
        /// The files that differ, are missing, or are too many.
        paths: Vec<PathBuf>,
    },
    /// The document has no such place or operation.
    NoSuchPlace {
        /// What was asked for.
        wanted: String,
        /// What is there instead, if anything is.
        nearest: Option<String>,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, what } => write!(f, "{}: {what}", path.display()),
            Self::Refused { rendered, .. } => f.write_str(rendered.trim_end()),
            Self::OutOfDate { paths } => {
                let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                write!(f, "the generated code is not up to date: {}", names.join(", "))
            }
            Self::NoSuchPlace { wanted, nearest: None } => write!(f, "the document has no `{wanted}`"),
            Self::NoSuchPlace { wanted, nearest: Some(nearest) } => {
                write!(f, "the document has no `{wanted}`: did you mean `{nearest}`?")
            }
        }
    }
}

impl std::error::Error for Failure {}

/// What the documents of a run were found to be like.
#[derive(Debug, Default)]
pub(super) struct Judged {
    rendered: String,
    is_refused: bool,
    errors: Vec<String>,
    warnings: Vec<String>,
}

impl Judged {
    /// Takes what was reported about the document with this name.
    pub(super) fn add(&mut self, name: &str, sources: &Sources, sink: Sink, color: bool) {
        self.is_refused |= sink.has_errors();
        let severities: Vec<Severity> = Code::ALL.iter().map(|&code| sink.severity(code)).collect();
        let severity = |code: Code| severities[code as usize];
        let diagnostics = sink.into_diagnostics();
        self.rendered.push_str(&render::render_all(sources, &diagnostics, &severity, color));
        let of = |wanted: Severity| -> Vec<&Diagnostic> {
            diagnostics.iter().filter(|diagnostic| severity(diagnostic.code) == wanted).collect()
        };
        self.errors.extend(lines(name, sources, &of(Severity::Error), "error"));
        self.warnings.extend(lines(name, sources, &of(Severity::Warning), "warning"));
        self.warnings.extend(lines(name, sources, &of(Severity::Lint), "lint"));
    }

    /// The warnings, rendered and as lines.
    pub(super) fn gate(self) -> Result<(String, Vec<String>), Failure> {
        if self.is_refused {
            return Err(Failure::Refused { rendered: self.rendered, lines: self.errors });
        }
        Ok((self.rendered, self.warnings))
    }
}

/// One line per diagnostic, as many as are rendered in full, and one that counts the others by code.
fn lines(name: &str, sources: &Sources, diagnostics: &[&Diagnostic], noun: &str) -> Vec<String> {
    let (shown, more) = diagnostics.split_at(diagnostics.len().min(render::LIMIT));
    let mut lines: Vec<String> = shown.iter().map(|diagnostic| render::render_line(sources, diagnostic)).collect();
    if !more.is_empty() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for diagnostic in more {
            *counts.entry(diagnostic.code.name()).or_default() += 1;
        }
        let counts: Vec<String> = counts.into_iter().map(|(code, count)| format!("{count} {code}")).collect();
        let plural = if more.len() == 1 { "" } else { "s" };
        let counted = format!("… and {} more {noun}{plural}: {}", more.len(), counts.join(", "));
        lines.push(match noun {
            "warning" | "lint" => format!("{counted} (`stubwright report {name}` counts them all)"),
            _ => counted,
        });
    }
    lines
}
