//! A document enters, one leaves whose operations take each of its schemas as a body.

use serde_json::{Map, Value, json};

/// The other document.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// The document.
    pub document: Value,
    /// The keys of the schemas, in the order of the operations.
    pub names: Vec<String>,
}

/// Rewrites a document; `None` where it has no schema, or cannot be read.
pub fn rewrite(text: &str) -> Option<Rewritten> {
    let document: Value = serde_yaml::from_str(text).ok()?;
    let version = document.get("openapi")?.clone();
    let mut components = document.get("components").cloned().unwrap_or_else(|| json!({}));
    let mut schemas = components.get("schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    for (index, schema) in inline(&document).into_iter().enumerate() {
        schemas.insert(format!("RequestBody{index}"), schema);
    }
    // What is not named like a key of a component leads to a warning at best.
    schemas.retain(|key, _| key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    let names: Vec<String> = schemas.keys().cloned().collect();
    if names.is_empty() {
        return None;
    }
    let mut paths = Map::new();
    for (index, name) in names.iter().enumerate() {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let body = json!({"required": true, "content": {"application/json": {"schema": schema}}});
        let operation = json!({
            "operationId": format!("judge{index}"),
            "requestBody": body,
            "responses": {"204": {"description": "Valid."}}
        });
        paths.insert(format!("/{index}"), json!({"post": operation}));
    }
    components["schemas"] = Value::Object(schemas);
    let document = json!({
        "openapi": version,
        "info": {"title": "Schemas of another document", "version": "1"},
        "paths": paths,
        "components": {"schemas": components["schemas"]}
    });
    Some(Rewritten { document, names })
}

/// The schemas of the request bodies of a document that are JSON.
fn inline(document: &Value) -> Vec<Value> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let bodies = operations.filter_map(|(_, operation)| operation.get("requestBody")?.get("content")?.as_object());
    let media_types = bodies.flatten().filter(|(media_type, _)| media_type.contains("json"));
    media_types.filter_map(|(_, media_type)| media_type.get("schema").cloned()).collect()
}
