//! Exact fractions: arithmetic that refuses instead of wrapping, order, rounding.

use std::cmp::Ordering;

use super::{Decimal, Fraction, NumberError, Rounded};

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self::integer(0);
    /// The whole.
    pub const ONE: Self = Self::integer(1);

    /// Makes `numerator` ÷ `denominator`, in lowest terms.
    ///
    /// # Errors
    /// A zero denominator, or one whose sign cannot be turned round.
    pub fn new(numerator: i128, denominator: i128) -> Result<Self, NumberError> {
        if denominator == 0 {
            return Err(NumberError::ZeroDivisor);
        }
        let common = common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        // Only 2^127 has no positive counterpart, and then there is nothing to shorten by.
        let common = i128::try_from(common).map_err(|_| NumberError::Overflow)?;
        let (numerator, denominator) = (numerator / common, denominator / common);
        if denominator > 0 {
            return Ok(Self { numerator, denominator });
        }
        let numerator = numerator.checked_neg().ok_or(NumberError::Overflow)?;
        let denominator = denominator.checked_neg().ok_or(NumberError::Overflow)?;
        Ok(Self { numerator, denominator })
    }

    /// A whole number.
    #[must_use]
    pub const fn integer(value: i128) -> Self {
        Self { numerator: value, denominator: 1 }
    }

    /// The number above the line, in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The number below the line, in lowest terms; always positive.
    #[must_use]
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.denominator == 1
    }

    /// `self` + `other`.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, NumberError> {
        // Sharing the common divisor keeps the intermediate products small.
        let common = common_divisor_of(self.denominator, other.denominator);
        let left = checked_product(self.numerator, other.denominator / common)?;
        let right = checked_product(other.numerator, self.denominator / common)?;
        let numerator = left.checked_add(right).ok_or(NumberError::Overflow)?;
        // A common divisor that is left over divides the shared part too.
        let again = common_divisor_of(numerator, common);
        let rest = other.denominator / again;
        Self::new(numerator / again, checked_product(self.denominator / common, rest)?)
    }

    /// `self` − `other`.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn checked_sub(self, other: Self) -> Result<Self, NumberError> {
        self.checked_add(other.negated()?)
    }

    /// `self` × `other`.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn checked_mul(self, other: Self) -> Result<Self, NumberError> {
        let left = common_divisor_of(self.numerator, other.denominator);
        let right = common_divisor_of(other.numerator, self.denominator);
        Self::new(
            checked_product(self.numerator / left, other.numerator / right)?,
            checked_product(self.denominator / right, other.denominator / left)?,
        )
    }

    /// `self` ÷ `other`.
    ///
    /// # Errors
    /// `other` is zero, or the result does not fit.
    pub fn checked_div(self, other: Self) -> Result<Self, NumberError> {
        self.checked_mul(Self::new(other.denominator, other.numerator)?)
    }

    /// −`self`.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn negated(self) -> Result<Self, NumberError> {
        let numerator = self.numerator.checked_neg().ok_or(NumberError::Overflow)?;
        Ok(Self { numerator, denominator: self.denominator })
    }

    /// Rounds to `decimals`; a half goes away from zero: 2.25 → 2.3, −2.25 → −2.3.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn half_up(self, decimals: u8) -> Result<Rounded, NumberError> {
        let (floor, rest) = self.floor_and_rest(decimals)?;
        let missing = self.denominator - rest;
        let goes_up = match rest.cmp(&missing) {
            Ordering::Less => false,
            Ordering::Equal => !self.is_negative(),
            Ordering::Greater => true,
        };
        plus_one_if(floor, goes_up, decimals)
    }

    /// Rounds down to `decimals`, towards the smaller number.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn floor(self, decimals: u8) -> Result<Rounded, NumberError> {
        let (units, _) = self.floor_and_rest(decimals)?;
        Ok(Rounded { units, decimals })
    }

    /// Rounds up to `decimals`, towards the larger number.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn ceiling(self, decimals: u8) -> Result<Rounded, NumberError> {
        let (floor, rest) = self.floor_and_rest(decimals)?;
        plus_one_if(floor, rest > 0, decimals)
    }

    /// The nearest floating point number, for charts and statistics only.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// The units of the number rounded down to `decimals`, and what is left over, as a share of
    /// one unit above the same denominator.
    fn floor_and_rest(self, decimals: u8) -> Result<(i128, i128), NumberError> {
        let mut units = self.numerator.div_euclid(self.denominator);
        let mut rest = self.numerator.rem_euclid(self.denominator);
        for _ in 0..decimals {
            rest = checked_product(rest, 10)?;
            let digit = rest / self.denominator;
            units = checked_product(units, 10)?.checked_add(digit).ok_or(NumberError::Overflow)?;
            rest %= self.denominator;
        }
        Ok((units, rest))
    }
}

fn plus_one_if(units: i128, goes_up: bool, decimals: u8) -> Result<Rounded, NumberError> {
    let units = units.checked_add(i128::from(goes_up)).ok_or(NumberError::Overflow)?;
    Ok(Rounded { units, decimals })
}

fn checked_product(one: i128, other: i128) -> Result<i128, NumberError> {
    one.checked_mul(other).ok_or(NumberError::Overflow)
}

/// The greatest common divisor; `other` is positive, so it is too.
fn common_divisor_of(one: i128, other: i128) -> i128 {
    let common = common_divisor(one.unsigned_abs(), other.unsigned_abs());
    i128::try_from(common).expect("it divides a positive number that fits")
}

fn common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        // Compares whole parts, then the reciprocals of the rests: exact, and nothing can overflow.
        let (mut left, mut right) = (*self, *other);
        loop {
            let whole = |fraction: Self| fraction.numerator.div_euclid(fraction.denominator);
            let rest = |fraction: Self| fraction.numerator.rem_euclid(fraction.denominator);
            let order = whole(left).cmp(&whole(right));
            if order != Ordering::Equal {
                return order;
            }
            match (rest(left), rest(right)) {
                (0, 0) => return Ordering::Equal,
                (0, _) => return Ordering::Less,
                (_, 0) => return Ordering::Greater,
                (left_rest, right_rest) => {
                    // The smaller reciprocal belongs to the larger rest, so the sides change.
                    (left, right) = (
                        Self { numerator: right.denominator, denominator: right_rest },
                        Self { numerator: left.denominator, denominator: left_rest },
                    );
                }
            }
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Decimal> for Fraction {
    fn from(decimal: Decimal) -> Self {
        let denominator = 10_i128.saturating_pow(u32::from(decimal.scale));
        Self::new(i128::from(decimal.units), denominator).expect("a power of ten is positive")
    }
}

impl From<Rounded> for Fraction {
    fn from(rounded: Rounded) -> Self {
        let denominator = 10_i128.saturating_pow(u32::from(rounded.decimals));
        Self::new(rounded.units, denominator).expect("a power of ten is positive")
    }
}
