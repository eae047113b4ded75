//! Evidence per head: counts of tasks over a span, for units, for people named, and for heirs.

use actions::tasks::step::Wanted;
use domain::period::Period;
use domain::task::{Party, Record, Step};
use domain::unit::UnitId;
use jiff::civil::date;
use testkit::on_every_engine;

use crate::collecting::AT;
use crate::task_drafts::granted;
use crate::tasks::{at, office};

fn say(step: Step, words: &str) -> Wanted {
    Wanted { words: words.to_owned(), ..Wanted::plain(step) }
}

#[test]
fn a_head_has_what_was_asked_and_what_became_of_it() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let officer = &office.commune.officer;
        let workspace = &office.commune.office.workspace;
        let day = |day| date(2026, 12, day);
        // Both due on 30 November: one is put off, sent back once and done; the other stays open.
        let task = office.one("X1");
        office.one("X2");
        let extend = Wanted { day: Some(day(5)), ..say(Step::Extend, "Mưa lớn") };
        office.step(&office.leader, AT.today, task, extend).unwrap();
        office.step(officer, day(4), task, say(Step::HandIn, "Xong")).unwrap();
        office.step(&office.leader, day(4), task, say(Step::SendBack, "Thiếu ảnh")).unwrap();
        office.step(officer, day(5), task, say(Step::HandIn, "Có ảnh")).unwrap();
        let named = Some(granted(database, officer));
        let personal = office.led_by(Party { unit: office.unit("X1"), account: named });

        let heads = |unit: UnitId, period: &str| {
            let period = Period::parse(period).unwrap();
            let heads = workspace.heads(&office.leader, at(day(20)), unit, period).unwrap();
            let rows = heads.rows.into_iter();
            rows.map(|head| (head.unit.code, head.person, head.record)).collect::<Vec<_>>()
        };
        let done = Record {
            assigned: 1,
            due: 1,
            in_time: 1,
            extended: 1,
            returned: 1,
            ..Record::default()
        };
        let open = Record { assigned: 1, due: 1, overdue: 1, ..Record::default() };
        let both = Record { assigned: 2, due: 2, overdue: 1, ..done };
        let name = officer.account.as_ref().unwrap().name.clone();
        let row = |code: &str, person: &str, record| (code.to_owned(), person.to_owned(), record);
        let expected = vec![
            row("182", "", Record::default()),
            row("X1", "", both),
            row("X1", &name, open),
            row("X2", "", open),
        ];
        let district = office.unit("182");
        assert_eq!(heads(district, "2026-Q4"), expected, "{engine}: {personal:?}");
        assert_eq!(heads(district, "2026"), expected, "{engine}: the year has the same");
        let before = heads(district, "2026-Q3");
        assert!(before.iter().all(|(_, _, record)| *record == Record::default()), "{before:?}");
        let own = heads(office.unit("X2"), "2026-Q4");
        assert_eq!(own[0], row("X2", "", open), "{engine}: the unit itself comes first");
    });
}
