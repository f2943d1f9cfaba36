//! What several schemas demand together: their indices enter, one set of demands leaves, for one way through their unions
//! and conditions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};
use stubwright_schema::arena::{
    Arena, Array, Bound, Condition, Count, Domain, Id, Keyword, Object, Pattern, Types, Union,
};

use crate::example::choices::Choices;
use crate::example::synthesiser::Synthesiser;

/// What a value must be.
pub(super) struct Facts<'a> {
    pub(super) types: Types,
    /// The only values there are.
    pub(super) allowed: Option<Vec<Value>>,
    pub(super) bounds: Vec<(Bound, &'a Number)>,
    pub(super) divisors: Vec<&'a Number>,
    pub(super) lengths: Vec<Count>,
    pub(super) patterns: Vec<&'a Pattern>,
    pub(super) formats: Vec<&'a str>,
    pub(super) domains: Vec<Domain>,
    pub(super) arrays: Vec<&'a Array>,
    pub(super) objects: Vec<&'a Object>,
    /// What the tags of unions must be, for the branches that were chosen.
    pub(super) tags: BTreeMap<&'a str, &'a str>,
    pub(super) unevaluated_items: Vec<Id>,
    pub(super) unevaluated_properties: Vec<Id>,
}

/// The facts on their way, with what is still to be looked at.
struct Gathering<'a, 'choices> {
    arena: &'a Arena,
    facts: Facts<'a>,
    choices: &'choices mut Choices,
    seen: BTreeSet<Id>,
    pending: Vec<Id>,
    /// The schemas that a key brings with it.
    dependent: Vec<(&'a str, Id)>,
    /// The schema that redirects dynamic references: the outermost one.
    root: Id,
}

impl<'a> Facts<'a> {
    /// The demands of all of some schemas. `None` where nothing is allowed.
    pub(super) fn of(synthesiser: &Synthesiser<'a>, ids: &[Id], choices: &mut Choices) -> Option<Self> {
        let facts = Self {
            types: Types::ANY,
            allowed: None,
            bounds: Vec::new(),
            divisors: Vec::new(),
            lengths: Vec::new(),
            patterns: Vec::new(),
            formats: Vec::new(),
            domains: Vec::new(),
            arrays: Vec::new(),
            objects: Vec::new(),
            tags: BTreeMap::new(),
            unevaluated_items: Vec::new(),
            unevaluated_properties: Vec::new(),
        };
        let root = synthesiser.outermost().or(ids.first().copied()).unwrap_or_default();
        let (seen, dependent) = (BTreeSet::new(), Vec::new());
        let mut gathering =
            Gathering { arena: synthesiser.arena, facts, choices, seen, pending: ids.to_vec(), dependent, root };
        gathering.all()?;
        let mut facts = gathering.facts;
        let types = facts.types;
        if let Some(allowed) = &mut facts.allowed {
            allowed.retain(|value| types.admit(value));
        }
        Some(facts)
    }

    /// The keys that an object must have.
    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        let required = self.objects.iter().flat_map(|object| &object.required).map(String::as_str);
        let mut keys: BTreeSet<&'a str> = required.chain(self.tags.keys().copied()).collect();
        loop {
            let before = keys.len();
            for (key, more) in self.objects.iter().flat_map(|object| &object.dependent) {
                if keys.contains(key.as_str()) {
                    keys.extend(more.iter().map(String::as_str));
                }
            }
            if keys.len() == before {
                return keys;
            }
        }
    }
}

impl<'a> Gathering<'a, '_> {
    fn all(&mut self) -> Option<()> {
        loop {
            while let Some(id) = self.pending.pop() {
                if self.seen.insert(id) {
                    let schema = self.arena.get(id)?;
                    self.facts.formats.extend(schema.format.as_deref());
                    for keyword in &schema.keywords {
                        self.keyword(keyword)?;
                    }
                }
            }
            let required = self.facts.required();
            let triggered = self.dependent.iter().filter(|(key, id)| required.contains(key) && !self.seen.contains(id));
            self.pending.extend(triggered.map(|(_, id)| *id));
            if self.pending.is_empty() {
                return Some(());
            }
        }
    }

    fn keyword(&mut self, keyword: &'a Keyword) -> Option<()> {
        let facts = &mut self.facts;
        match keyword {
            Keyword::Never => return None,
            Keyword::Type(types) => facts.types = facts.types.intersection(*types),
            Keyword::Enum(values) => facts.allow(values),
            Keyword::Const(value) => facts.allow(std::slice::from_ref(value)),
            Keyword::Bound(bound, limit) => facts.bounds.push((*bound, limit)),
            Keyword::MultipleOf(divisor) => facts.divisors.push(divisor),
            Keyword::Length(length) => facts.lengths.push(*length),
            Keyword::Pattern(pattern) => facts.patterns.push(pattern),
            Keyword::Domain(domain) => facts.domains.push(*domain),
            Keyword::Array(array) => facts.arrays.push(array),
            Keyword::Object(object) => facts.objects.push(object),
            Keyword::Reference(to) => self.pending.push(*to),
            Keyword::DynamicReference { to, anchor } => {
                let to = self.dynamic_target(*to, anchor.as_deref());
                self.pending.push(to);
            }
            Keyword::AllOf(all) => self.pending.extend(all),
            Keyword::AnyOf(union) | Keyword::OneOf(union) => self.union(union)?,
            // What is excluded shows in the check; a schema says its format besides.
            Keyword::Not(_) | Keyword::Format(_) => {}
            Keyword::If(condition) => self.condition(condition)?,
            Keyword::DependentSchemas(dependent) => {
                self.dependent.extend(dependent.iter().map(|(key, id)| (key.as_str(), *id)));
            }
            Keyword::UnevaluatedItems(id) => facts.unevaluated_items.push(*id),
            Keyword::UnevaluatedProperties(id) => facts.unevaluated_properties.push(*id),
        }
        Some(())
    }

    fn union(&mut self, union: &'a Union) -> Option<()> {
        let possible: Vec<Id> = union.branches.iter().copied().filter(|id| !self.arena.is_never(*id)).collect();
        let branch = possible[self.choices.among(possible.len())?];
        self.pending.push(branch);
        if let Some(discriminator) = &union.discriminator
            && let Some((tag, _)) = discriminator.mapping.iter().find(|(_, id)| *id == branch)
        {
            self.facts.tags.insert(&discriminator.property, tag);
        }
        Some(())
    }

    fn condition(&mut self, condition: &Condition) -> Option<()> {
        if self.choices.among(2)? == 0 {
            self.pending.push(condition.test);
            self.pending.extend(condition.then);
        } else {
            self.pending.extend(condition.otherwise);
        }
        Some(())
    }

    /// Where a dynamic reference leads: the outermost resource decides that has its anchor.
    fn dynamic_target(&self, to: Id, anchor: Option<&str>) -> Id {
        let resource = self.arena.get(self.root).map_or(0, |schema| schema.resource as usize);
        let anchors = self.arena.dynamic.get(resource);
        anchor.and_then(|anchor| anchors?.get(anchor)).copied().unwrap_or(to)
    }
}

impl Facts<'_> {
    fn allow(&mut self, values: &[Value]) {
        match &mut self.allowed {
            None => self.allowed = Some(values.to_vec()),
            Some(allowed) => allowed.retain(|value| values.contains(value)),
        }
    }
}
