//! Unions beside other keywords: `properties` beside `oneOf` is a union of alternatives that each have the properties.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::context::Cx;
use crate::lower::merge::{is_structural, kinds, merged};
use crate::model::{AdditionalProperties, Discriminator, Schema, SchemaId, TypeSet};

/// How many alternatives several unions together may make.
const LIMIT: usize = 64;

/// `anyOf` or `oneOf` of one part.
struct Union {
    alternatives: Vec<SchemaId>,
    exclusive: bool,
    discriminator: Option<Discriminator>,
}

/// Brings the unions of all parts into the merged schema.
pub(super) fn unions(cx: &mut Cx<'_>, base: Schema, parts: &[SchemaId], seen: &FxHashSet<SchemaId>) -> Schema {
    let unions = gather(cx, parts, seen);
    if unions.is_empty() {
        return base;
    }
    let product = unions.iter().try_fold(1_usize, |product, union| product.checked_mul(union.alternatives.len()));
    if product.is_none_or(|product| product > LIMIT.max(unions[0].alternatives.len())) {
        return widened(cx, base);
    }
    let exclusive = unions.iter().all(|union| union.exclusive);
    let discriminator = unions.iter().find_map(|union| union.discriminator.clone());
    let discriminator = discriminator.or_else(|| base.discriminator.clone());
    let nullable = base.types != TypeSet::ANY && base.types.contains(TypeSet::NULL);
    let mut combinations: Vec<Vec<SchemaId>> = vec![Vec::new()];
    for union in &unions {
        combinations = combinations
            .iter()
            .flat_map(|chosen| union.alternatives.iter().map(|&next| [chosen.as_slice(), &[next]].concat()))
            .collect();
    }
    let (title, description) = (base.title.clone(), base.description.clone());
    let (rust_name, deprecated, default) = (base.rust_name.clone(), base.deprecated, base.default.clone());
    let span = base.span;
    let base = Base::new(cx, base);
    let mut alternatives: Vec<SchemaId> = Vec::new();
    for chosen in &combinations {
        alternatives.extend(base.with(cx, chosen));
    }
    if nullable {
        alternatives.push(cx.make(Schema { types: TypeSet::NULL, ..Schema::any(span) }));
    }
    let (any_of, one_of) = if exclusive { (Vec::new(), alternatives) } else { (alternatives, Vec::new()) };
    Schema { any_of, one_of, discriminator, default, title, description, deprecated, rust_name, ..Schema::any(span) }
}

/// The unions that speak of a value's structure. One that leads back to what is being merged only says who extends it.
fn gather(cx: &mut Cx<'_>, parts: &[SchemaId], seen: &FxHashSet<SchemaId>) -> Vec<Union> {
    let mut unions = Vec::new();
    for &part in parts {
        let part = cx.schema(part);
        for (alternatives, exclusive) in [(&part.any_of, false), (&part.one_of, true)] {
            let leads_back = alternatives.iter().any(|&id| seen.contains(&cx.schemas.resolve(id)));
            let structural = alternatives.iter().filter(|&&id| is_structural(cx, id)).count();
            if structural > 0 && !leads_back {
                let discriminator = part.discriminator.clone();
                unions.push(Union { alternatives: alternatives.clone(), exclusive, discriminator });
            }
        }
    }
    unions
}

/// What stands beside a union.
struct Base {
    schema: Option<SchemaId>,
    own: Schema,
}

impl Base {
    fn new(cx: &mut Cx<'_>, mut own: Schema) -> Self {
        own.title = None;
        own.description = None;
        own.rust_name = None;
        own.default = None;
        own.discriminator = None;
        // It asks what the alternatives evaluate, too, which are not part of the base.
        own.unevaluated_properties = None;
        if own.types != TypeSet::ANY {
            own.types = own.types.without(TypeSet::NULL);
        }
        let speaks = own.constrains();
        let schema = speaks.then(|| cx.make(own.clone()));
        Self { schema, own }
    }

    /// The alternative that the base makes of alternatives; `None` where no value can fit.
    fn with(&self, cx: &mut Cx<'_>, chosen: &[SchemaId]) -> Option<SchemaId> {
        let base = self.schema.filter(|_| !matches!(chosen, [only] if self.adds_nothing(cx, *only)));
        let all_of: Vec<SchemaId> = base.into_iter().chain(chosen.iter().copied()).collect();
        if let [only] = all_of.as_slice() {
            return Some(*only);
        }
        // The docs are those of the alternative.
        let last = chosen.last().map(|&id| cx.schema(id));
        let span = last.as_ref().map_or(self.own.span, |schema| schema.span);
        let description = last.as_ref().and_then(|schema| schema.description.clone());
        let title = last.as_ref().and_then(|schema| schema.title.clone());
        let id = cx.make(Schema { all_of, title, description, ..Schema::any(span) });
        (!merged(cx, id).never).then_some(id)
    }

    /// Whether an alternative says everything that the base says.
    fn adds_nothing(&self, cx: &mut Cx<'_>, id: SchemaId) -> bool {
        let own = &self.own;
        if own.values.is_some()
            || own.items.is_some()
            || own.additional_properties != AdditionalProperties::Allowed
            || !own.pattern_properties.is_empty()
            || !own.prefix_items.is_empty()
        {
            return false;
        }
        let alternative = merged(cx, id);
        kinds(cx, &alternative, 8).is_within(own.types)
            && own
                .properties
                .iter()
                .all(|property| alternative.properties.iter().any(|known| known.key.value == property.key.value))
            && own.required.iter().all(|key| alternative.required.iter().any(|known| known.value == key.value))
    }
}

/// Stands in for a union of too many alternatives: what is declared beside it has its type, everything else is kept as it
/// is.
fn widened(cx: &mut Cx<'_>, base: Schema) -> Schema {
    let message = "the unions of this schema have too many combinations for a type";
    cx.sink.report(
        Diagnostic::new(Code::Widened, base.span, message)
            .label("the type holds any value that fits what stands beside the unions")
            .help("values are still checked against the whole schema"),
    );
    let anything = cx.make(Schema::any(base.span));
    let is_object = super::inferred(cx, &base) == TypeSet::OBJECT;
    if is_object && base.additional_properties == AdditionalProperties::Allowed {
        return Schema { additional_properties: AdditionalProperties::Schema(anything), ..base };
    }
    Schema { any_of: Vec::new(), one_of: Vec::new(), ..base }
}
