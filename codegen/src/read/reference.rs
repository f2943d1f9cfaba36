//! Reference Objects: from a `$ref` to the node that it names.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, NodeId, Pointer, Value};
use crate::gather::Failure;
use crate::ledger::Treatment;
use crate::model::Text;
use crate::read::fields::Fields;
use crate::read::{Cx, Known, Version, fields};
use crate::role::Role;
use crate::source::Span;

/// The most references that follow each other: where each of a long chain is followed, this takes time without end.
pub(super) const LONGEST: usize = 100;

/// The most references that lead to nothing for which a similar name is looked for.
const SUGGESTIONS: usize = 50;

/// What a Reference Object stands for.
pub(super) struct Followed<'doc> {
    pub(super) node: &'doc Node,
    /// The description beside the first `$ref` that has one: it takes the place of the target's, OpenAPI 3.1.1 section
    /// 4.8.23.
    pub(super) description: Option<Text>,
}

/// Follows the references that a node may consist of. `None` where they lead nowhere, which is reported.
pub(super) fn follow<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<Followed<'doc>> {
    let mut followed = Followed { node, description: None };
    let mut seen = Vec::new();
    while let Some(entry) = followed.node.entry("$ref") {
        if seen.contains(&followed.node.id) || seen.len() == LONGEST {
            report_cycle(cx, entry.value.span);
            return None;
        }
        seen.push(followed.node.id);
        let mut fields = Fields::open(cx, followed.node, "Reference Object", entry.key.span)?;
        let reference = fields.node(cx, "$ref", Treatment::Typed)?;
        let description = siblings(cx, fields, followed.node);
        followed.description = followed.description.or(description);
        followed.node = target(cx, reference)?;
    }
    Some(followed)
}

pub(super) fn report_cycle(cx: &mut Cx<'_>, span: Span) {
    cx.sink.report(
        Diagnostic::new(Code::ReferenceCycle, span, "this reference leads only to itself")
            .help("let one of the references in the circle name a real definition"),
    );
}

/// Reads what stands beside a `$ref`: texts, of which 3.0 has none either.
fn siblings<'doc>(cx: &mut Cx<'doc>, mut fields: Fields<'doc>, node: &'doc Node) -> Option<Text> {
    if fields.version == Version::V3_0 {
        ignore_siblings(cx, node, "Reference Object", &["$ref"]);
        return None;
    }
    fields.text(cx, "summary");
    let description = fields.text(cx, "description");
    ignore_siblings(cx, node, "Reference Object", &["$ref", "summary", "description"]);
    description
}

/// OpenAPI 3.0.4 section 4.7.23: members beside `$ref` are ignored.
pub(super) fn ignore_siblings<'doc>(cx: &mut Cx<'doc>, node: &'doc Node, what: &'static str, read: &[&str]) {
    let Value::Mapping(entries) = &node.value else { return };
    for entry in entries.iter().filter(|entry| !read.contains(&entry.key.text.as_str())) {
        // What people read is translated, whether it has an effect or not.
        let is_text = matches!(entry.key.text.as_str(), "title" | "summary" | "description");
        let role = if is_text && entry.value.as_str().is_some() { Role::Text } else { Role::Extension };
        cx.roles.mark(entry.value.id, role);
        if entry.key.text.starts_with("x-") {
            cx.ledger.record_other(what, &entry.key.text, Treatment::PassedThrough, entry.key.span);
            continue;
        }
        cx.ledger.record_other(what, &entry.key.text, Treatment::Refused, entry.key.span);
        let message = match cx.version(node.id) {
            Version::V3_0 => format!("`{}` has no effect beside `$ref` in OpenAPI 3.0", entry.key.text),
            Version::V3_1 | Version::V3_2 => format!("`{}` has no effect beside this `$ref`", entry.key.text),
        };
        let help = match (cx.version(node.id), what) {
            (Version::V3_0, "Schema Object") => "take it out, or write OpenAPI 3.1",
            _ => "take it out",
        };
        cx.sink.report(Diagnostic::new(Code::IgnoredSibling, entry.key.span, message).help(help));
    }
}

/// Follows a `$ref` where the specification allows none. What leads nowhere stays as it is, and is reported.
pub(super) fn misplaced<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> &'doc Node {
    let mut node = node;
    let mut seen = Vec::new();
    while let Some(entry) = node.entry("$ref").filter(|entry| matches!(entry.value.value, Value::String(_))) {
        if seen.contains(&node.id) || seen.len() == LONGEST {
            report_cycle(cx, entry.value.span);
            return node;
        }
        seen.push(node.id);
        cx.sink.report(
            Diagnostic::new(Code::MisplacedReference, entry.key.span, "the specification allows no `$ref` here")
                .label("followed all the same"),
        );
        cx.ledger.record("Reference Object", "$ref", Treatment::Typed, entry.key.span);
        let Some(target) = target(cx, &entry.value) else { return node };
        node = target;
    }
    node
}

