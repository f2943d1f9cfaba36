//! Small documents, and what is said of each difference.

use stubwright_codegen::diagnostic::Code;

use crate::support::compare;

/// Base, copy, and what is said.
type Rule = (&'static str, &'static str, &'static [(Code, &'static str)]);

#[test]
fn order_is_never_reported() {
    let rules: [Rule; 13] = [
        ("{tags: [a, b]}", "{tags: [b, a]}", &[]),
        ("{tags: [{name: a}, {name: b, x: 1}]}", "{tags: [{name: b, x: 1}, {name: a}]}", &[]),
        ("{servers: [{url: a}, {url: b, x: 1}]}", "{servers: [{url: b, x: 1}, {url: a}]}", &[]),
        ("{dependentRequired: {x-a: [b, c]}}", "{dependentRequired: {x-a: [c, b]}}", &[]),
        // Nor is how a number is written.
        ("{minimum: 1.0, maximum: 100}", "{minimum: 1, maximum: 1e2}", &[]),
        ("{allOf: [{a: 1}, {b: 1}]}", "{allOf: [{a: 1.0}, {b: 1e0}]}", &[]),
        ("{a: 1, b: {c: 2, d: 3}}", "{b: {d: 3, c: 2}, a: 1}", &[]),
        ("{required: [a, b, c]}", "{required: [c, a, b]}", &[]),
        ("{enum: [1, b, {c: 1, d: 2}]}", "{enum: [{d: 2, c: 1}, 1, b]}", &[]),
        ("{type: [string, 'null']}", "{type: ['null', string]}", &[]),
        ("{security: [{a: [x, y]}, {b: [], c: []}]}", "{security: [{c: [], b: []}, {a: [y, x]}]}", &[]),
        (
            "{parameters: [{in: path, name: a}, {in: query, name: a}, {$ref: '#/p'}]}",
            "{parameters: [{$ref: '#/p'}, {name: a, in: query}, {in: path, name: a}]}",
            &[],
        ),
        ("{responses: {'200': {}, '404': {}}}", "{responses: {404: {}, 200: {}}}", &[]),
    ];
    check(&rules);
}

#[test]
fn what_is_said_of_values_follows_them() {
    let rules: [Rule; 5] = [
        // A value that is there twice says nothing of where the others belong.
        (
            "{enum: [a, a], x-enum-varnames: [A, B]}",
            "{enum: [a, b], x-enum-varnames: [A, B]}",
            &[(DRIFT, "the enum value `a` is translated in the `de` copy: `a` is `b`")],
        ),
        (
            "{enum: [a, b], x-enum-descriptions: [say a, say b], x-enumNames: [A, B]}",
            "{enum: [b, a], x-enum-descriptions: [sag b, sag a], x-enumNames: [B, A]}",
            &[],
        ),
        (
            "{enum: [a, b], x-enum-varnames: [A, B]}",
            "{enum: [b, a], x-enum-varnames: [A, B]}",
            &[
                (Code::TranslatedExtension, "the list item `B` is not the base's in the `de` copy"),
                (Code::TranslatedExtension, "the list item `A` is not the base's in the `de` copy"),
            ],
        ),
        // Where values differ, positions are all there is.
        (
            "{enum: [a, b], x-enum-descriptions: [say `a`, say `b`]}",
            "{enum: [b, c], x-enum-descriptions: [sag `a`, sag `b`]}",
            &[(DRIFT, "the enum value `a` is translated in the `de` copy: `a` is `c`")],
        ),
        (
            "{properties: {enum: [a, b], x-enumNames: [A, B]}}",
            "{properties: {enum: [b, a], x-enumNames: [A, B]}}",
            &[
                (DRIFT, "the list item `a` is not the base's in the `de` copy"),
                (DRIFT, "the list item `b` is not the base's in the `de` copy"),
            ],
        ),
    ];
    check(&rules);
}

