//! Pages of documents, and documents of those pages.

use std::fs;

use stubwright_codegen::page::{self, Layout};

use crate::{
    round_trip::{load, round_trip},
    support::{Run, root},
};

/// A seed's page, its document, and the language where that is not the base's.
const SEEDS: [(&str, &str, Option<&str>); 5] = [
    ("devin-v2-revoke-api-key.md", "devin/v2-openapi.yaml", None),
    ("devin-v3-revoke-service-user-api-key.de.md", "devin/de/v3-openapi.yaml", Some("de")),
    ("devin-v3-revoke-service-user-api-key.en.md", "devin/v3-openapi.yaml", None),
    ("devin-v3-revoke-service-user-api-key.zh.md", "devin/zh/v3-openapi.yaml", Some("zh")),
    ("langwatch-revoke-api-key.md", "langwatch/openapi.yaml", None),
];

#[test]
fn the_seeds_come_back_byte_for_byte() {
    let specs = root().join("../specs");
    for (page, spec, language) in SEEDS {
        let spec_text = fs::read_to_string(specs.join(spec)).unwrap();
        let layout = Layout { site: Some("docs.example".to_owned()), file: Some("x.yaml".to_owned()) };
        let export = page::export(&load(&spec_text), language, &layout).unwrap();
        assert_eq!((export.left_out.len(), export.added.len(), export.files.len()), (0, 0, 1), "{spec}");
        let block = |text: &str| {
            let (_, rest) = text.split_once("## OpenAPI\n\n````yaml ").unwrap();
            rest.split_once('\n').unwrap().1.to_owned()
        };
        let written = &export.files[0].text;
        let original = fs::read_to_string(specs.join("pages").join(page)).unwrap();
        assert_eq!(block(written).trim_end(), block(&original).trim_end(), "{page}");
        assert!(written.starts_with("> ## Documentation Index\n") && written.contains("https://docs.example/llms.txt"));
        // And once more: the document of the page is the document.
        let mut run = Run::default();
        let text = run.text("p.md", written);
        let list = run.text("sites.yaml", "docs.example: {api: a}\n");
        let import = run.import(&[text], Some(&list));
        assert_eq!(run.rendered(), "");
        let path = language.map_or("a/x.yaml".to_owned(), |language| format!("a/{language}/x.yaml"));
        let imported = import.files.iter().find(|file| file.path == path).unwrap();
        assert_eq!(imported.text, spec_text, "{spec}");
    }
}

/// A document with everything that pages have, and everything that they have not.
const DOCUMENT: &str = r#"
openapi: 3.1.0
x-root: 1
info: {title: Hard, version: '1', x-info: 2}
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
externalDocs: {url: https://a.example}
tags: [{name: unused}]
paths:
  x-paths: 1
  /p/{id}:
    summary: Path
    servers: [{url: https://a.example}]
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      security: [{key: []}]
      x-get: 1
      responses: {'200': {$ref: '#/components/responses/Ok'}, '404': {$ref: '#/paths/~1q/get/responses/404'}}
      summary: "Get\none # two"
      callbacks: {onEvent: {$ref: '#/components/callbacks/Event'}}
    put: {requestBody: {$ref: '#/components/requestBodies/Put'}, description: "> a\n\n# b\n\n```\nopen"}
    additionalOperations: {PURGE: {}}
  /q: {get: {responses: {'404': {description: None, links: {next: {$ref: '#/components/links/Next'}}}}, description: '## OpenAPI'}}
  /ref: {$ref: '#/components/pathItems/Item'}
  /empty: {summary: Nothing}
  /alias: {$ref: '#/paths/~1q'}
  /a b: {get: {}}
  plain: {get: {}}
webhooks:
  order.paid: {post: {summary: Paid, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Paid'}}}}}}
  order lost: {post: {}}
components:
  x-components: 1
  schemas:
    Unreached: {type: string}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}], properties: {lives: {$ref: '#/components/schemas/Lives/$defs/n'}}}
    Dog: {$ref: '#name'}
    Pet: {discriminator: {propertyName: kind, mapping: {cat: Cat, dog: '#/components/schemas/Dog', fox: Fox}}, properties: {discriminator: {$ref: '#/components/schemas/Kind'}}}
    Kind: {type: string, example: {$ref: '#/nowhere'}}
    Lives: {$defs: {n: {type: integer}}}
    Named: {$defs: {x: {$anchor: name}}}
    Paid: {$ref: '#/components/schemas/Paid%20not'}
    Paid not: {type: object}
  responses:
    Ok: {description: Fine, headers: {X: {$ref: '#/components/headers/X'}}, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, examples: {a: {$ref: '#/components/examples/A'}}}}}
  parameters: {Id: {in: path, name: id, required: true, schema: {type: string}}}
  examples: {A: {value: 1}, B: {value: 2}}
  requestBodies: {Put: {content: {text/plain: {}}}}
  headers: {X: {schema: {type: string}}}
  links: {Next: {operationId: none}}
  callbacks: {Event: {'{$request.query.url}': {post: {requestBody: {$ref: '#/components/requestBodies/Put'}}}}}
  pathItems: {Item: {get: {}, post: {parameters: [{$ref: '#/components/parameters/Id'}]}}, Lost: {get: {}}}
  mediaTypes: {}
  securitySchemes: {key: {type: http, scheme: bearer}, other: {type: http, scheme: basic}}
