//! From what stands in a cell to a figure's value and qualifier.

use domain::item::Item;
use domain::number::{Decimal, NumberError, Qualifier};
use domain::refusal::{Refusal, Wanted};
use domain::text::{self, Typed, TypedProblem};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing was reported, which is not zero.
    Nothing,
    /// What was reported is taken back.
    Withdrawn,
    /// A figure.
    Figure(Decimal, Qualifier),
}

/// The words people use for a bound, beside the codes.
pub(crate) fn qualifier(field: &str) -> Result<Qualifier, Refusal> {
    let bad = || Refusal::BadValue { text: field.to_owned(), wanted: Wanted::Qualifier };
    Qualifier::from_code(field).or_else(|| text::typed_qualifier(field)).ok_or_else(bad)
}

/// What a field says for an item.
pub(crate) fn value(field: &str, item: &Item) -> Result<Said, Refusal> {
    within(said(field, item.scale, Some(item))?, field, item)
}

/// What a field says with so many decimals, whichever item it is for: a total, for instance, has
/// other bounds than its parts.
pub(crate) fn read(field: &str, scale: u8) -> Result<Said, Refusal> {
    said(field, scale, None)
}

fn said(field: &str, scale: u8, item: Option<&Item>) -> Result<Said, Refusal> {
    if let Some(units) = small_integer(field) {
        let value = at_scale(Decimal::new(units, 0), scale, field)?;
        return Ok(Said::Figure(value, Qualifier::Exact));
    }
    let text = || field.trim().to_owned();
    match text::typed_number(field) {
        Typed::Missing => Ok(Said::Nothing),
        Typed::Figure(figure) if figure.percent => Err(Refusal::NotACount { text: text() }),
        // `2 triệu` is two only for an item that is counted in millions.
        Typed::Figure(figure) if !is_measured_in(item, figure.multiplied_by()) => {
            Err(Refusal::NumberInWords { text: text() })
        }
        Typed::Figure(figure) => {
            Ok(Said::Figure(at_scale(figure.value, scale, field)?, figure.qualifier))
        }
        Typed::Ratio { .. } => Err(Refusal::NotACount { text: text() }),
        Typed::Ambiguous { readings } => Err(Refusal::AmbiguousNumber {
            text: text(),
            readings: readings.map(|reading| reading.to_string()),
        }),
        Typed::Refused(_) if text::is_withdrawal(field) => Ok(Said::Withdrawn),
        Typed::Refused(problem) => Err(match problem {
            TypedProblem::Formula => Refusal::FormulaCell { formula: text() },
            TypedProblem::TooManyDecimals { .. } => {
                Refusal::TooManyDecimals { text: text(), decimals: scale }
            }
            TypedProblem::TooLarge => Refusal::NumberTooLarge { text: text() },
            TypedProblem::NotANumber | TypedProblem::ForeignDigits => {
                Refusal::NotANumber { text: text() }
            }
        }),
    }
}

/// A number cell: plain decimal text, so `1.234` is one and a bit.
pub(crate) fn plain(text: &str, item: &Item) -> Result<Said, Refusal> {
    let decimal = Decimal::parse(text).map_err(|error| match error {
        NumberError::TooManyDecimals { .. } => {
            Refusal::TooManyDecimals { text: text.to_owned(), decimals: item.scale }
        }
        NumberError::Overflow => Refusal::NumberTooLarge { text: text.to_owned() },
        NumberError::NotANumber | NumberError::ZeroDivisor => {
            Refusal::NotANumber { text: text.to_owned() }
        }
    })?;
    let value = at_scale(decimal, item.scale, text)?;
    within(Said::Figure(value, Qualifier::Exact), text, item)
}

/// Whether a word that multiplies is the measure of the item, or there is no such word.
fn is_measured_in(item: Option<&Item>, word: Option<&str>) -> bool {
    let begins = |measure: &str, word| measure.to_lowercase().split(' ').next() == Some(word);
    word.is_none_or(|word| {
        item.is_some_and(|item| begins(&item.measure.vi, word) || begins(&item.measure.en, word))
    })
}

/// A sum in the item's digits, as plain decimal text.
pub(crate) fn printed(sum: i128, item: &Item) -> String {
    i64::try_from(sum)
        .map_or_else(|_| sum.to_string(), |sum| Decimal::new(sum, item.scale).to_string())
}

/// The usual case, without the detour through everything people may type.
fn small_integer(field: &str) -> Option<i64> {
    let plain = (1..=15).contains(&field.len()) && field.bytes().all(|byte| byte.is_ascii_digit());
    if plain { field.parse().ok() } else { None }
}

fn at_scale(value: Decimal, scale: u8, field: &str) -> Result<Decimal, Refusal> {
    value.rescaled(scale).map_err(|error| match error {
        NumberError::TooManyDecimals { .. } => {
            Refusal::TooManyDecimals { text: field.to_owned(), decimals: scale }
        }
        NumberError::Overflow | NumberError::ZeroDivisor | NumberError::NotANumber => {
            Refusal::NumberTooLarge { text: field.to_owned() }
        }
    })
}

/// What a field says, when the item can have such a value.
fn within(said: Said, field: &str, item: &Item) -> Result<Said, Refusal> {
    match said {
        Said::Figure(value, _) if !item.allows(value) => Err(Refusal::OutOfBounds {
            text: field.trim().to_owned(),
            item: item.code.clone(),
            minimum: item.minimum,
            maximum: item.maximum,
        }),
        Said::Nothing | Said::Withdrawn | Said::Figure(..) => Ok(said),
    }
}
