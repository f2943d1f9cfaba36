//! Every page of the corpus is imported, or refused for the right reason.
//!
//! The corpus is the folder that `STUBWRIGHT_CORPUS` names; without it the test does nothing, and says so.

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use stubwright_codegen::{diagnostic::Code, page::Sites};

use crate::support::Run;

/// What becomes of a page: its document, or why there is none; and what is warned about.
enum Outcome {
    Document(&'static str, &'static [Code]),
    Refused(Code),
}

use Outcome::{Document, Refused};

const PAGES: &[(&str, Outcome)] = &[
    ("devin-delete-v3_organizations_org_id_secrets_secret_id.md", Document("a/v3-openapi.yaml", &[])),
    ("devin-get-v3_enterprise_members_service-users.md", Document("a/v3-openapi.yaml", &[])),
    ("devin-patch-v3_enterprise_members_service-users_service_user_id.md", Document("a/v3-openapi.yaml", &[])),
    ("langwatch-delete-api_api-keys_id.md", Document("a/LangWatch-API-1.0.0.yaml", &[])),
    ("langwatch-get-api_api-keys.md", Document("a/LangWatch-API-1.0.0.yaml", &[])),
    ("langwatch-get-api_api-keys_id.md", Document("a/LangWatch-API-1.0.0.yaml", &[])),
    ("langwatch-patch-api_api-keys_id.md", Document("a/LangWatch-API-1.0.0.yaml", &[])),
    ("langwatch-post-api_api-keys.md", Document("a/LangWatch-API-1.0.0.yaml", &[])),
    ("mintlify-analytics.en.md", Document("a/analytics.openapi.yaml", &[])),
    ("mintlify-analytics.es.md", Document("a/es/analytics.openapi.yaml", &[])),
    ("mintlify-analytics.fr.md", Document("a/fr/analytics.openapi.yaml", &[])),
    ("mintlify-analytics.zh.md", Document("a/zh/analytics.openapi.yaml", &[])),
    ("variant-legacy-squared-manual-sync.md", Refused(Code::LegacyPage)),
    ("variant-legacy-url-frontmatter-forge.md", Refused(Code::LegacyPage)),
    ("variant-nofile-fastapi-honcho.md", Document("a/Honcho-API-3.1.0.yaml", &[])),
    ("variant-url-lunary-export-runs.md", Document("a/api.lunary.ai-v1-openapi.yaml", &[])),
    ("variant-webhook-notion-pageDeleted.md", Document("a/openapi.yaml", &[])),
    ("variant-webhook-polar-order.paid.md", Document("a/openapi/2026-10.openapi.yaml", &[])),
];

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must be seen")]
fn every_page_of_the_corpus_is_imported_or_refused_for_the_right_reason() {
    let Some(folder) = env::var_os("STUBWRIGHT_CORPUS").map(|corpus| PathBuf::from(corpus).join("pages")) else {
        eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no page of the corpus was imported");
        return;
    };
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    assert_eq!(names, PAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "pages without an outcome");
    let sites = Sites::default().assign(Sites::ANY, "a");
    let mut together = Run::default();
    let mut texts = Vec::new();
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, outcome) in PAGES {
        let mut run = Run::default();
        let text = run.add(&folder.join(name));
        let import = stubwright_codegen::page::import(&run.sources, &[text], &sites, &mut run.sink);
        match outcome {
            Document(path, warnings) => {
                assert_eq!(run.codes(), *warnings, "{name}:\n{}", run.rendered());
                assert_eq!(import.summaries[0].path, *path, "{name}");
                assert_eq!(import.files.len(), 2, "{name}");
                texts.push(together.add(&folder.join(name)));
                *expected.entry(path).or_default() += 1;
            }
            Refused(code) => assert_eq!(run.codes(), [*code], "{name}:\n{}", run.rendered()),
        }
    }
    // All of one document become one.
    let import = stubwright_codegen::page::import(&together.sources, &texts, &sites, &mut together.sink);
    assert!(!together.sink.has_errors(), "{}", together.rendered());
    let pages: BTreeMap<&str, usize> =
        import.summaries.iter().map(|summary| (summary.path.as_str(), summary.pages)).collect();
    assert_eq!(pages, expected);
    let lost: Vec<&str> =
        import.summaries.iter().flat_map(|summary| &summary.lost_webhooks).map(String::as_str).collect();
    assert_eq!(lost, ["pageDeleted", "order.paid"]);
}
