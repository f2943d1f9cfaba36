//! What a document says of the heads of parts: encodings enter, the terms that are checked leave.
//!
//! The one rule: what is not checked is named. A part of a style has no media type of its own (OpenAPI 3.1.1 section
//! 4.8.15.1).

use crate::ir::{PartHeader, PartTerms};
use crate::lower::context::Cx;
use crate::lower::{merge, unchecked};
use crate::model::{Encoding, Header, ParameterValue, Property, TypeSet};

/// The terms of all parts of which something is said.
pub(super) fn terms(cx: &mut Cx<'_>, declared: &[Encoding], properties: &[Property]) -> Box<[PartTerms]> {
    let is_property = |encoding: &&Encoding| properties.iter().any(|it| it.key.value == encoding.property.value);
    let all = declared.iter().filter(is_property).map(|encoding| PartTerms {
        key: encoding.property.value.clone(),
        media_types: if encoding.style.is_none() { media_types(encoding) } else { Vec::new() },
        headers: encoding.headers.iter().filter_map(|header| self::header(cx, header)).collect(),
    });
    all.filter(|terms| !terms.media_types.is_empty() || !terms.headers.is_empty()).collect()
}

fn media_types(encoding: &Encoding) -> Vec<String> {
    let declared = encoding.content_type.iter().flat_map(|declared| declared.value.split(','));
    declared.map(|media_type| media_type.trim().to_owned()).filter(|media_type| !media_type.is_empty()).collect()
}

/// A header field that is a scalar; lists and objects are named.
fn header(cx: &mut Cx<'_>, header: &Header) -> Option<PartHeader> {
    let schema = match header.value {
        ParameterValue::Schema { schema, .. } => Some(schema),
        ParameterValue::Content { .. } => None,
    };
    let scalar = schema.filter(|schema| {
        let merged = merge::merged(cx, *schema);
        let kinds = merge::kinds(cx, &merged, 8);
        kinds == TypeSet::ANY || kinds.intersection(TypeSet::ARRAY.with(TypeSet::OBJECT)).is_none()
    });
    if scalar.is_none() {
        unchecked::header_of_part(cx, &header.name);
    }
    scalar.map(|schema| PartHeader {
        name: header.name.value.clone(),
        required: header.required,
        schema: cx.check(schema),
    })
}
