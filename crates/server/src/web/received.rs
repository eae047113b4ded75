//! Taking in what a browser sends with a form that may bring files: its fields, and files as they come.

use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

/// What a form may bring.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Bytes of all that is typed into it.
    pub fields_bytes_max: usize,
    /// The name of the field that brings files.
    pub files: &'static str,
    /// Bytes of one of them.
    pub file_bytes_max: usize,
    /// How many.
    pub files_max: usize,
}

/// What a browser sent.
#[derive(Debug, Default)]
pub struct Received {
    /// Names and values, in their order.
    pub pairs: Vec<(String, String)>,
    /// Files.
    pub files: Vec<File>,
}

/// A file as it came.
#[derive(Debug, PartialEq, Eq)]
pub enum File {
    /// All of it.
    Whole {
        /// What it is called where it comes from.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Nothing is kept of one that is too large.
    TooLarge,
    /// Nor of one more than the form takes.
    TooMany,
}

/// Takes in a form, with files or without.
///
/// # Errors
/// The status for a form that cannot be taken in.
pub async fn receive(request: Request, bounds: Bounds) -> Result<Received, StatusCode> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, bounds.fields_bytes_max).await;
        let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        let request = Request::from_parts(parts, Body::from(body));
        let form = Form::from_request(request, &()).await;
        let Form(pairs) = form.map_err(|rejection| rejection.status())?;
        return Ok(Received { pairs, files: Vec::new() });
    }
    let multipart = Multipart::from_request(request, &()).await;
    let mut multipart = multipart.map_err(|rejection| rejection.status())?;
    let mut received = Received::default();
    let mut left = bounds.fields_bytes_max;
    while let Some(mut field) = multipart.next_field().await.map_err(|error| status(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == bounds.files {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            let is_room = received.files.len() < bounds.files_max;
            let most = if is_room { bounds.file_bytes_max } else { 0 };
            // A field without a file is sent as an empty one.
            received.files.extend(match take(&mut field, most).await? {
                Some(bytes) if bytes.is_empty() => None,
                Some(bytes) => Some(File::Whole { name: file_name, bytes }),
                None if is_room => Some(File::TooLarge),
                None => Some(File::TooMany),
            });
        } else {
            let value = take(&mut field, left).await?.ok_or(StatusCode::PAYLOAD_TOO_LARGE)?;
            left = left.saturating_sub(value.len() + name.len());
            let value = String::from_utf8(value).map_err(|_| StatusCode::BAD_REQUEST)?;
            received.pairs.push((name, value));
        }
    }
    Ok(received)
}

/// Takes in a field, so many bytes at most. The rest of a larger one is read and thrown away, so that
/// the browser listens to why; nothing of it comes out.
async fn take(field: &mut Field<'_>, bytes_max: usize) -> Result<Option<Vec<u8>>, StatusCode> {
    let mut taken = Some(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(|error| status(&error))? {
        taken = taken.filter(|taken| taken.len() + chunk.len() <= bytes_max).map(|mut taken| {
            taken.extend_from_slice(&chunk);
            taken
        });
    }
    Ok(taken)
}

/// The status for a form that cannot be taken in: however it is cut off, that is no fault of ours.
fn status(error: &MultipartError) -> StatusCode {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::BAD_REQUEST,
    }
}
