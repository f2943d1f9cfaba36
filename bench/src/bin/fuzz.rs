//! `fuzz`: looks for documents that make the generator panic, for so long. Such a document ends it, and lies in a file then.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use clap::Parser;
use stubwright_bench::fuzz;

/// Looks for documents that make the generator panic, hang or give code that does not parse.
#[derive(Parser)]
struct Arguments {
    /// For how long
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
    /// The same number tries the same documents
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// A folder with more documents to begin with; may be given several times
    #[arg(long, value_name = "FOLDER")]
    corpus: Vec<PathBuf>,
    /// Try the document of this file instead: one that an earlier run ended at
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    if let Some(path) = &arguments.input {
        let bytes = fs::read(path)?;
        fuzz::targets::load(&bytes);
        fuzz::targets::generate_code(&bytes);
        return writeln!(io::stdout(), "nothing is wrong with {}", path.display());
    }
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let own = [project.join("specs"), project.join("codegen/accept/documents"), project.join("codegen/tests/reject")];
    let folders: Vec<&Path> = own.iter().chain(&arguments.corpus).map(PathBuf::as_path).collect();
    let seeds = fuzz::seeds(&folders)?;
    let program = env::current_exe()?;
    let input = program.with_file_name(format!("fuzz-input-{}.yaml", arguments.seed));
    writeln!(io::stdout(), "{} seeds; the document that is tried lies in {}", seeds.len(), input.display())?;
    let tried = fuzz::run(&seeds, arguments.seed, Duration::from_secs(arguments.seconds), &input)?;
    writeln!(io::stdout(), "{} documents of {} bytes: nothing is wrong", tried.inputs, tried.bytes)
}
