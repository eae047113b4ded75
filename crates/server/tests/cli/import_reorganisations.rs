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
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @r"
        exit 0
        Đã nhập sắp xếp đơn vị: 2 dòng; 2 đơn vị chuyển nguyên trạng, 0 đơn vị bị chia tách chờ quyết định (chuỗi bị gián đoạn).
    ");
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @r"
        exit 0
        Đã nhập sắp xếp đơn vị: 0 dòng; 0 đơn vị chuyển nguyên trạng, 0 đơn vị bị chia tách chờ quyết định (chuỗi bị gián đoạn).
        ----- beside it
          · Tệp lines.csv đã nhập trước đây; không có gì thay đổi.
    ");
}

#[test]
fn a_crosswalk_needs_its_day_and_document() {
    let world = with_units();
    world.file("lines.csv", "old_code,new_code,whole_or_part\n1,3,whole\n2,3,whole\n");
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • tệp lines.csv: Bảng chuyển đổi đơn vị chưa có ngày và văn bản. Thêm --date và --instrument.
    ");
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
    insta::assert_snapshot!(world.run(&["import", "reorganisations", "lines.csv"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 4 điểm:
          • tệp lines.csv, hàng 3, cột A: “hôm nay”: ở đây cần ghi một ngày, ví dụ 1/7/2025.
          • tệp lines.csv, hàng 4, cột B: “vanish”: ở đây cần ghi loại sắp xếp: establish, rename, recode, move, merge, split hoặc dissolve.
          • tệp lines.csv, hàng 5, cột E: “140%”: ở đây cần ghi một phần từ 0 đến 1, hoặc tỷ lệ phần trăm.
          • tệp lines.csv, hàng 2, cột D: Ngày 01/7/2025 không có đơn vị mã 9. Kiểm tra lại mã hoặc kỳ số liệu.
    ");
    let english = world.run(&["--lang=en", "import", "reorganisations", "lines.csv"]);
    insta::assert_snapshot!(english, @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 4
          • file lines.csv, row 3, column A: “hôm nay”: write a day, such as 2025-07-01 here.
          • file lines.csv, row 4, column B: “vanish”: write a kind of change: establish, rename, recode, move, merge, split or dissolve here.
          • file lines.csv, row 5, column E: “140%”: write a share between 0 and 1, or a percentage here.
          • file lines.csv, row 2, column D: There was no unit with code 9 on 1 July 2025. Check the code or the period.
    ");
}

#[test]
fn the_national_lists_go_in_as_they_are_and_leave_442_split_communes() {
    let world = World::new();
    let national = |name: &str| source(&format!("samples/national/{name}"));
    let (before, after) =
        (national("vn_communes_before_2025-07.csv"), national("vn_communes_2026.csv"));
    insta::assert_snapshot!(world.answer(&["import", "units", &before, &after]), @"Đã nhập đơn vị: 14.149 dòng, 14.123 đơn vị mới, 14.149 bản ghi mới.");
    let crosswalk = national("vn_crosswalk_2025-07-01.csv");
    let taken_in = world.answer(&[
        "import",
        "reorganisations",
        &crosswalk,
        "--date=2025-07-01",
        "--instrument=Nghị quyết 203/2025/QH15",
    ]);
    insta::assert_snapshot!(taken_in, @"Đã nhập sắp xếp đơn vị: 10.571 dòng; 9.598 đơn vị chuyển nguyên trạng, 442 đơn vị bị chia tách chờ quyết định (chuỗi bị gián đoạn).");
    insta::assert_snapshot!(world.answer(&["broken", "--count"]), @"442 đơn vị bị chia tách, chưa quyết định cách chia số liệu.");
    let listed = world.answer(&["broken"]);
    assert_eq!(listed.lines().count(), 443, "442 communes and the count");
}
