//! What the macros of generated code make of types: every mode of a member, every kind of table, serde.
#![allow(clippy::unwrap_used, reason = "a test stops where a step fails")]

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, Ipv6Addr},
};

use stubwright::{
    Maybe,
    codegen::{self, Expected, Parameter},
    json::{self, Base64, Json, Null, from_json, to_json},
};

#[derive(Clone, Debug, PartialEq)]
struct Pet {
    id: i64,
    owner: Option<String>,
    nick_name: Option<String>,
    tag: Maybe<String>,
    size: u8,
    kind: PetKind,
}

codegen::object! {
    Pet {
        id: required "id",
        owner: required "owner",
        nick_name: optional "nickName",
        tag: maybe "tag",
        size: default(5) "size",
        kind: default(PetKind::Cat) "a \"kind\"\n",
    } open
}

codegen::strings! { enum PetKind { Cat = "cat", DarkDog = "dark dog" } }

#[derive(Clone, Debug, PartialEq)]
struct Closed {
    only: Option<bool>,
}

codegen::object! { Closed { only: optional "only" } closed }

#[derive(Clone, Debug, PartialEq)]
struct Empty {}

codegen::object! { Empty {} open }

#[derive(Clone, Debug, PartialEq)]
struct Gathered {
    id: i64,
    additional: BTreeMap<String, i64>,
}

codegen::object! { Gathered { id: required "id" } rest additional }

#[derive(Clone, Debug, PartialEq)]
struct Passing {
    name: Option<String>,
    additional: BTreeMap<String, i64>,
}

codegen::object! { Passing { name: optional "name" } rest additional without ["id", "etag"] }

#[derive(Clone, Debug, PartialEq)]
struct Shut {
    name: Option<String>,
}

codegen::object! { Shut { name: optional "name" } closed without ["id"] }

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

