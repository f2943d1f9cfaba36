//! Loading, writing and showing documents, from outside.

mod hostile;
mod json;
mod refusals;
mod rendering;
mod round_trips;
mod spans;
mod values;
mod yaml;

use stubwright_codegen::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{Edits, Node, load, to_json},
    render::render_all,
    source::Sources,
};

/// What loading a text gives.
struct Loaded {
    sources: Sources,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    fn codes(&self) -> Vec<Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    fn rendered(&self) -> String {
        render_all(&self.sources, &self.diagnostics, &Code::severity, false)
    }
}

fn read_as(name: &str, text: &str) -> Loaded {
    let mut sources = Sources::default();
    let source = sources.add(name, text);
    let mut sink = Sink::default();
    let root = load(&sources, source, &mut sink).map(|document| document.root);
    Loaded { sources, root, diagnostics: sink.into_diagnostics() }
}

fn read(text: &str) -> Loaded {
    read_as("test.yaml", text)
}

/// The tree of a text that has no errors.
#[track_caller]
fn accepted(text: &str) -> Node {
    let loaded = read(text);
    assert!(loaded.diagnostics.is_empty(), "{text:?}:\n{}", loaded.rendered());
    loaded.root.expect("a document without errors has a tree")
}

/// A tree as JSON on one line.
fn compact(node: &Node) -> String {
    to_json(node, &Edits::default()).lines().map(str::trim_start).collect()
}
