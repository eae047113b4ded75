//! Which positions of their own time stand behind each group.

use std::ops::Range;

use domain::item::Aggregate;

use super::{Group, Moment, Question, subtree};
use crate::restate::{Heirs, Placement, Sources, append_runs};
use crate::tree_order::TreeOrder;

/// The periods of a question that share a tree and a placement, and what the groups are on it.
pub(super) struct Frame<'a> {
    pub(super) order: &'a TreeOrder,
    pub(super) placement: Option<&'a Placement>,
    pub(super) moments: Vec<&'a Moment<'a>>,
    /// Ranges and split positions of all groups, one after the other.
    pub(super) sources: Sources,
    /// For every group where its ranges and split positions end.
    ends: Vec<(u32, u32)>,
}

impl Frame<'_> {
    /// The places of a group's ranges.
    pub(super) fn range_places(&self, group: usize) -> Range<usize> {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before].0);
        start as usize..self.ends[group].0 as usize
    }

    /// The positions that come whole to a group.
    pub(super) fn ranges(&self, group: usize) -> &[Range<u32>] {
        &self.sources.ranges[self.range_places(group)]
    }

    /// Whether any group has such positions as [`Self::partial`] gives.
    pub(super) fn has_partial(&self) -> bool {
        !self.sources.partial.is_empty()
    }

    /// The positions that come to a group in part, or nobody knows.
    pub(super) fn partial(&self, group: usize) -> &[u32] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before].1);
        &self.sources.partial[start as usize..self.ends[group].1 as usize]
    }

    fn close_group(&mut self) {
        let end = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        self.ends.push((end(self.sources.ranges.len()), end(self.sources.partial.len())));
    }
}

/// The range of a group on the tree asked for, in a restated question; everything when it is not
/// limited there.
pub(super) fn within(group: &Group, placement: &Placement) -> Range<u32> {
    let target = placement.target();
    match group {
        Group::Subtree(unit) | Group::Members { within: Some(unit), .. } => {
            subtree(target, *unit).unwrap_or(0..0)
        }
        Group::Only(unit) => target.position(*unit).map_or(0..0, |at| at..at + 1),
        Group::Members { within: None, .. } => 0..target.len(),
    }
}

/// Periods are counted in a byte per place.
const FRAME_PERIODS_MAX: usize = 255;

/// What is done with a split that nobody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undecided {
    /// Where all heirs stand in the group, its parts need not be known: right for sums.
    WholeWithAllHeirs,
    /// Its figures are left out and the unit is listed.
    LeftOut,
}

/// Sorts the periods into frames, by the newest period of each, and finds the groups in each.
pub(super) fn frames<'a>(
    question: &Question<'a>,
    over_time: Aggregate,
    undecided: Undecided,
) -> Vec<Frame<'a>> {
    let mut frames = empty_frames(question);
    let anchored = frames.len() > 1
        && matches!(over_time, Aggregate::Last | Aggregate::First)
        && frames.iter().all(|frame| frame.placement.is_none());
    for group in question.groups {
        if anchored {
            select_anchored(question, over_time, group, &mut frames);
        } else {
            for frame in &mut frames {
                select(group, frame, undecided);
            }
        }
        frames.iter_mut().for_each(Frame::close_group);
    }
    frames
}

fn empty_frames<'a>(question: &Question<'a>) -> Vec<Frame<'a>> {
    let mut frames: Vec<Frame<'a>> = Vec::new();
    for moment in question.moments.iter().rev() {
        let same = |frame: &&mut Frame<'_>| {
            frame.moments.len() < FRAME_PERIODS_MAX
                && std::ptr::eq(frame.order, moment.order)
                && match (frame.placement, moment.placement) {
                    (None, None) => true,
                    (Some(one), Some(other)) => std::ptr::eq(one, other),
                    (None, Some(_)) | (Some(_), None) => false,
                }
        };
        match frames.iter_mut().find(same) {
            Some(frame) => frame.moments.push(moment),
            None => frames.push(Frame {
                order: moment.order,
                placement: moment.placement,
                moments: vec![moment],
                sources: Sources {
                    ranges: Vec::with_capacity(question.groups.len()),
                    partial: Vec::new(),
                },
                ends: Vec::with_capacity(question.groups.len()),
            }),
        }
    }
    frames.reverse();
    frames
}

/// Adds the positions of a group.
fn select(group: &Group, frame: &mut Frame<'_>, undecided: Undecided) {
    let first_new = frame.sources.ranges.len();
    let order = frame.order;
    let sources = &mut frame.sources;
    let Some(placement) = frame.placement else {
        sources.ranges.extend(own_range(group, order).filter(|range| !range.is_empty()));
        return;
    };
    match group {
        Group::Subtree(unit) => {
            if let Some(position) = placement.target().position(*unit) {
                placement.behind_subtree(position, sources);
            }
        }
        Group::Only(_) => placement.gather(&within(group, placement), sources),
        Group::Members { of, within: limit } => {
            let members = subtree(order, *of).unwrap_or(0..0);
            let limit = limit.map(|_| within(group, placement));
            placement.behind_members(members, limit.as_ref(), sources);
        }
    }
    if undecided == Undecided::LeftOut && !placement.broken().is_empty() {
        leave_out_undecided(placement, first_new, sources);
    }
}

/// Moves undecided positions out of the ranges from `first_new` on.
fn leave_out_undecided(placement: &Placement, first_new: usize, sources: &mut Sources) {
    let ranges = sources.ranges.split_off(first_new);
    let mut decided = Vec::new();
    for position in ranges.into_iter().flatten() {
        if matches!(placement.heirs(position), Heirs::Undecided) {
            sources.partial.push(position);
        } else {
            decided.push(position);
        }
    }
    append_runs(decided.into_iter(), &mut sources.ranges);
}

/// The range of a group on the tree of its own time.
fn own_range(group: &Group, order: &TreeOrder) -> Option<Range<u32>> {
    match group {
        Group::Subtree(unit) | Group::Members { of: unit, within: None } => subtree(order, *unit),
        Group::Only(unit) => order.position(*unit).map(|at| at..at + 1),
        Group::Members { of, within: Some(within) } => {
            let (of, within) = (subtree(order, *of)?, subtree(order, *within)?);
            Some(of.start.max(within.start)..of.end.min(within.end))
        }
    }
}

/// Adds the positions of the units a group has in the newest (or oldest) period that knows it,
/// wherever they stood in the other periods: a stock that moves is counted where it last stood.
fn select_anchored(
    question: &Question<'_>,
    over_time: Aggregate,
    group: &Group,
    frames: &mut [Frame<'_>],
) {
    let known = |moment: &&Moment<'_>| own_range(group, moment.order).is_some();
    let anchor = if over_time == Aggregate::Last {
        question.moments.iter().rev().find(known)
    } else {
        question.moments.iter().find(known)
    };
    let Some(anchor) = anchor else { return };
    let Some(range) = own_range(group, anchor.order).filter(|range| !range.is_empty()) else {
        return;
    };
    let members = &anchor.order.units()[range.start as usize..range.end as usize];
    for frame in frames {
        if std::ptr::eq(frame.order, anchor.order) {
            frame.sources.ranges.push(range.clone());
            continue;
        }
        let mut positions: Vec<u32> =
            members.iter().filter_map(|unit| frame.order.position(*unit)).collect();
        positions.sort_unstable();
        append_runs(positions.into_iter(), &mut frame.sources.ranges);
    }
}
