//! What a question is answered with: figures with everything that must stand beside them.

use domain::attachment::Attachment;
use domain::indicator::Indicator;
use domain::item::Bilingual;
use domain::number::{Fraction, Quantity};
use domain::period::Period;
use domain::status::Status;
use domain::unit::UnitId;
use jiff::civil::Date;

/// Through which tree figures are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum View {
    /// The tree valid at the end of each figure's period.
    #[default]
    Reported,
    /// The tree of this day, older figures carried over to the heirs.
    Restated(Date),
}

/// A unit as it is called on the day that matters for the answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitName {
    /// The identity, used in addresses.
    pub id: UnitId,
    /// The code on that day.
    pub code: String,
    /// The bare name.
    pub name: String,
    /// The kind, as written before the name.
    pub kind: String,
    /// The level.
    pub level: String,
}

/// How many of the figures owed are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Completeness {
    /// Figures there, counted by unit and base period.
    pub reported: u32,
    /// Figures owed, counted the same way; 0 when nobody was asked.
    pub expected: u32,
    /// Units that owe a figure.
    pub units_expected: u32,
    /// Units that lack at least one of theirs.
    pub units_missing: u32,
}

/// Why there is no value. None of these is zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoValue {
    /// Nobody has reported.
    NothingReported,
    /// The denominator is zero.
    ZeroDenominator,
    /// The figure is collected less often than the period asked for.
    PeriodTooShort,
    /// The item may not be added up.
    NotAggregated,
    /// Split units inside, and nobody has decided how their figures are carried over.
    BrokenSeries {
        /// The split units, by name.
        units: Vec<UnitName>,
    },
    /// The unit has no place in the tree of that time.
    UnitNotInForce,
    /// The sum does not fit into a number.
    Overflow,
}

/// A target beside the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetAnswer {
    /// The value in force.
    pub value: Fraction,
    /// The value first set, when it was changed.
    pub first: Option<Fraction>,
    /// The span of the target.
    pub period: Period,
    /// Figure ÷ target, when the target is not zero.
    pub share: Option<Fraction>,
    /// The share of the target's span that has passed at the end of the figure's period.
    pub time_passed: Fraction,
    /// The value the trajectory plans for the end of the figure's period.
    pub planned: Fraction,
    /// The directive that sets it.
    pub directive: String,
    /// The reason of the version in force.
    pub reason: String,
}

/// One figure, with all that must stand beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureAnswer {
    /// The indicator's code.
    pub indicator: String,
    /// Whose figure.
    pub unit: UnitName,
    /// About which span.
    pub period: Period,
    /// The last base period of the span that most reports are in for, when the span goes on beyond
    /// it; the figure is judged as of its end.
    pub data_until: Option<Period>,
    /// Through which tree it was asked for.
    pub view: View,
    /// Through which tree it is given: as reported, for a unit that no longer stands on the day
    /// asked for.
    pub through: View,
    /// The value, or why there is none.
    pub value: Result<Quantity, NoValue>,
    /// For ratios: numerator and denominator.
    pub parts: Option<(Quantity, Quantity)>,
    /// The target, when one is set.
    pub target: Option<TargetAnswer>,
    /// How it stands.
    pub status: Status,
    /// What is missing beside it.
    pub completeness: Completeness,
}

/// A file that figures came from; or all that was sent from forms, which is one source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The import's number; [`Self::ENTERED`] for what was sent from forms.
    pub import: i64,
    /// The file's name; empty for what was sent from forms.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal; empty for what was sent from forms.
    pub sha256: String,
    /// How many submissions of it are in the figure.
    pub submissions: u32,
}

impl Source {
    /// Stands for all submissions that were sent from forms.
    pub const ENTERED: i64 = 0;
}

/// One point of a series over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The base period.
    pub period: Period,
    /// The figure of the base period alone.
    pub own: Result<Quantity, NoValue>,
    /// The figure from the start of the series to the end of this period, for flows; the same as
    /// `own` for levels and ratios.
    pub running: Result<Quantity, NoValue>,
    /// What the trajectory plans for the end of this period.
    pub planned: Option<Fraction>,
    /// What is missing in this base period.
    pub completeness: Completeness,
}

/// How far the data behind an answer reach.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AsOf {
    /// The number of the newest import.
    pub import: i64,
    /// When anything was changed last, by an import or a deed, in epoch milliseconds.
    pub changed_ms: i64,
    /// The place in the ledger after the newest deed that may have changed anything but single
    /// submissions; 0 before the first.
    pub plan: u64,
    /// The number of the newest deed done with a submission; 0 before the first.
    pub deed: i64,
}

impl AsOf {
    /// Whether these data reach as far as those; everything only grows.
    #[must_use]
    pub fn reaches(&self, other: &Self) -> bool {
        self.import >= other.import
            && self.changed_ms >= other.changed_ms
            && self.plan >= other.plan
            && self.deed >= other.deed
    }
}

/// One unit's figure in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFigure {
    /// The figure.
    pub figure: FigureAnswer,
    /// One figure per column period of the table.
    pub by_period: Vec<FigureAnswer>,
}

/// One priority on the overview.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorityAnswer {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Why it was chosen.
    pub reason: Bilingual,
    /// Who answers for it.
    pub owner: Bilingual,
    /// The worst status among the headline indicators that can be judged.
    pub status: Status,
    /// The headline indicators' figures, in the pack's order.
    pub headline: Vec<(Indicator, FigureAnswer)>,
    /// The lead indicator's course over the target's span: the first headline indicator behind,
    /// else the first.
    pub course: Vec<Point>,
    /// Which headline indicator the course is of (an index into `headline`).
    pub lead: usize,
    /// Units below that are furthest behind in the lead indicator, worst first, at most five.
    pub lagging: Vec<FigureAnswer>,
}

