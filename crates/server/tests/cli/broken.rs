//! `dotpha broken`: splits that nobody has decided.

use super::world::World;

/// Ten years ago commune 1 was split, commune 2 went over whole.
fn split() -> World {
    let world = World::new();
    world.file(
        "units.csv",
        "code,name,type,level,parent_code,valid_from,valid_to\n\
         1,Trên,xã,commune,,,2025-06-30\n\
         2,Dưới,xã,commune,,,2025-06-30\n\
         3,Đông,xã,commune,,2025-07-01,\n\
         4,Tây,phường,commune,,2025-07-01,\n",
    );
    world.file("lines.csv", "old_code,new_code,whole_or_part\n1,3,part\n1,4,part\n2,4,whole\n");
    world.answer(&["import", "units", "units.csv"]);
    world.answer(&[
        "import",
        "reorganisations",
        "lines.csv",
        "--date=2025-07-01",
        "--instrument=Nghị quyết mẫu",
    ]);
    world
}

#[test]
fn a_split_that_nobody_decided_is_listed_with_its_heirs() {
    let world = split();
    insta::assert_snapshot!(world.run(&["broken"]), @r"
        exit 0
        01/7/2025  1 Xã Trên  →  3 Xã Đông, 4 Phường Tây
        1 đơn vị bị chia tách, chưa quyết định cách chia số liệu.
    ");
    insta::assert_snapshot!(world.run(&["--lang=en", "broken"]), @r"
        exit 0
        1 July 2025  1 Trên commune  →  3 Đông commune, 4 Tây ward
        Split units whose figures nobody has decided how to share: 1
    ");
}

#[test]
fn only_their_number_is_said_when_that_is_asked() {
    insta::assert_snapshot!(split().run(&["broken", "--count"]), @r"
        exit 0
        1 đơn vị bị chia tách, chưa quyết định cách chia số liệu.
    ");
    insta::assert_snapshot!(World::with_sample().run(&["broken", "--count"]), @r"
        exit 0
        0 đơn vị bị chia tách, chưa quyết định cách chia số liệu.
    ");
}
