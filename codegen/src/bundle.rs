//! A document and the files that it refers to enter, one document that says the same leaves: what a server hands out.
//!
//! The one rule: nothing is taken apart. Each file stands whole below `x-files`, and references lead there instead. The files
//! of a translation have the places of those that they translate.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::document::{Document, Entry, Key, Node, Pointer, Value};
use crate::gather::{self, Documents, Keys, normal, relative};
use crate::locale::{self, Part};

/// The key below which the other files stand.
const FILES: &str = "x-files";

/// Puts the files of a document into it; `None` where it is one file already.
pub(crate) fn bundle(documents: &Documents) -> Option<Document> {
    let Parts { own, others } = parts(documents, &places(documents), |_| false)?;
    let mut bundle = own;
    let span = bundle.root.span;
    if let Value::Mapping(entries) = &mut bundle.root.value {
        let file = |Part { at, document }: Part| {
            let name = at.tokens().last().cloned().unwrap_or_default();
            Entry { key: Key { text: name, span: document.root.span }, value: document.root }
        };
        let key = Key { text: FILES.to_owned(), span };
        entries
            .push(Entry { key, value: Node::detached(span, Value::Mapping(others.into_iter().map(file).collect())) });
    }
    Some(bundle)
}

/// The files of a document, with references that lead from place to place in the bundle.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The document's own.
    pub(crate) own: Document,
    /// The others, sorted by their places.
    pub(crate) others: Vec<Part>,
}

/// Where each file stands in the bundle; `None` for one that holds no document.
pub(crate) type Places = Vec<Option<Pointer>>;

/// Takes a document apart by its files; `None` where it is one file. Of two files at one place the one that is not shared
/// with another document counts.
pub(crate) fn parts(documents: &Documents, places: &Places, is_shared: impl Fn(&Path) -> bool) -> Option<Parts> {
    if places.iter().skip(1).all(Option::is_none) {
        return None;
    }
    let mut cx = Cx { documents, keys: Keys::default(), places };
    let mut own = documents.base().clone();
    cx.redirect(&mut own.root, false);
    let mut others = Vec::new();
    for (file, at) in documents.files.iter().zip(places).skip(1) {
        // What leads back to the document's own file is no further one.
        if let (Some(at), Ok(document)) = (at.clone().filter(|at| *at != Pointer::root()), &file.document) {
            let mut document = document.clone();
            cx.redirect(&mut document.root, false);
            others.push((is_shared(&file.path), Part { at, document }));
        }
    }
    others.sort_by(|(shared, one), (also, other)| one.at.cmp(&other.at).then(shared.cmp(also)));
    others.dedup_by(|(_, one), (_, other)| one.at == other.at);
    Some(Parts { own, others: others.into_iter().map(|(_, part)| part).collect() })
}

/// Where the files of a document stand.
pub(crate) fn places(documents: &Documents) -> Places {
    let place = |(index, name): (usize, Option<String>)| name.map(|name| place(index, name));
    names(documents).into_iter().enumerate().map(place).collect()
}

/// Where the files of a translation stand: where those do that they translate, or are. What they belong to lies at the same
/// path from the document, whose name may have the tag of the language in it, or is the same file.
pub(crate) fn places_as(copy: &Documents, language: &str, base: &Documents) -> Places {
    let base_places = places(base);
    let folder = |documents: &Documents| documents.files[0].path.parent().unwrap_or(Path::new("")).to_path_buf();
    let (from, to) = (folder(copy), folder(base));
    let known = |path: &Path| base.files.iter().position(|file| file.path == path);
    let own = places(copy).into_iter().zip(&copy.files).enumerate().map(|(index, (own, file))| {
        if index == 0 {
            return own;
        }
        let path = normal(&to.join(relative(&from, &file.path)));
        let counterpart = known(&path).or_else(|| known(&without_tag(&path, language)?)).or_else(|| known(&file.path));
        counterpart.map_or(own, |counterpart| base_places[counterpart].clone())
    });
    own.collect()
}

