//! What commands ask about the languages of a document.

use std::path::{Path, PathBuf};

use crate::build::inputs::{self, Disk};
use crate::build::{Apis, Failure};
use crate::copies;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::document::{self, Pointer};
use crate::locale::{self, Base, Record, State, Translation};
use crate::render;
use crate::report::Place;
use crate::source::{SourceId, Sources, Span};

/// The languages of a document, and what became of each text in each.
#[derive(Clone, Debug)]
pub struct LocaleReport {
    /// The document's file.
    pub file: String,
    /// Its language, as a canonical tag of BCP 47.
    pub language: String,
    /// How many texts it has.
    pub texts: usize,
    /// Its translations.
    pub languages: Vec<LanguageReport>,
    /// Those of them that were found by where they lie.
    pub found: Vec<(String, PathBuf)>,
    /// Everything that was reported, rendered.
    pub rendered: String,
    /// Whether an error is among it.
    pub is_refused: bool,
    /// The file that tells stale translations, which may not be there yet.
    pub record_path: PathBuf,
    /// What that file says of the translations as they are now.
    pub record: String,
}

/// One translation.
#[derive(Clone, Debug)]
pub struct LanguageReport {
    /// Its language, as a canonical tag of BCP 47.
    pub language: String,
    /// Its file.
    pub file: String,
    /// What became of each text.
    pub texts: Vec<TextReport>,
    /// What differs besides, or is wrong with a text.
    pub differences: Vec<DifferenceReport>,
    /// How many values of the base it lacks besides texts that are missing alone: scalars, and empty lists and objects.
    pub lacking: usize,
}

/// A translation as an overlay.
#[derive(Clone, Debug)]
pub struct TranslationOverlay {
    /// The overlay, in YAML.
    pub yaml: String,
    /// The warnings about the translation, rendered.
    pub rendered: String,
}

/// What became of one text.
#[derive(Clone, Debug)]
pub struct TextReport {
    /// What.
    pub state: State,
    /// Its place in the base; in the translation, of one that only that has.
    pub pointer: Pointer,
    /// Where it begins in the base.
    pub base: Option<Place>,
    /// Where it begins in the translation.
    pub copy: Option<Place>,
}

/// A difference besides the words.
#[derive(Clone, Debug)]
pub struct DifferenceReport {
    /// Its kind.
    pub code: Code,
    /// Whether it is an error here.
    pub severity: Severity,
    /// What differs.
    pub message: String,
    /// Where, in the translation.
    pub copy: Place,
    /// Where, in the base.
    pub base: Option<Place>,
}

impl LanguageReport {
    /// How many texts are in a state.
    pub fn count(&self, state: State) -> usize {
        self.texts.iter().filter(|text| text.state == state).count()
    }

    /// How many differences have a code.
    pub fn differences(&self, code: Code) -> usize {
        self.differences.iter().filter(|difference| difference.code == code).count()
    }

    /// How often the contract differs.
    pub fn drift(&self) -> usize {
        self.differences(Code::TranslationDrift) + self.differences(Code::AllowedDrift)
    }
}

impl Apis {
    /// Tells what became of the texts of the first document in each of its languages. Nothing is written.
    ///
    /// # Errors
    ///
    /// [`Failure`] when a file cannot be read, or the document itself is refused: what is wrong with a translation is a part
    /// of the report.
    pub fn locales(&self) -> Result<LocaleReport, Failure> {
        self.with_languages(&mut |run| Ok(report(run)))
    }

    /// A translation of the first document as an overlay: applied to the document, it gives the translation.
    ///
    /// # Errors
    ///
    /// [`Failure`] when a file cannot be read, the document is refused, there is no translation in this language, or it differs
    /// from the document in what an overlay of texts does not carry. Drift that is allowed is left out, with a warning.
    pub fn translation_as_overlay(&self, language: &str) -> Result<TranslationOverlay, Failure> {
        self.with_languages(&mut |run| {
            let path = self.documents[0].path.clone();
            let tag = locale::canonical(language)
                .map_err(|error| Failure::File { path: path.clone(), what: error.to_string() })?;
            let known = || run.translations.iter().map(|copy| copy.language.as_str()).collect::<Vec<_>>().join(", ");
            match run.translations.iter().find(|copy| copy.language == tag) {
                Some(translation) => as_overlay(run, translation),
                None => Err(Failure::File { path, what: format!("no translation in `{tag}`; there is: {}", known()) }),
            }
        })
    }

