//! Every contradiction is refused with its facts.

use domain::unit::{Carries, LEVELS_MAX, UnitError, UnitId};

use super::{WHOLE, below, choice, line, made, on, part, version};

const DATE: &str = "2025-07-01";
const EVE: &str = "2025-06-30";

#[test]
fn versions_that_contradict_one_another_are_refused() {
    let cases = [
        (
            vec![version(1, "1", DATE, EVE)],
            UnitError::VersionBackwards { code: "1".to_owned(), from: on(DATE), to: on(EVE) },
        ),
        (
            vec![version(1, "1", "", DATE), version(1, "2", DATE, "")],
            UnitError::OverlappingVersions { code: "2".to_owned(), day: on(DATE) },
        ),
        (
            vec![version(1, "1", "", ""), version(1, "1", DATE, "")],
            UnitError::OverlappingVersions { code: "1".to_owned(), day: on(DATE) },
        ),
        (
            vec![version(1, "1", "", DATE), version(2, "1", DATE, "")],
            UnitError::CodeTaken { code: "1".to_owned(), day: on(DATE) },
        ),
        (
            vec![below(9, version(1, "1", "", ""))],
            UnitError::NoSuchParent { code: "1".to_owned(), parent: UnitId(9) },
        ),
    ];
    for (versions, expected) in cases {
        assert_eq!(made(&versions, &[], &[]).unwrap_err(), expected);
    }
}

#[test]
fn a_code_may_pass_on_the_day_after() {
    let versions = [version(1, "1", "", EVE), version(2, "1", DATE, "")];
    assert!(made(&versions, &[], &[]).is_ok());
}

#[test]
fn a_circle_of_parents_is_found_on_the_day_it_closes() {
    let versions = [
        version(1, "1", "", "2025-12-31"),
        below(3, version(1, "1", "2026-01-01", "")),
        below(1, version(2, "2", "", "")),
        below(2, version(3, "3", "2020-01-01", "")),
        below(3, version(4, "4", "", "")),
    ];
    let error = made(&versions, &[], &[]).unwrap_err();
    let UnitError::ParentCycle { mut codes, day } = error else { panic!("{error}") };
    codes.sort();
    assert_eq!(
        (codes, day),
        (vec!["1".to_owned(), "2".to_owned(), "3".to_owned()], on("2026-01-01"))
    );
}

#[test]
fn a_unit_cannot_stand_above_itself() {
    let error = made(&[below(1, version(1, "1", DATE, ""))], &[], &[]).unwrap_err();
    assert_eq!(error, UnitError::ParentCycle { codes: vec!["1".to_owned()], day: on(DATE) });
}

#[test]
fn parents_that_change_places_over_time_are_no_circle() {
    let versions = [
        version(1, "1", "", EVE),
        below(2, version(1, "1", DATE, "")),
        below(1, version(2, "2", "", EVE)),
        version(2, "2", DATE, ""),
    ];
    assert!(made(&versions, &[], &[]).is_ok());
}

#[test]
fn a_tree_has_a_depth_limit() {
    let chain = |levels: usize| {
        let ids = 0..i64::try_from(levels).unwrap();
        let versions: Vec<_> = ids
            .map(|id| {
                let version = version(id, &format!("{id:03}"), "", "");
                if id == 0 { version } else { below(id - 1, version) }
            })
            .collect();
        made(&versions, &[], &[]).map(|_| ())
    };
    assert_eq!(chain(LEVELS_MAX + 1), Ok(()));
    let error = chain(LEVELS_MAX + 2).unwrap_err();
    assert!(
        matches!(error, UnitError::TooDeep { code, levels_max: LEVELS_MAX, .. } if code == "033")
    );
}

#[test]
fn lines_that_contradict_the_units_or_one_another_are_refused() {
    // 1 and 2 end, 3 and 4 begin, 5 is there all the time.
    let versions = [
        version(1, "1", "", EVE),
        version(2, "2", "", EVE),
        version(3, "3", DATE, ""),
        version(4, "4", DATE, ""),
        version(5, "5", "", ""),
        version(6, "6", "", ""),
    ];
    let one = || "1".to_owned();
    let not_in_force =
        |code: &str, day| UnitError::NotInForce { code: code.to_owned(), day: on(day) };
    let whole = |from, to| line(DATE, from, to, Carries::Whole);
    let cases = [
        (vec![whole(0, 0)], UnitError::EmptyLine { date: on(DATE) }),
        (vec![whole(9, 3)], UnitError::NoSuchUnit { unit: UnitId(9), date: on(DATE) }),
        (vec![whole(1, 9)], UnitError::NoSuchUnit { unit: UnitId(9), date: on(DATE) }),
        (vec![whole(3, 4)], not_in_force("3", EVE)),
        (vec![whole(1, 2)], not_in_force("2", DATE)),
        (
            vec![line(DATE, 1, 3, part(1)), line(DATE, 1, 3, part(2))],
            UnitError::DoubledLine { from: one(), to: "3".to_owned(), date: on(DATE) },
        ),
        (
            vec![whole(1, 3), line(DATE, 1, 4, Carries::UndecidedPart)],
            UnitError::WholeAndParts { code: one(), date: on(DATE) },
        ),
        (
            vec![whole(1, 3), whole(1, 4)],
            UnitError::SharesNotWhole { code: one(), date: on(DATE), millionths: 2_000_000 },
        ),
        (
            vec![line(DATE, 1, 3, part(WHOLE)), line(DATE, 1, 4, part(1))],
            UnitError::SharesNotWhole { code: one(), date: on(DATE), millionths: 1_000_001 },
        ),
        (
            vec![whole(5, 6), whole(6, 5)],
            UnitError::SuccessionCycle {
                codes: vec!["5".to_owned(), "6".to_owned()],
                date: on(DATE),
            },
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(made(&versions, &lines, &[]).unwrap_err(), expected);
    }
}

#[test]
fn choices_that_decide_nothing_are_refused() {
    let versions = [
        version(1, "1", "", EVE),
        version(2, "2", "", ""),
        version(3, "3", DATE, ""),
        version(4, "4", DATE, ""),
    ];
    let lines = [3, 4].map(|heir| line(DATE, 1, heir, Carries::UndecidedPart));
    let one = || "1".to_owned();
    let not_whole =
        |millionths| UnitError::ChoiceNotWhole { code: one(), date: on(DATE), millionths };
    let cases = [
        (choice(9, DATE, None, &[]), UnitError::NoSuchUnit { unit: UnitId(9), date: on(DATE) }),
        (
            choice(2, DATE, None, &[(2, WHOLE)]),
            UnitError::ChoiceWithoutSplit { code: "2".to_owned(), date: on(DATE) },
        ),
        (
            choice(1, EVE, None, &[(3, WHOLE)]),
            UnitError::ChoiceWithoutSplit { code: one(), date: on(EVE) },
        ),
        (
            choice(1, DATE, None, &[(3, 1), (2, 999_999)]),
            UnitError::ChoiceNamesStranger { code: one(), heir: "2".to_owned(), date: on(DATE) },
        ),
        (choice(1, DATE, None, &[(3, 500_000), (4, 400_000)]), not_whole(900_000)),
        (choice(1, DATE, None, &[(3, WHOLE), (4, WHOLE)]), not_whole(2_000_000)),
        (choice(1, DATE, None, &[(3, 500_000), (3, 500_000)]), not_whole(1_000_000)),
    ];
    for (choice, expected) in cases {
        assert_eq!(made(&versions, &lines, &[choice]).unwrap_err(), expected);
    }
}
