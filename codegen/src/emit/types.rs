//! `types.rs`: the types of the document.

use crate::emit::Cx;
use crate::emit::docs::{code, doc};
use crate::emit::imports::Imports;
use crate::emit::rust_type::{Home, field_type, rust_type};
use crate::emit::text::{integer, list, literal, put};
use crate::ir::{Branch, Docs, Field, Presence, Rest, Type, TypeDefinition, TypeKind, UnionVariant, Variant};

/// The file, without its header; nothing where the document has no types.
pub(super) fn emit(cx: &Cx<'_>) -> Option<String> {
    if cx.ir.types.is_empty() {
        return None;
    }
    let mut imports = Imports::beside(cx.type_names());
    let mut items = String::new();
    for definition in &cx.ir.types {
        items.push('\n');
        self::definition(cx, &mut items, definition, &mut imports);
    }
    Some(imports.items() + &items)
}

fn definition(cx: &Cx<'_>, out: &mut String, definition: &TypeDefinition, imports: &mut Imports<'_>) {
    let TypeDefinition { name, docs, kind, check: _ } = definition;
    match kind {
        TypeKind::Struct { fields, rest, left_out: _ } => {
            doc(out, 0, docs, "An object of the document.");
            put!(out, "#[derive(Clone, Debug)]\npub struct {name} {{");
            object(cx, out, fields, rest, imports);
        }
        TypeKind::Strings(variants) => {
            let table = imports.take("stubwright::codegen::strings");
            constants(out, table, (definition, "One of some strings."), variants, |value| literal(value));
        }
        TypeKind::Integers(variants) => {
            let table = imports.take("stubwright::codegen::integers");
            constants(out, table, (definition, "One of some integers."), variants, |value| integer(*value));
        }
        TypeKind::Values(variants) => {
            let table = imports.take("stubwright::codegen::values");
            constants(out, table, (definition, "One of some values."), variants, |value| literal(value));
        }
        TypeKind::Union { variants, choice: _ } => {
            doc(out, 0, docs, "One of several types.");
            put!(out, "#[derive(Clone, Debug)]\npub enum {name} {{\n");
            for variant in variants {
                union_variant(cx, out, variant, imports);
            }
            out.push_str("}\n");
        }
        TypeKind::AnyOf(branches) => {
            doc(out, 0, docs, "What a value is of several types: one at least.");
            put!(out, "#[derive(Clone, Debug)]\npub struct {name} {{\n");
            for branch in branches {
                self::branch(cx, out, branch, imports);
            }
            out.push_str("}\n");
        }
        TypeKind::Alias(ty) => {
            let ty = rust_type(cx, ty, Home::Types, imports);
            doc(out, 0, docs, &format!("Another name of `{ty}`."));
            put!(out, "pub type {name} = {ty};\n");
        }
        TypeKind::Newtype(ty) => {
            let ty = rust_type(cx, ty, Home::Types, imports);
            doc(out, 0, docs, "A recursive type.");
            put!(out, "#[derive(Clone, Debug)]\npub struct {name}(pub {ty});\n");
        }
    }
}

/// The members of a struct, and the brace behind them.
fn object(cx: &Cx<'_>, out: &mut String, fields: &[Field], rest: &Rest, imports: &mut Imports<'_>) {
    if fields.is_empty() && matches!(rest, Rest::Ignored | Rest::Refused) {
        out.push_str("}\n");
        return;
    }
    out.push('\n');
    for Field { name, key, docs, ty, presence, check: _ } in fields {
        doc(out, 4, docs, &format!("The property {}.", code(key)));
        put!(out, "    pub {name}: {},\n", field_type(cx, ty, presence, Home::Types, imports));
    }
    match rest {
        Rest::Ignored | Rest::Refused => {}
        Rest::Kept { name, ty } => {
            let map = Type::Map(Box::new(ty.clone()));
            doc(out, 4, &Docs::default(), "The properties that the document does not declare.");
            put!(out, "    pub {name}: {},\n", rust_type(cx, &map, Home::Types, imports));
        }
    }
    out.push_str("}\n");
}

/// An enum whose variants each stand for one value, which the runtime's macro makes of the table.
fn constants<T>(
    out: &mut String,
    table: &str,
    (definition, otherwise): (&TypeDefinition, &str),
    variants: &[Variant<T>],
    write: impl Fn(&T) -> String,
) {
    put!(out, "{table}! {{\n");
    doc(out, 4, &definition.docs, otherwise);
    let variants: Vec<String> =
        variants.iter().map(|Variant { name, value }| format!("{name} = {}", write(value))).collect();
    out.push_str("    ");
    list(out, 4, &format!("pub enum {} {{", definition.name), &variants, "}\n}\n");
}

fn union_variant(cx: &Cx<'_>, out: &mut String, variant: &UnionVariant, imports: &mut Imports<'_>) {
    let UnionVariant { name, docs, ty } = variant;
    let ty = rust_type(cx, ty, Home::Types, imports);
    doc(out, 4, docs, &code(&ty));
    put!(out, "    {name}({ty}),\n");
}

fn branch(cx: &Cx<'_>, out: &mut String, branch: &Branch, imports: &mut Imports<'_>) {
    let Branch { name, docs, ty, check: _ } = branch;
    let ty = field_type(cx, ty, &Presence::Optional, Home::Types, imports);
    doc(out, 4, docs, "The value, if it is of this type.");
    put!(out, "    pub {name}: {ty},\n");
}
