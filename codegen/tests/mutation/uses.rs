//! A document enters, the uses of its keywords leave: found by the grammar of the specifications alone.

use stubwright_codegen::document::{Entry, Node, Value};

use crate::grammar::{Field, GRAMMAR, Holds, object};

/// A step from a node to one below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// A keyword in an object.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    /// The kind of the object.
    pub(crate) object: String,
    /// The field.
    pub(crate) field: Field,
    /// Where the object stands.
    pub(crate) owner: Vec<Step>,
    /// The keywords that it stands below, outermost first, with their objects.
    pub(crate) within: Vec<(String, &'static str)>,
}

impl Use {
    /// Where the value stands.
    pub(crate) fn place(&self) -> Vec<Step> {
        with(&self.owner, Step::Key(self.field.name.to_owned()))
    }

    /// Where the value stands, as diagnostics are compared.
    pub(crate) fn pointer(&self) -> String {
        let step = |step: &Step| match step {
            Step::Key(key) => format!("/{key}"),
            Step::Index(index) => format!("/{index}"),
        };
        self.place().iter().map(step).collect()
    }

    /// The object and the keyword.
    pub(crate) fn keyword(&self) -> (String, String) {
        (self.object.clone(), self.field.name.to_owned())
    }
}

/// Finds every use of a keyword in a document.
pub(crate) fn uses(root: &Node) -> Vec<Use> {
    let mut found = Vec::new();
    visit(root, "OpenAPI", &[], &[], &mut found);
    found
}

fn visit(node: &Node, kind: &str, at: &[Step], within: &[(String, &'static str)], found: &mut Vec<Use>) {
    let Value::Mapping(entries) = &node.value else { return };
    if kind == "Callback" && node.get("$ref").is_none() {
        return members(entries, "Path_Item", at, within, found);
    }
    let is_reference = node.get("$ref").is_some() && !matches!(kind, "Schema" | "Path_Item");
    let object = object(if is_reference { "Reference" } else { kind });
    let fields = &GRAMMAR[object.as_str()];
    for entry in entries {
        let Some(field) = fields.iter().find(|field| field.name == entry.key.text) else {
            assert!(entry.key.text.starts_with("x-"), "{object} has no field {}: {at:?}", entry.key.text);
            continue;
        };
        found.push(Use { object: object.clone(), field: *field, owner: at.to_vec(), within: within.to_vec() });
        let within = &[within, &[(object.clone(), field.name)]].concat();
        let place = with(at, Step::Key(entry.key.text.clone()));
        match (field.holds, &entry.value.value) {
            (Holds::Value, _) => {}
            (Holds::Map(kind), Value::Mapping(entries)) => members(entries, kind, &place, within, found),
            // A schema may be a list of them in older drafts.
            (Holds::List(kind) | Holds::One(kind), Value::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    visit(item, kind, &with(&place, Step::Index(index)), within, found);
                }
            }
            (Holds::One(kind) | Holds::Map(kind) | Holds::List(kind), _) => {
                visit(&entry.value, kind, &place, within, found);
            }
        }
    }
}

fn members(entries: &[Entry], kind: &str, at: &[Step], within: &[(String, &'static str)], found: &mut Vec<Use>) {
    for entry in entries.iter().filter(|entry| !entry.key.text.starts_with("x-")) {
        visit(&entry.value, kind, &with(at, Step::Key(entry.key.text.clone())), within, found);
    }
}

/// A place below a place.
pub(crate) fn with(at: &[Step], step: Step) -> Vec<Step> {
    let mut at = at.to_vec();
    at.push(step);
    at
}

/// The node at a place.
pub(crate) fn at<'node>(root: &'node Node, place: &[Step]) -> &'node Node {
    place.iter().fold(root, |node, step| match (step, &node.value) {
        (Step::Key(key), _) => node.get(key).expect("the key is there"),
        (Step::Index(index), Value::Sequence(items)) => &items[*index],
        (Step::Index(_), _) => unreachable!("the place was found in this document"),
    })
}

/// The node at a place, to change it.
pub(crate) fn at_mut<'node>(root: &'node mut Node, place: &[Step]) -> &'node mut Node {
    place.iter().fold(root, |node, step| match (step, &mut node.value) {
        (Step::Key(key), Value::Mapping(entries)) => {
            &mut entries.iter_mut().find(|entry| entry.key.text == *key).expect("the key is there").value
        }
        (Step::Index(index), Value::Sequence(items)) => &mut items[*index],
        (Step::Key(_) | Step::Index(_), _) => unreachable!("the place was found in this document"),
    })
}
