//! How bodies are written as XML, as data: the schemas of XML bodies enter, nodes and what they hold leave, in the form
//! that the runtime reads. OpenAPI 3.1.1 section 4.8.26, and 3.2.0 section 4.26.
//!
//! The one rule: each schema has one form in XML, whichever type it has and whichever of its values is written. What XML
//! cannot say so is reported, and written in another way.

mod content;
mod node;

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::write_string;
use crate::ir::{Operation, XmlRoot, XmlTable};
use crate::lower::context::Cx;
use crate::lower::merge;
use crate::lower::visit::{self, Part};
use crate::lower::xml::node::{Form, Node};
use crate::model::{SchemaId, TypeSet, Xml};
use crate::source::Span;

/// The root element of a body. Schemas that only refer to another one have that one's.
pub(super) fn root(cx: &mut Cx<'_>, id: SchemaId) -> XmlRoot {
    let mut id = id;
    for _ in 0..DEPTH {
        let schema = cx.schema(id);
        let says_nothing = schema.xml.as_ref().is_none_or(|xml| is_silent(xml));
        match schema.reference.filter(|_| says_nothing && schema.is_mere_reference() && !cx.keys.contains_key(&id)) {
            Some(target) => id = target,
            None => break,
        }
    }
    let known = cx.xml_roots.iter().position(|known| *known == id);
    XmlRoot(known.unwrap_or_else(|| {
        cx.xml_roots.push(id);
        cx.xml_roots.len() - 1
    }))
}

/// Whether a schema says itself how its values are XML.
pub(super) fn is_described(cx: &Cx<'_>, id: SchemaId) -> bool {
    let schema = cx.schema(cx.schemas.resolve(id));
    [schema, cx.schema(id)].iter().any(|schema| schema.xml.as_ref().is_some_and(|xml| !is_silent(xml)))
}

/// Writes what the bodies of operations need, and gives their root elements the numbers that they have then.
pub(super) fn write<'ir>(cx: &mut Cx<'_>, operations: impl Iterator<Item = &'ir mut Operation>) -> XmlTable {
    let roots = std::mem::take(&mut cx.xml_roots);
    let mut table = Table { cx, order: Vec::new(), numbers: HashMap::new(), written: XmlTable::default() };
    let mut places: FxHashMap<usize, usize> = FxHashMap::default();
    let mut visit = |part: Part<'_>| {
        if let Part::Root(root) = part {
            let number = *places.entry(root.0).or_insert_with(|| {
                let text = table.root(roots[root.0]);
                table.written.roots.push(text);
                table.written.roots.len() - 1
            });
            root.0 = number;
        }
    };
    for operation in operations {
        visit::operation(operation, &mut visit);
    }
    while let Some(key) = table.order.get(table.written.contents.len()).cloned() {
        let content = table.content(&key);
        table.written.contents.push(content);
    }
    let keywords = &mut table.written.keywords;
    keywords.sort_unstable();
    keywords.dedup();
    table.written
}

/// How many schemas lead to each other before there is nothing more to be learned.
const DEPTH: usize = 64;

/// How many contents there may be that several schemas make together.
const LIMIT: usize = 10_000;

/// What a content is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// The text of a scalar.
    Scalar {
        /// Whether it is a string, so that whitespace around it counts.
        is_text: bool,
        /// Whether it is null where it is empty.
        is_nullable: bool,
    },
    /// Alternatives; without any, anything.
    Schemas {
        schemas: Vec<SchemaId>,
        /// The name of the items of those that are arrays.
        item: Option<String>,
    },
}

/// The table on its way.
struct Table<'cx, 'model> {
    cx: &'cx mut Cx<'model>,
    /// The contents that have a number, by number.
    order: Vec<Key>,
    numbers: HashMap<Key, usize>,
    written: XmlTable,
}

impl Table<'_, '_> {
    fn root(&mut self, id: SchemaId) -> String {
        let target = self.cx.schemas.resolve(id);
        let key = [id, target].iter().find_map(|id| self.cx.keys.get(id)).map(|key| key.value.clone());
        let placed = self.place(id, key.as_deref());
        let place = self.cx.schema(id).span;
        if placed.name.is_none() {
            let diagnostic = Diagnostic::new(Code::XmlMapping, place, "the root element of this XML has no name");
            self.cx
                .sink
                .report(diagnostic.label("written as `root`, and read by any name").help("give it an `xml.name`"));
        }
        // What stands around the root can hold neither attributes nor text.
        let content = self.number(&[placed.schema], None);
        Node { form: Form::Element, content, ..Node::of(&placed) }.text()
    }

    /// The number of what schemas hold together.
    fn number(&mut self, schemas: &[SchemaId], item: Option<&str>) -> usize {
        let mut schemas: Vec<SchemaId> = schemas.iter().map(|&id| self.target(id)).collect();
        let mut seen = std::collections::HashSet::new();
        schemas.retain(|id| seen.insert(*id));
        if schemas.len() > 1 && self.order.len() > LIMIT {
            schemas.truncate(1);
        }
        let scalar = if let [only] = schemas.as_slice() { self.scalar(*only) } else { None };
        // Only the items of an array are named after what is around them.
        let item =
            item.filter(|_| schemas.iter().any(|&id| self.kinds(id).contains(TypeSet::ARRAY))).map(str::to_owned);
        let key = scalar.unwrap_or(Key::Schemas { schemas, item });
        *self.numbers.entry(key).or_insert_with_key(|key| {
            self.order.push(key.clone());
            self.order.len() - 1
        })
    }

    /// The text that a schema's values are, if that is all that they are.
    fn scalar(&mut self, id: SchemaId) -> Option<Key> {
        let merged = merge::merged(self.cx, id);
        let kinds = merge::kinds(self.cx, &merged, 8);
        let is_scalar = kinds != TypeSet::ANY && !kinds.contains(TypeSet::ARRAY) && !kinds.contains(TypeSet::OBJECT);
        let is_text = kinds.contains(TypeSet::STRING);
        is_scalar.then_some(Key::Scalar { is_text, is_nullable: kinds.contains(TypeSet::NULL) && !is_text })
    }

    /// The schema that a reference leads to.
    fn target(&mut self, id: SchemaId) -> SchemaId {
        merge::follow(self.cx, id)
    }

    /// The kinds of a schema's values, null aside.
    fn kinds(&mut self, id: SchemaId) -> TypeSet {
        let merged = merge::merged(self.cx, id);
        merge::kinds(self.cx, &merged, 8).without(TypeSet::NULL)
    }

    fn report(&mut self, place: Span, message: String, label: &str) {
        self.cx.sink.report(Diagnostic::new(Code::XmlMapping, place, message).label(label));
    }
}

/// Whether an XML Object says no more than that a reference has no node of its own.
fn is_silent(xml: &Xml) -> bool {
    xml.keywords.is_empty()
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    write_string(&mut quoted, text);
    quoted
}
