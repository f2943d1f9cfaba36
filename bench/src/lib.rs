//! The generator over other people's documents, and what it gives against the same by hand.
//!
//! [`corpus`] makes the table of a corpus and judges it by the measures that the project set itself. [`agree`] compares
//! the two paths that judge a value. [`fuzz`] looks for documents that make the generator panic. [`suite`] sends the
//! JSON-Schema-Test-Suite to generated routers. [`requests`] looks for requests that break a
//! generated server. [`edge`] is the benchmark of the HTTP edge, [`load`] keeps many connections open.

pub mod agree;
pub mod corpus;
pub mod edge;
pub mod fuzz;
pub mod load;
pub mod requests;
pub mod suite;
