//! Operations: their names, requests and responses, and the traits that group them.

use http::StatusCode;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    Body, Docs, ErrorShape, Group, Ident, Operation, Parameter, Presence, Response, ResponseBody, Scheme, Type,
    TypeKind,
};
use crate::lower::names::{Case, METHOD_KEYWORDS, Scope, candidates, identifier, without_fastapi_suffix, words};
use crate::lower::types::{Lowered, Role, lower as lower_schema, unsupported};
use crate::lower::{Cx, docs, docs_of, presence, security};
use crate::model::{self, ParameterPlace, Spanned, Status};

/// Names that the modules `traits` and `router` need themselves.
const TRAIT_NAMES: &[&str] = &[
    "A",
    "ApiKey",
    "Arc",
    "BearerToken",
    "Context",
    "Denied",
    "Err",
    "Error",
    "Future",
    "Incoming",
    "IntoResponse",
    "None",
    "Ok",
    "OperationInfo",
    "Option",
    "Principal",
    "Rejection",
    "RequestHead",
    "Response",
    "Result",
    "Router",
    "Routes",
    "S",
    "Security",
    "Send",
    "Some",
    "Sync",
];

/// Lowers every operation.
pub(super) fn lower(cx: &mut Cx<'_>, schemes: &[Scheme]) -> Vec<Operation> {
    let model = cx.model;
    let mut scope = Scope::with_keywords(METHOD_KEYWORDS).differing_as_types().reserving(["into"]);
    model.operations.iter().map(|source| operation(cx, source, schemes, &mut scope)).collect()
}

fn operation(cx: &mut Cx<'_>, source: &model::Operation, schemes: &[Scheme], scope: &mut Scope) -> Operation {
    let name = name(cx, source, scope);
    let operation_words = words(name.as_str());
    let derived = |suffix: &str, case: Case| {
        let all: Vec<String> =
            operation_words.iter().cloned().chain((!suffix.is_empty()).then(|| suffix.to_owned())).collect();
        Ident::new(identifier(&all, case))
    };
    let (request, response) = (derived("request", Case::Pascal), derived("response", Case::Pascal));
    let constant = derived("", Case::Screaming);
    let mut fields = Scope::default();
    let parameters = source
        .parameters
        .iter()
        .filter_map(|parameter| self::parameter(cx, parameter, source, &operation_words, &mut fields));
    let parameters = parameters.collect();
    let body = source.request_body.as_ref().and_then(|body| self::body(cx, body, &operation_words, &mut fields));
    let mut variants = Scope::default();
    let declared = source.responses.iter();
    let mut responses: Vec<Response> =
        declared.map(|response| self::response(cx, source, response, &operation_words, &mut variants)).collect();
    if responses.is_empty() {
        responses.push(undeclared(source, &mut variants));
    }
    Operation {
        request,
        response,
        constant,
        docs: docs([source.summary.as_ref(), source.description.as_ref()]).deprecated(source.deprecated),
        id: source.id.as_ref().map_or_else(|| name.to_string(), |id| id.value.clone()),
        method: source.method.clone(),
        path: source.path.value.clone(),
        tags: source.tags.iter().map(|tag| tag.value.clone()).collect(),
        deprecated: source.deprecated,
        parameters,
        body,
        responses,
        gate: security::gate(&source.security, schemes),
        invalid_status: 400,
        error_shape: ErrorShape::Problem,
        name,
    }
}

/// The operationId without what FastAPI adds to it; where that is taken, the whole operationId; where there is none or it
/// is taken, too, the method and the path.
fn name(cx: &mut Cx<'_>, source: &model::Operation, scope: &mut Scope) -> Ident {
    let route = Spanned { value: format!("{} {}", source.method, source.path.value), span: source.span };
    let by_route = words(&route.value);
    let (what, candidates) = match &source.id {
        None => (&route, vec![by_route]),
        Some(id) => {
            let function = without_fastapi_suffix(&id.value, &source.path.value, &source.method);
            (id, vec![words(function), words(&id.value), by_route])
        }
    };
    scope.claim_or(cx.sink, source.rust_name.as_ref(), what, Case::Snake, &candidates)
}

