//! Generated values, written and read again, in every style that OpenAPI defines.

use serde_json::{Value, json};
use stubwright::codegen::{Place, Shape, Style, Styled};

use crate::both_ways::request;
use crate::styles::{At, answered};

/// A source of numbers that is the same every time.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % limit
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "a",
            "b",
            "0",
            "1",
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
            "\"",
            "%20",
            "~",
            "null",
        ];
        (0..=self.below(4)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    fn value(&mut self, shape: Shape) -> Value {
        match shape {
            Shape::Scalar | Shape::Any => json!(self.text()),
            Shape::List => (0..=self.below(3)).map(|_| self.text()).collect(),
            Shape::Object => {
                let members = (0..=self.below(3)).map(|_| (self.text(), json!(self.text())));
                Value::Object(members.collect())
            }
        }
    }
}

/// Whether a style has no escape for something in a value.
fn may_be_refused(place: Place, style: Style, explode: bool, value: &Value) -> bool {
    let text = value.to_string();
    let has = |characters: &str| text.chars().any(|character| characters.contains(character));
    match (place, style) {
        (Place::Header, _) => has(",= \u{fc}\u{1f40e}"),
        (Place::Cookie, Style::Cookie) => has(";,= "),
        (_, Style::SpaceDelimited) => !explode && has(" "),
        (_, Style::PipeDelimited) => !explode && has("|"),
        (_, Style::DeepObject) => has("]"),
        _ => false,
    }
}

#[tokio::test]
async fn generated_values_come_back() {
    use Style::{Cookie, DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
    let [scalar, items, members] = [Shape::Scalar, Shape::List, Shape::Object];
    let all: &[Shape] = &[scalar, items, members];
    let several: &[Shape] = &[items, members];
    let mut kinds: Vec<(Place, At, Style, bool, Shape)> = Vec::new();
    for (place, at, style, explodes, shapes) in [
        (Place::Path, At::Path, Simple, [false, true].as_slice(), all),
        (Place::Path, At::Path, Label, &[false, true], all),
        (Place::Path, At::Path, Matrix, &[false, true], all),
        (Place::Query, At::Query, Form, &[false, true], all),
        (Place::Query, At::Query, SpaceDelimited, &[false], several),
        (Place::Query, At::Query, PipeDelimited, &[false], several),
        (Place::Query, At::Query, DeepObject, &[true], &[members]),
        (Place::Header, At::Header, Simple, &[false, true], all),
        (Place::Cookie, At::Cookie, Form, &[false, true], all),
        (Place::Cookie, At::Cookie, Cookie, &[false, true], all),
    ] {
        kinds.extend(
            explodes.iter().flat_map(|explode| shapes.iter().map(move |shape| (place, at, style, *explode, *shape))),
        );
    }
    let mut random = Random(0x2545_f491);
    for (place, at, style, explode, shape) in kinds {
        let styled = match place {
            Place::Path => Styled::path("color", style, explode, shape),
            Place::Query | Place::QueryString => Styled::query("color", style, explode, shape),
            Place::Header => Styled::header("color", explode, shape),
            Place::Cookie => Styled::cookie("color", style, explode, shape),
        };
        let mut kept = 0;
        for _ in 0..60 {
            let value = random.value(shape);
            match request(styled, at, &value) {
                Ok(request) => {
                    assert_eq!(answered(styled, at, request).await, value, "{styled:?}");
                    kept += 1;
                }
                Err(error) => {
                    assert!(may_be_refused(place, style, explode, &value), "{styled:?} {value}: {error}");
                }
            }
        }
        assert!(kept >= 5, "{styled:?}: {kept}");
    }
}
