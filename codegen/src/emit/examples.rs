//! `examples.rs`: an implementation of every trait that answers with examples.

use std::collections::HashSet;

use crate::emit::imports::Imports;
use crate::emit::response::{is_free, is_handlers_own};
use crate::emit::rust_type::{Home, rust_type};
use crate::emit::text::{list, literal, literals, put};
use crate::emit::{Cx, ExampleServer};
use crate::ir::{
    Answer, Content, ContentForm, ContentVariant, Contents, ErrorMethod, ErrorTrait, Framing, Gate, Group, Header,
    Headers, Ident, Operation, Response, ResponseBody, Samples, Scheme, SecuritySchemeKind,
};

/// The file, without its header; nothing where it is not asked for, or nothing is to be implemented.
pub(super) fn emit(cx: &Cx<'_>) -> Option<String> {
    let samples = cx.ir.samples.as_ref()?;
    let mut imports = Imports::beside(HashSet::from(["Examples"]));
    let mut items = String::from(
        "\n/// Answers each operation with an example of the document, or with a value that its schema allows.\n",
    );
    match cx.example_server() {
        ExampleServer::Nothing => return None,
        ExampleServer::Open => items.push_str("#[derive(Clone, Copy, Debug, Default)]\npub struct Examples;\n"),
        ExampleServer::Guarded => put!(
            &mut items,
            "///\n/// Any credential of the right scheme will do, for every operation, unless one is `known`.\n\
             #[derive(Clone, Debug, Default)]\npub struct Examples {{\n    \
             /// The token, key or password that every caller needs.\n    pub known: {},\n}}\n",
            imports.take("stubwright::KnownCredential")
        ),
    }
    if cx.secured {
        security(cx, &mut items, &mut imports);
    }
    if let Some(errors) = &cx.ir.errors {
        self::errors(cx, &mut items, errors, samples, &mut imports);
    }
    for group in &cx.ir.groups {
        self::group(cx, &mut items, group, samples, &mut imports);
    }
    Some(imports.items() + &items)
}

fn security(cx: &Cx<'_>, out: &mut String, imports: &mut Imports<'_>) {
    let (traits, denied) = (imports.take("super::traits"), imports.take("stubwright::Denied"));
    let (info, scheme_use) = (imports.take("stubwright::OperationInfo"), imports.take("stubwright::SchemeUse"));
    put!(out, "\nimpl {traits}::Security for Examples {{\n    type Principal = ();\n");
    for scheme in &cx.ir.schemes {
        let credential = credential(scheme, imports);
        let head = imports.take("stubwright::RequestHead");
        let (named, body) = match scheme.kind {
            SecuritySchemeKind::MutualTls => ("_", "Ok(())"),
            SecuritySchemeKind::Bearer
            | SecuritySchemeKind::OAuth2
            | SecuritySchemeKind::OpenIdConnect
            | SecuritySchemeKind::Basic
            | SecuritySchemeKind::Http(_)
            | SecuritySchemeKind::ApiKey { .. } => ("credential", "self.known.check(credential.expose())"),
        };
        let arguments = [format!("&self, {named}: {credential}, _: &{head}, _: &'static {info}")];
        method(out, scheme.method.as_str(), &arguments, &format!("Result<(), {denied}>"), body);
    }
    if cx.combines() {
        let arguments = [format!("&self, _: Vec<()>, _: &'static [{scheme_use}], _: &'static {info}")];
        method(out, "combine", &arguments, &format!("Result<(), {denied}>"), "Ok(())");
    }
    let arguments = [format!("&self, (): &(), _: &'static [{scheme_use}], _: &'static {info}")];
    method(out, "authorize", &arguments, &format!("Result<(), {denied}>"), "Ok(())");
    out.push_str("}\n");
}

/// A body without an example panics, and the router answers 500.
fn errors(cx: &Cx<'_>, out: &mut String, errors: &ErrorTrait, samples: &Samples, imports: &mut Imports<'_>) {
    put!(out, "\nimpl {}::{} for Examples {{\n", imports.take("super::traits"), errors.name);
    for (index, ErrorMethod { name, ty, .. }) in errors.methods.iter().enumerate() {
        let body = match samples.errors.get(index).and_then(Option::as_ref) {
            Some(json) => decoded(json, imports),
            None => "panic!(\"there is no example of this body\")".to_owned(),
        };
        let (error, ty) = (imports.take("stubwright::EdgeError"), rust_type(cx, ty, Home::Operations, imports));
        out.push_str(if index == 0 { "" } else { "\n" });
        put!(out, "    fn {name}(&self, _: &{error}<'_>) -> {ty} {{\n        {body}\n    }}\n");
    }
    out.push_str("}\n");
}

