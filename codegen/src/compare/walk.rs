//! One tree beside another: two nodes enter, what differs at and below them leaves.

mod renamed;

use crate::{
    compare::{
        Change, Comparison, Difference, Side,
        grammar::{self, Place, Thing},
        pairs::{self, Items},
        weight,
    },
    document::{Entry, Node, Pointer, Value},
    role::{Role, Roles},
    source::Span,
};

/// Compares two documents.
pub(super) fn walk<'doc>(
    base: &'doc Node,
    base_roles: &'doc Roles,
    copy: &'doc Node,
    copy_roles: &'doc Roles,
) -> Comparison<'doc> {
    let found = Comparison::default();
    let mut cx = Cx { base_roles, copy_roles, path: Vec::new(), is_trial: false, found };
    let parent = places(base, copy);
    cx.node(At { thing: Thing::DOCUMENT, place: Place::Object, role: Role::Contract, parent }, base, copy);
    cx.found
}

/// What is threaded through a comparison.
struct Cx<'doc> {
    base_roles: &'doc Roles,
    copy_roles: &'doc Roles,
    /// From the roots to where the comparison is: base and copy.
    path: Vec<(Step<'doc>, Step<'doc>)>,
    /// Whether this is to find out whether a member is another one under another key: then names that are missing settle it.
    is_trial: bool,
    found: Comparison<'doc>,
}

/// Where the comparison is.
#[derive(Clone, Copy)]
struct At<'doc> {
    thing: Thing<'doc>,
    place: Place,
    /// The role that everything here has, unless it is [`Role::Contract`].
    role: Role,
    /// What is shown when something is missing here: the keys of these nodes.
    parent: Places,
}

/// A place in the base and one in the copy.
#[derive(Clone, Copy)]
struct Places {
    base: Span,
    copy: Span,
}

/// A step from a node to one below it.
#[derive(Clone, Copy)]
enum Step<'doc> {
    Key(&'doc str),
    Index(usize),
}

impl<'doc> Cx<'doc> {
    fn node(&mut self, at: At<'doc>, base: &'doc Node, copy: &'doc Node) {
        let role = self.base_roles.within(at.role, base.id);
        let at = At { role, ..at };
        match (role, &base.value, &copy.value) {
            (Role::Contract | Role::Example | Role::Extension, Value::Mapping(ones), Value::Mapping(others)) => {
                self.mapping(at, ones, others);
            }
            (Role::Contract | Role::Example | Role::Extension, Value::Sequence(ones), Value::Sequence(others)) => {
                self.sequence(at, ones, others);
            }
            (Role::Text, Value::String(one), Value::String(other)) if one == other => {
                self.found.same.push((base.id, copy.span));
            }
            _ if is_equal(base, copy) => {}
            // What is no text cannot stand in for one.
            (Role::Text, one, other) if !are_words(one, other) => {
                self.changed(At { role: Role::Contract, ..at }, base, copy);
            }
            _ => self.changed(at, base, copy),
        }
    }

    fn changed(&mut self, at: At<'doc>, base: &'doc Node, copy: &'doc Node) {
        let (base_pointer, copy_pointer) = self.pointers();
        self.found.differences.push(Difference {
            change: Change::Changed,
            role: at.role,
            thing: at.thing,
            base: Side { node: Some(base), pointer: base_pointer, place: base.span },
            copy: Side { node: Some(copy), pointer: copy_pointer, place: copy.span },
            below: 0,
        });
    }

    fn mapping(&mut self, at: At<'doc>, base: &'doc [Entry], copy: &'doc [Entry]) {
        let pairs = pairs::by_key(base, copy);
        let enums = grammar::has_enum(at.place).then(|| pairs::enums(base, copy)).flatten();
        for (one, other) in pairs.both {
            self.path.push((Step::Key(&one.key.text), Step::Key(&other.key.text)));
            let below = below(at, one, other);
            match (&enums, &one.value.value, &other.value.value) {
                // What is said of each value follows the values, whose order is free.
                (Some(enums), Value::Sequence(ones), Value::Sequence(others))
                    if grammar::follows_enum(&one.key.text)
                        && enums.len() == ones.len()
                        && ones.len() == others.len() =>
                {
                    let role = self.base_roles.within(below.role, one.value.id);
                    self.items(At { role, ..below }, pairs::permuted(ones, others, enums));
                }
                _ => self.node(below, &one.value, &other.value),
            }
            self.path.pop();
        }
        let (mut lost, mut added) = (pairs.base, pairs.copy);
        if !self.is_trial {
            self.take_renamed(at, &mut lost, &mut added);
        }
        for (_, one) in lost {
            let (thing, _) = grammar::member(at.place, &one.key.text);
            self.lose(at, thing, Step::Key(&one.key.text), &one.value, one.key.span);
        }
        for (_, other) in added {
            let (thing, _) = grammar::member(at.place, &other.key.text);
            self.add(at, thing, Step::Key(&other.key.text), &other.value, other.key.span);
        }
    }

