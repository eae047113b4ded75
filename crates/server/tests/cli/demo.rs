//! `dotpha demo`: the article's figures, and the files.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::world::{SAMPLE, World, source};

const FILES: [&str; 7] = [
    "figures.json",
    "ket-qua-kl-01.en.docx",
    "ket-qua-kl-01.en.html",
    "ket-qua-kl-01.en.xlsx",
    "ket-qua-kl-01.vi.docx",
    "ket-qua-kl-01.vi.html",
    "ket-qua-kl-01.vi.xlsx",
];

#[test]
fn the_figures_of_the_article_come_out_of_the_raw_ones() {
    insta::assert_snapshot!(SAMPLE.1, @"");
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let named = |name: &str| (name.to_owned(), std::fs::read(folder.join(name)).unwrap());
    FILES.into_iter().map(named).collect()
}

#[test]
fn the_demo_again_in_the_same_folder_gives_the_same_files() {
    let world = World::new();
    let arguments = ["--lang=en", "demo", "--no-serve", "--out=result"];
    let first = world.run(&arguments);
    let files = contents(&world.path("result"));
    let second = world.run(&arguments);
    assert_eq!((first.code, &first), (0, &second));
    for (name, bytes) in contents(&world.path("result")) {
        assert!(bytes == files[&name], "{name} differs on the second run");
    }
    insta::assert_snapshot!(second.out, @"");
}

fn figures() -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(SAMPLE.0.join("figures.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let figures = report["figures"].as_array().unwrap().iter();
    figures.map(|figure| (figure["key"].as_str().unwrap().to_owned(), figure.clone())).collect()
}

#[test]
fn figures_json_says_what_the_article_says_and_where_it_comes_from() {
    let figures = figures();
    // Key, value, how exact, what a reader sees, share of the target.
    let cases = [
        ("a01_2022", "152", "exact", "152 đảng viên", Some("101,3%")),
        ("a01_2023_h1", "61", "exact", "61 đảng viên", Some("40,7%")),
        ("a01_tu_2022", "213", "exact", "213 đảng viên", None),
        ("a02", "1", "exact", "162/162 thôn, khu phố (đạt 100%)", Some("100%")),
        ("a05", "73/81", "at_least", "hơn 90%", Some("hơn 100,1%")),
        ("a06", "30", "at_least", "trên 30 tổ chức", None),
        ("a07", "70", "at_least", "trên 70 đảng viên", None),
        ("a08", "7", "exact", "7 tổ chức", None),
        ("a09", "15", "exact", "15 đảng viên", None),
        ("c03", "380", "exact", "380 hộ", None),
    ];
    for (key, value, qualifier, display, achievement) in cases {
        let figure = &figures[key];
        assert_eq!(figure["value"], value, "{key}");
        assert_eq!(figure["qualifier"], qualifier, "{key}");
        assert_eq!(figure["display"]["vi"], display, "{key}");
        assert_eq!(figure["achievement"].as_str(), achievement, "{key}");
    }
    assert_eq!(figures["a02"]["numerator"], "162");
    assert_eq!(figures["a02"]["denominator"], "162");
}

#[test]
fn every_figure_has_sources_and_says_how_complete_it_is() {
    let sample = Path::new(&source("samples/van-lang/so-lieu")).to_path_buf();
    for (key, figure) in figures() {
        let (reported, expected) =
            (figure["reported"].as_u64().unwrap(), figure["expected"].as_u64().unwrap());
        assert!(0 < reported && reported <= expected, "{key}: {reported}/{expected}");
        let sources = figure["sources"].as_array().unwrap();
        assert!(!sources.is_empty(), "{key}");
        for from in sources {
            assert!(sample.join(from["file"].as_str().unwrap()).is_file(), "{key}: {from}");
            assert_eq!(from["sha256"].as_str().unwrap().len(), 64, "{key}");
        }
        assert!(!figure["display"]["en"].as_str().unwrap().is_empty(), "{key}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let world = World::new();
    world.file("taken", "a file, not a folder");
    insta::assert_snapshot!(world.run(&["demo", "--no-serve", "--out=taken"]), @"");
    insta::assert_snapshot!(world.run(&["--lang=en", "demo", "--no-serve", "--out=taken"]), @"");
}
