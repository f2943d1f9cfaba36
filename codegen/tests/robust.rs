//! Inputs that are odd in size or form, through the whole pipeline.

use std::{fmt::Write as _, path::PathBuf};

use stubwright_codegen::diagnostic::{Code, Sink};
use stubwright_codegen::source::Sources;
use stubwright_codegen::{Input, NoFiles, Options, Output, Reach, TranslationInput, generate};

/// Generates from a base and its German copy; gives the output, and the codes of the diagnostics.
fn run(base: &str, german: Option<&str>) -> (Option<Output>, Vec<Code>) {
    let mut sources = Sources::default();
    let base = sources.add("base.yaml", base);
    let german = german.map(|text| sources.add("base.de.yaml", text));
    let translation =
        |source| TranslationInput { language: "de".to_owned(), source, path: PathBuf::from("base.de.yaml") };
    let mut sink = Sink::default();
    let input = Input {
        base,
        path: PathBuf::new(),
        urls: Vec::new(),
        language: "en".to_owned(),
        translations: german.map(translation).into_iter().collect(),
        overlays: Vec::new(),
        drift: stubwright_codegen::locale::Drift::default(),
        published: Vec::new(),
        reach: Reach::Unknown,
        options: Options::default(),
    };
    let output = generate(&mut sources, &input, &mut NoFiles, &mut sink).ok();
    (output, sink.into_diagnostics().into_iter().map(|diagnostic| diagnostic.code).collect())
}

fn file<'output>(output: &'output Output, name: &str) -> &'output str {
    &output.files.iter().find(|file| file.name == name).expect("the module has this file").text
}

#[test]
fn chains_of_references_are_of_any_length() {
    let mut text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    for index in 0..5_000 {
        let next = index + 1;
        writeln!(
            text,
            "    S{index}: {{type: object, required: [n], properties: {{n: {{$ref: '#/components/schemas/S{next}'}}}}}}"
        )
        .expect("a string takes everything");
    }
    text.push_str("    S5000: {type: string}\n");
    let (output, codes) = run(&text, None);
    assert!(codes.is_empty(), "{codes:?}");
    assert!(file(&output.expect("nothing is wrong"), "types.rs").contains("pub struct S4999"));
}

#[test]
fn what_one_stage_refuses_does_not_hide_what_a_later_one_does() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    A: {type: string, x-rust-name: 2}
    B: {type: string, enum: []}
";
    let (output, codes) = run(text, None);
    assert!(output.is_none());
    assert_eq!(codes, [Code::NotAString, Code::InvalidRustName, Code::NoEffect]);
}

/// A tag's name is contract, and its description text, also when one is an alias of the other.
#[test]
fn an_alias_has_the_role_of_its_own_place() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
tags: [{name: &tag Pets, description: *tag}]
paths: {}
";
    let (output, codes) = run(text, Some(&text.replace("*tag", "Haustiere")));
    assert!(codes.is_empty(), "{codes:?}");
    let output = output.expect("nothing is wrong");
    let template = file(&output, "document.json");
    let marker = "\"description\": \u{1a}/tags/0/description\u{1a}";
    assert!(template.contains("\"name\": \"Pets\"") && template.contains(marker), "{template}");
    let (output, codes) = run(text, Some(&text.replace("Pets", "Haustiere")));
    assert!(output.is_none());
    assert_eq!(codes, [Code::TranslationDrift]);
}

#[test]
fn numbers_are_equal_however_they_are_written() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    A: {type: object, properties: {a: {enum: [1e2, 5], default: 100}, b: {enum: [1.0, 2], const: 1}}}
";
    let (output, codes) = run(text, None);
    assert!(codes.is_empty(), "{codes:?}");
    let output = output.expect("nothing is wrong");
    let json = file(&output, "json.rs");
    assert!(json.contains("a: default(AA::N1e2) \"a\""), "{json}");
}

#[test]
fn a_header_parameter_is_overridden_whatever_its_case() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    parameters: [{name: X-Foo, in: header, schema: {type: string}}]
    get:
      operationId: a
      parameters: [{name: x-foo, in: header, required: true, schema: {type: integer}}]
      responses: {'200': {description: d}}
";
    let (output, codes) = run(text, None);
    assert!(codes.is_empty(), "{codes:?}");
    assert!(file(&output.expect("nothing is wrong"), "operations.rs").contains("pub x_foo: i64"));
}

#[test]
fn large_enums_take_linear_time() {
    let values: Vec<String> = (0..30_000).map(|index| format!("value-{index}")).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{enum: [{}]}}\n",
        values.join(", ")
    );
    let start = std::time::Instant::now();
    let (output, codes) = run(&text, None);
    assert!(codes.is_empty() && output.is_some(), "{codes:?}");
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn references_into_other_schemas_may_be_circles() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    Bill:
      type: object
      properties:
        line:
          type: object
          properties:
            next: {$ref: '#/components/schemas/Bill/properties/line'}
            lines: {$ref: '#/components/schemas/Bill/properties/lines'}
        lines: {type: array, items: {$ref: '#/components/schemas/Bill/properties/lines'}}
        state: {type: string, enum: [open, paid]}
    Credit:
      type: object
      properties:
        state: {$ref: '#/components/schemas/Bill/properties/state', default: paid}
";
    let (output, codes) = run(text, None);
    assert!(codes.is_empty(), "{codes:?}");
    let output = output.expect("nothing is wrong");
    let types = file(&output, "types.rs");
    assert!(types.contains("pub next: Option<Box<BillLine>>"), "{types}");
    assert!(types.contains("pub struct BillLines(pub Vec<BillLines>)"), "{types}");
}

/// References to references, references in place of everything, and many of them: none takes time without end.
#[test]
fn hostile_references_end() {
    let mut chain = String::from("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n");
    for index in 0..2_000 {
        writeln!(chain, "  /p{index}: {{$ref: '#/paths/~1p{}'}}", index + 1).expect("a string takes it");
    }
    chain.push_str("  /p2000: {get: {responses: {}}}\n");
    let (_, codes) = run(&chain, None);
    assert!(codes.contains(&Code::ReferenceCycle), "{codes:?}");

    let mut names =
        String::from("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n");
    for index in 0..3_000 {
        writeln!(names, "    Name{index}: {{$ref: '#/components/schemas/Nome{index}'}}").expect("a string takes it");
    }
    let (_, codes) = run(&names, None);
    assert_eq!(codes.len(), 3_000);

    let doubled = "openapi: 3.1.0
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    A: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}], default: 1}
    B: {$ref: '#/components/schemas/C'}
    C: {$ref: '#/components/schemas/B'}
  headers:
    H: {content: {a/b: {encoding: {x: {headers: {y: {$ref: '#/components/headers/H'}}}}}}}
  callbacks:
    C: {x: {post: {callbacks: {c: {$ref: '#/components/callbacks/C'}}, responses: {}}}}
";
    let (_, codes) = run(doubled, None);
    assert!(codes.contains(&Code::ReferenceCycle), "{codes:?}");
}
