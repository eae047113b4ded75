//! Looking for what may need a decision, with how far it has come.

use std::collections::{HashMap, HashSet};

use domain::call::{Call, Note};
use domain::difficulty::Difficulty;
use domain::form::Form;
use domain::hot_spot::{Candidate, Cause, Rule};
use domain::indicator::{Direction, Indicator};
use domain::item::Bilingual;
use domain::number::Fraction;
use domain::period::Period;
use domain::status::Status;
use domain::task::{Brief, Standing, State, Task, TaskId};
use domain::unit::UnitId;
use jiff::civil::Date;

use super::Behind;
use crate::accounts::Moment;
use crate::answer::{FigureAnswer, View};
use crate::calls::list::{Counts, answers};
use crate::error::Error;
use crate::figure::{Scope, figures, level_below, rows};
use crate::snapshot::Snapshot;
use crate::submissions::work::open_periods;
use crate::tasks::TaskBook;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Where hot spots of a unit are looked for.
pub(crate) struct Seeker<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) book: &'a TaskBook,
    pub(crate) unit: UnitId,
    pub(crate) moment: Moment,
    pub(crate) rules: &'a [Rule],
    pub(crate) difficulties: &'a [Difficulty],
    pub(crate) calls: &'a [Call],
    pub(crate) notes: &'a [Note],
}

