//! Who may call, through a router as the generator writes it.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use stubwright::codegen::{Gate, Incoming, Outcome, Rejection, Response, Router, Routes};
use stubwright::{
    ApiKey, BasicCredentials, BearerToken, ClientCertificate, Denied, Document, ErrorShape, HttpCredentials,
    OperationInfo, SchemeUse,
};

use crate::support::{Answer, answer, document, send};

static DOCUMENT: Document = document(ErrorShape::Detail);

/// `GET /all`
static ALL: OperationInfo = OperationInfo::new("all", "GET", "/all").security(&[
    &[SchemeUse::bearer("token", &["read"]), SchemeUse::api_key("key", &[])],
    &[SchemeUse::basic("name", &[])],
    &[SchemeUse::http("digest", "Digest", &[]), SchemeUse::mutual_tls("certificate", &[])],
]);

/// `GET /optional`
static OPTIONAL: OperationInfo =
    OperationInfo::new("optional", "GET", "/optional").security(&[&[], &[SchemeUse::bearer("token", &[])]]);

/// Finds out who sent a credential.
trait Security: Send + Sync {
    fn authenticate_token(&self, credential: BearerToken<'_>) -> impl Future<Output = Found> + Send;
    fn authenticate_key(&self, credential: ApiKey<'_>) -> impl Future<Output = Found> + Send;
    fn authenticate_name(&self, credential: BasicCredentials) -> impl Future<Output = Found> + Send;
    fn authenticate_digest(&self, credential: HttpCredentials<'_>) -> impl Future<Output = Found> + Send;
    fn authenticate_certificate(&self, credential: &ClientCertificate) -> impl Future<Output = Found> + Send;
    fn combine(&self, principals: Vec<String>) -> impl Future<Output = Found> + Send;
}

type Found = Result<String, Denied>;

/// Knows everybody whose credential does not begin with `bad`.
struct Guard;

impl Guard {
    fn check(sent: &str) -> Found {
        if sent.starts_with("bad") { Err(Denied::unauthorized("Unknown")) } else { Ok(sent.to_owned()) }
    }
}

impl Security for Guard {
    async fn authenticate_token(&self, credential: BearerToken<'_>) -> Found {
        Self::check(credential.expose())
    }

    async fn authenticate_key(&self, credential: ApiKey<'_>) -> Found {
        Self::check(credential.expose())
    }

    async fn authenticate_name(&self, credential: BasicCredentials) -> Found {
        assert_eq!(format!("{credential:?}"), "BasicCredentials(redacted)");
        Self::check(&format!("{}/{}", credential.username, credential.expose()))
    }

    async fn authenticate_digest(&self, credential: HttpCredentials<'_>) -> Found {
        Self::check(credential.expose())
    }

    async fn authenticate_certificate(&self, credential: &ClientCertificate) -> Found {
        Self::check(&String::from_utf8_lossy(&credential.der))
    }

    async fn combine(&self, principals: Vec<String>) -> Found {
        Ok(principals.join("+"))
    }
}

/// Finds out who is calling, and whether they may.
async fn admit<S: Security>(
    security: &S,
    incoming: &Incoming,
    operation: &'static OperationInfo,
) -> Result<Option<String>, Denied> {
    let mut gate = Gate::new(operation);
    while let Some(scheme) = gate.scheme() {
        let found = match scheme {
            "token" => match incoming.bearer_token() {
                Some(credential) => Some(security.authenticate_token(credential).await),
                None => None,
            },
            "key" => match incoming.api_key_header("X-Key") {
                Some(credential) => Some(security.authenticate_key(credential).await),
                None => None,
            },
            "name" => match incoming.basic_credentials() {
                Some(credential) => Some(security.authenticate_name(credential).await),
                None => None,
            },
            "digest" => match incoming.http_credentials("Digest") {
                Some(credential) => Some(security.authenticate_digest(credential).await),
                None => None,
            },
            "certificate" => match incoming.client_certificate() {
                Some(credential) => Some(security.authenticate_certificate(credential).await),
                None => None,
            },
            _ => None,
        };
        gate.found(found);
    }
    match gate.outcome() {
        Outcome::Known(mut principals, _) => match principals.len() {
            1 => Ok(principals.pop()),
            _ => security.combine(principals).await.map(Some),
        },
        Outcome::Anonymous => Ok(None),
        Outcome::Denied(denied) => Err(denied),
        Outcome::Missing => Err(Denied::unauthenticated(operation)),
    }
}

async fn all(security: Arc<Guard>, incoming: Incoming) -> Result<Response, Rejection> {
    let operation = &ALL;
    let Some(principal) = admit(&*security, &incoming, operation).await.map_err(|denied| incoming.deny(denied))? else {
        return Err(Denied::unauthenticated(operation).into());
    };
    Ok(answer("text/plain; charset=utf-8", incoming.into_context(principal).principal))
}

async fn optional(security: Arc<Guard>, incoming: Incoming) -> Result<Response, Rejection> {
    let principal = admit(&*security, &incoming, &OPTIONAL).await.map_err(|denied| incoming.deny(denied))?;
    let context = incoming.into_context(principal);
    Ok(answer("text/plain; charset=utf-8", format!("{:?}", context.principal)))
}

async fn get(path: &str, headers: &[(&str, &str)], certificate: Option<&'static str>) -> Answer {
    let guard = Arc::new(Guard);
    let routes = Routes::new(&DOCUMENT).operation(&ALL, Arc::clone(&guard), all);
    let mut router: Router = routes.operation(&OPTIONAL, guard, optional).into_router();
    if let Some(der) = certificate {
        router = router.layer(axum::Extension(ClientCertificate { der: der.into() }));
    }
    send(&router, "GET", path, headers).await
}

#[tokio::test]
async fn alternatives_are_met_whole() {
    let basic = |text: &str| format!("Basic {}", STANDARD.encode(text));
    let (name, colon, bad) = (basic("me:pa:ss"), basic(":"), basic("bad:x"));
    let nobody = basic("me");
    for (headers, certificate, status, text) in [
        (&[("authorization", "Bearer t"), ("x-key", "k")][..], None, 200, "t+k"),
        (&[("authorization", "Bearer t")], None, 401, "Not authenticated"),
        (&[("x-key", "k")], None, 401, "Not authenticated"),
        (&[("authorization", "Bearer bad"), ("x-key", "k")], None, 401, "Unknown"),
        (&[("authorization", "Bearer t"), ("x-key", "bad")], None, 401, "Unknown"),
        (&[("authorization", &name)], None, 200, "me/pa:ss"),
        (&[("authorization", &colon)], None, 200, "/"),
        (&[("authorization", &bad)], None, 401, "Unknown"),
        (&[("authorization", &nobody)], None, 401, "Not authenticated"),
        (&[("authorization", "Basic !")], None, 401, "Not authenticated"),
        (&[("authorization", "digest a=b, c=d")], Some("cn"), 200, "a=b, c=d+cn"),
        (&[("authorization", "Digest a=b")], None, 401, "Not authenticated"),
        (&[("authorization", "Digest a=b")], Some("bad"), 401, "Unknown"),
        (&[], Some("cn"), 401, "Not authenticated"),
        (&[("authorization", &name), ("x-key", "k")], None, 200, "me/pa:ss"),
    ] {
        let answer = get("/all", headers, certificate).await;
        assert_eq!(answer.status, status, "{headers:?} {certificate:?}: {}", answer.text);
        assert!(answer.text.contains(text), "{headers:?} {certificate:?}: {}", answer.text);
    }
}

#[tokio::test]
async fn challenges_name_every_scheme() {
    let answer = get("/all", &[], None).await;
    assert_eq!(answer.header("www-authenticate"), "Bearer, ApiKey, Basic realm=\"api\", charset=\"UTF-8\", Digest");
    let answer = get("/all", &[("authorization", "Bearer bad"), ("x-key", "k")], None).await;
    let challenges = "Bearer error=\"invalid_token\", ApiKey, Basic realm=\"api\", charset=\"UTF-8\", Digest";
    assert_eq!(answer.header("www-authenticate"), challenges);
}

#[tokio::test]
async fn optional_security_lets_nobody_in_and_nobody_wrong() {
    for (headers, status, text) in [
        (&[][..], 200, "None"),
        (&[("authorization", "Bearer t")], 200, "Some(\"t\")"),
        (&[("authorization", "Bearer bad")], 401, "Unknown"),
    ] {
        let answer = get("/optional", headers, None).await;
        assert_eq!(answer.status, status, "{headers:?}");
        assert!(answer.text.contains(text), "{headers:?}: {}", answer.text);
    }
}
