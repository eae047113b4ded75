//! The general path: any rule over time and over units, figure by figure.

use std::collections::BTreeMap;

use domain::item::Aggregate;
use domain::number::Qualifier;
use domain::unit::UnitId;

use super::selection::{Frame, within};
use super::{Group, Moment, Question, RollupError, Total, counted};
use crate::exact::{Exact, Fold, Folded};
use crate::restate::{Heirs, parts};

/// How figures become one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) over_time: Aggregate,
    pub(super) over_units: Aggregate,
}

/// A unit in the order in which units are folded: units that only older trees know come first,
/// so that the last unit is one that still exists.
type Place = (usize, u32);

/// One figure of one period: whose it is on the tree asked for, where it stood, what it says.
struct Cell {
    heir: u32,
    source: u32,
    value: i64,
    qualifier: Qualifier,
}

/// The figures of every unit over time, in the order in which units are folded.
enum Series {
    /// Side by side, from a position on: where units are numbered by one tree.
    Dense {
        first: u32,
        folds: Vec<Fold>,
    },
    Sparse(BTreeMap<Place, Fold>),
}

impl Series {
    fn new(question: &Question<'_>, frames: &[Frame<'_>], group: usize) -> Self {
        let range = match (frames, &question.groups[group]) {
            (_, Group::Members { .. }) | ([], _) => None,
            ([frame], group_asked) => match frame.placement {
                Some(placement) => Some(within(group_asked, placement)),
                // Without a placement a group is one range.
                None => frame.ranges(group).first().cloned(),
            },
            ([frame, ..], group_asked) => {
                frame.placement.map(|placement| within(group_asked, placement))
            }
        };
        match range {
            Some(range) => {
                Self::Dense { first: range.start, folds: vec![Fold::default(); range.len()] }
            }
            None => Self::Sparse(BTreeMap::new()),
        }
    }

    fn unit(&mut self, frames: &[Frame<'_>], frame: usize, heir: u32) -> &mut Fold {
        match self {
            Self::Dense { first, folds } => &mut folds[(heir - *first) as usize],
            Self::Sparse(folds) => folds.entry(place(frames, frame, heir)).or_default(),
        }
    }

    fn into_folds(self) -> Vec<Fold> {
        match self {
            Self::Dense { folds, .. } => folds,
            Self::Sparse(folds) => folds.into_values().collect(),
        }
    }
}

/// Replaces value and qualifier of a group's total, whose counts are known.
pub(super) fn total(
    question: &Question<'_>,
    frames: &[Frame<'_>],
    rules: Rules,
    group: usize,
    total: &mut Total,
) -> Result<(), RollupError> {
    let mut series = Series::new(question, frames, group);
    let mut broken: Vec<UnitId> = Vec::new();
    let mut conflict = false;
    // Oldest first: later figures replace earlier ones under the rule "last".
    for moment in question.moments {
        let Some((at, frame)) = frames
            .iter()
            .enumerate()
            .find(|(_, frame)| frame.moments.iter().any(|own| std::ptr::eq(*own, moment)))
        else {
            continue;
        };
        let cells = cells(question, frame, moment, group, &mut broken);
        for together in cells.chunk_by(|one, other| one.heir == other.heir) {
            let merged = merge(together, rules.over_units)?;
            match merged {
                Folded::Empty => {}
                Folded::Conflict => conflict = true,
                Folded::Value(value, qualifier) => {
                    let unit = series.unit(frames, at, together[0].heir);
                    unit.push(rules.over_time, value, qualifier)?;
                }
            }
        }
    }
    let mut over_units = Fold::default();
    for unit in series.into_folds() {
        match unit.finish(rules.over_time)? {
            Folded::Empty => {}
            Folded::Conflict => conflict = true,
            Folded::Value(value, qualifier) => {
                over_units.push(rules.over_units, value, qualifier)?;
            }
        }
    }
    (total.value, total.qualifier) = match over_units.finish(rules.over_units)? {
        Folded::Value(value, qualifier) if !conflict => (Some(value), qualifier),
        Folded::Value(..) | Folded::Empty | Folded::Conflict => (None, Qualifier::Exact),
    };
    broken.sort_unstable();
    broken.dedup();
    total.broken = broken;
    Ok(())
}

/// The figures of one period in a group, by heir, then by where they stood.
fn cells(
    question: &Question<'_>,
    frame: &Frame<'_>,
    moment: &Moment<'_>,
    group: usize,
    broken: &mut Vec<UnitId>,
) -> Vec<Cell> {
    let Some(column) = moment.column else { return Vec::new() };
    let mut cells = Vec::new();
    let inside = frame.placement.map(|placement| within(&question.groups[group], placement));
    let mut add = |source: u32, value: i64| {
        let qualifier = column.qualifier(source);
        let mut cell = |heir, value| cells.push(Cell { heir, source, value, qualifier });
        let (Some(placement), Some(inside)) = (frame.placement, &inside) else {
            cell(source, value);
            return;
        };
        match placement.heirs(source) {
            Heirs::One(heir) => cell(heir, value),
            Heirs::Parts(heirs) => {
                for ((heir, _), part) in heirs.iter().zip(parts(value, heirs)) {
                    if inside.contains(heir) {
                        cell(*heir, part);
                    }
                }
            }
            Heirs::Undecided => broken.extend(placement.sharer(source)),
            Heirs::None => {}
        }
    };
    for range in frame.ranges(group) {
        column.each(range.clone(), |source, value| {
            if moment.partners.is_empty() || counted(moment, source).is_some() {
                add(source, value);
            }
        });
    }
    for source in frame.partial(group) {
        if let Some(value) = counted(moment, *source) {
            add(*source, value);
        }
    }
    if frame.placement.is_some() {
        cells.sort_unstable_by_key(|cell| (cell.heir, cell.source));
    }
    cells
}

/// The figure of one heir in one period.
fn merge(cells: &[Cell], over_units: Aggregate) -> Result<Folded, RollupError> {
    // Units are counted, not the figures that came to them, so their value does not matter.
    let rule = if over_units == Aggregate::Count { Aggregate::Sum } else { over_units };
    let mut fold = Fold::default();
    for cell in cells {
        fold.push(rule, Exact::from(i128::from(cell.value)), cell.qualifier)?;
    }
    Ok(fold.finish(rule)?)
}

/// Where a unit of a frame stands among all: by the newest frame that knows it.
fn place(frames: &[Frame<'_>], frame: usize, heir: u32) -> Place {
    if frames.len() == 1 || frames.iter().any(|frame| frame.placement.is_some()) {
        // Restated, all periods stand on the same tree.
        return (0, heir);
    }
    let unit = frames[frame].order.units()[heir as usize];
    let newest = frames
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, frame)| frame.order.position(unit).map(|position| (at, position)));
    newest.unwrap_or((frame, heir))
}