"#;

#[test]
fn what_is_on_no_page_is_named_and_the_rest_comes_back() {
    let document = load(DOCUMENT);
    let layout = Layout { site: None, file: Some("hard.yaml".to_owned()) };
    let export = page::export(&document, None, &layout).unwrap();
    let left_out: Vec<String> =
        export.left_out.iter().map(|left_out| format!("{}: {}", left_out.pointer, left_out.why.words())).collect();
    let expected = [
        "/x-root: pages have no place for it",
        "/externalDocs: pages have no place for it",
        "/paths/x-paths: pages have no place for it",
        "/paths/~1p~1{id}/additionalOperations: no page can name it",
        "/paths/~1empty: it has no operation",
        "/paths/~1alias: its reference leads to what its page does not have",
        "/paths/~1a b: no page can name it",
        "/paths/plain: no page can name it",
        "/webhooks/order lost: no page can name it",
        "/components/x-components: pages have no place for it",
        "/components/schemas/Unreached: no operation leads to it",
        "/components/examples/B: no operation leads to it",
        "/components/pathItems/Lost: no operation leads to it",
        "/components/mediaTypes: no operation leads to it",
    ];
    assert_eq!(left_out, expected);
    assert_eq!(export.added, ["servers", "security"]);
    let names: Vec<&str> = export.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["get-p-id.md", "get-q.md", "get-ref.md", "post-ref.md", "put-p-id.md", "webhook-order.paid.md"]);
    assert_eq!(round_trip(&document), Ok(()));

    let text = |name: &str| &export.files.iter().find(|file| file.path == name).unwrap().text;
    assert!(text("get-p-id.md").starts_with("# Get one # two\n\n"), "{}", text("get-p-id.md"));
    // The fence that is open in the text would swallow the block.
    assert!(text("put-p-id.md").starts_with("# PUT /p/{id}\n\n\n\n## OpenAPI\n\n````yaml hard.yaml PUT /p/{id}\n"));
    let keys: Vec<&str> =
        text("get-p-id.md").lines().filter(|line| line.starts_with("      ") && !line[6..].starts_with(' ')).collect();
    assert_eq!(keys[2..6], ["      summary: |-", "      responses:", "      x-get: 1", "      callbacks:"], "{keys:?}");
    assert_eq!(keys[6], "      security:");
}

#[test]
fn components_come_in_the_order_in_which_they_are_reached() {
    let export = page::export(&load(DOCUMENT), None, &Layout::default()).unwrap();
    let text = &export.files[0].text;
    let names: Vec<&str> = text[text.find("\ncomponents:").unwrap()..]
        .lines()
        .filter(|line| line.starts_with("    ") && !line[4..].starts_with(' '))
        .map(|line| line.trim().trim_end_matches(':'))
        .collect();
    let expected =
        ["Id", "Ok", "Event", "X", "Pet", "A", "Put", "Cat", "Dog", "Kind", "Lives", "Named", "key", "other"];
    let mut sorted = names.clone();
    sorted.sort_unstable();
    let mut all = expected;
    all.sort_unstable();
    assert_eq!(sorted, all);
    let place = |name: &str| names.iter().position(|known| *known == name).unwrap();
    assert!(place("Pet") < place("Cat") && place("Cat") < place("Dog") && place("Kind") < place("Lives"), "{names:?}");
    assert!(names.ends_with(&["key", "other"]), "{names:?}");
}

#[test]
fn a_translation_has_pages_of_its_own() {
    let document = load("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/p: {get: {summary: Holen}}}\n");
    let layout = Layout { site: None, file: Some("/x.json".to_owned()) };
    let export = page::export(&document, Some("de"), &layout).unwrap();
    assert_eq!(export.files[0].path, "de/get-p.md");
    assert!(export.files[0].text.contains("````yaml de/x.json GET /p\n"), "{}", export.files[0].text);
}

#[test]
fn fences_are_longer_than_what_they_hold() {
    let document = load("openapi: 3.1.0\npaths: {/p: {get: {description: \"a\\n\\n`````md\\nx\\n`````\\n\\nb\"}}}\n");
    let export = page::export(&document, None, &Layout { site: None, file: Some("x.yaml".to_owned()) }).unwrap();
    assert!(export.files[0].text.contains("\n``````yaml x.yaml GET /p\n"), "{}", export.files[0].text);
    assert_eq!(round_trip(&document), Ok(()));
}
