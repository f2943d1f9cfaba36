//! Which features of the runtime the generated code needs.

use std::collections::BTreeSet;

use crate::ir::{Ir, Text};
use crate::lower::visit::{self, Part};

/// The features, sorted.
pub(super) fn features(ir: &mut Ir) -> Vec<&'static str> {
    let mut features = BTreeSet::new();
    let mut visit = |part: Part<'_>| match part {
        Part::Text(Text::Uuid) => {
            features.insert("uuid");
        }
        Part::Text(Text::Date | Text::DateTime) => {
            features.insert("date");
        }
        Part::Root(_) => {
            features.insert("xml");
        }
        Part::Text(Text::String | Text::Ipv4 | Text::Ipv6 | Text::Base64 | Text::Binary)
        | Part::Type(_)
        | Part::Check(_) => {}
    };
    ir.types.iter_mut().for_each(|definition| visit::kind(&mut definition.kind, &mut visit));
    ir.operations.iter_mut().for_each(|operation| visit::operation(operation, &mut visit));
    ir.outgoing.iter_mut().for_each(|outgoing| visit::operation(&mut outgoing.operation, &mut visit));
    features.into_iter().collect()
}
