//! Why a part of a document became what it is in Rust: a pointer or an operation enters, an [`Explained`] leaves.
//!
//! The one rule: nothing is explained that was not decided. The reasons come from the lowering, the definitions from the
//! emitted files.

mod emitted;
mod operation;
mod place;
mod rust;

pub(crate) use rust::{field_type, rust_type};

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Node;
use crate::emit::File;
use crate::explain::place::{Found, Place};
use crate::ir::{Explanation, Ir, Step, Type, TypeKind, ViewName};
use crate::source::{Sources, Span};
use crate::{Contract, render};

/// Why a part of a document became what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What is explained: a pointer, or a method and a path.
    pub subject: String,
    /// Said where what was asked for has no type of its own, and what holds it or what it holds is explained instead.
    pub note: Option<String>,
    /// One per type that it became: requests and responses may differ, and what others merge is a type there, too.
    pub answers: Vec<Answer>,
}

/// What something became, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is, in Rust: a type's name, or a trait and its method.
    pub name: String,
    /// The definitions, as they are emitted; empty for types that need none.
    pub definition: String,
    /// The rules that led there, one after the other, each in one sentence without a full stop.
    pub steps: Vec<String>,
    /// The lines of the document that it comes from, rendered.
    pub excerpt: String,
}

/// What there is instead of something that is not there.
pub(crate) struct Nowhere {
    /// The nearest pointer or operation.
    pub(crate) nearest: Option<String>,
}

/// What an explanation is made from.
pub(crate) struct Subject<'run> {
    pub(crate) sources: &'run Sources,
    pub(crate) contract: &'run Contract,
    pub(crate) ir: &'run Ir,
    pub(crate) files: &'run [File],
    /// Whether excerpts are in colour.
    pub(crate) color: bool,
}

/// The most answers that are given at once.
const MOST: usize = 8;

/// Explains a JSON Pointer (RFC 6901), a method and a path, or an operationId.
pub(crate) fn explain(subject: &Subject<'_>, wanted: &str) -> Result<Explained, Nowhere> {
    let place = match place::find(subject.contract, wanted)? {
        Found::Operation(index) => return Ok(operation::explain(subject, index)),
        Found::Node(place) => place,
    };
    let known = Known::new(subject);
    if let Some(index) = place.key.and_then(|key| known.operations.get(&key)) {
        return Ok(operation::explain(subject, *index));
    }
    let pointer = place.pointer.clone();
    let answers = known.answers(subject, place.node, &place);
    if !answers.is_empty() {
        return Ok(Explained { subject: pointer, note: None, answers });
    }
    let mut answers = Vec::new();
    known.below(subject, place.node, &mut answers);
    if !answers.is_empty() {
        let note = "it has no type of its own; what it holds has".to_owned();
        return Ok(Explained { subject: pointer, note: Some(note), answers });
    }
    Ok(around(subject, &known, &place))
}

/// Explains the innermost thing around a place that became something.
fn around(subject: &Subject<'_>, known: &Known<'_>, place: &Place<'_>) -> Explained {
    let explained = |holder: &Place<'_>, answers| {
        let note = format!("it has no type of its own; this is what `{}` around it became", holder.pointer);
        Explained { subject: place.pointer.clone(), note: Some(note), answers }
    };
    for holder in place.around() {
        if let Some(index) = holder.key.and_then(|key| known.operations.get(&key)) {
            return explained(&holder, operation::explain(subject, *index).answers);
        }
        let answers = known.answers(subject, holder.node, &holder);
        if !answers.is_empty() {
            return explained(&holder, answers);
        }
    }
    let note = "no type follows from it: it reaches the documentation and the served document as it stands".to_owned();
    Explained { subject: place.pointer.clone(), note: Some(note), answers: Vec::new() }
}

/// What was decided, by its place.
struct Known<'run> {
    types: FxHashMap<Span, Vec<&'run Explanation>>,
    /// Indices into the operations, by the places of their methods' keys.
    operations: FxHashMap<Span, usize>,
}

