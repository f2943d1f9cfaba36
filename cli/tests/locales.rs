//! `stubwright locales` as users and tools run it, and the options of translations that all commands share.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::Folder;

const BASE: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1', description: All 3 pets.}
paths:
  /pets:
    get:
      operationId: listPets
      summary: All pets
      parameters:
      - {in: query, name: order, description: The order, schema: {type: string}}
      responses:
        '200': {description: The pets}
        '404': {description: No pets}
";

const GERMAN: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1', description: Alle 3 Haustiere.}
paths:
  /pets:
    get:
      operationId: listPets
      summary: Alle Haustiere
      description: Nur hier
      parameters:
      - {in: query, name: order, description: '', schema: {type: string}}
      responses:
        '200': {description: Die Haustiere}
        '404': {description: Keine Haustiere}
";

#[test]
fn the_seeds_are_translated_as_far_as_they_are() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/devin/v3-openapi.yaml");
    let run = Folder::new(&[]).run_with(&["locales", spec.to_str().unwrap(), "--format", "json"]);
    assert_eq!(run.code(), Some(0), "{}", run.messages());
    let report: Value = serde_json::from_str(&run.data()).unwrap();
    assert_eq!((&report["language"], &report["texts"]), (&json!("en"), &json!(25)));
    let languages = report["languages"].as_array().unwrap();
    assert_eq!(languages.iter().map(|one| one["language"].as_str().unwrap()).collect::<Vec<_>>(), ["de", "zh"]);
    for language in languages {
        let counts = &language["counts"];
        let count = |key: &str| counts[key].as_u64().unwrap();
        assert_eq!(["translated", "missing", "drift", "same"].map(count), [8, 0, 0, 17]);
        assert_eq!(["stale", "orphaned", "lacking", "changedLiterals"].map(count), [0, 0, 0, 0]);
        assert_eq!(language["translatedPercent"], json!(32.0));
    }
}

#[test]
fn the_report_counts_and_names_what_is_not_translated() {
    let folder = Folder::new(&[("pets.yaml", BASE), ("de/pets.yaml", GERMAN)]);
    let run = folder.run("locales pets.yaml");
    assert_eq!(run.code(), Some(0));
    let expected = "\
pets.yaml (en): 6 texts

de de/pets.yaml
  translated               4   67 %
  same as base             1   17 %
  missing                  1   17 %
  stale                    0    0 %
  orphaned                 1
  drift                    0

  missing
    9:47 of the base /paths/~1pets/get/parameters/0/description

  orphaned
    8:20 /paths/~1pets/get/description

  same as base
    2:15 /info/title
";
    assert_eq!(run.data(), expected);
    assert!(run.messages().starts_with("stubwright: the translation `de` is de/pets.yaml\n"), "{}", run.messages());
    assert!(run.messages().ends_with("2 warnings\n"), "{}", run.messages());

    let report: Value = serde_json::from_str(&folder.run("locales pets.yaml --format json").data()).unwrap();
    let texts = report["languages"][0]["texts"].as_array().unwrap();
    let missing = json!({
        "state": "missing",
        "pointer": "/paths/~1pets/get/parameters/0/description",
        "base": {"file": "pets.yaml", "line": 9, "column": 47},
        "copy": null,
    });
    assert!(texts.contains(&missing), "{texts:?}");
    assert_eq!(texts.len(), 7);
}

#[test]
fn what_is_the_same_is_shown_where_it_is() {
    let base =
        BASE.replace("paths:", "tags:\n- {name: a, description: A dog}\n- {name: b, description: A cat}\npaths:");
    let copy =
        BASE.replace("paths:", "tags:\n- {name: b, description: Eine Katze}\n- {name: a, description: A dog}\npaths:");
    let folder = Folder::new(&[("pets.yaml", &base), ("de/pets.yaml", &copy)]);
    let report: Value = serde_json::from_str(&folder.run("locales pets.yaml --format json").data()).unwrap();
    let expected = json!({
        "state": "same",
        "pointer": "/tags/0/description",
        "base": {"file": "pets.yaml", "line": 4, "column": 26},
        "copy": {"file": "de/pets.yaml", "line": 5, "column": 26},
    });
    let texts = report["languages"][0]["texts"].as_array().unwrap();
    assert!(texts.contains(&expected), "{texts:?}");
}

