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

/// Login, name, role, and the code of the unit it covers.
const PEOPLE: [(&str, &str, &str, &str); 7] = [
    ("thon", "Trưởng thôn (xem thử)", "reporter", "06178-01"),
    ("xa", "Công chức xã (xem thử)", "reviewer", "06172"),
    ("huyen", "Văn phòng huyện (xem thử)", "planner", "182"),
    ("lanhdao", "Lãnh đạo huyện (xem thử)", "leader", "182"),
    ("tinh", "Lãnh đạo tỉnh (xem thử)", "leader", "20"),
    ("kiemtoan", "Kiểm toán (xem thử)", "auditor", "182"),
    ("quantri", "Quản trị (xem thử)", "administrator", ""),
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
    for (login, name, role, unit) in PEOPLE {
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
        let account = entrance.create_with_password(draft, PASSWORD, moment)?;
        out.line(&format!("  {:<10} {}", account.login, account.name));
    }
    Ok(())
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
