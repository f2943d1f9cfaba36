//! Security Schemes and Requirements, OpenAPI 3.1.1 sections 4.8.27 to 4.8.30.
//!
//! The one rule: a scheme that cannot be read is left out, and what asks for it is refused to everyone.

use crate::document::{Entry, Node, Value};
use crate::ledger::Treatment::{Enforced, PassedThrough, Typed};
use crate::model::{ApiKeyPlace, SchemeUse, SecurityRequirement, SecurityScheme, SecuritySchemeKind, Spanned};
use crate::read::fields::{self, Fields};
use crate::read::{Cx, Version, reference};
use crate::role::Role;

const LEFT_OUT: &str = "this scheme is left out";

/// Reads a member of `components.securitySchemes`.
pub(super) fn scheme<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<SecurityScheme> {
    if cx.is_extension_unless(entry, |node| node.get("type").or_else(|| node.get("$ref")).is_some()) {
        return None;
    }
    let followed = reference::follow(cx, &entry.value)?;
    let mut fields = Fields::open(cx, followed.node, "Security Scheme Object", entry.key.span)?;
    let description = fields.text(cx, "description");
    let rust_name = fields.rust_name(cx);
    fields.pass_through_since(cx, "deprecated", Version::V3_2);
    let kind = fields.required(cx, "type", Typed, LEFT_OUT).and_then(|node| cx.string(node, "type"));
    let kind = kind.and_then(|kind| scheme_kind(cx, &mut fields, &kind));
    if kind.is_some() {
        other_keys(cx, &mut fields);
    } else {
        for key in KEYS {
            fields.unused(cx, key);
        }
    }
    fields.finish(cx);
    let key = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    Some(SecurityScheme { key, rust_name, kind: kind?, description: followed.description.or(description) })
}

/// The keys that only some types of schemes have.
const KEYS: &[&str] = &["bearerFormat", "flows", "in", "name", "openIdConnectUrl", "oauth2MetadataUrl", "scheme"];

/// Keys of another type of scheme: they are known, and have no effect.
fn other_keys<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    for key in KEYS {
        if let Some(entry) = fields.unused(cx, key) {
            let message = format!("`{key}` has no effect in a scheme of this type");
            cx.no_effect(entry.key.span, message, "take it out, or correct `type`");
        }
    }
}

fn scheme_kind<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    kind: &Spanned<String>,
) -> Option<SecuritySchemeKind> {
    match kind.value.as_str() {
        "http" => http(cx, fields),
        "apiKey" => api_key(cx, fields),
        "oauth2" => {
            flows(cx, fields);
            fields.pass_through_since(cx, "oauth2MetadataUrl", Version::V3_2);
            Some(SecuritySchemeKind::OAuth2)
        }
        "openIdConnect" => {
            fields.expect(cx, "openIdConnectUrl");
            fields.string(cx, "openIdConnectUrl", PassedThrough);
            Some(SecuritySchemeKind::OpenIdConnect)
        }
        "mutualTLS" => {
            if fields.version == Version::V3_0 {
                cx.too_new(kind.span, "the security scheme type `mutualTLS`", Version::V3_1);
            }
            Some(SecuritySchemeKind::MutualTls)
        }
        "basic" => {
            cx.other_version(
                kind.span,
                "the type `basic` belongs to Swagger 2.0",
                "read as `http` with `scheme: basic`",
            );
            Some(SecuritySchemeKind::Basic)
        }
        name => {
            let names = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];
            let help = match fields::similar(name, &names) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("write one of {}", names.join(", ")),
            };
            cx.invalid(kind.span, format!("`{name}` is no type of a security scheme"), LEFT_OUT, &help);
            None
        }
    }
}

/// RFC 9110 section 11.1: the name of an authentication scheme is case-insensitive.
fn http<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<SecuritySchemeKind> {
    // How a bearer token is made up is a hint for people (OpenAPI 3.1.1 section 4.8.27.1).
    fields.string(cx, "bearerFormat", PassedThrough);
    let scheme = fields.required(cx, "scheme", Typed, LEFT_OUT).and_then(|node| cx.string(node, "scheme"))?;
    if scheme.value.is_empty() || http::HeaderName::from_bytes(scheme.value.as_bytes()).is_err() {
        let message = format!("`{}` is no HTTP authentication scheme", scheme.value);
        cx.invalid(scheme.span, message, LEFT_OUT, "write one such as `bearer`");
        return None;
    }
    Some(match scheme.value.to_ascii_lowercase().as_str() {
        "bearer" => SecuritySchemeKind::Bearer,
        "basic" => SecuritySchemeKind::Basic,
        _ => SecuritySchemeKind::Http(scheme.value),
    })
}

