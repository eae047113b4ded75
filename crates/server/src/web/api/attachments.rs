//! `PUT /api/attachments/{sha256}`: a photograph under the SHA-256 of what is sent. The same again gets
//! the same answer, so that sending again after a lost answer is harmless.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::attachment::{Attachment, AttachmentId, AttachmentProblem};
use domain::refusal::Refusal;
use serde::Serialize;

use super::{form_secret, json};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;

/// What is kept of a photograph, and the name under which a submission names it. Only what belongs to
/// the picture is kept, so the name can be another than that of what was sent.
#[derive(Debug, Serialize)]
struct Kept {
    sha256: String,
    media_type: &'static str,
    bytes: u64,
    width: u32,
    height: u32,
}

/// `PUT /api/attachments/{sha256}`
pub async fn put(
    State(site): State<Site>,
    Path(name): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &form_secret(&headers))?;
        let body = body.map_err(|_| Refusal::from(AttachmentProblem::TooLarge))?;
        let mismatch = || Refusal::from(AttachmentProblem::NotWhatItSays);
        let name = AttachmentId::parse(&name).ok_or_else(mismatch)?;
        let who = &visit.visitor()?.actor;
        let kept = site.entrance.bring_attachment(who, site.moment(), Some(&name), &body)?;
        Ok(Turn::Other(json(StatusCode::OK, &view(&kept))))
    })
    .await
}

fn view(kept: &Attachment) -> Kept {
    let Attachment { id, picture, width, height, bytes } = kept;
    Kept {
        sha256: id.as_str().to_owned(),
        media_type: picture.media_type(),
        bytes: *bytes,
        width: *width,
        height: *height,
    }
}
