//! The refusal of a caller: 401 or 403, and what the client is told.
//!
//! The one rule: a 401 always carries `WWW-Authenticate` (RFC 9110 section 11.6.1).

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, StatusCode};
use stubwright_schema::{Sentence, Violations};

use crate::body::UntypedBody;
use crate::locale::Locale;
use crate::operation::{OperationInfo, SchemeUse};
use crate::response::{self, Response};

/// Why a caller may not do what it asks for.
///
/// ```
/// use stubwright::Denied;
///
/// fn authorize(is_admin: bool) -> Result<(), Denied> {
///     if is_admin { Ok(()) } else { Err(Denied::forbidden("Admins only")) }
/// }
/// # assert!(authorize(true).is_ok() && authorize(false).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Denied {
    reason: Reason,
    /// Nothing where the edge has a sentence of its own.
    message: Option<String>,
    body: Option<UntypedBody>,
}

#[derive(Clone, Copy, Debug)]
enum Reason {
    /// No credential that the operation accepts was sent.
    Unauthenticated(&'static OperationInfo),
    /// A credential was sent and is not valid.
    Unauthorized,
    /// The caller is known and may not do this.
    Forbidden,
}

/// What is said where nobody said anything.
const UNSAID: Sentence = Sentence::NotAuthenticated;

impl Denied {
    /// 401: the request has no credential that the operation accepts. `WWW-Authenticate` names what would be.
    pub fn unauthenticated(operation: &'static OperationInfo) -> Self {
        Self { reason: Reason::Unauthenticated(operation), message: None, body: None }
    }

    /// 401: a credential was sent, and it is unknown, expired or revoked.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self { reason: Reason::Unauthorized, message: Some(message.into()), body: None }
    }

    /// 403: the caller is known and may not do this.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self { reason: Reason::Forbidden, message: Some(message.into()), body: None }
    }

    /// Tells the client something else, in the document's error shape.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Answers with this body instead of the document's error shape.
    #[must_use]
    pub fn with_body(mut self, body: UntypedBody) -> Self {
        self.body = Some(body);
        self
    }

    /// 401 or 403.
    pub fn status(&self) -> StatusCode {
        match self.reason {
            Reason::Unauthenticated(_) | Reason::Unauthorized => StatusCode::UNAUTHORIZED,
            Reason::Forbidden => StatusCode::FORBIDDEN,
        }
    }

    /// What the client is told.
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or(UNSAID.english())
    }

    /// The answer. `bearer_sent` tells whether the request had a bearer token.
    pub(crate) fn render(self, operation: &'static OperationInfo, bearer_sent: bool, locale: Locale) -> Response {
        let (status, nothing) = (self.status(), Violations::default());
        let mut response = match (self.body, self.message) {
            (Some(body), _) => response::untyped(status, Some(body)),
            (None, Some(message)) => operation.shape_of(status).render(status, &message, &nothing),
            (None, None) => operation.shape_of(status).say(status, &UNSAID.into(), &nothing, locale),
        };
        let headers = response.headers_mut();
        match self.reason {
            Reason::Unauthenticated(asked) => challenge(headers, asked, None),
            Reason::Unauthorized => challenge(headers, operation, bearer_sent.then_some("invalid_token")),
            Reason::Forbidden => forbid(headers, operation, bearer_sent),
        }
        response
    }
}

/// Adds the challenges of an operation's schemes to a 401, each once.
///
/// A scheme of type `apiKey` has no registered challenge, and a 401 must have one (RFC 9110 section 15.5.2): it is
/// called `ApiKey`, and so is one whose name no challenge can have. `bearer_error` is the error code of RFC 6750 section 3.1.
pub(crate) fn challenge(headers: &mut HeaderMap, operation: &OperationInfo, bearer_error: Option<&str>) {
    let mut names: Vec<&str> = Vec::new();
    for name in operation.schemes().map(|scheme| scheme.challenge.filter(|name| is_token(name)).unwrap_or("ApiKey")) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.push("ApiKey");
    }
    for name in names {
        let mut parameters: Vec<String> = Vec::new();
        let is_basic = name.eq_ignore_ascii_case("Basic");
        // The realm is required for Basic (RFC 7617 section 2).
        if let Some(realm) = operation.realm.or_else(|| is_basic.then_some("api")) {
            parameters.push(format!("realm={}", quoted(realm)));
        }
        if is_basic {
            parameters.push("charset=\"UTF-8\"".to_owned());
        }
        parameters.extend(bearer_error.filter(|_| is_bearer(name)).map(|error| format!("error=\"{error}\"")));
        append(headers, format!("{name} {}", parameters.join(", ")).trim_end());
    }
    if !headers.contains_key(WWW_AUTHENTICATE) {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("ApiKey"));
    }
}

/// RFC 9110 section 5.6.2.
fn is_token(text: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_tchar)
}

/// A text as a quoted string (RFC 9110 section 5.6.4).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Adds to a 403 that the token lacks a privilege (RFC 6750 sections 3 and 3.1).
fn forbid(headers: &mut HeaderMap, operation: &OperationInfo, bearer_sent: bool) {
    let is_used = |scheme: &&SchemeUse| scheme.challenge.is_some_and(is_bearer);
    let Some(scheme) = operation.schemes().find(is_used).filter(|_| bearer_sent) else { return };
    let mut text = String::from("Bearer error=\"insufficient_scope\"");
    if !scheme.scopes.is_empty() {
        text = format!("{text}, scope=\"{}\"", scheme.scopes.join(" "));
    }
    append(headers, &text);
}

fn is_bearer(challenge: &str) -> bool {
    challenge.eq_ignore_ascii_case("Bearer")
}

/// A scope that no header can carry costs the hint, never the refusal.
fn append(headers: &mut HeaderMap, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.append(WWW_AUTHENTICATE, value);
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{WWW_AUTHENTICATE, challenge};
    use crate::operation::{OperationInfo, SchemeUse};

    fn challenges(operation: &OperationInfo) -> Vec<String> {
        let mut headers = HeaderMap::new();
        challenge(&mut headers, operation, None);
        headers.get_all(WWW_AUTHENTICATE).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into()).collect()
    }

    static NONE: OperationInfo = OperationInfo::new("a", "GET", "/a");
    static UNSPEAKABLE: OperationInfo = OperationInfo::new("a", "GET", "/a")
        .security(&[&[SchemeUse::http("a", "a\nb", &[])], &[SchemeUse::undefined("of old")]]);
    static REALM: OperationInfo =
        OperationInfo::new("a", "GET", "/a").security(&[&[SchemeUse::bearer("a", &[])]]).realm("a\nb");
    static UNDEFINED: OperationInfo = OperationInfo::new("a", "GET", "/a").security(&[&[SchemeUse::undefined("lost")]]);

    #[test]
    fn there_is_always_a_challenge() {
        for operation in [&NONE, &UNSPEAKABLE, &REALM] {
            assert_eq!(challenges(operation), ["ApiKey"]);
        }
        assert_eq!(challenges(&UNDEFINED), ["lost"]);
    }
}
