//! `oneOf` and `anyOf`: which alternatives came, which went, and what became of the others.
//!
//! The one rule: an alternative is known by its name, else by what it means; only what is left over is new or gone.

use crate::diff::effect::Effect;
use crate::diff::merged::{self, Merged, Union};
use crate::diff::schema::{At, Comparison, compare as compare_schemas};
use crate::model::{Model, SchemaId, TypeSet};
use crate::source::Span;

/// A schema before or after, as it is given and merged.
type Given<'call, 'run> = (&'call [SchemaId], &'call Merged<'run>);

/// Compares the unions of two schemas.
pub(super) fn compare(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    if one.unions.len() == other.unions.len() {
        for (old, new) in one.unions.iter().zip(&other.unions) {
            union(cx, at, old, new);
        }
    } else {
        let what = "the alternatives that it has are not the same";
        cx.tell(at, "union", Effect::Unclear, what, [Some(one.span), Some(other.span)]);
    }
}

/// Tells of a schema that became one of several alternatives, or of alternatives of which one is left. Gives whether that
/// is what happened: then nothing else is compared.
pub(super) fn grew_or_shrank(
    cx: &mut Comparison<'_>,
    at: &At,
    (old, one): Given<'_, '_>,
    (new, other): Given<'_, '_>,
) -> bool {
    let places = [Some(one.span), Some(other.span)];
    match (one.unions.as_slice(), other.unions.as_slice()) {
        ([], [union]) if is_bare(other) && !old.is_empty() => {
            let known = union.alternatives.iter().position(|&new| cx.is_alike(at.flow, old, &[new], at.place));
            match known {
                Some(known) => {
                    let others = named(cx, union, Some(known), false);
                    let what = format!("it is one of several schemas now: {others} came in addition");
                    cx.tell(at, "union", Effect::Widened, &what, places);
                }
                None => cx.tell(at, "union", Effect::Unclear, "it is one of several schemas now", places),
            }
            true
        }
        ([union], []) if is_bare(one) && !new.is_empty() => {
            let known = union.alternatives.iter().position(|&old| cx.is_alike(at.flow, &[old], new, at.place));
            match known {
                Some(known) => {
                    let others = named(cx, union, Some(known), true);
                    let what = format!("it was one of several schemas: {others} went");
                    cx.tell(at, "union", Effect::Narrowed, &what, places);
                }
                None => cx.tell(at, "union", Effect::Unclear, "it is no longer one of several schemas", places),
            }
            true
        }
        _ => false,
    }
}

/// Whether a schema says nothing besides its alternatives.
fn is_bare(merged: &Merged<'_>) -> bool {
    let types = merged.types.unwrap_or(TypeSet::ANY).without(TypeSet::NULL);
    let says_no_type = types == TypeSet::ANY || types == TypeSet::OBJECT;
    says_no_type && merged.properties.is_empty() && merged.values.is_none() && merged.items.is_empty()
}

fn named(cx: &Comparison<'_>, union: &Union<'_>, but: Option<usize>, is_old: bool) -> String {
    let others = union.alternatives.iter().enumerate().filter(|(index, _)| Some(*index) != but);
    let names: Vec<String> = others.map(|(index, &id)| name(cx, id, index, is_old)).collect();
    names.join(", ")
}

/// The name of an alternative, else its number.
fn name(cx: &Comparison<'_>, id: SchemaId, index: usize, is_old: bool) -> String {
    let name = if is_old { cx.old_name(&[id]) } else { cx.new_name(&[id]) };
    name.map_or_else(|| format!("the alternative {}", index + 1), |name| format!("`{name}`"))
}

fn union(cx: &mut Comparison<'_>, at: &At, old: &Union<'_>, new: &Union<'_>) {
    let places = [Some(old.span), Some(new.span)];
    let mut pairs = pairs(cx, at, old, new);
    let mut lost: Vec<usize> =
        (0..old.alternatives.len()).filter(|index| pairs.iter().all(|(one, _)| one != index)).collect();
    let mut added: Vec<usize> =
        (0..new.alternatives.len()).filter(|index| pairs.iter().all(|(_, other)| other != index)).collect();
    // The only one that is left on both sides was changed.
    if let ([one], [other]) = (lost.as_slice(), added.as_slice()) {
        pairs.push((*one, *other));
        (lost, added) = (Vec::new(), Vec::new());
    }
    for index in lost {
        let what = format!("{} is no alternative any more", name(cx, old.alternatives[index], index, true));
        cx.tell(at, "alternative-removed", Effect::Narrowed, &what, place(cx, old, index, places, true));
    }
    for index in added {
        let what = format!("{} is a new alternative", name(cx, new.alternatives[index], index, false));
        cx.tell(at, "alternative-added", Effect::Widened, &what, place(cx, new, index, places, false));
    }
    if old.name != new.name && old.alternatives.len().max(new.alternatives.len()) > 1 {
        let effect = if new.name == "oneOf" { Effect::Narrowed } else { Effect::Widened };
        cx.tell(at, "union", effect, &format!("`{}` is `{}` now", old.name, new.name), places);
    }
    discriminator(cx, at, old, new, &pairs);
    for (one, other) in pairs {
        let at = at.below(&format!("({})", one + 1));
        compare_schemas(cx, &at, &[old.alternatives[one]], &[new.alternatives[other]]);
    }
}

fn place(
    cx: &Comparison<'_>,
    union: &Union<'_>,
    index: usize,
    [old, new]: [Option<Span>; 2],
    is_old: bool,
) -> [Option<Span>; 2] {
    let model = if is_old { cx.old } else { cx.new };
    let place = Some(model.schemas.get(union.alternatives[index]).span);
    if is_old { [place, new] } else { [old, place] }
}

/// The alternatives that are the same ones: by name, then by their form where only one has it, and then by what they mean.
fn pairs(cx: &mut Comparison<'_>, at: &At, old: &Union<'_>, new: &Union<'_>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (index, &one) in old.alternatives.iter().enumerate() {
        let Some(name) = cx.old_name(&[one]) else { continue };
        let other = new.alternatives.iter().position(|&other| cx.new_name(&[other]) == Some(name));
        pairs.extend(other.filter(|other| pairs.iter().all(|(_, taken)| taken != other)).map(|other| (index, other)));
    }
    by_form(cx, at, old, new, &mut pairs);
    for (index, &one) in old.alternatives.iter().enumerate() {
        if pairs.iter().any(|(known, _)| *known == index) {
            continue;
        }
        let is_free = |other: &usize| pairs.iter().all(|(_, taken)| taken != other);
        // The one in the same position first.
        let candidates = std::iter::once(index).chain(0..new.alternatives.len());
        let candidates: Vec<usize> =
            candidates.filter(|other| *other < new.alternatives.len() && is_free(other)).collect();
        let other =
            candidates.into_iter().find(|&other| cx.is_alike(at.flow, &[one], &[new.alternatives[other]], at.place));
        pairs.extend(other.map(|other| (index, other)));
    }
    pairs
}