#[test]
fn a_name_is_one_difference_wherever_it_stands() {
    let rules: [Rule; 5] = [
        // Nor does order matter below it.
        (
            "{properties: {a: {enum: [x, y], x-enumNames: [X, Y], required: [b, c]}, b: true}}",
            "{properties: {b: true, d: {required: [c, b], enum: [y, x], x-enumNames: [Y, X]}}}",
            &[(DRIFT, "the property `a` is translated in the `de` copy: it is the property `d`")],
        ),
        (
            "{properties: {a: {type: string}, b: true, c: {type: integer}}}",
            "{properties: {b: true, c: {type: integer}, d: {type: string}}}",
            &[(DRIFT, "the property `a` is translated in the `de` copy: it is the property `d`")],
        ),
        (
            "{properties: {name: {type: string, title: N}, size: {type: integer}, z: true}}",
            "{properties: {z: true, weite: {type: integer}, benennung: {type: string, title: B}}}",
            &[
                (DRIFT, "the property `size` is translated in the `de` copy: it is the property `weite`"),
                (DRIFT, "the property `name` is translated in the `de` copy: it is the property `benennung`"),
            ],
        ),
        // Which of two it is, nobody can tell.
        (
            "{properties: {a: {type: string}, b: true}}",
            "{properties: {b: true, c: {type: string}, d: {type: string}}}",
            &[
                (DRIFT, "the property `a` is not in the `de` copy, with 1 value below it"),
                (DRIFT, "the property `c` is only in the `de` copy, with 1 value below it"),
                (DRIFT, "the property `d` is only in the `de` copy, with 1 value below it"),
            ],
        ),
        // A key of the specification is never another one.
        (
            "{minLength: 1, title: T}",
            "{title: T, maxLength: 1}",
            &[(DRIFT, "`minLength` is not in the `de` copy"), (DRIFT, "`maxLength` is only in the `de` copy")],
        ),
    ];
    check(&rules);
}

#[test]
fn positions_in_other_lists_count() {
    let rules: [Rule; 4] = [
        (
            "{allOf: [{type: string}, {type: integer}]}",
            "{allOf: [{type: integer}, {type: string}]}",
            &[
                (Code::TranslationDrift, "`type` is not the base's in the `de` copy"),
                (Code::TranslationDrift, "`type` is not the base's in the `de` copy"),
            ],
        ),
        ("{tags: [a, b]}", "{tags: [a, b, c]}", &[(Code::TranslationDrift, "the tag `c` is only in the `de` copy")]),
        ("{tags: [a, b]}", "{tags: [a]}", &[(Code::TranslationDrift, "the tag `b` is not in the `de` copy")]),
        // Data has no grammar: a list is a list.
        (
            "{default: {required: [a, b]}}",
            "{default: {required: [b, a]}}",
            &[
                (Code::TranslationDrift, "the list item `a` is not the base's in the `de` copy"),
                (Code::TranslationDrift, "the list item `b` is not the base's in the `de` copy"),
            ],
        ),
    ];
    check(&rules);
}

#[test]
fn contract_is_named_for_what_it_is() {
    let rules: [Rule; 18] = [
        (
            "{operationId: a}",
            "{operationId: b}",
            &[(DRIFT, "the operationId is translated in the `de` copy: `a` is `b`")],
        ),
        (
            "{tags: [{name: a}]}",
            "{tags: [{name: b}]}",
            &[(DRIFT, "the tag name is translated in the `de` copy: `a` is `b`")],
        ),
        ("{tags: [a]}", "{tags: [b]}", &[(DRIFT, "the tag `a` is translated in the `de` copy: `a` is `b`")]),
        (
            "{enum: [a, b]}",
            "{enum: [b, c]}",
            &[(DRIFT, "the enum value `a` is translated in the `de` copy: `a` is `c`")],
        ),
        ("{enum: [a, b]}", "{enum: [b]}", &[(DRIFT, "the enum value `a` is not in the `de` copy")]),
        (
            "{bearerFormat: a}",
            "{bearerFormat: b}",
            &[(DRIFT, "the bearerFormat is translated in the `de` copy: `a` is `b`")],
        ),
        (
            "{properties: {a: {type: string}}}",
            "{properties: {b: {type: string}}}",
            &[(DRIFT, "the property `a` is translated in the `de` copy: it is the property `b`")],
        ),
        (
            "{properties: {a: {type: string}, b: true}}",
            "{properties: {b: true}}",
            &[(DRIFT, "the property `a` is not in the `de` copy, with 1 value below it")],
        ),
        (
            "{properties: {description: {title: A}, enum: 1}}",
            "{properties: {description: {title: B}, enum: 2}}",
            &[(DRIFT, "the property `enum` is not the base's in the `de` copy")],
        ),
        (
            "{paths: {/a: {get: {responses: {}}}}}",
            "{paths: {}}",
            &[(DRIFT, "the path `/a` is not in the `de` copy, with 1 value below it")],
        ),
        ("{responses: {}}", "{responses: {200: {}}}", &[(DRIFT, "the status `200` is only in the `de` copy")]),
        (
            "{parameters: [{in: path, name: a}, {in: path, name: b}]}",
            "{parameters: [{in: path, name: b}]}",
            &[(DRIFT, "the parameter `a` is not in the `de` copy, with 2 values below it")],
        ),
        (
            "{parameters: [{in: path, name: a}]}",
            "{parameters: [{in: path, name: b}]}",
            &[(DRIFT, "the parameter name is translated in the `de` copy: `a` is `b`")],
        ),
        (
            "{parameters: [{$ref: '#/a'}]}",
            "{parameters: [{$ref: '#/b'}]}",
            &[(DRIFT, "`$ref` is not the base's in the `de` copy")],
        ),
        (
            "{security: [{a: []}]}",
            "{security: []}",
            &[(DRIFT, "the security alternative is not in the `de` copy, with 1 value below it")],
        ),
        (
            "{components: {schemas: {A: {type: string}}}}",
            "{components: {schemas: {}}}",
            &[(DRIFT, "the schema `A` is not in the `de` copy, with 1 value below it")],
        ),
        ("{type: string}", "{type: [string]}", &[(DRIFT, "`type` is not the base's in the `de` copy")]),
        ("{a: 1}", "[a]", &[(DRIFT, "the document is not the base's in the `de` copy")]),
    ];
    check(&rules);
}

