//! `dotpha demo`: the article's figures, and the files.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::world::{SAMPLE, World, source};

const FILES: [&str; 7] = [
    "figures.json",
    "ket-qua-kl-01.en.docx",
    "ket-qua-kl-01.en.html",
    "ket-qua-kl-01.en.xlsx",
    "ket-qua-kl-01.vi.docx",
    "ket-qua-kl-01.vi.html",
    "ket-qua-kl-01.vi.xlsx",
];

#[test]
fn the_figures_of_the_article_come_out_of_the_raw_ones() {
    insta::assert_snapshot!(SAMPLE.1, @r"
        exit 0
        Đã nhập đơn vị: 181 dòng, 181 đơn vị mới, 181 bản ghi mới.
        Đã nhập gói mẫu “Kết luận số 01-KL/TW: bốn nội dung đột phá”: 4 văn bản, 4 nội dung đột phá, 60 chỉ số thu thập, 46 chỉ tiêu, 12 biểu mẫu, 21 quy tắc kiểm tra, 94 chỉ tiêu giao mới, 2 mẫu báo cáo.
        Đã nhập 27 tệp: 21.997 số liệu, 113 ô trống; 4.828 báo cáo mới, 0 bản sửa, 0 không đổi.
        Đã nhập đơn vị: 5 dòng, 5 đơn vị mới, 5 bản ghi mới.
        Đã nhập sắp xếp đơn vị: 17 dòng; 17 đơn vị chuyển nguyên trạng, 0 đơn vị bị chia tách chờ quyết định (chuỗi bị gián đoạn).

        Số liệu của bài báo, đi từ số liệu thô lên
          Chỉ tiêu                        Bài báo                           Tính được                         Khớp
          A01 · 182 · 2022                152 đảng viên                     152 đảng viên                     ✓
          A01 · 182 · 2022                đạt 101,3% chỉ tiêu năm           đạt 101,3% chỉ tiêu năm           ✓
          A01 · 182 · 2023-H1             61 đảng viên                      61 đảng viên                      ✓
          A01 · 182 · 2023-H1             đạt 40,7% chỉ tiêu năm            đạt 40,7% chỉ tiêu năm            ✓
          A01 · 182 · 2022-01..2023-06    213 đảng viên                     213 đảng viên                     ✓
          A02 · 182 · 2022-01..2023-06    162/162 thôn, khu phố (đạt 100%)  162/162 thôn, khu phố (đạt 100%)  ✓
          A02 · 182 · 2022-01..2023-06    162/162                           162/162                           ✓
          A05 · 182 · 2023-Q2             hơn 90%                           hơn 90%                           ✓
          A06 · 182 · 2022-01..2023-06    trên 30 tổ chức                   trên 30 tổ chức                   ✓
          A07 · 182 · 2022-01..2023-06    trên 70 đảng viên                 trên 70 đảng viên                 ✓
          A08 · 182 · 2022-01..2023-06    7 tổ chức                         7 tổ chức                         ✓
          A09 · 182 · 2022-01..2023-06    15 đảng viên                      15 đảng viên                      ✓
          C03 · 06124 · 2022-01..2023-06  380 hộ                            380 hộ                            ✓
        13/13 số liệu khớp.
        Báo cáo và figures.json ở thư mục demo
        ----- beside it
          · 06124 Na Sầm: 14 đơn vị trực thuộc chuyển theo về Na Sầm.
          · 06127 Trùng Khánh: 8 đơn vị trực thuộc chuyển theo về Thụy Hùng.
          · 06133 Bắc La: 7 đơn vị trực thuộc chuyển theo về Văn Lãng.
          · 06136 Thụy Hùng: 8 đơn vị trực thuộc chuyển theo về Thụy Hùng.
          · 06139 Bắc Hùng: 11 đơn vị trực thuộc chuyển theo về Na Sầm.
          · 06142 Tân Tác: 6 đơn vị trực thuộc chuyển theo về Văn Lãng.
          · 06148 Thanh Long: 8 đơn vị trực thuộc chuyển theo về Thụy Hùng.
          · 06151 Hội Hoan: 13 đơn vị trực thuộc chuyển theo về Hội Hoan.
          · 06154 Bắc Việt: 9 đơn vị trực thuộc chuyển theo về Văn Lãng.
          · 06157 Hoàng Việt: 12 đơn vị trực thuộc chuyển theo về Na Sầm.
          · 06160 Gia Miễn: 10 đơn vị trực thuộc chuyển theo về Hội Hoan.
          · 06163 Thành Hòa: 8 đơn vị trực thuộc chuyển theo về Văn Lãng.
          · 06166 Tân Thanh: 9 đơn vị trực thuộc chuyển theo về Hoàng Văn Thụ.
          · 06172 Tân Mỹ: 12 đơn vị trực thuộc chuyển theo về Hoàng Văn Thụ.
          · 06175 Hồng Thái: 7 đơn vị trực thuộc chuyển theo về Hoàng Văn Thụ.
          · 06178 Hoàng Văn Thụ: 12 đơn vị trực thuộc chuyển theo về Hoàng Văn Thụ.
          · 06181 Nhạc Kỳ: 8 đơn vị trực thuộc chuyển theo về Hoàng Văn Thụ.
    ");
}

#[test]
fn a_database_beside_the_demo_is_left_as_it_is() {
    let world = World::new();
    std::fs::write(world.path("dotpha.db"), "somebody's figures").unwrap();
    let ended = world.run(&["demo", "--no-serve", "--out=."]);
    assert_eq!((ended.code, &ended), (0, &ended));
    let kept = std::fs::read_to_string(world.path("dotpha.db")).unwrap();
    assert_eq!(kept, "somebody's figures");
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let named = |name: &str| (name.to_owned(), std::fs::read(folder.join(name)).unwrap());
    FILES.into_iter().map(named).collect()
}

#[test]
fn the_demo_again_in_the_same_folder_gives_the_same_files() {
    let world = World::new();
    let arguments = ["--lang=en", "demo", "--no-serve", "--out=result"];
    let first = world.run(&arguments);
    let files = contents(&world.path("result"));
    let second = world.run(&arguments);
    assert_eq!((first.code, &first), (0, &second));
    for (name, bytes) in contents(&world.path("result")) {
        assert!(bytes == files[&name], "{name} differs on the second run");
    }
    insta::assert_snapshot!(second.out, @r"
        Units imported. Rows: 181; new units: 181; new versions: 181.
        Pack “Conclusion 01-KL/TW: four breakthrough priorities” imported. Directives: 4; priorities: 4; items: 60; indicators: 46; forms: 12; validation rules: 21; new target versions: 94; report templates: 2.
        Figures imported. Files: 27; figures: 21,997; empty cells: 113; new submissions: 4,828; corrections: 0; unchanged: 0.
        Units imported. Rows: 5; new units: 5; new versions: 5.
        Reorganisation imported. Lines: 17; units carried over whole: 17; split units that wait for a decision (broken series): 0.

        The article’s figures, rolled up from the raw ones
          Figure                          Article                           Computed                          Match
          A01 · 182 · 2022                152 đảng viên                     152 đảng viên                     ✓
          A01 · 182 · 2022                đạt 101,3% chỉ tiêu năm           đạt 101,3% chỉ tiêu năm           ✓
          A01 · 182 · 2023-H1             61 đảng viên                      61 đảng viên                      ✓
          A01 · 182 · 2023-H1             đạt 40,7% chỉ tiêu năm            đạt 40,7% chỉ tiêu năm            ✓
          A01 · 182 · 2022-01..2023-06    213 đảng viên                     213 đảng viên                     ✓
          A02 · 182 · 2022-01..2023-06    162/162 thôn, khu phố (đạt 100%)  162/162 thôn, khu phố (đạt 100%)  ✓
          A02 · 182 · 2022-01..2023-06    162/162                           162/162                           ✓
          A05 · 182 · 2023-Q2             hơn 90%                           hơn 90%                           ✓
          A06 · 182 · 2022-01..2023-06    trên 30 tổ chức                   trên 30 tổ chức                   ✓
          A07 · 182 · 2022-01..2023-06    trên 70 đảng viên                 trên 70 đảng viên                 ✓
          A08 · 182 · 2022-01..2023-06    7 tổ chức                         7 tổ chức                         ✓
          A09 · 182 · 2022-01..2023-06    15 đảng viên                      15 đảng viên                      ✓
          C03 · 06124 · 2022-01..2023-06  380 hộ                            380 hộ                            ✓
        13/13 figures match.
        The report and figures.json are in result
    ");
}

fn figures() -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(SAMPLE.0.join("figures.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let figures = report["figures"].as_array().unwrap().iter();
    figures.map(|figure| (figure["key"].as_str().unwrap().to_owned(), figure.clone())).collect()
}

#[test]
fn figures_json_says_what_the_article_says_and_where_it_comes_from() {
    let figures = figures();
    // Key, value, how exact, what a reader sees, share of the target.
    let cases = [
        ("a01_2022", "152", "exact", "152 đảng viên", Some("101,3%")),
        ("a01_2023_h1", "61", "exact", "61 đảng viên", Some("40,7%")),
        ("a01_tu_2022", "213", "exact", "213 đảng viên", None),
        ("a02", "1", "exact", "162/162 thôn, khu phố (đạt 100%)", Some("100%")),
        ("a05", "73/81", "at_least", "hơn 90%", Some("hơn 100,1%")),
        ("a06", "30", "at_least", "trên 30 tổ chức", None),
        ("a07", "70", "at_least", "trên 70 đảng viên", None),
        ("a08", "7", "exact", "7 tổ chức", None),
        ("a09", "15", "exact", "15 đảng viên", None),
        ("c03", "380", "exact", "380 hộ", None),
    ];
    for (key, value, qualifier, display, achievement) in cases {
        let figure = &figures[key];
        assert_eq!(figure["value"], value, "{key}");
        assert_eq!(figure["qualifier"], qualifier, "{key}");
        assert_eq!(figure["display"]["vi"], display, "{key}");
        assert_eq!(figure["achievement"].as_str(), achievement, "{key}");
    }
    assert_eq!(figures["a02"]["numerator"], "162");
    assert_eq!(figures["a02"]["denominator"], "162");
}

#[test]
fn every_figure_has_sources_and_says_how_complete_it_is() {
    let sample = Path::new(&source("samples/van-lang/so-lieu")).to_path_buf();
    for (key, figure) in figures() {
        let (reported, expected) =
            (figure["reported"].as_u64().unwrap(), figure["expected"].as_u64().unwrap());
        assert!(0 < reported && reported <= expected, "{key}: {reported}/{expected}");
        let sources = figure["sources"].as_array().unwrap();
        assert!(!sources.is_empty(), "{key}");
        for from in sources {
            assert!(sample.join(from["file"].as_str().unwrap()).is_file(), "{key}: {from}");
            assert_eq!(from["sha256"].as_str().unwrap().len(), 64, "{key}");
        }
        assert!(!figure["display"]["en"].as_str().unwrap().is_empty(), "{key}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let world = World::new();
    world.file("taken", "a file, not a folder");
    insta::assert_snapshot!(world.run(&["demo", "--no-serve", "--out=taken"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Không ghi được vào thư mục taken (File exists (os error 17)). Chọn thư mục khác.
    ");
    insta::assert_snapshot!(world.run(&["--lang=en", "demo", "--no-serve", "--out=taken"]), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 1
          • Cannot write to the folder taken (File exists (os error 17)). Choose another one.
    ");
}
