//! Elements, attributes and texts: a schema enters with the name of what it stands under, nodes leave.

use crate::lower::merge;
use crate::lower::xml::{DEPTH, Table, quoted};
use crate::model::{Property, SchemaId, TypeSet, Xml, XmlNode};
use crate::source::Span;

/// A node as the runtime reads it.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// The value's place within the value around it.
    pub(super) path: Vec<String>,
    /// Whether there is one for each item.
    pub(super) many: bool,
    /// Whether an array without items is there, too.
    pub(super) required: bool,
    pub(super) form: Form,
    pub(super) name: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) content: usize,
}

/// What a node is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Form {
    #[default]
    Element,
    Attribute,
    Text,
    Cdata,
}

/// What a schema and those that it refers to say of its node.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) node: Option<XmlNode>,
    pub(super) name: Option<String>,
    namespace: Option<String>,
    prefix: Option<String>,
    pub(super) schema: SchemaId,
}

/// Where a property stands.
pub(super) struct Around<'a> {
    /// The keys that lead to it.
    pub(super) path: Vec<String>,
    /// Whether it is always there.
    pub(super) required: bool,
    /// The objects around it that have no node of their own.
    pub(super) within: &'a [SchemaId],
}

impl Table<'_, '_> {
    /// What is said of the node of a schema that stands under a name.
    pub(super) fn place(&mut self, id: SchemaId, inferred: Option<&str>) -> Placed {
        let mut id = id;
        let mut inferred = inferred.map(str::to_owned);
        let mut xml = self.described(id, DEPTH);
        for _ in 0..DEPTH {
            // OpenAPI 3.2.0 section 4.26.2: the node is that of what is referred to.
            let Some(target) = self.cx.schema(id).reference.filter(|_| xml.node == Some(XmlNode::None)) else { break };
            id = target;
            inferred = self.cx.keys.get(&id).map(|key| key.value.clone()).or(inferred);
            xml = self.described(id, DEPTH);
        }
        let of_reference =
            |keyword: &&(&str, &str, Span)| keyword.1 == "nodeType" && xml.node == Some(XmlNode::Element);
        if self.cx.schema(id).reference.is_some()
            && let Some(&(_, _, place)) = xml.keywords.iter().find(of_reference)
        {
            // OpenAPI 3.2.0 section 4.26.1: both would have an element, one within the other.
            let message = "this element would hold the element of what it refers to".to_owned();
            self.report(place, message, "written as one element, of this name");
        }
        let (mut name, mut prefix) = (xml.name.map(|name| name.value).or(inferred), xml.prefix);
        // Some write the prefix into the name.
        if let Some((before, local)) = name.as_deref().and_then(|name| name.split_once(':'))
            && !before.is_empty()
            && !local.is_empty()
        {
            prefix = prefix.or_else(|| Some(before.to_owned()));
            name = Some(local.to_owned());
        }
        Placed { node: xml.node, name, namespace: xml.namespace, prefix, schema: id }
    }

    /// The XML Object of a schema: its own, and of what that leaves open, that of the schemas that it is made of.
    fn described(&mut self, id: SchemaId, depth: usize) -> Xml {
        let schema = self.cx.schema(id);
        let mut found = schema.xml.as_deref().cloned().unwrap_or_default();
        self.written.keywords.extend(found.keywords.iter().copied());
        if depth == 0 || found.node == Some(XmlNode::None) && schema.reference.is_some() {
            return found;
        }
        // What a part of several says is said of an element of its own, unless it describes nothing but that.
        let same = merge::target(self.cx, id);
        let mut inline = schema.all_of.clone();
        inline.retain(|&part| {
            let is_bare = !self.cx.keys.contains_key(&part) && !merge::is_structural(self.cx, part);
            is_bare || same == Some(part)
        });
        inline.reverse();
        for part in schema.reference.into_iter().chain(inline) {
            let other = self.described(part, depth - 1);
            found = Xml {
                node: found.node.or(other.node),
                name: found.name.or(other.name),
                namespace: found.namespace.or(other.namespace),
                prefix: found.prefix.or(other.prefix),
                keywords: found.keywords,
            };
        }
        found
    }

