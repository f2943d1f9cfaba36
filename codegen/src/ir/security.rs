//! Who may call an operation, and which credentials there are.

use crate::ir::{Docs, Ident, SecuritySchemeKind};

/// Who may call an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Everybody.
    Open,
    /// Nobody: every alternative asks for a scheme that is not defined. Of each the first such scheme, by name.
    Closed(Vec<String>),
    /// Who meets one of these alternatives.
    Schemes {
        /// The alternatives: all schemes of one must be met.
        alternatives: Vec<Vec<GateScheme>>,
        /// Whether a request without any credential is let in, too.
        optional: bool,
    },
}

/// A scheme that an operation accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GateScheme {
    /// Index into [`Ir::schemes`](crate::ir::Ir::schemes).
    pub scheme: usize,
    /// The scopes that the credential must grant.
    pub scopes: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub(crate) struct Scheme {
    /// The method that finds out who sent a credential.
    pub method: Ident,
    /// The key in the document.
    pub key: String,
    /// What it is.
    pub docs: Docs,
    /// Which credential.
    pub kind: SecuritySchemeKind,
}
