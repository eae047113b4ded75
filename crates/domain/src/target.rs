//! Targets: the value to reach, its versions, its split over units, and the path to it.

use jiff::civil::Date;

use crate::number::{Fraction, NumberError};
use crate::period::{Calendar, Period, share_passed};
use crate::unit::UnitId;

/// One version of a target's value; the first is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetVersion {
    /// The day it was set.
    pub date: Date,
    /// The value in the indicator's own terms (0.9 for 90 %).
    pub value: Fraction,
    /// Why it was set or changed.
    pub reason: String,
    /// The directive that sets it.
    pub directive: String,
}

/// The value an indicator is to reach in a unit in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The indicator's code.
    pub indicator: String,
    /// Whose target.
    pub unit: UnitId,
    /// For what span.
    pub period: Period,
    /// Oldest first, never empty.
    pub versions: Vec<TargetVersion>,
    /// Planned points: the value at the end of a period inside the target's span. Between them the
    /// path is straight; without any see [`Growth`].
    pub trajectory: Vec<(Period, Fraction)>,
}
impl Target {
    /// The version set first; none only when no version was given.
    #[must_use]
    pub fn first(&self) -> Option<&TargetVersion> {
        self.versions.first()
    }

    /// The version set last.
    #[must_use]
    pub fn latest(&self) -> Option<&TargetVersion> {
        self.versions.last()
    }

    /// The value in force on a day; none before the first version was set.
    #[must_use]
    pub fn value_on(&self, day: Date) -> Option<Fraction> {
        let in_force = self.versions.iter().rev().find(|version| version.date <= day);
        in_force.map(|version| version.value)
    }
}

/// A whole and the parts that lower units are to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cascade {
    /// One part per lower unit, in the order of the units.
    pub parts: Vec<i64>,
    /// The whole less the sum of the parts: above zero when something is left to hand out.
    pub difference: i64,
}

/// Why a whole cannot be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CascadeError {
    /// A whole below zero cannot be shared out.
    #[error("the whole is below zero: {whole}")]
    NegativeWhole {
        /// The whole.
        whole: i64,
    },
    /// A base below zero.
    #[error("base {position} is below zero: {base}")]
    NegativeBase {
        /// Which of the bases, counted from 0.
        position: usize,
        /// The base.
        base: i64,
    },
    /// No base above zero, so nothing says who gets what.
    #[error("no base is above zero")]
    NothingToShareBy,
    /// The sum does not fit into a number.
    #[error("the sum of the parts is too large")]
    Overflow,
}

/// Splits a whole in proportion to the bases by largest remainder: the parts add up to the whole,
/// and of equal remainders the earlier one gets the odd unit.
///
/// # Errors
/// A whole or a base below zero, or no base above zero.
pub fn cascade(whole: i64, bases: &[i64]) -> Result<Cascade, CascadeError> {
    if whole < 0 {
        return Err(CascadeError::NegativeWhole { whole });
    }
    if let Some(position) = bases.iter().position(|base| *base < 0) {
        return Err(CascadeError::NegativeBase { position, base: bases[position] });
    }
    let total: i128 = bases.iter().map(|base| i128::from(*base)).sum();
    if total == 0 {
        return Err(CascadeError::NothingToShareBy);
    }
    // Both factors fit into 63 bits, so their product fits into 127.
    let shares: Vec<(i128, i128)> = bases
        .iter()
        .map(|base| i128::from(whole) * i128::from(*base))
        .map(|product| (product / total, product % total))
        .collect();
    let mut parts: Vec<i64> = shares
        .iter()
        .map(|(part, _)| i64::try_from(*part).expect("a part is at most the whole"))
        .collect();
    let left_over = whole - parts.iter().sum::<i64>();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|position| std::cmp::Reverse(shares[*position].1));
    // Fewer units are left over than there are parts with a remainder.
    for position in by_remainder.into_iter().take(usize::try_from(left_over).unwrap_or(0)) {
        parts[position] += 1;
    }
    Ok(Cascade { parts, difference: 0 })
}

impl Cascade {
    /// Takes parts that people agreed on and keeps the difference to the whole visible.
    ///
    /// # Errors
    /// The sum does not fit into a number.
    pub fn by_hand(whole: i64, parts: Vec<i64>) -> Result<Self, CascadeError> {
        let sum: i128 = parts.iter().map(|part| i128::from(*part)).sum();
        let difference =
            i64::try_from(i128::from(whole) - sum).map_err(|_| CascadeError::Overflow)?;
        Ok(Self { parts, difference })
    }
}

/// How a value comes about when no points are planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Growth {
    /// From zero on the first day to the target on the last, as flows do.
    FromZero,
    /// At the target all along, as stocks and ratios are.
    Level,
}