fn parameter(
    cx: &mut Cx<'_>,
    source: &model::Parameter,
    operation: &model::Operation,
    owner: &[String],
    scope: &mut Scope,
) -> Option<Parameter> {
    let key = &source.name.value;
    if source.place == ParameterPlace::Path && !operation.path.value.contains(&format!("{{{key}}}")) {
        return None;
    }
    let Some(schema_id) = source.value.schema() else {
        unsupported(cx, source.name.span, "a parameter without a schema");
        return None;
    };
    let mut candidates = candidates(&[], key);
    candidates.push(words(&format!("{} {key}", source.place.name())));
    let name = scope.claim_or(cx.sink, source.rust_name.as_ref(), &source.name, Case::Snake, &candidates);
    let role = Role { words: owner.iter().cloned().chain(words(key)).collect(), place: source.name.clone() };
    // A parameter is text: it cannot be null, so what the schema says of null does not matter.
    let lowered = Lowered { nullable: false, ..lower_schema(cx, schema_id, &role) };
    if !is_scalar(cx, &lowered.ty) {
        unsupported(cx, source.name.span, "a parameter that is no string, number, boolean or enum of them");
    }
    let schema = cx.model.schemas.get(schema_id);
    Some(Parameter {
        name,
        key: key.clone(),
        place: source.place,
        docs: docs_of(key, schema.title.as_ref(), source.description.as_ref().or(schema.description.as_ref()))
            .deprecated(source.deprecated || schema.deprecated),
        presence: match presence::of(cx, schema_id, &lowered, source.required) {
            Presence::Required | Presence::RequiredNullable => Presence::Required,
            Presence::Default { value, nullable: _ } if value != crate::ir::Literal::Null => {
                Presence::Default { value, nullable: false }
            }
            Presence::Optional | Presence::OptionalNullable | Presence::Default { .. } => Presence::Optional,
        },
        ty: lowered.ty,
    })
}

fn is_scalar(cx: &Cx<'_>, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Boolean | Type::Integer32 | Type::Integer64 | Type::Number => true,
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Boxed(_) => false,
        Type::Named(id) => match &cx.types[id.0].kind {
            TypeKind::Strings(_) | TypeKind::Integers(_) => true,
            TypeKind::Alias(ty) => is_scalar(cx, ty),
            TypeKind::Struct { .. } | TypeKind::Union(_) | TypeKind::Newtype(_) => false,
        },
    }
}

fn body(cx: &mut Cx<'_>, source: &model::RequestBody, owner: &[String], scope: &mut Scope) -> Option<Body> {
    let media = source.content.first()?;
    let place = Spanned { value: "body".to_owned(), span: source.span };
    let held = Spanned { value: format!("{} request body", owner.join("_")), span: source.span };
    let role = Role { words: [owner, &words("request body")].concat(), place: held };
    let ty = media.schema.map_or(Type::Any, |schema| lower_schema(cx, schema, &role).whole());
    Some(Body {
        name: scope.claim(cx.sink, &place, Case::Snake, &[words("body"), words("request body")]),
        docs: docs([source.description.as_ref()]),
        media_type: media.name.value.clone(),
        ty,
        required: source.required,
    })
}

