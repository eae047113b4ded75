//! Requests that no handler could read: what a library says in a short line is said in words.

use axum::extract::{FromRequestParts as _, Request};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;

use super::error;
use super::frame::Frame;
use super::visit::Visit;

/// The longest address. The longest of ours, a search through three choices, needs a tenth of it.
const ADDRESS_BYTES_MAX: usize = 4 * 1024;

/// Refuses addresses that are too long, and puts refusals into words that no handler has made.
pub(super) async fn in_words(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let address = parts.uri.path_and_query().map_or(0, |address| address.as_str().len());
    let Ok(visit) = Visit::from_request_parts(&mut parts, &()).await;
    if address > ADDRESS_BYTES_MAX {
        // Nobody follows the links of a page back to such an address.
        let visit = Visit { lang: visit.lang, path: "/".to_owned(), ..Visit::default() };
        return said(StatusCode::URI_TOO_LONG, &visit);
    }
    let response = next.run(Request::from_parts(parts, body)).await;
    if !response.status().is_client_error() || is_worded(&response) {
        return response;
    }
    let mut worded = said(response.status(), &visit);
    let allowed = response.headers().get(ALLOW).cloned();
    worded.headers_mut().extend(allowed.map(|allowed| (ALLOW, allowed)));
    worded
}

/// Whether a response is a page, a problem document or a text of ours already.
fn is_worded(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.contains("json"))
}

fn said(status: StatusCode, visit: &Visit) -> Response {
    let (code, key) = match status {
        StatusCode::FORBIDDEN => ("elsewhere", "unread-elsewhere"),
        StatusCode::NOT_FOUND => return error::not_found(Frame::new(visit)),
        StatusCode::METHOD_NOT_ALLOWED => ("method", "unread-method"),
        StatusCode::REQUEST_TIMEOUT => ("too-slow", "unread-too-slow"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "unread-too-large"),
        StatusCode::URI_TOO_LONG => ("long-address", "unread-long-address"),
        _ => ("not-readable", "unread-content"),
    };
    error::unread(status, code, key, Frame::new(visit))
}
