//! What the parts of an OpenAPI document are, as far as comparing and naming them needs it.
//!
//! The one rule: a key means something only where the grammar has it. A property that is called `enum` or `parameters`
//! is a property.

use std::fmt;

/// What kind of value stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// An object of the specification, or a list of them.
    Object,
    /// The `components` of a document.
    Components,
    /// A mapping whose keys are names that the writer chose; or a list, then of values.
    Names(Kind),
    /// A list without order.
    Set(Kind),
    /// A list whose items are told apart by `in` and `name`.
    Parameters,
    /// A list of things of one kind, told apart by name or URL.
    List(Kind),
    /// A value of no fixed shape.
    Data,
}

/// What a named thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind(&'static str);

/// A part of a document as a message names it: ``the property `id` ``, `` `title` ``, `the operationId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thing<'name> {
    /// What the specification calls it; a field of an object has only its name.
    kind: Option<Kind>,
    name: &'name str,
}

impl<'name> Thing<'name> {
    /// The document itself.
    pub(super) const DOCUMENT: Thing<'static> = Thing { kind: Some(Kind("document")), name: "" };

    /// What it is: `property`, `operationId`, `enum value`; nothing for a field that has no word of its own.
    pub fn kind(&self) -> Option<&'static str> {
        self.kind.map(|Kind(kind)| kind)
    }

    /// Its name; empty where its kind says all.
    pub fn name(&self) -> &'name str {
        self.name
    }

    /// A part of a list, named by its content where that is short.
    pub(super) fn item(place: Place, name: &'name str) -> Self {
        match place {
            Place::Set(kind) | Place::List(kind) | Place::Names(kind) => Self { kind: Some(kind), name },
            Place::Parameters => Self { kind: Some(Kind("parameter")), name },
            Place::Object | Place::Components | Place::Data => Self { kind: Some(Kind("list item")), name },
        }
    }
}

impl fmt::Display for Thing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.name) {
            (None, name) => write!(f, "`{name}`"),
            (Some(Kind(kind)), "") => write!(f, "the {kind}"),
            (Some(Kind(kind)), name) => write!(f, "the {kind} `{name}`"),
        }
    }
}

/// What a member of a mapping is, and what its value is.
pub(super) fn member(place: Place, key: &str) -> (Thing<'_>, Place) {
    let field = Thing { kind: None, name: key };
    let only = |kind: Kind| Thing { kind: Some(kind), name: "" };
    if key.starts_with("x-") && takes_extensions(place) {
        return (Thing { kind: Some(Kind("extension")), name: key }, Place::Data);
    }
    match place {
        Place::Data => (field, Place::Data),
        Place::Names(kind) => (Thing { kind: Some(kind), name: key }, below(kind)),
        Place::Components => (field, component(key).map_or(Place::Object, |kind| Place::Names(Kind(kind)))),
        Place::Set(SECURITY) => (Thing { kind: Some(Kind("security scheme")), name: key }, Place::Set(Kind("scope"))),
        Place::List(TAG) if key == "name" => (only(Kind("tag name")), Place::Data),
        Place::Parameters if key == "name" => (only(Kind("parameter name")), Place::Data),
        Place::Object | Place::List(_) | Place::Set(_) | Place::Parameters => match key {
            "operationId" => (only(Kind("operationId")), Place::Data),
            "bearerFormat" => (only(Kind("bearerFormat")), Place::Data),
            _ => (field, value(key)),
        },
    }
}

/// Whether a key that begins with `x-` is an extension here: a property or a header may have such a name too.
fn takes_extensions(place: Place) -> bool {
    match place {
        Place::Object | Place::Components | Place::List(_) | Place::Parameters => true,
        Place::Names(kind) => kind == PATH || kind == STATUS,
        Place::Set(_) | Place::Data => false,
    }
}

/// Whether `enum` means here what a schema means by it.
pub(super) fn has_enum(place: Place) -> bool {
    place == Place::Object
}

/// Whether a list says something of each value of the `enum` beside it, in its order.
pub(super) fn follows_enum(key: &str) -> bool {
    matches!(key, "x-enumDescriptions" | "x-enum-descriptions" | "x-enumNames" | "x-enum-varnames")
}

/// The place of a list's items.
pub(super) fn item(place: Place) -> Place {
    match place {
        Place::Object | Place::Components => Place::Object,
        // `tags` of an operation holds names, `tags` of a document objects.
        Place::Set(_) | Place::List(_) | Place::Parameters => place,
        Place::Names(_) | Place::Data => Place::Data,
    }
}

const PROPERTY: Kind = Kind("property");
const SECURITY: Kind = Kind("security alternative");
const TAG: Kind = Kind("tag");
const SERVER: Kind = Kind("server");
const PATH: Kind = Kind("path");
const STATUS: Kind = Kind("status");

/// What the value of a field of an object is.
fn value(key: &str) -> Place {
    let names = |kind: &'static str| Place::Names(Kind(kind));
    match key {
        "components" => Place::Components,
        "parameters" => Place::Parameters,
        "tags" => Place::List(TAG),
        "servers" => Place::List(SERVER),
        "enum" => Place::Set(Kind("enum value")),
        "required" => Place::Set(Kind("required property")),
        "type" => Place::Set(Kind("type")),
        "security" => Place::Set(SECURITY),
        "properties" => Place::Names(PROPERTY),
        "dependentRequired" => names("dependency"),
        "additionalOperations" => names("method"),
        "patternProperties" => names("property pattern"),
        "paths" => Place::Names(PATH),
        "webhooks" => names("webhook"),
        "responses" => Place::Names(STATUS),
        "content" => names("media type"),
        "headers" => names("header"),
        "callbacks" => names("callback"),
        "links" => names("link"),
        "encoding" => names("encoding"),
        "variables" => names("server variable"),
        "scopes" => names("scope"),
        "mapping" => names("discriminator value"),
        "examples" => names("example"),
        "$defs" | "definitions" | "dependentSchemas" => names("schema"),
        "default" | "const" | "example" | "value" => Place::Data,
        _ => Place::Object,
    }
}

/// What a named thing's value is.
fn below(kind: Kind) -> Place {
    match kind.0 {
        "callback" => Place::Names(PATH),
        "dependency" => Place::Set(Kind("required property")),
        "scope" | "discriminator value" => Place::Data,
        _ => Place::Object,
    }
}

/// What the things of one kind of `components` are called.
pub(super) fn component(key: &str) -> Option<&'static str> {
    Some(match key {
        "schemas" => "schema",
        "responses" => "response",
        "parameters" => "parameter",
        "examples" => "example",
        "requestBodies" => "request body",
        "headers" => "header",
        "securitySchemes" => "security scheme",
        "links" => "link",
        "callbacks" => "callback",
        "pathItems" => "path item",
        "mediaTypes" => "media type",
        _ => return None,
    })
}
