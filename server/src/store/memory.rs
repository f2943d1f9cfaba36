//! The store of the mock server: everything in memory, under one lock. No method awaits while it holds the lock.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::UnixSeconds;
use crate::credential::{Digest, Family};
use crate::data::Data;
use crate::store::{Caller, DevinV2Revocation, DevinV3Revocation, Key, LangWatchRevocation, Management, Store};

/// Keeps keys in memory, as long as the process lives.
#[derive(Debug)]
pub struct MemoryStore {
    tables: Mutex<Tables>,
}

impl MemoryStore {
    /// A store that holds these keys.
    pub fn new(data: Data) -> Self {
        Self {
            tables: Mutex::new(Tables {
                devin_v2: Table::new(data.devin_v2),
                devin_v3: Table::new(data.devin_v3),
                langwatch: Table::new(data.langwatch),
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tables> {
        // No write under the lock can panic half-way, so what a panicking thread left behind is whole.
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    async fn authenticate(&self, credential: &Digest, family: Family, now: UnixSeconds) -> Option<Caller> {
        let mut tables = self.lock();
        let table = tables.of(family);
        let key = table.keys.get(table.by_credential.get(credential)?)?;
        key.is_active(now).then(|| Caller::of(key, family))
    }

    async fn touch(&self, caller: &Caller, now: UnixSeconds) {
        if let Some(key) = self.lock().of(caller.family).keys.get_mut(&caller.key_id) {
            key.last_used_at = key.last_used_at.max(Some(now));
        }
    }

    async fn revoke_devin_v2(&self, caller: &Caller, api_key_id: &str, now: UnixSeconds) -> DevinV2Revocation {
        let mut tables = self.lock();
        match tables.devin_v2.keys.get_mut(api_key_id) {
            Some(key) if key.tenant == caller.tenant && key.revoked_at.is_none() => {
                key.revoked_at = Some(now);
                DevinV2Revocation::Revoked
            }
            Some(_) | None => DevinV2Revocation::NotFound,
        }
    }

    async fn revoke_devin_v3(
        &self,
        caller: &Caller,
        service_user_id: &str,
        api_key_id: &str,
        now: UnixSeconds,
    ) -> DevinV3Revocation {
        let mut tables = self.lock();
        let Some(key) = tables.devin_v3.keys.get_mut(api_key_id) else {
            return DevinV3Revocation::NotFound;
        };
        if key.tenant != caller.tenant || key.owner.as_deref() != Some(service_user_id) {
            return DevinV3Revocation::NotFound;
        }
        if key.revoked_at.is_some() {
            return DevinV3Revocation::AlreadyRevoked;
        }
        key.revoked_at = Some(now);
        DevinV3Revocation::Revoked(Box::new(key.clone()))
    }

    async fn revoke_langwatch(&self, caller: &Caller, id: &str, now: UnixSeconds) -> LangWatchRevocation {
        let mut tables = self.lock();
        let Some(key) = tables.langwatch.keys.get_mut(id) else {
            return LangWatchRevocation::NotFound;
        };
        if key.tenant != caller.tenant || key.management == Management::System {
            return LangWatchRevocation::NotFound;
        }
        if !caller.may_manage(key) {
            return LangWatchRevocation::NotOwner;
        }
        if key.revoked_at.is_some() {
            return LangWatchRevocation::AlreadyRevoked;
        }
        key.revoked_at = Some(now);
        LangWatchRevocation::Revoked
    }
}

#[derive(Debug)]
struct Tables {
    devin_v2: Table,
    devin_v3: Table,
    langwatch: Table,
}

impl Tables {
    fn of(&mut self, family: Family) -> &mut Table {
        match family {
            Family::DevinV2 => &mut self.devin_v2,
            Family::DevinV3 => &mut self.devin_v3,
            Family::LangWatch => &mut self.langwatch,
        }
    }
}

#[derive(Debug)]
struct Table {
    keys: HashMap<String, Key>,
    by_credential: HashMap<Digest, String>,
}

impl Table {
    fn new(keys: Vec<Key>) -> Self {
        let by_credential = keys.iter().filter_map(|key| Some((key.credential?, key.id.clone()))).collect();
        Self { keys: keys.into_iter().map(|key| (key.id.clone(), key)).collect(), by_credential }
    }
}
