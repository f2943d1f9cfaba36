//! What is threaded through the lowering: the schemas, the names that are given, the types that are made.

use std::collections::VecDeque;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Sink;
use crate::ir::{CheckId, Type, TypeDefinition, TypeId};
use crate::lower::names::{self, Scope};
use crate::lower::patterns::Patterns;
use crate::lower::types::Pending;
use crate::lower::views::{self, View};
use crate::lower::{beyond, defaults, explain, inheritance, merge};
use crate::model::{Model, Schema, SchemaId, Schemas, Spanned, TypeSet};

pub(super) struct Cx<'model> {
    pub(super) model: &'model Model,
    pub(super) sink: &'model mut Sink,
    /// The schemas of the model, and those that the lowering makes of them.
    pub(super) schemas: Schemas,
    /// The schemas that a `$ref` leads to.
    pub(super) referenced: FxHashSet<SchemaId>,
    /// The keys of the component schemas.
    pub(super) keys: FxHashMap<SchemaId, &'model Spanned<String>>,
    /// The schemas that extend a component schema which has a `discriminator`.
    pub(super) heirs: FxHashMap<SchemaId, Vec<SchemaId>>,
    /// The unions of a schema and its heirs, by the schema.
    pub(super) by_tag: FxHashMap<SchemaId, SchemaId>,
    /// The schemas whose types differ between requests and responses.
    pub(super) two_sided: FxHashSet<SchemaId>,
    pub(super) merged: merge::Memory,
    pub(super) types: Vec<TypeDefinition>,
    pub(super) type_names: Scope,
    /// The types that have a name because their schemas are referred to.
    pub(super) named: FxHashMap<(SchemaId, View), TypeId>,
    /// The named schemas that are still to be lowered.
    pub(super) pending: VecDeque<Pending>,
    /// The schemas that values are checked against, by number.
    pub(super) checks: Checks,
    pub(super) patterns: Patterns,
    /// The unions of which no value fits two alternatives, and whose types tell which it fits.
    pub(super) proven: FxHashSet<SchemaId>,
    /// The schemas that no value fits, because their parts contradict each other.
    pub(super) impossible: FxHashSet<SchemaId>,
    /// The defaults whose values are chosen when all types are known.
    pub(super) defaults: defaults::Waiting,
    /// Whether schemas are read to the letter: without `type`, none is assumed.
    pub(super) exact: bool,
    /// Whether some schema has `unevaluatedProperties`.
    pub(super) has_unevaluated: bool,
    /// The types that were assumed for schemas without `type`.
    pub(super) assumed: FxHashMap<SchemaId, TypeSet>,
    /// The schemas of bodies that are XML.
    pub(super) xml_roots: Vec<SchemaId>,
    /// The schemas that named types are made of.
    pub(super) sources: FxHashMap<TypeId, SchemaId>,
    /// The alternatives of unions, and the types of their values.
    pub(super) alternatives: FxHashMap<TypeId, Vec<(SchemaId, Type)>>,
    /// The schemas that have nothing but limits.
    pub(super) limited: beyond::Limited,
    /// What schemas became, where that is to be explained.
    pub(super) explained: Option<Vec<explain::Record>>,
}

/// The numbers of the schemas that values are checked against, in the order in which they were asked for.
#[derive(Debug, Default)]
pub(super) struct Checks {
    pub(super) order: Vec<SchemaId>,
    numbers: FxHashMap<SchemaId, CheckId>,
}

impl<'model> Cx<'model> {
    pub(super) fn new(model: &'model Model, sink: &'model mut Sink) -> Self {
        let keys = model.named_schemas.iter().map(|named| (named.schema, &named.key)).collect();
        let heirs = merge::heirs(model);
        Self {
            model,
            sink,
            schemas: model.schemas.clone(),
            referenced: model.schemas.iter().filter_map(|(_, schema)| schema.reference).collect(),
            keys,
            two_sided: views::two_sided(&model.schemas, &heirs),
            heirs,
            by_tag: FxHashMap::default(),
            merged: merge::Memory::default(),
            types: Vec::new(),
            type_names: Scope::with_keywords(names::TYPE_KEYWORDS),
            named: FxHashMap::default(),
            pending: VecDeque::new(),
            checks: Checks::default(),
            patterns: Patterns::new(),
            proven: FxHashSet::default(),
            impossible: FxHashSet::default(),
            defaults: defaults::Waiting::default(),
            exact: false,
            has_unevaluated: model.schemas.iter().any(|(_, schema)| schema.unevaluated_properties.is_some()),
            assumed: FxHashMap::default(),
            xml_roots: Vec::new(),
            sources: FxHashMap::default(),
            alternatives: FxHashMap::default(),
            limited: beyond::Limited::new(),
            explained: None,
        }
    }

    /// The schema as the document has it.
    pub(super) fn schema(&self, id: SchemaId) -> Rc<Schema> {
        self.schemas.share(id)
    }

    /// Adds a schema that is made of others.
    pub(super) fn make(&mut self, schema: Schema) -> SchemaId {
        let two_sided = views::children(&schema).any(|child| self.two_sided.contains(&child))
            || views::has_sided_property(&self.schemas, &schema);
        let id = self.schemas.append(schema);
        if two_sided {
            self.two_sided.insert(id);
        }
        id
    }

    /// The number of a schema that values are checked against: one that others extend is checked by the tag of the value.
    pub(super) fn check(&mut self, id: SchemaId) -> CheckId {
        let id = inheritance::checked(self, id);
        self.checks.number(id)
    }
}

impl Checks {
    /// The number of a schema: a new one where it has none yet.
    pub(super) fn number(&mut self, id: SchemaId) -> CheckId {
        *self.numbers.entry(id).or_insert_with(|| {
            self.order.push(id);
            CheckId(u32::try_from(self.order.len() - 1).unwrap_or(u32::MAX))
        })
    }

    /// Gives up the numbers that nothing has, and closes the gaps.
    pub(super) fn retain(&mut self, used: &[bool]) {
        let kept = self.order.iter().zip(used).filter(|(_, used)| **used).map(|(id, _)| *id);
        let mut renumbered = Self::default();
        kept.for_each(|id| {
            renumbered.number(id);
        });
        *self = renumbered;
    }
}
