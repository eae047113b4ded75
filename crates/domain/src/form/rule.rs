//! Validation rules: conditions that the figures of one unit and period must keep.

use super::Version;
use crate::expression::{
    self, Context, Formula, ItemReference, Node, NodeKind, Offset, Reach, Value,
};
use crate::item::{Bilingual, Item};
use crate::number::Quantity;
use crate::refusal::Refusal;
use crate::submission::Figure;

/// What becomes of figures that break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// They are refused: it cannot be.
    Error,
    /// They are taken and pointed out: it is strange.
    Warning,
}

impl Severity {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Error, Self::Warning];

    /// The code in files and databases.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.code() == code)
    }
}

/// A validation rule: a condition over the items of one form, for one unit and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The stable code.
    pub code: String,
    /// What becomes of figures that break it.
    pub severity: Severity,
    /// What must hold.
    pub condition: Formula,
    /// What to tell those who broke it.
    pub message: Bilingual,
}

/// A rule that some figures break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The figures that the rule looks at, in the order in which it names them.
    pub values: Vec<(&'a ItemReference, Quantity)>,
}

/// The rules of a form's version that the figures of one unit and period break.
///
/// `figures` are those of the whole submission as it will stand; `find` knows the items by code. A
/// rule is not judged while a figure it needs is missing, while a bound leaves it open (`trên 30`
/// may be more than 35), or where it divides by zero.
pub fn check<'a, 'b>(
    version: &'a Version,
    figures: &[Figure],
    find: &dyn Fn(&str) -> Option<&'b Item>,
) -> Vec<Violation<'a>> {
    let standing = Standing { figures, find };
    let mut violations = Vec::new();
    for rule in &version.rules {
        let verdict = expression::evaluate(rule.condition.root(), &standing);
        if verdict == Ok(Value::Truth(false)) {
            let items = rule.condition.items().into_iter();
            let values = items.filter_map(|item| Some((item, standing.quantity(item)?)));
            violations.push(Violation { rule, values: values.collect() });
        }
    }
    violations
}

/// What a condition looks at that does not stand in one submission of a form.
#[must_use]
pub fn outside(condition: &Formula, form: &str, is_asked: &dyn Fn(&str) -> bool) -> Vec<Refusal> {
    let mut outside = Vec::new();
    for reference in condition.items() {
        if !is_asked(&reference.code) {
            let (item, form) = (reference.code.clone(), form.to_owned());
            outside.push(Refusal::ItemNotOnForm { item, form });
        }
        if (reference.offset, reference.reach) != (Offset::Same, Reach::Period) {
            outside.push(Refusal::RuleLooksBeyond { part: reference.to_string() });
        }
    }
    let mut open: Vec<&Node> = vec![condition.root()];
    while let Some(node) = open.pop() {
        if let NodeKind::Units { level } = &node.kind {
            outside.push(Refusal::RuleLooksBeyond { part: format!("units({level})") });
        }
        open.extend(node.children());
    }
    outside
}

/// The figures of one submission, as a formula sees them.
struct Standing<'a, 'b> {
    figures: &'a [Figure],
    find: &'a dyn Fn(&str) -> Option<&'b Item>,
}

impl Standing<'_, '_> {
    /// The figure of a class or of the whole, which all classes together make where it is not
    /// given.
    fn quantity(&self, reference: &ItemReference) -> Option<Quantity> {
        let item = (self.find)(&reference.code)?;
        let of_class = |class: &str| {
            let mut figures = self.figures.iter();
            let figure = figures.find(|one| one.item == item.id && one.class == class)?;
            Some(Quantity::of(figure.value, figure.qualifier))
        };
        if let Some(class) = &reference.class {
            return of_class(class);
        }
        let together = || {
            let mut parts = item.classes.iter().map(|class| of_class(&class.code));
            let first = parts.next()??;
            parts.try_fold(first, |sum, part| sum.plus(part?).ok())
        };
        of_class("").or_else(together)
    }
}

/// What lies outside the one submission that a rule is judged over; a pack that asks for it is
/// refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Beyond;

impl Context for Standing<'_, '_> {
    type Reason = Beyond;

    fn item(&self, reference: &ItemReference) -> Result<Option<Quantity>, Beyond> {
        if reference.offset == Offset::Same && reference.reach == Reach::Period {
            Ok(self.quantity(reference))
        } else {
            Err(Beyond)
        }
    }

    fn units(&self, _level: &str) -> Result<u32, Beyond> {
        Err(Beyond)
    }
}
