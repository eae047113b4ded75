//! Lists of people: what they make, what they refuse, and how far they reach.

use actions::accounts::list::{Change, PeopleList};
use actions::accounts::{Draft, Invited, Moment};
use actions::entrance::Entrance;
use actions::error::Error;
use domain::access::{Account, AccountState, Actor, Grant, Right, standard_roles};
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal, Wanted};
use domain::unit::Validity;
use jiff::civil::{Date, date};
use store::Database;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::door::{PASSWORD, entrance as empty_entrance, entries};
use crate::setup::{Office, UNITS, places, refusals};

const TODAY: Date = date(2026, 11, 23);
const AT: Moment = Moment { now_ms: NOW_MS, today: TODAY };
const HEADER: &str = "login,name,role,unit_code,valid_from,valid_to\n";

fn entrance(database: &Database) -> Entrance {
    Office::empty(database).units(UNITS).unwrap();
    empty_entrance(database)
}

fn list(rows: &str) -> PeopleList {
    PeopleList { file: "nguoi.csv".to_owned(), text: format!("{HEADER}{rows}") }
}

fn import(entrance: &Entrance, who: &Actor, rows: &str) -> Result<Vec<Invited>, Error> {
    entrance.import_people(who, list(rows), AT)
}

/// The logins of all accounts with the roles they hold and where.
fn held(entrance: &Entrance) -> Vec<String> {
    let lines = entrance.accounts(&Actor::console(), AT).unwrap();
    let grant = |grant: &Grant| {
        let unit = grant.unit.map_or_else(String::new, |unit| unit.0.to_string());
        format!("{}@{unit}", grant.role.code)
    };
    lines
        .iter()
        .map(|line| {
            let grants: Vec<String> = line.grants.iter().map(grant).collect();
            format!("{} {}", line.account.login, grants.join(" "))
        })
        .collect()
}

/// An administrator of a unit, signed in with a code.
fn manager(entrance: &Entrance, database: &Database, unit: &str) -> Actor {
    let unit = Office::empty(database).unit(unit, TODAY);
    let draft = Draft {
        login: "quan".to_owned(),
        name: "Quản trị".to_owned(),
        role: "administrator".to_owned(),
        unit: Some(unit),
        validity: Validity::default(),
    };
    let invited = entrance.create_account(&Actor::console(), draft, AT).unwrap();
    let account = entrance.accept_invitation(&invited.secret, PASSWORD.to_owned(), NOW_MS).unwrap();
    acting(entrance, &account)
}

fn acting(entrance: &Entrance, account: &Account) -> Actor {
    let lines = entrance.accounts(&Actor::console(), AT).unwrap();
    let own = lines.into_iter().find(|line| line.account.id == account.id).unwrap();
    Actor { account: Some(own.account), grants: own.grants, second_factor: true }
}

#[test]
fn a_list_makes_accounts_and_roles_once_however_often_it_comes() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let console = Actor::console();
        let rows = "binh.nv,Nguyễn Văn Bình,reporter,X1-1,,31/12/2026\n\
                    hoa.ht,Hoàng Thị Hoa,Duyệt số liệu,X1,1/1/2026,\n\
                    hoa.ht,Hoàng Thị Hoa,leader,182,,\n";
        let preview = entrance.preview_people(&console, list(rows), AT).unwrap();
        let changes: Vec<Change> = preview.iter().map(|line| line.change).collect();
        assert_eq!(changes, [Change::NewAccount, Change::NewAccount, Change::NewRole], "{engine}");
        assert_eq!(held(&entrance), [""; 0], "{engine}: looking changes nothing");

        let invited = import(&entrance, &console, rows).unwrap();
        let logins: Vec<&str> = invited.iter().map(|one| one.account.login.as_str()).collect();
        assert_eq!(logins, ["binh.nv", "hoa.ht"], "{engine}");
        let expected = ["binh.nv reporter@5", "hoa.ht reviewer@3 leader@2"];
        assert_eq!(held(&entrance), expected, "{engine}");
        let password = PASSWORD.to_owned();
        let account = entrance.accept_invitation(&invited[0].secret, password, NOW_MS).unwrap();
        assert_eq!(account.state, AccountState::Active, "{engine}");

        let before = entries(database);
        assert_eq!(import(&entrance, &console, rows).unwrap(), [], "{engine}");
        assert_eq!(entries(database), before, "{engine}: the same list twice is once");
        // A role that somebody ended does not come back by the same list.
        let lines = entrance.accounts(&console, AT).unwrap();
        let leader = lines[1].grants[1].id;
        entrance.end_grant(&console, lines[1].account.id, leader, AT).unwrap();
        assert_eq!(import(&entrance, &console, rows).unwrap(), [], "{engine}");
        assert_eq!(held(&entrance), expected, "{engine}");
    });
}

