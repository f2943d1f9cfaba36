//! Why an operation is what it is: its trait, method, path, security, request and responses.

use crate::explain::{Answer, Explained, Subject, emitted, excerpt, rust, rust_type};
use crate::ir::{
    Content, ContentForm, Contents, Gate, Operation, Parameter, ParameterForm, Response, ResponseBody, Status, Step,
    TypeDefinition,
};
use crate::model;

/// Explains the operation with this index.
pub(super) fn explain(subject: &Subject<'_>, index: usize) -> Explained {
    let (operation, source) = (&subject.ir.operations[index], &subject.contract.model.operations[index]);
    let trait_name = subject.ir.groups.iter().find(|group| group.operations.contains(&index));
    let trait_name = trait_name.map_or("", |group| group.name.as_str());
    let steps = steps(subject, operation, source, trait_name);
    let method = emitted::method(subject.files, operation.name.as_str());
    let items = [&operation.request, &operation.response];
    let items = items.map(|name| emitted::item(subject.files, "operations.rs", name.as_str()));
    let definitions: Vec<String> = std::iter::once(method).chain(items).filter(|text| !text.is_empty()).collect();
    let answer = Answer {
        name: format!("{trait_name}::{}", operation.name),
        definition: definitions.join("\n\n"),
        excerpt: excerpt(subject, source.span, "this operation", &steps),
        steps: steps.into_iter().map(|step| step.text).collect(),
    };
    Explained { subject: format!("{} {}", operation.method, source.path.value), note: None, answers: vec![answer] }
}

fn steps(subject: &Subject<'_>, operation: &Operation, source: &model::Operation, trait_name: &str) -> Vec<Step> {
    let types = &subject.ir.types;
    let mut steps = vec![named(operation, source), grouped(subject, source, trait_name), path(source)];
    if !operation.is_reachable {
        steps.push(step("an earlier operation answers the same requests, so that none reaches it".to_owned()));
    }
    steps.push(step(security(subject, &operation.gate)));
    steps.extend(operation.parameters.iter().map(|parameter| self::parameter(types, parameter, source)));
    steps.extend(operation.body.iter().map(|body| {
        let need = if body.required { "required" } else { "optional" };
        step(format!("the request body, {need}, is the field `{}`: {}", body.name, contents(types, &body.content)))
    }));
    steps.extend(operation.responses.iter().enumerate().map(|(index, response)| Step {
        text: self::response(types, response),
        places: source.responses.get(index).map(|declared| declared.status.span).into_iter().collect(),
    }));
    steps.push(step(if operation.is_raw {
        "something that it needs is missing, so it cannot be typed: its handler gets the request as it is".to_owned()
    } else if operation.parameters.is_empty() && operation.body.is_none() {
        "it asks for nothing: the request has no fields".to_owned()
    } else {
        format!("an invalid request is answered with {}", operation.invalid_status)
    }));
    steps
}

fn step(text: String) -> Step {
    Step { text, places: Vec::new() }
}

fn named(operation: &Operation, source: &model::Operation) -> Step {
    let name = &operation.name;
    match (&source.rust_name, &source.id) {
        (Some(given), _) => Step { text: format!("`x-rust-name` gives the name `{name}`"), places: vec![given.span] },
        (None, Some(id)) => {
            Step { text: format!("the operationId `{}` gives the name `{name}`", id.value), places: vec![id.span] }
        }
        (None, None) => step(format!("there is no operationId: method and path give the name `{name}`")),
    }
}

fn grouped(subject: &Subject<'_>, source: &model::Operation, trait_name: &str) -> Step {
    use crate::Group;

    let tag = source.tags.first();
    let text = match (subject.contract.group, tag) {
        (Group::Tag, Some(tag)) => format!("its first tag `{}` puts it into the trait `{trait_name}`", tag.value),
        (Group::Tag, None) => format!("it has no tag: operations without one are in the trait `{trait_name}`"),
        (Group::One, _) => format!("every operation is in the trait `{trait_name}`"),
        (Group::Path, _) => format!("the first literal segment of its path puts it into the trait `{trait_name}`"),
    };
    Step { text, places: tag.map(|tag| tag.span).into_iter().collect() }
}

