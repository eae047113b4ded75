//! Where figures go, forwards and backwards.

use domain::item::ItemId;
use domain::unit::{Carries, Heirs, UnitError, UnitId, Units};

use super::{WHOLE, choice, line, made, on, part, version};

const BEFORE: &str = "2024-12-31";
const AFTER: &str = "2026-01-01";

fn carried(shares: &[(i64, u32)]) -> Heirs {
    Heirs::Carried(shares.iter().map(|(unit, share)| (UnitId(*unit), *share)).collect())
}

fn broken(unit: i64, date: &str, heirs: &[i64]) -> Heirs {
    let heirs = heirs.iter().copied().map(UnitId).collect();
    Heirs::Broken { unit: UnitId(unit), date: on(date), heirs }
}

fn heirs(units: &Units, unit: i64, from: &str, to: &str) -> Heirs {
    units.heirs(UnitId(unit), None, on(from), on(to))
}

/// 1 and 2 merge into 4; 3 lives on; 5 ends and nobody says where it went.
fn merger() -> Units {
    let versions = [
        version(1, "1", "", "2025-06-30"),
        version(2, "2", "", "2025-06-30"),
        version(3, "3", "", ""),
        version(4, "4", "2025-07-01", ""),
        version(5, "5", "", "2025-03-31"),
    ];
    let lines = [1, 2].map(|unit| line("2025-07-01", unit, 4, Carries::Whole));
    made(&versions, &lines, &[]).unwrap()
}

#[test]
fn whole_units_carry_over_by_themselves() {
    let units = merger();
    for (unit, from, to, expected) in [
        (1, BEFORE, AFTER, carried(&[(4, WHOLE)])),
        (2, BEFORE, "2025-07-01", carried(&[(4, WHOLE)])),
        (1, BEFORE, "2025-06-30", carried(&[(1, WHOLE)])),
        (3, BEFORE, AFTER, carried(&[(3, WHOLE)])),
        (3, AFTER, BEFORE, carried(&[(3, WHOLE)])),
        (4, AFTER, AFTER, carried(&[(4, WHOLE)])),
        (5, BEFORE, AFTER, Heirs::Gone),
        (5, BEFORE, "2025-03-31", carried(&[(5, WHOLE)])),
        (9, BEFORE, AFTER, Heirs::Gone),
    ] {
        assert_eq!(heirs(&units, unit, from, to), expected, "{unit} from {from} to {to}");
    }
}

#[test]
fn figures_of_a_time_when_the_unit_had_already_ended_go_to_its_heir() {
    let units = merger();
    assert_eq!(heirs(&units, 1, "2025-12-31", AFTER), carried(&[(4, WHOLE)]));
    assert_eq!(heirs(&units, 1, "2025-12-31", BEFORE), carried(&[(1, WHOLE)]));
    assert_eq!(heirs(&units, 4, BEFORE, AFTER), carried(&[(4, WHOLE)]));
}

#[test]
fn a_merged_unit_does_not_go_back_by_itself() {
    assert_eq!(heirs(&merger(), 4, AFTER, BEFORE), broken(4, "2025-07-01", &[1, 2]));
}

#[test]
fn a_choice_says_how_a_merged_unit_goes_back() {
    let units = merger();
    let back = choice(4, "2025-07-01", None, &[(1, 250_000), (2, 750_000)]);
    let units = made(units.versions(), units.successions(), &[back]).unwrap();
    assert_eq!(heirs(&units, 4, AFTER, BEFORE), carried(&[(1, 250_000), (2, 750_000)]));
}

#[test]
fn a_unit_that_takes_others_in_cannot_go_back_alone() {
    let versions = [version(1, "1", "", "2025-06-30"), version(2, "2", "", "")];
    let lines = [line("2025-07-01", 1, 2, Carries::Whole)];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 2, BEFORE, AFTER), carried(&[(2, WHOLE)]));
    assert_eq!(heirs(&units, 2, AFTER, BEFORE), broken(2, "2025-07-01", &[1, 2]));
}

#[test]
fn a_renamed_unit_goes_both_ways() {
    let versions = [version(1, "1", "", "2025-06-30"), version(2, "2", "2025-07-01", "")];
    let lines = [line("2025-07-01", 1, 2, Carries::Whole)];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), carried(&[(2, WHOLE)]));
    assert_eq!(heirs(&units, 2, AFTER, BEFORE), carried(&[(1, WHOLE)]));
    assert_eq!(heirs(&units, 2, AFTER, "2025-07-01"), carried(&[(2, WHOLE)]));
}

#[test]
fn a_unit_without_a_past_is_gone_before_it_began() {
    let versions = [version(1, "1", "2025-07-01", ""), version(2, "2", "2025-07-01", "")];
    let lines = [line("2025-07-01", 0, 1, Carries::Whole)];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, AFTER, BEFORE), Heirs::Gone);
    assert_eq!(heirs(&units, 2, AFTER, BEFORE), Heirs::Gone);
}

