//! A report for tools. The form is described in the README, and only ever gets new keys.

use serde_json::{Value, json};
use stubwright_codegen::report::{DocumentReport, Place, Violation};

/// The form's version: it changes when a key goes away or means something else.
const FORM: u32 = 1;

/// The report as one JSON document.
pub(super) fn json(report: &DocumentReport) -> String {
    let DocumentReport { files, counts, keywords, operations, raw_operations, domains, names, warnings } = report;
    let all = |values: Vec<Value>| Value::Array(values);
    let value = json!({
        "form": FORM,
        "files": all(files.iter().map(|row| json!({
            "name": row.name, "bytes": row.bytes, "lines": row.lines,
        })).collect()),
        "counts": {
            "operations": counts.operations,
            "leftOut": counts.left_out,
            "schemas": counts.schemas,
            "types": counts.types,
            "traits": counts.traits,
            "rustLines": counts.rust_lines,
            "generatedBytes": counts.generated_bytes,
        },
        "keywords": all(keywords.iter().map(|row| json!({
            "object": row.object,
            "keyword": row.keyword,
            "count": row.count,
            "treatment": row.treatment.name(),
            "places": places(&row.places),
        })).collect()),
        "operations": all(operations.iter().map(|row| json!({
            "method": row.method,
            "path": row.path,
            "operationId": row.id,
            "trait": row.trait_name,
            "name": row.name,
            "place": place(&row.place),
        })).collect()),
        "rawOperations": raw_operations,
        "domains": all(domains.iter().map(|row| json!({
            "type": row.json_type,
            "format": row.format,
            "rust": row.rust_type,
            "violation": row.violation.map(Violation::name),
            "count": row.count,
            "places": places(&row.places),
        })).collect()),
        "names": all(names.iter().map(|row| json!({
            "message": row.message, "outcome": row.outcome, "place": place(&row.place),
        })).collect()),
        "warnings": all(warnings.iter().map(|row| json!({
            "code": row.code.name(), "count": row.count, "places": places(&row.places),
        })).collect()),
    });
    // Values of this kind always have a text; a space makes long lines of it readable.
    format!("{value:#}")
}

fn places(places: &[Place]) -> Value {
    Value::Array(places.iter().map(place).collect())
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line, "column": place.column })
}
