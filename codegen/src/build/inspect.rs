//! What commands ask about documents without writing code.

use crate::build::failure::Judged;
use crate::build::inputs::{self, Disk, ModuleInput};
use crate::build::{Apis, Failure};
use crate::diagnostic::{Refused, Sink};
use crate::diff::{self, Changes, Side};
use crate::explain::{self, Explained, Nowhere, Subject};
use crate::ir::Ir;
use crate::report::{self, DocumentReport, Findings};
use crate::source::Sources;
use crate::{Contract, Output, Stage};

/// A document as far as it was generated.
struct Run<'run> {
    sources: &'run Sources,
    module: &'run ModuleInput,
    contract: &'run Contract,
    ir: &'run Ir,
    output: &'run Output,
    sink: &'run Sink,
}

impl Apis {
    /// Tells what becomes of each document, and what it most likely forgot. Nothing is written.
    ///
    /// # Errors
    ///
    /// [`Failure`] when a file cannot be read, or a document is refused.
    pub fn report(&self, progress: &mut dyn FnMut(Stage)) -> Result<Vec<DocumentReport>, Failure> {
        let mut linted = self.clone();
        linted.documents.iter_mut().for_each(|api| api.options.lints = true);
        linted.each(false, progress, &mut |run| {
            let Run { sources, module, contract, ir, output, sink } = *run;
            let diagnostics = sink.clone().into_diagnostics();
            let diagnostics = &diagnostics;
            report::report(&Findings { sources, input: &module.input, contract, ir, output, diagnostics })
        })
    }

    /// Tells why a part of the first document becomes what it does: the part is a JSON Pointer, a method and a path, or an
    /// operationId. Nothing is written.
    ///
    /// # Errors
    ///
    /// [`Failure`] when a file cannot be read, a document is refused, or the part is not there.
    pub fn explain(&self, part: &str, progress: &mut dyn FnMut(Stage)) -> Result<Explained, Failure> {
        let found = self.each(true, progress, &mut |run| {
            let Run { sources, contract, ir, output, .. } = *run;
            let subject = Subject { sources, contract, ir, files: &output.files, color: self.color };
            explain::explain(&subject, part)
        })?;
        let first = found.into_iter().next().unwrap_or(Err(Nowhere { nearest: None }));
        first.map_err(|Nowhere { nearest }| Failure::NoSuchPlace { wanted: part.to_owned(), nearest })
    }

    /// Tells what changed from the first document to the second. Nothing is written.
    ///
    /// # Errors
    ///
    /// [`Failure`] when a file cannot be read, or a document is refused.
    pub fn diff(&self, progress: &mut dyn FnMut(Stage)) -> Result<Changes, Failure> {
        let mut apis = self.clone();
        for (api, name) in apis.documents.iter_mut().zip(["old", "new"]) {
            // Both may have the same file name.
            api.module = Some(name.to_owned());
        }
        let mut sources = Sources::default();
        let mut sink = Sink::new(self.strict);
        let inputs = inputs::read(&apis, &mut sources, &mut sink)?;
        let mut judged = Judged::default();
        judged.add("", &sources, sink, self.color);
        let mut read = Vec::new();
        for module in &inputs {
            let mut sink = Sink::new(self.strict || module.strict);
            let mut files = Disk { relative: module.is_relative };
            let contract = crate::contract(&mut sources, &module.input, &mut files, progress, &mut sink);
            let lowered = contract.and_then(|contract| {
                progress(Stage::Lower);
                let ir = contract.lower(&module.input, true, &mut sink)?;
                Ok((contract, ir))
            });
            read.extend(lowered);
            judged.add(&sources.get(module.input.base).name, &sources, sink, self.color);
        }
        judged.gate()?;
        let [old, new] = read.as_slice() else { return Ok(Changes::default()) };
        let [old, new] = [old, new].map(|(contract, ir)| Side { contract, ir });
        let changes = diff::diff(&sources, old, new);
        for (contract, _) in read {
            contract.free();
        }
        Ok(changes)
    }

    /// Generates every document in memory, and makes something of each.
    fn each<T>(
        &self,
        explain: bool,
        progress: &mut dyn FnMut(Stage),
        make: &mut dyn FnMut(&Run<'_>) -> T,
    ) -> Result<Vec<T>, Failure> {
        let mut sources = Sources::default();
        let mut sink = Sink::new(self.strict);
        let inputs = inputs::read(self, &mut sources, &mut sink)?;
        let mut judged = Judged::default();
        judged.add("", &sources, sink, self.color);
        let mut made = Vec::new();
        for module in &inputs {
            let mut sink = Sink::new(self.strict || module.strict);
            let made_here: Result<T, Refused> = (|| {
                let mut files = Disk { relative: module.is_relative };
                let contract = crate::contract(&mut sources, &module.input, &mut files, progress, &mut sink)?;
                progress(Stage::Lower);
                let ir = contract.lower(&module.input, explain, &mut sink)?;
                progress(Stage::Emit);
                let output = contract.emit(&sources, &module.input, &ir);
                let (sources, contract, ir, output) = (&sources, &contract, &ir, &output);
                Ok(make(&Run { sources, module, contract, ir, output, sink: &sink }))
            })();
            made.extend(made_here);
            judged.add(&sources.get(module.input.base).name, &sources, sink, self.color);
        }
        judged.gate()?;
        Ok(made)
    }
}
