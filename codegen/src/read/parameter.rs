//! Parameter Objects, OpenAPI 3.1.1 section 4.8.12.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Node;
use crate::model::{Parameter, ParameterPlace, ParameterStyle, ParameterValue, Spanned};
use crate::read::fields::Fields;
use crate::read::{Cx, reference, schema};

/// Reads a parameter or a reference to one. `None` where it is refused, or has no effect.
pub(super) fn parameter<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<Parameter> {
    let node = reference::follow(cx, node)?;
    let mut fields = Fields::open(cx, node, "Parameter Object", node.span)?;
    let name = fields.required(cx, "name").and_then(|node| cx.string(node, "name"));
    let place = fields.required(cx, "in").and_then(|node| cx.string(node, "in"));
    let place = place.and_then(|place| self::place(cx, &place));
    let description = fields.text(cx, "description");
    let required = fields.boolean(cx, "required");
    let deprecated = fields.boolean(cx, "deprecated");
    fields.example(cx, "example");
    fields.example(cx, "examples");
    let rust_name = fields.rust_name(cx);
    serialization(cx, &mut fields, place);
    if fields.entry("content").is_none() {
        fields.required(cx, "schema");
    }
    fields.unsupported(cx, &["content"]);
    let schema = fields.node("schema").map(|node| schema::schema(cx, node));
    fields.finish(cx);
    let (name, place, schema) = (name?, place?, schema?);
    if place == ParameterPlace::Path && !required {
        let message = format!("the path parameter `{}` is not marked as required", name.value);
        cx.sink.report(
            Diagnostic::new(Code::MissingField, name.span, message)
                .help("add `required: true`: a path always has all of its parameters"),
        );
    }
    // OpenAPI 3.1.1 section 4.8.12.1: header parameters of these names are ignored.
    let ignored = ["accept", "content-type", "authorization"];
    if place == ParameterPlace::Header && ignored.iter().any(|ignored| name.value.eq_ignore_ascii_case(ignored)) {
        let message = format!("the specification ignores a header parameter `{}`", name.value);
        cx.sink.report(
            Diagnostic::new(Code::NoEffect, name.span, message)
                .help("write `security` or the media types of `content` instead"),
        );
        return None;
    }
    if place == ParameterPlace::Header {
        cx.header_name(&name);
    }
    let required = required || place == ParameterPlace::Path;
    Some(Parameter {
        name,
        rust_name,
        place,
        required,
        deprecated,
        description,
        allow_empty_value: false,
        value: ParameterValue::Schema { schema, style: ParameterStyle::Simple, explode: false, allow_reserved: false },
    })
}

fn place(cx: &mut Cx<'_>, place: &Spanned<String>) -> Option<ParameterPlace> {
    match place.value.as_str() {
        "path" => Some(ParameterPlace::Path),
        "query" => Some(ParameterPlace::Query),
        "header" => Some(ParameterPlace::Header),
        "cookie" | "querystring" => {
            cx.unsupported(place.span, &format!("a parameter in `{}`", place.value));
            None
        }
        _ => {
            let message = format!("`{}` is no place of a parameter", place.value);
            cx.sink.report(
                Diagnostic::new(Code::InvalidValue, place.span, message)
                    .help("write one of path, query, header, cookie"),
            );
            None
        }
    }
}

/// `style` and `explode` make no difference for scalars, as long as the style is the place's own.
fn serialization<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, place: Option<ParameterPlace>) {
    let style = fields.string(cx, "style");
    fields.boolean(cx, "explode");
    for key in ["allowReserved", "allowEmptyValue"] {
        if let Some(entry) = fields.entry(key)
            && fields.boolean(cx, key)
        {
            cx.unsupported(entry.key.span, &format!("`{key}: true`"));
        }
    }
    let own = match place {
        Some(ParameterPlace::Path | ParameterPlace::Header) => "simple",
        Some(ParameterPlace::Query) => "form",
        Some(ParameterPlace::Cookie | ParameterPlace::QueryString) | None => return,
    };
    if let Some(style) = style.filter(|style| style.value != own) {
        cx.unsupported(style.span, &format!("the parameter style `{}`", style.value));
    }
}