/// The type of a credential.
fn credential(scheme: &Scheme, imports: &mut Imports<'_>) -> String {
    let (path, form) = super::traits::credential(&scheme.kind);
    form.replace("{}", imports.take(path))
}

fn group(cx: &Cx<'_>, out: &mut String, group: &Group, samples: &Samples, imports: &mut Imports<'_>) {
    let parameter = if cx.secured { "<()>" } else { "" };
    put!(out, "\nimpl {}::{}{parameter} for Examples {{", imports.take("super::traits"), group.name);
    out.push('\n');
    for &index in &group.operations {
        let operation = &cx.ir.operations[index];
        let (context, error) = (imports.take("stubwright::Context"), imports.take("stubwright::Error"));
        let operations = imports.take("super::operations");
        let principal = match operation.gate {
            Gate::Schemes { optional: true, .. } => "Option<()>",
            Gate::Open | Gate::Closed(_) | Gate::Schemes { optional: false, .. } => "()",
        };
        let (request, reading) = reading(operation, imports);
        let answer = samples.answers.get(index).and_then(Option::as_ref).filter(|_| !operation.is_raw);
        let body = match answer {
            Some(answer) => format!("Ok({})", self::answer(operation, answer, imports)),
            None => {
                let status = imports.take("stubwright::codegen::StatusCode");
                format!("Err({error}::new({status}::NOT_IMPLEMENTED, \"There is no example of an answer\"))")
            }
        };
        let named = if answer.is_some_and(|answer| is_choice(operation, answer)) { "context" } else { "_" };
        let arguments =
            [format!("&self, {named}: {context}<{principal}>, {request}: {operations}::{}", operation.request)];
        let result = format!("Result<{operations}::{}, {error}>", operation.response);
        method(out, operation.name.as_str(), &arguments, &result, &format!("{reading}{body}"));
    }
    out.push_str("}\n");
}

/// What the parts and items of a body are is checked as they are read, so all are read: the request's pattern, and how.
fn reading(operation: &Operation, imports: &mut Imports<'_>) -> (&'static str, String) {
    let Some(body) = &operation.body else { return ("_", String::new()) };
    let pattern = |name: &str| if body.required { name.to_owned() } else { format!("Some({name})") };
    let field = &body.name;
    let streams = match &body.content {
        Contents::One(content) if is_stream(content) && body.required => {
            let reading = format!("while request.{field}.next().await?.is_some() {{}}\n        ");
            return ("mut request", reading);
        }
        Contents::One(content) => is_stream(content).then(|| pattern("mut stream")).into_iter().collect(),
        Contents::Several { name, variants } => {
            let name = format!("{}::{name}", imports.take("super::operations"));
            let streams = variants.iter().filter(|variant| is_stream(&variant.content));
            streams.map(|variant| pattern(&format!("{name}::{}(mut stream)", variant.name))).collect::<Vec<_>>()
        }
    };
    let read = |pattern: &String| {
        format!(
            "if let {pattern} = request.{field} {{\n            while stream.next().await?.is_some() {{}}\n        }}"
        )
    };
    match streams.as_slice() {
        [] => ("_", String::new()),
        all => ("request", all.iter().map(read).collect::<Vec<_>>().join(" else ") + "\n        "),
    }
}

/// Whether a body of a request is read piece by piece, and each is checked.
fn is_stream(content: &Content) -> bool {
    match &content.form {
        ContentForm::Multipart { parts, .. } => parts.is_some(),
        ContentForm::Items { .. } => true,
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Parts
        | ContentForm::Xml { .. }
        | ContentForm::Text { .. }
        | ContentForm::Bytes => false,
    }
}

fn method(out: &mut String, name: &str, arguments: &[String], result: &str, body: &str) {
    out.push_str(if out.ends_with("{\n") { "    " } else { "\n    " });
    list(out, 4, &format!("async fn {name}("), arguments, &format!(") -> {result} {{"));
    put!(out, "\n        {body}\n    }}\n");
}

