//! All levels at once: every unit's total over its subtree, in one pass over a column.

use std::ops::{Range, Sub};

use domain::number::Qualifier;

use crate::bitmap::WORD;
use crate::columns::dense::Dense;
use crate::columns::values::{Accumulator, Values};
use crate::columns::{Column, Storage};
use crate::lanes::{LANES, count_before, note_ranks, sum_16, sum_32, touch};
use crate::tree_order::{Inner, TreeOrder};

/// A few figures below this fit 32 bits together.
const FEW_FIT: u64 = i32::MAX as u64 / LANES as u64;

/// The sum over one subtree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelTotal {
    /// The sum in the item's scale, the unit's own figure included; none without any figure.
    pub value: Option<i128>,
    /// How exact it is.
    pub qualifier: Qualifier,
    /// How many figures it rests on.
    pub reported: u32,
}

/// The totals of every unit of a tree, for one column.
///
/// Kept as running totals at the positions where subtrees start and end; a subtree's total is the
/// difference of two.
#[derive(Debug, Clone)]
pub struct Totals<'a> {
    order: &'a TreeOrder,
    column: &'a Column,
    marks: Marks,
    ranks: Vec<u32>,
}

/// Running totals at the cuts of the tree, in as few bits as hold the sum of the whole column.
#[derive(Debug, Clone)]
enum Marks {
    Short(Vec<Mark<i32>>),
    Narrow(Vec<Mark<i64>>),
    /// Used where 64 bits might not do.
    Wide(Vec<Mark<i128>>),
}

/// The sum and the number of the figures before a cut.
#[derive(Debug, Clone, Copy, Default)]
struct Mark<T> {
    sum: T,
    count: u32,
}

/// What running totals are made in.
trait Running: Accumulator + From<i32> + Into<i128> + Sub<Output = Self> {}

impl Running for i32 {}
impl Running for i64 {}
impl Running for i128 {}

impl<T: Running> Mark<T> {
    /// The total between two marks, exact so far.
    #[inline]
    fn until(self, end: Self) -> LevelTotal {
        let reported = end.count - self.count;
        let value = (reported > 0).then(|| (end.sum - self.sum).into());
        LevelTotal { value, qualifier: Qualifier::Exact, reported }
    }
}

/// The sum of the figures in a range of positions, exact whatever its size; none without any
/// figure.
#[must_use]
pub fn sum(column: &Column, range: Range<u32>) -> LevelTotal {
    let reported = column.count(range.clone());
    let value = if column.bound(reported) <= u128::from(i64::MAX.unsigned_abs()) {
        i128::from(column.sum::<i64>(range.clone()))
    } else {
        column.sum::<i128>(range.clone())
    };
    LevelTotal {
        value: (reported > 0).then_some(value),
        qualifier: qualifier(column, range),
        reported,
    }
}

fn qualifier(column: &Column, range: Range<u32>) -> Qualifier {
    column.inexact(range).iter().fold(Qualifier::Exact, |all, (_, one)| all.plus(*one))
}

/// Adds a column up through the whole tree, in one pass.
#[must_use]
pub fn all_levels<'a>(order: &'a TreeOrder, column: &'a Column) -> Totals<'a> {
    let mut totals = Totals { order, column, marks: Marks::Short(Vec::new()), ranks: Vec::new() };
    totals.refill(column);
    totals
}

impl<'a> Totals<'a> {
    /// Adds another column up through the same tree, in the memory of this one.
    pub fn refill(&mut self, column: &'a Column) {
        self.column = column;
        let bound = column.bound(column.reported());
        if bound <= i32::MAX.unsigned_abs().into() {
            if !matches!(self.marks, Marks::Short(_)) {
                self.marks = Marks::Short(Vec::new());
            }
        } else if bound <= i64::MAX.unsigned_abs().into() {
            if !matches!(self.marks, Marks::Narrow(_)) {
                self.marks = Marks::Narrow(Vec::new());
            }
        } else if !matches!(self.marks, Marks::Wide(_)) {
            self.marks = Marks::Wide(Vec::new());
        }
        let cuts = self.order.cuts();
        let ranks = &mut self.ranks;
        match &mut self.marks {
            Marks::Short(marks) => pulp::Arch::new().dispatch(Run { column, cuts, ranks, marks }),
            Marks::Narrow(marks) => pulp::Arch::new().dispatch(Run { column, cuts, ranks, marks }),
            Marks::Wide(marks) => pulp::Arch::new().dispatch(Run { column, cuts, ranks, marks }),
        }
    }

    /// The total of the unit at a position, with all below.
    #[must_use]
    pub fn at(&self, position: u32) -> LevelTotal {
        let inner = self.order.inner_units();
        match inner.binary_search_by_key(&position, |inner| inner.position) {
            Ok(at) => self.inner_total(inner[at]),
            // Without units below, the total is the unit's own figure.
            Err(_) => {
                let own = self.column.get(position);
                LevelTotal {
                    value: own.map(|own| own.value.into()),
                    qualifier: own.map_or(Qualifier::Exact, |own| own.qualifier),
                    reported: u32::from(own.is_some()),
                }
            }
        }
    }

