//! Bodies that are streams, both ways: bytes, typed items, events, parts.
//!
//! In goes a body as it comes off the connection, out come its pieces when somebody asks for them, and the way back. The
//! one rule: nothing is asked of the other side before it is wanted, and no more is kept than one piece.

mod bytes;
mod exclusive;
mod items;
mod records;
mod wire;

pub use self::bytes::ByteStream;
pub(crate) use self::bytes::Pieces;
pub(crate) use self::exclusive::Exclusive;
pub use self::items::Items;
pub(crate) use self::items::map;
pub(crate) use self::records::{Pending, Records, Split};
pub(crate) use self::wire::{Wire, broken, too_long};
