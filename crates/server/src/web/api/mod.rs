//! The interface for programs: forms to fill as JSON, and submissions as JSON. `docs/api.md` tells
//! every field, unit and error.

pub mod attachments;
pub mod difficulties;
pub mod forms;
pub mod problem;
pub mod submissions;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

/// Where the interface begins.
pub const ROOT: &str = "/api/";

/// The header in which the session's mark travels: what forms carry in a hidden field.
pub const FORM_SECRET: HeaderName = HeaderName::from_static("dotpha-form-secret");

/// A document as a response.
#[must_use]
pub fn json(status: StatusCode, document: &impl Serialize) -> Response {
    answer(status, "application/json", document)
}

fn answer(status: StatusCode, kind: &'static str, document: &impl Serialize) -> Response {
    // The documents are plain structures of texts and numbers, which always have a JSON.
    let text = serde_json::to_string(document).unwrap_or_default();
    (status, [(CONTENT_TYPE, kind)], text).into_response()
}

/// The session's mark that a request carries; empty without one.
#[must_use]
pub fn form_secret(headers: &HeaderMap) -> String {
    let header = headers.get(FORM_SECRET).and_then(|value| value.to_str().ok());
    header.unwrap_or_default().to_owned()
}
