//! What the handlers ask of storage, and the plain records that pass between them.
//!
//! Every method is one atomic step: whoever implements [`Store`] decides and writes in one go, or two callers may both
//! be told that they revoked the same key.

pub mod memory;

use std::future::Future;

use stubwright::OperationInfo;

use crate::clock::UnixSeconds;
use crate::credential::{Digest, Family};

/// An API key. Records are never removed, so an id is never given out again.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its name in paths, unique within its API.
    pub id: String,

    /// What people call it.
    pub name: String,

    /// The enterprise or organization that it belongs to.
    pub tenant: String,

    /// The user or service user that it belongs to; none for a service key and a system key.
    pub owner: Option<String>,

    /// What its owner is in the tenant.
    pub role: Role,

    /// What its bearer may do.
    pub permissions: Vec<String>,

    /// Who manages it.
    pub management: Management,

    /// The digest of its token; a key without one authenticates nobody.
    pub credential: Option<Digest>,

    /// When it was made.
    pub created_at: UnixSeconds,

    /// From when on it no longer authenticates.
    pub expires_at: Option<UnixSeconds>,

    /// When it was revoked.
    pub revoked_at: Option<UnixSeconds>,

    /// When a call with it last succeeded.
    pub last_used_at: Option<UnixSeconds>,
}

/// What a user is in a tenant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// May act on what belongs to others.
    Admin,

    /// May act on what is their own.
    Member,
}

/// Who manages a key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Management {
    /// The people of its tenant.
    Tenant,

    /// The service itself; to people the key does not exist.
    System,
}

/// Who is calling: what a key says about its bearer.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The API that the key is for.
    pub family: Family,

    /// The id of the key.
    pub key_id: String,

    /// The enterprise or organization of the key.
    pub tenant: String,

    /// The user or service user of the key.
    pub owner: Option<String>,

    /// What the owner is in the tenant.
    pub role: Role,

    /// What the key permits.
    pub permissions: Vec<String>,
}

/// What became of a revocation in Devin v2.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DevinV2Revocation {
    /// The key is revoked now.
    Revoked,

    /// The enterprise has no such key that is not revoked.
    NotFound,
}

/// What became of a revocation in Devin v3.
#[derive(Clone, Debug)]
pub enum DevinV3Revocation {
    /// The key is revoked now, and this is what it has become.
    Revoked(Box<Key>),

    /// The enterprise has no such service user, or the service user no such key.
    NotFound,

    /// The key was revoked before.
    AlreadyRevoked,
}

/// What became of a revocation in `LangWatch`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LangWatchRevocation {
    /// The key is revoked now.
    Revoked,

    /// The organization has no such key that people manage.
    NotFound,

    /// The key belongs to somebody else, and the caller is no admin of the organization.
    NotOwner,

    /// The key was revoked before.
    AlreadyRevoked,
}

/// Where keys are kept. Each method is atomic: no other call sees or makes a change between its check and its write.
pub trait Store: Send + Sync + 'static {
    /// Whose credential this is, if a key of this family has it and is active.
    fn authenticate(
        &self,
        credential: &Digest,
        family: Family,
        now: UnixSeconds,
    ) -> impl Future<Output = Option<Caller>> + Send;

    /// Notes that a call of this caller succeeded. The time of the last use never moves back.
    fn touch(&self, caller: &Caller, now: UnixSeconds) -> impl Future<Output = ()> + Send;

    /// Revokes a key of the caller's enterprise.
    fn revoke_devin_v2(
        &self,
        caller: &Caller,
        api_key_id: &str,
        now: UnixSeconds,
    ) -> impl Future<Output = DevinV2Revocation> + Send;

    /// Revokes a key of a service user of the caller's enterprise.
    fn revoke_devin_v3(
        &self,
        caller: &Caller,
        service_user_id: &str,
        api_key_id: &str,
        now: UnixSeconds,
    ) -> impl Future<Output = DevinV3Revocation> + Send;

    /// Revokes a key of the caller's organization.
    fn revoke_langwatch(
        &self,
        caller: &Caller,
        id: &str,
        now: UnixSeconds,
    ) -> impl Future<Output = LangWatchRevocation> + Send;
}

impl Key {
    /// Whether the key authenticates: not revoked, and not expired.
    pub fn is_active(&self, now: UnixSeconds) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > now)
    }
}

impl Caller {
    /// What a key says about its bearer.
    pub fn of(key: &Key, family: Family) -> Self {
        Self {
            family,
            key_id: key.id.clone(),
            tenant: key.tenant.clone(),
            owner: key.owner.clone(),
            role: key.role,
            permissions: key.permissions.clone(),
        }
    }

    /// Whether the key permits something.
    pub fn may(&self, permission: &str) -> bool {
        self.permissions.iter().any(|own| own == permission)
    }

    /// The first permission that an operation asks for and the key does not give.
    pub fn lacks(&self, operation: &OperationInfo) -> Option<&'static str> {
        operation.required_permission.iter().copied().find(|permission| !self.may(permission))
    }

    /// Whether the caller may act on a key: as an admin, or as its owner.
    pub fn may_manage(&self, key: &Key) -> bool {
        let owns = self.owner.is_some() && self.owner == key.owner;
        self.role == Role::Admin || owns
    }
}
