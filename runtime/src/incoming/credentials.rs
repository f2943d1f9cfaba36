//! Where credentials stand. One that is ambiguous or empty counts as absent, so the gate fails closed.

use std::borrow::Cow;

use http::{HeaderMap, header};

use super::Incoming;
use crate::credential::{ApiKey, BearerToken};
use crate::percent;

impl Incoming {
    /// The token of `Authorization: Bearer …`.
    ///
    /// `None` if the field is absent, stands there twice, names another scheme, or has no token.
    pub fn bearer_token(&self) -> Option<BearerToken<'_>> {
        bearer_token(&self.head.headers)
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
        let fields = self.head.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = fields.flat_map(|field| field.split(';')).filter_map(|pair| pair.trim().split_once('='));
        only(pairs.filter(|pair| pair.0 == name))
            .map(|(_, value)| Cow::Borrowed(value))
            .filter(|key| !key.is_empty())
            .map(ApiKey::new)
    }
}

/// The bearer token of a request. The scheme's name has no case (RFC 9110 section 11.1).
pub(crate) fn bearer_token(headers: &HeaderMap) -> Option<BearerToken<'_>> {
    let value = only(headers.get_all(header::AUTHORIZATION).iter())?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim_matches(' ');
    (scheme.eq_ignore_ascii_case("Bearer") && !token.is_empty()).then(|| BearerToken::new(token))
}

/// The item of an iterator that has exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let item = items.next()?;
    items.next().is_none().then_some(item)
}
