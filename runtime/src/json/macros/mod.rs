//! The macros of generated code, one call per type; [`codegen`](crate::codegen) exports them.
//!
//! In goes the table of a type, out comes its implementation of [`Json`](super::Json). The one rule: an expansion is as
//! small as it can be, as it is compiled once per type: no nested macros per field, no generic function but those of the
//! fields' types, no `?`, no iterators.

mod any_of;
mod newtype;
mod object;
mod tables;
mod union;