#[test]
fn translations_lie_where_people_put_them() {
    let overlay = "overlay: 1.0.0\ninfo: {title: Dutch, version: '1'}\n\
        actions: [{target: $.info, update: {description: Alle 3 huisdieren.}}]\n";
    let folder = Folder::new(&[
        ("api/pets.yaml", BASE),
        ("api/de/pets.yaml", GERMAN),
        ("api/pets.de.yaml", "not: read"),
        ("api/pets.pt-br.yml", GERMAN),
        ("api/zh_Hant/pets.json", GERMAN),
        ("api/pets.overlay.nl.yaml", overlay),
        ("@l10n/fr/api/pets.yaml", GERMAN),
        ("api/@l10n/it/pets.yaml", GERMAN),
        ("api/es/other.yaml", GERMAN),
        ("api/src/pets.yaml", GERMAN),
        ("api/pets.overlay.xx.yaml", overlay),
    ]);
    let languages = |words: &str| -> Vec<(String, String)> {
        let run = folder.run(words);
        let report: Value = serde_json::from_str(&run.data()).unwrap_or_else(|_| panic!("{}", run.messages()));
        let languages = report["languages"].as_array().unwrap().iter();
        languages.map(|one| (one["language"].to_string(), one["file"].to_string())).collect()
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(tag, file)| (format!("{tag:?}"), format!("{file:?}"))).collect()
    };
    let found = [
        ("de", "api/de/pets.yaml"),
        ("fr", "@l10n/fr/api/pets.yaml"),
        ("it", "api/@l10n/it/pets.yaml"),
        ("nl", "api/pets.overlay.nl.yaml"),
        ("pt-BR", "api/pets.pt-br.yml"),
        ("zh-Hant", "api/zh_Hant/pets.json"),
    ];
    assert_eq!(languages("locales api/pets.yaml --format json"), pairs(&found));
    // What is named counts before what is found, and its overlay's translations are none of the document's.
    folder.write("api/pets.overlay.yaml", overlay);
    let mut named = found.to_vec();
    named.retain(|(tag, _)| !["nl", "fr"].contains(tag));
    named.insert(0, ("fr", "api/de/pets.yaml"));
    named.retain(|(tag, _)| *tag != "de");
    assert_eq!(languages("locales api/pets.yaml --format json --translation FR=api/de/pets.yaml"), pairs(&named));

    let siblings = Folder::new(&[("en/pets.yaml", BASE), ("de/pets.yaml", GERMAN), ("pets.es.yaml", BASE)]);
    let report = siblings.run("locales en/pets.yaml").data();
    assert!(report.starts_with("en/pets.yaml (en)") && report.contains("\nde de/pets.yaml\n"), "{report}");
    // The name of a document may tell its language.
    siblings.write("pets.de.yaml", GERMAN);
    let report = siblings.run("locales pets.de.yaml").data();
    assert!(report.starts_with("pets.de.yaml (de)") && report.contains("\nes pets.es.yaml\n"), "{report}");
}

