//! One key, many callers at once: exactly one of them is told that it revoked the key. And the proof that this test
//! would notice: a store whose check and write are apart is caught.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Barrier, Mutex};

use stubwright::ServeOptions;
use stubwright_server::clock::UnixSeconds;
use stubwright_server::credential::{Digest, Family};
use stubwright_server::data;
use stubwright_server::store::memory::MemoryStore;
use stubwright_server::store::{
    Caller, DevinV2Revocation, DevinV3Revocation, Key, LangWatchRevocation, Management, Role, Store,
};

use crate::support::{NOW, connect, head, receive, start_with};

const CONNECTIONS: usize = 200;
const ROUNDS: usize = 20;

const V2_TOKEN: &str = "apk_user_race";
const V3_TOKEN: &str = "cog_race";
const LANGWATCH_TOKEN: &str = "sk-lw-0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef";

/// A key per API and round, and one to call with.
fn data() -> MemoryStore {
    let keys = (0..ROUNDS).fold(String::new(), |mut keys, round| {
        writeln!(keys, "          - {{id: key-{round}, created_at: 1}}").unwrap();
        keys
    });
    let text = format!(
        "devin_v2:
  - enterprise: one
    users:
      - id: user-one
        role: admin
        api_keys:
          - {{id: caller, created_at: 1, credential: {{secret: {V2_TOKEN}}}}}
{keys}devin_v3:
  - enterprise: one
    service_users:
      - id: one
        permissions: [ManageAccountServiceUsers]
        api_keys:
          - {{id: caller, created_at: 1, credential: {{secret: {V3_TOKEN}}}}}
{keys}langwatch:
  - organization: one
    users:
      - id: one
        role: admin
        api_keys:
          - id: caller
            created_at: 1
            permissions: [organization:manage]
            credential: {{secret: {LANGWATCH_TOKEN}}}
{keys}"
    );
    MemoryStore::new(data::read(text.as_bytes(), &|_| None).unwrap().data)
}

/// The statuses of each round: all connections are open before a barrier lets all of them send at once.
fn race(address: SocketAddr, prefix: &'static str, token: &'static str) -> Vec<Vec<u16>> {
    let barrier = Arc::new(Barrier::new(CONNECTIONS));
    let connections: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let barrier = Arc::clone(&barrier);
            std::thread::spawn(move || {
                let mut stream = connect(address);
                let field = format!("Bearer {token}");
                let mut statuses = Vec::new();
                for round in 0..ROUNDS {
                    let request = head("DELETE", &format!("{prefix}/key-{round}"), &[("Authorization", &field)]);
                    barrier.wait();
                    stream.write_all(request.as_bytes()).unwrap();
                    statuses.push(receive(&mut stream, "DELETE").unwrap().status);
                }
                statuses
            })
        })
        .collect();
    let by_connection: Vec<Vec<u16>> = connections.into_iter().map(|thread| thread.join().unwrap()).collect();
    (0..ROUNDS).map(|round| by_connection.iter().map(|statuses| statuses[round]).collect()).collect()
}

fn count(statuses: &[u16], status: u16) -> usize {
    statuses.iter().filter(|other| **other == status).count()
}

#[test]
fn exactly_one_caller_revokes() {
    let server = start_with(data(), Arc::new(|| NOW), ServeOptions::default());
    let columns = [
        ("/v2/enterprise/api-keys", V2_TOKEN, 404),
        ("/v3beta1/enterprise/service-users/one/api-keys", V3_TOKEN, 409),
        ("/api/api-keys", LANGWATCH_TOKEN, 409),
    ];
    for (prefix, token, otherwise) in columns {
        for (round, statuses) in race(server.address, prefix, token).iter().enumerate() {
            let counts = (count(statuses, 200), count(statuses, otherwise));
            assert_eq!(counts, (1, CONNECTIONS - 1), "{prefix}, round {round}");
        }
    }
}

#[test]
fn a_store_that_checks_first_and_writes_later_is_caught() {
    let store = RacyStore { inner: data(), revoked: Mutex::default() };
    let server = start_with(store, Arc::new(|| NOW), ServeOptions::default());
    let rounds = race(server.address, "/v3beta1/enterprise/service-users/one/api-keys", V3_TOKEN);
    assert!(rounds.iter().all(|statuses| count(statuses, 200) + count(statuses, 409) == CONNECTIONS));
    assert!(rounds.iter().any(|statuses| count(statuses, 200) > 1), "no round caught it");
}

/// Lets others in between its check and its write.
struct RacyStore {
    inner: MemoryStore,
    revoked: Mutex<HashSet<String>>,
}

impl Store for RacyStore {
    async fn authenticate(&self, credential: &Digest, family: Family, now: UnixSeconds) -> Option<Caller> {
        self.inner.authenticate(credential, family, now).await
    }

    async fn touch(&self, caller: &Caller, now: UnixSeconds) {
        self.inner.touch(caller, now).await;
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
        if self.revoked.lock().unwrap().contains(api_key_id) {
            return DevinV3Revocation::AlreadyRevoked;
        }
        tokio::task::yield_now().await;
        self.revoked.lock().unwrap().insert(api_key_id.to_owned());
        DevinV3Revocation::Revoked(Box::new(Key {
            id: api_key_id.to_owned(),
            name: api_key_id.to_owned(),
            tenant: caller.tenant.clone(),
            owner: Some(service_user_id.to_owned()),
            role: Role::Member,
            permissions: Vec::new(),
            management: Management::Tenant,
            credential: None,
            created_at: 1,
            expires_at: None,
            revoked_at: Some(now),
            last_used_at: None,
        }))
    }

    async fn revoke_langwatch(&self, caller: &Caller, id: &str, now: UnixSeconds) -> LangWatchRevocation {
        self.inner.revoke_langwatch(caller, id, now).await
    }
}
