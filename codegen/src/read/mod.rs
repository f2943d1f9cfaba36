//! From [`Documents`] to the [`Model`], the [`Roles`] of their nodes, and the [`Ledger`] of their keywords.
//!
//! The one rule: every key is asked for or reported ([`fields::Fields`]). What is wrong and can be read all the same is
//! read as its author plainly meant it, with a warning that says how.

mod body;
mod callback;
mod components;
mod example;
mod fields;
mod header;
mod media_type;
mod nodes;
mod operation;
#[cfg(test)]
mod oracle;
mod parameter;
mod path_item;
mod reference;
mod report;
mod response;
mod root;
mod scalar;
mod schema;
mod security;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{HashMap, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Sink;
use crate::document::{Node, NodeId};
use crate::gather::{Documents, Keys};
use crate::ledger::{Entries, Ledger};
use crate::model::{Header, Model, NamedSchema, Parameter, RequestBody, SchemaId, Schemas};
use crate::read::nodes::{NodeMap, NodeSet};
use crate::role::Roles;

/// What the reader makes of a document.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The contract.
    pub model: Model,
    /// What each node of the documents is for.
    pub roles: Roles,
    /// What became of each keyword.
    pub ledger: Ledger,
}

/// Reads a document and those that it refers to; `None` where it is no OpenAPI document of a known version.
pub(crate) fn read(documents: &Documents, sink: &mut Sink) -> Option<Reading> {
    let base = &documents.base().root;
    let version = root::version(base, sink)?;
    let mut cx = Cx {
        documents,
        versions: documents.files.iter().map(|file| root::version_of_file(file).unwrap_or(version)).collect(),
        sink,
        roles: Roles::default(),
        ledger: Entries::default(),
        read: NodeSet::default(),
        suggestions: 0,
        is_broken: false,
        lists: Vec::new(),
        targets: HashMap::new(),
        keys: Keys::default(),
        schemas: Schemas::default(),
        schema_ids: NodeMap::default(),
        pending_schemas: VecDeque::new(),
        external: Vec::new(),
        named: FxHashSet::default(),
        pending_callbacks: VecDeque::new(),
        parameters: FxHashMap::default(),
        headers: FxHashMap::default(),
        bodies: FxHashMap::default(),
        responses: FxHashMap::default(),
    };
    let mut model = root::read(&mut cx, base)?;
    model.outgoing = callback::read_pending(&mut cx);
    model.dynamic_anchors = schema::dynamic_anchors(&mut cx);
    schema::read_pending(&mut cx);
    schema::refuse_endless_references(&mut cx);
    model.schemas = cx.schemas;
    model.named_schemas.append(&mut cx.external);
    Some(Reading { model, roles: cx.roles, ledger: cx.ledger.finish() })
}

/// The OpenAPI versions that differ in their grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    const fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        }
    }
}

/// What is threaded through the reader.
struct Cx<'doc> {
    documents: &'doc Documents,
    /// The version of each file.
    versions: Vec<Version>,
    sink: &'doc mut Sink,
    roles: Roles,
    ledger: Entries<'doc>,
    /// The objects whose keys are in the ledger: what several references lead to is read several times.
    read: NodeSet,
    /// How many similar names were looked for.
    suggestions: usize,
    /// Whether a reference led to nothing since an operation or path item began.
    is_broken: bool,
    /// Lists that objects have no more use for: there are many objects, and each needs one.
    lists: Vec<Vec<&'static str>>,
    /// What the references that were followed lead to, by the resource that they stand in and their text.
    targets: HashMap<(usize, usize, &'doc str), &'doc Node>,
    keys: Keys<'doc>,
    schemas: Schemas,
    schema_ids: NodeMap<SchemaId>,
    pending_schemas: VecDeque<schema::Pending<'doc>>,
    /// The schemas that stand elsewhere than under the base's components and have names all the same.
    external: Vec<NamedSchema>,
    /// The schemas that have names.
    named: FxHashSet<NodeId>,
    /// Path items of callbacks and webhooks.
    pending_callbacks: VecDeque<callback::Pending<'doc>>,
    // What references lead to is read once.
    parameters: Known<Parameter>,
    headers: Known<Header>,
    bodies: Known<RequestBody>,
    responses: Known<response::Object>,
}

/// What was read, and whether a reference in it leads to nothing: then whatever uses it is broken.
type Known<T> = FxHashMap<NodeId, (Option<T>, bool)>;

impl Cx<'_> {
    /// The version of the document that a node stands in.
    fn version(&self, node: NodeId) -> Version {
        self.versions[self.documents.file_of(node)]
    }
}
