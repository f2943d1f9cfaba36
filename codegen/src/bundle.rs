//! A document and the files that it refers to enter, one document that says the same leaves: what a server hands out.
//!
//! The one rule: nothing is taken apart. Each file stands whole below `x-files`, and references lead there instead.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::document::{Document, Entry, Key, Node, Pointer, Value};
use crate::gather::{Documents, Keys};

/// The key below which the other files stand.
const FILES: &str = "x-files";

/// Puts the files of a document into it; `None` where it is one file already.
pub(crate) fn bundle(documents: &Documents) -> Option<Document> {
    let names = names(documents);
    if names.iter().skip(1).all(Option::is_none) {
        return None;
    }
    let mut cx = Cx { documents, keys: Keys::default(), names };
    let mut bundle = documents.base().clone();
    let root = &mut bundle.root;
    cx.redirect(root);
    let mut files = Vec::new();
    for (index, file) in documents.files.iter().enumerate().skip(1) {
        if let (Some(name), Ok(document)) = (cx.names[index].clone(), &file.document) {
            let mut value = document.root.clone();
            cx.redirect(&mut value);
            files.push(Entry { key: Key { text: name, span: value.span }, value });
        }
    }
    files.sort_by(|one, other| one.key.text.cmp(&other.key.text));
    let span = root.span;
    if let Value::Mapping(entries) = &mut root.value {
        let key = Key { text: FILES.to_owned(), span };
        entries.push(Entry { key, value: Node::detached(span, Value::Mapping(files)) });
    }
    Some(bundle)
}

struct Cx<'doc> {
    documents: &'doc Documents,
    keys: Keys<'doc>,
    names: Vec<Option<String>>,
}

/// The names of the files that hold a document: their paths from the folder on that all of them share.
fn names(documents: &Documents) -> Vec<Option<String>> {
    let paths: Vec<&Path> =
        documents.files.iter().filter(|file| file.document.is_ok()).map(|file| file.path.as_path()).collect();
    let mut shared: PathBuf = paths[0].parent().unwrap_or(Path::new("")).to_path_buf();
    while !paths.iter().all(|path| path.starts_with(&shared)) {
        if !shared.pop() {
            break;
        }
    }
    let name = |path: &Path| {
        let parts = path.strip_prefix(&shared).unwrap_or(path).components();
        parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    documents.files.iter().map(|file| file.document.is_ok().then(|| name(&file.path))).collect()
}

impl Cx<'_> {
    /// Lets the references of a tree lead into the bundle.
    fn redirect(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
            Value::Sequence(items) => items.iter_mut().for_each(|item| self.redirect(item)),
            Value::Mapping(entries) => {
                for entry in entries {
                    match (entry.key.text.as_str(), &mut entry.value.value) {
                        ("$ref" | "$dynamicRef" | "operationRef", Value::String(_)) => self.lead(&mut entry.value),
                        ("mapping", Value::Mapping(targets)) => {
                            for target in targets {
                                self.lead(&mut target.value);
                            }
                        }
                        _ => self.redirect(&mut entry.value),
                    }
                }
            }
        }
    }

    fn lead(&mut self, node: &mut Node) {
        let Value::String(text) = &node.value else { return };
        let Ok(target) = self.documents.resolve(node.id, text, &mut self.keys) else { return };
        if target.file == 0 && self.documents.file_of(node.id) == 0 {
            return;
        }
        let Ok(document) = &self.documents.files[target.file].document else { return };
        let Some(within) = pointer_to(&document.root, target.node) else { return };
        let base = match (target.file, &self.names[target.file]) {
            (0, _) => Pointer::root(),
            (_, Some(name)) => Pointer::root().child(FILES).child(name.as_str()),
            (_, None) => return,
        };
        let pointer = within.tokens().iter().fold(base, |pointer, token| pointer.child(token.as_str()));
        node.value = Value::String(format!("#{}", fragment(&pointer.to_string())));
    }
}

/// A pointer as the fragment of a URI: RFC 6901 section 6.
fn fragment(pointer: &str) -> String {
    let mut fragment = String::with_capacity(pointer.len());
    for &byte in pointer.as_bytes() {
        // RFC 3986 section 3.5; braces of paths are left to be read, as everybody leaves them.
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?{}".contains(&byte) {
            fragment.push(char::from(byte));
        } else {
            let _ = write!(fragment, "%{byte:02X}");
        }
    }
    fragment
}

/// The pointer to a node of a tree. Nodes are numbered in document order, so only one branch is gone down.
fn pointer_to(root: &Node, wanted: &Node) -> Option<Pointer> {
    let mut pointer = Pointer::root();
    let mut node = root;
    while node.id != wanted.id {
        let number = wanted.id.number();
        match &node.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => return None,
            Value::Sequence(items) => {
                let index = items.partition_point(|item| item.id.number() <= number).checked_sub(1)?;
                pointer = pointer.child(index.to_string());
                node = &items[index];
            }
            Value::Mapping(entries) => {
                let index = entries.partition_point(|entry| entry.value.id.number() <= number).checked_sub(1)?;
                pointer = pointer.child(entries[index].key.text.as_str());
                node = &entries[index].value;
            }
        }
    }
    Some(pointer)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::io;
    use std::path::Path;

    use super::bundle;
    use crate::diagnostic::Sink;
    use crate::document::{self, to_json_text};
    use crate::gather::{Files, gather};
    use crate::source::Sources;

    struct Folder(HashMap<&'static str, &'static str>);

    impl Files for Folder {
        fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
            let text = path.to_str().and_then(|path| self.0.get(path));
            text.map(|text| text.as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
        }
    }

    fn bundled(base: &str, files: &[(&'static str, &'static str)]) -> Option<String> {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let source = sources.add("api/openapi.yaml", base);
        let document = document::load(&sources, source, &mut sink).expect("the text is well-formed");
        let mut folder = Folder(files.iter().copied().collect());
        let documents = gather(document, Path::new("api/openapi.yaml"), &[], &mut sources, &mut folder);
        bundle(&documents).map(|document| to_json_text(&document.root))
    }

    #[test]
    fn files_are_put_below_one_key_and_references_lead_there() {
        let base = "paths: {/a: {$ref: 'paths/a b.yaml'}}\ncomponents: {schemas: {X: {type: string}}}\n";
        let path = "get: {$ref: '../more.json#/x~1y'}\nput: {$ref: '#/get'}\npost: {$ref: '../openapi.yaml#/components/schemas/X'}\n";
        let more = "{\"x/y\": {\"$ref\": \"missing.yaml\"}}";
        let text = bundled(base, &[("api/paths/a b.yaml", path), ("api/more.json", more)]);
        let expected = concat!(
            r##"{"paths":{"/a":{"$ref":"#/x-files/paths~1a%20b.yaml"}},"components":{"schemas":{"X":{"type":"string"}}},"##,
            r##""x-files":{"more.json":{"x/y":{"$ref":"missing.yaml"}},"paths/a b.yaml":"##,
            r##"{"get":{"$ref":"#/x-files/more.json/x~1y"},"put":{"$ref":"#/x-files/paths~1a%20b.yaml/get"},"##,
            r##""post":{"$ref":"#/components/schemas/X"}}}}"##,
        );
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn a_document_of_one_file_stays_as_it_is() {
        assert_eq!(bundled("paths: {/a: {$ref: '#/paths/~1b'}, /b: {}}\n", &[]), None);
    }
}
