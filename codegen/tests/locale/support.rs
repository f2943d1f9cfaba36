//! Comparing texts that stand in tests.

use stubwright_codegen::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{self, Document, Node, Pointer, Value},
    locale::{self, Base, Drift, Texts, Translation},
    render,
    role::{Role, Roles},
    source::Sources,
};

pub(crate) struct Compared {
    pub(crate) base: Document,
    pub(crate) texts: Texts,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) rendered: String,
}

pub(crate) fn compare(base: &str, copies: &[(&str, &str)]) -> Compared {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let (base, base_roles) = load(&mut sources, "base.yaml", base);
    let load_copy = |&(language, text): &(&str, &str)| {
        let (document, roles) = load(&mut sources, &format!("{language}.yaml"), text);
        Translation { language: language.to_owned(), document, others: Vec::new(), roles, orphans: Vec::new() }
    };
    let translations: Vec<_> = copies.iter().map(load_copy).collect();
    let published = Base { language: "en", document: &base, others: &[], roles: &base_roles };
    let texts = locale::compare(&sources, published, &translations, Drift::Refused, &mut sink);
    let diagnostics = sink.into_diagnostics();
    let rendered = render::render_all(&sources, &diagnostics, &Code::severity, false);
    Compared { base, texts, diagnostics, rendered }
}

pub(crate) fn load(sources: &mut Sources, name: &str, text: &str) -> (Document, Roles) {
    let mut sink = Sink::default();
    let source = sources.add(name, text);
    let document = document::load(sources, source, &mut sink).unwrap();
    assert_eq!(sink.into_diagnostics(), []);
    let mut roles = Roles::default();
    each_node(&document.root, &Pointer::root(), &mut |node, pointer| roles.mark(node.id, role(pointer)));
    (document, roles)
}

/// The roles of these tests' documents. The reader knows the whole grammar.
pub(crate) fn role(pointer: &Pointer) -> Role {
    match pointer.tokens() {
        [.., parent, _] if parent == "properties" => Role::Contract,
        [.., parent, _] if Roles::TEXT_EXTENSIONS.contains(&parent.as_str()) => Role::Text,
        [.., key] if matches!(key.as_str(), "title" | "description" | "summary") => Role::Text,
        [.., key] if matches!(key.as_str(), "example" | "examples") => Role::Example,
        [.., key] if key.starts_with("x-") => Role::Extension,
        _ => Role::Contract,
    }
}

pub(crate) fn each_node(node: &Node, pointer: &Pointer, visit: &mut dyn FnMut(&Node, &Pointer)) {
    visit(node, pointer);
    match &node.value {
        Value::Mapping(entries) => {
            for entry in entries {
                each_node(&entry.value, &pointer.child(&entry.key.text), visit);
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                each_node(item, &pointer.child(index.to_string()), visit);
            }
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}
