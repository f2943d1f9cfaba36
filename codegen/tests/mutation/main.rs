//! No keyword is dropped in silence: each one that is changed changes what is generated, or is reported, or is on the
//! closed list of those that are passed through (`passed_through.txt`).
//!
//! The keywords are those of the specifications (`grammar.rs`), and the documents in `fixtures/` use all of them. The last
//! test takes one keyword after the other away from the generator, and the judge has to notice each time.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

mod grammar;
mod judge;
mod mutations;
mod uses;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Mutex,
    thread,
};

use stubwright_codegen::{
    diagnostic::Sink,
    document::{self, Node, Value},
    ledger::Treatment,
    source::Sources,
};

use crate::{
    grammar::{GRAMMAR, VERSIONS},
    judge::{Outcome, outcome, run},
    mutations::{Mutation, may_be_silent, mutations},
    uses::{Step, Use, at_mut, uses},
};

/// An object and a keyword of it.
type Keyword = (String, String);

/// A document in one version of OpenAPI.
struct Fixture {
    name: String,
    version: &'static str,
    root: Node,
}

#[test]
fn the_fixtures_use_every_keyword_of_every_version() {
    let mut used: BTreeMap<&str, BTreeSet<Keyword>> = BTreeMap::new();
    for fixture in fixtures() {
        used.entry(fixture.version).or_default().extend(uses(&fixture.root).iter().map(Use::keyword));
    }
    let mut missing = Vec::new();
    for version in VERSIONS {
        for (object, fields) in GRAMMAR.iter() {
            let of_version = fields.iter().filter(|field| field.is_of(version));
            let keywords = of_version.map(|field| ((*object).to_owned(), field.name.to_owned()));
            missing
                .extend(keywords.filter(|keyword| !used[version].contains(keyword)).map(|keyword| (version, keyword)));
        }
    }
    assert!(missing.is_empty(), "no fixture uses {missing:#?}");
}

