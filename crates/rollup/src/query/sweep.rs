//! The fast path: one pass over the positions in question gives every group's sum and counts.
//!
//! All measures of a group are differences of two running totals, taken at the positions where
//! the group's ranges start and end (the *cuts*). A block of positions at a time, the periods are
//! added on top of each other, place by place, which processors do for several places at once;
//! then one walk over the block notes the running totals at its cuts.

use std::ops::Range;

use domain::number::Qualifier;
use domain::unit::UnitId;

use super::selection::{Frame, within};
use super::{Group, Moment, Total, counted, moments_of};
use crate::bitmap::{Bitmap, WORD, each_bit};
use crate::columns::add_all_to;
use crate::columns::values::Accumulator;
use crate::exact::Exact;
use crate::restate::{Heirs, Placement};

/// Words of a block: its totals stay in the fastest memory.
const BLOCK_WORDS: usize = 32;

/// Running totals at a cut. Differences of two are those of the range between.
#[derive(Debug, Clone, Copy, Default)]
struct Mark<T> {
    sum: T,
    counts: Counts,
}

/// The parts of a [`Mark`] that count.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    reported: u64,
    expected: u64,
    units_reported: u32,
    units_missing: u32,
    /// Figures at least, at most, about.
    bounds: [u32; 3],
}

impl Counts {
    fn note_bound(&mut self, qualifier: Qualifier) {
        match qualifier {
            Qualifier::Exact => {}
            Qualifier::AtLeast => self.bounds[0] += 1,
            Qualifier::AtMost => self.bounds[1] += 1,
            Qualifier::About => self.bounds[2] += 1,
        }
    }

    fn add_difference_to(&self, start: &Self, total: &mut Total) {
        total.reported += self.reported - start.reported;
        total.expected += self.expected - start.expected;
        total.units_reported += self.units_reported - start.units_reported;
        total.units_missing += self.units_missing - start.units_missing;
        if self.bounds != start.bounds {
            let kinds = [Qualifier::AtLeast, Qualifier::AtMost, Qualifier::About];
            for (kind, (end, start)) in kinds.into_iter().zip(self.bounds.iter().zip(start.bounds))
            {
                if *end > start {
                    total.qualifier = total.qualifier.plus(kind);
                }
            }
        }
    }
}

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
        match bits_needed(frame) {
            Bits::Few => add_frame::<i32, i64>(frame, &mut totals),
            Bits::Some => add_frame::<i64, i64>(frame, &mut totals),
            Bits::Many => add_frame::<i128, i128>(frame, &mut totals),
        }
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
    /// 32 within a block, 64 over all.
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
    let block = u128::from(WORD) * BLOCK_WORDS as u128;
    if of_all > u128::from(i64::MAX.unsigned_abs()) {
        Bits::Many
    } else if of_place * block > u128::from(i32::MAX.unsigned_abs()) {
        Bits::Some
    } else {
        Bits::Few
    }
}

/// Adds what the ranges of a frame hold.
fn add_frame<A: Accumulator, T: Accumulator + From<A>>(frame: &Frame<'_>, totals: &mut [Total]) {
    let cuts = Cuts::new(&frame.sources.ranges);
    if cuts.positions.is_empty() {
        return;
    }
    let mut marks = vec![Mark::<T>::default(); cuts.positions.len()];
    let mut sweep = Sweep::<A>::new(frame);
    for stretch in cuts.stretches() {
        sweep.run(&cuts.positions[stretch.clone()], &mut marks[stretch]);
    }
    for (group, total) in totals.iter_mut().enumerate() {
        for (start, end) in &cuts.places[frame.range_places(group)] {
            let (start, end) = (&marks[*start as usize], &marks[*end as usize]);
            let mut value = end.sum;
            value -= start.sum;
            total.add(value.into());
            end.counts.add_difference_to(&start.counts, total);
        }
    }
}

/// The positions where ranges start and end.
struct Cuts {
    /// Sorted, each once.
    positions: Vec<u32>,
    /// For each range the places of its start and end in `positions`.
    places: Vec<(u32, u32)>,
    /// For each position: ranges that start there less those that end there.
    opened: Vec<i32>,
}