/// The value planned for the end of `at`, when `value` is to be reached in the target's span.
///
/// The path runs straight through the target's planned points, by the share of time passed. It
/// always ends in `value`: a point at the very end gives way to it.
///
/// # Errors
/// A number that does not fit.
pub fn planned(
    target: &Target,
    value: Fraction,
    at: Period,
    growth: Growth,
    calendar: &Calendar,
) -> Result<Fraction, NumberError> {
    let end = (Fraction::integer(1), value);
    let mut path: Vec<(Fraction, Fraction)> = match growth {
        Growth::FromZero => vec![(Fraction::integer(0), Fraction::integer(0))],
        Growth::Level => Vec::new(),
    };
    path.extend(
        target
            .trajectory
            .iter()
            .map(|(point, value)| (share_passed(*point, target.period, calendar), *value))
            .filter(|(share, _)| *share < end.0),
    );
    path.sort_by_key(|(share, _)| *share);
    path.push(end);

    let now = share_passed(at, target.period, calendar);
    let next = path.partition_point(|(share, _)| *share < now);
    let (next_share, next_value) = path.get(next).copied().unwrap_or(end);
    let Some((share, value)) = next.checked_sub(1).and_then(|before| path.get(before)) else {
        return Ok(next_value);
    };
    let way = now.checked_sub(*share)?.checked_div(next_share.checked_sub(*share)?)?;
    value.checked_add(next_value.checked_sub(*value)?.checked_mul(way)?)
}

