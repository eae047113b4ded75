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
    insta::assert_snapshot!(world.run(&["import", "pack", "pack"]), @r"
        exit 0
        Đã nhập gói mẫu “Kết luận số 01-KL/TW: bốn nội dung đột phá”: 4 văn bản, 4 nội dung đột phá, 60 chỉ số thu thập, 46 chỉ tiêu, 12 biểu mẫu, 21 quy tắc kiểm tra, 94 chỉ tiêu giao mới, 2 mẫu báo cáo.
    ");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "pack", "pack"]), @r"
        exit 0
        Pack “Conclusion 01-KL/TW: four breakthrough priorities” imported. Directives: 4; priorities: 4; items: 60; indicators: 46; forms: 12; validation rules: 21; new target versions: 0; report templates: 2.
    ");
}

#[test]
fn everything_wrong_is_listed_with_its_place_and_nothing_is_taken_in() {
    let world = with_copy(&|name, text| match name {
        "indicators.csv" => text.replace("A04.tu / A04.mau", "A04.tu / (A04.mau"),
        "targets.csv" => text.replacen("A01,", "A99,", 1),
        "ket-qua-kl-01.toml" => text.replace("{a05.change}", "{a05.dance}"),
        _ => text,
    });
    insta::assert_snapshot!(world.run(&["import", "pack", "pack"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 3 điểm:
          • tệp indicators.csv, hàng 12, cột G: Công thức “A04.tu / (A04.mau”: ký tự thứ 18: công thức hết sớm, ở đây còn cần dấu đóng ngoặc.
          • tệp ket-qua-kl-01.toml, hàng 349: “Về bố trí cán bộ: cùng với đại hội chi bộ nhiệm kỳ 2022–2025, đến hết quý II/2023, tỷ lệ bí thư chi bộ đồng thời là trưởng thôn, trưởng khu phố đạt {a05}, {a05.dance}.”: ký tự thứ 161: không có cách in “dance”.
          • tệp ket-qua-kl-01.toml, hàng 349: “Posts: with the cell congresses of the 2022–2025 term, {a05} of cell secretaries were also village heads at the end of the second quarter of 2023, {a05.dance}.”: ký tự thứ 153: không có cách in “dance”.
    ");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "pack", "pack"]), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 3
          • file indicators.csv, row 12, column G: Formula “A04.tu / (A04.mau”: character 18: the formula ends where a closing parenthesis should stand.
          • file ket-qua-kl-01.toml, row 349: “Về bố trí cán bộ: cùng với đại hội chi bộ nhiệm kỳ 2022–2025, đến hết quý II/2023, tỷ lệ bí thư chi bộ đồng thời là trưởng thôn, trưởng khu phố đạt {a05}, {a05.dance}.”: character 161: there is no form “dance”.
          • file ket-qua-kl-01.toml, row 349: “Posts: with the cell congresses of the 2022–2025 term, {a05} of cell secretaries were also village heads at the end of the second quarter of 2023, {a05.dance}.”: character 153: there is no form “dance”.
    ");
    let asked = world.run(&["figure", "--indicator=A01", "--unit=182", "--period=2022"]);
    assert_eq!(asked.code, 1, "the indicator came in with a refused pack: {asked}");
}

#[test]
fn a_folder_that_is_no_pack_is_refused() {
    insta::assert_snapshot!(World::new().run(&["import", "pack", "nowhere"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 7 điểm:
          • tệp pack.toml: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
          • tệp items.csv: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
          • tệp directives.csv: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
          • tệp priorities.csv: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
          • tệp indicators.csv: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
          • tệp forms.csv: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
          • tệp targets.csv: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
    ");
}

#[test]
fn validation_rules_are_checked_with_the_pack() {
    let world = with_copy(&|name, text| match name {
        "rules.csv" => text
            .replace("G01.tu <= G01.mau", "G01.tu <= G03.mau")
            .replace("A04.tu <= A04.mau", "A04.tu <= A04.mau@-1")
            .replace("xa-nam,D04-tu-mau", "nam,D04-tu-mau")
            .replace("D10-tu-mau,error", "D10-tu-mau,stop"),
        _ => text,
    });
    insta::assert_snapshot!(world.run(&["import", "pack", "pack"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 4 điểm:
          • tệp rules.csv, hàng 2, cột D: Biểu mẫu xa-6-thang không có chỉ số G03.mau. Quy tắc kiểm tra chỉ dùng chỉ số của chính biểu mẫu đó.
          • tệp rules.csv, hàng 5, cột D: Quy tắc kiểm tra không dùng được “A04.mau@-1”. Chỉ so các chỉ số của cùng đơn vị, cùng kỳ.
          • tệp rules.csv, hàng 19, cột A: Không có biểu mẫu “nam”. Kiểm tra lại mã.
          • tệp rules.csv, hàng 22, cột C: “stop”: ở đây cần ghi một mã trong danh sách ghi ở tệp README của gói mẫu.
    ");
}

#[test]
fn a_pack_that_is_written_out_is_taken_in_again_and_gives_the_same_files() {
    let world = World::with_sample();
    insta::assert_snapshot!(world.run(&["export", "pack", "goi"]), @r"
        exit 0
        Đã xuất 13 tệp cấu hình ra thư mục goi.
    ");
    insta::assert_snapshot!(world.run(&["export", "pack", "goi"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Không ghi được vào thư mục goi (directory not empty). Chọn thư mục khác.
    ");
    world.answer(&["--database=moi.db", "import", "units", &source("samples/van-lang/units.csv")]);
    world.answer(&["--database=moi.db", "import", "pack", "goi"]);
    world.answer(&["--database=moi.db", "export", "pack", "lai"]);
    for name in ["pack.toml", "forms.csv", "rules.csv", "targets.csv", "reports/bao-cao-ky.toml"] {
        let read = |folder: &str| fs::read(world.path(folder).join(name)).unwrap();
        assert_eq!(read("goi"), read("lai"), "{name}");
    }
}