/// The variant that an answer is.
fn answer(operation: &Operation, answer: &Answer, imports: &mut Imports<'_>) -> String {
    let response = &operation.responses[answer.response];
    let name = format!("{}::{}::{}", imports.take("super::operations"), operation.response, response.name);
    let body = body(response, answer, imports);
    if !is_free(response.status) && response.headers.is_none() {
        return body.map_or_else(|| name.clone(), |body| format!("{name}({body})"));
    }
    let mut fields = Vec::new();
    if is_free(response.status) {
        fields.push(format!("status: {}({})", imports.take("stubwright::codegen::status"), answer.status));
    }
    fields.extend(response.headers.as_ref().map(|headers| self::headers(headers, answer, imports)));
    fields.extend(body.map(|body| format!("body: {body}")));
    format!("{name} {{ {} }}", fields.join(", "))
}

fn headers(headers: &Headers, answer: &Answer, imports: &mut Imports<'_>) -> String {
    let fields = headers.fields.iter().map(|Header { name, key, required, .. }| {
        let value = answer.headers.iter().find(|(known, _)| *required && known == key);
        match value {
            Some((_, json)) => format!("{name}: {}", decoded(json, imports)),
            None => format!("{name}: None"),
        }
    });
    let fields: Vec<String> = fields.collect();
    format!("headers: {}::{} {{ {} }}", imports.take("super::operations"), headers.name, fields.join(", "))
}

fn body(response: &Response, answer: &Answer, imports: &mut Imports<'_>) -> Option<String> {
    let contents = match &response.body {
        ResponseBody::None => return None,
        ResponseBody::Untyped => return Some("None".to_owned()),
        ResponseBody::Typed(contents) => contents,
    };
    match contents {
        Contents::One(content) => answer.bodies.first().map(|(_, json)| content_value(content, json, imports)),
        Contents::Several { name, variants } => several(name, variants, answer, imports),
    }
}

/// The variant that the client's `Accept` chooses among those that there are values for.
fn several(name: &Ident, variants: &[ContentVariant], answer: &Answer, imports: &mut Imports<'_>) -> Option<String> {
    let name = format!("{}::{name}", imports.take("super::operations"));
    let valued = valued(variants, answer);
    let mut arms = valued.iter().map(|(variant, json)| {
        let media_types: Vec<String> = variant.content.media_types.iter().map(|name| literal(name)).collect();
        let value = content_value(&variant.content, json, imports);
        (media_types.join(" | "), format!("{name}::{}({value})", variant.name))
    });
    let (_, first) = arms.next()?;
    let others: Vec<(String, String)> = arms.collect();
    if others.is_empty() {
        return Some(first);
    }
    let choices = if valued.len() == variants.len() {
        format!("{name}::MEDIA_TYPES")
    } else {
        let media_types = valued.iter().flat_map(|(variant, _)| &variant.content.media_types);
        literals(&media_types.collect::<Vec<_>>())
    };
    let mut out = format!("match context.accept.choose({choices}) {{\n");
    for (media_types, value) in others {
        put!(&mut out, "            Some({media_types}) => {value},\n");
    }
    put!(&mut out, "            Some(_) | None => {first},\n        }}");
    Some(out)
}

/// The variants that there are values for, with those.
fn valued<'a>(variants: &'a [ContentVariant], answer: &'a Answer) -> Vec<(&'a ContentVariant, &'a str)> {
    let valued = variants.iter().filter_map(|variant| {
        let mut bodies = answer.bodies.iter();
        let body = bodies.find(|(media_type, _)| variant.content.media_types.contains(media_type));
        body.map(|(_, json)| (variant, json.as_str()))
    });
    valued.collect()
}

/// Whether it depends on the request which variant is answered.
fn is_choice(operation: &Operation, answer: &Answer) -> bool {
    match &operation.responses[answer.response].body {
        ResponseBody::Typed(Contents::Several { variants, .. }) => valued(variants, answer).len() > 1,
        ResponseBody::Typed(Contents::One(_)) | ResponseBody::None | ResponseBody::Untyped => false,
    }
}

