//! What a document says about an answer. The document is read with a YAML library and its schemas are run by a JSON
//! Schema library: nothing here is ours, so that our reading of the document cannot hide a mistake of ours.

use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, Server};

/// A document, as published or handed out.
pub(crate) struct Judge {
    document: Value,
}

/// How far a document describes an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Verdict {
    /// Status, media type and body are as described.
    Conforms,

    /// The status is described, the body is not.
    StatusOnly,

    /// The document does not have this status.
    Undescribed,
}

impl Judge {
    /// The document that a server hands out.
    pub(crate) fn served(server: &Server, path: &str) -> Self {
        Self { document: server.send("GET", path, &[]).json() }
    }

    /// Reads a document below `specs/`.
    pub(crate) fn of(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name);
        let text = std::fs::read_to_string(path).unwrap();
        Self { document: serde_yaml::from_str(&text).unwrap() }
    }

    /// Panics if an answer breaks what the document says.
    pub(crate) fn check(&self, path: &str, answer: &Answer) -> Verdict {
        let operation = format!("/paths/{}/delete", path.replace('~', "~0").replace('/', "~1"));
        assert!(self.document.pointer(&operation).is_some(), "the document has no {operation}");
        let response = format!("{operation}/responses/{}", answer.status);
        let Some(described) = self.document.pointer(&response) else {
            return Verdict::Undescribed;
        };
        let Some(content) = described.get("content") else {
            return Verdict::StatusOnly;
        };
        let media_type = answer.header("content-type").unwrap();
        assert!(content.get(media_type).is_some(), "{media_type} is not described at {response}");
        let schema = format!("#{response}/content/{}/schema", media_type.replace('/', "~1"));
        let errors = self.errors(&schema, &answer.json());
        assert!(errors.is_empty(), "{schema}: {errors:#?}\n{}", answer.text());
        Verdict::Conforms
    }

    /// What is wrong with a value by the schema at a pointer. `#/components` is found in the document itself.
    pub(crate) fn errors(&self, schema: &str, value: &Value) -> Vec<String> {
        let mut root = self.document.clone();
        root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        root["$ref"] = json!(percent_encoded(schema));
        let validator = jsonschema::validator_for(&root).unwrap();
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

/// A reference is a URI, where braces are not allowed (RFC 3986 section 3.5).
fn percent_encoded(reference: &str) -> String {
    reference.replace('{', "%7B").replace('}', "%7D")
}
