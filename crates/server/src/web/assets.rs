//! The style sheet and the few scripts, inside the program, with addresses that change with them.

use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

/// A file that pages load.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
    /// The beginning of its SHA-256.
    pub hash: String,
}

/// Every file that pages load.
pub static ASSETS: LazyLock<[Asset; 4]> = LazyLock::new(|| {
    // Charts bring their own paints; one file saves phones a request.
    let style = format!("{}\n{}", include_str!("../../assets/app.css"), formats::chart::style());
    let copy_table = include_str!("../../assets/copy-table.js").to_owned();
    let read_file = include_str!("../../assets/read-file.js").to_owned();
    let icon = include_str!("../../assets/icon.svg").to_owned();
    [
        asset("app.css", "text/css; charset=utf-8", style),
        asset("copy-table.js", "text/javascript; charset=utf-8", copy_table),
        asset("icon.svg", "image/svg+xml", icon),
        asset("read-file.js", "text/javascript; charset=utf-8", read_file),
    ]
});

/// The address of an asset; it names the contents, so browsers may keep it for ever.
#[must_use]
pub fn address(name: &str) -> String {
    find(name).map_or_else(
        || format!("/assets/{name}"),
        |asset| format!("/assets/{}?v={}", asset.name, asset.hash),
    )
}

/// The version of the program, as far as pages can tell: it and all its assets.
#[must_use]
pub fn version() -> String {
    let all: String = ASSETS.iter().map(|asset| asset.hash.as_str()).collect();
    format!("{}-{}", env!("CARGO_PKG_VERSION"), hash(&all))
}

/// Answers with an asset.
pub async fn show(Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let Some(asset) = find(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked_by_contents = query.is_some_and(|query| query == format!("v={}", asset.hash));
    let keep = if asked_by_contents { "public, max-age=31536000, immutable" } else { "no-cache" };
    ([(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, keep)], asset.text.as_str()).into_response()
}

fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

fn asset(name: &'static str, kind: &'static str, text: String) -> Asset {
    let hash = hash(&text);
    Asset { name, kind, text, hash }
}

/// The beginning of a text's SHA-256.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
