//! `agree FOLDER...`: compares the two paths that judge a value, over every document below the folders, and exits with 1
//! when they differ.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use clap::Parser;
use stubwright_bench::{agree, suite};

/// Compares what types with their limits and what schemas say of values, for every schema of the documents.
#[derive(Parser)]
struct Arguments {
    /// Folders of documents, or documents
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// How many differences are shown
    #[arg(long, value_name = "N", default_value_t = 40)]
    most: usize,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            suite::report(&format!("agree: {error}"));
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<bool> {
    let mut files = Vec::new();
    for folder in &arguments.folders {
        find(&folder.canonicalize()?, &mut files)?;
    }
    files.sort();
    let found = agree::compare(&files, &work()?)?;
    let mut out = io::stdout().lock();
    for difference in found.differences.iter().take(arguments.most) {
        writeln!(out, "DIFFERS {difference}")?;
    }
    for difference in found.third_differs.iter().take(arguments.most) {
        writeln!(out, "THIRD {difference}")?;
    }
    let agree::Comparison { documents, schemas, taken, refused, differences, .. } = &found;
    writeln!(out, "{schemas} schemas of {documents} documents: both paths take {taken} bodies and refuse {refused}")?;
    writeln!(out, "they differ on {}", differences.len())?;
    let agree::Comparison { third_agrees, third_known, third_differs, .. } = &found;
    let known: usize = third_known.values().sum();
    writeln!(out, "jsonschema agrees on {third_agrees}, differs as it is known on {known}: {third_known:?}")?;
    writeln!(out, "it differs in other ways on {}", third_differs.len())?;
    Ok(differences.is_empty() && third_differs.is_empty() && *taken > 0 && *refused > 0)
}

fn find(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            find(&entry?.path(), files)?;
        }
    } else if path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
    {
        files.push(path.to_path_buf());
    }
    Ok(())
}

/// The folder for code: `agree` of the target folder that this program lies in.
fn work() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or_else(|| io::Error::other("the program lies in no target folder"))?;
    Ok(target.join("agree"))
}
