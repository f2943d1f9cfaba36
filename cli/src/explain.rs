//! `stubwright explain`: a document and a part of it enter, the Rust that it became and the reasons leave.

use clap::Args;
use stubwright_codegen::explain::{Answer, Explained};

use crate::{
    Outcome,
    document::{self, Document},
    files::Failure,
    progress::Progress,
    terminal,
};

/// What is shown below the options.
pub(crate) const EXAMPLES: &str = "\
Examples:
  stubwright explain openapi.yaml '#/components/schemas/Pet'
  stubwright explain openapi.yaml '#/components/schemas/Pet/properties/name'
  stubwright explain openapi.yaml 'GET /pets/{id}'
  stubwright explain openapi.yaml listPets";

/// The arguments of `stubwright explain`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    document: Document,
    /// A JSON Pointer (also percent-encoded, and behind the name of a file), "METHOD /path" or an operationId
    #[arg(value_name = "POINTER")]
    part: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let progress = Progress::of(&arguments.document.spec);
    let document = &arguments.document;
    let explained = document.apis(document.api()).explain(&arguments.part, &mut |stage| progress.begin(stage));
    drop(progress);
    match explained {
        Ok(explained) => {
            terminal::data(&text(&explained));
            Ok(Outcome::Done)
        }
        Err(failure) => document::failed(failure),
    }
}

fn text(explained: &Explained) -> String {
    let Explained { subject, note, answers } = explained;
    let note = note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    let answers: Vec<String> = answers.iter().map(answer).collect();
    format!("{subject}{note}\n\n{}", answers.join("\n\n"))
}

fn answer(answer: &Answer) -> String {
    let Answer { name, definition, steps, excerpt } = answer;
    let steps: Vec<String> = steps.iter().enumerate().map(|(index, step)| format!("{}. {step}", index + 1)).collect();
    let definition: Vec<String> = definition.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
    let parts = [format!("is {name}"), definition.join("\n"), steps.join("\n"), excerpt.trim_end().to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}
