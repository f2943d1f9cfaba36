//! From the form of the data file to keys: what the form cannot say is checked here, and every finding names its path.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::credential::{Digest, Family};
use crate::data::Data;
use crate::data::file::{Credential, File, Key, User};
use crate::data::place::Step;
use crate::store;
use crate::store::{Management, Role};

/// Something about a value of the file.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) severity: Severity,
    pub(super) path: Vec<Step>,
    pub(super) message: String,

    /// The path of the value that this one repeats.
    pub(super) first: Option<Vec<Step>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Severity {
    Error,
    Warning,
}

/// Makes keys of a file. They are of use only if no finding is an error.
pub(super) fn check(file: &File, environment: &dyn Fn(&str) -> Option<String>) -> (Data, Vec<Finding>) {
    let mut findings = Vec::new();
    let data = Data {
        devin_v2: devin_v2(file, Cx::new(Family::DevinV2, environment, &mut findings)),
        devin_v3: devin_v3(file, Cx::new(Family::DevinV3, environment, &mut findings)),
        langwatch: langwatch(file, Cx::new(Family::LangWatch, environment, &mut findings)),
    };
    (data, findings)
}

fn devin_v2(file: &File, mut cx: Cx<'_>) -> Vec<store::Key> {
    cx.each("devin_v2", &file.devin_v2, |cx, enterprise| {
        cx.tenant("enterprise", &enterprise.enterprise);
        cx.each("users", &enterprise.users, Cx::user);
        cx.each("service_keys", &enterprise.service_keys, |cx, key| cx.key(key, &Bearer::NOBODY));
    });
    cx.keys
}

fn devin_v3(file: &File, mut cx: Cx<'_>) -> Vec<store::Key> {
    cx.each("devin_v3", &file.devin_v3, |cx, enterprise| {
        cx.tenant("enterprise", &enterprise.enterprise);
        cx.each("service_users", &enterprise.service_users, |cx, user| {
            cx.identifier("id", Namespace::Account, &user.id);
            let permissions = &user.permissions;
            let bearer = Bearer { owner: Some(&user.id), permissions, ..Bearer::NOBODY };
            cx.each("api_keys", &user.api_keys, |cx, key| cx.key(key, &bearer));
        });
    });
    cx.keys
}

fn langwatch(file: &File, mut cx: Cx<'_>) -> Vec<store::Key> {
    cx.each("langwatch", &file.langwatch, |cx, organization| {
        cx.tenant("organization", &organization.organization);
        cx.each("users", &organization.users, Cx::user);
        cx.each("service_keys", &organization.service_keys, |cx, key| cx.key(key, &Bearer::NOBODY));
        let system = Bearer { management: Management::System, ..Bearer::NOBODY };
        cx.each("system_keys", &organization.system_keys, |cx, key| cx.key(key, &system));
    });
    cx.keys
}

/// What the keys of one list have in common.
struct Bearer<'a> {
    owner: Option<&'a str>,
    role: Role,
    permissions: &'a [String],
    management: Management,
}

impl Bearer<'_> {
    const NOBODY: Bearer<'static> =
        Bearer { owner: None, role: Role::Member, permissions: &[], management: Management::Tenant };
}

/// Ids are unique within a namespace of an API.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Namespace {
    Tenant,
    Account,
    Key,
}

/// What is threaded through the walk over one API.
struct Cx<'a> {
    family: Family,
    environment: &'a dyn Fn(&str) -> Option<String>,
    findings: &'a mut Vec<Finding>,
    path: Vec<Step>,
    tenant: String,
    identifiers: HashMap<(Namespace, String), Vec<Step>>,
    credentials: HashMap<Digest, Vec<Step>>,
    keys: Vec<store::Key>,
}

impl<'a> Cx<'a> {
    fn new(family: Family, environment: &'a dyn Fn(&str) -> Option<String>, findings: &'a mut Vec<Finding>) -> Self {
        let (path, tenant, keys) = (Vec::new(), String::new(), Vec::new());
        let (identifiers, credentials) = (HashMap::new(), HashMap::new());
        Self { family, environment, findings, path, tenant, identifiers, credentials, keys }
    }

    fn each<T>(&mut self, name: &'static str, items: &[T], mut visit: impl FnMut(&mut Self, &T)) {
        self.path.push(Step::Key(name));
        for (index, item) in items.iter().enumerate() {
            self.path.push(Step::Index(index));
            visit(self, item);
            self.path.pop();
        }
        self.path.pop();
    }

    fn tenant(&mut self, name: &'static str, id: &str) {
        self.identifier(name, Namespace::Tenant, id);
        id.clone_into(&mut self.tenant);
    }

