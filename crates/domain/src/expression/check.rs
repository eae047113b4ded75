//! Whether a formula makes sense: kinds fit, items and classes exist.

use super::{
    ExpressionError, ExpressionProblem, Formula, ItemReference, Join, Node, NodeKind, Operator,
};

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A number: what an indicator needs.
    Number,
    /// True or false: what a rule or a filter needs.
    Truth,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Number => "number",
            Self::Truth => "condition",
        })
    }
}

/// What the checker must know about an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownItem {
    /// The codes of its classes; empty when it is not broken down.
    pub classes: Vec<String>,
}

/// Checks a formula against the items that exist and the kind it should give.
///
/// # Errors
/// Everything that does not fit, in the order of the text.
pub fn check(
    formula: &Formula,
    find: &dyn Fn(&str) -> Option<KnownItem>,
    expected: Kind,
) -> Result<(), Vec<ExpressionError>> {
    let mut checker = Checker { find, errors: Vec::new() };
    checker.expect(formula.root(), expected);
    let mut errors = checker.errors;
    errors.sort_by_key(|error| (error.at.start, error.at.end));
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

struct Checker<'a> {
    find: &'a dyn Fn(&str) -> Option<KnownItem>,
    errors: Vec<ExpressionError>,
}

impl Checker<'_> {
    /// Checks a part and says so when it gives another kind.
    fn expect(&mut self, node: &Node, expected: Kind) {
        let found = self.kind(node);
        self.compare(node, expected, found);
    }

    fn compare(&mut self, node: &Node, expected: Kind, found: Kind) {
        if found != expected {
            self.refuse(node, ExpressionProblem::WrongKind { expected, found });
        }
    }

    fn refuse(&mut self, node: &Node, kind: ExpressionProblem) {
        self.errors.push(ExpressionError { at: node.at.clone(), kind });
    }

    /// Checks all of a part and gives its kind.
    fn kind(&mut self, node: &Node) -> Kind {
        let (joins, first) = node.left_spine();
        let mut kind = self.kind_without_operator(first);
        for Join { operator, left, right, .. } in joins.into_iter().rev() {
            let (sides, result) = kinds(operator);
            self.compare(left, sides, kind);
            self.expect(right, sides);
            kind = result;
        }
        kind
    }

    fn kind_without_operator(&mut self, node: &Node) -> Kind {
        match &node.kind {
            NodeKind::Number(_) | NodeKind::Units { .. } => Kind::Number,
            NodeKind::Item(reference) => {
                self.item(node, reference);
                Kind::Number
            }
            NodeKind::Negate(inner) | NodeKind::Abs(inner) => {
                self.expect(inner, Kind::Number);
                Kind::Number
            }
            NodeKind::Not(inner) => {
                self.expect(inner, Kind::Truth);
                Kind::Truth
            }
            NodeKind::Binary { .. } => self.kind(node),
            NodeKind::If { condition, then, otherwise } => {
                self.expect(condition, Kind::Truth);
                let kind = self.kind(then);
                self.expect(otherwise, kind);
                kind
            }
            NodeKind::Coalesce(parts) => {
                let kind = parts.first().map_or(Kind::Number, |first| self.kind(first));
                for part in parts.iter().skip(1) {
                    self.expect(part, kind);
                }
                kind
            }
            NodeKind::Min(parts) | NodeKind::Max(parts) => {
                for part in parts {
                    self.expect(part, Kind::Number);
                }
                Kind::Number
            }
        }
    }

    fn item(&mut self, node: &Node, reference: &ItemReference) {
        let Some(known) = (self.find)(&reference.code) else {
            let code = reference.code.clone();
            return self.refuse(node, ExpressionProblem::UnknownItem { code });
        };
        let Some(class) = &reference.class else { return };
        if !known.classes.contains(class) {
            let (item, class) = (reference.code.clone(), class.clone());
            let problem = ExpressionProblem::UnknownClass { item, class, known: known.classes };
            self.refuse(node, problem);
        }
    }
}

/// The kind an operator takes on both sides, and the kind it gives.
fn kinds(operator: Operator) -> (Kind, Kind) {
    match operator {
        Operator::Or | Operator::And => (Kind::Truth, Kind::Truth),
        Operator::Equal
        | Operator::NotEqual
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual => (Kind::Number, Kind::Truth),
        Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => {
            (Kind::Number, Kind::Number)
        }
    }
}
