//! What calls leave behind: revoked keys, times of use, and a clock that decides what is expired.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use stubwright::ServeOptions;
use stubwright_server::clock::UnixSeconds;
use stubwright_server::credential::{Digest, Family};
use stubwright_server::data;
use stubwright_server::store::memory::MemoryStore;
use stubwright_server::store::{Caller, DevinV2Revocation, DevinV3Revocation, LangWatchRevocation, Store};

use crate::support::{Answer, NOW, Server, embedded, start, start_with, token};

fn v2(server: &Server, id: &str, key_id: &str) -> Answer {
    server.delete(&format!("/v2/enterprise/api-keys/{id}"), token(Family::DevinV2, key_id))
}

fn v3(server: &Server, user: &str, id: &str, key_id: &str) -> Answer {
    let target = format!("/v3beta1/enterprise/service-users/service-user-{user}/api-keys/{id}");
    server.delete(&target, token(Family::DevinV3, key_id))
}

fn langwatch(server: &Server, id: &str, key_id: &str) -> Answer {
    server.delete(&format!("/api/api-keys/{id}"), token(Family::LangWatch, key_id))
}

#[test]
fn a_revoked_key_no_longer_authenticates() {
    let server = start();
    assert_eq!(v2(&server, "apk-ben-old", "apk-ben").status, 403);
    assert_eq!(v2(&server, "apk-ben", "apk-ada").status, 200);
    assert_eq!(v2(&server, "apk-ben-old", "apk-ben").status, 401);

    assert_eq!(v3(&server, "deploy", "key-deploy-old", "key-deploy").status, 403);
    assert_eq!(v3(&server, "deploy", "key-deploy", "key-admin").status, 200);
    assert_eq!(v3(&server, "deploy", "key-deploy-old", "key-deploy").status, 401);

    assert_eq!(langwatch(&server, "apikey-ben-revoked", "apikey-ben").status, 409);
    assert_eq!(langwatch(&server, "apikey-ben", "apikey-ada").status, 200);
    assert_eq!(langwatch(&server, "apikey-ben-revoked", "apikey-ben").status, 401);
}

#[test]
fn a_key_may_revoke_itself_once() {
    let server = start();
    let statuses = |answers: [Answer; 2]| answers.map(|answer| answer.status);
    assert_eq!(statuses([(); 2].map(|()| v2(&server, "apk-ada", "apk-ada"))), [200, 401]);
    assert_eq!(statuses([(); 2].map(|()| v3(&server, "admin", "key-admin", "key-admin"))), [200, 401]);
    assert_eq!(statuses([(); 2].map(|()| langwatch(&server, "apikey-ben", "apikey-ben"))), [200, 401]);
}

#[test]
fn a_revoked_key_stays_and_its_id_stays_taken() {
    let server = start();
    let v2 = [(); 3].map(|()| v2(&server, "apk-pipeline", "apk-ada").status);
    let v3 = [(); 3].map(|()| v3(&server, "deploy", "key-deploy-old", "key-admin").status);
    let langwatch = [(); 3].map(|()| langwatch(&server, "apikey-pipeline", "apikey-ada").status);
    assert_eq!((v2, v3, langwatch), ([200, 404, 404], [200, 409, 409], [200, 409, 409]));
}

#[test]
fn the_last_use_moves_on_success_only() {
    let last_use = |calls: fn(&Server)| -> Value {
        let server = start();
        calls(&server);
        v3(&server, "admin", "key-admin-spare", "key-admin").json()["last_used_at"].clone()
    };
    assert_eq!(last_use(|_| ()), json!(null));
    assert_eq!(
        last_use(|server| {
            assert_eq!(v3(server, "deploy", "none", "key-admin-spare").status, 404);
            assert_eq!(v3(server, "deploy", "key-deploy-revoked", "key-admin-spare").status, 409);
            assert_eq!(server.delete("/v3beta1/enterprise/service-users", "cog_x").status, 404);
        }),
        json!(null)
    );
    assert_eq!(
        last_use(|server| assert_eq!(v3(server, "deploy", "key-deploy-old", "key-admin-spare").status, 200)),
        json!(NOW)
    );
}

#[test]
fn every_api_notes_the_uses_that_succeed() {
    let uses = Arc::default();
    let store = NotingStore { inner: embedded(), uses: Arc::clone(&uses) };
    let server = start_with(store, Arc::new(|| NOW), ServeOptions::default());
    assert_eq!(v2(&server, "apk-ben-revoked", "apk-ada").status, 404);
    assert_eq!(v3(&server, "deploy", "key-deploy-revoked", "key-admin").status, 409);
    assert_eq!(langwatch(&server, "apikey-ben-revoked", "apikey-ada").status, 409);
    assert_eq!(*uses.lock().unwrap(), []);
    assert_eq!(v2(&server, "apk-ben", "apk-ada").status, 200);
    assert_eq!(v3(&server, "deploy", "key-deploy", "key-admin").status, 200);
    assert_eq!(langwatch(&server, "apikey-ben", "apikey-ada").status, 200);
    let expected = ["apk-ada", "key-admin", "apikey-ada"].map(|key_id| (key_id.to_owned(), NOW));
    assert_eq!(*uses.lock().unwrap(), expected);
}

