//! XML Objects: how a value is written as XML.

use crate::model::Spanned;
use crate::source::Span;

/// An XML Object, OpenAPI 3.1.1 section 4.8.26 and 3.2.0 section 4.26.
#[derive(Clone, Debug, Default)]
pub(crate) struct Xml {
    /// `nodeType`; `attribute` and `wrapped` say the same. Where it is absent, an array has no node of its own, and
    /// anything else is an element.
    pub node: Option<XmlNode>,
    /// `name`.
    pub name: Option<Spanned<String>>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// The keywords that say so, by the object that they are of.
    pub keywords: Vec<(&'static str, &'static str, Span)>,
}

/// What a value is within an XML document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum XmlNode {
    /// An element that holds it.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// Text of the element around it.
    Text,
    /// The same, as a CDATA section.
    Cdata,
    /// Nothing of its own: its parts are those of the element around it.
    None,
}
