//! The edge of a server: requests in, answers out, by code that looks like what the generator writes.

#[path = "../support/mod.rs"]
mod support;

mod api;
mod bodies;
mod both_ways;
mod gate;
mod guarded;
mod parameters;
mod properties;
mod responses;
mod round_trips;
mod routes;
mod styles;
mod vectors;
