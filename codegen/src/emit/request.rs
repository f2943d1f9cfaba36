//! The request structs of `operations.rs`, and how each of their fields is read.

use crate::emit::Cx;
use crate::emit::content::{content_type, derives, is_stream, reader};
use crate::emit::docs::{code, doc};
use crate::emit::imports::Imports;
use crate::emit::rust_type::{Home, field_type, mode, properties, shape};
use crate::emit::text::{list, literal, put};
use crate::ir::{Body, Contents, Operation, Parameter, ParameterForm, ParameterPlace, ParameterStyle};

/// Which way a request goes.
pub(super) enum Table {
    /// To the server.
    Incoming,
    /// From the server, to a URL that is made of these parts.
    Outgoing {
        /// Expressions; nothing where who sends it has the URL.
        url: Option<Vec<String>>,
    },
}

/// The struct and the table behind it.
pub(super) fn emit(cx: &Cx<'_>, out: &mut String, operation: &Operation, imports: &mut Imports<'_>) {
    put!(out, "\n/// What `{}` is asked.\n", operation.name);
    emit_struct(cx, out, operation, &Table::Incoming, imports);
}

/// The same without documentation.
pub(super) fn emit_struct(
    cx: &Cx<'_>,
    out: &mut String,
    operation: &Operation,
    table: &Table,
    imports: &mut Imports<'_>,
) {
    let Operation { request, parameters, body, .. } = operation;
    let derives = derives(body.as_ref().is_some_and(|body| is_stream(&body.content)));
    put!(out, "{derives}\npub struct {request} {{");
    if !parameters.is_empty() || body.is_some() {
        out.push('\n');
    }
    let mut rows = Vec::new();
    for parameter in parameters {
        let Parameter { name, key, place, docs, ty, presence, .. } = parameter;
        doc(out, 4, docs, &format!("The {} parameter {}.", place.name(), code(key)));
        put!(out, "    pub {name}: {},\n", field_type(cx, ty, presence, Home::Operations, imports));
        let mode = mode(cx, presence, Home::Operations, imports);
        rows.push(format!("{name}: {mode} {}", source(cx, parameter, imports)));
    }
    if let Some(body) = body {
        doc(out, 4, &body.docs, "The body.");
        rows.push(self::body(cx, out, body, imports));
    }
    let (table, head) = match table {
        Table::Incoming => ("stubwright::codegen::request", String::new()),
        Table::Outgoing { url: None } => ("stubwright::codegen::outgoing", format!("{:?} ", operation.method)),
        Table::Outgoing { url: Some(url) } => {
            ("stubwright::codegen::outgoing", format!("{:?} [{}] ", operation.method, url.join(", ")))
        }
    };
    put!(out, "}}\n{}! {{ ", imports.take(table));
    list(out, 0, &format!("{head}{request} {{"), &rows, "} }\n");
}

/// Writes the field of the body, and gives its row.
fn body(cx: &Cx<'_>, out: &mut String, body: &Body, imports: &mut Imports<'_>) -> String {
    let Body { name, docs: _, content, required } = body;
    let ty = content_type(cx, content, imports);
    let mode = if *required { "required" } else { "optional" };
    if *required {
        put!(out, "    pub {name}: {ty},\n");
    } else {
        put!(out, "    pub {name}: {}<{ty}>,\n", imports.prelude("std::option::Option"));
    }
    let reader = match content {
        Contents::One(content) => reader(cx, content, imports),
        Contents::Several { name, .. } => {
            format!("{}::<{name}>::new()", imports.take("stubwright::codegen::OneOf"))
        }
    };
    format!("{name}: {mode} {reader}")
}

/// Where a parameter stands in a request, and how it is written there.
fn source(cx: &Cx<'_>, parameter: &Parameter, imports: &mut Imports<'_>) -> String {
    let Parameter { key, place, form, ty, check, .. } = parameter;
    let name = literal(key);
    let mut source = match form {
        ParameterForm::Scalar { style: ParameterStyle::Simple | ParameterStyle::Form | ParameterStyle::Cookie } => {
            format!("{}({name})", imports.take(place_type(*place)))
        }
        ParameterForm::Scalar { style } => styled(&name, *place, (*style, false), "Scalar", imports),
        ParameterForm::Styled { style, explode } => {
            let mut source = styled(&name, *place, (*style, *explode), shape(cx, ty), imports);
            // Its properties stand beside other parameters.
            if *explode
                && matches!(style, ParameterStyle::Form | ParameterStyle::Cookie)
                && let Some(keys) = properties(cx, ty)
            {
                put!(&mut source, ".properties(&{keys:?})");
            }
            source
        }
        ParameterForm::Json => {
            let place = self::place(*place, imports);
            format!("{}::json({place}, {name})", imports.take("stubwright::codegen::Styled"))
        }
        ParameterForm::Form => {
            let place = self::place(*place, imports);
            format!("{}::form({place}, {name})", imports.take("stubwright::codegen::Styled"))
        }
    };
    if let Some(check) = check {
        put!(&mut source, ".check(&{}, {})", imports.take("super::texts::SCHEMAS"), check.0);
    }
    if parameter.is_unused_if_empty {
        source.push_str(".unused_if_empty()");
    }
    source
}

/// A parameter that has to be split, or that something stands in front of.
fn styled(
    name: &str,
    place: ParameterPlace,
    (style, explode): (ParameterStyle, bool),
    shape: &str,
    imports: &mut Imports<'_>,
) -> String {
    let styled = imports.take("stubwright::codegen::Styled");
    let shape = format!("{}::{shape}", imports.take("stubwright::codegen::Shape"));
    let function = match place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query | ParameterPlace::QueryString => "query",
        // A header field has one style.
        ParameterPlace::Header => return format!("{styled}::header({name}, {explode}, {shape})"),
        ParameterPlace::Cookie => "cookie",
    };
    format!("{styled}::{function}({name}, {}, {explode}, {shape})", self::style(style, imports))
}

fn place_type(place: ParameterPlace) -> &'static str {
    match place {
        ParameterPlace::Path => "stubwright::codegen::Path",
        ParameterPlace::Query | ParameterPlace::QueryString => "stubwright::codegen::Query",
        ParameterPlace::Header => "stubwright::codegen::Header",
        ParameterPlace::Cookie => "stubwright::codegen::Cookie",
    }
}

fn place(place: ParameterPlace, imports: &mut Imports<'_>) -> String {
    let name = match place {
        ParameterPlace::Path => "Path",
        ParameterPlace::Query => "Query",
        ParameterPlace::QueryString => "QueryString",
        ParameterPlace::Header => "Header",
        ParameterPlace::Cookie => "Cookie",
    };
    format!("{}::{name}", imports.take("stubwright::codegen::Place"))
}

/// The runtime's name of a style.
pub(super) fn style(style: ParameterStyle, imports: &mut Imports<'_>) -> String {
    let name = match style {
        ParameterStyle::Matrix => "Matrix",
        ParameterStyle::Label => "Label",
        ParameterStyle::Simple => "Simple",
        ParameterStyle::Form => "Form",
        ParameterStyle::SpaceDelimited => "SpaceDelimited",
        ParameterStyle::PipeDelimited => "PipeDelimited",
        ParameterStyle::DeepObject => "DeepObject",
        ParameterStyle::Cookie => "Cookie",
    };
    format!("{}::{name}", imports.take("stubwright::codegen::Style"))
}