    fn with_languages<T>(&self, make: &mut dyn FnMut(&Run<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let (mut sources, mut sink) = (Sources::default(), Sink::new(self.strict));
        let modules = inputs::read(self, &mut sources, &mut sink)?;
        let path = self.documents.first().map(|api| api.path.clone()).unwrap_or_default();
        let refused = |sources: &Sources, sink: Sink| {
            let diagnostics = sink.into_diagnostics();
            let lines = diagnostics.iter().map(|diagnostic| render::render_line(sources, diagnostic)).collect();
            let rendered = render::render_all(sources, &diagnostics, &Code::severity, self.color);
            Failure::Refused { rendered, lines }
        };
        let Some(module) = modules.first().filter(|_| !sink.has_errors()) else {
            return Err(refused(&sources, sink));
        };
        // What is wrong with the document is told where code is generated from it.
        let mut reading = Sink::default();
        let mut files = Disk { relative: module.is_relative };
        let languages = copies::languages(&mut sources, &module.input, &mut files, &mut |_| {}, &mut reading);
        let Ok(languages) = languages else {
            return Err(refused(&sources, reading));
        };
        // What is wrong with an overlay of texts is told here: comparing does not find it.
        let is_translation =
            |source: SourceId| module.input.translations.iter().any(|translation| translation.source == source);
        let diagnostics = reading.into_diagnostics().into_iter();
        for diagnostic in diagnostics.filter(|diagnostic| is_translation(diagnostic.primary.span.source)) {
            sink.report(diagnostic);
        }
        let record_path = path.with_extension("locales.yaml");
        let record = read_record(&record_path, &mut sources, &mut sink)?;
        make(&Run {
            sources: &sources,
            base: languages.base(&module.input),
            translations: &languages.translations,
            input: &module.input,
            found: &module.found,
            record: &record,
            record_path: &record_path,
            sink: &sink,
            color: self.color,
        })
    }
}

/// The overlay of a translation that has the contract of its base.
fn as_overlay(run: &Run<'_>, translation: &Translation) -> Result<TranslationOverlay, Failure> {
    let mut sink = run.sink.clone();
    locale::compare(run.sources, run.base, std::slice::from_ref(translation), run.input.drift, &mut sink);
    for diagnostic in locale::not_carried(run.base, translation) {
        sink.report(diagnostic);
    }
    let (is_refused, severities) = (sink.has_errors(), severities(&sink));
    let diagnostics = sink.into_diagnostics();
    let rendered = render::render_all(run.sources, &diagnostics, &|code| severities[code as usize], run.color);
    if is_refused {
        let lines = diagnostics.iter().map(|diagnostic| render::render_line(run.sources, diagnostic)).collect();
        return Err(Failure::Refused { rendered, lines });
    }
    Ok(TranslationOverlay { yaml: locale::as_overlay(run.base, translation), rendered })
}

/// A document with its languages.
struct Run<'run> {
    sources: &'run Sources,
    base: Base<'run>,
    translations: &'run [Translation],
    input: &'run crate::Input,
    found: &'run [(String, PathBuf)],
    record: &'run Record,
    record_path: &'run Path,
    sink: &'run Sink,
    color: bool,
}

fn read_record(path: &Path, sources: &mut Sources, sink: &mut Sink) -> Result<Record, Failure> {
    if !path.is_file() {
        return Ok(Record::default());
    }
    let source = inputs::file(path, sources, sink)?;
    // Without its lines it is an empty record, and no empty document.
    let is_written = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let source = source.filter(|source| sources.get(*source).text.lines().any(is_written));
    let document = source.and_then(|source| document::load(sources, source, sink));
    Ok(document.map(|document| Record::read(&document, sink)).unwrap_or_default())
}

fn report(run: &Run<'_>) -> LocaleReport {
    let mut sink = run.sink.clone();
    let mut record = run.record.clone();
    let mut languages = Vec::new();
    for translation in run.translations {
        languages.push(language(run, translation, &mut sink));
        record = record.with(run.base, translation);
    }
    let is_refused = sink.has_errors();
    let severities = severities(&sink);
    let diagnostics = sink.into_diagnostics();
    LocaleReport {
        file: run.sources.get(run.input.base).name.clone(),
        language: run.base.language.to_owned(),
        texts: locale::texts(run.base).len(),
        languages,
        found: run.found.to_vec(),
        rendered: render::render_all(run.sources, &diagnostics, &|code| severities[code as usize], run.color),
        is_refused,
        record_path: run.record_path.to_path_buf(),
        record: record.to_yaml(),
    }
}

fn language(run: &Run<'_>, translation: &Translation, all: &mut Sink) -> LanguageReport {
    let mut sink = Sink::default();
    locale::compare(run.sources, run.base, std::slice::from_ref(translation), run.input.drift, &mut sink);
    let place = |span: Span| {
        let position = run.sources.position(span);
        let file = run.sources.get(span.source).name.clone();
        Place { file, line: position.line, column: position.column }
    };
    let mut differences = Vec::new();
    for diagnostic in sink.into_diagnostics() {
        let Diagnostic { code, message, primary, others, .. } = &diagnostic;
        differences.push(DifferenceReport {
            code: *code,
            severity: all.severity(*code),
            message: message.clone(),
            copy: place(primary.span),
            base: others.first().map(|other| place(other.span)),
        });
        all.report(diagnostic);
    }
    let texts = locale::status(run.base, translation, run.record).into_iter().map(|status| TextReport {
        state: status.state,
        pointer: status.pointer,
        base: status.base.map(place),
        copy: status.copy.map(place),
    });
    let source = run.input.translations.iter().find(|copy| copy.language == translation.language);
    LanguageReport {
        language: translation.language.clone(),
        file: source.map(|copy| run.sources.get(copy.source).name.clone()).unwrap_or_default(),
        texts: texts.collect(),
        differences,
        lacking: locale::lacking(run.base, translation),
    }
}

fn severities(sink: &Sink) -> Vec<Severity> {
    Code::ALL.iter().map(|&code| sink.severity(code)).collect()
}
