//! Documents with overlays and translations: what is compared with what, and which text is whose.

#![allow(clippy::unwrap_used, reason = "a test that cannot generate has failed")]

use std::path::PathBuf;

use stubwright_codegen::{
    Input, NoFiles, Options, Output, OverlayInput, Published, Reach, TranslationInput,
    diagnostic::{Code, Severity, Sink},
    generate,
    render::render_all,
    source::{SourceId, Sources},
};

const BASE: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1', description: All about pets.}
paths:
  /pets:
    get:
      summary: All pets
      tags: [pets]
      responses:
        '200': {description: The pets.}
  /old:
    get: {summary: Gone, responses: {'200': {description: Old.}}}
";

const OVERLAY: &str = "\
overlay: 1.1.0
info: {title: More about pets, version: 1.0.0}
actions:
- target: $.paths['/old']
  remove: true
- target: $.paths.*.*.responses
  update:
    '404': {description: There are none.}
- target: $.paths['/pets'].get.summary
  update: The pets
";

/// The generated code, or nothing; what was reported; and the codes.
fn run(
    translations: &[(&str, String)],
    overlay: &str,
    copies: &[(&str, String)],
) -> (Option<Output>, String, Vec<Code>) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let base = sources.add("base.yaml", BASE);
    let mut add = |prefix: &str, texts: &[(&str, String)]| {
        let add = |(tag, text): &(&str, String)| {
            ((*tag).to_owned(), sources.add(format!("{prefix}.{tag}.yaml"), text.as_str()))
        };
        texts.iter().map(add).collect::<Vec<_>>()
    };
    let (translations, copies) = (add("base", translations), add("base.overlay", copies));
    let translation = |(language, source): (String, SourceId)| TranslationInput {
        path: PathBuf::from(format!("base.{language}.yaml")),
        language,
        source,
    };
    let source = sources.add("base.overlay.yaml", overlay);
    let input = Input {
        base,
        path: PathBuf::from("base.yaml"),
        urls: Vec::new(),
        language: "en".to_owned(),
        translations: translations.into_iter().map(translation).collect(),
        overlays: vec![OverlayInput { source, path: PathBuf::from("base.overlay.yaml"), translations: copies }],
        drift: stubwright_codegen::locale::Drift::default(),
        published: vec![Published { language: "en".to_owned(), include: "base.yaml".to_owned() }],
        reach: Reach::Public,
        options: Options::default(),
    };
    let output = generate(&mut sources, &input, &mut NoFiles, &mut sink).ok();
    let diagnostics = sink.into_diagnostics();
    let rendered = render_all(&sources, &diagnostics, &Code::severity, false);
    (output, rendered, diagnostics.iter().map(|diagnostic| diagnostic.code).collect())
}

fn german(text: &str) -> String {
    let words = [
        ("All about pets.", "Alles über Tiere."),
        ("All pets", "Alle Tiere"),
        ("The pets.", "Die Tiere."),
        ("Gone", "Fort"),
        ("Old.", "Alt."),
        ("There are none.", "Es gibt keine."),
        ("The pets\n", "Die Tiere\n"),
    ];
    words.iter().fold(text.to_owned(), |text, (english, german)| text.replace(english, german))
}

fn file<'output>(output: &'output Output, name: &str) -> &'output str {
    &output.files.iter().find(|file| file.name == name).unwrap().text
}

#[test]
fn translations_are_compared_with_what_was_published() {
    let (output, rendered, _) = run(&[("de", german(BASE))], OVERLAY, &[("de", german(OVERLAY))]);
    assert_eq!(rendered, "");
    let output = output.unwrap();
    let texts = file(&output, "texts.rs");
    for (pointer, base, german) in [
        ("/info/description", "All about pets.", "Alles über Tiere."),
        ("/paths/~1pets/get/summary", "The pets", "Die Tiere"),
        ("/paths/~1pets/get/responses/200/description", "The pets.", "Die Tiere."),
        ("/paths/~1pets/get/responses/404/description", "There are none.", "Es gibt keine."),
    ] {
        let row = format!(
            "pointer: {pointer:?},\n        base: {base:?},\n        translations: &[\n            (\"de\", {german:?}),"
        );
        assert!(texts.contains(&row), "{row}\n{texts}");
    }
    // What the overlay removed is in the translation all the same, and nowhere else.
    assert!(!texts.contains("Fort") && !texts.contains("/old"), "{texts}");
    assert!(file(&output, "operations.rs").contains("/// 404: There are none."));
}

#[test]
fn an_overlay_without_a_copy_speaks_the_language_of_the_base() {
    let (output, rendered, _) = run(&[("de", german(BASE))], OVERLAY, &[]);
    assert_eq!(rendered, "");
    let output = output.unwrap();
    let texts = file(&output, "texts.rs");
    assert!(texts.contains("Alles über Tiere.") && !texts.contains("There are none."), "{texts}");
    // The translation of the text that the overlay replaces says something else.
    assert!(!texts.contains("Alle Tiere"), "{texts}");
}

#[test]
fn a_copy_of_an_overlay_does_the_same() {
    let copy = german(OVERLAY).replace("'404'", "'410'");
    let (output, rendered, codes) = run(&[("de", german(BASE))], OVERLAY, &[("de", copy)]);
    assert!(output.is_none());
    assert!(codes.iter().all(|code| *code == Code::TranslationDrift), "{rendered}");
    assert!(rendered.contains("--> base.overlay.de.yaml:8:5"), "{rendered}");
    assert!(rendered.contains("::: base.overlay.yaml:8:5"), "{rendered}");
}

#[test]
fn a_wrong_overlay_generates_nothing() {
    let overlay = OVERLAY.replace("$.paths['/old']", "$.paths./old");
    let (output, rendered, codes) = run(&[], &overlay, &[]);
    assert!(output.is_none());
    assert_eq!(codes, [Code::InvalidTarget], "{rendered}");
    assert_eq!(Code::InvalidTarget.severity(), Severity::Error);
}
