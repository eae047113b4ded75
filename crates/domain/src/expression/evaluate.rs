//! What a formula gives for the figures of one unit and period.

use std::cmp::Ordering;
use std::ops::Range;

use super::{ItemReference, Join, Kind, Node, NodeKind, Operator};
use crate::number::{Fraction, NumberError, Qualifier, Quantity};

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number and how exact it is.
    Number(Quantity),
    /// True or false.
    Truth(bool),
    /// Not known: a figure is missing, or bounds leave a comparison undecided.
    Missing,
}

/// Where the figures of a formula come from.
pub trait Context {
    /// Why a figure cannot be given although it may have been reported.
    type Reason;

    /// The figure of an item, or none when nobody reported it.
    ///
    /// # Errors
    /// The reason why there can be no figure.
    fn item(&self, reference: &ItemReference) -> Result<Option<Quantity>, Self::Reason>;

    /// How many units of a level are in force in the subtree at the period's end.
    ///
    /// # Errors
    /// The reason why they cannot be counted.
    fn units(&self, level: &str) -> Result<u32, Self::Reason>;
}

/// Why a formula gives nothing, and which part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at characters {}–{}: {kind}", at.start, at.end)]
pub struct EvaluationError<Reason> {
    /// The characters of the part.
    pub at: Range<usize>,
    /// Why.
    pub kind: EvaluationProblem<Reason>,
}

/// Why a formula gives nothing. Missing figures are no problem but a [`Value`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationProblem<Reason> {
    /// Division by zero; the place is the divisor.
    #[error("the divisor is zero")]
    ZeroDivisor,
    /// The number needs more digits than we keep.
    #[error("the number is too large")]
    Overflow,
    /// A condition where a number belongs or the other way round; [`super::check`] finds it first.
    #[error("a {expected} should stand here")]
    WrongKind {
        /// What should stand here.
        expected: Kind,
    },
    /// The context gave a reason instead of a figure.
    #[error("{0}")]
    Refused(Reason),
}

impl<Reason> EvaluationProblem<Reason> {
    /// The code in test vectors and for the client.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ZeroDivisor => "zero_divisor",
            Self::Overflow => "overflow",
            Self::WrongKind { .. } => "wrong_kind",
            Self::Refused(_) => "refused",
        }
    }
}

type Evaluated<T, C> = Result<T, EvaluationError<<C as Context>::Reason>>;

/// Works out a part of a formula, exactly. Missing figures make the result missing, except in
/// `coalesce`, in branches not taken, and beside a `false` of `and` or a `true` of `or`.
///
/// # Errors
/// A zero divisor, a number too large, or the context's reason, with the part concerned.
pub fn evaluate<C: Context + ?Sized>(node: &Node, context: &C) -> Evaluated<Value, C> {
    let (joins, first) = node.left_spine();
    let mut value = without_operator(first, context)?;
    for join in joins.into_iter().rev() {
        value = joined(&join, value, context)?;
    }
    Ok(value)
}

fn without_operator<C: Context + ?Sized>(node: &Node, context: &C) -> Evaluated<Value, C> {
    match &node.kind {
        NodeKind::Number(decimal) => Ok(Value::Number(Quantity::exact(Fraction::from(*decimal)))),
        NodeKind::Item(reference) => {
            let figure = context.item(reference).map_err(|reason| refused(node, reason))?;
            Ok(figure.map_or(Value::Missing, Value::Number))
        }
        NodeKind::Units { level } => {
            let count = context.units(level).map_err(|reason| refused(node, reason))?;
            Ok(Value::Number(Quantity::exact(Fraction::integer(i128::from(count)))))
        }
        NodeKind::Binary { .. } => evaluate(node, context),
        NodeKind::Negate(inner) => {
            let Some(quantity) = number(inner, context)? else { return Ok(Value::Missing) };
            quantity.negated().map(Value::Number).map_err(|error| failed(node, node, error))
        }
        NodeKind::Abs(inner) => {
            let Some(quantity) = number(inner, context)? else { return Ok(Value::Missing) };
            absolute(quantity).map(Value::Number).map_err(|error| failed(node, node, error))
        }
        NodeKind::Not(inner) => {
            Ok(truth(inner, context)?.map_or(Value::Missing, |holds| Value::Truth(!holds)))
        }
        NodeKind::If { condition, then, otherwise } => match truth(condition, context)? {
            Some(true) => evaluate(then, context),
            Some(false) => evaluate(otherwise, context),
            None => Ok(Value::Missing),
        },
        NodeKind::Coalesce(parts) => {
            for part in parts {
                let value = evaluate(part, context)?;
                if value != Value::Missing {
                    return Ok(value);
                }
            }
            Ok(Value::Missing)
        }
        NodeKind::Min(parts) => extreme(parts, Ordering::Less, context),
        NodeKind::Max(parts) => extreme(parts, Ordering::Greater, context),
    }
}

