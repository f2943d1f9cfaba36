//! The `use` lines of a file: names are asked for where they are used, so that none is missing or idle.
//!
//! The one rule: what the file defines itself keeps its name; everything else of that name is written with its path.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::TokenStream;

use crate::emit::text::{WIDTH, put};

/// The names that a file uses.
#[derive(Debug, Default)]
pub(super) struct Imports<'ir> {
    used: BTreeSet<&'static str>,
    defined: HashSet<&'ir str>,
}

impl<'ir> Imports<'ir> {
    /// The imports of a file that defines some names itself.
    pub(super) fn beside(defined: HashSet<&'ir str>) -> Self {
        Self { used: BTreeSet::new(), defined }
    }

    /// The short name of an item, which is imported: `BTreeMap` for `std::collections::BTreeMap`.
    pub(super) fn take(&mut self, path: &'static str) -> &'static str {
        let name = last(path);
        if self.defined.contains(name) {
            return path;
        }
        self.used.insert(path);
        name
    }

    /// A name of Rust's prelude, which is not imported: `Option` for `std::option::Option`.
    pub(super) fn prelude(&self, path: &'static str) -> &'static str {
        let name = last(path);
        if self.defined.contains(name) { path } else { name }
    }

    /// Imports a trait whose methods alone are used.
    pub(super) fn methods_of(&mut self, path: &'static str) {
        self.used.insert(path);
    }

    /// The `use` items, in the order and the groups of rustfmt.
    pub(super) fn items(&self) -> String {
        let mut groups: BTreeMap<(Origin, &str), Vec<&str>> = BTreeMap::new();
        for path in &self.used {
            let (module, name) = path.rsplit_once("::").expect("paths have a module");
            groups.entry((origin(path), module)).or_default().push(name);
        }
        let mut uses: Vec<(Origin, String)> =
            groups.into_iter().map(|((origin, module), names)| (origin, use_item(module, &names))).collect();
        uses.sort();
        let mut out = String::new();
        let mut previous = None;
        for (origin, item) in uses {
            if previous.is_some_and(|previous| previous != origin) {
                out.push('\n');
            }
            previous = Some(origin);
            out.push_str(&item);
        }
        out
    }
}

/// A path as tokens.
pub(super) fn path(path: &str) -> TokenStream {
    path.parse().expect("paths are constants of this crate")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Standard,
    Runtime,
    Module,
}

fn origin(path: &str) -> Origin {
    match path.split("::").next() {
        Some("std") => Origin::Standard,
        Some("super") => Origin::Module,
        Some(_) | None => Origin::Runtime,
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// One `use` item: as many names on a line as fit.
fn use_item(module: &str, names: &[&str]) -> String {
    if let [only] = names {
        return format!("use {module}::{only};\n");
    }
    let line = format!("use {module}::{{{}}};\n", names.join(", "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let mut item = format!("use {module}::{{\n   ");
    let mut column = 3;
    for name in names {
        if column + name.len() + 2 > WIDTH {
            item.push_str("\n   ");
            column = 3;
        }
        put!(&mut item, " {name},");
        column += name.len() + 2;
    }
    item.push_str("\n};\n");
    item
}
