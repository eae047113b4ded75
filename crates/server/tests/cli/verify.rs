//! `dotpha verify`: a whole ledger, a changed row, and a server that does not start over it.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use store::Database;
use store::damage::{Damage, inflict};

use super::world::World;

/// The answer without the root, which depends on when the sample was taken in.
fn without_root(text: &str) -> String {
    let is_root = |line: &&str| line.starts_with("Giá trị gốc") || line.starts_with("Root");
    text.lines().filter(|line| !is_root(line)).collect::<Vec<_>>().join("\n")
}

fn damage(world: &World, damage: Damage) {
    let path = world.path("dotpha.db");
    let database = Database::open(path.to_str().unwrap()).unwrap();
    let touched = database.write_blocking::<_, store::Error>(move |tx| inflict(tx, &damage));
    assert!(touched.unwrap() > 0);
}

#[test]
fn a_whole_ledger_is_said_to_be_whole() {
    let world = World::with_sample();
    insta::assert_snapshot!(without_root(&world.answer(&["verify"])), @"Sổ cái nguyên vẹn: 4.859 mục, 4.858 bản ghi khớp với sổ, 0 điểm chốt đúng chữ ký.");
    insta::assert_snapshot!(without_root(&world.answer(&["--lang=en", "verify"])), @"The ledger is whole: 4,859 entries, 4,858 records as it says, 0 checkpoints rightly signed.");
    let json: serde_json::Value =
        serde_json::from_str(&world.answer(&["verify", "--json"])).unwrap();
    assert_eq!(
        (json["whole"].as_bool(), json["troubles"].as_array().unwrap().len()),
        (Some(true), 0)
    );
    assert_eq!(json["root"].as_str().unwrap().len(), 44);
}

#[test]
fn what_was_changed_is_named_and_no_server_starts_over_it() {
    let world = World::with_sample();
    damage(&world, Damage::ImportRows(1, 7));
    insta::assert_snapshot!(without_root(&world.run(&["verify"]).to_string()), @r"
        exit 1
        Có 1 chỗ không khớp với sổ cái:
          • Mục sổ cái 0: lần nhập số 1 đã bị sửa ngoài hệ thống.
    ");
    // The newest entries are the last part of an import; their leaves are looked at on starting.
    let path = world.path("dotpha.db");
    let database = Database::open(path.to_str().unwrap()).unwrap();
    let size = database.read_blocking(store::ledger::size).unwrap();
    drop(database);
    damage(&world, Damage::Subject(size - 1, "999".to_owned()));
    let ended = world.run(&["serve", "--port=0"]);
    let text = ended.to_string().replace(&(size - 1).to_string(), "[last]");
    insta::assert_snapshot!(text, @r"
        exit 1
        ----- beside it
          • Mục sổ cái [last]: thông tin tra cứu đã bị sửa ngoài hệ thống, khác với nội dung mục.
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • Sổ cái có 1 chỗ bị sửa ngoài hệ thống. Chạy dotpha verify để biết toàn bộ, khôi phục từ bản sao lưu, hoặc mở tạm bằng --despite-damage.
    ");
}

#[test]
fn a_key_that_is_none_is_refused() {
    let world = World::with_sample();
    insta::assert_snapshot!(world.run(&["verify", "--key=so-cai"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • “so-cai” không phải dòng khóa của sổ cái. Chép lại nguyên dòng, gồm tên, mã khóa và phần chữ cái sau dấu cộng cuối.
    ");
}
