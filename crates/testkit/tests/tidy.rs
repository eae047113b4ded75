//! The rules of the house, as far as a program can check them.
#![expect(clippy::unwrap_used, reason = "a checkout that cannot be read should stop the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};
use testkit::root;

/// Which crate of ours may use which; ARCHITECTURE.md shows the same. What only tests use is not
/// counted.
const ARROWS: [(&str, &[&str]); 9] = [
    ("actions", &["domain", "formats", "ledger", "rollup", "store"]),
    ("domain", &[]),
    ("formats", &[]),
    ("ledger", &[]),
    ("rollup", &["domain"]),
    ("server", &["actions", "domain", "formats"]),
    ("store", &["domain"]),
    ("testkit", &["domain", "store"]),
    ("xtask", &[]),
];

/// Libraries that only one crate may use.
const KEPT_INSIDE: [(&str, &str); 6] = [
    ("rusqlite", "store"),
    ("postgres", "store"),
    ("axum", "server"),
    ("hyper", "server"),
    ("calamine", "formats"),
    ("ed25519-dalek", "ledger"),
];

const LINES_MAX: usize = 500;

#[test]
fn crates_use_each_other_only_as_the_map_shows() {
    let expected: BTreeMap<String, BTreeSet<String>> =
        ARROWS.iter().map(|(from, to)| ((*from).to_owned(), names(to))).collect();
    let mut actual = BTreeMap::new();
    for (from, libraries) in dependencies() {
        let ours = libraries.into_iter().filter(|name| expected.contains_key(name)).collect();
        actual.insert(from, ours);
    }
    assert_eq!(actual, expected, "change ARCHITECTURE.md and this table together, or neither");
}

/// The rows look like ``| `store` | `domain` | … |``; a crate that uses none of ours has `–`.
#[test]
fn the_map_shows_the_same_arrows() {
    let Ok(map) = std::fs::read_to_string(root().join("ARCHITECTURE.md")) else { return };
    for (from, to) in ARROWS {
        let to: Vec<String> = to.iter().map(|name| format!("`{name}`")).collect();
        let to = if to.is_empty() { "–".to_owned() } else { to.join(", ") };
        let row = format!("| `{from}` | {to} |");
        assert!(
            map.lines().any(|line| line.starts_with(&row)),
            "ARCHITECTURE.md has no row that begins with: {row}"
        );
    }
}

#[test]
fn some_libraries_stay_inside_one_crate() {
    for (from, libraries) in dependencies() {
        for (library, home) in KEPT_INSIDE {
            assert!(
                from == home || !libraries.contains(library),
                "{from} uses {library}, which belongs to {home} alone"
            );
        }
    }
}

#[test]
fn files_are_short_and_say_what_lives_there() {
    let mut wrong = Vec::new();
    for file in sources(&["crates", "xtask", "fuzz", "e2e", "bench"], &["rs", "js", "mjs", "css"]) {
        let text = read(&file);
        let lines = text.lines().count();
        if lines > LINES_MAX {
            wrong.push(format!("{} has {lines} lines", shown(&file)));
        }
        if extension(&file) == "rs" && !text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with a //! sentence", shown(&file)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_engine_names_a_driver() {
    let needles = ["rusqlite::", "use rusqlite", "postgres::", "use postgres", "tokio_postgres"];
    let exempt = |file: &str| file.starts_with("crates/store/src/engine/");
    assert_absent("crates", &needles, exempt);
}

#[test]
fn only_the_store_contains_sql() {
    let needles =
        ["insert into ", "delete from ", "create table ", "drop table ", "\"select ", "select * "];
    let exempt = |file: &str| file.starts_with("crates/store/");
    assert_absent("crates", &needles, exempt);
}

#[test]
fn async_lives_in_the_server_and_in_one_file_of_the_store() {
    let exempt = |file: &str| {
        file.starts_with("crates/server/")
            || file.contains("/tests/")
            || file == "crates/store/src/database.rs"
    };
    assert_absent("crates", &["async fn", "async move", ".await"], exempt);
}

#[test]
fn the_core_touches_no_files_networks_or_clocks() {
    let needles = ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now"];
    for name in ["domain", "rollup", "ledger", "formats"] {
        let is_test = |file: &str| file.ends_with("/tests.rs") || file.contains("/tests/");
        assert_absent(&format!("crates/{name}/src"), &needles, is_test);
    }
}

#[test]
fn what_is_left_to_do_has_a_decision() {
    let mut wrong = Vec::new();
    let folders = ["crates", "xtask", "fuzz", "e2e", "bench"];
    for file in sources(&folders, &["rs", "js", "mjs", "css", "html", "toml", "py"]) {
        for (number, line) in (1..).zip(read(&file).lines()) {
            let open = ["TODO", "FIXME"].iter().any(|word| line.contains(word));
            if open && !line.contains("docs/decisions/") && !is_this_file(&file) {
                wrong.push(format!("{}:{number}: {}", shown(&file), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "name the page in docs/decisions/ that says when: {wrong:#?}");
}

#[test]
fn released_migrations_never_change() {
    let folder = root().join("crates/store/migrations");
    let listed = read(&folder.join("released.txt"));
    for line in listed.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (expected, name) = line.split_once("  ").unwrap();
        // Line ends do not count, because checkouts change them.
        let digest = Sha256::digest(read(&folder.join(name)).replace("\r\n", "\n"));
        let actual: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(actual, expected, "{name} was released; write a new migration instead");
    }
}

/// The libraries that each crate of ours uses outside its tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = |value: &serde_json::Value| value.as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let package = |package: &serde_json::Value| {
        let used = list(&package["dependencies"]);
        let used = used.iter().filter(|library| library["kind"] != "dev");
        (text(&package["name"]), used.map(|library| text(&library["name"])).collect())
    };
    list(&metadata["packages"]).iter().map(package).collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn assert_absent(folder: &str, needles: &[&str], exempt: impl Fn(&str) -> bool) {
    let mut wrong = Vec::new();
    for file in sources(&[folder], &["rs"]) {
        if is_this_file(&file) || exempt(&shown(&file)) {
            continue;
        }
        let text = read(&file);
        // Tests inside a file stand at its end.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (number, line) in (1..).zip(code.lines()) {
            let is_comment = line.trim_start().starts_with("//");
            if !is_comment && needles.iter().any(|needle| line.contains(needle)) {
                wrong.push(format!("{}:{number}: {}", shown(&file), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// All files of some kinds below some folders, sorted; built and fetched things are left out.
fn sources(folders: &[&str], extensions: &[&str]) -> Vec<PathBuf> {
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "corpus", "artifacts"].contains(&name.as_str()) {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
        } else if extensions.contains(&extension(&path)) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn extension(file: &Path) -> &str {
    file.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

fn is_this_file(file: &Path) -> bool {
    shown(file) == "crates/testkit/tests/tidy.rs"
}

/// The path as it is written in the repository.
fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).to_string_lossy().replace('\\', "/")
}
