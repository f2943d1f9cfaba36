//! Names for schemas that stand elsewhere than under the components of the base document.
//!
//! The one rule: such a schema is named by what a reference calls it, where that is a name: the last token of the
//! pointer, or the file's stem.

use std::path::Path;

use crate::document::{Node, Value};
use crate::model::{NamedSchema, SchemaId, Spanned};
use crate::read::Cx;
use crate::read::reference::{LONGEST, resolve};
use crate::read::schema::schema;

/// Members of these have names that say what a schema is; members of `properties` have names that say what it is for.
const OF_SCHEMAS: &[&str] = &["schemas", "$defs", "definitions"];

/// Keywords that are last where a reference leads into the middle of a schema or operation.
const KEYWORDS: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "itemSchema",
    "items",
    "not",
    "propertyNames",
    "schema",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Gives the id of a schema that a reference leads to, and keeps the name of what is behind it.
pub(super) fn referred<'doc>(cx: &mut Cx<'doc>, node: &'doc Node, reference: &str) -> SchemaId {
    let id = schema(cx, node);
    if !cx.named.contains(&node.id)
        && let Some(name) = name(cx, node, reference)
        && let Some(behind) = unnamed_behind(cx, node)
    {
        let key = Spanned { value: name, span: behind.span };
        let schema = schema(cx, behind);
        cx.external.push(NamedSchema { key, schema });
    }
    id
}

/// Gives the id of the schema that a component names: its own, or that of another file which it only refers to.
pub(in crate::read) fn component<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> SchemaId {
    let own = schema(cx, node);
    match unnamed_behind(cx, node) {
        Some(behind) if cx.documents.file_of(behind.id) != 0 => schema(cx, behind),
        Some(_) | None => own,
    }
}

/// The schema behind one that may only refer to another, and so on, through files that list others. All of them have a
/// name from now on. `None` where what is behind them has one already.
fn unnamed_behind<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<&'doc Node> {
    let mut node = node;
    let mut is_new = true;
    for _ in 0..LONGEST {
        is_new = cx.named.insert(node.id);
        let Some(reference) = mere_reference(node) else { break };
        let Some(Ok(target)) = reference.as_str().map(|text| resolve(cx, reference, text)) else { break };
        // A component of the base has its own name.
        if cx.documents.file_of(target.id) == 0 {
            return is_new.then_some(node);
        }
        node = target;
    }
    is_new.then_some(node)
}

/// The reference of a schema that says nothing else.
fn mere_reference(node: &Node) -> Option<&Node> {
    let Value::Mapping(entries) = &node.value else { return None };
    let says_nothing = |key: &str| matches!(key, "$ref" | "title" | "summary" | "description");
    entries.iter().all(|entry| says_nothing(&entry.key.text)).then(|| node.get("$ref")).flatten()
}

fn name(cx: &Cx<'_>, node: &Node, reference: &str) -> Option<String> {
    let (location, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let tokens: Vec<&str> = fragment.split('/').skip(1).collect();
    let mut tokens = tokens.into_iter().rev();
    let (last, parent) = (tokens.next(), tokens.next());
    let is_base = cx.documents.file_of(node.id) == 0;
    match (last, parent) {
        // A whole file, or the root of a schema resource.
        (None, _) if fragment.is_empty() => {
            let stem = Path::new(location).file_stem()?.to_str()?;
            // `pet.schema.json` is about a pet.
            Some(stem.split('.').next().unwrap_or(stem).to_owned()).filter(|stem| !stem.is_empty())
        }
        (None, _) => Some(fragment.to_owned()),
        // Those of the base are named by their owners, unless they stand where schemas are defined.
        (Some(_), parent) if is_base && !parent.is_some_and(|parent| OF_SCHEMAS.contains(&parent)) => None,
        (Some(last), parent) => {
            let is_keyword = KEYWORDS.contains(&last) || last.bytes().all(|byte| byte.is_ascii_digit());
            let is_purpose = matches!(parent, Some("properties" | "patternProperties" | "dependentSchemas"));
            let is_name = parent.is_some_and(|parent| OF_SCHEMAS.contains(&parent)) || !(is_keyword || is_purpose);
            is_name.then(|| last.replace("~1", "/").replace("~0", "~"))
        }
    }
}
