//! The response enums of `operations.rs`, their header fields, and how they become answers.

use crate::emit::Cx;
use crate::emit::content::{content_type, derives, framing, is_stream};
use crate::emit::docs::{code, doc, doc_behind};
use crate::emit::imports::Imports;
use crate::emit::rust_type::{Home, field_type};
use crate::emit::text::{list, literal, put};
use crate::ir::{
    Content, ContentForm, Contents, Framing, Header, Headers, Operation, ParameterForm, Presence, Response,
    ResponseBody, Status,
};

/// The enum, its conversion, and the structs of its header fields.
pub(super) fn emit(cx: &Cx<'_>, out: &mut String, operation: &Operation, imports: &mut Imports<'_>) {
    let Operation { name, response, responses, .. } = operation;
    let has_stream = responses.iter().any(|response| match &response.body {
        ResponseBody::None | ResponseBody::Untyped => false,
        ResponseBody::Typed(contents) => is_stream(contents),
    });
    let derives = derives(has_stream);
    put!(out, "\n/// What `{name}` answers.\n{derives}\npub enum {response} {{");
    if !responses.is_empty() {
        out.push('\n');
    }
    for response in responses {
        variant(cx, out, response, imports);
    }
    put!(out, "}}\n{}! {{ ", imports.take("stubwright::codegen::response"));
    let rows: Vec<String> = responses.iter().map(|response| row(response, imports)).collect();
    list(out, 0, &format!("{response} {{"), &rows, "} }\n");
    for headers in responses.iter().filter_map(|response| response.headers.as_ref()) {
        self::headers(cx, out, headers, imports);
    }
}

fn variant(cx: &Cx<'_>, out: &mut String, response: &Response, imports: &mut Imports<'_>) {
    let name = &response.name;
    let label = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    doc_behind(out, 4, &label, &response.docs);
    let body = body_type(cx, &response.body, imports);
    let free = is_free(response.status);
    if !free && response.headers.is_none() {
        match body {
            Some(body) => put!(out, "    {name}({body}),\n"),
            None => put!(out, "    {name},\n"),
        }
        return;
    }
    put!(out, "    {name} {{\n");
    if free {
        let status = imports.take("stubwright::codegen::StatusCode");
        put!(out, "        /// The status.\n        status: {status},\n");
    }
    if let Some(headers) = &response.headers {
        put!(out, "        /// The header fields.\n        headers: {},\n", headers.name);
    }
    if let Some(body) = body {
        put!(out, "        /// What it holds.\n        body: {body},\n");
    }
    out.push_str("    },\n");
}

pub(super) fn is_free(status: Status) -> bool {
    match status {
        Status::Code(_) => false,
        Status::Range(_) | Status::Default => true,
    }
}

fn body_type(cx: &Cx<'_>, body: &ResponseBody, imports: &mut Imports<'_>) -> Option<String> {
    match body {
        ResponseBody::None => None,
        ResponseBody::Untyped => {
            let option = imports.prelude("std::option::Option");
            Some(format!("{option}<{}>", imports.take("stubwright::UntypedBody")))
        }
        ResponseBody::Typed(Contents::One(content)) if is_handlers_own(content) => {
            Some(imports.take("stubwright::UntypedStream").to_owned())
        }
        ResponseBody::Typed(contents) => Some(content_type(cx, contents, imports)),
    }
}

/// Whether the handler says which media type its body has: the document gives a range of them.
pub(super) fn is_handlers_own(content: &Content) -> bool {
    match &content.form {
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Items { .. }
        | ContentForm::Xml { .. }
        | ContentForm::Parts
        | ContentForm::Text => false,
        ContentForm::Bytes => sent(content).contains('*'),
    }
}

/// The media type that is sent.
fn sent(content: &Content) -> &str {
    let declared = content.media_types.first().map_or("", String::as_str);
    match &content.form {
        ContentForm::Parts if declared.contains('*') => "multipart/mixed",
        ContentForm::Json { .. } if declared.contains('*') => "application/json",
        ContentForm::Form { .. } if declared.contains('*') => "application/x-www-form-urlencoded",
        ContentForm::Xml { .. } if declared.contains('*') => "application/xml",
        ContentForm::Text if declared.contains('*') => "text/plain; charset=utf-8",
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Xml { .. }
        | ContentForm::Text
        | ContentForm::Items { .. }
        | ContentForm::Parts
        | ContentForm::Bytes => declared,
    }
}

