//! A formula over the totals of its items, in one scope.

use domain::expression::{Context, EvaluationProblem, ItemReference, Node, Value, evaluate};
use domain::number::Quantity;

use super::moments::ItemFigures;
use super::scope::{Scope, count_level};
use crate::answer::NoValue;
use crate::snapshot::Snapshot;

struct InScope<'a> {
    snapshot: &'a Snapshot,
    items: &'a ItemFigures,
    index: usize,
    scope: &'a Scope,
}

impl Context for InScope<'_> {
    type Reason = NoValue;

    fn item(&self, reference: &ItemReference) -> Result<Option<Quantity>, NoValue> {
        self.items.item(reference, self.index)
    }

    fn units(&self, level: &str) -> Result<u32, NoValue> {
        count_level(self.snapshot, self.scope, self.items.period(), level)
    }
}

impl ItemFigures {
    /// The value of a formula, or of a part of it, in a scope.
    pub(crate) fn evaluate(
        &self,
        snapshot: &Snapshot,
        node: &Node,
        index: usize,
        scope: &Scope,
    ) -> Result<Quantity, NoValue> {
        let context = InScope { snapshot, items: self, index, scope };
        match evaluate(node, &context) {
            Ok(Value::Number(quantity)) => Ok(quantity),
            // A pack's formulas are checked to give numbers.
            Ok(Value::Missing | Value::Truth(_)) => Err(NoValue::NothingReported),
            Err(error) => Err(match error.kind {
                EvaluationProblem::ZeroDivisor => NoValue::ZeroDenominator,
                EvaluationProblem::Overflow => NoValue::Overflow,
                EvaluationProblem::WrongKind { .. } => NoValue::NothingReported,
                EvaluationProblem::Refused(why) => why,
            }),
        }
    }
}
