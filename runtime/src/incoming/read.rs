//! Takes a body off the connection, after its head was judged: a body that is refused is never asked for, so
//! `Expect: 100-continue` (RFC 9110 section 10.1.1) saves its transfer.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use http_body_util::BodyExt;

use stubwright_schema::Sentence;

use crate::rejection::Rejection;
use crate::stream::{broken, too_long};

/// 415 for a body that is compressed (RFC 9110 section 12.5.3).
pub(crate) fn check_coding(headers: &HeaderMap) -> Result<(), Rejection> {
    let mut codings = headers.get_all(header::CONTENT_ENCODING).iter();
    if codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let refusal = Rejection::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, Sentence::CompressedBody);
        return Err(refusal.with_header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity")));
    }
    Ok(())
}

/// 415, with the media types that could be read.
pub(crate) fn unsupported(media_types: &[&str]) -> Rejection {
    let refusal = Rejection::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, Sentence::UnsupportedMediaType);
    match HeaderValue::from_str(&media_types.join(", ")) {
        Ok(accepted) => refusal.with_header(header::ACCEPT, accepted),
        Err(_) => refusal,
    }
}

/// 406, which another `Accept` had prevented.
pub(super) fn not_acceptable() -> Rejection {
    Rejection::refused(StatusCode::NOT_ACCEPTABLE, Sentence::NotAcceptable)
        .with_header(header::VARY, HeaderValue::from_static("Accept"))
}

/// The whole body. One that comes in one piece is not copied.
pub(super) async fn read(body: &mut Body, limit: u64, version: Version) -> Result<Bytes, Rejection> {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| broken(&error, version))?.into_data() else { continue };
        if (first.len() + rest.len() + data.len()) as u64 > limit {
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
