//! The comparison of two documents: what is told of a difference besides its message.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its documents has failed")]

use std::time::{Duration, Instant};

use stubwright_codegen::{
    compare::{self, Change},
    diagnostic::Sink,
    document::{self, Document, Value},
    role::{Role, Roles},
    source::Sources,
};

/// Base, copy, and each difference as a line: change, role, thing, both pointers, the line of both places, values below.
const RULES: [(&str, &str, &[&str]); 8] = [
    ("a: {b: 1}\n", "a: {b: 2}\n", &["Changed Contract `b` | /a/b 1 `1` | /a/b 1 `2` | 0"]),
    // The index of each side is its own.
    (
        "parameters:\n- {in: query, name: a}\n- {in: query, name: b, required: true}\n",
        "parameters:\n- {in: query, name: b, required: false}\n",
        &[
            "Changed Contract `required` | /parameters/1/required 3 `true` | /parameters/0/required 2 `false` | 0",
            "Missing Contract the parameter `a` | /parameters/0 2 `in` | /parameters 1 `parameters` - | 2",
        ],
    ),
    ("enum: [a, b]\n", "enum: [b]\n", &["Missing Contract the enum value `a` | /enum/0 1 `a` | /enum 1 `enum` - | 0"]),
    (
        "properties:\n  a: {title: A}\n",
        "properties:\n  a: {title: A}\n  b: {title: B, x: [1, []]}\n",
        &["Extra Contract the property `b` | /properties 1 `properties` - | /properties/b 3 `b` | 3"],
    ),
    (
        "properties:\n  a: {type: string}\n",
        "properties:\n  b: {type: string}\n",
        &["Renamed(the property `b`) Contract the property `a` | /properties/a 2 `a` | /properties/b 2 `b` | 0"],
    ),
    ("title: A\n", "title: B\n", &["Changed Text `title` | /title 1 `A` | /title 1 `B` | 0"]),
    ("title: A\n", "title:\n", &["Changed Text `title` | /title 1 `A` | /title 1 `` | 0"]),
    ("title: A\nb: 1\n", "b: 1\n", &["Missing Text `title` | /title 1 `title` |  1 `b` - | 0"]),
];

#[test]
fn a_difference_says_what_it_is_and_where() {
    for (base, copy, expected) in RULES {
        let mut sources = Sources::default();
        let (base, base_roles) = load(&mut sources, base);
        let (copy, copy_roles) = load(&mut sources, copy);
        let differences = compare::compare(&base, &base_roles, &copy, &copy_roles);
        let side = |side: &compare::Side<'_>| {
            let line = sources.position(side.place).line;
            let missing = if side.node.is_none() { " -" } else { "" };
            format!("{} {line} `{}`{missing}", side.pointer, sources.text(side.place).trim_end())
        };
        let lines: Vec<String> = differences
            .iter()
            .map(|difference| {
                let change = match difference.change {
                    Change::Renamed(new) => format!("Renamed({new})"),
                    change @ (Change::Changed | Change::Missing | Change::Extra) => format!("{change:?}"),
                };
                let (base, copy) = (side(&difference.base), side(&difference.copy));
                let (role, thing, below) = (difference.role, difference.thing, difference.below);
                format!("{change} {role:?} {thing} | {base} | {copy} | {below}")
            })
            .collect();
        assert_eq!(lines, expected);
    }
}

/// Lists in lists of unequal length, and lists whose order is turned around: time must not grow without end.
#[test]
fn hostile_documents_take_little_time() {
    let nested = |item: &str| format!("{}{item}{}", "[".repeat(150), ", 1]".repeat(150));
    let numbers = |numbers: &mut dyn Iterator<Item = u32>| {
        let numbers: Vec<String> = numbers.map(|number| format!("a{number}")).collect();
        numbers.join(", ")
    };
    let (up, down) = (numbers(&mut (0..20_000)), numbers(&mut (0..20_000).rev()));
    let keys = |letter: char| {
        let keys: Vec<String> = (0..20_000).map(|key| format!("  {letter}{key}: {letter}\n")).collect();
        keys.concat()
    };
    for (base, copy, differences) in [
        (nested("1"), nested("1").replacen("[1", "[1, 1", 1), 1),
        (nested("1"), nested("2").replace(", 1]", ", 1, 1]"), 150),
        (format!("enum: [{up}]\n"), format!("enum: [{down}]\n"), 0),
        (format!("properties:\n{}", keys('a')), format!("properties:\n{}", keys('b')), 40_000),
    ] {
        let mut sources = Sources::default();
        let (base, base_roles) = load(&mut sources, &base);
        let (copy, copy_roles) = load(&mut sources, &copy);
        let begin = Instant::now();
        assert_eq!(compare::compare(&base, &base_roles, &copy, &copy_roles).len(), differences);
        assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    }
}

fn load(sources: &mut Sources, text: &str) -> (Document, Roles) {
    let source = sources.add("x.yaml", text);
    let document = document::load(sources, source, &mut Sink::default()).unwrap();
    let mut roles = Roles::default();
    if let Value::Mapping(entries) = &document.root.value {
        entries
            .iter()
            .filter(|entry| entry.key.text == "title")
            .for_each(|entry| roles.mark(entry.value.id, Role::Text));
    }
    (document, roles)
}
