//! Types and schemas of the operations that the tests of this folder serve.

use std::collections::BTreeMap;

use stubwright::codegen::{Schemas, integers, object, strings, union};
use stubwright::json::{Choice, Kinds, Pick, Rule};
use stubwright::{Binary, Maybe};

/// What values are checked against beyond their types.
pub(crate) static SCHEMAS: Schemas = Schemas::new(
    r#"{"schemas":[
{"type":["object"],"properties":{"id":1,"name":2,"tags":3,"color":5,"note":8},"required":["id","name"]},
{"type":["integer"],"domain":"i64"},
{"type":["string"],"minLength":2},
{"type":["array"],"items":4,"maxItems":2},
{"type":["integer"],"domain":"i32"},
{"type":["string"],"enum":["red","dark red"]},
{"type":["object"],"properties":{"name":2,"size":4,"meta":7,"ids":3,"file":9},"required":["name"]},
{"type":["object"],"additionalProperties":1},
{"type":["string","null"]},
{"type":["string"]},
{"type":["array"],"items":0}
]}"#,
);

/// A pet.
#[derive(Clone, Debug)]
pub(crate) struct Pet {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) tags: Option<Vec<i32>>,
    pub(crate) color: Color,
    pub(crate) note: Maybe<String>,
}

object! {
    Pet {
        id: required "id",
        name: required "name",
        tags: optional "tags",
        color: default(Color::Red) "color",
        note: maybe "note",
    } open
}

/// A form.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) size: Option<i32>,
    pub(crate) meta: Option<BTreeMap<String, i64>>,
    pub(crate) ids: Option<Vec<i32>>,
    pub(crate) file: Option<Binary>,
}

object! {
    Upload {
        name: required "name",
        size: optional "size",
        meta: optional "meta",
        ids: optional "ids",
        file: optional "file",
    } open
}

strings! {
    /// A color.
    pub(crate) enum Color { Red = "red", DarkRed = "dark red" }
}

integers! {
    /// A level.
    pub(crate) enum Level { One = 1, Two = 2 }
}

/// A number or a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NumberOrName {
    Number(i64),
    Flag(bool),
    Name(String),
}

union! {
    NumberOrName { Number, Flag, Name } choose Choice(&[
        Rule { kinds: Kinds::INTEGER, pick: Pick::Variant(0) },
        Rule { kinds: Kinds::BOOLEAN, pick: Pick::Variant(1) },
        Rule { kinds: Kinds::STRING, pick: Pick::Variant(2) },
    ])
}

/// Some of one thing.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) from: Option<i32>,
    pub(crate) levels: Option<Vec<Level>>,
    pub(crate) exact: Option<bool>,
}

object! { Filter { from: optional "from", levels: optional "levels", exact: optional "exact" } closed }
