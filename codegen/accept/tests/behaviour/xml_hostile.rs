//! XML against chance and malice: generated values come back as they were written, and no text makes a server stumble.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use stubwright::codegen::Router;

use super::xml::{books, shop};
use super::{send, send_json};

/// Numbers of a fixed sequence (xorshift), so that a failure shows again.
struct Chance(u64);

/// Makes a value.
type Make = fn(&mut Chance) -> Value;

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn happens(&mut self) -> bool {
        self.below(2) == 0
    }

    fn text(&mut self) -> String {
        const PARTS: [&str; 16] = [
            "a",
            " ",
            "\n",
            "\t",
            "\r",
            "<",
            ">",
            "&",
            "\"",
            "'",
            "]]>",
            "é",
            "\u{1F980}",
            "_x0041_",
            "&amp;",
            "\u{85}",
        ];
        (0..=self.below(6)).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }

    fn number(&mut self) -> Value {
        json!(i64::try_from(self.below(2_000_000)).expect("a small one") - 1_000_000)
    }

    fn list(&mut self, item: fn(&mut Self) -> Value) -> Value {
        (0..=self.below(3)).map(|_| item(self)).collect()
    }

    /// An object that has each of these members or not.
    fn object(&mut self, members: &[(&str, Make)]) -> Value {
        let mut chosen = Map::new();
        for (key, value) in members {
            if self.happens() {
                chosen.insert((*key).to_owned(), value(self));
            }
        }
        Value::Object(chosen)
    }
}

fn string(chance: &mut Chance) -> Value {
    chance.text().into()
}

fn strings(chance: &mut Chance) -> Value {
    chance.list(string)
}

fn map(chance: &mut Chance) -> Value {
    let members = (0..chance.below(4)).map(|_| (chance.text(), chance.number()));
    Value::Object(members.collect::<std::collections::BTreeMap<_, _>>().into_iter().collect())
}

fn zoo(chance: &mut Chance) -> Value {
    chance.object(&[
        ("plain", string),
        ("list", strings),
        ("renamed", string),
        ("person", |chance| chance.object(&[("id", Chance::number), ("name", string)])),
        ("items", strings),
        ("outer", strings),
        ("both", strings),
        ("named", strings),
        ("inner", strings),
        ("shell", strings),
        ("nested", |chance| chance.list(|chance| chance.list(Chance::number))),
        ("map", map),
        ("odd name", string),
        ("either", |chance| match chance.below(3) {
            0 => chance.number(),
            1 => chance.list(Chance::number),
            _ => json!({ "deep": chance.happens() }),
        }),
    ])
}

fn order(chance: &mut Chance) -> Value {
    let mut order = chance
        .object(&[("unit", string), ("discount", |chance| json!([None, Some(0.5), Some(-3e20)][chance.below(3)]))]);
    let line = |chance: &mut Chance| json!({ "sku": "ABC"[..=chance.below(3)], "count": chance.below(9) + 1 });
    order["id"] = chance.number();
    order["lines"] = if chance.happens() { json!([]) } else { chance.list(line) };
    order["note"] =
        if chance.happens() { Value::Null } else { chance.text().chars().take(20).collect::<String>().into() };
    order["paid"] = chance.happens().into();
    order
}

fn pets(chance: &mut Chance) -> Value {
    chance.list(|chance| {
        let name = chance.text();
        match chance.below(3) {
            0 => json!({ "kind": "Cat", "name": name, "lives": chance.number() }),
            1 => json!({ "kind": "Dog", "name": name, "tricks": strings(chance) }),
            _ => json!({ "kind": "Pet", "name": name }),
        }
    })
}

fn book(chance: &mut Chance) -> Value {
    let mut book = chance.object(&[
        ("isbn", string),
        ("blurb", |chance| json!({ "text": chance.text(), "lang": chance.text() })),
        ("place", |chance| json!({ "shelf": chance.number(), "row": chance.number() })),
        ("authors", strings),
        ("tags", strings),
        ("chapters", strings),
        ("size", |chance| json!([chance.number(), chance.number(), chance.text()])),
    ]);
    book["title"] = json!({ "value": chance.text() });
    book
}

