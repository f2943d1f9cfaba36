//! The shapes of error bodies: those of the document's own are constants of `texts.rs`, each once.

use crate::emit::Cx;
use crate::emit::imports::Imports;
use crate::emit::text::{TABLE_WIDTH, list, put};
use crate::ir::{AskedBody, ErrorShape, Fill, Ir, Operation};

/// The shapes of a module that have no name in the runtime, in the order of their use.
pub(super) fn declared(ir: &Ir) -> Vec<&ErrorShape> {
    let of_operations = ir.operations.iter().flat_map(|operation| {
        std::iter::once(&operation.error_shape).chain(operation.error_shapes.iter().map(|(_, shape)| shape))
    });
    let mut shapes: Vec<&ErrorShape> = Vec::new();
    for shape in std::iter::once(&ir.error_shape).chain(of_operations) {
        if named(shape).is_none() && !shapes.contains(&shape) {
            shapes.push(shape);
        }
    }
    shapes
}

/// A shape as an expression of another file.
pub(super) fn shape(cx: &Cx<'_>, shape: &ErrorShape, imports: &mut Imports<'_>) -> String {
    match named(shape) {
        Some(name) => format!("{}::{name}", imports.take("stubwright::ErrorShape")),
        None => format!("{}::{}", imports.take("super::texts"), constant(&cx.shapes, shape)),
    }
}

/// How the errors of single statuses look, by their statuses.
pub(super) type ErrorList = Vec<(u16, Shape)>;

/// A shape by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// A variant of the runtime's `ErrorShape`.
    Named(&'static str),
    /// A constant of `texts.rs`.
    Constant(String),
}

/// The lists of errors that several operations share, in the order of their use.
pub(super) fn shared(ir: &Ir, shapes: &[&ErrorShape], asked: &[&AskedBody]) -> Vec<ErrorList> {
    let mut uses: Vec<(ErrorList, usize)> = Vec::new();
    for operation in &ir.operations {
        let list = error_list(shapes, asked, operation);
        match uses.iter_mut().find(|(known, _)| *known == list) {
            Some((_, count)) => *count += 1,
            None => uses.push((list, 1)),
        }
    }
    uses.into_iter().filter(|(list, count)| list.len() > 1 && *count > 1).map(|(list, _)| list).collect()
}

/// The shapes of single statuses as an expression of another file; nothing where there are none.
pub(super) fn single(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports<'_>) -> Option<String> {
    let list = error_list(&cx.shapes, &cx.asked, operation);
    if let Some(index) = cx.error_lists.iter().position(|known| *known == list) {
        return Some(format!("{}::ERRORS_{}", imports.take("super::texts"), index + 1));
    }
    let pair = |(status, shape): &(u16, Shape)| match shape {
        Shape::Named(name) => format!("({status}, {}::{name})", imports.take("stubwright::ErrorShape")),
        Shape::Constant(name) => format!("({status}, {}::{name})", imports.take("super::texts")),
    };
    let pairs: Vec<String> = list.iter().map(pair).collect();
    (!pairs.is_empty()).then(|| format!("&[{}]", pairs.join(", ")))
}

fn error_list(shapes: &[&ErrorShape], asked: &[&AskedBody], operation: &Operation) -> ErrorList {
    let declared = operation.error_shapes.iter().map(|(status, shape)| {
        (*status, named(shape).map_or_else(|| Shape::Constant(constant(shapes, shape)), Shape::Named))
    });
    let asked = operation.asked.iter().map(|body| {
        let number = asked.iter().position(|known| is_same(known, body)).map_or(0, |index| index + 1);
        (body.status, Shape::Constant(format!("ASKED_{number}")))
    });
    let mut list: ErrorList = declared.chain(asked).collect();
    list.sort();
    list
}

/// The bodies of errors that are asked for, but for their statuses, in the order of their use.
pub(super) fn asked(ir: &Ir) -> Vec<&AskedBody> {
    let mut bodies: Vec<&AskedBody> = Vec::new();
    for body in ir.operations.iter().flat_map(|operation| &operation.asked) {
        if !bodies.iter().any(|known| is_same(known, body)) {
            bodies.push(body);
        }
    }
    bodies
}

fn is_same(one: &AskedBody, other: &AskedBody) -> bool {
    (&one.media_type, one.schema, one.method) == (&other.media_type, other.schema, other.method)
}

/// A shape as an expression of `texts.rs`.
pub(super) fn shape_here(cx: &Cx<'_>, shape: &ErrorShape, imports: &mut Imports<'_>) -> String {
    match named(shape) {
        Some(name) => format!("{}::{name}", imports.take("stubwright::ErrorShape")),
        None => constant(&cx.shapes, shape),
    }
}

