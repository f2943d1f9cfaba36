//! Who is measured, and how to start a process of each.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use stubwright::ServeOptions;
use tokio::net::TcpListener;

use super::child::{Task, run};
use super::{by_hand, ours};

/// Who is measured within this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The documents by hand on axum.
    ByHand,
    /// The documents as they are generated.
    Ours,
}

impl Subject {
    /// Reads its name on command lines.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "by-hand" => Some(Self::ByHand),
            "ours" => Some(Self::Ours),
            _ => None,
        }
    }

    /// Does a task in this process.
    ///
    /// # Errors
    /// When an answer is not the right one, or the system refuses something.
    pub fn run(self, task: Task) -> io::Result<()> {
        match self {
            Self::ByHand => run(task, by_hand::router(), async |listener, router| {
                // It ends with the process.
                let _ = axum::serve(listener, router).await;
            }),
            Self::Ours => run(task, ours::router(), async |listener: TcpListener, router| {
                stubwright::serve(listener, router, ServeOptions::default(), std::future::pending::<()>()).await;
            }),
        }
    }
}

/// A program that does tasks: this one as a subject, or the rival's.
#[derive(Clone, Debug)]
pub struct Contender {
    /// Its column in the table.
    pub name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
}

impl Contender {
    /// All of them: by hand first, as the others are compared with it.
    ///
    /// # Errors
    /// When the path of this program is unknown.
    pub fn all(rival: Option<&Path>) -> io::Result<Vec<Self>> {
        let program = std::env::current_exe()?;
        let mut all = vec![
            Self { name: "by hand", program: program.clone(), arguments: &["child", "by-hand"] },
            Self { name: "stubwright", program, arguments: &["child", "ours"] },
        ];
        all.extend(rival.map(|program| Self { name: "openapi-to-rust", program: program.to_owned(), arguments: &[] }));
        Ok(all)
    }

    /// Its command line for a task, behind another program if one watches it.
    pub fn command(&self, watcher: &[String], task: &[&str]) -> Command {
        let mut words = watcher.iter().map(String::as_str);
        let mut command = match words.next() {
            Some(watcher) => {
                let mut command = Command::new(watcher);
                command.args(words).arg(&self.program);
                command
            }
            None => Command::new(&self.program),
        };
        command.args(self.arguments).args(task);
        command
    }
}
