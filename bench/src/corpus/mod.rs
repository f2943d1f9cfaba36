//! A folder of documents enters, a table with a row for each leaves, and a judgement of every measure.
//!
//! The one rule: each document is generated in a process of its own, so that a crash or a hang is a row and not the end.

pub mod batches;
pub mod check;
pub mod child;
pub mod judge;
pub mod measures;
pub mod operations;
pub mod pool;
pub mod record;
pub mod refusals;
pub mod sections;
pub mod speed;
pub mod table;
pub mod tables;
