//! The document that a server hands out: what is added to the published one, and that our own reader takes it.

use std::path::{Path, PathBuf};

use stubwright_codegen::diagnostic::Sink;
use stubwright_codegen::source::Sources;
use stubwright_codegen::{Input, NoFiles, Options, Reach, generate};

/// The document that is handed out for a text; `None` where the text is refused.
fn effective(text: &str, options: Options) -> Option<String> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let input = Input {
        base: sources.add("openapi.yaml", text),
        path: PathBuf::from("openapi.yaml"),
        urls: Vec::new(),
        language: "en".to_owned(),
        translations: Vec::new(),
        overlays: Vec::new(),
        drift: stubwright_codegen::locale::Drift::default(),
        published: Vec::new(),
        reach: Reach::Unknown,
        options,
    };
    let output = generate(&mut sources, &input, &mut NoFiles, &mut sink).ok()?;
    let file = output.files.into_iter().find(|file| file.name == "document.json")?;
    Some(file.text.replace("\u{1a}servers\u{1a}", "[]"))
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if ["yaml", "yml", "json"].contains(&ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What is handed out generates again, and hands itself out: nothing is added twice, and nothing is refused.
fn assert_fixed_points(folder: &Path, least: usize) {
    let mut compared = 0;
    for path in documents(folder) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Some(first) = effective(&text, Options::default()) else { continue };
        let second = effective(&first, Options::default());
        assert_eq!(second.as_deref(), Some(first.as_str()), "{}", path.display());
        compared += 1;
    }
    assert!(compared >= least, "{compared} documents of {} were compared", folder.display());
}

#[test]
fn what_is_handed_out_is_a_fixed_point() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_fixed_points(&root.join("accept/documents"), 40);
    assert_fixed_points(&root.join("../specs"), 5);
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must be seen")]
fn what_is_handed_out_is_a_fixed_point_in_the_corpus() {
    let Some(corpus) = std::env::var_os("STUBWRIGHT_CORPUS") else {
        return eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no document of the corpus was handed out");
    };
    assert_fixed_points(&PathBuf::from(corpus).join("conformance"), 100);
}

const PETS: &str = "
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    put:
      security: [{key: []}]
      parameters: [{in: path, name: id, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: string}}}}
      responses:
        '200': {description: Done., content: {application/json: {schema: {type: string}}}}
        '415': {description: Declared.}
    head:
      parameters: [{in: path, name: id, required: true, schema: {type: string}}]
      responses: {'200': {description: Done.}}
  /open:
    get:
      responses: {'200': {description: Done.}, 5XX: {description: Any.}}
components:
  responses: {GeneratedNotFound: {description: Taken.}}
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
";

fn value(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text).expect("it is JSON")
}

