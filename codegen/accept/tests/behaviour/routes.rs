//! Which operation a path belongs to.

use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::routes::{operations, router, traits};

use super::send;

struct Echo;

impl traits::Operations for Echo {
    shows! {
        get_file: GetFileRequest, GetFileResponse;
        get_json: GetJsonRequest, GetJsonResponse;
        copy_file: CopyFileRequest, CopyFileResponse;
        get_any: GetAnyRequest, GetAnyResponse;
        get_latest: GetLatestRequest, GetLatestResponse;
        get_range: GetRangeRequest, GetRangeResponse;
        get_pet: GetPetRequest, GetPetResponse;
        delete_pet: DeletePetRequest, DeletePetResponse;
        list_slash: ListSlashRequest, ListSlashResponse;
        list_pets: ListPetsRequest, ListPetsResponse;
        double_slash: DoubleSlashRequest, DoubleSlashResponse;
        between: BetweenRequest, BetweenResponse;
        act_list: ActListRequest, ActListResponse;
        act_drop: ActDropRequest, ActDropResponse;
        act_other: ActOtherRequest, ActOtherResponse;
    }
}

fn server() -> Router {
    router::new(Echo)
}

#[tokio::test]
async fn every_path_finds_its_operation() {
    for (method, path, expected) in [
        ("GET", "/files/a.txt", r#"GetFileRequest { name: "a", extension: "txt" }"#),
        ("GET", "/files/a.b.txt", r#"GetFileRequest { name: "a", extension: "b.txt" }"#),
        ("GET", "/files/a.json", r#"GetJsonRequest { name: "a" }"#),
        ("POST", "/files/a:copy", r#"CopyFileRequest { name: "a" }"#),
        ("GET", "/files/a", r#"GetAnyRequest { name: "a" }"#),
        // An escape is the character itself only where that is unreserved (RFC 3986 section 6.2.2.2).
        ("GET", "/files/a%2Eb", r#"GetFileRequest { name: "a", extension: "b" }"#),
        ("GET", "/files/a%2Fb", r#"GetAnyRequest { name: "a/b" }"#),
        ("GET", "/files/a%3Acopy", r#"GetAnyRequest { name: "a:copy" }"#),
        ("GET", "/files/latest", "GetLatestRequest"),
        ("GET", "/ranges/1-20", "GetRangeRequest { from: 1, to: 20 }"),
        ("GET", "/pets/a", r#"GetPetRequest { id: "a" }"#),
        ("DELETE", "/pets/a", r#"DeletePetRequest { pet_id: "a" }"#),
        ("GET", "/pets/", "ListSlashRequest"),
        ("GET", "/pets", "ListPetsRequest"),
        ("GET", "/a//b", "DoubleSlashRequest"),
        ("GET", "/a/c/b", r#"BetweenRequest { x: "c" }"#),
        ("GET", "/act?Action=List", "ActListRequest"),
        ("GET", "/act?other=1&Action=Drop", "ActDropRequest"),
        ("GET", "/act?Action=Other", "ActOtherRequest"),
        ("GET", "/act", "ActOtherRequest"),
    ] {
        let answer = send(&server(), method, path, &[], "").await;
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text);
        assert_eq!(answer.json()["detail"], expected, "{method} {path}");
    }
}

#[tokio::test]
async fn what_no_template_matches_is_not_found() {
    for path in ["/", "/files", "/files/", "/files/a/b", "/pets//", "/a/b", "/a///b", "/Pets", "/ranges/1"] {
        let answer = send(&server(), "GET", path, &[], "").await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn other_methods_are_told() {
    for (method, path, allow) in [
        ("PUT", "/pets/a", "DELETE, GET, HEAD, OPTIONS"),
        ("POST", "/pets", "GET, HEAD, OPTIONS"),
        ("DELETE", "/a//b", "GET, HEAD, OPTIONS"),
    ] {
        let answer = send(&server(), method, path, &[], "").await;
        assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text);
        let mut allowed: Vec<&str> = answer.header("allow").split(", ").collect();
        allowed.sort_unstable();
        assert_eq!(allowed.join(", "), allow, "{method} {path}");
    }
    let head = send(&server(), "HEAD", "/pets", &[], "").await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    let options = send(&server(), "OPTIONS", "/pets/a", &[], "").await;
    assert_eq!((options.status, options.header("allow").contains("DELETE")), (204, true));
}