/// `pet.de.yaml` as `pet.yaml`.
fn without_tag(path: &Path, language: &str) -> Option<PathBuf> {
    let (stem, extension) = (path.file_stem()?.to_str()?, path.extension()?.to_str()?);
    let (stem, _) = stem.rsplit_once('.').filter(|(_, tag)| locale::of_name(tag).is_some_and(|tag| tag == language))?;
    Some(path.with_file_name(format!("{stem}.{extension}")))
}

fn place(index: usize, name: String) -> Pointer {
    if index == 0 { Pointer::root() } else { Pointer::root().child(FILES).child(name) }
}

struct Cx<'doc> {
    documents: &'doc Documents,
    keys: Keys<'doc>,
    places: &'doc Places,
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
    /// Lets the references of a tree lead into the bundle. `names`: its keys are names of the author's own.
    fn redirect(&mut self, node: &mut Node, names: bool) {
        match &mut node.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
            Value::Sequence(items) => items.iter_mut().for_each(|item| self.redirect(item, false)),
            Value::Mapping(entries) => {
                for entry in entries {
                    self.redirect_member(entry, names);
                }
            }
        }
    }

    fn redirect_member(&mut self, entry: &mut Entry, names: bool) {
        let key = entry.key.text.as_str();
        match &mut entry.value.value {
            // In place of Example Objects; what those hold is data.
            Value::Mapping(examples) if !names && key == "examples" => {
                for example in examples {
                    if let Value::Mapping(members) = &mut example.value.value {
                        for reference in members.iter_mut().filter(|member| member.key.text == "$ref") {
                            self.lead(&mut reference.value);
                        }
                    }
                }
            }
            _ if !names && gather::is_data(key) => {}
            Value::String(_) => {
                if matches!(key, "$ref" | "$dynamicRef" | "operationRef" | "defaultMapping") {
                    self.lead(&mut entry.value);
                }
            }
            Value::Mapping(targets) if !names && key == "mapping" => {
                for target in targets {
                    self.lead(&mut target.value);
                }
            }
            _ => self.redirect(&mut entry.value, !names && gather::has_names(key)),
        }
    }

    fn lead(&mut self, node: &mut Node) {
        let Value::String(text) = &node.value else { return };
        let Ok(target) = self.documents.resolve(node.id, text, &mut self.keys) else { return };
        if text.starts_with('#') && target.file == 0 && self.documents.file_of(node.id) == 0 {
            return;
        }
        let Ok(document) = &self.documents.files[target.file].document else { return };
        let Some(within) = pointer_to(&document.root, target.node) else { return };
        let Some(base) = self.places[target.file].clone() else { return };
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
    fn references_are_told_from_what_looks_like_them() {
        let base = concat!(
            "paths: {/a: {$ref: 'api/openapi.yaml#/x'}, /b: {$ref: x.yaml}}\n",
            "s: {properties: {mapping: {$ref: x.yaml}}, default: {$ref: x.yaml}, discriminator: {defaultMapping: x.yaml}}\n",
            "examples: {a: {value: {$ref: x.yaml}}, b: {$ref: x.yaml}}\n",
        );
        let text = bundled(&base.replace("api/openapi", "openapi"), &[("api/x.yaml", "{}\n")]);
        let expected = concat!(
            r##"{"paths":{"/a":{"$ref":"openapi.yaml#/x"},"/b":{"$ref":"#/x-files/x.yaml"}},"##,
            r##""s":{"properties":{"mapping":{"$ref":"#/x-files/x.yaml"}},"default":{"$ref":"x.yaml"},"##,
            r##""discriminator":{"defaultMapping":"#/x-files/x.yaml"}},"##,
            r##""examples":{"a":{"value":{"$ref":"x.yaml"}},"b":{"$ref":"#/x-files/x.yaml"}},"x-files":{"x.yaml":{}}}"##,
        );
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn a_document_of_one_file_stays_as_it_is() {
        assert_eq!(bundled("paths: {/a: {$ref: '#/paths/~1b'}, /b: {}}\n", &[]), None);
    }
}
