//! `GET /ping` and `PUT /orders/{order_id}`.

use axum::Json;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::body::{Checked, TakesJson, Valid};
use super::check::{Report, Violation};
use super::problem::Refusal;

const CURRENCY: &str = "^[A-Z]{3}$";
const SKU: &str = "^[A-Z]{3}-[0-9]{4}$";

/// Tells that the server is there.
#[derive(Debug, Serialize)]
pub(super) struct Pong {
    status: String,
}

/// An order.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Order {
    customer: String,
    currency: String,
    status: Status,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    lines: Vec<Line>,
}

/// How far an order is.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Draft,
    Open,
    Paid,
}

/// A line of an order.
#[derive(Debug, Deserialize, Serialize)]
struct Line {
    sku: String,
    quantity: i64,
    price: f64,
    unit: Unit,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Piece,
    Kg,
    M,
}

/// `GET /ping`
pub(super) async fn ping(_: TakesJson) -> Json<Pong> {
    Json(Pong { status: "ok".to_owned() })
}

/// `PUT /orders/{order_id}`
pub(super) async fn put_order(
    order_id: Result<Path<String>, PathRejection>,
    Valid(order): Valid<Order>,
) -> Result<Json<Order>, Refusal> {
    let Ok(Path(order_id)) = order_id else {
        let violation = Violation::parameter("path", "order_id", "is not valid percent-encoded UTF-8");
        return Err(Refusal::Invalid(vec![violation]));
    };
    if order_id.chars().count() > 32 {
        return Err(Refusal::Invalid(vec![Violation::parameter(
            "path",
            "order_id",
            "must have at most 32 characters",
        )]));
    }
    Ok(Json(order))
}

impl Checked for Order {
    fn is_valid(&self) -> bool {
        (1..=40).contains(&self.customer.chars().count())
            && is_currency(&self.currency)
            && self.note.as_ref().is_none_or(|note| note.chars().count() <= 200)
            && (1..=100).contains(&self.lines.len())
            && self.lines.iter().all(Line::is_valid)
    }

    fn violations(value: &Value) -> Vec<Violation> {
        let mut report = Report::default();
        report_order(&mut report, value);
        report.violations
    }
}

impl Line {
    fn is_valid(&self) -> bool {
        is_sku(&self.sku) && (1..=10_000).contains(&self.quantity) && (0.0..=1_000_000.0).contains(&self.price)
    }
}

fn report_order(report: &mut Report, value: &Value) {
    let Some(order) = report.object("#", value) else { return };
    for (name, value) in order {
        let at = format!("#/{name}");
        match name.as_str() {
            "customer" => report.text_of(&at, value, 1, 40),
            "currency" => report.matching(&at, value, CURRENCY, is_currency),
            "status" => report.one_of(&at, value, &["draft", "open", "paid"]),
            "note" => report.text_of(&at, value, 0, 200),
            "lines" => report_lines(report, &at, value),
            _ => {}
        }
    }
    report.required("#", order, &["customer", "currency", "status", "lines"]);
}

fn report_lines(report: &mut Report, at: &str, value: &Value) {
    let Some(lines) = value.as_array() else { return report.push(at, "expected an array") };
    if lines.is_empty() {
        report.push(at, "must have at least 1 item");
    } else if lines.len() > 100 {
        report.push(at, "must have at most 100 items");
    }
    for (index, line) in lines.iter().enumerate() {
        report_line(report, &format!("{at}/{index}"), line);
    }
}

fn report_line(report: &mut Report, at: &str, value: &Value) {
    let Some(line) = report.object(at, value) else { return };
    for (name, value) in line {
        let at = format!("{at}/{name}");
        match name.as_str() {
            "sku" => report.matching(&at, value, SKU, is_sku),
            "quantity" => report.number(&at, value, true, 1, 10_000),
            "price" => report.number(&at, value, false, 0, 1_000_000),
            "unit" => report.one_of(&at, value, &["piece", "kg", "m"]),
            _ => {}
        }
    }
    report.required(at, line, &["sku", "quantity", "price", "unit"]);
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_sku(text: &str) -> bool {
    let [letters @ .., b'-', a, b, c, d] = text.as_bytes() else { return false };
    letters.len() == 3 && letters.iter().all(u8::is_ascii_uppercase) && [a, b, c, d].iter().all(|d| d.is_ascii_digit())
}

/// What is optional may be absent, not null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}
