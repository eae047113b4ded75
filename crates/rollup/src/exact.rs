//! Exact results: a fraction of two integers, and the rules by which figures become one.

use std::cmp::Ordering;

use domain::item::Aggregate;
use domain::number::Qualifier;

/// An exact number in the item's scale: an integer, or a fraction where a mean was taken. In
/// lowest terms; the denominator is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    /// Above the line.
    pub numerator: i128,
    /// Below the line.
    pub denominator: i128,
}

/// A result that needs more than 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overflow;

impl From<i128> for Exact {
    fn from(numerator: i128) -> Self {
        Self { numerator, denominator: 1 }
    }
}

fn greatest_common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

impl Exact {
    fn reduced(numerator: i128, denominator: i128) -> Self {
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        match i128::try_from(divisor) {
            Ok(divisor) if divisor > 1 => {
                Self { numerator: numerator / divisor, denominator: denominator / divisor }
            }
            _ => Self { numerator, denominator },
        }
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, Overflow> {
        if self.denominator == other.denominator {
            let numerator = self.numerator.checked_add(other.numerator).ok_or(Overflow)?;
            return Ok(match self.denominator {
                1 => Self::from(numerator),
                denominator => Self::reduced(numerator, denominator),
            });
        }
        let shared = greatest_common_divisor(
            self.denominator.unsigned_abs(),
            other.denominator.unsigned_abs(),
        );
        let shared = i128::try_from(shared).map_err(|_| Overflow)?;
        let (mine, theirs) = (self.denominator / shared, other.denominator / shared);
        let numerator = self
            .numerator
            .checked_mul(theirs)
            .zip(other.numerator.checked_mul(mine))
            .and_then(|(one, other)| one.checked_add(other))
            .ok_or(Overflow)?;
        let denominator = self.denominator.checked_mul(theirs).ok_or(Overflow)?;
        Ok(Self::reduced(numerator, denominator))
    }

    fn over(self, count: u32) -> Result<Self, Overflow> {
        let denominator = self.denominator.checked_mul(i128::from(count)).ok_or(Overflow)?;
        Ok(Self::reduced(self.numerator, denominator))
    }

    fn compare(self, other: Self) -> Result<Ordering, Overflow> {
        if self.denominator == other.denominator {
            return Ok(self.numerator.cmp(&other.numerator));
        }
        let mine = self.numerator.checked_mul(other.denominator).ok_or(Overflow)?;
        let theirs = other.numerator.checked_mul(self.denominator).ok_or(Overflow)?;
        Ok(mine.cmp(&theirs))
    }
}

/// Figures becoming one figure, one after the other.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fold {
    count: u32,
    value: Option<Exact>,
    qualifier: Qualifier,
}

/// What a [`Fold`] came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folded {
    /// There was no figure.
    Empty,
    /// Several figures that may not become one.
    Conflict,
    /// One figure.
    Value(Exact, Qualifier),
}

impl Fold {
    pub(crate) fn push(
        &mut self,
        rule: Aggregate,
        value: Exact,
        qualifier: Qualifier,
    ) -> Result<(), Overflow> {
        self.count += 1;
        let Some(kept) = self.value else {
            (self.value, self.qualifier) = (Some(value), qualifier);
            return Ok(());
        };
        match rule {
            Aggregate::Sum | Aggregate::Mean => {
                self.value = Some(kept.plus(value)?);
                self.qualifier = self.qualifier.plus(qualifier);
            }
            Aggregate::Min | Aggregate::Max => {
                let better =
                    if rule == Aggregate::Min { Ordering::Less } else { Ordering::Greater };
                match value.compare(kept)? {
                    // Equal figures stand for each other, so the weaker claim holds.
                    Ordering::Equal => self.qualifier = self.qualifier.plus(qualifier),
                    order if order == better => {
                        (self.value, self.qualifier) = (Some(value), qualifier);
                    }
                    Ordering::Less | Ordering::Greater => {}
                }
            }
            Aggregate::Last => (self.value, self.qualifier) = (Some(value), qualifier),
            Aggregate::First | Aggregate::Count | Aggregate::None => {}
        }
        Ok(())
    }

    pub(crate) fn finish(self, rule: Aggregate) -> Result<Folded, Overflow> {
        let Some(value) = self.value else { return Ok(Folded::Empty) };
        Ok(match rule {
            Aggregate::Mean => Folded::Value(value.over(self.count)?, self.qualifier),
            // How many reported is known, whatever they reported.
            Aggregate::Count => {
                Folded::Value(Exact::from(i128::from(self.count)), Qualifier::Exact)
            }
            Aggregate::None if self.count > 1 => Folded::Conflict,
            Aggregate::Sum
            | Aggregate::Min
            | Aggregate::Max
            | Aggregate::Last
            | Aggregate::First
            | Aggregate::None => Folded::Value(value, self.qualifier),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(rule: Aggregate, figures: &[(i128, Qualifier)]) -> Result<Folded, Overflow> {
        let mut fold = Fold::default();
        for (value, qualifier) in figures {
            fold.push(rule, Exact::from(*value), *qualifier)?;
        }
        fold.finish(rule)
    }

    #[test]
    fn figures_become_one_by_rule() {
        use Qualifier::{About, AtLeast, AtMost, Exact as Plain};
        let figures = [(4, Plain), (1, AtLeast), (1, AtMost), (8, Plain), (1, Plain)];
        let exact = |numerator, denominator| Exact { numerator, denominator };
        let cases = [
            (Aggregate::Sum, Folded::Value(exact(15, 1), About)),
            (Aggregate::Mean, Folded::Value(exact(3, 1), About)),
            (Aggregate::Min, Folded::Value(exact(1, 1), About)),
            (Aggregate::Max, Folded::Value(exact(8, 1), Plain)),
            (Aggregate::First, Folded::Value(exact(4, 1), Plain)),
            (Aggregate::Last, Folded::Value(exact(1, 1), Plain)),
            (Aggregate::Count, Folded::Value(exact(5, 1), Plain)),
            (Aggregate::None, Folded::Conflict),
        ];
        for (rule, expected) in cases {
            assert_eq!(fold(rule, &figures), Ok(expected), "{rule:?}");
            assert_eq!(fold(rule, &[]), Ok(Folded::Empty), "{rule:?}");
        }
        let one = fold(Aggregate::None, &[(7, AtLeast)]);
        assert_eq!(one, Ok(Folded::Value(exact(7, 1), AtLeast)));
    }

    #[test]
    fn fractions_add_in_lowest_terms() {
        let third = Exact { numerator: 1, denominator: 3 };
        let sixth = Exact { numerator: 1, denominator: 6 };
        assert_eq!(third.plus(sixth), Ok(Exact { numerator: 1, denominator: 2 }));
        assert_eq!(sixth.compare(third), Ok(Ordering::Less));
        assert_eq!(Exact::from(-6).over(4), Ok(Exact { numerator: -3, denominator: 2 }));
    }

    #[test]
    fn a_result_too_large_is_an_error() {
        let figures = [(i128::MAX, Qualifier::Exact), (1, Qualifier::Exact)];
        assert_eq!(fold(Aggregate::Sum, &figures), Err(Overflow));
        assert_eq!(fold(Aggregate::Mean, &figures), Err(Overflow));
    }
}
