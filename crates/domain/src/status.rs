//! Status: how a value stands against its target and its trajectory.

use std::cmp::Ordering;

use crate::indicator::Direction;
use crate::number::{Fraction, NumberError, Qualifier, Quantity};

/// How an indicator stands. Always shown as icon, word and colour together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The target is reached.
    Met,
    /// On the trajectory or above it.
    OnTrack,
    /// Below the trajectory.
    Behind,
    /// Far below the trajectory.
    FarBehind,
    /// Nothing to judge: no figure. Never green.
    NoData,
    /// Nothing to judge it by: no target, or direction none.
    NotJudged,
}

impl Status {
    /// All of them, best first.
    pub const ALL: [Self; 6] =
        [Self::Met, Self::OnTrack, Self::Behind, Self::FarBehind, Self::NoData, Self::NotJudged];

    /// The code in files and style sheets.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::OnTrack => "on_track",
            Self::Behind => "behind",
            Self::FarBehind => "far_behind",
            Self::NoData => "no_data",
            Self::NotJudged => "not_judged",
        }
    }
}

/// Where behind and far behind begin, as data: thousandths of the planned value.
///
/// For directions in which more is worse, the same distances count on the other side: 950 stands
/// for 5 % too little, and for 5 % too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// On track from this share of the planned value (default 950).
    pub on_track_thousandths: u16,
    /// Behind from this share, far behind below it (default 750).
    pub behind_thousandths: u16,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { on_track_thousandths: 950, behind_thousandths: 750 }
    }
}

/// Thresholds that leave no room for one of the statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ThresholdError {
    /// On track must begin at 1,000 thousandths or below.
    #[error("on track begins at {on_track_thousandths} thousandths, above the planned value")]
    AboveThePlan {
        /// What was given.
        on_track_thousandths: u32,
    },
    /// Behind must begin below on track.
    #[error(
        "behind begins at {behind_thousandths} thousandths, not below on track at \
         {on_track_thousandths}"
    )]
    OutOfOrder {
        /// Where on track begins.
        on_track_thousandths: u32,
        /// Where behind begins.
        behind_thousandths: u32,
    },
}

impl Thresholds {
    /// The largest threshold: the planned value itself.
    const WHOLE: u16 = 1_000;

    /// Takes thresholds as they stand in a pack or in the settings.
    ///
    /// # Errors
    /// On track above the planned value, or behind not below on track.
    pub fn new(on_track_thousandths: u32, behind_thousandths: u32) -> Result<Self, ThresholdError> {
        let Some(on_track) =
            u16::try_from(on_track_thousandths).ok().filter(|share| *share <= Self::WHOLE)
        else {
            return Err(ThresholdError::AboveThePlan { on_track_thousandths });
        };
        match u16::try_from(behind_thousandths) {
            Ok(behind) if behind < on_track => {
                Ok(Self { on_track_thousandths: on_track, behind_thousandths: behind })
            }
            _ => Err(ThresholdError::OutOfOrder { on_track_thousandths, behind_thousandths }),
        }
    }
}

/// Whether a target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// For sure.
    Yes,
    /// Surely not.
    No,
    /// The figure is too vague to say: at least 30 of 40.
    Undecided,
}

/// Whether `quantity` reaches `target`, as far as its qualifier lets us say.
///
/// Up and plan ask for the target or more, down for the target or less, exact for the target.
/// Bounds are read as people write them: `gần 400` is below 400, `trên 400` above it, and about
/// never decides. Direction none is never decided either.
#[must_use]
pub fn reached(quantity: &Quantity, target: Fraction, direction: Direction) -> Reached {
    let order = quantity.value.cmp(&target);
    match direction {
        Direction::Up | Direction::Plan => reached_from_below(quantity.qualifier, order),
        Direction::Down => reached_from_below(quantity.qualifier.flipped(), order.reverse()),
        Direction::Exact => match (quantity.qualifier, order) {
            (Qualifier::Exact, Ordering::Equal) => Reached::Yes,
            (Qualifier::Exact, _)
            | (Qualifier::AtLeast, Ordering::Greater)
            | (Qualifier::AtMost, Ordering::Less) => Reached::No,
            _ => Reached::Undecided,
        },
        Direction::None => Reached::Undecided,
    }
}

