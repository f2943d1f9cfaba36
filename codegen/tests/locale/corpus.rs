//! Translated documents that vendors publish, and translations as overlays.

use std::path::{Path, PathBuf};

use stubwright_codegen::{
    Api, Apis, LanguageReport, LocaleReport,
    diagnostic::{Code, Severity, Sink},
    document::{self, Document},
    locale::State,
    overlay,
    source::Sources,
};

/// The folder of the documents of one vendor; tests without it say so.
#[allow(clippy::print_stderr, reason = "a skipped test must be seen")]
fn mintlify() -> Option<PathBuf> {
    let corpus = std::env::var_os("STUBWRIGHT_CORPUS").map(PathBuf::from);
    if corpus.is_none() {
        eprintln!("SKIPPED: set STUBWRIGHT_CORPUS to the folder of the corpus");
    }
    corpus.map(|folder| folder.join("localized/mintlify"))
}

fn report(base: &Path) -> LocaleReport {
    Apis::new([Api::new(base).translations_beside()]).locales().unwrap_or_else(|failure| panic!("{failure}"))
}

fn errors(language: &LanguageReport) -> usize {
    language.differences.iter().filter(|difference| difference.severity == Severity::Error).count()
}

#[test]
fn what_differs_in_published_translations_is_told_at_both_places() {
    let Some(folder) = mintlify() else { return };
    let report = |name: &str| {
        let report = report(&folder.join(format!("mintlify-{name}.en.json")));
        let languages: Vec<&str> = report.languages.iter().map(|one| one.language.as_str()).collect();
        assert_eq!((report.language.as_str(), languages), ("en", vec!["es", "fr", "zh"]), "{name}");
        report
    };
    for name in ["admin-openapi", "discovery-openapi", "openapi", "static-export-openapi"] {
        let report = report(name);
        assert!(!report.is_refused, "{name}");
        for language in &report.languages {
            // A URL that changed in the base alone is all that is told.
            assert!(language.differences.iter().all(|difference| difference.code == Code::TranslatedLiteral), "{name}");
            assert_eq!([State::Missing, State::Orphaned].map(|state| language.count(state)), [0, 0], "{name}");
            assert!(language.count(State::Translated) * 100 >= report.texts * 95, "{name}");
        }
    }
    for language in &report("index-openapi").languages {
        assert_eq!((language.drift(), language.differences(Code::TranslatedExample)), (1, 18));
        let drift = language.differences.iter().find(|difference| difference.code == Code::TranslationDrift);
        let drift = drift.expect("it was counted");
        let said = "the bearerFormat of the security scheme `bearerAuth` is translated in the";
        assert!(drift.message.starts_with(said), "{}", drift.message);
        assert_eq!(errors(language), 1);
    }
    let report = report("analytics.openapi");
    assert!(report.is_refused);
    for (language, values, differences) in [("es", 280, 12), ("fr", 281, 13), ("zh", 281, 13)] {
        let language = report.languages.iter().find(|one| one.language == language).expect("it was listed");
        assert_eq!((language.lacking, language.drift()), (values, differences));
        assert!(language.differences.iter().all(|difference| difference.base.is_some()));
    }
}

#[test]
fn an_overlay_of_a_translation_gives_it_back() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/devin");
    let mut pairs = vec![];
    for language in ["de", "zh"] {
        pairs.push((seeds.join("v3-openapi.yaml"), seeds.join(language).join("v3-openapi.yaml"), language));
    }
    if let Some(folder) = mintlify() {
        for name in ["admin-openapi", "discovery-openapi", "openapi", "static-export-openapi"] {
            for language in ["es", "fr", "zh"] {
                let file = |language: &str| folder.join(format!("mintlify-{name}.{language}.json"));
                pairs.push((file("en"), file(language), language));
            }
        }
    }
    for (base, copy, language) in pairs {
        let apis = Apis::new([Api::new(&base).translation(language, &copy)]);
        let overlay = apis.translation_as_overlay(language).unwrap_or_else(|failure| panic!("{failure}"));
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let overlay = load(&mut sources, overlay.yaml);
        let overlay = overlay::read(&sources, &overlay, &mut sink).expect("it is an overlay");
        let (base, copy) = (read(&mut sources, &base), read(&mut sources, &copy));
        let effective = overlay::apply(&base, &[overlay], &mut sink);
        assert_eq!(sink.into_diagnostics(), []);
        assert!(base.root.canonical() != copy.root.canonical());
        assert!(effective.root.canonical() == copy.root.canonical(), "{language}");
    }
}

fn read(sources: &mut Sources, path: &Path) -> Document {
    load(sources, std::fs::read_to_string(path).unwrap())
}

fn load(sources: &mut Sources, text: String) -> Document {
    let source = sources.add("x.yaml", text);
    document::load(sources, source, &mut Sink::default()).unwrap()
}
