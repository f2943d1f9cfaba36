//! Which strings of a document are human text: those that begin with `say`, in every place that the grammar has for one,
//! and none of the others, whatever their keys are called.

use std::path::Path;

use crate::diagnostic::Sink;
use crate::document::{self, Node, Pointer, Value};
use crate::gather::{self, NoFiles};
use crate::read::read;
use crate::role::{Role, Roles};
use crate::source::Sources;

#[test]
fn text_is_told_by_its_place() {
    for (name, text, least) in [
        ("texts_3_0.yaml", include_str!("roles/texts_3_0.yaml"), 35),
        ("texts_3_1.yaml", include_str!("roles/texts_3_1.yaml"), 55),
        ("texts_3_2.yaml", include_str!("roles/texts_3_2.yaml"), 20),
        ("traps.yaml", include_str!("roles/traps.yaml"), 1),
    ] {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let source = sources.add(name, text);
        let document = document::load(&sources, source, &mut sink).expect("the document is well-formed");
        let documents = gather::gather(document, Path::new(name), &[], &mut sources, &mut NoFiles);
        let reading = read(&documents, &mut sink).expect("it is an OpenAPI document");
        let (mut texts, mut wrong) = (0, Vec::new());
        let root = &documents.base().root;
        each_string(root, &Pointer::root(), Role::Contract, &reading.roles, &mut |words, pointer, role| {
            let is_text = words.starts_with("say");
            texts += usize::from(is_text);
            let fits = match role {
                Role::Text => is_text,
                // Where an example is defined elsewhere, that is no payload.
                Role::Example => words.starts_with("show") || words.starts_with("#/components/examples/"),
                Role::Extension => words.starts_with("extend"),
                Role::Contract => !["say", "show", "extend"].iter().any(|prefix| words.starts_with(prefix)),
            };
            if !fits {
                wrong.push(format!("{pointer}: {words} is {role:?}"));
            }
        });
        assert_eq!(wrong, [] as [String; 0], "{name}");
        assert!(texts >= least, "{name} has {texts} texts");
    }
}

fn each_string(
    node: &Node,
    pointer: &Pointer,
    above: Role,
    roles: &Roles,
    visit: &mut dyn FnMut(&str, &Pointer, Role),
) {
    let role = roles.within(above, node.id);
    match &node.value {
        Value::String(words) => visit(words, pointer, role),
        Value::Null | Value::Boolean(_) | Value::Number(_) => {}
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                each_string(item, &pointer.child(index.to_string()), role, roles, visit);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                each_string(&entry.value, &pointer.child(entry.key.text.as_str()), role, roles, visit);
            }
        }
    }
}
