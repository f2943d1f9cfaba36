//! Random overlays over other people's documents: what is written says what the effective document says, and little else than
//! what changed is touched.
//!
//! The corpus is the folder that `STUBWRIGHT_CORPUS` names; without it the test does nothing, and says so.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use stubwright_codegen::{
    diagnostic::Sink,
    document::{self, Node, Value},
    overlay,
    source::Sources,
};

/// Larger documents are left to release builds.
const LARGEST: u64 = if cfg!(debug_assertions) { 60_000 } else { 5_000_000 };

/// How many documents there must be, and the percentage of lines that must stay where nothing is
/// removed: what is replaced may be long.
const AT_LEAST: (usize, usize) = (3_000, 90);

#[test]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are none without the corpus"
)]
fn what_is_written_is_what_was_meant() {
    let Some(corpus) = env::var_os("STUBWRIGHT_CORPUS") else {
        return eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no overlays are applied to its documents");
    };
    let mut paths = Vec::new();
    for part in ["real", "conformance", "torture", "revoke", "localized"] {
        list(&Path::new(&corpus).join(part), &mut paths);
    }
    paths.sort();
    let (mut documents, mut lines, mut kept) = (0, 0, 0);
    for (seed, path) in paths.iter().enumerate() {
        if let Some((all, same)) = apply(path, seed) {
            documents += 1;
            lines += all;
            kept += same;
        }
    }
    println!("{documents} documents with random overlays, {kept} of {lines} lines kept");
    assert!(documents >= AT_LEAST.0, "{documents} documents");
    assert!(kept * 100 >= lines * AT_LEAST.1, "{kept} of {lines} lines");
}

/// Applies a random overlay to a document; gives how many lines it has, and how many of them stay.
fn apply(path: &Path, seed: usize) -> Option<(usize, usize)> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let source = document::decode(&mut sources, "base", fs::read(path).unwrap(), &mut sink)?;
    let base = document::load(&sources, source, &mut sink)?;
    if sink.has_errors() || !matches!(base.root.value, Value::Mapping(_)) {
        return None;
    }
    let mut random = Random(seed as u64 * 2 + 1);
    let mut text = "overlay: 1.1.0\ninfo: {title: Random, version: '1'}\nactions:\n".to_owned();
    for number in 0..3 {
        action(&mut text, &base.root, number, &mut random);
    }
    let patch = sources.add("overlay", text.as_str());
    let patch = document::load(&sources, patch, &mut sink).unwrap_or_else(|| panic!("{text}"));
    let patch = overlay::read(&sources, &patch, &mut sink).unwrap();
    let effective = overlay::apply(&base, &[patch], &mut sink);
    assert!(!sink.has_errors(), "{}: {sink:?}\n{text}", path.display());
    let written = overlay::write(&sources, &base, &effective);
    let again = sources.add("written", written.as_str());
    let again = document::load(&sources, again, &mut sink).unwrap_or_else(|| panic!("{}:\n{text}", path.display()));
    assert!(again.root == effective.root, "{}:\n{text}", path.display());
    // What an overlay removes is gone, of course.
    let removes = text.contains("remove: true");
    let (lines, same) = if removes { (0, 0) } else { same_lines(&sources.get(source).text, &written) };
    Some((lines, same))
}

/// One action on a node somewhere: it is taken out, or something is added to it.
fn action(text: &mut String, root: &Node, number: usize, random: &mut Random) {
    let (mut node, mut target) = (root, "$".to_owned());
    for _ in 0..random.below(7) {
        node = match &node.value {
            Value::Mapping(entries) if !entries.is_empty() => {
                let entry = &entries[random.below(entries.len())];
                let key = entry.key.text.replace('\\', "\\\\").replace('\'', "\\'");
                if key.chars().any(char::is_control) {
                    break;
                }
                let _ = write!(target, "['{key}']");
                &entry.value
            }
            Value::Sequence(items) if !items.is_empty() => {
                let index = random.below(items.len());
                let _ = write!(target, "[{index}]");
                &items[index]
            }
            Value::Null
            | Value::Boolean(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Mapping(_)
            | Value::Sequence(_) => break,
        };
    }
    let change = match (&node.value, random.below(3)) {
        (_, 0) if target != "$" => "remove: true".to_owned(),
        (Value::Mapping(_), 1) => format!("update: {{x-added-{number}: {{a: [1, 'two'], b: \"three\\nlines\\n\"}}}}"),
        (Value::Mapping(_), _) => format!("update: {{x-added-{number}: text}}"),
        (Value::Sequence(_), 1) => "update: [{a: 1, b: [2]}]".to_owned(),
        (Value::Sequence(_), _) => "update: item".to_owned(),
        (_, 1) => "update: 'new: value'".to_owned(),
        (Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_), _) => "update: 7".to_owned(),
    };
    // A target may be gone by an earlier action: that is a warning.
    let _ = writeln!(text, "- {{target: {}, {change}}}", serde_json::Value::from(target));
}

/// Lines of a text, and how many of them another has.
fn same_lines(one: &str, other: &str) -> (usize, usize) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for line in other.lines() {
        *counts.entry(line).or_default() += 1;
    }
    let mut same = 0;
    for line in one.lines() {
        if let Some(count) = counts.get_mut(line).filter(|count| **count > 0) {
            *count -= 1;
            same += 1;
        }
    }
    (one.lines().count(), same)
}

/// A generator that gives the same numbers for the same seed (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        for shift in [13, -7, 17] {
            self.0 ^= if shift > 0 { self.0 << shift } else { self.0 >> -shift };
        }
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let kind = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            list(&path, found);
        } else if matches!(kind, Some("yaml" | "yml" | "json")) && path.metadata().is_ok_and(|at| at.len() <= LARGEST) {
            found.push(path);
        }
    }
}
