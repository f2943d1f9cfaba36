//! `json.rs`: how each type is written as JSON, one macro call per type.
//!
//! It imports all of `types`, so that the tables hold the plain names; what else the file needs gives way to them.

use crate::emit::Cx;
use crate::emit::imports::Imports;
use crate::emit::rust_type::{Home, mode};
use crate::emit::text::{json_string, list, literal, put};
use crate::ir::{Branch, CheckId, Choice, ChoiceRule, Field, Kind, Pick, Rest, TypeDefinition, TypeKind, UnionVariant};

/// The file, without its header; nothing where no type needs a table.
pub(super) fn emit(cx: &Cx<'_>) -> Option<String> {
    let mut imports = Imports::beside(cx.type_names());
    let mut tables = String::new();
    for definition in &cx.ir.types {
        table(cx, &mut tables, definition, &mut imports);
    }
    if tables.is_empty() {
        return None;
    }
    let admits = if cx.checks_types() { admits(&mut imports) } else { String::new() };
    imports.methods_of("super::types::*");
    Some(format!("{}\n{tables}{admits}", imports.items()))
}

/// Asks the schemas what a value is; who decodes is a server.
fn admits(imports: &mut Imports<'_>) -> String {
    let value = imports.take("stubwright::codegen::Value");
    let direction = imports.take("stubwright::codegen::Direction");
    let schemas = imports.take("super::texts::SCHEMAS");
    format!(
        "\nfn admits(schema: u32, value: &{value}) -> bool {{\n    \
         {schemas}.admits(schema, {direction}::Request, value)\n}}\n"
    )
}

fn table(cx: &Cx<'_>, out: &mut String, definition: &TypeDefinition, imports: &mut Imports<'_>) {
    let name = definition.name.as_str();
    match &definition.kind {
        TypeKind::Struct { fields, left_out, rest } => {
            object(cx, out, definition, (fields, left_out, rest), imports);
        }
        TypeKind::Union { variants, choice } => union(out, definition, variants, choice, imports),
        TypeKind::AnyOf(branches) => {
            put!(out, "{}! {{ ", imports.take("stubwright::codegen::any_of"));
            let branch = |branch: &Branch| format!("{}: ({})", branch.name, branch.check.0);
            let branches: Vec<String> = branches.iter().map(branch).collect();
            list(
                out,
                0,
                &format!("{name} {{"),
                &branches,
                &format!("}} admits admits{} }}\n", check(", ", definition.check)),
            );
        }
        TypeKind::Newtype(_) => {
            let check = check(" ", definition.check);
            put!(out, "{}! {{ {name}{check} }}\n", imports.take("stubwright::codegen::newtype"));
        }
        // The macros that define enums of constants do this, too.
        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Values(_) | TypeKind::Alias(_) => {}
    }
}

fn object(
    cx: &Cx<'_>,
    out: &mut String,
    definition: &TypeDefinition,
    (fields, left_out, rest): (&[Field], &[String], &Rest),
    imports: &mut Imports<'_>,
) {
    put!(out, "{}! {{ ", imports.take("stubwright::codegen::object"));
    let mut field = |field: &Field| {
        let mode = mode(cx, &field.presence, Home::Types, imports);
        format!("{}: {mode} {}{}", field.name, literal(&field.key), check(" ", field.check))
    };
    let fields: Vec<String> = fields.iter().map(&mut field).collect();
    let without = match left_out {
        [] => String::new(),
        keys => format!(" without {keys:?}"),
    };
    let whole = check(" ", definition.check);
    let trail = match rest {
        Rest::Ignored => format!("}} open{whole} }}\n"),
        Rest::Refused => format!("}} closed{without}{whole} }}\n"),
        Rest::Kept { name, .. } => format!("}} rest {name}{without}{whole} }}\n"),
    };
    list(out, 0, &format!("{} {{", definition.name), &fields, &trail);
}

/// By which schema something is checked besides.
fn check(lead: &str, check: Option<CheckId>) -> String {
    check.map_or_else(String::new, |check| format!("{lead}check {}", check.0))
}

fn union(
    out: &mut String,
    definition: &TypeDefinition,
    variants: &[UnionVariant],
    choice: &Choice,
    imports: &mut Imports<'_>,
) {
    put!(out, "{}! {{ ", imports.take("stubwright::codegen::union"));
    let names: Vec<String> = variants.iter().map(|variant| variant.name.to_string()).collect();
    list(out, 0, &format!("{} {{", definition.name), &names, "}");
    let mut rules: Vec<&ChoiceRule> = choice.rules.iter().collect();
    // For the runtime integers are numbers, too, and the first rule that finds something decides.
    rules.sort_by_key(|rule| rule.kinds.contains(&Kind::Number) && !rule.kinds.contains(&Kind::Integer));
    let rules: Vec<String> = rules.into_iter().map(|rule| self::rule(rule, imports)).collect();
    let lead = format!(" choose {}(&[", imports.take("stubwright::codegen::Choice"));
    list(out, 0, &lead, &rules, &format!("]){} }}\n", check(", ", definition.check)));
}

fn rule(rule: &ChoiceRule, imports: &mut Imports<'_>) -> String {
    let kinds = imports.take("stubwright::codegen::Kinds");
    let mut names = rule.kinds.iter().map(|kind| format!("{kinds}::{}", constant(*kind)));
    let first = names.next().unwrap_or_else(|| format!("{kinds}::ANY"));
    let kinds = names.fold(first, |all, kind| format!("{all}.and({kind})"));
    let lead = format!("{} {{ kinds: {kinds}, pick: ", imports.take("stubwright::codegen::Rule"));
    let pick_type = imports.take("stubwright::codegen::Pick");
    let mut out = format!("    {lead}{pick_type}::");
    pick(&mut out, &rule.pick);
    out.push_str(" }");
    out.split_off(4)
}

/// What stands behind `Pick::`, in a row that is four columns in.
fn pick(out: &mut String, pick: &Pick) {
    match pick {
        Pick::Variant(index) => put!(out, "Variant({index})"),
        Pick::Tag { property, values, otherwise, absent } => {
            let lead = format!("Tag {{ property: {}, values: &[", literal(property));
            let trail = format!("], otherwise: {otherwise:?}, absent: {absent:?} }}");
            list(out, 4, &lead, &pairs(values), &trail);
        }
        Pick::OptionalTag { property, values } => {
            let lead = format!("OptionalTag {{ property: {}, values: &[", literal(property));
            list(out, 4, &lead, &pairs(values), "] }");
        }
        Pick::Value { values, otherwise } => {
            // The runtime compares JSON texts.
            let texts = values.iter().map(|(value, index)| (json_string(value), *index));
            let trail = format!("], {otherwise:?})");
            list(out, 4, "Value(&[", &pairs(&texts.collect::<Vec<_>>()), &trail);
        }
        Pick::Exact(candidates) => {
            let pair = |(check, index): &(CheckId, usize)| format!("({}, {index})", check.0);
            let candidates: Vec<String> = candidates.iter().map(pair).collect();
            list(out, 4, "Exact { admits, candidates: &[", &candidates, "] }");
        }
    }
}

fn pairs(values: &[(String, usize)]) -> Vec<String> {
    values.iter().map(|(value, index)| format!("({}, {index})", literal(value))).collect()
}

fn constant(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "NULL",
        Kind::Boolean => "BOOLEAN",
        Kind::Integer => "INTEGER",
        Kind::Number => "NUMBER",
        Kind::String => "STRING",
        Kind::Array => "ARRAY",
        Kind::Object => "OBJECT",
    }
}
