//! `stubwright explain` as users run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

mod support;

use support::{Folder, PETS, Run};

fn explain(part: &str) -> Run {
    Folder::with_pets().run_with(&["explain", "pets.yaml", part])
}

#[test]
fn a_component_is_shown_with_its_rules_and_lines() {
    let expected = "\
#/components/schemas/Pet

is Pet

    /// The schema `Pet`.
    #[derive(Clone, Debug)]
    pub enum Pet {
        /// `Cat`
        Cat(Cat),
        /// `Dog`
        Dog(Dog),
    }

1. the key `Pet` gives the name `Pet`
2. `oneOf` with 2 alternatives: an enum with 2 variants (`Cat`, `Dog`)
3. of an object, the value of its property `kind` decides

  --> pets.yaml:35:7
   |
34 |     Pet:
   |     --- rule 1
35 |       oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
   |       ^^^^^^^^----------------------------------^^----------------------------------^
   |       |       |                                   |
   |       |       |                                   rule 2
   |       |       rule 2
   |       this schema
";
    assert_eq!(explain("#/components/schemas/Pet").done(), expected);
    // Without `#`, and percent-encoded, it is the same place.
    assert_eq!(explain("/components/schemas/Pet").done(), expected);
    assert_eq!(explain("#/components/%73chemas/P%65t").done(), expected);
}

#[test]
fn parts_that_are_merged_are_named() {
    let text = explain("#/components/schemas/Cat").done();
    let rules = "\
1. the key `Cat` gives the name `Cat`
2. `allOf` puts the keywords of 2 other schemas into this one, `Animal` among them
3. an object with declared properties is a struct: 4 fields, 1 of them required
4. nothing is said of other properties: they are passed over
";
    assert!(text.contains(rules), "{text}");
    assert!(text.contains("        pub lives: Option<i64>,\n"), "{text}");
    assert!(text.contains("\n38 |       type: object\n   |       ------------ rule 2\n"), "{text}");
}

#[test]
fn a_property_is_shown_with_its_field() {
    let text = explain("#/components/schemas/Animal/properties/name").done();
    let expected = "\
#/components/schemas/Animal/properties/name

is Option<String>

1. a string is `String`
2. `null` is one of its types
3. it is the field `name: Maybe<String>` of `Animal`

  --> pets.yaml:42:15
   |
42 |         name: {type: [string, 'null'], maxLength: 40}
   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this schema
";
    assert_eq!(text, expected);
    let text = explain("#/components/schemas/Animal/properties/mail").done();
    assert!(text.contains("1. a string of `format: email` is `String`, and checked when it is read\n"), "{text}");
    let text = explain("#/components/schemas/Dog/properties/bark").done();
    assert!(
        text.contains("is DogBark\n\n")
            && text.contains("    pub enum DogBark { Loud = \"loud\", Quiet = \"quiet\" }\n"),
        "{text}"
    );
    assert!(text.contains("2. a closed list of strings: an enum with 2 variants\n"), "{text}");
    assert!(text.contains("3. it is the field `bark: Option<DogBark>` of `Dog`\n"), "{text}");
}

#[test]
fn an_operation_is_found_by_pointer_route_and_id() {
    let text = explain("GET /pets").done();
    assert!(text.starts_with("GET /pets\n\nis Pets::list_pets\n\n    fn list_pets("), "{text}");
    assert!(
        text.contains("    pub struct ListPetsRequest {\n") && text.contains("    pub enum ListPetsResponse {\n"),
        "{text}"
    );
    let rules = "\
1. the operationId `listPets` gives the name `list_pets`
2. its first tag `pets` puts it into the trait `Pets`
3. GET requests of the shape `/pets` are routed to it
4. who calls it shows a credential of `token`
5. the query parameter `limit`, one value, is the field `limit: i32`
6. 200 is the variant `Ok`: `Vec<Pet>` as `application/json`
7. an invalid request is answered with 400
";
    assert!(text.contains(rules), "{text}");
    for part in ["listPets", "get /pets", "#/paths/~1pets/get", "/paths/~1pets/get"] {
        assert_eq!(explain(part).done(), text, "{part}");
    }
    let text = explain("POST /owners").done();
    assert!(text.contains("there is no operationId: method and path give the name `post_owners`\n"), "{text}");
    assert!(text.contains("4. everybody may call it: no credential is asked for\n"), "{text}");
    assert!(
        text.contains("5. the request body, required, is the field `body`: `Owner` as `application/json`\n"),
        "{text}"
    );
    assert!(text.contains("6. 201 is the variant `Created`: with whatever body the handler sends\n"), "{text}");
}

