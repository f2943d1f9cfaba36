//! Groups enter, generated modules and the crate that judges with them leave.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use serde_json::json;
use stubwright_codegen::diagnostic::{Refused, Severity, Sink};
use stubwright_codegen::source::Sources;
use stubwright_codegen::{
    Files, Formats, Input, Options, Published, Reach, UrlMapping, document, generate as generate_code,
};

use super::cases::{Draft, Group};

/// The code of a group.
#[derive(Clone, Debug)]
pub struct Module {
    /// The place of its group.
    pub group: usize,
    /// Why there is none, if there is none.
    pub refusal: Option<String>,
}

/// Writes a module for each group into a folder: the schema lies in a file of its own, so that `#` leads to its root.
///
/// # Errors
///
/// When a file cannot be written.
pub fn generate(groups: &[Group], suite: &Path, folder: &Path) -> io::Result<Vec<Module>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut modules = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let out = folder.join(name(index));
        fs::create_dir_all(&out)?;
        let (document_path, schema_path) = (out.join("openapi.json"), out.join("schema.json"));
        let schema = if group.schema.is_object() { json!({"$ref": "schema.json"}) } else { group.schema.clone() };
        fs::write(&schema_path, group.schema.to_string())?;
        fs::write(&document_path, document(group.draft, &schema).to_string())?;
        let refusal = write_module(&document_path, &suite.join("remotes"), &out)?;
        modules.push(Module { group: index, refusal });
    }
    Ok(modules)
}

/// The name of a group's module.
pub fn name(group: usize) -> String {
    format!("g{group:04}")
}

fn document(draft: Draft, schema: &serde_json::Value) -> serde_json::Value {
    json!({
        "openapi": draft.version(),
        "info": {"title": "A group of the suite", "version": "1"},
        "paths": {"/0": {"post": {
            "operationId": "judge0",
            "requestBody": {
                "required": true,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Judged"}}}
            },
            "responses": {"204": {"description": "Valid."}}
        }}},
        "components": {"schemas": {"Judged": schema}}
    })
}

/// Generates one document, with URLs of the suite below a folder; why not, if it is refused.
///
/// # Errors
///
/// When a file cannot be read or written.
pub fn write_module(path: &Path, remotes: &Path, out: &Path) -> io::Result<Option<String>> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let file = path.display().to_string();
    let base = document::decode(&mut sources, file.as_str(), fs::read(path)?, &mut sink);
    let result = base.ok_or(Refused).and_then(|base| {
        let input = Input {
            base,
            path: path.to_path_buf(),
            urls: vec![UrlMapping { url: "http://localhost:1234".to_owned(), path: remotes.to_path_buf() }],
            language: "en".to_owned(),
            translations: Vec::new(),
            overlays: Vec::new(),
            drift: stubwright_codegen::locale::Drift::default(),
            published: vec![Published { language: "en".to_owned(), include: file }],
            reach: Reach::Public,
            options: Options { exact_schemas: true, formats: Formats::Annotate, ..Options::default() },
        };
        generate_code(&mut sources, &input, &mut Disk, &mut sink)
    });
    match result {
        Ok(output) => {
            output.files.iter().try_for_each(|file| fs::write(out.join(file.name), &file.text))?;
            Ok(None)
        }
        Err(Refused) => {
            let is_error = |code| sink.severity(code) == Severity::Error;
            let all = sink.clone().into_diagnostics();
            let first = all.into_iter().find(|diagnostic| is_error(diagnostic.code));
            Ok(Some(first.map_or_else(|| "no reason is given".to_owned(), |diagnostic| diagnostic.message)))
        }
    }
}

struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }
}

/// Writes the crate that sends cases to the routers of modules, each with so many operations, which lie in the folder
/// `code` beside it.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write_crate(modules: &[(String, usize)], work: &Path) -> io::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let folder = work.join("judge");
    fs::create_dir_all(folder.join("src"))?;
    let runtime = text(&project.join("runtime"))?;
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"suite-judge\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         axum = {{ version = \"0.8\", default-features = false }}\nhttp = \"1\"\nserde_json = \"1\"\nstubwright = {{ path = {runtime} }}\n\
         tokio = {{ version = \"1\", features = [\"rt\"] }}\ntower = {{ version = \"0.5\", features = [\"util\"] }}\n\n\
         [profile.dev]\ndebug = 0\nincremental = false\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    // The versions that the project is tested with.
    fs::copy(project.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let mut main = include_str!("judge/main.txt").to_owned();
    let mut routers = String::new();
    for (name, operations) in modules {
        let place = text(&work.join("code").join(name).join("mod.rs"))?;
        let methods = (0..*operations).map(|index| format!(" judge{index} Judge{index}Request Judge{index}Response"));
        let methods: String = methods.collect();
        write!(main, "\n#[path = {place}]\n#[allow(warnings)]\nmod {name};\njudge! {{ {name}{methods} }}\n")
            .map_err(io::Error::other)?;
        write!(routers, "{name}::router::new(Judge), ").map_err(io::Error::other)?;
    }
    write!(main, "\nfn routers() -> Vec<Router> {{\n    vec![{routers}]\n}}\n").map_err(io::Error::other)?;
    fs::write(folder.join("src").join("main.rs"), main)
}

/// A path as a string literal, of Rust and of TOML.
fn text(path: &Path) -> io::Result<String> {
    let text = path.to_str().ok_or_else(|| io::Error::other("the path is no Unicode text"))?;
    Ok(format!("{text:?}"))
}
