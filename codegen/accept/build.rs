//! Generates `src/apis` from every document of `documents`, the translated copies and overlays beside their base.

use std::path::PathBuf;

use stubwright_codegen::{Api, Apis, Formats};

fn main() {
    let folder = std::fs::read_dir("documents").expect("the documents lie beside this file");
    let mut documents: Vec<PathBuf> = folder
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| !is_beside_another(path))
        .collect();
    documents.sort();
    let apis = documents.into_iter().map(|document| match document.file_stem() {
        Some(stem) if stem == "translated" => Api::new(document)
            .translation("de", "documents/translated.de.yaml")
            .translation("zh", "documents/translated.zh.yaml"),
        Some(stem) if stem == "spoken" => ["de", "zh", "fr"].iter().fold(Api::new(document), |api, language| {
            api.translation(*language, format!("documents/spoken.{language}.yaml"))
        }),
        Some(stem) if stem == "overlaid" => Api::new(document)
            .translation("de", "documents/overlaid.de.yaml")
            .overlay("documents/overlaid.overlay.yaml")
            .overlay_translation("de", "documents/overlaid.overlay.de.yaml"),
        Some(stem) if stem == "tongues" => Api::new(document).translations_beside().docs_language("de"),
        Some(stem) if stem == "german" => Api::new(document).language("de"),
        Some(stem) if stem == "partial" => Api::new(document).unimplemented().realm("the \"pets\""),
        Some(stem) if stem == "annotated" => Api::new(document).formats(Formats::Annotate),
        Some(stem) if stem == "examples" => Api::new(document).examples(true),
        Some(_) | None => Api::new(document),
    });
    Apis::new(apis).checked_in("src/apis").generate();
    // For the test that includes generated code.
    Api::new("documents/groups.yaml").generate();
}

/// A translated copy, or an overlay.
fn is_beside_another(path: &std::path::Path) -> bool {
    path.file_stem().is_some_and(|stem| stem.to_string_lossy().contains('.'))
}
