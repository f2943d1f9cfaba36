//! The generator over other people's documents.
//!
//! [`corpus`] makes the table of a corpus and judges it by the measures that the project set itself. [`fuzz`]
//! looks for documents that make the generator panic.

pub mod corpus;
pub mod fuzz;
