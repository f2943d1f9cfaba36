//! How values are written as XML: the data file `xml.json` enters.
//!
//! The one rule: every index is one of a content, for [`Mapping::parse`] refuses any other.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::name;

/// How the bodies of one document are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    /// The root elements.
    pub(super) roots: Vec<Node>,
    /// What nodes hold.
    pub(super) contents: Vec<Content>,
}

/// An element, an attribute, or a text.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Node {
    /// The value's place within the value of the element around it, for the node of a property.
    pub(super) path: Vec<String>,
    /// Whether there is one node for each item of the array at that place.
    pub(super) many: bool,
    /// Whether that array is never absent.
    pub(super) required: bool,
    #[serde(rename = "as")]
    pub(super) form: Form,
    /// The name; without one it is the last key of the path, and a root may have any.
    pub(super) name: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) prefix: Option<String>,
    /// An index into [`Mapping::contents`].
    pub(super) content: usize,
}

/// What a node is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Form {
    #[default]
    Element,
    Attribute,
    Text,
    Cdata,
}

/// What a node holds. Where it says nothing, that is anything.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Content {
    /// A scalar.
    pub(super) scalar: Option<Scalar>,
    /// Whether an empty text is null.
    pub(super) nullable: bool,
    /// An object: the nodes of its properties.
    pub(super) fields: Option<Vec<Node>>,
    /// The properties without a node of their own.
    pub(super) more: Option<Box<Node>>,
    /// An array: the nodes of its first items.
    pub(super) prefix: Vec<Node>,
    /// The node of its other items.
    pub(super) item: Option<Box<Node>>,
    /// The fields that are elements or attributes, by name.
    #[serde(skip)]
    named: BTreeMap<String, Vec<usize>>,
}

/// How the text of a scalar is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Scalar {
    /// As it is.
    Text,
    /// Without the whitespace around it.
    Token,
}

/// What no schema says anything of.
pub(super) static ANY: Content = Content {
    scalar: None,
    nullable: false,
    fields: None,
    more: None,
    prefix: Vec::new(),
    item: None,
    named: BTreeMap::new(),
};

impl Mapping {
    /// Reads a data file, and completes its names.
    ///
    /// # Errors
    /// When it is not of the form that the generator writes, or a node holds no content.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut mapping: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let n_contents = mapping.contents.len();
        let complete = |node: &mut Node| {
            let name = node.name.take().or_else(|| node.path.last().cloned());
            node.name = name.map(|name| name::encoded(&name).into_owned());
            if node.content < n_contents {
                return Ok(());
            }
            Err(format!("there is no content {} among {n_contents}", node.content))
        };
        mapping.roots.iter_mut().try_for_each(complete)?;
        for content in &mut mapping.contents {
            let fields = content.fields.iter_mut().flatten();
            let nodes = fields.chain(&mut content.prefix);
            let single = content.item.iter_mut().chain(&mut content.more).map(Box::as_mut);
            nodes.chain(single).try_for_each(complete)?;
            for (index, field) in content.fields.iter().flatten().enumerate() {
                if let (Form::Element | Form::Attribute, Some(name)) = (field.form, &field.name) {
                    content.named.entry(name.clone()).or_default().push(index);
                }
            }
        }
        Ok(mapping)
    }

    pub(super) fn content(&self, node: &Node) -> &Content {
        &self.contents[node.content]
    }
}

impl Content {
    /// Whether anything may stand there.
    pub(super) fn is_any(&self) -> bool {
        self.scalar.is_none() && self.fields.is_none() && !self.is_list()
    }

    pub(super) fn is_list(&self) -> bool {
        self.item.is_some() || !self.prefix.is_empty()
    }

    /// The field that an element or attribute is: of several, the one of its namespace.
    pub(super) fn field(&self, form: Form, namespace: Option<&str>, name: &str) -> Option<&Node> {
        let fields = self.fields.as_deref()?;
        let found = self.named.get(name)?.iter().map(|&index| &fields[index]).filter(|field| field.form == form);
        let fits = found.filter(|field| field.is_of(namespace));
        fits.reduce(|best, next| if best.namespace.is_none() && next.namespace.is_some() { next } else { best })
    }

    /// The field that is the element's text.
    pub(super) fn text_field(&self) -> Option<&Node> {
        self.fields.iter().flatten().find(|field| matches!(field.form, Form::Text | Form::Cdata))
    }

    /// Whether a property has a node of its own.
    pub(super) fn declares(&self, key: &str) -> bool {
        self.fields.iter().flatten().any(|field| field.path.first().is_some_and(|first| first == key))
    }

    /// The node of an item.
    pub(super) fn item(&self, index: usize) -> Option<&Node> {
        self.prefix.get(index).or(self.item.as_deref())
    }
}

impl Node {
    /// Whether a namespace is the declared one. Where none is declared, any is.
    pub(super) fn is_of(&self, namespace: Option<&str>) -> bool {
        self.namespace.is_none() || self.namespace.as_deref() == namespace
    }

    /// Whether an element is this one.
    pub(super) fn fits(&self, namespace: Option<&str>, name: &str) -> bool {
        self.is_of(namespace) && self.name.as_deref().is_none_or(|own| own == name)
    }
}
