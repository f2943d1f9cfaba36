//! Overlays that would take forever, or break something: each is refused or done, soon.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use stubwright_codegen::{
    diagnostic::{Code, Sink},
    document, overlay,
    source::Sources,
};

/// Applies actions to a document, and writes what comes of it; gives the codes of what was reported.
fn codes(base: &str, actions: &str) -> Vec<Code> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let base = sources.add("base", base);
    let patch =
        sources.add("overlay", format!("overlay: 1.1.0\ninfo: {{title: A, version: '1'}}\nactions:\n{actions}"));
    let base = document::load(&sources, base, &mut sink).unwrap();
    if let Some(patch) = document::load(&sources, patch, &mut sink)
        && let Some(patch) = overlay::read(&sources, &patch, &mut sink)
    {
        let effective = overlay::apply(&base, &[patch], &mut sink);
        if !sink.has_errors() {
            let _ = overlay::write(&sources, &base, &effective);
        }
    }
    sink.into_diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_document_that_is_copied_into_itself_does_not_grow_without_end() {
    let mut actions = String::new();
    for number in 0..40 {
        let _ = writeln!(actions, "- {{target: $, update: {{n{number}: {{}}}}}}");
        let _ = writeln!(actions, "- {{target: $.n{number}, copy: $}}");
    }
    let begun = Instant::now();
    assert!(codes("a: [1, 2, 3]\n", &actions).contains(&Code::OverlayConflict));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn nothing_is_nested_deeper_than_a_document_may_be() {
    let deep = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let base = format!("a: {}\n", deep(150));
    let target = format!("$.a{}", "[0]".repeat(149));
    assert_eq!(codes(&base, &format!("- {{target: '{target}', update: {}}}\n", deep(40))), []);
    assert_eq!(codes(&base, &format!("- {{target: '{target}', update: {}}}\n", deep(100))), [Code::NestingLimit]);
}

#[test]
fn queries_of_all_sizes_end() {
    let base = "a: {b: [1, 2, {c: d}]}\n";
    let begun = Instant::now();
    for query in [
        format!("$[?{}@.a{}]", "(".repeat(10_000), ")".repeat(10_000)),
        format!("$[?{}@.a]", "!".repeat(10_000)),
        format!("$[?{}@.a]", "@.a || ".repeat(2_000)),
        format!("$[?{}1 == 1]", "@.a == 1 && ".repeat(2_000)),
        format!("${}", "[?@".repeat(10_000)),
        format!("${}", ".a".repeat(10_000)),
        format!("${}", "..a".repeat(10_000)),
        format!("${}", "..*".repeat(4)),
        format!("$[{}]", "0,".repeat(10_000)),
        format!("$['{}']", "x".repeat(100_000)),
        format!("$[?match(@.a, '{}')]", "(a*)*".repeat(500)),
        format!("$[?length(value(@{})) > 1]", ".*".repeat(2_000)),
        format!("${}", " ".repeat(10_000)),
        "$[99999999999999999999]".to_owned(),
        "$[::0]".to_owned(),
        "$[-9007199254740991:9007199254740991:1]".to_owned(),
        "$.\u{1f600}['\u{1f600}']..\u{e9}".to_owned(),
        "$['\\ud83d\\ude00', \"\\u0000\"]".to_owned(),
    ] {
        let target = serde_json::Value::from(query.as_str());
        let here = Instant::now();
        codes(base, &format!("- {{target: {target}, update: {{x: 1}}}}\n"));
        let shown: String = query.chars().take(40).collect();
        assert!(begun.elapsed() < Duration::from_secs(60), "{shown}: {:?}", here.elapsed());
        assert!(here.elapsed() < Duration::from_secs(20), "{shown}: {:?}", here.elapsed());
    }
}

#[test]
fn a_part_of_an_overlay_is_no_reason_to_panic() {
    let text = "- {target: \"$.a['b'][?@.c == 'd' && count(@.*) > 0].c\", update: {e: [1, ~, 'f']}, x-g: h}\n\
                - {target: '$.a..c', copy: \"$.a.b[0]\"}\n- {target: $.a.b[1], remove: true}\n";
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        codes("a: {b: [1, 2, {c: d}]}\n", &text[..end]);
        for written in ["'", "[", "\\", "$", "\u{e9}", ":"] {
            codes("a: {b: [1, 2, {c: d}]}\n", &format!("{}{written}{}", &text[..end], &text[end..]));
        }
    }
}