impl<'run> Known<'run> {
    fn new(subject: &Subject<'run>) -> Self {
        let mut types: FxHashMap<Span, Vec<&Explanation>> = FxHashMap::default();
        for explanation in &subject.ir.explanations {
            types.entry(explanation.span).or_default().push(explanation);
        }
        let operations = subject.contract.model.operations.iter().enumerate();
        Self { types, operations: operations.map(|(index, operation)| (operation.span, index)).collect() }
    }

    fn answers(&self, subject: &Subject<'_>, node: &Node, place: &Place<'_>) -> Vec<Answer> {
        let explanations = self.types.get(&node.span).into_iter().flatten().take(MOST);
        explanations.map(|explanation| answer(subject, explanation, self.field(subject, place))).collect()
    }

    /// The outermost schemas and operations below a node.
    fn below(&self, subject: &Subject<'_>, node: &Node, answers: &mut Vec<Answer>) {
        for (key, child) in node.children() {
            if answers.len() >= MOST {
                return;
            }
            if let Some(index) = key.and_then(|key| self.operations.get(&key)) {
                answers.extend(operation::explain(subject, *index).answers);
            } else if let Some(explanations) = self.types.get(&child.span) {
                answers.extend(explanations.iter().map(|explanation| answer(subject, explanation, None)));
            } else {
                self.below(subject, child, answers);
            }
        }
    }

    /// The field that a property became: its struct, its name and its type.
    fn field(&self, subject: &Subject<'_>, place: &Place<'_>) -> Option<String> {
        let (owner, key) = place.owner()?;
        let types = &subject.ir.types;
        let explanations = self.types.get(&owner.span)?;
        explanations.iter().find_map(|explanation| {
            let Type::Named(id) = explanation.ty else { return None };
            let TypeKind::Struct { fields, .. } = &types[id.0].kind else { return None };
            let field = fields.iter().find(|field| field.key == key)?;
            let ty = field_type(types, &field.ty, &field.presence);
            Some(format!("it is the field `{}: {ty}` of `{}`", field.name, types[id.0].name))
        })
    }
}

fn answer(subject: &Subject<'_>, explanation: &Explanation, field: Option<String>) -> Answer {
    let Explanation { span, view, ty, nullable, steps } = explanation;
    let types = &subject.ir.types;
    let whole = rust_type(types, ty);
    let whole = if *nullable && !matches!(ty, Type::Any | Type::Null) { format!("Option<{whole}>") } else { whole };
    let messages = match view {
        ViewName::Both => "",
        ViewName::Responses => ", in responses",
        ViewName::Requests => ", in requests",
    };
    let definition = match ty {
        Type::Named(id) => emitted::item(subject.files, "types.rs", types[id.0].name.as_str()),
        _ => String::new(),
    };
    let mut texts: Vec<String> = steps.iter().map(|step| step.text.clone()).collect();
    texts.extend(field);
    Answer {
        name: format!("{whole}{messages}"),
        definition,
        steps: texts,
        excerpt: excerpt(subject, *span, "this schema", steps),
    }
}

/// The lines of a place and of those that rules looked at.
fn excerpt(subject: &Subject<'_>, span: Span, what: &str, steps: &[Step]) -> String {
    /// More places would hide the first ones.
    const PLACES: usize = 6;
    let mut diagnostic = Diagnostic::new(Code::MissingType, span, "").label(what);
    let places =
        steps.iter().enumerate().flat_map(|(index, step)| step.places.iter().map(move |place| (index, *place)));
    let mut shown = vec![span];
    for (index, place) in places {
        if shown.len() <= PLACES && !shown.contains(&place) {
            shown.push(place);
            diagnostic = diagnostic.other(place, format!("rule {}", index + 1));
        }
    }
    render::render_places(subject.sources, &diagnostic, subject.color)
}
