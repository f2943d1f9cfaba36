//! The walk over a value and the schemas that apply to it.
//!
//! The one rule: it ends. Schemas may lead to each other without end, and branches of branches may multiply; so a schema
//! that comes back to the same value adds nothing, depth and steps are limited, and what goes beyond is refused.

use std::collections::HashMap;

use serde_json::Value;

use crate::Direction;
use crate::arena::{Arena, Id, Keyword, Schema};
use crate::evaluated::Evaluated;
use crate::message::Message;
use crate::sentence::Sentence;
use crate::violation::{Location, Segment, Violation, ViolationKind, Violations};

/// Schemas within each other, at most. A value has at most 128 levels, for that is where its reader stops.
const DEPTH_LIMIT: usize = 512;

/// Schemas that are applied to a value or to parts of it, at most.
const STEP_LIMIT: u32 = 10_000_000;

/// The state of one check.
pub(crate) struct Check<'a> {
    pub(crate) arena: &'a Arena,
    pub(crate) direction: Direction,
    /// The schema resources that were entered, outermost first (2020-12 core, section 7.1).
    pub(crate) scope: Vec<u32>,
    /// The schemas that are being applied, outermost first, each with the address of its value.
    pub(crate) active: Vec<(Id, usize)>,
    /// How deep the check is that this one is part of.
    base_depth: usize,
    /// Whether every violation is wanted, rather than whether there is one.
    is_listing: bool,
    found: Violations,
    location: Location,
    path: Vec<Step<'a>>,
    /// Why no verdict can be trusted any more.
    stopped: Option<(ViolationKind, Sentence)>,
    steps: u32,
    /// How often a schema came back to the same value.
    pub(crate) n_circles: u32,
    /// What was found out about objects and arrays, with and without listing, so that it is found out once.
    known: HashMap<(Id, usize, bool), bool>,
}

