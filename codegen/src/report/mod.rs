//! What became of a document, for people and tools: every keyword, every operation, what types hold, what was renamed and what
//! was warned about.
//!
//! The one rule: never silent. What the ledger has is in the report, and what was reported is counted in it.

mod domain;
mod places;

pub use domain::{Domain, Violation};
pub use places::Place;
pub(crate) use places::Places;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Ir;
use crate::ledger::{Ledger, Treatment};
use crate::source::{SourceId, Sources, Span};
use crate::{Contract, Input, Output};

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentReport {
    /// The files that were read: the document, its translations, its overlays, and what its references led to.
    pub files: Vec<FileRow>,
    /// How much there is of what.
    pub counts: Counts,
    /// Every keyword of the document, by object and name.
    pub keywords: Vec<KeywordRow>,
    /// The operations that code is generated for, in document order.
    pub operations: Vec<OperationRow>,
    /// Those of them that have no typed requests and responses, by method and path.
    pub raw_operations: Vec<String>,
    /// What the types of numbers and formats hold, by type and format.
    pub domains: Vec<Domain>,
    /// The names that gave way to others, in document order.
    pub names: Vec<NameRow>,
    /// The warnings by code.
    pub warnings: Vec<WarningRow>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its path, as diagnostics show it.
    pub name: String,
    /// How large it is, in bytes.
    pub bytes: usize,
    /// How many lines it has.
    pub lines: usize,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations that code is generated for.
    pub operations: usize,
    /// Operations that were not selected.
    pub left_out: usize,
    /// Schemas, inline ones included.
    pub schemas: usize,
    /// Named Rust types.
    pub types: usize,
    /// Traits.
    pub traits: usize,
    /// Lines of generated Rust code.
    pub rust_lines: usize,
    /// Bytes of all generated files.
    pub generated_bytes: usize,
}

/// The occurrences of one keyword in one kind of object that were treated alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeywordRow {
    /// The kind of object, as the specification calls it: `Schema Object`.
    pub object: String,
    /// The keyword.
    pub keyword: String,
    /// How often it occurs.
    pub count: usize,
    /// What became of it.
    pub treatment: Treatment,
    /// The first places.
    pub places: Vec<Place>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationRow {
    /// The method.
    pub method: String,
    /// The path, as the document has it.
    pub path: String,
    /// The `operationId`, if it has one.
    pub id: Option<String>,
    /// The trait that it is in.
    pub trait_name: String,
    /// The name of its method.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// A name that is not the one that its key alone would give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRow {
    /// What clashed.
    pub message: String,
    /// How it is named instead.
    pub outcome: String,
    /// Where it stands.
    pub place: Place,
}

/// The warnings of one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarningRow {
    /// The code.
    pub code: Code,
    /// How many there are.
    pub count: usize,
    /// The first places.
    pub places: Vec<Place>,
}

/// How many places a row shows.
const SHOWN: usize = 3;

/// What a report is made from.
pub(crate) struct Findings<'run> {
    pub(crate) sources: &'run Sources,
    pub(crate) input: &'run Input,
    pub(crate) contract: &'run Contract,
    pub(crate) ir: &'run Ir,
    pub(crate) output: &'run Output,
    /// The warnings, by place.
    pub(crate) diagnostics: &'run [Diagnostic],
}

