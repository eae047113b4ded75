//! `dotpha import pack`.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::fs;
use std::path::Path;

use super::world::{World, source};

/// A world with the sample's units and a copy of the pack, changed by the test.
fn with_copy(change: &dyn Fn(&str, String) -> String) -> World {
    let world = World::new();
    world.answer(&["import", "units", &source("samples/van-lang/units.csv")]);
    copy(Path::new(&source("packs/ket-luan-01")), &world.path("pack"), change);
    world
}

fn copy(from: &Path, to: &Path, change: &dyn Fn(&str, String) -> String) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (file, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if file.is_dir() {
            copy(&file, &to.join(name), change);
        } else {
            let text = change(&name, fs::read_to_string(&file).unwrap());
            fs::write(to.join(name), text).unwrap();
        }
    }
}

#[test]
fn a_pack_is_taken_in_once_however_often_it_comes() {
    let world = with_copy(&|_, text| text);
    insta::assert_snapshot!(world.run(&["import", "pack", "pack"]), @"");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "pack", "pack"]), @"");
}

#[test]
fn everything_wrong_is_listed_with_its_place_and_nothing_is_taken_in() {
    let world = with_copy(&|name, text| match name {
        "indicators.csv" => text.replace("A04.tu / A04.mau", "A04.tu / (A04.mau"),
        "targets.csv" => text.replacen("A01,", "A99,", 1),
        "ket-qua-kl-01.toml" => text.replace("{a05.change}", "{a05.dance}"),
        _ => text,
    });
    insta::assert_snapshot!(world.run(&["import", "pack", "pack"]), @"");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "pack", "pack"]), @"");
    let asked = world.run(&["figure", "--indicator=A01", "--unit=182", "--period=2022"]);
    assert_eq!(asked.code, 1, "the indicator came in with a refused pack: {asked}");
}

#[test]
fn a_folder_that_is_no_pack_is_refused() {
    insta::assert_snapshot!(World::new().run(&["import", "pack", "nowhere"]), @"");
}
