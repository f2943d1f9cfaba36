//! Documents of several files and their translations: which file belongs to which, and where the texts go.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

mod support;

use support::Folder;

/// A document of three files.
const FILES: [(&str, &str); 3] = [
    (
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets: {$ref: parts/pets.yaml}\ncomponents:\n  schemas:\n    Id: {$ref: common/id.json}\n",
    ),
    (
        "parts/pets.yaml",
        "get:\n  operationId: list\n  summary: All 2 pets\n  description: Each once\n  responses:\n    '200':\n      description: Pets\n      content: {application/json: {schema: {type: array, items: {$ref: '../common/id.json'}}}}\n",
    ),
    ("common/id.json", "{\"type\": \"string\", \"title\": \"Id\"}\n"),
];

#[test]
fn files_of_a_document_are_compared_with_those_of_its_translation() {
    let [api, pets, id] = FILES;
    let german = api.1.replace("title: Pets", "title: Tiere");
    let tiere = pets.1.replace("All 2 pets", "Alle 2 Tiere").replace("operationId: list", "operationId: liste");
    let cases = [
        // In a folder of its own, with what is not translated left out.
        ("de/api.yaml", german.clone(), "de/parts/pets.yaml", tiere.clone()),
        // Sharing what is not translated.
        (
            "de/api.yaml",
            german.replace("common/", "../common/"),
            "de/parts/pets.yaml",
            tiere.replace("../common/", "../../common/"),
        ),
        // With the language in each name.
        ("api.de.yaml", german.replace("pets.yaml", "pets.de.yaml"), "parts/pets.de.yaml", tiere),
    ];
    for (own, german, part, tiere) in cases {
        let folder = Folder::new(&[api, pets, id, (own, &german), (part, &tiere)]);
        let run = folder.run("locales api.yaml");
        let expected = format!(
            "\
api.yaml (en): 5 texts

de {own}
  translated               2   40 %
  same as base             3   60 %
  missing                  0    0 %
  stale                    0    0 %
  orphaned                 0
  drift                    1

  same as base
    common/id.json:1:29 /x-files/common~1id.json/title
    {part}:4:16 /x-files/parts~1pets.yaml/get/description
    {part}:7:20 /x-files/parts~1pets.yaml/get/responses/200/description

  drift
    {part}:2:16 the operationId is translated in the `de` copy: `list` is `liste`
"
        );
        assert_eq!(run.data(), expected, "{}", run.messages());
    }
}

#[test]
fn texts_of_all_files_reach_the_generated_code() {
    let [api, pets, id] = FILES;
    let german = ("de/api.yaml", api.1.replace("title: Pets", "title: Tiere").replace("parts/", "../parts/"));
    let folder = Folder::new(&[api, pets, id, (german.0, &german.1)]);
    let run = folder.run("generate api.yaml --find-translations --out out");
    assert_eq!(run.code(), Some(0), "{}", run.messages());
    let texts = folder.read("out/api/texts.rs");
    assert!(texts.contains("Tiere") && !texts.contains("x-files"), "{texts}");

    let tiere = ("de/parts/pets.yaml", pets.1.replace("All 2 pets", "Alle 2 Tiere"));
    let german = ("de/api.yaml", api.1.replace("title: Pets", "title: Tiere"));
    let folder = Folder::new(&[api, pets, id, (german.0, &german.1), (tiere.0, &tiere.1)]);
    let run = folder.run("generate api.yaml --find-translations --docs-language de --out out");
    assert_eq!(run.code(), Some(0), "{}", run.messages());
    let texts = folder.read("out/api/texts.rs");
    assert!(texts.contains("/x-files/parts~1pets.yaml/get/summary") && texts.contains("Alle 2 Tiere"), "{texts}");
    assert!(folder.read("out/api/traits.rs").contains("/// Alle 2 Tiere"));
}

#[test]
fn a_file_that_a_translation_does_not_refer_to_is_named() {
    let [api, pets, id] = FILES;
    let german = api.1.replace("{$ref: parts/pets.yaml}", "{}");
    let folder = Folder::new(&[api, pets, id, ("de/api.yaml", &german)]);
    let run = folder.run("locales api.yaml");
    let expected = "\
warning[untranslated-file]: the texts of this file are not in the `de` copy, which refers to no such file
 --> parts/pets.yaml:3:12
  |
3 |   summary: All 2 pets
  |            ^^^^^^^^^^ the first of 3
  |
  = help: put a translation of the file where it lies relative to the document, or let the copy refer to this one
";
    assert!(run.messages().contains(expected), "{}", run.messages());
    assert!(run.data().contains("  missing                  3   60 %"), "{}", run.data());
}

/// The counts of translated texts, of missing ones and of drift in each language.
#[track_caller]
fn counts(folder: &Folder, words: &str) -> Vec<[u64; 3]> {
    let run = folder.run(&format!("locales {words} --format json"));
    let report: serde_json::Value = serde_json::from_str(&run.data()).unwrap_or_else(|_| panic!("{}", run.messages()));
    let count = |language: &serde_json::Value| {
        ["translated", "missing", "drift"].map(|key| language["counts"][key].as_u64().unwrap())
    };
    report["languages"].as_array().unwrap().iter().map(count).collect()
}

const X: &str = "type: object\ndescription: A thing\n";
const DING: &str = "type: object\ndescription: Ein Ding\n";

/// A document whose one schema refers to these files.
fn api(references: &[&str]) -> String {
    let all: Vec<String> = references.iter().map(|reference| format!("{{$ref: '{reference}'}}")).collect();
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {{oneOf: [{}]}}, B: {{description: Words}}}}}}\n",
        all.join(", ")
    )
}