#[test]
fn a_dissolved_unit_is_gone() {
    let versions = [version(1, "1", "", "2025-06-30")];
    let lines = [line("2025-07-01", 1, 0, Carries::Whole)];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), Heirs::Gone);
    assert!(units.undecided_splits().is_empty());
}

/// 1 is split into 2 and 3, and on into 4 and 5 when 3 is split on 1 January 2026.
fn split(
    first: Carries,
    rest: Carries,
    again: Carries,
) -> (Vec<super::Version>, Vec<super::Succession>) {
    let versions = vec![
        version(1, "1", "", "2025-06-30"),
        version(2, "2", "2025-07-01", ""),
        version(3, "3", "2025-07-01", "2025-12-31"),
        version(4, "4", "2026-01-01", ""),
        version(5, "5", "2026-01-01", ""),
    ];
    let lines = vec![
        line("2025-07-01", 1, 2, first),
        line("2025-07-01", 1, 3, rest),
        line(AFTER, 3, 4, again),
        line(AFTER, 3, 5, again),
    ];
    (versions, lines)
}

#[test]
fn an_undecided_part_breaks_the_series() {
    let undecided = Carries::UndecidedPart;
    let (versions, lines) = split(undecided, undecided, undecided);
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, "2025-07-01"), broken(1, "2025-07-01", &[2, 3]));
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), broken(1, "2025-07-01", &[2, 4, 5]));
    assert_eq!(heirs(&units, 3, "2025-12-31", AFTER), broken(3, AFTER, &[4, 5]));
    let splits = [(UnitId(1), on("2025-07-01")), (UnitId(3), on(AFTER))];
    assert_eq!(units.undecided_splits(), splits);
}

#[test]
fn an_undecided_part_of_a_part_breaks_the_whole() {
    let (versions, lines) = split(part(600_000), part(400_000), Carries::UndecidedPart);
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, "2025-12-31"), carried(&[(2, 600_000), (3, 400_000)]));
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), broken(3, AFTER, &[2, 4, 5]));
}

#[test]
fn a_decided_part_beside_an_undecided_one_leaves_the_whole_undecided() {
    let (versions, lines) = split(part(600_000), Carries::UndecidedPart, Carries::UndecidedPart);
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, "2025-12-31"), broken(1, "2025-07-01", &[2, 3]));
}

#[test]
fn decided_parts_that_leave_something_over_are_refused() {
    let (versions, lines) = split(part(600_000), part(300_000), Carries::UndecidedPart);
    assert_eq!(
        made(&versions, &lines, &[]).unwrap_err(),
        UnitError::SharesNotWhole {
            code: "1".to_owned(),
            date: on("2025-07-01"),
            millionths: 900_000
        }
    );
}

#[test]
fn decided_parts_are_shared_out_to_the_last_millionth() {
    let third = part(333_333);
    let (versions, mut lines) = split(part(333_334), part(666_666), part(500_000));
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(
        heirs(&units, 1, BEFORE, AFTER),
        carried(&[(2, 333_334), (4, 333_333), (5, 333_333)])
    );
    // An odd half goes to the earlier heir.
    lines[0] = line("2025-07-01", 1, 2, part(666_667));
    lines[1] = line("2025-07-01", 1, 3, third);
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(
        heirs(&units, 1, BEFORE, AFTER),
        carried(&[(2, 666_667), (4, 166_667), (5, 166_666)])
    );
}

#[test]
fn ways_that_meet_again_add_up() {
    let mut versions = split(Carries::Whole, Carries::Whole, Carries::Whole).0;
    versions[1].validity.to = super::day("2025-12-31");
    let lines = [
        line("2025-07-01", 1, 2, part(700_000)),
        line("2025-07-01", 1, 3, part(300_000)),
        line(AFTER, 2, 4, Carries::Whole),
        line(AFTER, 3, 4, Carries::Whole),
    ];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), carried(&[(4, WHOLE)]));
}

#[test]
fn the_parts_of_a_split_unit_go_back_to_it() {
    let (versions, lines) = split(Carries::UndecidedPart, Carries::UndecidedPart, part(500_000));
    let units = made(&versions, &lines, &[]).unwrap();
    for unit in [2, 4, 5] {
        assert_eq!(heirs(&units, unit, AFTER, BEFORE), carried(&[(1, WHOLE)]), "{unit}");
    }
}

#[test]
fn a_part_that_was_joined_to_another_unit_does_not_go_back_by_itself() {
    let versions = [
        version(1, "1", "", ""),
        version(2, "2", "", "2025-06-30"),
        version(3, "3", "2025-07-01", ""),
    ];
    let lines = [
        line("2025-07-01", 1, 1, Carries::UndecidedPart),
        line("2025-07-01", 1, 3, Carries::UndecidedPart),
        line("2025-07-01", 2, 3, Carries::Whole),
    ];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 3, AFTER, BEFORE), broken(3, "2025-07-01", &[1, 2]));
    assert_eq!(heirs(&units, 1, AFTER, BEFORE), carried(&[(1, WHOLE)]));
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), broken(1, "2025-07-01", &[1, 3]));
    assert_eq!(heirs(&units, 2, BEFORE, AFTER), carried(&[(3, WHOLE)]));
}

