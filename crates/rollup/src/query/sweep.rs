//! The fast path: every group's sum and counts, a window of positions at a time.
//!
//! Within a window the periods are added on top of each other, place by place, which processors
//! do for many places at once. A group's part of the window is then one short sum of each
//! measure. Groups in tree order share their windows.

use std::ops::Range;

use domain::number::Qualifier;
use domain::unit::UnitId;

use super::selection::{Frame, within};
use super::{Group, Moment, Total, counted, moments_of};
use crate::bitmap::{Bitmap, WORD, each_bit};
use crate::columns::values::Accumulator;
use crate::columns::{Column, add_all_to};
use crate::exact::Exact;
use crate::lanes::{add_bits, sum_and_count};
use crate::restate::{Heirs, Placement};

/// Words of a window: its sums stay in the fastest memory.
const WINDOW_WORDS: usize = 16;
/// Places of a window.
const WINDOW: usize = WINDOW_WORDS * WORD as usize;
/// Positions outside all groups that are worth adding up to reach the next group.
const GAP: u32 = 512;

/// Sums and counts of every group.
pub(super) fn totals(frames: &[Frame<'_>], groups: &[Group]) -> Vec<Total> {
    let empty = Total {
        value: Some(Exact::from(0)),
        qualifier: Qualifier::Exact,
        reported: 0,
        expected: 0,
        units_reported: 0,
        units_missing: 0,
        broken: Vec::new(),
    };
    let mut totals = vec![empty; groups.len()];
    for frame in frames {
        pulp::Arch::new().dispatch(AddFrame { frame, totals: &mut totals });
        let Some(placement) = frame.placement.filter(|_| frame.has_partial()) else { continue };
        for (at, group) in groups.iter().enumerate() {
            if !frame.partial(at).is_empty() {
                let inside = within(group, placement);
                add_partial(frame, placement, at, &inside, &mut totals[at]);
            }
        }
    }
    for (at, total) in totals.iter_mut().enumerate() {
        if frames.len() > 1 {
            count_units(frames, at, total);
        }
        if total.reported == 0 {
            total.value = None;
        }
        total.broken.sort_unstable();
        total.broken.dedup();
    }
    totals
}

impl Total {
    fn add(&mut self, value: i128) {
        // Sums of 64-bit figures stay far below 128 bits.
        if let Some(sum) = &mut self.value {
            sum.numerator += value;
        }
    }
}

/// Adds the parts of split units, and notes those that nobody decided.
fn add_partial(
    frame: &Frame<'_>,
    placement: &Placement,
    group: usize,
    inside: &Range<u32>,
    total: &mut Total,
) {
    for position in frame.partial(group) {
        let (mut reported, mut missing, mut undecided) = (false, false, false);
        for moment in moments_of(frame) {
            let value = counted(moment, *position);
            let part = placement.part(*position, value.unwrap_or(0), inside);
            let (Some(part), owed) = (part, owes(moment, *position)) else {
                undecided |= value.is_some();
                continue;
            };
            total.add(part);
            total.expected += u64::from(owed);
            missing |= owed && value.is_none();
            if let (Some(_), Some(column)) = (value, moment.column) {
                reported = true;
                total.reported += 1;
                total.qualifier = total.qualifier.plus(column.qualifier(*position));
            }
        }
        total.units_reported += u32::from(reported);
        total.units_missing += u32::from(missing);
        if undecided {
            total.broken.extend(placement.sharer(*position));
        }
    }
}

fn owes(moment: &Moment<'_>, position: u32) -> bool {
    moment.expected.is_some_and(|expected| expected.contains(position))
}

/// Counts units over several trees, where one unit stands at several positions.
fn count_units(frames: &[Frame<'_>], group: usize, total: &mut Total) {
    let mut seen: Vec<(UnitId, bool, bool)> = Vec::new();
    for frame in frames {
        let decided = |position: &u32| {
            frame
                .placement
                .is_none_or(|placement| !matches!(placement.heirs(*position), Heirs::Undecided))
        };
        let whole = frame.ranges(group).iter().cloned().flatten();
        for position in whole.chain(frame.partial(group).iter().copied().filter(decided)) {
            let (mut reported, mut missing) = (false, false);
            for moment in moments_of(frame) {
                let has = counted(moment, position).is_some();
                reported |= has;
                missing |= !has && owes(moment, position);
            }
            if reported || missing {
                seen.push((frame.order.units()[position as usize], reported, missing));
            }
        }
    }
    seen.sort_unstable();
    (total.units_reported, total.units_missing) = (0, 0);
    for unit in seen.chunk_by(|one, other| one.0 == other.0) {
        total.units_reported += u32::from(unit.iter().any(|(_, reported, _)| *reported));
        total.units_missing += u32::from(unit.iter().any(|(_, _, missing)| *missing));
    }
}

/// How many bits sums need so that none can overflow.
enum Bits {
    /// 16 at a place, 64 over all.
    Least,
    /// 32 within a window, 64 over all.
    Few,
    /// 64.
    Some,
    /// 128.
    Many,
}

fn bits_needed(frame: &Frame<'_>) -> Bits {
    let columns = || moments_of(frame).filter_map(|moment| moment.column);
    let of_all: u128 = columns().map(|column| column.bound(column.reported())).sum();
    let of_place: u128 = columns().map(|column| column.bound(1)).sum();
    if of_all > u128::from(i64::MAX.unsigned_abs()) {
        Bits::Many
    } else if of_place * WINDOW as u128 > u128::from(i32::MAX.unsigned_abs()) {
        Bits::Some
    } else if of_place > i16::MAX.unsigned_abs().into() {
        Bits::Few
    } else {
        Bits::Least
    }
}

/// Adding up a frame, compiled for each kind of processor. All that it calls often must be
/// inlined into it: what stays out of line is compiled for the oldest.
struct AddFrame<'a> {
    frame: &'a Frame<'a>,
    totals: &'a mut [Total],
}

impl pulp::WithSimd for AddFrame<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        match bits_needed(self.frame) {
            Bits::Least => add_frame::<i16>(self.frame, self.totals),
            Bits::Few => add_frame::<i32>(self.frame, self.totals),
            Bits::Some => add_frame::<i64>(self.frame, self.totals),
            Bits::Many => add_frame::<i128>(self.frame, self.totals),
        }
    }
}

