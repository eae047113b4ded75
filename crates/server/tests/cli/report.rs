//! `dotpha report build`.

use super::world::{Ended, World};

fn build(world: &World, out: &str, more: &[&str]) -> Ended {
    let out = format!("--out={out}");
    let asked = ["report", "build", "--date=2023-01-05", &out];
    world.run(&[&asked, more].concat())
}

#[test]
fn the_files_are_listed_and_there() {
    let world = World::with_sample();
    let ended = build(&world, "reports/2022", &["--template=ket-qua-kl-01"]);
    for file in ended.out.lines() {
        assert!(world.path(file).is_file(), "{file}");
    }
    insta::assert_snapshot!(ended, @r"
        exit 0
        reports/2022/ket-qua-kl-01.vi.docx
        reports/2022/ket-qua-kl-01.vi.html
        reports/2022/ket-qua-kl-01.vi.xlsx
        reports/2022/ket-qua-kl-01.en.docx
        reports/2022/ket-qua-kl-01.en.html
        reports/2022/ket-qua-kl-01.en.xlsx
        reports/2022/figures.json
    ");
}

#[test]
fn a_report_about_what_has_not_begun_is_refused() {
    let world = World::with_sample();
    let future = ["--template=bao-cao-ky", "--unit=06124", "--period=2023-02"];
    insta::assert_snapshot!(build(&world, "out", &future), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Chưa đến tháng 02/2023 (bắt đầu ngày 01/02/2023) nên chưa thể có số liệu. Kiểm tra lại kỳ.
    ");
    assert!(!world.path("out").exists());
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let world = World::with_sample();
    let template = ["--template=ket-qua-kl-01", "--number=7", "--view=restated:2025-07-01"];
    let first = build(&world, "first", &template);
    let second = build(&world, "second", &template);
    assert_eq!((first.code, second.code), (0, 0), "{first}{second}");
    for (one, other) in first.out.lines().zip(second.out.lines()) {
        let read = |file: &str| std::fs::read(world.path(file)).unwrap();
        assert!(read(one) == read(other), "{one} and {other} differ");
    }
}

#[test]
fn links_lead_to_the_address_of_the_pages() {
    let world = World::with_sample();
    let address = "--address=https://results.example/";
    build(&world, "out", &["--template=ket-qua-kl-01", address]);
    let html = std::fs::read_to_string(world.path("out/ket-qua-kl-01.vi.html")).unwrap();
    assert!(html.contains("href=\"https://results.example/figures/A01?"));
}

#[test]
fn a_general_template_reports_for_any_unit_and_span() {
    let world = World::with_sample();
    let of_commune = ["--template=bao-cao-ky", "--unit=06124", "--period=2022-Q4"];
    insta::assert_snapshot!(build(&world, "out", &of_commune), @r"
        exit 0
        out/bao-cao-ky.vi.docx
        out/bao-cao-ky.vi.html
        out/bao-cao-ky.vi.xlsx
        out/bao-cao-ky.en.docx
        out/bao-cao-ky.en.html
        out/bao-cao-ky.en.xlsx
        out/figures.json
    ");
    let html = std::fs::read_to_string(world.path("out/bao-cao-ky.vi.html")).unwrap();
    assert!(html.contains("THỊ TRẤN NA SẦM</span>"));
}

#[test]
fn a_template_for_another_unit_or_span_is_refused_with_what_to_take_instead() {
    let world = World::with_sample();
    let cases: [&[&str]; 3] =
        [&["--unit=06124"], &["--period=2022"], &["--unit=182", "--period=2023-H1"]];
    for more in cases {
        let ended = build(&world, "out", &[&["--template=ket-qua-kl-01"], more].concat());
        insta::allow_duplicates! {
            insta::assert_snapshot!(ended, @r"
                exit 1
                ----- beside it
                Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
                  • Mẫu báo cáo ket-qua-kl-01 chỉ viết cho huyện Văn Lãng (mã 182), từ tháng 01/2022 đến hết tháng 6/2023. Bỏ trống đơn vị và kỳ thì lấy theo mẫu; cho đơn vị hoặc kỳ khác, dùng mẫu chung bao-cao-ky.
            ");
        }
        assert!(!world.path("out").exists());
    }
    let own = ["--template=ket-qua-kl-01", "--unit=182", "--period=2022-01..2023-06"];
    assert_eq!(build(&world, "out", &own).code, 0);
    insta::assert_snapshot!(build(&world, "out", &["--template=bao-cao-ky", "--lang=en"]), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 1
          • The report template bao-cao-ky serves any unit and any period. Add --unit and --period.
    ");
}

#[test]
fn what_cannot_be_built_is_refused() {
    let world = World::with_sample();
    insta::assert_snapshot!(build(&world, "out", &["--template=dream"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Không có mẫu báo cáo “dream”. Kiểm tra lại mã.
    ");
    insta::assert_snapshot!(build(&world, "out", &["--template=dream", "--lang=en"]), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 1
          • There is no report template “dream”. Check the code.
    ");
    world.file("taken", "a file, not a folder");
    insta::assert_snapshot!(build(&world, "taken", &["--template=ket-qua-kl-01"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Không ghi được vào thư mục taken (File exists (os error 17)). Chọn thư mục khác.
    ");
}
