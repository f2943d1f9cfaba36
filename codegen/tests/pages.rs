//! Pages: the seeds' documents agree with their pages, and what is wrong is shown where it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use stubwright_codegen::{
    diagnostic::{Code, Sink},
    page, render,
    source::{SourceId, Sources},
};

const PAGES: [(&str, &str); 5] = [
    ("devin-v2-revoke-api-key.md", "devin/v2-openapi.yaml"),
    ("devin-v3-revoke-service-user-api-key.de.md", "devin/de/v3-openapi.yaml"),
    ("devin-v3-revoke-service-user-api-key.en.md", "devin/v3-openapi.yaml"),
    ("devin-v3-revoke-service-user-api-key.zh.md", "devin/zh/v3-openapi.yaml"),
    ("langwatch-revoke-api-key.md", "langwatch/openapi.yaml"),
];

#[test]
fn the_specs_are_what_the_pages_say() {
    let specs = root().join("../specs");
    let mut run = Run::default();
    let pages: Vec<_> = PAGES.iter().map(|(page, _)| run.add(&specs.join("pages").join(page))).collect();
    let list = run.add(&specs.join("pages/sites.yaml"));
    let files = run.import(&pages, Some(list));
    assert_eq!(run.rendered(), "");

    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    let mut expected = PAGES.map(|(_, spec)| spec);
    expected.sort_unstable();
    assert_eq!(paths, expected);
    for (page, spec) in PAGES {
        let text = fs::read_to_string(specs.join(spec)).unwrap();
        let imported = files.iter().find(|file| file.path == spec).unwrap();
        assert_eq!(imported.text, text, "{spec} is not what {page} gives");
        // By hand, so that the block's bounds are not only our own word.
        let page = fs::read_to_string(specs.join("pages").join(page)).unwrap();
        let block = page.split_once("## OpenAPI\n\n````yaml ").unwrap().1.split_once('\n').unwrap().1;
        assert_eq!(block.strip_suffix("\n````").unwrap(), text);
        let yaml: serde_yaml::Value = serde_yaml::from_str(block.strip_suffix("````").unwrap()).unwrap();
        assert_eq!(yaml, serde_yaml::from_str::<serde_yaml::Value>(&text).unwrap());
    }
}

#[test]
fn a_page_says_its_site_title_and_operation() {
    let mut run = Run::default();
    let id = run.add(&root().join("../specs/pages").join(PAGES[1].0));
    let page = page::read(&run.sources, id, &mut run.sink).unwrap();
    assert_eq!(page.site.unwrap().text, "docs.devin.ai");
    assert_eq!(page.title.as_deref(), Some("API key für Service-Benutzer widerrufen"));
    assert_eq!(page.info.method, "delete");
    assert_eq!(page.info.path, "/v3beta1/enterprise/service-users/{service_user_id}/api-keys/{api_key_id}");
    let file = page.info.file.unwrap();
    assert_eq!((file.language, file.path.as_str()), (Some("de"), "v3-openapi.yaml"));
    // Spans point into the page.
    let version = page.document.root.get("openapi").unwrap();
    assert_eq!(run.sources.text(version.span), "3.1.0");
    assert_eq!(run.sources.position(version.span).line, 21);
}

#[test]
fn wrong_pages_are_refused_where_they_are_wrong() {
    let folder = root().join("tests/reject/pages");
    let mut codes: Vec<_> =
        [Code::NoOpenApiBlock, Code::InvalidInfoString, Code::UnmappedSite, Code::PageMismatch, Code::PageConflict]
            .to_vec();
    let mut wrong = Vec::new();
    for case in cases(&folder) {
        let mut run = Run { shown: Some(folder.clone()), ..Run::default() };
        let mut pages = vec![run.add(&case)];
        let other = case.with_file_name(format!("{}-other.md", case.file_stem().unwrap().display()));
        if other.exists() {
            pages.push(run.add(&other));
        }
        let list = run.add(&folder.join("sites.yaml"));
        run.import(&pages, Some(list));
        assert!(run.sink.has_errors(), "{} is not refused", case.display());
        let name = case.file_stem().unwrap().to_str().unwrap();
        let reported = run.sink.clone().into_diagnostics();
        assert!(reported.iter().all(|diagnostic| name.starts_with(diagnostic.code.name())), "{name}: {reported:?}");
        codes.retain(|code| reported.iter().all(|diagnostic| diagnostic.code != *code));
        wrong.extend(differs(&case.with_extension("stderr"), &run.rendered()));
    }
    assert_eq!(codes, [], "codes without a case");
    assert!(wrong.is_empty(), "{}\nUPDATE=1 writes what is said now", wrong.join("\n"));
}

#[test]
fn only_the_block_is_taken() {
    let text = "> https://docs.pets.example/llms.txt\r\n# Pets\n```md\n## OpenAPI\n````\n## OpenAPI\n\n\
                `````yaml de/pets.json get /p\nopenapi: 3.1.0\ninfo:\n  description: |\n    ```\n    text\n    ```\n\
                paths: {/p: {get: {}}}\n\n\n`````   \ntrailer\n";
    let mut run = Run::default();
    let page = run.sources.add("p.md", text);
    let files =
        page::import(&run.sources, &[page], &page::Sites::default().assign("docs.pets.example", "pets"), &mut run.sink);
    assert_eq!(run.rendered(), "");
    assert_eq!(files[0].path, "pets/de/pets.yaml");
    let block = "openapi: 3.1.0\ninfo:\n  description: |\n    ```\n    text\n    ```\npaths: {/p: {get: {}}}\n\n";
    assert_eq!(files[0].text, block);
}

