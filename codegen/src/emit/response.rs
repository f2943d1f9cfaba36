//! The response enums of `operations.rs`, their header fields, and how they become answers.

use crate::emit::Cx;
use crate::emit::content::{content_type, derives, form_type, framing, is_stream, value_reader};
use crate::emit::docs::{code, doc, doc_behind};
use crate::emit::imports::Imports;
use crate::emit::rust_type::{Home, field_type};
use crate::emit::text::{list, literal, literals, put};
use crate::ir::{
    Content, ContentForm, ContentVariant, Contents, Framing, Header, Headers, Operation, ParameterForm, Presence,
    Response, ResponseBody, Status,
};

/// The enum, its conversion, and the structs of its header fields.
pub(super) fn emit(cx: &Cx<'_>, out: &mut String, operation: &Operation, imports: &mut Imports<'_>) {
    let Operation { name, response, responses, .. } = operation;
    let has_stream = responses.iter().any(|response| match &response.body {
        ResponseBody::None | ResponseBody::Untyped => false,
        ResponseBody::Typed(contents) => is_sent_as_stream(contents),
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
    let rows: Vec<String> = responses.iter().map(|response| row(cx, response, imports)).collect();
    list(out, 0, &format!("{response} {{"), &rows, "} }\n");
    for headers in responses.iter().filter_map(|response| response.headers.as_ref()) {
        self::headers(cx, out, headers, imports);
    }
}

fn variant(cx: &Cx<'_>, out: &mut String, response: &Response, imports: &mut Imports<'_>) {
    let name = &response.name;
    let label = match response.status {
        Status::Code(_) | Status::Range(_) => written(response.status),
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

/// A status as documents write it.
fn written(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
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
        ResponseBody::Typed(Contents::One(content)) => Some(sent_type(cx, content, imports)),
        ResponseBody::Typed(contents @ Contents::Several { .. }) => Some(content_type(cx, contents, imports)),
    }
}

/// The enum of the bodies of a response, if there are several, and the table behind it.
pub(super) fn several(cx: &Cx<'_>, out: &mut String, contents: &Contents, what: &str, imports: &mut Imports<'_>) {
    let Contents::Several { name, variants } = contents else { return };
    put!(out, "\n/// {what}\n{}\npub enum {name} {{\n", derives(is_sent_as_stream(contents)));
    for ContentVariant { name, content } in variants {
        let media_types: Vec<String> = content.media_types.iter().map(|media_type| code(media_type)).collect();
        put!(out, "    /// {}\n    {name}({}),\n", media_types.join(", "), sent_type(cx, content, imports));
    }
    put!(out, "}}\n{}! {{ ", imports.take("stubwright::codegen::contents"));
    let row = |ContentVariant { name, content }: &ContentVariant| {
        let (function, arguments) = answer(cx, content, imports);
        format!("{name} = {function}({})", arguments.join(", "))
    };
    let rows: Vec<String> = variants.iter().map(row).collect();
    list(out, 0, &format!("{name} {{"), &rows, "} }\n");
}

/// Whether a body, or one of its variants, is a stream.
fn is_sent_as_stream(contents: &Contents) -> bool {
    is_stream(contents)
        || match contents {
            Contents::One(content) => is_handlers_own(content),
            Contents::Several { variants, .. } => variants.iter().any(|variant| is_handlers_own(&variant.content)),
        }
}

/// The type of a body that is sent.
fn sent_type(cx: &Cx<'_>, content: &Content, imports: &mut Imports<'_>) -> String {
    if is_handlers_own(content) {
        return imports.take("stubwright::UntypedStream").to_owned();
    }
    form_type(cx, &content.form, imports)
}

/// Whether the handler says which media type its body has: the document gives a range of them.
pub(super) fn is_handlers_own(content: &Content) -> bool {
    match &content.form {
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Items { .. }
        | ContentForm::Parts
        | ContentForm::Xml { .. } => false,
        ContentForm::Text { .. } | ContentForm::Bytes => {
            content.media_types.iter().any(|media_type| media_type.contains('*'))
        }
    }
}

/// The media types that are sent: a range is none.
fn sent(content: &Content) -> Vec<&str> {
    let otherwise = match &content.form {
        ContentForm::Json { .. } => "application/json",
        ContentForm::Form { .. } => "application/x-www-form-urlencoded",
        ContentForm::Multipart { .. } => "multipart/form-data",
        ContentForm::Xml { .. } => "application/xml",
        ContentForm::Parts => "multipart/mixed",
        // The handler names one, or there is no range.
        ContentForm::Text { .. } | ContentForm::Bytes | ContentForm::Items { .. } => "",
    };
    let mut sent = Vec::new();
    for declared in &content.media_types {
        let media_type = if declared.contains('*') && !otherwise.is_empty() { otherwise } else { declared };
        if !sent.contains(&media_type) {
            sent.push(media_type);
        }
    }
    sent
}

/// The row that makes an answer of a variant: its pattern, and a function of the runtime with the status first.
fn row(cx: &Cx<'_>, response: &Response, imports: &mut Imports<'_>) -> String {
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
    let (function, arguments) = match body {
        ResponseBody::None => ("empty", Vec::new()),
        ResponseBody::Untyped => ("untyped", Vec::new()),
        ResponseBody::Typed(Contents::Several { name, .. }) => ("several", vec![format!("{name}::MEDIA_TYPES")]),
        ResponseBody::Typed(Contents::One(content)) => answer(cx, content, imports),
    };
    let arguments = [vec![format!("{:?}", written(*status))], arguments].concat();
    format!("{name}{pattern} = {function}({})", arguments.join(", "))
}

/// A function of the runtime's module `answer`, and what it is told besides status and body.
fn answer(cx: &Cx<'_>, content: &Content, imports: &mut Imports<'_>) -> (&'static str, Vec<String>) {
    if content.others.is_empty() && is_encoded(&content.form) {
        return ("encoded", vec![literals(&sent(content)), value_reader(cx, content, imports)]);
    }
    let root = |form: &ContentForm| if let ContentForm::Xml { root, .. } = form { Some(root.0) } else { None };
    let root = root(&content.form).or_else(|| content.others.iter().find_map(root));
    let is_mixed = !content.others.is_empty();
    let (function, schema) = match &content.form {
        ContentForm::Text { .. } | ContentForm::Bytes if is_handlers_own(content) => ("of_range", None),
        ContentForm::Text { check: None } => ("text", None),
        ContentForm::Text { check: Some(schema) } => ("checked_text", Some(schema)),
        ContentForm::Parts | ContentForm::Multipart { parts: Some(_), .. } => ("parts", None),
        ContentForm::Bytes => ("bytes", None),
        ContentForm::Items { framing: Framing::TypedEvents, schema, .. } => ("typed_events", Some(schema)),
        ContentForm::Items { framing: Framing::Lines | Framing::Sequence, schema, .. } => ("items", Some(schema)),
        ContentForm::Items { framing: Framing::EventsOfJson | Framing::EventsOfText, schema, .. } => {
            ("events", Some(schema))
        }
        ContentForm::Json { schema, .. }
        | ContentForm::Form { schema, .. }
        | ContentForm::Multipart { schema, .. }
        | ContentForm::Xml { schema, .. }
            if is_mixed =>
        {
            (if root.is_some() { "typed_or_xml" } else { "typed" }, Some(schema))
        }
        ContentForm::Json { schema, .. } => ("json", Some(schema)),
        ContentForm::Form { schema, .. } => ("form", Some(schema)),
        ContentForm::Multipart { schema, .. } => ("multipart", Some(schema)),
        ContentForm::Xml { schema, .. } => ("xml", Some(schema)),
    };
    let mut arguments = vec![literals(&sent(content))];
    arguments.extend(schema.map(|schema| schema.0.to_string()));
    if let ContentForm::Items { framing: kind, .. } = &content.form
        && *kind != Framing::TypedEvents
    {
        arguments.push(framing(*kind, imports));
    }
    if let Some(root) = root {
        arguments.extend([format!("&{}", imports.take("super::texts::XML")), root.to_string()]);
    }
    (function, arguments)
}

/// Whether a form has properties that are not written by their types alone.
fn is_encoded(form: &ContentForm) -> bool {
    match form {
        ContentForm::Form { encoding, .. } => !encoding.is_empty(),
        ContentForm::Multipart { encoding, terms, parts: None, .. } => !encoding.is_empty() || !terms.is_empty(),
        ContentForm::Json { .. }
        | ContentForm::Multipart { parts: Some(_), .. }
        | ContentForm::Parts
        | ContentForm::Xml { .. }
        | ContentForm::Text { .. }
        | ContentForm::Bytes
        | ContentForm::Items { .. } => false,
    }
}

/// The struct of the header fields of a response, and the table behind it.
fn headers(cx: &Cx<'_>, out: &mut String, headers: &Headers, imports: &mut Imports<'_>) {
    let Headers { name, fields } = headers;
    put!(out, "\n/// The header fields of a response.\n#[derive(Clone, Debug)]\npub struct {name} {{\n");
    for Header { name, key, docs, ty, required, .. } in fields {
        let presence = if *required { Presence::Required } else { Presence::Optional };
        doc(out, 4, docs, &format!("The header field {}.", code(key)));
        put!(out, "    pub {name}: {},\n", field_type(cx, ty, &presence, Home::Operations, imports));
    }
    let rows: Vec<String> = fields.iter().map(header).collect();
    put!(out, "}}\n{}! {{ ", imports.take("stubwright::codegen::headers"));
    list(out, 0, &format!("{name} {{"), &rows, "} }\n");
}

fn header(header: &Header) -> String {
    let Header { name, key, required, form, check, .. } = header;
    let mode = if *required { "required" } else { "optional" };
    let form = match form {
        ParameterForm::Scalar { .. } | ParameterForm::Form | ParameterForm::Styled { explode: false, .. } => "",
        ParameterForm::Styled { explode: true, .. } => " exploded",
        ParameterForm::Json => " json",
    };
    let check = check.map_or_else(String::new, |check| format!(" {}", check.0));
    format!("{name}: {mode} {}{check}{form}", literal(key))
}
