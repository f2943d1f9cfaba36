use crate::ledger::Treatment;
use crate::read::tests::read_text;

#[test]
fn every_key_is_in_one_row() {
    let (reading, _) = read_text(
        "
openapi: 3.0.3
info: {title: Pets, version: '1', x-logo: {url: /}}
paths:
  /pets:
    get: {$ref: '#/paths/~1cats/get'}
  /cats:
    get:
      sumary: cats
      parameters: [{$ref: '#/components/parameters/a'}, {$ref: '#/components/parameters/a'}]
      responses: {}
components:
  parameters:
    a: {name: a, in: query, schema: {type: string, maxLength: 4, xml: {name: a}}}
  schemas:
    A: {$ref: '#/components/parameters/a/schema', title: A}
",
    );
    let rows: Vec<_> = reading
        .ledger
        .rows
        .iter()
        .map(|row| (row.object.as_str(), row.keyword.as_str(), row.treatment, row.count))
        .collect();
    let expected = [
        ("Components Object", "parameters", Treatment::Typed, 1),
        ("Components Object", "schemas", Treatment::Typed, 1),
        ("Info Object", "title", Treatment::PassedThrough, 1),
        ("Info Object", "version", Treatment::PassedThrough, 1),
        ("Info Object", "x-logo", Treatment::PassedThrough, 1),
        ("OpenAPI Object", "components", Treatment::Typed, 1),
        ("OpenAPI Object", "info", Treatment::PassedThrough, 1),
        ("OpenAPI Object", "openapi", Treatment::Typed, 1),
        ("OpenAPI Object", "paths", Treatment::Typed, 1),
        ("Operation Object", "parameters", Treatment::Typed, 1),
        ("Operation Object", "responses", Treatment::Typed, 1),
        ("Operation Object", "sumary", Treatment::Unknown, 1),
        ("Parameter Object", "in", Treatment::Typed, 1),
        ("Parameter Object", "name", Treatment::Typed, 1),
        ("Parameter Object", "schema", Treatment::Typed, 1),
        ("Path Item Object", "get", Treatment::Typed, 2),
        ("Reference Object", "$ref", Treatment::Typed, 3),
        ("Schema Object", "$ref", Treatment::Typed, 1),
        ("Schema Object", "maxLength", Treatment::Enforced, 1),
        ("Schema Object", "title", Treatment::Refused, 1),
        ("Schema Object", "type", Treatment::Typed, 1),
        ("Schema Object", "xml", Treatment::PassedThrough, 1),
        ("XML Object", "name", Treatment::PassedThrough, 1),
    ];
    assert_eq!(rows, expected);
}
