//! `dotpha import units`.

use super::world::World;

const HEADER: &str = "code,name,type,level,parent_code,valid_from,valid_to\n";

#[test]
fn units_are_taken_in_once_however_often_they_come() {
    let world = World::new();
    world.file("units.csv", format!("{HEADER}20,Trên,tỉnh,province,,,\n21,Dưới,xã,commune,20,,\n"));
    insta::assert_snapshot!(world.run(&["import", "units", "units.csv"]), @r"
        exit 0
        Đã nhập đơn vị: 2 dòng, 2 đơn vị mới, 2 bản ghi mới.
    ");
    insta::assert_snapshot!(world.run(&["import", "units", "units.csv"]), @r"
        exit 0
        Đã nhập đơn vị: 0 dòng, 0 đơn vị mới, 0 bản ghi mới.
        ----- beside it
          · Tệp units.csv đã nhập trước đây; không có gì thay đổi.
    ");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "units", "units.csv"]), @r"
        exit 0
        Units imported. Rows: 0; new units: 0; new versions: 0.
        ----- beside it
          · units.csv was imported before; nothing changed.
    ");
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
    insta::assert_snapshot!(world.run(&["import", "units", "units.csv"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 4 điểm:
          • tệp units.csv, hàng 3, cột A: Ô này còn trống: cần ghi mã, không có dấu cách.
          • tệp units.csv, hàng 4, cột F: “30/2/2020”: ở đây cần ghi một ngày, ví dụ 1/7/2025.
          • tệp units.csv, hàng 6, cột A: Mã đơn vị “20” ghi hai lần. Giữ lại một dòng.
          • tệp units.csv, hàng 5, cột E: Không có đơn vị mã 99. Kiểm tra lại mã đơn vị.
    ");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "units", "units.csv"]), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 4
          • file units.csv, row 3, column A: Nothing stands here: write a code without spaces.
          • file units.csv, row 4, column F: “30/2/2020”: write a day, such as 2025-07-01 here.
          • file units.csv, row 6, column A: The unit code “20” stands there twice. Keep one line.
          • file units.csv, row 5, column E: There is no unit with code 99. Check the code.
    ");
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
    insta::assert_snapshot!(both, @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 2
          • file bad.csv, row 2, column F: “hôm qua”: write a day, such as 2025-07-01 here.
          • file missing.csv: The file cannot be opened (No such file or directory (os error 2)). Check its path and permissions.
    ");
    let alone = world.answer(&["--lang=en", "import", "units", "good.csv"]);
    assert!(alone.contains("new units: 1;"), "{alone}");
}