    fn sequence(&mut self, at: At<'doc>, base: &'doc [Node], copy: &'doc [Node]) {
        let pairs = match at.place {
            Place::Set(_) => pairs::as_set(base, copy),
            Place::Parameters => pairs::as_parameters(base, copy),
            Place::List(_) => pairs::as_named(base, copy),
            Place::Object | Place::Components | Place::Names(_) | Place::Data => {
                pairs::in_order(base, copy, |one, other| self.is_same(at.role, one, other))
            }
        };
        self.items(at, pairs);
    }

    fn items(&mut self, at: At<'doc>, pairs: Items<'doc>) {
        for ((index, one), (other_index, other)) in pairs.both {
            let thing = Thing::item(at.place, pairs::name(one));
            let parent = places(one, other);
            self.path.push((Step::Index(index), Step::Index(other_index)));
            self.node(At { thing, place: grammar::item(at.place), role: at.role, parent }, one, other);
            self.path.pop();
        }
        for (index, one) in pairs.base {
            self.lose(at, Thing::item(at.place, pairs::name(one)), Step::Index(index), one, first(one));
        }
        for (index, other) in pairs.copy {
            self.add(at, Thing::item(at.place, pairs::name(other)), Step::Index(index), other, first(other));
        }
    }

    fn lose(&mut self, at: At<'doc>, thing: Thing<'doc>, step: Step<'doc>, node: &'doc Node, place: Span) {
        let (base, copy) = self.pointers();
        self.found.differences.push(Difference {
            change: Change::Missing,
            role: named(at, self.base_roles.within(at.role, node.id)),
            thing,
            base: Side { node: Some(node), pointer: step.from(&base), place },
            copy: Side { node: None, pointer: copy, place: at.parent.copy },
            below: weight::values_below(node),
        });
    }

    fn add(&mut self, at: At<'doc>, thing: Thing<'doc>, step: Step<'doc>, node: &'doc Node, place: Span) {
        let (base, copy) = self.pointers();
        self.found.differences.push(Difference {
            change: Change::Extra,
            role: named(at, self.copy_roles.within(at.role, node.id)),
            thing,
            base: Side { node: None, pointer: base, place: at.parent.base },
            copy: Side { node: Some(node), pointer: step.from(&copy), place },
            below: weight::values_below(node),
        });
    }

    /// Whether two items are the same but for human text. It pairs nothing, so that nested lists take no time without end.
    fn is_same(&self, above: Role, base: &Node, copy: &Node) -> bool {
        let role = self.base_roles.within(above, base.id);
        match (role, &base.value, &copy.value) {
            (Role::Text, one, other) => one == other || are_words(one, other),
            (_, Value::Mapping(ones), Value::Mapping(others)) => {
                let pairs = pairs::by_key(ones, others);
                let is_whole = pairs.base.is_empty() && pairs.copy.is_empty();
                is_whole && pairs.both.iter().all(|(one, other)| self.is_same(role, &one.value, &other.value))
            }
            (_, Value::Sequence(ones), Value::Sequence(others)) => {
                ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| self.is_same(role, one, other))
            }
            _ => is_equal(base, copy),
        }
    }

    /// Where the comparison is, in the base and in the copy.
    fn pointers(&self) -> (Pointer, Pointer) {
        let base = self.path.iter().fold(Pointer::root(), |pointer, (step, _)| step.from(&pointer));
        let copy = self.path.iter().fold(Pointer::root(), |pointer, (_, step)| step.from(&pointer));
        (base, copy)
    }
}

impl Step<'_> {
    fn from(self, pointer: &Pointer) -> Pointer {
        match self {
            Self::Key(key) => pointer.child(key),
            Self::Index(index) => pointer.child(index.to_string()),
        }
    }
}

/// Whether two values are the same: numbers by what they are, not by how they are written.
fn is_equal(base: &Node, copy: &Node) -> bool {
    match (&base.value, &copy.value) {
        (Value::Number(_), Value::Number(_)) => base.canonical() == copy.canonical(),
        (one, other) => one == other,
    }
}

/// Whether these are a text and what may stand for it in another language, be it nothing.
fn are_words(base: &Value, copy: &Value) -> bool {
    matches!((base, copy), (Value::String(_), Value::String(_) | Value::Null))
}

/// The way to a member of a mapping that both have.
fn below<'doc>(at: At<'doc>, base: &'doc Entry, copy: &'doc Entry) -> At<'doc> {
    let (thing, place) = grammar::member(at.place, &base.key.text);
    At { thing, place, role: at.role, parent: Places { base: base.key.span, copy: copy.key.span } }
}

/// A name that the writer chose is contract, even where nothing but text is below it: a status, a scope.
fn named(at: At<'_>, role: Role) -> Role {
    match (at.place, role) {
        (Place::Names(_), Role::Text) => Role::Contract,
        (_, role) => role,
    }
}

fn places(base: &Node, copy: &Node) -> Places {
    Places { base: first(base), copy: first(copy) }
}

/// Where a node begins, for people: the first key of a mapping, since all of a mapping is too much to show.
fn first(node: &Node) -> Span {
    match &node.value {
        Value::Mapping(entries) => entries.first().map_or(node.span, |entry| entry.key.span),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => node.span,
    }
}