    /// The nodes of a property: one, or those of its parts where it has none of its own.
    pub(super) fn nodes(&mut self, property: &Property, around: &Around<'_>, nodes: &mut Vec<(Node, Span)>) {
        let placed = self.place(property.schema, Some(&property.key.value));
        let target = self.target(placed.schema);
        let kinds = self.kinds(target);
        let (is_array, is_object) = (kinds == TypeSet::ARRAY, kinds == TypeSet::OBJECT);
        let merged = merge::merged(self.cx, target);
        let span = property.key.span;
        let otherwise = if is_array { XmlNode::None } else { XmlNode::Element };
        let form = match placed.node.unwrap_or(otherwise) {
            XmlNode::None if is_array && merged.prefix_items.is_empty() => {
                let mut node = match merged.items {
                    // The name of an array without a node of its own has no effect.
                    Some(items) => self.item(items, &property.key.value),
                    None => Node { name: Some(property.key.value.clone()), ..self.anything() },
                };
                node.path.clone_from(&around.path);
                (node.many, node.required) = (true, around.required);
                nodes.push((node, span));
                return;
            }
            XmlNode::None if is_object && !around.within.contains(&target) => {
                let within: Vec<SchemaId> = around.within.iter().copied().chain([target]).collect();
                for inner in &merged.properties {
                    let path = around.path.iter().cloned().chain([inner.key.value.clone()]).collect();
                    self.nodes(inner, &Around { path, required: false, within: &within }, nodes);
                }
                return;
            }
            XmlNode::None if !is_object && !is_array => Form::Text,
            XmlNode::None | XmlNode::Element => Form::Element,
            XmlNode::Attribute => self.only_text(kinds, Form::Attribute, "an attribute", span),
            XmlNode::Text => self.only_text(kinds, Form::Text, "text", span),
            XmlNode::Cdata => self.only_text(kinds, Form::Cdata, "text", span),
        };
        let content = self.number(&[target], placed.name.as_deref());
        let (path, required) = (around.path.clone(), around.required);
        nodes.push((Node { path, required, form, content, ..Node::of(&placed) }, span));
    }

    /// The node of an item that stands under a name.
    pub(super) fn item(&mut self, items: SchemaId, inferred: &str) -> Node {
        let placed = self.place(items, Some(inferred));
        match placed.node {
            None | Some(XmlNode::Element | XmlNode::None) => {}
            Some(XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata) => {
                let place = self.cx.schema(items).span;
                self.report(place, "an item of an array can only be an element".to_owned(), "written as an element");
            }
        }
        // An array of arrays keeps them apart, so an inner one has a node whatever it says.
        let content = self.number(&[placed.schema], placed.name.as_deref());
        Node { content, ..Node::of(&placed) }
    }

    /// The node of what no schema says anything of.
    pub(super) fn anything(&mut self) -> Node {
        Node { content: self.number(&[], None), ..Node::default() }
    }

    /// An attribute or a text holds scalars only.
    fn only_text(&mut self, kinds: TypeSet, form: Form, what: &str, span: Span) -> Form {
        if kinds.intersection(TypeSet::ARRAY.with(TypeSet::OBJECT)).is_none() || kinds == TypeSet::ANY {
            return form;
        }
        self.report(span, format!("an object or array cannot be {what}"), "written as an element");
        Form::Element
    }
}

impl Node {
    /// An element where a schema says no more of it.
    pub(super) fn of(placed: &Placed) -> Self {
        Self {
            name: placed.name.clone(),
            namespace: placed.namespace.clone(),
            prefix: placed.prefix.clone(),
            ..Self::default()
        }
    }

    /// The node as JSON.
    pub(super) fn text(&self) -> String {
        let mut members = Vec::new();
        if !self.path.is_empty() {
            let keys: Vec<String> = self.path.iter().map(|key| quoted(key)).collect();
            members.push(format!("\"path\":[{}]", keys.join(",")));
        }
        members.extend(self.many.then(|| "\"many\":true".to_owned()));
        let shows_nothing = self.many || matches!(self.form, Form::Text | Form::Cdata);
        members.extend((self.required && shows_nothing).then(|| "\"required\":true".to_owned()));
        match self.form {
            Form::Element => {}
            Form::Attribute => members.push("\"as\":\"attribute\"".to_owned()),
            Form::Text => members.push("\"as\":\"text\"".to_owned()),
            Form::Cdata => members.push("\"as\":\"cdata\"".to_owned()),
        }
        let is_key = self.name.as_ref() == self.path.last();
        let name = self.name.as_ref().filter(|_| !is_key);
        let texts = [("name", name), ("namespace", self.namespace.as_ref()), ("prefix", self.prefix.as_ref())];
        for (key, text) in texts {
            members.extend(text.map(|text| format!("\"{key}\":{}", quoted(text))));
        }
        members.push(format!("\"content\":{}", self.content));
        format!("{{{}}}", members.join(","))
    }
}
