//! `dotpha import figures`.

use super::world::{World, source};

const HEADER: &str = "unit_code,period,item_code,value,qualifier,disaggregation,note\n";

#[test]
fn figures_are_taken_in_once_however_often_they_come() {
    let world = World::with_sample();
    world
        .file("july.csv", format!("{HEADER}06124,2023-07,B02,\"3,5\",,,\n06127,2023-07,B02,,,,\n"));
    insta::assert_snapshot!(world.run(&["import", "figures", "july.csv"]), @"");
    insta::assert_snapshot!(world.run(&["import", "figures", "july.csv"]), @"");
}

#[test]
fn another_value_later_is_a_correction() {
    let world = World::with_sample();
    world.file("july.csv", format!("{HEADER}06124,2023-07,B02,3,,,\n"));
    world.answer(&["import", "figures", "july.csv"]);
    world.file("mended.csv", format!("{HEADER}06124,2023-07,B02,4,,,\n"));
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "figures", "mended.csv"]), @"");
    let figure = ["--lang=en", "figure", "--indicator=B02", "--unit=06124", "--period=2023-07"];
    let figure = world.answer(&figure);
    assert!(figure.contains("4 days") && figure.contains("mended.csv"), "{figure}");
}

#[test]
fn everything_wrong_is_listed_with_its_place_and_nothing_is_taken_in() {
    let world = World::with_sample();
    let before = world.imports();
    let wrong = format!(
        "{HEADER}06124,2023-07,B02,3,,,\n\
         99999,2023-07,B02,3,,,\n\
         06124,2023-13,B02,3,,,\n\
         06124,2023-07,ZZ,3,,,\n\
         06127,2023-07,B02,ba ngày,,,\n\
         06133,2023-07,B02,1.234,,,\n\
         06136,2023-07,B02,3,maybe,,\n\
         182,2023-07,A01,5,,,\n"
    );
    world.file("wrong.csv", wrong);
    insta::assert_snapshot!(world.run(&["import", "figures", "wrong.csv"]), @"");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "figures", "wrong.csv"]), @"");
    assert_eq!(world.imports(), before);
}

#[test]
fn a_folder_of_files_seen_before_changes_nothing() {
    let world = World::with_sample();
    let before = world.imports();
    let again = world.run(&["import", "figures", &source("samples/van-lang/so-lieu")]);
    insta::assert_snapshot!(again, @"");
    assert_eq!(world.imports(), before);
}

#[test]
fn files_that_are_no_figures_are_refused() {
    let world = World::with_sample();
    world.file("letter.docx", "PK");
    world.file("empty.csv", "");
    let old = [HEADER.as_bytes(), b"06124,2023-07,B02,3,,,X\xe3 T\xe2n\n"].concat();
    world.file("old.csv", old);
    let all = ["import", "figures", "letter.docx", "empty.csv", "old.csv", "missing.csv"];
    insta::assert_snapshot!(world.run(&all), @"");
}
