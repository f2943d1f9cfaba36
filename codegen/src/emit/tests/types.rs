//! One type for each thing that a type can be.

use crate::ir::{
    Branch, CheckId, Choice, ChoiceRule, Docs, Field, Ident, Integer, Kind, Literal, Pick, Presence, Rest, Text, Type,
    TypeDefinition, TypeId, TypeKind, UnionVariant, Variant,
};

pub(super) fn ident(text: &str) -> Ident {
    Ident::new(text.to_owned())
}

pub(super) fn docs(text: &str) -> Docs {
    Docs { text: text.to_owned() }
}

pub(super) fn named(index: usize) -> Type {
    Type::Named(TypeId(index))
}

pub(super) fn definition(name: &str, kind: TypeKind) -> TypeDefinition {
    TypeDefinition { name: ident(name), docs: Docs::default(), kind, check: None }
}

pub(super) fn field(name: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: ident(name),
        key: name.trim_end_matches('_').to_owned(),
        docs: Docs::default(),
        ty,
        presence,
        check: None,
    }
}

fn default(value: Literal, nullable: bool) -> Presence {
    Presence::Default { value, nullable }
}

fn variant<T>(name: &str, value: T) -> Variant<T> {
    Variant { name: ident(name), value }
}

fn union_variant(name: &str, ty: Type) -> UnionVariant {
    UnionVariant { name: ident(name), docs: Docs::default(), ty }
}

/// In the order of the numbers that they are named by.
pub(super) fn all() -> Vec<TypeDefinition> {
    let object = |name: &str, fields, rest| definition(name, TypeKind::Struct { fields, left_out: Vec::new(), rest });
    let pet = TypeDefinition {
        docs: docs(
            "A pet.\n\nSee [the docs](https://example.com), `code` and <angle> brackets.\n\n```\nlet x = 1;\n```",
        ),
        check: Some(CheckId(3)),
        ..object("Pet", fields(), Rest::Kept { name: ident("additional"), ty: Type::Any })
    };
    vec![
        pet,
        definition(
            "Color",
            TypeKind::Strings(vec![variant("Red", "red".to_owned()), variant("DarkRed", "dark \"red\"".to_owned())]),
        ),
        definition("Level", TypeKind::Integers(vec![variant("One", 1), variant("MinusMany", -1_000_000)])),
        definition("Odd", TypeKind::Values(vec![variant("Null", "null".to_owned()), variant("A", "\"a\"".to_owned())])),
        union(),
        definition("Both", TypeKind::AnyOf(vec![branch("pet", named(0), 3), branch("closed", named(7), 4)])),
        definition("UserId", TypeKind::Alias(Type::Text(Text::String))),
        object("Closed", vec![field("kind", Type::Text(Text::String), Presence::Required)], Rest::Refused),
        object("Empty", Vec::new(), Rest::Ignored),
        definition("Tree", TypeKind::Newtype(Type::Map(Box::new(named(9))))),
        object("Deep", vec![field("deep", Type::Boxed(Box::new(named(10))), Presence::Optional)], Rest::Ignored),
    ]
}

fn branch(name: &str, ty: Type, check: u32) -> Branch {
    Branch { name: ident(name), docs: docs("A branch."), ty, check: CheckId(check) }
}

/// A field of every type, and one of every presence.
fn fields() -> Vec<Field> {
    let list = |ty| Type::List(Box::new(ty));
    let mut fields = vec![
        field("any", Type::Any, Presence::Required),
        field("null", Type::Null, Presence::Required),
        field("flag", Type::Boolean, Presence::Required),
        field("number", Type::Number, Presence::RequiredNullable),
        field("list", list(named(1)), Presence::Optional),
        field("pair", Type::Tuple(vec![Type::Boolean, Type::Number]), Presence::OptionalNullable),
        field("single", Type::Tuple(vec![Type::Boolean]), Presence::Optional),
        field("map", Type::Map(Box::new(Type::Any)), default(Literal::EmptyMap, false)),
        field("nullable", list(Type::Nullable(Box::new(Type::Boolean))), default(Literal::EmptyList, false)),
        field("union_", named(4), Presence::Optional),
        field("own", Type::Custom("std::string::String".to_owned()), Presence::Optional),
        field("null_default", Type::Boolean, default(Literal::Null, true)),
        field("text_default", Type::Text(Text::String), default(Literal::String("a \"b\"".to_owned()), true)),
        field("empty_default", Type::Text(Text::String), default(Literal::String(String::new()), false)),
        field("flag_default", Type::Boolean, default(Literal::Boolean(true), false)),
        field("integer_default", Type::Integer(Integer::I64), default(Literal::Integer(-1_234_567), false)),
        field("number_default", Type::Number, default(Literal::Number(2.5e-7), false)),
        field("color_default", named(1), default(Literal::Variant(TypeId(1), ident("Red")), false)),
        field("json_default", named(7), default(Literal::Json("{\"kind\":\"a\"}".to_owned()), false)),
    ];
    for (name, width) in [
        ("i8", Integer::I8),
        ("i16", Integer::I16),
        ("i32", Integer::I32),
        ("i64", Integer::I64),
        ("u8", Integer::U8),
        ("u16", Integer::U16),
        ("u32", Integer::U32),
        ("u64", Integer::U64),
    ] {
        fields.push(field(&format!("width_{name}"), Type::Integer(width), Presence::Optional));
    }
    for (name, text) in [
        ("string", Text::String),
        ("uuid", Text::Uuid),
        ("date_time", Text::DateTime),
        ("date", Text::Date),
        ("ipv4", Text::Ipv4),
        ("ipv6", Text::Ipv6),
        ("base64", Text::Base64),
        ("binary", Text::Binary),
    ] {
        fields.push(field(name, Type::Text(text), Presence::Optional));
    }
    fields
}

/// A union with a rule of every sort.
fn union() -> TypeDefinition {
    let strings = |pairs: &[(&str, usize)]| pairs.iter().map(|(text, index)| ((*text).to_owned(), *index)).collect();
    let rules = vec![
        ChoiceRule { kinds: vec![Kind::Number], pick: Pick::Variant(0) },
        ChoiceRule { kinds: vec![Kind::Integer, Kind::Boolean], pick: Pick::Variant(1) },
        ChoiceRule {
            kinds: vec![Kind::String],
            pick: Pick::Value { values: strings(&[("red", 2), ("dark \"red\"", 2)]), otherwise: Some(3) },
        },
        ChoiceRule { kinds: vec![Kind::Null, Kind::Array], pick: Pick::Exact(vec![(CheckId(1), 4), (CheckId(2), 5)]) },
        ChoiceRule {
            kinds: vec![Kind::Object],
            pick: Pick::Tag {
                property: "kind".to_owned(),
                values: strings(&[("pet", 6), ("closed", 7)]),
                otherwise: None,
                absent: Some(6),
            },
        },
    ];
    let variants = vec![
        union_variant("Number", Type::Number),
        union_variant("Any", Type::Any),
        union_variant("Color", named(1)),
        union_variant("Text", Type::Text(Text::String)),
        union_variant("Null", Type::Null),
        union_variant("List", Type::List(Box::new(Type::Any))),
        union_variant("Pet", Type::Boxed(Box::new(named(0)))),
        union_variant("Closed", named(7)),
    ];
    definition("Union", TypeKind::Union { variants, choice: Choice { rules } })
}
