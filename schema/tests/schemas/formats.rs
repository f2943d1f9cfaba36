//! The well-known formats: texts that they admit and refuse, and the optional tests of the JSON-Schema-Test-Suite.

use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;
use stubwright_schema::arena::Format;

/// A format, texts of it, and others.
type Row = (Format, &'static [&'static str], &'static [&'static str]);

const TABLE: &[Row] = &[
    (Format::Date, &["2024-02-29", "0001-01-01"], &["2023-02-29", "2024-1-1", "2024-00-01", ""]),
    (
        Format::DateTime,
        &["2024-05-06T07:08:09Z", "2024-05-06t07:08:09.25+02:00", "2016-12-31T23:59:60Z"],
        &["2024-05-06", "2024-05-06T07:08:09", "2024-05-06T07:08:60Z", "ä024-05-06T07:08:09Z"],
    ),
    (
        Format::Time,
        &["07:08:09Z", "00:00:00.5-03:30", "23:59:60Z"],
        &["07:08:09", "7:08:09Z", "24:00:00Z", "07:08:09.Z"],
    ),
    (
        Format::Duration,
        &["P1D", "P1Y2M3DT4H5M6S", "PT36H", "P2W", "PT1H2S", "P1Y2D", "PT0.5S", "P1DT12H"],
        &["", "P", "PT", "P1", "1D", "P1H", "PT1D", "P2D1Y", "P1Y2W", "-P1D", "PT0.5H1S", "P0.5DT1H", "P1D1D", "PTS"],
    ),
    (
        Format::Email,
        &[
            "a@b",
            "user+tag@example.com",
            "o'neil@mail.example",
            "\"a b\"@c",
            "\"a\\\"@\"@c",
            "a@[127.0.0.1]",
            "a@[IPv6:::1]",
        ],
        &[
            "",
            "a",
            "@",
            "a@",
            "@b",
            "a@b@c",
            "a b@c",
            ".a@b",
            "a..b@c",
            "a@-b",
            "a@b.",
            "a@b_c",
            "ä@b",
            "a@[1.2.3]",
            "\"a@b",
        ],
    ),
    (Format::IdnEmail, &["δοκιμή@παράδειγμα.δοκιμή", "a@b", "ä.ö@ü"], &["", "a", "a@", "a b@c", "ä..ö@ü", "a@ü b"]),
    (
        Format::Hostname,
        &["localhost", "example.com", "1.2.3.4", "r3---sn-4g5e6.example", "xn--nxasmq6b", "A-1"],
        &["", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", "ä", "a:80"],
    ),
    (
        Format::IdnHostname,
        &["example.com", "παράδειγμα.δοκιμή", "l·l", "例え。テスト", "नमस्ते"],
        &["", "a b", "-ä", "ä-", "ä..ö", "a·l", "a\u{a0}b"],
    ),
    (Format::Ipv4, &["127.0.0.1", "0.0.0.0"], &["256.0.0.1", "1.2.3", "01.2.3.4", "::1"]),
    (Format::Ipv6, &["::1", "2001:db8::8a2e:370:7334", "::ffff:1.2.3.4"], &["127.0.0.1", "::g", "[::1]", "1::2::3"]),
    (
        Format::Uri,
        &[
            "https://example.com/a?b=c#d",
            "mailto:a@b",
            "urn:a:b",
            "a:",
            "http://[::1]:80/",
            "http://u:p@h/%41",
            "file:///etc",
        ],
        &[
            "",
            "a",
            "/a",
            "//a",
            ":a",
            "1a:b",
            "a b:c",
            "http://a b",
            "http://a/%4",
            "http://a:b/",
            "http://[::g]/",
            "http://ä/",
            "a:[",
            "a:{b}",
            "a:b#c#d",
        ],
    ),
    (Format::Iri, &["http://ä/ö?ü#ß", "https://example.com/"], &["", "ä", "/ä", "http://a b", "a:\u{e000}"]),
    (
        Format::UriReference,
        &["", "a", "/a", "//a/b", "?a", "#a", "../a", "./a:b", "https://example.com/", "a/b:c"],
        &["a b", "1:b", "\\a", "/%zz", "ä", "/a\"b", "/[a]"],
    ),
    (Format::IriReference, &["", "/ä", "#ß", "http://ä"], &["ä b", "\\ä", "1:ä", "<ä>"]),
    (
        Format::UriTemplate,
        &["", "/a/{b}", "{?c,d*}", "{+e:10}", "a%41", "{%41.b}", "'"],
        &["{", "}", "{}", "{a", "a}", "{a,}", "{a:0}", "{a:10000}", "{a-b}", "a b", "{{a}}", "%4", "{a*:3}"],
    ),
    (Format::JsonPointer, &["", "/", "/a/b", "/~0~1", "//", "/ä ö"], &["a", "/~", "/~2", "#/a", "a/b"]),
    (
        Format::RelativeJsonPointer,
        &["0", "1/a", "0#", "10/~1", "2+1/a", "0-1#"],
        &["", "/a", "-1", "01", "0##", "0#/a", "1a", "0+0", "0+"],
    ),
    (
        Format::Regex,
        &[
            "",
            "^a+$",
            "(a|b)*?",
            "[a-z\\d-]",
            "[]",
            "[^]",
            "a{1,2}?",
            "a{,2}",
            "{",
            "(?<n>a)\\k<n>",
            "(?<=a)b",
            "(?=a)*",
            "\\u{1f600}",
            "(?i:a)",
            "(?-i:a)",
            "(?i-ms:a)",
            "]",
            "[\\d-z]",
            "a{2,10}",
            "(((a)))",
            "\\p{L}",
            "[[]",
        ],
        &[
            "(", ")", "[", "[a", "*", "+a", "a**", "a{2,1}", "^*", "|?", "\\", "(?", "(?a)", "(?P<n>a)", "(?i)a",
            "[z-a]", "(a", "a)", "(?<=a)*", "(?#a)", "(?<1>a)", "[\\", "{1}", "(?-:a)", "(?ii:a)", "a{10,9}", "(*a)",
        ],
    ),
    (
        Format::Uuid,
        &["67e55044-10b1-426f-9247-bb680e5fe0c8", "67E55044-10B1-426F-9247-BB680E5FE0C8"],
        &["", "67e5504410b1426f9247bb680e5fe0c8", "67e55044-10b1-426f-9247-bb680e5fe0cg"],
    ),
];

#[test]
fn texts_are_admitted_and_refused() {
    for format in Format::ALL {
        let (_, fitting, others) = TABLE.iter().find(|(known, ..)| *known == format).unwrap();
        assert_eq!(Format::named(format.name()), Some(format));
        for text in *fitting {
            assert!(format.admits(text), "{text:?} is a {}", format.name());
        }
        for text in *others {
            assert!(!format.admits(text), "{text:?} is no {}", format.name());
        }
    }
}

#[test]
fn no_text_is_too_long_or_too_deep() {
    for text in ["(", "[", "{", "a.", "/~", "%", "P1", "\\", "\"", "1:", "{1,", "ä"] {
        for format in Format::ALL {
            format.admits(&text.repeat(100_000));
        }
    }
    assert!(Format::Regex.admits(&("(".repeat(100_000) + &")".repeat(100_000))));
}

/// Where the suite is stricter than a check, and why.
const LENIENT: &[(&str, &str, &str)] = &[
    ("duration", "fractional duration is not allowed by RFC 3339 ABNF", "ISO 8601 has it, and libraries write it"),
    ("duration", "years and days cannot appear without months", "ISO 8601 has it, and libraries write it"),
    ("duration", "hours and seconds cannot appear without minutes", "ISO 8601 has it, and libraries write it"),
    ("ecmascript-regex", "when used as a pattern", "annex B.1.2 of ECMA-262 has it"),
    ("hostname", "", "Punycode is not decoded"),
    ("idn-hostname", "", "Unicode's tables are not there"),
];

#[test]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are none without the corpus"
)]
fn optional_tests_hold() {
    let Some(corpus) = env::var_os("STUBWRIGHT_CORPUS").map(PathBuf::from) else {
        return eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so the tests of formats were not run");
    };
    let folder = corpus.join("json-schema-test-suite/tests/draft2020-12/optional/format");
    let (mut passed, mut lenient, mut failures) = (0, 0, Vec::new());
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let Some(format) = Format::named(name.trim_start_matches("ecmascript-")) else { continue };
        let groups: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for test in groups.as_array().unwrap().iter().flat_map(|group| group["tests"].as_array().unwrap()) {
            let Some(text) = test["data"].as_str() else { continue };
            let (expected, description) = (test["valid"].as_bool().unwrap(), test["description"].as_str().unwrap());
            let is_known =
                |(known, case, _): &(&str, &str, &str)| *known == name && (case.is_empty() || *case == description);
            match format.admits(text) {
                verdict if verdict == expected => passed += 1,
                true if LENIENT.iter().any(is_known) => lenient += 1,
                _ => failures.push(format!("{name}: {description}: {text:?} should be valid: {expected}")),
            }
        }
    }
    println!("{passed} optional tests of formats hold, {lenient} are more lenient, {} fail", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(passed >= 450 && lenient <= 60, "{passed} hold, {lenient} are lenient");
}
