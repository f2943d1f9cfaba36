//! What the types of numbers and formats hold: not every value that a schema allows fits the Rust type, and not every
//! `format` is enforced by one, or checked besides.

use std::collections::BTreeMap;

use crate::explain::rust_type;
use crate::ledger::{Ledger, PLACES, Row, Treatment};
use crate::lower;
use crate::model::{Schema, Schemas, TypeSet};
use crate::report::places::{Place, Places};
use crate::source::Span;

/// The schemas of one JSON type and format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The JSON type; none where the schema names no type, or several.
    pub json_type: Option<String>,
    /// The `format`, if there is one.
    pub format: Option<String>,
    /// The Rust type; none where others decide it: values, alternatives, or the schemas that it is merged with.
    pub rust_type: Option<String>,
    /// What a value that the Rust type cannot hold violates; none where the format is an annotation only.
    pub violation: Option<Violation>,
    /// How many schemas there are.
    pub count: usize,
    /// Their first places: those of the formats, where there are any.
    pub places: Vec<Place>,
}

/// What a value that a Rust type cannot hold violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Violation {
    /// `out-of-range`: the schema allows the number.
    OutOfRange,
    /// `format`: the type enforces it, or values are checked by it.
    Format,
}

impl Violation {
    /// The name in reports and error bodies.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OutOfRange => "out-of-range",
            Self::Format => "format",
        }
    }
}

/// A row on its way into the report.
pub(super) struct Found {
    domain: Domain,
    pub(super) spans: Vec<Span>,
}

impl Found {
    pub(super) fn finish(self, places: &Places) -> Domain {
        Domain { places: places.first(&self.spans), ..self.domain }
    }
}

type Key = (Option<&'static str>, Option<String>, Option<String>, Option<Violation>);

/// Sorts the schemas by what their types hold. Strings without a format hold every string.
pub(super) fn rows(schemas: &Schemas) -> Vec<Found> {
    let mut rows: BTreeMap<Key, (usize, Vec<Span>)> = BTreeMap::new();
    for (_, schema) in schemas.iter() {
        let format = schema.format.as_ref();
        let violation = violation(schema);
        if violation.is_none() && format.is_none() {
            continue;
        }
        let json_type = single_type(schema);
        let key = (json_type, format.map(|format| format.value.clone()), scalar(schema), violation);
        let (count, spans) = rows.entry(key).or_default();
        *count += 1;
        spans.push(format.map_or(schema.span, |format| format.span));
    }
    let found = |((json_type, format, rust_type, violation), (count, mut spans)): (Key, (usize, Vec<Span>))| {
        spans.sort_unstable();
        spans.truncate(PLACES);
        let json_type = json_type.map(str::to_owned);
        Found { domain: Domain { json_type, format, rust_type, violation, count, places: Vec::new() }, spans }
    };
    rows.into_iter().map(found).collect()
}

/// Says of each `format` whether values are checked by it.
pub(super) fn correct(ledger: &mut Ledger, schemas: &Schemas) {
    let (object, keyword) = ("Schema Object", "format");
    let is_ours = |row: &Row| row.object == object && row.keyword == keyword;
    let total: usize = ledger.rows.iter().filter(|row| is_ours(row)).map(|row| row.count).sum();
    let mut annotations: Vec<Span> = Vec::new();
    let mut enforced: Vec<Span> = Vec::new();
    for (_, schema) in schemas.iter() {
        if let Some(format) = &schema.format {
            if violation(schema).is_some() { &mut enforced } else { &mut annotations }.push(format.span);
        }
    }
    // A `type` that is the name of a format is no `format` of the document.
    let surplus = (annotations.len() + enforced.len()).saturating_sub(total);
    let at = ledger.rows.iter().position(is_ours).unwrap_or(ledger.rows.len());
    ledger.rows.retain(|row| !is_ours(row));
    let counted = [(Treatment::Enforced, enforced, surplus), (Treatment::PassedThrough, annotations, 0)];
    for (treatment, mut places, surplus) in counted.into_iter().rev() {
        let count = places.len().saturating_sub(surplus);
        if count > 0 {
            places.sort_unstable();
            places.truncate(PLACES);
            ledger
                .rows
                .insert(at, Row { object: object.to_owned(), keyword: keyword.to_owned(), treatment, count, places });
        }
    }
}

fn violation(schema: &Schema) -> Option<Violation> {
    let is_text = schema.types.without(TypeSet::NULL).contains(TypeSet::STRING);
    let held = lower::domain(schema).map(|_| if is_text { Violation::Format } else { Violation::OutOfRange });
    held.or(schema.limits.format.map(|_| Violation::Format))
}

fn single_type(schema: &Schema) -> Option<&'static str> {
    let types = schema.types.without(TypeSet::NULL);
    TypeSet::NAMES.iter().find(|(_, set)| *set == types).map(|(name, _)| *name)
}

fn scalar(schema: &Schema) -> Option<String> {
    if schema.values.is_some() || schema.constant.is_some() || schema.types == TypeSet::ANY {
        return None;
    }
    lower::scalar(schema.types.without(TypeSet::NULL), schema).map(|ty| rust_type(&[], &ty))
}
