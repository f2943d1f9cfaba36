//! What build scripts and commands call: documents are read from disk, and the code that they give is written.
//!
//! The one rule: all or nothing. Files are written only when every document was generated, and only those that differ.

mod api;
mod beside;
mod cargo;
mod failure;
mod inputs;
mod inspect;
mod languages;
mod locales;
mod manifest;
mod outputs;

pub use api::Api;
pub use failure::Failure;
pub use locales::{DifferenceReport, LanguageReport, LocaleReport, TextReport, TranslationOverlay};

use std::path::PathBuf;

use crate::Stage;
use crate::build::failure::Judged;
use crate::build::inputs::Disk;
use crate::diagnostic::Sink;
use crate::emit::Reach;
use crate::source::Sources;

/// Where generated code goes.
#[derive(Clone, Debug)]
enum Destination {
    /// The folder that cargo gives to build scripts.
    OutDir,
    /// A folder of the package: its root module is `mod.rs`, or `lib.rs` where it is a whole crate.
    CheckedIn { folder: PathBuf, reach: Reach },
    /// A folder that becomes a package.
    Package { folder: PathBuf, package: Package },
}

/// A package of nothing but generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Where the crate `stubwright` lies, for a dependency by path; without it, this version of it is asked for.
    pub runtime: Option<PathBuf>,
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
    /// The first warnings of each document, each on one line: `path:line:column: code: message`; and a line that counts
    /// the others.
    pub warning_lines: Vec<String>,
    /// Every file that was read.
    pub inputs: Vec<PathBuf>,
    /// The translations that were found beside documents: languages and paths.
    pub found: Vec<(String, PathBuf)>,
}

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

    /// Generates a package instead: `Cargo.toml`, and `src` with `lib.rs` as its root and a copy of each document. Both
    /// belong to the generator.
    #[must_use]
    pub fn package(mut self, folder: impl Into<PathBuf>, package: Package) -> Self {
        self.destination = Destination::Package { folder: folder.into(), package };
        self
    }

    /// Makes every warning about any document an error.
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
        self.run_watched(&mut |_| {})
    }

    /// Like [`Apis::run`], and says what begins.
    ///
    /// # Errors
    ///
    /// Those of [`Apis::run`].
    pub fn run_watched(&self, progress: &mut dyn FnMut(Stage)) -> Result<Report, Failure> {
        let mut sources = Sources::default();
        let mut sink = Sink::new(self.strict);
        let inputs = inputs::read(self, &mut sources, &mut sink)?;
        let mut judged = Judged::default();
        judged.add("", &sources, sink, self.color);
        let mut report = Report::default();
        let mut modules = Vec::new();
        for module in &inputs {
            let mut sink = Sink::new(self.strict || module.strict);
            let mut files = Disk { relative: module.is_relative };
            let output =
                crate::contract(&mut sources, &module.input, &mut files, progress, &mut sink).and_then(|contract| {
                    progress(Stage::Lower);
                    let ir = contract.lower(&module.input, false, &mut sink)?;
                    progress(Stage::Emit);
                    let output = contract.emit(&sources, &module.input, &ir);
                    contract.free();
                    Ok(output)
                });
            report.inputs.extend(module.paths.iter().cloned());
            report.found.extend(module.found.iter().cloned());
            if let Ok(output) = output {
                report.inputs.extend(output.referenced.iter().cloned());
                modules.push((module, output));
            }
            judged.add(&sources.get(module.input.base).name, &sources, sink, self.color);
        }
        let (warnings, warning_lines) = judged.gate()?;
        progress(Stage::Write);
        let set = outputs::arrange(&self.destination, &sources, &modules)?;
        let changed = if self.check { set.compare()? } else { set.write()? };
        Ok(Report { changed, warnings, warning_lines, ..report })
    }
}
