//! Failures as problem documents (RFC 9457): the same words as on pages, and a code for programs.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};
use axum::response::Response;
use domain::refusal::{Refusal, Refused};
use serde::Serialize;

use super::forms::FormView;
use crate::web::frame::Frame;
use crate::wording::refusals;

/// A problem document.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// What kind of problem, as an address that is never opened.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in the reader's language.
    pub title: String,
    /// Why, and what to do.
    pub detail: String,
    /// Under which number a fault is logged.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instance: String,
    /// Everything to be mended, each at its field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What stands on the server instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<FormView>,
}

/// Something to be mended.
#[derive(Debug, Serialize)]
pub struct FieldError {
    /// The field: the item's code, for a class followed by a dot and its code; empty for the whole.
    pub field: String,
    /// Which code of refusal.
    pub code: &'static str,
    /// What to do.
    pub detail: String,
}

impl Problem {
    /// A problem with a heading and what else is known about it.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, title: String, detail: String) -> Self {
        Self {
            kind: format!("urn:dotpha:problem:{code}"),
            status: status.as_u16(),
            title,
            detail,
            instance: String::new(),
            errors: Vec::new(),
            current: None,
        }
    }

    /// A refusal; the field of each reason is named by whoever knows the form.
    #[must_use]
    pub fn refused(
        status: StatusCode,
        reasons: &[Refused],
        frame: &Frame,
        field: impl Fn(&Refused) -> String,
    ) -> Self {
        let error = |reason: &Refused| FieldError {
            field: field(reason),
            code: code(&reason.why),
            detail: refusals::reason(&reason.why, frame.lang),
        };
        let errors: Vec<FieldError> = reasons.iter().map(error).collect();
        let first = errors.first();
        let (kind, detail) = first.map_or(("", ""), |first| (first.code, first.detail.as_str()));
        let problem = Self::new(status, kind, frame.t("refused-heading"), detail.to_owned());
        Self { errors, ..problem }
    }

    /// The problem as a response.
    #[must_use]
    pub fn answer(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        super::answer(status, "application/problem+json", self)
    }
}

/// The code of a refusal: the name of its sentence without its kind's.
fn code(why: &Refusal) -> &'static str {
    let key = refusals::sentence_key(why);
    key.split_once('-').map_or(key, |(_, code)| code)
}

/// Says that somebody has to sign in first, or to give a one-time code, and where.
#[must_use]
pub fn entrance(status: StatusCode, code: &str, place: &str, frame: &Frame) -> Response {
    let (title, detail) = (frame.t("not-allowed-heading"), frame.t("api-sign-in"));
    let mut response = Problem::new(status, code, title, detail).answer();
    response.headers_mut().extend(HeaderValue::try_from(place).ok().map(|it| (LOCATION, it)));
    response
}