#[test]
fn the_ledger_counts_every_keyword() {
    let mut wrong = Vec::new();
    for Fixture { name, version, root } in fixtures() {
        let (_, ledger) = run(&root);
        let mut wanted: BTreeMap<Keyword, usize> = BTreeMap::new();
        for used in uses(&root) {
            *wanted.entry(used.keyword()).or_default() += 1;
        }
        for ((object, keyword), count) in wanted {
            let rows = ledger.rows.iter().filter(|row| row.object == object && row.keyword == keyword);
            let counted: usize = rows.map(|row| row.count).sum();
            if counted != count {
                wrong.push(format!("{name} as {version}: {object} {keyword}: {counted} of {count}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_keyword_is_silent() {
    let listed = passed_through();
    let findings = Mutex::new(Findings::default());
    each_in_parallel(fixtures(), |fixture| {
        let (before, ledger) = run(&fixture.root);
        assert!(before.code.is_some(), "{} as {}: {:#?}", fixture.name, fixture.version, before.diagnostics);
        for used in uses(&fixture.root) {
            let verdict = judge(&before, mutations(&fixture.root, &used), outcome);
            let is_passed = is_passed_through(&listed, &used);
            let mut findings = findings.lock().unwrap();
            if is_passed {
                findings.passed(&fixture, &used, &verdict);
            } else {
                findings.typed(&fixture, &used, &verdict, &before.unchecked);
            }
        }
        let mut findings = findings.lock().unwrap();
        for row in ledger.rows {
            findings.treatments.entry((row.object, row.keyword)).or_default().insert(row.treatment);
        }
    });
    let wrong = findings.into_inner().unwrap().finish(&listed);
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_keyword_that_the_generator_does_not_see_is_called_silent() {
    let listed = passed_through();
    let (mut hidden, mut chosen) = (BTreeSet::new(), Vec::new());
    for fixture in fixtures() {
        for used in uses(&fixture.root) {
            if !is_passed_through(&listed, &used) && hidden.insert(used.keyword()) {
                chosen.push((fixture.root.clone(), used));
            }
        }
    }
    assert!(hidden.len() > 125, "{} keywords", hidden.len());
    each_in_parallel(chosen, |(root, used)| {
        let blind = |root: &Node| outcome(&without_sight_of(root, &used.keyword()));
        let verdict = judge(&blind(&root), mutations(&root, &used), blind);
        assert!(verdict.code.is_empty() && verdict.nothing, "{:?} is hidden, and noticed", used.keyword());
        assert!(!verdict.silent.is_empty(), "{:?} is hidden, and not called silent", used.keyword());
        let (_, ledger) = run(&without_sight_of(&root, &used.keyword()));
        let has_row = |(object, keyword): &Keyword| {
            ledger.rows.iter().any(|row| row.object == *object && row.keyword == *keyword)
        };
        assert!(!has_row(&used.keyword()), "{:?} is hidden, and in the ledger", used.keyword());
    });
}

/// Whether a keyword is on the list, or stands below one that is.
fn is_passed_through(listed: &BTreeSet<Keyword>, used: &Use) -> bool {
    let above = used.within.iter().map(|(object, name)| (object.clone(), (*name).to_owned()));
    above.chain([used.keyword()]).any(|keyword| listed.contains(&keyword))
}

/// What came of all mutations.
#[derive(Debug, Default)]
struct Findings {
    wrong: BTreeSet<String>,
    /// Whether code depends on a keyword, or a warning says that it does not.
    matters: BTreeMap<Keyword, bool>,
    /// What the ledger says.
    treatments: BTreeMap<Keyword, BTreeSet<Treatment>>,
}

impl Findings {
    /// No code may depend on what is passed through, but for what a broken reference breaks, which is reported.
    fn passed(&mut self, fixture: &Fixture, used: &Use, verdict: &Verdict) {
        let name = |part: &String| format!("passed through, and changes code: {}{part}", shown(fixture, used));
        self.wrong.extend(verdict.unreported.iter().map(name));
    }

    /// Of every part of everything else, a change is noticed.
    fn typed(&mut self, fixture: &Fixture, used: &Use, verdict: &Verdict, unchecked: &BTreeSet<String>) {
        let pointer = used.pointer();
        let is_told = unchecked.iter().any(|place| covers(place, &pointer));
        let name = |part: &String| format!("silent: {}{part}", shown(fixture, used));
        self.wrong.extend(verdict.silent.iter().filter(|_| !is_told).map(name));
        let has_one_word = !used.field.words.is_empty() && !used.field.words.contains('|');
        let is_told = unchecked.iter().any(|place| covers(place, &pointer) || covers(&pointer, place));
        let matters = is_told || has_one_word || verdict.refused || !verdict.code.is_empty();
        *self.matters.entry(used.keyword()).or_default() |= matters;
    }

    /// Compares the list with the ledger, and what the ledger calls typed or enforced with what code depends on.
    fn finish(mut self, listed: &BTreeSet<Keyword>) -> BTreeSet<String> {
        for (keyword, treatments) in &self.treatments {
            let (object, name) = keyword;
            let is_passed = treatments.iter().all(|treatment| *treatment == Treatment::PassedThrough);
            if is_passed != listed.contains(keyword) {
                let names: Vec<_> = treatments.iter().map(|treatment| treatment.name()).collect();
                self.wrong.insert(format!("in the ledger, {object} {name} is {}", names.join(" and ")));
            }
            if treatments.contains(&Treatment::Unknown) {
                self.wrong.insert(format!("{object} {name} is not known"));
            }
            if !is_passed && self.matters.get(keyword) == Some(&false) {
                self.wrong.insert(format!("no code depends on {object} {name}, which is not passed through"));
            }
        }
        let unused = listed.iter().filter(|keyword| !self.treatments.contains_key(*keyword));
        self.wrong.extend(unused.map(|(object, name)| format!("no fixture uses {object} {name}, which is listed")));
        self.wrong
    }
}

fn shown(Fixture { name, version, .. }: &Fixture, used: &Use) -> String {
    format!("{name} as {version}: {} {} at {} ", used.object, used.field.name, used.pointer())
}

/// What came of the mutations of one use.
#[derive(Debug, Default)]
struct Verdict {
    /// The parts of the value of which no change was noticed.
    silent: BTreeSet<String>,
    /// The parts of which a change changed the code.
    code: BTreeSet<String>,
    /// Those of them that changed no diagnostic.
    unreported: BTreeSet<String>,
    /// Whether a change had no effect at all.
    nothing: bool,
    /// Whether a changed document was refused.
    refused: bool,
}

fn judge(before: &Outcome, mutations: Vec<Mutation>, outcome: impl Fn(&Node) -> Outcome) -> Verdict {
    let mut verdict = Verdict::default();
    let mut noticed = BTreeMap::<String, bool>::new();
    for mutation in mutations {
        let after = outcome(&mutation.root);
        *noticed.entry(mutation.part.clone()).or_default() |= after != *before;
        verdict.nothing |= after == *before;
        verdict.refused |= after.code.is_none();
        if after.code.is_some() && after.code != before.code {
            if after.diagnostics == before.diagnostics {
                verdict.unreported.insert(format!("{} ({})", mutation.part, mutation.change));
            }
            verdict.code.insert(format!("{} ({})", mutation.part, mutation.change));
        }
    }
    let silent = noticed.into_iter().filter(|(part, noticed)| !noticed && !may_be_silent(part));
    verdict.silent = silent.map(|(part, _)| part).collect();
    verdict
}

/// Whether what is said of one place is said of another.
fn covers(place: &str, other: &str) -> bool {
    other.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The document as a generator sees it that does not know a keyword.
fn without_sight_of(root: &Node, keyword: &Keyword) -> Node {
    let mut seen = root.clone();
    // The innermost first, so that the places of the others stay.
    for used in uses(root).into_iter().rev().filter(|used| used.keyword() == *keyword) {
        if let Value::Mapping(entries) = &mut at_mut(&mut seen, &used.owner).value {
            entries.iter_mut().filter(|entry| entry.key.text == keyword.1).for_each(|entry| {
                "x-hidden".clone_into(&mut entry.key.text);
            });
        }
    }
    seen
}

/// The closed list.
fn passed_through() -> BTreeSet<Keyword> {
    let text = fs::read_to_string(folder().join("passed_through.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split(" | ").map(str::trim).collect();
            let [object, keyword, reason] = columns.try_into().expect("a line has three columns");
            assert!(!reason.is_empty(), "{line}");
            (object.to_owned(), keyword.to_owned())
        })
        .collect()
}

/// The documents, in each of the versions that their first line names.
fn fixtures() -> Vec<Fixture> {
    let mut paths: Vec<_> =
        fs::read_dir(folder().join("fixtures")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut fixtures = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let named =
            text.lines().next().unwrap().strip_prefix("# versions: ").expect("the first line names the versions");
        let mut sources = Sources::default();
        let source = sources.add(&name, text.as_str());
        let root = document::load(&sources, source, &mut Sink::default()).expect("the fixture is well-formed").root;
        for version in VERSIONS.into_iter().filter(|version| named.split(' ').any(|named| named == *version)) {
            let mut root = root.clone();
            at_mut(&mut root, &[Step::Key("openapi".to_owned())]).value = Value::String(format!("{version}.0"));
            fixtures.push(Fixture { name: name.clone(), version, root });
        }
    }
    fixtures
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mutation"))
}

/// Does something with each, on all processors.
fn each_in_parallel<T: Send>(items: Vec<T>, action: impl Fn(T) + Sync) {
    let queue = Mutex::new(items);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(item) = { queue.lock().unwrap().pop() } {
                    action(item);
                }
            });
        }
    });
}
