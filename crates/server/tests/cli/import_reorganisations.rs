//! `dotpha import reorganisations`, and the national lists from end to end.

use super::world::{World, source};

const UNITS: &str = "code,name,type,level,parent_code,valid_from,valid_to\n\
                     1,Trên,xã,commune,,,2025-06-30\n\
                     2,Dưới,xã,commune,,,2025-06-30\n\
                     3,Chung,xã,commune,,2025-07-01,\n";

fn with_units() -> World {
    let world = World::new();
    world.file("units.csv", UNITS);
    world.answer(&["import", "units", "units.csv"]);
    world
}

#[test]
fn a_merger_is_taken_in_once_however_often_it_comes() {
    let world = with_units();
    world.file(
        "lines.csv",
        "date,kind,old_code,new_code,share,instrument\n\
         2025-07-01,merge,1,3,,Nghị quyết mẫu\n\
         2025-07-01,merge,2,3,,Nghị quyết mẫu\n",
    );
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @"");
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @"");
}

#[test]
fn a_crosswalk_needs_its_day_and_document() {
    let world = with_units();
    world.file("lines.csv", "old_code,new_code,whole_or_part\n1,3,whole\n2,3,whole\n");
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @"");
}

#[test]
fn everything_wrong_is_listed_with_its_place_and_nothing_is_taken_in() {
    let world = with_units();
    world.file(
        "lines.csv",
        "date,kind,old_code,new_code,share,instrument\n\
         2025-07-01,merge,1,9,,Nghị quyết mẫu\n\
         hôm nay,merge,2,3,,Nghị quyết mẫu\n\
         2025-07-01,vanish,2,3,,Nghị quyết mẫu\n\
         2025-07-01,split,1,3,140%,Nghị quyết mẫu\n",
    );
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @"");
    let english = world.run(&["--lang=en", "import", "reorganisations", "lines.csv"]);
    insta::assert_snapshot!(english, @"");
}

#[test]
fn the_national_lists_go_in_as_they_are_and_leave_442_split_communes() {
    let world = World::new();
    let national = |name: &str| source(&format!("samples/national/{name}"));
    let (before, after) =
        (national("vn_communes_before_2025-07.csv"), national("vn_communes_2026.csv"));
    insta::assert_snapshot!(world.answer(&["import", "units", &before, &after]), @"");
    let crosswalk = national("vn_crosswalk_2025-07-01.csv");
    let taken_in = world.answer(&[
        "import",
        "reorganisations",
        &crosswalk,
        "--date=2025-07-01",
        "--instrument=Nghị quyết 203/2025/QH15",
    ]);
    insta::assert_snapshot!(taken_in, @"");
    insta::assert_snapshot!(world.answer(&["broken", "--count"]), @"");
    let listed = world.answer(&["broken"]);
    assert_eq!(listed.lines().count(), 443, "442 communes and the count");
}