#[test]
fn everything_wrong_is_listed_with_row_and_column_and_nobody_is_made() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        import(&entrance, &Actor::console(), "co-roi,Người Đã Có,leader,182,,\n").unwrap();
        let before = held(&entrance);
        let rows = "bình,,giám đốc,X9,hôm qua,30/2/2026\n\
                    an,Lê An,reporter,X1-1,1/2/2026,1/1/2026\n\
                    em,Đỗ Em,reporter,X1-1,,\n\
                    em,Đỗ Em,reporter,X1-1,,\n\
                    em,Đỗ Anh,leader,X1,,\n\
                    co-roi,Người Khác,leader,X1,,\n";
        let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
        let named = |login: &str, name: &str| {
            let (login, name) = (login.to_owned(), name.to_owned());
            Refusal::from(EntranceProblem::NamedOtherwise { login, name })
        };
        let roles = standard_roles().into_iter().map(|role| role.name).collect();
        let expected = vec![
            (2, 1, EntranceProblem::BadLogin { text: "bình".to_owned() }.into()),
            (2, 2, bad("", Wanted::Name)),
            (2, 3, EntranceProblem::UnknownRole { text: "giám đốc".to_owned(), roles }.into()),
            (2, 4, Refusal::UnknownUnit { code: "X9".to_owned(), day: None }),
            (2, 5, bad("hôm qua", Wanted::Day)),
            (2, 6, bad("30/2/2026", Wanted::Day)),
            (3, 6, bad("1/1/2026", Wanted::Day)),
            (5, 1, Refusal::Doubled { noun: Noun::Account, key: "em".to_owned() }),
            (6, 2, named("em", "Đỗ Em")),
            (7, 2, named("co-roi", "Người Đã Có")),
        ];
        assert_eq!(places(import(&entrance, &Actor::console(), rows)), expected, "{engine}");
        assert_eq!(held(&entrance), before, "{engine}");
        let columns = PeopleList { text: "login,họ tên\na,b\n".to_owned(), ..list("") };
        let missing = refusals(entrance.import_people(&Actor::console(), columns, AT));
        let missing: Vec<Refusal> = missing.into_iter().map(|refused| refused.why).collect();
        let column = |column: &str| Refusal::MissingColumn { column: column.to_owned() };
        assert_eq!(missing, [column("role"), column("unit_code")], "{engine}");
    });
}

#[test]
fn headers_may_be_vietnamese_and_cells_separated_as_a_spreadsheet_pastes_them() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let text = "Họ và tên\tTÊN ĐĂNG NHẬP\tVai trò\tMã đơn vị\tĐến ngày\n\
                    Nguyễn Văn Bình\tbinh\tbáo cáo số liệu\tX1-1\t31/12/2026\n";
        let pasted = PeopleList { file: String::new(), text: text.to_owned() };
        let invited = entrance.import_people(&Actor::console(), pasted, AT).unwrap();
        assert_eq!(invited[0].account.name, "Nguyễn Văn Bình", "{engine}");
        assert_eq!(held(&entrance), ["binh reporter@5"], "{engine}");
    });
}

#[test]
fn a_list_never_reaches_further_than_whoever_brings_it() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let console = Actor::console();
        import(&entrance, &console, "xa-khac,Người Xã Khác,reporter,X2,,\n").unwrap();
        let who = manager(&entrance, database, "X1");
        let denied = |right| Refusal::from(EntranceProblem::NotAllowed { right });
        let manage = || denied(Right::ManageAccounts);
        let taken = EntranceProblem::LoginTaken { login: "xa-khac".to_owned() };
        let cases: [(&str, u32, Refusal); 6] = [
            // Beside, above, and everywhere.
            ("a1,A,reporter,X2,,\n", 3, manage()),
            ("a1,A,reporter,182,,\n", 3, manage()),
            ("a1,A,leader,,,\n", 3, manage()),
            ("a1,A,administrator,182,,\n", 3, manage()),
            // Somebody else's person, and oneself.
            ("xa-khac,Người Xã Khác,reporter,X1,,\n", 1, taken.into()),
            ("quan,Quản trị,reviewer,X1,,\n", 1, EntranceProblem::RoleForOneself.into()),
        ];
        let before = held(&entrance);
        for (rows, column, why) in cases {
            let found = places(import(&entrance, &who, rows));
            assert_eq!(found, [(2, column, why)], "{engine}: {rows}");
        }
        assert_eq!(held(&entrance), before, "{engine}");
        let noted = entries(database).into_iter().filter(|entry| entry.action == "access.deny");
        assert_eq!(noted.count(), 1, "{engine}: the attempts leave an entry, once a minute");
        // Without a code, nothing; within one's own, all.
        let without = Actor { second_factor: false, ..who.clone() };
        let refused = refusals(import(&entrance, &without, "a1,A,reporter,X1-1,,\n"));
        assert_eq!(refused[0].why, EntranceProblem::SecondFactorMissing.into(), "{engine}");
        import(&entrance, &who, "a1,A,reporter,X1-1,,\nb1,B,administrator,X1,,\n").unwrap();
    });
}

