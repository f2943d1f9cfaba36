//! The edge of a server: requests in, answers out, by code that looks like what the generator writes.

#[path = "../support/mod.rs"]
mod support;

mod api;
mod bodies;
mod gate;
mod guarded;
mod parameters;
mod responses;
mod routes;
mod styles;
