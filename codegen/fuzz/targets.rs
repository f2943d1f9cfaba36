//! What a fuzzer calls: bytes enter, and nothing leaves unless a promise is broken; then it panics.

use std::path::PathBuf;

use stubwright_codegen::diagnostic::Sink;
use stubwright_codegen::source::Sources;
use stubwright_codegen::{Input, NoFiles, Options, Reach, document, generate};

/// Loads a document: every text is a tree, or is refused with an error.
///
/// # Panics
///
/// When the loader breaks that promise.
pub fn load(bytes: &[u8]) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let source = document::decode(&mut sources, "input.yaml", bytes.to_vec(), &mut sink);
    let document = source.and_then(|source| document::load(&sources, source, &mut sink));
    assert!(document.is_some() || sink.has_errors(), "no document, and no error");
    for diagnostic in sink.into_diagnostics() {
        let position = sources.position(diagnostic.primary.span);
        assert!(position.line > 0 && position.column > 0, "no place: {diagnostic:?}");
    }
}

/// Generates code: every document gives code that parses, or is refused with an error.
///
/// # Panics
///
/// When the generator breaks that promise.
pub fn generate_code(bytes: &[u8]) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let Some(base) = document::decode(&mut sources, "input.yaml", bytes.to_vec(), &mut sink) else { return };
    let language = "en".to_owned();
    let input = Input {
        base,
        path: PathBuf::from("input.yaml"),
        urls: Vec::new(),
        language,
        translations: Vec::new(),
        overlays: Vec::new(),
        drift: stubwright_codegen::locale::Drift::default(),
        published: Vec::new(),
        reach: Reach::Unknown,
        options: Options::default(),
    };
    let output = generate(&mut sources, &input, &mut NoFiles, &mut sink);
    assert_eq!(output.is_err(), sink.has_errors(), "a refusal has an error, and nothing else has");
    for file in output.map(|output| output.files).unwrap_or_default() {
        if file.name.ends_with("rs") {
            let parsed = syn::parse_file(&file.text);
            assert!(parsed.is_ok(), "{} does not parse: {:?}", file.name, parsed.err());
        }
    }
}
