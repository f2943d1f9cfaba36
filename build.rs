//! The build script of `generated`: names every document, its languages, its translations and its overlays.

use stubwright_codegen::{Api, Apis};

fn main() {
    Apis::new([
        Api::new("../specs/devin/v2-openapi.yaml")
            .module("devin_v2")
            .language("en")
            .overlay("../specs/devin/v2-openapi.overlay.yaml"),
        Api::new("../specs/devin/v3-openapi.yaml")
            .module("devin_v3")
            .language("en")
            .translation("de", "../specs/devin/de/v3-openapi.yaml")
            .translation("zh", "../specs/devin/zh/v3-openapi.yaml")
            .overlay("../specs/devin/v3-openapi.overlay.yaml")
            .overlay_translation("de", "../specs/devin/v3-openapi.overlay.de.yaml")
            .overlay_translation("zh", "../specs/devin/v3-openapi.overlay.zh.yaml"),
        Api::new("../specs/langwatch/openapi.yaml")
            .module("langwatch")
            .language("en")
            .overlay("../specs/langwatch/openapi.overlay.yaml"),
    ])
    .checked_in_crate("src")
    .generate();
}
