//! Pages of one document become one document.

use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert_eq, proptest};
use stubwright_codegen::diagnostic::Code;

use crate::support::{block, documents, import};

/// A page about one path, with parts of its document that may be replaced.
fn page(path: &str, change: &[(&str, &str)]) -> String {
    let document = "openapi: 3.1.0
info:
  title: Pets
  version: '1'
servers: []
security: []
tags:
  - name: pets
paths:
  PATH:
    get:
      operationId: idPATH
      responses:
        '200':
          description: A pet
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
components:
  schemas:
    Pet:
      type: object
      description: A pet
      required: [id, name]
      properties:
        id: {type: integer, example: 5}
        description: {type: string, enum: [a, b]}
  securitySchemes:
    key: {type: http, scheme: bearer}
"
    .replace("PATH", path);
    let document = change.iter().fold(document, |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    block(&format!("a.yaml GET {path}"), &document)
}

#[test]
fn paths_and_components_are_merged() {
    let (one, two) = (page("/p", &[]), page("/a", &[("  securitySchemes:", "    More: {}\n  securitySchemes:")]));
    let post =
        page("/p", &[("get:", "post:"), ("operationId: id/p", "operationId: make")]).replace("GET /p", "POST /p");
    let (import, run) = import(&[&one, &two, &post]);
    assert_eq!(run.rendered(), "");
    let (_, text) = documents(&import)[0];
    let keys: Vec<&str> = text.lines().filter(|line| line.trim_start_matches(' ').len() + 6 > line.len()).collect();
    let expected = [
        "openapi: 3.1.0",
        "info:",
        "  title: Pets",
        "  version: '1'",
        "servers: []",
        "security: []",
        "tags:",
        "  - name: pets",
        "paths:",
        "  /a:",
        "    get:",
        "  /p:",
        "    get:",
        "    post:",
        "components:",
        "  schemas:",
        "    Pet:",
        "    More: {}",
        "  securitySchemes:",
        "    key:",
    ];
    assert_eq!(keys, expected);
    assert_eq!(import.summaries[0].operations, 3);
}

#[test]
fn human_text_may_differ() {
    let changes: &[&[(&str, &str)]] = &[
        &[("description: A pet\n      required", "description: Another pet\n      required")],
        &[("      description: A pet\n      required", "      required")],
        &[("required: [id, name]", "required: [name, id]")],
        &[("id: {type: integer, example: 5}", "id: {example: 5, type: integer}")],
        &[("key: {type: http, scheme: bearer}", "key: {type: http, scheme: bearer, description: More}")],
    ];
    for change in changes {
        let (import, run) = import(&[&page("/a", &[]), &page("/b", change)]);
        assert_eq!(run.rendered(), "", "{change:?}");
        let (_, text) = documents(&import)[0];
        assert!(text.contains("description: A pet\n      required:\n        - id"), "{text}");
    }
}

#[test]
fn what_matters_must_agree() {
    let changes: &[(&str, &str, Code)] = &[
        ("example: 5", "example: 6", Code::PageDifference),
        ("title: Pets", "title: Cats", Code::PageDifference),
        ("version: '1'", "version: '2'", Code::PageDifference),
        ("servers: []", "servers: [{url: 'https://a.example'}]", Code::PageDifference),
        ("security: []", "security: [{key: []}]", Code::PageDifference),
        ("- name: pets", "- name: cats", Code::PageDifference),
        ("type: integer", "type: string", Code::PageConflict),
        ("enum: [a, b]", "enum: [a, c]", Code::PageConflict),
        ("description: {type", "summary: {type", Code::PageConflict),
        ("scheme: bearer", "scheme: basic", Code::PageConflict),
        ("    get:", "    parameters: []\n    get:", Code::PageConflict),
    ];
    for (old, new, code) in changes {
        let other = page("/p", &[(old, new), ("get:", "post:"), ("operationId: id", "operationId: post")]);
        let other = other.replace("GET /p", "POST /p");
        for texts in [[&*page("/p", &[]), &*other], [&*other, &*page("/p", &[])]] {
            let (_, run) = import(&texts);
            assert_eq!(run.codes(), [*code], "{old} {new}\n{}", run.rendered());
            // Both places are shown.
            assert!(run.rendered().contains("1.md:") && run.rendered().contains("2.md:"), "{}", run.rendered());
        }
    }
}

#[test]
fn a_conflict_is_shown_once_however_many_pages_have_it() {
    let paths = ["/b", "/c", "/d", "/e"];
    let others: Vec<String> = paths.iter().map(|path| page(path, &[("type: integer", "type: string")])).collect();
    let texts: Vec<&str> = others.iter().map(String::as_str).collect();
    let first = page("/a", &[]);
    let (_, run) = import(&[&[&*first], &*texts].concat());
    assert_eq!(run.codes(), [Code::PageConflict], "{}", run.rendered());
}

#[test]
fn an_operation_on_two_pages_must_be_the_same() {
    let (_, run) = import(&[&page("/a", &[]), &page("/a", &[("'200'", "'201'")])]);
    assert!(run.codes().contains(&Code::PageConflict), "{}", run.rendered());
    let (import, run) = import(&[
        &page("/a", &[]),
        &page("/a", &[("description: A pet\n          c", "description: One\n          c")]),
    ]);
    assert_eq!(run.rendered(), "");
    assert_eq!((import.summaries[0].pages, import.summaries[0].operations), (2, 1));
}

#[test]
fn what_a_whole_document_lacks_is_told() {
    type Case = (&'static [(&'static str, &'static str)], &'static [Code]);
    let cases: &[Case] = &[
        (&[("schemas/Pet'", "schemas/Dog'")], &[Code::DanglingReference]),
        (&[("operationId: id/b", "operationId: id/a")], &[Code::DuplicateOperationId]),
        (&[("'200':", "default: {$ref: '#/components/responses/None'}\n        '200':")], &[Code::DanglingReference]),
        (
            &[(
                "  securitySchemes:",
                "    X: {discriminator: {mapping: {a: '#/components/schemas/None', b: Name}}}\n  securitySchemes:",
            )],
            &[Code::DanglingMapping, Code::DanglingMapping],
        ),
    ];
    for (change, codes) in cases {
        let (_, run) = import(&[&page("/a", &[]), &page("/b", change)]);
        assert_eq!(run.codes(), *codes, "{change:?}\n{}", run.rendered());
    }
    let (_, run) = import(&[&page("/a/{id}", &[])]);
    assert_eq!(run.codes(), [Code::UndeclaredPathParameter], "{}", run.rendered());
    let declared = page("/a/{id}", &[("    get:", "    parameters: [{in: path, name: id, required: true}]\n    get:")]);
    assert_eq!(import(&[&declared]).1.rendered(), "");
}

#[test]
fn a_path_item_may_be_a_reference() {
    let item = |method: &str| {
        page(
            "/p",
            &[
                ("    get:\n", "    $ref: '#/components/pathItems/P'\nx-rest:\n    get:\n"),
                ("  securitySchemes:", "  pathItems:\n    P:\n      get: {}\n      post: {}\n  securitySchemes:"),
            ],
        )
        .replace("GET /p", &format!("{method} /p"))
    };
    let (import, run) = import(&[&item("GET"), &item("POST")]);
    assert_eq!(run.rendered(), "");
    assert_eq!(import.summaries[0].operations, 2);
    let (_, run) = crate::support::import(&[&item("PUT")]);
    assert_eq!(run.codes(), [Code::PageMismatch]);
}

/// Pages that go well together, some of which say the same in other words.
fn pages() -> Vec<String> {
    let words = [("description: A pet\n          c", "description: Words\n          c")];
    let mut pages: Vec<String> = ["/a", "/b", "/c", "/c/d", "/é"].iter().map(|path| page(path, &[])).collect();
    pages.extend([page("/b", &words), page("/c", &words), page("/a", &[("title: Pets", "title: Dogs")])]);
    pages.push(page("/x", &[("  securitySchemes:", "    Zed: {}\n    Alpha: {}\n  securitySchemes:")]));
    pages.push(page("/y", &[("  schemas:\n", "  schemas:\n    Alpha: {}\n")]));
    pages.push(block("a.yaml webhook w", "openapi: 3.1.0\npaths: {}\nwebhooks: {w: {post: {}}}\n"));
    pages.push(block("b.yaml GET /p", "openapi: 3.1.0\npaths: {/p: {get: {}}}\n"));
    pages
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_pages_does_not_matter(order in Just((0..pages().len()).collect::<Vec<_>>()).prop_shuffle()) {
        let pages = pages();
        let all: Vec<&str> = pages.iter().map(String::as_str).collect();
        let shuffled: Vec<&str> = order.iter().map(|&index| all[index]).collect();
        let ((import, _), (other, _)) = (import(&all), import(&shuffled));
        prop_assert_eq!(documents(&import), documents(&other));
        prop_assert_eq!(import.summaries, other.summaries);
    }
}
