//! `dotpha import units`.

use super::world::World;

const HEADER: &str = "code,name,type,level,parent_code,valid_from,valid_to\n";

#[test]
fn units_are_taken_in_once_however_often_they_come() {
    let world = World::new();
    world.file("units.csv", format!("{HEADER}20,Trên,tỉnh,province,,,\n21,Dưới,xã,commune,20,,\n"));
    insta::assert_snapshot!(world.run(&["import", "units", "units.csv"]), @"");
    insta::assert_snapshot!(world.run(&["import", "units", "units.csv"]), @"");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "units", "units.csv"]), @"");
}

#[test]
fn everything_wrong_is_listed_with_its_place_and_nothing_is_taken_in() {
    let world = World::new();
    let wrong = format!(
        "{HEADER}20,Trên,tỉnh,province,,,\n\
         ,Không mã,xã,commune,20,,\n\
         22,Sai ngày,xã,commune,20,30/2/2020,\n\
         23,Mồ côi,xã,commune,99,,\n\
         20,Trùng mã,xã,commune,20,,\n"
    );
    world.file("units.csv", &wrong);
    insta::assert_snapshot!(world.run(&["import", "units", "units.csv"]), @"");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "units", "units.csv"]), @"");
    world.file("mended.csv", format!("{HEADER}20,Trên,tỉnh,province,,,\n"));
    let mended = world.answer(&["--lang=en", "import", "units", "mended.csv"]);
    assert!(mended.contains("new units: 1;"), "{mended}");
}

#[test]
fn all_files_of_a_command_are_taken_in_or_none() {
    let world = World::new();
    world.file("good.csv", format!("{HEADER}20,Trên,tỉnh,province,,,\n"));
    world.file("bad.csv", format!("{HEADER}21,Dưới,xã,commune,20,hôm qua,\n"));
    let both = world.run(&["--lang=en", "import", "units", "good.csv", "bad.csv", "missing.csv"]);
    insta::assert_snapshot!(both, @"");
    let alone = world.answer(&["--lang=en", "import", "units", "good.csv"]);
    assert!(alone.contains("new units: 1;"), "{alone}");
}
