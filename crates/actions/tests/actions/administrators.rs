//! Nobody leaves the system without an administrator, by whatever door.

use actions::accounts::Draft;
use actions::accounts::delegation::Loan;
use actions::accounts::list::PeopleList;
use actions::entrance::Entrance;
use domain::access::{Account, AccountState, Actor};
use domain::entrance::EntranceProblem;
use domain::refusal::Refusal;
use domain::unit::{UnitId, Validity};
use jiff::civil::Date;
use testkit::on_every_engine;

use crate::door::{AT, PASSWORD, entrance};
use crate::setup::{Office, UNITS, refusals};

const TODAY: Date = AT.today;

/// So many days after today.
fn day(after: i64) -> Date {
    TODAY.checked_add(jiff::Span::new().days(after)).unwrap()
}

/// Somebody with a role: login, code of the role, code of the unit, first and last day from today.
type Person = (&'static str, &'static str, &'static str, Option<i64>, Option<i64>);

const FIRST: Person = ("first", "administrator", "", None, None);

fn draft(office: &Office, (login, role, unit, from, to): Person) -> Draft {
    let unit: Option<UnitId> = (!unit.is_empty()).then(|| office.unit(unit, TODAY));
    Draft {
        login: login.to_owned(),
        name: String::new(),
        role: role.to_owned(),
        unit,
        validity: Validity { from: from.map(day), to: to.map(day) },
    }
}

fn member(entrance: &Entrance, office: &Office, person: Person) -> Account {
    entrance.create_with_password(draft(office, person), PASSWORD, AT).unwrap()
}

/// The number of the only role of an account, and its holder as a request brings them.
fn holder(entrance: &Entrance, account: &Account) -> (i64, Actor) {
    let lines = entrance.accounts(&Actor::console(), AT).unwrap();
    let line = lines.into_iter().find(|line| line.account.id == account.id).unwrap();
    let actor =
        Actor { account: Some(line.account), grants: line.grants.clone(), second_factor: true };
    (line.grants[0].id, actor)
}

/// A door through which a role goes.
#[derive(Debug, Clone, Copy)]
enum GoingBy {
    /// Somebody ends it.
    EndingIt,
    /// Somebody locks the account.
    Locking,
}

#[test]
fn a_role_goes_only_when_another_administers_on_each_of_its_days() {
    let top = |login, from, to| -> Person { (login, "administrator", "", from, to) };
    let cases: [(Person, &[Person], Option<i64>); 14] = [
        (FIRST, &[], Some(0)),
        (FIRST, &[top("binh", None, None)], None),
        (FIRST, &[top("binh", Some(1), None)], Some(0)),
        (FIRST, &[top("binh", None, Some(0))], Some(1)),
        (FIRST, &[top("binh", None, Some(-1))], Some(0)),
        (FIRST, &[top("chi", Some(30), None), top("binh", Some(-3), Some(29))], None),
        (FIRST, &[top("binh", None, Some(29)), top("chi", Some(31), None)], Some(30)),
        (top("an", Some(5), Some(9)), &[top("binh", None, Some(7))], Some(8)),
        (top("an", Some(5), Some(9)), &[top("binh", None, Some(9))], None),
        (FIRST, &[("binh", "planner", "", None, None)], Some(0)),
        (FIRST, &[("binh", "administrator", "20", None, None)], Some(0)),
        (("an", "administrator", "20", None, None), &[FIRST], None),
        (("an", "administrator", "20", None, None), &[], Some(0)),
        // Whoever stands above gives the role again.
        (("an", "administrator", "X1", None, None), &[], None),
    ];
    for (going, others, expected) in cases {
        for door in [GoingBy::EndingIt, GoingBy::Locking] {
            on_every_engine(|engine, database| {
                let office = Office::empty(database);
                office.units(UNITS).unwrap();
                let entrance = entrance(database);
                let account = member(&entrance, &office, going);
                for other in others {
                    member(&entrance, &office, *other);
                }
                let console = Actor::console();
                let (grant, own) = holder(&entrance, &account);
                let done = match door {
                    GoingBy::EndingIt => entrance.end_grant(&console, account.id, grant, AT),
                    GoingBy::Locking => entrance.disable(&console, account.id, AT),
                };
                let case = format!("{engine}: {door:?} {going:?} beside {others:?}");
                let found = done.err().map(|error| refusals::<()>(Err(error)).remove(0).why);
                let expected = expected.map(|after| {
                    Refusal::from(EntranceProblem::LastAdministrator { day: day(after) })
                });
                assert_eq!(found, expected, "{case}");
                let (_, after) = holder(&entrance, &account);
                let is_active = after.account.unwrap().state == AccountState::Active;
                let keeps = after.grants[0].validity == own.grants[0].validity && is_active;
                assert_eq!(keeps, expected.is_some(), "{case}: refused is not done");
            });
        }
    }
}

#[test]
fn whoever_cannot_sign_in_yet_or_any_more_and_whoever_borrows_does_not_count() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        let entrance = entrance(database);
        let first = member(&entrance, &office, FIRST);
        let person = |login| -> Person { (login, "administrator", "", None, None) };
        let invited = draft(&office, person("invited"));
        let invited = entrance.create_account(&Actor::console(), invited, AT).unwrap();
        let locked = member(&entrance, &office, person("locked"));
        entrance.disable(&Actor::console(), locked.id, AT).unwrap();
        let colleague = member(&entrance, &office, ("colleague", "leader", "", None, None));
        let (grant, own) = holder(&entrance, &first);
        let days = Some((TODAY, day(30)));
        let loan = Loan { to: "colleague".to_owned(), grants: vec![grant], unit: None, days };
        entrance.delegate(&own, loan, AT).unwrap();
        let (_, mut deputy) = holder(&entrance, &colleague);
        assert_eq!(deputy.grants.len(), 2, "{engine}");
        deputy.grants.retain(|grant| grant.delegated_by.is_some());

        let last = || Refusal::from(EntranceProblem::LastAdministrator { day: TODAY });
        let why = |done| refusals(done).remove(0).why;
        // The deputy's loan would end with the role that it is lent from.
        assert_eq!(why(entrance.disable(&deputy, first.id, AT)), last(), "{engine}");
        assert_eq!(why(entrance.end_grant(&deputy, first.id, grant, AT)), last(), "{engine}");
        assert_eq!(why(entrance.end_grant(&own, first.id, grant, AT)), last(), "{engine}");
        // A loan itself is taken back at any time, and who never came is not missed.
        let loan = deputy.grants[0].id;
        entrance.take_back(&own, loan, AT).unwrap();
        entrance.disable(&own, invited.account.id, AT).unwrap();
    });
}

#[test]
fn a_list_with_another_end_shortens_no_role() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        let entrance = entrance(database);
        let first = member(&entrance, &office, FIRST);
        let header = "login,name,role,unit_code,valid_from,valid_to";
        let text = format!("{header}\nfirst,first,administrator,,,{}\n", day(1));
        let list = PeopleList { file: String::new(), text };
        entrance.import_people(&Actor::console(), list, AT).unwrap();
        let (_, actor) = holder(&entrance, &first);
        let days: Vec<Option<Date>> = actor.grants.iter().map(|held| held.validity.to).collect();
        assert_eq!(days, [None, Some(day(1))], "{engine}");
    });
}