/// One operator, its left side already worked out.
fn joined<C: Context + ?Sized>(join: &Join<'_>, left: Value, context: &C) -> Evaluated<Value, C> {
    match join.operator {
        Operator::And | Operator::Or => {
            // The value that decides alone, whatever the other side is.
            let decisive = join.operator == Operator::Or;
            let left = as_truth(join.left, left)?;
            if left == Some(decisive) {
                return Ok(Value::Truth(decisive));
            }
            let right = truth(join.right, context)?;
            Ok(match (left, right) {
                (_, Some(right)) if right == decisive => Value::Truth(decisive),
                (Some(_), Some(_)) => Value::Truth(!decisive),
                _ => Value::Missing,
            })
        }
        operator => {
            let left = as_number(join.left, left)?;
            let right = number(join.right, context)?;
            let (Some(left), Some(right)) = (left, right) else { return Ok(Value::Missing) };
            let result = match operator {
                Operator::Add => left.plus(right),
                Operator::Subtract => left.minus(right),
                Operator::Multiply => left.times(right),
                Operator::Divide => left.over(right),
                comparison => {
                    let holds = compared(left, comparison, right);
                    return Ok(holds.map_or(Value::Missing, Value::Truth));
                }
            };
            result.map(Value::Number).map_err(|error| failed(join.whole, join.right, error))
        }
    }
}

/// A part that must give a number; none when it is missing.
fn number<C: Context + ?Sized>(node: &Node, context: &C) -> Evaluated<Option<Quantity>, C> {
    as_number(node, evaluate(node, context)?)
}

/// A part that must give true or false; none when it is missing.
fn truth<C: Context + ?Sized>(node: &Node, context: &C) -> Evaluated<Option<bool>, C> {
    as_truth(node, evaluate(node, context)?)
}

fn as_number<R>(node: &Node, value: Value) -> Result<Option<Quantity>, EvaluationError<R>> {
    match value {
        Value::Number(quantity) => Ok(Some(quantity)),
        Value::Missing => Ok(None),
        Value::Truth(_) => Err(wrong_kind(node, Kind::Number)),
    }
}

fn as_truth<R>(node: &Node, value: Value) -> Result<Option<bool>, EvaluationError<R>> {
    match value {
        Value::Truth(holds) => Ok(Some(holds)),
        Value::Missing => Ok(None),
        Value::Number(_) => Err(wrong_kind(node, Kind::Truth)),
    }
}

fn wrong_kind<R>(node: &Node, expected: Kind) -> EvaluationError<R> {
    EvaluationError { at: node.at.clone(), kind: EvaluationProblem::WrongKind { expected } }
}

fn refused<R>(node: &Node, reason: R) -> EvaluationError<R> {
    EvaluationError { at: node.at.clone(), kind: EvaluationProblem::Refused(reason) }
}

/// The place of an arithmetic failure: the divisor when that is zero, else the whole operation.
fn failed<R>(whole: &Node, divisor: &Node, error: NumberError) -> EvaluationError<R> {
    match error {
        NumberError::ZeroDivisor => {
            EvaluationError { at: divisor.at.clone(), kind: EvaluationProblem::ZeroDivisor }
        }
        NumberError::Overflow | NumberError::TooManyDecimals { .. } | NumberError::NotANumber => {
            EvaluationError { at: whole.at.clone(), kind: EvaluationProblem::Overflow }
        }
    }
}

/// The distance from zero. A bound survives only when it points away from zero.
fn absolute(quantity: Quantity) -> Result<Quantity, NumberError> {
    let distance = if quantity.value.is_negative() { quantity.negated()? } else { quantity };
    let qualifier = match distance.qualifier {
        Qualifier::AtMost => Qualifier::About,
        kept @ (Qualifier::Exact | Qualifier::AtLeast | Qualifier::About) => kept,
    };
    Ok(Quantity { value: distance.value, qualifier })
}

