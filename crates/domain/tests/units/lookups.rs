//! Codes, versions and trees on a day.

use domain::unit::{Carries, Change, Succession, UnitId, Units};

use super::{below, line, made, on, version};

/// A district whose communes change on 1 July 2025: the code 06148 passes to another unit.
fn district() -> Units {
    let versions = [
        version(1, "20", "", ""),
        below(1, version(2, "182", "", "2025-06-30")),
        below(2, version(3, "06148", "", "2025-06-30")),
        below(2, version(4, "06124", "", "2020-12-31")),
        below(2, version(4, "06125", "2021-01-01", "2025-06-30")),
        below(1, version(5, "06148", "2025-07-01", "")),
        below(2, version(6, "9", "2025-07-01", "")),
    ];
    let lines = [
        line("2025-07-01", 3, 5, Carries::Whole),
        line("2025-07-01", 4, 5, Carries::Whole),
        Succession { change: Change::Establish, ..line("2025-07-01", 0, 6, Carries::Whole) },
        Succession { change: Change::Dissolve, ..line("2025-07-01", 2, 0, Carries::Whole) },
    ];
    made(&versions, &lines, &[]).unwrap()
}

#[test]
fn a_code_means_the_unit_that_has_it_on_the_day() {
    let units = district();
    for (code, day, expected) in [
        ("06148", "2025-06-30", Some(3)),
        ("06148", "2025-07-01", Some(5)),
        ("06124", "2020-12-31", Some(4)),
        ("06124", "2021-01-01", None),
        ("06125", "2021-01-01", Some(4)),
        ("9", "2025-06-30", None),
        ("99", "2025-06-30", None),
    ] {
        assert_eq!(units.find(code, on(day)), expected.map(UnitId), "{code} on {day}");
    }
    for (code, day, expected) in [
        ("06148", "2025-07-01", Some(5)),
        ("06124", "2026-01-01", Some(4)),
        ("182", "2026-01-01", Some(2)),
        ("9", "2001-01-01", Some(6)),
        ("99", "2001-01-01", None),
    ] {
        assert_eq!(units.find_any(code, on(day)), expected.map(UnitId), "{code} near {day}");
    }
}

#[test]
fn of_units_that_had_a_code_the_last_before_the_day_is_meant() {
    let versions = [
        version(1, "5", "2001-01-01", "2001-12-31"),
        version(2, "5", "2002-06-01", "2002-12-31"),
        version(3, "5", "2005-01-01", ""),
    ];
    let units = made(&versions, &[], &[]).unwrap();
    for (day, expected) in
        [("2000-01-01", 1), ("2002-02-01", 1), ("2003-01-01", 2), ("2006-01-01", 3)]
    {
        assert_eq!(units.find_any("5", on(day)), Some(UnitId(expected)), "{day}");
    }
}

#[test]
fn a_unit_is_called_what_its_version_of_the_day_says() {
    let units = district();
    let code =
        |unit, day| units.version_on(UnitId(unit), on(day)).map(|version| version.code.as_str());
    assert_eq!(code(4, "2020-12-31"), Some("06124"));
    assert_eq!(code(4, "2021-01-01"), Some("06125"));
    assert_eq!(code(4, "2025-07-01"), None);
    assert_eq!(units.last_version(UnitId(4)).map(|version| version.code.as_str()), Some("06125"));
    assert_eq!(units.versions_of(UnitId(4)).len(), 2);
    assert!(units.versions_of(UnitId(7)).is_empty());
}

#[test]
fn the_tree_changes_on_the_days_of_its_units() {
    let days: Vec<String> = district().change_days().iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2021-01-01", "2025-07-01"]);
}

#[test]
fn figures_that_go_over_make_a_day_of_change_even_when_no_unit_changes() {
    let versions = [version(1, "1", "", ""), version(2, "2", "", "")];
    let lines = [
        line("2024-05-01", 1, 1, Carries::UndecidedPart),
        line("2024-05-01", 1, 2, Carries::UndecidedPart),
    ];
    assert_eq!(made(&versions, &lines, &[]).unwrap().change_days(), [on("2024-05-01")]);
}

#[test]
fn the_tree_of_a_day_stands_in_order_of_codes() {
    let units = district();
    let tree = |day| {
        let tree = units.tree_on(on(day));
        tree.into_iter()
            .map(|(unit, parent)| (unit.0, parent.map(|parent| parent.0)))
            .collect::<Vec<_>>()
    };
    assert_eq!(tree("2020-01-01"), [(4, Some(2)), (3, Some(2)), (2, Some(1)), (1, None)]);
    assert_eq!(tree("2025-06-30"), [(4, Some(2)), (3, Some(2)), (2, Some(1)), (1, None)]);
    // The parent of 6 is no longer in force, so it stands at the top until somebody places it.
    assert_eq!(tree("2025-07-01"), [(5, Some(1)), (1, None), (6, None)]);
}

#[test]
fn the_units_below_are_those_of_the_day() {
    let units = district();
    let below = |unit, day| {
        units.below(UnitId(unit), on(day)).map(|version| version.unit.0).collect::<Vec<_>>()
    };
    assert_eq!(below(2, "2021-06-01"), [4, 3]);
    assert_eq!(below(1, "2025-06-30"), [2]);
    assert_eq!(below(1, "2025-07-01"), [5]);
    assert!(below(3, "2021-06-01").is_empty());
    let in_force: Vec<i64> =
        units.versions_on(on("2025-07-01")).map(|version| version.unit.0).collect();
    assert_eq!(in_force, [5, 1, 6]);
}

#[test]
fn both_sides_of_a_reorganisation_can_be_asked() {
    let units = district();
    let date = on("2025-07-01");
    assert_eq!(units.successors(UnitId(3), date), [UnitId(5)]);
    assert!(units.successors(UnitId(2), date).is_empty());
    assert_eq!(units.predecessors(UnitId(5), date), [UnitId(3), UnitId(4)]);
    assert!(units.predecessors(UnitId(6), date).is_empty());
    assert_eq!(units.successions_from(UnitId(2)).count(), 1);
    assert_eq!(units.successions_to(UnitId(5)).count(), 2);
    assert_eq!(units.successions().len(), 4);
}
