//! Takes a body off the connection, after its head was judged: a body that is refused is never asked for, so
//! `Expect: 100-continue` (RFC 9110 section 10.1.1) saves its transfer.

use std::error::Error as StdError;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use http_body::Body as _;
use http_body_util::BodyExt;

use super::Incoming;
use crate::media_type;
use crate::rejection::Rejection;
use crate::serve::BodyTimeout;

impl Incoming {
    /// The body, or `None` if there is none.
    pub(super) async fn read_body(&mut self, media_types: &[&str]) -> Result<Option<Bytes>, Rejection> {
        let size = self.body().size_hint();
        if size.exact() == Some(0) {
            return Ok(None);
        }
        check_type(&self.head.headers, media_types)?;
        if size.lower() > self.body_limit as u64 {
            return Err(too_long());
        }
        let (limit, version) = (self.body_limit, self.head.version);
        let bytes = read(self.body(), limit, version).await?;
        Ok((!bytes.is_empty()).then_some(bytes))
    }
}

/// 415 for a body that cannot be read, with what could be (RFC 9110 sections 12.5.1 and 15.5.16).
fn check_type(headers: &HeaderMap, media_types: &[&str]) -> Result<(), Rejection> {
    check_coding(headers)?;
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let sent = types.next().and_then(|value| value.to_str().ok()).filter(|_| types.next().is_none());
    if sent.is_some_and(|sent| media_type::is_accepted(sent, media_types)) {
        return Ok(());
    }
    Err(unsupported(media_types))
}

/// 415 for a body that is compressed (RFC 9110 section 12.5.3).
pub(crate) fn check_coding(headers: &HeaderMap) -> Result<(), Rejection> {
    let mut codings = headers.get_all(header::CONTENT_ENCODING).iter();
    if codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let refusal = Rejection::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body may not be compressed");
        return Err(refusal.with_header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity")));
    }
    Ok(())
}

/// 415, with the media types that could be read.
pub(crate) fn unsupported(media_types: &[&str]) -> Rejection {
    let refusal = Rejection::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "");
    match HeaderValue::from_str(&media_types.join(", ")) {
        Ok(accepted) => refusal.with_header(header::ACCEPT, accepted),
        Err(_) => refusal,
    }
}

pub(super) fn too_long() -> Rejection {
    Rejection::refused(StatusCode::PAYLOAD_TOO_LARGE, "")
}

/// The whole body. One that comes in one piece is not copied.
pub(super) async fn read(body: &mut Body, limit: usize, version: Version) -> Result<Bytes, Rejection> {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| broken(&error, version))?.into_data() else { continue };
        if first.len() + rest.len() + data.len() > limit {
            return Err(too_long());
        }
        if first.is_empty() {
            first = data;
        } else {
            rest.extend_from_slice(&data);
        }
    }
    if rest.is_empty() {
        return Ok(first);
    }
    let mut whole = BytesMut::with_capacity(first.len() + rest.len());
    whole.extend_from_slice(&first);
    whole.extend_from_slice(&rest);
    Ok(whole.freeze())
}

/// 408 for a body that stalls, and the end of its connection (RFC 9110 section 15.5.9); 400 for one that breaks off.
fn broken(error: &axum::Error, version: Version) -> Rejection {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<BodyTimeout>() {
            let refusal = Rejection::refused(StatusCode::REQUEST_TIMEOUT, "");
            // HTTP/2 has no such field (RFC 9113 section 8.2.2).
            return match version {
                Version::HTTP_10 | Version::HTTP_11 => {
                    refusal.with_header(header::CONNECTION, HeaderValue::from_static("close"))
                }
                _ => refusal,
            };
        }
        cause = error.source();
    }
    Rejection::refused(StatusCode::BAD_REQUEST, "The body could not be read")
}
