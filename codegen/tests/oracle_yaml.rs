//! An independent reader of YAML, `yaml_serde` over libyaml, reads every document of the corpus as we do.
//!
//! The corpus is the folder that `STUBWRIGHT_CORPUS` names; without it the test does nothing, and says so.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_yaml::Value as Theirs;
use stubwright_codegen::{
    diagnostic::{Code, Sink},
    document::{Edits, Node, Value, load, to_json, to_yaml},
    render::render_all,
    source::Sources,
};

/// The other reader takes minutes for larger documents in a debug build.
const LARGEST: u64 = if cfg!(debug_assertions) { 300_000 } else { u64::MAX };

/// Documents and nodes that must have been compared.
const AT_LEAST: (usize, usize) = if cfg!(debug_assertions) { (6_570, 808_000) } else { (6_600, 4_300_000) };

/// Documents that must have been read both as JSON and as YAML.
const JSON_AT_LEAST: usize = 340;

/// What was compared.
#[derive(Debug, Default)]
struct Counts {
    equal: usize,
    nodes: usize,
    /// Documents that the other reader does not take.
    refused_by_them: usize,
    too_large: usize,
    /// We report that there is no document, they give `null`.
    empty: usize,
    /// JSON to the letter, which we read the same as YAML.
    json: usize,
    /// `012` is an integer of the core schema, and a string to them.
    leading_zeros: usize,
    /// U+0085, U+2028 and U+2029 are line breaks of YAML 1.1 to them, which they fold. YAML 1.2 takes them as characters.
    line_separators: usize,
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must be seen")]
fn we_read_what_another_reader_reads() {
    let Some(corpus) = env::var_os("STUBWRIGHT_CORPUS").map(PathBuf::from) else {
        eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no document of the corpus was compared with yaml_serde");
        return;
    };
    let mut counts = Counts::default();
    let mut differences = Vec::new();
    for folder in ["real", "documents", "conformance"] {
        for path in documents(&corpus.join(folder)) {
            if fs::metadata(&path).expect("the file is there").len() > LARGEST {
                counts.too_large += 1;
            } else if let Ok(text) = fs::read_to_string(&path) {
                compare(&path, &text, &mut counts, &mut differences);
            }
        }
    }
    eprintln!("{counts:#?}");
    if counts.too_large > 0 {
        eprintln!(
            "{} documents over {LARGEST} bytes were left out: run with --release to compare them too",
            counts.too_large
        );
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    assert!(counts.equal >= AT_LEAST.0 && counts.nodes >= AT_LEAST.1 && counts.json >= JSON_AT_LEAST, "{counts:?}");
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the corpus has this folder") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path
            .extension()
            .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|&known| extension == known))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn compare(path: &Path, text: &str, counts: &mut Counts, differences: &mut Vec<String>) {
    let Ok(theirs) = serde_yaml::from_str::<Theirs>(text.trim_start_matches('\u{feff}')) else {
        counts.refused_by_them += 1;
        return;
    };
    let mut sources = Sources::default();
    let source = sources.add(path.display().to_string(), text);
    let mut sink = Sink::default();
    let document = load(&sources, source, &mut sink);
    let diagnostics = sink.into_diagnostics();
    let Some(document) = document.filter(|_| diagnostics.is_empty()) else {
        if theirs.is_null() && diagnostics[0].code == Code::EmptyDocument {
            counts.empty += 1;
        } else {
            differences.push(render_all(&sources, &diagnostics, &Code::severity, false));
        }
        return;
    };
    let before = differences.len();
    equal(&document.root, &theirs, &mut format!("{}: ", path.display()), counts, differences);
    for written in [to_json(&document.root, &Edits::default()), to_yaml(&document.root)] {
        let source = sources.add("written", written);
        let again = load(&sources, source, &mut Sink::default());
        if again.is_none_or(|again| again.root != document.root) {
            differences.push(format!("{}: not read again as it was written", path.display()));
        }
    }
    if text.trim_start().starts_with(['{', '[']) {
        // With a comment behind it, it is no JSON.
        let source = sources.add(path.display().to_string(), format!("{text}\n# YAML"));
        let yaml = load(&sources, source, &mut Sink::default());
        if yaml.is_none_or(|yaml| !same_places(&yaml.root, &document.root)) {
            differences.push(format!("{}: not the same as YAML", path.display()));
        }
        counts.json += 1;
    }
    counts.equal += usize::from(differences.len() == before);
}

/// Whether two trees of our own are equal, places included.
fn same_places(left: &Node, right: &Node) -> bool {
    let same_children = match (&left.value, &right.value) {
        (Value::Sequence(left), Value::Sequence(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_places(left, right))
        }
        (Value::Mapping(left), Value::Mapping(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| {
                    left.key == right.key
                        && left.key.span.range() == right.key.span.range()
                        && same_places(&left.value, &right.value)
                })
        }
        (left, right) => left == right,
    };
    same_children && left.id == right.id && left.span.range() == right.span.range()
}

fn equal(ours: &Node, theirs: &Theirs, at: &mut String, counts: &mut Counts, differences: &mut Vec<String>) {
    counts.nodes += 1;
    let same = match (&ours.value, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Boolean(ours), Theirs::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), Theirs::Number(theirs)) => same_number(ours, theirs),
        (Value::Number(ours), Theirs::String(theirs)) if has_leading_zero(theirs) => {
            counts.leading_zeros += 1;
            **ours == *theirs.trim_start_matches('0')
        }
        (Value::String(ours), Theirs::String(_)) if ours.contains(['\u{85}', '\u{2028}', '\u{2029}']) => {
            counts.line_separators += 1;
            true
        }
        (Value::String(ours), Theirs::String(theirs)) => ours == theirs,
        (Value::Sequence(ours), Theirs::Sequence(theirs)) if ours.len() == theirs.len() => {
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                within(&format!("/{index}"), at, |at| equal(ours, theirs, at, counts, differences));
            }
            true
        }
        (Value::Mapping(ours), Theirs::Mapping(theirs)) if ours.len() == theirs.len() => {
            for (ours, (key, theirs)) in ours.iter().zip(theirs) {
                within(&format!("/{}", ours.key.text), at, |at| {
                    if !same_key(&ours.key.text, key) {
                        differences.push(format!("{at}: key {key:?}"));
                    }
                    equal(&ours.value, theirs, at, counts, differences);
                });
            }
            true
        }
        _ => false,
    };
    if !same {
        differences.push(format!("{at}: {:.200} is not {:.200}", format!("{:?}", ours.value), format!("{theirs:?}")));
    }
}

fn within(step: &str, at: &mut String, visit: impl FnOnce(&mut String)) {
    let length = at.len();
    at.push_str(step);
    visit(at);
    at.truncate(length);
}

fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Our number is a text, theirs has 64 bits.
fn same_number(ours: &str, theirs: &serde_yaml::Number) -> bool {
    if let Some(theirs) = theirs.as_i64() {
        ours.parse() == Ok(theirs)
    } else if let Some(theirs) = theirs.as_u64() {
        ours.parse() == Ok(theirs)
    } else {
        ours.parse::<f64>().ok() == theirs.as_f64()
    }
}

/// Our key is a text, theirs a value.
fn same_key(ours: &str, theirs: &Theirs) -> bool {
    match theirs {
        Theirs::String(theirs) => ours == theirs,
        Theirs::Number(theirs) => same_number(ours, theirs),
        Theirs::Bool(theirs) => ours == theirs.to_string(),
        Theirs::Null => ours == "null",
        Theirs::Sequence(_) | Theirs::Mapping(_) | Theirs::Tagged(_) => false,
    }
}
