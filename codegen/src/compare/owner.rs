//! What a part of a document belongs to: its pointer enters, words such as `` `GET /pets` `` leave.

use crate::{compare::grammar, document::Pointer};

/// The operation, path, webhook or component that the part with this name stands in; none for what stands elsewhere, and
/// for these themselves.
///
/// ```
/// use stubwright_codegen::{compare, document::Pointer};
///
/// let owner = |pointer: &str| compare::owner(&Pointer::parse(pointer).unwrap());
/// assert_eq!(owner("/paths/~1pets/get/operationId").as_deref(), Some("`GET /pets`"));
/// assert_eq!(owner("/components/schemas/Pet/properties/id").as_deref(), Some("the schema `Pet`"));
/// assert_eq!(owner("/components/schemas/Pet"), None);
/// ```
pub fn owner(pointer: &Pointer) -> Option<String> {
    let tokens: Vec<&str> = pointer.tokens().iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["paths", path, method, _, ..] if is_method(method) => {
            Some(format!("`{} {path}`", method.to_ascii_uppercase()))
        }
        ["paths", path, _, ..] => Some(format!("the path `{path}`")),
        ["webhooks", name, _, ..] => Some(format!("the webhook `{name}`")),
        ["components", section, name, _, ..] => Some(format!("the {} `{name}`", grammar::component(section)?)),
        _ => None,
    }
}

fn is_method(key: &str) -> bool {
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].contains(&key)
}
