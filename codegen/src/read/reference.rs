//! Reference Objects: from a `$ref` to the node that it names.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Pointer, Value};
use crate::model::Spanned;
use crate::read::fields::Fields;
use crate::read::{Cx, fields};

/// Follows the references that a node may consist of, OpenAPI 3.1.1 section 4.8.23. `None` where they lead nowhere,
/// which is reported.
pub(super) fn follow<'doc>(cx: &mut Cx<'doc>, mut node: &'doc Node) -> Option<&'doc Node> {
    let mut seen = Vec::new();
    while let Some(entry) = node.entry("$ref") {
        if seen.contains(&node.span) {
            cx.sink.report(
                Diagnostic::new(Code::ReferenceCycle, entry.value.span, "this reference leads only to itself")
                    .help("let one of the references in the circle name a real definition"),
            );
            return None;
        }
        seen.push(node.span);
        let mut fields = Fields::open(cx, node, "Reference Object", entry.key.span)?;
        let reference = fields.string(cx, "$ref")?;
        fields.text(cx, "summary");
        fields.text(cx, "description");
        fields.finish(cx);
        node = target(cx, &reference)?;
    }
    Some(node)
}

/// The node that the text of a reference names.
pub(super) fn target<'doc>(cx: &mut Cx<'doc>, reference: &Spanned<String>) -> Option<&'doc Node> {
    let Some(fragment) = reference.value.strip_prefix('#') else {
        cx.unsupported(reference.span, "a reference to another file");
        return None;
    };
    if let Some(&known) = cx.targets.get(fragment) {
        return Some(known);
    }
    let pointer = percent_decode(fragment).and_then(|text| Pointer::parse(&text));
    let found = pointer.as_ref().and_then(|pointer| pointer.find(cx.root));
    if let Some(found) = found {
        cx.targets.insert(fragment.to_owned(), found);
    }
    if found.is_none() {
        let diagnostic = Diagnostic::new(Code::DanglingReference, reference.span, "this reference leads to nothing")
            .label("nothing has this name");
        cx.sink.report(match pointer.as_ref().and_then(|pointer| nearest(cx.root, pointer)) {
            Some(similar) => diagnostic.help(format!("did you mean `#{similar}`?")),
            None => diagnostic.help("define it, or write the JSON Pointer of a node of this document behind `#`"),
        });
    }
    found
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

/// Decodes a URI fragment (RFC 6901 section 6); `None` where it is malformed.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}
