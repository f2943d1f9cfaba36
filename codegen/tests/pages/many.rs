//! Texts with many pages.

use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, proptest};
use stubwright_codegen::diagnostic::Code;

use crate::support::{Run, block, documents, import};

fn document(path: &str) -> String {
    format!("openapi: 3.1.0\npaths:\n  {path}:\n    get: {{}}\n")
}

fn page(path: &str) -> String {
    block(&format!("a.yaml GET {path}"), &document(path))
}

#[test]
fn pages_of_a_whole_site_are_told_apart() {
    let with_source = |path: &str| {
        page(path).replacen("# Title\n", &format!("# Title of {path}\nSource: https://a.example/docs{path}\n"), 1)
    };
    let guide = "# Guide\nSource: https://a.example/docs/guide\n\nText with `## OpenAPI`.\n\n```md\n# No page\nSource: https://b.example\n```\n\n\
                 # A second heading\n\n";
    let (import, run) = import(&[&format!("{guide}{}{guide}{}{guide}", with_source("/p"), with_source("/q"))]);
    assert_eq!(run.rendered(), "");
    assert_eq!(import.summaries[0].pages, 2);
    let record = &import.files[0].text;
    for line in ["    en:\n      title: Title of /p\n", "source: 1.md", "url: https://a.example/docs/q"] {
        assert!(record.contains(line), "{record}");
    }
    let expected = "openapi: 3.1.0\npaths:\n  /p:\n    get: {}\n  /q:\n    get: {}\n";
    assert_eq!(documents(&import), [("a/a.yaml", expected)]);
}

#[test]
fn pages_in_a_dump_are_told_apart() {
    let index = "> ## Documentation Index\n> at: https://a.example/llms.txt\n\n";
    let front_matter =
        |path: &str| format!("---\nsource: https://a.example{path}\nfetched: today\n---\n\n{}", page(path));
    let forms: [[String; 2]; 5] = [
        ["/p", "/q"].map(page),
        ["/p", "/q"]
            .map(|path| format!("{index}{}\n---\n\n> To find pages, fetch https://a.example/llms.txt\n", page(path))),
        ["/p", "/q"].map(|path| format!("# Source: https://a.example{path}\n\n{}", page(path))),
        ["/p", "/q"].map(|path| format!("> Source: https://a.example{path}\n\n{index}{}", page(path))),
        ["/p", "/q"].map(front_matter),
    ];
    for pages in forms {
        let (import, run) = import(&[&pages.concat()]);
        assert_eq!(run.rendered(), "", "{pages:?}");
        assert_eq!(import.summaries[0].pages, 2, "{pages:?}");
        assert!(import.files[0].text.contains("prose: Prose."), "{}", import.files[0].text);
    }
}

#[test]
fn a_text_without_a_block_is_wrong_only_where_it_is_named() {
    let mut run = Run::default();
    let mut guide = run.text("guide.md", "# Guide\n");
    let other = run.text("p.md", &format!("> https://a.example/llms.txt\n{}", page("/p")));
    guide.is_named = false;
    let list = run.text("sites.yaml", "a.example: {api: a}\n");
    assert_eq!(run.import(&[guide.clone(), other.clone()], Some(&list)).files.len(), 2);
    assert_eq!(run.codes(), []);
    guide.is_named = true;
    run.import(&[guide, other], Some(&list));
    assert_eq!(run.codes(), [Code::NoOpenApiBlock]);
}

#[test]
fn webhooks_are_imported_where_their_pages_hold_them() {
    let held = block(
        "a.yaml webhook order.paid",
        "openapi: 3.1.0\npaths: {}\nwebhooks:\n  order.paid:\n    post:\n      responses: {'200': {description: Taken}}\n",
    );
    let lost = block("a.yaml WEBHOOK order.lost", "openapi: 3.1.0\npaths: {}\n");
    let (import, run) = import(&[&held, &lost, &page("/p")]);
    assert_eq!(run.rendered(), "");
    let summary = &import.summaries[0];
    assert_eq!((summary.operations, summary.pages), (1, 3));
    assert_eq!(summary.webhooks, ["order.paid"]);
    assert_eq!(summary.lost_webhooks, ["order.lost"]);
    let (_, text) = documents(&import)[0];
    assert!(text.ends_with("  /p:\n    get: {}\nwebhooks:\n  order.paid:\n    post:\n      responses:\n        '200':\n          description: Taken\n"), "{text}");
    assert!(import.files[0].text.contains("webhooks:\n  order.lost:\n    en:\n"), "{}", import.files[0].text);
}

/// Pieces of pages, in any order.
const PIECES: &[&str] = &[
    "# Title\n",
    "# Source: https://a.example/p\n",
    "> Source: https://b.example/p\n",
    "Source: https://a.example/p\n",
    "---\n",
    "source: 'https://a.example/'\n",
    "url:\n",
    "> ## Documentation Index\n",
    "> at https://a.example/docs/llms.txt\n",
    "> Lead 404\n",
    ">\n",
    "## Permissions\n",
    "<div id=\"permissions\">\n",
    "`One` and a:b `\n",
    "## OpenAPI\n",
    "## AsyncAPI\n",
    "````yaml GET /p\n",
    "```yaml de/x.json webhook w\n",
    "````yaml https://é.example/ö GET /p\n",
    "  ````\n",
    "````\n",
    "```\n",
    "openapi: 3.1.0\npaths: {/p: {get: {}}}\n",
    "paths: {path: /p}\n",
    "\r\n",
    "\n",
    "é 5€ 4",
    "\u{85}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        let (import, run) = import(&[&text]);
        prop_assert!(run.sink.has_errors() || !import.files.is_empty(), "{}", text);
        // Every place can be shown.
        prop_assert_eq!(run.rendered().is_empty(), run.codes().is_empty());
    }
}
