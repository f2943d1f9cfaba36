//! What pages call their documents, and the files that those become.

use stubwright_codegen::diagnostic::Code;

use crate::support::{Run, block, documents, import};

#[test]
fn only_the_block_is_taken() {
    let text = "> https://docs.pets.example/llms.txt\r\n# Pets\n```md\n## OpenAPI\n````\n## OpenAPI\n\n\
                `````yaml de/pets.json get /p\nopenapi: 3.1.0\ninfo:\n  description: |\n    ```\n    text\n    ```\n\
                paths: {/p: {get: {}}}\n\n\n`````   \ntrailer\n";
    let (import, run) = import(&[text]);
    assert_eq!(run.rendered(), "");
    let block = "openapi: 3.1.0\ninfo:\n  description: |\n    ```\n    text\n    ```\npaths: {/p: {get: {}}}\n\n";
    assert_eq!(documents(&import), [("a/de/pets.yaml", block)]);
}

/// Info strings, and the files that the blocks become.
#[test]
fn every_form_of_the_info_string_is_read() {
    let document = "openapi: 3.1.0\ninfo: {title: My API, version: '2'}\npaths: {/p: {get: {}}}\n";
    for (info, path) in [
        ("GET /p", "a/My-API-2.yaml"),
        ("get /p", "a/My-API-2.yaml"),
        ("/a.yaml Get /p", "a/a.yaml"),
        ("b/c.json GET /p", "a/b/c.yaml"),
        ("en/a.yml GET /p", "a/a.yml"),
        ("pt-br/a.yaml GET /p", "a/pt-BR/a.yaml"),
        ("/es-419/x/a.yaml GET /p", "a/es-419/x/a.yaml"),
        ("sr-latn-rs/a.yaml GET /p", "a/sr-Latn-RS/a.yaml"),
        ("v2/a.yaml GET /p", "a/v2/a.yaml"),
        ("api-docs/a.yaml GET /p", "a/api-docs/a.yaml"),
        ("app-eu/a.yaml GET /p", "a/app-eu/a.yaml"),
        ("https://api.a.example/v1/openapi get /p", "a/api.a.example-v1-openapi.yaml"),
        ("https://a.example/x/openapi.json?a=b get /p", "a/a.example-x-openapi.json-a-b.yaml"),
    ] {
        let (import, run) = import(&[&block(info, document)]);
        assert_eq!(run.rendered(), "", "{info}");
        assert_eq!(documents(&import), [(path, document)], "{info}");
    }
}

#[test]
fn blocks_may_be_json_and_fences_short() {
    let document = "{\"openapi\": \"3.1.0\", \"paths\": {\"/p\": {\"get\": {}}}}\n";
    let page = format!("# P\n\n## OpenAPI\n\n```JSON a.json GET /p\n{document}```\n");
    let (import, run) = import(&[&page]);
    assert_eq!(run.rendered(), "");
    assert_eq!(documents(&import), [("a/a.yaml", document)]);
}

#[test]
fn a_page_without_a_file_may_name_its_language_in_its_url() {
    let page = block("GET /p", "openapi: 3.1.0\npaths: {/p: {get: {}}}\n");
    let page = format!("# Source: https://a.example/docs/de/p.md\n\n{page}");
    let mut run = Run::default();
    let list = run.text("sites.yaml", "a.example/docs: {api: a, file: x.yaml}\n");
    let text = run.text("p.md", &page);
    let import = run.import(&[text], Some(&list));
    assert_eq!(run.rendered(), "");
    assert_eq!(documents(&import)[0].0, "a/de/x.yaml");
}

/// The file names of info strings that must never become a path.
#[test]
fn no_file_name_leads_out() {
    let names = [
        "../a.yaml",
        "/../a.yaml",
        "//etc/a.yaml",
        "a/../../b.yaml",
        "a\\..\\b.yaml",
        "c:/a.yaml",
        "./a.yaml",
        ".yaml",
        "a/.yaml",
        "a//b.yaml",
        "con.yaml",
        "a/NUL/b.yaml",
        "https://../..",
        "file:///",
    ];
    for name in names {
        let (import, run) = import(&[&block(&format!("{name} GET /p"), "paths: {/p: {get: {}}}\n")]);
        assert!(import.files.is_empty() && run.sink.has_errors(), "{name}: {import:?}");
    }
}

#[test]
fn two_documents_never_share_a_file() {
    let document = "openapi: 3.1.0\npaths: {/p: {get: {}}}\n";
    for (one, other) in [
        ("a.json GET /p", "a.yaml GET /p"),
        ("a.yaml GET /p", "A.yaml GET /p"),
        ("https://x.example/a/b GET /p", "https://x.example/a-b GET /p"),
        ("x.yaml GET /p", "x.pages.yaml GET /p"),
        ("a.yaml GET /p", "a.yaml/b.yaml GET /p"),
        ("A.yaml GET /p", "a.yaml/b/c.yaml GET /p"),
        ("x.yaml GET /p", "x.pages.yaml/b.yaml GET /p"),
    ] {
        let (_, run) = import(&[&block(one, document), &block(other, document)]);
        assert_eq!(run.codes(), [Code::PageConflict], "{one} {other}\n{}", run.rendered());
    }
}
