//! The JSON-Schema-Test-Suite, as the folder that `STUBWRIGHT_CORPUS` names holds it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;
use stubwright_schema::{Direction, Schemas, Violations};

use super::convert::{Registry, convert};

/// What is not checked: the file, the case (empty: all), and why.
const LEFT_OUT: [(&str, &str, &str); 3] = [
    (
        "vocabulary.json",
        "",
        "the generator knows one dialect, so `$vocabulary` of a metaschema of one's own says nothing",
    ),
    ("ref.json", "remote ref, containing refs itself", "refers to the metaschema, which is not in the suite"),
    ("defs.json", "", "refers to the metaschema, which is not in the suite"),
];

#[test]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are none without the corpus"
)]
fn required_tests_hold() {
    let Some(corpus) = env::var_os("STUBWRIGHT_CORPUS").map(PathBuf::from) else {
        return eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so the JSON-Schema-Test-Suite was not run");
    };
    let suite = corpus.join("json-schema-test-suite");
    let mut remotes = Registry::default();
    add_remotes(&mut remotes, &suite.join("remotes"), "http://localhost:1234");

    let (mut passed, mut left_out, mut failures) = (0, 0, Vec::new());
    let mut files: Vec<_> =
        files(&suite.join("tests/draft2020-12")).into_iter().filter(|path| path.is_file()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for case in read(&file).as_array().unwrap() {
            let description = case["description"].as_str().unwrap();
            let tests = case["tests"].as_array().unwrap();
            let is_left_out =
                |(file, case, _): &(&str, &str, &str)| *file == name && (case.is_empty() || *case == description);
            if LEFT_OUT.iter().any(is_left_out) {
                left_out += tests.len();
                continue;
            }
            let mut registry = remotes.clone();
            let root = registry.add("test://case/schema", case["schema"].clone());
            let text = match convert(&registry, root) {
                Ok(text) => text,
                Err(error) => {
                    failures.push(format!("{name}: {description}: {error}"));
                    continue;
                }
            };
            for test in tests {
                match differs(&text, test) {
                    None => passed += 1,
                    Some(how) => failures.push(format!("{name}: {description}: {}: {how}", test["description"])),
                }
            }
        }
    }
    println!("{passed} required tests hold, {left_out} are left out, {} fail", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(passed >= 1_290, "only {passed} tests were found");
}

/// How the verdict on a test is wrong, if it is.
fn differs(text: &str, test: &Value) -> Option<String> {
    let schemas = Schemas::new(text.to_owned().leak());
    let (value, valid) = (&test["data"], test["valid"].as_bool().unwrap());
    let mut violations = Violations::default();
    schemas.check(0, Direction::Request, value, &mut violations);
    let admits = schemas.admits(0, Direction::Request, value);
    if let Some(text) = value.as_str() {
        assert_eq!(schemas.admits_string(0, text), admits, "{text}");
    }
    (violations.is_empty() != valid || admits != valid)
        .then(|| format!("should be {valid}, admits says {admits}, check lists {:?}", violations.listed()))
}

fn add_remotes(registry: &mut Registry, folder: &Path, uri: &str) {
    for path in files(folder) {
        let name = path.file_name().unwrap().to_string_lossy();
        let uri = format!("{uri}/{name}");
        let is_of_another_draft = name.starts_with("draft") && name != "draft2020-12";
        if path.is_dir() && !is_of_another_draft {
            add_remotes(registry, &path, &uri);
        } else if path.is_file() {
            registry.add(&uri, read(&path));
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}
