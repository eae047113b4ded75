//! Questions and their answers: totals of groups of units over a row of base periods.

mod selection;
mod single;
mod sweep;

use std::ops::Range;

use domain::item::Aggregate;
use domain::number::Qualifier;
use domain::unit::UnitId;

use crate::bitmap::Bitmap;
use crate::columns::Column;
pub use crate::exact::Exact;
use crate::exact::Overflow;
use crate::restate::Placement;
use crate::tree_order::TreeOrder;
use selection::{Frame, Undecided, frames};

/// One base period of a question.
#[derive(Debug, Clone)]
pub struct Moment<'a> {
    /// The tree of its time.
    pub order: &'a TreeOrder,
    /// The figures, over `order`; none when nobody reported.
    pub column: Option<&'a Column>,
    /// A unit's figure counts only where it has a figure in all of these too: a ratio is taken
    /// over the units that reported both sides.
    pub partners: Vec<Option<&'a Column>>,
    /// Positions of `order` that owe the figure; none when nobody does.
    pub expected: Option<&'a Bitmap>,
    /// Where the figures stand on another date's tree: given for a restated question.
    pub placement: Option<&'a Placement>,
}

/// Which figures make one total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// A unit and all below: on the tree of each period's time, or on the tree asked for when
    /// restated.
    Subtree(UnitId),
    /// A unit's own figures, without those below.
    Only(UnitId),
    /// Figures of the units that stood under `of` at the time of each period; when restated and
    /// `within` is given, only what now goes to that subtree. This is how a unit is restated that
    /// was abolished.
    Members {
        /// The unit they stood under.
        of: UnitId,
        /// The subtree of the tree asked for.
        within: Option<UnitId>,
    },
}

/// What is asked: totals of `groups` over `moments`, first over time per unit, then over units.
/// Restated, figures first become those of the heirs, period by period: figures that come to one
/// heir become one by the rule over units.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The base periods, oldest first.
    pub moments: &'a [Moment<'a>],
    /// How figures of several units become one.
    pub over_units: Aggregate,
    /// How a unit's figures of several periods become one. For the latest and the earliest, a
    /// group's members are those it has in the newest, or oldest, period that knows the group:
    /// nothing is counted twice when units move or merge in between.
    pub over_time: Aggregate,
    /// The totals asked for.
    pub groups: &'a [Group],
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The value, in the item's scale. None when there is no figure, or when several may not be
    /// made one.
    pub value: Option<Exact>,
    /// How exact it is.
    pub qualifier: Qualifier,
    /// How many figures it rests on: units × periods of their own time.
    pub reported: u64,
    /// How many figures were owed: units × periods.
    pub expected: u64,
    /// Units with at least one figure.
    pub units_reported: u32,
    /// Units that owed a figure in at least one period without giving it.
    pub units_missing: u32,
    /// Split units with figures whose part in this group nobody decided; their figures are not in
    /// the value nor in the counts.
    pub broken: Vec<UnitId>,
}

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RollupError {
    /// A result needs more digits than we keep.
    #[error("the total is too large")]
    Overflow,
    /// A placement was made for another tree than that of its period, or periods are placed on
    /// different trees.
    #[error("the periods are placed on different trees")]
    MixedTrees,
}

impl From<Overflow> for RollupError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// Answers a question: one total for every group, in their order. A group of one small subtree
/// costs no more than that subtree. Threads may share the groups between them.
///
/// # Errors
/// A total too large for exact arithmetic, and placements that do not fit together.
pub fn totals(question: &Question<'_>) -> Result<Vec<Total>, RollupError> {
    check_trees(question.moments)?;
    let over_time = match (question.moments, question.over_time) {
        // One period needs no rule over time, so the fast path serves stocks as well.
        ([_], rule) if rule != Aggregate::Count => Aggregate::Sum,
        (_, rule) => rule,
    };
    let fast = over_time == Aggregate::Sum && question.over_units == Aggregate::Sum;
    let undecided = if fast { Undecided::WholeWithAllHeirs } else { Undecided::LeftOut };
    let frames = frames(question, over_time, undecided);
    let mut totals = sweep::totals(&frames, question.groups);
    if !fast {
        let rules = single::Rules { over_time, over_units: question.over_units };
        for (at, total) in totals.iter_mut().enumerate() {
            single::total(question, &frames, rules, at, total)?;
        }
    }
    Ok(totals)
}

/// Whether all periods that are placed are placed on one tree, and placements fit their period.
fn check_trees(moments: &[Moment<'_>]) -> Result<(), RollupError> {
    let Some(target) = moments.iter().find_map(|moment| moment.placement) else { return Ok(()) };
    let target = target.target();
    let same = |other: &TreeOrder| {
        std::ptr::eq(&raw const **target, other) || target.units() == other.units()
    };
    for moment in moments {
        let fits = match moment.placement {
            Some(placement) => {
                placement.units() == moment.order.units().len() && same(placement.target())
            }
            // A period whose own tree is the one asked for needs no placement.
            None => same(moment.order),
        };
        if !fits {
            return Err(RollupError::MixedTrees);
        }
    }
    Ok(())
}

/// The range of a unit's subtree, if the tree has it.
fn subtree(order: &TreeOrder, unit: UnitId) -> Option<Range<u32>> {
    order.position(unit).map(|position| order.subtree(position))
}

/// The figure of a position that counts: present in the column and in all partners.
fn counted(moment: &Moment<'_>, position: u32) -> Option<i64> {
    let value = moment.column?.value(position)?;
    let everywhere = moment
        .partners
        .iter()
        .all(|partner| partner.is_some_and(|partner| partner.value(position).is_some()));
    everywhere.then_some(value)
}

/// The periods of one frame, by their place in the question.
fn moments_of<'a>(frame: &'a Frame<'a>) -> impl Iterator<Item = &'a Moment<'a>> {
    frame.moments.iter().copied()
}
