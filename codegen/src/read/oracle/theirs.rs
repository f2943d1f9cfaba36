//! Their reading as a contract, with what the specifications say of it: the first of equal parameters counts, parameters of
//! a path item are those of its operations, some headers are none.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, CookieStyle, HeaderStyle, MediaType, OpenAPI, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr, SecurityScheme, StatusCode,
};

use crate::read::oracle::{Contract, Operation, Parameter};

/// What they read.
pub(super) struct Theirs {
    pub(super) contract: Contract,
    /// The paths that are left out: they have no references in place of path items, follow references to components only,
    /// and know no parameters in the query of a path's key.
    pub(super) left_out: BTreeSet<String>,
}

pub(super) fn contract(api: &OpenAPI) -> Theirs {
    let components = api.components.clone().unwrap_or_default();
    let cx = Cx { api, components: &components };
    let mut theirs = Theirs { contract: Contract::default(), left_out: BTreeSet::new() };
    for (path, item) in &api.paths.paths {
        let item = item.as_item().filter(|_| !path.contains('?'));
        match item.and_then(|item| cx.operations(item)) {
            Some(operations) => {
                let keyed = operations.into_iter().map(|(method, read)| ((method, path.clone()), read));
                theirs.contract.operations.extend(keyed);
            }
            None => {
                theirs.left_out.insert(path.clone());
            }
        }
    }
    theirs.contract.schemas = components.schemas.keys().cloned().collect();
    let scheme = |(name, scheme): (&String, _)| {
        Some((name.clone(), kind(resolve(&components.security_schemes, "securitySchemes", scheme)?)))
    };
    theirs.contract.schemes = components.security_schemes.iter().filter_map(scheme).collect();
    theirs
}

struct Cx<'api> {
    api: &'api OpenAPI,
    components: &'api openapiv3::Components,
}

impl Cx<'_> {
    /// The operations of a path by method; none where a reference of one leads elsewhere than to the components.
    fn operations(&self, item: &PathItem) -> Option<Vec<(String, Operation)>> {
        item.iter().map(|(method, source)| Some((method.to_owned(), self.operation(item, source)?))).collect()
    }

    fn operation(&self, item: &PathItem, source: &openapiv3::Operation) -> Option<Operation> {
        let mut responses = BTreeMap::new();
        let default = source.responses.default.iter().map(|response| ("default".to_owned(), response));
        let declared = source.responses.responses.iter().map(|(code, response)| (status(code), response));
        for (status, response) in declared.chain(default) {
            let response = resolve(&self.components.responses, "responses", response)?;
            responses.insert(status, media_types(&response.content));
        }
        let body = match &source.request_body {
            Some(body) => Some(resolve(&self.components.request_bodies, "requestBodies", body)?),
            None => None,
        };
        let security = source.security.as_ref().or(self.api.security.as_ref());
        Some(Operation {
            id: source.operation_id.clone(),
            parameters: self.parameters(item, source)?,
            body: body.map(|body| media_types(&body.content)),
            responses,
            security: security.into_iter().flatten().map(requirement).collect(),
        })
    }

    fn parameters(&self, item: &PathItem, source: &openapiv3::Operation) -> Option<BTreeSet<Parameter>> {
        let mut known = BTreeSet::new();
        let mut parameters = BTreeSet::new();
        for declared in source.parameters.iter().chain(&item.parameters) {
            let read = parameter(resolve(&self.components.parameters, "parameters", declared)?);
            let is_ignored = matches!(read.name.as_str(), "" | "accept" | "content-type" | "authorization");
            if !(read.place == "header" && is_ignored) && known.insert((read.place, read.name.clone())) {
                parameters.insert(read);
            }
        }
        Some(parameters)
    }
}

/// What a reference to a component, or to a reference to one, stands for.
fn resolve<'api, T>(
    components: &'api IndexMap<String, ReferenceOr<T>>,
    kind: &str,
    mut item: &'api ReferenceOr<T>,
) -> Option<&'api T> {
    for _ in 0..10 {
        match item {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')?;
                item = components.get(name)?;
            }
        }
    }
    None
}

fn parameter(source: &openapiv3::Parameter) -> Parameter {
    let (place, style) = match source {
        openapiv3::Parameter::Query { style, .. } => ("query", query_style(style)),
        openapiv3::Parameter::Header { style: HeaderStyle::Simple, .. } => ("header", "simple"),
        openapiv3::Parameter::Path { style, .. } => ("path", path_style(style)),
        openapiv3::Parameter::Cookie { style: CookieStyle::Form, .. } => ("cookie", "form"),
    };
    let data = source.parameter_data_ref();
    let name = if place == "header" { data.name.to_ascii_lowercase() } else { data.name.clone() };
    let style = match data.format {
        ParameterSchemaOrContent::Schema(_) => Some(style),
        ParameterSchemaOrContent::Content(_) => None,
    };
    // A path has all of its parameters.
    Parameter { place, name, style, required: data.required || place == "path" }
}

fn query_style(style: &QueryStyle) -> &'static str {
    match style {
        QueryStyle::Form => "form",
        QueryStyle::SpaceDelimited => "spaceDelimited",
        QueryStyle::PipeDelimited => "pipeDelimited",
        QueryStyle::DeepObject => "deepObject",
    }
}

fn path_style(style: &PathStyle) -> &'static str {
    match style {
        PathStyle::Matrix => "matrix",
        PathStyle::Label => "label",
        PathStyle::Simple => "simple",
    }
}

fn media_types(content: &IndexMap<String, MediaType>) -> BTreeSet<String> {
    // What is no media type is left out.
    content.keys().filter(|name| !name.contains(char::is_control)).cloned().collect()
}

fn status(code: &StatusCode) -> String {
    match code {
        StatusCode::Code(code) => code.to_string(),
        StatusCode::Range(digit) => format!("{digit}XX"),
    }
}

fn requirement(requirement: &openapiv3::SecurityRequirement) -> BTreeMap<String, Vec<String>> {
    requirement.iter().map(|(name, scopes)| (name.clone(), scopes.clone())).collect()
}

fn kind(scheme: &SecurityScheme) -> String {
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => {
            let place = match location {
                APIKeyLocation::Query => "query",
                APIKeyLocation::Header => "header",
                APIKeyLocation::Cookie => "cookie",
            };
            format!("apiKey {place} {name}")
        }
        SecurityScheme::HTTP { scheme, .. } => format!("http {}", scheme.to_ascii_lowercase()),
        SecurityScheme::OAuth2 { .. } => "oauth2".to_owned(),
        SecurityScheme::OpenIDConnect { .. } => "openIdConnect".to_owned(),
    }
}
