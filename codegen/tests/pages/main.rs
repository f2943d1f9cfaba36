//! Pages: the seeds' documents agree with their pages, what is wrong is shown where it is, and what belongs together is merged.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

mod corpus;
mod export;
mod many;
mod merge;
mod names;
mod reject;
mod round_trip;
mod seeds;
mod sites;
mod support;
