//! Units, their versions and reorganisations, on every engine.

use domain::item::ItemId;
use domain::unit::{Carries, Change, SplitChoice, Succession, UnitId, Validity};
use jiff::civil::date;
use store::{Constraint, Error, Result, units};
use testkit::builders::unit;
use testkit::on_every_engine;

#[test]
fn versions_come_back_by_unit_and_first_day() {
    let mut named = unit(3, Some(1));
    named.validity = Validity { from: Some(date(2020, 2, 29)), to: Some(date(2025, 6, 30)) };
    named.name = "Tân Thanh".to_owned();
    let mut renamed = named.clone();
    renamed.validity = Validity { from: Some(date(2025, 7, 1)), to: None };
    renamed.code = "0\\6\t1\n24".to_owned();
    renamed.parent = None;
    let top = unit(1, None);
    let saved = vec![renamed.clone(), named.clone(), top.clone()];
    let expected = vec![top, named, renamed];
    on_every_engine(|engine, database| {
        let saved = saved.clone();
        let read = database.write_blocking(move |tx| {
            units::insert_versions(tx, &saved)?;
            units::versions(tx)
        });
        assert_eq!(read.unwrap(), expected, "{engine}");
    });
}

#[test]
fn parents_may_come_after_their_children_and_in_a_later_call() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            units::insert_versions(tx, &[unit(5, Some(9)), unit(6, Some(9))])?;
            units::insert_versions(tx, &[unit(9, None)])?;
            units::versions(tx)
        });
        let ids: Vec<i64> = read.unwrap().iter().map(|version| version.unit.0).collect();
        assert_eq!(ids, [5, 6, 9], "{engine}");
    });
}

#[test]
fn new_units_are_numbered_after_the_last() {
    on_every_engine(|engine, database| {
        let ids: Result<_> = database.write_blocking(|tx| {
            let first = units::insert_unit(tx)?;
            units::insert_versions(tx, &[unit(7, None)])?;
            Ok((first, units::insert_unit(tx)?))
        });
        assert_eq!(ids.unwrap(), (UnitId(1), UnitId(8)), "{engine}");
    });
}

#[test]
fn a_version_is_closed_by_its_unit_and_first_day() {
    on_every_engine(|engine, database| {
        let outcome: Result<_> = database.write_blocking(|tx| {
            let mut later = unit(1, None);
            later.validity.from = Some(date(2023, 1, 1));
            units::insert_versions(tx, &[later, unit(2, None)])?;
            let last = date(2025, 6, 30);
            let closed = [
                units::close_version(tx, UnitId(1), Some(date(2023, 1, 1)), last)?,
                units::close_version(tx, UnitId(1), Some(date(2023, 1, 2)), last)?,
                units::close_version(tx, UnitId(2), None, last)?,
            ];
            let ends: Vec<_> =
                units::versions(tx)?.iter().map(|version| version.validity.to).collect();
            Ok((closed, ends))
        });
        let last = Some(date(2025, 6, 30));
        assert_eq!(outcome.unwrap(), ([true, false, true], vec![last, last]), "{engine}");
    });
}

#[test]
fn versions_of_one_unit_can_be_written_anew() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            units::insert_versions(tx, &[unit(1, None), unit(2, Some(1))])?;
            units::delete_versions(tx, UnitId(2))?;
            let mut moved = unit(2, None);
            moved.name = "Khu 1".to_owned();
            units::insert_versions(tx, &[moved])?;
            units::versions(tx)
        });
        let names: Vec<String> = read.unwrap().into_iter().map(|version| version.name).collect();
        assert_eq!(names, ["Thôn 1", "Khu 1"], "{engine}");
    });
}

#[test]
fn successions_come_back_in_the_order_of_their_recording() {
    let line = |change, from: Option<i64>, to: Option<i64>, carries| Succession {
        date: date(2025, 7, 1),
        change,
        from: from.map(UnitId),
        to: to.map(UnitId),
        carries,
        instrument: "Nghị quyết 1672/NQ-UBTVQH15".to_owned(),
    };
    let first = vec![
        line(Change::Split, Some(2), Some(1), Carries::Part { millionths: 250_000 }),
        line(Change::Split, Some(2), Some(3), Carries::UndecidedPart),
        line(Change::Merge, Some(1), Some(3), Carries::Whole),
    ];
    let later = vec![
        line(Change::Establish, None, Some(1), Carries::Whole),
        line(Change::Dissolve, Some(1), None, Carries::Whole),
        line(Change::Rename, Some(1), Some(1), Carries::Whole),
        line(Change::Recode, Some(1), Some(1), Carries::Whole),
        line(Change::Move, Some(1), Some(1), Carries::Part { millionths: 0 }),
    ];
    on_every_engine(|engine, database| {
        let (first_lines, later_lines) = (first.clone(), later.clone());
        let read: Result<_> = database.write_blocking(move |tx| {
            units::insert_versions(tx, &[unit(1, None), unit(2, None), unit(3, None)])?;
            units::insert_successions(tx, &first_lines)?;
            units::insert_successions(tx, &later_lines)?;
            units::successions(tx)
        });
        assert_eq!(read.unwrap(), [first.clone(), later.clone()].concat(), "{engine}");
    });
}

#[test]
fn a_succession_of_an_unknown_unit_is_refused() {
    on_every_engine(|engine, database| {
        let saved = database.write_blocking(|tx| {
            let line = Succession {
                date: date(2025, 7, 1),
                change: Change::Dissolve,
                from: Some(UnitId(404)),
                to: None,
                carries: Carries::Whole,
                instrument: String::new(),
            };
            units::insert_successions(tx, &[line])
        });
        let refused = Err(Constraint::ForeignKey);
        assert_eq!(saved.map_err(rule), refused, "{engine}");
    });
}

#[test]
fn split_choices_come_back_with_their_shares() {
    let decided = SplitChoice {
        from: UnitId(1),
        date: date(2025, 7, 1),
        item: Some(ItemId(4)),
        shares: vec![(UnitId(2), 600_000), (UnitId(3), 400_000)],
        reason: "Theo dân số".to_owned(),
    };
    let lasting = SplitChoice { item: None, shares: Vec::new(), ..decided.clone() };
    let expected = vec![decided, lasting];
    on_every_engine(|engine, database| {
        let choices = expected.clone();
        let read: Result<_> = database.write_blocking(move |tx| {
            units::insert_versions(tx, &[unit(1, None)])?;
            choices.iter().try_for_each(|choice| units::insert_split_choice(tx, choice))?;
            units::split_choices(tx)
        });
        assert_eq!(read.unwrap(), expected, "{engine}");
    });
}

#[expect(clippy::panic, reason = "this is how a test fails")]
fn rule(error: Error) -> Constraint {
    match error {
        Error::Constraint { rule, .. } => rule,
        other => panic!("no constraint: {other}"),
    }
}
