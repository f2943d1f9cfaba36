//! What build scripts and commands call: documents are read from disk, and the code that they give is written.
//!
//! The one rule: all or nothing. Files are written only when every document was generated, and only those that differ.

mod cargo;
mod inputs;
mod outputs;

use std::fmt;
use std::path::PathBuf;

use crate::UrlMapping;
use crate::diagnostic::{Code, Diagnostic, Refused, Severity, Sink};
use crate::emit::Reach;
use crate::render;
use crate::source::Sources;

/// One document to generate code from.
///
/// ```no_run
/// stubwright_codegen::Api::new("openapi.yaml")
///     .module("pets")
///     .language("en")
///     .translation("de", "openapi.de.yaml")
///     .generate();
/// ```
#[derive(Clone, Debug)]
pub struct Api {
    path: PathBuf,
    module: Option<String>,
    language: String,
    translations: Vec<(String, PathBuf)>,
    urls: Vec<UrlMapping>,
}

impl Api {
    /// The document at a path, relative to the package.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), module: None, language: "en".to_owned(), translations: Vec::new(), urls: Vec::new() }
    }

    /// Names the module; without it, the file's name does.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Says which language the document is in: a tag of RFC 5646, `en` if nothing is said.
    #[must_use]
    pub fn language(mut self, tag: impl Into<String>) -> Self {
        self.language = tag.into();
        self
    }

    /// Adds a translated copy, which may differ in human text only.
    #[must_use]
    pub fn translation(mut self, tag: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.translations.push((tag.into(), path.into()));
        self
    }

    /// Names a file that stands for a URL, or a folder that stands for all URLs below one, where references of the document
    /// name them: nothing is fetched.
    #[must_use]
    pub fn map_url(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.urls.push(UrlMapping { url: url.into(), path: path.into() });
        self
    }

    /// Generates into `OUT_DIR`, for `stubwright::include_api!`. Like [`Apis::generate`].
    pub fn generate(self) {
        Apis::new([self]).generate();
    }
}

/// Where generated code goes.
#[derive(Clone, Debug)]
enum Destination {
    /// The folder that cargo gives to build scripts.
    OutDir,
    /// A folder of the package: its root module is `mod.rs`, or `lib.rs` where it is a whole crate.
    CheckedIn { folder: PathBuf, reach: Reach },
}

/// Documents whose code is generated together.
#[derive(Clone, Debug)]
pub struct Apis {
    documents: Vec<Api>,
    destination: Destination,
    strict: bool,
    check: bool,
    color: bool,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The files that were written or removed.
    pub changed: Vec<PathBuf>,
    /// The warnings, rendered.
    pub warnings: String,
    /// The first warnings, each on one line: `path:line:column: code: message`.
    pub warning_lines: Vec<String>,
    /// Every file that was read.
    pub inputs: Vec<PathBuf>,
}

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
        }
    }
}

impl std::error::Error for Failure {}

impl Apis {
    /// Documents to generate into `OUT_DIR`.
    pub fn new(apis: impl IntoIterator<Item = Api>) -> Self {
        Self {
            documents: apis.into_iter().collect(),
            destination: Destination::OutDir,
            strict: false,
            check: false,
            color: false,
        }
    }

    /// Generates into a folder of the package instead, with `mod.rs` as its root. The folder belongs to the generator:
    /// other files in it are removed.
    #[must_use]
    pub fn checked_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.destination = Destination::CheckedIn { folder: folder.into(), reach: Reach::Unknown };
        self
    }

    /// Like [`Apis::checked_in`], with `lib.rs` as the root: the folder is the source of a whole crate.
    #[must_use]
    pub fn checked_in_crate(mut self, folder: impl Into<PathBuf>) -> Self {
        self.destination = Destination::CheckedIn { folder: folder.into(), reach: Reach::Public };
        self
    }

    /// Makes every warning an error.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Compares only: what would be written is [`Failure::OutOfDate`].
    #[must_use]
    pub fn check(mut self, check: bool) -> Self {
        self.check = check;
        self
    }

    /// Renders diagnostics in colour.
    #[must_use]
    pub fn color(mut self, color: bool) -> Self {
        self.color = color;
        self
    }

    /// Generates from a build script: tells cargo what to watch, shows warnings, and ends the script with status 1 when
    /// a document is refused.
    ///
    /// Checked-in code is not written when the variable `CI` is set: a difference is an error then.
    pub fn generate(self) {
        cargo::generate(self);
    }

    /// Generates, and tells what happened.
    ///
    /// # Errors
    ///
    /// [`Failure`] when a file cannot be read or written, a document is refused, or a comparison fails.
    pub fn run(&self) -> Result<Report, Failure> {
        let mut sources = Sources::default();
        let mut sink = Sink::new(self.strict);
        let inputs = inputs::read(self, &mut sources, &mut sink)?;
        let mut modules = Vec::new();
        let mut referenced = Vec::new();
        let mut refused = sink.has_errors();
        let mut diagnostics = sink.into_diagnostics();
        for module in &inputs {
            let mut sink = Sink::new(self.strict);
            let mut files = inputs::Disk { relative: module.is_relative };
            match crate::generate(&mut sources, &module.input, &mut files, &mut sink) {
                Ok(output) => {
                    referenced.extend(output.referenced.iter().cloned());
                    modules.push((module, output));
                }
                Err(Refused) => refused = true,
            }
            diagnostics.extend(sink.into_diagnostics());
        }
        let severity = |code: Code| if self.strict { Severity::Error } else { code.severity() };
        let rendered = render::render_all(&sources, &diagnostics, &severity, self.color);
        let lines = |wanted: Severity| lines(&sources, &diagnostics, |code| severity(code) == wanted);
        if refused {
            return Err(Failure::Refused { rendered, lines: lines(Severity::Error) });
        }
        let set = outputs::arrange(&self.destination, &modules)?;
        let changed = if self.check { set.compare()? } else { set.write()? };
        let mut read: Vec<PathBuf> = inputs.iter().flat_map(|module| module.paths.iter().cloned()).collect();
        read.extend(referenced);
        Ok(Report { changed, warnings: rendered, warning_lines: lines(Severity::Warning), inputs: read })
    }
}

/// One line per diagnostic, as many as are rendered in full.
fn lines(sources: &Sources, diagnostics: &[Diagnostic], wanted: impl Fn(Code) -> bool) -> Vec<String> {
    let matching = || diagnostics.iter().filter(|diagnostic| wanted(diagnostic.code));
    let shown = matching().take(render::LIMIT).map(|diagnostic| render::render_line(sources, diagnostic));
    let more = matching().count().saturating_sub(render::LIMIT);
    shown.chain((more > 0).then(|| format!("… and {more} more"))).collect()
}