/// The row that makes an answer of a variant: its pattern, and a function of the runtime with the status first.
fn row(response: &Response, imports: &mut Imports<'_>) -> String {
    let Response { name, status, docs: _, headers, body } = response;
    let has_body = !matches!(body, ResponseBody::None);
    let is_free = is_free(*status);
    let pattern = if is_free || headers.is_some() {
        let fields = [(is_free, "status"), (headers.is_some(), "headers"), (has_body, "body")];
        let fields: Vec<&str> = fields.iter().filter(|(has, _)| *has).map(|(_, name)| *name).collect();
        format!(" {{ {} }}", fields.join(", "))
    } else if has_body {
        "(body)".to_owned()
    } else {
        String::new()
    };
    let status = match status {
        Status::Code(code) => code.to_string(),
        Status::Range(_) | Status::Default => "status".to_owned(),
    };
    let headers = if headers.is_some() { " with headers" } else { "" };
    format!("{name}{pattern} = {}{headers}", answer(&status, body, imports))
}

/// The call of a function of the runtime's module `answer`.
fn answer(status: &str, body: &ResponseBody, imports: &mut Imports<'_>) -> String {
    let content = match body {
        ResponseBody::None => return format!("empty({status})"),
        ResponseBody::Untyped => return format!("untyped({status}, body)"),
        ResponseBody::Typed(Contents::Several { .. }) => return format!("several({status}, body)"),
        ResponseBody::Typed(Contents::One(content)) => content,
    };
    if is_handlers_own(content) {
        return format!("untyped_stream({status}, body)");
    }
    let media_type = literal(sent(content));
    match &content.form {
        ContentForm::Json { .. } => format!("json({status}, {media_type}, &body)"),
        ContentForm::Form { .. } => format!("form({status}, {media_type}, &body)"),
        ContentForm::Xml { root, .. } => {
            let table = imports.take("super::texts::XML");
            format!("xml({status}, {media_type}, &{table}, {}, &body)", root.0)
        }
        ContentForm::Text => format!("text({status}, {media_type}, body)"),
        ContentForm::Bytes => format!("bytes({status}, {media_type}, body)"),
        ContentForm::Items { framing: Framing::TypedEvents, .. } => {
            format!("typed_events({status}, {media_type}, body)")
        }
        ContentForm::Items { framing: kind @ (Framing::Lines | Framing::Sequence), .. } => {
            format!("items({status}, {media_type}, {}, body)", framing(*kind, imports))
        }
        ContentForm::Items { framing: kind @ (Framing::EventsOfJson | Framing::EventsOfText), .. } => {
            format!("events({status}, {media_type}, {}, body)", framing(*kind, imports))
        }
        ContentForm::Parts | ContentForm::Multipart { parts: Some(_), .. } => {
            format!("parts({status}, {media_type}, body)")
        }
        // The body makes a boundary.
        ContentForm::Multipart { .. } => format!("multipart({status}, &body)"),
    }
}

/// The struct of the header fields of a response, and the table behind it.
fn headers(cx: &Cx<'_>, out: &mut String, headers: &Headers, imports: &mut Imports<'_>) {
    let Headers { name, fields } = headers;
    put!(out, "\n/// The header fields of a response.\n#[derive(Clone, Debug)]\npub struct {name} {{\n");
    for Header { name, key, docs, ty, required, form: _ } in fields {
        let presence = if *required { Presence::Required } else { Presence::Optional };
        doc(out, 4, docs, &format!("The header field {}.", code(key)));
        put!(out, "    pub {name}: {},\n", field_type(cx, ty, &presence, Home::Operations, imports));
    }
    let rows: Vec<String> = fields.iter().map(header).collect();
    put!(out, "}}\n{}! {{ ", imports.take("stubwright::codegen::headers"));
    list(out, 0, &format!("{name} {{"), &rows, "} }\n");
}

fn header(header: &Header) -> String {
    let Header { name, key, required, form, .. } = header;
    let mode = if *required { "required" } else { "optional" };
    let form = match form {
        ParameterForm::Scalar { .. } | ParameterForm::Form | ParameterForm::Styled { explode: false, .. } => "",
        ParameterForm::Styled { explode: true, .. } => " exploded",
        ParameterForm::Json => " json",
    };
    format!("{name}: {mode} {}{form}", literal(key))
}