/// The overview of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// Whose overview.
    pub unit: UnitName,
    /// The units above it, top first.
    pub above: Vec<UnitName>,
    /// The span looked at.
    pub period: Period,
    /// Through which tree they were asked for.
    pub view: View,
    /// Through which tree the unit's own figures are given.
    pub through: View,
    /// The priorities in order.
    pub priorities: Vec<PriorityAnswer>,
    /// Forms with their completeness in the period.
    pub forms: Vec<FormAnswer>,
    /// Days on which the tree changed, for the choice of view.
    pub change_days: Vec<Date>,
    /// Periods that can be chosen, newest first.
    pub periods: Vec<Period>,
    /// How far the data reach.
    pub as_of: AsOf,
}

/// A form's completeness in a unit's subtree.
#[derive(Debug, Clone, PartialEq)]
pub struct FormAnswer {
    /// The form's code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Reports there and owed.
    pub completeness: Completeness,
    /// One mark per base period of the span, oldest first.
    pub strip: Vec<(Period, Completeness)>,
    /// Units that lack reports: the unit and the periods it owes, at most twenty.
    pub missing: Vec<(UnitName, Vec<Period>)>,
}

/// The page of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorPage {
    /// The indicator.
    pub indicator: Indicator,
    /// The priority's name, when it belongs to one.
    pub priority: Option<Bilingual>,
    /// The items of its formula: code, name, measure.
    pub items: Vec<(String, Bilingual, Bilingual)>,
    /// The figure asked for.
    pub figure: FigureAnswer,
    /// The units above the figure's unit, top first.
    pub above: Vec<UnitName>,
    /// Its course by base period.
    pub course: Vec<Point>,
    /// The periods of the table's columns.
    pub columns: Vec<Period>,
    /// The units below, in tree order, or by value when the direction allows ranking.
    pub rows: Vec<UnitFigure>,
    /// The level of the rows.
    pub level: String,
    /// Days on which the tree changed.
    pub change_days: Vec<Date>,
    /// Periods that can be chosen, newest first.
    pub periods: Vec<Period>,
    /// How far the data reach.
    pub as_of: AsOf,
}

/// The page of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitPage {
    /// The unit.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// The units directly below.
    pub below: Vec<UnitName>,
    /// Its versions: from, to, name on those days.
    pub versions: Vec<(Option<Date>, Option<Date>, UnitName)>,
    /// Where it came from: date, the old unit, whole or not, the document.
    pub predecessors: Vec<Relation>,
    /// What it became.
    pub heirs: Vec<Relation>,
    /// The span looked at.
    pub period: Period,
    /// Through which tree they were asked for.
    pub view: View,
    /// Through which tree the unit's own figures are given.
    pub through: View,
    /// All indicators with a figure or a target here, by priority order.
    pub figures: Vec<(Indicator, FigureAnswer)>,
    /// What the unit and those below it report.
    pub forms: Vec<FormAnswer>,
    /// Days on which the tree changed.
    pub change_days: Vec<Date>,
    /// Periods that can be chosen, newest first.
    pub periods: Vec<Period>,
    /// How far the data reach.
    pub as_of: AsOf,
}

/// A line of a reorganisation seen from one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The first day of the new order.
    pub date: Date,
    /// The other unit.
    pub unit: UnitName,
    /// Everything went over.
    pub whole: bool,
    /// The document behind it.
    pub instrument: String,
}

/// The page of a figure: what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct FigurePage {
    /// The figure.
    pub figure: FigureAnswer,
    /// Its indicator.
    pub indicator: Indicator,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// The items of the formula with their totals.
    pub items: Vec<ItemTotal>,
    /// The units directly below and what each contributes; empty when nothing is below.
    pub contributions: Vec<FigureAnswer>,
    /// The unit's own submissions in the span, oldest first.
    pub submissions: Vec<SubmissionLine>,
    /// The files, by name.
    pub sources: Vec<Source>,
    /// How far the data reach.
    pub as_of: AsOf,
}

/// An item of a formula and its total.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemTotal {
    /// The item's code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Its unit of measure.
    pub measure: Bilingual,
    /// The total.
    pub value: Result<Quantity, NoValue>,
    /// What is missing beside it.
    pub completeness: Completeness,
}

/// A reported figure and where it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmissionLine {
    /// The submission.
    pub submission: String,
    /// The form's code.
    pub form: String,
    /// Who reported.
    pub unit: UnitName,
    /// About which span.
    pub period: Period,
    /// Which revision.
    pub revision: u32,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// The item's code.
    pub item: String,
    /// The item's name.
    pub item_name: Bilingual,
    /// The class, or empty.
    pub class: String,
    /// The value.
    pub value: Quantity,
    /// What the reporter wrote beside it.
    pub note: String,
    /// The file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The sheet, or empty.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The column, from 1; 0 = the whole row.
    pub column: u32,
}

/// The page of a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmissionPage {
    /// Who reported.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// The form's code.
    pub form: String,
    /// The form's name.
    pub form_name: Bilingual,
    /// About which span.
    pub period: Period,
    /// Its figures.
    pub lines: Vec<SubmissionLine>,
    /// Items of the form that were left empty: code and name.
    pub missing: Vec<(String, Bilingual)>,
    /// The photographs beside them.
    pub attachments: Vec<Attachment>,
    /// All revisions, oldest first: number, id, arrival in epoch milliseconds, file.
    pub revisions: Vec<Revision>,
    /// How far the data reach.
    pub as_of: AsOf,
}

/// One revision of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// 1 for the first.
    pub number: u32,
    /// The submission's id.
    pub submission: String,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// The file that brought it.
    pub file: String,
}
