//! The cost of the HTTP edge: the same documents served by hand on axum, by generated code, and by a rival's.
//!
//! [`cases`] are the requests, [`child`] is a process that answers them, [`by_hand`] what a careful developer writes,
//! [`ours`] what is generated. The one rule: every subject gets the same requests in processes of its own, in turns.

pub mod by_hand;
pub mod callgrind;
pub mod cases;
pub mod child;
pub mod golden;
mod measure;
pub mod ours;
pub mod sockets;
pub mod subject;

pub use self::measure::{Options, gate, run};