/// The span in which the truth surely lies; none is without end.
fn bounds(quantity: Quantity) -> (Option<Fraction>, Option<Fraction>) {
    match quantity.qualifier {
        Qualifier::Exact => (Some(quantity.value), Some(quantity.value)),
        Qualifier::AtLeast => (Some(quantity.value), None),
        Qualifier::AtMost => (None, Some(quantity.value)),
        Qualifier::About => (None, None),
    }
}

/// Whether a comparison holds; none when the qualifiers leave it open.
fn compared(left: Quantity, operator: Operator, right: Quantity) -> Option<bool> {
    let ((left_low, left_high), (right_low, right_high)) = (bounds(left), bounds(right));
    let surely = |a: Option<Fraction>, b: Option<Fraction>, fits: fn(Ordering) -> bool| {
        a.zip(b).is_some_and(|(a, b)| fits(a.cmp(&b)))
    };
    let never_less = surely(left_low, right_high, Ordering::is_ge);
    let never_greater = surely(left_high, right_low, Ordering::is_le);
    let never_equal = surely(left_low, right_high, Ordering::is_gt)
        || surely(left_high, right_low, Ordering::is_lt);
    let possible = [
        (Ordering::Less, !never_less),
        (Ordering::Equal, !never_equal),
        (Ordering::Greater, !never_greater),
    ];
    let holds = |ordering: Ordering| match operator {
        Operator::Equal => ordering.is_eq(),
        Operator::NotEqual => ordering.is_ne(),
        Operator::Less => ordering.is_lt(),
        Operator::LessOrEqual => ordering.is_le(),
        Operator::Greater => ordering.is_gt(),
        _ => ordering.is_ge(),
    };
    let mut answers = possible.iter().filter(|(_, may_be)| *may_be).map(|(o, _)| holds(*o));
    let first = answers.next()?;
    answers.all(|answer| answer == first).then_some(first)
}

/// The smallest or largest of several numbers, missing when one of them is.
fn extreme<C: Context + ?Sized>(
    parts: &[Node],
    wanted: Ordering,
    context: &C,
) -> Evaluated<Value, C> {
    let mut quantities = Vec::with_capacity(parts.len());
    let mut missing = false;
    for part in parts {
        match number(part, context)? {
            Some(quantity) => quantities.push(quantity),
            None => missing = true,
        }
    }
    if missing {
        return Ok(Value::Missing);
    }
    Ok(extreme_of(&quantities, wanted).map_or(Value::Missing, Value::Number))
}

/// The smallest or largest, as exact as can be said for sure.
fn extreme_of(quantities: &[Quantity], wanted: Ordering) -> Option<Quantity> {
    let further = |a: Fraction, b: Fraction| if b.cmp(&a) == wanted { b } else { a };
    let value = quantities.iter().map(|quantity| quantity.value).reduce(further)?;
    if quantities.iter().any(|quantity| quantity.qualifier == Qualifier::About) {
        return Some(Quantity { value, qualifier: Qualifier::About });
    }
    // For the largest: it reaches at least the best lower bound, and is held down only when every
    // part has an upper bound. For the smallest the two ends change places.
    let (inner, outer): (Vec<_>, Vec<_>) = quantities
        .iter()
        .map(|quantity| bounds(*quantity))
        .map(|(low, high)| if wanted == Ordering::Greater { (low, high) } else { (high, low) })
        .unzip();
    let inner = inner.into_iter().flatten().reduce(further);
    let outer = outer.into_iter().collect::<Option<Vec<_>>>();
    let outer = outer.and_then(|all| all.into_iter().reduce(further));
    let (beyond, within) = match wanted {
        Ordering::Greater => (Qualifier::AtLeast, Qualifier::AtMost),
        _ => (Qualifier::AtMost, Qualifier::AtLeast),
    };
    let (value, qualifier) = match (inner, outer) {
        (Some(inner), Some(outer)) if inner == outer => (inner, Qualifier::Exact),
        (_, Some(outer)) => (outer, within),
        (Some(inner), None) => (inner, beyond),
        (None, None) => (value, Qualifier::About),
    };
    Some(Quantity { value, qualifier })
}
