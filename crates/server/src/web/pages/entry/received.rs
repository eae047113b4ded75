//! Taking in what a browser sends with the form: its fields, and photographs as they come.

use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use domain::attachment::{BYTES_MAX, PER_SUBMISSION_MAX};

/// All that is typed into one form.
const FIELDS_BYTES_MAX: usize = 64 * 1024;

/// The name under which the form sends photographs.
const PHOTO: &str = "photo";

/// What a browser sent.
#[derive(Debug, Default)]
pub(super) struct Received {
    /// Names and values, in their order.
    pub(super) pairs: Vec<(String, String)>,
    /// Photographs.
    pub(super) photos: Vec<Photo>,
}

/// A photograph as it came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Photo {
    /// Its bytes.
    Whole(Vec<u8>),
    /// Nothing is kept of one that is too large.
    TooLarge,
    /// Nor of one more than a submission carries.
    TooMany,
}

/// Takes in a form, with files or without.
pub(super) async fn receive(request: Request) -> Result<Received, StatusCode> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, FIELDS_BYTES_MAX).await;
        let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        let request = Request::from_parts(parts, Body::from(body));
        let form = Form::from_request(request, &()).await;
        let Form(pairs) = form.map_err(|rejection| rejection.status())?;
        return Ok(Received { pairs, photos: Vec::new() });
    }
    let multipart = Multipart::from_request(request, &()).await;
    let mut multipart = multipart.map_err(|rejection| rejection.status())?;
    let mut received = Received::default();
    let mut left = FIELDS_BYTES_MAX;
    while let Some(mut field) = multipart.next_field().await.map_err(|error| status(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == PHOTO {
            let is_room = received.photos.len() < PER_SUBMISSION_MAX;
            let most = if is_room { BYTES_MAX } else { 0 };
            // A field without a file is sent as an empty one.
            received.photos.extend(match take(&mut field, most).await? {
                Some(bytes) if bytes.is_empty() => None,
                Some(bytes) => Some(Photo::Whole(bytes)),
                None if is_room => Some(Photo::TooLarge),
                None => Some(Photo::TooMany),
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
