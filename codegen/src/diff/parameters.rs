//! Parameters and header fields: whether they must be there, how they are written, what they may be.
//!
//! The one rule: another way of writing is another value, except where a scalar would be written alike.

use crate::diff::Kind;
use crate::diff::contract::pairs;
use crate::diff::effect::{Effect, Flow};
use crate::diff::schema::{At, Comparison, compare as compare_schemas};
use crate::model::{Header, Model, Parameter, ParameterValue, SchemaId, TypeSet};
use crate::source::Span;

/// A parameter, and the place of its operation.
pub(super) type Declared<'call> = (Option<&'call Parameter>, Span);

pub(super) fn parameter(
    cx: &mut Comparison<'_>,
    (one, before): Declared<'_>,
    (other, after): Declared<'_>,
    subject: &str,
    flow: Flow,
) {
    let Some(known) = other.or(one) else { return };
    let role = format!("the {} parameter `{}`", known.place.name(), known.name.value);
    let place = other.map_or(after, |other| other.name.span);
    let at = At { subject: subject.into(), role: role.into(), flow, path: String::new(), place };
    let places = [Some(one.map_or(before, |one| one.name.span)), Some(place)];
    let is_sent = flow == Flow::Sent;
    let mut tell = |rule, kind, what, notice| cx.tell_as(&at, rule, kind, what, notice, places);
    match (one, other) {
        (None, Some(other)) if other.required && is_sent => {
            tell(
                "required-parameter-added",
                Kind::Breaking,
                "it is new and required",
                "requests without it are refused now",
            );
        }
        (None, Some(_)) => tell("parameter-added", Kind::Compatible, "it is new", "nothing of today changes"),
        (Some(_), None) if is_sent => {
            tell("parameter-removed", Kind::Breaking, "it is gone", "what clients send there has no effect now");
        }
        (Some(_), None) => tell("parameter-removed", Kind::Breaking, "it is gone", "clients no longer get it"),
        (Some(one), Some(other)) => {
            match (one.required, other.required) {
                (false, true) => {
                    let notice =
                        if is_sent { "requests without it are refused now" } else { "clients always get it now" };
                    tell("parameter-became-required", Effect::Narrowed.kind(flow), "it is required now", notice);
                }
                (true, false) => {
                    let notice = if is_sent { "requests of today are still taken" } else { "clients may not get it" };
                    tell("parameter-became-optional", Effect::Widened.kind(flow), "it is optional now", notice);
                }
                (false, false) | (true, true) => {}
            }
            if one.deprecated != other.deprecated {
                let what = if other.deprecated { "it is deprecated now" } else { "it is no longer deprecated" };
                tell("parameter-deprecated", Kind::Compatible, what, "no request changes");
            }
            if one.allow_empty != other.allow_empty {
                let (what, effect) = if other.allow_empty {
                    ("it may be empty now", Effect::Widened)
                } else {
                    ("it must not be empty now", Effect::Narrowed)
                };
                cx.tell(&at, "parameter-empty", effect, what, places);
            }
            value(cx, &at, &one.value, &other.value, places);
        }
        (None, None) => {}
    }
}

/// Compares how a parameter or header is written, and what it may be.
fn value(cx: &mut Comparison<'_>, at: &At, one: &ParameterValue, other: &ParameterValue, places: [Option<Span>; 2]) {
    match (one, other) {
        (
            ParameterValue::Schema {
                schema: old,
                style: old_style,
                explode: old_explode,
                allow_reserved: old_reserved,
            },
            ParameterValue::Schema { schema: new, style, explode, allow_reserved },
        ) => {
            let is_scalar = is_scalar(cx.old, *old) && is_scalar(cx.new, *new);
            if old_style != style || (old_explode != explode && !is_scalar) {
                let shown =
                    |style: &str, explode: bool| format!("`{style}`{}", if explode { ", exploded" } else { "" });
                let what = format!(
                    "it was written as {} and is written as {} now",
                    shown(old_style.name(), *old_explode),
                    shown(style.name(), *explode)
                );
                cx.tell(at, "style", Effect::Changed, &what, places);
            }
            if old_reserved != allow_reserved {
                let what = "which characters must be percent-encoded is not the same";
                cx.tell_as(at, "allow-reserved", Kind::Compatible, what, "both ways are read", places);
            }
            compare_schemas(cx, at, &[*old], &[*new]);
        }
        (
            ParameterValue::Content { media_type: old, schema: old_schema },
            ParameterValue::Content { media_type: new, schema: new_schema },
        ) => {
            if old.value != new.value {
                let what = format!("it was written as `{}` and is written as `{}` now", old.value, new.value);
                cx.tell(at, "style", Effect::Changed, &what, [Some(old.span), Some(new.span)]);
            }
            compare_schemas(cx, at, old_schema.as_slice(), new_schema.as_slice());
        }
        (ParameterValue::Schema { .. }, ParameterValue::Content { .. })
        | (ParameterValue::Content { .. }, ParameterValue::Schema { .. }) => {
            cx.tell(at, "style", Effect::Changed, "it is written in another way", places);
        }
    }
}

/// Whether a value has no parts that could be written apart.
fn is_scalar(model: &Model, id: SchemaId) -> bool {
    let types = model.schemas.get(model.schemas.resolve(id)).types;
    types != TypeSet::ANY && !types.contains(TypeSet::ARRAY) && !types.contains(TypeSet::OBJECT)
}

/// Compares header fields; what is not there is shown by the place of what it is missing from.
pub(super) fn headers(cx: &mut Comparison<'_>, one: (&[Header], Span), other: (&[Header], Span), at: &At) {
    for (old, new) in pairs(one.0, other.0, |header| header.name.value.to_ascii_lowercase()) {
        let Some(known) = new.or(old) else { continue };
        let role = format!("{}, the header `{}`", at.role, known.name.value);
        let at = At { role: role.into(), ..at.clone() };
        let places = [Some(old.map_or(one.1, |old| old.name.span)), Some(new.map_or(other.1, |new| new.name.span))];
        let is_sent = at.flow == Flow::Sent;
        match (old, new) {
            (None, Some(new)) if is_sent && new.required => {
                let notice = "what is sent without it is refused now";
                cx.tell_as(&at, "required-header-added", Kind::Breaking, "it is new and required", notice, places);
            }
            (None, Some(_)) => {
                cx.tell_as(&at, "header-added", Kind::Compatible, "it is new", "nothing of today changes", places);
            }
            (Some(_), None) => {
                let notice = if is_sent { "what is sent there has no effect now" } else { "clients no longer get it" };
                cx.tell_as(&at, "header-removed", Kind::Breaking, "it is gone", notice, places);
            }
            (Some(old), Some(new)) => {
                match (old.required, new.required) {
                    (false, true) => {
                        cx.tell(&at, "header-became-required", Effect::Narrowed, "it is always there now", places);
                    }
                    (true, false) => {
                        cx.tell(&at, "header-became-optional", Effect::Widened, "it may be absent now", places);
                    }
                    (false, false) | (true, true) => {}
                }
                if old.deprecated != new.deprecated {
                    let what = if new.deprecated { "it is deprecated now" } else { "it is no longer deprecated" };
                    cx.tell_as(
                        &at,
                        "header-deprecated",
                        Kind::Compatible,
                        what,
                        "nothing that is sent changes",
                        places,
                    );
                }
                value(cx, &at, &old.value, &new.value, places);
            }
            (None, None) => {}
        }
    }
}
