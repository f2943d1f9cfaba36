//! Security Schemes and Requirements, OpenAPI 3.1.1 sections 4.8.27 and 4.8.30.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::model::{ApiKeyPlace, SchemeUse, SecurityRequirement, SecurityScheme, SecuritySchemeKind, Spanned};
use crate::read::fields::Fields;
use crate::read::{Cx, reference};

/// Reads a member of `components.securitySchemes`.
pub(super) fn scheme<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<SecurityScheme> {
    let node = reference::follow(cx, &entry.value)?;
    let mut fields = Fields::open(cx, node, "Security Scheme Object", entry.key.span)?;
    let description = fields.text(cx, "description");
    let rust_name = fields.rust_name(cx);
    fields.pass_through(&["deprecated"]);
    let kind = fields.required(cx, "type").and_then(|node| cx.string(node, "type"));
    let kind = kind.and_then(|kind| scheme_kind(cx, &mut fields, &kind));
    fields.finish(cx);
    let key = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    Some(SecurityScheme { key, rust_name, kind: kind?, description })
}

fn scheme_kind<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    kind: &Spanned<String>,
) -> Option<SecuritySchemeKind> {
    match kind.value.as_str() {
        "http" => {
            // How a bearer token is made up is a hint for people (OpenAPI 3.1.1 section 4.8.27.1).
            fields.pass_through(&["bearerFormat"]);
            let scheme = fields.required(cx, "scheme").and_then(|node| cx.string(node, "scheme"))?;
            // RFC 9110 section 11.1: the name of an authentication scheme is case-insensitive.
            if scheme.value.eq_ignore_ascii_case("bearer") {
                return Some(SecuritySchemeKind::Bearer);
            }
            cx.unsupported(scheme.span, &format!("the http authentication scheme `{}`", scheme.value));
            None
        }
        "apiKey" => {
            let name = fields.required(cx, "name").and_then(|node| cx.string(node, "name"));
            let place = fields.required(cx, "in").and_then(|node| cx.string(node, "in")).and_then(|place| match place
                .value
                .as_str()
            {
                "header" => Some(ApiKeyPlace::Header),
                "query" => Some(ApiKeyPlace::Query),
                "cookie" => Some(ApiKeyPlace::Cookie),
                _ => {
                    invalid(cx, &place, "an API key is sent in `header`, `query` or `cookie`");
                    None
                }
            });
            let (place, name) = (place?, name?);
            if place == ApiKeyPlace::Header {
                cx.header_name(&name);
            }
            Some(SecuritySchemeKind::ApiKey { place, name: name.value })
        }
        "oauth2" | "openIdConnect" | "mutualTLS" => {
            fields.pass_through(&["flows", "openIdConnectUrl", "oauth2MetadataUrl"]);
            cx.unsupported(kind.span, &format!("the security scheme type `{}`", kind.value));
            None
        }
        _ => {
            invalid(cx, kind, "write one of apiKey, http, mutualTLS, oauth2, openIdConnect");
            None
        }
    }
}

fn invalid(cx: &mut Cx<'_>, text: &Spanned<String>, help: &str) {
    let message = format!("`{}` is not possible here", text.value);
    cx.sink.report(Diagnostic::new(Code::InvalidValue, text.span, message).help(help));
}

/// Reads `security`; `None` where there is no such key.
pub(super) fn requirements<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Vec<SecurityRequirement>> {
    fields.node("security")?;
    Some(fields.list(cx, "security").iter().filter_map(|node| requirement(cx, node)).collect())
}

fn requirement<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<SecurityRequirement> {
    let Value::Mapping(entries) = &node.value else {
        cx.wrong_type(node.span, "the Security Requirement Object", "an object", node.value.kind());
        return None;
    };
    if entries.len() > 1 {
        cx.unsupported(entries[1].key.span, "a security requirement of several schemes together");
    }
    let schemes = entries.iter().map(|entry| SchemeUse {
        scheme: Spanned { value: entry.key.text.clone(), span: entry.key.span },
        scopes: scopes(cx, &entry.value),
    });
    Some(SecurityRequirement { schemes: schemes.collect(), span: node.span })
}

fn scopes(cx: &mut Cx<'_>, node: &Node) -> Vec<String> {
    match &node.value {
        Value::Sequence(items) => {
            items.iter().filter_map(|item| cx.string(item, "scope")).map(|scope| scope.value).collect()
        }
        other @ (Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_)) => {
            cx.wrong_type(node.span, "a security requirement", "a list of scopes", other.kind());
            Vec::new()
        }
    }
}
