//! Wrong use of the command line: exit code 2, the mistake named, nothing done.

use super::world::World;

#[test]
fn wrong_use_ends_with_2_and_names_the_mistake() {
    let figure =
        |rest: &[&'static str]| [&["figure", "--indicator=A01", "--unit=182"], rest].concat();
    let cases = [
        (vec!["import", "dreams"], "'dreams'"),
        (vec!["import", "units"], "<FILES>..."),
        (vec!["import", "pack"], "<FOLDER>"),
        (vec!["import", "reorganisations", "x.csv", "--date", "1/7/2025"], "--date"),
        (vec!["import", "reorganisations", "x.csv", "--date", "2025-07-01"], "--instrument"),
        (figure(&[]), "--period"),
        (figure(&["--period=2022-13"]), "no month 13"),
        (figure(&["--period=2022", "--view=tomorrow"]), "restated:YYYY-MM-DD"),
        (figure(&["--period=2022", "--view=restated:2025-02-30"]), "restated:YYYY-MM-DD"),
        (vec!["report", "build", "--unit=182", "--period=2022"], "--template"),
        (vec!["serve", "--port=70000"], "70000"),
        (vec!["--lang=fr", "broken"], "vi | en"),
        (vec!["broken", "--colour"], "--colour"),
    ];
    let world = World::new();
    for (arguments, mistake) in cases {
        let ended = world.run(&arguments);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{arguments:?}: {ended}");
        assert!(ended.err.contains(mistake), "{arguments:?}: {ended}");
        assert!(!world.path("dotpha.db").exists(), "{arguments:?} made a database");
    }
}
