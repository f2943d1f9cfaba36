//! Where credentials stand. One that is ambiguous or empty counts as absent, so the gate fails closed.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};

use super::Incoming;
use crate::credential::{ApiKey, BasicCredentials, BearerToken, ClientCertificate, HttpCredentials};
use crate::denied::Denied;
use crate::percent;
use crate::rejection::Rejection;

impl Incoming {
    /// The token of `Authorization: Bearer …`.
    ///
    /// `None` if the field is absent, stands there twice, names another scheme, or has no token.
    pub fn bearer_token(&self) -> Option<BearerToken<'_>> {
        authorization(&self.head.headers, "Bearer").map(BearerToken::new)
    }

    /// The answer to a caller who may not: what a challenge says depends on whether there was a token (RFC 6750 section
    /// 3.1).
    pub fn deny(&self, denied: Denied) -> Rejection {
        Rejection::denied(denied, self.bearer_token().is_some())
    }

    /// The name and the password of `Authorization: Basic …`.
    ///
    /// `None` if the field is absent, stands there twice, names another scheme, or is not base64 of UTF-8 with a colon.
    pub fn basic_credentials(&self) -> Option<BasicCredentials> {
        let bytes = STANDARD.decode(authorization(&self.head.headers, "Basic")?).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (username, password) = text.split_once(':')?;
        Some(BasicCredentials::new(username, password))
    }

    /// What follows the name of an authentication scheme in `Authorization`.
    ///
    /// `None` if the field is absent, stands there twice, names another scheme, or nothing follows.
    pub fn http_credentials(&self, scheme: &str) -> Option<HttpCredentials<'_>> {
        authorization(&self.head.headers, scheme).map(HttpCredentials::new)
    }

    /// The certificate that the client proved to own.
    pub fn client_certificate(&self) -> Option<&ClientCertificate> {
        self.extensions.get()
    }

    /// The key in a header field, unless it is absent, empty, or there twice.
    pub fn api_key_header(&self, name: &str) -> Option<ApiKey<'_>> {
        only(self.head.headers.get_all(name).iter())
            .and_then(|value| value.to_str().ok())
            .filter(|key| !key.is_empty())
            .map(ApiKey::new)
    }

    /// The key in the query, unless it is absent, empty, malformed, or there twice.
    pub fn api_key_query(&self, name: &str) -> Option<ApiKey<'_>> {
        only(self.query_values(name)).and_then(percent::decode_query).filter(|key| !key.is_empty()).map(ApiKey::new)
    }

    /// The key in a cookie, as sent (RFC 6265 section 5.4), unless it is absent, empty, or there twice.
    pub fn api_key_cookie(&self, name: &str) -> Option<ApiKey<'_>> {
        only(self.cookie_values(name)).filter(|key| !key.is_empty()).map(Cow::Borrowed).map(ApiKey::new)
    }
}

/// What follows a scheme's name in `Authorization`. The name has no case (RFC 9110 section 11.1).
fn authorization<'h>(headers: &'h HeaderMap, expected: &str) -> Option<&'h str> {
    let value = only(headers.get_all(header::AUTHORIZATION).iter())?.to_str().ok()?;
    let (scheme, credentials) = value.split_at_checked(expected.len())?;
    let credentials = credentials.strip_prefix(' ')?.trim_matches(' ');
    (scheme.eq_ignore_ascii_case(expected) && !credentials.is_empty()).then_some(credentials)
}

/// The item of an iterator that has exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let item = items.next()?;
    items.next().is_none().then_some(item)
}