/// A step into the value; it is copied only for a violation.
#[derive(Clone, Copy)]
pub(crate) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Check<'a> {
    pub(crate) fn new(arena: &'a Arena, direction: Direction) -> Self {
        Self {
            arena,
            direction,
            scope: Vec::new(),
            active: Vec::new(),
            base_depth: 0,
            is_listing: false,
            found: Violations::default(),
            location: Location::Body,
            path: Vec::new(),
            stopped: None,
            steps: STEP_LIMIT,
            n_circles: 0,
            known: HashMap::new(),
        }
    }

    /// Whether a schema has nothing against a value.
    pub(crate) fn admits(mut self, schema: Id, value: &'a Value) -> bool {
        self.schema(schema, value, None) && self.stopped.is_none()
    }

    /// Everything that a schema has against a value.
    pub(crate) fn list(mut self, id: Id, value: &'a Value, location: Location, name: Option<&'a str>) -> Violations {
        self.is_listing = true;
        self.location = location;
        self.path.extend(name.map(Step::Key));
        self.schema(id, value, None);
        if let Some((kind, message)) = self.stopped.take()
            && !self.found.listed().iter().any(|violation| violation.kind == kind)
        {
            self.fail(kind, || message);
        }
        self.found
    }

    /// Applies a schema to a value, and adds what it evaluates to `evaluated`, if anybody asks.
    ///
    /// `false` when it has something against the value.
    pub(crate) fn schema(&mut self, id: Id, value: &'a Value, evaluated: Option<&mut Evaluated<'a>>) -> bool {
        let Some(schema) = self.arena.get(id) else { return self.stop(ViolationKind::Unchecked, Sentence::Unchecked) };
        let here = (id, std::ptr::from_ref(value).addr());
        if self.active.iter().rev().take_while(|(_, address)| *address == here.1).any(|active| *active == here) {
            self.n_circles += 1;
            return true;
        }
        if self.is_stopped() || self.is_beyond_limits() {
            return false;
        }
        // What is evaluated must be said again; and a dynamic reference leads elsewhere from elsewhere.
        let is_knowable = evaluated.is_none() && (value.is_array() || value.is_object()) && !self.arena.is_dynamic();
        let key = (here.0, here.1, self.is_listing);
        if is_knowable && let Some(known) = self.known.get(&key) {
            return *known;
        }
        let n_circles = self.n_circles;
        self.active.push(here);
        let entered = self.scope.last() != Some(&schema.resource);
        if entered {
            self.scope.push(schema.resource);
        }
        let admits = self.keywords(schema, value, evaluated);
        if entered {
            self.scope.pop();
        }
        self.active.pop();
        if is_knowable && self.n_circles == n_circles {
            self.known.insert(key, admits);
        }
        admits
    }

    fn is_beyond_limits(&mut self) -> bool {
        let is_deep = self.base_depth + self.active.len() >= DEPTH_LIMIT;
        if is_deep || self.steps == 0 {
            let message = if is_deep { Sentence::TooDeepToCheck } else { Sentence::TooLongToCheck };
            self.stop(ViolationKind::Unchecked, message);
            return true;
        }
        self.steps -= 1;
        false
    }

    fn keywords(&mut self, schema: &'a Schema, value: &'a Value, evaluated: Option<&mut Evaluated<'a>>) -> bool {
        if !schema.has_unevaluated() {
            return self.each_keyword(schema, value, evaluated);
        }
        // It asks what its own keywords evaluated, not what those of schemas around it did.
        let mut own = Evaluated::default();
        let admits = self.each_keyword(schema, value, Some(&mut own));
        if let Some(evaluated) = evaluated {
            evaluated.merge(own);
        }
        admits
    }

    fn each_keyword(
        &mut self,
        schema: &'a Schema,
        value: &'a Value,
        mut evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let mut admits = true;
        for keyword in &schema.keywords {
            if !self.keyword(schema, keyword, value, evaluated.as_deref_mut()) {
                admits = false;
                // What else is wrong with a value of another type is noise.
                if !self.goes_on(false) || matches!(keyword, Keyword::Type(_)) {
                    break;
                }
            }
        }
        admits
    }

    fn keyword(
        &mut self,
        schema: &Schema,
        keyword: &'a Keyword,
        value: &'a Value,
        evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        match keyword {
            Keyword::Never => self.fail(ViolationKind::NotAllowed, || Sentence::NotAllowedHere),
            Keyword::Type(types) => self.types(*types, value),
            Keyword::Enum(allowed) => self.one_of(allowed, schema.secret, value),
            Keyword::Const(allowed) => self.one_of(std::slice::from_ref(allowed), schema.secret, value),
            Keyword::Bound(bound, limit) => self.bound(*bound, limit, value),
            Keyword::MultipleOf(divisor) => self.multiple_of(divisor, value),
            Keyword::Length(length) => self.length(*length, value),
            Keyword::Pattern(pattern) => self.pattern(pattern, value),
            Keyword::Format(format) => self.format(*format, value),
            Keyword::Domain(domain) => self.domain(*domain, value),
            Keyword::Array(array) => self.array(array, value, evaluated),
            Keyword::Object(object) => self.object(object, value, evaluated),
            Keyword::Reference(to) => self.schema(*to, value, evaluated),
            Keyword::DynamicReference { to, anchor } => {
                let to = self.dynamic_target(*to, anchor.as_deref());
                self.schema(to, value, evaluated)
            }
            Keyword::AllOf(all) => self.all_of(all, value, evaluated),
            Keyword::AnyOf(union) => self.any_of(union, value, evaluated),
            Keyword::OneOf(union) => self.exactly_one_of(union, value, evaluated),
            Keyword::Not(excluded) => self.not(*excluded, value),
            Keyword::If(condition) => self.condition(condition, value, evaluated),
            Keyword::DependentSchemas(dependent) => self.dependent_schemas(dependent, value, evaluated),
            Keyword::UnevaluatedItems(rest) => self.unevaluated_items(*rest, value, evaluated),
            Keyword::UnevaluatedProperties(rest) => self.unevaluated_properties(*rest, value, evaluated),
        }
    }

    /// Applies a schema that need not hold: its violations are not listed, and what it evaluates counts if it holds.
    pub(crate) fn branch(&mut self, id: Id, value: &'a Value, evaluated: Option<&mut Evaluated<'a>>) -> bool {
        let is_listing = std::mem::replace(&mut self.is_listing, false);
        let admits = match evaluated {
            None => self.schema(id, value, None),
            Some(evaluated) => {
                let mut own = Evaluated::default();
                let admits = self.schema(id, value, Some(&mut own));
                if admits {
                    evaluated.merge(own);
                }
                admits
            }
        };
        self.is_listing = is_listing;
        admits
    }

    /// Applies a schema to a part of the value.
    pub(crate) fn below(&mut self, step: Step<'a>, id: Id, value: &'a Value) -> bool {
        self.path.push(step);
        let admits = self.schema(id, value, None);
        self.path.pop();
        admits
    }

    /// Lists a violation of a part of the value.
    pub(crate) fn fail_below<M: Into<Message>>(
        &mut self,
        step: Step<'a>,
        kind: ViolationKind,
        message: impl FnOnce() -> M,
    ) -> bool {
        self.path.push(step);
        self.fail(kind, message);
        self.path.pop();
        false
    }

    /// Lists a violation of the value, if they are listed and can be trusted. Always `false`.
    pub(crate) fn fail<M: Into<Message>>(&mut self, kind: ViolationKind, message: impl FnOnce() -> M) -> bool {
        if self.is_listing && self.stopped.is_none() {
            let segment = |step: &Step<'_>| match *step {
                Step::Key(key) => Segment::client_key(key),
                Step::Index(index) => Segment::Index(index),
            };
            let path = self.path.iter().map(segment).collect();
            let violation = Violation { location: self.location, path, kind, message: message().into() };
            // What several parts of a schema say is told once.
            if !self.found.listed().contains(&violation) {
                self.found.push(violation);
            }
        }
        false
    }

    /// Gives up: the value is refused, whatever else is found. Always `false`.
    pub(crate) fn stop(&mut self, kind: ViolationKind, message: Sentence) -> bool {
        self.fail(kind, || message);
        self.stopped.get_or_insert((kind, message));
        false
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    pub(crate) fn is_listing(&self) -> bool {
        self.is_listing
    }

    /// How many violations are listed.
    pub(crate) fn n_found(&self) -> usize {
        self.found.listed().len() + self.found.omitted()
    }

    /// Whether there is more to find: a check that does not list ends with the first violation.
    pub(crate) fn goes_on(&self, admits: bool) -> bool {
        admits || self.is_listing
    }

    /// What a schema has against each of some names: a check of its own, for they are no parts of the value.
    pub(crate) fn names(&mut self, id: Id, names: &[Value]) -> Vec<Violations> {
        let mut check = Check::new(self.arena, self.direction);
        check.scope.clone_from(&self.scope);
        check.base_depth = self.base_depth + self.active.len();
        check.is_listing = true;
        check.steps = self.steps;
        let mut found = Vec::new();
        for name in names {
            check.schema(id, name, None);
            found.push(std::mem::take(&mut check.found));
        }
        self.steps = check.steps;
        if let Some((kind, message)) = check.stopped {
            self.stop(kind, message);
        }
        found
    }
}
