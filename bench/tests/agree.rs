//! Both paths that judge a value agree, over a fixed sample: documents of `codegen/accept`, compiled for this.

use std::path::Path;

use stubwright_bench::agree;

/// What schemas say in every way: limits, unions, recursion, views, and both older and newer dialects.
const SAMPLE: [&str; 8] = [
    "alternatives.yaml",
    "composition.yaml",
    "constraints.yaml",
    "maps.yaml",
    "recursion.yaml",
    "schemas_3_0.yaml",
    "values.yaml",
    "views.yaml",
];

#[test]
fn types_and_schemas_judge_alike() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files: Vec<_> = SAMPLE.iter().map(|name| project.join("codegen/accept/documents").join(name)).collect();
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agree");
    std::fs::create_dir_all(&work).expect("the folder can be made");
    let found = agree::compare(&files, &work).expect("the documents generate and compile");
    assert!(found.differences.is_empty(), "{}", found.differences.join("\n"));
    assert_eq!(found.documents, SAMPLE.len());
    assert!(found.taken > 1_000 && found.refused > 1_000, "{} taken, {} refused", found.taken, found.refused);
}
