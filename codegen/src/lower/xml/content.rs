//! What an element or attribute holds: schemas of which a value fits one enter, one content leaves.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::document::Value;
use crate::lower::xml::node::{Around, Form, Node};
use crate::lower::xml::{DEPTH, Key, Table};
use crate::lower::{inheritance, merge};
use crate::model::{AdditionalProperties, Property, Schema, SchemaId, Spanned, TypeSet};
use crate::source::Span;

/// What a text alone can be.
const SCALARS: [TypeSet; 4] = [TypeSet::STRING, TypeSet::BOOLEAN, TypeSet::NUMBER, TypeSet::INTEGER];

/// What alternatives hold together.
#[derive(Default)]
struct Content {
    is_any: bool,
    /// The kinds of all values.
    kinds: TypeSet,
    /// The properties of its objects: of one key, the schemas of all alternatives.
    properties: Option<Vec<(Spanned<String>, Vec<SchemaId>)>>,
    required: HashSet<String>,
    more: Vec<SchemaId>,
    prefix: Vec<SchemaId>,
    items: Vec<SchemaId>,
}

impl Table<'_, '_> {
    /// The content with a key, as JSON.
    pub(super) fn content(&mut self, key: &Key) -> String {
        let (schemas, item_name) = match key {
            Key::Scalar { is_text, is_nullable } => return format!("{{{}}}", scalar(*is_text, *is_nullable)),
            Key::Schemas { schemas, item } => (schemas, item),
        };
        let mut content = Content { is_any: schemas.is_empty(), ..Content::default() };
        let mut seen = FxHashSet::default();
        for &id in schemas {
            self.gather(id, &mut content, &mut seen, DEPTH);
        }
        if content.is_any {
            return "{}".to_owned();
        }
        let mut members = Vec::new();
        let kinds = content.kinds;
        if SCALARS.iter().any(|kind| kinds.contains(*kind)) {
            let is_text = kinds.contains(TypeSet::STRING);
            members.push(scalar(is_text, kinds.contains(TypeSet::NULL) && !is_text));
        }
        if let Some(properties) = content.properties.take() {
            let fields = self.fields(&properties, &content.required);
            members.push(format!("\"fields\":[{}]", fields.join(",")));
            if !content.more.is_empty() {
                let more = self.more(&content.more);
                members.push(format!("\"more\":{}", more.text()));
            }
        }
        if kinds.contains(TypeSet::ARRAY) {
            self.items(&content, item_name.as_deref(), &mut members);
        }
        if members.is_empty() {
            // Null alone.
            members.push(scalar(false, true));
        }
        format!("{{{}}}", members.join(","))
    }

    /// The nodes of the items of arrays.
    fn items(&mut self, content: &Content, name: Option<&str>, members: &mut Vec<String>) {
        if !content.prefix.is_empty() {
            let prefix: Vec<String> = content.prefix.iter().map(|&id| self.named_item(id, name).text()).collect();
            members.push(format!("\"prefix\":[{}]", prefix.join(",")));
        }
        let rest = match content.items.as_slice() {
            [] => Node { name: Some(name.unwrap_or("item").to_owned()), ..self.anything() },
            [only] => self.named_item(*only, name),
            [first, ..] => {
                let content = self.number(&content.items, None);
                Node { content, ..self.named_item(*first, name) }
            }
        };
        members.push(format!("\"item\":{}", rest.text()));
    }

    /// The node of an item: what is under no name is named by its own component.
    fn named_item(&mut self, id: SchemaId, name: Option<&str>) -> Node {
        let target = self.cx.schemas.resolve(id);
        let own = [id, target].iter().find_map(|id| self.cx.keys.get(id)).map(|key| key.value.clone());
        let inferred = name.map(str::to_owned).or(own).unwrap_or_else(|| "item".to_owned());
        self.item(id, &inferred)
    }

    /// Adds what the values of a schema may be.
    fn gather(&mut self, id: SchemaId, content: &mut Content, seen: &mut FxHashSet<SchemaId>, depth: usize) {
        let id = inheritance::checked(self.cx, id);
        if depth == 0 || !seen.insert(id) {
            return;
        }
        let merged = merge::merged(self.cx, id);
        let alternatives: Vec<SchemaId> = merged.any_of.iter().chain(&merged.one_of).copied().collect();
        if !alternatives.is_empty() {
            for id in alternatives {
                self.gather(id, content, seen, depth - 1);
            }
            return;
        }
        let kinds = kinds(&merged);
        content.is_any |= kinds == TypeSet::ANY;
        content.kinds = content.kinds.with(kinds);
        if kinds.contains(TypeSet::OBJECT) {
            object(&merged, content);
        }
        if kinds.contains(TypeSet::ARRAY) {
            if content.prefix.is_empty() {
                content.prefix.clone_from(&merged.prefix_items);
            }
            content.items.extend(merged.items);
        }
    }

