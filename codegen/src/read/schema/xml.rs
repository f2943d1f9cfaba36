//! XML Objects, OpenAPI 3.1.1 section 4.8.26 and 3.2.0 section 4.26.
//!
//! They are passed through, until the lowering finds a body that is written by them.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Entry;
use crate::ledger::Treatment::PassedThrough;
use crate::model::{Spanned, Xml, XmlNode};
use crate::read::fields::Fields;
use crate::read::{Cx, Version};
use crate::source::Span;

/// The XML Object of a schema.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Box<Xml>> {
    let Some(entry) = fields.entry(cx, "xml", PassedThrough) else {
        // OpenAPI 3.2.0 section 4.26.1: what is referred to has a node, so the reference has none.
        let is_none = fields.version >= Version::V3_2 && fields.has("$ref");
        return is_none.then(|| Box::new(Xml { node: Some(XmlNode::None), ..Xml::default() }));
    };
    let is_reference = fields.version >= Version::V3_2 && fields.has("$ref");
    let mut xml = object(cx, entry)?;
    xml.keywords.push(("Schema Object", "xml", entry.key.span));
    if is_reference && xml.node.is_none() {
        xml.node = Some(XmlNode::None);
    }
    Some(Box::new(xml))
}

fn object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Xml> {
    let mut fields = Fields::open(cx, &entry.value, "XML Object", entry.key.span)?;
    let mut xml = Xml::default();
    xml.name = string(cx, &mut fields, "name", &mut xml.keywords);
    xml.namespace = string(cx, &mut fields, "namespace", &mut xml.keywords).map(|namespace| namespace.value);
    xml.prefix = string(cx, &mut fields, "prefix", &mut xml.keywords).map(|prefix| prefix.value);
    for (key, node) in [("attribute", XmlNode::Attribute), ("wrapped", XmlNode::Element)] {
        let Some(entry) = fields.entry(cx, key, PassedThrough) else { continue };
        xml.keywords.push(("XML Object", key, entry.key.span));
        if cx.boolean(&entry.value, key) {
            xml.node = Some(xml.node.unwrap_or(node));
        }
    }
    let replaced = fields.has("attribute") || fields.has("wrapped");
    if let Some(entry) = fields.entry_since(cx, "nodeType", Version::V3_2, PassedThrough) {
        if replaced {
            let message = "`attribute` and `wrapped` have no effect beside `nodeType`";
            cx.no_effect(entry.key.span, message, "leave `nodeType` alone");
        }
        xml.keywords.push(("XML Object", "nodeType", entry.key.span));
        xml.node = cx.string(&entry.value, "nodeType").and_then(|text| node_type(cx, &text)).or(xml.node);
    }
    fields.finish(cx);
    Some(xml)
}

fn string<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    key: &'static str,
    keywords: &mut Vec<(&'static str, &'static str, Span)>,
) -> Option<Spanned<String>> {
    let entry = fields.entry(cx, key, PassedThrough)?;
    keywords.push(("XML Object", key, entry.key.span));
    cx.string(&entry.value, key)
}

fn node_type(cx: &mut Cx<'_>, text: &Spanned<String>) -> Option<XmlNode> {
    let node = match text.value.as_str() {
        "element" => XmlNode::Element,
        "attribute" => XmlNode::Attribute,
        "text" => XmlNode::Text,
        "cdata" => XmlNode::Cdata,
        "none" => XmlNode::None,
        _ => {
            let message = format!("`{}` is no `nodeType`", text.value);
            let help = "one of `element`, `attribute`, `text`, `cdata`, `none`";
            let diagnostic = Diagnostic::new(Code::InvalidValue, text.span, message);
            cx.sink.report(diagnostic.label("read as if it were not there").help(help));
            return None;
        }
    };
    Some(node)
}
