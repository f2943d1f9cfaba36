//! `allOf`: what parts say together, unions among them, and inheritance by discriminator.

use serde_json::json;
use stubwright::codegen::Router;
use stubwright::json::from_json;
use stubwright::{Context, Error};
use stubwright_accept::apis::composition::{operations, router, traits, types};

use super::echo::{kept, refused};

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        dog: DogRequest, DogResponse;
        demanding: DemandingRequest, DemandingResponse;
        point: PointRequest, PointResponse;
        animal: AnimalRequest, AnimalResponse;
        mapped: MappedRequest, MappedResponse;
        paid: PaidRequest, PaidResponse;
        tree: TreeRequest, TreeResponse;
        sealed: SealedRequest, SealedResponse;
        vehicle: VehicleRequest, VehicleResponse;
        garage: GarageRequest, GarageResponse;
    }
}

fn server() -> Router {
    router::new(Echo)
}

#[tokio::test]
async fn every_part_and_what_stands_beside_them_counts() {
    let server = server();
    kept(&server, "/dog", json!({"name": "a", "age": 1})).await;
    kept(&server, "/dog", json!({"name": "a", "bark": true, "age": 0})).await;
    refused(
        &server,
        "/dog",
        json!({"name": "", "bark": 1, "age": -1}),
        &["#/age must be at least 0", "#/name must have at least 1 character", "#/bark expected a boolean"],
    )
    .await;
    refused(&server, "/dog", json!({}), &["#/age is required", "#/name is required"]).await;
    refused(&server, "/dog", json!([]), &["# expected an object"]).await;
}

#[tokio::test]
async fn a_part_may_only_require() {
    let server = server();
    kept(&server, "/demanding", json!({"size": 1, "unheard": null})).await;
    kept(&server, "/demanding", json!({"size": 1, "name": "a", "unheard": {"of": [1]}})).await;
    refused(&server, "/demanding", json!({"name": "a"}), &["#/size is required", "#/unheard is required"]).await;
}

#[tokio::test]
async fn a_property_of_two_parts_fits_both() {
    let server = server();
    kept(&server, "/point", json!({"x": 10, "label": "abc"})).await;
    refused(&server, "/point", json!({"x": 11}), &["#/x must be at most 10"]).await;
    refused(&server, "/point", json!({"x": -1}), &["#/x must be at least 0"]).await;
    refused(&server, "/point", json!({"x": 1.5}), &["#/x expected an integer"]).await;
    refused(&server, "/point", json!({"x": 1, "label": "abcd"}), &["#/label must have at most 3 characters"]).await;
    refused(&server, "/point", json!({"x": 1, "label": null}), &["#/label expected a string"]).await;
    refused(&server, "/point", json!({}), &["#/x is required"]).await;
}

