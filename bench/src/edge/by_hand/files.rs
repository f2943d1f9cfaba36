//! `POST /files`: a multipart form whose file is counted chunk by chunk.

use axum::Json;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use serde::Serialize;

use super::body::TakesJson;
use super::check::Violation;
use super::problem::Refusal;

/// How many bytes a form may have.
pub(super) const LIMIT: usize = 64 * 1024 * 1024;

/// How many bytes the title may have, whatever its characters.
const TITLE_BYTES: usize = 400;

/// What came.
#[derive(Debug, Serialize)]
pub(super) struct Received {
    title: String,
    bytes: u64,
}

/// `POST /files`
pub(super) async fn upload(
    _: TakesJson,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<Received>, Refusal> {
    let mut form = form.map_err(|_| Refusal::from(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
    let (mut title, mut bytes) = (None, None);
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("title") => title = Some(text(field).await?),
            Some("file") => bytes = Some(count(field).await?),
            Some(_) | None => {}
        }
    }
    match (title, bytes) {
        (Some(title), Some(bytes)) => match title.chars().count() {
            0 => Err(wrong("#/title", "must have at least 1 character")),
            1..=100 => Ok(Json(Received { title, bytes })),
            _ => Err(wrong("#/title", "must have at most 100 characters")),
        },
        (title, bytes) => {
            let missing = [("#/title", title.is_none()), ("#/file", bytes.is_none())];
            let missing = missing.iter().filter(|(_, is_missing)| *is_missing);
            Err(Refusal::Invalid(missing.map(|(pointer, _)| Violation::new(pointer, "is required")).collect()))
        }
    }
}

/// A short text.
async fn text(mut field: Field<'_>) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TITLE_BYTES {
            return Err(wrong("#/title", "must have at most 100 characters"));
        }
    }
    String::from_utf8(bytes).map_err(|_| wrong("#/title", "expected a string"))
}

/// The length of a file, of which one chunk at a time is held.
async fn count(mut field: Field<'_>) -> Result<u64, Refusal> {
    let mut bytes = 0;
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes += chunk.len() as u64;
    }
    Ok(bytes)
}

fn wrong(pointer: &'static str, detail: &'static str) -> Refusal {
    Refusal::Invalid(vec![Violation::new(pointer, detail)])
}

fn broken(error: &MultipartError) -> Refusal {
    Refusal::from(error.status())
}
