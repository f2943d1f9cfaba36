//! The table of answers, cell by cell, over real TCP. Every answer is judged by the document that the
//! server hands out, and every body is compared with a golden one besides.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use serde_json::{Value, json};
use stubwright_server::credential::Family;

use crate::support::judge::{Judge, Verdict};
use crate::support::{NOW, start, token};

const V2: &str = "/v2/enterprise/api-keys/{api_key_id}";
const V3: &str = "/v3beta1/enterprise/service-users/{service_user_id}/api-keys/{api_key_id}";
const LANGWATCH: &str = "/api/api-keys/{id}";

/// One cell.
struct Cell {
    what: &'static str,
    target: String,
    credential: Credential,
    status: u16,
    body: Value,
}

enum Credential {
    None,
    /// The field as it is sent.
    Field(String),
    /// The token of a key of the embedded data.
    Of(&'static str),
}

/// What all cells of one column share.
struct Column {
    document: &'static str,
    template: &'static str,
    family: Family,
    cells: Vec<Cell>,
}

#[test]
fn devin_v2() {
    let not_authenticated = json!({"detail": "Not authenticated"});
    let invalid = json!({"detail": "Invalid or expired API key"});
    let not_admin = json!({"detail": "Enterprise admin role required"});
    let not_found = json!({"detail": "API key not found"});
    let target = |id: &str| format!("/v2/enterprise/api-keys/{id}");
    let mut cells = refused_credentials(&target("apk-ben-old"), Family::DevinV2, &not_authenticated, &invalid);
    for key in ["apk-ada-expired", "apk-ada-revoked"] {
        cells.push(cell(key, target("apk-ben-old"), key, 401, &invalid));
    }
    cells.extend([
        cell("not an admin", target("apk-ben-old"), "apk-ben", 403, &not_admin),
        cell("not an admin, unknown key", target("apk-none"), "apk-ben", 403, &not_admin),
        cell("unknown", target("apk-none"), "apk-ada", 404, &not_found),
        cell("another enterprise's", target("apk-gil"), "apk-ada", 404, &not_found),
        cell("revoked before", target("apk-ben-revoked"), "apk-ada", 404, &not_found),
        cell("done", target("apk-ben-old"), "apk-ada", 200, &json!({"status": "success"})),
        cell("done, a service key", target("apk-pipeline"), "apk-ada", 200, &json!({"status": "success"})),
        cell("done, an expired key", target("apk-ada-expired"), "apk-ada", 200, &json!({"status": "success"})),
        cell("done, itself", target("apk-ada"), "apk-ada", 200, &json!({"status": "success"})),
    ]);
    replay(&Column { document: "/devin/v2/openapi.json", template: V2, family: Family::DevinV2, cells });
}

#[test]
fn devin_v3() {
    let not_authenticated = json!({"detail": "Not authenticated"});
    let invalid = json!({"detail": "Invalid or expired API key"});
    let missing = json!({"detail": "Missing permission: ManageAccountServiceUsers"});
    let not_found = json!({"detail": "API key not found"});
    let conflict = json!({"detail": "API key already revoked"});
    let target = |user: &str, id: &str| format!("/v3beta1/enterprise/service-users/service-user-{user}/api-keys/{id}");
    let old = || target("deploy", "key-deploy-old");
    let mut cells = refused_credentials(&old(), Family::DevinV3, &not_authenticated, &invalid);
    for key in ["key-admin-expired", "key-admin-revoked"] {
        cells.push(cell(key, old(), key, 401, &invalid));
    }
    cells.extend([
        cell("without the permission", old(), "key-deploy", 403, &missing),
        cell("without the permission, unknown key", target("deploy", "none"), "key-deploy", 403, &missing),
        cell("unknown key", target("deploy", "key-none"), "key-admin", 404, &not_found),
        cell("unknown service user", target("none", "key-deploy-old"), "key-admin", 404, &not_found),
        cell("another service user's key", target("admin", "key-deploy-old"), "key-admin", 404, &not_found),
        cell("the same, revoked", target("admin", "key-deploy-revoked"), "key-admin", 404, &not_found),
        cell("another enterprise's", target("globex", "key-globex"), "key-admin", 404, &not_found),
        cell("revoked before", target("deploy", "key-deploy-revoked"), "key-admin", 409, &conflict),
        cell("done", old(), "key-admin", 200, &key_body("key-deploy-old", "key-deploy-old", None, None)),
        cell(
            "done, with every time",
            target("deploy", "key-deploy"),
            "key-admin",
            200,
            &key_body("key-deploy", "Deployment", Some(4_102_444_800), Some(1_740_787_200)),
        ),
        cell(
            "done, an expired key",
            target("deploy", "key-deploy-expired"),
            "key-admin",
            200,
            &key_body("key-deploy-expired", "key-deploy-expired", Some(1_767_225_600), Some(1_740_787_200)),
        ),
        cell(
            "done, itself",
            target("admin", "key-admin"),
            "key-admin",
            200,
            &key_body("key-admin", "Administration", None, None),
        ),
    ]);
    replay(&Column { document: "/devin/v3/openapi.json", template: V3, family: Family::DevinV3, cells });
}

#[test]
fn langwatch() {
    let message = |error: &str, message: &str| json!({"error": error, "message": message});
    let unauthenticated = message("Unauthorized", "Authentication required. Use Authorization: Bearer <api-key>.");
    let invalid = message(
        "Unauthorized",
        "Invalid credentials. Organization-level endpoints require an admin API key created in Settings > API Keys. \
         Project API keys cannot be used here.",
    );
    let insufficient = message("Forbidden", "Insufficient permissions. Required: organization:manage");
    let not_found = message("Not Found", "API key not found");
    let not_owner = message("Forbidden", "Not authorized to revoke this API key");
    let conflict = message("Conflict", "API Key is already revoked");
    let done = json!({"success": true});
    let target = |id: &str| format!("/api/api-keys/{id}");
    let mut cells = refused_credentials(&target("apikey-ben-old"), Family::LangWatch, &unauthenticated, &invalid);
    for key in ["apikey-ada-expired", "apikey-ada-revoked"] {
        cells.push(cell(key, target("apikey-ben-old"), key, 401, &invalid));
    }
    cells.extend([
        cell("without the permission", target("apikey-ben-old"), "apikey-ada-readonly", 403, &insufficient),
        cell("without the permission, unknown key", target("none"), "apikey-ada-readonly", 403, &insufficient),
        cell("unknown", target("apikey-none"), "apikey-ada", 404, &not_found),
        cell("the id inside the token", target(lookup_id("apikey-ben")), "apikey-ada", 404, &not_found),
        cell("another organization's", target("apikey-gil"), "apikey-ada", 404, &not_found),
        cell("another organization's, by no admin", target("apikey-gil"), "apikey-ben", 404, &not_found),
        cell("a system key", target("apikey-system"), "apikey-ada", 404, &not_found),
        cell("somebody else's", target("apikey-ada"), "apikey-ben", 403, &not_owner),
        cell("nobody's", target("apikey-pipeline"), "apikey-ben", 403, &not_owner),
        cell("somebody else's, revoked before", target("apikey-ada-revoked"), "apikey-ben", 403, &not_owner),
        cell("revoked before", target("apikey-ben-revoked"), "apikey-ada", 409, &conflict),
        cell("one's own, revoked before", target("apikey-ben-revoked"), "apikey-ben", 409, &conflict),
        cell("done by an admin", target("apikey-ben-old"), "apikey-ada", 200, &done),
        cell("done by the owner", target("apikey-ben-old"), "apikey-ben", 200, &done),
        cell("done, an expired key", target("apikey-pipeline-expired"), "apikey-ada", 200, &done),
        cell("done, itself", target("apikey-ben"), "apikey-ben", 200, &done),
    ]);
    replay(&Column { document: "/langwatch/openapi.json", template: LANGWATCH, family: Family::LangWatch, cells });
}

/// No credential, another scheme, and what is no credential of this API: the same cells in all columns.
fn refused_credentials(target: &str, family: Family, unauthenticated: &Value, invalid: &Value) -> Vec<Cell> {
    let (own, others): (&str, [(&str, &str); 2]) = {
        let v2 = token(Family::DevinV2, "apk-ada");
        let v3 = token(Family::DevinV3, "key-admin");
        let langwatch = token(Family::LangWatch, "apikey-ada");
        match family {
            Family::DevinV2 => (v2, [("v3", v3), ("LangWatch", langwatch)]),
            Family::DevinV3 => (v3, [("v2", v2), ("LangWatch", langwatch)]),
            Family::LangWatch => (langwatch, [("v2", v2), ("v3", v3)]),
        }
    };
    let mut cells = vec![cell_with("no credential", target, Credential::None, unauthenticated)];
    let missing =
        ["Basic dXNlcjpwYXNzd29yZA==".to_owned(), format!("Token {own}"), "Bearer".to_owned(), own.to_owned()];
    for field in missing {
        cells.push(cell_with("no credential of the scheme", target, Credential::Field(field), unauthenticated));
    }
    let mut unknown = own.to_owned();
    unknown.replace_range(own.len() - 1.., if own.ends_with('x') { "y" } else { "x" });
    let truncated = own[..own.len() - 1].to_owned();
    let others = others.map(|(_, other)| other.to_owned());
    let project = "sk-lw-projectkey".to_owned();
    for field in [unknown, truncated, project, format!("{own}x"), own.to_uppercase()].into_iter().chain(others) {
        cells.push(cell_with("a wrong credential", target, Credential::Field(format!("Bearer {field}")), invalid));
    }
    cells
}

fn cell(what: &'static str, target: String, key_id: &'static str, status: u16, body: &Value) -> Cell {
    Cell { what, target, credential: Credential::Of(key_id), status, body: body.clone() }
}

fn cell_with(what: &'static str, target: &str, credential: Credential, body: &Value) -> Cell {
    Cell { what, target: target.to_owned(), credential, status: 401, body: body.clone() }
}

fn key_body(id: &str, name: &str, expires_at: Option<i64>, last_used_at: Option<i64>) -> Value {
    json!({
        "api_key_id": id, "api_key_name": name, "created_at": 1_735_689_600, "expires_at": expires_at,
        "is_active": false, "last_used_at": last_used_at, "revoked_at": NOW,
    })
}

fn lookup_id(key_id: &str) -> &'static str {
    token(Family::LangWatch, key_id).split(['-', '_']).nth(2).unwrap()
}

