//! Days of rest that are entered and taken out: deadlines that are still to come follow them.

use actions::forms::{Written, next_deadlines};
use actions::holidays::{RestPart, WrittenRest, check};
use actions::snapshot::Snapshot;
use domain::access::Actor;
use domain::form::Form;
use domain::forming::FormingProblem;
use domain::item::Bilingual;
use domain::refusal::{Noun, Refusal};
use jiff::civil::{Date, date};
use testkit::on_every_engine;

use crate::door::entries;
use crate::form_versions::{AT, due, written};
use crate::setup::{Office, period, refusals};

/// Days off for a festival of the moon.
pub(crate) fn rest(first: Date, last: Option<Date>) -> WrittenRest {
    let name = Bilingual { vi: "Nghỉ lễ".to_owned(), en: "Festival".to_owned() };
    WrittenRest { first: Some(first), last, name }
}

fn of_months(snapshot: &Snapshot) -> &Form {
    snapshot.forms.iter().find(|form| form.code == "thang").unwrap()
}

#[test]
fn deadlines_to_come_follow_a_holiday_that_is_entered_or_taken_out() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let (workspace, who) = (&office.workspace, Actor::console());
        workspace.publish_form(&who, AT, written()).unwrap();
        let deadlines = || {
            let snapshot = workspace.snapshot().unwrap();
            let form = of_months(&snapshot);
            let next = next_deadlines(&snapshot, form, form.newest().unwrap(), AT.today, 3);
            // What pages say of a period is the same.
            for (period, due) in &next {
                assert_eq!(snapshot.due_on(form, *period), *due, "{engine}");
            }
            assert_eq!(next[0].0, period("2026-11"), "{engine}");
            next.into_iter().map(|(_, due)| due).collect::<Vec<_>>()
        };
        // Three working days after each month; 1 January rests by itself.
        let later = [date(2027, 1, 6), date(2027, 2, 3)];
        assert_eq!(deadlines(), [vec![date(2026, 12, 3)], later.to_vec()].concat(), "{engine}");
        let two = rest(date(2026, 12, 2), Some(date(2026, 12, 3)));
        workspace.enter_holidays(&who, AT, two.clone()).unwrap();
        assert_eq!(deadlines(), [vec![date(2026, 12, 7)], later.to_vec()].concat(), "{engine}");
        workspace.remove_holiday(&who, AT, date(2026, 12, 3)).unwrap();
        assert_eq!(deadlines(), [vec![date(2026, 12, 4)], later.to_vec()].concat(), "{engine}");
        // The same once more changes the name and nothing else.
        let named = Bilingual { vi: "Nghỉ bù".to_owned(), ..two.name.clone() };
        let again = WrittenRest { last: None, name: named.clone(), ..two };
        workspace.enter_holidays(&who, AT, again).unwrap();
        let entered = workspace.snapshot().unwrap().holidays.entered.clone();
        assert_eq!(entered.get(&date(2026, 12, 2)), Some(&named), "{engine}");
        assert_eq!(deadlines()[0], date(2026, 12, 4), "{engine}");
        let told: Vec<_> = entries(database).into_iter().map(|entry| entry.action).collect();
        let expected = ["form.publish", "holiday.enter", "holiday.remove", "holiday.enter"];
        assert_eq!(told[told.len() - 4..], expected, "{engine}");
    });
}

#[test]
fn a_deadline_that_was_missed_by_rest_forgotten_moves_and_never_comes_earlier() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let (workspace, who) = (&office.workspace, Actor::console());
        let form = Written { due: due("working-3"), ..written() };
        workspace.publish_form(&who, AT, form).unwrap();
        let of_october = || {
            let snapshot = workspace.snapshot().unwrap();
            snapshot.due_on(of_months(&snapshot), period("2026-10"))
        };
        assert_eq!(of_october(), date(2026, 11, 4), "{engine}");
        workspace.enter_holidays(&who, AT, rest(date(2026, 11, 3), None)).unwrap();
        assert_eq!(of_october(), date(2026, 11, 5), "{engine}");
        let over = refusals(workspace.remove_holiday(&who, AT, date(2026, 11, 3)));
        let why = FormingProblem::RestIsOver { day: date(2026, 11, 3) };
        assert_eq!(over[0].why, why.into(), "{engine}");
        let none = refusals(workspace.remove_holiday(&who, AT, AT.today));
        let why = Refusal::NotFound { noun: Noun::Holiday, key: AT.today.to_string() };
        assert_eq!(none[0].why, why, "{engine}");
        assert_eq!(of_october(), date(2026, 11, 5), "{engine}");
    });
}

#[test]
fn everything_wrong_with_days_of_rest_is_told_in_its_part() {
    let first = date(2027, 2, 5);
    let whole = || rest(first, None);
    let until = |last| rest(first, Some(last));
    let named = |vi: &str, en: &str| {
        let name = Bilingual { vi: vi.to_owned(), en: en.to_owned() };
        WrittenRest { name, ..whole() }
    };
    for (written, part, said) in [
        (WrittenRest { first: None, ..whole() }, RestPart::First, "Day"),
        (until(date(2027, 2, 4)), RestPart::Last, "RestSpan { most: 31 }"),
        (until(date(2027, 3, 8)), RestPart::Last, "RestSpan { most: 31 }"),
        (named("", "Festival"), RestPart::NameVi, "Name"),
        (named("Tết", ""), RestPart::NameEn, "Name"),
    ] {
        let problems = check(&written).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].0, part, "{said}");
        assert!(format!("{problems:?}").contains(said), "{said}: {problems:?}");
    }
    assert_eq!(check(&whole()).map(|days| days.len()), Ok(1));
    assert_eq!(check(&until(date(2027, 3, 7))).map(|days| days.len()), Ok(31));
}
