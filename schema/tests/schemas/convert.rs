//! Plain JSON Schema 2020-12 enters, the data file that the runtime reads leaves. References are followed by `$id`,
//! `$anchor` and JSON pointer.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Keywords whose value is one schema.
const ONE: [&str; 12] = [
    "items",
    "contains",
    "unevaluatedItems",
    "additionalProperties",
    "propertyNames",
    "unevaluatedProperties",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
    "additionalItems",
];
/// Keywords whose value is a list of schemas.
const LIST: [&str; 4] = ["prefixItems", "allOf", "anyOf", "oneOf"];
/// Keywords whose value is an object of schemas.
const MAP: [&str; 5] = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];
/// Keywords that mean in the data file what they mean in the schema.
const SAME: [&str; 20] = [
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "format",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "required",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "readOnly",
];

/// Documents that schemas may refer to.
#[derive(Clone, Default)]
pub(crate) struct Registry {
    /// The schema with this absolute URI, with or without an anchor.
    by_uri: HashMap<String, &'static Value>,
    /// The base URI of each schema, by its address.
    bases: HashMap<usize, String>,
    /// The dynamic anchors of each base URI.
    dynamic: HashMap<String, Vec<(String, &'static Value)>>,
}

impl Registry {
    /// Adds a document under its URI. Documents live as long as the test.
    pub(crate) fn add(&mut self, uri: &str, document: Value) -> &'static Value {
        let document = Box::leak(Box::new(document));
        self.by_uri.insert(uri.to_owned(), document);
        self.index(document, uri.to_owned());
        document
    }

    fn index(&mut self, schema: &'static Value, mut base: String) {
        if let Some(id) = schema["$id"].as_str() {
            base = resolve(&base, id.trim_end_matches('#'));
            self.by_uri.insert(base.clone(), schema);
        }
        self.bases.insert(address(schema), base.clone());
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(anchor) = schema[keyword].as_str() {
                self.by_uri.insert(format!("{base}#{anchor}"), schema);
            }
        }
        if let Some(anchor) = schema["$dynamicAnchor"].as_str() {
            self.dynamic.entry(base.clone()).or_default().push((anchor.to_owned(), schema));
        }
        for child in children(schema) {
            self.index(child, base.clone());
        }
    }

    /// The schema that a reference leads to, and the base URI there.
    fn find(&self, base: &str, reference: &str) -> Result<(&'static Value, String), String> {
        let unknown = || format!("nothing at {reference} from {base}");
        let uri = resolve(base, reference);
        let (resource, fragment) = uri.split_once('#').unwrap_or((&uri, ""));
        let anchored = self.by_uri.get(uri.trim_end_matches('#'));
        let found = if fragment.starts_with('/') {
            let pointer = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
            self.by_uri.get(resource).and_then(|root| root.pointer(&pointer)).ok_or_else(unknown)?
        } else {
            anchored.ok_or_else(unknown)?
        };
        let base = self.bases.get(&address(found)).map_or_else(|| resource.to_owned(), Clone::clone);
        Ok((found, base))
    }
}

/// The data file whose first schema is this one.
pub(crate) fn convert(registry: &Registry, root: &'static Value) -> Result<String, String> {
    let base = registry.bases[&address(root)].clone();
    let mut cx = Cx { registry, ids: HashMap::new(), pending: Vec::new(), bases: Vec::new() };
    cx.id(root, &base);
    let mut schemas = Vec::new();
    let mut dynamic = Vec::new();
    loop {
        while let Some((schema, base)) = cx.pending.get(schemas.len()).cloned() {
            let converted = cx.schema(schema, &base)?;
            schemas.push(converted);
        }
        // A resource that was met has dynamic anchors, whose schemas may lead to further resources.
        let Some(base) = cx.bases.get(dynamic.len()).cloned() else { break };
        let anchors = registry.dynamic.get(&base).cloned().unwrap_or_default();
        dynamic
            .push(anchors.into_iter().map(|(name, schema)| (name, cx.id(schema, &base).into())).collect::<Map<_, _>>());
    }
    Ok(json!({ "schemas": schemas, "dynamic": dynamic }).to_string())
}

struct Cx<'r> {
    registry: &'r Registry,
    ids: HashMap<usize, usize>,
    pending: Vec<(&'static Value, String)>,
    bases: Vec<String>,
}

