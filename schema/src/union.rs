//! `anyOf` and `oneOf`: whether the branches hold, and which one tells what is wrong when none does.
//!
//! The one rule: a union gives the violations of the only branch that the value can have been meant for, by its tag or its
//! kind; if that is no single branch, it gives one violation. What a tag names is meant, whatever else would take the value.

use serde_json::{Map, Value};

use crate::arena::{Discriminator, Id, Keyword, Types, Union};
use crate::check::{Check, Step};
use crate::equal::equal;
use crate::evaluated::Evaluated;
use crate::message;
use crate::sentence::Sentence;
use crate::violation::ViolationKind;

impl<'a> Check<'a> {
    pub(crate) fn any_of(
        &mut self,
        union: &'a Union,
        value: &'a Value,
        mut evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        if let Some((discriminator, members)) = tagged(union, value) {
            return self.by_tag(discriminator, members, value, evaluated);
        }
        let mut matched = false;
        for id in &union.branches {
            matched |= self.union_branch(*id, value, evaluated.as_deref_mut());
            // Every branch that holds evaluates (2020-12 core, section 10.2.1.2).
            if matched && evaluated.is_none() {
                break;
            }
        }
        matched || self.none_matches(union, value)
    }

    pub(crate) fn exactly_one_of(
        &mut self,
        union: &'a Union,
        value: &'a Value,
        mut evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        if let Some((discriminator, members)) = tagged(union, value) {
            return self.by_tag(discriminator, members, value, evaluated);
        }
        let mut n_matches = 0_usize;
        for id in &union.branches {
            n_matches += usize::from(self.union_branch(*id, value, evaluated.as_deref_mut()));
            if n_matches > 1 && !self.is_listing() {
                return false;
            }
        }
        match n_matches {
            0 => self.none_matches(union, value),
            1 => true,
            _ => self.fail(ViolationKind::Union, || {
                Sentence::MatchesSeveral.with([n_matches.into(), union.branches.len().into()])
            }),
        }
    }

    /// Only the branch that the tag of an object names is asked.
    fn by_tag(
        &mut self,
        discriminator: &'a Discriminator,
        members: &Map<String, Value>,
        value: &'a Value,
        evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let tag = members.get(&discriminator.property).and_then(Value::as_str);
        let named = discriminator.mapping.iter().find(|(value, _)| Some(value.as_str()) == tag).map(|(_, id)| *id);
        match named.or(discriminator.otherwise) {
            Some(id) => self.schema(id, value, evaluated),
            None => self.untagged(discriminator, members),
        }
    }

    /// A branch that only leads back to the value that is being checked is no reason to accept it.
    fn union_branch(&mut self, id: Id, value: &'a Value, evaluated: Option<&mut Evaluated<'a>>) -> bool {
        let n_circles = self.n_circles;
        self.branch(id, value, evaluated) && self.n_circles == n_circles
    }

    fn none_matches(&mut self, union: &'a Union, value: &'a Value) -> bool {
        if !self.is_listing() || self.is_stopped() {
            return false;
        }
        let n_found = self.n_found();
        match self.nearest(union, value) {
            Nearest::Branch(id) => {
                self.schema(id, value, None);
            }
            Nearest::Type(types) => {
                self.fail(ViolationKind::Type, || types.expected());
            }
            Nearest::None => {}
        }
        if self.n_found() == n_found {
            let n_branches = union.branches.len();
            self.fail(ViolationKind::Union, || Sentence::MatchesNone.with([n_branches.into()]));
        }
        false
    }

    /// The tag is wrong or absent.
    fn untagged(&mut self, discriminator: &'a Discriminator, members: &Map<String, Value>) -> bool {
        let step = Step::Key(&discriminator.property);
        if !members.contains_key(&discriminator.property) {
            return self.fail_below(step, ViolationKind::Missing, || Sentence::Required);
        }
        self.fail_below(step, ViolationKind::Enum, || {
            let tags: Vec<_> = discriminator.mapping.iter().map(|(tag, _)| Value::from(tag.as_str())).collect();
            message::one_of(&tags, false)
        })
    }

    fn nearest(&self, union: &Union, value: &Value) -> Nearest {
        let types = |id: &Id| self.arena.types(*id);
        let of_kind: Vec<Id> = union.branches.iter().filter(|id| types(id).admit(value)).copied().collect();
        if of_kind.is_empty() {
            return match union.branches.iter().map(types).fold(Types::NONE, Types::union) {
                Types::NONE => Nearest::None,
                types => Nearest::Type(types),
            };
        }
        let Value::Object(members) = value else { return only(&of_kind) };
        let of_tag: Vec<Id> = of_kind.into_iter().filter(|id| !self.is_tagged_otherwise(*id, members)).collect();
        only(&of_tag)
    }

    /// Whether a property that has few values in a branch has none of them here.
    fn is_tagged_otherwise(&self, id: Id, members: &Map<String, Value>) -> bool {
        let properties =
            self.arena.schemas_of(id).flat_map(|schema| &schema.keywords).filter_map(|keyword| match keyword {
                Keyword::Object(object) => Some(&object.properties),
                _ => None,
            });
        properties
            .flat_map(|properties| members.iter().filter_map(|(key, value)| Some((*properties.get(key)?, value))))
            .any(|(property, value)| {
                self.arena.schemas_of(property).flat_map(|schema| &schema.keywords).any(|keyword| match keyword {
                    Keyword::Const(allowed) => !equal(allowed, value),
                    Keyword::Enum(allowed) => !allowed.iter().any(|allowed| equal(allowed, value)),
                    _ => false,
                })
            })
    }
}

/// What a value that no branch takes was meant for.
enum Nearest {
    /// This branch.
    Branch(Id),
    /// A value of one of these types.
    Type(Types),
    /// Nobody knows.
    None,
}

/// The discriminator of a union, for an object that it speaks of.
fn tagged<'a, 'v>(union: &'a Union, value: &'v Value) -> Option<(&'a Discriminator, &'v Map<String, Value>)> {
    let discriminator = union.discriminator.as_ref().filter(|discriminator| !discriminator.mapping.is_empty())?;
    let members = value.as_object()?;
    (!discriminator.optional || members.contains_key(&discriminator.property)).then_some((discriminator, members))
}

fn only(branches: &[Id]) -> Nearest {
    match branches {
        [id] => Nearest::Branch(*id),
        _ => Nearest::None,
    }
}
