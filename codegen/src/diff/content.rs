//! Bodies: their media types, and what each may hold.
//!
//! The one rule: media types are known by their names without regard to case, RFC 9110 section 8.3.1.

use crate::diff::Kind;
use crate::diff::contract::pairs;
use crate::diff::effect::{Effect, Flow};
use crate::diff::parameters::headers;
use crate::diff::schema::{At, Comparison, compare as compare_schemas};
use crate::model::{Encoding, MediaType, Operation};
use crate::source::Span;

/// Compares the bodies of requests.
pub(super) fn body(cx: &mut Comparison<'_>, before: &Operation, after: &Operation, subject: &str, flow: Flow) {
    let place = after.request_body.as_ref().map_or(after.span, |body| body.span);
    let at = At { subject: subject.into(), role: "the request body".into(), flow, path: String::new(), place };
    let places = [Some(before.request_body.as_ref().map_or(before.span, |body| body.span)), Some(place)];
    let is_sent = flow == Flow::Sent;
    let mut tell = |rule, kind, what, notice| cx.tell_as(&at, rule, kind, what, notice, places);
    match (&before.request_body, &after.request_body) {
        (None, None) => {}
        (None, Some(new)) if new.required && is_sent => {
            tell(
                "required-body-added",
                Kind::Breaking,
                "it is new and required",
                "requests without one are refused now",
            );
        }
        (None, Some(_)) => tell("body-added", Kind::Compatible, "it is new", "nothing of today changes"),
        (Some(_), None) => {
            let notice = if is_sent { "what clients send there has no effect now" } else { "clients no longer get it" };
            tell("body-removed", Kind::Breaking, "it is gone", notice);
        }
        (Some(old), Some(new)) => {
            match (old.required, new.required) {
                (false, true) => {
                    let notice =
                        if is_sent { "requests without one are refused now" } else { "clients always get it now" };
                    tell("body-became-required", Effect::Narrowed.kind(flow), "it is required now", notice);
                }
                (true, false) => {
                    let notice = if is_sent { "requests of today are still taken" } else { "clients may not get it" };
                    tell("body-became-optional", Effect::Widened.kind(flow), "it is optional now", notice);
                }
                (false, false) | (true, true) => {}
            }
            contents(cx, &at, (&old.content, old.span), (&new.content, new.span));
        }
    }
}

/// Compares what a body may be; what is not there is shown by the place of what it is missing from.
pub(super) fn contents(cx: &mut Comparison<'_>, at: &At, one: (&[MediaType], Span), other: (&[MediaType], Span)) {
    for (old, new) in pairs(one.0, other.0, |media_type| media_type.name.value.to_ascii_lowercase()) {
        let Some(known) = new.or(old) else { continue };
        let is_one_of_several = one.0.len().max(other.0.len()) > 1 && old.is_some() && new.is_some();
        let role =
            if is_one_of_several { format!("{} as `{}`", at.role, known.name.value) } else { at.role.to_string() };
        let place = new.map_or(other.1, |new| new.name.span);
        let at = At { role: role.into(), place, ..at.clone() };
        let places = [Some(old.map_or(one.1, |old| old.name.span)), Some(place)];
        match (old, new) {
            (None, Some(new)) => {
                let what = format!("the media type `{}` is new", new.name.value);
                cx.tell_as(&at, "media-type-added", Kind::Compatible, &what, "clients may choose it", places);
            }
            (Some(old), None) => {
                let what = format!("the media type `{}` is gone", old.name.value);
                let notice = match at.flow {
                    Flow::Sent => "what clients send as it is refused now",
                    Flow::Received => "clients that ask for it do not get it",
                };
                cx.tell_as(&at, "media-type-removed", Kind::Breaking, &what, notice, places);
            }
            (Some(old), Some(new)) => media_type(cx, &at, old, new, places),
            (None, None) => {}
        }
    }
}

fn media_type(cx: &mut Comparison<'_>, at: &At, old: &MediaType, new: &MediaType, places: [Option<Span>; 2]) {
    compare_schemas(cx, at, old.schema.as_slice(), new.schema.as_slice());
    compare_schemas(cx, &at.below("[]"), old.item_schema.as_slice(), new.item_schema.as_slice());
    encodings(cx, at, &old.encoding, &new.encoding, places);
    for (index, pair) in longest(&old.prefix_encoding, &new.prefix_encoding).enumerate() {
        encoding(cx, &at.below(&format!("[{index}]")), pair.0, pair.1, places);
    }
    encoding(cx, &at.below("[]"), old.item_encoding.as_ref(), new.item_encoding.as_ref(), places);
}

fn longest<'call, T>(one: &'call [T], other: &'call [T]) -> impl Iterator<Item = (Option<&'call T>, Option<&'call T>)> {
    (0..one.len().max(other.len())).map(|index| (one.get(index), other.get(index)))
}

fn encodings(cx: &mut Comparison<'_>, at: &At, old: &[Encoding], new: &[Encoding], places: [Option<Span>; 2]) {
    for (one, other) in pairs(old, new, |encoding| encoding.property.value.clone()) {
        let Some(known) = other.or(one) else { continue };
        encoding(cx, &at.member(&known.property.value), one, other, places);
    }
}

/// Compares how a part is sent: what it was and is where nothing is said depends on its type, so that it may be the same.
fn encoding(
    cx: &mut Comparison<'_>,
    at: &At,
    old: Option<&Encoding>,
    new: Option<&Encoding>,
    places: [Option<Span>; 2],
) {
    let said = |encoding: &Encoding| {
        let media_types = encoding.content_type.as_ref().map(|media_types| media_types.value.clone());
        (media_types, encoding.style, encoding.style.is_some() && encoding.explode)
    };
    if old.map(said) != new.map(said) {
        let place = |encoding: Option<&Encoding>, otherwise: Option<Span>| {
            encoding.map(|encoding| encoding.property.span).or(otherwise)
        };
        let places = [place(old, places[0]), place(new, places[1])];
        cx.tell(at, "encoding", Effect::Unclear, "it is not written in the same way", places);
    }
    let [one, other] = [old, new].map(|encoding| encoding.map_or([].as_slice(), |encoding| &encoding.headers));
    headers(cx, (one, at.place), (other, at.place), at);
    let (Some(old), Some(new)) = (old, new) else { return };
    encodings(cx, at, &old.parts, &new.parts, places);
    for (index, pair) in longest(&old.prefix_parts, &new.prefix_parts).enumerate() {
        encoding(cx, &at.below(&format!("[{index}]")), pair.0, pair.1, places);
    }
    if old.item_part.is_some() || new.item_part.is_some() {
        encoding(cx, &at.below("[]"), old.item_part.as_deref(), new.item_part.as_deref(), places);
    }
}
