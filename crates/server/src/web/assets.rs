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
pub static ASSETS: LazyLock<[Asset; 11]> = LazyLock::new(|| {
    // Charts bring their own paints; one file saves phones a request.
    let style = format!("{}\n{}", include_str!("../../assets/app.css"), formats::chart::style());
    let copy_table = include_str!("../../assets/copy-table.js").to_owned();
    let read_file = include_str!("../../assets/read-file.js").to_owned();
    let paper = include_str!("../../assets/paper.css").to_owned();
    let icon = include_str!("../../assets/icon.svg").to_owned();
    let script = |name, text: &str| asset(name, "text/javascript; charset=utf-8", text.to_owned());
    [
        script("element.js", include_str!("../../assets/element.js")),
        script("grid.js", include_str!("../../assets/grid.js")),
        script("keys.js", include_str!("../../assets/keys.js")),
        script("palette.js", include_str!("../../assets/palette.js")),
        script("review.js", include_str!("../../assets/review.js")),
        script("typed-number.js", include_str!("../../assets/typed-number.js")),
        asset("app.css", "text/css; charset=utf-8", style),
        asset("copy-table.js", "text/javascript; charset=utf-8", copy_table),
        asset("icon.svg", "image/svg+xml", icon),
        asset("paper.css", "text/css; charset=utf-8", paper),
        asset("read-file.js", "text/javascript; charset=utf-8", read_file),
    ]
});

/// The files of the page that works without a network.
pub static ENTRY: LazyLock<[Asset; 14]> = LazyLock::new(|| {
    let script = |name, text| asset(name, "text/javascript; charset=utf-8", bare(text));
    [
        asset(
            "entry.css",
            "text/css; charset=utf-8",
            include_str!("../../entry/entry.css").to_owned(),
        ),
        script("app.js", include_str!("../../entry/app.js")),
        script("drafts.js", include_str!("../../entry/drafts.js")),
        script("elements.js", include_str!("../../entry/elements.js")),
        script("elsewhere.js", include_str!("../../entry/elsewhere.js")),
        script("export.js", include_str!("../../entry/export.js")),
        script("expression.js", include_str!("../../assets/expression.js")),
        script("form.js", include_str!("../../entry/form.js")),
        script("number.js", include_str!("../../entry/number.js")),
        script("outbox.js", include_str!("../../entry/outbox.js")),
        script("qr.js", include_str!("../../entry/qr.js")),
        script("quantity.js", include_str!("../../assets/quantity.js")),
        script("rules.js", include_str!("../../entry/rules.js")),
        script("storage.js", include_str!("../../entry/storage.js")),
    ]
});

/// What the worker is put together from; see [`worker`].
const WORKER_PARTS: [&str; 3] = [
    include_str!("../../entry/storage.js"),
    include_str!("../../entry/outbox.js"),
    include_str!("../../entry/service-worker.js"),
];

/// The script of the service worker: one classic script out of its modules, because not every browser
/// takes modules there. `shell` is the version of the page it keeps.
#[must_use]
pub fn worker(shell: &str) -> String {
    let files: Vec<String> = kept().map(reference).collect();
    let all: String = kept().map(|asset| asset.hash.as_str()).collect();
    let kept = serde_json::json!({ "version": hash(&format!("{all}{shell}")), "files": files });
    let mut script = format!("self.DOTPHA_KEPT = {kept};\n");
    let parts = WORKER_PARTS.map(bare);
    for line in parts.iter().flat_map(|part| part.lines()) {
        if !line.starts_with("import ") {
            script.push_str(line.strip_prefix("export ").unwrap_or(line));
            script.push('\n');
        }
    }
    script
}

/// A script without what only people read: types, comments on lines of their own, indentation. Over a
/// slow line that is a third of it. Our scripts have no text that runs over several lines.
fn bare(script: &str) -> String {
    let (mut bare, mut in_comment) = (String::with_capacity(script.len()), false);
    for line in script.lines() {
        let mut rest = line.trim();
        if !in_comment && rest.starts_with("//") {
            continue;
        }
        while in_comment || rest.starts_with("/*") {
            let after = rest.split_once("*/").map(|(_, after)| after.trim_start());
            in_comment = after.is_none();
            rest = after.unwrap_or_default();
            if in_comment {
                break;
            }
        }
        if !rest.is_empty() {
            bare.push_str(rest);
            bare.push('\n');
        }
    }
    bare
}

/// The files that a phone keeps.
fn kept() -> impl Iterator<Item = &'static Asset> {
    let shared = ["app.css", "icon.svg"].into_iter().filter_map(find);
    ENTRY.iter().filter(|asset| asset.name != "elsewhere.js").chain(shared)
}

/// How the kept page names a file: modules name each other without a version.
fn reference(asset: &Asset) -> String {
    let is_imported = asset.kind.starts_with("text/javascript") && asset.name != "app.js";
    if is_imported { format!("/assets/{}", asset.name) } else { address(asset.name) }
}

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
    let all: String = ASSETS.iter().chain(ENTRY.iter()).map(|asset| asset.hash.as_str()).collect();
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
    ASSETS.iter().chain(ENTRY.iter()).find(|asset| asset.name == name)
}

fn asset(name: &'static str, kind: &'static str, text: String) -> Asset {
    let hash = hash(&text);
    Asset { name, kind, text, hash }
}

/// The beginning of a text's SHA-256.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_types_and_indentation_stay_at_home() {
        let script = "// Says.\n/** @typedef {1} One */\n/**\n * Why.\n * @param {One} one\n */\n\
                      export const say = (one) => {\n  // Because.\n  return /** @type {any} */ (one);\n\
                      \n  /** @type {any} */ (one).x = '// stays';\n};\n";
        let expected = "export const say = (one) => {\nreturn /** @type {any} */ (one);\n\
                        (one).x = '// stays';\n};\n";
        assert_eq!(bare(script), expected);
    }
}
