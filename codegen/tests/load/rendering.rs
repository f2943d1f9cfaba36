//! Diagnostics, as people see them.

use stubwright_codegen::{
    diagnostic::{Code, Diagnostic, Severity},
    render::{render, render_all, render_line},
    source::{SourceId, Sources, Span},
};

/// The place of a part of a source; the first one, if there are several.
fn find(sources: &Sources, source: SourceId, part: &str) -> Span {
    let start = sources.get(source).text.find(part).expect("the test's own text has this part");
    let offset = |offset: usize| u32::try_from(offset).expect("a small text");
    Span { source, start: offset(start), end: offset(start + part.len()) }
}

fn one(text: &str) -> (Sources, SourceId) {
    let mut sources = Sources::default();
    let source = sources.add("api.yaml", text);
    (sources, source)
}

fn shown(sources: &Sources, diagnostic: &Diagnostic) -> String {
    render(sources, Severity::Error, diagnostic, false)
}

#[test]
fn one_label() {
    let (sources, source) = one("openapi: 3.1.0\ninfo: {}\npaths: []\n");
    let diagnostic = Diagnostic::new(Code::WrongType, find(&sources, source, "[]"), "`paths` is a list")
        .label("expected an object")
        .help("write `{}`");
    let expected = "\
error[wrong-type]: `paths` is a list
 --> api.yaml:3:8
  |
3 | paths: []
  |        ^^ expected an object
  |
  = help: write `{}`
";
    assert_eq!(shown(&sources, &diagnostic), expected);
    assert_eq!(render_line(&sources, &diagnostic), "api.yaml:3:8: wrong-type: `paths` is a list");
    let warning = render(&sources, Severity::Warning, &diagnostic, true);
    assert!(warning.contains("\u{1b}[") && warning.contains("warning"), "{warning}");
}

#[test]
fn two_labels_in_one_file() {
    let (sources, source) = one("a: 1\nb: 2\nc: 3\nd: 4\nlast: 5\n");
    let near = Diagnostic::new(Code::DuplicateKey, find(&sources, source, "c"), "near")
        .other(find(&sources, source, "a"), "first");
    let expected = "\
error[duplicate-key]: near
 --> api.yaml:3:1
  |
1 | a: 1
  | - first
2 | b: 2
3 | c: 3
  | ^
";
    assert_eq!(shown(&sources, &near), expected);
    let far = Diagnostic::new(Code::DuplicateKey, find(&sources, source, "a"), "far")
        .label("here")
        .other(find(&sources, source, "last"), "there")
        .other(find(&sources, source, "1"), "beside");
    let expected = "\
error[duplicate-key]: far
 --> api.yaml:1:1
  |
1 | a: 1
  | ^  - beside
  | |
  | here
...
5 | last: 5
  | ---- there
";
    assert_eq!(shown(&sources, &far), expected);
}

#[test]
fn labels_in_two_files() {
    let (mut sources, base) = one("info:\n  title: Pets\n");
    let copy = sources.add("de/api.yaml", "info:\n  version: '1'\n");
    let diagnostic =
        Diagnostic::new(Code::TranslationDrift, find(&sources, copy, "version"), "a key is not the base's")
            .label("only here")
            .other(find(&sources, base, "info"), "the base's object");
    let expected = "\
error[translation-drift]: a key is not the base's
 --> de/api.yaml:2:3
  |
2 |   version: '1'
  |   ^^^^^^^ only here
  |
 ::: api.yaml:1:1
  |
1 | info:
  | ---- the base's object
";
    assert_eq!(shown(&sources, &diagnostic), expected);
}

