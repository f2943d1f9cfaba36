//! The block of one page: a document and what the page is about enter, the part of the document that this needs leaves.
//!
//! The form is that of documentation sites: one path with one method, the members of the root in their order, lists of servers
//! and of security requirements even where they are empty, every tag and security scheme, and the components that are reached.

use crate::{
    document::{Entry, Maker, Node},
    page::{
        export::{
            Part,
            reach::{Components, Name, SCHEMES},
        },
        info::{METHODS, Subject},
        verify::members,
    },
};

/// The members of the root before the paths, in the order of blocks.
pub(super) const ROOT: [&str; 6] = ["openapi", "info", "jsonSchemaDialect", "servers", "security", "tags"];

/// Methods that no info string can name, OpenAPI 3.2.0 section 4.9.1.
pub(super) const ADDITIONAL: &str = "additionalOperations";

/// The block of a page, and the components in it.
pub(super) fn block<'doc>(
    root: &'doc Node,
    components: &Components<'doc>,
    part: &Part<'doc>,
) -> (Node, Vec<Name<'doc>>) {
    let make = Maker(root.span);
    let mut entries: Vec<Entry> = Vec::new();
    for key in ROOT {
        match root.entry(key) {
            Some(entry) => entries.push(entry.clone()),
            None if ["servers", "security"].contains(&key) => entries.push(make.entry(key, make.list([]))),
            None => {}
        }
    }
    match &part.subject {
        Subject::Operation(path, method) => {
            let kept = kept(part.entry, method).into_iter();
            let members = kept.map(|entry| if entry.key.text == *method { ordered(entry) } else { entry.clone() });
            entries.push(make.member("paths", vec![make.member(path, members.collect())]));
        }
        Subject::Webhook(_) => {
            entries.push(make.member("paths", Vec::new()));
            entries.push(make.member("webhooks", vec![part.entry.clone()]));
        }
    }
    let mut names = components.reached(&starts(part));
    names.retain(|(section, _)| *section != SCHEMES);
    names.extend(components.all().into_iter().map(|(name, _)| name).filter(|(section, _)| *section == SCHEMES));
    let mut sections: Vec<(&str, Vec<Entry>)> = Vec::new();
    for &(section, name) in &names {
        let Some(entry) = components.get((section, name)) else { continue };
        match sections.iter_mut().find(|(known, _)| *known == section) {
            Some((_, known)) => known.push(entry.clone()),
            None => sections.push((section, vec![entry.clone()])),
        }
    }
    if !sections.is_empty() {
        let sections = sections.into_iter().map(|(section, known)| make.member(section, known)).collect();
        entries.push(make.member("components", sections));
    }
    (make.member("", entries).value, names)
}

/// The members of a path item with one method.
fn kept<'doc>(path: &'doc Entry, method: &str) -> Vec<&'doc Entry> {
    let is_kept = |key: &str| key != ADDITIONAL && (key == method || !METHODS.contains(&key));
    members(&path.value).iter().filter(|entry| is_kept(&entry.key.text)).collect()
}

/// An operation with its members in the order of blocks.
fn ordered(operation: &Entry) -> Entry {
    if operation.value.members().is_none() {
        return operation.clone();
    }
    let entries = ranked(&operation.value).into_iter().cloned().collect();
    Maker(operation.key.span).member(&operation.key.text, entries)
}

fn ranked(operation: &Node) -> Vec<&Entry> {
    const FIRST: [&str; 7] =
        ["tags", "summary", "description", "operationId", "parameters", "requestBody", "responses"];
    let rank = |entry: &&Entry| match entry.key.text.as_str() {
        "security" => FIRST.len() + 1,
        key => FIRST.iter().position(|first| *first == key).unwrap_or(FIRST.len()),
    };
    let mut entries: Vec<&Entry> = members(operation).iter().collect();
    entries.sort_by_key(rank);
    entries
}

/// The members that references are looked for in, in the order of the block.
fn starts<'doc>(part: &Part<'doc>) -> Vec<&'doc Entry> {
    match &part.subject {
        Subject::Webhook(_) => members(&part.entry.value).iter().collect(),
        Subject::Operation(_, method) => {
            let kept = kept(part.entry, method).into_iter();
            kept.flat_map(|entry| if entry.key.text == *method { ranked(&entry.value) } else { vec![entry] }).collect()
        }
    }
}
