//! Numbers as people write them: `1.234,5`, `trên 30`, `162/162`.

use super::nfc;
use crate::number::{Decimal, NumberError, Qualifier, SCALE_MAX};

/// What a typed number means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Typed {
    /// Nothing was written, or only a dash. Never the same as zero.
    Missing,
    /// A figure.
    Figure(TypedFigure),
    /// Two counts with a slash between them: `162/162`.
    Ratio {
        /// The count before the slash.
        numerator: Decimal,
        /// The count after it.
        denominator: Decimal,
    },
    /// A number that can be read in two ways, `1.234`; the person must choose. The Vietnamese
    /// reading comes first.
    Ambiguous {
        /// The two numbers it may be.
        readings: [Decimal; 2],
    },
    /// No number.
    Refused(TypedProblem),
}

/// A figure with what stood around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypedFigure {
    /// The number.
    pub value: Decimal,
    /// How exact the words before it claim to be.
    pub qualifier: Qualifier,
    /// Those words as written, or empty: `hơn`.
    pub word: String,
    /// A percent sign followed.
    pub percent: bool,
    /// The words after it, or empty: `hộ`. A word such as `triệu` is kept here too and is not
    /// multiplied in.
    pub measure: String,
}

/// Words after a number that make it another one.
const MULTIPLYING_WORDS: [&str; 15] = [
    "chục", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "tr", "k", "rưỡi", "dozen",
    "hundred", "thousand", "million",
];

impl TypedFigure {
    /// The word after the number that makes it another one, `nghìn` of `2 nghìn hộ`.
    #[must_use]
    pub fn multiplied_by(&self) -> Option<&'static str> {
        let first = self.measure.split(is_blank).next().unwrap_or_default().to_lowercase();
        MULTIPLYING_WORDS.into_iter().find(|word| *word == first)
    }
}

/// Why what was typed is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TypedProblem {
    /// Something else, or separators in places where no number has them.
    #[error("not a number")]
    NotANumber,
    /// A formula, which is never evaluated.
    #[error("a formula")]
    Formula,
    /// Digits other than 0 to 9.
    #[error("digits other than 0 to 9")]
    ForeignDigits,
    /// More decimals than we keep.
    #[error("more than {decimals} decimals")]
    TooManyDecimals {
        /// How many we keep.
        decimals: u8,
    },
    /// More digits than we keep.
    #[error("the number is too large")]
    TooLarge,
}

/// The words and signs before a number that make it a bound. Longer ones stand first.
const QUALIFIER_WORDS: [(&str, Qualifier); 18] = [
    ("ít nhất", Qualifier::AtLeast),
    ("tối thiểu", Qualifier::AtLeast),
    ("trên", Qualifier::AtLeast),
    ("hơn", Qualifier::AtLeast),
    (">=", Qualifier::AtLeast),
    ("≥", Qualifier::AtLeast),
    (">", Qualifier::AtLeast),
    ("không quá", Qualifier::AtMost),
    ("tối đa", Qualifier::AtMost),
    ("dưới", Qualifier::AtMost),
    ("gần", Qualifier::AtMost),
    ("<=", Qualifier::AtMost),
    ("≤", Qualifier::AtMost),
    ("<", Qualifier::AtMost),
    ("xấp xỉ", Qualifier::About),
    ("khoảng", Qualifier::About),
    ("≈", Qualifier::About),
    ("~", Qualifier::About),
];

/// Reads what stands in a qualifier's field: a code, or one of the words people use.
#[must_use]
pub fn typed_qualifier(text: &str) -> Option<Qualifier> {
    let text = nfc(text.trim()).to_lowercase();
    let of_word = || {
        let mut words = QUALIFIER_WORDS.into_iter();
        words.find(|(word, _)| *word == text).map(|(_, qualifier)| qualifier)
    };
    Qualifier::from_code(&text).or_else(of_word)
}

/// Reads a number as people type it, with either decimal separator.
#[must_use]
pub fn typed_number(text: &str) -> Typed {
    let text = nfc(text);
    let text = text.trim_matches(is_blank);
    if matches!(text, "" | "-" | "–" | "—") {
        return Typed::Missing;
    }
    if text.starts_with('=') {
        return Typed::Refused(TypedProblem::Formula);
    }
    match read(text) {
        Ok(typed) => typed,
        Err(problem) => Typed::Refused(problem),
    }
}

fn read(text: &str) -> Result<Typed, TypedProblem> {
    let (word, qualifier, rest) = split_qualifier(text);
    let (number, percent, measure) = split_measure(rest)?;
    if let Some((numerator, denominator)) = number.split_once('/') {
        let is_bare = word.is_empty() && !percent && measure.is_empty();
        return if is_bare { ratio(numerator, denominator) } else { Err(TypedProblem::NotANumber) };
    }
    Ok(match plain_number(number)? {
        Reading::Certain(value) => Typed::Figure(TypedFigure {
            value,
            qualifier,
            word: word.to_owned(),
            percent,
            measure: measure.to_owned(),
        }),
        Reading::Either(readings) => Typed::Ambiguous { readings },
    })
}

fn ratio(numerator: &str, denominator: &str) -> Result<Typed, TypedProblem> {
    let count = |text: &str| match plain_number(text.trim_matches(is_blank))? {
        Reading::Certain(count) => Ok(count),
        Reading::Either(_) => Err(TypedProblem::NotANumber),
    };
    Ok(Typed::Ratio { numerator: count(numerator)?, denominator: count(denominator)? })
}

