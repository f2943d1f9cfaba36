//! What the members of a schema are filled with.

use http::StatusCode;

use crate::document::{Node, Value, to_json_text};
use crate::ir::Fill;
use crate::lower::shape::{Demand, vocabulary};
use crate::model::{Schema, SchemaId, Schemas, TypeSet};

/// How long a reason phrase, a code or a number may be.
const LONGEST_WORD: u64 = 40;

/// How long a message may be: the runtime cuts longer ones.
const LONGEST_SENTENCE: u64 = 5000;

/// Deeper bodies are not filled.
const DEPTH: usize = 5;

/// What a body is filled with, if it says anything.
pub(super) fn body(schemas: &Schemas, id: SchemaId, demand: Demand) -> Option<Fill> {
    let cx = Cx { schemas, demand };
    let place = Place { name: "error", is_item: false, depth: 0, has_message: false, has_title: false };
    let mut fill = cx.value(id, &place, true)?;
    if fill.any(&|fill| matches!(fill, Fill::Violations(_) | Fill::Errors(_))) {
        shorten(&mut fill);
    }
    if !speaks_beside_lists(&fill) {
        always_list(&mut fill);
    }
    fill.any(&speaks).then_some(fill)
}

/// Whether a client learns anything where nothing is wrong with the request.
fn speaks_beside_lists(fill: &Fill) -> bool {
    match fill {
        Fill::Object(members) => members.iter().any(|(_, member)| speaks_beside_lists(member)),
        Fill::Violations(_) => false,
        Fill::Errors(item) => item.any(&speaks),
        other => speaks(other) || matches!(other, Fill::FastApi | Fill::Problem),
    }
}

/// A list that nothing else stands beside tells of every error.
fn always_list(fill: &mut Fill) {
    match fill {
        Fill::Object(members) => members.iter_mut().for_each(|(_, member)| always_list(member)),
        Fill::Violations(item) => *fill = Fill::Errors(std::mem::replace(item, Box::new(Fill::Message))),
        _ => {}
    }
}

/// Where what is wrong has a list of its own, the message does not repeat it.
fn shorten(fill: &mut Fill) {
    match fill {
        Fill::Sentence => *fill = Fill::Message,
        Fill::Object(members) => members.iter_mut().for_each(|(_, member)| shorten(member)),
        _ => {}
    }
}

/// Whether a client learns anything of it.
fn speaks(fill: &Fill) -> bool {
    matches!(fill, Fill::Sentence | Fill::Message | Fill::Reason | Fill::Code | Fill::Status | Fill::StatusText)
}

struct Cx<'schemas> {
    schemas: &'schemas Schemas,
    demand: Demand,
}

/// Where a value stands.
struct Place<'name> {
    name: &'name str,
    /// Whether it is within an item of the list of what is wrong.
    is_item: bool,
    depth: usize,
    has_message: bool,
    has_title: bool,
}

/// A schema and all that it consists of.
#[derive(Default)]
struct Parts<'schema> {
    schemas: Vec<&'schema Schema>,
}

/// What a list of values leaves.
enum Listed {
    /// There is no list.
    Nothing,
    /// One of its values.
    Chosen(Fill),
    /// None of its values is known to be meant.
    Unclear,
}

impl<'schemas> Cx<'schemas> {
    fn value(&self, id: SchemaId, place: &Place<'_>, is_required: bool) -> Option<Fill> {
        if place.depth > DEPTH {
            return None;
        }
        let mut parts = Parts::default();
        self.collect(id, &mut parts, 0);
        match parts.listed(self.demand) {
            Listed::Nothing => {}
            Listed::Chosen(fill) => return Some(fill),
            Listed::Unclear => return None,
        }
        let types = parts.types();
        let allows = |wanted: TypeSet| types == TypeSet::ANY || types.contains(wanted);
        if parts.properties().next().is_some() && allows(TypeSet::OBJECT) {
            let is_meant = is_required || place.depth == 0 || vocabulary::is_holder(place.name, place.is_item);
            return if is_meant { self.object(&parts, place) } else { None };
        }
        if let Some(branch) = parts.alternatives().find_map(|id| self.value(id, place, is_required)) {
            return Some(branch);
        }
        let text = vocabulary::text(place.name, place.is_item, place.has_message, place.has_title);
        if let Some(fill) = text.filter(|fill| allows(TypeSet::STRING) && parts.takes(fill)) {
            return Some(fill);
        }
        if types == TypeSet::ANY {
            return None;
        }
        let is_number = types.contains(TypeSet::INTEGER) || types.contains(TypeSet::NUMBER);
        if is_number && parts.takes_statuses() {
            return vocabulary::number(place.name);
        }
        if types.contains(TypeSet::BOOLEAN) {
            return vocabulary::boolean(place.name);
        }
        if types.contains(TypeSet::ARRAY) {
            return self.array(&parts, place, is_required);
        }
        // An object without members, where there must be one.
        (types.contains(TypeSet::OBJECT) && is_required && place.depth > 0).then(|| Fill::Object(Vec::new()))
    }

    /// The schema behind references, and what `allOf` puts together.
    fn collect(&self, id: SchemaId, parts: &mut Parts<'schemas>, depth: usize) {
        let schema = self.schemas.get(id);
        parts.schemas.push(schema);
        if depth < DEPTH * 2 {
            for &part in schema.reference.iter().chain(&schema.all_of) {
                self.collect(part, parts, depth + 1);
            }
        }
    }

