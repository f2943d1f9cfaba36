//! Every key and value knows its place.

use stubwright_codegen::{
    diagnostic::Sink,
    document::{Node, Value, load_range},
    source::Sources,
};

use crate::{accepted, read, round_trips};

/// The text at a node's place.
fn at<'text>(text: &'text str, node: &Node) -> &'text str {
    &text[node.span.range()]
}

fn member<'node>(node: &'node Node, key: &str) -> &'node Node {
    node.get(key).expect("the test's own document has this key")
}

#[test]
fn nodes_stand_where_the_text_says() {
    let text = "# é\na:  x y  # comment\nflow: {b: [1, 2 ], 'c': \"d\"}\nblock:\n  - one\n  - two: 2\n    three:\nabsent:\n\
                long: one\n  two\nliteral: &anchor |- # comment\n  line\nend: *anchor\n";
    let root = accepted(text);
    assert_eq!(at(text, &root), text[text.find("a:").expect("it is there")..].trim_end());
    assert_eq!(at(text, member(&root, "a")), "x y");
    let flow = member(&root, "flow");
    assert_eq!(at(text, flow), "{b: [1, 2 ], 'c': \"d\"}");
    assert_eq!(at(text, member(flow, "b")), "[1, 2 ]");
    assert_eq!(at(text, member(flow, "c")), "\"d\"");
    assert_eq!(&text[flow.entry("c").expect("it is there").key.span.range()], "'c'");
    let block = member(&root, "block");
    assert_eq!(at(text, block), "one\n  - two: 2\n    three");
    let Value::Sequence(items) = &block.value else { panic!("a list") };
    assert_eq!(at(text, &items[1]), "two: 2\n    three");
    for (node, key) in [(member(&items[1], "three"), "three"), (member(&root, "absent"), "absent")] {
        assert_eq!(at(text, node), "");
        assert!(text[..node.span.start as usize].ends_with(key), "{key}");
    }
    assert_eq!(at(text, member(&root, "long")), "one\n  two");
    assert_eq!(at(text, member(&root, "literal")), "|- # comment\n  line\n");
    assert_eq!(member(&root, "end").span, member(&root, "literal").span);
}

#[test]
fn the_text_of_every_scalar_is_that_scalar() {
    let mut compared = 0;
    for text in round_trips::DOCUMENTS {
        each_scalar(&accepted(text), &mut |scalar| {
            let written = at(text, scalar);
            // An indentation indicator counts from the parent, which the scalar alone does not have.
            if !written.starts_with(['|', '>']) || !written.lines().next().is_some_and(|line| line.contains('2')) {
                assert_eq!(
                    read(if written.is_empty() { "~" } else { written }).root.as_ref(),
                    Some(scalar),
                    "{written:?} of {text:?}"
                );
                compared += 1;
            }
        });
    }
    assert!(compared >= 40, "{compared}");
}

fn each_scalar(node: &Node, visit: &mut dyn FnMut(&Node)) {
    match &node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => visit(node),
        Value::Sequence(items) => items.iter().for_each(|item| each_scalar(item, visit)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| each_scalar(&entry.value, visit)),
    }
}

#[test]
fn a_range_of_a_page_is_a_document_with_places_of_the_page() {
    let page = "# Ünïcode\n\n````yaml\n  a:\n    - b: 'c'\n  a: d\n````\n";
    let start = page.find("  a:").expect("it is there");
    let end = page.rfind("````").expect("it is there");
    let mut sources = Sources::default();
    let source = sources.add("page.md", page);
    let mut sink = Sink::default();
    let document = load_range(&sources, source, start..end, &mut sink).expect("a duplicate key costs no tree");
    let Value::Sequence(items) = &member(&document.root, "a").value else { panic!("a list") };
    assert_eq!(sources.text(member(&items[0], "b").span), "'c'");
    let diagnostics = sink.into_diagnostics();
    assert_eq!(diagnostics.len(), 1);
    let position = sources.position(diagnostics[0].primary.span);
    assert_eq!((position.line, position.column), (6, 3));

    let mut sink = Sink::default();
    let broken = page.replace("'c'", "'c");
    let source = sources.add("broken.md", broken.as_str());
    assert!(load_range(&sources, source, start..end - 1, &mut sink).is_none());
    let position = sources.position(sink.into_diagnostics()[0].primary.span);
    assert_eq!((position.line, position.column), (6, 3));
}
