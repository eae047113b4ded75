//! A photograph beside figures, as it is, and how pages show it small.

use actions::attachments::Shown;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::access::Right;
use domain::attachment::Attachment;

use crate::web::links;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Lang, attachments};

/// What a photograph may do that is opened alone: nothing.
const POLICY: &str = "default-src 'none'; sandbox";

/// `GET /attachments/{sha256}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let who = visit.actor(Right::SeeFigures)?;
        let shown = site.workspace.attachment(who, site.moment(), &id)?;
        Ok(Turn::Other(answer(shown, visit)))
    })
    .await
}

/// Whoever keeps it asks again each time, because what one may see can end; what it is never changes.
fn answer(shown: Shown, visit: &Visit) -> Response {
    let Shown { attachment, content } = shown;
    let (id, picture) = (attachment.id.as_str(), attachment.picture);
    let tag = format!("\"{id}\"");
    let name = format!("{}.{}", id.get(..12).unwrap_or(id), picture.code());
    let headers: [(HeaderName, String); 5] = [
        (CONTENT_TYPE, picture.media_type().to_owned()),
        (CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (CACHE_CONTROL, "private, no-cache".to_owned()),
        (ETAG, tag.clone()),
    ];
    if visit.if_none_match.as_deref() == Some(tag.as_str()) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (StatusCode::OK, headers, content).into_response()
}

/// A photograph as pages show it.
pub struct PhotoView {
    /// Its name.
    pub id: String,
    /// Where it is seen whole.
    pub href: String,
    /// Its number beside the figures.
    pub number: usize,
    /// What it is of, for those who do not see it.
    pub text: String,
    /// How wide it is, so that the page stands still while it arrives.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

/// The photographs beside the figures of a form, unit and period, in their order.
#[must_use]
pub fn views(found: &[Attachment], [form, unit, period]: [&str; 3], lang: Lang) -> Vec<PhotoView> {
    let view = |(number, attachment): (usize, &Attachment)| PhotoView {
        id: attachment.id.as_str().to_owned(),
        href: links::attachment(&attachment.id),
        number,
        text: attachments::of(number, form, unit, period, lang),
        width: attachment.width,
        height: attachment.height,
    };
    (1..).zip(found).map(view).collect()
}
