//! The form of the data file, as serde reads it. `data.yaml` explains every field to whoever writes one.

use serde::Deserialize;

use crate::clock::UnixSeconds;
use crate::store;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with a list for each API")]
pub(super) struct File {
    #[serde(default)]
    pub(super) devin_v2: Vec<DevinV2Enterprise>,

    #[serde(default)]
    pub(super) devin_v3: Vec<DevinV3Enterprise>,

    #[serde(default)]
    pub(super) langwatch: Vec<LangWatchOrganization>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct DevinV2Enterprise {
    pub(super) enterprise: String,

    #[serde(default)]
    pub(super) users: Vec<User>,

    #[serde(default)]
    pub(super) service_keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct DevinV3Enterprise {
    pub(super) enterprise: String,

    #[serde(default)]
    pub(super) service_users: Vec<ServiceUser>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct LangWatchOrganization {
    pub(super) organization: String,

    #[serde(default)]
    pub(super) users: Vec<User>,

    #[serde(default)]
    pub(super) service_keys: Vec<Key>,

    #[serde(default)]
    pub(super) system_keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct User {
    pub(super) id: String,

    #[serde(default)]
    pub(super) role: Role,

    #[serde(default)]
    pub(super) api_keys: Vec<Key>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    Admin,
    #[default]
    Member,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct ServiceUser {
    pub(super) id: String,

    #[serde(default)]
    pub(super) permissions: Vec<String>,

    #[serde(default)]
    pub(super) api_keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) permissions: Option<Vec<String>>,
    pub(super) credential: Option<Credential>,
    pub(super) created_at: UnixSeconds,
    pub(super) expires_at: Option<UnixSeconds>,
    pub(super) revoked_at: Option<UnixSeconds>,
    pub(super) last_used_at: Option<UnixSeconds>,
}

/// One of three ways to say what the token of a key is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with `sha256`, `secret_from_env` or `secret`")]
pub(super) struct Credential {
    pub(super) sha256: Option<String>,
    pub(super) secret_from_env: Option<String>,
    pub(super) secret: Option<String>,
}

impl From<Role> for store::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Member => Self::Member,
        }
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Credential(..)")
    }
}
