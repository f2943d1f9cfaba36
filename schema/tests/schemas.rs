//! The exact validator: every keyword both ways, limits, and the JSON-Schema-Test-Suite.

#![allow(clippy::unwrap_used, reason = "a broken fixture may end the test")]

#[path = "schemas/convert.rs"]
mod convert;
#[path = "schemas/formats.rs"]
mod formats;
#[path = "schemas/keywords.rs"]
mod keywords;
#[path = "schemas/limits.rs"]
mod limits;
#[path = "schemas/suite.rs"]
mod suite;
