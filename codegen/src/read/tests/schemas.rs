use crate::diagnostic::Code;
use crate::model::{AdditionalProperties, TypeSet};
use crate::read::tests::{id_of, named, read_text};

#[test]
fn every_keyword_of_json_schema_is_in_the_model() {
    let (reading, codes) = read_text(
        "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    S:
      type: [object, array, 'null']
      const: {}
      multipleOf: 2
      maximum: 9
      exclusiveMaximum: 10
      minimum: 1.50
      exclusiveMinimum: 0
      maxLength: 5.0
      minLength: 1
      pattern: ^a
      maxItems: 4
      minItems: 1
      uniqueItems: true
      maxContains: 3
      minContains: 2
      maxProperties: 7
      minProperties: 1
      prefixItems: [{type: string}, true]
      items: false
      contains: {type: integer}
      unevaluatedItems: false
      properties: {a: {readOnly: true}, b: {writeOnly: true}}
      patternProperties: {^x: {type: string}}
      additionalProperties: false
      propertyNames: {maxLength: 3}
      required: [a]
      dependentRequired: {a: [b]}
      dependentSchemas: {a: {required: [b]}}
      unevaluatedProperties: false
      allOf: [{}]
      anyOf: [{}]
      oneOf: [{}]
      not: false
      if: true
      then: true
      else: false
      contentEncoding: base64
      contentMediaType: image/png
      contentSchema: {type: string}
      default: {}
      title: T
      description: D
      examples: [{}, []]
      deprecated: true
      x-rust-name: Name
      x-rust-type: my::Type
",
    );
    assert_eq!(codes, []);
    let model = reading.model;
    let schema = named(&model, "S");
    assert_eq!(schema.types, TypeSet::OBJECT.with(TypeSet::ARRAY).with(TypeSet::NULL));
    let limits = &schema.limits;
    let bounds = [&limits.maximum, &limits.exclusive_maximum, &limits.minimum, &limits.exclusive_minimum];
    assert_eq!(bounds.map(|bound| bound.as_deref()), [Some("9"), Some("10"), Some("1.50"), Some("0")]);
    assert_eq!(limits.multiple_of.as_deref(), Some("2"));
    let sizes = [
        limits.max_length,
        limits.min_length,
        limits.max_items,
        limits.min_items,
        limits.max_contains,
        limits.min_contains,
        limits.max_properties,
        limits.min_properties,
    ];
    assert_eq!(sizes.map(Option::unwrap_or_default), [5, 1, 4, 1, 3, 2, 7, 1]);
    assert!(limits.unique_items && limits.pattern.is_some() && schema.constant.is_some() && schema.deprecated);
    assert_eq!((schema.prefix_items.len(), schema.pattern_properties.len(), schema.examples.len()), (2, 1, 2));
    let never = [schema.items, schema.unevaluated_items, schema.unevaluated_properties, schema.not, schema.otherwise];
    assert!(never.iter().all(|id| id.is_some_and(|id| model.schemas.get(id).never)), "{never:?}");
    assert!([schema.contains, schema.property_names, schema.condition, schema.then].iter().all(Option::is_some));
    assert_eq!(schema.dependent_required, [("a".to_owned(), vec!["b".to_owned()])]);
    assert_eq!(schema.dependent_schemas.len() + schema.all_of.len() + schema.any_of.len() + schema.one_of.len(), 4);
    assert_eq!(schema.additional_properties, AdditionalProperties::Forbidden);
    assert!(model.schemas.get(schema.properties[0].schema).read_only);
    assert!(model.schemas.get(schema.properties[1].schema).write_only);
    assert!(schema.content_encoding.is_some());
    assert!(schema.rust_name.is_some() && schema.rust_type.is_some() && schema.default.is_some());
}

#[test]
fn openapi_3_0_has_its_own_null_and_bounds() {
    let (reading, codes) = read_text(
        "
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    A: {type: integer, nullable: true, minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false}
    B: {$ref: '#/components/schemas/A', maxLength: 4}
",
    );
    assert_eq!(codes, [Code::IgnoredSibling]);
    let model = reading.model;
    let a = named(&model, "A");
    assert_eq!(a.types, TypeSet::INTEGER.with(TypeSet::NULL));
    let bounds = [&a.limits.minimum, &a.limits.exclusive_minimum, &a.limits.maximum, &a.limits.exclusive_maximum];
    assert_eq!(bounds.map(|bound| bound.as_deref()), [None, Some("1"), Some("2"), None]);
    assert_eq!(named(&model, "B").limits.max_length, None);
}

#[test]
fn habits_of_other_versions_are_read_as_they_are_meant() {
    let (reading, codes) = read_text(
        "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    A: {type: string, nullable: true}
    B: {type: array, items: [{type: string}], additionalItems: {type: integer}}
    C: {dependencies: {a: [b], c: {required: [d]}}}
    D: {definitions: {Name: {type: string}}, $ref: '#/components/schemas/D/definitions/Name'}
    E: {type: object, minimum: 1, exclusiveMinimum: true}
",
    );
    assert_eq!(codes, [Code::OtherVersion; 5]);
    let model = reading.model;
    assert!(named(&model, "A").types.contains(TypeSet::NULL));
    let b = named(&model, "B");
    assert_eq!((b.prefix_items.len(), b.items.is_some()), (1, true));
    let c = named(&model, "C");
    assert_eq!((c.dependent_required.len(), c.dependent_schemas.len()), (1, 1));
    assert_eq!(named(&model, "D").reference, Some(id_of(&model, "Name")));
    assert_eq!(named(&model, "E").limits.exclusive_minimum.as_deref(), Some("1"));
}

#[test]
fn discriminators_name_schemas_in_every_way() {
    let (reading, codes) = read_text(
        "
openapi: 3.2.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Dog'}]
      discriminator:
        propertyName: kind
        mapping: {a: Dog, b: '#/components/schemas/Dog', c: Cat.v1}
        defaultMapping: Cat.v1
    Dog: {type: object}
    Cat.v1: {type: object}
",
    );
    assert_eq!(codes, []);
    let model = reading.model;
    let discriminator = named(&model, "Pet").discriminator.clone().expect("it has one");
    let (dog, cat) = (id_of(&model, "Dog"), id_of(&model, "Cat.v1"));
    let mapping: Vec<_> = discriminator.mapping.iter().map(|(value, id)| (value.value.as_str(), *id)).collect();
    assert_eq!(mapping, [("a", dog), ("b", dog), ("c", cat)]);
    assert_eq!(discriminator.default, Some(cat));
}
