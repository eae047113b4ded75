//! `--database` and `DOTPHA_DATABASE`: where it is, and what is said when it cannot be used.

use super::world::World;

const UNITS: &str = "code,name,type,level,parent_code,valid_from,valid_to\n\
                     1,Trên,xã,commune,,,\n";

#[test]
fn the_database_is_the_one_named_by_the_option_then_by_the_environment() {
    let world = World::new();
    world.file("units.csv", UNITS);
    let import = ["import", "units", "units.csv"];
    let named = ["--database=option.db", "import", "units", "units.csv"];
    for (arguments, made) in [(&import[..], "environment.db"), (&named[..], "option.db")] {
        let ended = world.run_with(arguments, &[("DOTPHA_DATABASE", "environment.db")]);
        assert_eq!(ended.code, 0, "{ended}");
        assert!(world.path(made).is_file(), "{made}");
    }
    assert!(!world.path("dotpha.db").exists());
    world.answer(&import);
    assert!(world.path("dotpha.db").is_file());
}

#[test]
fn the_language_may_come_from_the_environment() {
    let ended = World::with_sample().run_with(&["broken"], &[("DOTPHA_LANGUAGE", "en")]);
    assert!(ended.out.contains("Split units"), "{ended}");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let world = World::new();
    let letter = "Kính gửi Ủy ban nhân dân huyện, đây là một bức thư.";
    world.file("letter.txt", letter);
    insta::assert_snapshot!(world.run(&["--database=letter.txt", "broken"]), @r"
        exit 1
        ----- beside it
        [folder]/letter.txt không phải cơ sở dữ liệu của dotpha. Chọn tệp khác.
    ");
    insta::assert_snapshot!(world.run(&["--database=letter.txt", "--lang=en", "broken"]), @r"
        exit 1
        ----- beside it
        [folder]/letter.txt is not a database of dotpha. Choose another file.
    ");
    let kept = std::fs::read_to_string(world.path("letter.txt")).unwrap();
    assert_eq!(kept, letter);
}

#[test]
fn a_place_that_cannot_be_written_is_refused() {
    let world = World::new();
    world.file("units.csv", UNITS);
    insta::assert_snapshot!(world.run(&["--database=nowhere/x.db", "import", "units", "units.csv"]), @r"
        exit 1
        ----- beside it
        Không mở được cơ sở dữ liệu [folder]/nowhere/x.db (unable to open database file: [folder]/nowhere/x.db). Kiểm tra thư mục có tồn tại và có quyền ghi không.
    ");
    let english =
        world.run(&["--database=nowhere/x.db", "--lang=en", "import", "units", "units.csv"]);
    insta::assert_snapshot!(english, @r"
        exit 1
        ----- beside it
        Cannot open the database [folder]/nowhere/x.db (unable to open database file: [folder]/nowhere/x.db). Check that the folder exists and that you may write there.
    ");
}

#[test]
fn a_server_that_does_not_answer_is_refused_without_its_password() {
    // Nobody listens on port 1.
    let address = "--database=postgres://clerk:secret@127.0.0.1:1/results";
    let world = World::new();
    insta::assert_snapshot!(world.run(&[address, "broken"]), @r"
        exit 1
        ----- beside it
        Không kết nối được PostgreSQL tại 127.0.0.1:1/results (error connecting to server). Kiểm tra địa chỉ, tên người dùng và máy chủ có đang chạy không.
    ");
    let english = world.run(&[address, "--lang=en", "broken"]);
    insta::assert_snapshot!(english, @r"
        exit 1
        ----- beside it
        Cannot connect to PostgreSQL at 127.0.0.1:1/results (error connecting to server). Check the address, the user and that the server runs.
    ");
    assert!(!english.err.contains("secret"));
}

#[test]
fn an_address_that_cannot_be_read_is_refused() {
    let ended = World::new().run(&["--database=postgres://h:port/x", "--lang=en", "broken"]);
    insta::assert_snapshot!(ended, @r"
        exit 1
        ----- beside it
        Cannot read the database address (invalid connection string). Write postgres://user:password@host/name.
    ");
}

#[test]
fn a_question_to_a_database_that_is_not_there_makes_none() {
    let world = World::new();
    world.file("figures.csv", "unit_code,period,item_code,value\n");
    insta::assert_snapshot!(world.run(&["--database=so-lieu.db", "broken"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Chưa có cơ sở dữ liệu so-lieu.db. Sửa --database, hoặc nhập đơn vị và gói mẫu trước: dotpha import units, dotpha import pack.
    ");
    for asked in [
        "figure --indicator A01 --unit 182 --period 2022",
        "report build --template x --unit 182 --period 2022 --out report",
        "import figures figures.csv",
        "import reorganisations figures.csv",
    ] {
        let arguments: Vec<&str> = asked.split(' ').collect();
        let ended = world.run(&arguments);
        assert!(ended.err.contains("Chưa có cơ sở dữ liệu dotpha.db"), "{asked}: {ended}");
        assert_eq!(ended.code, 1, "{asked}: {ended}");
    }
    assert!(!world.path("so-lieu.db").exists() && !world.path("dotpha.db").exists());
}

#[test]
fn a_folder_without_figures_is_refused() {
    let world = World::with_sample();
    std::fs::create_dir(world.path("trong")).unwrap();
    insta::assert_snapshot!(world.run(&["import", "figures", "trong"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Thư mục trong không có tệp .xlsx hay .csv nào. Chọn thư mục khác.
    ");
}
