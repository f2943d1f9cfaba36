//! What is demanded of objects.

use serde_json::{Map, Value};

use crate::arena::{Count, Id, Object};
use crate::check::{Check, Step};
use crate::evaluated::Evaluated;
use crate::message::{self, PROPERTIES};
use crate::sentence::Sentence;
use crate::violation::ViolationKind;

impl<'a> Check<'a> {
    pub(crate) fn object(
        &mut self,
        object: &'a Object,
        value: &'a Value,
        mut evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let Value::Object(members) = value else { return true };
        let mut admits = self.property_count(object.count, members);
        for (key, member) in members {
            if !self.goes_on(admits) {
                return false;
            }
            admits &= self.member(object, key, member, evaluated.as_deref_mut());
        }
        if self.goes_on(admits) {
            admits &= self.required(object, value, members);
        }
        if let Some(names) = object.names
            && self.goes_on(admits)
        {
            admits &= self.property_names(names, members);
        }
        admits
    }

    fn property_count(&mut self, count: Count, members: &Map<String, Value>) -> bool {
        let given = members.len() as u64;
        count.admits(given) || self.fail(ViolationKind::PropertyCount, || message::count(count, given, PROPERTIES))
    }

    fn member(
        &mut self,
        object: &'a Object,
        key: &'a str,
        member: &'a Value,
        evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let mut admits = true;
        let mut is_covered = false;
        if let Some(id) = object.properties.get(key) {
            is_covered = true;
            // What only goes the other way is ignored, whatever it is.
            admits &= self.is_hidden(*id) || self.below(Step::Key(key), *id, member);
        }
        for (pattern, id) in &object.patterns {
            if self.finds(pattern, key) {
                is_covered = true;
                admits &= self.below(Step::Key(key), *id, member);
            }
        }
        if let Some(id) = object.additional
            && !is_covered
        {
            is_covered = true;
            admits &= self.rest(id, key, member);
        }
        if let Some(evaluated) = evaluated
            && is_covered
        {
            evaluated.member(key);
        }
        admits && !self.is_stopped()
    }

    /// A property that others leave: a schema that allows nothing says that there be none.
    fn rest(&mut self, id: Id, key: &'a str, member: &'a Value) -> bool {
        if self.arena.is_never(id) {
            return self.fail_below(Step::Key(key), ViolationKind::UnknownProperty, || Sentence::NotAllowedHere);
        }
        self.below(Step::Key(key), id, member)
    }

    fn required(&mut self, object: &'a Object, value: &'a Value, members: &Map<String, Value>) -> bool {
        let mut admits = true;
        for key in object.required.iter().filter(|key| !members.contains_key(*key)) {
            if !self.may_be_absent(key, value) {
                admits = self.fail_below(Step::Key(key), ViolationKind::Missing, || Sentence::Required);
            }
        }
        for (present, keys) in object.dependent.iter().filter(|(key, _)| members.contains_key(key)) {
            for key in keys.iter().filter(|key| !members.contains_key(*key)) {
                if !self.may_be_absent(key, value) {
                    admits = self.fail_below(Step::Key(key), ViolationKind::Missing, || {
                        Sentence::RequiredBecause.with([message::shown(present).into()])
                    });
                }
            }
        }
        admits
    }

    /// Whether a required property need not be there in this direction: some schema that applies to the object says that
    /// it only goes the other way (`OpenAPI` 3.0.4 section 4.7.24.2; there `required` and `readOnly` may stand in
    /// different parts of an `allOf`).
    fn may_be_absent(&self, key: &str, value: &Value) -> bool {
        let address = std::ptr::from_ref(value).addr();
        let around = self.active.iter().rev().take_while(|(_, active)| *active == address);
        around.flat_map(|(id, _)| self.arena.parts(*id)).any(|part| {
            let property = self.arena.get(part).and_then(|schema| schema.property(key));
            property.is_some_and(|id| self.is_hidden(id))
        })
    }

    /// Whether a property does not go this way.
    fn is_hidden(&self, property: Id) -> bool {
        self.arena.has_sides && self.arena.schemas_of(property).any(|schema| schema.is_hidden(self.direction))
    }

    fn property_names(&mut self, id: Id, members: &'a Map<String, Value>) -> bool {
        let names: Vec<_> = members.keys().map(|key| Value::String(key.clone())).collect();
        let found = self.names(id, &names);
        let mut admits = true;
        for (key, violations) in members.keys().zip(found) {
            for violation in violations.listed() {
                admits = self.fail_below(Step::Key(key), violation.kind, || {
                    Sentence::OfItsName.with([violation.message.clone().into()])
                });
            }
        }
        admits && !self.is_stopped()
    }

    pub(crate) fn unevaluated_properties(
        &mut self,
        id: Id,
        value: &'a Value,
        evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let (Value::Object(members), Some(evaluated)) = (value, evaluated) else { return true };
        let mut admits = true;
        for (key, member) in members.iter().filter(|(key, _)| !evaluated.has_member(key)) {
            admits &= self.rest(id, key, member);
            if !self.goes_on(admits) {
                break;
            }
        }
        evaluated.all_members();
        admits
    }
}
