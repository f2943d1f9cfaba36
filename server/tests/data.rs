//! The data file: what is refused, where the message says it is, and that no message repeats a credential.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use stubwright_server::credential::{Digest, Family};
use stubwright_server::data::{self, Problem};
use stubwright_server::demo;
use stubwright_server::store::{Key, Management, Role};

/// A token that must not show up anywhere.
const SECRET: &str = "cog_do-not-repeat-this";

fn problems(text: &str) -> Vec<String> {
    let environment = |variable: &str| match variable {
        "RIGHT" => Some(SECRET.to_owned()),
        "WRONG" => Some("apk_do-not-repeat-this".to_owned()),
        _ => None,
    };
    let problems = data::read(text.as_bytes(), &environment).expect_err("the file is wrong");
    problems.iter().map(Problem::to_string).collect()
}

/// A file with one Devin v3 key, whose last field starts in column 13 of line 6.
fn with_field(field: &str) -> String {
    format!(
        "devin_v3:\n  - enterprise: one\n    service_users:\n      - id: service-user-one\n        api_keys:\n          \
         - {field}\n            id: key-one\n            created_at: 1700000000\n"
    )
}

#[test]
fn what_the_form_cannot_hold_is_refused_at_its_place() {
    let cases = [
        ("colour: red", "6:13: devin_v3[0].service_users[0].api_keys[0]: unknown field, expected one of `id`, `name`,"),
        (
            "expires_at: soon",
            "6:25: devin_v3[0].service_users[0].api_keys[0].expires_at: invalid type: string, expected i64",
        ),
        (
            "expires_at: 1.5",
            "6:25: devin_v3[0].service_users[0].api_keys[0].expires_at: invalid type: floating point, expected i64",
        ),
        ("id: twice", "6:13: devin_v3[0].service_users[0].api_keys[0]: duplicate field `id`"),
        ("name: [", "6:19: devin_v3[0].service_users[0].api_keys[0].name: invalid type: sequence, expected a string"),
        ("name: \"\\q\"", "6:"),
        ("name: *nowhere", "6:19: unknown anchor"),
    ];
    for (field, expected) in cases {
        let found = problems(&with_field(field));
        assert!(found.len() == 1 && found[0].starts_with(expected), "{field}: {found:#?}");
    }
    assert_eq!(problems("devin_v4: []"), ["1:1: unknown field, expected one of `devin_v2`, `devin_v3`, `langwatch`"]);
    assert_eq!(problems("[]"), ["1:1: invalid type: sequence, expected a mapping with a list for each API"]);
    assert_eq!(problems("{}\n---\n{}")[0].split(": ").next(), Some("1:1"));
    assert_eq!(data::read(b"devin_v2:\n  - \xff", &|_| None).unwrap_err()[0].to_string(), "2:5: this is not UTF-8");
}

#[test]
fn what_the_form_cannot_say_is_refused_at_its_place_and_all_at_once() {
    let text = format!(
        "devin_v2:
  - enterprise: one
    users:
      - id: user-one
        api_keys:
          - {{id: apk-one, created_at: 1, permissions: [all], credential: {{sha256: 00ff}}}}
      - id: user-one
  - enterprise: one
    service_keys:
      - {{id: '', created_at: 1, credential: {{}}}}
devin_v3:
  - enterprise: one
    service_users:
      - id: service-user-one
        api_keys:
          - {{id: key-one, created_at: 1, permissions: [all], credential: {{secret: {SECRET}}}}}
          - {{id: key-one, created_at: 1, credential: {{secret_from_env: RIGHT}}}}
          - {{id: key-two, created_at: 1, credential: {{secret_from_env: WRONG}}}}
          - {{id: key-three, created_at: 1, credential: {{secret_from_env: MISSING}}}}
          - {{id: key-four, created_at: 1, credential: {{secret: x{SECRET}}}}}
          - {{id: key-five, created_at: 1, credential: {{secret: {SECRET}, sha256: 00ff}}}}
"
    );
    let shape = "`cog_` and letters, digits, `_` or `-`";
    let expected = [
        "6:55: in Devin v2 the role of the user decides: a key has no permissions".to_owned(),
        "6:83: a SHA-256 digest has 64 hexadecimal digits".to_owned(),
        "7:13: this id is taken: it is first given in line 4".to_owned(),
        "8:17: this id is taken: it is first given in line 2".to_owned(),
        "10:14: an id has at least one character".to_owned(),
        "10:45: a credential is one of `sha256`, `secret_from_env` and `secret`".to_owned(),
        "16:55: in Devin v3 permissions belong to the service user, not to a key".to_owned(),
        "17:18: this id is taken: it is first given in line 16".to_owned(),
        "17:72: two keys cannot have the same credential: it is first given in line 16".to_owned(),
        format!("18:72: the variable does not hold a credential of this API: {shape}"),
        "19:74: the environment has no such variable, or it is not UTF-8".to_owned(),
        format!("20:64: this is not a credential of this API: {shape}"),
        "21:55: a credential is one of `sha256`, `secret_from_env` and `secret`".to_owned(),
    ];
    assert_eq!(problems(&text), expected);
}

