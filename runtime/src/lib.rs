//! What generated servers run on: the runtime of Stubwright, which generates them from `OpenAPI` documents.
//!
//! Generated code declares types, traits and routes; this crate does the rest of the way between a socket and a handler:
//! routing, credentials, parameters, bodies, errors in the document's own shape, the document in every language, and an
//! accept loop with limits. It never reads the document.
//!
//! The items at the root are for the people who implement the generated traits. The module [`codegen`] is for generated
//! code only.
//!
//! A handler gets a [`Context`] and a typed request, and answers with a typed response or an [`Error`]:
//!
//! ```
//! use stubwright::{Context, Error};
//!
//! async fn revoke(context: Context<String>, key: String) -> Result<(), Error> {
//!     tracing::info!(caller = context.principal, operation = context.operation.id, "revoke");
//!     let number: u32 = key.parse()?; // Any error becomes a 500 that tells the client nothing.
//!     if number == 0 { Err(Error::not_found("No such key")) } else { Ok(()) }
//! }
//! ```

mod accept;
mod answer;
mod answering;
mod body;
pub mod codegen;
mod content;
mod context;
mod credential;
mod denied;
pub mod document;
mod error;
mod features;
mod gate;
mod headers;
mod incoming;
pub mod json;
mod limits;
mod locale;
mod maybe;
mod media_type;
mod operation;
mod outgoing;
mod parameter;
mod percent;
mod rejection;
mod request;
mod response;
mod routes;
mod serve;
mod shape;
pub mod sse;
mod status;
mod stream;
mod style;
#[cfg(feature = "xml")]
mod xml;

pub use self::accept::Accept;
pub use self::body::{UntypedBody, UntypedStream};
pub use self::content::{FilePart, Parts};
pub use self::context::{Context, Head, Peer, RequestHead};
pub use self::credential::{
    ApiKey, BasicCredentials, BearerToken, ClientCertificate, HttpCredentials, KnownCredential,
};
pub use self::denied::Denied;
pub use self::document::{Document, Original, Text};
pub use self::error::Error;
pub use self::json::{Base64, Binary, Null};
pub use self::json::{DecodeError, Json, from_json, to_json};
pub use self::limits::BodyLimits;
pub use self::maybe::Maybe;
pub use self::operation::{OperationInfo, SchemeUse};
pub use self::outgoing::{CallbackSource, OutgoingError};
pub use self::request::RawRequest;
pub use self::routes::{AcceptPolicy, OperationService, RouterOptions, Routes};
pub use self::serve::{Listener, ServeOptions, serve};
pub use self::shape::{AskedShape, DeclaredShape, EdgeError, ErrorShape, Fill};
pub use self::stream::{ByteStream, Items};
#[doc(inline)]
pub use stubwright_schema::{
    Argument, Catalogue, Location, Message, Segment, Sentence, Violation, ViolationKind, Violations,
};

/// Includes an API that a build script generated into `OUT_DIR`.
///
/// ```text
/// mod pets {
///     stubwright::include_api!("pets");
/// }
/// ```
#[macro_export]
macro_rules! include_api {
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $name, "/mod.rs"));
    };
}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
