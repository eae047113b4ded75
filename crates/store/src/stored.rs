//! Domain values that are stored as one text: how they are written and read back.

use domain::number::Fraction;
use domain::period::Period;

/// A fraction as `numerator/denominator`, exact.
pub(crate) fn fraction(value: Fraction) -> String {
    format!("{}/{}", value.numerator(), value.denominator())
}

/// Reads what [`fraction`] wrote.
pub(crate) fn fraction_from(text: &str) -> Option<Fraction> {
    let (numerator, denominator) = text.split_once('/')?;
    Fraction::new(numerator.parse().ok()?, denominator.parse().ok()?).ok()
}

/// Reads a period's code.
pub(crate) fn period_from(text: &str) -> Option<Period> {
    Period::parse(text).ok()
}