/// Every cell on a server of its own, so that none depends on another.
fn replay(column: &Column) {
    let judge = Judge::served(&start(), column.document);
    for cell in &column.cells {
        let field = match &cell.credential {
            Credential::None => None,
            Credential::Field(field) => Some(field.clone()),
            Credential::Of(key_id) => Some(format!("Bearer {}", token(column.family, key_id))),
        };
        let server = start();
        let headers: Vec<_> = field.iter().map(|field| ("Authorization", field.as_str())).collect();
        let answer = server.send("DELETE", &cell.target, &headers);
        let what = format!("{}: {field:?} {}", cell.what, cell.target);
        assert_eq!((answer.status, answer.json()), (cell.status, cell.body.clone()), "{what}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "{what}");
        let challenge = match (cell.status, field.as_deref().map(str::as_bytes)) {
            (401, Some([b'B', b'e', b'a', b'r', b'e', b'r', b' ', ..])) => Some("Bearer error=\"invalid_token\""),
            (401, _) => Some("Bearer"),
            // Who does not own a key would not come to own it by a wider scope.
            (403, _) if cell.body["message"] == "Not authorized to revoke this API key" => None,
            (403, _) => Some("Bearer error=\"insufficient_scope\""),
            _ => None,
        };
        assert_eq!(answer.header("www-authenticate"), challenge, "{what}");
        assert_eq!(judge.check(column.template, &answer), Verdict::Conforms, "{what}");
    }
}

#[test]
fn the_judge_judges() {
    let judge = Judge::of("devin/v3-openapi.yaml");
    let schema = "#/components/schemas/ApiKeyResponse";
    let right = key_body("a", "b", None, Some(1));
    assert_eq!(judge.errors(schema, &right), [""; 0]);
    for (field, value) in [("expires_at", json!("1")), ("is_active", json!(null)), ("created_at", json!(1.5))] {
        let mut wrong = right.clone();
        wrong[field] = value;
        assert_eq!(judge.errors(schema, &wrong).len(), 1, "{field}");
        wrong.as_object_mut().unwrap().remove(field);
        assert_eq!(judge.errors(schema, &wrong).len(), 1, "{field}");
    }
    let content = format!("#/paths/{}/delete/responses/422/content/application~1json/schema", V3.replace('/', "~1"));
    assert_eq!(judge.errors(&content, &json!({"detail": [{"loc": ["path", 1], "msg": "", "type": ""}]})), [""; 0]);
    assert_eq!(judge.errors(&content, &json!({"detail": [{"loc": ["path", null], "msg": "", "type": ""}]})).len(), 1);
}