/// Notes what it is told about uses.
struct NotingStore {
    inner: MemoryStore,
    uses: Arc<Mutex<Vec<(String, UnixSeconds)>>>,
}

impl Store for NotingStore {
    async fn authenticate(&self, credential: &Digest, family: Family, now: UnixSeconds) -> Option<Caller> {
        self.inner.authenticate(credential, family, now).await
    }

    async fn touch(&self, caller: &Caller, now: UnixSeconds) {
        self.uses.lock().unwrap().push((caller.key_id.clone(), now));
    }

    async fn revoke_devin_v2(&self, caller: &Caller, api_key_id: &str, now: UnixSeconds) -> DevinV2Revocation {
        self.inner.revoke_devin_v2(caller, api_key_id, now).await
    }

    async fn revoke_devin_v3(
        &self,
        caller: &Caller,
        service_user_id: &str,
        api_key_id: &str,
        now: UnixSeconds,
    ) -> DevinV3Revocation {
        self.inner.revoke_devin_v3(caller, service_user_id, api_key_id, now).await
    }

    async fn revoke_langwatch(&self, caller: &Caller, id: &str, now: UnixSeconds) -> LangWatchRevocation {
        self.inner.revoke_langwatch(caller, id, now).await
    }
}

#[test]
fn a_digest_opens_nothing_to_a_token_of_another_shape() {
    // `printf %s TOKEN | sha256sum` of `apk_service`, the shape of a service key, and of `apk_user_service`.
    let text = "devin_v2:
  - enterprise: one
    users:
      - id: one
        role: admin
        api_keys:
          - {id: a, created_at: 1, credential: {sha256: e42f5f53f8370936be9c59f85acabb6d0ffad8044d9844b94d63253054d0243b}}
          - {id: b, created_at: 1, credential: {sha256: 851c140fab78fd2e986295f1f9bf759786e293c267dfba0ffeafa0e282cd8d88}}
";
    let data = data::read(text.as_bytes(), &|_| None).unwrap().data;
    let server = start_with(MemoryStore::new(data), Arc::new(|| NOW), ServeOptions::default());
    assert_eq!(server.delete("/v2/enterprise/api-keys/a", "apk_service").status, 401);
    assert_eq!(server.delete("/v2/enterprise/api-keys/a", "apk_user_service").status, 200);
}

#[test]
fn the_clock_decides_what_is_expired_and_the_last_use_never_moves_back() {
    let time = Arc::new(AtomicI64::new(0));
    let clock = Arc::clone(&time);
    let server = start_with(embedded(), Arc::new(move || clock.load(Ordering::SeqCst)), ServeOptions::default());
    let at = |now: i64, id: &str, key_id: &str| {
        time.store(now, Ordering::SeqCst);
        v3(&server, if id.starts_with("key-admin") { "admin" } else { "deploy" }, id, key_id)
    };
    let end = 1_767_225_600;
    assert_eq!(at(end - 1, "key-deploy-old", "key-admin-expired").status, 200, "expires in a second");
    assert_eq!(at(end, "key-deploy", "key-admin-expired").status, 401, "expires now");
    assert_eq!(at(end - 10, "key-deploy", "key-admin-expired").json()["revoked_at"], json!(end - 10));
    assert_eq!(at(NOW, "key-admin-expired", "key-admin").json()["last_used_at"], json!(end - 1));
}

#[test]
fn a_key_without_an_owner_may_revoke_no_key_not_even_itself() {
    let token = format!("sk-lw-{}_{}", "a".repeat(16), "b".repeat(48));
    let text = format!(
        "langwatch:
  - organization: one
    service_keys:
      - {{id: mine, created_at: 1, permissions: ['organization:manage'], credential: {{secret: {token}}}}}
      - {{id: other, created_at: 1}}
"
    );
    let data = data::read(text.as_bytes(), &|_| None).unwrap().data;
    let server = start_with(MemoryStore::new(data), Arc::new(|| NOW), ServeOptions::default());
    assert_eq!(server.delete("/api/api-keys/other", &token).status, 403);
    assert_eq!(server.delete("/api/api-keys/mine", &token).status, 403);
}

#[test]
fn the_scheme_is_case_insensitive_and_no_other_way_in_is_open() {
    let server = start();
    let (target, own) = ("/api/api-keys/apikey-ben-old", token(Family::LangWatch, "apikey-ada"));
    let bearer = format!("Bearer {own}");
    let refused: [&[(&str, &str)]; 4] = [
        &[("X-Auth-Token", own)],
        &[("Cookie", &format!("Authorization={own}"))],
        &[("Proxy-Authorization", &bearer)],
        &[("Authorization", &bearer), ("Authorization", &bearer)],
    ];
    for headers in refused {
        assert_eq!(server.send("DELETE", target, headers).status, 401, "{headers:?}");
    }
    let query = format!("{target}?access_token={own}&token={own}");
    assert_eq!(server.send("DELETE", &query, &[]).status, 401);
    assert_eq!(server.send("DELETE", target, &[("Authorization", &format!("bEARER {own}"))]).status, 200);
}
