//! The style sheet and the few scripts, inside the program, with addresses that change with them.

use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

/// A file that pages load.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// Every file that pages load.
pub const ASSETS: [Asset; 3] = [
    Asset {
        name: "app.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/app.css"),
    },
    Asset {
        name: "copy-table.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/copy-table.js"),
    },
    Asset {
        name: "icon.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("../../assets/icon.svg"),
    },
];

static HASHES: LazyLock<Vec<String>> =
    LazyLock::new(|| ASSETS.iter().map(|asset| hash(asset.bytes)).collect());

/// The address of an asset; it names the contents, so browsers may keep it for ever.
#[must_use]
pub fn address(name: &str) -> String {
    let found = ASSETS.iter().zip(HASHES.iter()).find(|(asset, _)| asset.name == name);
    found.map_or_else(
        || format!("/assets/{name}"),
        |(asset, hash)| format!("/assets/{}?v={hash}", asset.name),
    )
}

/// The version of the program, as far as pages can tell: it and all its assets.
#[must_use]
pub fn version() -> String {
    let all: String = HASHES.concat();
    format!("{}-{}", env!("CARGO_PKG_VERSION"), hash(all.as_bytes()))
}

/// Answers with an asset.
pub async fn show(Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let found = ASSETS.iter().zip(HASHES.iter()).find(|(asset, _)| asset.name == name);
    let Some((asset, hash)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked_by_contents = query.is_some_and(|query| query == format!("v={hash}"));
    let keep = if asked_by_contents { "public, max-age=31536000, immutable" } else { "no-cache" };
    ([(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, keep)], asset.bytes).into_response()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
