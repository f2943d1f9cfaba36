//! Operations among each other and against the components.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Operation};
use crate::source::Span;

/// Checks ids and security of every operation.
pub(super) fn check(model: &Model, sink: &mut Sink) {
    let mut ids: HashMap<&str, Span> = HashMap::new();
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
        security(model, operation, sink);
    }
    unused_schemes(model, sink);
}

fn unused_schemes(model: &Model, sink: &mut Sink) {
    let asked = |key: &str| {
        let schemes = model.operations.iter().flat_map(|operation| &operation.security);
        schemes.flat_map(|requirement| &requirement.schemes).any(|scheme| scheme.scheme.value == key)
    };
    for scheme in model.security_schemes.iter().filter(|scheme| !asked(&scheme.key.value)) {
        let message = format!("no operation asks for the security scheme `{}`", scheme.key.value);
        sink.report(
            Diagnostic::new(Code::NoEffect, scheme.key.span, message).help("name it under `security`, or take it out"),
        );
    }
}

fn security(model: &Model, operation: &Operation, sink: &mut Sink) {
    for scheme in operation.security.iter().flat_map(|requirement| &requirement.schemes) {
        if !model.security_schemes.iter().any(|known| known.key.value == scheme.scheme.value) {
            let message = format!("the security scheme `{}` is not defined", scheme.scheme.value);
            sink.report(
                Diagnostic::new(Code::UndefinedSecurityScheme, scheme.scheme.span, message)
                    .label("no credential can meet this")
                    .help("define it under `components.securitySchemes`"),
            );
        }
    }
}
