//! Whether a block is what its page says: the subject that the info string names, and no other operation.

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{Document, Entry, Node, Pointer},
    gather::percent_decode,
    page::info::{Info, METHODS, Subject},
    source::Span,
};

/// Reports and gives `None` where a block holds something else than its page names.
pub(super) fn subject(document: &Document, info: &Info, sink: &mut Sink) -> Option<()> {
    let root = &document.root;
    let paths = root.get("paths");
    if let Some(path) = paths.and_then(|paths| paths.entry("path")).filter(|path| path.value.as_str().is_some()) {
        let message = "the block is in the site generator's old form, which is not OpenAPI: its `paths` holds one \
                       operation's parts";
        let diagnostic = Diagnostic::new(Code::LegacyPage, path.key.span, message);
        sink.report(diagnostic.label("not a path").help("fetch the page anew: sites write OpenAPI blocks today"));
        return None;
    }
    let paths = paths.map(members).unwrap_or_default();
    let (path, method) = match &info.subject {
        Subject::Operation(path, method) => (path, *method),
        Subject::Webhook(_) if paths.is_empty() => return Some(()),
        Subject::Webhook(_) => {
            mismatch(info, paths[0].key.span, &format!("`{}`", paths[0].key.text), sink);
            return None;
        }
    };
    // A path item that is a reference may have more methods than the page is about.
    if let [entry] = paths
        && entry.key.text == *path
        && let Some(item) = entry.value.get("$ref").and_then(|reference| target(root, reference))
        && item.get(method).is_some()
    {
        return Some(());
    }
    let operations = operations(paths);
    let (place, found) = match *operations {
        [(entry, operation)] if entry.key.text == *path && operation.key.text == method => return Some(()),
        [(entry, operation)] => {
            let place = if entry.key.text == *path { operation } else { entry };
            (place.key.span, format!("`{} {}`", operation.key.text.to_uppercase(), entry.key.text))
        }
        [] => (root.entry("paths").map_or(root.span, |paths| paths.key.span), "no operation".to_owned()),
        [_, (_, operation), ..] => (operation.key.span, format!("{} operations", operations.len())),
    };
    mismatch(info, place, &found, sink);
    None
}

fn mismatch(info: &Info, place: Span, found: &str, sink: &mut Sink) {
    let message = format!("the page is about `{}`, and its block holds {found}", info.subject);
    sink.report(Diagnostic::new(Code::PageMismatch, place, message).other(info.span, "named here"));
}

/// The node that a reference within a document leads to.
pub(super) fn target<'doc>(root: &'doc Node, reference: &Node) -> Option<&'doc Node> {
    let pointer = percent_decode(reference.as_str()?.strip_prefix('#')?)?;
    Pointer::parse(&pointer)?.find(root)
}

/// The operations of path items: path and method.
fn operations(paths: &[Entry]) -> Vec<(&Entry, &Entry)> {
    let pairs = paths.iter().flat_map(|path| members(&path.value).iter().map(move |method| (path, method)));
    pairs.filter(|(_, method)| METHODS.contains(&method.key.text.as_str())).collect()
}

/// The members of a mapping; none of anything else.
pub(super) fn members(node: &Node) -> &[Entry] {
    node.members().unwrap_or_default()
}