impl Cx<'_> {
    fn id(&mut self, schema: &'static Value, base: &str) -> usize {
        let next = self.pending.len();
        let id = *self.ids.entry(address(schema)).or_insert(next);
        if id == next {
            let base = self.registry.bases.get(&address(schema)).map_or(base, |base| base).to_owned();
            self.pending.push((schema, base));
        }
        id
    }

    fn schema(&mut self, schema: &'static Value, base: &str) -> Result<Value, String> {
        let Some(keywords) = schema.as_object() else { return Ok(schema.clone()) };
        let resource = self.bases.iter().position(|known| known == base).unwrap_or_else(|| {
            self.bases.push(base.to_owned());
            self.bases.len() - 1
        });
        let mut written = Map::new();
        written.insert("resource".to_owned(), resource.into());
        for (keyword, value) in keywords {
            if let Some((keyword, value)) = self.keyword(keyword, value, base)? {
                written.insert(keyword.to_owned(), value);
            }
        }
        Ok(written.into())
    }

    fn keyword<'k>(
        &mut self,
        keyword: &'k str,
        value: &'static Value,
        base: &str,
    ) -> Result<Option<(&'k str, Value)>, String> {
        let each = |cx: &mut Self| -> Map<String, Value> {
            value.as_object().unwrap().iter().map(|(key, value)| (key.clone(), cx.id(value, base).into())).collect()
        };
        Ok(Some(match keyword {
            "$ref" => {
                let (target, base) = self.registry.find(base, value.as_str().unwrap())?;
                ("ref", self.id(target, &base).into())
            }
            "$dynamicRef" => {
                let reference = value.as_str().unwrap();
                let (target, base) = self.registry.find(base, reference)?;
                let anchor = reference.split_once('#').map(|(_, anchor)| anchor);
                let is_dynamic = anchor.is_some() && target["$dynamicAnchor"].as_str() == anchor;
                let to = self.id(target, &base);
                ("dynamicRef", if is_dynamic { json!({ "to": to, "anchor": anchor }) } else { json!({ "to": to }) })
            }
            "type" => ("type", if value.is_array() { value.clone() } else { json!([value]) }),
            "pattern" => ("pattern", pattern(value.as_str().unwrap())),
            "patternProperties" => {
                let pairs = each(self).into_iter().map(|(source, id)| json!([pattern(&source), id]));
                ("patternProperties", pairs.collect())
            }
            "properties" | "dependentSchemas" => (keyword, each(self).into()),
            "contentSchema" | "additionalItems" => return Ok(None),
            one if ONE.contains(&one) => (one, self.id(value, base).into()),
            list if LIST.contains(&list) => {
                (list, value.as_array().unwrap().iter().map(|schema| self.id(schema, base)).collect())
            }
            same if SAME.contains(&same) => (same, value.clone()),
            _ => return Ok(None),
        }))
    }
}

/// The tests' patterns mean the same in both engines as in ECMA-262.
fn pattern(source: &str) -> Value {
    let engine = if regex::Regex::new(source).is_ok() { "linear" } else { "backtracking" };
    json!({ "source": source, engine: source })
}

fn children(schema: &'static Value) -> impl Iterator<Item = &'static Value> {
    let keywords = schema.as_object().into_iter().flatten();
    keywords.flat_map(|(keyword, value)| match keyword.as_str() {
        one if ONE.contains(&one) => vec![value],
        list if LIST.contains(&list) => value.as_array().into_iter().flatten().collect(),
        map if MAP.contains(&map) => value.as_object().into_iter().flat_map(Map::values).collect(),
        _ => Vec::new(),
    })
}

/// RFC 3986 section 5, as far as the suite needs it.
fn resolve(base: &str, reference: &str) -> String {
    let base = base.split('#').next().unwrap_or_default();
    if reference.contains("://") || reference.starts_with("urn:") || reference.starts_with("tag:") {
        return reference.to_owned();
    }
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let host_end = base.find("://").map_or(0, |at| at + 3);
    let path = base[host_end..].find('/').map_or(base.len(), |at| host_end + at);
    if reference.starts_with('/') {
        return format!("{}{reference}", &base[..path]);
    }
    let folder = base[path..].rfind('/').map_or(path, |at| path + at);
    format!("{}/{}", &base[..folder], reference.trim_start_matches("./"))
}

fn address(value: &'static Value) -> usize {
    std::ptr::from_ref(value).addr()
}
