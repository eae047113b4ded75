//! The people of the demo: accounts to try, which exist over sample data only.

use actions::accounts::{Draft, Moment};
use actions::entrance::Entrance;
use actions::error::Error;
use actions::workspace::Workspace;
use domain::access::{Account, AccountId, AccountState, Actor, Grant, standard_roles};
use domain::refusal::{Noun, Refusal};
use domain::unit::Validity;

use super::output::Output;
use crate::clock;
use crate::wording::Gap;

/// The password that all of them share: the data are samples, and the server listens on this
/// machine only.
const PASSWORD: &str = "sông xanh núi biếc quê ta";

/// Login, name, what they are, role, and the code of the unit it covers. Nobody is called so: names
/// are invented like the villages.
const PEOPLE: [(&str, &str, &str, &str, &str); 8] = [
    ("thon", "Hoàng Văn Bền", "trưởng thôn Kéo Sẻ", "reporter", "06178-01"),
    ("xa", "Nông Thị Duyên", "công chức xã", "reviewer", "06172"),
    ("nasam", "Hứa Văn Thịnh", "văn phòng xã Na Sầm", "planner", "06124"),
    ("huyen", "Lương Quốc Hưng", "văn phòng huyện", "planner", "182"),
    ("lanhdao", "Vi Văn Thành", "lãnh đạo huyện", "leader", "182"),
    ("tinh", "Hoàng Thị Ngân", "lãnh đạo tỉnh", "leader", "20"),
    ("kiemtoan", "Lý Minh Khuê", "kiểm toán", "auditor", "182"),
    ("quantri", "Triệu Thu Hà", "quản trị", "administrator", ""),
];

/// The other heads of villages who have sent or begun something: login, name, and village.
const HEADS: [(&str, &str, &str); 9] = [
    ("thon-02", "Lương Văn Pảo", "06178-02"),
    ("thon-03", "Nông Thị Hạnh", "06178-03"),
    ("thon-04", "Vi Văn Cường", "06178-04"),
    ("thon-05", "Hứa Thị Mai", "06178-05"),
    ("thon-06", "Hoàng Văn Lợi", "06178-06"),
    ("thon-07", "Lý Thị Thơm", "06178-07"),
    ("thon-08", "Chu Văn Tâm", "06178-08"),
    ("thon-09", "Triệu Văn Kiên", "06178-09"),
    ("thon-10", "Lương Thị Nhàn", "06178-10"),
];

/// Makes the accounts and says how to sign in with them.
pub(super) fn settle(
    workspace: &Workspace,
    entrance: &Entrance,
    out: &mut Output,
) -> Result<(), Error> {
    let now_ms = clock::now_ms();
    let moment = Moment { now_ms, today: clock::day_of(now_ms) };
    entrance.ask_for_no_codes(now_ms)?;
    let gap = [("password", Gap::from(PASSWORD))];
    out.line(&out.lang.tell("demo-sign-ins", gap));
    let create = |login: &str, name: &str, role: &str, unit: &str| {
        let unit = match unit {
            "" => None,
            code => Some(workspace.find_unit(code, Some(moment.today))?),
        };
        let draft = Draft {
            login: login.to_owned(),
            name: name.to_owned(),
            role: role.to_owned(),
            unit,
            validity: Validity::default(),
        };
        entrance.create_with_password(draft, PASSWORD, moment)
    };
    for (login, name, what, role, unit) in PEOPLE {
        create(login, name, role, unit)?;
        out.line(&format!("  {login:<10} {name}, {what}"));
    }
    for (login, name, village) in HEADS {
        create(login, name, "reporter", village)?;
    }
    Ok(())
}

/// The head of a village, at work.
pub(super) fn head_of(entrance: &Entrance, village: &str, moment: Moment) -> Result<Actor, Error> {
    let others = HEADS.iter().find(|(_, _, of)| *of == village);
    at_work(entrance, others.map_or("thon", |(login, _, _)| login), moment)
}

/// One of the demo's people, at work.
pub(super) fn at_work(entrance: &Entrance, login: &str, moment: Moment) -> Result<Actor, Error> {
    let lines = entrance.accounts(&Actor::console(), moment)?;
    let missing = || Refusal::NotFound { noun: Noun::Account, key: login.to_owned() };
    let found = lines.into_iter().find(|line| line.account.login == login).ok_or_else(missing)?;
    Ok(Actor { account: Some(found.account), grants: found.grants, second_factor: false })
}

/// Whoever comes without signing in may look at the sample data, and do nothing.
pub(super) fn guest() -> Actor {
    let account = Account {
        id: AccountId(0),
        login: String::new(),
        name: String::new(),
        state: AccountState::Active,
    };
    let looks = standard_roles().into_iter().find(|role| role.code == "leader");
    let grants = looks.map(|role| Grant {
        id: 0,
        account: account.id,
        role,
        unit: None,
        validity: Validity::default(),
        delegated_by: None,
    });
    Actor { account: Some(account), grants: grants.into_iter().collect(), second_factor: false }
}
