//! Two contracts: which operations, webhooks and callbacks came and went, and what became of the others.
//!
//! The one rule: an operation is known by its method and the shape of its path, a request that the server sends by its name.

use std::collections::HashMap;

use crate::diff::effect::{Flow, Found};
use crate::diff::schema::Comparison;
use crate::diff::{Kind, operation, security, unused};
use crate::model::{Cause, Model, Operation, Outgoing};
use crate::source::Span;

/// Compares what two documents promise.
pub(super) fn compare(old: &Model, new: &Model) -> Vec<Found> {
    let mut cx = Comparison::new(old, new);
    operations(&mut cx);
    outgoing(&mut cx);
    unused::compare(&mut cx);
    cx.found
}

fn operations(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let pairs = pairs(&old.operations, &new.operations, |operation| {
        let mut query = operation.query.clone();
        query.sort();
        (operation.method.clone(), operation.template.shape(), query)
    });
    for (before, after) in pairs {
        match (before, after) {
            (Some(before), Some(after)) => {
                let subject = route(after);
                changed(cx, before, after, &subject);
                security::compare((old, before), (new, after), &subject, &mut cx.found);
                operation::compare(cx, before, after, &subject, Flow::Sent);
            }
            (Some(before), None) => {
                let message = "it is gone: requests for it are answered with 404 or 405";
                cx.found.push(found(
                    Kind::Breaking,
                    "operation-removed",
                    route(before),
                    message,
                    Some(before.span),
                    None,
                ));
            }
            (None, Some(after)) => {
                let message = "it is new: clients may call it";
                cx.found.push(found(
                    Kind::Compatible,
                    "operation-added",
                    route(after),
                    message,
                    None,
                    Some(after.span),
                ));
            }
            (None, None) => {}
        }
    }
}

fn outgoing(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let key = |outgoing: &Outgoing| {
        let (what, name) = match &outgoing.cause {
            Cause::Webhook(name) => ("webhook", &name.value),
            Cause::Callback { name, .. } => ("callback", &name.value),
        };
        (what, name.clone(), outgoing.operation.method.clone())
    };
    let exact = |outgoing: &&Outgoing| (key(outgoing), outgoing.operation.path.value.clone());
    let (one, other): (Vec<_>, Vec<_>) = (old.outgoing.iter().collect(), new.outgoing.iter().collect());
    let (same, rest): (Vec<_>, Vec<_>) =
        pairs(&one, &other, exact).into_iter().partition(|(before, after)| before.is_some() && after.is_some());
    // What goes by one name to several URLs is told apart by these first.
    let gone: Vec<_> = rest.iter().filter_map(|(before, _)| before.copied()).collect();
    let came: Vec<_> = rest.iter().filter_map(|(_, after)| after.copied()).collect();
    let others = pairs(&gone, &came, |outgoing| key(outgoing));
    for (before, after) in same.into_iter().chain(others) {
        let (before, after) = (before.copied(), after.copied());
        let Some(known) = after.or(before) else { continue };
        let (what, name, method) = key(known);
        let subject = format!("the {what} `{name}` ({method})");
        match (before, after) {
            (Some(before), Some(after)) => {
                url(cx, before, after, &subject);
                operation::compare(cx, &before.operation, &after.operation, &subject, Flow::Received);
            }
            (Some(before), None) => {
                let place = Some(before.operation.span);
                let message = "it is gone: clients that wait for it never get it";
                cx.found.push(found(Kind::Breaking, &format!("{what}-removed"), subject, message, place, None));
            }
            (None, Some(after)) => {
                let place = Some(after.operation.span);
                let message = "it is new: clients may ask for it";
                cx.found.push(found(Kind::Compatible, &format!("{what}-added"), subject, message, None, place));
            }
            (None, None) => {}
        }
    }
}

/// Where a callback is sent.
fn url(cx: &mut Comparison<'_>, before: &Outgoing, after: &Outgoing, subject: &str) {
    let (old, new) = (&before.operation.path, &after.operation.path);
    if let (Cause::Callback { .. }, Cause::Callback { .. }) = (&before.cause, &after.cause)
        && old.value != new.value
    {
        let message = format!("it is sent to `{}` now, not to `{}`: clients may not get it", new.value, old.value);
        let places = (Some(old.span), Some(new.span));
        cx.found.push(found(Kind::Breaking, "callback-url", subject.to_owned(), &message, places.0, places.1));
    }
}

/// What is said of an operation as a whole.
fn changed(cx: &mut Comparison<'_>, before: &Operation, after: &Operation, subject: &str) {
    let mut tell = |rule: &str, message: String, old: Span, new: Span| {
        cx.found.push(found(Kind::Compatible, rule, subject.to_owned(), &message, Some(old), Some(new)));
    };
    if before.path.value != after.path.value {
        let message = format!("the path was `{}`: the same requests reach it", before.path.value);
        tell("path-parameter-renamed", message, before.path.span, after.path.span);
    }
    let ids = [before, after].map(|operation| operation.id.as_ref());
    if ids[0].map(|id| &id.value) != ids[1].map(|id| &id.value) {
        let shown =
            |id: Option<&crate::model::Spanned<String>>| id.map_or("none".to_owned(), |id| format!("`{}`", id.value));
        let message = format!(
            "the operationId was {} and is {} now: no request changes, and clients that are generated anew call it otherwise",
            shown(ids[0]),
            shown(ids[1])
        );
        let place = |index: usize, operation: &Operation| ids[index].map_or(operation.span, |id| id.span);
        tell("operation-id", message, place(0, before), place(1, after));
    }
    let tags = [before, after].map(|operation| operation.tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>());
    if tags[0] != tags[1] {
        let message =
            format!("the tags were [{}] and are [{}] now: no request changes", tags[0].join(", "), tags[1].join(", "));
        tell("tags", message, before.span, after.span);
    }
    match (before.deprecated, after.deprecated) {
        (false, true) => {
            let message = "it is deprecated now: clients should stop calling it".to_owned();
            tell("operation-deprecated", message, before.span, after.span);
        }
        (true, false) => {
            tell("operation-deprecated", "it is no longer deprecated".to_owned(), before.span, after.span);
        }
        (false, false) | (true, true) => {}
    }
}

pub(super) fn found(
    kind: Kind,
    rule: &str,
    subject: String,
    message: &str,
    old: Option<Span>,
    new: Option<Span>,
) -> Found {
    Found { kind, rule: rule.to_owned().into(), subject, message: message.to_owned(), old, new }
}

fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path.value)
}

/// Those of the old list and of the new one that have the same key, and those that are in one only: first the old ones, in
/// their order.
pub(super) fn pairs<'run, T, Key: std::hash::Hash + Eq>(
    old: &'run [T],
    new: &'run [T],
    key: impl Fn(&T) -> Key,
) -> Vec<(Option<&'run T>, Option<&'run T>)> {
    let mut places: HashMap<Key, Vec<usize>> = HashMap::new();
    for (index, item) in new.iter().enumerate().rev() {
        places.entry(key(item)).or_default().push(index);
    }
    let mut is_taken = vec![false; new.len()];
    let mut pairs = Vec::with_capacity(old.len());
    for item in old {
        let index = places.get_mut(&key(item)).and_then(Vec::pop);
        pairs.push((Some(item), index.map(|index| &new[index])));
        if let Some(index) = index {
            is_taken[index] = true;
        }
    }
    pairs.extend(new.iter().zip(is_taken).filter(|(_, taken)| !taken).map(|(item, _)| (None, Some(item))));
    pairs
}
