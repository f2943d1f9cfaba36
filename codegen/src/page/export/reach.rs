//! What an operation needs of a document's components.
//!
//! The one rule: whatever looks like a reference is followed, the values of a discriminator's `mapping` included: one component
//! too many on a page is no harm, one too few is a loss.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use crate::{
    document::{Entry, Node, Pointer},
    gather::percent_decode,
    page::{
        export::{LeftOut, Why},
        verify::members,
    },
};

/// A component: section and name.
pub(super) type Name<'doc> = (&'doc str, &'doc str);

/// The components of a document.
pub(super) struct Components<'doc> {
    /// As the document has them.
    root: &'doc Node,
    /// What stands under which name.
    by_name: HashMap<Name<'doc>, &'doc Entry>,
    /// The component that an `$anchor`, `$dynamicAnchor` or `$id` stands in, by the reference that leads there.
    by_anchor: HashMap<String, Name<'doc>>,
}

/// The section that every page has all of.
pub(super) const SCHEMES: &str = "securitySchemes";

impl<'doc> Components<'doc> {
    pub(super) fn of(root: &'doc Node) -> Self {
        let mut components = Self { root, by_name: HashMap::new(), by_anchor: HashMap::new() };
        for (name, entry) in components.all() {
            components.by_name.insert(name, entry);
            anchors(&entry.value, name, &mut components.by_anchor);
        }
        components
    }

    /// Every component, in document order.
    pub(super) fn all(&self) -> Vec<(Name<'doc>, &'doc Entry)> {
        let sections = self.root.get("components").map(members).unwrap_or_default();
        let named = |section: &'doc Entry| {
            members(&section.value).iter().map(|entry| ((section.key.text.as_str(), entry.key.text.as_str()), entry))
        };
        sections.iter().filter(|section| !section.key.text.starts_with("x-")).flat_map(named).collect()
    }

    pub(super) fn get(&self, name: Name<'doc>) -> Option<&'doc Entry> {
        self.by_name.get(&name).copied()
    }

    /// What members of an object lead to, in the order in which it is come upon, breadth first.
    pub(super) fn reached(&self, start: &[&'doc Entry]) -> Vec<Name<'doc>> {
        let (mut found, mut known, mut order) = (Vec::new(), HashSet::new(), Vec::new());
        let mut queue: VecDeque<&Node> = VecDeque::new();
        for entry in start {
            self.member(entry, &mut found);
        }
        loop {
            for name in found.drain(..) {
                if let Some(entry) = self.get(name)
                    && known.insert(name)
                {
                    order.push(name);
                    queue.push_back(&entry.value);
                }
            }
            let Some(node) = queue.pop_front() else { return order };
            self.references(node, &mut found);
        }
    }

    /// The components that stand on no page, and the sections of which nothing does.
    pub(super) fn without(&self, reached: &BTreeSet<Name<'doc>>) -> Vec<LeftOut> {
        let Some(components) = self.root.get("components") else { return Vec::new() };
        let top = Pointer::root().child("components");
        let is_kept = |section: &Entry, entry: &Entry| reached.contains(&(&section.key.text, &entry.key.text));
        let keeps = |section: &Entry| members(&section.value).iter().any(|entry| is_kept(section, entry));
        if !members(components).iter().any(keeps) {
            return vec![LeftOut { pointer: top, why: Why::Unreached }];
        }
        let mut left_out = Vec::new();
        for section in members(components) {
            let pointer = top.child(&section.key.text);
            if section.key.text.starts_with("x-") {
                left_out.push(LeftOut { pointer, why: Why::NoPlace });
            } else if keeps(section) {
                let lost = members(&section.value).iter().filter(|entry| !is_kept(section, entry));
                left_out
                    .extend(lost.map(|entry| LeftOut { pointer: pointer.child(&entry.key.text), why: Why::Unreached }));
            } else {
                left_out.push(LeftOut { pointer, why: Why::Unreached });
            }
        }
        left_out
    }

    /// The components that a part of the document names, in document order.
    fn references(&self, node: &'doc Node, found: &mut Vec<Name<'doc>>) {
        match node.members() {
            Some(entries) => entries.iter().for_each(|entry| self.member(entry, found)),
            None => node.children().for_each(|(_, item)| self.references(item, found)),
        }
    }

    fn member(&self, entry: &'doc Entry, found: &mut Vec<Name<'doc>>) {
        match (entry.key.text.as_str(), entry.value.as_str()) {
            ("$ref" | "$dynamicRef" | "$recursiveRef" | "operationRef", Some(reference)) => {
                found.extend(self.name(reference));
            }
            ("discriminator", None) => {
                let mapping = entry.value.get("mapping").map(members).unwrap_or_default();
                found.extend(mapping.iter().filter_map(|entry| self.mapped(entry.value.as_str()?)));
                // A property may be called so.
                self.references(&entry.value, found);
            }
            _ => self.references(&entry.value, found),
        }
    }

    /// OpenAPI 3.1.1 section 4.8.25: a value of a `mapping` is a name or a reference.
    fn mapped(&self, value: &str) -> Option<Name<'doc>> {
        self.known("schemas", value).or_else(|| self.name(value))
    }

    /// The component that a reference leads to, or into.
    fn name(&self, reference: &str) -> Option<Name<'doc>> {
        let fragment = reference.split_once('#').map_or("", |(_, fragment)| fragment);
        let pointer = percent_decode(fragment).and_then(|fragment| Pointer::parse(&fragment));
        match pointer.as_ref().map(Pointer::tokens) {
            Some([components, section, name, ..]) if components == "components" => self.known(section, name),
            _ => self.by_anchor.get(reference).or_else(|| self.by_anchor.get(reference.split('#').next()?)).copied(),
        }
    }

    fn known(&self, section: &str, name: &str) -> Option<Name<'doc>> {
        // The key has the lifetime of the document, which the texts that are looked up need not have.
        let entry = self.root.get("components")?.entry(section)?;
        let named = self.by_name.get(&(section, name))?;
        Some((entry.key.text.as_str(), named.key.text.as_str()))
    }
}

fn anchors<'doc>(node: &'doc Node, name: Name<'doc>, found: &mut HashMap<String, Name<'doc>>) {
    for key in ["$anchor", "$dynamicAnchor"] {
        if let Some(anchor) = node.get(key).and_then(Node::as_str) {
            found.entry(format!("#{anchor}")).or_insert(name);
        }
    }
    if let Some(id) = node.get("$id").and_then(Node::as_str) {
        found.entry(id.to_owned()).or_insert(name);
    }
    for (_, child) in node.children() {
        anchors(child, name, found);
    }
}