impl Cuts {
    fn new(ranges: &[Range<u32>]) -> Self {
        let mut positions = Vec::with_capacity(2 * ranges.len());
        for range in ranges {
            // Neighbours share a cut; most lists of groups are in tree order.
            if positions.last() != Some(&range.start) {
                positions.push(range.start);
            }
            positions.push(range.end);
        }
        if !positions.is_sorted() {
            positions.sort_unstable();
        }
        positions.dedup();
        let mut opened = vec![0; positions.len()];
        let mut places = Vec::with_capacity(ranges.len());
        let mut near = 0;
        for range in ranges {
            let start = place_of(&positions, range.start, near);
            let end = place_of(&positions, range.end, start + 1);
            near = end;
            opened[start] += 1;
            opened[end] -= 1;
            let short = |place| u32::try_from(place).expect("positions are 32 bits");
            places.push((short(start), short(end)));
        }
        Self { positions, places, opened }
    }

    /// Places of cuts without a gap between them that no range covers.
    fn stretches(&self) -> Vec<Range<usize>> {
        let mut stretches = Vec::new();
        let (mut open, mut start) = (0, 0);
        for (at, opened) in self.opened.iter().enumerate() {
            if open == 0 {
                start = at;
            }
            open += opened;
            if open == 0 {
                stretches.push(start..at + 1);
            }
        }
        stretches
    }
}

/// The place of a position that is there, likely at `near`.
fn place_of(positions: &[u32], position: u32, near: usize) -> usize {
    if positions.get(near) == Some(&position) {
        return near;
    }
    if positions.get(near + 1) == Some(&position) {
        return near + 1;
    }
    positions.partition_point(|at| *at < position)
}

/// Positions that owe a figure, and in how many periods the very same list holds.
struct Owed<'a> {
    expected: &'a Bitmap,
    periods: u64,
}

/// The walk over one frame's periods. `A` holds the sums of a block.
struct Sweep<'a, A> {
    moments: &'a [&'a Moment<'a>],
    owed: Vec<Owed<'a>>,
    /// The periods added up, place by place.
    sums: Vec<A>,
    /// How many figures each place has: one bit of the number per plane, planes one after the
    /// other, a word of each for every 64 places.
    planes: Vec<u64>,
    /// How many bits it takes to count the periods.
    plane_count: usize,
    /// Places with a figure in any period.
    any: Vec<u64>,
    /// Places that owed a figure in any period and have none there.
    missing: Vec<u64>,
    /// The figures of one period that count.
    mask: [u64; BLOCK_WORDS],
    partner: [u64; BLOCK_WORDS],
}

/// How far the walk over a block has come.
struct Walk<T> {
    /// The sum up to `places`, the counts up to `words`.
    running: Mark<T>,
    first_word: usize,
    words: usize,
    places: usize,
}

impl<'a, A: Accumulator> Sweep<'a, A> {
    fn new(frame: &'a Frame<'a>) -> Self {
        let mut owed: Vec<Owed<'a>> = Vec::new();
        for expected in moments_of(frame).filter_map(|moment| moment.expected) {
            match owed.iter_mut().find(|owed| std::ptr::eq(owed.expected, expected)) {
                Some(owed) => owed.periods += 1,
                None => owed.push(Owed { expected, periods: 1 }),
            }
        }
        let bits = usize::BITS - frame.moments.len().leading_zeros();
        Self {
            moments: &frame.moments,
            owed,
            sums: Vec::new(),
            planes: Vec::new(),
            plane_count: bits as usize,
            any: Vec::new(),
            missing: Vec::new(),
            mask: [0; BLOCK_WORDS],
            partner: [0; BLOCK_WORDS],
        }
    }

    /// Notes the running totals at the cuts of one stretch.
    fn run<T: Accumulator + From<A>>(&mut self, cuts: &[u32], marks: &mut [Mark<T>]) {
        let (Some(first), Some(last)) = (cuts.first(), cuts.last()) else { return };
        let bounds = self.bounds(*first..*last);
        let mut bounds = bounds.iter().peekable();
        let last_word = (*last as usize).div_ceil(WORD as usize);
        let mut first_word = (*first / WORD) as usize;
        let mut running = Mark::default();
        let mut marks = cuts.iter().zip(marks).peekable();
        while marks.peek().is_some() {
            let words = (last_word - first_word).clamp(1, BLOCK_WORDS);
            self.load(first_word, words);
            let mut walk = Walk { running, first_word, words: 0, places: 0 };
            let place = |cut: u32| cut as usize - first_word * WORD as usize;
            while let Some((cut, mark)) = marks.next_if(|(cut, _)| place(**cut) <= self.sums.len())
            {
                while let Some((_, qualifier)) = bounds.next_if(|(at, _)| at < cut) {
                    walk.running.counts.note_bound(*qualifier);
                }
                *mark = self.advance(&mut walk, place(*cut));
            }
            running = self.advance(&mut walk, self.sums.len());
            first_word += words;
        }
    }

