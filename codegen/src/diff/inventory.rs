//! The items of the code that a document gives: an IR enters, what users of the code can name leaves.
//!
//! The one rule: what an item stands for is said by the document, and never by the item's name.

use rustc_hash::FxHashMap;

use crate::diff::Side;
use crate::diff::items::Item;
use crate::diff::origins::Origin;
use crate::explain::{field_type, rust_type};
use crate::ir::{Field, Rest, TypeDefinition, TypeKind};
use crate::model::{Schema, SchemaId};
use crate::source::Span;

/// The types of a document; `names` are those that signatures use, by the number of the type.
pub(super) fn types(side: Side<'_>, origins: &FxHashMap<usize, Origin>, names: &[TypeDefinition]) -> Vec<Item> {
    let schemas: FxHashMap<Span, SchemaId> =
        side.contract.model.schemas.iter().map(|(id, schema)| (schema.span, id)).collect();
    let definitions = side.ir.types.iter().enumerate();
    definitions
        .map(|(index, definition)| {
            let origin = origins.get(&index);
            let schema = origin.and_then(|origin| schemas.get(&origin.span)).copied();
            let owner = Owner { side, schema, place: origin.map(|origin| origin.span), names };
            let path = format!("types::{}", definition.name);
            let key = origin.map_or_else(|| path.clone(), |origin| origin.key.clone());
            let (signature, items) = definition_of(&owner, definition, &path);
            Item { what: "type", key, path, signature, place: owner.place, items }
        })
        .collect()
}

/// What a type comes from.
struct Owner<'run> {
    side: Side<'run>,
    schema: Option<SchemaId>,
    place: Option<Span>,
    names: &'run [TypeDefinition],
}

fn definition_of(owner: &Owner<'_>, definition: &TypeDefinition, path: &str) -> (String, Vec<Item>) {
    match &definition.kind {
        TypeKind::Struct { fields, left_out: _, rest } => {
            let kept = match rest {
                Rest::Ignored | Rest::Refused => None,
                Rest::Kept { name, ty } => {
                    let signature = format!("BTreeMap<String, {}>", rust_type(owner.names, ty));
                    Some(item("field", "\0rest", path, name.as_str(), signature, owner.place))
                }
            };
            let fields = fields.iter().map(|field| self::field(owner, field, path));
            ("struct".to_owned(), fields.chain(kept).collect())
        }
        TypeKind::Strings(variants) | TypeKind::Values(variants) => {
            let variants = variants.iter();
            let variants = variants.map(|known| variant(owner, path, known.name.as_str(), &known.value)).collect();
            ("enum".to_owned(), variants)
        }
        TypeKind::Integers(variants) => {
            let variants = variants.iter();
            let variants = variants.map(|known| variant(owner, path, known.name.as_str(), &known.value.to_string()));
            ("enum".to_owned(), variants.collect())
        }
        TypeKind::Union { variants, choice: _ } => {
            let variants = variants.iter().map(|variant| {
                let signature = rust_type(owner.names, &variant.ty);
                item("variant", &signature, path, variant.name.as_str(), signature.clone(), owner.place)
            });
            ("enum".to_owned(), variants.collect())
        }
        TypeKind::AnyOf(branches) => {
            let branches = branches.iter().map(|branch| {
                let signature = format!("Option<{}>", rust_type(owner.names, &branch.ty));
                item("field", &signature, path, branch.name.as_str(), signature.clone(), owner.place)
            });
            ("struct".to_owned(), branches.collect())
        }
        TypeKind::Alias(ty) => (format!("type = {}", rust_type(owner.names, ty)), Vec::new()),
        TypeKind::Newtype(ty) => (format!("struct({})", rust_type(owner.names, ty)), Vec::new()),
    }
}

fn field(owner: &Owner<'_>, field: &Field, path: &str) -> Item {
    let place = owner.schema.and_then(|schema| declared(owner, schema, &field.key, 16)).or(owner.place);
    let signature = field_type(owner.names, &field.ty, &field.presence);
    item("field", &field.key, path, field.name.as_str(), signature, place)
}

fn variant(owner: &Owner<'_>, path: &str, name: &str, value: &str) -> Item {
    let schemas = &owner.side.contract.model.schemas;
    let is_it = |node: &&crate::document::Node| {
        node.as_str().map_or_else(|| crate::document::to_json_text(node) == value, |text| text == value)
    };
    let schema: Option<&Schema> = owner.schema.map(|schema| schemas.get(schema));
    let place = schema.and_then(|schema| schema.values.iter().flatten().find(is_it)).map(|node| node.span);
    item("variant", value, path, name, String::new(), place.or(owner.place))
}

/// Where a property is declared: in the schema, or in what it refers to and is made of.
fn declared(owner: &Owner<'_>, id: SchemaId, key: &str, depth: usize) -> Option<Span> {
    let schema = owner.side.contract.model.schemas.get(id);
    let own = schema.properties.iter().find(|property| property.key.value == key).map(|property| property.key.span);
    let below = depth.checked_sub(1)?;
    own.or_else(|| schema.reference.and_then(|id| declared(owner, id, key, below)))
        .or_else(|| schema.all_of.iter().find_map(|&id| declared(owner, id, key, below)))
}

pub(super) fn item(
    what: &'static str,
    key: &str,
    owner: &str,
    name: &str,
    signature: String,
    place: Option<Span>,
) -> Item {
    Item { what, key: key.to_owned(), path: format!("{owner}::{name}"), signature, place, items: Vec::new() }
}
