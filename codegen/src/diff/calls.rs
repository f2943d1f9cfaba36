//! The items for operations: traits and their methods, what requests and responses hold, and the requests that a server
//! sends.
//!
//! The one rule: an operation is known by its method and the shape of its path, whatever it is called.

use crate::diff::Side;
use crate::diff::inventory::item;
use crate::diff::items::Item;
use crate::explain::{field_type, rust_type};
use crate::ir::{
    ContentForm, Contents, Framing, Headers, Operation, OutgoingKind, Parameter, ParameterPlace, Response,
    ResponseBody, Status, TypeDefinition,
};
use crate::model;

/// The traits of a document, its operations, and the requests that its server sends.
pub(super) fn items(side: Side<'_>, names: &[TypeDefinition]) -> Vec<Item> {
    let (ir, model) = (side.ir, &side.contract.model);
    let traits = ir.groups.iter().map(|group| {
        let place =
            group.operations.first().and_then(|&index| model.operations.get(index)).map(|operation| operation.span);
        item("trait", group.name.as_str(), "traits", group.name.as_str(), String::new(), place)
    });
    let operations = ir.operations.iter().zip(&model.operations).enumerate().map(|(index, (operation, source))| {
        let group = ir.groups.iter().find(|group| group.operations.contains(&index));
        let owner = group.map_or_else(|| "traits".to_owned(), |group| format!("traits::{}", group.name));
        method(names, operation, source, &owner, "operations")
    });
    let schemes = ir.schemes.iter().map(|scheme| {
        let place = model.security_schemes.iter().find(|known| known.key.value == scheme.key);
        item(
            "method",
            &scheme.key,
            "traits::Security",
            scheme.method.as_str(),
            String::new(),
            place.map(|known| known.key.span),
        )
    });
    // What cannot be typed is not lowered: then the requests are told apart by their names alone.
    let sent = ir.outgoing.iter().map(|outgoing| {
        let module = match outgoing.kind {
            OutgoingKind::Webhook => "webhooks",
            OutgoingKind::Callback { .. } => "callbacks",
        };
        let source = model
            .outgoing
            .iter()
            .map(|known| &known.operation)
            .find(|known| known.path.value == outgoing.operation.path && known.method == outgoing.operation.method);
        let operation = &outgoing.operation;
        let key = format!("{module} {} {}", operation.method, operation.path);
        let owner = format!("{module}::{}", operation.request);
        let items = request(names, operation, source, &owner);
        Item {
            items,
            ..item("struct", &key, module, operation.request.as_str(), String::new(), source.map(|known| known.span))
        }
    });
    traits.chain(schemes).chain(operations).chain(sent).collect()
}

fn method(
    names: &[TypeDefinition],
    operation: &Operation,
    source: &model::Operation,
    owner: &str,
    module: &str,
) -> Item {
    let key = format!("{} {} {:?}", operation.method, source.template.shape(), operation.query);
    let signature = match (operation.is_raw, owner.rsplit("::").next()) {
        (true, _) => "raw".to_owned(),
        (false, group) => format!("a method of {}", group.unwrap_or_default()),
    };
    let mut items = request(names, operation, Some(source), &format!("{module}::{}", operation.request));
    for (response, declared) in operation.responses.iter().zip(&source.responses) {
        items.push(variant(names, response, declared, &format!("{module}::{}", operation.response)));
    }
    Item { items, ..item("method", &key, owner, operation.name.as_str(), signature, Some(source.span)) }
}

/// The fields of a request.
fn request(
    names: &[TypeDefinition],
    operation: &Operation,
    source: Option<&model::Operation>,
    owner: &str,
) -> Vec<Item> {
    let field = |parameter: &Parameter| {
        let declared = source.and_then(|source| {
            source.parameters.iter().find(|known| known.place == parameter.place && known.name.value == parameter.key)
        });
        let place = declared.map(|declared| declared.name.span);
        // A parameter of the path is known by its position.
        let position = source.and_then(|source| source.template.parameters().position(|name| name == parameter.key));
        let key = match (parameter.place, position) {
            (ParameterPlace::Path, Some(position)) => format!("path {position}"),
            (place, _) => format!("{} {}", place.name(), parameter.key),
        };
        item(
            "field",
            &key,
            owner,
            parameter.name.as_str(),
            field_type(names, &parameter.ty, &parameter.presence),
            place,
        )
    };
    let body = operation.body.iter().map(|body| {
        let inner = contents(names, &body.content);
        let signature = if body.required { inner } else { format!("Option<{inner}>") };
        let place = source.and_then(|source| source.request_body.as_ref()).map(|body| body.span);
        item("field", "\0body", owner, body.name.as_str(), signature, place)
    });
    operation.parameters.iter().map(field).chain(body).collect()
}

fn variant(names: &[TypeDefinition], response: &Response, declared: &model::Response, owner: &str) -> Item {
    let body = match &response.body {
        ResponseBody::None => None,
        ResponseBody::Untyped => Some("Body".to_owned()),
        ResponseBody::Typed(body) => Some(contents(names, body)),
    };
    let headers = response.headers.as_ref().map(|headers| headers.name.to_string());
    let parts: Vec<String> = body.into_iter().chain(headers).collect();
    let key = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    };
    let place = Some(declared.status.span);
    let items = response.headers.iter().flat_map(|headers| fields(names, headers, declared)).collect();
    Item { items, ..item("variant", &key, owner, response.name.as_str(), parts.join(", "), place) }
}

fn fields(names: &[TypeDefinition], headers: &Headers, declared: &model::Response) -> Vec<Item> {
    let owner = format!("operations::{}", headers.name);
    let field = |header: &crate::ir::Header| {
        let inner = rust_type(names, &header.ty);
        let signature = if header.required { inner } else { format!("Option<{inner}>") };
        let place = declared.headers.iter().find(|known| known.name.value == header.key).map(|known| known.name.span);
        item("field", &header.key, &owner, header.name.as_str(), signature, place)
    };
    headers.fields.iter().map(field).collect()
}

fn contents(names: &[TypeDefinition], contents: &Contents) -> String {
    match contents {
        Contents::One(content) => form(names, &content.form),
        Contents::Several { name, variants } => {
            let variants: Vec<String> = variants
                .iter()
                .map(|variant| format!("{}({})", variant.name, form(names, &variant.content.form)))
                .collect();
            format!("{name} {{ {} }}", variants.join(", "))
        }
    }
}

fn form(names: &[TypeDefinition], form: &ContentForm) -> String {
    match form {
        ContentForm::Multipart { parts: Some(parts), .. } => {
            let all: Vec<String> =
                parts.all.iter().map(|part| format!("{}({})", part.name, rust_type(names, &part.ty))).collect();
            format!("Parts<{} {{ {} }}>", parts.name, all.join(", "))
        }
        ContentForm::Json { ty, .. }
        | ContentForm::Form { ty, .. }
        | ContentForm::Multipart { ty, parts: None, .. }
        | ContentForm::Xml { ty, .. } => rust_type(names, ty),
        ContentForm::Parts => "Parts<FilePart>".to_owned(),
        ContentForm::Text { .. } => "String".to_owned(),
        ContentForm::Bytes => "ByteStream".to_owned(),
        ContentForm::Items { framing, ty, .. } => match framing {
            Framing::Lines | Framing::Sequence | Framing::TypedEvents => format!("Items<{}>", rust_type(names, ty)),
            Framing::EventsOfJson | Framing::EventsOfText => format!("Events<{}>", rust_type(names, ty)),
        },
    }
}
