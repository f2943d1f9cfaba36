//! From the checked [`Model`] to the [`Ir`]: which Rust types, which names, which traits.
//!
//! The one rule: every Rust name exists after this stage, and no later stage invents one. Every schema has a type: what no
//! type can say is left to the exact check of values, and marked for it.

mod asked;
mod beyond;
mod choice;
mod content;
mod context;
mod defaults;
mod edge;
mod errors;
mod exact;
mod explain;
mod features;
mod groups;
mod inheritance;
mod merge;
mod names;
mod objects;
mod operations;
mod outgoing;
mod parameters;
mod parts;
mod patterns;
mod prune;
mod raw;
mod recursion;
mod responses;
mod samples;
mod scalars;
mod security;
mod sequence;
mod shape;
mod styles;
mod table;
mod terms;
mod types;
mod unchecked;
mod unions;
mod values;
mod views;
mod visit;
mod xml;

use crate::check::Valid;
use crate::diagnostic::{Refused, Sink};
use crate::ir::{Docs, Ir, SchemaTable, XmlTable};
use crate::lower::context::Cx;
use crate::model::{Model, Text};
use crate::select::LeftOut;

pub use groups::Group;
pub(crate) use scalars::{domain, integer_domain, name as integer_name, of as scalar};

/// What is to be decided in a way that the document does not say.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own, and says nothing of the others")]
#[derive(Debug)]
pub(crate) struct Options<'run> {
    /// The operations that were not chosen: they have names, and nothing else.
    pub left_out: &'run LeftOut,
    /// What the traits are made by.
    pub group: Group,
    /// Whether handlers may be left out.
    pub unimplemented: bool,
    /// The realm of challenges.
    pub realm: Option<&'run str>,
    /// Whether to tell why each type is what it is.
    pub explain: bool,
    /// Whether a schema without `type` may hold what its other keywords do not speak of.
    pub exact: bool,
    /// Whether to collect what example answers are made of.
    pub examples: bool,
}

/// Decides everything that the emitted code depends on.
///
/// # Errors
///
/// [`Refused`] when something cannot be typed, which is reported.
pub(crate) fn lower(model: &Valid<Model>, options: &Options<'_>, sink: &mut Sink) -> Result<Ir, Refused> {
    let whole = (!options.left_out.is_empty()).then(|| options.left_out.rejoin(model));
    let mut cx = Cx::new(whole.as_ref().map_or(&**model, |(whole, _)| whole), sink);
    cx.explained = options.explain.then(Vec::new);
    cx.exact = options.exact;
    types::lower_named(&mut cx);
    let schemes = security::lower_schemes(&mut cx);
    let mut operations = operations::lower(&mut cx, &schemes);
    types::lower_pending(&mut cx);
    let mut outgoing = if whole.is_none() { outgoing::lower(&mut cx) } else { Vec::new() };
    defaults::settle(&mut cx, &mut operations);
    let sent = outgoing.iter_mut().map(|outgoing| &mut outgoing.operation);
    parts::settle(&mut cx, operations.iter_mut().chain(sent));
    let (error_shape, asking) = errors::assign(&mut cx, &mut operations, options.unimplemented);
    let groups = groups::group(&mut cx, &operations, options.group);
    let errors = asking.into_trait(&groups);
    recursion::end(&mut cx.types);
    exact::mark(&mut cx, &mut operations);
    let explanations = explain::explanations(&mut cx);
    let mut ir = Ir {
        docs: docs([model.title.as_ref(), model.description.as_ref()]),
        types: std::mem::take(&mut cx.types),
        schemas: SchemaTable::default(),
        xml: XmlTable::default(),
        operations,
        outgoing,
        groups,
        schemes,
        error_shape,
        errors,
        unimplemented: options.unimplemented,
        realm: options.realm.map(str::to_owned),
        features: Vec::new(),
        explanations,
        samples: None,
    };
    if let Some((_, is_chosen)) = &whole {
        prune::prune(&mut ir, &mut cx.checks, is_chosen);
        cx.sink.forget(&options.left_out.places());
    }
    operations::mark_unreachable(&mut ir.operations, model);
    ir.features = features::features(&mut ir);
    let sent = ir.outgoing.iter_mut().map(|outgoing| &mut outgoing.operation);
    ir.xml = xml::write(&mut cx, ir.operations.iter_mut().chain(sent));
    ir.schemas = table::write(&mut cx);
    if options.examples {
        ir.samples = Some(samples::collect(&mut cx, &ir.operations, model));
    }
    patterns::report(&mut cx);
    cx.sink.gate()?;
    Ok(ir)
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

    /// Says something more.
    fn and(self, text: &str) -> Self {
        let text = if self.text.is_empty() { text.to_owned() } else { format!("{}\n\n{text}", self.text) };
        Self { text }
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
