//! Languages: translations of the seeds give texts, and what else differs is reported once, with both places.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

mod corpus;
mod properties;
mod rules;
mod seeds;
mod support;
mod words;
