//! The seeds' documents are what their pages say.

use std::fs;

use stubwright_codegen::page::{self, Subject};

use crate::support::{Run, documents, root};

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
    let import = run.import(&pages, Some(&list));
    assert_eq!(run.rendered(), "");

    let paths: Vec<_> = documents(&import).iter().map(|(path, _)| *path).collect();
    let mut expected = PAGES.map(|(_, spec)| spec);
    expected.sort_unstable();
    assert_eq!(paths, expected);
    for (page, spec) in PAGES {
        let text = fs::read_to_string(specs.join(spec)).unwrap();
        let imported = import.files.iter().find(|file| file.path == spec).unwrap();
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
    let text = run.add(&root().join("../specs/pages").join(PAGES[1].0));
    let mut pages = page::read(&run.sources, &text, &mut run.sink);
    assert_eq!(pages.len(), 1);
    let page = pages.remove(0);
    assert_eq!(page.site.unwrap().text, "docs.devin.ai");
    assert_eq!(page.title.as_deref(), Some("API key für Service-Benutzer widerrufen"));
    let path = "/v3beta1/enterprise/service-users/{service_user_id}/api-keys/{api_key_id}";
    assert_eq!(page.info.subject, Subject::Operation(path.to_owned(), "delete"));
    assert_eq!(page.prose.lead, "Einen API key für einen Service-Benutzer widerrufen.");
    assert!(page.prose.text.starts_with("Gibt 404 zurück") && page.prose.text.ends_with("auf Enterprise-Ebene."));
    assert_eq!(page.prose.statuses, [404, 409].into());
    assert_eq!(page.prose.permissions, ["ManageAccountServiceUsers"]);
    let file = page.info.file.unwrap();
    assert_eq!((file.language.as_deref(), file.path.as_str()), (Some("de"), "v3-openapi.yaml"));
    // Spans point into the page.
    let version = page.document.root.get("openapi").unwrap();
    assert_eq!(run.sources.text(version.span), "3.1.0");
    assert_eq!(run.sources.position(version.span).line, 21);
}

#[test]
fn prose_in_every_language_stands_beside_the_base() {
    let specs = root().join("../specs");
    let mut run = Run::default();
    let pages: Vec<_> = PAGES.iter().map(|(page, _)| run.add(&specs.join("pages").join(page))).collect();
    let list = run.add(&specs.join("pages/sites.yaml"));
    let import = run.import(&pages, Some(&list));
    let records: Vec<_> = import.files.iter().filter(|file| file.path.ends_with(".pages.yaml")).collect();
    let paths: Vec<_> = records.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["devin/v2-openapi.pages.yaml", "devin/v3-openapi.pages.yaml", "langwatch/openapi.pages.yaml"]);
    for record in &records {
        assert_eq!(fs::read_to_string(specs.join(&record.path)).unwrap(), record.text, "{}", record.path);
    }
    let yaml: serde_json::Value = serde_yaml::from_str(&records[1].text).unwrap();
    let operation =
        &yaml["operations"]["DELETE /v3beta1/enterprise/service-users/{service_user_id}/api-keys/{api_key_id}"];
    let languages: Vec<_> = operation.as_object().unwrap().keys().collect();
    assert_eq!(languages, ["en", "de", "zh"]);
    for language in ["de", "en", "zh"] {
        assert_eq!(operation[language]["statuses"], serde_json::json!([404, 409]), "{language}");
        assert_eq!(operation[language]["permissions"], serde_json::json!(["ManageAccountServiceUsers"]), "{language}");
    }
    // What prose says beyond the contract is in the summary.
    let said: Vec<_> = import.summaries.iter().map(|summary| (summary.path.as_str(), &summary.prose)).collect();
    let v3 = said.iter().find(|(path, _)| *path == "devin/zh/v3-openapi.yaml").unwrap().1;
    assert_eq!((v3[0].statuses.len(), v3[0].permissions.len()), (2, 1), "{v3:?}");
    let langwatch = said.iter().find(|(path, _)| *path == "langwatch/openapi.yaml").unwrap().1;
    assert_eq!(langwatch[0].permissions, ["organization:manage"]);
    assert!(langwatch[0].statuses.is_empty());
}