fn api_key<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<SecuritySchemeKind> {
    let name = fields.required(cx, "name", Typed, LEFT_OUT).and_then(|node| cx.string(node, "name"));
    let place = fields.required(cx, "in", Typed, LEFT_OUT).and_then(|node| cx.string(node, "in"));
    let (name, place) = (name?, place?);
    let place = match place.value.as_str() {
        "header" => ApiKeyPlace::Header,
        "query" => ApiKeyPlace::Query,
        "cookie" => ApiKeyPlace::Cookie,
        other => {
            let message = format!("`{other}` is no place of an API key");
            cx.invalid(place.span, message, LEFT_OUT, "write one of header, query, cookie");
            return None;
        }
    };
    if place == ApiKeyPlace::Header && http::HeaderName::from_bytes(name.value.as_bytes()).is_err() {
        let message = format!("`{}` cannot be the name of a header field", name.value);
        let help = "a name has letters, digits, and some symbols such as `-`, and no spaces";
        cx.invalid(name.span, message, LEFT_OUT, help);
        return None;
    }
    Some(SecuritySchemeKind::ApiKey { place, name: name.value })
}

/// OAuth Flows Objects, OpenAPI 3.1.1 sections 4.8.28 and 4.8.29: for clients, which need to know where tokens are.
fn flows<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    fields.expect(cx, "flows");
    let Some(entry) = fields.entry(cx, "flows", PassedThrough) else { return };
    let Some(mut fields) = Fields::open(cx, &entry.value, "OAuth Flows Object", entry.key.span) else { return };
    for key in ["implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"] {
        let since = if key == "deviceAuthorization" { Version::V3_2 } else { Version::V3_0 };
        let Some(entry) = fields.entry_since(cx, key, since, PassedThrough) else { continue };
        let Some(mut flow) = Fields::open(cx, &entry.value, "OAuth Flow Object", entry.key.span) else { continue };
        let needed: &[&str] = match key {
            "implicit" => &["authorizationUrl"],
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
            _ => &["tokenUrl"],
        };
        for key in needed {
            flow.expect(cx, key);
        }
        flow.pass_through(cx, &["authorizationUrl", "tokenUrl", "refreshUrl"]);
        flow.pass_through_since(cx, "deviceAuthorizationUrl", Version::V3_2);
        flow.expect(cx, "scopes");
        for scope in flow.map(cx, "scopes", PassedThrough) {
            if cx.string(&scope.value, "scopes").is_some() {
                cx.roles.mark(scope.value.id, Role::Text);
            }
        }
        flow.finish(cx);
    }
    fields.finish(cx);
}

/// Reads `security`; `None` where there is no such key.
pub(super) fn requirements<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Vec<SecurityRequirement>> {
    let node = fields.node(cx, "security", Enforced)?;
    match &node.value {
        Value::Sequence(items) => Some(items.iter().filter_map(|item| requirement(cx, item)).collect()),
        Value::Mapping(_) => {
            let (reading, help) = ("read as a list of this one", "put it into a list");
            cx.invalid(node.span, "`security` must be a list, not an object", reading, help);
            Some(requirement(cx, node).into_iter().collect())
        }
        Value::Null => {
            cx.ignored(node, "`security`", "a list");
            None
        }
        // To read this as nothing would open what was meant to be closed.
        other @ (Value::Boolean(_) | Value::Number(_) | Value::String(_)) => {
            cx.wrong_type(node.span, "`security`", "a list", other.kind());
            None
        }
    }
}

fn requirement<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<SecurityRequirement> {
    let schemes = match &node.value {
        Value::Mapping(entries) => entries
            .iter()
            .map(|entry| SchemeUse {
                scheme: Spanned { value: entry.key.text.clone(), span: entry.key.span },
                scopes: scopes(cx, &entry.value),
            })
            .collect(),
        Value::String(_) => {
            let scheme = cx.string(node, "security")?;
            let message = "the Security Requirement Object must be an object, not a string";
            cx.invalid(node.span, message, "read as the name of a scheme", "write `name: []`");
            vec![SchemeUse { scheme, scopes: Vec::new() }]
        }
        other @ (Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Sequence(_)) => {
            cx.wrong_type(node.span, "the Security Requirement Object", "an object", other.kind());
            return None;
        }
    };
    Some(SecurityRequirement { schemes, span: node.span })
}

/// The scopes of a requirement. What is no list demands none.
fn scopes<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Vec<String> {
    match &node.value {
        Value::Sequence(_) | Value::String(_) => {
            cx.strings(node, "scopes").into_iter().map(|scope| scope.value).collect()
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Mapping(_) => {
            cx.ignored(node, "a security requirement", "a list of scopes");
            Vec::new()
        }
    }
}
