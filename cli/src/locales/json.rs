//! A report on languages for tools. The form is described in the README, and only ever gets new keys.

use serde_json::{Value, json};
use stubwright_codegen::{
    LanguageReport, LocaleReport,
    diagnostic::{Code, Severity},
    locale::State,
    report::Place,
};

/// The form's version: it changes when a key goes away or means something else.
const FORM: u32 = 1;

/// The report as one JSON document.
pub(super) fn json(report: &LocaleReport) -> String {
    let LocaleReport { file, language, texts, languages, .. } = report;
    let languages: Vec<Value> = languages.iter().map(|one| self::language(one, *texts)).collect();
    let value = json!({ "form": FORM, "file": file, "language": language, "texts": texts, "languages": languages });
    format!("{value:#}")
}

fn language(report: &LanguageReport, texts: usize) -> Value {
    let listed = report.texts.iter().map(|text| {
        json!({
            "state": name(text.state),
            "pointer": text.pointer.to_string(),
            "base": text.base.as_ref().map(place),
            "copy": text.copy.as_ref().map(place),
        })
    });
    let differences = report.differences.iter().map(|difference| {
        json!({
            "code": difference.code.name(),
            "severity": match difference.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Lint => "lint",
            },
            "message": difference.message,
            "base": difference.base.as_ref().map(place),
            "copy": place(&difference.copy),
        })
    });
    // With two decimals.
    let share = (report.count(State::Translated) * 10_000).checked_div(texts).unwrap_or_default();
    let percent = f64::from(u32::try_from(share).unwrap_or_default()) / 100.0;
    json!({
        "language": report.language,
        "file": report.file,
        "counts": {
            "translated": report.count(State::Translated),
            "same": report.count(State::Same),
            "missing": report.count(State::Missing),
            "stale": report.count(State::Stale),
            "orphaned": report.count(State::Orphaned),
            "drift": report.drift(),
            "lacking": report.lacking,
            "translatedExamples": report.differences(Code::TranslatedExample),
            "extensions": report.differences(Code::TranslatedExtension),
            "changedLiterals": report.differences(Code::TranslatedLiteral),
        },
        "translatedPercent": percent,
        "texts": Value::Array(listed.collect()),
        "differences": Value::Array(differences.collect()),
    })
}

fn name(state: State) -> &'static str {
    match state {
        State::Same => "same",
        State::Translated | State::Missing | State::Stale | State::Orphaned => state.name(),
    }
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line, "column": place.column })
}
