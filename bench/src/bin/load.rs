//! Many keep-alive connections to a server of generated code.

use std::io;
use std::process::{Command, ExitCode};
use std::time::Duration;

use clap::{Parser, Subcommand};
use stubwright_bench::edge::child::Task;
use stubwright_bench::edge::subject::Subject;
use stubwright_bench::load::{Load, run, tell};

/// Keeps connections open and busy; exits with 1 when one fails or the server's memory grows.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Words>,

    /// How many connections.
    #[arg(long, default_value_t = 10_000)]
    connections: usize,

    /// How long, in seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u64,

    /// How long a connection rests between two requests, in milliseconds; below the server's limit of 10 s.
    #[arg(long, default_value_t = 5_000)]
    pause: u64,
}

#[derive(Debug, Subcommand)]
enum Words {
    /// Is the server.
    #[command(hide = true)]
    Child { subject: String, task: Vec<String> },
    /// Is the client, when enough files may be open.
    #[command(hide = true)]
    Ready,
}

fn main() -> ExitCode {
    match start(&Arguments::parse()) {
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

fn start(arguments: &Arguments) -> io::Result<bool> {
    let load = Load {
        connections: arguments.connections,
        duration: Duration::from_secs(arguments.seconds),
        pause: Duration::from_millis(arguments.pause),
    };
    match &arguments.command {
        None => again(),
        Some(Words::Child { subject, task }) => match (Subject::parse(subject), Task::parse(task)) {
            (Some(subject), Some(task)) => subject.run(task).map(|()| true),
            (_, _) => Err(io::Error::other("no such subject or task")),
        },
        Some(Words::Ready) => {
            let outcome = run(load)?;
            tell(load, &outcome)?;
            Ok(outcome.holds())
        }
    }
}

/// Starts this program again with as many open files as the system allows, which a shell can ask for.
fn again() -> io::Result<bool> {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n \"$(ulimit -Hn)\"; exec \"$0\" \"$@\" ready"]).arg(std::env::current_exe()?);
    Ok(command.args(std::env::args_os().skip(1)).status()?.success())
}
