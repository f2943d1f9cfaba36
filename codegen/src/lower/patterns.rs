//! The patterns of schemas enter, their form in the table of schemas leaves.
//!
//! The one rule: a pattern that no engine takes is reported, whether or not an operation leads to it.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::write_string;
use crate::lower::context::Cx;
use crate::pattern::{self, Pattern};

/// The patterns that were seen, as they are written, or what is wrong with them: documents repeat theirs, and an engine
/// takes its time for each.
pub(super) type Patterns = HashMap<String, Result<String, String>>;

/// A pattern in the syntax of the engine that runs it. None for one that no engine takes: [`report`] names it.
pub(super) fn written(cx: &mut Cx<'_>, source: &str) -> Option<String> {
    known(&mut cx.patterns, source).clone().ok()
}

/// Names the patterns that no engine takes, of all schemas of the document.
pub(super) fn report(cx: &mut Cx<'_>) {
    let Cx { model, patterns, sink, .. } = cx;
    for (_, schema) in model.schemas.iter() {
        let keys = schema.pattern_properties.iter().map(|property| &property.key);
        for source in schema.limits.pattern.iter().chain(keys) {
            if let Err(reason) = known(patterns, &source.value) {
                let message = format!("this pattern is not checked: {reason}");
                sink.report(
                    Diagnostic::new(Code::InvalidPattern, source.span, message)
                        .help("write a regular expression of ECMA-262, as JSON Schema 2020-12 core section 6.4 says"),
                );
            }
        }
    }
}

fn known<'known>(patterns: &'known mut Patterns, source: &str) -> &'known Result<String, String> {
    // To own the key is cheap beside an engine's work.
    patterns.entry(source.to_owned()).or_insert_with(|| pattern::translate(source).map(|it| to_json(source, &it)))
}

fn to_json(source: &str, pattern: &Pattern) -> String {
    let (engine, translated) = match pattern {
        Pattern::Linear(text) => ("linear", text),
        Pattern::Backtracking(text) => ("backtracking", text),
    };
    let mut json = String::from("{\"source\":");
    write_string(&mut json, source);
    json.push_str(",\"");
    json.push_str(engine);
    json.push_str("\":");
    write_string(&mut json, translated);
    json.push('}');
    json
}