    /// The nodes of properties. Of two that no text could tell apart, the first one is read.
    fn fields(&mut self, properties: &[(Spanned<String>, Vec<SchemaId>)], required: &HashSet<String>) -> Vec<String> {
        let mut nodes = Vec::new();
        for (key, schemas) in properties {
            let property = Property { key: key.clone(), schema: schemas[0] };
            let around = Around { path: vec![key.value.clone()], required: required.contains(&key.value), within: &[] };
            let start = nodes.len();
            self.nodes(&property, &around, &mut nodes);
            if let ([(node, _)], [_, _, ..]) = (&mut nodes[start..], schemas.as_slice()) {
                self.together(node, schemas);
            }
        }
        let mut taken: HashMap<(Form, Option<String>, Option<String>), Span> = HashMap::new();
        let mut fields = Vec::new();
        for (node, span) in nodes {
            let name = match node.form {
                Form::Element | Form::Attribute => node.name.clone(),
                Form::Text | Form::Cdata => None,
            };
            let form = if node.form == Form::Cdata { Form::Text } else { node.form };
            match taken.insert((form, name, node.namespace.clone()), span) {
                None => fields.push(node.text()),
                Some(first) => {
                    taken.insert((form, node.name.clone(), node.namespace.clone()), first);
                    self.report(span, same(&node), "written, and never read: the first one is");
                    fields.push(node.text());
                }
            }
        }
        fields
    }

    /// The content of a node whose alternatives say different things of it.
    fn together(&mut self, node: &mut Node, schemas: &[SchemaId]) {
        let mut held = Vec::new();
        for &id in schemas {
            let target = self.place(id, None).schema;
            let target = self.target(target);
            let merged = merge::merged(self.cx, target);
            held.push(if node.many { merged.items.unwrap_or(target) } else { target });
        }
        node.content = self.number(&held, node.name.as_deref());
    }

    /// The node of the properties that have no schema of their own.
    fn more(&mut self, schemas: &[SchemaId]) -> Node {
        if let [only] = schemas {
            let placed = self.place(*only, None);
            let target = self.target(placed.schema);
            let merged = merge::merged(self.cx, target);
            if placed.node.is_none() && self.kinds(target) == TypeSet::ARRAY && merged.prefix_items.is_empty() {
                let content = match merged.items {
                    Some(items) => self.number(&[items], None),
                    None => self.number(&[], None),
                };
                return Node { many: true, content, ..Node::default() };
            }
            return Node { content: self.number(&[target], None), name: None, ..Node::of(&placed) };
        }
        Node { content: self.number(schemas, None), ..Node::default() }
    }
}

/// The text of a scalar, as a member of a content.
fn scalar(is_text: bool, is_nullable: bool) -> String {
    let nullable = if is_nullable { ",\"nullable\":true" } else { "" };
    format!("\"scalar\":\"{}\"{nullable}", if is_text { "text" } else { "token" })
}

fn object(merged: &Rc<Schema>, content: &mut Content) {
    let is_first = content.properties.is_none();
    let properties = content.properties.get_or_insert_default();
    for property in &merged.properties {
        match properties.iter_mut().find(|(key, _)| key.value == property.key.value) {
            Some((_, schemas)) if schemas.contains(&property.schema) => {}
            Some((_, schemas)) => schemas.push(property.schema),
            None => properties.push((property.key.clone(), vec![property.schema])),
        }
    }
    let required = merged.required.iter().map(|key| key.value.clone());
    if is_first {
        content.required.extend(required);
    } else {
        let own: HashSet<String> = required.collect();
        content.required.retain(|key| own.contains(key));
    }
    match merged.additional_properties {
        AdditionalProperties::Schema(id) if !content.more.contains(&id) => content.more.push(id),
        AdditionalProperties::Schema(_) | AdditionalProperties::Allowed | AdditionalProperties::Forbidden => {}
    }
}

/// The kinds of a schema's values: by its type, or by the values that it lists.
fn kinds(merged: &Schema) -> TypeSet {
    let inferred = merge::spoken_of(merged);
    let values: Vec<&crate::document::Node> = merged.values.iter().flatten().chain(&merged.constant).collect();
    if inferred != TypeSet::ANY || values.is_empty() {
        return inferred;
    }
    let kind = |value: &Value| match value {
        Value::Null => TypeSet::NULL,
        Value::Boolean(_) => TypeSet::BOOLEAN,
        Value::Number(_) => TypeSet::NUMBER,
        Value::String(_) => TypeSet::STRING,
        Value::Sequence(_) => TypeSet::ARRAY,
        Value::Mapping(_) => TypeSet::OBJECT,
    };
    values.iter().fold(TypeSet::default(), |kinds, value| kinds.with(kind(&value.value)))
}

fn same(node: &Node) -> String {
    let name = node.name.as_deref().unwrap_or_default();
    match node.form {
        Form::Element => format!("two properties are elements of the name `{name}`"),
        Form::Attribute => format!("two properties are attributes of the name `{name}`"),
        Form::Text | Form::Cdata => "two properties are the text of one element".to_owned(),
    }
}
