//! The expression language of indicators, validation rules and register filters.

mod check;
mod evaluate;
mod lexer;
mod parser;
mod problem;

use std::ops::Range;

pub use check::{Kind, KnownItem, check};
pub use evaluate::{Context, EvaluationError, EvaluationProblem, Value, evaluate};
pub use problem::{Expected, ExpressionError, ExpressionProblem};

use crate::number::Decimal;

/// The longest formula, in characters.
pub const SOURCE_CHARACTERS_MAX: usize = 2_000;

/// The deepest nesting of parentheses, functions and signs.
pub const DEPTH_MAX: usize = 50;

/// The furthest a reference may look back, in periods or years.
pub const OFFSET_MAX: u16 = 120;

/// A formula that could be read, and the text it was written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    source: String,
    root: Node,
}

impl Formula {
    /// Reads a formula. Whether its items exist and its kinds fit is the matter of [`check`].
    ///
    /// # Errors
    /// The first place that cannot be understood, or a limit that was passed.
    pub fn parse(source: &str) -> Result<Self, ExpressionError> {
        Ok(Self { source: source.to_owned(), root: parser::parse(source)? })
    }

    /// What the planner wrote.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The outermost operation.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The references to items, each once, in order of first use.
    #[must_use]
    pub fn items(&self) -> Vec<&ItemReference> {
        self.root.items()
    }

    /// Numerator and denominator when the outermost operation is a division, so that a caller can
    /// take both from the same units.
    #[must_use]
    pub fn ratio(&self) -> Option<(&Node, &Node)> {
        match &self.root.kind {
            NodeKind::Binary { operator: Operator::Divide, left, right } => Some((left, right)),
            _ => None,
        }
    }
}

/// A part of a formula and where it stands in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The characters it was read from, with its parentheses.
    pub at: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

/// What a part of a formula is. The parser guarantees the number of arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// `1.5`.
    Number(Decimal),
    /// `A01`, `A01[nu]`, `A01@-1y`, `ytd(A01)`.
    Item(ItemReference),
    /// `units(village)`: how many units of a level are in force in the subtree at the period's end.
    Units {
        /// The level.
        level: String,
    },
    /// `-a`.
    Negate(Box<Node>),
    /// `not a`.
    Not(Box<Node>),
    /// `a + b`, `a <= b`, `a and b`.
    Binary {
        /// What is done.
        operator: Operator,
        /// The left side.
        left: Box<Node>,
        /// The right side.
        right: Box<Node>,
    },
    /// `if(condition, a, b)`; only the branch that is taken is worked out.
    If {
        /// What decides.
        condition: Box<Node>,
        /// Taken when it is true.
        then: Box<Node>,
        /// Taken when it is false.
        otherwise: Box<Node>,
    },
    /// `coalesce(a, b, …)`: the first that is not missing. At least one.
    Coalesce(Vec<Node>),
    /// `min(a, b, …)`. At least one.
    Min(Vec<Node>),
    /// `max(a, b, …)`. At least one.
    Max(Vec<Node>),
    /// `abs(a)`.
    Abs(Box<Node>),
}

/// An operator between two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
}

/// Which figure of an item is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemReference {
    /// The item's code.
    pub code: String,
    /// One class of the item; none is the whole.
    pub class: Option<String>,
    /// How far back.
    pub offset: Offset,
    /// Over which part of the year.
    pub reach: Reach,
}

/// How far back from the period asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Offset {
    /// The period itself.
    Same,
    /// `@-n`: so many periods of the same kind earlier, 1 to [`OFFSET_MAX`].
    Periods(u16),
    /// `@-ny`: the same period so many years earlier, 1 to [`OFFSET_MAX`].
    Years(u16),
}

/// From when to when figures are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The period alone.
    Period,
    /// `ytd(…)`: from the start of the period's year to its end.
    YearToDate,
}

impl Node {
    /// The references to items below, each once, in order of first use.
    #[must_use]
    pub fn items(&self) -> Vec<&ItemReference> {
        let mut items: Vec<&ItemReference> = Vec::new();
        // A stack of our own: a long sum leans so far to the left that recursion would run deep.
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            if let NodeKind::Item(reference) = &node.kind
                && !items.contains(&reference)
            {
                items.push(reference);
            }
            open.extend(node.children().into_iter().rev());
        }
        items
    }

    /// The parts directly below, in the order they were written.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            NodeKind::Number(_) | NodeKind::Item(_) | NodeKind::Units { .. } => Vec::new(),
            NodeKind::Negate(inner) | NodeKind::Not(inner) | NodeKind::Abs(inner) => vec![inner],
            NodeKind::Binary { left, right, .. } => vec![left, right],
            NodeKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            NodeKind::Coalesce(parts) | NodeKind::Min(parts) | NodeKind::Max(parts) => {
                parts.iter().collect()
            }
        }
    }

    /// The chain of left sides, outermost first, and what it ends in. Walking it with a loop keeps
    /// the call stack as flat as the nesting the parser allows.
    fn left_spine(&self) -> (Vec<Join<'_>>, &Self) {
        let mut joins = Vec::new();
        let mut node = self;
        while let NodeKind::Binary { operator, left, right } = &node.kind {
            joins.push(Join { whole: node, operator: *operator, left, right });
            node = left;
        }
        (joins, node)
    }
}

/// One step of a left spine.
struct Join<'a> {
    whole: &'a Node,
    operator: Operator,
    left: &'a Node,
    right: &'a Node,
}

impl std::fmt::Display for ItemReference {
    /// The way it is written in formulas.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (opening, closing) = match self.reach {
            Reach::Period => ("", ""),
            Reach::YearToDate => ("ytd(", ")"),
        };
        write!(out, "{opening}{}", self.code)?;
        if let Some(class) = &self.class {
            write!(out, "[{class}]")?;
        }
        match self.offset {
            Offset::Same => {}
            Offset::Periods(count) => write!(out, "@-{count}")?,
            Offset::Years(count) => write!(out, "@-{count}y")?,
        }
        out.write_str(closing)
    }
}
