//! `requests`: looks for requests that break a generated server, for so long. Such a request ends it, and lies in a file then.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs};

use clap::Parser;
use stubwright_bench::requests;

/// Looks for requests that make a generated server panic or hang, or that it answers as its document does not say.
#[derive(Parser)]
struct Arguments {
    /// For how long
    #[arg(long, value_name = "N", default_value_t = 30)]
    seconds: u64,
    /// The same number tries the same requests
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Try the request of this file instead: one that an earlier run ended at
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    if let Some(path) = &arguments.input {
        let status = requests::target::Target::new().check(&fs::read(path)?);
        return writeln!(io::stdout(), "nothing is wrong with {}: {status:?}", path.display());
    }
    let input = env::current_exe()?.with_file_name(format!("request-input-{}", arguments.seed));
    writeln!(io::stdout(), "the request that is tried lies in {}", input.display())?;
    let tried = requests::run(arguments.seed, Duration::from_secs(arguments.seconds), &input)?;
    writeln!(io::stdout(), "{} requests of {} bytes: nothing is wrong", tried.inputs, tried.bytes)
}
