//! The files of the suite enter, groups of cases leave.

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

/// Which draft a group is of, and so which version of `OpenAPI` it is put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    /// Draft 4, in `OpenAPI` 3.0.
    Four,
    /// 2020-12, in `OpenAPI` 3.1.
    Newest,
}

/// A schema, and values that are to be judged by it.
#[derive(Clone, Debug)]
pub struct Group {
    /// The draft.
    pub draft: Draft,
    /// The file of the suite.
    pub file: String,
    /// What the schema is about.
    pub name: String,
    /// The schema.
    pub schema: Value,
    /// The values.
    pub cases: Vec<Case>,
}

/// A value.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its number among all cases.
    pub number: usize,
    /// What it is about.
    pub name: String,
    /// The value.
    pub data: Value,
    /// Whether the schema admits it.
    pub valid: bool,
}

impl Draft {
    /// The folder of the suite.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Four => "draft4",
            Self::Newest => "draft2020-12",
        }
    }

    /// The version of `OpenAPI`.
    pub const fn version(self) -> &'static str {
        match self {
            Self::Four => "3.0.4",
            Self::Newest => "3.1.1",
        }
    }
}

/// Reads the required tests of a suite.
///
/// # Errors
///
/// When a file cannot be read, or is not of the suite's form.
pub fn read(suite: &Path) -> io::Result<Vec<Group>> {
    let mut groups = Vec::new();
    let mut number = 0;
    for draft in [Draft::Newest, Draft::Four] {
        let folder = suite.join("tests").join(draft.folder());
        let mut files: Vec<_> =
            fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        files.retain(|path| path.is_file());
        files.sort();
        for path in files {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let written: Value = serde_json::from_slice(&fs::read(&path)?)?;
            for group in written.as_array().into_iter().flatten() {
                groups.push(read_group(draft, &file, group, &mut number));
            }
        }
    }
    Ok(groups)
}

fn read_group(draft: Draft, file: &str, group: &Value, number: &mut usize) -> Group {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let cases = group["tests"].as_array().into_iter().flatten().map(|test| {
        *number += 1;
        Case {
            number: *number - 1,
            name: text(&test["description"]),
            data: test["data"].clone(),
            valid: test["valid"] == Value::Bool(true),
        }
    });
    let cases = cases.collect();
    Group { draft, file: file.to_owned(), name: text(&group["description"]), schema: group["schema"].clone(), cases }
}
