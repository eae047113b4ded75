//! Both languages have the same sentences with the same gaps, and every sentence is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::super::{EN_SOURCE, Lang, VI_SOURCE};
use fluent_bundle::FluentResource;

/// Keys that are put together while running, by their beginning.
const BUILT_KEYS: [&str; 2] = ["level-", "demo-task-"];

fn sentences(source: &str) -> BTreeMap<&str, String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut key = "";
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, text)) = line.split_once(" = ")
            && !line.starts_with(' ')
        {
            key = name;
            assert!(!found.contains_key(key), "{key} stands there twice");
            found.insert(key, text.to_owned());
        } else if !line.is_empty() {
            found.entry(key).or_default().push_str(line);
        }
    }
    found
}

fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-' && c != '_');
            rest.split_at(end.unwrap_or(rest.len())).0
        })
        .collect()
}

#[test]
fn both_files_can_be_read_without_errors() {
    for source in [VI_SOURCE, EN_SOURCE] {
        if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
            panic!("{errors:?}");
        }
    }
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_gaps() {
    let (vi, en) = (sentences(VI_SOURCE), sentences(EN_SOURCE));
    assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, text) in &vi {
        assert_eq!(gaps(text), gaps(&en[key]), "{key}");
    }
}

#[test]
fn every_sentence_is_used_and_every_key_in_the_sources_has_one() {
    let mut used = BTreeSet::new();
    collect_quoted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
    let known = sentences(VI_SOURCE);
    let unused: Vec<&&str> = known
        .keys()
        .filter(|key| !used.contains(**key))
        .filter(|key| !BUILT_KEYS.iter().any(|beginning| key.starts_with(beginning)))
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");

    let mut asked = BTreeSet::new();
    collect_asked(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut asked);
    let missing: Vec<&String> =
        asked.iter().filter(|key| !Lang::Vi.words().knows(key.as_str())).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

/// Every quoted text in the sources outside tests.
fn collect_quoted(folder: &Path, into: &mut BTreeSet<String>) {
    each_source(folder, &mut |text| into.extend(text.split('"').map(str::to_owned)));
}

/// Every key that is said directly: `say("…")`, `tell("…"`, `t("…")`.
fn collect_asked(folder: &Path, into: &mut BTreeSet<String>) {
    each_source(folder, &mut |text| {
        for call in ["say(\"", "tell(\"", ".t(\""] {
            into.extend(
                text.split(call)
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                    .map(str::to_owned),
            );
        }
    });
}

fn each_source(folder: &Path, visit: &mut dyn FnMut(&str)) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    for path in entries.map(|entry| entry.unwrap_or_else(|error| panic!("{error}")).path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && name != "tests" {
            each_source(&path, visit);
        } else if name.ends_with(".rs") || name.ends_with(".html") {
            visit(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
}