#[test]
fn drift_is_an_error_unless_it_is_allowed() {
    let drifted = GERMAN.replace("listPets", "haustiereAuflisten");
    let folder = Folder::new(&[("pets.yaml", BASE), ("pets.de.yaml", &drifted)]);
    let run = folder.run("locales pets.yaml");
    assert_eq!(run.code(), Some(1));
    let said = "the operationId of `GET /pets` is translated in the `de` copy: `listPets` is `haustiereAuflisten`";
    assert!(run.messages().contains(&format!("error[translation-drift]: {said}\n")), "{}", run.messages());
    assert!(run.data().contains("  drift                    1\n"), "{}", run.data());
    assert!(run.data().ends_with(&format!("\n  drift\n    6:20 {said}\n")), "{}", run.data());

    let run = folder.run("locales pets.yaml --allow-drift");
    assert_eq!(run.code(), Some(0), "{}", run.messages());
    assert!(run.messages().contains(&format!("warning[allowed-drift]: {said}\n")), "{}", run.messages());
    let run = folder.run("generate pets.yaml --out api --find-translations");
    assert!(run.failed(1).contains("error[translation-drift]"));
    let run = folder.run("generate pets.yaml --out api --find-translations --allow-drift");
    assert_eq!(run.code(), Some(0), "{}", run.messages());
    assert!(run.messages().starts_with("stubwright: the translation `de` is pets.de.yaml\n"), "{}", run.messages());
    assert!(folder.read("api/pets/operations.rs").contains("\"listPets\""));
    assert!(folder.read("api/pets/texts.rs").contains("Alle Haustiere"));
}

