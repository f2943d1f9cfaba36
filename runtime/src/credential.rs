//! Credentials as the client sent them. Their `Debug` never shows them.

use std::borrow::Cow;
use std::fmt;

/// The token of `Authorization: Bearer …` (RFC 6750 section 2.1). It is never empty.
#[derive(Clone, Copy)]
pub struct BearerToken<'a>(&'a str);

/// The key of a scheme of type `apiKey`, from a header, the query or a cookie. It is never empty.
#[derive(Clone)]
pub struct ApiKey<'a>(Cow<'a, str>);

impl<'a> BearerToken<'a> {
    /// Wraps a token; for tests of an `authenticate_…` method.
    pub fn new(token: &'a str) -> Self {
        Self(token)
    }

    /// The token itself. What holds it must neither log nor echo it.
    pub fn expose(&self) -> &'a str {
        self.0
    }
}

impl<'a> ApiKey<'a> {
    /// Wraps a key; for tests of an `authenticate_…` method.
    pub fn new(key: impl Into<Cow<'a, str>>) -> Self {
        Self(key.into())
    }

    /// The key itself. What holds it must neither log nor echo it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for BearerToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(redacted)")
    }
}

impl fmt::Debug for ApiKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(redacted)")
    }
}
