//! Runs of the import.

use std::{
    fs,
    path::{Path, PathBuf},
};

use stubwright_codegen::{
    diagnostic::{Code, Sink},
    page::{self, Import, Sites, Text},
    render,
    source::Sources,
};

/// The texts and the diagnostics of one import.
#[derive(Default)]
pub(crate) struct Run {
    pub(crate) sources: Sources,
    pub(crate) sink: Sink,
    /// The folder that names are shown relative to.
    pub(crate) shown: Option<PathBuf>,
}

impl Run {
    pub(crate) fn add(&mut self, path: &Path) -> Text {
        let shown = self.shown.as_ref().map_or(path, |folder| path.strip_prefix(folder).unwrap());
        self.text(shown.to_str().unwrap(), &fs::read_to_string(path).unwrap())
    }

    pub(crate) fn text(&mut self, name: &str, text: &str) -> Text {
        let source = self.sources.add(name, text);
        let name = Path::new(name).file_name().unwrap().to_str().unwrap().to_owned();
        Text { source, name, is_named: true }
    }

    pub(crate) fn import(&mut self, texts: &[Text], list: Option<&Text>) -> Import {
        let sites = list.map(|list| page::read_sites(&self.sources, list.source, &mut self.sink)).unwrap_or_default();
        page::import(&self.sources, texts, &sites, &mut self.sink)
    }

    pub(crate) fn rendered(&self) -> String {
        let diagnostics = self.sink.clone().into_diagnostics();
        render::render_all(&self.sources, &diagnostics, &Code::severity, false)
    }

    pub(crate) fn codes(&self) -> Vec<Code> {
        self.sink.clone().into_diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
    }
}

/// Imports texts, all of whose sites belong in the folder `a`.
pub(crate) fn import(texts: &[&str]) -> (Import, Run) {
    let mut run = Run::default();
    let named: Vec<String> = (1..=texts.len()).map(|number| format!("{number}.md")).collect();
    let texts: Vec<Text> = named.iter().zip(texts).map(|(name, text)| run.text(name, text)).collect();
    let sites = Sites::default().assign(Sites::ANY, "a");
    let import = page::import(&run.sources, &texts, &sites, &mut run.sink);
    (import, run)
}

/// A page with a block; `info` is its info string without the language.
pub(crate) fn block(info: &str, document: &str) -> String {
    format!("# Title\n\n> Lead.\n\nProse.\n\n## OpenAPI\n\n````yaml {info}\n{document}\n````\n")
}

/// The documents, without what their pages say to people.
pub(crate) fn documents(import: &Import) -> Vec<(&str, &str)> {
    let files = import.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    files.filter(|(path, _)| !path.ends_with(".pages.yaml")).collect()
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