#[test]
fn what_is_no_contract_is_a_warning() {
    let rules: [Rule; 9] = [
        (
            "{example: {a: x}}",
            "{example: {a: y}}",
            &[(Code::TranslatedExample, "an example is translated in the `de` copy: `x` is `y`")],
        ),
        (
            "{examples: {a: {summary: A, example: 1}}}",
            "{examples: {}}",
            &[(Code::TranslatedExample, "the example `a` is not in the `de` copy, with 2 values below it")],
        ),
        (
            "{x-mint: {href: /a}}",
            "{x-mint: {href: /de/a}}",
            &[(Code::TranslatedExtension, "`href` is not the base's in the `de` copy")],
        ),
        ("{x-a: 1}", "{}", &[(Code::TranslatedExtension, "the extension `x-a` is not in the `de` copy")]),
        ("{title: A}", "{}", &[(Code::MissingTranslation, "the text `title` is not in the `de` copy")]),
        ("{title: A}", "{title: ''}", &[(Code::MissingTranslation, "the text `title` is not in the `de` copy")]),
        (
            "{}",
            "{title: A}",
            &[(Code::MissingTranslation, "the text `title` is only in the `de` copy: the base has none")],
        ),
        ("{title: A}", "{title: B}", &[]),
        ("{title: A}", "{title: 5}", &[(DRIFT, "`title` is not the base's in the `de` copy")]),
    ];
    check(&rules);
}

#[test]
fn an_object_of_texts_is_contract() {
    let rules: [Rule; 6] = [
        (
            "{externalDocs: {description: A}}",
            "{}",
            &[(DRIFT, "`externalDocs` is not in the `de` copy, with 1 value below it")],
        ),
        ("{}", "{contact: {title: A}}", &[(DRIFT, "`contact` is only in the `de` copy, with 1 value below it")]),
        (
            "{put: {responses: {'200': {description: A}}}}",
            "{put: {}}",
            &[(DRIFT, "`responses` is not in the `de` copy, with 1 value below it")],
        ),
        (
            "{components: {schemas: {Any: {properties: {a: {description: One}, b: {title: Two}}}}}}",
            "{components: {schemas: {Any: {}}}}",
            &[(DRIFT, "`properties` of the schema `Any` is not in the `de` copy, with 2 values below it")],
        ),
        (
            "{allOf: [{description: W}, {title: V}]}",
            "{allOf: [{description: W}]}",
            &[(DRIFT, "the list item is not in the `de` copy, with 1 value below it")],
        ),
        ("{content: {a: {example: 1}}}", "{}", &[(DRIFT, "`content` is not in the `de` copy, with 1 value below it")]),
    ];
    check(&rules);
}

const DRIFT: Code = Code::TranslationDrift;

fn check(rules: &[Rule]) {
    for (base, copy, expected) in rules {
        let compared = compare(base, &[("de", copy)]);
        let said: Vec<_> =
            compared.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.message.as_str())).collect();
        assert_eq!(said, *expected, "\n{base}\n{copy}");
    }
}