/// Reads what references may lead to once, and breaks every user of it if something in it is broken.
pub(super) fn once<'doc, T: Clone>(
    cx: &mut Cx<'doc>,
    node: NodeId,
    known: for<'cx> fn(&'cx mut Cx<'doc>) -> &'cx mut Known<T>,
    read: impl FnOnce(&mut Cx<'doc>) -> Option<T>,
) -> Option<T> {
    if let Some((value, is_broken)) = known(cx).get(&node).cloned() {
        cx.is_broken |= is_broken;
        return value;
    }
    let outside = std::mem::replace(&mut cx.is_broken, false);
    let value = read(cx);
    let is_broken = cx.is_broken;
    known(cx).insert(node, (value.clone(), is_broken));
    cx.is_broken = outside || is_broken;
    value
}

/// The node that a reference names, where its text is a string. Reports where it names none.
pub(super) fn target<'doc>(cx: &mut Cx<'doc>, reference: &'doc Node) -> Option<&'doc Node> {
    let Some(text) = reference.as_str() else {
        cx.wrong_type(reference.span, "`$ref`", "a string", reference.value.kind());
        return None;
    };
    match resolve(cx, reference, text) {
        Ok(node) => Some(node),
        Err(failure) => {
            report(cx, reference.span, text, &failure);
            cx.is_broken = true;
            None
        }
    }
}

/// The node that a reference names, from the node that its text stands in.
pub(super) fn resolve<'doc>(cx: &mut Cx<'doc>, at: &'doc Node, text: &'doc str) -> Result<&'doc Node, Failure> {
    let documents = cx.documents;
    let file = documents.file_of(at.id);
    let place = (file, documents.resource_in(file, at.id), text);
    if let Some(&known) = cx.targets.get(&place) {
        return Ok(known);
    }
    let target = documents.resolve(at.id, text, &mut cx.keys)?;
    if target.file != file {
        // What loading another file reported matters from here on.
        documents.files[target.file].diagnostics.iter().for_each(|diagnostic| cx.sink.report(diagnostic.clone()));
    }
    cx.targets.insert(place, target.node);
    Ok(target.node)
}

fn report(cx: &mut Cx<'_>, span: Span, text: &str, failure: &Failure) {
    let dangling = |message: &str| Diagnostic::new(Code::DanglingReference, span, message.to_owned());
    let diagnostic = match failure {
        Failure::Fragment { file, pointer } => {
            let root = cx.documents.files[*file].document.as_ref().ok().map(|document| &document.root);
            // To compare with all names takes its time, and the first reports are the ones that are shown.
            cx.suggestions += 1;
            let similar = root
                .zip(pointer.as_ref())
                .filter(|_| cx.suggestions <= SUGGESTIONS)
                .and_then(|(root, pointer)| nearest(root, pointer));
            let diagnostic = dangling("this reference leads to nothing").label("nothing has this name");
            let location = text.split_once('#').map_or(text, |(location, _)| location);
            match similar {
                Some(similar) => diagnostic.help(format!("did you mean `{location}#{similar}`?")),
                None => diagnostic.help("define it, or write the JSON Pointer of a node of the document behind `#`"),
            }
        }
        Failure::File(file) => {
            let file = &cx.documents.files[*file];
            file.diagnostics.iter().for_each(|diagnostic| cx.sink.report(diagnostic.clone()));
            let why = file.document.as_ref().err().filter(|why| !why.is_empty());
            Diagnostic::new(Code::MissingFile, span, format!("the file `{}` cannot be read", file_name(text)))
                .label(why.cloned().unwrap_or_else(|| "it holds no document".to_owned()))
        }
        Failure::NoFile => dangling("this reference leads to nothing").label("no file has this name"),
        Failure::Uri(uri) => Diagnostic::new(Code::UnmappedUrl, span, format!("no file stands for `{uri}`"))
            .label("nothing is fetched")
            .help(format!("save it, and map the URL to the file, or its beginning to the folder: `--map {uri}=FILE`")),
    };
    cx.sink.report(diagnostic);
}

fn file_name(reference: &str) -> &str {
    reference.split_once('#').map_or(reference, |(location, _)| location)
}

/// The pointer of a sibling with a similar name.
fn nearest(root: &Node, pointer: &Pointer) -> Option<Pointer> {
    let (last, parents) = pointer.tokens().split_last()?;
    let parent = parents.iter().fold(Pointer::root(), |parent, token| parent.child(token.as_str()));
    let keys = match &parent.find(root)?.value {
        Value::Mapping(entries) => entries.iter().map(|entry| entry.key.text.as_str()),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => return None,
    };
    let known: Vec<&str> = keys.collect();
    fields::similar(last, &known).map(|key| parent.child(key))
}
