//! The benchmark of the HTTP edge: `edge` measures, `edge gate` judges, `edge child SUBJECT …` is a process that is measured.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use stubwright_bench::edge::subject::Subject;
use stubwright_bench::edge::{Options, child, gate, run};

/// What generated code costs against the same by hand on axum, and a rival's.
///
/// Writes a table of ratios: instructions and allocations per request (`valgrind`), CPU time, requests per second (`wrk`),
/// and memory. Exits with 1 when a measure is missed or an answer is wrong.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// The rival's program, as `bench/rival/build` makes it.
    #[arg(long)]
    rival: Option<PathBuf>,

    /// How often CPU time and requests per second are taken, in turns; 0 leaves them out.
    #[arg(long, default_value_t = 5)]
    rounds: usize,

    /// How many seconds each run of `wrk` takes.
    #[arg(long, default_value_t = 2)]
    seconds: u64,

    /// Fail when `valgrind` is not there.
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Counts the instructions of the cases that have a bound, and nothing else; exits with 1 when one is missed.
    Gate,
    /// Does what a process that is measured does.
    #[command(hide = true)]
    Child { subject: String, task: Vec<String> },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Some(Command::Child { subject, task }) => match (Subject::parse(&subject), child::Task::parse(&task)) {
            (Some(subject), Some(task)) => subject.run(task).map(|()| true),
            (_, _) => Err(std::io::Error::other("no such subject or task")),
        },
        Some(Command::Gate) => gate(),
        None => run(&Options {
            rival: arguments.rival,
            rounds: arguments.rounds,
            seconds: arguments.seconds,
            is_strict: arguments.strict,
        }),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a command tells why it failed")]
            {
                eprintln!("error: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
