//! Every route on one page.

use axum::Router;
use axum::extract::State;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;
use axum::routing::get;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::frame::Frame;
use super::pages::{about, figures, indicators, overview, reports, submissions, units};
use super::site::Site;
use super::visit::Visit;
use super::{assets, error};

/// The largest request body; there is nothing to send yet.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Nothing but our own files; no inline styles or scripts at all.
const CONTENT_POLICY: &str = "default-src 'self'; base-uri 'none'; object-src 'none'; \
                              form-action 'self'; frame-ancestors 'none'";

/// The pages of a site.
pub fn router(site: Site) -> Router {
    Router::new()
        .route("/", get(overview::show))
        .route("/indicators/{code}", get(indicators::show))
        .route("/units", get(units::list))
        .route("/units/{id}", get(units::show))
        .route("/figures/{code}", get(figures::show))
        .route("/submissions/{id}", get(submissions::show))
        .route("/reports", get(reports::list))
        .route("/reports/{template}", get(reports::show))
        .route("/reports/{template}/style.css", get(reports::style))
        .route("/about", get(about::show))
        .route("/assets/{name}", get(assets::show))
        .route("/health", get(health))
        .fallback(nowhere)
        .layer(header(CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(REFERRER_POLICY, "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(header(
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .with_state(site)
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

/// Says that the program runs.
async fn health() -> &'static str {
    "ok\n"
}

async fn nowhere(State(_site): State<Site>, visit: Visit) -> Response {
    error::not_found(Frame::new(&visit))
}