#[test]
fn no_message_repeats_a_credential() {
    let fields = [
        format!("credential: {SECRET}"),
        format!("credential: '{SECRET}, expected'"),
        format!("credential: [{SECRET}]"),
        format!("credential: {{{SECRET}: true}}"),
        format!("credential: {{secret: [{SECRET}]}}"),
        format!("credential: !{SECRET} true"),
        format!("credential: *{SECRET}"),
        format!("credential: {{secret: \"{SECRET}\\q\"}}"),
        format!("credential: {{secret: x{SECRET}}}"),
        format!("{SECRET}: true"),
        format!("expires_at: {SECRET}"),
        format!("created_at: '{SECRET}'"),
    ];
    for field in fields {
        let found = problems(&with_field(&field)).join("\n");
        assert!(!found.contains("do-not-repeat"), "{field}: {found}");
    }
}

#[test]
fn credentials_are_read_in_all_three_ways_and_plain_ones_with_a_warning() {
    let digest = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c";
    let text = format!(
        "devin_v3:
  - enterprise: one
    service_users:
      - id: service-user-one
        permissions: [Everything]
        api_keys:
          - {{id: a, created_at: 1, credential: {{sha256: {digest}}}}}
          - {{id: b, created_at: 2, expires_at: 5, credential: {{secret_from_env: TOKEN}}}}
          - {{id: c, created_at: 3, name: C, credential: {{secret: {SECRET}-2}}}}
          - {{id: d, created_at: 4}}
"
    );
    let loaded = data::read(text.as_bytes(), &|name| (name == "TOKEN").then(|| SECRET.to_owned())).unwrap();
    let credentials: Vec<_> = loaded.data.devin_v3.iter().map(|key| key.credential).collect();
    let plain = Digest::of(&format!("{SECRET}-2"));
    assert_eq!(credentials, [Digest::from_hex(digest), Some(Digest::of(SECRET)), Some(plain), None]);
    let warnings: Vec<_> = loaded.warnings.iter().map(Problem::to_string).collect();
    assert_eq!(
        warnings,
        ["9:66: a secret stands here in plain text: `sha256` or `secret_from_env` keeps it out"],
        "only the plain secret is warned about"
    );
    let [.., c, d] = loaded.data.devin_v3.as_slice() else { panic!("four keys") };
    assert_eq!((c.name.as_str(), d.name.as_str()), ("C", "d"));
    assert_eq!((c.owner.as_deref(), c.tenant.as_str()), (Some("service-user-one"), "one"));
    assert_eq!(c.permissions, ["Everything"]);
    let shown = format!("{:?}", loaded.data);
    assert!(!shown.contains("b5bb9d") && !shown.contains(SECRET) && shown.contains("Digest(..)"), "{shown}");
}

#[test]
fn the_embedded_data_is_right_and_the_demonstration_credentials_open_it() {
    let loaded = data::read(data::EMBEDDED, &|_| None).unwrap();
    assert_eq!(loaded.warnings, []);
    let keys = |family| match family {
        Family::DevinV2 => &loaded.data.devin_v2,
        Family::DevinV3 => &loaded.data.devin_v3,
        Family::LangWatch => &loaded.data.langwatch,
    };
    for demo in demo::CREDENTIALS {
        let key = keys(demo.family).iter().find(|key| key.id == demo.key_id).unwrap();
        assert!(demo.family.accepts(demo.token), "{}", demo.key_id);
        assert_eq!(key.credential, Some(Digest::of(demo.token)), "{}", demo.key_id);
    }
    let all = [Family::DevinV2, Family::DevinV3, Family::LangWatch].map(keys);
    let with_credential = all.iter().flat_map(|keys| keys.iter()).filter(|key| key.credential.is_some()).count();
    assert_eq!(with_credential, demo::CREDENTIALS.len(), "every digest has its token");
    for keys in all {
        let has = |test: fn(&Key) -> bool| assert!(keys.iter().any(test));
        has(|key| key.is_active(1_800_000_000));
        has(|key| key.revoked_at.is_some());
        has(|key| key.revoked_at.is_none() && !key.is_active(1_800_000_000));
        has(|key| key.tenant.ends_with("globex"));
    }
    let langwatch = keys(Family::LangWatch);
    assert!(langwatch.iter().any(|key| key.management == Management::System));
    assert!(langwatch.iter().any(|key| key.role == Role::Member && key.owner.is_some()));
}
