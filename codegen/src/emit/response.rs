//! The response enums of `operations.rs`, their header fields, and how they become answers.

use crate::emit::Cx;
use crate::emit::content::{content_type, reader};
use crate::emit::docs::{code, doc, doc_behind};
use crate::emit::imports::Imports;
use crate::emit::operations::status;
use crate::emit::rust_type::{Home, field_type};
use crate::emit::text::{list, literal, put};
use crate::ir::{
    Content, ContentForm, Contents, Header, Headers, Operation, ParameterForm, Presence, Response, ResponseBody, Status,
};

/// The enum, its conversion, and the structs of its header fields.
pub(super) fn emit(cx: &Cx<'_>, out: &mut String, operation: &Operation, imports: &mut Imports<'_>) {
    let Operation { name, response, responses, .. } = operation;
    put!(out, "\n/// What `{name}` answers.\n#[derive(Clone, Debug)]\npub enum {response} {{");
    if !responses.is_empty() {
        out.push('\n');
    }
    for response in responses {
        variant(cx, out, response, imports);
    }
    let trait_name = imports.take("stubwright::codegen::IntoResponse");
    let answer = imports.take("stubwright::codegen::Response");
    put!(out, "}}\n\nimpl {trait_name} for {response} {{\n    fn into_response(self) -> {answer} {{\n");
    if responses.is_empty() {
        out.push_str("        match self {}\n");
    } else {
        out.push_str("        match self {\n");
        for response in responses {
            arm(cx, out, response, imports);
        }
        out.push_str("        }\n");
    }
    out.push_str("    }\n}\n");
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

fn is_free(status: Status) -> bool {
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
            Some(imports.take("stubwright::UntypedBody").to_owned())
        }
        ResponseBody::Typed(contents) => Some(content_type(cx, contents, imports)),
    }
}

/// Whether the handler says which media type its body has: the document gives a range of them.
fn is_handlers_own(content: &Content) -> bool {
    match &content.form {
        ContentForm::Json { .. } | ContentForm::Form { .. } | ContentForm::Multipart { .. } | ContentForm::Text => {
            false
        }
        ContentForm::Bytes => sent(content).contains('*'),
    }
}

/// The media type that is sent.
fn sent(content: &Content) -> &str {
    let declared = content.media_types.first().map_or("", String::as_str);
    match &content.form {
        ContentForm::Json { .. } if declared.contains('*') => "application/json",
        ContentForm::Form { .. } if declared.contains('*') => "application/x-www-form-urlencoded",
        ContentForm::Text if declared.contains('*') => "text/plain; charset=utf-8",
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Text
        | ContentForm::Bytes => declared,
    }
}

/// The arm of the `match` that makes an answer of a variant.
fn arm(cx: &Cx<'_>, out: &mut String, response: &Response, imports: &mut Imports<'_>) {
    let name = &response.name;
    let free = is_free(response.status);
    let status = match response.status {
        Status::Code(code) => status(code, imports),
        Status::Range(_) | Status::Default => "status".to_owned(),
    };
    let has_body = !matches!(response.body, ResponseBody::None);
    let mut fields = Vec::new();
    if free {
        fields.push("status");
    }
    if response.headers.is_some() {
        fields.push("headers");
    }
    if has_body {
        fields.push("body");
    }
    let pattern = match (free || response.headers.is_some(), has_body) {
        (true, _) => format!(" {{ {} }}", fields.join(", ")),
        (false, true) => "(body)".to_owned(),
        (false, false) => String::new(),
    };
    let mut answer = answer(cx, &status, &response.body, imports);
    if response.headers.is_some() {
        answer = format!("headers.apply({answer})");
    }
    let line = format!("            Self::{name}{pattern} => {answer},\n");
    if line.len() <= 101 {
        out.push_str(&line);
    } else {
        put!(out, "            Self::{name}{pattern} => {{\n                {answer}\n            }}\n");
    }
}

fn answer(cx: &Cx<'_>, status: &str, body: &ResponseBody, imports: &mut Imports<'_>) -> String {
    let content = match body {
        ResponseBody::None => return format!("{status}.into_response()"),
        ResponseBody::Untyped => return format!("{}({status}, body)", imports.take("stubwright::codegen::untyped")),
        ResponseBody::Typed(Contents::Several { .. }) => return format!("body.answer({status})"),
        ResponseBody::Typed(Contents::One(content)) => content,
    };
    if is_handlers_own(content) {
        return format!("{}({status}, Some(body))", imports.take("stubwright::codegen::untyped"));
    }
    let (function, reference) = match &content.form {
        ContentForm::Json { .. } => ("json", "&"),
        ContentForm::Form { .. } => ("form", "&"),
        ContentForm::Text => ("text", ""),
        ContentForm::Bytes => ("bytes", ""),
        // The body makes a boundary.
        ContentForm::Multipart { .. } => return format!("{}.answer({status}, &body)", reader(cx, content, imports)),
    };
    let (answer, media_type) = (imports.take("stubwright::codegen::answer"), literal(sent(content)));
    format!("{answer}::{function}({status}, {media_type}, {reference}body)")
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
    let rows: Vec<String> = fields.iter().map(row).collect();
    put!(out, "}}\n\n{}! {{ ", imports.take("stubwright::codegen::headers"));
    list(out, 0, &format!("{name} {{"), &rows, "} }\n");
}

fn row(header: &Header) -> String {
    let Header { name, key, required, form, .. } = header;
    let mode = if *required { "required" } else { "optional" };
    let form = match form {
        ParameterForm::Scalar { .. } | ParameterForm::Form | ParameterForm::Styled { explode: false, .. } => "",
        ParameterForm::Styled { explode: true, .. } => " exploded",
        ParameterForm::Json => " json",
    };
    format!("{name}: {mode} {}{form}", literal(key))
}
