//! The calendar of a person's deadlines: who reads it, with which address, and until when.

use actions::accounts::{Draft, Moment};
use actions::entrance::Entrance;
use actions::tasks::step::Wanted;
use domain::access::{Account, AccountId, Actor};
use domain::entrance::EntranceProblem;
use domain::refusal::Refusal;
use domain::task::{Step, TaskId};
use domain::unit::{UnitId, Validity};
use jiff::civil::date;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::collecting::{AT, refused};
use crate::door::{PASSWORD, Watch};
use crate::entrance::entrance;
use crate::tasks::{TODAY, office, say};

/// Every verb about calendars, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, entrance: &Entrance, account: AccountId) {
    watch.run("make_calendar", || entrance.make_calendar(account, NOW_MS)).unwrap();
    watch.run("end_calendar", || entrance.end_calendar(account, NOW_MS)).unwrap();
    watch.run("end_calendar", || entrance.end_calendar(account, NOW_MS)).unwrap_err();
}

/// Somebody who may sign in, with a role on a unit.
fn member(entrance: &Entrance, login: &str, unit: UnitId, validity: Validity) -> Account {
    let draft = Draft {
        login: login.to_owned(),
        name: "Lò Văn Núi".to_owned(),
        role: "reporter".to_owned(),
        unit: Some(unit),
        validity,
    };
    entrance.create_with_password(draft, PASSWORD, AT).unwrap()
}

fn read(entrance: &Entrance, secret: &str, moment: Moment) -> Result<Vec<TaskId>, Vec<Refusal>> {
    let (_, lines) = entrance.calendar(secret, moment).map_err(|why| refused::<()>(Err(why)))?;
    Ok(lines.iter().map(|line| line.task.id).collect())
}

#[test]
fn a_calendar_has_what_waits_for_its_owner_and_nothing_of_others() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (office(database), entrance(database));
        let (own, other) = (office.one("X1"), office.one("X2"));
        let always = Validity::default;
        let owner = member(&entrance, "nui", office.unit("X1"), always());
        let neighbour = member(&entrance, "suoi", office.unit("X2"), always());
        let above = member(&entrance, "tren", office.unit("182"), always());
        let secret = entrance.make_calendar(owner.id, NOW_MS).unwrap();
        let beside = entrance.make_calendar(neighbour.id, NOW_MS).unwrap();
        let far = entrance.make_calendar(above.id, NOW_MS).unwrap();
        assert_eq!(read(&entrance, &secret, AT), Ok(vec![own]), "{engine}");
        assert_eq!(read(&entrance, &beside, AT), Ok(vec![other]), "{engine}");
        assert_eq!(read(&entrance, &far, AT), Ok(vec![]), "{engine}: others are asked, not they");
        let officer = &office.commune.officer;
        office.step(officer, TODAY, own, say(Step::HandIn, "Xong")).unwrap();
        assert_eq!(read(&entrance, &secret, AT), Ok(vec![]), "{engine}: it was handed in");
        office.step(&office.leader, TODAY, own, say(Step::SendBack, "Thiếu")).unwrap();
        assert_eq!(read(&entrance, &secret, AT), Ok(vec![own]), "{engine}: it came back");
    });
}

#[test]
fn an_address_leads_nowhere_once_it_was_replaced_ended_or_its_owner_locked() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (office(database), entrance(database));
        let task = office.one("X1");
        let owner = member(&entrance, "nui", office.unit("X1"), Validity::default());
        let over = || Err(vec![Refusal::Entrance(EntranceProblem::CalendarOver)]);
        let none = Ok(None::<i64>);
        assert_eq!(entrance.calendar_made(owner.id).map_err(|_| ()), none, "{engine}");
        assert_eq!(read(&entrance, "", AT), over(), "{engine}: nothing is no secret");
        let first = entrance.make_calendar(owner.id, NOW_MS).unwrap();
        let second = entrance.make_calendar(owner.id, NOW_MS + 1).unwrap();
        assert_eq!(read(&entrance, &first, AT), over(), "{engine}: replaced");
        assert_eq!(read(&entrance, &second, AT), Ok(vec![task]), "{engine}");
        assert_eq!(entrance.calendar_made(owner.id).unwrap(), Some(NOW_MS + 1), "{engine}");
        entrance.end_calendar(owner.id, NOW_MS).unwrap();
        assert_eq!(read(&entrance, &second, AT), over(), "{engine}: ended");
        let again = refused::<()>(entrance.end_calendar(owner.id, NOW_MS));
        assert_eq!(again, [Refusal::Entrance(EntranceProblem::CalendarOver)], "{engine}");
        let third = entrance.make_calendar(owner.id, NOW_MS).unwrap();
        entrance.disable(&Actor::console(), owner.id, AT).unwrap();
        assert_eq!(read(&entrance, &third, AT), over(), "{engine}: locked");
        let by_secret = entrance.make_calendar(owner.id, NOW_MS).unwrap();
        let stored = database
            .read_blocking::<_, store::Error>(move |tx| store::calendars::owner(tx, &by_secret));
        assert_eq!(stored.unwrap(), None, "{engine}: only a hash of the secret is kept");
    });
}

#[test]
fn whoever_no_longer_holds_a_role_has_an_empty_calendar() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (office(database), entrance(database));
        let task = office.one("X1");
        let until = Validity { from: None, to: Some(date(2026, 11, 24)) };
        let owner = member(&entrance, "nui", office.unit("X1"), until);
        let secret = entrance.make_calendar(owner.id, NOW_MS).unwrap();
        let on = |day| read(&entrance, &secret, Moment { today: date(2026, 11, day), ..AT });
        assert_eq!(on(24), Ok(vec![task]), "{engine}");
        assert_eq!(on(25), Ok(vec![]), "{engine}");
        let taken = office.step(&office.commune.officer, TODAY, task, Wanted::plain(Step::Accept));
        assert!(taken.is_ok(), "{engine}: the task itself stays");
    });
}
