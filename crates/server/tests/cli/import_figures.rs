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
          • tệp wrong.csv, hàng 7, cột D: “1.234” có thể hiểu là 1234 hoặc là một số thập phân. Nếu là 1234, ghi liền các chữ số; nếu là số thập phân, ghi thêm chữ số 0 ở cuối.
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
          • file wrong.csv, row 7, column D: “1.234” can be read as 1234 or as a decimal. For 1234, write the digits without a separator; for a decimal, add a 0 at its end.
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

#[test]
fn figures_are_checked_when_they_arrive() {
    let world = World::with_sample();
    let before = world.imports();
    world.file(
        "first.csv",
        format!(
            "{HEADER}06124,2023-07,B04.tu,9,,,\n06124,2023-07,B04.mau,7,,,\n\
             06127,2023-07,B02,3,,,\n06127,2023-07,B05,-1,,,\n06124,9999-12,B02,3,,,\n"
        ),
    );
    world.file("second.csv", format!("{HEADER}06127,2023-07,B02,4,,,\n"));
    let both = ["import", "figures", "first.csv", "second.csv"];
    insta::assert_snapshot!(world.run(&both), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 4 điểm:
          • tệp first.csv, hàng 2, cột D: Số kiến nghị, phản ánh giải quyết đúng hạn nhiều hơn số đến hạn (quy tắc B04-tu-mau; đơn vị 06124, tháng 7/2023: B04.tu = 9, B04.mau = 7). Sửa số cho khớp.
          • tệp first.csv, hàng 5, cột D: “-1”: chỉ số B05 chỉ nhận số từ 0 trở lên. Ghi lại số này.
          • tệp first.csv, hàng 6, cột B: Chưa đến tháng 12/9999 (bắt đầu ngày 01/12/9999) nên chưa thể có số liệu. Kiểm tra lại kỳ.
          • tệp second.csv, hàng 2, cột D: Chỉ số B02 của đơn vị 06127, tháng 7/2023 đã ghi khác ở tệp first.csv, hàng 4, cột D. Giữ lại một số.
    ");
    let both = [&["--lang=en"][..], &both].concat();
    insta::assert_snapshot!(world.run(&both), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 4
          • file first.csv, row 2, column D: More petitions were resolved on time than were due (rule B04-tu-mau; unit 06124, July 2023: B04.tu = 9, B04.mau = 7). Correct the numbers so that they agree.
          • file first.csv, row 5, column D: “-1”: item B05 takes numbers from 0 up. Correct this number.
          • file first.csv, row 6, column B: The period December 9999 begins only on 1 December 9999, so it cannot have figures yet. Check the period.
          • file second.csv, row 2, column D: Item B02 of unit 06127, July 2023, already stands differently at file first.csv, row 4, column D. Keep one number.
    ");
    assert_eq!(world.imports(), before);
}

#[test]
fn what_is_strange_is_taken_and_pointed_out() {
    let world = World::with_sample();
    world.file(
        "july.csv",
        format!(
            "{HEADER}06124,2023-07,B02,3,,,\n06127,2023-07,B02,4,,,\n06124,2023-07,G07.mau,2,,,\n"
        ),
    );
    world.answer(&["import", "figures", "july.csv"]);
    world.file(
        "later.csv",
        format!(
            "{HEADER}06124,2023-07,B02,,,,\n06127,2023-07,B02,-,,,\n06127,2023-07,B05,rút,,,\n\
             06124,2023-07,G07.mau,rút,,,\n06124,2023-08,C06,0,,,\n06124,2023-08,C07,7,,,\n\
             06127,2023-07,B09.mau,2,,,\n06127,2023-08,B09.mau,40,,,\n"
        ),
    );
    insta::assert_snapshot!(world.run(&["import", "figures", "later.csv"]), @r"
        exit 0
        Đã nhập 1 tệp: 4 số liệu, 2 ô trống; 2 báo cáo mới, 2 bản sửa, 0 không đổi.
        ----- beside it
          · tệp later.csv, hàng 4, cột D: chỉ số B05 chưa có số liệu nào để rút.
          · tệp later.csv, hàng 9, cột D: chỉ số B09.mau của đơn vị 06127 là 40, gấp 20 lần kỳ trước (2). Số liệu vẫn được nhận; kiểm tra lại.
          · tệp later.csv, hàng 6, cột D: Có vụ vi phạm được phát hiện nhưng không có lượt kiểm tra nào (quy tắc C07-kiem-tra; đơn vị 06124, tháng 8/2023: C06 = 0, C07 = 7). Số liệu vẫn được nhận; kiểm tra lại.
          · tệp later.csv: 2 ô để trống ở chỗ lần trước đã có số liệu; số cũ được giữ (hàng 2, cột D; hàng 3, cột D). Muốn bỏ số cũ, ghi “rút” vào ô đó.
    ");
    let figure = ["--lang=en", "figure", "--indicator=B02", "--unit=06124", "--period=2023-07"];
    assert!(world.answer(&figure).contains("3 days"), "the earlier figure stays");
    world.file(
        "again.csv",
        format!(
            "{HEADER}06124,2023-07,B02,,,,\n06127,2023-07,B05,rút,,,\n06124,2023-09,C06,0,,,\n\
             06124,2023-09,C07,7,,,\n06127,2023-09,B09.mau,401,,,\n"
        ),
    );
    insta::assert_snapshot!(world.run(&["--lang=en", "import", "figures", "again.csv"]), @r"
        exit 0
        Figures imported. Files: 1; figures: 3; empty cells: 1; new submissions: 2; corrections: 0; unchanged: 1.
        ----- beside it
          · file again.csv, row 3, column D: item B05 has no figure that could be withdrawn.
          · file again.csv, row 6, column D: item B09.mau of unit 06127 is 401, 10 times the period before (40). The figure was taken; check it.
          · file again.csv, row 4, column D: Encroachments were found although no patrol was made (rule C07-kiem-tra; unit 06124, September 2023: C06 = 0, C07 = 7). The figures were taken; check them.
          · file again.csv: empty cells where figures were reported before: 1; the earlier figures stay (row 2, column D). To take one back, write “withdraw” into its cell.
    ");
}
