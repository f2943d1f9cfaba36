//! Parameters of any value in every style: what is written is what RFC 6570 writes, as a crate of other people has it, and
//! is read as the value that it was. What nobody wrote is read as a value, or refused with a reason.

use iri_string::spec::UriSpec;
use iri_string::template::UriTemplateStr;
use iri_string::template::context::{AssocVisitor, Context, ListVisitor, Visitor};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use stubwright::codegen::{Shape, Style, Styled};

use crate::both_ways::{request, text_of};
use crate::styles::{At, read};

/// A variable of a template.
struct Variable<'v>(&'v Value);

impl Context for Variable<'_> {
    fn visit<V: Visitor>(&self, visitor: V) -> V::Result {
        let text = |value: &Value| value.as_str().expect("values of these tests are texts").to_owned();
        match self.0 {
            Value::Array(items) => visitor.visit_list().visit_items_and_finish(items.iter().map(text)),
            Value::Object(members) => {
                let members = members.iter().map(|(key, member)| (key.clone(), text(member)));
                visitor.visit_assoc().visit_entries_and_finish(members)
            }
            value => visitor.visit_string(text(value)),
        }
    }
}

/// What a template makes of a value.
fn expanded(template: &str, value: &Value) -> String {
    let template = UriTemplateStr::new(template).expect("a template");
    template.expand::<UriSpec, _>(&Variable(value)).expect("an expansion").to_string()
}

/// The parameters that are written as a template of RFC 6570 is: OpenAPI 3.1.1 section 4.8.12.2.
fn written_alike(shape: Shape) -> [(Styled, At, &'static str); 8] {
    let path = |style, explode| Styled::path("color", style, explode, shape);
    let query = |explode| Styled::query("color", Style::Form, explode, shape);
    [
        (path(Style::Simple, false), At::Path, "{color}"),
        (path(Style::Simple, true), At::Path, "{color*}"),
        (path(Style::Label, false), At::Path, "{.color}"),
        (path(Style::Label, true), At::Path, "{.color*}"),
        (path(Style::Matrix, false), At::Path, "{;color}"),
        (path(Style::Matrix, true), At::Path, "{;color*}"),
        (query(false), At::Query, "{?color}"),
        (query(true), At::Query, "{?color*}"),
    ]
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

/// Short texts with everything that some style has a meaning for.
fn text() -> impl Strategy<Value = String> {
    const PIECES: [&str; 22] = [
        "a",
        "b",
        "0",
        " ",
        "%",
        "+",
        "&",
        "=",
        ",",
        ".",
        ";",
        "|",
        "[",
        "]",
        "/",
        "?",
        "#",
        "ü",
        "\u{1f40e}",
        "%20",
        "~",
        "null",
    ];
    let pieces = vec(prop::sample::select(PIECES.as_slice()), 0..5).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => any::<String>().prop_map(|text| text.chars().take(6).collect())]
}

/// A value of each shape.
fn value() -> impl Strategy<Value = (Shape, Value)> {
    prop_oneof![
        text().prop_map(|text| (Shape::Scalar, json!(text))),
        vec(text(), 1..4).prop_map(|items| (Shape::List, json!(items))),
        btree_map(text(), text(), 1..4).prop_map(|members| (Shape::Object, json!(members))),
    ]
}

/// Whether what is written of a value says something else of the query, or nothing.
fn may_be_refused(at: At, value: &Value) -> bool {
    // A segment of a path is not empty, and one empty item is no item.
    *value == json!([""]) || matches!(at, At::Path) && *value == json!("")
}

/// Where the crate and this one write a value in two ways, and who is right.
fn written_otherwise(template: &str, value: &Value) -> bool {
    match template {
        // RFC 6570 leaves a dot within a value as it is, where nobody could tell it from those between.
        "{.color*}" => value.to_string().contains('.'),
        // Section 3.2.1: an empty value has no equals sign with `;`, exploded or not. The crate writes one when exploded.
        "{;color*}" => match value {
            Value::Array(items) => items.iter().any(|item| *item == json!("")),
            Value::Object(members) => members.values().any(|member| *member == json!("")),
            _ => false,
        },
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parameters_are_written_as_rfc_6570_writes_them((shape, value) in value()) {
        for (styled, at, template) in written_alike(shape) {
            match request(styled, at, &value) {
                Ok(request) => {
                    let text = text_of(&request, at).unwrap_or_default();
                    let theirs = expanded(template, &value);
                    let theirs = theirs.strip_prefix('?').unwrap_or(&theirs);
                    let is_known = text == theirs || written_otherwise(template, &value);
                    prop_assert!(is_known, "{template} {value}: {text}, not {theirs}");
                    prop_assert_eq!(wait(read(styled, at, &text)), value.clone(), "{}", template);
                }
                Err(error) => prop_assert!(may_be_refused(at, &value), "{template} {value}: {error}"),
            }
        }
    }

    #[test]
    fn any_text_is_a_value_or_refused(text in "[ -~]{0,40}|([abc]|%[0-9A-F]{2}|[&=,.;|+]|\\[[a0]?\\]|color=?){0,12}") {
        for shape in [Shape::Scalar, Shape::List, Shape::Object, Shape::Any] {
            for explode in [false, true] {
                for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject] {
                    let sent = text.replace([' ', '"', '<', '>', '\\', '^', '`', '{', '}', '#'], "_");
                    let read = wait(read(Styled::query("color", style, explode, shape), At::Query, &sent));
                    prop_assert!(!read.is_null(), "{sent}");
                }
                for (at, styled) in [
                    (At::Header, Styled::header("color", explode, shape)),
                    (At::Cookie, Styled::cookie("color", Style::Form, explode, shape)),
                    (At::Cookie, Styled::cookie("color", Style::Cookie, explode, shape)),
                ] {
                    prop_assert!(!wait(read(styled, at, &text)).is_null(), "{text}");
                }
            }
        }
    }
}
