//! What the model does not hold, since no code depends on it: servers, where credentials come from, links, what describes
//! the document, and components that nobody refers to.
//!
//! The one rule: a part of the grammar is known by its pointer, and nothing below a schema is looked at here.

use std::collections::{BTreeSet, HashSet};

use crate::compare::{Change, Difference};
use crate::diff::Kind;
use crate::diff::effect::Found;
use crate::document::{Document, Node, Pointer};

/// What both documents refer to.
pub(super) struct Used<'doc> {
    old: &'doc Document,
    new: &'doc Document,
    references: HashSet<&'doc str>,
}

impl<'doc> Used<'doc> {
    pub(super) fn new(old: &'doc Document, new: &'doc Document) -> Self {
        let mut references = HashSet::new();
        collect(&old.root, &mut references);
        collect(&new.root, &mut references);
        Self { old, new, references }
    }
}

fn collect<'doc>(node: &'doc Node, references: &mut HashSet<&'doc str>) {
    references.extend(node.get("$ref").and_then(Node::as_str));
    for (_, child) in node.children() {
        collect(child, references);
    }
}

/// What a difference means, where it is in a part that the model does not hold.
pub(super) fn found(difference: &Difference<'_>, used: &Used<'_>) -> Vec<Found> {
    let (side, pointer) = match difference.base.node {
        Some(node) => (node, &difference.base.pointer),
        None => match difference.copy.node {
            Some(node) => (node, &difference.copy.pointer),
            None => return Vec::new(),
        },
    };
    let tokens: Vec<&str> = pointer.tokens().iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["components"] => {
            let sections = side.members().unwrap_or_default().iter();
            sections.flat_map(|section| unused(difference, pointer, &section.key.text, &section.value, used)).collect()
        }
        ["components", section] => unused(difference, &Pointer::root().child("components"), section, side, used),
        ["servers", ..] | ["paths", _, "servers", ..] | ["paths", _, _, "servers", ..] => {
            vec![servers(difference, &tokens, used)]
        }
        tokens => {
            let meaning = meaning(tokens, difference, used);
            meaning.map(|(rule, kind, notice)| told(difference, pointer, rule, kind, notice)).into_iter().collect()
        }
    }
}

/// The rule, whom it concerns, and what is noticed.
type Meaning = (&'static str, Kind, &'static str);

fn meaning(tokens: &[&str], difference: &Difference<'_>, used: &Used<'_>) -> Option<Meaning> {
    Some(match tokens {
        ["openapi"] => ("version", Kind::Compatible, "no request changes"),
        ["info", ..] => ("info", Kind::Compatible, "no request changes"),
        ["tags", ..] => ("tags", Kind::Compatible, "no request changes"),
        ["externalDocs", ..] | ["paths", _, _, "externalDocs", ..] => {
            ("external-docs", Kind::Text, "it is a link for people")
        }
        ["paths", _, _, "responses", _, "links", ..] | ["components", "responses", _, "links", ..] => {
            ("links", Kind::Compatible, "clients that follow links may go another way")
        }
        ["components", "securitySchemes", _, field, ..] => scheme(field, difference)?,
        ["components", "securitySchemes", _] => {
            ("security-scheme", Kind::Compatible, "operations say whether they ask for it")
        }
        ["components", section, name, ..] if *section != "schemas" && !is_used(used, section, name) => UNUSED,
        _ => return None,
    })
}

const UNUSED: Meaning = ("unused-component", Kind::Compatible, "no operation uses it, so that no client notices");

