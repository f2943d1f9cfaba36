//! Operations: their names, requests and responses.

use crate::ir::{Body, ErrorShape, Gate, Ident, Operation, Scheme};
use crate::lower::content::lower_content;
use crate::lower::context::Cx;
use crate::lower::names::{Case, METHOD_KEYWORDS, Scope, identifier, without_fastapi_suffix, words};
use crate::lower::types::Role;
use crate::lower::views::View;
use crate::lower::{docs, outgoing, parameters, raw, responses, security};
use crate::model::{self, Spanned};

/// The names of the items of `operations`.
pub(super) struct Names {
    /// The methods; the constants, requests and responses are named after them.
    pub(super) methods: Scope,
    /// Everything else.
    pub(super) items: Scope,
}

/// Lowers every operation.
pub(super) fn lower(cx: &mut Cx<'_>, schemes: &[Scheme]) -> Vec<Operation> {
    let model = cx.model;
    let mut names = Names {
        methods: Scope::with_keywords(METHOD_KEYWORDS).differing_as_types().reserving(["into"]),
        items: Scope::default(),
    };
    let raw = raw::operations(model, cx.sink);
    let sources = model.operations.iter().enumerate();
    sources.map(|(index, source)| operation(cx, &mut names, source, schemes, raw.contains(&index))).collect()
}

/// Marks the operations that no request reaches, because another one of the model takes them all.
pub(super) fn mark_unreachable(operations: &mut [Operation], model: &model::Model) {
    for (second, first) in model.shadowed() {
        let first = &model.operations[first];
        let text = format!("No request reaches it: `{} {}` takes them all.", first.method, first.path.value);
        let operation = &mut operations[second];
        operation.docs = std::mem::take(&mut operation.docs).and(&text);
        operation.is_reachable = false;
    }
}

/// Lowers an operation that the server sends: what its request holds is what a server says, and it has no responses.
pub(super) fn outgoing(
    cx: &mut Cx<'_>,
    names: &mut Names,
    source: &model::Operation,
    key: &Spanned<String>,
    prefix: &str,
) -> Operation {
    let named = outgoing::candidates(source, key);
    let what = source.id.as_ref().unwrap_or(key);
    let name = names.methods.claim_or(cx.sink, source.rust_name.as_ref(), what, Case::Snake, named);
    let owner = [words(prefix), words(name.as_str())].concat();
    let mut fields = Scope::default();
    let declared = source.parameters.iter();
    let parameters =
        declared.filter_map(|parameter| parameters::parameter(cx, parameter, source, &owner, &mut fields)).collect();
    let declared = source.request_body.as_ref();
    let body = declared.and_then(|body| self::body(cx, names, body, &owner, &mut fields, View::Read));
    let operation = plain(name, source);
    Operation { path: source.path.value.clone(), query: Vec::new(), parameters, body, ..operation }
}

fn operation(
    cx: &mut Cx<'_>,
    names: &mut Names,
    source: &model::Operation,
    schemes: &[Scheme],
    is_raw: bool,
) -> Operation {
    let name = name(cx, source, &mut names.methods);
    let operation_words = words(name.as_str());
    let mut fields = Scope::default();
    let mut parameters = Vec::new();
    let mut body = None;
    let mut responses = Vec::new();
    if !is_raw {
        let declared = source.parameters.iter();
        parameters.extend(
            declared
                .filter_map(|parameter| parameters::parameter(cx, parameter, source, &operation_words, &mut fields)),
        );
        let declared = source.request_body.as_ref();
        body = declared.and_then(|body| self::body(cx, names, body, &operation_words, &mut fields, View::Write));
        responses = responses::lower(cx, names, source, &operation_words);
    }
    let gate = security::gate(&source.security, schemes);
    Operation { is_raw, parameters, body, responses, gate, ..plain(name, source) }
}

/// An operation without anything in it.
fn plain(name: Ident, source: &model::Operation) -> Operation {
    let operation_words = words(name.as_str());
    let derived = |suffix: &str, case: Case| {
        let all: Vec<String> =
            operation_words.iter().cloned().chain((!suffix.is_empty()).then(|| suffix.to_owned())).collect();
        Ident::new(identifier(&all, case))
    };
    Operation {
        request: derived("request", Case::Pascal),
        response: derived("response", Case::Pascal),
        constant: derived("", Case::Screaming),
        docs: docs([source.summary.as_ref(), source.description.as_ref()]).deprecated(source.deprecated),
        id: source.id.as_ref().map_or_else(|| name.to_string(), |id| id.value.clone()),
        method: source.method.clone(),
        path: source.template.to_string(),
        query: source.query.clone(),
        tags: source.tags.iter().map(|tag| tag.value.clone()).collect(),
        deprecated: source.deprecated,
        is_raw: false,
        is_reachable: true,
        parameters: Vec::new(),
        body: None,
        responses: Vec::new(),
        gate: Gate::Open,
        required_permission: source.required_permission.iter().map(|name| name.value.clone()).collect(),
        invalid_status: 400,
        error_shape: ErrorShape::problem(),
        error_shapes: Vec::new(),
        asked: Vec::new(),
        edge: Vec::new(),
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
    scope.claim_or(cx.sink, source.rust_name.as_ref(), what, Case::Snake, candidates)
}

fn body(
    cx: &mut Cx<'_>,
    names: &mut Names,
    source: &model::RequestBody,
    owner: &[String],
    scope: &mut Scope,
    view: View,
) -> Option<Body> {
    let place = Spanned { value: "body".to_owned(), span: source.span };
    let held = Spanned { value: format!("{} request body", owner.join("_")), span: source.span };
    let role = Role { words: [owner, &words("request body")].concat(), place: held, view };
    Some(Body {
        content: lower_content(cx, names, &source.content, &role, source.span)?,
        name: scope.claim(cx.sink, &place, Case::Snake, [words("body"), words("request body")]),
        docs: docs([source.description.as_ref()]),
        required: source.required,
    })
}