#[test]
fn a_choice_decides_a_split_and_one_for_an_item_goes_first() {
    let (versions, lines) = split(Carries::UndecidedPart, Carries::UndecidedPart, part(500_000));
    let date = "2025-07-01";
    let choices = [
        choice(1, date, None, &[(2, 1), (3, 999_999)]),
        choice(1, date, Some(7), &[(2, WHOLE)]),
        choice(1, date, Some(8), &[]),
        // Recorded later, so it stands.
        choice(1, date, None, &[(2, 900_000), (3, 100_000)]),
    ];
    let units = made(&versions, &lines, &choices).unwrap();
    let of_item = |item| units.heirs(UnitId(1), Some(ItemId(item)), on(BEFORE), on("2025-12-31"));
    assert_eq!(heirs(&units, 1, BEFORE, "2025-12-31"), carried(&[(2, 900_000), (3, 100_000)]));
    assert_eq!(of_item(6), carried(&[(2, 900_000), (3, 100_000)]));
    assert_eq!(of_item(7), carried(&[(2, WHOLE)]));
    assert_eq!(of_item(8), broken(1, date, &[2, 3]));
    assert!(units.has_choices_for(ItemId(7)) && !units.has_choices_for(ItemId(6)));
    assert!(units.undecided_splits().is_empty());
}

#[test]
fn a_split_decided_for_one_item_is_still_undecided() {
    let (versions, lines) = split(Carries::UndecidedPart, Carries::UndecidedPart, part(500_000));
    let choices = [choice(1, "2025-07-01", Some(7), &[(2, WHOLE)])];
    let units = made(&versions, &lines, &choices).unwrap();
    assert_eq!(units.undecided_splits(), [(UnitId(1), on("2025-07-01"))]);
}

#[test]
fn a_choice_goes_before_the_shares_on_the_lines() {
    let (versions, lines) = split(part(600_000), part(400_000), part(500_000));
    let choices = [choice(1, "2025-07-01", None, &[(2, 500_000), (3, 500_000)])];
    let units = made(&versions, &lines, &choices).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, "2025-12-31"), carried(&[(2, 500_000), (3, 500_000)]));
}

#[test]
fn a_part_whose_heir_ended_is_not_lost_without_a_word() {
    let (mut versions, mut lines) = split(part(600_000), part(400_000), part(500_000));
    lines.truncate(2);
    versions[2].validity.to = super::day("2025-10-31");
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), broken(3, "2025-11-01", &[2]));
}

#[test]
fn units_that_exchange_land_take_one_step_a_day() {
    let versions = [version(1, "1", "", ""), version(2, "2", "", "")];
    let lines = [
        line("2025-07-01", 1, 1, part(900_000)),
        line("2025-07-01", 1, 2, part(100_000)),
        line("2025-07-01", 2, 2, part(800_000)),
        line("2025-07-01", 2, 1, part(200_000)),
    ];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), carried(&[(1, 900_000), (2, 100_000)]));
    assert_eq!(heirs(&units, 2, BEFORE, AFTER), carried(&[(1, 200_000), (2, 800_000)]));
}

#[test]
fn a_unit_can_become_another_and_later_again_the_first() {
    let versions = [
        version(1, "1", "", "2025-06-30"),
        version(2, "2", "2025-07-01", "2025-12-31"),
        version(1, "1", "2026-01-01", ""),
    ];
    let lines = [line("2025-07-01", 1, 2, Carries::Whole), line(AFTER, 2, 1, Carries::Whole)];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, "2025-08-01"), carried(&[(2, WHOLE)]));
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), carried(&[(1, WHOLE)]));
    assert_eq!(heirs(&units, 1, AFTER, "2025-08-01"), carried(&[(2, WHOLE)]));
}

#[test]
fn a_unit_that_hands_everything_on_and_takes_another_in_comes_from_that_one_alone() {
    let versions =
        [version(1, "1", "", "2025-06-30"), version(2, "2", "", ""), version(3, "3", "", "")];
    let lines =
        [line("2025-07-01", 1, 2, Carries::Whole), line("2025-07-01", 2, 3, Carries::Whole)];
    let units = made(&versions, &lines, &[]).unwrap();
    assert_eq!(heirs(&units, 1, BEFORE, AFTER), carried(&[(2, WHOLE)]));
    assert_eq!(heirs(&units, 2, BEFORE, AFTER), carried(&[(3, WHOLE)]));
    assert_eq!(heirs(&units, 2, AFTER, BEFORE), carried(&[(1, WHOLE)]));
    assert_eq!(heirs(&units, 3, AFTER, BEFORE), broken(3, "2025-07-01", &[2, 3]));
}
