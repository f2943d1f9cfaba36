//! What the macros of generated code make of unions: which variant or branches a value is of.
#![allow(clippy::unwrap_used, reason = "a test stops where a step fails")]

use serde_json::Value;
use stubwright::{
    codegen,
    json::{Choice, Json, Kinds, Pick, Rule, from_json, to_json},
};

#[derive(Clone, Debug, PartialEq)]
enum Animal {
    Cat(Cat),
    Dog(Dog),
    Pack(Vec<Animal>),
    Name(String),
    Count(i64),
    Weight(f64),
}

#[derive(Clone, Debug, PartialEq)]
struct Cat {
    lives: i64,
    friend: Option<Box<Animal>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Dog {
    kind: Option<String>,
}

codegen::object! { Cat { lives: required "lives", friend: optional "friend" } open }
codegen::object! { Dog { kind: optional "kind" } open }
codegen::union! {
    Animal { Cat, Dog, Pack, Name, Count, Weight } choose Choice(&[
        Rule {
            kinds: Kinds::OBJECT,
            pick: Pick::Tag {
                property: "kind",
                values: &[("cat", 0), ("dog", 1)],
                otherwise: None,
                absent: Some(0),
            },
        },
        Rule { kinds: Kinds::ARRAY, pick: Pick::Variant(2) },
        Rule { kinds: Kinds::STRING, pick: Pick::Variant(3) },
        Rule { kinds: Kinds::INTEGER, pick: Pick::Variant(4) },
        Rule { kinds: Kinds::NUMBER, pick: Pick::Variant(5) },
    ])
}

#[test]
fn a_union_is_chosen_by_kind_and_tag() {
    let text = r#"[{"friend":{"kind":"dog"},"lives":9},{"lives":7,"kind":"cat"},"x",1,-2.0,1.5,1e300]"#;
    let expected = r#"[{"lives":9,"friend":{"kind":"dog"}},{"lives":7},"x",1,-2,1.5,"#;
    assert_eq!(round::<Animal>(&text.replace(",1e300", ",[]")), format!("{expected}[]]"));
    // An integer beyond 64 bits is still one, which the variant for integers does not hold.
    assert!(refused::<Animal>("1e300") && !refused::<Animal>("15e-1"));
    for bad in [r#"{"kind":"bird"}"#, r#"{"kind":1}"#, "{}", "true", "null", r#"{"kind":}"#, r#"{"kind":"dog""#] {
        assert!(refused::<Animal>(bad), "{bad}");
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Mixed {
    Zero(Value),
    First(Value),
    Second(Value),
    Third(Value),
}

fn is_long(schema: u32, value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.len() > usize::try_from(schema).unwrap())
}

codegen::union! {
    Mixed { Zero, First, Second, Third } choose Choice(&[
        Rule {
            kinds: Kinds::OBJECT,
            pick: Pick::Tag { property: "v", values: &[("1", 1), ("2", 2)], otherwise: Some(3), absent: None },
        },
        Rule { kinds: Kinds::STRING.and(Kinds::NULL), pick: Pick::Value(&[("\"x\"", 1), ("null", 2)], None) },
        Rule { kinds: Kinds::BOOLEAN, pick: Pick::Value(&[("true", 1)], Some(2)) },
        Rule { kinds: Kinds::ARRAY, pick: Pick::Exact { admits: is_long, candidates: &[(2, 1), (1, 2)] } },
        Rule { kinds: Kinds::ANY, pick: Pick::Variant(0) },
    ])
}

#[test]
fn a_union_is_chosen_by_tag_value_and_schema() {
    let variant = |text: &str| match from_json(text.as_bytes()).ok()? {
        Mixed::Zero(value) => Some((0, value.to_string())),
        Mixed::First(value) => Some((1, value.to_string())),
        Mixed::Second(value) => Some((2, value.to_string())),
        Mixed::Third(value) => Some((3, value.to_string())),
    };
    for (text, expected) in [
        (r#"{"x":{"v":"2"},"v":"1"}"#, 1),
        (r#"{"v":""}"#, 3),
        (r#""x""#, 1),
        ("null", 2),
        ("true", 1),
        ("false", 2),
        ("[1,2,3]", 1),
        ("[1,2]", 2),
        ("[1]", 0),
        ("1", 0),
    ] {
        assert_eq!(variant(text), Some((expected, text.to_owned())), "{text}");
    }
    assert!(matches!(from_json(br#"{"\u0076":"\u0032"}"#), Ok(Mixed::Second(_))));
    for text in [r#"{"w":1}"#, r#"{"v":1}"#, r#""y""#, r#"{"v":"1""#] {
        assert_eq!(variant(text), None, "{text}");
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Both {
    cat: Option<Cat>,
    dog: Option<Dog>,
    other: Option<Value>,
}

/// 3: an object with `lives`; 4: an object with `kind`; 5: no object.
fn admits(schema: u32, value: &Value) -> bool {
    match schema {
        3 => value.get("lives").is_some(),
        4 => value.get("kind").is_some(),
        _ => !value.is_object(),
    }
}

codegen::any_of! { Both { cat: (3), dog: (4), other: (5) } admits admits }

#[test]
fn any_of_keeps_every_branch_that_admits_the_value() {
    let both = from_json::<Both>(br#"{"kind":"dog","lives":9}"#).unwrap();
    assert_eq!(both.dog, Some(Dog { kind: Some("dog".to_owned()) }));
    assert_eq!(to_json(&both), br#"{"lives":9,"kind":"dog"}"#);
    assert_eq!(round::<Vec<Both>>(r#"[{"kind":"dog"},[{}]]"#), r#"[{"kind":"dog"},[{}]]"#);
    assert!(refused::<Both>("{}") && refused::<Both>(r#"{"lives":"9"}"#) && refused::<Both>(r#"{"lives":9"#));
    let cat = Cat { lives: 1, friend: None };
    let first = Both { cat: Some(cat.clone()), dog: Some(Dog { kind: None }), other: Some(Value::Null) };
    assert_eq!(to_json(&first), br#"{"lives":1}"#);
    assert_eq!(to_json(&Both { cat: None, dog: None, other: None }), b"null");
}

fn admits_any(schema: u32, value: &Value) -> bool {
    value.is_number() == (schema == 0)
}

codegen::any_of! { Deep { left: (1), right: (2), end: (0) } admits admits_any }

#[derive(Clone, Debug)]
struct Deep {
    left: Option<Vec<Deep>>,
    right: Option<Vec<Deep>>,
    end: Option<i64>,
}

#[test]
fn branches_that_all_match_do_not_double_the_work_at_every_level() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(round::<Deep>(&nested(5)), nested(5));
    assert!(refused::<Deep>(&nested(60)));
}

/// What a text is decoded as and written as again.
fn round<T: Json>(text: &str) -> String {
    match from_json::<T>(text.as_bytes()) {
        Ok(value) => String::from_utf8(to_json(&value)).unwrap(),
        Err(error) => error.to_string(),
    }
}

fn refused<T: Json>(text: &str) -> bool {
    from_json::<T>(text.as_bytes()).is_err()
}
