//! Our reading as a contract.

use std::collections::BTreeSet;

use crate::model::{self, ApiKeyPlace, MediaType, Model, ParameterValue, SecuritySchemeKind, Status};
use crate::read::oracle::{Contract, Operation, Parameter};

pub(super) fn contract(model: &Model) -> Contract {
    // A name that a reference gives has the place of its schema, a component's that of its key.
    let own = model.named_schemas.iter().filter(|named| named.key.span != model.schemas.get(named.schema).span);
    let schemes = model.security_schemes.iter();
    Contract {
        operations: model.operations.iter().map(|source| (key(source), operation(source))).collect(),
        schemas: own.map(|named| named.key.value.clone()).collect(),
        schemes: schemes.map(|scheme| (scheme.key.value.clone(), kind(&scheme.kind))).collect(),
    }
}

fn key(operation: &model::Operation) -> (String, String) {
    (operation.method.to_lowercase(), operation.path.value.clone())
}

fn operation(source: &model::Operation) -> Operation {
    let responses = source.responses.iter();
    let requirement = |requirement: &model::SecurityRequirement| {
        requirement.schemes.iter().map(|used| (used.scheme.value.clone(), used.scopes.clone())).collect()
    };
    Operation {
        id: source.id.as_ref().map(|id| id.value.clone()),
        // A parameter that only the path names stands where the path does: the other reading does not have it.
        parameters: source
            .parameters
            .iter()
            .filter(|declared| declared.name.span != source.path.span)
            .map(parameter)
            .collect(),
        body: source.request_body.as_ref().map(|body| media_types(&body.content)),
        responses: responses.map(|source| (status(source.status.value), media_types(&source.content))).collect(),
        security: source.security.iter().map(requirement).collect(),
    }
}

fn parameter(source: &model::Parameter) -> Parameter {
    let style = match &source.value {
        ParameterValue::Schema { style, .. } => Some(style.name()),
        ParameterValue::Content { .. } => None,
    };
    let (place, name) = source.identity();
    Parameter { place: place.name(), name, style, required: source.required }
}

fn media_types(content: &[MediaType]) -> BTreeSet<String> {
    content.iter().map(|media_type| media_type.name.value.clone()).collect()
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn kind(kind: &SecuritySchemeKind) -> String {
    match kind {
        SecuritySchemeKind::Bearer => "http bearer".to_owned(),
        SecuritySchemeKind::Basic => "http basic".to_owned(),
        SecuritySchemeKind::Http(scheme) => format!("http {}", scheme.to_ascii_lowercase()),
        SecuritySchemeKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "query",
                ApiKeyPlace::Cookie => "cookie",
            };
            format!("apiKey {place} {name}")
        }
        SecuritySchemeKind::OAuth2 => "oauth2".to_owned(),
        SecuritySchemeKind::OpenIdConnect => "openIdConnect".to_owned(),
        SecuritySchemeKind::MutualTls => "mutualTLS".to_owned(),
    }
}