/// Adds what the ranges of a frame hold. `A` holds the sums of a place.
#[inline(always)]
fn add_frame<A: Accumulator>(frame: &Frame<'_>, totals: &mut [Total]) {
    let ranges = &frame.sources.ranges;
    let inexact = inexact(frame);
    let mut window = Window::<A>::new(frame);
    for (group, total) in totals.iter_mut().enumerate() {
        let mut sum = A::Total::default();
        for at in frame.range_places(group) {
            let range = &ranges[at];
            let mut start = range.start;
            while start < range.end {
                if !window.holds(start) {
                    window.load(start, reach(&ranges[at..]));
                }
                start = window.add(start..range.end, &mut sum, total);
            }
            if !inexact.is_empty() {
                let from = inexact.partition_point(|(at, _)| *at < range.start);
                let inside = inexact[from..].iter().take_while(|(at, _)| *at < range.end);
                total.qualifier = inside.fold(total.qualifier, |all, (_, one)| all.plus(*one));
            }
        }
        total.add(sum.into());
    }
}

/// How far a window may reach that starts in the first of these ranges: over all that follow in
/// order, without a wide gap.
fn reach(ranges: &[Range<u32>]) -> u32 {
    let mut end = ranges[0].end;
    for pair in ranges.windows(2) {
        let limit = u64::from(ranges[0].start) + WINDOW as u64;
        if pair[1].start < pair[0].start || pair[1].start > end.saturating_add(GAP) {
            break;
        }
        end = end.max(pair[1].end);
        if u64::from(end) > limit {
            break;
        }
    }
    end
}

/// The figures of a frame that count and are not exact, by position.
fn inexact(frame: &Frame<'_>) -> Vec<(u32, Qualifier)> {
    let mut inexact = Vec::new();
    let ranges = &frame.sources.ranges;
    if moments_of(frame).all(|moment| moment.column.is_none_or(Column::is_exact)) {
        return inexact;
    }
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let end = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    for moment in moments_of(frame) {
        let all = moment.column.map_or(&[][..], |column| column.inexact(first..end));
        inexact.extend(all.iter().filter(|(at, _)| counted(moment, *at).is_some()));
    }
    inexact.sort_unstable_by_key(|(at, _)| *at);
    inexact
}

/// Positions that owe a figure, and in how many periods the very same list holds.
struct Owed<'a> {
    expected: &'a Bitmap,
    periods: u8,
}

/// What every place of a stretch of positions has over the periods of a frame.
struct Window<'a, A> {
    moments: &'a [&'a Moment<'a>],
    owed: Vec<Owed<'a>>,
    start: u32,
    places: usize,
    sums: [A; WINDOW],
    /// Figures of each place; a frame has at most 255 periods.
    reported: [u8; WINDOW],
    expected: [u8; WINDOW],
    /// 1 for places that owed a figure in any period and have none there.
    missing: [u8; WINDOW],
}

impl<'a, A: Accumulator> Window<'a, A> {
    fn new(frame: &'a Frame<'a>) -> Self {
        let mut owed: Vec<Owed<'a>> = Vec::new();
        for expected in moments_of(frame).filter_map(|moment| moment.expected) {
            match owed.iter_mut().find(|owed| std::ptr::eq(owed.expected, expected)) {
                Some(owed) => owed.periods += 1,
                None => owed.push(Owed { expected, periods: 1 }),
            }
        }
        Self {
            moments: &frame.moments,
            owed,
            start: 0,
            places: 0,
            sums: [A::default(); WINDOW],
            reported: [0; WINDOW],
            expected: [0; WINDOW],
            missing: [0; WINDOW],
        }
    }

