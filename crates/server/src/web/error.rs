//! Failures as pages: a refusal in plain words, a fault with a number under which it is logged.

use std::sync::atomic::{AtomicU64, Ordering};

use actions::error::Error;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::attachment::AttachmentProblem;
use domain::entrance::EntranceProblem;
use domain::refusal::{Refusal, Refused};

use super::api::{self, problem::Problem};
use super::frame::Frame;
use super::site::html;
use crate::wording::refusals;

/// A page that says what went wrong and what to do.
#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    frame: Frame,
    heading: String,
    reasons: Vec<String>,
    next: String,
    fault: String,
}

static FAULTS: AtomicU64 = AtomicU64::new(1);

/// The response for a failed question. Faults are logged here, once.
#[must_use]
pub fn answer(error: &Error, frame: Frame) -> Response {
    let is_program = frame.address.starts_with(api::ROOT);
    match error {
        Error::Refused(reasons) if is_program => {
            Problem::refused(status(reasons).0, reasons, &frame, |_| String::new()).answer()
        }
        Error::Refused(reasons) => refused(reasons, frame),
        Error::Database(_) | Error::Fault(_) => {
            // The process number tells two runs apart that both count from one.
            let number = FAULTS.fetch_add(1, Ordering::Relaxed);
            let fault = format!("F{}-{number}", std::process::id());
            tracing::error!(fault_id = %fault, error = %chain(error), "a page failed");
            if is_program {
                let (title, detail) = (frame.t("fault-heading"), frame.t("fault-safe"));
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                let problem = Problem::new(status, "fault", title, detail);
                return Problem { instance: fault, ..problem }.answer();
            }
            let page = ErrorPage {
                heading: frame.t("fault-heading"),
                reasons: vec![frame.t("fault-safe")],
                next: frame.t("fault-next"),
                fault,
                frame,
            };
            rendered(StatusCode::INTERNAL_SERVER_ERROR, page)
        }
    }
}

/// The response for an address that leads nowhere.
#[must_use]
pub fn not_found(frame: Frame) -> Response {
    if frame.address.starts_with(api::ROOT) {
        let (title, detail) = (frame.t("not-found-heading"), frame.t("not-found-page"));
        return Problem::new(StatusCode::NOT_FOUND, "not-found", title, detail).answer();
    }
    let page = ErrorPage {
        heading: frame.t("not-found-heading"),
        reasons: vec![frame.t("not-found-page")],
        next: frame.t("not-found-next"),
        fault: String::new(),
        frame,
    };
    rendered(StatusCode::NOT_FOUND, page)
}

/// The response for a request that could not be read: why, and what to do.
#[must_use]
pub fn unread(status: StatusCode, code: &str, key: &str, frame: Frame) -> Response {
    if frame.address.starts_with(api::ROOT) {
        let (title, detail) = (frame.t("unread-heading"), frame.t(key));
        return Problem::new(status, code, title, detail).answer();
    }
    let page = ErrorPage {
        heading: frame.t("unread-heading"),
        reasons: vec![frame.t(key)],
        next: String::new(),
        fault: String::new(),
        frame,
    };
    rendered(status, page)
}

/// The status of a refusal, and the heading over it.
fn status(reasons: &[Refused]) -> (StatusCode, &'static str) {
    let missing = |refused: &Refused| {
        matches!(
            refused.why,
            Refusal::NotFound { .. } | Refusal::Entrance(EntranceProblem::CalendarOver)
        )
    };
    let denied = |refused: &Refused| {
        matches!(
            refused.why,
            Refusal::Entrance(
                EntranceProblem::NotAllowed { .. } | EntranceProblem::SecondFactorMissing
            )
        )
    };
    let too_large =
        |refused: &Refused| refused.why == Refusal::Attachment(AttachmentProblem::TooLarge);
    let is_photo = |refused: &Refused| matches!(refused.why, Refusal::Attachment(_));
    if reasons.iter().any(missing) {
        (StatusCode::NOT_FOUND, "not-found-heading")
    } else if reasons.iter().any(denied) {
        (StatusCode::FORBIDDEN, "not-allowed-heading")
    } else if reasons.iter().any(too_large) {
        (StatusCode::PAYLOAD_TOO_LARGE, "refused-heading")
    } else if reasons.iter().any(is_photo) {
        (StatusCode::UNPROCESSABLE_ENTITY, "refused-heading")
    } else {
        (StatusCode::BAD_REQUEST, "refused-heading")
    }
}

fn refused(reasons: &[Refused], frame: Frame) -> Response {
    let (status, heading) = status(reasons);
    let page = ErrorPage {
        heading: frame.t(heading),
        reasons: reasons.iter().map(|reason| refusals::sentence(reason, frame.lang)).collect(),
        next: frame.t("not-found-next"),
        fault: String::new(),
        frame,
    };
    rendered(status, page)
}

fn rendered(status: StatusCode, mut page: ErrorPage) -> Response {
    page.frame.title.clone_from(&page.heading);
    // The template holds nothing that can fail; should it, the words still arrive.
    let body = page.render().unwrap_or_else(|_| page.heading.clone());
    html(status, body)
}

/// The error and everything behind it.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
