//! Facts about status codes.

use http::StatusCode;

/// The reason phrase of RFC 9110 section 15; the `http` crate still has the older ones of 413 and 422.
pub(crate) fn reason(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "Content Too Large",
        StatusCode::UNPROCESSABLE_ENTITY => "Unprocessable Content",
        _ => status.canonical_reason().unwrap_or("Unknown Status"),
    }
}

/// Whether an answer of this status never has content: 1xx, 204 and 304 (RFC 9110 section 6.4.1), 205 (section 15.3.6).
pub(crate) fn is_bodiless(status: StatusCode) -> bool {
    status.is_informational()
        || matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
}
