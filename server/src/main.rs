//! The command `stubwright-server`: arguments in, a running server out.
//!
//! Exit codes: 0 after Ctrl-C or SIGTERM, 1 for a data file that is refused, 2 for anything wrong with the call or the
//! machine (arguments, files that cannot be read, a port in use).

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use stubwright::{ServeOptions, serve};
use stubwright_server::banner::{self, Demonstration};
use stubwright_server::data::{self, Data, Problem};
use stubwright_server::log::{self, Format};
use stubwright_server::store::memory::MemoryStore;
use stubwright_server::{app, clock};
use tokio::net::TcpListener;

/// A mock server of the seed APIs.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The address or name to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,

    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 4010)]
    port: u16,

    /// A YAML file of keys, in place of the data that is built in.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,

    /// What is written to standard error for every answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    log: Format,
}

/// Why the server does not run.
enum Failure {
    /// Something about the call or the machine.
    Environment(String),

    /// Everything that is wrong with the data file.
    Data(PathBuf, Vec<Problem>),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Where standard error is closed, the exit code still tells.
            _ = write!(io::stderr(), "{failure}");
            match failure {
                Failure::Data(..) => ExitCode::from(1),
                Failure::Environment(_) => ExitCode::from(2),
            }
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    log::start(arguments.log);
    let data = load(arguments.data.as_deref())?;
    // Workers for all cores: on two cores a third more requests per second than on one thread, for 30 kB of memory and
    // no measurable time at start; with 64 workers it is still 4 ms and 1 MB.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Environment(format!("cannot start: {error}")))?;
    runtime.block_on(listen(arguments, data))
}

fn load(path: Option<&Path>) -> Result<Data, Failure> {
    let name = path.unwrap_or(Path::new("server/data.yaml"));
    let text = match path {
        Some(path) => Cow::from(fs::read(path).map_err(|error| unreadable(path, &error))?),
        None => Cow::from(data::EMBEDDED),
    };
    let loaded = data::read(&text, &|variable| std::env::var(variable).ok())
        .map_err(|problems| Failure::Data(name.to_owned(), problems))?;
    for warning in loaded.warnings {
        tracing::warn!("{}:{warning}", name.display());
    }
    Ok(loaded.data)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::Environment(format!("cannot read {}: {error}", path.display()))
}

async fn listen(arguments: &Arguments, data: Data) -> Result<(), Failure> {
    let Arguments { host, port, .. } = arguments;
    let failure = |error: io::Error| Failure::Environment(format!("cannot listen on {host}:{port}: {error}"));
    // The signals are taken over before anybody can know that the server is there.
    let stop = stop().map_err(failure)?;
    let listener = TcpListener::bind((host.as_str(), *port)).await.map_err(failure)?;
    let bound = listener.local_addr().map_err(failure)?;
    let address = banner::address(bound);
    let demonstration = match (&arguments.data, bound.ip().is_loopback()) {
        (None, true) => Demonstration::Shown,
        (None, false) => {
            tracing::warn!("the credentials of the data that is built in are public, and others can reach this server");
            Demonstration::Hidden
        }
        (Some(_), _) => Demonstration::Hidden,
    };
    // Whoever closed standard output does not want to read this.
    _ = io::stdout().write_all(banner::text(&address, demonstration).as_bytes());
    let router = app(MemoryStore::new(data), &clock::system(), &address);
    serve(listener, router, ServeOptions::default(), stop).await;
    Ok(())
}

/// Ends when the process is asked to end.
#[cfg(unix)]
fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the process is asked to end.
#[cfg(not(unix))]
fn stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a handler for it, Ctrl-C ends the process at once, which is the next best thing.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(message) => writeln!(formatter, "stubwright-server: {message}"),
            Self::Data(path, problems) => {
                problems.iter().try_for_each(|problem| writeln!(formatter, "{}:{problem}", path.display()))
            }
        }
    }
}
