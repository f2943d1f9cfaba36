//! Values of schemas: indices into a table of schemas enter, values that these schemas allow leave.
//!
//! The one rule: nothing leaves that the exact check refuses. What is built follows the keywords, as far as they tell what
//! to build; where they leave a choice, the choices are tried in a fixed order.

use std::collections::HashMap;

use serde_json::Value;
use stubwright_schema::arena::{Arena, Id};
use stubwright_schema::{Direction, Schemas};

use crate::example::choices::Choices;
use crate::example::facts::Facts;
use crate::example::kind::{self, Kind};
use crate::example::{array, number, object, text};

/// Combinations of choices that are tried for one value.
const ATTEMPTS: usize = 96;

/// Values that are built on the way to one, at most.
const FUEL: usize = 4_000;

/// Arrays and objects within each other beyond which only what is required is built.
const RICH_DEPTH: usize = 4;

/// Arrays and objects within each other, at most.
const DEPTH: usize = 48;

/// Makes values of the schemas of one document.
pub(crate) struct Synthesiser<'a> {
    schemas: &'a Schemas,
    pub(super) arena: &'a Arena,
    /// For each schema, the values that the document shows: examples, then the default.
    shown: &'a [Vec<Value>],
    pub(super) direction: Direction,
    fuel: usize,
    /// The schemas whose values are being built, outermost first.
    active: Vec<Vec<Id>>,
    known: HashMap<(Vec<Id>, usize, bool), Value>,
}

impl<'a> Synthesiser<'a> {
    /// Makes values that go one way. `None` for a table that cannot be read.
    pub(crate) fn new(schemas: &'a Schemas, shown: &'a [Vec<Value>], direction: Direction) -> Option<Self> {
        let arena = schemas.arena().ok()?;
        Some(Self { schemas, arena, shown, direction, fuel: 0, active: Vec::new(), known: HashMap::new() })
    }

    /// A value of a schema. Another seed gives another value, where there is one.
    pub(crate) fn value(&mut self, schema: Id, seed: usize) -> Option<Value> {
        self.fuel = FUEL;
        self.active.clear();
        self.of_all(&[schema], seed)
    }

    /// Whether a value is one of a schema.
    pub(crate) fn admits(&self, schema: Id, value: &Value) -> bool {
        self.schemas.admits(schema, self.direction, value)
    }

    /// A value of all of some schemas.
    pub(super) fn of_all(&mut self, ids: &[Id], seed: usize) -> Option<Value> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        if self.active.len() >= DEPTH || self.active.contains(&ids) {
            return None;
        }
        let key = (ids, seed, self.is_rich());
        if let Some(known) = self.known.get(&key) {
            return Some(known.clone());
        }
        self.active.push(key.0.clone());
        let value = self.shown(&key.0, seed).or_else(|| self.built(&key.0, seed));
        self.active.pop();
        if let Some(value) = &value {
            self.known.insert(key, value.clone());
        }
        value
    }

    /// The schema whose value everything else is a part of.
    pub(super) fn outermost(&self) -> Option<Id> {
        self.active.first()?.first().copied()
    }

    /// Whether there is room for what is not required.
    pub(super) fn is_rich(&self) -> bool {
        self.active.len() <= RICH_DEPTH && self.fuel > FUEL / 4
    }

    /// Whether all of some schemas allow a value.
    pub(super) fn is_value(&self, ids: &[Id], value: &Value) -> bool {
        ids.iter().all(|id| self.admits(*id, value))
    }

    /// What the document itself shows.
    fn shown(&self, ids: &[Id], seed: usize) -> Option<Value> {
        let parts = ids.iter().flat_map(|id| self.arena.parts(*id));
        let shown = parts.filter_map(|id| self.shown.get(id as usize)).flatten();
        shown.filter(|value| self.is_value(ids, value)).nth(seed).cloned()
    }

    fn built(&mut self, ids: &[Id], seed: usize) -> Option<Value> {
        let mut total = 0;
        for attempt in 0..ATTEMPTS {
            self.fuel = self.fuel.checked_sub(1)?;
            let mut choices = Choices::new(attempt);
            if let Some(value) = self.build(ids, seed, &mut choices)
                && self.is_value(ids, &value)
            {
                return Some(value);
            }
            // A way that ends early saw few forks.
            total = total.max(choices.total());
            if attempt + 1 >= total {
                break;
            }
        }
        None
    }

    fn build(&mut self, ids: &[Id], seed: usize, choices: &mut Choices) -> Option<Value> {
        let facts = Facts::of(self, ids, choices)?;
        if let Some(allowed) = &facts.allowed {
            let place = (choices.among(allowed.len())? + seed) % allowed.len();
            return Some(allowed[place].clone());
        }
        let kinds = kind::of(&facts);
        match kinds[choices.among(kinds.len())?] {
            Kind::Null => Some(Value::Null),
            Kind::Boolean => Some(Value::Bool((choices.among(2)? + seed).is_multiple_of(2))),
            Kind::Integer => choices.pick(number::candidates(&facts, true, seed)),
            Kind::Number => choices.pick(number::candidates(&facts, false, seed)),
            Kind::String => choices.pick(text::candidates(&facts, seed)).map(Value::String),
            Kind::Array => array::build(self, &facts, seed, choices),
            Kind::Object => object::build(self, ids, &facts, seed, choices),
        }
    }
}