#[test]
fn what_has_no_type_leads_to_what_has() {
    let text = explain("#/paths/~1pets/get/parameters/0").done();
    let first = "#/paths/~1pets/get/parameters/0: it has no type of its own; what it holds has\n\nis i32\n\n";
    assert!(text.starts_with(first), "{text}");
    assert!(
        text.contains("1. an integer of `format: int32` is `i32`\n2. `default` takes the place of a value"),
        "{text}"
    );
    let text = explain("#/components/schemas/Animal/properties/name/maxLength").done();
    let first = "#/components/schemas/Animal/properties/name/maxLength: it has no type of its own; \
                 this is what `#/components/schemas/Animal/properties/name` around it became\n\nis Option<String>\n\n";
    assert!(text.starts_with(first), "{text}");
    let text = explain("#/paths/~1pets/get/operationId").done();
    assert!(text.contains("this is what `#/paths/~1pets/get` around it became\n\nis Pets::list_pets\n"), "{text}");
    let text = explain("#/info/title").done();
    let expected =
        "#/info/title: no type follows from it: it reaches the documentation and the served document as it stands\n";
    assert_eq!(text, expected);
    assert!(explain("#/paths").done().contains("is Owners::post_owners\n"));
    assert!(explain("#").done().contains("is Pets::list_pets\n"));
}

#[test]
fn pointers_lead_through_references_and_into_other_files() {
    let text = explain("common.yaml#/Owner").done();
    assert!(text.starts_with("common.yaml#/Owner\n\nis Owner\n\n"), "{text}");
    assert!(text.contains(" --> common.yaml:2:3\n"), "{text}");
    let through = explain("#/paths/~1owners/post/requestBody/content/application~1json/schema/properties/name").done();
    assert!(through.contains("is String\n"), "{through}");
    assert!(through.contains("it is the field `name: String` of `Owner`\n"), "{through}");
    let reference = explain("#/paths/~1owners/post/requestBody/content/application~1json/schema").done();
    assert!(reference.contains("1. `$ref` leads to the schema `Owner`: the type is that one's\n"), "{reference}");
}

#[test]
fn two_sided_schemas_have_two_types() {
    let folder = Folder::with_pets();
    let both = PETS
        .replace("common.yaml#/Owner", "#/components/schemas/Pet")
        .replace("kind: {type: string}", "kind: {type: string}\n        id: {type: string, readOnly: true}");
    folder.write("pets.yaml", &both);
    let text = folder.run_with(&["explain", "pets.yaml", "#/components/schemas/Pet"]).done();
    assert!(text.contains("\nis Pet, in responses\n") && text.contains("\nis PetInput, in requests\n"), "{text}");
    assert!(text.contains("makes requests and responses differ: this is the type of requests\n"), "{text}");
}

#[test]
fn what_is_not_there_is_an_error_with_the_nearest() {
    for (part, nearest) in [
        ("#/components/schemas/Pets", Some("#/components/schemas/Pet")),
        ("#/components/schema/Pet", Some("#/components/schemas")),
        ("/paths/~1pets~1{id}/delet", Some("#/paths/~1pets~1{id}/delete")),
        ("#/tags/7", Some("#/tags/0")),
        ("common.yaml#/Owners", Some("common.yaml#/Owner")),
        ("listPet", Some("listPets")),
        ("POST /pets", Some("GET /pets")),
        ("nowhere.yaml#/a", None),
        ("#/components/schemas/~2", None),
    ] {
        let expected = match nearest {
            Some(nearest) => format!("stubwright: the document has no `{part}`: did you mean `{nearest}`?\n"),
            None => format!("stubwright: the document has no `{part}`\n"),
        };
        assert_eq!(explain(part).failed(1), expected);
    }
    assert!(Folder::with_pets().run("explain pets.yaml").failed(2).contains("<POINTER>"));
    assert!(Folder::new(&[("a.yaml", "a: 1\n")]).run("explain a.yaml #").failed(1).starts_with("error[not-openapi]: "));
}
