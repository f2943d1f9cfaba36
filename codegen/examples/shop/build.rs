//! Generates the API from `specs/openapi.yaml` and the files that it refers to.

use stubwright_codegen::{Api, Group};

fn main() {
    Api::new("specs/openapi.yaml")
        .module("shop")
        // References to this URL are read from this folder: nothing is fetched.
        .map("https://schemas.example.com", "mirror")
        // What is not served yet.
        .exclude("tag:internal")
        .exclude("DELETE /orders/{id}")
        // One trait for all operations.
        .group(Group::One)
        .strict()
        .generate();
}
