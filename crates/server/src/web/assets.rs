//! The style sheet and the few scripts, inside the program, with addresses that change with them.

use std::collections::{BTreeMap, BTreeSet};
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
pub static ASSETS: LazyLock<[Asset; 19]> = LazyLock::new(|| {
    // Charts bring their own paints; one file saves phones a request.
    let style = format!("{}\n{}", include_str!("../../assets/app.css"), formats::chart::style());
    let copy_table = include_str!("../../assets/copy-table.js").to_owned();
    let read_file = include_str!("../../assets/read-file.js").to_owned();
    let paper = include_str!("../../assets/paper.css").to_owned();
    let tasks = include_str!("../../assets/tasks.css").to_owned();
    let icon = include_str!("../../assets/icon.svg").to_owned();
    let script = |name, text: &str| asset(name, "text/javascript; charset=utf-8", text.to_owned());
    // What the page without a network is made of sends from every page.
    let small = |name, text: &str| script(name, &bare(text));
    [
        small("elsewhere.js", include_str!("../../entry/elsewhere.js")),
        small("expression.js", include_str!("../../assets/expression.js")),
        small("outbox.js", include_str!("../../entry/outbox.js")),
        small("quantity.js", include_str!("../../assets/quantity.js")),
        small("shrink.js", include_str!("../../assets/shrink.js")),
        small("storage.js", include_str!("../../entry/storage.js")),
        script("element.js", include_str!("../../assets/element.js")),
        script("grid.js", include_str!("../../assets/grid.js")),
        script("palette.js", &with_keys("./palette.js", include_str!("../../assets/palette.js"))),
        script("review.js", &with_keys("./review.js", include_str!("../../assets/review.js"))),
        script("scan.js", include_str!("../../assets/scan.js")),
        script("smaller-photos.js", include_str!("../../assets/smaller-photos.js")),
        script("typed-number.js", include_str!("../../assets/typed-number.js")),
        asset("app.css", "text/css; charset=utf-8", style),
        asset("copy-table.js", "text/javascript; charset=utf-8", copy_table),
        asset("icon.svg", "image/svg+xml", icon),
        asset("paper.css", "text/css; charset=utf-8", paper),
        asset("tasks.css", "text/css; charset=utf-8", tasks),
        asset("read-file.js", "text/javascript; charset=utf-8", read_file),
    ]
});

/// The files of the page that works without a network.
pub static ENTRY: LazyLock<[Asset; 2]> = LazyLock::new(|| {
    [
        asset(
            "entry.css",
            "text/css; charset=utf-8",
            include_str!("../../entry/entry.css").to_owned(),
        ),
        asset("app.js", "text/javascript; charset=utf-8", joined(&APP_PARTS)),
    ]
});

/// A module that answers to single keys, as one with the module that listens for them: a page that is
/// only read asks for one file less. Where there are two of these, each listens for its own keys.
fn with_keys(name: &str, module: &str) -> String {
    joined(&[("./keys.js", include_str!("../../assets/keys.js")), (name, module)])
}

/// The modules of the page, each after those that it imports. They travel as one: compressed together they are
/// a tenth smaller, and a slow line is asked less often.
const APP_PARTS: [(&str, &str); 16] = [
    ("./moment.js", include_str!("../../entry/moment.js")),
    ("./storage.js", include_str!("../../entry/storage.js")),
    ("./outbox.js", include_str!("../../entry/outbox.js")),
    ("./elements.js", include_str!("../../entry/elements.js")),
    ("./qr.js", include_str!("../../entry/qr.js")),
    ("./export.js", include_str!("../../entry/export.js")),
    ("../assets/shrink.js", include_str!("../../assets/shrink.js")),
    ("./photos.js", include_str!("../../entry/photos.js")),
    ("./number.js", include_str!("../../entry/number.js")),
    ("../assets/quantity.js", include_str!("../../assets/quantity.js")),
    ("../assets/expression.js", include_str!("../../assets/expression.js")),
    ("./rules.js", include_str!("../../entry/rules.js")),
    ("./drafts.js", include_str!("../../entry/drafts.js")),
    ("./form.js", include_str!("../../entry/form.js")),
    ("./difficulty.js", include_str!("../../entry/difficulty.js")),
    ("./app.js", include_str!("../../entry/app.js")),
];

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
    let files: Vec<String> = kept().map(|asset| address(asset.name)).collect();
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