/// Adds the alternatives that have a form which no other one of their union has.
fn by_form(cx: &Comparison<'_>, at: &At, old: &Union<'_>, new: &Union<'_>, pairs: &mut Vec<(usize, usize)>) {
    let forms = |model: &Model, alternatives: &[SchemaId]| -> Vec<String> {
        alternatives.iter().map(|&id| form(&merged::merge(model, &[id], at.place))).collect()
    };
    let (one, other) = (forms(cx.old, &old.alternatives), forms(cx.new, &new.alternatives));
    let only = |forms: &[String], form: &String| {
        let mut places = forms.iter().enumerate().filter(|(_, known)| *known == form).map(|(index, _)| index);
        places.next().filter(|_| places.next().is_none())
    };
    for (index, form) in one.iter().enumerate() {
        let partner = only(&one, form).and_then(|_| only(&other, form));
        let is_free = |partner: &usize| pairs.iter().all(|(known, taken)| known != &index && taken != partner);
        let partner = partner.filter(is_free);
        pairs.extend(partner.map(|partner| (index, partner)));
    }
}

/// What a schema is at first sight.
fn form(merged: &Merged<'_>) -> String {
    let mut keys: Vec<&&str> = merged.properties.keys().collect();
    keys.sort_unstable();
    let values: Vec<&String> = merged.values.iter().flat_map(|values| values.keys()).collect();
    format!("{:?} {keys:?} {values:?} {}", merged.types, merged.items.len())
}

/// What tells which alternative a value is: its property, and its values.
fn discriminator(cx: &mut Comparison<'_>, at: &At, old: &Union<'_>, new: &Union<'_>, pairs: &[(usize, usize)]) {
    let places = [Some(old.span), Some(new.span)];
    let (one, other) = match (old.discriminator, new.discriminator) {
        (None, None) => return,
        // The alternatives are what they were, and are found in another way.
        (None, Some(_)) => {
            return cx.tell(at, "discriminator", Effect::Unclear, "it has a `discriminator` now", places);
        }
        (Some(_), None) => return cx.tell(at, "discriminator", Effect::Unclear, "its `discriminator` is gone", places),
        (Some(one), Some(other)) => (one, other),
    };
    if one.property.value != other.property.value {
        let what =
            format!("the alternative is told by `{}` now, not by `{}`", other.property.value, one.property.value);
        let places = [Some(one.property.span), Some(other.property.span)];
        return cx.tell(at, "discriminator", Effect::Changed, &what, places);
    }
    for &(before, after) in pairs {
        let (before, after) = (old.alternatives[before], new.alternatives[after]);
        let tags = tags(cx, (one, before, true)).into_iter().collect::<Vec<_>>();
        let now = self::tags(cx, (other, after, false));
        let gone: Vec<&String> = tags.iter().filter(|tag| !now.contains(tag)).collect();
        let new: Vec<&String> = now.iter().filter(|tag| !tags.contains(tag)).collect();
        let places = [Some(one.property.span), Some(other.property.span)];
        for tag in gone {
            cx.tell(at, "tag-removed", Effect::Narrowed, &format!("no alternative is told by `{tag}` now"), places);
        }
        for tag in new {
            cx.tell(at, "tag-added", Effect::Widened, &format!("an alternative is told by `{tag}`, too"), places);
        }
    }
}

/// The values that stand for an alternative: those of `mapping`, and its name (OpenAPI 3.1.1 section 4.8.25).
fn tags(
    cx: &Comparison<'_>,
    (discriminator, alternative, is_old): (&crate::model::Discriminator, SchemaId, bool),
) -> Vec<String> {
    let model = if is_old { cx.old } else { cx.new };
    let is_it = |id: SchemaId| model.schemas.resolve(id) == model.schemas.resolve(alternative);
    let mapped = discriminator.mapping.iter().filter(|(_, id)| is_it(*id)).map(|(value, _)| value.value.clone());
    let name = if is_old { cx.old_name(&[alternative]) } else { cx.new_name(&[alternative]) };
    let mut tags: Vec<String> = mapped.collect();
    if tags.is_empty() {
        tags.extend(name.map(str::to_owned));
    }
    tags
}