    /// Walks on to a place in the block; the running totals there.
    #[inline]
    fn advance<T: Accumulator + From<A>>(&self, walk: &mut Walk<T>, place: usize) -> Mark<T> {
        for sum in &self.sums[walk.places..place] {
            walk.running.sum += T::from(*sum);
        }
        walk.places = place;
        let (words, bits) = (place / WORD as usize, place % WORD as usize);
        while walk.words < words {
            self.count_word(walk.first_word, walk.words, u64::MAX, &mut walk.running.counts);
            walk.words += 1;
        }
        let mut mark = walk.running;
        if bits > 0 {
            let before = (1 << bits) - 1;
            self.count_word(walk.first_word, walk.words, before, &mut mark.counts);
        }
        mark
    }

    /// Counts the positions of `mask` in one word.
    #[inline]
    fn count_word(&self, first_word: usize, at: usize, mask: u64, counts: &mut Counts) {
        let planes = self.planes[at..].iter().step_by(self.any.len());
        for (shift, plane) in planes.enumerate() {
            counts.reported += u64::from((plane & mask).count_ones()) << shift;
        }
        counts.units_reported += (self.any[at] & mask).count_ones();
        if self.owed.is_empty() {
            return;
        }
        counts.units_missing += (self.missing[at] & mask).count_ones();
        for owed in &self.owed {
            let owing = (owed.expected.word(first_word + at) & mask).count_ones();
            counts.expected += u64::from(owing) * owed.periods;
        }
    }

    /// The figures of a range that count and are not exact, by position.
    fn bounds(&self, range: Range<u32>) -> Vec<(u32, Qualifier)> {
        let mut bounds = Vec::new();
        for moment in self.moments {
            let inexact = moment.column.map_or(&[][..], |column| column.inexact(range.clone()));
            bounds.extend(inexact.iter().filter(|(at, _)| counted(moment, *at).is_some()));
        }
        bounds.sort_unstable_by_key(|(at, _)| *at);
        bounds
    }

    /// Adds up the periods over one block.
    fn load(&mut self, first_word: usize, words: usize) {
        let clear = |list: &mut Vec<u64>, len: usize| {
            list.clear();
            list.resize(len, 0);
        };
        clear(&mut self.planes, words * self.plane_count);
        clear(&mut self.any, words);
        clear(&mut self.missing, words);
        self.sums.clear();
        self.sums.resize(words * WORD as usize, A::default());
        let columns = self.moments.iter().filter_map(|moment| moment.column);
        add_all_to(columns, first_word, &mut self.sums);
        for moment in self.moments {
            self.load_presence(moment, first_word);
        }
    }

    fn load_presence(&mut self, moment: &Moment<'_>, first_word: usize) {
        let words = self.any.len();
        let mask = &mut self.mask[..words];
        mask.fill(0);
        if let Some(column) = moment.column {
            column.presence_into(first_word, mask);
            for partner in &moment.partners {
                let other = &mut self.partner[..words];
                other.fill(0);
                if let Some(partner) = partner {
                    partner.presence_into(first_word, other);
                }
                for (at, (mask, other)) in mask.iter_mut().zip(other).enumerate() {
                    // What has no partner was added in vain: take it out again.
                    each_bit(*mask & !*other, |bit| {
                        let place = at * WORD as usize + bit as usize;
                        let position = first_word * WORD as usize + place;
                        let position = u32::try_from(position).unwrap_or(u32::MAX);
                        self.sums[place] -= A::from_wide(column.value(position).unwrap_or(0));
                    });
                    *mask &= *other;
                }
            }
        }
        for (any, mask) in self.any.iter_mut().zip(&*mask) {
            *any |= *mask;
        }
        if let Some(expected) = moment.expected {
            for (at, (missing, mask)) in self.missing.iter_mut().zip(&*mask).enumerate() {
                *missing |= expected.word(first_word + at) & !*mask;
            }
        }
        // One more for every place in the mask: what a plane had goes on to the next.
        for plane in self.planes.chunks_exact_mut(words) {
            for (plane, carry) in plane.iter_mut().zip(&mut *mask) {
                (*plane, *carry) = (*plane ^ *carry, *plane & *carry);
            }
        }
    }
}
