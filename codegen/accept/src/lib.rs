//! What the generator makes of the documents beside this crate: its output is checked in, so that a change of the
//! generator shows as a difference, and compiled with every lint that a strict crate may have on.
#![deny(warnings, missing_docs, clippy::pedantic)]
#![allow(unused_qualifications, reason = "a document with a schema `Serialize` has the trait by its path")]

/// One module per document.
pub mod apis;