#[test]
fn every_mode_of_a_member_is_decoded_and_encoded() {
    let text = r#"{"id":1,"owner":null,"size":5,"a \"kind\"\n":"cat"}"#;
    assert_eq!(round::<Pet>(r#"{"owner":null,"id":1.0}"#), text);
    let pet = from_json::<Pet>(text.as_bytes()).unwrap();
    assert_eq!(pet, Pet { id: 1, owner: None, nick_name: None, tag: Maybe::Absent, size: 5, kind: PetKind::Cat });
    let full = r#"{"id":1,"owner":"o","nickName":"n","tag":null,"size":0,"a \"kind\"\n":"dark dog"}"#;
    assert_eq!(round::<Pet>(full), full);
    let shuffled = r#" { "tag" : "t" , "other" : [ {} ] , "owner":"o","id":2, "nickName":"n" } "#;
    let expected = r#"{"id":2,"owner":"o","nickName":"n","tag":"t","size":5,"a \"kind\"\n":"cat"}"#;
    assert_eq!(round::<Pet>(shuffled), expected);
    for bad in [
        r#"{"id":1}"#,
        r#"{"owner":null}"#,
        r#"{"id":1,"owner":null,"nickName":null}"#,
        r#"{"id":1,"owner":null,"size":null}"#,
        r#"{"id":1,"owner":null,"size":256}"#,
        r#"{"id":1,"owner":null,"tag":1}"#,
        r#"{"id":1,"owner":null,}"#,
        r#"{"id":1,"owner":null"#,
        r#"{"id":1 "owner":null}"#,
        r#"{"id":1,"owner":null}}"#,
        "[1,null]",
        "null",
        "",
    ] {
        assert!(refused::<Pet>(bad), "{bad}");
    }
}

#[test]
fn equal_keys_are_refused() {
    assert!(refused::<Gathered>(r#"{"id":1,"id":2}"#));
    assert!(refused::<Gathered>(r#"{"id":1,"x":1,"x":3}"#));
    assert!(refused::<Closed>(r#"{"only":true,"on\u006cy":false}"#));
    assert!(refused::<Closed>(r#"{"only":true,"only":true}"#));
}

#[test]
fn other_members_are_skipped_refused_or_gathered() {
    assert_eq!(round::<Empty>(r#"{"x":{"y":[1,"]"]}}"#), "{}");
    assert_eq!(round::<Closed>("{}"), "{}");
    assert!(refused::<Closed>(r#"{"other":1}"#));
    assert_eq!(round::<Gathered>(r#"{"b":2,"id":1,"a":1}"#), r#"{"id":1,"a":1,"b":2}"#);
    assert!(refused::<Gathered>(r#"{"id":1,"a":"1"}"#));
    let twice = Gathered { id: 1, additional: BTreeMap::from([("id".to_owned(), 2)]) };
    assert_eq!(to_json(&twice), br#"{"id":1}"#);
}

#[test]
fn members_that_are_left_out_are_passed_over() {
    assert_eq!(round::<Passing>(r#"{"id":"x","a":1,"\u0065tag":{"b":[]},"name":"n"}"#), r#"{"name":"n","a":1}"#);
    assert!(refused::<Passing>(r#"{"id":1,"a":"x"}"#) && refused::<Passing>(r#"{"id":}"#));
    assert_eq!(round::<Shut>(r#"{"id":[1],"name":"n"}"#), r#"{"name":"n"}"#);
    assert!(refused::<Shut>(r#"{"id":1,"etag":1}"#) && refused::<Shut>(r#"{"ID":1}"#));
}

codegen::integers! { enum Level { One = 1, MinusTwo = -2, Most = 9_223_372_036_854_775_807 } }

codegen::values! {
    enum Odd { Null = "null", A = "\"a\"", One = "1", Half = "0.5", List = "[1,2]", Object = "{\"a\":1,\"b\":[{}]}" }
}

#[test]
fn tables_hold_strings_integers_and_any_values() {
    assert_eq!(round::<Vec<PetKind>>(r#"["cat","\u0064ark dog"]"#), r#"["cat","dark dog"]"#);
    assert!(refused::<PetKind>(r#""Cat""#) && refused::<PetKind>("0") && refused::<PetKind>(r#"{"cat":null}"#));
    assert_eq!(PetKind::EXPECTED, Expected::OneOf("cat, dark dog"));
    assert_eq!(
        (PetKind::ALL, PetKind::parse("dark dog")),
        (&[PetKind::Cat, PetKind::DarkDog][..], Some(PetKind::DarkDog))
    );

    assert_eq!(round::<Vec<Level>>("[1.0,-20e-1,9223372036854775807]"), "[1,-2,9223372036854775807]");
    assert!(refused::<Level>("2") && refused::<Level>("1.5") && refused::<Level>(r#""1""#));
    assert_eq!(
        (Level::EXPECTED, Level::parse("-2")),
        (Expected::OneOf("1, -2, 9223372036854775807"), Some(Level::MinusTwo))
    );
    assert_eq!((Level::parse("+1"), Level::Most.value()), (None, i64::MAX));

    let text = r#"[null,"\u0061",1.0,5e-1,[1, 2.0],{"b":[{}],"a":1e0}]"#;
    assert_eq!(from_json::<Vec<Odd>>(text.as_bytes()).unwrap(), Odd::ALL);
    assert_eq!(round::<Vec<Odd>>(text), r#"[null,"a",1,0.5,[1,2],{"a":1,"b":[{}]}]"#);
    for other in [
        "false",
        r#""b""#,
        "2",
        "[1]",
        "[1,2,3]",
        "[2,1]",
        "{}",
        r#"{"a":1,"b":[{}],"c":1}"#,
        r#"{"a":1,"c":[{}]}"#,
        r#"{"a":1,"b":[{}],"a":1}"#,
    ] {
        assert!(refused::<Odd>(other), "{other}");
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Tree(Vec<Tree>);

codegen::newtype! { Tree }

#[test]
fn serde_is_bridged() {
    let text = r#"{"id":1,"owner":null,"size":5,"a \"kind\"\n":"cat"}"#;
    let read = |text: &str| json::deserialize::<Pet, _>(&mut serde_json::Deserializer::from_str(text));
    let pet = read(text).unwrap();
    assert_eq!(json::serialize(&pet, serde_json::value::Serializer).unwrap().to_string(), text);
    assert!(read("{}").is_err() && read("1").is_err());
}

#[test]
fn formats_are_read_and_written() {
    assert_eq!(round::<Ipv4Addr>(r#""127.0.0.1""#), r#""127.0.0.1""#);
    assert!(refused::<Ipv4Addr>(r#""127.0.0.01""#) && refused::<Ipv4Addr>(r#""127.0.0""#));
    assert_eq!(round::<Ipv6Addr>(r#""::0001""#), r#""::1""#);
    assert_eq!(round::<Base64>(r#""aGk=""#), r#""aGk=""#);
    assert!(refused::<Base64>(r#""aGk""#) && refused::<Base64>(r#""aG-=""#) && refused::<Base64>("1"));
    assert_eq!(round::<Null>(" null "), "null");
    assert!(refused::<Null>("nul") && refused::<Null>("nullx") && refused::<Null>("0"));
}

#[cfg(feature = "date")]
#[test]
fn dates_are_read_and_written() {
    for (good, bad) in [
        (r#""2026-11-21T08:09:10+02:00""#, r#""2026-11-21 08:09:10+02:00""#),
        (r#""2026-11-21T08:09:10.123456789Z""#, r#""2026-11-21T08:09:10""#),
        (r#""2016-12-31T23:59:60Z""#, r#""2016-12-31T22:59:60Z""#),
        (r#""2016-12-31T15:59:60.500-08:00""#, r#""2016-12-31T15:59:61-08:00""#),
        (r#""0000-01-01T00:00:00+23:59""#, r#""0000-01-01T00:00:00+24:00""#),
        (r#""2024-02-29T00:00:00Z""#, r#""2023-02-29T00:00:00Z""#),
    ] {
        assert_eq!(round::<chrono::DateTime<chrono::FixedOffset>>(good), good);
        assert!(refused::<chrono::DateTime<chrono::FixedOffset>>(bad), "{bad}");
    }
    assert_eq!(
        round::<chrono::DateTime<chrono::FixedOffset>>(r#""2026-11-21t08:09:10.5000z""#),
        r#""2026-11-21T08:09:10.500Z""#
    );
    assert_eq!(round::<chrono::NaiveDate>(r#""2024-02-29""#), r#""2024-02-29""#);
    assert!(refused::<chrono::NaiveDate>(r#""2024-2-29""#) && refused::<chrono::NaiveDate>(r#""2024-02-30""#));
}

#[cfg(feature = "uuid")]
#[test]
fn uuids_are_read_and_written() {
    let uuid = r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#;
    assert_eq!(round::<uuid::Uuid>(&uuid.replace('e', "E")), uuid);
    assert!(refused::<uuid::Uuid>(&uuid.replace('-', "")) && refused::<uuid::Uuid>(&uuid.replace("67", "g7")));
}

#[test]
fn scalars_and_containers_are_read_and_written() {
    assert_eq!(round::<(i64, String, Option<bool>)>(r#"[1,"a",null]"#), r#"[1,"a",null]"#);
    assert_eq!(round::<(Tree,)>("[[[],[[]]]]"), "[[[],[[]]]]");
    assert!(refused::<(i64, i64)>("[1]") && refused::<(i64, i64)>("[1,2,3]") && refused::<(i64,)>("[]"));
    assert_eq!(
        round::<Vec<i8>>("[-128, 127.0, 1.27e2, 1270e-1, -0, 0e999999999999999999999]"),
        "[-128,127,127,127,0,0]"
    );
    assert!(refused::<i8>("128") && refused::<i8>("1.5") && refused::<u8>("-1") && refused::<u64>("1e20"));
    assert_eq!(
        round::<Vec<u64>>("[18446744073709551615, 1.8446744073709551615e19, -0.0]"),
        "[18446744073709551615,18446744073709551615,0]"
    );
    assert_eq!(
        round::<Vec<i64>>("[-9223372036854775808, 9007199254740993.0]"),
        "[-9223372036854775808,9007199254740993]"
    );
    assert!(
        refused::<i64>("9223372036854775808") && refused::<i64>("-9223372036854775809") && refused::<i64>("1e-400")
    );
    assert_eq!(
        round::<Vec<f64>>("[1, 0.1, -0.0, 1e-400, 123456789012345678901234567890]"),
        "[1.0,0.1,-0.0,0.0,1.2345678901234568e+29]"
    );
    assert!(refused::<f64>("1e400") && refused::<f32>("1e39") && refused::<f64>("\"1\"") && refused::<f64>("NaN"));
    assert_eq!(to_json(&vec![f64::NAN, f64::INFINITY]), b"[null,null]");
    assert_eq!(to_json(&vec![f32::NAN, 0.1]), b"[null,0.1]");
    assert_eq!(round::<BTreeMap<String, Box<u16>>>(r#"{"b":1,"\"":2}"#), r#"{"\"":2,"b":1}"#);
}

#[test]
fn what_is_refused_has_a_place() {
    let message = |text: &str| from_json::<Vec<Pet>>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(message("[\n  {\"id\": \"ä\", 1}]"), "the value does not fit, line 2 column 10");
    assert_eq!(message("[\n\n  {\"ä\": tru}]"), "malformed or too deeply nested JSON, line 3 column 9");
    assert_eq!(message("[]]"), "malformed or too deeply nested JSON, line 1 column 3");
    let not_text = from_json::<String>(b"\"a\xff\"").unwrap_err();
    assert_eq!(not_text.to_string(), "malformed or too deeply nested JSON, line 1 column 3");
}
