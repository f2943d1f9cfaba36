//! XML bodies: text enters, the JSON value that it stands for leaves, and the way back.
//!
//! How a schema is written as XML is data: a [`Mapping`] stands beside the schemas that values are checked against. So no
//! type has a second set of code, and what is wrong with a body has the place that it would have in JSON. The one rule: a
//! text that is not well-formed, or not in UTF-8, or that declares a document type, is no body.

mod escape;
mod mapping;
mod name;
mod parser;
mod read;
mod write;

pub(crate) use self::mapping::Mapping;
pub(crate) use self::read::read;
pub(crate) use self::write::write;

/// The namespace of `xsi:nil`: XML Schema part 1 section 2.6.2.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What whitespace is: XML 1.0 section 2.3.
const WHITESPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The key under which text stands beside elements, in a value of which no schema says anything.
const TEXT_KEY: &str = "#text";