/// What was found.
pub(crate) enum Found<'a> {
    /// A figure behind its plan.
    Figure(Box<Behind>),
    /// Tasks that were given together.
    Tasks { worst: &'a Task, count: usize, of: usize },
    /// A form that is missing.
    Form {
        code: String,
        name: Bilingual,
        period: Period,
        due: Date,
        missing: usize,
        expected: usize,
    },
    /// A difficulty without an answer.
    Difficulty(&'a Difficulty),
    /// A call for plans that some units have not issued.
    Plans { call: &'a Call, counts: Counts },
}

/// The tasks of one brief that need the same decision.
struct Group<'a> {
    worst: &'a Task,
    measure: u32,
    count: usize,
}

impl<'a> Seeker<'a> {
    /// Everything that some rule in force lets through.
    pub(crate) fn found(
        &self,
        asked: &HashMap<TaskId, i64>,
    ) -> Result<Vec<(Candidate, Found<'a>)>, Error> {
        let mut found = Vec::new();
        self.behind(&mut found)?;
        self.tasks(asked, &mut found);
        self.missing(&mut found);
        self.difficulties(&mut found);
        self.plans(&mut found);
        Ok(found)
    }

    /// The rule of a cause, unless it is switched off.
    fn rule(&self, cause: Cause) -> Option<&'a Rule> {
        self.rules.iter().find(|rule| rule.cause == cause && rule.weight > 0)
    }

    /// Headline indicators behind their plans, in the span that the overview opens on.
    fn behind(&self, found: &mut Vec<(Candidate, Found<'a>)>) -> Result<(), Error> {
        let Some(rule) = self.rule(Cause::Behind) else { return Ok(()) };
        let (snapshot, unit, view) = (self.snapshot, self.unit, View::Reported);
        let period = snapshot.default_period();
        let mut scopes = vec![Scope::of_unit(snapshot, unit, period, view)];
        if let Some(level) = level_below(snapshot, unit, period, view) {
            scopes.extend(rows(snapshot, unit, period, view, &level)?);
        }
        let is_asked =
            |indicator: &&Indicator| indicator.headline && indicator.direction != Direction::None;
        for indicator in snapshot.indicators.iter().filter(is_asked) {
            let all = figures(snapshot, indicator, period, view, &scopes)?;
            let far = all.into_iter().filter_map(|figure| Some((short_of(&figure)?, figure)));
            let mut far: Vec<(u32, FigureAnswer)> =
                far.filter(|(short, _)| *short >= u32::from(rule.at_least)).collect();
            // The unit's own figure stands first; of those below the first that is furthest behind.
            far.sort_by_key(|(short, figure)| (figure.unit.id != unit, std::cmp::Reverse(*short)));
            let others = far.len().saturating_sub(1);
            let Some((measure, figure)) = far.into_iter().next() else { continue };
            let mut priorities = snapshot.priorities.iter();
            let priority =
                priorities.find(|known| indicator.priority.as_ref() == Some(&known.code));
            let owner = priority.map(|known| known.owner.clone()).unwrap_or_default();
            let behind = Behind { indicator: indicator.clone(), owner, figure, others };
            let candidate =
                Candidate { cause: Cause::Behind, measure, thing: indicator.code.clone() };
            found.push((candidate, Found::Figure(Box::new(behind))));
        }
        Ok(())
    }

    /// Tasks that the unit gave, leads or confirms, those of one brief together.
    fn tasks(&self, asked: &HashMap<TaskId, i64>, found: &mut Vec<(Candidate, Found<'a>)>) {
        let causes = [Cause::Overdue, Cause::TimeAsked, Cause::Unconfirmed];
        let mut stands: HashMap<UnitId, bool> = HashMap::new();
        let mut is_own =
            |unit: UnitId| *stands.entry(unit).or_insert_with(|| self.stands_for(unit));
        for brief in self.book.briefs() {
            let is_given = is_own(brief.issuer);
            let mut groups: [Option<Group<'a>>; 3] = [const { None }; 3];
            let mut of = 0;
            for task in self.book.together(brief.id).filter(|task| task.state != State::Draft) {
                of += 1;
                let leads = is_given || is_own(task.lead.unit);
                let confirms = is_own(task.confirmer.unit);
                let measures = [
                    self.overdue(task).filter(|_| leads),
                    self.unanswered(task, asked).filter(|_| is_given),
                    self.unconfirmed(task).filter(|_| confirms),
                ];
                for ((cause, measure), group) in causes.into_iter().zip(measures).zip(&mut groups) {
                    if let Some(measure) = measure.filter(|days| self.is_reached(cause, *days)) {
                        add(group, task, measure);
                    }
                }
            }
            for (cause, group) in causes.into_iter().zip(groups) {
                let Some(Group { worst, measure, count }) = group else { continue };
                let candidate = Candidate { cause, measure, thing: thing(brief) };
                found.push((candidate, Found::Tasks { worst, count, of }));
            }
        }
    }

    /// Whether a unit is the one that is asked about, or has gone into it.
    fn stands_for(&self, unit: UnitId) -> bool {
        let today = self.moment.today;
        unit == self.unit
            || (self.snapshot.units.version_on(unit, today).is_none()
                && self.snapshot.heirs_on(unit, today).contains(&self.unit))
    }

    fn overdue(&self, task: &Task) -> Option<u32> {
        days_over(task.standing(self.moment.today))
    }

    fn unanswered(&self, task: &Task, asked: &HashMap<TaskId, i64>) -> Option<u32> {
        task.asked_until.filter(|_| task.state.is_open())?;
        let since = self.moment.now_ms.saturating_sub(*asked.get(&task.id)?);
        u32::try_from(since / DAY_MS).ok()
    }

    fn unconfirmed(&self, task: &Task) -> Option<u32> {
        let day = task.handed_in_on.filter(|_| task.state == State::AwaitingConfirmation)?;
        u32::try_from((self.moment.today - day).get_days()).ok()
    }

    /// Difficulties that the unit has to answer.
    fn difficulties(&self, found: &mut Vec<(Candidate, Found<'a>)>) {
        for difficulty in self.difficulties {
            if let Some(measure) = days_over(difficulty.standing(self.moment.today))
                && self.is_reached(Cause::Unanswered, measure)
                && self.stands_for(difficulty.holder)
            {
                let thing = format!("{:012}", difficulty.id.0);
                let candidate = Candidate { cause: Cause::Unanswered, measure, thing };
                found.push((candidate, Found::Difficulty(difficulty)));
            }
        }
    }

    /// Plans that the unit has asked for.
    fn plans(&self, found: &mut Vec<(Candidate, Found<'a>)>) {
        let today = self.moment.today;
        for call in self.calls.iter().filter(|call| call.ended_on.is_none()) {
            let days = (today - call.due).get_days();
            let Some(measure) = u32::try_from(days).ok().filter(|days| *days > 0) else { continue };
            if !self.is_reached(Cause::PlansMissing, measure) || !self.stands_for(call.issuer) {
                continue;
            }
            let counts = Counts::of(&answers(self.snapshot, call, self.notes, today));
            if counts.overdue > 0 {
                let thing = call.directive.clone();
                let candidate = Candidate { cause: Cause::PlansMissing, measure, thing };
                found.push((candidate, Found::Plans { call, counts }));
            }
        }
    }

    /// Whether a rule in force lets a measure through.
    fn is_reached(&self, cause: Cause, measure: u32) -> bool {
        self.rule(cause).is_some_and(|rule| measure >= u32::from(rule.at_least))
    }

    /// Forms that units below owe, around their deadlines.
    fn missing(&self, found: &mut Vec<(Candidate, Found<'a>)>) {
        let Some(rule) = self.rule(Cause::Missing) else { return };
        for form in self.snapshot.forms.iter().enumerate() {
            for period in open_periods(self.snapshot, form, self.moment.today) {
                let due = self.snapshot.due_on(form.1, period);
                let away = (self.moment.today - due).get_days().unsigned_abs();
                if rule.within_days.is_none_or(|within| away <= u32::from(within)) {
                    found.extend(self.missing_form(form, period, due));
                }
            }
        }
    }

    fn missing_form(
        &self,
        (index, form): (usize, &Form),
        period: Period,
        due: Date,
    ) -> Option<(Candidate, Found<'a>)> {
        let snapshot = self.snapshot;
        let order = snapshot.order_on(form.calendar.days(period).1);
        let below = order.subtree(order.position(self.unit)?);
        let owed = snapshot.book.expected(&snapshot.units, index, form, period);
        let sent: HashSet<UnitId> =
            snapshot.book.receipts(index, period).iter().map(|receipt| receipt.unit).collect();
        let owing = below.filter(|position| owed.contains(*position));
        let owing: Vec<UnitId> =
            owing.filter_map(|position| order.units().get(position as usize).copied()).collect();
        let expected = owing.len();
        let missing = owing.iter().filter(|unit| !sent.contains(unit)).count();
        let measure = u32::try_from((missing * 100).checked_div(expected)?).ok()?;
        let thing = format!("{}/{period}", form.code);
        let found = Found::Form {
            code: form.code.clone(),
            name: form.name.clone(),
            period,
            due,
            missing,
            expected,
        };
        Some((Candidate { cause: Cause::Missing, measure, thing }, found))
    }
}

/// By how many days a day has passed without what it was for.
fn days_over(standing: Standing) -> Option<u32> {
    match standing {
        Standing::Overdue { days } => u32::try_from(days).ok(),
        Standing::Resting
        | Standing::NoDeadline
        | Standing::NotDue { .. }
        | Standing::DueSoon { .. }
        | Standing::DueToday
        | Standing::InTime
        | Standing::Late { .. } => None,
    }
}

/// Briefs in the order in which they were written.
fn thing(brief: &Brief) -> String {
    format!("{:012}", brief.id.0)
}

fn add<'a>(group: &mut Option<Group<'a>>, task: &'a Task, measure: u32) {
    match group {
        Some(group) => {
            group.count += 1;
            if measure > group.measure {
                (group.worst, group.measure) = (task, measure);
            }
        }
        None => *group = Some(Group { worst: task, measure, count: 1 }),
    }
}

/// How many percent of what is planned by now a figure is away from it, when it is behind.
fn short_of(figure: &FigureAnswer) -> Option<u32> {
    match figure.status {
        Status::Behind | Status::FarBehind => {}
        Status::Met | Status::OnTrack | Status::NoData | Status::NotJudged => return None,
    }
    let (value, planned) = (figure.value.as_ref().ok()?.value, figure.target.as_ref()?.planned);
    let away = planned.checked_sub(value).ok()?.checked_div(planned).ok()?;
    let percent = away.checked_mul(Fraction::integer(100)).ok()?.floor(0).ok()?;
    u32::try_from(percent.units.unsigned_abs()).ok()
}
