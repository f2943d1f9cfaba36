//! Objects: their properties, which of them must be there, and what else may be.
//!
//! The one rule: a property is looked at where it is sent. One that is `readOnly` is in no request, one that is `writeOnly`
//! in no response, so that a change of these flags is a property that comes or goes.

use crate::diff::effect::{Effect, Flow};
use crate::diff::merged::{Additional, Members, Merged};
use crate::diff::schema::{At, Comparison, compare as compare_schemas};
use crate::diff::{Kind, parts};
use crate::model::SchemaId;
use crate::source::Span;

/// Compares two schemas as far as they speak of objects.
pub(super) fn compare(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    for (&key, old) in &one.properties {
        if parts::is_left_out(cx.old, old, at.flow) {
            continue;
        }
        match other.properties.get(key) {
            Some(new) if parts::is_left_out(cx.new, new, at.flow) => left_out(cx, &at.member(key), old, new),
            Some(new) => {
                let at = at.member(key);
                required(cx, &at, (one, old.span), (other, new.span), key);
                compare_schemas(cx, &at, &old.schemas, &new.schemas);
            }
            None => removed(cx, &at.member(key), old, other),
        }
    }
    for (&key, new) in &other.properties {
        let is_known = one.properties.get(key).is_some_and(|old| !parts::is_left_out(cx.old, old, at.flow));
        if !is_known && !parts::is_left_out(cx.new, new, at.flow) {
            added(cx, &at.member(key), key, new, (one, other));
        }
    }
    // Names that are required and described nowhere.
    let described = |key: &str| one.properties.contains_key(key) || other.properties.contains_key(key);
    let keys = one.required.keys().chain(other.required.keys()).copied();
    let mut keys: Vec<&str> = keys.filter(|key| !described(key)).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        required(cx, &at.member(key), (one, one.span), (other, other.span), key);
    }
    additional(cx, at, one, other);
    patterned(cx, at, one, other);
}

/// A property that is in both, and must be there in one of them only.
fn required(
    cx: &mut Comparison<'_>,
    at: &At,
    (one, old): (&Merged<'_>, Span),
    (other, new): (&Merged<'_>, Span),
    key: &str,
) {
    match (one.required.get(key), other.required.get(key)) {
        (None, Some(&place)) => {
            let (what, notice) = match at.flow {
                Flow::Sent => ("it is required now", "requests without it are refused now"),
                Flow::Received => ("it is required now", "clients always get it now"),
            };
            let kind = Effect::Narrowed.kind(at.flow);
            cx.tell_as(at, "property-became-required", kind, what, notice, [Some(old), Some(place)]);
        }
        (Some(&place), None) => {
            let (what, notice) = match at.flow {
                Flow::Sent => ("it is optional now", "what clients send is still taken"),
                Flow::Received => ("it is optional now", "clients that count on it may not get it"),
            };
            let kind = Effect::Widened.kind(at.flow);
            cx.tell_as(at, "property-became-optional", kind, what, notice, [Some(place), Some(new)]);
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
}

fn removed(cx: &mut Comparison<'_>, at: &At, old: &Members, other: &Merged<'_>) {
    let notice = match (at.flow, &other.additional) {
        (Flow::Sent, Additional::Forbidden) => "requests with it are refused now",
        (Flow::Sent, Additional::Allowed | Additional::Schemas(_)) => "what clients send there has no effect now",
        (Flow::Received, _) => "clients no longer get it",
    };
    let places = [Some(old.span), Some(other.span)];
    cx.tell_as(at, "property-removed", Kind::Breaking, "it is gone", notice, places);
}

/// A property that is there and in no message of this way any more.
fn left_out(cx: &mut Comparison<'_>, at: &At, old: &Members, new: &Members) {
    let (what, notice) = match at.flow {
        Flow::Sent => ("it is read-only now", "clients must not send it any more"),
        Flow::Received => ("it is write-only now", "clients no longer get it"),
    };
    cx.tell_as(at, "property-removed", Kind::Breaking, what, notice, [Some(old.span), Some(new.span)]);
}

fn added(cx: &mut Comparison<'_>, at: &At, key: &str, new: &Members, (one, other): (&Merged<'_>, &Merged<'_>)) {
    let places = [Some(one.properties.get(key).map_or(one.span, |old| old.span)), Some(new.span)];
    let is_required = other.required.contains_key(key);
    let (rule, kind, what, notice) = match (at.flow, is_required, &one.additional) {
        (Flow::Sent, true, _) => {
            ("required-property-added", Kind::Breaking, "it is new and required", "requests without it are refused now")
        }
        (Flow::Sent, false, _) => {
            ("property-added", Kind::Compatible, "it is new", "clients may send it, and need not")
        }
        (Flow::Received, _, Additional::Forbidden) => {
            let notice = "clients were told that nothing else comes, and may get it";
            ("property-added", Kind::Breaking, "it is new", notice)
        }
        (Flow::Received, _, Additional::Allowed | Additional::Schemas(_)) => {
            ("property-added", Kind::Compatible, "it is new", "clients get more than they look at")
        }
    };
    cx.tell_as(at, rule, kind, what, notice, places);
}

fn additional(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    let places = [Some(one.span), Some(other.span)];
    let (what, effect) = match (&one.additional, &other.additional) {
        (Additional::Allowed, Additional::Allowed) | (Additional::Forbidden, Additional::Forbidden) => return,
        (Additional::Schemas(old), Additional::Schemas(new)) => {
            return compare_schemas(cx, &at.member("*"), old, new);
        }
        // A schema that allows everything says nothing.
        (Additional::Allowed, Additional::Schemas(new)) if is_any(cx, at, &[], new) => return,
        (Additional::Schemas(old), Additional::Allowed) if is_any(cx, at, old, &[]) => return,
        (Additional::Allowed | Additional::Schemas(_), Additional::Forbidden) => {
            ("properties that are not named are forbidden now", Effect::Narrowed)
        }
        (Additional::Allowed, Additional::Schemas(_)) => {
            ("properties that are not named must fit a schema now", Effect::Narrowed)
        }
        (Additional::Schemas(_), Additional::Allowed) => {
            ("properties that are not named may be anything now", Effect::Widened)
        }
        (Additional::Forbidden, Additional::Allowed | Additional::Schemas(_)) => {
            ("properties that are not named are allowed now", Effect::Widened)
        }
    };
    cx.tell(at, "additional-properties", effect, what, places);
}

fn is_any(cx: &mut Comparison<'_>, at: &At, old: &[SchemaId], new: &[SchemaId]) -> bool {
    cx.is_alike(at.flow, old, new, at.place)
}

fn patterned(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    let places = [Some(one.span), Some(other.span)];
    for (&pattern, old) in &one.patterned {
        match other.patterned.get(pattern) {
            Some(new) => compare_schemas(cx, &at.member(&format!("/{pattern}/")), old, new),
            None => {
                let what = format!("what is said of properties that match `{pattern}` is gone");
                cx.tell(at, "pattern-properties", Effect::Unclear, &what, places);
            }
        }
    }
    for &pattern in other.patterned.keys().filter(|pattern| !one.patterned.contains_key(*pattern)) {
        let what = format!("properties that match `{pattern}` must fit a schema now");
        cx.tell(at, "pattern-properties", Effect::Unclear, &what, places);
    }
}