fn content_value(content: &Content, json: &str, imports: &mut Imports<'_>) -> String {
    if is_handlers_own(content) {
        let range = content.media_types.first().map_or("", String::as_str);
        let (stream, media_type) =
            (imports.take("stubwright::UntypedStream").to_owned(), imports.take("stubwright::codegen::media_type"));
        return format!("{stream}::new({media_type}({}), {})", literal(one_of(range)), raw(&as_text(json)));
    }
    match &content.form {
        ContentForm::Multipart { parts: Some(_), .. } => {
            format!("{}::from_form(&{})", imports.take("stubwright::Parts"), decoded(json, imports))
        }
        ContentForm::Parts => {
            let part = format!("{}::new({})", imports.take("stubwright::FilePart"), raw(&as_text(json)));
            format!("{}::from_iter([{part}])", imports.take("stubwright::Parts"))
        }
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Xml { .. } => decoded(json, imports),
        ContentForm::Text { .. } => format!("{}.to_owned()", raw(&as_text(json))),
        ContentForm::Bytes => format!("{}::from({})", imports.take("stubwright::ByteStream"), raw(&as_text(json))),
        ContentForm::Items { framing, .. } => {
            let item = decoded(json, imports);
            match framing {
                Framing::Lines | Framing::Sequence | Framing::TypedEvents => {
                    format!("{}::from_iter([{item}])", imports.take("stubwright::Items"))
                }
                Framing::EventsOfJson | Framing::EventsOfText => {
                    let (events, event) =
                        (imports.take("stubwright::sse::Events"), imports.take("stubwright::sse::Event"));
                    format!("{events}::from_iter([{event}::new({item})])")
                }
            }
        }
    }
}

/// A media type of a range.
fn one_of(range: &str) -> &'static str {
    match range.split('/').next().unwrap_or_default().trim() {
        "image" => "image/png",
        "audio" => "audio/mpeg",
        "video" => "video/mp4",
        "font" => "font/woff2",
        "model" => "model/obj",
        "multipart" => "multipart/mixed",
        "message" => "message/rfc822",
        "application" => "application/octet-stream",
        _ => "text/plain; charset=utf-8",
    }
}

fn decoded(json: &str, imports: &mut Imports<'_>) -> String {
    format!("{}({})", imports.take("stubwright::codegen::decoded"), raw(json))
}

/// What a JSON text says as a text of its own: strings without their quotes.
fn as_text(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned())
}

/// A text as a literal, as it stands where that can be.
fn raw(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if !is_plain || !text.contains(['"', '\\']) {
        return literal(text);
    }
    let hashes = (0..=text.len()).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}")));
    let hashes = hashes.unwrap_or_default();
    format!("r{hashes}\"{text}\"{hashes}")
}

/// The program that serves the examples of a module.
pub(super) fn main(library: &str, module: &str, server: ExampleServer) -> String {
    let (import, what, known, implementation) = match server {
        ExampleServer::Nothing => ("", "", "", ""),
        ExampleServer::Open => ("examples::Examples, ", "", "", "Examples"),
        ExampleServer::Guarded => (
            "examples::Examples, ",
            "\n///\n/// With the variable `EXAMPLES_TOKEN`, every caller needs that as token, key or password.",
            "    let known = std::env::var_os(\"EXAMPLES_TOKEN\").unwrap_or_default();\n    \
             let known = KnownCredential::new(known.to_string_lossy());\n",
            "Examples { known }",
        ),
    };
    let credential = if known.is_empty() { "" } else { "KnownCredential, " };
    format!(
        r#"use {library}::{module}::{{{import}router, texts}};
use stubwright::{{{credential}ServeOptions, document}};
use tokio::net::TcpListener;

/// Serves at the address or port that the first argument gives: port 8080 of this machine without one.{what}
#[tokio::main]
async fn main() -> std::io::Result<()> {{
    let argument = std::env::args().nth(1).unwrap_or_else(|| "8080".to_owned());
    let address = if argument.contains(':') {{ argument }} else {{ format!("127.0.0.1:{{argument}}") }};
    let listener = TcpListener::bind(address).await?;
    let url = format!("http://{{}}", listener.local_addr()?);
    println!("Listening on {{url}}");
    println!("The document: {{url}}/openapi.json, {{url}}/openapi.yaml");
{known}    let app = router::new({implementation})
        .merge(document::routes("", &texts::DOCUMENT, &url))
        .fallback_service(document::not_found(&texts::DOCUMENT));
    stubwright::serve(listener, app, ServeOptions::default(), std::future::pending::<()>()).await;
    Ok(())
}}
"#
    )
}
