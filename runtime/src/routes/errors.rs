//! The bodies of errors that only an implementation can fill: generated code adds a method for each of their types.
//!
//! The one rule: whatever such a method does, the client gets an answer: a 500 where it panics or breaks the contract.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use http::{HeaderValue, StatusCode, header};
use stubwright_schema::{Direction, Schemas, Sentence, Violations};

use super::answer::Ending;
use super::{GuardedRoutes, Routes};
use crate::answering::log_all;
use crate::json::{self, Json};
use crate::operation::OperationInfo;
use crate::response::Response;
use crate::shape::{Asked, EdgeError, ErrorShape};

pub(super) type Method = Box<dyn Fn(&EdgeError<'_>) -> Vec<u8> + Send + Sync>;

/// The methods, by the numbers that the shapes of errors have, and what their bodies are checked against.
pub(crate) struct Errors {
    pub(super) methods: Vec<Method>,
    pub(super) checked: Option<&'static Schemas>,
}

impl Routes {
    /// Adds a method that fills bodies of errors: its number is how many were added before.
    pub fn error<E, T>(&mut self, errors: &Arc<E>, method: impl Fn(&E, &EdgeError<'_>) -> T + Send + Sync + 'static)
    where
        E: Send + Sync + 'static,
        T: Json,
    {
        let errors = Arc::clone(errors);
        self.errors.push(Box::new(move |error| json::to_json(&method(&errors, error))));
    }
}

impl<G> GuardedRoutes<G> {
    /// Adds a method that fills bodies of errors, as [`Routes::error`] does.
    pub fn error<E, T>(&mut self, errors: &Arc<E>, method: impl Fn(&E, &EdgeError<'_>) -> T + Send + Sync + 'static)
    where
        E: Send + Sync + 'static,
        T: Json,
    {
        self.routes.error(errors, method);
    }
}

impl Errors {
    /// Gives an answer the body that is asked for, if one is.
    pub(super) fn fill(&self, response: &mut Response, ending: &Ending) {
        let operation = ending.endpoint.operation;
        let Some(asked) = response.extensions_mut().remove::<Asked>() else { return };
        let status = response.status();
        let Some(body) = self.body(&asked, status, operation) else {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            let shape = match operation.shape_of(status) {
                // What failed is not asked again.
                ErrorShape::Asked(_) => ErrorShape::Problem,
                shape => shape,
            };
            let nothing = Violations::default();
            *response = shape.say(status, &Sentence::InternalServerError.into(), &nothing, ending.locale());
            return;
        };
        if let Ok(content_type) = HeaderValue::from_str(asked.shape.media_type) {
            response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        }
        *response.body_mut() = body.into();
    }

    /// What the method gives; nothing where it fails.
    fn body(&self, asked: &Asked, status: StatusCode, operation: &'static OperationInfo) -> Option<Vec<u8>> {
        let method = self.methods.get(asked.shape.method)?;
        let Asked { message, violations, language, .. } = asked;
        let error = EdgeError { operation, status, language, message, violations };
        let Ok(body) = catch_unwind(AssertUnwindSafe(|| method(&error))) else {
            tracing::error!(operation = operation.id, %status, "the method for the body of an error panicked");
            return None;
        };
        let Some(schemas) = self.checked else { return Some(body) };
        let mut violations = Violations::default();
        let value = json::decode(&body).unwrap_or_default();
        schemas.check(asked.shape.schema, Direction::Response, &value, &mut violations);
        log_all(operation.id, status, &violations);
        violations.is_empty().then_some(body)
    }
}

impl fmt::Debug for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Errors({})", self.methods.len())
    }
}
