//! The components that the added responses refer to, under names that the document leaves free.

use std::collections::HashSet;

use crate::document::{Additions, Entry, Maker, Node, Value};
use crate::effective::bodies;
use crate::ir::{EdgeAnswer, ErrorShape, Fill};

/// What is to be added below `components`.
pub(super) struct Components {
    responses: Section<(u16, ErrorShape, bool)>,
    schemas: Section<(Fill, &'static str)>,
}

/// What is to be added below one of its keys.
struct Section<T> {
    taken: HashSet<String>,
    /// What each of those that are added stands for.
    known: Vec<T>,
    added: Vec<Entry>,
}

impl Components {
    /// Those of a document so far; `None` where nothing can be added to them.
    pub(super) fn of(root: &Node) -> Option<Self> {
        let components = root.get("components");
        if components.is_some_and(|components| components.get("$ref").is_some()) || !is_mapping(Some(root)) {
            return None;
        }
        let section = |key: &str| components.and_then(|components| components.get(key));
        let (responses, schemas) = (section("responses"), section("schemas"));
        let is_open = [components, responses, schemas].into_iter().all(is_mapping);
        is_open.then(|| Self { responses: Section::of(responses), schemas: Section::of(schemas) })
    }

    /// The reference to a response, which is added unless it is there already.
    pub(super) fn response(&mut self, answer: &EdgeAnswer, make: Maker) -> String {
        let EdgeAnswer { status, shape, lists_violations, .. } = answer;
        let schemas = &mut self.schemas;
        let key = (*status, shape.clone(), *lists_violations);
        let name = self.responses.name(key, &bodies::response_name(*status), make, || {
            let name = bodies::schema_name(&shape.body, *lists_violations);
            let schema = || bodies::schema(&shape.body, *lists_violations, make);
            let schema = schemas.name((shape.body.clone(), name), name, make, schema);
            bodies::response(answer, Some(&format!("#/components/schemas/{schema}")), make)
        });
        format!("#/components/responses/{name}")
    }

    /// Adds them.
    pub(super) fn add_to(self, additions: &mut Additions, root: &Node) {
        if self.responses.added.is_empty() {
            return;
        }
        let make = Maker(root.span);
        let components = root.get("components");
        let mut sections = Vec::new();
        for (key, added) in [("responses", self.responses.added), ("schemas", self.schemas.added)] {
            match components.and_then(|components| components.get(key)) {
                Some(section) => additions.entry(section.id).or_default().extend(added),
                None => sections.push(make.member(key, added)),
            }
        }
        match components {
            Some(components) => additions.entry(components.id).or_default().extend(sections),
            None => additions.entry(root.id).or_default().push(make.member("components", sections)),
        }
    }
}

impl<T: PartialEq> Section<T> {
    fn of(node: Option<&Node>) -> Self {
        let entries = node.and_then(Node::members).unwrap_or_default();
        let taken = entries.iter().map(|entry| entry.key.text.clone()).collect();
        Self { taken, known: Vec::new(), added: Vec::new() }
    }

    /// The name of what stands for something; it is made when it is asked for first.
    fn name(&mut self, what: T, wanted: &str, make: Maker, value: impl FnOnce() -> Node) -> String {
        if let Some(index) = self.known.iter().position(|known| *known == what) {
            return self.added[index].key.text.clone();
        }
        let mut name = wanted.to_owned();
        let mut number = 2_u32;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        self.known.push(what);
        self.added.push(make.entry(name.clone(), value()));
        name
    }
}

/// Whether there is a mapping, or nothing.
fn is_mapping(node: Option<&Node>) -> bool {
    node.is_none_or(|node| matches!(node.value, Value::Mapping(_)))
}
