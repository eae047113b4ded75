//! The interface for programs: forms to fill as JSON, and submissions as JSON. `docs/api.md` tells
//! every field, unit and error.

pub mod attachments;
pub mod difficulties;
pub mod forms;
pub mod problem;
pub mod submissions;

use actions::error::Error;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::problem::Problem;
use super::frame::Frame;
use super::site::Site;
use super::turn::Turn;
use super::visit::Visit;

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

/// Reads what a program of the session sent as JSON and does something with it.
pub(super) async fn taken<Parcel, Deed>(
    (site, visit): (Site, Visit),
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    deed: Deed,
) -> Response
where
    Parcel: DeserializeOwned,
    Deed: FnOnce(&Site, &Visit, Parcel) -> Result<Turn, Error> + Send + 'static,
{
    let (frame, form_secret) = (Frame::new(&visit), form_secret(headers));
    let body = match body {
        Ok(body) => body,
        Err(refused) => return too_large(refused, &frame),
    };
    site.act(visit, move |site, visit| {
        site.check_form(visit, &form_secret)?;
        match serde_json::from_slice(&body) {
            Ok(parcel) => deed(site, visit, parcel),
            Err(wrong) => Ok(Turn::Other(not_readable(&wrong, &frame))),
        }
    })
    .await
}

/// The answer to a body that is larger than is read.
fn too_large(refused: BytesRejection, frame: &Frame) -> Response {
    let status = refused.into_response().status();
    let (title, detail) = (frame.t("refused-heading"), frame.t("api-too-large"));
    Problem::new(status, "too-large", title, detail).answer()
}

/// The answer to a body that is not the JSON that is asked for.
fn not_readable(wrong: &serde_json::Error, frame: &Frame) -> Response {
    let detail = frame.lang.tell("api-not-readable", [("detail", wrong.to_string().into())]);
    let title = frame.t("refused-heading");
    Problem::new(StatusCode::BAD_REQUEST, "not-readable", title, detail).answer()
}

/// The session's mark that a request carries; empty without one.
#[must_use]
pub fn form_secret(headers: &HeaderMap) -> String {
    let header = headers.get(FORM_SECRET).and_then(|value| value.to_str().ok());
    header.unwrap_or_default().to_owned()
}