    fn user(&mut self, user: &User) {
        self.identifier("id", Namespace::Account, &user.id);
        let bearer = Bearer { owner: Some(&user.id), role: user.role.into(), ..Bearer::NOBODY };
        self.each("api_keys", &user.api_keys, |cx, key| cx.key(key, &bearer));
    }

    fn key(&mut self, key: &Key, bearer: &Bearer<'_>) {
        self.identifier("id", Namespace::Key, &key.id);
        let credential = key.credential.as_ref().and_then(|credential| self.credential(credential));
        let permissions = self.permissions(key, bearer);
        self.keys.push(store::Key {
            id: key.id.clone(),
            name: key.name.as_ref().unwrap_or(&key.id).clone(),
            tenant: self.tenant.clone(),
            owner: bearer.owner.map(str::to_owned),
            role: bearer.role,
            permissions,
            management: bearer.management,
            credential,
            created_at: key.created_at,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
            last_used_at: key.last_used_at,
        });
    }

    fn identifier(&mut self, name: &'static str, namespace: Namespace, id: &str) {
        let path = self.at(&[name]);
        if id.is_empty() {
            return self.error(path, "an id has at least one character");
        }
        match self.identifiers.entry((namespace, id.to_owned())) {
            Entry::Vacant(entry) => _ = entry.insert(path),
            Entry::Occupied(entry) => {
                let first = Some(entry.get().clone());
                let message = "this id is taken".to_owned();
                self.findings.push(Finding { severity: Severity::Error, path, message, first });
            }
        }
    }

    fn permissions(&mut self, key: &Key, bearer: &Bearer<'_>) -> Vec<String> {
        let misplaced = match (self.family, &key.permissions) {
            (_, None) => return bearer.permissions.to_vec(),
            (Family::LangWatch, Some(permissions)) => return permissions.clone(),
            (Family::DevinV2, Some(_)) => "in Devin v2 the role of the user decides: a key has no permissions",
            (Family::DevinV3, Some(_)) => "in Devin v3 permissions belong to the service user, not to a key",
        };
        self.error(self.at(&["permissions"]), misplaced);
        Vec::new()
    }

    fn credential(&mut self, credential: &Credential) -> Option<Digest> {
        let (name, digest) = match (&credential.sha256, &credential.secret_from_env, &credential.secret) {
            (Some(digits), None, None) => ("sha256", self.digest(digits)?),
            (None, Some(variable), None) => ("secret_from_env", self.environment_secret(variable)?),
            (None, None, Some(secret)) => ("secret", self.plain_secret(secret)?),
            _ => {
                let message = "a credential is one of `sha256`, `secret_from_env` and `secret`";
                self.error(self.at(&["credential"]), message);
                return None;
            }
        };
        let path = self.at(&["credential", name]);
        match self.credentials.entry(digest) {
            Entry::Vacant(entry) => _ = entry.insert(path),
            Entry::Occupied(entry) => {
                let first = Some(entry.get().clone());
                let message = "two keys cannot have the same credential".to_owned();
                self.findings.push(Finding { severity: Severity::Error, path, message, first });
            }
        }
        Some(digest)
    }

    fn digest(&mut self, digits: &str) -> Option<Digest> {
        let digest = Digest::from_hex(digits);
        if digest.is_none() {
            self.error(self.at(&["credential", "sha256"]), "a SHA-256 digest has 64 hexadecimal digits");
        }
        digest
    }

    fn environment_secret(&mut self, variable: &str) -> Option<Digest> {
        let path = self.at(&["credential", "secret_from_env"]);
        match (self.environment)(variable) {
            Some(secret) if self.family.accepts(&secret) => return Some(Digest::of(&secret)),
            Some(_) => {
                let message = format!("the variable does not hold a credential of this API: {}", self.family.shape());
                self.error(path, &message);
            }
            None => self.error(path, "the environment has no such variable, or it is not UTF-8"),
        }
        None
    }

    fn plain_secret(&mut self, secret: &str) -> Option<Digest> {
        let path = self.at(&["credential", "secret"]);
        if !self.family.accepts(secret) {
            let message = format!("this is not a credential of this API: {}", self.family.shape());
            self.error(path, &message);
            return None;
        }
        let message = "a secret stands here in plain text: `sha256` or `secret_from_env` keeps it out".to_owned();
        self.findings.push(Finding { severity: Severity::Warning, path, message, first: None });
        Some(Digest::of(secret))
    }

    fn at(&self, names: &[&'static str]) -> Vec<Step> {
        self.path.iter().copied().chain(names.iter().map(|name| Step::Key(name))).collect()
    }

    fn error(&mut self, path: Vec<Step>, message: &str) {
        self.findings.push(Finding { severity: Severity::Error, path, message: message.to_owned(), first: None });
    }
}
