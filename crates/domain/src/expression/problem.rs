//! What can be wrong with a formula before any figure is known.

use std::ops::Range;

use super::Kind;

/// What is wrong with a formula, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at characters {}–{}: {kind}", at.start, at.end)]
pub struct ExpressionError {
    /// The characters concerned, counted from 0; empty at the end of the text.
    pub at: Range<usize>,
    /// What is wrong.
    pub kind: ExpressionProblem,
}

/// What is wrong with a formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionProblem {
    /// Nothing is written.
    #[error("nothing is written")]
    Empty,
    /// Too many characters.
    #[error("{characters} characters, at most {limit} are allowed")]
    TooLong {
        /// How many there are.
        characters: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Too many parentheses, functions and signs inside each other.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// How deep it may go.
        limit: usize,
    },
    /// A character that the language does not have.
    #[error("the character {found:?} does not belong here")]
    UnexpectedCharacter {
        /// The character.
        found: char,
    },
    /// A number with too many digits.
    #[error("the number is too large")]
    NumberTooLarge,
    /// A number with too many decimals.
    #[error("more than {decimals} decimals")]
    TooManyDecimals {
        /// How many there may be.
        decimals: u8,
    },
    /// Something else should stand here.
    #[error("{found:?} stands where {expected} should")]
    Unexpected {
        /// What stands here.
        found: String,
        /// What should.
        expected: Expected,
    },
    /// The text ends too early.
    #[error("the text ends where {expected} should stand")]
    UnexpectedEnd {
        /// What should follow.
        expected: Expected,
    },
    /// `a < b < c`: say which two are compared.
    #[error("a comparison cannot be compared again; write `and`")]
    ChainedComparison,
    /// A function that does not exist.
    #[error("no function {name:?}")]
    UnknownFunction {
        /// Its name.
        name: String,
    },
    /// Too many or too few arguments.
    #[error("{function} takes {least} arguments, not {found}")]
    WrongArgumentCount {
        /// The function.
        function: &'static str,
        /// How many it needs.
        least: usize,
        /// How many it takes at most; none is any number.
        most: Option<usize>,
        /// How many are given.
        found: usize,
    },
    /// `@` is followed by something else than `-1` to `-120`, with or without `y`.
    #[error("a reference looks back 1 to {limit} periods or years")]
    BadOffset {
        /// How far it may look back.
        limit: u16,
    },
    /// No item with this code.
    #[error("no item {code:?}")]
    UnknownItem {
        /// The code.
        code: String,
    },
    /// The item has no such class.
    #[error("item {item:?} has no class {class:?}")]
    UnknownClass {
        /// The item's code.
        item: String,
        /// The class asked for.
        class: String,
        /// The classes it has.
        known: Vec<String>,
    },
    /// A number where a condition belongs, or the other way round.
    #[error("a {found} stands where a {expected} should")]
    WrongKind {
        /// What should stand here.
        expected: Kind,
        /// What stands here.
        found: Kind,
    },
}

impl ExpressionProblem {
    /// The code in test vectors and for the client.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::TooDeep { .. } => "too_deep",
            Self::UnexpectedCharacter { .. } => "unexpected_character",
            Self::NumberTooLarge => "number_too_large",
            Self::TooManyDecimals { .. } => "too_many_decimals",
            Self::Unexpected { .. } => "unexpected",
            Self::UnexpectedEnd { .. } => "unexpected_end",
            Self::ChainedComparison => "chained_comparison",
            Self::UnknownFunction { .. } => "unknown_function",
            Self::WrongArgumentCount { .. } => "wrong_argument_count",
            Self::BadOffset { .. } => "bad_offset",
            Self::UnknownItem { .. } => "unknown_item",
            Self::UnknownClass { .. } => "unknown_class",
            Self::WrongKind { .. } => "wrong_kind",
        }
    }
}

/// What should stand at a place of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expected {
    /// A number, an item, a function or an opening parenthesis.
    Operand,
    /// An operator, or the end.
    OperatorOrEnd,
    /// `(`.
    OpeningParenthesis,
    /// `)`, or an operator.
    ClosingParenthesis,
    /// `,` or `)`, or an operator.
    CommaOrClosingParenthesis,
    /// The code of an item.
    ItemCode,
    /// The code of a class.
    ClassCode,
    /// `]`.
    ClosingBracket,
    /// The word of a level.
    Level,
}

impl Expected {
    /// The code for the client.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Operand => "operand",
            Self::OperatorOrEnd => "operator_or_end",
            Self::OpeningParenthesis => "opening_parenthesis",
            Self::ClosingParenthesis => "closing_parenthesis",
            Self::CommaOrClosingParenthesis => "comma_or_closing_parenthesis",
            Self::ItemCode => "item_code",
            Self::ClassCode => "class_code",
            Self::ClosingBracket => "closing_bracket",
            Self::Level => "level",
        }
    }
}

impl std::fmt::Display for Expected {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Operand => "a number, an item or a function",
            Self::OperatorOrEnd => "an operator or the end",
            Self::OpeningParenthesis => "an opening parenthesis",
            Self::ClosingParenthesis => "a closing parenthesis",
            Self::CommaOrClosingParenthesis => "a comma or a closing parenthesis",
            Self::ItemCode => "the code of an item",
            Self::ClassCode => "the code of a class",
            Self::ClosingBracket => "a closing bracket",
            Self::Level => "the word of a level",
        })
    }
}
