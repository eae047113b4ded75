//! All levels at once: every unit's total over its subtree, in one pass over a column.

use std::ops::Range;

use domain::number::Qualifier;

use crate::bitmap::WORD;
use crate::columns::dense::Dense;
use crate::columns::values::{Accumulator, Values};
use crate::columns::{Column, Storage};
use crate::lanes::{LANES, count_bits, sum_16, sum_32};
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
    sums: Sums,
    counts: Vec<u32>,
}

/// Running sums at the cuts of the tree.
#[derive(Debug, Clone)]
enum Sums {
    Narrow(Vec<i64>),
    /// Used where 64 bits might not do.
    Wide(Vec<i128>),
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
    let mut totals = Totals { order, column, sums: Sums::Narrow(Vec::new()), counts: Vec::new() };
    totals.refill(column);
    totals
}

impl<'a> Totals<'a> {
    /// Adds another column up through the same tree, in the memory of this one.
    pub fn refill(&mut self, column: &'a Column) {
        self.column = column;
        self.counts.clear();
        let fits = column.bound(column.reported()) <= u128::from(i64::MAX.unsigned_abs());
        let cuts = self.order.cuts();
        match &mut self.sums {
            Sums::Narrow(sums) if fits => run(column, cuts, sums, &mut self.counts),
            Sums::Wide(sums) if !fits => run(column, cuts, sums, &mut self.counts),
            Sums::Narrow(_) => {
                let mut sums = Vec::new();
                run(column, cuts, &mut sums, &mut self.counts);
                self.sums = Sums::Wide(sums);
            }
            Sums::Wide(_) => {
                let mut sums = Vec::new();
                run(column, cuts, &mut sums, &mut self.counts);
                self.sums = Sums::Narrow(sums);
            }
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

    /// The totals of all units with units below: position and total, in order.
    pub fn inner(&self) -> impl Iterator<Item = (u32, LevelTotal)> + '_ {
        self.order.inner_units().iter().map(|inner| (inner.position, self.inner_total(*inner)))
    }

    #[inline]
    fn inner_total(&self, inner: Inner) -> LevelTotal {
        let (first, last) = (inner.first_cut as usize, inner.last_cut as usize);
        let reported = self.counts[last] - self.counts[first];
        let value = match &self.sums {
            Sums::Narrow(sums) => i128::from(sums[last] - sums[first]),
            Sums::Wide(sums) => sums[last] - sums[first],
        };
        let qualifier = if self.column.is_exact() {
            Qualifier::Exact
        } else {
            qualifier(self.column, self.order.subtree(inner.position))
        };
        LevelTotal { value: (reported > 0).then_some(value), qualifier, reported }
    }
}

/// Notes the running sum and count at every cut.
fn run<T: Accumulator<Total = T>>(
    column: &Column,
    cuts: &[u32],
    sums: &mut Vec<T>,
    counts: &mut Vec<u32>,
) {
    sums.clear();
    sums.resize(cuts.len(), T::default());
    counts.clear();
    counts.resize(cuts.len(), 0);
    let notes = cuts.iter().zip(sums.iter_mut().zip(counts));
    match &column.storage {
        Storage::Dense(dense) => match &dense.values {
            Values::Short(values) => {
                run_dense(dense, |at, until| T::of(sum_16(values, at, until)), notes);
            }
            Values::Narrow(values) if column.largest() < FEW_FIT => {
                run_dense(dense, |at, until| T::of(sum_32(values, at, until)), notes);
            }
            values => run_dense(dense, |at, until| values.sum(at..until), notes),
        },
        Storage::Scattered(scattered) => {
            let (mut at, mut running) = (0, T::default());
            for (cut, (sum, count)) in notes {
                let until = scattered.lower_bound(*cut);
                running += scattered.values.sum(at..until);
                at = until;
                *sum = running;
                *count = u32::try_from(until).expect("positions are 32 bits");
            }
        }
    }
}

fn run_dense<'a, T: Accumulator + 'a>(
    dense: &Dense,
    sum_between: impl Fn(usize, usize) -> T,
    notes: impl Iterator<Item = (&'a u32, (&'a mut T, &'a mut u32))>,
) {
    let offset = dense.first_word * WORD as usize;
    let places = dense.values.len();
    let (mut at, mut running, mut counted) = (0, T::default(), 0);
    for (cut, (sum, count)) in notes {
        let until = (*cut as usize).saturating_sub(offset).min(places);
        running += sum_between(at, until);
        counted += count_bits(&dense.presence, at, until);
        at = until;
        *sum = running;
        *count = counted;
    }
}
