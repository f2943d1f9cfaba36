//! Parameter Objects, OpenAPI 3.1.1 section 4.8.12.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::{Parameter, ParameterPlace, Spanned};
use crate::read::fields::{self, Fields};
use crate::read::{Cx, Version, reference, value};

/// Reads the parameters of an operation or a path item. Of equal ones, the first counts.
pub(super) fn list<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Parameter> {
    let Some(node) = fields.node(cx, "parameters", Typed) else { return Vec::new() };
    let node = reference::misplaced(cx, node);
    let nodes: Vec<&'doc Node> = match &node.value {
        Value::Sequence(items) => items.iter().collect(),
        // A single parameter, or parameters by their names.
        Value::Mapping(entries) => {
            let (reading, help) = ("read as a list", "write a list");
            cx.invalid(node.span, "`parameters` must be a list, not an object", reading, help);
            let is_one = node.get("in").is_some() || node.get("$ref").is_some();
            if is_one { vec![node] } else { entries.iter().map(|entry| &entry.value).collect() }
        }
        Value::Null => {
            cx.ignored(node, "`parameters`", "a list");
            Vec::new()
        }
        other @ (Value::Boolean(_) | Value::Number(_) | Value::String(_)) => {
            cx.wrong_type(node.span, "`parameters`", "a list", other.kind());
            Vec::new()
        }
    };
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut known = HashMap::new();
    for node in nodes {
        let Some(read) = parameter(cx, node) else { continue };
        match known.entry(read.identity()) {
            Entry::Vacant(entry) => {
                entry.insert(read.name.span);
                parameters.push(read);
            }
            Entry::Occupied(first) => {
                let message = format!("the {} parameter `{}` is declared twice", read.place.name(), read.name.value);
                cx.sink.report(
                    Diagnostic::new(Code::DuplicateParameter, read.name.span, message)
                        .label("this one is left out")
                        .other(*first.get(), "first declared here"),
                );
            }
        }
    }
    parameters
}

/// Puts the parameters of a path item before those of an operation, which count first.
pub(super) fn inherit(cx: &mut Cx<'_>, parameters: &mut Vec<Parameter>, shared: &[Parameter]) {
    let own: HashSet<_> = parameters.iter().map(Parameter::identity).collect();
    let inherited: Vec<Parameter> = shared.iter().filter(|other| !own.contains(&other.identity())).cloned().collect();
    parameters.splice(0..0, inherited);
    whole_query(cx, parameters);
}

/// OpenAPI 3.2.0 section 4.12.1: a parameter in `querystring` is the whole query, so there is no other.
fn whole_query(cx: &mut Cx<'_>, parameters: &[Parameter]) {
    let of = |place| parameters.iter().filter(move |parameter| parameter.place == place);
    let mut whole = of(ParameterPlace::QueryString);
    let Some(first) = whole.next() else { return };
    if let Some(other) = whole.next().or_else(|| of(ParameterPlace::Query).next()) {
        let message =
            format!("`{}` is the whole query, so that `{}` cannot be in it", first.name.value, other.name.value);
        cx.sink.report(
            Diagnostic::new(Code::InvalidValue, other.name.span, message)
                .label("both are read")
                .other(first.name.span, "this is the whole query")
                .help("leave one of them"),
        );
    }
}

/// Reads a parameter or a reference to one. `None` where it is left out.
pub(super) fn parameter<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<Parameter> {
    let followed = reference::follow(cx, node)?;
    let parameter = reference::once(cx, followed.node.id, |cx| &mut cx.parameters, |cx| read(cx, followed.node));
    parameter.map(|parameter| Parameter { description: followed.description.or(parameter.description), ..parameter })
}

fn read<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<Parameter> {
    const LEFT_OUT: &str = "this parameter is left out";
    let mut fields = Fields::open(cx, node, "Parameter Object", node.span)?;
    let name = fields.required(cx, "name", Typed, LEFT_OUT).and_then(|node| cx.string(node, "name"));
    let place = fields.required(cx, "in", Typed, LEFT_OUT).and_then(|node| cx.string(node, "in"));
    let place = place.and_then(|place| self::place(cx, fields.version, &place));
    let description = fields.text(cx, "description");
    let required = fields.boolean(cx, "required", Typed);
    let deprecated = fields.boolean(cx, "deprecated", PassedThrough);
    let rust_name = fields.rust_name(cx);
    let allow_empty = allow_empty(cx, &mut fields, place, required);
    let value = value::read(cx, &mut fields, place);
    fields.finish(cx);
    let (name, place) = (name?, place?);
    // It names a template expression, which has no braces within: OpenAPI 3.1.1 section 4.8.12.2.
    if place == ParameterPlace::Path && name.value.contains(['{', '}']) {
        let message = format!("`{}` cannot be the name of a path parameter", name.value);
        cx.invalid(name.span, message, "read all the same", "write the name without `{` and `}`");
    }
    if place == ParameterPlace::Path && !required {
        let message = format!("the path parameter `{}` is not marked as required", name.value);
        cx.sink.report(
            Diagnostic::new(Code::MissingField, name.span, message)
                .help("add `required: true`: a path always has all of its parameters"),
        );
    }
    if place == ParameterPlace::Header && !can_be_header(cx, &name) {
        return None;
    }
    let required = required || place == ParameterPlace::Path;
    Some(Parameter { name, rust_name, place, required, deprecated, allow_empty, description, value })
}

/// OpenAPI 3.1.1 section 4.8.12.2.2: an empty value stands for one that is left out.
fn allow_empty<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    place: Option<ParameterPlace>,
    required: bool,
) -> bool {
    let Some(entry) = fields.entry(cx, "allowEmptyValue", Typed) else { return false };
    if !cx.boolean(&entry.value, "allowEmptyValue") {
        return false;
    }
    if place.is_some_and(|place| place != ParameterPlace::Query) {
        cx.no_effect(entry.key.span, "`allowEmptyValue` is for parameters in `query`", "take it out");
        return false;
    }
    if required {
        let message = "`allowEmptyValue` has no effect: a parameter that is required cannot be left out";
        cx.no_effect(entry.key.span, message, "take it out, or `required`");
    }
    !required
}

/// OpenAPI 3.1.1 section 4.8.12.1: header parameters of some names are ignored.
fn can_be_header(cx: &mut Cx<'_>, name: &Spanned<String>) -> bool {
    let ignored = ["accept", "content-type", "authorization"];
    if ignored.iter().any(|ignored| name.value.eq_ignore_ascii_case(ignored)) {
        let message = format!("the specification ignores a header parameter `{}`", name.value);
        cx.no_effect(name.span, message, "write `security` or the media types of `content` instead");
        return false;
    }
    cx.is_header_name(name)
}

fn place(cx: &mut Cx<'_>, version: Version, place: &Spanned<String>) -> Option<ParameterPlace> {
    let places = [
        ParameterPlace::Path,
        ParameterPlace::Query,
        ParameterPlace::QueryString,
        ParameterPlace::Header,
        ParameterPlace::Cookie,
    ];
    if place.value == "querystring" && version < Version::V3_2 {
        cx.too_new(place.span, "a parameter in `querystring`", Version::V3_2);
    }
    let found = places.into_iter().find(|known| known.name() == place.value);
    if found.is_none() {
        let names = places.map(ParameterPlace::name);
        let help = match fields::similar(&place.value, &names) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => "write one of path, query, header, cookie".to_owned(),
        };
        let message = format!("`{}` is no place of a parameter", place.value);
        cx.invalid(place.span, message, "this parameter is left out", &help);
    }
    found
}
