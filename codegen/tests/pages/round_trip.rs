//! A document, its pages, and the document of those: the same but for what the export names.

use std::{env, fs, path::PathBuf};

use stubwright_codegen::{
    diagnostic::Sink,
    document::{self, Document, Node, Value},
    page::{self, Layout, Sites, Text},
    source::Sources,
};

use crate::support::Run;

pub(crate) fn load(text: &str) -> Document {
    let mut sources = Sources::default();
    let source = sources.add("document", text);
    document::load(&sources, source, &mut Sink::default()).unwrap()
}

/// Documents of the corpus that are hard in a way of their own: discriminators with mappings, references to path items, deep
/// and circular references, components of every section, webhooks, translations, text in many scripts.
const SAMPLE: [&str; 14] = [
    "real/langwatch.json",
    "real/devin.json",
    "localized/mintlify/mintlify-analytics.openapi.en.json",
    "localized/mintlify/mintlify-analytics.openapi.zh.json",
    "real/adyen-transfer-webhooks-v4.yaml",
    "real/apisguru-daniweb.json",
    "real/apisguru-surevoip.json",
    "real/apisguru-twitter-current.json",
    "real/openeo.yaml",
    "real/pagerduty-jira-cloud.json",
    "real/redocly-museum.yaml",
    "real/resend.yaml",
    "real/supabase-auth.yaml",
    "real/train-travel.yaml",
];

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must be seen")]
fn documents_of_the_corpus_come_back() {
    let Some(corpus) = env::var_os("STUBWRIGHT_CORPUS").map(PathBuf::from) else {
        eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no document of the corpus was written as pages");
        return;
    };
    let failed = SAMPLE.iter().filter_map(|name| {
        let text = fs::read_to_string(corpus.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        round_trip(&load(&text)).err().map(|error| format!("{name}: {error}"))
    });
    let failed: Vec<String> = failed.collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Exports, imports and compares; the error says what is not the same.
pub(crate) fn round_trip(document: &Document) -> Result<(), String> {
    let export = page::export(document, None, &Layout { site: None, file: Some("x.yaml".to_owned()) })
        .map_err(|error| format!("{error:?}"))?;
    let mut expected = document.root.clone();
    for left_out in &export.left_out {
        remove(&mut expected, left_out.pointer.tokens());
    }
    prune_empty(&mut expected);
    for key in &export.added {
        add(&mut expected, key);
    }
    if export.files.is_empty() {
        return Ok(());
    }
    let mut run = Run::default();
    let texts: Vec<Text> = export.files.iter().map(|file| run.text(&file.path, &file.text)).collect();
    let sites = Sites::default().assign(Sites::ANY, "a");
    let import = page::import(&run.sources, &texts, &sites, &mut run.sink);
    if run.sink.has_errors() {
        return Err(run.rendered().chars().take(2_000).collect());
    }
    let imported = import.files.iter().find(|file| file.path == "a/x.yaml").ok_or("no document")?;
    let imported = load(&imported.text);
    differing(&expected, &imported.root, "").map_or(Ok(()), Err)
}

fn remove(node: &mut Node, tokens: &[String]) {
    let (Value::Mapping(entries), Some((first, rest))) = (&mut node.value, tokens.split_first()) else { return };
    if rest.is_empty() {
        entries.retain(|entry| entry.key.text != *first);
    } else if let Some(entry) = entries.iter_mut().find(|entry| entry.key.text == *first) {
        remove(&mut entry.value, rest);
    }
}

/// Webhooks that are all left out leave nothing.
fn prune_empty(root: &mut Node) {
    let Value::Mapping(entries) = &mut root.value else { return };
    entries.retain(|entry| {
        entry.key.text != "webhooks" || !matches!(&entry.value.value, Value::Mapping(hooks) if hooks.is_empty())
    });
}

fn add(root: &mut Node, key: &str) {
    let empty = load(if key == "paths" { "x: {}" } else { "x: []" }).root;
    let (Value::Mapping(entries), Value::Mapping(mut added)) = (&mut root.value, empty.value) else { return };
    let mut entry = added.remove(0);
    key.clone_into(&mut entry.key.text);
    entries.push(entry);
}

/// Where two trees differ, the order of keys aside; numbers count as they are written.
fn differing(one: &Node, other: &Node, at: &str) -> Option<String> {
    match (&one.value, &other.value) {
        (Value::Mapping(ones), Value::Mapping(others)) => {
            let lost = ones.iter().find(|entry| other.get(&entry.key.text).is_none());
            let added = others.iter().find(|entry| one.get(&entry.key.text).is_none());
            if let Some(entry) = lost.or(added) {
                return Some(format!("{at}/{}: only in one", entry.key.text));
            }
            ones.iter().find_map(|entry| {
                differing(&entry.value, other.get(&entry.key.text)?, &format!("{at}/{}", entry.key.text))
            })
        }
        (Value::Sequence(ones), Value::Sequence(others)) if ones.len() == others.len() => ones
            .iter()
            .zip(others)
            .enumerate()
            .find_map(|(index, (one, other))| differing(one, other, &format!("{at}/{index}"))),
        (one, other) => (one != other).then(|| format!("{at}: differs")),
    }
}
