//! What patterns mean.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use super::{Pattern, translate};
use crate::diagnostic::Sink;
use crate::document::{self, Node, Value};
use crate::source::Sources;

/// Whether a translated pattern is found in a text.
fn finds(source: &str, text: &str) -> bool {
    match translate(source).unwrap_or_else(|error| panic!("{source}: {error}")) {
        Pattern::Linear(pattern) => regex::Regex::new(&pattern).expect("it was compiled").is_match(text),
        Pattern::Backtracking(pattern) => {
            fancy_regex::Regex::new(&pattern).expect("it was compiled").is_match(text).expect("a short search")
        }
    }
}

/// A pattern, what it is found in, and what it is not found in.
const MEANINGS: &[(&str, &[&str], &[&str])] = &[
    // Searched anywhere.
    ("", &["", "a"], &[]),
    ("b", &["abc"], &["ac", "B"]),
    // The ends of the text only, even with line ends in it.
    ("^b", &["b"], &["a\nb"]),
    ("a$", &["a"], &["a\n", "a\nb"]),
    ("^a|b$", &["ac", "cb"], &["ca", "bc"]),
    ("^*a", &["a", "ba"], &["b"]),
    ("(?!b)^*a", &["a", "ba"], &["b"]),
    // `.` and the four line ends; one code point, not one UTF-16 unit.
    ("^.$", &["a", "\u{1F600}", "\u{85}"], &["", "\n", "\r", "\u{2028}", "\u{2029}", "ab"]),
    // ASCII, whatever the text.
    (r"^\d$", &["0", "9"], &["\u{663}", "a"]),
    (r"^\D$", &["\u{663}", "a", "\n"], &["0"]),
    (r"^\w$", &["a", "Z", "0", "_"], &["é", "-", "\u{17F}"]),
    (r"^\W$", &["é", "-", "\n"], &["a", "_"]),
    (r"^[\w-]+$", &["a-b"], &["é"]),
    (r"^[^\W\d]$", &["a", "_"], &["1", "-"]),
    (r"\bb", &["a b", "éb"], &["ab"]),
    (r"a\B.", &["ab"], &["a b", "aé"]),
    (r"(?=.)\bb", &["a b", "éb"], &["ab"]),
    (r"(?=.)a\B.", &["ab"], &["a b", "aé"]),
    // The white space of ECMA-262.
    (
        r"^\s$",
        &[" ", "\t", "\n", "\u{B}", "\u{A0}", "\u{FEFF}", "\u{2029}", "\u{3000}", "\u{1680}"],
        &["\u{85}", "\u{180E}", "\u{200B}"],
    ),
    (r"^\S$", &["\u{85}", "a"], &["\u{FEFF}", " "]),
    (r"^[\s]$", &["\u{FEFF}"], &["\u{85}"]),
    (r"^[^\s]$", &["\u{85}"], &["\u{FEFF}"]),
    // Unicode properties.
    (r"^\p{L}$", &["a", "é", "字"], &["1", "\u{1F600}"]),
    (r"^\p{Letter}\P{L}$", &["é1"], &["éa", "11"]),
    (r"^\p{Script=Greek}\p{sc=Cyrillic}$", &["λж"], &["жλ"]),
    (r"^\p{Script_Extensions=Greek}+$", &["λ"], &["a"]),
    (r"^\p{General_Category=Decimal_Number}\p{gc=Lu}$", &["٣A"], &["aA"]),
    (r"^\p{digit}+$", &["42", "٣"], &["-%#"]),
    (r"^\p{ASCII}+$", &["a~"], &["é"]),
    (r"^[\p{L}\p{Z}_]+$", &["é _"], &["1"]),
    (r"^[\P{L}\P{N}]+$", &["a1"], &[]),
    (r"(?=.)^[\P{L}\P{N}]+$", &["a1"], &[]),
    (r"(?=.)^[^\P{L}]+$", &["a"], &["1"]),
    (r"^\pL\PL$", &["a1"], &["1a"]),
    // Escapes.
    (r"^\cA\ca\cZ$", &["\u{1}\u{1}\u{1A}"], &["A"]),
    (r"^\x41\u0042\u{43}\u{1F600}$", &["ABC\u{1F600}"], &["abc"]),
    (r"^\uD83D\uDE00$", &["\u{1F600}"], &["\u{1F601}"]),
    (r"^[\uD83D\uDE00-\uD83D\uDE02]$", &["\u{1F601}"], &["\u{1F603}"]),
    (r"^\uD83D$", &[], &["\u{1F600}", ""]),
    (r"^[\uD7FF-\uE000]$", &["\u{D7FF}", "\u{E000}"], &["\u{E001}"]),
    (r"^[\uD800-\uDFFF]$", &[], &["\u{1F600}", "a"]),
    (r"^\0\t\n\v\f\r$", &["\0\t\n\u{B}\u{C}\r"], &[]),
    (r"^\/\.\*\+\?\(\)\[\]\{\}\^\$\|\\$", &[r"/.*+?()[]{}^$|\"], &[]),
    // What only annex B allows.
    (r"^\-\_\:\@\%\'\`\ \é$", &["-_:@%'` é"], &[]),
    (r"^\a\e\q$", &["aeq"], &[]),
    (r"^\x4\u12$", &["x4u12"], &[]),
    (r"^\u{110000}$", &[], &["u"]),
    (r"^\c1$", &[r"\c1"], &["c1"]),
    (r"^\101\7$", &["A\u{7}"], &[]),
    (r"^\8$", &["8"], &[]),
    (r"^\k<a>$", &["k<a>"], &[]),
    ("^a{$", &["a{"], &["a"]),
    ("^{2$", &["{2"], &[]),
    ("^a{b}$", &["a{b}"], &[]),
    ("^{name}$", &["{name}"], &[]),
    ("^a{1,b}$", &["a{1,b}"], &[]),
    ("^]}$", &["]}"], &[]),
    (r"^[\w-.]$", &["-", ".", "a"], &["+"]),
    (r"^[.-\d]$", &["-", ".", "1"], &["/"]),
    (r"^(?=a)*b", &["b"], &["a"]),
    (r"^(?=b)+b$", &["b"], &["a"]),
    // Classes.
    ("^[]$", &[], &["", "]", "a"]),
    ("^[^]$", &["]", "\n", "a"], &["", "ab"]),
    ("^[]a]$", &[], &["a", "]", "]a"]),
    ("^[[]$", &["["], &["]"]),
    ("^[[a]]$", &["[]", "a]"], &["a", "["]),
    ("^[a&&b]+$", &["a&b"], &["c"]),
    ("^[!--b]+$", &["b,"], &["c", "a"]),
    (r"^(?=(a))?\1b", &["b"], &["ab"]),
    ("^[a~~b]+$", &["a~b"], &["c"]),
    ("^[a-z&&[^b]]$", &["&]", "b]", "[]"], &["b", "a", "A]"]),
    ("^[a-c-e]+$", &["abc-e"], &["d"]),
    ("^[-a]+[a-]+$", &["-aa-"], &["b"]),
    ("^[!--]+$", &["!,-"], &["."]),
    (r"^[\b]$", &["\u{8}"], &["b"]),
    (r"^[\]\\\-^]+$", &[r"]\-^"], &["a"]),
    (r"^[a^]+$", &["a^"], &["b"]),
    (r"^[\1\07\cA\x41\u{42}]+$", &["\u{1}\u{7}AB"], &["1"]),
    (r"^[#\s]$", &["#", " "], &["a"]),
    // Quantifiers.
    ("^a{2}b{1,}c{0,1}d*?e+?f??$", &["aabbe", "aabcddeef"], &["abe"]),
    ("^a{,2}$", &["", "aa"], &["aaa", "a{,2}"]),
    // Groups and what needs the other engine.
    ("^(?:a|b)(?<year>c)$", &["ac", "bc"], &["ab"]),
    ("^(?!b)a", &["a"], &["ba"]),
    (r"^(?=.*\d)(?=.*[A-Z]).{3,}$", &["aA1"], &["aa1", "A1"]),
    ("(?<!-)b(?<=b)$", &["ab"], &["-b"]),
    ("(?<=a+)b", &["aab"], &["cb"]),
    (r"^(a|b)\1$", &["aa", "bb"], &["ab"]),
    (r"^(?<x>a|b)\k<x>$", &["aa"], &["ab"]),
    (r"^(a)?\1b$", &["b", "aab"], &["ab"]),
    (r"^\1(a)$", &["a"], &["aa"]),
    (r"^(a)\10$", &["a\u{8}"], &["aa0"]),
    (r"^(a)(?=.)\1[0]$", &["aa0"], &[]),
    (r"^(?=.)(.)$", &["a"], &["\n"]),
    // What is not of ECMA-262.
    ("(?i)^all$", &["ALL", "all"], &["al"]),
    ("^(?i:a)b$", &["Ab"], &["AB"]),
    ("^((?i)a)b$", &["Ab"], &["AB"]),
    ("(?i)^a(?-i)b$", &["Ab"], &["AB"]),
    ("(?s)^.$", &["\n"], &[""]),
    ("(?m)^b$", &["a\nb\nc"], &["ab"]),
    ("(?x) a b # c\n d", &["abd"], &["a b d"]),
    (r"\Aa\z", &["a"], &["a\n", "ba"]),
    (r"\Aa\Z", &["a"], &["ab"]),
    (r"^\h$", &[" ", "\t"], &["\n", "a"]),
    ("^a++b$", &["aab"], &["b"]),
    ("^a*+a$", &[], &["aa"]),
    ("^(?>a|ab)c$", &["ac"], &["abc"]),
    ("^[[:alpha:]_]+$", &["a_B"], &["1", ":"]),
    ("^[^[:digit:]]$", &["a"], &["1"]),
    ("^(?P<x>a)(?P=x)$", &["aa"], &["a"]),
    ("^a(?#comment)b$", &["ab"], &["a"]),
    (r"^(?#(a)(b)\1$", &["bb"], &["b"]),
    ("/^a$/", &["a"], &["/a/", "b"]),
    ("/^a$/i", &["A"], &["/A/i"]),
    ("/[a-z]+/", &["/a/"], &["a"]),
    (r"/\$/", &["/$/"], &["$"]),
    // Repetitions that no engine writes out.
    ("^0x[a-f]{0,2147483648}$", &["0xab"], &["0xg"]),
    ("^.{2,262144}$", &["ab"], &["a"]),
    ("^((a{1000}){1000}){1000}$", &[], &["a"]),
];

#[test]
fn patterns_mean_what_ecma_262_says() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (source, found, not_found) in MEANINGS {
        for (texts, wanted) in [(found, true), (not_found, false)] {
            rows += texts.len();
            let differing = texts.iter().filter(|text| finds(source, text) != wanted);
            wrong
                .extend(differing.map(|text| format!("{source} {text:?} should be {wanted}: {:?}", translate(source))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows >= 250, "{rows} rows");
}

#[test]
fn what_has_no_meaning_is_refused() {
    for (source, message) in [
        ("(", "a `(` has no `)`"),
        (")", "a `)` has no `(`"),
        ("[a", "a `[` has no `]`"),
        ("[b-a]", "a range of a class ends before it begins"),
        ("*a", "there is nothing that `*` could repeat"),
        ("a**", "there is nothing that `*` could repeat"),
        ("(?:+)", "there is nothing that `+` could repeat"),
        ("a\\", "a `\\` ends it"),
        (r"\p{Klingon}", "there is no Unicode property `Klingon`"),
        (r"\p{L", "a `}` is missing"),
        (r"(?<a>b)\k<c>", "there is no group `c`"),
        ("(?R)", "`(?R` is unknown"),
        ("(?|a)", "a `(?` begins nothing that is known"),
        ("(?", "a `(?` begins nothing that is known"),
        ("(?<a", "a `>` is missing"),
        ("(?i", "a `(?` begins nothing that is known"),
    ] {
        assert_eq!(translate(source), Err(message.to_owned()), "{source}");
    }
    assert!(translate(&"(".repeat(10_000)).is_err());
    assert!(translate(&"[".repeat(10_000)).is_err());
    assert!(translate(&"a".repeat(100_000)).is_err());
    assert!(translate("a{3,2}").is_err());
    assert!(translate("a{99999999999}").is_err());
    assert!(translate(&("(?=".repeat(30) + &")".repeat(30))).is_ok());
}

#[test]
fn huge_repetitions_count() {
    assert!(finds("^.{2,262144}$", &"a".repeat(262_144)));
    assert!(!finds("^.{2,262144}$", &"a".repeat(262_145)));
    assert!(!finds("^[a-f]{262144}$", &"a".repeat(262_143)));
}

#[test]
fn linear_where_possible() {
    for source in [r"^\d+$", "^(a|b)$", r"(?i)\bb", "^[^]$", "(?<x>a)"] {
        assert!(matches!(translate(source), Ok(Pattern::Linear(_))), "{source}");
    }
    for source in ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(a)\1", "a++", "(?>a)"] {
        assert!(matches!(translate(source), Ok(Pattern::Backtracking(_))), "{source}");
    }
}

/// The suite's own tests of ECMA-262.
#[test]
#[expect(clippy::print_stderr, reason = "without the corpus nothing is compared")]
fn the_json_schema_test_suite_agrees() {
    let Some(corpus) = std::env::var_os("STUBWRIGHT_CORPUS") else {
        return eprintln!(
            "SKIPPED: STUBWRIGHT_CORPUS is not set, so no pattern of the JSON-Schema-Test-Suite was read"
        );
    };
    let path = Path::new(&corpus).join("json-schema-test-suite/tests/draft2020-12/optional/ecmascript-regex.json");
    let cases: serde_json::Value =
        serde_json::from_slice(&fs::read(path).expect("the corpus can be read")).expect("the suite is JSON");
    let mut n_tests = 0;
    for case in cases.as_array().expect("a list") {
        let Some(source) = case["schema"]["pattern"].as_str() else { continue };
        for test in case["tests"].as_array().expect("a list") {
            let Some(text) = test["data"].as_str() else { continue };
            assert_eq!(finds(source, text), test["valid"], "{source} {text}");
            n_tests += 1;
        }
    }
    assert!(n_tests >= 50, "{n_tests}");
}

/// Larger documents are left to release builds.
const LIMIT: u64 = if cfg!(debug_assertions) { 1_000_000 } else { 50_000_000 };

#[test]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are none without the corpus"
)]
fn patterns_of_real_documents_translate() {
    let Some(corpus) = std::env::var_os("STUBWRIGHT_CORPUS") else {
        return eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no pattern of a real document was translated");
    };
    let mut patterns = BTreeSet::new();
    read_folder(&Path::new(&corpus).join("real"), &mut patterns);
    let start = Instant::now();
    let (mut n_linear, mut n_backtracking, mut refused) = (0, 0, Vec::new());
    for source in &patterns {
        match translate(source) {
            Ok(Pattern::Linear(_)) => n_linear += 1,
            Ok(Pattern::Backtracking(_)) => n_backtracking += 1,
            Err(error) => refused.push(format!("{source}: {error}")),
        }
    }
    println!("{} patterns in {:?}: {n_linear} linear, {n_backtracking} backtracking", patterns.len(), start.elapsed());
    println!("{} are refused\n{}", refused.len(), refused.join("\n"));
    assert!(patterns.len() >= 390, "{} patterns", patterns.len());
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

fn read_folder(folder: &Path, patterns: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let kind = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            read_folder(&path, patterns);
        } else if matches!(kind, Some("yaml" | "yml" | "json")) && path.metadata().is_ok_and(|file| file.len() <= LIMIT)
        {
            let (mut sources, mut sink) = (Sources::default(), Sink::default());
            let bytes = fs::read(&path).expect("the corpus can be read");
            let source = document::decode(&mut sources, path.display().to_string(), bytes, &mut sink);
            if let Some(document) = source.and_then(|source| document::load(&sources, source, &mut sink)) {
                collect(&document.root, patterns);
            }
        }
    }
}

/// Adds the texts of `pattern`, and the keys of `patternProperties`.
fn collect(node: &Node, patterns: &mut BTreeSet<String>) {
    match &node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, patterns)),
        Value::Mapping(entries) => {
            for entry in entries {
                match (entry.key.text.as_str(), &entry.value.value) {
                    ("pattern", Value::String(text)) => _ = patterns.insert(text.clone()),
                    ("patternProperties", Value::Mapping(entries)) => {
                        patterns.extend(entries.iter().map(|entry| entry.key.text.clone()));
                    }
                    _ => {}
                }
                collect(&entry.value, patterns);
            }
        }
    }
}
