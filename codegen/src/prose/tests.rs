//! Numbers that are statuses, and those that are not.

use super::mentions;

fn statuses(text: &str) -> Vec<u16> {
    mentions(text).into_iter().map(|mention| mention.status).collect()
}

#[test]
fn statuses_are_found_in_any_language() {
    for text in [
        "Returns 404 if the key is not found, 409 if already revoked.",
        "Gibt 404 zurück, wenn der Schlüssel nicht gefunden wird, und 409, wenn er widerrufen ist.",
        "如果未找到该密钥，则返回 404；如果已撤销，则返回 409。",
        "如果未找到该密钥，则返回４０４；如果已撤销，则返回409。",
        "キーがない場合は404、取り消し済みの場合は409を返します。",
        "Renvoie 404 ou 409.",
        "Answers `404` or `HTTP 409 Conflict`.",
        "A 404-Fehler, a **409**.",
        "Fails (404/409).",
        "- 404: no key\n- 409: revoked",
        "status=404, code = 409",
        "<b>404</b> or <code>409</code>",
    ] {
        assert_eq!(statuses(text), [404, 409], "{text}");
    }
    assert_eq!(statuses("- 400: no key\n* **500** – our fault"), [400, 500]);
    assert_eq!(statuses("Returns a 500 error. Or 400 Bad Request."), [500, 400]);
    assert_eq!(statuses("Cloudflare answers with the status 520."), [520]);
}

#[test]
fn other_numbers_are_none() {
    for text in [
        "At most 500 pets, 400 ms, 404 bytes, 429 characters.",
        "Up to 404, more than 409, the first 410.",
        "See RFC 422, #404, $404, 404€, v404, 404x, x404, 1.404, 404.5, 1,404, 404,000, 404%, 12:404.",
        "See https://example.com/404 and [there](../404) and /errors/404.",
        "`limit=409`, {404}, <a href=\"404\">.",
        "```\n{\"status\": 404}\n```",
        "1404 4040 ４０４０ 4 04",
        "A 409-character text, statuses 400-499, 400–599.",
        "limit=409, <410, ≥404, ~404",
        "最多404个，409次。",
        "The page has 500.",
        "A request for 500 instances, with `size` set to `500`: the status says more.",
        "The list of 450 pets.",
        "300 or 600, 200 and 399.",
    ] {
        assert_eq!(statuses(text), [0_u16; 0], "{text}");
    }
}

#[test]
fn the_place_is_that_of_the_number() {
    let text = "Ä `404`, 404 – ４０９";
    let places: Vec<&str> = mentions(text).into_iter().map(|mention| &text[mention.range]).collect();
    assert_eq!(places, ["404", "404", "４０９"]);
}

#[test]
fn unfinished_marks_end() {
    for text in ["`404", "``404`", "](404", "{404", "<a 404", "http://404", "404", "` 4", "4 `", "</404"] {
        statuses(text);
    }
}