/// Splits off the words before the number.
fn split_qualifier(text: &str) -> (&str, Qualifier, &str) {
    for (word, qualifier) in QUALIFIER_WORDS {
        let length = word.chars().count();
        let end = text.char_indices().nth(length).map_or(text.len(), |(end, _)| end);
        let (start, rest) = text.split_at(end);
        let is_sign = !word.starts_with(char::is_alphabetic);
        if start.to_lowercase() == word && (is_sign || rest.starts_with(is_blank)) {
            return (start, qualifier, rest.trim_start_matches(is_blank));
        }
    }
    ("", Qualifier::Exact, text)
}

/// Splits off a percent sign and the words after the number: number, percent, words.
fn split_measure(text: &str) -> Result<(&str, bool, &str), TypedProblem> {
    let end = text.find(|character| !belongs_to_number(character)).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let token = text.split(is_blank).next().unwrap_or_default();
    if token.chars().any(is_foreign_digit) {
        return Err(TypedProblem::ForeignDigits);
    }
    let stands_apart = number.ends_with(is_blank);
    let number = number.trim_end_matches(is_blank);
    if let Some(measure) = rest.strip_prefix('%') {
        let is_apart = measure.is_empty() || measure.starts_with(is_blank);
        let measure = checked_measure(measure.trim_start_matches(is_blank))?;
        return if is_apart { Ok((number, true, measure)) } else { Err(TypedProblem::NotANumber) };
    }
    if rest.is_empty() || stands_apart {
        return Ok((number, false, checked_measure(rest)?));
    }
    Err(TypedProblem::NotANumber)
}

/// Words after a number hold no second number, and no second percent sign.
fn checked_measure(measure: &str) -> Result<&str, TypedProblem> {
    let is_number_again = |character: char| character.is_ascii_digit() || character == '%';
    let begins_well = measure.is_empty() || measure.starts_with(char::is_alphabetic);
    if begins_well && !measure.contains(is_number_again) {
        return Ok(measure);
    }
    Err(TypedProblem::NotANumber)
}

fn belongs_to_number(character: char) -> bool {
    character.is_ascii_digit()
        || is_blank(character)
        || matches!(character, '.' | ',' | '/' | '-' | '\u{2212}')
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}')
}

/// Digits of other scripts; the small ² and ³ of areas are none.
fn is_foreign_digit(character: char) -> bool {
    character.is_numeric() && !character.is_ascii_digit() && !matches!(character, '²' | '³')
}

/// How a number may be read.
enum Reading {
    Certain(Decimal),
    Either([Decimal; 2]),
}

/// Reads digits with separators. The last of two kinds of separator is the decimal one; one that
/// is repeated only groups; a single one before exactly three digits can be either.
fn plain_number(text: &str) -> Result<Reading, TypedProblem> {
    let (sign, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let certain = |groups: &str, separator, decimals: &str| {
        let whole = ungrouped(groups, separator)?;
        decimal(sign, &whole, decimals).map(Reading::Certain)
    };
    if text.contains(is_blank) {
        let (groups, decimals) = split_last(text, ['.', ',']);
        return certain(groups, Separator::Blank, decimals);
    }
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    match (points, commas) {
        (0, 0) => certain(text, Separator::None, ""),
        (1, 0) | (0, 1) => {
            let (whole, decimals) = split_last(text, ['.', ',']);
            let is_group =
                decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            if !is_group {
                return certain(whole, Separator::None, decimals);
            }
            let grouped = decimal(sign, &format!("{whole}{decimals}"), "")?;
            let decimal = decimal(sign, whole, decimals)?;
            Ok(Reading::Either(if points == 1 { [grouped, decimal] } else { [decimal, grouped] }))
        }
        (_, 0) => certain(text, Separator::Sign('.'), ""),
        (0, _) => certain(text, Separator::Sign(','), ""),
        (_, 1) if text.rfind(',') > text.rfind('.') => {
            let (groups, decimals) = split_last(text, [',', ',']);
            certain(groups, Separator::Sign('.'), decimals)
        }
        (1, _) if text.rfind('.') > text.rfind(',') => {
            let (groups, decimals) = split_last(text, ['.', '.']);
            certain(groups, Separator::Sign(','), decimals)
        }
        _ => Err(TypedProblem::NotANumber),
    }
}

/// What stands between groups of three digits.
#[derive(Clone, Copy)]
enum Separator {
    None,
    Blank,
    Sign(char),
}

/// Splits at the last of two separators; a separator at the end leaves something that is no number.
fn split_last(text: &str, separators: [char; 2]) -> (&str, &str) {
    match text.rsplit_once(separators) {
        Some((_, "")) | None => (text, ""),
        Some((whole, decimals)) => (whole, decimals),
    }
}

/// The digits without their separators, when they stand in groups of three.
fn ungrouped(text: &str, separator: Separator) -> Result<String, TypedProblem> {
    let groups: Vec<&str> = match separator {
        Separator::None => vec![text],
        Separator::Blank => text.split(is_blank).collect(),
        Separator::Sign(sign) => text.split(sign).collect(),
    };
    let is_group = |(place, group): (usize, &&str)| match place {
        0 if groups.len() == 1 => true,
        0 => (1..=3).contains(&group.len()),
        _ => group.len() == 3,
    };
    if groups.iter().enumerate().all(is_group) {
        return Ok(groups.concat());
    }
    Err(TypedProblem::NotANumber)
}

fn decimal(sign: &str, whole: &str, decimals: &str) -> Result<Decimal, TypedProblem> {
    let point = if decimals.is_empty() { "" } else { "." };
    Decimal::parse(&format!("{sign}{whole}{point}{decimals}")).map_err(|error| match error {
        NumberError::TooManyDecimals { .. } => {
            TypedProblem::TooManyDecimals { decimals: SCALE_MAX }
        }
        NumberError::Overflow => TypedProblem::TooLarge,
        NumberError::NotANumber | NumberError::ZeroDivisor => TypedProblem::NotANumber,
    })
}