    #[inline]
    fn holds(&self, position: u32) -> bool {
        position >= self.start && ((position - self.start) as usize) < self.places
    }

    /// Adds a range, as far as the window goes; where that is.
    #[inline(always)]
    fn add(&self, range: Range<u32>, sum: &mut A::Total, total: &mut Total) -> u32 {
        let at = (range.start - self.start) as usize;
        let until = ((range.end - self.start) as usize).min(self.places);
        *sum += A::sum_places(&self.sums, at, until);
        let (reported, any) = sum_and_count(&self.reported, at, until);
        total.reported += u64::from(reported);
        total.units_reported += any;
        if !self.owed.is_empty() {
            total.expected += u64::from(sum_and_count(&self.expected, at, until).0);
            total.units_missing += sum_and_count(&self.missing, at, until).0;
        }
        range.end.min(self.start + u32::try_from(self.places).expect("a window is short"))
    }

    /// Moves to `position` and on to `end`, or as far as a window goes, and adds up the periods.
    #[inline(always)]
    fn load(&mut self, position: u32, end: u32) {
        let first_word = (position / WORD) as usize;
        let last_word = (end as usize).div_ceil(WORD as usize);
        let words = (last_word - first_word).min(WINDOW_WORDS);
        self.start = position / WORD * WORD;
        self.places = words * WORD as usize;
        let sums = &mut self.sums[..self.places];
        sums.fill(A::default());
        add_all_to(self.moments.iter().filter_map(|moment| moment.column), first_word, sums);
        let mut planes = Planes::default();
        let mut missing = [0; WINDOW_WORDS];
        for moment in self.moments {
            let mut mask = [0; WINDOW_WORDS];
            let mask = &mut mask[..words];
            if let Some(column) = moment.column {
                column.presence_into(first_word, mask);
                for partner in &moment.partners {
                    take_out(column, *partner, first_word, mask, sums);
                }
            }
            if let Some(expected) = moment.expected {
                for (at, (missing, mask)) in missing.iter_mut().zip(&*mask).enumerate() {
                    *missing |= expected.word(first_word + at) & !*mask;
                }
            }
            planes.add(mask);
        }
        self.reported[..self.places].fill(0);
        planes.add_to(words, &mut self.reported);
        if !self.owed.is_empty() {
            self.load_owed(first_word, &missing[..words]);
        }
    }

    #[inline(always)]
    fn load_owed(&mut self, first_word: usize, missing: &[u64]) {
        self.missing[..self.places].fill(0);
        add_bits(missing, 1, &mut self.missing);
        self.expected[..self.places].fill(0);
        for owed in &self.owed {
            let mut mask = [0; WINDOW_WORDS];
            let mask = &mut mask[..missing.len()];
            for (at, mask) in mask.iter_mut().enumerate() {
                *mask = owed.expected.word(first_word + at);
            }
            add_bits(mask, owed.periods, &mut self.expected);
        }
    }
}

/// How many masks have each bit, as binary numbers: a plane holds one digit of 64 of them per word.
#[derive(Default)]
struct Planes {
    planes: [[u64; WINDOW_WORDS]; 8],
    masks: u32,
}

impl Planes {
    /// Counts one more for every bit of the mask, which is used up.
    #[inline(always)]
    fn add(&mut self, mask: &mut [u64]) {
        self.masks += 1;
        let digits = u32::BITS - self.masks.leading_zeros();
        for plane in &mut self.planes[..digits as usize] {
            for (plane, carry) in plane.iter_mut().zip(&mut *mask) {
                (*plane, *carry) = (*plane ^ *carry, *plane & *carry);
            }
        }
    }

    /// Adds the counts to their places.
    #[inline(always)]
    fn add_to(&self, words: usize, places: &mut [u8]) {
        let digits = u32::BITS - self.masks.leading_zeros();
        for (digit, plane) in self.planes[..digits as usize].iter().enumerate() {
            add_bits(&plane[..words], 1 << digit, places);
        }
    }
}

/// Takes the figures without a partner out of the mask, and out of the sums they were added to.
fn take_out<A: Accumulator>(
    column: &Column,
    partner: Option<&Column>,
    first_word: usize,
    mask: &mut [u64],
    sums: &mut [A],
) {
    let mut other = [0; WINDOW_WORDS];
    let other = &mut other[..mask.len()];
    if let Some(partner) = partner {
        partner.presence_into(first_word, other);
    }
    for (at, (mask, other)) in mask.iter_mut().zip(other).enumerate() {
        each_bit(*mask & !*other, |bit| {
            let place = at * WORD as usize + bit as usize;
            let position = first_word * WORD as usize + place;
            let value = u32::try_from(position).ok().and_then(|at| column.value(at));
            sums[place] -= A::of(value.unwrap_or(0));
        });
        *mask &= *other;
    }
}