#[test]
fn a_text_whose_base_changed_is_stale_until_it_is_translated_anew() {
    let folder = Folder::new(&[("pets.yaml", BASE), ("de/pets.yaml", GERMAN)]);
    assert!(folder.run("locales pets.yaml --record").messages().ends_with("recorded in pets.locales.yaml\n"));
    let record = folder.read("pets.locales.yaml");
    assert_eq!(record.lines().count(), 3 + 4, "{record}");
    let stale = || {
        let data = folder.run("locales pets.yaml --record --format json").data();
        let report: Value = serde_json::from_str(&data).unwrap();
        let texts = report["languages"][0]["texts"].as_array().unwrap().clone();
        let stale = texts.iter().filter(|text| text["state"] == "stale");
        stale.map(|text| text["pointer"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(stale(), [] as [String; 0]);
    assert_eq!(folder.read("pets.locales.yaml"), record);

    folder.write("pets.yaml", &BASE.replace("All pets", "All pets of the shop"));
    assert_eq!(stale(), ["/paths/~1pets/get/summary"]);
    // To record again does not make it fresh; a new translation does.
    assert_eq!(stale(), ["/paths/~1pets/get/summary"]);
    folder.write("de/pets.yaml", &GERMAN.replace("Alle Haustiere\n", "Alle Haustiere des Ladens\n"));
    folder.run("locales pets.yaml --record");
    assert_eq!(stale(), [] as [String; 0]);

    folder.write("pets.locales.yaml", "de: {/info/title: 12}\nfr: []\n");
    let run = folder.run("locales pets.yaml");
    assert_eq!(run.messages().matches("warning[invalid-value]: this is no record of translations").count(), 2);
}

#[test]
fn a_translation_becomes_an_overlay_and_back() {
    let whole =
        GERMAN.replace("description: ''", "description: Die Reihenfolge").replace("      description: Nur hier\n", "");
    let folder = Folder::new(&[("pets.yaml", BASE), ("de/pets.yaml", &whole)]);
    let run = folder.run("locales pets.yaml --as-overlay DE --out german.yaml");
    assert_eq!((run.data().as_str(), run.code()), ("german.yaml\n", Some(0)), "{}", run.messages());
    let overlay = folder.read("german.yaml");
    assert!(overlay.starts_with("overlay: 1.0.0\ninfo:\n  title: Pets (de)\n"), "{overlay}");
    assert!(overlay.contains("['parameters'][?@.name=='order'"), "{overlay}");
    let report = |words: &str| {
        let data = folder.run(words).data();
        data.lines().skip(3).take(6).collect::<Vec<_>>().join("\n")
    };
    let counts = report("locales pets.yaml");
    assert!(counts.starts_with("  translated               5   83 %\n  same as base             1"), "{counts}");
    assert_eq!(report("locales pets.yaml --translation de=german.yaml"), counts);
    let failed = folder.run("locales pets.yaml --as-overlay fr").failed(2);
    assert!(failed.ends_with("stubwright: pets.yaml: no translation in `fr`; there is: de\n"), "{failed}");
}

#[test]
fn what_is_no_language_is_refused() {
    let folder = Folder::new(&[("pets.yaml", BASE), ("de.yaml", GERMAN)]);
    for (words, said) in [
        ("locales pets.yaml --language pt_BR", "`pt_BR` is no language tag: did you mean `pt-BR`?"),
        (
            "report pets.yaml --translation german=de.yaml",
            "`german` is the tag of no language: write one of BCP 47, such as `de` or `zh-Hant`",
        ),
        (
            "report pets.yaml --translation de=de.yaml --translation DE=de.yaml",
            "a second file in the language `de`: de.yaml",
        ),
        ("report pets.yaml --translation en=de.yaml", "a second file in the language `en`: de.yaml"),
    ] {
        assert_eq!(folder.run(words).failed(2), format!("stubwright: pets.yaml: {said}\n"), "{words}");
    }
}

#[test]
fn nothing_is_recorded_without_a_translation() {
    let folder = Folder::new(&[("pets.yaml", BASE)]);
    assert_eq!(folder.run("locales pets.yaml --record").messages(), "stubwright: there is no translation to record\n");
    assert_eq!(folder.files(".").keys().collect::<Vec<_>>(), ["pets.yaml"]);
    // A record whose last line was taken out by hand is empty, and not wrong.
    folder.write("pets.locales.yaml", "# Digests of each translated text.\n\n");
    assert_eq!(folder.run("locales pets.yaml").messages(), "");
}

#[test]
fn an_overlay_of_texts_hides_no_drift() {
    let german =
        GERMAN.replace("version: '1'", "version: '2'").replace("        '404': {description: Keine Haustiere}\n", "");
    let folder = Folder::new(&[("pets.yaml", BASE), ("pets.de.yaml", &german)]);
    let messages = folder.run("locales pets.yaml --as-overlay de --out german.yaml").failed(1);
    assert!(messages.contains("error[translation-drift]: the status `404`"), "{messages}");
    assert_eq!(folder.files(".").keys().collect::<Vec<_>>(), ["pets.de.yaml", "pets.yaml"]);
    let run = folder.run("locales pets.yaml --as-overlay de --allow-drift");
    assert_eq!(run.code(), Some(0));
    assert!(run.messages().contains("warning[allowed-drift]: the status `404`"), "{}", run.messages());
    for other in ["[1, 2]\n", "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\npaths: {}\n"] {
        folder.write("other.yaml", other);
        folder.run("locales pets.yaml --translation fr=other.yaml --as-overlay fr").failed(1);
    }
}

#[test]
fn what_an_overlay_of_texts_does_not_find_is_told() {
    let target = |path: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: T, version: '1'}}\nactions:\n- target: $.paths['{path}'].get\n  update: {{summary: Rien}}\n"
        )
    };
    let folder = Folder::new(&[("pets.yaml", BASE), ("pets.fr.overlay.yaml", &target("/dogs"))]);
    let run = folder.run("locales pets.yaml");
    assert!(
        run.messages().contains("warning[unmatched-target]: `$.paths['/dogs'].get` selects nothing"),
        "{}",
        run.messages()
    );
    let orphaned = "  orphaned                 1\n  drift                    0\n\n  orphaned\n    5:21 /actions/0/update/summary\n";
    assert!(run.data().contains(orphaned), "{}", run.data());
    folder.write("pets.fr.overlay.yaml", &target("/pets").replace("target:", "tarjet:"));
    let messages = folder.run("locales pets.yaml").messages();
    assert!(messages.contains("warning[unknown-key]: the Action Object has no key `tarjet`"), "{messages}");
}