/// The value planned for the end of `at` with the shape of last year: `weights` gives last year's
/// figure for each part of the target's span. A part that has begun counts by the time passed.
///
/// When last year gives no shape, because it adds up to nothing, the path is a straight line.
///
/// # Errors
/// A number that does not fit.
pub fn planned_by_season(
    target: &Target,
    value: Fraction,
    at: Period,
    weights: &[(Period, Fraction)],
    calendar: &Calendar,
) -> Result<Fraction, NumberError> {
    let nothing = Fraction::integer(0);
    let (mut passed, mut total) = (nothing, nothing);
    for (part, weight) in weights {
        let begun = weight.checked_mul(share_passed(at, *part, calendar))?;
        passed = passed.checked_add(begun)?;
        total = total.checked_add(*weight)?;
    }
    if total <= nothing {
        return value.checked_mul(share_passed(at, target.period, calendar));
    }
    value.checked_mul(passed.checked_div(total)?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn fraction(numerator: i128, denominator: i128) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    fn version(date: Date, value: i128) -> TargetVersion {
        let (reason, directive) = (String::new(), String::new());
        TargetVersion { date, value: Fraction::integer(value), reason, directive }
    }

    fn target(period: Period, trajectory: &[(Period, Fraction)]) -> Target {
        Target {
            indicator: "A01".to_owned(),
            unit: UnitId(1),
            period,
            versions: vec![version(date(2022, 1, 10), 150), version(date(2022, 7, 1), 140)],
            trajectory: trajectory.to_vec(),
        }
    }

    #[test]
    fn a_target_answers_with_the_version_of_the_day() {
        let target = target(Period::Year(2022), &[]);
        assert_eq!(target.first().unwrap().value, Fraction::integer(150));
        assert_eq!(target.latest().unwrap().value, Fraction::integer(140));
        let cases = [
            (date(2022, 1, 9), None),
            (date(2022, 1, 10), Some(150)),
            (date(2022, 6, 30), Some(150)),
            (date(2022, 7, 1), Some(140)),
            (date(2023, 1, 1), Some(140)),
        ];
        for (day, expected) in cases {
            assert_eq!(target.value_on(day), expected.map(Fraction::integer), "{day}");
        }
    }

    #[test]
    fn the_odd_units_go_to_the_largest_remainders() {
        let cases: [(i64, &[i64], &[i64]); 8] = [
            (10, &[1, 1, 1], &[4, 3, 3]),
            (11, &[1, 1, 1], &[4, 4, 3]),
            (10, &[5, 3, 2], &[5, 3, 2]),
            (7, &[1, 2, 3], &[1, 2, 4]),
            (100, &[333, 333, 334], &[33, 33, 34]),
            (0, &[1, 2], &[0, 0]),
            (3, &[0, 5, 0], &[0, 3, 0]),
            (i64::MAX, &[i64::MAX, i64::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2]),
        ];
        for (whole, bases, parts) in cases {
            let expected = Cascade { parts: parts.to_vec(), difference: 0 };
            assert_eq!(cascade(whole, bases), Ok(expected), "{whole} by {bases:?}");
        }
    }

    #[test]
    fn what_cannot_be_split_is_refused() {
        let cases: [(i64, &[i64], CascadeError); 4] = [
            (-1, &[1], CascadeError::NegativeWhole { whole: -1 }),
            (1, &[1, -2], CascadeError::NegativeBase { position: 1, base: -2 }),
            (1, &[], CascadeError::NothingToShareBy),
            (1, &[0, 0], CascadeError::NothingToShareBy),
        ];
        for (whole, bases, error) in cases {
            assert_eq!(cascade(whole, bases), Err(error), "{whole} by {bases:?}");
        }
    }

    #[test]
    fn parts_made_by_hand_show_their_difference() {
        let cases = [
            (150, vec![100, 50], Ok(0)),
            (150, vec![100, 40], Ok(10)),
            (150, vec![100, 60], Ok(-10)),
            (150, vec![], Ok(150)),
            (i64::MIN, vec![i64::MAX], Err(CascadeError::Overflow)),
        ];
        for (whole, parts, expected) in cases {
            let found = Cascade::by_hand(whole, parts.clone());
            assert_eq!(found.map(|cascade| cascade.difference), expected, "{whole}: {parts:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_is_a_whole_unit_off(
            whole in 0..1_000_000_000_i64, bases in prop::collection::vec(0..100_000_i64, 1..40),
        ) {
            let total: i64 = bases.iter().sum();
            prop_assume!(total > 0);
            let parts = cascade(whole, &bases).unwrap().parts;
            prop_assert_eq!(parts.iter().sum::<i64>(), whole);
            for (part, base) in parts.iter().zip(&bases) {
                let off = i128::from(*part) * i128::from(total) - i128::from(whole) * i128::from(*base);
                prop_assert!(off.abs() < i128::from(total), "{part} for {base} of {total}");
            }
        }
    }

    const JUNE: Period = Period::Month(2023, 6);
    const MARCH: Period = Period::Month(2023, 3);
    const SEPTEMBER: Period = Period::Month(2023, 9);
    const YEAR: Period = Period::Year(2023);

    #[test]
    fn the_path_is_straight_between_the_points() {
        let whole = Fraction::integer;
        let middle: &[(Period, Fraction)] = &[(JUNE, whole(30))];
        let late: &[(Period, Fraction)] = &[(YEAR, whole(99)), (JUNE, whole(60))];
        let mixed: &[(Period, Fraction)] = &[(SEPTEMBER, whole(60)), (MARCH, whole(0))];
        let cases = [
            ("a flow", &[][..], Growth::FromZero, Period::HalfYear(2023, 1), fraction(75, 1)),
            ("a flow in a month", &[], Growth::FromZero, Period::Month(2023, 1), fraction(25, 2)),
            ("a flow at the end", &[], Growth::FromZero, YEAR, whole(150)),
            ("a flow past the end", &[], Growth::FromZero, Period::Year(2024), whole(150)),
            ("a flow before it begins", &[], Growth::FromZero, Period::Year(2022), whole(0)),
            ("a level", &[], Growth::Level, Period::Month(2023, 1), whole(150)),
            ("a flow at a point", middle, Growth::FromZero, JUNE, whole(30)),
            ("a flow before a point", middle, Growth::FromZero, MARCH, whole(15)),
            ("a flow after a point", middle, Growth::FromZero, SEPTEMBER, whole(90)),
            ("a level before its first point", middle, Growth::Level, MARCH, whole(30)),
            ("a level after its first point", middle, Growth::Level, SEPTEMBER, whole(90)),
            ("a point at the end gives way", late, Growth::FromZero, YEAR, whole(150)),
            ("a point at the end", late, Growth::FromZero, SEPTEMBER, whole(105)),
            ("points in any order", mixed, Growth::FromZero, MARCH, whole(0)),
            ("between points in any order", mixed, Growth::FromZero, JUNE, whole(30)),
        ];
        for (name, points, growth, at, expected) in cases {
            let target = target(YEAR, points);
            let found = planned(&target, whole(150), at, growth, &Calendar::Civil);
            assert_eq!(found, Ok(expected), "{name}");
        }
    }

    #[test]
    fn the_path_follows_the_calendar_of_the_indicator() {
        let target = target(YEAR, &[]);
        let cases = [
            (Calendar::Civil, fraction(165, 365)),
            (Calendar::CutOff { last_day: 14 }, fraction(182, 365)),
        ];
        for (calendar, expected) in cases {
            let at = Period::Day(date(2023, 6, 14));
            let one = Fraction::integer(1);
            let found = planned(&target, one, at, Growth::FromZero, &calendar);
            assert_eq!(found, Ok(expected), "{calendar:?}");
        }
    }

    #[test]
    fn a_seasonal_path_has_the_shape_of_last_year() {
        let whole = Fraction::integer;
        let quarters: Vec<(Period, Fraction)> = [(1, 10), (2, 0), (3, 20), (4, 70)]
            .map(|(quarter, weight)| (Period::Quarter(2023, quarter), whole(weight)))
            .to_vec();
        let empty: Vec<(Period, Fraction)> =
            quarters.iter().map(|(quarter, _)| (*quarter, whole(0))).collect();
        let cases = [
            ("after the first quarter", &quarters, MARCH, whole(15)),
            ("after a quarter without figures", &quarters, JUNE, whole(15)),
            ("after three quarters", &quarters, SEPTEMBER, whole(45)),
            ("inside a quarter", &quarters, Period::Month(2023, 10), whole(80)),
            ("at the end", &quarters, YEAR, whole(150)),
            ("without a shape", &empty, MARCH, fraction(75, 2)),
        ];
        for (name, weights, at, expected) in cases {
            let target = target(YEAR, &[]);
            let found = planned_by_season(&target, whole(150), at, weights, &Calendar::Civil);
            assert_eq!(found, Ok(expected), "{name}");
        }
    }
}
