//! The fields of every object of OpenAPI 3.0.4, 3.1.1 and 3.2.0 and the keywords of JSON Schema 2020-12, written down from
//! the specifications and not from the reader.
//!
//! A field is `name`, `name@3.1` (since), `name@-3.0` (until) or `name@draft` (read, and of no version). Behind `:` stands
//! what it holds: `Kind`, `[Kind]`, `{Kind}`. Behind `=` stand the words that it may be.

use std::{collections::BTreeMap, sync::LazyLock};

/// The versions of OpenAPI.
pub(crate) const VERSIONS: [&str; 3] = ["3.0", "3.1", "3.2"];

/// The kinds of objects by their names in the ledger, with their fields.
const OBJECTS: &[(&str, &str)] = &[
    (
        "OpenAPI Object",
        "openapi=3.0.0|3.1.0|3.2.0|3.3.0|2.0 $self@3.2 info:Info jsonSchemaDialect@3.1 servers:[Server] paths:{Path_Item} webhooks@3.1:{Path_Item} \
         components:Components security tags:[Tag] externalDocs:External_Documentation",
    ),
    ("Info Object", "title summary@3.1 description termsOfService contact:Contact license:License version x-audience"),
    ("Contact Object", "name url email"),
    ("License Object", "name identifier@3.1 url"),
    ("Server Object", "url description name@3.2 variables:{Server_Variable}"),
    ("Server Variable Object", "enum default description"),
    (
        "Components Object",
        "schemas:{Schema} responses:{Response} parameters:{Parameter} examples:{Example} requestBodies:{Request_Body} \
         headers:{Header} securitySchemes:{Security_Scheme} links:{Link} callbacks:{Callback} \
         pathItems@3.1:{Path_Item} mediaTypes@3.2:{Media_Type}",
    ),
    (
        "Path Item Object",
        "$ref summary description get:Operation put:Operation post:Operation delete:Operation options:Operation \
         head:Operation patch:Operation trace:Operation query@3.2:Operation additionalOperations@3.2:{Operation} \
         servers:[Server] parameters:[Parameter]",
    ),
    (
        "Operation Object",
        "tags summary description externalDocs:External_Documentation operationId parameters:[Parameter] \
         requestBody:Request_Body responses:{Response} callbacks:{Callback} deprecated security servers:[Server] \
         x-rust-name",
    ),
    ("External Documentation Object", "description url"),
    (
        "Parameter Object",
        "name in=path|query|header|cookie|querystring description required deprecated allowEmptyValue \
         style=form|simple|label|matrix|spaceDelimited|pipeDelimited|deepObject|cookie explode allowReserved \
         schema:Schema example examples:{Example} content:{Media_Type} x-rust-name",
    ),
    ("Request Body Object", "description content:{Media_Type} required"),
    (
        "Media Type Object",
        "schema:Schema itemSchema@3.2:Schema example examples:{Example} encoding:{Encoding} \
         prefixEncoding@3.2:[Encoding] itemEncoding@3.2:Encoding",
    ),
    (
        "Encoding Object",
        "contentType headers:{Header} style=form|spaceDelimited|pipeDelimited|deepObject explode allowReserved \
         encoding@3.2:{Encoding} prefixEncoding@3.2:[Encoding] itemEncoding@3.2:Encoding",
    ),
    ("Response Object", "summary@3.2 description headers:{Header} content:{Media_Type} links:{Link}"),
    ("Example Object", "summary description dataValue@3.2 serializedValue@3.2 value externalValue"),
    ("Link Object", "operationRef operationId parameters requestBody description server:Server"),
    (
        "Header Object",
        "description required deprecated style=simple explode schema:Schema example examples:{Example} \
         content:{Media_Type} x-rust-name",
    ),
    (
        "Tag Object",
        "name summary@3.2 description externalDocs:External_Documentation parent@3.2 kind@3.2 x-rust-name x-displayName",
    ),
    ("Reference Object", "$ref summary@3.1 description@3.1"),
    (
        "Schema Object",
        "$ref $id@3.1 $schema@3.1 $anchor@3.1 $dynamicRef@3.1 $dynamicAnchor@3.1 $vocabulary@3.1 $comment@3.1 \
         $defs@3.1:{Schema} allOf:[Schema] anyOf:[Schema] oneOf:[Schema] not:Schema if@3.1:Schema then@3.1:Schema \
         else@3.1:Schema dependentSchemas@3.1:{Schema} prefixItems@3.1:[Schema] items:Schema contains@3.1:Schema \
         properties:{Schema} patternProperties@3.1:{Schema} additionalProperties:Schema propertyNames@3.1:Schema \
         unevaluatedItems@3.1:Schema unevaluatedProperties@3.1:Schema \
         type=string|integer|number|boolean|array|object enum const@3.1 multipleOf maximum exclusiveMaximum minimum \
         exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains@3.1 minContains@3.1 \
         maxProperties minProperties required dependentRequired@3.1 title description default deprecated readOnly \
         writeOnly examples@3.1 format contentEncoding@3.1 contentMediaType@3.1 contentSchema@3.1:Schema \
         nullable@-3.0 discriminator:Discriminator xml:XML externalDocs:External_Documentation example \
         definitions@draft:{Schema} dependencies@draft:{Schema} additionalItems@draft:Schema $recursiveRef@draft \
         $recursiveAnchor@draft x-rust-name x-rust-type",
    ),
    ("Discriminator Object", "propertyName mapping defaultMapping@3.2"),
    ("XML Object", "nodeType@3.2 name namespace prefix attribute wrapped"),
    (
        "Security Scheme Object",
        "type=apiKey|http|mutualTLS|oauth2|openIdConnect description name in=query|header|cookie scheme bearerFormat \
         flows:OAuth_Flows openIdConnectUrl oauth2MetadataUrl@3.2 deprecated@3.2 x-rust-name",
    ),
    (
        "OAuth Flows Object",
        "implicit:OAuth_Flow password:OAuth_Flow clientCredentials:OAuth_Flow authorizationCode:OAuth_Flow \
         deviceAuthorization@3.2:OAuth_Flow",
    ),
    ("OAuth Flow Object", "authorizationUrl deviceAuthorizationUrl@3.2 tokenUrl refreshUrl scopes"),
];

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    since: Since,
    /// What stands below it.
    pub(crate) holds: Holds,
    /// The words that it may be; empty where it may be anything.
    pub(crate) words: &'static str,
}