fn response(
    cx: &mut Cx<'_>,
    operation: &model::Operation,
    source: &model::Response,
    owner: &[String],
    scope: &mut Scope,
) -> Response {
    let name = status_words(source.status.value);
    let place = Spanned { value: name.join(" "), span: source.status.span };
    // RFC 9110 sections 9.3.2, 15.2, 15.3.5, 15.3.6 and 15.4.5: these never have a body.
    let bodiless =
        matches!(source.status.value, Status::Code(100..200 | 204 | 205 | 304)) || operation.method == "HEAD";
    if let Some(media) = source.content.first().filter(|_| bodiless) {
        let message = "`content` has no effect here: an answer of this status or method never has a body";
        cx.sink.report(
            Diagnostic::new(Code::NoEffect, media.name.span, message)
                .label("never sent")
                .other(source.status.span, "of this response"),
        );
    }
    let body = match source.content.first() {
        _ if bodiless => ResponseBody::None,
        None => ResponseBody::Untyped,
        Some(media) => {
            let held = Spanned { value: format!("{} {}", owner.join("_"), place.value), span: place.span };
            let role = Role { words: [owner, &name, &words("body")].concat(), place: held };
            let ty = media.schema.map_or(Type::Any, |schema| lower_schema(cx, schema, &role).whole());
            ResponseBody::Json { media_type: media.name.value.clone(), ty }
        }
    };
    Response {
        name: scope.claim(cx.sink, &place, Case::Pascal, &[name]),
        status: source.status.value,
        docs: docs([source.description.as_ref()]),
        body,
    }
}

/// What stands in for the responses of an operation that declares none: anything.
fn undeclared(operation: &model::Operation, scope: &mut Scope) -> Response {
    let place = Spanned { value: "default".to_owned(), span: operation.span };
    Response {
        name: scope.claim_quietly(&place, Case::Pascal, &[words("default")]),
        status: Status::Default,
        docs: Docs::default(),
        body: if operation.method == "HEAD" { ResponseBody::None } else { ResponseBody::Untyped },
    }
}

/// The words of a status code's reason phrase, RFC 9110 section 15.
fn status_words(status: Status) -> Vec<String> {
    match status {
        Status::Default => words("default"),
        Status::Range(class) => words(&format!("status {class} xx")),
        Status::Code(422) => words("Unprocessable Content"),
        Status::Code(413) => words("Content Too Large"),
        Status::Code(418) => words("Teapot"),
        Status::Code(code) => {
            let reason = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            words(&reason.map_or_else(|| format!("status {code}"), |reason| reason.replace('\'', "")))
        }
    }
}

/// Groups the operations into traits by their first tag; those without a tag are together.
pub(super) fn group(cx: &mut Cx<'_>, operations: &[Operation]) -> Vec<Group> {
    let model = cx.model;
    let names = operations.iter().map(|operation| operation.name.as_str());
    let parameters: Vec<String> = (1..=operations.len()).map(|number| format!("A{number}")).collect();
    let parameters = parameters.iter().map(String::as_str);
    let mut scope = Scope::default().reserving(TRAIT_NAMES.iter().copied().chain(parameters));
    // In the router an operation's function and a variable of the same name would hide each other.
    let mut variables = Scope::default().reserving(names.chain(["security"]));
    let mut groups: Vec<(Option<&str>, Group)> = Vec::new();
    for (index, (operation, source)) in operations.iter().zip(&model.operations).enumerate() {
        let tag = operation.tags.first().map(String::as_str);
        if let Some((_, group)) = groups.iter_mut().find(|(known, _)| *known == tag) {
            group.operations.push(index);
            continue;
        }
        let place = source.tags.first().cloned();
        let place = place.unwrap_or_else(|| Spanned { value: "operations".to_owned(), span: source.span });
        let mut candidates = vec![words(&place.value), [words(&place.value), words("operations")].concat()];
        let declared = model.tags.iter().find(|declared| Some(declared.name.value.as_str()) == tag);
        let given = declared.and_then(|declared| declared.rust_name.as_ref());
        let name = scope.claim_or(cx.sink, given, &place, Case::Pascal, &candidates);
        candidates[0] = words(name.as_str());
        groups.push((
            tag,
            Group {
                variable: variables.claim_quietly(&place, Case::Snake, &candidates),
                name,
                docs: declared.map_or_else(Docs::default, |declared| docs([declared.description.as_ref()])),
                operations: vec![index],
            },
        ));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
