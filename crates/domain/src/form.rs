//! Forms: the items a unit reports for a period, who owes them and by when, and the rules that
//! their figures must keep.

use jiff::Span;
use jiff::civil::Date;

use crate::expression::{self, Context, Formula, ItemReference, Offset, Reach, Value};
use crate::item::{Bilingual, Item, ItemId};
use crate::number::Quantity;
use crate::period::{Calendar, Frequency, Period};
use crate::submission::Figure;

/// Who must fill a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// Every unit of a level that exists at the period's end.
    Level(String),
    /// The units with these codes at the period's end.
    Codes(Vec<String>),
    /// Every unit of the level below the units with these codes.
    LevelBelow {
        /// The level.
        level: String,
        /// The codes of the units above.
        codes: Vec<String>,
    },
}

/// When a form is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueRule {
    /// Days from the last day of the period to the deadline.
    pub days_after: u16,
}

/// A form: what a unit reports for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The stable code.
    pub code: String,
    /// The name on screens.
    pub name: Bilingual,
    /// How often.
    pub frequency: Frequency,
    /// Which days a period covers.
    pub calendar: Calendar,
    /// Who fills it.
    pub assignment: Assignment,
    /// What it asks, in order.
    pub items: Vec<ItemId>,
    /// When it is due.
    pub due: DueRule,
    /// The levels of the tree that judge it, one after the other; without any, one person above.
    pub review: Vec<String>,
    /// What its figures must keep, in the order of the pack.
    pub rules: Vec<Rule>,
}

impl Form {
    /// The last day on which the form of a period is in time.
    #[must_use]
    pub fn due_on(&self, period: Period) -> Date {
        let last = self.calendar.days(period).1;
        last.checked_add(Span::new().days(i64::from(self.due.days_after))).unwrap_or(last)
    }
}

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

/// The rules of a form that the figures of one unit and period break.
///
/// `figures` are those of the whole submission as it will stand; `find` knows the items by code. A
/// rule is not judged while a figure it needs is missing, while a bound leaves it open (`trên 30`
/// may be more than 35), or where it divides by zero.
pub fn check<'a, 'b>(
    form: &'a Form,
    figures: &[Figure],
    find: &dyn Fn(&str) -> Option<&'b Item>,
) -> Vec<Violation<'a>> {
    let standing = Standing { figures, find };
    let mut violations = Vec::new();
    for rule in &form.rules {
        let verdict = expression::evaluate(rule.condition.root(), &standing);
        if verdict == Ok(Value::Truth(false)) {
            let items = rule.condition.items().into_iter();
            let values = items.filter_map(|item| Some((item, standing.quantity(item)?)));
            violations.push(Violation { rule, values: values.collect() });
        }
    }
    violations
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