#[test]
fn nobody_gives_rights_over_others_that_they_do_not_hold() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let mut who = manager(&entrance, database, "X1");
        // An office may have a role that manages accounts and nothing else.
        for grant in &mut who.grants {
            grant.role.rights = vec![Right::ManageAccounts];
        }
        for (role, right) in [
            ("administrator", Right::ManagePlan),
            ("planner", Right::ManagePlan),
            ("inspector", Right::ReadLedger),
        ] {
            let found = places(import(&entrance, &who, &format!("a1,A,{role},X1,,\n")));
            let denied = EntranceProblem::NotAllowed { right };
            assert_eq!(found[0], (2, 3, denied.into()), "{engine}: {role}");
        }
        import(&entrance, &who, "a1,A,reviewer,X1,,\n").unwrap();
    });
}

#[test]
fn nobody_takes_over_an_account_that_holds_more_than_they_give() {
    on_every_engine(|engine, database| {
        let entrance = entrance(database);
        let who = manager(&entrance, database, "X1");
        let console = Actor::console();
        let rows = "tinh,Cán bộ tỉnh,leader,20,,\ntinh,Cán bộ tỉnh,reporter,X1,,\n";
        import(&entrance, &console, rows).unwrap();
        let lines = entrance.accounts(&who, AT).unwrap();
        let seen = lines.iter().find(|line| line.account.login == "tinh").unwrap();
        let denied = Refusal::from(EntranceProblem::NotAllowed { right: Right::ManageAccounts });
        let id = seen.account.id;
        let why = |result: Result<(), Error>| refusals(result)[0].why.clone();
        assert_eq!(why(entrance.invite_again(&who, id, AT).map(drop)), denied, "{engine}");
        assert_eq!(why(entrance.disable(&who, id, AT)), denied, "{engine}");
        // What they gave there they may take back.
        let grant = seen.grants.iter().find(|grant| grant.role.code == "reporter").unwrap().id;
        entrance.end_grant(&who, id, grant, AT).unwrap();
    });
}

/// What every verb about people records, for the test of the door.
pub(crate) fn recorded() -> Vec<(&'static str, Vec<&'static str>)> {
    let roles = ["role.save"; 7];
    let first = [&roles[..], &["grant.give", "account.create", "account.invite"]].concat();
    vec![
        ("first_invitation", first),
        ("accept_invitation", vec!["account.accept-invitation"]),
        ("create_account", vec!["grant.give", "account.create"]),
        ("import_people", vec!["grant.give", "account.create", "grant.give"]),
        ("create_with_password", vec!["grant.give", "account.create"]),
        ("invite_again", vec!["account.invite"]),
        ("grant", vec!["grant.give"]),
        ("end_grant", vec!["grant.end"]),
        ("bring_up_roles", vec!["role.save"]),
        ("ask_for_no_codes", roles.to_vec()),
        ("delegate", vec!["grant.give"]),
        ("take_back", vec!["grant.end"]),
        ("sign_in", vec!["sign-in.fail"]),
        ("sign_in", vec!["sign-in.fail"]),
        // Strangers cannot fill the disk.
        ("sign_in", vec![]),
        ("sign_in", vec!["session.begin"]),
        ("note_denial", vec!["access.deny"]),
        ("note_denial", vec![]),
        ("create_account", vec!["access.deny"]),
        ("change_password", vec!["account.change-password"]),
        ("confirm_one_time_codes", vec!["account.turn-on-codes"]),
        ("give_code_again", vec!["session.begin"]),
        ("end_session", vec!["session.end"]),
        ("disable", vec!["account.disable"]),
        ("link_identity", vec!["account.link-identity"]),
        ("link_identity", vec![]),
        ("sign_in_as", vec!["session.begin"]),
        ("sign_in_as", vec!["sign-in.fail"]),
        ("note_unproven", vec!["sign-in.fail"]),
        // Somebody who is linked already takes no second account.
        ("accept_invitation_as", vec![]),
        ("accept_invitation_as", vec!["account.accept-invitation", "account.link-identity"]),
        ("make_calendar", vec!["account.make-calendar"]),
        ("end_calendar", vec!["account.end-calendar"]),
        ("end_calendar", vec![]),
        ("set_mail", vec!["account.set-mail"]),
        ("set_mail", vec![]),
        ("set_mail_of", vec!["account.set-mail"]),
        ("begin_deliveries", vec!["urging.deliver"]),
        ("end_delivery", vec!["urging.deliver"]),
        ("make_hook", vec!["hook.make"]),
        ("end_hook", vec!["hook.end"]),
        ("begin_posts", vec!["urging.deliver"]),
        ("end_post", vec!["urging.deliver"]),
    ]
}
