//! From tokens to a tree, by how tightly operators bind.
//!
//! Loosest first: `or`, `and`, `not`, comparisons, `+ -`, `* /`, the sign.

use std::ops::Range;

use super::lexer::{Placed, Token, tokens};
use super::{
    DEPTH_MAX, Expected, ExpressionError, ExpressionProblem, ItemReference, Node, NodeKind,
    OFFSET_MAX, Offset, Operator, Reach, SOURCE_CHARACTERS_MAX,
};

/// Reads a whole formula.
pub(super) fn parse(source: &str) -> Result<Node, ExpressionError> {
    let length = source.chars().count();
    if length > SOURCE_CHARACTERS_MAX {
        let kind = ExpressionProblem::TooLong { characters: length, limit: SOURCE_CHARACTERS_MAX };
        return Err(ExpressionError { at: SOURCE_CHARACTERS_MAX..length, kind });
    }
    let characters: Vec<char> = source.chars().collect();
    let tokens = tokens(&characters)?;
    if tokens.is_empty() {
        return Err(ExpressionError { at: 0..length, kind: ExpressionProblem::Empty });
    }
    let mut parser = Parser { characters: &characters, tokens: &tokens, next: 0, depth: 0 };
    let root = parser.expression(Power::Or)?;
    if parser.next < tokens.len() {
        return Err(parser.unexpected(Expected::OperatorOrEnd));
    }
    Ok(root)
}

/// How tightly an operator binds its sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Power {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
}

fn power(operator: Operator) -> Power {
    match operator {
        Operator::Or => Power::Or,
        Operator::And => Power::And,
        Operator::Equal
        | Operator::NotEqual
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual => Power::Comparison,
        Operator::Add | Operator::Subtract => Power::Sum,
        Operator::Multiply | Operator::Divide => Power::Product,
    }
}

/// What the right side of an operator must bind at least, so that equals group to the left.
fn power_of_right_side(power: Power) -> Power {
    match power {
        Power::Or => Power::And,
        Power::And => Power::Not,
        Power::Not | Power::Comparison => Power::Sum,
        Power::Sum => Power::Product,
        Power::Product | Power::Sign => Power::Sign,
    }
}

/// The functions over expressions; `ytd` and `units` take words and are read apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    If,
    Coalesce,
    Min,
    Max,
    Abs,
}

impl Function {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "if" => Some(Self::If),
            "coalesce" => Some(Self::Coalesce),
            "min" => Some(Self::Min),
            "max" => Some(Self::Max),
            "abs" => Some(Self::Abs),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::Coalesce => "coalesce",
            Self::Min => "min",
            Self::Max => "max",
            Self::Abs => "abs",
        }
    }

    /// The least and the most arguments.
    fn arguments(self) -> (usize, Option<usize>) {
        match self {
            Self::If => (3, Some(3)),
            Self::Coalesce | Self::Min | Self::Max => (1, None),
            Self::Abs => (1, Some(1)),
        }
    }
}

/// Words that can never be the code of an item.
const RESERVED: [&str; 10] =
    ["and", "or", "not", "if", "coalesce", "min", "max", "abs", "ytd", "units"];

