//! Arithmetic on quantities: the value, and what its qualifier still promises afterwards.

use super::{Decimal, Fraction, NumberError, Qualifier, Quantity, Rounded};

impl Quantity {
    /// A number that is what it says.
    #[must_use]
    pub const fn exact(value: Fraction) -> Self {
        Self { value, qualifier: Qualifier::Exact }
    }

    /// A reported figure.
    #[must_use]
    pub fn of(value: Decimal, qualifier: Qualifier) -> Self {
        Self { value: Fraction::from(value), qualifier }
    }

    /// `self` + `other`.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn plus(self, other: Self) -> Result<Self, NumberError> {
        Ok(Self {
            value: self.value.checked_add(other.value)?,
            qualifier: self.qualifier.plus(other.qualifier),
        })
    }

    /// `self` − `other`: a lower bound taken away leaves an upper bound.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn minus(self, other: Self) -> Result<Self, NumberError> {
        Ok(Self {
            value: self.value.checked_sub(other.value)?,
            qualifier: self.qualifier.plus(other.qualifier.flipped()),
        })
    }

    /// `self` × `other`. Bounds hold only where the signs allow it; otherwise the product is about.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn times(self, other: Self) -> Result<Self, NumberError> {
        let value = self.value.checked_mul(other.value)?;
        Ok(Self { value, qualifier: qualifier_of_product(self, other) })
    }

    /// `self` ÷ `other`: at least 30 of at most 40 is a share of at least three quarters.
    ///
    /// A divisor keeps its sign: an upper bound of a positive divisor leaves it above zero, since
    /// nothing can be shared out over none.
    ///
    /// # Errors
    /// `other` is zero, or the result does not fit.
    pub fn over(self, other: Self) -> Result<Self, NumberError> {
        let value = self.value.checked_div(other.value)?;
        Ok(Self { value, qualifier: qualifier_of_quotient(self, other) })
    }

    /// −`self`.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn negated(self) -> Result<Self, NumberError> {
        Ok(Self { value: self.value.negated()?, qualifier: self.qualifier.flipped() })
    }

    /// Rounds to `decimals` so that a bound stays true: a lower bound rounds down, an upper bound
    /// up, everything else half up.
    ///
    /// # Errors
    /// The result does not fit.
    pub fn rounded(self, decimals: u8) -> Result<Rounded, NumberError> {
        match self.qualifier {
            Qualifier::Exact | Qualifier::About => self.value.half_up(decimals),
            Qualifier::AtLeast => self.value.floor(decimals),
            Qualifier::AtMost => self.value.ceiling(decimals),
        }
    }
}

/// Where the truth of a quantity lies, seen from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// It is the number itself.
    Fixed,
    /// From the number away from zero.
    Outwards,
    /// From the number towards zero and perhaps past it.
    Inwards,
    /// Somewhere near.
    Near,
}

fn reach(quantity: Quantity) -> Reach {
    let is_negative = quantity.value.is_negative();
    match quantity.qualifier {
        Qualifier::Exact => Reach::Fixed,
        Qualifier::About => Reach::Near,
        // Zero as an upper bound reaches into the negative numbers, as a lower one into the
        // positive: away from zero both times.
        Qualifier::AtMost if quantity.value.is_zero() => Reach::Outwards,
        Qualifier::AtLeast if is_negative => Reach::Inwards,
        Qualifier::AtMost if !is_negative => Reach::Inwards,
        Qualifier::AtLeast | Qualifier::AtMost => Reach::Outwards,
    }
}

/// Whether the way from zero to the value, or from zero onwards as the bound says, leads downwards.
fn points_down(quantity: Quantity) -> bool {
    quantity.value.is_negative()
        || quantity.value.is_zero() && quantity.qualifier == Qualifier::AtMost
}

fn qualifier_of_product(one: Quantity, other: Quantity) -> Qualifier {
    let is_nothing =
        |quantity: Quantity| quantity.value.is_zero() && quantity.qualifier == Qualifier::Exact;
    if is_nothing(one) || is_nothing(other) {
        return Qualifier::Exact;
    }
    match (reach(one), reach(other)) {
        (Reach::Fixed, _) => scaled(other.qualifier, one.value),
        (_, Reach::Fixed) => scaled(one.qualifier, other.value),
        // Both truths lie further from zero, so their product does too.
        (Reach::Outwards, Reach::Outwards) if points_down(one) == points_down(other) => {
            Qualifier::AtLeast
        }
        (Reach::Outwards, Reach::Outwards) => Qualifier::AtMost,
        _ => Qualifier::About,
    }
}

/// What a bound becomes when it is multiplied or divided by an exact number other than zero.
fn scaled(qualifier: Qualifier, by: Fraction) -> Qualifier {
    if by.is_negative() { qualifier.flipped() } else { qualifier }
}

fn qualifier_of_quotient(dividend: Quantity, divisor: Quantity) -> Qualifier {
    if dividend.value.is_zero() && dividend.qualifier == Qualifier::Exact {
        return Qualifier::Exact;
    }
    // Turned so that the divisor is positive; its reciprocal then shrinks as it grows.
    let dividend_bound = scaled(dividend.qualifier, divisor.value);
    let is_negative = dividend.value.is_negative() != divisor.value.is_negative();
    let dividend_is_zero = dividend.value.is_zero();
    let reciprocal_bound = scaled(divisor.qualifier, divisor.value).flipped();
    match (dividend_bound, reciprocal_bound) {
        (bound, Qualifier::Exact) => bound,
        (Qualifier::About, _) | (_, Qualifier::About) => Qualifier::About,
        (Qualifier::Exact, bound) if is_negative => bound.flipped(),
        (Qualifier::Exact, bound) => bound,
        // A positive reciprocal in [0, b] or [b, ∞) times a dividend in [a, ∞) or (−∞, a].
        (Qualifier::AtLeast, Qualifier::AtLeast) if dividend_is_zero || !is_negative => {
            Qualifier::AtLeast
        }
        (Qualifier::AtMost, Qualifier::AtMost) if dividend_is_zero || !is_negative => {
            Qualifier::AtMost
        }
        (Qualifier::AtMost, Qualifier::AtLeast) if dividend_is_zero || is_negative => {
            Qualifier::AtMost
        }
        (Qualifier::AtLeast, Qualifier::AtMost) if dividend_is_zero || is_negative => {
            Qualifier::AtLeast
        }
        _ => Qualifier::About,
    }
}
