//! Whether the two paths that judge a value agree: types with their limits, and the schemas that tell what is wrong. And
//! whether a judge of other people agrees with them.
//!
//! In go documents, out come the bodies on which the paths differ. Each component and each request body of a document
//! becomes an operation of another document; values are made for its schema, right ones and almost right ones.

pub mod documents;
pub mod third;
pub mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;
use stubwright_schema::{Direction, Schemas, Violations};

use self::third::{Judge, Known};
use crate::suite::{self, Verdict, code};

/// How many values are made for a schema.
const VALUES: usize = 40;

/// What was compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The documents with at least one schema.
    pub documents: usize,
    /// The schemas.
    pub schemas: usize,
    /// The bodies that both paths take.
    pub taken: usize,
    /// The bodies that both paths refuse.
    pub refused: usize,
    /// The bodies on which the paths differ, each with its document and schema.
    pub differences: Vec<String>,
    /// The bodies that the third judge took and refused like our schemas.
    pub third_agrees: usize,
    /// How often it differs in a way that is known.
    pub third_known: BTreeMap<Known, usize>,
    /// The bodies on which it differs in any other way, each with its schema and who says what.
    pub third_differs: Vec<String>,
}

/// A body, and what the schemas say of it.
struct Case {
    place: String,
    body: String,
    admitted: bool,
}

/// Compares both paths over the schemas of documents.
///
/// # Errors
///
/// When a file cannot be read or written, or generated code does not compile.
pub fn compare(files: &[PathBuf], work: &Path) -> io::Result<Comparison> {
    let code = work.join("code");
    if code.exists() {
        fs::remove_dir_all(&code)?;
    }
    let mut comparison = Comparison::default();
    let (mut modules, mut lines, mut cases) = (Vec::new(), String::new(), Vec::new());
    for file in files {
        let Some(rewritten) = documents::rewrite(&fs::read_to_string(file)?) else { continue };
        let name = format!("d{:04}", modules.len());
        let out = code.join(&name);
        fs::create_dir_all(&out)?;
        let path = out.join("openapi.json");
        fs::write(&path, rewritten.document.to_string())?;
        if let Some(why) = code::write_module(&path, file.parent().unwrap_or(file), &out)? {
            suite::report(&format!("{}: not generated: {why}", file.display()));
            continue;
        }
        let numbers = numbers(&fs::read_to_string(out.join("operations.rs"))?);
        let text = fs::read_to_string(out.join("schemas.json"))?;
        if numbers.len() != rewritten.names.len() {
            suite::report(&format!("{}: an operation has no type", file.display()));
            continue;
        }
        // The schemas live as long as the program.
        let schemas = Schemas::new(text.leak());
        let mut random = values::Random::new(name.as_bytes());
        for (operation, (schema, number)) in rewritten.names.iter().zip(&numbers).enumerate() {
            let third = Judge::new(&rewritten.document, schema);
            for body in bodies(&rewritten.document, schema, &mut random) {
                let is_ours = is_admitted(&schemas, *number, &body);
                if let Some(third) = &third {
                    comparison.ask(third, is_ours, &body, || format!("{}: {schema}", file.display()));
                }
                lines.push_str(&suite::line(cases.len(), modules.len(), operation, &body));
                let place = format!("{}: {schema}", file.display());
                cases.push(Case { place, admitted: is_ours, body });
            }
        }
        comparison.documents += 1;
        comparison.schemas += rewritten.names.len();
        modules.push((name, rewritten.names.len()));
    }
    let verdicts = suite::judge(&modules, &lines, work)?;
    for (index, case) in cases.iter().enumerate() {
        let verdict = verdicts.get(index).and_then(Option::as_ref);
        match (verdict, case.admitted) {
            (Some(Verdict::Taken), true) => comparison.taken += 1,
            (Some(Verdict::Refused(_)), false) => comparison.refused += 1,
            (found, admitted) => {
                let Case { place, body, .. } = case;
                comparison.differences.push(format!("{place}: {found:?}, the schemas say {admitted}: {body}"));
            }
        }
    }
    Ok(comparison)
}

impl Comparison {
    /// Asks the third judge about a body. Equal keys are none of its business.
    fn ask(&mut self, third: &Judge, is_ours: bool, body: &str, place: impl FnOnce() -> String) {
        let Ok(value) = serde_json::from_str::<Value>(body) else { return };
        if values::has_equal_keys(body, &value) {
            return;
        }
        let is_theirs = third.admits(&value);
        match third.known(&value, is_ours) {
            _ if is_ours == is_theirs => self.third_agrees += 1,
            Some(known) => *self.third_known.entry(known).or_default() += 1,
            None => {
                let place = place();
                self.third_differs.push(format!("{place}: our schemas say {is_ours}, jsonschema {is_theirs}: {body}"));
            }
        }
    }
}

/// The numbers of the schemas of the bodies, in the order of the operations.
fn numbers(operations: &str) -> Vec<u32> {
    let calls = operations.split("JsonBody::new(").skip(1);
    let number = |call: &str| {
        let arguments = call.split_once("&SCHEMAS, ")?.1;
        arguments.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    calls.filter_map(number).collect()
}

/// What the schemas say of a body. Equal keys are refused, whatever they say.
fn is_admitted(schemas: &Schemas, number: u32, body: &str) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(body) else { return false };
    let mut violations = Violations::default();
    schemas.check(number, Direction::Request, &value, &mut violations);
    violations.is_empty() && !values::has_equal_keys(body, &value)
}

/// Bodies for a schema: values as it asks for them, and the same with something changed.
fn bodies(document: &Value, schema: &str, random: &mut values::Random) -> Vec<String> {
    let root = &document["components"]["schemas"][schema];
    let mut bodies = Vec::new();
    for _ in 0..VALUES / 4 {
        let value = values::make(document, root, random, 0);
        bodies.push(value.to_string());
        for _ in 0..3 {
            let mut changed = value.clone();
            values::change(&mut changed, random);
            bodies.push(changed.to_string());
        }
        if let Some(twice) = values::doubled(&value) {
            bodies.push(twice);
        }
    }
    bodies
}