#[test]
fn each_status_that_the_server_answers_is_there_once() {
    let document = value(&effective(PETS, Options::default()).expect("it generates"));
    let responses = |path: &str, method: &str| {
        let responses = document["paths"][path][method]["responses"].as_mapping().expect("an operation has responses");
        responses.keys().map(|key| key.as_str().expect("a status").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(responses("/pets/{id}", "put"), "200 415 400 401 403 404 406 408 413 500");
    assert_eq!(responses("/pets/{id}", "head"), "200 400 404 500");
    assert_eq!(responses("/open", "get"), "200 5XX");
    let head = &document["paths"]["/pets/{id}"]["head"]["responses"]["404"];
    assert_eq!((head["description"].as_str(), head.get("content")), (Some("Not Found"), None));
    let reference = document["paths"]["/pets/{id}"]["put"]["responses"]["404"]["$ref"].as_str();
    assert_eq!(reference, Some("#/components/responses/GeneratedNotFound2"));
    let components = &document["components"];
    assert_eq!(components["responses"]["GeneratedNotFound"]["description"].as_str(), Some("Taken."));
    let unauthorized = &components["responses"]["GeneratedUnauthorized"];
    assert_eq!(unauthorized["x-status-source"].as_str(), Some("generated"));
    assert_eq!(unauthorized["headers"]["WWW-Authenticate"]["required"].as_bool(), Some(true));
    let schema = unauthorized["content"]["application/problem+json"]["schema"]["$ref"].as_str();
    assert_eq!(schema, Some("#/components/schemas/GeneratedProblem"));
    assert_eq!(components["schemas"]["GeneratedProblem"]["required"].as_sequence().map(Vec::len), Some(4));
}

/// What the server answers on its own has no header field that only a handler knows.
#[test]
fn a_default_that_demands_a_header_is_not_what_the_server_answers() {
    let responses = |headers: &str| {
        let response = format!("{{description: Any., headers: {{{headers}}}}}");
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths: {{/a: {{get: {{responses: {{default: {response}}}}}}}}}"
        );
        let document = value(&effective(&text, Options::default()).expect("it generates"));
        let responses = document["paths"]["/a"]["get"]["responses"].as_mapping().expect("it has responses");
        responses.keys().map(|key| key.as_str().expect("a status").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(responses("X-Trace: {required: true, schema: {type: string}}"), "default 500");
    assert_eq!(responses("X-Trace: {schema: {type: string}}"), "default");
    assert_eq!(responses("Content-Type: {required: true, schema: {type: string}}"), "default");
}

#[test]
fn nothing_is_added_where_that_is_not_wanted() {
    let options = Options { no_implied_statuses: true, ..Options::default() };
    let mut document = value(&effective(PETS, options).expect("it generates"));
    document.as_mapping_mut().expect("it is an object").remove("servers");
    assert_eq!(document, value(PETS));
}

/// A range or `default` covers what the server answers exactly if its body is the one that the server gives: filled,
/// or asked for.
#[test]
fn a_range_counts_if_its_body_is_ours() {
    let with = |media_type: &str, schema: &str| {
        let document = format!(
            "{{openapi: 3.1.0, info: {{title: t, version: '1'}}, paths: {{/a: {{get: {{security: [{{k: []}}], responses: {{\
             '200': {{description: d}}, default: {{description: d, content: {{{media_type}: {{schema: {schema}}}}}}}}}}}}}}}, \
             components: {{securitySchemes: {{k: {{type: http, scheme: bearer}}}}}}}}"
        );
        let document = value(&effective(&document, Options::default()).expect("it generates"));
        let responses = document["paths"]["/a"]["get"]["responses"].as_mapping().expect("they are there").clone();
        responses.keys().map(|key| key.as_str().expect("a status").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(with("application/json", "{properties: {detail: {type: string}}}"), "200 default");
    let colour = "{required: [colour], properties: {colour: {type: string}}}";
    assert_eq!(with("application/json", colour), "200 default");
    assert_eq!(with("application/xml", colour), "200 default 401 403 500");
}

/// What the document says itself stays, and what has no bound gets the one of its type.
#[test]
fn integers_have_the_bounds_of_their_types() {
    let with = |version: &str, schema: &str| {
        let document = format!(
            "{{openapi: {version}, info: {{title: t, version: '1'}}, paths: {{}}, components: {{schemas: {{\
             A: {{type: object, properties: {{p: {schema}}}, example: {{p: {schema}}}}}}}}}}}"
        );
        let document = value(&effective(&document, Options::default()).expect("it generates"));
        let shown = serde_json::to_string(&document["components"]["schemas"]["A"]["properties"]["p"]).expect("JSON");
        let example = &document["components"]["schemas"]["A"]["example"]["p"];
        assert_eq!(example, &value(schema), "what is no schema stays");
        shown.replace('"', "")
    };
    let (least, most) = (i64::MIN, i64::MAX);
    for (version, schema, expected) in [
        ("3.0.3", "{type: integer}", format!("{{type:integer,minimum:{least},maximum:{most}}}")),
        ("3.1.0", "{type: integer}", format!("{{type:integer,minimum:{least},maximum:{most}}}")),
        ("3.0.3", "{type: integer, format: int8}", "{type:integer,format:int8,minimum:-128,maximum:127}".to_owned()),
        (
            "3.1.0",
            "{type: integer, format: uint64}",
            format!("{{type:integer,format:uint64,minimum:0,maximum:{}}}", u64::MAX),
        ),
        ("3.1.0", "{type: integer, minimum: 1}", format!("{{type:integer,minimum:1,maximum:{most}}}")),
        (
            "3.1.0",
            "{type: integer, exclusiveMaximum: 1}",
            format!("{{type:integer,exclusiveMaximum:1,minimum:{least}}}"),
        ),
        ("3.1.0", "{type: [integer, 'null']}", format!("{{type:[integer,null],minimum:{least},maximum:{most}}}")),
        (
            "3.1.0",
            "{oneOf: [{type: integer}, {type: string}]}",
            format!("{{oneOf:[{{type:integer,minimum:{least},maximum:{most}}},{{type:string}}]}}"),
        ),
        (
            "3.0.3",
            "{type: integer, minimum: 1, exclusiveMinimum: true, maximum: 5}",
            "{type:integer,minimum:1,exclusiveMinimum:true,maximum:5}".to_owned(),
        ),
        ("3.1.0", "{type: integer, enum: [1, 2]}", "{type:integer,enum:[1,2]}".to_owned()),
        ("3.1.0", "{type: number}", "{type:number}".to_owned()),
        ("3.1.0", "{type: [integer, number]}", "{type:[integer,number]}".to_owned()),
        ("3.1.0", "{enum: [1]}", "{enum:[1]}".to_owned()),
    ] {
        assert_eq!(with(version, schema), expected, "{version} {schema}");
    }
}
