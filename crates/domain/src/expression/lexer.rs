//! From characters to tokens, each with its place.

use std::ops::Range;

use super::{ExpressionError, ExpressionProblem, Operator};
use crate::number::{Decimal, SCALE_MAX};

/// What a formula is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Decimal),
    /// A code, a function or one of `and`, `or`, `not`.
    Word(String),
    /// Every operator written with signs.
    Sign(Operator),
    OpeningParenthesis,
    ClosingParenthesis,
    OpeningBracket,
    ClosingBracket,
    Comma,
    At,
}

/// A token and the characters it was read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) at: Range<usize>,
    pub(super) token: Token,
}

/// Splits the characters of a formula into tokens; spaces only separate.
pub(super) fn tokens(characters: &[char]) -> Result<Vec<Placed>, ExpressionError> {
    let mut tokens = Vec::new();
    let mut position = 0;
    while let Some(&character) = characters.get(position) {
        if character.is_whitespace() {
            position += 1;
            continue;
        }
        let in_brackets =
            matches!(tokens.last(), Some(Placed { token: Token::OpeningBracket, .. }));
        let (token, end) = if in_brackets && belongs_to_class(character) {
            class(characters, position)
        } else if character.is_ascii_digit() {
            number(characters, position)?
        } else if character.is_ascii_alphabetic() || character == '_' {
            word(characters, position)
        } else {
            sign(characters, position)?
        };
        tokens.push(Placed { at: position..end, token });
        position = end;
    }
    Ok(tokens)
}

/// The end of the longest run from `start` whose characters all satisfy `belongs`.
fn run(characters: &[char], start: usize, belongs: fn(char) -> bool) -> usize {
    let length = characters.iter().skip(start).take_while(|character| belongs(**character)).count();
    start + length
}

/// Digits, and decimals when a point is followed by a digit.
fn number(characters: &[char], start: usize) -> Result<(Token, usize), ExpressionError> {
    let is_digit: fn(char) -> bool = |character| character.is_ascii_digit();
    let whole_end = run(characters, start, is_digit);
    let decimals_start = whole_end + 1;
    let end = match characters.get(whole_end) {
        Some('.') if characters.get(decimals_start).is_some_and(char::is_ascii_digit) => {
            run(characters, decimals_start, is_digit)
        }
        _ => whole_end,
    };
    let refuse = |kind| ExpressionError { at: start..end, kind };
    let decimals = end.saturating_sub(decimals_start);
    let Some(scale) = u8::try_from(decimals).ok().filter(|scale| *scale <= SCALE_MAX) else {
        return Err(refuse(ExpressionProblem::TooManyDecimals { decimals: SCALE_MAX }));
    };
    let mut units: i64 = 0;
    for digit in characters[start..end].iter().filter_map(|character| character.to_digit(10)) {
        units = units
            .checked_mul(10)
            .and_then(|units| units.checked_add(i64::from(digit)))
            .ok_or_else(|| refuse(ExpressionProblem::NumberTooLarge))?;
    }
    Ok((Token::Number(Decimal::new(units, scale)), end))
}

/// Letters, digits and `_`, with single points inside: `A05.tu`.
fn word(characters: &[char], start: usize) -> (Token, usize) {
    let is_part: fn(char) -> bool =
        |character| character.is_ascii_alphanumeric() || character == '_';
    let mut end = run(characters, start, is_part);
    while characters.get(end) == Some(&'.') {
        let next = run(characters, end + 1, is_part);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    (Token::Word(characters[start..end].iter().collect()), end)
}

/// The code of a class, which may look like a number: `nu`, `15-34`.
fn class(characters: &[char], start: usize) -> (Token, usize) {
    let end = run(characters, start, belongs_to_class);
    (Token::Word(characters[start..end].iter().collect()), end)
}

fn belongs_to_class(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// Operators and punctuation, of one or two characters.
fn sign(characters: &[char], start: usize) -> Result<(Token, usize), ExpressionError> {
    let found = characters[start];
    let next_is_equal = characters.get(start + 1) == Some(&'=');
    let (token, length) = match (found, next_is_equal) {
        ('!', true) => (Token::Sign(Operator::NotEqual), 2),
        ('<', true) => (Token::Sign(Operator::LessOrEqual), 2),
        ('>', true) => (Token::Sign(Operator::GreaterOrEqual), 2),
        ('<', false) => (Token::Sign(Operator::Less), 1),
        ('>', false) => (Token::Sign(Operator::Greater), 1),
        ('=', _) => (Token::Sign(Operator::Equal), 1),
        ('+', _) => (Token::Sign(Operator::Add), 1),
        ('-', _) => (Token::Sign(Operator::Subtract), 1),
        ('*', _) => (Token::Sign(Operator::Multiply), 1),
        ('/', _) => (Token::Sign(Operator::Divide), 1),
        ('(', _) => (Token::OpeningParenthesis, 1),
        (')', _) => (Token::ClosingParenthesis, 1),
        ('[', _) => (Token::OpeningBracket, 1),
        (']', _) => (Token::ClosingBracket, 1),
        (',', _) => (Token::Comma, 1),
        ('@', _) => (Token::At, 1),
        _ => {
            return Err(ExpressionError {
                at: start..start + 1,
                kind: ExpressionProblem::UnexpectedCharacter { found },
            });
        }
    };
    Ok((token, start + length))
}
