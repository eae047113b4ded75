//! `dotpha report build`.

use super::world::{Ended, World};

fn build(world: &World, out: &str, more: &[&str]) -> Ended {
    let out = format!("--out={out}");
    let asked = ["report", "build", "--unit=182", "--period=2022", "--date=2023-01-05", &out];
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
