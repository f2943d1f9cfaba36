//! From a JSON value to text: elements in the order in which the document declares the properties.
//!
//! The one rule: nothing fails. A value that does not fit its schema is written as one of which no schema says anything.

use serde_json::{Map, Value};

use super::mapping::{ANY, Content, Form, Mapping, Node};
use super::{INSTANCE, TEXT_KEY, escape, name};

/// What stands in front of every body: XML 1.0 section 2.8.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes a value as this root element.
pub(super) fn write(mapping: &Mapping, node: &Node, value: &Value) -> String {
    let mut writing = Writing { mapping, out: DECLARATION.to_owned(), scopes: Vec::new() };
    writing.element(node, node.name.as_deref().unwrap_or("root"), value);
    writing.out
}

struct Writing<'m> {
    mapping: &'m Mapping,
    out: String,
    /// The namespaces that are declared, by prefix; the innermost last.
    scopes: Vec<(String, String)>,
}

impl<'m> Writing<'m> {
    fn element(&mut self, node: &'m Node, name: &str, value: &Value) {
        let outside = self.scopes.len();
        let mut declared = Vec::new();
        let name = self.qualified(node, name, &mut declared);
        self.tag(&name, &declared, self.mapping.content(node), value);
        self.scopes.truncate(outside);
    }

    /// An element of which no schema says anything.
    fn plain(&mut self, name: &str, value: &Value) {
        self.tag(&name::encoded(name), &[], &ANY, value);
    }

    fn tag(&mut self, name: &str, declared: &[(String, String)], content: &'m Content, value: &Value) {
        let outside = self.scopes.len();
        self.out.push('<');
        self.out.push_str(name);
        for (prefix, namespace) in declared {
            self.declare(prefix, namespace);
        }
        self.scopes.extend_from_slice(declared);
        if value.is_null() {
            if self.namespace("xsi") != Some(INSTANCE) {
                self.declare("xsi", INSTANCE);
            }
            self.out.push_str(" xsi:nil=\"true\"/>");
            return;
        }
        if let Value::Object(members) = value {
            self.attributes(content, members);
        }
        self.out.push('>');
        let start = self.out.len();
        self.held(content, value);
        self.scopes.truncate(outside);
        if self.out.len() == start {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn held(&mut self, content: &'m Content, value: &Value) {
        match value {
            Value::Object(members) => {
                for field in content.fields.iter().flatten() {
                    self.field(field, members);
                }
                for (key, member) in members.iter().filter(|(key, _)| !content.declares(key)) {
                    self.more(content, key, member);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    match content.item(index) {
                        Some(node) => self.node(node, item),
                        None => self.plain("item", item),
                    }
                }
            }
            Value::Null => {}
            Value::String(_) | Value::Bool(_) | Value::Number(_) => escape::text(&mut self.out, &text(value)),
        }
    }

    fn field(&mut self, field: &'m Node, members: &Map<String, Value>) {
        let Some(value) = get(field, members) else { return };
        match value {
            Value::Array(items) if field.many => items.iter().for_each(|item| self.node(field, item)),
            value => self.node(field, value),
        }
    }

    fn node(&mut self, node: &'m Node, value: &Value) {
        match node.form {
            Form::Element => self.element(node, node.name.as_deref().unwrap_or("item"), value),
            Form::Attribute => {}
            Form::Text | Form::Cdata if value.is_null() => {}
            Form::Text => escape::text(&mut self.out, &text(value)),
            Form::Cdata => escape::cdata(&mut self.out, &text(value)),
        }
    }

    /// A property without a node of its own.
    fn more(&mut self, content: &'m Content, key: &str, value: &Value) {
        let items = match value {
            Value::Array(items) if content.more.as_ref().is_none_or(|more| more.many) => items.as_slice(),
            value => std::slice::from_ref(value),
        };
        for item in items {
            match content.more.as_deref() {
                Some(node) => self.element(node, &name::encoded(key), item),
                None if key == TEXT_KEY && item.is_string() => escape::text(&mut self.out, &text(item)),
                None => self.plain(key, item),
            }
        }
    }

    fn attributes(&mut self, content: &'m Content, members: &Map<String, Value>) {
        for field in content.fields.iter().flatten().filter(|field| field.form == Form::Attribute) {
            let Some(value) = get(field, members).filter(|value| !value.is_null()) else { continue };
            let mut name = field.name.clone().unwrap_or_default();
            if let Some(namespace) = &field.namespace {
                // An attribute without a prefix is of no namespace: Namespaces in XML 1.0 section 6.2.
                let prefix = self.prefix(field.prefix.as_deref(), namespace);
                name = format!("{prefix}:{name}");
            }
            self.out.push(' ');
            self.out.push_str(&name);
            self.out.push_str("=\"");
            escape::attribute(&mut self.out, &text(value));
            self.out.push('"');
        }
    }

    /// The name of an element with its prefix, and the namespaces to be declared with it.
    fn qualified(&mut self, node: &Node, name: &str, declared: &mut Vec<(String, String)>) -> String {
        let prefix = node.prefix.as_deref().filter(|prefix| name::is_name(prefix));
        let prefix = match &node.namespace {
            Some(namespace) => {
                let prefix = prefix.unwrap_or_default();
                if self.namespace(prefix) != Some(namespace.as_str()) {
                    declared.push((prefix.to_owned(), namespace.clone()));
                }
                Some(prefix)
            }
            // A prefix alone is one of an element around it.
            None => prefix.filter(|prefix| self.namespace(prefix).is_some()),
        };
        match prefix.filter(|prefix| !prefix.is_empty()) {
            Some(prefix) => format!("{prefix}:{name}"),
            None => name.to_owned(),
        }
    }

    /// A prefix for an attribute of a namespace, declared if it is not yet.
    fn prefix(&mut self, wanted: Option<&str>, namespace: &str) -> String {
        let wanted = wanted.filter(|prefix| name::is_name(prefix)).map(str::to_owned);
        let known = |prefix: &String| self.namespace(prefix) == Some(namespace);
        if let Some(prefix) = wanted.clone().filter(known) {
            return prefix;
        }
        let prefix = wanted.unwrap_or_else(|| format!("ns{}", self.scopes.len() + 1));
        self.declare(&prefix, namespace);
        self.scopes.push((prefix.clone(), namespace.to_owned()));
        prefix
    }

    fn declare(&mut self, prefix: &str, namespace: &str) {
        self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
        self.out.push_str(prefix);
        self.out.push_str("=\"");
        escape::attribute(&mut self.out, namespace);
        self.out.push('"');
    }

    /// The namespace that a prefix stands for.
    fn namespace(&self, prefix: &str) -> Option<&str> {
        self.scopes.iter().rev().find(|(known, _)| known == prefix).map(|(_, namespace)| namespace.as_str())
    }
}

fn get<'v>(field: &Node, members: &'v Map<String, Value>) -> Option<&'v Value> {
    let (last, way) = field.path.split_last()?;
    let members = way.iter().try_fold(members, |members, key| members.get(key)?.as_object())?;
    members.get(last)
}

/// A scalar's text; JSON for what is none.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