#[test]
fn equal_pages_give_one_file_in_any_order() {
    let page = |description: &str| {
        format!(
            "> https://a.example/llms.txt\n## OpenAPI\n````yaml en/a.yaml GET /p\nopenapi: 3.1.0\ninfo: {{title: {description}}}\n\
             paths: {{/p: {{get: {{}}}}}}\n\n````"
        )
    };
    let files = |texts: [String; 2]| {
        let mut run = Run::default();
        let pages = texts.map(|text| run.sources.add("p.md", text));
        let files = page::import(
            &run.sources,
            &pages,
            &page::Sites::default().assign("https://A.example/", "a"),
            &mut run.sink,
        );
        assert_eq!(run.rendered(), "");
        files
    };
    let one = files([page("x"), page("'x'")]);
    assert_eq!(one.len(), 1);
    // `en` is the base language: no folder.
    assert_eq!(one[0].path, "a/a.yaml");
    assert_eq!(one, files([page("'x'"), page("x")]));
}

#[test]
fn the_longest_site_wins() {
    let mut run = Run::default();
    let list = run.sources.add(
        "sites.yaml",
        "language: de\nx.example: {api: whole}\nX.example/docs/: {api: docs, file: d.yaml, language: zh-hans}\n",
    );
    let sites = page::read_sites(&run.sources, list, &mut run.sink);
    assert_eq!(run.rendered(), "");
    let api = |site: &str| sites.find(site).map(|site| site.api.as_str());
    assert_eq!(api("x.example"), Some("whole"));
    assert_eq!(api("x.example/docs"), Some("docs"));
    assert_eq!(api("x.example/docs/en"), Some("docs"));
    assert_eq!(api("x.example/docsy"), Some("whole"));
    assert_eq!(api("y.x.example"), None);
    assert_eq!(sites.find("x.example").unwrap().language, "de");
    assert_eq!(sites.find("x.example/docs").unwrap().language, "zh-Hans");
    let assigned = sites.assign("x.example/docs", "mine");
    let docs = assigned.find("x.example/docs").unwrap();
    assert_eq!((docs.api.as_str(), docs.file.as_deref()), ("mine", Some("d.yaml")));
}

#[test]
fn a_wrong_site_list_is_refused() {
    let cases = [
        ("[a]", Code::WrongType),
        ("a.example: pets", Code::WrongType),
        ("a.example: {api: 5}", Code::WrongType),
        ("a.example: {file: a.yaml}", Code::MissingKey),
        ("a.example: {api: ..}", Code::InvalidValue),
        ("a.example: {api: a/b}", Code::InvalidValue),
        ("a.example: {api: a, file: ../a.yaml}", Code::InvalidValue),
        ("a.example: {api: a, file: a.txt}", Code::InvalidValue),
        ("language: klingon\na.example: {api: a}", Code::InvalidValue),
        ("a.example: {api: a, folder: b}", Code::UnknownKey),
    ];
    for (text, code) in cases {
        let mut run = Run::default();
        let list = run.sources.add("sites.yaml", text);
        page::read_sites(&run.sources, list, &mut run.sink);
        let codes: Vec<_> = run.sink.into_diagnostics().iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [code], "{text}");
    }
}

/// The file names of info strings that must never become a path.
#[test]
fn no_file_name_leads_out() {
    let names = [
        "../a.yaml",
        "/../a.yaml",
        "//etc/a.yaml",
        "a/../../b.yaml",
        "a\\..\\b.yaml",
        "c:/a.yaml",
        "./a.yaml",
        ".yaml",
        "a/.yaml",
        "a//b.yaml",
    ];
    for name in names {
        let mut run = Run::default();
        let text = format!(
            "> https://a.example/llms.txt\n## OpenAPI\n```yaml {name} GET /p\npaths: {{/p: {{get: {{}}}}}}\n```\n"
        );
        let page = run.sources.add("p.md", text);
        let files =
            page::import(&run.sources, &[page], &page::Sites::default().assign("a.example", "a"), &mut run.sink);
        assert!(files.is_empty() && run.sink.has_errors(), "{name}: {files:?}");
    }
}

/// The texts and the diagnostics of one import.
#[derive(Default)]
struct Run {
    sources: Sources,
    sink: Sink,
    /// The folder that names are shown relative to.
    shown: Option<PathBuf>,
}

impl Run {
    fn add(&mut self, path: &Path) -> SourceId {
        let name = self.shown.as_ref().map_or(path, |folder| path.strip_prefix(folder).unwrap());
        self.sources.add(name.to_str().unwrap(), fs::read_to_string(path).unwrap())
    }

    fn import(&mut self, pages: &[SourceId], list: Option<SourceId>) -> Vec<page::File> {
        let sites = list.map(|list| page::read_sites(&self.sources, list, &mut self.sink)).unwrap_or_default();
        page::import(&self.sources, pages, &sites, &mut self.sink)
    }

    fn rendered(&self) -> String {
        let diagnostics = self.sink.clone().into_diagnostics();
        render::render_all(&self.sources, &diagnostics, &Code::severity, false)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_case = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.strip_suffix(".md").is_some_and(|stem| !stem.ends_with("-other"))
    };
    let mut cases: Vec<_> = files.filter(is_case).collect();
    cases.sort();
    cases
}

/// What is wrong with the expected text of a case; with `UPDATE` set it is written.
fn differs(expected: &Path, text: &str) -> Option<String> {
    if env::var_os("UPDATE").is_some() {
        fs::write(expected, text).unwrap();
        return None;
    }
    let before = fs::read_to_string(expected).unwrap_or_default();
    (before != text).then(|| format!("{}: said before:\n{before}says now:\n{text}", expected.display()))
}