#[tokio::test]
async fn a_base_with_a_discriminator_is_its_heirs_or_itself() {
    let server = server();
    for value in [
        json!({"kind": "Cat", "name": "a", "lives": 9}),
        json!({"lives": 9, "kind": "Cat"}),
        json!({"kind": "Fish", "fins": 2}),
        json!({"kind": "Animal", "name": "a"}),
        // A tag that nobody has is the base's.
        json!({"kind": "Bird", "name": "b"}),
    ] {
        kept(&server, "/animal", value).await;
    }
    let read = |text: &str| from_json::<types::Animal>(text.as_bytes()).expect("an animal");
    assert!(matches!(read(r#"{"kind":"Cat","lives":1}"#), types::Animal::Cat(types::Cat { lives: 1, .. })));
    assert!(matches!(read(r#"{"kind":"Fish"}"#), types::Animal::Fish(types::Fish { fins: None, .. })));
    assert!(matches!(read(r#"{"kind":"Bird"}"#), types::Animal::Object(_)));
    refused(&server, "/animal", json!({"kind": "Cat"}), &["#/lives is required"]).await;
    refused(&server, "/animal", json!({"kind": "Fish", "fins": "two"}), &["#/fins expected an integer"]).await;
    refused(&server, "/animal", json!({"name": "a"}), &["#/kind is required"]).await;
    refused(&server, "/animal", json!("Cat"), &["# expected an object"]).await;
}

#[tokio::test]
async fn heirs_may_share_the_list_of_tags_and_have_heirs() {
    let server = server();
    for value in [
        json!({"type": "Bike", "gears": 3}),
        json!({"type": "Car", "doors": 5}),
        json!({"type": "Truck", "doors": 2, "load": 7.5}),
        json!({"type": "Cart"}),
        json!({"type": "Other"}),
    ] {
        kept(&server, "/vehicle", value.clone()).await;
        for key in ["one", "named", "described"] {
            kept(&server, "/garage", json!({key: value})).await;
        }
        kept(&server, "/garage", json!({"all": [value.clone(), value]})).await;
    }
    for (value, key, reason) in [
        (json!({"type": "Bike", "gears": 0}), "gears", "must be at least 1"),
        (json!({"type": "Truck", "doors": 2}), "load", "is required"),
        (json!({"type": "Truck", "doors": "two", "load": 1.5}), "doors", "expected an integer"),
        (json!({"type": "Boat"}), "type", "expected one of \"Bike\", \"Car\", \"Truck\", \"Cart\", \"Other\""),
    ] {
        refused(&server, "/vehicle", value.clone(), &[&format!("#/{key} {reason}")]).await;
        for place in ["one", "named", "described"] {
            refused(&server, "/garage", json!({place: value}), &[&format!("#/{place}/{key} {reason}")]).await;
        }
        refused(&server, "/garage", json!({"all": [value]}), &[&format!("#/all/0/{key} {reason}")]).await;
    }
    // An heir that is asked for itself has no tag to choose by.
    kept(&server, "/garage", json!({"car": {"type": "Car", "doors": 3}})).await;
    let read = from_json::<types::Vehicle>(br#"{"type":"Truck","load":1}"#).expect("a vehicle");
    assert!(matches!(read, types::Vehicle::Truck(types::Truck { doors: None, .. })));
}

#[tokio::test]
async fn a_mapping_names_heirs() {
    let server = server();
    for value in [json!({"type": "round", "radius": 1.5}), json!({"type": "sq", "side": 2.0}), json!({"type": "Shape"})]
    {
        kept(&server, "/mapped", value).await;
    }
    refused(&server, "/mapped", json!({"type": "round", "radius": "1"}), &["#/radius expected a number"]).await;
    let read = from_json::<types::Shape>(br#"{"type":"sq","side":2}"#).expect("a shape");
    assert!(matches!(read, types::Shape::Square(types::Square { side: Some(_), .. })));
}

#[tokio::test]
async fn what_stands_beside_a_union_is_in_every_alternative() {
    let server = server();
    kept(&server, "/paid", json!({"id": "a", "card": "1"})).await;
    kept(&server, "/paid", json!({"id": "a", "iban": "1"})).await;
    refused(&server, "/paid", json!({"card": "1"}), &["#/id is required"]).await;
    refused(
        &server,
        "/paid",
        json!({"id": "a", "card": "1", "iban": "2"}),
        &["# matches 2 of 2 alternatives, but must match exactly one"],
    )
    .await;
    let read = from_json::<types::Paid>(br#"{"id":"a","iban":"1"}"#).expect("paid");
    assert!(matches!(&read, types::Paid::Object2(types::PaidObject2 { id, iban }) if id == "a" && iban == "1"));
}

#[tokio::test]
async fn a_schema_may_be_made_of_parts_that_lead_back_to_it() {
    let server = server();
    let leaf = || json!({"value": 1});
    kept(&server, "/tree", leaf()).await;
    kept(
        &server,
        "/tree",
        json!({"value": 2, "children": [leaf(), {"value": 3, "children": [leaf()]}], "parent": leaf()}),
    )
    .await;
    refused(
        &server,
        "/tree",
        json!({"value": 1, "children": [{"children": [{}]}]}),
        &["#/children/0/children/0/value is required", "#/children/0/value is required"],
    )
    .await;
}

#[tokio::test]
async fn parts_may_be_closed_together() {
    let server = server();
    kept(&server, "/sealed", json!({"name": "a", "age": 1})).await;
    refused(&server, "/sealed", json!({"name": "a", "size": 1}), &["#/size is not allowed here"]).await;
}
