//! `operations.rs`: what each operation is, what it is asked, and what it answers.

use http::StatusCode;

use crate::emit::content::{contents, part_enums};
use crate::emit::docs::code;
use crate::emit::fold::fold;
use crate::emit::imports::Imports;
use crate::emit::text::{TABLE_WIDTH, literal, literals, put};
use crate::emit::{Cx, request, response, shapes};
use crate::ir::{ErrorShape, Gate, GateScheme, Operation, ResponseBody, SecuritySchemeKind};

/// The file, without its header; nothing where the document has no operations.
pub(super) fn emit(cx: &Cx<'_>) -> Option<String> {
    if cx.ir.operations.is_empty() {
        return None;
    }
    let mut imports = Imports::beside(cx.operation_names());
    let mut items = String::new();
    for operation in &cx.ir.operations {
        constant(cx, &mut items, operation, &mut imports);
        if operation.is_raw {
            raw(&mut items, operation, &mut imports);
            continue;
        }
        request::emit(cx, &mut items, operation, &mut imports);
        if let Some(body) = &operation.body {
            contents(cx, &mut items, &body.content, &format!("What `{}` may be sent.", operation.name), &mut imports);
        }
        response::emit(cx, &mut items, operation, &mut imports);
        for response in &operation.responses {
            if let ResponseBody::Typed(content) = &response.body {
                let what = format!("A body of [`{}::{}`].", operation.response, response.name);
                response::several(cx, &mut items, content, &what, &mut imports);
                part_enums(cx, &mut items, content, &mut imports);
            }
        }
    }
    Some(imports.items() + &items)
}

/// The request and response of an operation that cannot be typed.
fn raw(out: &mut String, operation: &Operation, imports: &mut Imports<'_>) {
    let Operation { name, request, response, .. } = operation;
    let (raw, answer) = (imports.take("stubwright::RawRequest"), imports.take("stubwright::codegen::Response"));
    put!(out, "\n/// What `{name}` is asked: the document does not say it in full.\npub type {request} = {raw};\n");
    put!(out, "\n/// What `{name}` answers: the document does not say it in full.\npub type {response} = {answer};\n");
}

/// The constant that says what an operation is.
pub(super) fn constant(cx: &Cx<'_>, out: &mut String, operation: &Operation, imports: &mut Imports<'_>) {
    let info = imports.take("stubwright::OperationInfo");
    let Operation { constant, id, method, path, query, tags, deprecated, gate, .. } = operation;
    put!(out, "\n/// {}\n", code(&format!("{method} {path}")));
    let head = fold(&format!("pub static {constant}: {info} = {info}::new({id:?}, {method:?}, {path:?})"), 0);
    out.push_str(&head);
    let mut settings = Vec::new();
    if !tags.is_empty() {
        settings.push(format!(".tags({})", literals(tags)));
    }
    if !query.is_empty() {
        let pairs: Vec<(&str, Option<&str>)> =
            query.iter().map(|(name, value)| (name.as_str(), value.as_deref())).collect();
        settings.push(format!(".query(&{pairs:?})"));
    }
    settings.extend(security(cx, gate, imports));
    if !operation.required_permission.is_empty() {
        settings.push(format!(".required_permission({})", literals(&operation.required_permission)));
    }
    if let Some(realm) = cx.ir.realm.as_ref().filter(|_| *gate != Gate::Open) {
        settings.push(format!(".realm({realm:?})"));
    }
    // What the runtime takes without being told.
    if operation.invalid_status != 400 || operation.error_shape != ErrorShape::problem() {
        let status = status(operation.invalid_status, imports);
        settings.push(format!(".invalid({status}, {})", shapes::shape(cx, &operation.error_shape, imports)));
    }
    settings.extend(shapes::single(cx, operation, imports).map(|errors| format!(".errors({errors})")));
    if *deprecated {
        settings.push(".deprecated()".to_owned());
    }
    chain(out, &settings, head.contains('\n'));
    out.push_str(";\n");
}

/// Calls of methods, as many on a line as fit. Behind what takes several lines they begin a line, without indentation.
fn chain(out: &mut String, calls: &[String], is_tall: bool) {
    let indent = if is_tall { 0 } else { 4 };
    let mut column = if is_tall { TABLE_WIDTH } else { out.len() - out.rfind('\n').map_or(0, |at| at + 1) };
    for call in calls {
        let width = call.chars().count();
        // The semicolon follows.
        if column + width + 1 > TABLE_WIDTH {
            put!(out, "\n{:indent$}", "");
            column = indent;
        }
        let call = fold(call, indent);
        out.push_str(&call);
        column = if call.contains('\n') { TABLE_WIDTH } else { column + width };
    }
}

fn security(cx: &Cx<'_>, gate: &Gate, imports: &mut Imports<'_>) -> Option<String> {
    let (alternatives, optional) = match gate {
        Gate::Open => return None,
        Gate::Closed(names) => {
            let name = imports.take("stubwright::SchemeUse");
            let lists: Vec<String> =
                names.iter().map(|key| format!("&[{name}::undefined({})]", literal(key))).collect();
            return Some(format!(".security(&[{}])", lists.join(", ")));
        }
        Gate::Schemes { alternatives, optional } => (alternatives, optional),
    };
    let mut lists = Vec::new();
    for alternative in alternatives {
        let uses: Vec<String> = alternative.iter().map(|scheme| scheme_use(cx, scheme, imports)).collect();
        lists.push(format!("&[{}]", uses.join(", ")));
    }
    if *optional && !alternatives.iter().any(Vec::is_empty) {
        lists.push("&[]".to_owned());
    }
    Some(format!(".security(&[{}])", lists.join(", ")))
}

fn scheme_use(cx: &Cx<'_>, used: &GateScheme, imports: &mut Imports<'_>) -> String {
    let scheme = &cx.ir.schemes[used.scheme];
    let name = imports.take("stubwright::SchemeUse");
    let (key, scopes) = (literal(&scheme.key), literals(&used.scopes));
    match &scheme.kind {
        SecuritySchemeKind::Bearer | SecuritySchemeKind::OAuth2 | SecuritySchemeKind::OpenIdConnect => {
            format!("{name}::bearer({key}, {scopes})")
        }
        SecuritySchemeKind::Basic => format!("{name}::basic({key}, {scopes})"),
        SecuritySchemeKind::Http(scheme) => format!("{name}::http({key}, {}, {scopes})", literal(scheme)),
        SecuritySchemeKind::ApiKey { .. } => format!("{name}::api_key({key}, {scopes})"),
        SecuritySchemeKind::MutualTls => format!("{name}::mutual_tls({key}, {scopes})"),
    }
}

/// A status code as its constant in the crate `http`, or by number where it has none.
pub(super) fn status(code: u16, imports: &mut Imports<'_>) -> String {
    let reason = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
    if let Some(reason) = reason {
        let name = reason.replace('\'', "").replace([' ', '-'], "_").to_ascii_uppercase();
        format!("{}::{name}", imports.take("stubwright::codegen::StatusCode"))
    } else {
        format!("{}({code})", imports.take("stubwright::codegen::status"))
    }
}