/// Whether a value is at the target or above.
fn reached_from_below(qualifier: Qualifier, order: Ordering) -> Reached {
    match (qualifier, order) {
        (Qualifier::Exact | Qualifier::AtLeast, Ordering::Equal | Ordering::Greater) => {
            Reached::Yes
        }
        (Qualifier::Exact, Ordering::Less)
        | (Qualifier::AtMost, Ordering::Less | Ordering::Equal) => Reached::No,
        (Qualifier::AtLeast, Ordering::Less)
        | (Qualifier::AtMost, Ordering::Greater)
        | (Qualifier::About, _) => Reached::Undecided,
    }
}

/// Whether the span of a target still runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodState {
    /// There is time left.
    Running,
    /// The last day has passed.
    Over,
}

/// What is judged, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The figure; none when nobody reported it.
    pub quantity: Option<Quantity>,
    /// The target in force; none when none is set.
    pub target: Option<Fraction>,
    /// What the trajectory plans by now; none stands for the target itself.
    pub planned: Option<Fraction>,
    /// Which way is good.
    pub direction: Direction,
    /// Whether the target's span still runs.
    pub period: PeriodState,
    /// Where behind and far behind begin.
    pub thresholds: Thresholds,
}

/// How a figure stands.
///
/// A target to be reached from below is met on the day it is reached. The others can still be
/// missed, so they are met only at the end; a plan then also must not be passed by more than the
/// tolerance of on track. Once the span is over, a target that is surely not reached is behind at
/// best. Against the trajectory a bound counts with the number it names: what is certain of `trên
/// 30` is 30.
#[must_use]
pub fn judge(judgement: &Judgement) -> Status {
    if judgement.direction == Direction::None {
        return Status::NotJudged;
    }
    let Some(quantity) = judgement.quantity else { return Status::NoData };
    let Some(target) = judgement.target else { return Status::NotJudged };
    let planned = judgement.planned.unwrap_or(target);
    let is_reached = reached(&quantity, target, judgement.direction);
    // Numbers beyond what we can compare are not judged rather than judged wrongly.
    let Ok(against_plan) = against(judgement, &quantity, planned) else { return Status::NotJudged };
    let Ok(against_target) = against(judgement, &quantity, target) else {
        return Status::NotJudged;
    };
    match (judgement.direction, judgement.period, is_reached) {
        (Direction::Up, _, Reached::Yes)
        | (Direction::Down | Direction::Exact, PeriodState::Over, Reached::Yes) => Status::Met,
        (Direction::Plan, PeriodState::Over, Reached::Yes) if against_target == Status::OnTrack => {
            Status::Met
        }
        (_, PeriodState::Over, Reached::No) => against_plan.max(Status::Behind),
        _ => against_plan,
    }
}