/// The name of a module without the folder, which depends on who imports it.
fn file(module: &str) -> Option<&str> {
    module.rsplit('/').next()
}

/// Modules as one: what they import from each other is there already, what they import from others
/// stands once at the beginning. No two of them may call something at their top by the same name.
fn joined(parts: &[(&str, &str)]) -> String {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut body = String::new();
    for line in parts.iter().map(|(_, part)| bare(part)).collect::<String>().lines() {
        match line.strip_prefix("import { ").and_then(|line| line.split_once(" } from '")) {
            Some((names, from)) => {
                let from = from.trim_end_matches("';");
                if !parts.iter().any(|(name, _)| file(name) == file(from)) {
                    let names = names.split(", ").map(str::to_owned);
                    imports.entry(from.to_owned()).or_default().extend(names);
                }
            }
            None => {
                body.push_str(line.strip_prefix("export ").unwrap_or(line));
                body.push('\n');
            }
        }
    }
    let import = |(from, names): (&String, &BTreeSet<String>)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("import {{ {} }} from '{from}';\n", names.join(", "))
    };
    imports.iter().map(import).chain([body]).collect()
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
            bare.push_str(&without_types(rest));
            bare.push('\n');
        }
    }
    bare
}

/// A line without the types that stand in it.
fn without_types(line: &str) -> String {
    let (mut bare, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once("/** @")
        && let Some((_, after)) = after.split_once("*/")
    {
        bare.push_str(before);
        rest = after.trim_start();
    }
    bare + rest
}

/// The files that a phone keeps.
fn kept() -> impl Iterator<Item = &'static Asset> {
    let shared = ["app.css", "icon.svg"].into_iter().filter_map(find);
    ENTRY.iter().chain(shared)
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
        let expected = "export const say = (one) => {\nreturn (one);\n(one).x = '// stays';\n};\n";
        assert_eq!(bare(script), expected);
    }

    #[test]
    fn modules_are_joined_and_import_from_others_once() {
        let one = "import { keep } from './storage.js';\nexport const a = 1;\n";
        let two =
            "import { a } from './one.js';\nimport { find, keep } from './storage.js';\na();\n";
        let expected = "import { find, keep } from './storage.js';\nconst a = 1;\na();\n";
        assert_eq!(joined(&[("./one.js", one), ("./two.js", two)]), expected);
    }

    /// Two of one name would stop the whole page, and only in a browser.
    #[test]
    fn nothing_of_the_joined_page_has_the_name_of_something_else() {
        let page = joined(&APP_PARTS);
        let mut seen = BTreeSet::new();
        for (_, part) in APP_PARTS {
            for line in part.lines() {
                let line = line.strip_prefix("export ").unwrap_or(line);
                let line = line.strip_prefix("async ").unwrap_or(line);
                let declared = ["function ", "const ", "let "].iter();
                let Some(rest) = declared.filter_map(|kind| line.strip_prefix(kind)).next() else {
                    continue;
                };
                let name: String = rest
                    .chars()
                    .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                    .collect();
                assert!(seen.insert(name.clone()), "{name} is there twice");
            }
        }
        let imports = page.lines().take_while(|line| line.starts_with("import "));
        for import in imports {
            let names =
                import.trim_start_matches("import { ").split(" }").next().unwrap_or_default();
            assert!(!names.split(", ").any(|name| seen.contains(name)), "{import}");
        }
    }
}
