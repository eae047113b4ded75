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
    let ended = World::new().run_with(&["broken"], &[("DOTPHA_LANGUAGE", "en")]);
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
    insta::assert_snapshot!(world.run(&["--database=nowhere/x.db", "broken"]), @r"
        exit 1
        ----- beside it
        Không mở được cơ sở dữ liệu [folder]/nowhere/x.db (unable to open database file: [folder]/nowhere/x.db). Kiểm tra thư mục có tồn tại và có quyền ghi không.
    ");
    insta::assert_snapshot!(world.run(&["--database=nowhere/x.db", "--lang=en", "broken"]), @r"
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