/// The components of a whole section that nobody refers to; schemas are told by what they allow.
fn unused(
    difference: &Difference<'_>,
    components: &Pointer,
    section: &str,
    members: &Node,
    used: &Used<'_>,
) -> Vec<Found> {
    if section == "schemas" || section == "securitySchemes" {
        return Vec::new();
    }
    let members = members.members().unwrap_or_default().iter();
    let members = members.filter(|member| !is_used(used, section, &member.key.text));
    let told = |member: &crate::document::Entry| {
        let pointer = components.child(section).child(&member.key.text);
        let (rule, kind, notice) = UNUSED;
        let (verb, old, new) = match difference.base.node {
            Some(_) => ("is gone", member.key.span, difference.copy.place),
            None => ("is new", difference.base.place, member.key.span),
        };
        let message = format!("`{}` {verb}: {notice}", member.key.text);
        Found { kind, rule: rule.into(), subject: format!("#{pointer}"), message, old: Some(old), new: Some(new) }
    };
    members.map(told).collect()
}

fn is_used(used: &Used<'_>, section: &str, name: &str) -> bool {
    let pointer = Pointer::root().child("components").child(section).child(name);
    used.references.contains(format!("#{pointer}").as_str())
}

/// Where credentials come from.
fn scheme(field: &str, difference: &Difference<'_>) -> Option<Meaning> {
    let is_more = matches!(difference.change, Change::Extra);
    match field {
        "flows" | "openIdConnectUrl" | "oauth2MetadataUrl" if is_more => {
            Some(("credentials", Kind::Compatible, "clients may get credentials there, too"))
        }
        "flows" | "openIdConnectUrl" | "oauth2MetadataUrl" => {
            Some(("credentials", Kind::Breaking, "it may be that clients no longer get credentials as they do today"))
        }
        "bearerFormat" => Some(("bearer-format", Kind::Compatible, "it is a hint for clients")),
        "deprecated" => Some(("security-scheme-deprecated", Kind::Compatible, "no request changes")),
        _ => None,
    }
}

/// Where clients find the server: by its URLs, whatever their order.
fn servers(difference: &Difference<'_>, tokens: &[&str], used: &Used<'_>) -> Found {
    let owner = tokens.iter().take_while(|token| **token != "servers");
    let list = owner.fold(Pointer::root(), |pointer, token| pointer.child(*token)).child("servers");
    let urls = |document: &Document| -> BTreeSet<String> {
        let servers = list.find(&document.root);
        let urls = servers.into_iter().flat_map(Node::children).filter_map(|(_, server)| server.get("url")?.as_str());
        urls.map(str::to_owned).collect()
    };
    let (old, new) = (urls(used.old), urls(used.new));
    let listed = |urls: BTreeSet<String>| urls.into_iter().map(|url| format!("`{url}`")).collect::<Vec<_>>().join(", ");
    let gone = listed(old.difference(&new).cloned().collect());
    let added = listed(new.difference(&old).cloned().collect());
    let (kind, what) = match (gone.as_str(), added.as_str()) {
        ("", "") => (Kind::Compatible, "what is said of the servers is not the same: their addresses are".to_owned()),
        ("", added) => (Kind::Compatible, format!("{added} is a new server: clients may call it")),
        (gone, "") => (Kind::Breaking, format!("the server {gone} is gone: it may be that clients call it")),
        (gone, added) => {
            let message =
                format!("the server {gone} is gone, and {added} is new: it may be that clients call the old one");
            (Kind::Breaking, message)
        }
    };
    let (old, new) = (Some(difference.base.place), Some(difference.copy.place));
    Found { kind, rule: "servers".into(), subject: format!("#{list}"), message: what, old, new }
}

fn told(difference: &Difference<'_>, pointer: &Pointer, rule: &'static str, kind: Kind, notice: &str) -> Found {
    let verb = match difference.change {
        Change::Changed => "is another one".to_owned(),
        Change::Renamed(new) => format!("is {new} now"),
        Change::Missing => "is gone".to_owned(),
        Change::Extra => "is new".to_owned(),
    };
    Found {
        kind,
        rule: rule.into(),
        subject: format!("#{pointer}"),
        message: format!("{} {verb}: {notice}", difference.thing),
        old: Some(difference.base.place),
        new: Some(difference.copy.place),
    }
}
