//! The build script of `generated`: names every document, its languages and its translations.

use stubwright_codegen::{Api, Apis};

fn main() {
    Apis::new([
        Api::new("../specs/devin/v2-openapi.yaml").module("devin_v2").language("en"),
        Api::new("../specs/devin/v3-openapi.yaml")
            .module("devin_v3")
            .language("en")
            .translation("de", "../specs/devin/de/v3-openapi.yaml")
            .translation("zh", "../specs/devin/zh/v3-openapi.yaml"),
        Api::new("../specs/langwatch/openapi.yaml").module("langwatch").language("en"),
    ])
    .checked_in_crate("src")
    .generate();
}
