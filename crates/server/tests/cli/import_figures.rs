//! `dotpha import figures`.

use super::world::{World, source};

const HEADER: &str = "unit_code,period,item_code,value,qualifier,disaggregation,note\n";

#[test]
fn figures_are_taken_in_once_however_often_they_come() {
    let world = World::with_sample();
    world
        .file("july.csv", format!("{HEADER}06124,2023-07,B02,\"3,5\",,,\n06127,2023-07,B02,,,,\n"));
    insta::assert_snapshot!(world.run(&["import", "figures", "july.csv"]), @r"
        exit 0
        Đã nhập 1 tệp: 1 số liệu, 1 ô trống; 1 báo cáo mới, 0 bản sửa, 0 không đổi.
    ");
    insta::assert_snapshot!(world.run(&["import", "figures", "july.csv"]), @r"
        exit 0
        Đã nhập 0 tệp: 0 số liệu, 0 ô trống; 0 báo cáo mới, 0 bản sửa, 0 không đổi.
        ----- beside it
          · Tệp july.csv đã nhập trước đây; không có gì thay đổi.
    ");
}

#[test]
fn another_value_later_is_a_correction() {
    let world = World::with_sample();
    world.file("july.csv", format!("{HEADER}06124,2023-07,B02,3,,,\n"));
    world.answer(&["import", "figures", "july.csv"]);
    world.file("mended.csv", format!("{HEADER}06124,2023-07,B02,4,,,\n"));
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "figures", "mended.csv"]), @r"
        exit 0
        Figures imported. Files: 1; figures: 1; empty cells: 0; new submissions: 0; corrections: 1; unchanged: 0.
    ");
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
    insta::assert_snapshot!(world.run(&["import", "figures", "wrong.csv"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 7 điểm:
          • tệp wrong.csv, hàng 3, cột A: Ngày 31/7/2023 không có đơn vị mã 99999. Kiểm tra lại mã hoặc kỳ số liệu.
          • tệp wrong.csv, hàng 4, cột B: “2023-13”: ở đây cần ghi mã kỳ, ví dụ 2022-03.
          • tệp wrong.csv, hàng 5, cột C: Không có chỉ số thu thập “ZZ”. Kiểm tra lại mã.
          • tệp wrong.csv, hàng 6, cột D: “ba ngày” không phải là số. Ghi số, hoặc để trống nếu chưa có số liệu.
          • tệp wrong.csv, hàng 7, cột D: “1.234” có thể hiểu là 1234 hoặc 1.234. Ghi lại một trong hai số.
          • tệp wrong.csv, hàng 8, cột E: “maybe”: ở đây cần ghi mức độ chính xác: đúng bằng, trên, dưới hoặc khoảng.
          • tệp wrong.csv, hàng 9, cột C: Không biểu mẫu nào yêu cầu đơn vị 182 báo cáo chỉ số A01. Kiểm tra lại mã.
    ");
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "figures", "wrong.csv"]), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 7
          • file wrong.csv, row 3, column A: There was no unit with code 99999 on 31 July 2023. Check the code or the period.
          • file wrong.csv, row 4, column B: “2023-13”: write a period code, such as 2022-03 here.
          • file wrong.csv, row 5, column C: There is no item “ZZ”. Check the code.
          • file wrong.csv, row 6, column D: “ba ngày” is not a number. Write a number, or leave the cell empty when there is no figure.
          • file wrong.csv, row 7, column D: “1.234” can be read as 1234 or 1.234. Write one of the two.
          • file wrong.csv, row 8, column E: “maybe”: write how exact it is: exact, at_least, at_most or about here.
          • file wrong.csv, row 9, column C: No form asks unit 182 for item A01. Check the codes.
    ");
    assert_eq!(world.imports(), before);
}

#[test]
fn a_folder_of_files_seen_before_changes_nothing() {
    let world = World::with_sample();
    let before = world.imports();
    let again = world.run(&["import", "figures", &source("samples/van-lang/so-lieu")]);
    insta::assert_snapshot!(again, @r"
        exit 0
        Đã nhập 0 tệp: 0 số liệu, 0 ô trống; 0 báo cáo mới, 0 bản sửa, 0 không đổi.
        ----- beside it
          · Tệp 06124-na-sam.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06127-trung-khanh.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06133-bac-la.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06136-thuy-hung.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06139-bac-hung.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06142-tan-tac.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06148-thanh-long.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06151-hoi-hoan.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06154-bac-viet.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06157-hoang-viet.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06160-gia-mien.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06163-thanh-hoa.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06166-tan-thanh.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06172-tan-my.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06175-hong-thai.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06178-hoang-van-thu.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp 06181-nhac-ky.xlsx đã nhập trước đây; không có gì thay đổi.
          · Tệp huyen-quy.csv đã nhập trước đây; không có gì thay đổi.
          · Tệp thon-nam.csv đã nhập trước đây; không có gì thay đổi.
          · Tệp thon-quy.csv đã nhập trước đây; không có gì thay đổi.
          · và 7 lưu ý khác
    ");
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
    insta::assert_snapshot!(world.run(&all), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 4 điểm:
          • tệp letter.docx: Chưa đọc được loại tệp “docx”. Lưu lại thành .csv hoặc .xlsx.
          • tệp empty.csv: Tệp trống. Chọn tệp có số liệu.
          • tệp old.csv, hàng 2, cột G: Chữ trong tệp không theo bảng mã UTF-8. Khi lưu, chọn “CSV UTF-8”.
          • tệp missing.csv: Không mở được tệp (No such file or directory (os error 2)). Kiểm tra đường dẫn và quyền đọc tệp.
    ");
}