/// Reports on a document.
pub(crate) fn report(findings: &Findings<'_>) -> DocumentReport {
    let Findings { sources, contract, output, diagnostics, .. } = findings;
    let domains = domain::rows(&contract.model.schemas);
    let mut by_code: BTreeMap<Code, Vec<Span>> = BTreeMap::new();
    for diagnostic in *diagnostics {
        by_code.entry(diagnostic.code).or_default().push(diagnostic.primary.span);
    }
    for spans in by_code.values_mut() {
        spans.sort_unstable();
    }
    let names = || diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::NameClash);

    let mut wanted: Vec<Span> = output.ledger.rows.iter().flat_map(|row| row.places.clone()).collect();
    wanted.extend(contract.model.operations.iter().map(|operation| operation.span));
    wanted.extend(domains.iter().flat_map(|row| row.spans.iter().copied()));
    wanted.extend(by_code.values().flat_map(|spans| spans.iter().take(SHOWN).copied()));
    wanted.extend(names().map(|diagnostic| diagnostic.primary.span));
    let places = Places::new(sources, wanted);

    DocumentReport {
        files: files(findings),
        counts: counts(findings),
        keywords: keywords(&output.ledger, &places),
        operations: operations(findings, &places),
        raw_operations: raw_operations(findings),
        domains: domains.into_iter().map(|row| row.finish(&places)).collect(),
        names: names()
            .map(|diagnostic| NameRow {
                message: diagnostic.message.clone(),
                outcome: diagnostic.primary.text.clone(),
                place: places.of(diagnostic.primary.span),
            })
            .collect(),
        warnings: by_code
            .into_iter()
            .map(|(code, spans)| WarningRow { code, count: spans.len(), places: places.first(&spans) })
            .collect(),
    }
}

/// Corrects the ledger where the lowering decided what the reader could not know: a `format` that no type enforces.
pub(crate) fn correct(ledger: &mut Ledger, contract: &crate::model::Model) {
    domain::correct(ledger, &contract.schemas);
}

fn files(findings: &Findings<'_>) -> Vec<FileRow> {
    let Findings { sources, input, contract, .. } = findings;
    let translations = input.translations.iter().map(|copy| copy.source);
    let referenced = contract.documents.read().filter_map(|file| Some(file.document.as_ref().ok()?.root.span.source));
    let overlays = input.overlays.iter().flat_map(|overlay| {
        std::iter::once(overlay.source).chain(overlay.translations.iter().map(|(_, source)| *source))
    });
    let all: Vec<SourceId> =
        std::iter::once(input.base).chain(translations).chain(overlays).chain(referenced).collect();
    let row = |id: SourceId| {
        let source = sources.get(id);
        FileRow { name: source.name.clone(), bytes: source.text.len(), lines: source.text.lines().count() }
    };
    all.into_iter().map(row).collect()
}

fn counts(findings: &Findings<'_>) -> Counts {
    let Findings { contract, ir, output, .. } = findings;
    let is_rust = |name: &str| Path::new(name).extension().is_some_and(|ending| ending == "rs");
    Counts {
        operations: ir.operations.len(),
        left_out: contract.left_out.len(),
        schemas: contract.model.schemas.iter().count(),
        types: ir.types.len(),
        traits: ir.groups.len(),
        rust_lines: output.files.iter().filter(|file| is_rust(file.name)).map(|file| file.text.lines().count()).sum(),
        generated_bytes: output.files.iter().map(|file| file.text.len()).sum(),
    }
}

fn keywords(ledger: &Ledger, places: &Places) -> Vec<KeywordRow> {
    let row = |row: &crate::ledger::Row| KeywordRow {
        object: row.object.clone(),
        keyword: row.keyword.clone(),
        count: row.count,
        treatment: row.treatment,
        places: places.first(&row.places),
    };
    ledger.rows.iter().map(row).collect()
}

fn raw_operations(findings: &Findings<'_>) -> Vec<String> {
    let pairs = findings.ir.operations.iter().zip(&findings.contract.model.operations);
    let raw = pairs.filter(|(operation, _)| operation.is_raw);
    raw.map(|(operation, source)| format!("{} {}", operation.method, source.path.value)).collect()
}

fn operations(findings: &Findings<'_>, places: &Places) -> Vec<OperationRow> {
    let Findings { contract, ir, .. } = findings;
    let mut traits = vec![""; ir.operations.len()];
    for group in &ir.groups {
        group.operations.iter().for_each(|&index| traits[index] = group.name.as_str());
    }
    let pairs = ir.operations.iter().zip(&contract.model.operations).zip(traits);
    let row = |((operation, source), name): ((&crate::ir::Operation, &crate::model::Operation), &str)| OperationRow {
        method: operation.method.clone(),
        path: source.path.value.clone(),
        id: source.id.as_ref().map(|id| id.value.clone()),
        trait_name: name.to_owned(),
        name: operation.name.to_string(),
        place: places.of(source.span),
    };
    pairs.map(row).collect()
}
