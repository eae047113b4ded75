//! `dotpha accounts import`.

use super::world::World;

const UNITS: &str = "code,name,type,level,parent_code,valid_from,valid_to\n\
                     20,Trên,tỉnh,province,,,\n21,Dưới,xã,commune,20,,\n";
const PEOPLE: &str = "Tên đăng nhập;Họ tên;Vai trò;Mã đơn vị;Từ ngày;Đến ngày\n\
                      binh.nv;Nguyễn Văn Bình;Báo cáo số liệu;21;;31/12/2030\n\
                      hoa.ht;Hoàng Thị Hoa;reviewer;21;;\n\
                      hoa.ht;Hoàng Thị Hoa;leader;20;;\n";

fn world() -> World {
    let world = World::new();
    world.file("units.csv", UNITS);
    world.answer(&["import", "units", "units.csv"]);
    world.file("nguoi.csv", PEOPLE);
    world
}

#[test]
fn people_are_taken_in_once_and_their_cards_are_for_nobody_else() {
    let world = world();
    insta::assert_snapshot!(world.run(&["accounts", "import", "nguoi.csv", "--dry-run"]), @r"
        exit 0
        Sẽ có: 2 người dùng mới, 1 vai trò thêm, 0 dòng đã có. Chưa thay đổi gì.
          binh.nv              Báo cáo số liệu: tạo mới
          hoa.ht               Duyệt số liệu: tạo mới
          hoa.ht               Lãnh đạo: thêm vai trò
    ");
    assert!(!world.path("the-moi.html").exists(), "only looked at");
    let served = "--address=http://may-xa:8080/";
    insta::assert_snapshot!(world.run(&["accounts", "import", "nguoi.csv", served]), @r"
        exit 0
        2 người dùng mới, 1 vai trò thêm, 0 dòng đã có.
        Thẻ mời để in: the-moi.html. Trong tệp có địa chỉ bí mật, in xong thì xóa.
    ");
    let cards = std::fs::read_to_string(world.path("the-moi.html")).unwrap();
    assert_eq!(cards.matches("<article>").count(), 2, "one card a person");
    assert!(cards.contains("http://may-xa:8080/invitations/") && cards.contains("class=\"qr\""));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = world.path("the-moi.html").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    std::fs::remove_file(world.path("the-moi.html")).unwrap();
    insta::assert_snapshot!(world.run(&["--lang=en", "accounts", "import", "nguoi.csv"]), @r"
        exit 0
        To come: new people: 0; more roles: 0; lines there already: 3. Nothing was changed.
          binh.nv              Reporter: there already
          hoa.ht               Reviewer: there already
          hoa.ht               Leader: there already
    ");
    assert!(!world.path("the-moi.html").exists(), "nobody is new");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let world = world();
    world.file("sai.csv", "login,name,role,unit_code\nbình,,giám đốc,99\n");
    insta::assert_snapshot!(world.run(&["accounts", "import", "sai.csv"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 4 điểm:
          • tệp sai.csv, hàng 2, cột A: Tên đăng nhập “bình” chưa dùng được. Dùng 2 đến 64 chữ thường không dấu, số, dấu chấm hoặc gạch nối.
          • tệp sai.csv, hàng 2, cột B: Ô này còn trống: cần ghi tên.
          • tệp sai.csv, hàng 2, cột C: Không có vai trò “giám đốc”. Ghi một trong các vai trò: Quản trị, Lập kế hoạch, Báo cáo số liệu, Duyệt số liệu, Lãnh đạo, Kiểm tra, Kiểm toán.
          • tệp sai.csv, hàng 2, cột D: Không có đơn vị mã 99. Kiểm tra lại mã đơn vị.
    ");
}

#[test]
fn cards_that_cannot_be_written_make_nobody() {
    let world = world();
    let nowhere = ["accounts", "import", "nguoi.csv", "--cards=khong-co/the.html"];
    assert_eq!(world.run(&nowhere).code, 1);
    let looked = world.answer(&["--lang=en", "accounts", "import", "nguoi.csv", "--dry-run"]);
    assert!(looked.contains("new people: 2"), "{looked}");
}

#[test]
fn the_sample_is_a_list_that_can_be_taken_in() {
    let world = world();
    for (lang, finding) in [("vi", "3 người dùng mới"), ("en", "new people: 3")] {
        let lang = format!("--lang={lang}");
        let sample = world.answer(&[&lang, "accounts", "sample"]);
        world.file("mau.csv", &sample);
        let looked = world.answer(&[&lang, "accounts", "import", "mau.csv", "--dry-run"]);
        assert!(looked.contains(finding), "{sample}\n{looked}");
    }
}

#[test]
fn the_help_names_every_role_and_column() {
    let help = world().answer(&["accounts", "import", "--help"]);
    for role in domain::access::standard_roles() {
        for word in [&role.code, &role.name.vi] {
            assert!(help.contains(word.as_str()), "{word}: {help}");
        }
    }
    for column in PEOPLE.lines().next().unwrap().split(';') {
        assert!(help.contains(column), "{column}: {help}");
    }
}
