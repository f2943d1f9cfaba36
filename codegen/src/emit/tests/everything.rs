//! Whole modules.

use crate::emit::tests::operations::{self, operation};
use crate::emit::tests::types::{self, definition, docs, field, ident, named};
use crate::ir::{
    Docs, ErrorShape, Fill, Group, Integer, Ir, Literal, Operation, Presence, Rest, SchemaTable, Text, Type, TypeKind,
    XmlTable,
};

/// A module without types and operations.
pub(super) fn nothing() -> Ir {
    Ir {
        docs: Docs::default(),
        types: Vec::new(),
        schemas: SchemaTable::default(),
        operations: Vec::new(),
        outgoing: Vec::new(),
        groups: Vec::new(),
        schemes: Vec::new(),
        error_shape: ErrorShape::problem(),
        errors: None,
        unimplemented: false,
        realm: None,
        xml: XmlTable::default(),
        features: Vec::new(),
        explanations: Vec::new(),
        samples: None,
    }
}

/// A module that has everything that there is.
pub(super) fn ir() -> Ir {
    let types = types::all();
    let schema = |text: &str| text.to_owned();
    let schemas = vec![
        schema("true"),
        schema("{\"type\":[\"object\",\"string\"]}"),
        schema("{\"type\":[\"array\"]}"),
        schema("{\"required\":[\"any\"]}"),
        schema("{\"required\":[\"kind\"]}"),
    ];
    Ir {
        docs: docs("Everything at once."),
        types,
        schemas: SchemaTable { schemas, dynamic: vec![schema("{}")] },
        operations: operations::all(),
        outgoing: Vec::new(),
        groups: vec![group("Pets", "pets", vec![0, 1]), group("Routes", "routes", vec![2, 3])],
        schemes: operations::schemes(),
        error_shape: ErrorShape::json(Fill::FastApi),
        errors: None,
        unimplemented: false,
        realm: Some("the \"pets\"".to_owned()),
        xml: XmlTable::default(),
        features: Vec::new(),
        explanations: Vec::new(),
        samples: None,
    }
}

fn group(name: &str, variable: &str, operations: Vec<usize>) -> Group {
    Group { name: ident(name), variable: ident(variable), docs: Docs::default(), operations }
}

/// A module whose types, traits and operations have the names that the prelude and the runtime have.
pub(super) fn names_of_the_prelude() -> Ir {
    let object =
        |name: &str, fields| definition(name, TypeKind::Struct { fields, left_out: Vec::new(), rest: Rest::Ignored });
    let text = Presence::Default { value: Literal::String(String::new()), nullable: false };
    let mut types = vec![object(
        "Option",
        vec![
            field("next", Type::Boxed(Box::new(named(0))), Presence::Optional),
            field("any", Type::Any, Presence::Required),
            field("text", Type::Text(Text::String), text),
            field("map", Type::Map(Box::new(named(1))), Presence::OptionalNullable),
            field("list", Type::List(Box::new(named(2))), Presence::Required),
        ],
    )];
    let names = [
        "Result",
        "String",
        "Vec",
        "Box",
        "Value",
        "Maybe",
        "BTreeMap",
        "Send",
        "Sync",
        "Debug",
        "Clone",
        "Copy",
        "Eq",
        "Hash",
        "PartialEq",
        "Choice",
        "Kinds",
        "Json",
        "Schemas",
        "Self_",
        "Some_",
        "None_",
        "Ok_",
        "Err_",
    ];
    types.extend(names.map(|name| object(name, Vec::new())));
    let into = Operation { response: ident("IntoResponse"), ..operation("fresh", "GET", "/") };
    Ir {
        types,
        operations: vec![into, operation("context", "POST", "/"), operation("routes", "PUT", "/")],
        outgoing: Vec::new(),
        groups: vec![group("Send", "send", vec![0]), group("Context", "context", vec![1, 2])],
        ..nothing()
    }
}

/// A module as large as the largest documents.
pub(super) fn large(structs: usize, fields: usize, operations: usize) -> Ir {
    let types = (0..structs)
        .map(|index| {
            let field = |number: usize| match number % 4 {
                0 => field(&format!("field_{number}"), Type::Text(Text::String), Presence::Required),
                1 => field(&format!("field_{number}"), Type::Integer(Integer::I64), Presence::Optional),
                2 => field(
                    &format!("field_{number}"),
                    Type::List(Box::new(named((index + 1) % structs))),
                    Presence::OptionalNullable,
                ),
                _ => field(&format!("field_{number}"), Type::List(Box::new(named(0))), Presence::Optional),
            };
            let fields = (0..fields).map(field).collect();
            definition(
                &format!("Struct{index}"),
                TypeKind::Struct { fields, left_out: Vec::new(), rest: Rest::Ignored },
            )
        })
        .collect();
    let all = operations::all();
    let operations: Vec<Operation> = (0..operations)
        .map(|index| {
            let name = format!("operation_{index}");
            let plain = operation(&name, "POST", &format!("/path/{index}"));
            let Operation { docs, tags, parameters, gate, .. } = all[0].clone();
            Operation { docs, tags, parameters, gate, body: all[1].body.clone(), ..plain }
        })
        .collect();
    let group = group("Operations", "operations_", (0..operations.len()).collect());
    Ir { types, operations, groups: vec![group], schemes: operations::schemes(), ..nothing() }
}
