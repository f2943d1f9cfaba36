//! What is known of a document after its run: plain data, which a child process prints and `--json` keeps.

use serde::{Deserialize, Serialize};

/// A part of the corpus, with rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// APIs in production: all must generate.
    Real,
    /// Test documents of other tools: they generate, or are refused.
    Documents,
    /// Documents with something wrong, as `WHY.tsv` says.
    Invalid,
    /// One document of hard things.
    Torture,
    /// Small documents by topic.
    Conformance,
    /// Small documents of one endpoint.
    Revoke,
}

impl Section {
    /// Every section, in the order of the table.
    pub const ALL: [Self; 6] =
        [Self::Real, Self::Documents, Self::Invalid, Self::Torture, Self::Conformance, Self::Revoke];

    /// The folder below the corpus, which is the name in the table too.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Documents => "documents",
            Self::Invalid => "invalid",
            Self::Torture => "torture",
            Self::Conformance => "conformance",
            Self::Revoke => "revoke",
        }
    }
}

/// A document to generate from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Where it belongs.
    pub section: Section,
    /// Its path below the corpus, with `/`.
    pub name: String,
    /// The length of its entry file.
    pub bytes: u64,
    /// The `openapi` value that the index tells; a file that is no document by itself has none.
    pub version: Option<String>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// Code was generated.
    Generated(Code),
    /// An error was reported.
    Refused,
    /// The process ended by a panic, a signal, or without an answer.
    Crashed {
        /// The status, and the last line on the standard error.
        how: String,
    },
    /// The process was ended at a limit of time or memory.
    Stopped {
        /// Which limit.
        limit: String,
    },
}

impl Outcome {
    /// The word in the table.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Generated(_) => "generated",
            Self::Refused => "refused",
            Self::Crashed { .. } => "CRASHED",
            Self::Stopped { .. } => "STOPPED",
        }
    }

    /// The code, if there is some.
    pub const fn code(&self) -> Option<&Code> {
        match self {
            Self::Generated(code) => Some(code),
            Self::Refused | Self::Crashed { .. } | Self::Stopped { .. } => None,
        }
    }
}

/// The code of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// Handler methods in the emitted traits.
    pub handlers: usize,
    /// Operations that were emitted without types of their own.
    pub raw: usize,
    /// Public structs, enums and aliases of `types.rs`.
    pub types: usize,
    /// Files of the module.
    pub files: usize,
    /// Lines of Rust.
    pub rust_lines: usize,
    /// Lines of the files beside the Rust code.
    pub data_lines: usize,
    /// Whether a second run in the same process gave the same bytes.
    pub identical: bool,
    /// The Rust files that `syn` does not parse, with its message.
    pub unparsed: Vec<String>,
}

/// Diagnostics of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The code's name.
    pub code: String,
    /// Whether it refuses the document.
    pub error: bool,
    /// The message with `…` for everything in backquotes.
    pub pattern: String,
    /// The first such message.
    pub message: String,
    /// Where: `line:column` of the file that the path names.
    pub place: String,
    /// How many there are.
    pub count: usize,
}

/// What a run took, from the first byte read to the last one written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Wall time.
    pub milliseconds: f64,
    /// The speed of the machine at that time, where it was measured: [`crate::corpus::speed::Speed::factor`].
    #[serde(default)]
    pub speed: Option<f64>,
    /// User and system time of the process, where the system tells it.
    pub cpu_milliseconds: Option<u64>,
    /// The largest resident set, where the system tells it.
    pub peak_kilobytes: Option<u64>,
}

/// One run of the generator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What was reported.
    pub reports: Vec<Report>,
    /// Operations of the document.
    pub operations: usize,
    /// What it took; none for a process that did not come to its end.
    pub cost: Option<Cost>,
}

impl Run {
    /// The run with the speed of the machine at its time.
    #[must_use]
    pub fn at(mut self, speed: f64) -> Self {
        self.cost = self.cost.map(|cost| Cost { speed: Some(speed), ..cost });
        self
    }
}

/// What the compiler says of a document's code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Errors and denied warnings that lie in its files.
    pub errors: usize,
    /// The first of them, or why nothing was proven.
    pub first: Option<String>,
    /// Wall time of `cargo check` with dependencies built; of documents that were checked alone.
    pub seconds: Option<f64>,
    /// The speed of the machine at that time: [`crate::corpus::speed::Speed::factor`].
    pub speed: Option<f64>,
    /// The largest resident set of the compiler, where the system tells it.
    pub peak_kilobytes: Option<u64>,
}

impl Check {
    /// Whether the code compiles without a warning.
    pub const fn clean(&self) -> bool {
        self.first.is_none()
    }
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The document.
    #[serde(flatten)]
    pub task: Task,
    /// Its run.
    #[serde(flatten)]
    pub run: Run,
    /// What the compiler says, if it was asked.
    pub check: Option<Check>,
}

impl Row {
    /// How many diagnostics with this code were reported.
    pub fn count(&self, code: &str) -> usize {
        self.run.reports.iter().filter(|report| report.code == code).map(|report| report.count).sum()
    }

    /// Whether a warning was reported.
    pub fn warned(&self) -> bool {
        self.run.reports.iter().any(|report| !report.error)
    }
}
