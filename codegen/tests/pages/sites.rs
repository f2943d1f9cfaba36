//! The site list.

use stubwright_codegen::{diagnostic::Code, page};

use crate::support::Run;

#[test]
fn the_longest_site_wins() {
    let mut run = Run::default();
    let list = run.text(
        "sites.yaml",
        "language: de\nx.example: {api: whole}\nX.example/docs/: {api: docs, file: d.yaml, language: zh-hans}\n",
    );
    let sites = page::read_sites(&run.sources, list.source, &mut run.sink);
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
        let list = run.text("sites.yaml", text);
        page::read_sites(&run.sources, list.source, &mut run.sink);
        let codes: Vec<_> = run.sink.into_diagnostics().iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [code], "{text}");
    }
}

#[test]
fn a_star_is_any_other_site() {
    let mut run = Run::default();
    let list = run.text("sites.yaml", "'*': {api: others}\nx.example: {api: x}\n");
    let sites = page::read_sites(&run.sources, list.source, &mut run.sink);
    assert_eq!(run.rendered(), "");
    assert_eq!(sites.find("x.example").unwrap().api, "x");
    assert_eq!(sites.find("y.example").unwrap().api, "others");
    assert_eq!(sites.any().unwrap().api, "others");
    assert_eq!(page::Sites::default().any(), None);
}
