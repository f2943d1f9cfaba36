//! What the server says when it starts: where it is, what it serves and, with the data that is built in, how to try it.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use stubwright::OperationInfo;
use stubwright_generated::{devin_v2, devin_v3, langwatch};

use crate::credential::Family;
use crate::demo;

/// Whether the demonstration credentials are shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Demonstration {
    /// They work here, and only here.
    Shown,

    /// They do not work, or they would work for others too.
    Hidden,
}

/// The base URL under which a server that listens on `bound` is reached from the same machine, without a slash at its
/// end.
///
/// ```
/// use stubwright_server::banner::address;
///
/// assert_eq!(address("[::1]:4010".parse().expect("an address")), "http://[::1]:4010");
/// assert_eq!(address("0.0.0.0:80".parse().expect("an address")), "http://127.0.0.1:80");
/// ```
pub fn address(bound: SocketAddr) -> String {
    let mut reached = bound;
    // The unspecified address is one to listen on, not one to connect to.
    if bound.ip().is_unspecified() {
        reached.set_ip(match bound {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!("http://{reached}")
}

/// The text to print when the server listens. `address` is its base URL.
pub fn text(address: &str, demonstration: Demonstration) -> String {
    let mut text = format!("Listening on {address}\n\n");
    for Example { operation, document, .. } in examples() {
        _ = writeln!(text, "  {} {}", operation.method, operation.path);
        _ = writeln!(text, "  GET {document}/openapi.json, {document}/openapi.yaml");
    }
    if demonstration == Demonstration::Shown {
        text.push_str("\nOne call per API, with credentials that work here only:\n\n");
        for line in commands(address) {
            _ = writeln!(text, "{line}");
        }
    }
    text
}

/// A `curl` command per API, each of which revokes a key of the embedded data.
pub fn commands(address: &str) -> Vec<String> {
    examples()
        .into_iter()
        .filter_map(|Example { operation, family, key_id, path, .. }| {
            let (method, token) = (&operation.method, demo::token(family, key_id)?);
            Some(format!("curl -i -X {method} {address}{path} -H 'Authorization: Bearer {token}'"))
        })
        .collect()
}

struct Example {
    operation: &'static OperationInfo,
    document: &'static str,
    family: Family,
    key_id: &'static str,
    path: &'static str,
}

fn examples() -> [Example; 3] {
    [
        Example {
            operation: &devin_v2::operations::REVOKE_ENTERPRISE_API_KEY_ENDPOINT,
            document: "/devin/v2",
            family: Family::DevinV2,
            key_id: "apk-ada",
            path: "/v2/enterprise/api-keys/apk-ben-old",
        },
        Example {
            operation: &devin_v3::operations::HANDLE_REVOKE_SERVICE_USER_API_KEY,
            document: "/devin/v3",
            family: Family::DevinV3,
            key_id: "key-admin",
            path: "/v3beta1/enterprise/service-users/service-user-deploy/api-keys/key-deploy-old",
        },
        Example {
            operation: &langwatch::operations::REVOKE_API_KEY,
            document: "/langwatch",
            family: Family::LangWatch,
            key_id: "apikey-ada",
            path: "/api/api-keys/apikey-ben-old",
        },
    ]
}
