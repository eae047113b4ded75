//! Decimals and rounded numbers as text, and their order.

use std::cmp::Ordering;
use std::fmt;

use super::{Decimal, NumberError, Rounded, SCALE_MAX};

impl Decimal {
    /// Makes a decimal from its digits and scale.
    #[must_use]
    pub const fn new(units: i64, scale: u8) -> Self {
        Self { units, scale }
    }

    /// Reads a machine-written decimal: `-12.5`. For what people type, see [`crate::text`].
    ///
    /// # Errors
    /// Not a number, more than [`SCALE_MAX`] decimals, or too large.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, decimals) = match digits.split_once('.') {
            Some((_, "")) => return Err(NumberError::NotANumber),
            Some((whole, decimals)) => (whole, decimals),
            None => (digits, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(decimals) {
            return Err(NumberError::NotANumber);
        }
        let scale = u8::try_from(decimals.len()).ok().filter(|scale| *scale <= SCALE_MAX);
        let Some(scale) = scale else {
            return Err(NumberError::TooManyDecimals { decimals: SCALE_MAX });
        };
        // Counting downwards for negative numbers reaches the smallest integer too.
        let mut units: i64 = 0;
        for byte in whole.bytes().chain(decimals.bytes()) {
            let digit = i64::from(byte - b'0');
            let shifted = units.checked_mul(10);
            let next = shifted.and_then(|units| {
                if is_negative { units.checked_sub(digit) } else { units.checked_add(digit) }
            });
            units = next.ok_or(NumberError::Overflow)?;
        }
        Ok(Self { units, scale })
    }

    /// The same number with `scale` decimals.
    ///
    /// # Errors
    /// When digits would be lost, or the result does not fit.
    pub fn rescaled(self, scale: u8) -> Result<Self, NumberError> {
        if scale > SCALE_MAX {
            return Err(NumberError::TooManyDecimals { decimals: SCALE_MAX });
        }
        let factor =
            |digits: u8| 10_i64.checked_pow(u32::from(digits)).ok_or(NumberError::Overflow);
        if scale >= self.scale {
            let units = self.units.checked_mul(factor(scale - self.scale)?);
            return Ok(Self { units: units.ok_or(NumberError::Overflow)?, scale });
        }
        let factor = factor(self.scale - scale)?;
        if self.units % factor != 0 {
            return Err(NumberError::TooManyDecimals { decimals: scale });
        }
        Ok(Self { units: self.units / factor, scale })
    }
}

/// By value; of two equal numbers the one with fewer decimals comes first, so that the order
/// agrees with equality.
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // Every figure is compared with the bounds of its item, which have its scale.
        if self.scale == other.scale {
            return self.units.cmp(&other.units);
        }
        let scale = self.scale.max(other.scale);
        let units = |decimal: &Self| {
            let factor = 10_i128.saturating_pow(u32::from(scale - decimal.scale));
            i128::from(decimal.units).saturating_mul(factor)
        };
        units(self).cmp(&units(other)).then(self.scale.cmp(&other.scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The machine form, with as many decimals as the scale says: `-12.50`.
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Rounded { units: i128::from(self.units), decimals: self.scale }.fmt(formatter)
    }
}

/// The machine form: `-2.3`. Zero has no sign.
impl fmt::Display for Rounded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.decimals);
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let text = if decimals == 0 { digits.clone() } else { format!("{whole}.{fraction}") };
        formatter.pad_integral(self.units >= 0, "", &text)
    }
}