async fn round_trip(router: &Router, (write, read): (&str, &str), value: &Value) -> String {
    let written = send_json(router, "POST", write, value.to_string()).await;
    assert_eq!(written.status, 200, "{value}: {}", written.text);
    let answer = send(router, "POST", read, &[("content-type", "application/xml")], written.text.clone()).await;
    assert_eq!(answer.status, 200, "{value}: {}: {}", written.text, answer.text);
    assert_eq!(&answer.json(), value, "{}", written.text);
    written.text
}

#[tokio::test]
async fn values_come_back_as_they_were() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let (shop, books) = (shop(), books());
    for _ in 0..400 {
        round_trip(&shop, ("/write/zoo", "/read/zoo"), &zoo(&mut chance)).await;
        round_trip(&shop, ("/write/order", "/read/order"), &order(&mut chance)).await;
        round_trip(&shop, ("/write/pets", "/read/pets"), &pets(&mut chance)).await;
        round_trip(&books, ("/write", "/read"), &book(&mut chance)).await;
    }
}

#[tokio::test]
async fn broken_texts_are_read_or_refused() {
    const PIECES: [&str; 14] = [
        "<",
        ">",
        "/",
        "&",
        "\"",
        "<a>",
        "</a>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "<?",
        "xmlns:x='y'",
        "\0",
        "xsi:nil='true'",
    ];
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let shop = shop();
    let mut refused = 0;
    for _ in 0..300 {
        let (path, value) = match chance.below(3) {
            0 => (("/write/zoo", "/read/zoo"), zoo(&mut chance)),
            1 => (("/write/order", "/read/order"), order(&mut chance)),
            _ => (("/write/pets", "/read/pets"), pets(&mut chance)),
        };
        let mut bytes = round_trip(&shop, path, &value).await.into_bytes();
        for _ in 0..=chance.below(3) {
            let at = chance.below(bytes.len());
            match chance.below(3) {
                0 => _ = bytes.remove(at),
                1 => bytes.truncate(at.max(1)),
                _ => _ = bytes.splice(at..at, PIECES[chance.below(PIECES.len())].bytes()),
            }
        }
        let answer = send(&shop, "POST", path.1, &[("content-type", "application/xml")], bytes.clone()).await;
        assert!(matches!(answer.status, 200 | 400), "{}: {}", String::from_utf8_lossy(&bytes), answer.text);
        refused += usize::from(answer.status == 400);
    }
    assert!(refused > 100, "{refused} were refused");
}

/// Enough for what grows faster than its text to show.
const SIZE: usize = 400_000;

fn numbered(count: usize, piece: fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().concat()
}

#[tokio::test]
async fn no_text_takes_more_than_its_size() {
    let shop = shop();
    let fill = |piece: &str| piece.repeat(SIZE / piece.len());
    let attributes = numbered(SIZE / 12, |number| format!(" a{number}=''"));
    let namespaces = numbered(SIZE / 24, |number| format!(" xmlns:a{number}='b{number}'"));
    let uri = "u".repeat(SIZE / 2);
    for (text, status) in [
        (format!("<Zoo>{}</Zoo>", fill("<list/>")), 200),
        (format!("<Zoo>{}</Zoo>", fill("<b/>")), 200),
        (format!("<Zoo><anything>{}</anything></Zoo>", fill("<b c='d'/>")), 200),
        (format!("<Zoo><plain>{}</plain></Zoo>", fill("&amp;")), 200),
        (format!("<Zoo xmlns='{uri}'>{}</Zoo>", "<list/>".repeat(SIZE / 20)), 200),
        (format!("<Zoo>{}", fill("<a>")), 400),
        (format!("<Zoo><anything>{}", fill("<a b='c'>")), 400),
        (format!("<Zoo{attributes}/>"), 400),
        (format!("<Zoo{namespaces}/>"), 400),
        (format!("<Zoo>{}</Zoo>", fill("<plain/>")), 400),
        (format!("<Zoo><outside>{}</outside></Zoo>", fill("<b/>")), 400),
        (fill("<!---->"), 400),
        (fill("<?a?>"), 400),
    ] {
        let start = Instant::now();
        let text = if text.len() > SIZE + 64 { text[..SIZE].to_owned() } else { text };
        let beginning: String = text.chars().take(60).collect();
        let answer = send(&shop, "POST", "/read/zoo", &[("content-type", "application/xml")], text).await;
        assert_eq!(answer.status, status, "{beginning}: {:.200}", answer.text);
        assert!(start.elapsed() < Duration::from_secs(30), "{beginning}: {:?}", start.elapsed());
    }
}
