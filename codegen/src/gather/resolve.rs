//! From a reference to the node that it names: JSON Schema 2020-12 core section 8.2, and RFC 6901 for pointers.
//!
//! The one rule: a reference that a strict reading leads nowhere and a plain one leads somewhere is read plainly. So a
//! pointer within a schema with an `$id` may count from the document's root, as authors of OpenAPI documents mean it.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::document::{Node, NodeId, Pointer, Value};
use crate::gather::location::percent_decode;
use crate::gather::{Documents, File, Location, Resource};

/// What a reference names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'doc> {
    /// The node.
    pub(crate) node: &'doc Node,
    /// The file that it stands in.
    pub(crate) file: usize,
}

/// Why a reference names nothing.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// There is no such node in the document.
    Fragment {
        /// The document.
        file: usize,
        /// The pointer to it; none where the fragment is an anchor, or malformed.
        pointer: Option<Pointer>,
    },
    /// The file is not there, or is no document.
    File(usize),
    /// No such file was looked for: its name has no ending.
    NoFile,
    /// No file stands for this URL.
    Uri(String),
}

/// Large mappings by key, so that pointers into them cost the same as into small ones.
#[derive(Debug, Default)]
pub(crate) struct Keys<'doc> {
    by_mapping: FxHashMap<NodeId, HashMap<&'doc str, &'doc Node>>,
}

impl Documents {
    /// The node that a reference names, from the node that it stands in.
    pub(crate) fn resolve<'doc>(
        &'doc self,
        at: NodeId,
        reference: &str,
        keys: &mut Keys<'doc>,
    ) -> Result<Target<'doc>, Failure> {
        let (location, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = self.file_of(at);
        let resource = self.resource_in(file, at);
        let (target, resource) = self.document(file, resource, location)?;
        let found = self.find(target, resource, fragment, keys);
        match found {
            // The strict reading leads nowhere.
            None if resource != 0 => self.find(target, 0, fragment, keys),
            other => other,
        }
        .map(|node| Target { node, file: self.file_of(node.id) })
        .ok_or_else(|| Failure::Fragment { file: target, pointer: pointer(fragment) })
    }

    /// The file and the resource that a reference without its fragment names.
    fn document(&self, file: usize, resource: usize, reference: &str) -> Result<(usize, usize), Failure> {
        if reference.is_empty() {
            return Ok((file, resource));
        }
        let from = &self.files[file];
        let location = from.scan.resources[resource].location.join(reference);
        if let Some(&found) = self.by_id.get(&location) {
            return Ok(found);
        }
        let candidates = self.candidates(from, &from.scan.resources[resource].location, reference);
        let known: Vec<usize> = candidates.iter().filter_map(|path| self.by_path.get(path)).copied().collect();
        if let Some(&found) = known.iter().find(|&&file| self.files[file].document.is_ok()) {
            return Ok((found, 0));
        }
        Err(match (known.first(), location) {
            (Some(&file), _) => Failure::File(file),
            (None, Location::Uri(uri)) => Failure::Uri(uri),
            (None, Location::File(_)) => Failure::NoFile,
        })
    }

    fn find<'doc>(
        &'doc self,
        file: usize,
        resource: usize,
        fragment: &str,
        keys: &mut Keys<'doc>,
    ) -> Option<&'doc Node> {
        let document = self.files[file].document.as_ref().ok()?;
        let resource = &self.files[file].scan.resources[resource];
        let root = document.root.find(resource.root)?;
        if fragment.is_empty() {
            return Some(root);
        }
        if fragment.starts_with('/') {
            return pointer(fragment).and_then(|pointer| keys.find(root, &pointer));
        }
        let name = percent_decode(fragment)?;
        let anchor = resource.anchors.iter().find(|anchor| anchor.name == name)?;
        document.root.find(anchor.node)
    }

    /// The resource that a node belongs to, within its file: the innermost one.
    pub(crate) fn resource_in(&self, file: usize, node: NodeId) -> usize {
        let resources = &self.files[file].scan.resources;
        // They are in document order: the last one before the node, or one around that, is the innermost one.
        let mut index = resources.partition_point(|resource| resource.root.number() <= node.number()).saturating_sub(1);
        while index != 0 && resources[index].end <= node.number() {
            index = resources[index].parent;
        }
        index
    }
}

impl File {
    /// How many resources the file has.
    pub(crate) fn resources(&self) -> usize {
        self.scan.resources.len()
    }

    /// The resource with this index within the file.
    pub(crate) fn resource(&self, index: usize) -> &Resource {
        &self.scan.resources[index]
    }
}

impl<'doc> Keys<'doc> {
    /// Mappings of fewer members are searched as they are.
    const LARGE: usize = 32;

    /// The node that a pointer names.
    fn find(&mut self, root: &'doc Node, pointer: &Pointer) -> Option<&'doc Node> {
        pointer.tokens().iter().try_fold(root, |node, token| match &node.value {
            Value::Mapping(entries) if entries.len() >= Self::LARGE => {
                let by_key = || entries.iter().map(|entry| (entry.key.text.as_str(), &entry.value)).collect();
                self.by_mapping.entry(node.id).or_insert_with(by_key).get(token.as_str()).copied()
            }
            Value::Mapping(_)
            | Value::Sequence(_)
            | Value::Null
            | Value::Boolean(_)
            | Value::Number(_)
            | Value::String(_) => Pointer::root().child(token.as_str()).find(node),
        })
    }
}

/// Reads a fragment as a pointer: RFC 6901 section 6. A `%` that begins no encoded byte stands for itself.
fn pointer(fragment: &str) -> Option<Pointer> {
    Pointer::parse(&percent_decode(fragment).unwrap_or_else(|| fragment.to_owned()))
}
