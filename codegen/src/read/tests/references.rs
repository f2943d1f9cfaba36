use std::path::PathBuf;

use crate::diagnostic::Code;
use crate::gather::UrlMapping;
use crate::model::TypeSet;
use crate::read::tests::{id_of, named, read_files, read_text};

#[test]
fn files_refer_to_each_other_in_circles() {
    let files = [
        (
            "specs/openapi.yaml",
            "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets: {$ref: 'paths/pets.yaml'}
components:
  schemas:
    Owner: {type: object, properties: {pet: {$ref: './schemas/pet.json'}}}
",
        ),
        (
            "specs/paths/pets.yaml",
            "
get:
  parameters:
    - $ref: '../parameters.yaml#/limit~1offset'
  responses:
    '200':
      description: pets
      content:
        application/json: {schema: {$ref: '../schemas/../schemas/pet.json'}}
",
        ),
        ("specs/parameters.yaml", "limit/offset: {name: limit, in: query, schema: {type: integer}}"),
        (
            "specs/schemas/pet.json",
            r##"{"type": "object", "properties": {
                "owner": {"$ref": "../openapi.yaml#/components/schemas/Owner"},
                "name": {"$ref": "#/$defs/Name"}
            }, "$defs": {"Name": {"type": "string"}}}"##,
        ),
    ];
    let (reading, codes, read) = read_files(&files, &[]);
    assert_eq!(codes, []);
    // Each file once, under one name.
    let others: Vec<PathBuf> = files[1..].iter().map(|(path, _)| PathBuf::from(path)).collect();
    assert_eq!(read.len(), others.len());
    assert!(others.iter().all(|path| read.contains(path)), "{read:?}");
    let model = reading.model;
    let names: Vec<_> = model.named_schemas.iter().map(|named| named.key.value.as_str()).collect();
    assert_eq!(names, ["Owner", "pet", "Name"]);
    assert_eq!(model.operations[0].parameters[0].name.value, "limit");
    let pet = named(&model, "pet");
    assert_eq!(model.schemas.get(pet.properties[0].schema).reference, Some(id_of(&model, "Owner")));
    let body = model.operations[0].responses[0].content[0].schema.expect("it is declared");
    assert_eq!(model.schemas.get(body).reference, Some(id_of(&model, "pet")));
}

#[test]
fn another_openapi_document_has_its_own_version_and_components() {
    let (reading, codes, _) = read_files(
        &[
            (
                "a.yaml",
                "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {$ref: 'b.yaml#/components/schemas/Pet'}
",
            ),
            (
                "b.yaml",
                "
openapi: 3.0.3
components:
  schemas:
    Pet: {type: string, nullable: true}
",
            ),
        ],
        &[],
    );
    assert_eq!(codes, []);
    // The component is the schema of the other document: one schema, one name.
    let model = reading.model;
    assert_eq!(model.named_schemas.len(), 1);
    assert_eq!(named(&model, "Pet").types, TypeSet::STRING.with(TypeSet::NULL));
}

#[test]
fn files_that_list_others_give_no_second_name() {
    let files = [
        (
            "openapi.yaml",
            "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {$ref: 'index.yaml#/Pet'}
    Owner: {type: object, properties: {dog: {$ref: 'index.yaml#/Dog'}, pet: {$ref: 'pet.yaml'}}}
",
        ),
        ("index.yaml", "{Pet: {$ref: 'pet.yaml'}, Dog: {$ref: 'dog.yaml'}}"),
        ("pet.yaml", "{type: object, properties: {dog: {$ref: 'dog.yaml'}}}"),
        ("dog.yaml", "{type: string}"),
    ];
    let (reading, codes, _) = read_files(&files, &[]);
    assert_eq!(codes, []);
    let names: Vec<&str> = reading.model.named_schemas.iter().map(|named| named.key.value.as_str()).collect();
    // The first reference names it.
    assert_eq!(names, ["Pet", "Owner", "dog"]);
    assert_eq!(named(&reading.model, "dog").types, TypeSet::STRING);
}

#[test]
fn pointers_lead_anywhere() {
    let (reading, codes) = read_text(
        "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
      responses:
        '200': {description: 'one'}
    delete:
      parameters:
        - {$ref: '#/paths/~1pets~1%7Bid%7D/get/parameters/0'}
      responses:
        '200': {$ref: '#/paths/~1pets~1{id}/get/responses/200'}
components:
  schemas:
    Id: {$ref: '#/paths/~1pets~1%7Bid%7D/get/parameters/0/schema'}
    100%: {type: string}
    Percent: {$ref: '#/components/schemas/100%'}
",
    );
    // `100%` is no name of a component, and found all the same.
    assert_eq!(codes, [Code::InvalidValue]);
    let model = reading.model;
    assert_eq!(model.operations[1].responses[0].description.as_ref().map(|text| text.value.as_str()), Some("one"));
    assert_eq!(model.schemas.get(named(&model, "Id").reference.expect("it is one")).types, TypeSet::INTEGER);
    assert_eq!(named(&model, "Percent").reference, Some(id_of(&model, "100%")));
    // What stands in an operation is named by its owner.
    assert_eq!(model.named_schemas.len(), 3);
}