/// The versions that have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Since {
    Version(&'static str),
    Until(&'static str),
    /// It belongs to a draft of JSON Schema, and is read all the same.
    Draft,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// No object of the specification.
    Value,
    /// An object.
    One(&'static str),
    /// A list of objects.
    List(&'static str),
    /// Objects by names.
    Map(&'static str),
}

impl Field {
    /// Whether a version has the field.
    pub(crate) fn is_of(&self, version: &str) -> bool {
        match self.since {
            Since::Version(since) => since <= version,
            Since::Until(last) => version <= last,
            Since::Draft => false,
        }
    }
}

/// The fields of every kind of object.
pub(crate) static GRAMMAR: LazyLock<BTreeMap<&'static str, Vec<Field>>> = LazyLock::new(|| {
    OBJECTS.iter().map(|(object, fields)| (*object, fields.split_whitespace().map(field).collect())).collect()
});

fn field(text: &'static str) -> Field {
    let (text, words) = text.split_once('=').unwrap_or((text, ""));
    let (text, held) = text.split_once(':').unwrap_or((text, ""));
    let (name, since) = text.split_once('@').unwrap_or((text, "3.0"));
    let since = match since.strip_prefix('-') {
        Some(last) => Since::Until(last),
        None if since == "draft" => Since::Draft,
        None => Since::Version(since),
    };
    let holds = match held.as_bytes().first() {
        None => Holds::Value,
        Some(b'[') => Holds::List(held.trim_matches(['[', ']'])),
        Some(b'{') => Holds::Map(held.trim_matches(['{', '}'])),
        Some(_) => Holds::One(held),
    };
    Field { name, since, holds, words }
}

/// The name of a kind in the ledger: `Path Item Object` for `Path_Item`.
pub(crate) fn object(kind: &str) -> String {
    format!("{} Object", kind.replace('_', " "))
}
