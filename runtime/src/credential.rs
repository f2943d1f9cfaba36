//! Credentials as the client sent them. Their `Debug` never shows them.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use crate::denied::Denied;

/// The token of `Authorization: Bearer …` (RFC 6750 section 2.1). It is never empty.
#[derive(Clone, Copy)]
pub struct BearerToken<'a>(&'a str);

/// The key of a scheme of type `apiKey`, from a header, the query or a cookie. It is never empty.
#[derive(Clone)]
pub struct ApiKey<'a>(Cow<'a, str>);

/// The name and the password of `Authorization: Basic …` (RFC 7617), as UTF-8. Both may be empty.
#[derive(Clone)]
pub struct BasicCredentials {
    /// The name; it holds no colon.
    pub username: String,
    password: String,
}

/// What follows the name of another authentication scheme in `Authorization` (RFC 9110 section 11.4). It is never empty.
#[derive(Clone, Copy)]
pub struct HttpCredentials<'a>(&'a str);

/// The certificate that the client proved to own, in the extensions of a request.
///
/// Whoever ends TLS puts it there after it was verified, by `Listener::extensions` or a layer; nobody else may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The certificate in DER.
    pub der: Bytes,
}

/// The one token, key or password that an example server takes; any, if there is none.
///
/// ```
/// use stubwright::KnownCredential;
///
/// assert!(KnownCredential::default().check("whatever").is_ok());
/// let known = KnownCredential::new("secret");
/// assert!(known.check("secret").is_ok() && known.check("guess").is_err());
/// ```
#[derive(Clone, Default)]
pub struct KnownCredential(Option<String>);

impl KnownCredential {
    /// Takes this one alone; any, if it is empty, as no credential is.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Some(secret.into()).filter(|secret| !secret.is_empty()))
    }

    /// Whether a credential is known.
    ///
    /// # Errors
    /// With 401, if it is not.
    pub fn check(&self, sent: &str) -> Result<(), Denied> {
        match &self.0 {
            Some(known) if known != sent => Err(Denied::unauthorized("Unknown credential")),
            Some(_) | None => Ok(()),
        }
    }
}

impl BasicCredentials {
    /// Wraps a name and a password; for tests of an `authenticate_…` method.
    pub fn new(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: username.into(), password: password.into() }
    }

    /// The password itself. What holds it must neither log nor echo it.
    pub fn expose(&self) -> &str {
        &self.password
    }
}

impl<'a> HttpCredentials<'a> {
    /// Wraps credentials; for tests of an `authenticate_…` method.
    pub fn new(credentials: &'a str) -> Self {
        Self(credentials)
    }

    /// The credentials as sent: a token, or parameters. What holds them must neither log nor echo them.
    pub fn expose(&self) -> &'a str {
        self.0
    }
}

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

impl fmt::Debug for BasicCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BasicCredentials(redacted)")
    }
}

impl fmt::Debug for HttpCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpCredentials(redacted)")
    }
}

impl fmt::Debug for KnownCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "KnownCredential(redacted)" } else { "KnownCredential(any)" })
    }
}
