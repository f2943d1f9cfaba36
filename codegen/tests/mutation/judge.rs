//! Documents enter, what is generated from them leaves, in a form in which only what a server does is compared.
//!
//! The embedded document, the texts, and documentation are taken out; a diagnostic is its code, its message and its place
//! as a JSON Pointer, so that it stays the same when something before it moves.

use std::{collections::BTreeSet, path::PathBuf};

use stubwright_codegen::{
    Input, NoFiles, Options, Published, Reach,
    diagnostic::{Code, Sink},
    document::{self, Node, Value},
    generate,
    ledger::Ledger,
    source::{Sources, Span},
};

/// Stands before the pointer of a key.
const KEY: &str = "the key ";

/// What is generated from a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The code; none where the document is refused.
    pub(crate) code: Option<String>,
    /// The diagnostics.
    pub(crate) diagnostics: BTreeSet<String>,
    /// The places of which a diagnostic says that nothing below them is checked.
    pub(crate) unchecked: BTreeSet<String>,
}

/// Generates from a tree.
pub(crate) fn outcome(root: &Node) -> Outcome {
    run(root).0
}

/// Generates from a tree; gives the ledger, too.
pub(crate) fn run(root: &Node) -> (Outcome, Ledger) {
    let mut sources = Sources::default();
    let base = sources.add("openapi.json", document::to_json(root, &document::Edits::default()));
    let input = Input {
        base,
        path: PathBuf::new(),
        urls: Vec::new(),
        language: "en".to_owned(),
        translations: Vec::new(),
        overlays: Vec::new(),
        drift: stubwright_codegen::locale::Drift::default(),
        published: vec![Published { language: "en".to_owned(), include: "openapi.json".to_owned() }],
        reach: Reach::Public,
        options: Options::default(),
    };
    let mut sink = Sink::default();
    let output = generate(&mut sources, &input, &mut NoFiles, &mut sink).ok();
    let diagnostics = sink.into_diagnostics();
    let mut places = Vec::new();
    if !diagnostics.is_empty() {
        let read = document::load(&sources, base, &mut Sink::default());
        collect(&read.expect("what was written can be read").root, &mut String::new(), &mut places);
    }
    let unchecked = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UncheckedContent);
    let unchecked = unchecked.map(|diagnostic| place(&places, diagnostic.primary.span));
    let unchecked = unchecked.map(|place| place.trim_start_matches(KEY).to_owned()).collect();
    let shown = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = place(&places, diagnostic.primary.span);
            format!("{} at {place}: {} ({})", diagnostic.code, diagnostic.message, diagnostic.primary.text)
        })
        .collect();
    let ledger = output.as_ref().map(|output| output.ledger.clone()).unwrap_or_default();
    let code = output.map(|output| {
        let code = output.files.iter().filter(|file| !matches!(file.name, "texts.rs" | "document.json"));
        code.flat_map(|file| [file.name.to_owned(), without_docs(&file.text)]).collect()
    });
    (Outcome { code, diagnostics: shown, unchecked }, ledger)
}

/// Takes documentation out. Literals have no line breaks, so a line that begins like a comment is one.
fn without_docs(text: &str) -> String {
    let is_code = |line: &&str| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with("//") && !line.starts_with("#[doc") && !line.starts_with("#![doc")
    };
    text.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

/// The spans of all nodes and keys with their pointers.
fn collect(node: &Node, pointer: &mut String, places: &mut Vec<(Span, String)>) {
    places.push((node.span, pointer.clone()));
    let length = pointer.len();
    match &node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                collect(item, pointer, places);
                pointer.truncate(length);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                pointer.push('/');
                pointer.push_str(&entry.key.text);
                places.push((entry.key.span, format!("{KEY}{pointer}")));
                collect(&entry.value, pointer, places);
                pointer.truncate(length);
            }
        }
    }
}

fn place(places: &[(Span, String)], span: Span) -> &str {
    places.iter().find(|(known, _)| *known == span).map_or("an odd place", |(_, pointer)| pointer)
}