/// How far a figure is from a value, on the side or sides that count.
fn against(
    judgement: &Judgement,
    quantity: &Quantity,
    value: Fraction,
) -> Result<Status, NumberError> {
    let above = quantity.value.checked_sub(value)?;
    let short = match judgement.direction {
        Direction::Up => above.negated()?,
        Direction::Down => above,
        Direction::Plan | Direction::Exact if above.is_negative() => above.negated()?,
        Direction::Plan | Direction::Exact => above,
        Direction::None => return Ok(Status::NotJudged),
    };
    let size = if value.is_negative() { value.negated()? } else { value };
    let tolerated = |thousandths: u16| -> Result<Fraction, NumberError> {
        let rest = Thresholds::WHOLE.saturating_sub(thousandths);
        size.checked_mul(Fraction::new(i128::from(rest), i128::from(Thresholds::WHOLE))?)
    };
    if short <= tolerated(judgement.thresholds.on_track_thousandths)? {
        Ok(Status::OnTrack)
    } else if short <= tolerated(judgement.thresholds.behind_thousandths)? {
        Ok(Status::Behind)
    } else {
        Ok(Status::FarBehind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(number: i128) -> Fraction {
        Fraction::integer(number)
    }

    fn quantity(qualifier: Qualifier, number: i128) -> Quantity {
        Quantity { value: whole(number), qualifier }
    }

    const EXACT: Qualifier = Qualifier::Exact;
    const AT_LEAST: Qualifier = Qualifier::AtLeast;
    const AT_MOST: Qualifier = Qualifier::AtMost;
    const ABOUT: Qualifier = Qualifier::About;

    #[test]
    fn a_target_is_reached_as_far_as_the_words_say() {
        use Reached::{No, Undecided, Yes};
        let cases = [
            // The article: `hơn 90%` of 90 %, `gần 400` of 400, `trên 30` of 40, 152 and 149 of 150.
            (Direction::Up, AT_LEAST, 90, 90, Yes),
            (Direction::Up, AT_MOST, 400, 400, No),
            (Direction::Up, AT_LEAST, 30, 40, Undecided),
            (Direction::Up, EXACT, 152, 150, Yes),
            (Direction::Up, EXACT, 149, 150, No),
            (Direction::Up, EXACT, 150, 150, Yes),
            (Direction::Up, AT_MOST, 300, 400, No),
            (Direction::Up, AT_MOST, 500, 400, Undecided),
            (Direction::Up, ABOUT, 500, 400, Undecided),
            (Direction::Down, EXACT, 3, 3, Yes),
            (Direction::Down, EXACT, 4, 3, No),
            (Direction::Down, AT_MOST, 3, 3, Yes),
            (Direction::Down, AT_MOST, 4, 3, Undecided),
            (Direction::Down, AT_LEAST, 3, 3, No),
            (Direction::Down, AT_LEAST, 2, 3, Undecided),
            (Direction::Down, ABOUT, 1, 3, Undecided),
            (Direction::Plan, EXACT, 31, 30, Yes),
            (Direction::Plan, EXACT, 29, 30, No),
            (Direction::Plan, AT_LEAST, 30, 30, Yes),
            (Direction::Exact, EXACT, 30, 30, Yes),
            (Direction::Exact, EXACT, 31, 30, No),
            (Direction::Exact, EXACT, 29, 30, No),
            (Direction::Exact, AT_LEAST, 31, 30, No),
            (Direction::Exact, AT_LEAST, 30, 30, Undecided),
            (Direction::Exact, AT_MOST, 29, 30, No),
            (Direction::Exact, AT_MOST, 30, 30, Undecided),
            (Direction::Exact, ABOUT, 30, 30, Undecided),
            (Direction::None, EXACT, 30, 30, Undecided),
        ];
        for (direction, qualifier, value, target, expected) in cases {
            let found = reached(&quantity(qualifier, value), whole(target), direction);
            assert_eq!(found, expected, "{direction:?} {qualifier:?} {value} of {target}");
        }
    }

    fn judged(
        direction: Direction,
        period: PeriodState,
        (qualifier, value): (Qualifier, i128),
        (planned, target): (i128, i128),
    ) -> Status {
        judge(&Judgement {
            quantity: Some(quantity(qualifier, value)),
            target: Some(whole(target)),
            planned: Some(whole(planned)),
            direction,
            period,
            thresholds: Thresholds::default(),
        })
    }

    #[test]
    fn while_the_period_runs_the_trajectory_counts() {
        use Status::{Behind, FarBehind, Met, OnTrack};
        let cases = [
            (Direction::Up, EXACT, 95, (100, 200), OnTrack),
            (Direction::Up, EXACT, 94, (100, 200), Behind),
            (Direction::Up, EXACT, 75, (100, 200), Behind),
            (Direction::Up, EXACT, 74, (100, 200), FarBehind),
            (Direction::Up, EXACT, 0, (0, 200), OnTrack),
            (Direction::Up, EXACT, 200, (100, 200), Met),
            (Direction::Up, AT_LEAST, 200, (100, 200), Met),
            (Direction::Up, ABOUT, 200, (100, 200), OnTrack),
            (Direction::Up, AT_LEAST, 30, (40, 40), Behind),
            // The first half of 2023: 61 of 150, planned 75.
            (Direction::Up, EXACT, 61, (75, 150), Behind),
            (Direction::Up, EXACT, -96, (-100, 0), OnTrack),
            (Direction::Up, EXACT, -106, (-100, 0), Behind),
            (Direction::Down, EXACT, 90, (100, 100), OnTrack),
            (Direction::Down, EXACT, 105, (100, 100), OnTrack),
            (Direction::Down, EXACT, 106, (100, 100), Behind),
            (Direction::Down, EXACT, 126, (100, 100), FarBehind),
            (Direction::Down, EXACT, 0, (0, 0), OnTrack),
            (Direction::Down, EXACT, 1, (0, 0), FarBehind),
            (Direction::Plan, EXACT, 100, (100, 100), OnTrack),
            (Direction::Plan, EXACT, 106, (100, 100), Behind),
            (Direction::Plan, EXACT, 94, (100, 100), Behind),
            (Direction::Plan, EXACT, 126, (100, 100), FarBehind),
            (Direction::Exact, EXACT, 100, (100, 100), OnTrack),
            (Direction::Exact, EXACT, 74, (100, 100), FarBehind),
            (Direction::Exact, EXACT, 130, (100, 100), FarBehind),
        ];
        for (direction, qualifier, value, path, expected) in cases {
            let found = judged(direction, PeriodState::Running, (qualifier, value), path);
            assert_eq!(found, expected, "{direction:?} {qualifier:?} {value} against {path:?}");
        }
    }

    #[test]
    fn once_the_period_is_over_the_target_counts() {
        use Status::{Behind, FarBehind, Met, OnTrack};
        let cases = [
            (Direction::Up, EXACT, 152, 150, Met),
            (Direction::Up, EXACT, 149, 150, Behind),
            (Direction::Up, EXACT, 100, 150, FarBehind),
            (Direction::Up, AT_MOST, 400, 400, Behind),
            (Direction::Up, ABOUT, 400, 400, OnTrack),
            (Direction::Down, EXACT, 3, 3, Met),
            (Direction::Down, EXACT, 4, 100, Met),
            (Direction::Down, EXACT, 103, 100, Behind),
            (Direction::Plan, EXACT, 31, 30, Met),
            (Direction::Plan, EXACT, 29, 30, Behind),
            (Direction::Plan, EXACT, 36, 30, Behind),
            (Direction::Plan, EXACT, 60, 30, FarBehind),
            (Direction::Exact, EXACT, 30, 30, Met),
            (Direction::Exact, EXACT, 31, 30, Behind),
        ];
        for (direction, qualifier, value, target, expected) in cases {
            let path = (target, target);
            let found = judged(direction, PeriodState::Over, (qualifier, value), path);
            assert_eq!(found, expected, "{direction:?} {qualifier:?} {value} of {target}");
        }
    }

    #[test]
    fn without_figure_target_or_direction_nothing_is_green() {
        let complete = Judgement {
            quantity: Some(quantity(EXACT, 200)),
            target: Some(whole(100)),
            planned: None,
            direction: Direction::Up,
            period: PeriodState::Over,
            thresholds: Thresholds::default(),
        };
        let cases = [
            (complete, Status::Met),
            (Judgement { quantity: None, ..complete }, Status::NoData),
            (Judgement { target: None, ..complete }, Status::NotJudged),
            (Judgement { direction: Direction::None, ..complete }, Status::NotJudged),
            (
                Judgement { direction: Direction::None, quantity: None, ..complete },
                Status::NotJudged,
            ),
            (Judgement { quantity: None, target: None, ..complete }, Status::NoData),
            (Judgement { target: Some(whole(i128::MIN + 1)), ..complete }, Status::NotJudged),
        ];
        for (judgement, expected) in cases {
            assert_eq!(judge(&judgement), expected, "{judgement:?}");
        }
    }

    #[test]
    fn thresholds_leave_room_for_every_status() {
        let order = |on_track_thousandths, behind_thousandths| {
            Err(ThresholdError::OutOfOrder { on_track_thousandths, behind_thousandths })
        };
        let above =
            |on_track_thousandths| Err(ThresholdError::AboveThePlan { on_track_thousandths });
        let cases = [
            (950, 750, Ok(Thresholds::default())),
            (1_000, 0, Ok(Thresholds { on_track_thousandths: 1_000, behind_thousandths: 0 })),
            (750, 950, order(750, 950)),
            (900, 900, order(900, 900)),
            (0, 0, order(0, 0)),
            (1_001, 750, above(1_001)),
            (70_000, 750, above(70_000)),
            (950, 70_000, order(950, 70_000)),
        ];
        for (on_track, behind, expected) in cases {
            assert_eq!(Thresholds::new(on_track, behind), expected);
        }
    }
}