#[test]
fn identified_schemas_have_bases_and_anchors_of_their_own() {
    let (reading, codes) = read_text(
        "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      $id: https://example.com/pet
      $defs:
        name: {$anchor: name, type: string}
        Tag: {$id: tag, $anchor: name, type: integer}
      type: object
      properties:
        name: {$ref: '#name'}
        tag: {$ref: 'tag#name'}
        local: {$ref: '#/$defs/name'}
        plain: {$ref: '#/components/schemas/Other'}
      enum: [{$id: 'https://example.com/other', $anchor: name}]
    Other: {$ref: 'https://example.com/tag'}
",
    );
    assert_eq!(codes, []);
    let model = reading.model;
    let pet = named(&model, "Pet");
    let target = |index: usize| {
        let property = model.schemas.get(pet.properties[index].schema);
        model.schemas.get(property.reference.expect("it is a reference"))
    };
    assert_eq!((target(0).types, target(0).resource), (TypeSet::STRING, 1));
    assert_eq!((target(1).types, target(1).resource), (TypeSet::INTEGER, 2));
    assert_eq!(target(2).types, TypeSet::STRING);
    assert_eq!(model.schemas.get(model.schemas.resolve(id_of(&model, "Other"))).resource, 2);
    assert_eq!((target(3).resource, model.dynamic_anchors.len()), (0, 3));
}

#[test]
fn dynamic_references_know_their_anchors() {
    let (reading, codes) = read_text(
        "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Tree:
      $id: https://example.com/tree
      $dynamicAnchor: node
      type: object
      properties:
        children: {type: array, items: {$dynamicRef: '#node'}}
        name: {$dynamicRef: '#/$defs/Name'}
      $defs: {Name: {type: string}}
    Strict:
      $id: https://example.com/strict
      $dynamicAnchor: node
      $ref: tree
      unevaluatedProperties: false
",
    );
    assert_eq!(codes, []);
    let model = reading.model;
    let tree = named(&model, "Tree");
    let children = model.schemas.get(tree.properties[0].schema).items.expect("it is an array");
    let reference = model.schemas.get(children).dynamic_reference.clone().expect("it has one");
    assert_eq!((reference.target, reference.anchor.as_deref()), (id_of(&model, "Tree"), Some("node")));
    let name = model.schemas.get(tree.properties[1].schema).dynamic_reference.clone().expect("it has one");
    assert_eq!((name.target, name.anchor), (id_of(&model, "Name"), None));
    assert_eq!(named(&model, "Strict").reference, Some(id_of(&model, "Tree")));
    let anchors = &model.dynamic_anchors;
    assert_eq!(anchors[tree.resource], [("node".to_owned(), id_of(&model, "Tree"))]);
    assert_eq!(anchors[named(&model, "Strict").resource], [("node".to_owned(), id_of(&model, "Strict"))]);
    assert!(anchors[0].is_empty());
}

#[test]
fn recursive_references_are_dynamic_ones() {
    let (reading, _) = read_text(
        "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Tree:
      $id: https://example.com/tree
      $recursiveAnchor: true
      additionalProperties: {$recursiveRef: '#'}
",
    );
    let model = reading.model;
    let tree = named(&model, "Tree");
    assert_eq!(tree.dynamic_anchor.as_deref(), Some(""));
    let crate::model::AdditionalProperties::Schema(child) = tree.additional_properties else {
        panic!("{:?}", tree.additional_properties)
    };
    let reference = model.schemas.get(child).dynamic_reference.clone().expect("it has one");
    assert_eq!((reference.target, reference.anchor.as_deref()), (id_of(&model, "Tree"), Some("")));
}

#[test]
fn urls_are_read_from_files_that_stand_for_them() {
    let urls = [
        UrlMapping { url: "https://example.com/schemas".to_owned(), path: PathBuf::from("local") },
        UrlMapping { url: "https://example.com/schemas/pet.yaml".to_owned(), path: PathBuf::from("special.yaml") },
    ];
    let (reading, codes, read) = read_files(
        &[
            (
                "openapi.yaml",
                "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    A: {$ref: 'https://example.com/schemas/v1/dog.yaml'}
    B: {$ref: 'https://example.com/schemas/pet.yaml#/Pet'}
    C: {$ref: 'https://example.com/schemasandmore.yaml'}
",
            ),
            ("local/v1/dog.yaml", "{type: object, properties: {name: {$ref: 'name.yaml'}}}"),
            ("local/v1/name.yaml", "{type: string}"),
            ("special.yaml", "Pet: {type: object}"),
        ],
        &urls,
    );
    assert_eq!(codes, [Code::UnmappedUrl]);
    assert_eq!(read.len(), 3);
    assert_eq!(named(&reading.model, "name").types, TypeSet::STRING);
}

#[test]
fn a_document_with_a_url_of_its_own_is_used_from_disk() {
    let (reading, codes, _) = read_files(
        &[
            (
                "specs/openapi.yaml",
                "
openapi: 3.2.0
$self: https://example.com/v1/openapi.yaml
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {$ref: 'pet.yaml'}
    Same: {$ref: 'https://example.com/v1/openapi.yaml#/components/schemas/Pet'}
    Self: {$ref: 'openapi.yaml#/components/schemas/Same'}
",
            ),
            ("specs/pet.yaml", "{type: string}"),
        ],
        &[],
    );
    assert_eq!(codes, []);
    let model = reading.model;
    assert_eq!(model.schemas.resolve(id_of(&model, "Self")), id_of(&model, "Pet"));
}

#[test]
fn what_only_looks_like_a_reference_is_not_followed() {
    let (_, codes, read) = read_files(
        &[(
            "openapi.yaml",
            "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      type: object
      properties: {$ref: {type: string}}
      example: {$ref: 'nowhere.yaml'}
",
        )],
        &[],
    );
    assert_eq!((codes, read), (vec![], vec![]));
}
