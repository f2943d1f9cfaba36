//! Operations among each other and against the components.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Operation};
use crate::source::Span;

/// Checks ids and security of every operation.
pub(super) fn check(model: &Model, sink: &mut Sink) {
    let mut ids: HashMap<&str, Span> = HashMap::new();
    let schemes = model.security_schemes.iter().map(|scheme| scheme.key.value.as_str()).collect();
    for operation in &model.operations {
        if let Some(id) = &operation.id {
            match ids.get(id.value.as_str()) {
                None => {
                    ids.insert(&id.value, id.span);
                }
                Some(&first) => sink.report(
                    Diagnostic::new(
                        Code::DuplicateOperationId,
                        id.span,
                        format!("the operationId `{}` is given twice", id.value),
                    )
                    .label("this operation gets another name")
                    .other(first, "first given here")
                    .help("choose another operationId"),
                ),
            }
        }
        security(&schemes, operation, sink);
    }
    unused_schemes(model, sink);
}

fn unused_schemes(model: &Model, sink: &mut Sink) {
    let requirements = model.operations.iter().flat_map(|operation| &operation.security);
    let asked: HashSet<&str> =
        requirements.flat_map(|requirement| &requirement.schemes).map(|scheme| scheme.scheme.value.as_str()).collect();
    for scheme in model.security_schemes.iter().filter(|scheme| !asked.contains(scheme.key.value.as_str())) {
        let message = format!("no operation asks for the security scheme `{}`", scheme.key.value);
        sink.report(
            Diagnostic::new(Code::NoEffect, scheme.key.span, message).help("name it under `security`, or take it out"),
        );
    }
}

fn security(schemes: &HashSet<&str>, operation: &Operation, sink: &mut Sink) {
    for scheme in operation.security.iter().flat_map(|requirement| &requirement.schemes) {
        if !schemes.contains(scheme.scheme.value.as_str()) {
            let message = format!("the security scheme `{}` is not defined", scheme.scheme.value);
            sink.report(
                Diagnostic::new(Code::UndefinedSecurityScheme, scheme.scheme.span, message)
                    .label("no credential can meet this")
                    .help("define it under `components.securitySchemes`"),
            );
        }
    }
}