fn path(source: &model::Operation) -> Step {
    let mut text = format!("{} requests of the shape `{}` are routed to it", source.method, source.template.shape());
    let demanded: Vec<String> = source
        .query
        .iter()
        .map(|(key, value)| value.as_ref().map_or_else(|| format!("`{key}`"), |value| format!("`{key}={value}`")))
        .collect();
    if !demanded.is_empty() {
        text = format!("{text}, where the query has {}", demanded.join(" and "));
    }
    Step { text, places: vec![source.path.span] }
}

fn security(subject: &Subject<'_>, gate: &Gate) -> String {
    match gate {
        Gate::Open => "everybody may call it: no credential is asked for".to_owned(),
        Gate::Closed(names) => {
            format!("nobody may call it: its security names schemes that are not defined: {}", names.join(", "))
        }
        Gate::Schemes { alternatives, optional } => {
            let key = |index: usize| format!("`{}`", subject.ir.schemes[index].key);
            let alternatives: Vec<String> = alternatives
                .iter()
                .map(|all| all.iter().map(|scheme| key(scheme.scheme)).collect::<Vec<_>>().join(" and "))
                .collect();
            let nobody = if *optional { ", or no credential" } else { "" };
            format!("who calls it shows a credential of {}{nobody}", alternatives.join(", or of "))
        }
    }
}

fn parameter(types: &[TypeDefinition], parameter: &Parameter, source: &model::Operation) -> Step {
    let declared = source
        .parameters
        .iter()
        .find(|declared| declared.place == parameter.place && declared.name.value == parameter.key);
    let form = match &parameter.form {
        ParameterForm::Scalar { .. } => "one value",
        ParameterForm::Styled { .. } => "in the parts that its style writes",
        ParameterForm::Json => "as JSON",
        ParameterForm::Form => "as pairs",
    };
    let ty = rust::field_type(types, &parameter.ty, &parameter.presence);
    let place = parameter.place.name();
    let text = format!("the {place} parameter `{}`, {form}, is the field `{}: {ty}`", parameter.key, parameter.name);
    Step { text, places: declared.map(|declared| declared.name.span).into_iter().collect() }
}

fn response(types: &[TypeDefinition], response: &Response) -> String {
    let status = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "every other status".to_owned(),
    };
    let body = match &response.body {
        ResponseBody::None => "without a body".to_owned(),
        ResponseBody::Untyped => "with whatever body the handler sends".to_owned(),
        ResponseBody::Typed(content) => contents(types, content),
    };
    let headers = response.headers.as_ref().map(|headers| format!(", with the headers of `{}`", headers.name));
    format!("{status} is the variant `{}`: {body}{}", response.name, headers.unwrap_or_default())
}

fn contents(types: &[TypeDefinition], contents: &Contents) -> String {
    match contents {
        Contents::One(content) => self::content(types, content),
        Contents::Several { name, variants } => {
            let variants: Vec<String> = variants.iter().map(|variant| content(types, &variant.content)).collect();
            format!("`{name}`, one of {}", variants.join(", "))
        }
    }
}

fn content(types: &[TypeDefinition], content: &Content) -> String {
    let ty = match &content.form {
        ContentForm::Json { ty, .. }
        | ContentForm::Form { ty, .. }
        | ContentForm::Multipart { ty, .. }
        | ContentForm::Xml { ty, .. } => rust_type(types, ty),
        ContentForm::Parts => "a stream of parts".to_owned(),
        ContentForm::Text { .. } => "String".to_owned(),
        ContentForm::Bytes => "a stream of bytes".to_owned(),
        ContentForm::Items { ty, .. } => format!("stream of {}", rust_type(types, ty)),
    };
    format!("`{ty}` as {}", content.media_types.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or "))
}
