//! Exact numbers: decimals with a scale, fractions, and how exact a figure claims to be.

mod decimal;
mod fraction;
mod quantity;

/// How far a figure may be from the truth, as its author wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Qualifier {
    /// The figure is the figure.
    #[default]
    Exact,
    /// The truth is this or more (`trên`, `hơn`).
    AtLeast,
    /// The truth is this or less (`dưới`, `gần`).
    AtMost,
    /// The truth is near this (`khoảng`).
    About,
}

impl Qualifier {
    /// The qualifier of a sum of two figures: one bound makes the sum a bound, two opposite
    /// bounds make it about.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        match (self, other) {
            (one, Self::Exact) => one,
            (Self::Exact, other) => other,
            (one, other) if one == other => one,
            _ => Self::About,
        }
    }

    /// The qualifier after a change of sign or in a divisor: a lower bound becomes an upper one.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::AtLeast => Self::AtMost,
            Self::AtMost => Self::AtLeast,
            Self::Exact | Self::About => self,
        }
    }

    /// The code in files and databases: `exact`, `at_least`, `at_most`, `about`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::About => "about",
        }
    }

    /// Reads a code. Empty means exact.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "" | "exact" => Some(Self::Exact),
            "at_least" => Some(Self::AtLeast),
            "at_most" => Some(Self::AtMost),
            "about" => Some(Self::About),
            _ => None,
        }
    }
}

/// The most decimals a collected figure may have.
pub const SCALE_MAX: u8 = 4;

/// An exact decimal: `units` × 10^-`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits as one integer.
    pub units: i64,
    /// How many of them stand after the decimal point, at most [`SCALE_MAX`].
    pub scale: u8,
}

/// An exact fraction in lowest terms; the divisor is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

/// A number and how exact it is: what a formula or a sum gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// The number itself.
    pub value: Fraction,
    /// How exact it claims to be.
    pub qualifier: Qualifier,
}

/// A sum or product did not fit, or a division had a zero divisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The result needs more digits than we keep.
    #[error("the number is too large")]
    Overflow,
    /// Division by zero.
    #[error("division by zero")]
    ZeroDivisor,
    /// More decimals than the scale allows.
    #[error("more than {decimals} decimals")]
    TooManyDecimals {
        /// The number of decimals allowed.
        decimals: u8,
    },
    /// The text is no number.
    #[error("not a number")]
    NotANumber,
}

/// A number cut to a few decimals, for printing: `units` × 10^-`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounded {
    /// The digits as one integer.
    pub units: i128,
    /// How many of them stand after the decimal point.
    pub decimals: u8,
}