#[test]
fn files_belong_together_by_their_way_from_the_document() {
    let upwards = api(&["../schemas/x.yaml", "../schemas/y.yaml", "../../common/c.yaml"]);
    let folder = Folder::new(&[
        ("en/apis/api.yaml", &upwards),
        ("de/apis/api.yaml", &upwards),
        ("en/schemas/x.yaml", X),
        ("de/schemas/x.yaml", DING),
        // The translation has none.
        ("en/schemas/y.yaml", X),
        ("common/c.yaml", X),
    ]);
    assert_eq!(counts(&folder, "en/apis/api.yaml --translation de=de/apis/api.yaml"), [[1, 0, 0]]);

    let tagged = |tag: &str| api(&[&format!("x.{tag}.yaml")]);
    let folder = Folder::new(&[
        ("api.yaml", &api(&["x.yaml"])),
        ("x.yaml", X),
        ("api.pt-br.yaml", &tagged("pt-br")),
        ("x.pt-br.yaml", DING),
        ("api.zh_CN.yaml", &tagged("zh_CN")),
        ("x.zh_CN.yaml", DING),
    ]);
    assert_eq!(counts(&folder, "api.yaml"), [[1, 0, 0], [1, 0, 0]]);

    // A translated file counts before a shared one that stands for the same.
    let path = |item: &str| {
        format!(
            "get: {{responses: {{'200': {{description: D, content: {{application/json: {{schema: {{$ref: '{item}'}}}}}}}}}}}}\n"
        )
    };
    let paths = |second: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{$ref: a.yaml}}, /b: {{$ref: {second}}}}}\n"
        )
    };
    let folder = Folder::new(&[
        ("api.yaml", &paths("b.yaml")),
        ("api.de.yaml", &paths("b.de.yaml")),
        ("a.yaml", &path("x.yaml")),
        ("b.yaml", &path("x.yaml")),
        ("b.de.yaml", &path("x.de.yaml")),
        ("x.yaml", X),
        ("x.de.yaml", DING),
    ]);
    assert_eq!(counts(&folder, "api.yaml"), [[1, 0, 0]]);
}

#[test]
fn references_are_the_same_where_they_lead_to_the_same() {
    let to = |file: &str| format!("items: {{$ref: '{file}#/components/schemas/B'}}\n");
    let cases = [
        // Back to the document, by either name of it.
        ("x.yaml", "x.de.yaml", to("api.yaml"), to("api.de.yaml")),
        ("x.yaml", "x.de.yaml", to("api.yaml"), to("api.yaml")),
        // Within a file, with its name and without.
        ("api.yaml#/components/schemas/B", "#/components/schemas/B", X.to_owned(), X.to_owned()),
    ];
    for (one, other, x, ding) in cases {
        let german = api(&[other, "x.de.yaml"]).replace("Words", "Worte");
        let folder = Folder::new(&[
            ("api.yaml", &api(&[one, "x.yaml"])),
            ("api.de.yaml", &german),
            ("x.yaml", &x),
            ("x.de.yaml", &ding),
        ]);
        assert_eq!(counts(&folder, "api.yaml"), [[1, 0, 0]], "{one} {other}");
    }
}

#[test]
fn what_nothing_refers_to_is_in_no_language() {
    let part = |words: &str| {
        format!(
            "A: {{description: {words}}}\nUnused: {{description: {words}, properties: {{a: {{title: {words}}}}}}}\n"
        )
    };
    let document = api(&["part.yaml#/A"]);
    let folder = Folder::new(&[
        ("api.yaml", &document),
        ("de/api.yaml", &document),
        ("part.yaml", &part("Words")),
        ("de/part.yaml", &part("Worte")),
    ]);
    assert_eq!(counts(&folder, "api.yaml"), [[1, 0, 0]]);
}

#[test]
fn what_is_wrong_with_a_file_of_a_translation_is_told_alone() {
    let document = api(&["x.yaml"]);
    for (text, line) in [
        ("description: \"Ein\n", "error[syntax]: this quote is never closed"),
        ("description: A\ndescription: B\n", "error[duplicate-key]: the key `description` is given twice"),
    ] {
        let folder =
            Folder::new(&[("api.yaml", &document), ("de/api.yaml", &document), ("x.yaml", X), ("de/x.yaml", text)]);
        for words in ["locales api.yaml", "generate api.yaml --find-translations --allow-drift --out out"] {
            let messages = folder.run(words).failed(1);
            assert!(messages.contains(line) && messages.contains(" --> de/x.yaml:"), "{messages}");
            assert!(messages.contains("\n1 error"), "{messages}");
        }
    }
}

#[test]
fn overlays_leave_the_texts_of_other_files_alone() {
    let document = api(&["x.yaml"]);
    let overlay =
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {version: '2'}}]\n";
    let folder = Folder::new(&[
        ("api.yaml", &document),
        ("de/api.yaml", &document),
        ("x.yaml", X),
        ("de/x.yaml", DING),
        ("o.yaml", overlay),
    ]);
    let run = folder.run("generate api.yaml --find-translations --overlay o.yaml --docs-language de --out out");
    assert_eq!(run.code(), Some(0), "{}", run.messages());
    assert!(folder.read("out/api/texts.rs").contains("(\"de\", \"Ein Ding\")"));

    let run = folder.run("locales api.yaml --as-overlay de");
    assert!(run.messages().contains("warning[untranslated-file]: the texts of this file are not in the overlay"));
}
