//! Which operations of a document code is generated for: selectors enter, the chosen operations stay in the [`Model`].
//!
//! The one rule: a selector that names nothing is an error, because a typing mistake must not pass as a smaller server. What is
//! left out is kept apart, since names are given as if it were there: choosing operations renames none of them.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Operation, SecurityScheme};
use crate::source::Span;

/// Which operations code is generated for: every one, where both lists are empty.
///
/// A selector is an `operationId`, a method and a path as the document has it (`GET /pets/{id}`), or `tag:` and the name of
/// a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these operations.
    pub only: Vec<String>,
    /// Not these operations, whatever `only` says.
    pub exclude: Vec<String>,
}

/// What was not chosen: operations, and the security schemes that only they ask for. Each has its place among all, in
/// document order.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeftOut {
    operations: Vec<(usize, Operation)>,
    schemes: Vec<(usize, SecurityScheme)>,
}

/// Takes the operations that are not chosen out of a model. A selector that matches none is reported at `document`.
pub(crate) fn select(model: &mut Model, selection: &Selection, document: Span, sink: &mut Sink) -> LeftOut {
    for selector in selection.only.iter().chain(&selection.exclude) {
        if !model.operations.iter().any(|operation| matches(selector, operation)) {
            sink.report(unmatched(selector, model, document));
        }
    }
    let any = |selectors: &[String], operation: &Operation| selectors.iter().any(|text| matches(text, operation));
    let is_chosen = |operation: &Operation| {
        (selection.only.is_empty() || any(&selection.only, operation)) && !any(&selection.exclude, operation)
    };
    let (chosen, operations) = part(std::mem::take(&mut model.operations), is_chosen);
    let asks = |operation: &Operation, scheme: &SecurityScheme| {
        let mut schemes = operation.security.iter().flat_map(|requirement| &requirement.schemes);
        schemes.any(|asked| asked.scheme.value == scheme.key.value)
    };
    let stays = |scheme: &SecurityScheme| {
        chosen.iter().any(|operation| asks(operation, scheme))
            || !operations.iter().any(|(_, operation)| asks(operation, scheme))
    };
    let (kept, schemes) = part(std::mem::take(&mut model.security_schemes), stays);
    (model.operations, model.security_schemes) = (chosen, kept);
    LeftOut { operations, schemes }
}

/// Parts a list; what goes keeps its place.
fn part<T>(all: Vec<T>, stays: impl Fn(&T) -> bool) -> (Vec<T>, Vec<(usize, T)>) {
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    for (index, item) in all.into_iter().enumerate() {
        if stays(&item) { kept.push(item) } else { gone.push((index, item)) }
    }
    (kept, gone)
}

/// Puts a parted list together again, and says what had stayed.
fn join<T: Clone>(kept: &[T], gone: &[(usize, T)]) -> (Vec<T>, Vec<bool>) {
    let (mut all, mut stayed) = (Vec::new(), Vec::new());
    let (mut kept, mut gone) = (kept.iter(), gone.iter().peekable());
    loop {
        let (item, is_kept) = match gone.next_if(|(index, _)| *index == all.len()) {
            Some((_, item)) => (item, false),
            None => match kept.next() {
                Some(item) => (item, true),
                None => return (all, stayed),
            },
        };
        all.push(item.clone());
        stayed.push(is_kept);
    }
}

impl LeftOut {
    /// Whether every operation was chosen.
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// How many operations were not chosen.
    pub(crate) fn len(&self) -> usize {
        self.operations.len()
    }

    /// The places by which reports name the operations and their responses.
    pub(crate) fn places(&self) -> FxHashSet<Span> {
        let operations = self.operations.iter().map(|(_, operation)| operation);
        let responses =
            |operation: &Operation| operation.responses.iter().map(|response| response.status.span).collect::<Vec<_>>();
        operations.flat_map(|operation| responses(operation).into_iter().chain([operation.span])).collect()
    }

    /// The model with what was left out, and whether each of its operations was chosen.
    pub(crate) fn rejoin(&self, model: &Model) -> (Model, Vec<bool>) {
        let (operations, is_chosen) = join(&model.operations, &self.operations);
        let (security_schemes, _) = join(&model.security_schemes, &self.schemes);
        (Model { security_schemes, operations, ..model.clone() }, is_chosen)
    }
}

/// Whether a text is the id of an operation, or its method and path.
pub(crate) fn is_operation(text: &str, operation: &Operation) -> bool {
    operation.id.as_ref().is_some_and(|id| id.value == text)
        || text.split_once(char::is_whitespace).is_some_and(|(method, path)| {
            operation.method.eq_ignore_ascii_case(method) && operation.path.value == path.trim()
        })
}

/// The id, or the method and path, of the operation that a text comes nearest to.
pub(crate) fn nearest_operation(text: &str, operations: &[Operation]) -> Option<String> {
    nearest(text, operations, false).map(|(name, _)| name)
}

fn matches(selector: &str, operation: &Operation) -> bool {
    let tag = selector.strip_prefix("tag:");
    is_operation(selector, operation) || tag.is_some_and(|tag| operation.tags.iter().any(|known| known.value == tag))
}

fn unmatched(selector: &str, model: &Model, document: Span) -> Diagnostic {
    let message = format!("no operation is selected by `{selector}`");
    match nearest(selector, &model.operations, true) {
        Some((name, place)) => Diagnostic::new(Code::UnmatchedSelector, place, message)
            .label("the nearest is here")
            .help(format!("did you mean `{name}`?")),
        None => Diagnostic::new(Code::UnmatchedSelector, document, message).label("this document has no operations"),
    }
}

/// The selector that is the fewest edits away, whatever its case, and what it names.
fn nearest(selector: &str, operations: &[Operation], with_tags: bool) -> Option<(String, Span)> {
    let wanted = selector.to_lowercase();
    let mut best: Option<(usize, String, Span)> = None;
    for operation in operations {
        let id = operation.id.as_ref().map(|id| (id.value.clone(), id.span));
        let route = (format!("{} {}", operation.method, operation.path.value), operation.span);
        let tags = operation.tags.iter().filter(|_| with_tags).map(|tag| (format!("tag:{}", tag.value), tag.span));
        for (name, place) in id.into_iter().chain([route]).chain(tags) {
            let distance = strsim::levenshtein(&wanted, &name.to_lowercase());
            if best.as_ref().is_none_or(|(least, ..)| distance < *least) {
                best = Some((distance, name, place));
            }
        }
    }
    best.map(|(_, name, place)| (name, place))
}