    /// Calls `visit` with position and total of every unit with units below, in order.
    pub fn each_inner(&self, mut visit: impl FnMut(u32, LevelTotal)) {
        let inner = self.order.inner_units();
        if !self.column.is_exact() {
            inner.iter().for_each(|inner| visit(inner.position, self.inner_total(*inner)));
            return;
        }
        match &self.marks {
            Marks::Short(marks) => inner.iter().for_each(|it| visit(it.position, it.total(marks))),
            Marks::Narrow(marks) => inner.iter().for_each(|it| visit(it.position, it.total(marks))),
            Marks::Wide(marks) => inner.iter().for_each(|it| visit(it.position, it.total(marks))),
        }
    }

    fn inner_total(&self, inner: Inner) -> LevelTotal {
        let mut total = match &self.marks {
            Marks::Short(marks) => inner.total(marks),
            Marks::Narrow(marks) => inner.total(marks),
            Marks::Wide(marks) => inner.total(marks),
        };
        total.qualifier = qualifier(self.column, self.order.subtree(inner.position));
        total
    }
}

impl Inner {
    #[inline]
    fn total<T: Running>(&self, marks: &[Mark<T>]) -> LevelTotal {
        marks[self.first_cut as usize].until(marks[self.last_cut as usize])
    }
}

/// Noting the running sum and count at every cut, compiled for each kind of processor. All that
/// it calls must be inlined into it: what stays out of line is compiled for the oldest.
struct Run<'a, T> {
    column: &'a Column,
    cuts: &'a [u32],
    ranks: &'a mut Vec<u32>,
    marks: &'a mut Vec<Mark<T>>,
}

impl<T: Running> pulp::WithSimd for Run<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { column, cuts, ranks, marks } = self;
        marks.resize(cuts.len(), Mark::default());
        match &column.storage {
            Storage::Dense(dense) => run_dense(column, dense, cuts, ranks, marks),
            Storage::Scattered(scattered) => {
                let (mut at, mut sum) = (0, T::default());
                for (cut, mark) in cuts.iter().zip(marks) {
                    let until = scattered.lower_bound(*cut);
                    sum += scattered.values.sum(at..until);
                    at = until;
                    let count = u32::try_from(until).expect("positions are 32 bits");
                    *mark = Mark { sum, count };
                }
            }
        }
    }
}

#[inline(always)]
fn run_dense<T: Running>(
    column: &Column,
    dense: &Dense,
    cuts: &[u32],
    ranks: &mut Vec<u32>,
    marks: &mut [Mark<T>],
) {
    note_ranks(&dense.presence, ranks);
    match &dense.values {
        Values::Short(values) => {
            let values = values.as_slice();
            let sum = move |at, until| sum_16(values, at, until).into();
            note_marks(dense, move |at, until| touch(&values[at..until]), sum, cuts, ranks, marks);
        }
        Values::Narrow(values) if column.largest() < FEW_FIT => {
            let values = values.as_slice();
            let sum = move |at, until| sum_32(values, at, until).into();
            note_marks(dense, move |at, until| touch(&values[at..until]), sum, cuts, ranks, marks);
        }
        values => {
            note_marks(dense, |_, _| (), |at, until| values.sum(at..until), cuts, ranks, marks);
        }
    }
}

/// Cuts between which a column is fetched at once.
const FETCHED: usize = 512;

#[inline(always)]
fn note_marks<T: Running>(
    dense: &Dense,
    fetch: impl Fn(usize, usize),
    sum_between: impl Fn(usize, usize) -> T,
    cuts: &[u32],
    ranks: &[u32],
    marks: &mut [Mark<T>],
) {
    let offset = dense.first_word * WORD as usize;
    let places = dense.values.len();
    // Before the first figure all marks are zero, after the last all are the same.
    let first = cuts.partition_point(|cut| *cut as usize <= offset);
    let last = cuts.partition_point(|cut| *cut as usize <= offset + places);
    let (mut at, mut sum) = (0, T::default());
    let presence = dense.presence.as_slice();
    marks[..first].fill(Mark::default());
    let noted = marks[first..last].chunks_mut(FETCHED);
    for (cuts, marks) in cuts[first..last].chunks(FETCHED).zip(noted) {
        fetch(at, cuts.last().map_or(at, |cut| *cut as usize - offset));
        for (cut, mark) in cuts.iter().zip(marks) {
            let until = *cut as usize - offset;
            sum += sum_between(at, until);
            *mark = Mark { sum, count: count_before(presence, ranks, until) };
            at = until;
        }
    }
    // No cut lies in what is left, so it may be long.
    sum += dense.values.sum(at..places);
    let count = count_before(&dense.presence, ranks, places);
    marks[last..].fill(Mark { sum, count });
}