#[test]
fn the_end_of_a_file() {
    let (mut sources, source) = one("a: [\n");
    let end = Span { source, start: 5, end: 5 };
    let expected = "\
error[syntax]: x
 --> api.yaml:2:1
  |
2 |
  | ^ here
";
    assert_eq!(shown(&sources, &Diagnostic::new(Code::Syntax, end, "x").label("here")), expected);
    let source = sources.add("no-newline.yaml", "a: [");
    let end = Span { source, start: 4, end: 4 };
    let expected = "\
error[syntax]: x
 --> no-newline.yaml:1:5
  |
1 | a: [
  |     ^
";
    assert_eq!(shown(&sources, &Diagnostic::new(Code::Syntax, end, "x")), expected);
    let source = sources.add("empty.yaml", "");
    let expected = "\
error[empty-document]: x
 --> empty.yaml:1:1
  |
1 |
  | ^
";
    let empty = Span { source, start: 0, end: 0 };
    assert_eq!(shown(&sources, &Diagnostic::new(Code::EmptyDocument, empty, "x")), expected);
}

#[test]
fn characters_of_all_widths_and_kinds() {
    let (sources, source) = one("é: {日本: x}\r\n\ttab: y\r\nbad: \u{9b}31m\u{202e}z\r\n");
    let diagnostic = Diagnostic::new(Code::WrongType, find(&sources, source, "x"), "line\nbreak\u{1b}")
        .other(find(&sources, source, "y"), "\u{7}")
        .other(find(&sources, source, "z"), "z");
    let expected = "\
error[wrong-type]: line break\u{fffd}
 --> api.yaml:1:9
  |
1 | é: {日本: x}
  |           ^
2 |     tab: y
  |          - \u{fffd}
3 | bad: \u{fffd}31m\u{fffd}z
  |           - z
";
    assert_eq!(shown(&sources, &diagnostic), expected);
    assert_eq!(render_line(&sources, &diagnostic), "api.yaml:1:9: wrong-type: line break\u{fffd}");
}

#[test]
fn a_place_over_several_lines_is_shown_by_its_first() {
    let (sources, source) = one("paths:\n  /a: 1\n  /b: 2\n");
    let diagnostic =
        Diagnostic::new(Code::UnknownKey, find(&sources, source, "/a: 1\n  /b: 2"), "x").label("all of this");
    let expected = "\
error[unknown-key]: x
 --> api.yaml:2:3
  |
2 |   /a: 1
  |   ^^^^^ all of this
";
    assert_eq!(shown(&sources, &diagnostic), expected);
}

#[test]
fn a_long_line_is_cut() {
    let text = format!("{{{}\"é\":[{}]}}", "\"ké\":1,".repeat(150_000), "0,".repeat(500_000));
    let (sources, source) = one(&text);
    let list = Span { end: u32::try_from(text.len()).expect("a small text"), ..find(&sources, source, "[") };
    let diagnostic =
        Diagnostic::new(Code::WrongType, list, "x").label("here").other(find(&sources, source, "1"), "there");
    let expected = "\
error[wrong-type]: x
 --> api.yaml:1:1050006
  |
1 | ...\":1,\"ké\":1,\"ké\":1,\"é\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0...
  |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here
  |
 ::: api.yaml:1:7
  |
1 | {\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1,\"ké\":1...
  |       - there
";
    assert_eq!(shown(&sources, &diagnostic), expected);
}

#[test]
fn many_are_counted() {
    let (sources, source) = one(&"x: 1\n".repeat(30));
    let at = |line: u32| Span { source, start: line * 5, end: line * 5 + 1 };
    let mut diagnostics: Vec<_> =
        (0..28).map(|line| Diagnostic::new(Code::UnknownKey, at(line), format!("warning {line}"))).collect();
    diagnostics.push(Diagnostic::new(Code::Syntax, at(28), "the error"));
    let text = render_all(&sources, &diagnostics, &Code::severity, false);
    assert!(text.starts_with("error[syntax]: the error\n  --> api.yaml:29:1\n"), "{text}");
    assert!(text.contains("warning[unknown-key]: warning 18\n") && !text.contains("warning 19"));
    assert!(text.ends_with("\n\n… and 9 more\n\n1 error, 28 warnings\n"), "{text}");
    assert_eq!(render_all(&sources, &[], &Code::severity, false), "");
    let strict = render_all(&sources, &diagnostics[..2], &|_| Severity::Error, false);
    assert!(strict.ends_with("^\n\n2 errors\n"), "{strict}");
}