fn constant(shapes: &[&ErrorShape], shape: &ErrorShape) -> String {
    let number = shapes.iter().position(|known| *known == shape).map_or(0, |index| index + 1);
    format!("ERROR_{number}")
}

/// Their constants.
pub(super) fn constants(cx: &Cx<'_>, out: &mut String, imports: &mut Imports<'_>) {
    for (index, AskedBody { media_type, method, schema, .. }) in cx.asked.iter().enumerate() {
        let (name, asked) = (imports.take("stubwright::ErrorShape"), imports.take("stubwright::AskedShape"));
        put!(out, "\n/// An error whose body a trait asks for.\n");
        put!(out, "pub const ASKED_{}: {name} =\n    {name}::Asked(&{asked} {{ ", index + 1);
        put!(out, "media_type: {media_type:?}, method: {method}, schema: {} }});\n", schema.0);
    }
    for (index, shape) in cx.shapes.iter().enumerate() {
        let (name, declared) = (imports.take("stubwright::ErrorShape"), imports.take("stubwright::DeclaredShape"));
        let number = index + 1;
        put!(out, "\n/// What the body of an error looks like.\n");
        put!(out, "pub const ERROR_{number}: {name} = {name}::Declared(&{declared} {{\n");
        put!(out, "    media_type: {:?},\n    body: ", shape.media_type);
        fill(out, &shape.body, imports.take("stubwright::Fill"), 1);
        put!(out, ",\n}});\n");
    }
    for (index, errors) in cx.error_lists.iter().enumerate() {
        let name = imports.take("stubwright::ErrorShape");
        let pair = |(status, shape): &(u16, Shape)| match shape {
            Shape::Named(variant) => format!("({status}, {name}::{variant})"),
            Shape::Constant(constant) => format!("({status}, {constant})"),
        };
        put!(out, "\n/// What errors look like that several operations share, by their statuses.\n");
        let lead = format!("pub const ERRORS_{}: &[(u16, {name})] = &[", index + 1);
        list(out, 0, &lead, &errors.iter().map(pair).collect::<Vec<_>>(), "];\n");
    }
}

/// The variant of the runtime's `ErrorShape`.
fn named(shape: &ErrorShape) -> Option<&'static str> {
    match (shape.media_type.as_str(), &shape.body) {
        ("application/json", Fill::FastApi) => Some("FastApi"),
        ("application/json", body) if *body == Fill::detail() => Some("Detail"),
        ("application/json", body) if *body == Fill::error_message() => Some("ErrorMessage"),
        ("application/problem+json", Fill::Problem) => Some("Problem"),
        _ => None,
    }
}

fn one_line(members: &[(String, Fill)], name: &str) -> String {
    let member = |(key, member): &(String, Fill)| {
        let mut text = format!("({key:?}, ");
        match member {
            // As wide as it is, so that it is judged by its own line.
            Fill::Object(members) => text.push_str(&one_line(members, name)),
            other => fill(&mut text, other, name, 0),
        }
        text + ")"
    };
    format!("{name}::Object(&[{}])", members.iter().map(member).collect::<Vec<_>>().join(", "))
}

fn fill(out: &mut String, value: &Fill, name: &str, depth: usize) {
    let simple = match value {
        Fill::FastApi => "FastApi",
        Fill::Problem => "Problem",
        Fill::Sentence => "Sentence",
        Fill::Message => "Message",
        Fill::Reason => "Reason",
        Fill::Code => "Code",
        Fill::Status => "Status",
        Fill::StatusText => "StatusText",
        Fill::Path => "Path",
        Fill::Pointer => "Pointer",
        Fill::Part => "Part",
        Fill::Loc => "Loc",
        Fill::Constant(text) => return put!(out, "{name}::Constant({text:?})"),
        Fill::Violations(item) | Fill::Errors(item) => {
            let variant = if matches!(value, Fill::Errors(_)) { "Errors" } else { "Violations" };
            put!(out, "{name}::{variant}(&");
            fill(out, item, name, depth);
            return out.push(')');
        }
        Fill::Object(members) => {
            let column = out.len() - out.rfind('\n').map_or(0, |at| at + 1);
            let line = one_line(members, name);
            // A comma follows, and what closes the lists around.
            if column + line.len() + 4 <= TABLE_WIDTH {
                return out.push_str(&line);
            }
            put!(out, "{name}::Object(&[\n");
            for (key, member) in members {
                put!(out, "{}({key:?}, ", "    ".repeat(depth + 1));
                fill(out, member, name, depth + 1);
                put!(out, "),\n");
            }
            return put!(out, "{}])", "    ".repeat(depth));
        }
    };
    put!(out, "{name}::{simple}");
}