    fn object(&self, parts: &Parts<'_>, place: &Place<'_>) -> Option<Fill> {
        let names: Vec<String> = parts.properties().map(|(key, _)| vocabulary::plain(key)).collect();
        let has = |own: &str, is_wanted: &dyn Fn(&str) -> bool| names.iter().any(|name| name != own && is_wanted(name));
        let mut members: Vec<(String, Fill)> = Vec::new();
        for ((key, id), name) in parts.properties().zip(&names) {
            if members.iter().any(|(known, _)| known == key) {
                continue;
            }
            let member = Place {
                name,
                is_item: place.is_item,
                depth: place.depth + 1,
                has_message: has(name, &vocabulary::is_message),
                has_title: has(name, &|name| name == "title"),
            };
            let is_required = parts.requires(key);
            match self.value(id, &member, is_required) {
                Some(fill) => members.push((key.to_owned(), fill)),
                None if is_required => return None,
                None => {}
            }
        }
        Some(Fill::Object(members))
    }

    fn array(&self, parts: &Parts<'_>, place: &Place<'_>, is_required: bool) -> Option<Fill> {
        let items = parts.schemas.iter().find_map(|schema| schema.items);
        if place.is_item && place.name == "loc" {
            return Some(Fill::Loc);
        }
        let is_list = !place.is_item && (vocabulary::is_list(place.name) || place.depth == 0);
        let item =
            Place { name: "message", is_item: true, depth: place.depth + 1, has_message: false, has_title: false };
        let fill = items.filter(|_| is_list).and_then(|id| match self.value(id, &item, true)? {
            // An item that is a text says where, too.
            Fill::Message => Some(Fill::Sentence),
            fill => fill.any(&speaks).then_some(fill),
        });
        match fill {
            Some(fill) if is_required => Some(Fill::Errors(Box::new(fill))),
            Some(fill) => Some(Fill::Violations(Box::new(fill))),
            None => is_required.then(|| Fill::Constant("[]".to_owned())),
        }
    }
}

impl<'schema> Parts<'schema> {
    fn types(&self) -> TypeSet {
        let all = self.schemas.iter().map(|schema| schema.types.without(TypeSet::NULL));
        all.fold(TypeSet::ANY, |types, next| types.intersection(next).unwrap_or(types))
    }

    fn properties(&self) -> impl Iterator<Item = (&'schema str, SchemaId)> {
        let all = self.schemas.iter().flat_map(|schema| &schema.properties);
        all.map(|property| (property.key.value.as_str(), property.schema))
    }

    fn requires(&self, key: &str) -> bool {
        self.schemas.iter().any(|schema| schema.required.iter().any(|required| required.value == key))
    }

    fn alternatives(&self) -> impl Iterator<Item = SchemaId> {
        self.schemas.iter().flat_map(|schema| schema.one_of.iter().chain(&schema.any_of)).copied()
    }

    /// What a list of values leaves: the only one, or the one that names the status; nothing where there is no list.
    fn listed(&self, demand: Demand) -> Listed {
        let constant = self.schemas.iter().find_map(|schema| schema.constant.as_ref());
        let values: Vec<&Node> = match constant {
            Some(value) => vec![value],
            None => {
                let values = self.schemas.iter().find_map(|schema| schema.values.as_ref());
                let Some(values) = values else { return Listed::Nothing };
                values.iter().filter(|value| value.value != Value::Null).collect()
            }
        };
        let chosen = match values.as_slice() {
            [only] => Some(*only),
            several => demand.status.and_then(|status| several.iter().copied().find(|value| names(value, status))),
        };
        let text =
            chosen.filter(|value| !matches!(value.value, Value::Sequence(_) | Value::Mapping(_))).map(to_json_text);
        // What needs no escapes is the same in every spelling.
        let fill = text.filter(|text| !text.contains('\\')).map(Fill::Constant);
        fill.map_or(Listed::Unclear, Listed::Chosen)
    }

    /// Whether a string may be what it is to be filled with.
    fn takes(&self, fill: &Fill) -> bool {
        let longest = match fill {
            Fill::Reason | Fill::Code | Fill::StatusText | Fill::Part | Fill::Constant(_) => LONGEST_WORD,
            _ => LONGEST_SENTENCE,
        };
        self.schemas.iter().all(|schema| {
            let limits = &schema.limits;
            schema.format.is_none()
                && limits.pattern.is_none()
                && limits.max_length.is_none_or(|most| most >= longest)
                && limits.min_length.is_none_or(|least| least <= 1)
        })
    }

    /// Whether a number may be any status of an error.
    fn takes_statuses(&self) -> bool {
        let within = |limit: Option<&str>, is_met: &dyn Fn(f64) -> bool| {
            limit.is_none_or(|limit| limit.parse().is_ok_and(is_met))
        };
        self.schemas.iter().all(|schema| {
            let limits = &schema.limits;
            limits.multiple_of.is_none()
                && within(limits.minimum.as_deref(), &|least| least <= 400.0)
                && within(limits.exclusive_minimum.as_deref(), &|least| least < 400.0)
                && within(limits.maximum.as_deref(), &|most| most >= 599.0)
                && within(limits.exclusive_maximum.as_deref(), &|most| most > 599.0)
        })
    }
}

/// Whether a listed value names a status: by its number, or by its reason phrase in any spelling.
fn names(value: &Node, status: u16) -> bool {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default();
    match &value.value {
        Value::String(text) => {
            let text = vocabulary::plain(text);
            let is_invalid = matches!(status, 400 | 422);
            text == vocabulary::plain(reason)
                || text == status.to_string()
                || is_invalid && ["invalidrequest", "validationerror", "invalidinput"].contains(&text.as_str())
        }
        Value::Number(number) => **number == *status.to_string(),
        Value::Null | Value::Boolean(_) | Value::Sequence(_) | Value::Mapping(_) => false,
    }
}
