//! `corpus FOLDER`: makes the table of a folder of documents, and exits with 1 when a measure is missed.
//!
//! The table goes to the standard output; progress to the standard error, on a terminal alone.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use clap::{Args, Parser, Subcommand};
use serde::Serialize;
use stubwright_bench::corpus::judge::{self, Coverage, Measure};
use stubwright_bench::corpus::measures::{LARGE, LARGE_RUNS, SAMPLE};
use stubwright_bench::corpus::pool::{self, Job, Limits, Pool};
use stubwright_bench::corpus::record::{Row, Run, Task};
use stubwright_bench::corpus::sections::{self, Tasks};
use stubwright_bench::corpus::speed::Speed;
use stubwright_bench::corpus::{check, child, refusals, table, tables};

/// Generates code from every document of a corpus, and judges the result.
#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    hidden: Option<Hidden>,
    #[command(flatten)]
    run: Option<Corpus>,
}

#[derive(Subcommand)]
enum Hidden {
    /// Generates code from one document, and prints what it saw as JSON
    #[command(hide = true)]
    One {
        /// The document
        file: PathBuf,
        /// The folder for the code
        out: PathBuf,
    },
}

#[derive(Args)]
struct Corpus {
    /// The folder of the corpus
    folder: PathBuf,
    /// Compile the code of the documents that the measures name
    #[arg(long, conflicts_with = "sample")]
    compile: bool,
    /// Compile the code of ten documents
    #[arg(long)]
    sample: bool,
    /// Only the documents whose path contains this; may be given several times
    #[arg(long, value_name = "SUBSTRING")]
    only: Vec<String>,
    /// How many documents at a time
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
    /// Show what most documents are refused for
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "40")]
    refusals: Option<usize>,
    /// Write everything into a file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What `--json` keeps.
#[derive(Serialize)]
struct Kept<'run> {
    rows: &'run [Row],
    measures: &'run [Measure],
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match (&arguments.hidden, &arguments.run) {
        (Some(Hidden::One { file, out }), _) => one(file, out),
        (None, Some(run)) => corpus(run),
        (None, None) => Err(io::Error::other("name the folder of the corpus")),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // Nobody is left to be told when the reader has gone.
            let _ = writeln!(io::stderr(), "corpus: {error}");
            ExitCode::from(2)
        }
    }
}

fn one(file: &Path, out: &Path) -> io::Result<bool> {
    writeln!(io::stdout(), "{}", serde_json::to_string(&child::one(file, out)?)?)?;
    Ok(true)
}

fn corpus(arguments: &Corpus) -> io::Result<bool> {
    let folder = arguments.folder.canonicalize()?;
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let index = tables::index(&read("INDEX.tsv")?).map_err(|error| wrong("INDEX.tsv", &error))?;
    let why = tables::why(&read("invalid/WHY.tsv")?).map_err(|error| wrong("WHY.tsv", &error))?;
    let exceptions = tables::exceptions(judge::EXCEPTIONS).map_err(|error| wrong("invalid.tsv", &error))?;
    let found = sections::find(&folder, &index, &arguments.only)?;
    if found.tasks.is_empty() {
        return Err(io::Error::other("no document is chosen"));
    }
    let coverage = if arguments.only.is_empty() { Coverage::Whole(found.real_entries) } else { Coverage::Part };

    let sampled = found.tasks.iter().filter(|task| SAMPLE.contains(&task.name.as_str())).count();
    if arguments.sample && arguments.only.is_empty() && sampled < SAMPLE.len() {
        return Err(io::Error::other(format!("the corpus has {sampled} of the {} documents to compile", SAMPLE.len())));
    }
    let work = work()?;
    let mut rows = generate(&folder, &work, found, arguments)?;
    if arguments.compile || arguments.sample {
        check::check(&mut rows, &work, &|row: &Row| chosen(arguments, &row.task), &progress_line)?;
    }
    let measures = judge::judge(&rows, coverage, &why, &exceptions);
    if let Some(path) = &arguments.json {
        fs::write(path, serde_json::to_vec_pretty(&Kept { rows: &rows, measures: &measures })?)?;
    }

    let mut parts = vec![table::documents(&rows), table::sections(&rows), table::warnings(&rows)];
    parts.push(table::classification(&rows, &why, &exceptions));
    if let Some(most) = arguments.refusals {
        parts.push(refusals::text(&refusals::count(&rows), most));
    }
    parts.push(table::measures(&measures));
    writeln!(io::stdout(), "{}", parts.join("\n"))?;
    Ok(measures.iter().all(|measure| measure.held))
}

fn wrong(file: &str, error: &str) -> io::Error {
    io::Error::other(format!("{file}: {error}"))
}

/// The folder for code: `corpus` of the target folder that this program lies in.
fn work() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or_else(|| io::Error::other("the program lies in no target folder"))?;
    Ok(target.join("corpus"))
}

fn chosen(arguments: &Corpus, task: &Task) -> bool {
    if arguments.sample { SAMPLE.contains(&task.name.as_str()) } else { arguments.compile && check::is_asked(task) }
}

/// Generates every document. The one that time is told of runs alone, before the others, and its shortest time counts.
fn generate(folder: &Path, work: &Path, found: Tasks, arguments: &Corpus) -> io::Result<Vec<Row>> {
    let code = work.join("code");
    if code.exists() {
        fs::remove_dir_all(&code)?;
    }
    let program = env::current_exe()?;
    let job = |(index, task): (usize, &Task)| Job {
        file: folder.join(&task.name),
        out: code.join(check::module(index, &task.name)),
        keep: chosen(arguments, task),
    };
    let jobs: Vec<Job> = found.tasks.iter().enumerate().map(job).collect();
    let (alone, together): (Vec<usize>, Vec<usize>) =
        (0..jobs.len()).partition(|index| found.tasks[*index].name == LARGE);
    let mut runs: Vec<Option<Run>> = vec![None; jobs.len()];
    let pool = Pool { program: &program, width: 1, limits: Limits::default() };
    for index in alone {
        let (mut speed, mut repeated) = (Speed::default(), Vec::new());
        for _ in 0..LARGE_RUNS {
            speed.sample();
            repeated.extend(pool::run(&pool, std::slice::from_ref(&jobs[index]), &|_| ())?);
        }
        runs[index] = pool::fastest(repeated).map(|run| run.at(speed.factor()));
    }
    let jobs: Vec<Job> = together.iter().map(|index| jobs[*index].clone()).collect();
    let progress = |done: usize| progress_line(&format!("{done} of {} documents", jobs.len()));
    for (index, run) in together.iter().zip(pool::run(&Pool { width: arguments.jobs, ..pool }, &jobs, &progress)?) {
        runs[*index] = Some(run);
    }
    progress_line("");
    let row = |(task, run): (Task, Option<Run>)| Some(Row { task, run: run?, check: None });
    Ok(found.tasks.into_iter().zip(runs).filter_map(row).collect())
}

/// Shows one line on a terminal in the place of the one before.
fn progress_line(text: &str) {
    let mut stream = io::stderr().lock();
    if stream.is_terminal() {
        // Progress that nobody can see is no reason to stop.
        let _ = write!(stream, "\r\x1b[K{text}").and_then(|()| stream.flush());
    }
}