struct Parser<'a> {
    characters: &'a [char],
    tokens: &'a [Placed],
    next: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// Reads as far as operators bind at least as tightly as `least`.
    fn expression(&mut self, least: Power) -> Result<Node, ExpressionError> {
        let mut left = self.operand(least)?;
        let mut compared = false;
        while let Some(operator) = self.operator().filter(|operator| power(*operator) >= least) {
            let binds = power(operator);
            if binds == Power::Comparison && compared {
                return Err(self.refused(ExpressionProblem::ChainedComparison));
            }
            compared = binds == Power::Comparison;
            self.next += 1;
            let right = self.expression(power_of_right_side(binds))?;
            let at = left.at.start..right.at.end;
            let kind = NodeKind::Binary { operator, left: Box::new(left), right: Box::new(right) };
            left = Node { at, kind };
        }
        Ok(left)
    }

    /// Reads one operand with its signs, one level deeper.
    fn operand(&mut self, least: Power) -> Result<Node, ExpressionError> {
        if self.depth >= DEPTH_MAX {
            return Err(self.refused(ExpressionProblem::TooDeep { limit: DEPTH_MAX }));
        }
        self.depth += 1;
        let node = self.operand_at_depth(least);
        self.depth -= 1;
        node
    }

    fn operand_at_depth(&mut self, least: Power) -> Result<Node, ExpressionError> {
        let tokens = self.tokens;
        let Some(Placed { at, token }) = tokens.get(self.next) else {
            return Err(self.unexpected(Expected::Operand));
        };
        match token {
            Token::Number(number) => {
                self.next += 1;
                Ok(Node { at: at.clone(), kind: NodeKind::Number(*number) })
            }
            Token::Sign(Operator::Subtract) => {
                self.next += 1;
                let inner = self.operand(Power::Sign)?;
                let at = at.start..inner.at.end;
                Ok(Node { at, kind: NodeKind::Negate(Box::new(inner)) })
            }
            Token::OpeningParenthesis => {
                self.next += 1;
                let inner = self.expression(Power::Or)?;
                let end = self.expect(&Token::ClosingParenthesis, Expected::ClosingParenthesis)?;
                Ok(Node { at: at.start..end, kind: inner.kind })
            }
            Token::Word(word) if word == "not" && least <= Power::Not => {
                self.next += 1;
                let inner = self.expression(Power::Not)?;
                let at = at.start..inner.at.end;
                Ok(Node { at, kind: NodeKind::Not(Box::new(inner)) })
            }
            Token::Word(word) => self.word(at, word),
            _ => Err(self.unexpected(Expected::Operand)),
        }
    }

    /// Reads what begins with a word: a function or an item.
    fn word(&mut self, at: &Range<usize>, word: &str) -> Result<Node, ExpressionError> {
        if matches!(word, "and" | "or" | "not") {
            return Err(self.unexpected(Expected::Operand));
        }
        let called = self.tokens.get(self.next + 1).map(|placed| &placed.token)
            == Some(&Token::OpeningParenthesis);
        if !called {
            if RESERVED.contains(&word) {
                self.next += 1;
                return Err(self.unexpected(Expected::OpeningParenthesis));
            }
            let (reference, at) = self.reference()?;
            return Ok(Node { at, kind: NodeKind::Item(reference) });
        }
        match word {
            "ytd" => self.year_to_date(at.start),
            "units" => self.units(at.start),
            _ => match Function::from_name(word) {
                Some(function) => self.call(at.start, function),
                None => {
                    let name = word.to_owned();
                    Err(self.refused(ExpressionProblem::UnknownFunction { name }))
                }
            },
        }
    }

    /// Reads `name(a, b, …)`.
    fn call(&mut self, start: usize, function: Function) -> Result<Node, ExpressionError> {
        self.next += 2;
        let mut arguments = Vec::new();
        if self.peek() != Some(&Token::ClosingParenthesis) {
            arguments.push(self.expression(Power::Or)?);
            while self.peek() == Some(&Token::Comma) {
                self.next += 1;
                arguments.push(self.expression(Power::Or)?);
            }
        }
        let closing = Expected::CommaOrClosingParenthesis;
        let end = self.expect(&Token::ClosingParenthesis, closing)?;
        let at = start..end;
        let found = arguments.len();
        let (least, most) = function.arguments();
        let mut given = arguments.into_iter();
        let kind = match (function, given.next(), given.next(), given.next(), given.next()) {
            (Function::If, Some(condition), Some(then), Some(otherwise), None) => NodeKind::If {
                condition: Box::new(condition),
                then: Box::new(then),
                otherwise: Box::new(otherwise),
            },
            (Function::Abs, Some(inner), None, None, None) => NodeKind::Abs(Box::new(inner)),
            (Function::Coalesce | Function::Min | Function::Max, Some(first), b, c, d) => {
                let parts = [Some(first), b, c, d].into_iter().flatten().chain(given).collect();
                match function {
                    Function::Coalesce => NodeKind::Coalesce(parts),
                    Function::Min => NodeKind::Min(parts),
                    _ => NodeKind::Max(parts),
                }
            }
            _ => {
                let function = function.name();
                let kind = ExpressionProblem::WrongArgumentCount { function, least, most, found };
                return Err(ExpressionError { at, kind });
            }
        };
        Ok(Node { at, kind })
    }

    /// Reads `ytd(A01)`.
    fn year_to_date(&mut self, start: usize) -> Result<Node, ExpressionError> {
        self.next += 2;
        let (mut reference, _) = self.reference()?;
        reference.reach = Reach::YearToDate;
        let end = self.expect(&Token::ClosingParenthesis, Expected::ClosingParenthesis)?;
        Ok(Node { at: start..end, kind: NodeKind::Item(reference) })
    }

    /// Reads `units(village)`.
    fn units(&mut self, start: usize) -> Result<Node, ExpressionError> {
        self.next += 2;
        let (level, _) = self.code(Expected::Level)?;
        let end = self.expect(&Token::ClosingParenthesis, Expected::ClosingParenthesis)?;
        Ok(Node { at: start..end, kind: NodeKind::Units { level } })
    }

    /// Reads `A01[nu]@-1`.
    fn reference(&mut self) -> Result<(ItemReference, Range<usize>), ExpressionError> {
        let (code, mut at) = self.code(Expected::ItemCode)?;
        let mut class = None;
        if self.peek() == Some(&Token::OpeningBracket) {
            self.next += 1;
            class = Some(self.class()?);
            at.end = self.expect(&Token::ClosingBracket, Expected::ClosingBracket)?;
        }
        let mut offset = Offset::Same;
        if self.peek() == Some(&Token::At) {
            (offset, at.end) = self.offset()?;
        }
        Ok((ItemReference { code, class, offset, reach: Reach::Period }, at))
    }

    /// Reads a word that is no word of the language.
    fn code(&mut self, expected: Expected) -> Result<(String, Range<usize>), ExpressionError> {
        let tokens = self.tokens;
        match tokens.get(self.next) {
            Some(Placed { at, token: Token::Word(word) }) if !RESERVED.contains(&&**word) => {
                self.next += 1;
                Ok((word.clone(), at.clone()))
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Reads the code of a class; words of the language are fine here.
    fn class(&mut self) -> Result<String, ExpressionError> {
        let tokens = self.tokens;
        match tokens.get(self.next) {
            Some(Placed { token: Token::Word(word), .. }) => {
                self.next += 1;
                Ok(word.clone())
            }
            _ => Err(self.unexpected(Expected::ClassCode)),
        }
    }

    /// Reads `@-1` or `@-1y`, and says where it ends.
    fn offset(&mut self) -> Result<(Offset, usize), ExpressionError> {
        let tokens = self.tokens;
        let Some([at_sign, rest @ ..]) = tokens.get(self.next..) else {
            return Err(self.unexpected(Expected::Operand));
        };
        let refuse = |end| ExpressionError {
            at: at_sign.at.start..end,
            kind: ExpressionProblem::BadOffset { limit: OFFSET_MAX },
        };
        let Some(minus) = rest.first().filter(|it| it.token == Token::Sign(Operator::Subtract))
        else {
            return Err(refuse(at_sign.at.end));
        };
        let Some(Placed { at, token: Token::Number(number) }) = rest.get(1) else {
            return Err(refuse(minus.at.end));
        };
        let count = u16::try_from(number.units)
            .ok()
            .filter(|count| number.scale == 0 && (1..=OFFSET_MAX).contains(count))
            .ok_or_else(|| refuse(at.end))?;
        self.next += 3;
        match rest.get(2) {
            Some(Placed { at, token: Token::Word(word) }) if word == "y" => {
                self.next += 1;
                Ok((Offset::Years(count), at.end))
            }
            _ => Ok((Offset::Periods(count), at.end)),
        }
    }

    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    /// The operator that stands next.
    fn operator(&self) -> Option<Operator> {
        match self.peek()? {
            Token::Sign(operator) => Some(*operator),
            Token::Word(word) if word == "or" => Some(Operator::Or),
            Token::Word(word) if word == "and" => Some(Operator::And),
            _ => None,
        }
    }

    /// Takes one token and says where it ends.
    fn expect(&mut self, token: &Token, expected: Expected) -> Result<usize, ExpressionError> {
        match self.tokens.get(self.next) {
            Some(placed) if placed.token == *token => {
                self.next += 1;
                Ok(placed.at.end)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// A refusal at the next token.
    fn refused(&self, kind: ExpressionProblem) -> ExpressionError {
        let end = self.characters.len();
        let at = self.tokens.get(self.next).map_or(end..end, |placed| placed.at.clone());
        ExpressionError { at, kind }
    }

    /// A refusal because something else should stand next.
    fn unexpected(&self, expected: Expected) -> ExpressionError {
        self.refused(match self.tokens.get(self.next) {
            Some(placed) => ExpressionProblem::Unexpected {
                found: self.characters[placed.at.clone()].iter().collect(),
                expected,
            },
            None => ExpressionProblem::UnexpectedEnd { expected },
        })
    }
}
