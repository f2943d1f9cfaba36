//! From the checked [`Model`] to the [`Ir`]: which Rust types, which names, which traits.
//!
//! The one rule: every Rust name exists after this stage, and no later stage invents one. Every schema has a type: what no
//! type can say is left to the exact check of values, and marked for it.

mod choice;
mod content;
mod context;
mod defaults;
mod errors;
mod exact;
mod merge;
mod names;
mod objects;
mod operations;
mod parameters;
mod recursion;
mod responses;
mod scalars;
mod security;
mod table;
mod types;
mod unions;
mod values;
mod views;

use crate::check::Valid;
use crate::diagnostic::{Refused, Sink};
use crate::ir::{Docs, Ir};
use crate::lower::context::Cx;
use crate::model::{Model, Text};

/// Decides everything that the emitted code depends on.
///
/// # Errors
///
/// [`Refused`] when something cannot be typed, which is reported.
pub(crate) fn lower(model: &Valid<Model>, sink: &mut Sink) -> Result<Ir, Refused> {
    let mut cx = Cx::new(model, sink);
    types::lower_named(&mut cx);
    let schemes = security::lower_schemes(&mut cx);
    let mut operations = operations::lower(&mut cx, &schemes);
    types::lower_pending(&mut cx);
    defaults::settle(&mut cx, &mut operations);
    let error_shape = errors::assign(&mut cx, &mut operations);
    let groups = operations::group(&mut cx, &operations);
    recursion::end(&mut cx.types);
    types::mark_parameters(&mut cx.types, &operations);
    exact::mark(&mut cx, &mut operations);
    let schemas = table::write(&mut cx);
    cx.sink.gate()?;
    Ok(Ir {
        docs: docs([model.title.as_ref(), model.description.as_ref()]),
        types: cx.types,
        schemas,
        operations,
        groups,
        schemes,
        error_shape,
    })
}

/// The name of a module for a file: its stem as a Rust identifier.
pub(crate) fn module_name(stem: &str) -> String {
    names::identifier(&names::words(stem), names::Case::Snake)
}

/// Puts texts together as paragraphs: a text that repeats the one before it is left out.
fn docs<const N: usize>(texts: [Option<&Text>; N]) -> Docs {
    let mut paragraphs: Vec<&str> = Vec::new();
    for text in texts.into_iter().flatten() {
        let text = text.value.trim();
        if let Some(last) = paragraphs.last()
            && text.starts_with(last.trim_end_matches('.'))
        {
            paragraphs.pop();
        }
        if !text.is_empty() {
            paragraphs.push(text);
        }
    }
    Docs { text: paragraphs.join("\n\n") }
}

/// The documentation of what a key names, without a title that only repeats the key.
fn docs_of(key: &str, title: Option<&Text>, description: Option<&Text>) -> Docs {
    docs([title.filter(|title| names::words(&title.value) != names::words(key)), description])
}

impl Docs {
    /// Says something else where the document says nothing.
    fn or(self, otherwise: &str) -> Self {
        if self.text.is_empty() { Self { text: otherwise.to_owned() } } else { self }
    }

    /// Says that clients should stop using something. The attribute of the language would warn in generated code.
    fn deprecated(self, deprecated: bool) -> Self {
        match (deprecated, self.text.is_empty()) {
            (false, _) => self,
            (true, true) => Self { text: "Deprecated.".to_owned() },
            (true, false) => Self { text: format!("{}\n\nDeprecated.", self.text) },
        }
    }
}
