//! `dotpha figure`.

use serde_json::Value;

use super::world::World;

/// The arguments of a question, written as one would type them.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn a_count_says_its_target_status_completeness_and_sources() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2022";
    insta::assert_snapshot!(world.run(&words(asked)), @r"
        exit 0
        Số đảng viên mới kết nạp: 152 đảng viên, đạt 101,3% chỉ tiêu năm
          Đơn vị             Huyện Văn Lãng
          Kỳ                 năm 2022
          Cách xem           theo đơn vị tại thời điểm báo cáo
          Chỉ tiêu giao      150 đảng viên · Kế hoạch số 01-KH/HU (mẫu), ngày 10/01/2022 của Ban Thường vụ Huyện ủy Văn Lãng
          Tình trạng         đạt chỉ tiêu
          Tình hình báo cáo  15/162 đơn vị còn thiếu kỳ báo cáo
          Các tệp nguồn      06124-na-sam.xlsx · 168 báo cáo số liệu · sha256 15b0ebd210ce…
                             06127-trung-khanh.xlsx · 96 báo cáo số liệu · sha256 d969df340c0d…
                             06133-bac-la.xlsx · 83 báo cáo số liệu · sha256 51d66e3471f8…
                             06136-thuy-hung.xlsx · 95 báo cáo số liệu · sha256 1a1bebf42fc3…
                             06139-bac-hung.xlsx · 131 báo cáo số liệu · sha256 76ebb4724d8f…
                             06142-tan-tac.xlsx · 70 báo cáo số liệu · sha256 226b94d689bc…
                             06148-thanh-long.xlsx · 95 báo cáo số liệu · sha256 fb919ccea3df…
                             06151-hoi-hoan.xlsx · 155 báo cáo số liệu · sha256 c15075f2937e…
                             06154-bac-viet.xlsx · 107 báo cáo số liệu · sha256 37823a531631…
                             06157-hoang-viet.xlsx · 144 báo cáo số liệu · sha256 8cf2d7c6fd18…
                             06160-gia-mien.xlsx · 119 báo cáo số liệu · sha256 fa45971db539…
                             06163-thanh-hoa.xlsx · 96 báo cáo số liệu · sha256 274419b67438…
                             06166-tan-thanh.xlsx · 108 báo cáo số liệu · sha256 2264997fe1c1…
                             06172-tan-my.xlsx · 141 báo cáo số liệu · sha256 9c65a7e871d7…
                             06175-hong-thai.xlsx · 84 báo cáo số liệu · sha256 bcb98103bc12…
                             06178-hoang-van-thu.xlsx · 144 báo cáo số liệu · sha256 45b3217c3a85…
                             06181-nhac-ky.xlsx · 93 báo cáo số liệu · sha256 5bfad89a5747…
    ");
    insta::assert_snapshot!(world.run(&words(&format!("--lang en {asked}"))), @r"
        exit 0
        New Party members admitted: 152 members, 101.3% of the year’s target
          Unit          Văn Lãng district
          Period        2022
          View          as reported, by the units of that time
          Target        150 members · Kế hoạch 01-KH/HU (mẫu), 10 January 2022, by Standing Board of the Văn Lãng district committee
          Status        target met
          Reports       15 of 162 units lack a period
          Source files  06124-na-sam.xlsx · 168 submissions · sha256 15b0ebd210ce…
                        06127-trung-khanh.xlsx · 96 submissions · sha256 d969df340c0d…
                        06133-bac-la.xlsx · 83 submissions · sha256 51d66e3471f8…
                        06136-thuy-hung.xlsx · 95 submissions · sha256 1a1bebf42fc3…
                        06139-bac-hung.xlsx · 131 submissions · sha256 76ebb4724d8f…
                        06142-tan-tac.xlsx · 70 submissions · sha256 226b94d689bc…
                        06148-thanh-long.xlsx · 95 submissions · sha256 fb919ccea3df…
                        06151-hoi-hoan.xlsx · 155 submissions · sha256 c15075f2937e…
                        06154-bac-viet.xlsx · 107 submissions · sha256 37823a531631…
                        06157-hoang-viet.xlsx · 144 submissions · sha256 8cf2d7c6fd18…
                        06160-gia-mien.xlsx · 119 submissions · sha256 fa45971db539…
                        06163-thanh-hoa.xlsx · 96 submissions · sha256 274419b67438…
                        06166-tan-thanh.xlsx · 108 submissions · sha256 2264997fe1c1…
                        06172-tan-my.xlsx · 141 submissions · sha256 9c65a7e871d7…
                        06175-hong-thai.xlsx · 84 submissions · sha256 bcb98103bc12…
                        06178-hoang-van-thu.xlsx · 144 submissions · sha256 45b3217c3a85…
                        06181-nhac-ky.xlsx · 93 submissions · sha256 5bfad89a5747…
    ");
}

#[test]
fn a_ratio_that_is_a_bound_is_never_printed_as_exact() {
    let world = World::with_sample();
    let asked = "figure --indicator A05 --unit 182 --period 2023-Q2";
    insta::assert_snapshot!(world.run(&words(asked)), @r"
        exit 0
        Tỷ lệ bí thư chi bộ đồng thời là trưởng thôn, khu phố: hơn 90%, chỉ tiêu 90%
          Đơn vị             Huyện Văn Lãng
          Kỳ                 quý II/2023
          Cách xem           theo đơn vị tại thời điểm báo cáo
          Chỉ tiêu giao      90% · Kế hoạch số 01-KH/HU (mẫu), ngày 10/01/2022 của Ban Thường vụ Huyện ủy Văn Lãng
          Tình trạng         đạt chỉ tiêu
          Tình hình báo cáo  17/17 đơn vị đã báo cáo
          Các tệp nguồn      xa-quy.csv · 17 báo cáo số liệu · sha256 4f82c9435694…
    ");
    insta::assert_snapshot!(world.run(&words(&format!("--lang en {asked}"))), @r"
        exit 0
        Cell secretaries who are also village heads: over 90%, target 90%
          Unit          Văn Lãng district
          Period        quarter II of 2023
          View          as reported, by the units of that time
          Target        90% · Kế hoạch 01-KH/HU (mẫu), 10 January 2022, by Standing Board of the Văn Lãng district committee
          Status        target met
          Reports       all 17 units have reported
          Source files  xa-quy.csv · 17 submissions · sha256 4f82c9435694…
    ");
}

#[test]
fn what_nobody_reported_is_said_in_words_and_not_as_zero() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2024";
    insta::assert_snapshot!(world.run(&words(asked)), @r"
        exit 0
        Số đảng viên mới kết nạp: chưa báo cáo
          Đơn vị             Huyện Văn Lãng
          Kỳ                 năm 2024
          Cách xem           theo đơn vị tại thời điểm báo cáo
          Tình trạng         chưa có số liệu
          Tình hình báo cáo  162/162 đơn vị còn thiếu kỳ báo cáo
    ");
    insta::assert_snapshot!(world.run(&words(&format!("--lang en {asked}"))), @r"
        exit 0
        New Party members admitted: not reported
          Unit     Văn Lãng district
          Period   2024
          View     as reported, by the units of that time
          Status   no data
          Reports  162 of 162 units lack a period
    ");
}

#[test]
fn a_unit_that_no_longer_exists_has_no_figure() {
    let asked = "figure --indicator A01 --unit 182 --period 2026";
    insta::assert_snapshot!(World::with_sample().run(&words(asked)), @r"
        exit 0
        Số đảng viên mới kết nạp: khi đó không có đơn vị này
          Đơn vị             Huyện Văn Lãng
          Kỳ                 năm 2026
          Cách xem           theo đơn vị tại thời điểm báo cáo
          Tình trạng         chỉ theo dõi
          Tình hình báo cáo  không đơn vị nào phải báo cáo
    ");
}

#[test]
fn the_same_figure_in_json_has_everything_beside_it() {
    let asked = "figure --indicator A05 --unit 182 --period 2023-Q2 --json";
    insta::assert_snapshot!(World::with_sample().answer(&words(asked)), @r#"
        {
          "key": "A05",
          "code": "A05",
          "unit": "182",
          "unit_name": "Huyện Văn Lãng",
          "period": "2023-Q2",
          "data_until": null,
          "view": "reported",
          "value": "73/81",
          "qualifier": "at_least",
          "numerator": "146",
          "denominator": "162",
          "display": {
            "vi": "hơn 90%",
            "en": "over 90%"
          },
          "target": "9/10",
          "achievement": "hơn 100,1%",
          "status": "met",
          "reported": 17,
          "expected": 17,
          "units_missing": 0,
          "units_expected": 17,
          "sources": [
            {
              "file": "xa-quy.csv",
              "sha256": "4f82c94356946ff057a1893030a606d037dfc32b265c212445d924d7db9b5c4d",
              "submissions": 17
            }
          ]
        }
    "#);
}

#[test]
fn a_line_per_unit_of_a_level() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2022 --by commune";
    insta::assert_snapshot!(world.answer(&words(asked)), @r"
        06124  Thị trấn Na Sầm    9 đảng viên  chậm nhiều    14/14
        06127  Xã Trùng Khánh     6 đảng viên  chậm          8/8
        06133  Xã Bắc La          2 đảng viên  chậm nhiều    6/7
        06136  Xã Thụy Hùng      12 đảng viên  đạt chỉ tiêu  7/8
        06139  Xã Bắc Hùng       11 đảng viên  đạt chỉ tiêu  10/11
        06142  Xã Tân Tác         5 đảng viên  chậm          4/6
        06148  Xã Thanh Long     10 đảng viên  đạt chỉ tiêu  7/8
        06151  Xã Hội Hoan       14 đảng viên  đạt chỉ tiêu  12/13
        06154  Xã Bắc Việt        9 đảng viên  đạt chỉ tiêu  8/9
        06157  Xã Hoàng Việt     16 đảng viên  đạt chỉ tiêu  12/12
        06160  Xã Gia Miễn        6 đảng viên  chậm nhiều    9/10
        06163  Xã Thành Hòa       9 đảng viên  đạt chỉ tiêu  8/8
        06166  Xã Tân Thanh       7 đảng viên  chậm          9/9
        06172  Xã Tân Mỹ         12 đảng viên  đạt chỉ tiêu  9/12
        06175  Xã Hồng Thái       8 đảng viên  đạt chỉ tiêu  7/7
        06178  Xã Hoàng Văn Thụ  11 đảng viên  đạt chỉ tiêu  12/12
        06181  Xã Nhạc Kỳ         5 đảng viên  chậm nhiều    5/8
    ");
    let restated = format!("--lang en {asked} --view restated:2025-07-01");
    insta::assert_snapshot!(world.answer(&words(&restated)), @r"
        06124  Na Sầm commune         36 members  counted only  36/37
        06148  Thụy Hùng commune      28 members  counted only  22/24
        06151  Hội Hoan commune       20 members  counted only  21/23
        06154  Văn Lãng commune       25 members  counted only  26/30
        06172  Hoàng Văn Thụ commune  43 members  counted only  42/48
    ");
}

#[test]
fn restating_keeps_the_total_and_loses_nothing() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2022 --json";
    let total = |view: &str| -> Value {
        let line = format!("{asked} --view {view}");
        serde_json::from_str(&world.answer(&words(&line))).unwrap()
    };
    let communes = |view: &str| -> Vec<Value> {
        let line = format!("{asked} --by commune --view {view}");
        serde_json::from_str(&world.answer(&words(&line))).unwrap()
    };
    for (view, count) in [("reported", 17), ("restated:2025-07-01", 5)] {
        let parts = communes(view);
        assert_eq!(parts.len(), count, "{view}");
        let sum = |field: &dyn Fn(&Value) -> i64| parts.iter().map(field).sum::<i64>();
        assert_eq!(sum(&|part| part["value"].as_str().unwrap().parse().unwrap()), 152, "{view}");
        assert_eq!(total(view)["value"], "152", "{view}");
        for field in ["reported", "expected"] {
            let whole = total(view)[field].as_i64().unwrap();
            assert_eq!(sum(&|part| part[field].as_i64().unwrap()), whole, "{view} {field}");
        }
    }
}

#[test]
fn what_does_not_exist_is_refused() {
    let world = World::with_sample();
    let cases = [
        "figure --indicator X --unit 182 --period 2022",
        "figure --indicator A01 --unit 999999 --period 2022",
        "figure --indicator A01 --unit 182 --period 2022 --by planet",
        "--lang en figure --indicator X --unit 182 --period 2022",
        "--lang en figure --indicator A01 --unit 999999 --period 2022",
        "--lang en figure --indicator A01 --unit 182 --period 2022 --by planet",
    ];
    let told: String =
        cases.map(|case| format!("$ dotpha {case}\n{}\n", world.run(&words(case)))).concat();
    insta::assert_snapshot!(told, @r"
        $ dotpha figure --indicator X --unit 182 --period 2022
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Không có chỉ tiêu “X”. Kiểm tra lại mã.

        $ dotpha figure --indicator A01 --unit 999999 --period 2022
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Ngày 31/12/2022 không có đơn vị mã 999999. Kiểm tra lại mã hoặc kỳ số liệu.

        $ dotpha figure --indicator A01 --unit 182 --period 2022 --by planet
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Không có cấp đơn vị trực thuộc “planet”. Kiểm tra lại mã.

        $ dotpha --lang en figure --indicator X --unit 182 --period 2022
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 1
          • There is no indicator “X”. Check the code.

        $ dotpha --lang en figure --indicator A01 --unit 999999 --period 2022
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 1
          • There was no unit with code 999999 on 31 December 2022. Check the code or the period.

        $ dotpha --lang en figure --indicator A01 --unit 182 --period 2022 --by planet
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 1
          • There is no level of units below “planet”. Check the code.
    ");
}
