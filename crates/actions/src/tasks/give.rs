//! Giving tasks: what is asked, of whom, by when; and what stands in the way.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::stocktake::Act;
use domain::task::{Brief, BriefId, Member, Origin, Party, State, Step, Task, TaskId, Words};
use domain::tasking::{Clarity, TaskingProblem};
use domain::text;
use domain::unit::{Heirs, UnitId};
use jiff::civil::Date;
use store::tasks::Taken;
use store::{ReadTx, WriteTx};

use super::{called, part};
use crate::accounts::Moment;
use crate::door::{self, Deed, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// The most tasks that one decision gives: one for every commune of the country, and some.
pub const TASKS_MAX: usize = 5_000;

/// The longest text of a brief, in characters.
pub const WORDS_MAX: usize = 4_000;

/// The most people in a team.
const TEAM_MAX: usize = 50;

/// By when a task is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// By a day.
    By(Date),
    /// Without a deadline, by somebody's choice.
    Open,
}

/// Whether tasks are given, or only written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giving {
    /// Their leads learn of them.
    Now,
    /// Only whoever writes them sees them.
    Later,
}

/// Tasks about to be given together: one for each lead and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The unit that gives them.
    pub issuer: UnitId,
    /// What they come from and serve.
    pub origin: Origin,
    /// What they ask for.
    pub words: Words,
    /// Who leads each.
    pub leads: Vec<Party>,
    /// The units that help.
    pub helpers: Vec<UnitId>,
    /// The people who do it, when they are a team.
    pub team: Vec<Member>,
    /// Who says that they are done; none for whoever gives tasks in the issuer's unit.
    pub confirmer: Option<Party>,
    /// By when; a series has several.
    pub times: Vec<Time>,
    /// Whether they are given.
    pub giving: Giving,
}

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What is asked.
    pub brief: BriefId,
    /// The tasks, by lead and then by time.
    pub tasks: Vec<TaskId>,
}

impl Entrance {
    /// Gives tasks, one for each lead and time; all or none.
    ///
    /// # Errors
    /// The actor may not give tasks in the issuer's unit; something is unclear, out of reach, too
    /// late or too much, all reasons at once; or the database failed.
    pub fn give_tasks(
        &self,
        who: &Actor,
        moment: Moment,
        assignment: Assignment,
    ) -> Result<Given, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            give(tx, snapshot, &secrets, (&actor, moment), &assignment)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

/// Gives tasks.
///
/// # Errors
/// See [`Entrance::give_tasks`].
pub fn give(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    assignment: &Assignment,
) -> Result<Given, Error> {
    let by = snapshot.doer(who, Right::GiveTasks, Some(assignment.issuer), moment.today)?;
    let reasons = check(tx, snapshot, (who, moment), assignment)?;
    if !reasons.is_empty() {
        let refused = |why| Refused { at: Location::default(), why };
        return Err(Error::Refused(reasons.into_iter().map(refused).collect()));
    }
    let (brief, first) = store::tasks::next_ids(tx)?;
    let brief = Brief {
        id: brief,
        issuer: assignment.issuer,
        origin: assignment.origin.clone(),
        words: trimmed(&assignment.words),
        helpers: assignment.helpers.clone(),
        team: assignment.team.clone(),
    };
    store::tasks::insert_brief(tx, &brief, by.account(), moment.now_ms)?;
    let tasks = tasks(assignment, brief.id, first, moment.today);
    store::tasks::insert(tx, &tasks)?;
    let (about, words) = (Some(brief.issuer), payload::brief_words(&brief));
    let written = Deed::new(Kind::BriefWritten, brief.id.0.to_string(), payload::brief(&brief));
    let written = written.about(about).committing(secrets, payload::BRIEF_WORDS, &words)?;
    let step = match assignment.giving {
        Giving::Now => Step::Give,
        Giving::Later => Step::Draft,
    };
    let mut deeds = vec![written];
    deeds.extend(tasks.iter().map(|task| {
        let deed = Deed::new(Kind::Task(step), task.id.0.to_string(), payload::task(task));
        deed.about(Some(task.lead.unit))
    }));
    let recorded = door::record_all(tx, by, moment.now_ms, deeds)?;
    let numbered: Vec<(i64, TaskId)> = recorded
        .iter()
        .skip(1)
        .zip(&tasks)
        .map(|(recorded, task)| (i64::try_from(recorded.position).unwrap_or(i64::MAX), task.id))
        .collect();
    let taken = Taken {
        step,
        account: by.account(),
        in_place_of: by.in_place_of(),
        done_ms: moment.now_ms,
        day: None,
        words: String::new(),
    };
    store::tasks::insert_steps(tx, &numbered, &taken)?;
    Ok(Given { brief: brief.id, tasks: tasks.iter().map(|task| task.id).collect() })
}

fn tasks(assignment: &Assignment, brief: BriefId, first: TaskId, today: Date) -> Vec<Task> {
    let confirmer = confirmer(assignment);
    let (state, given_on) = match assignment.giving {
        Giving::Now => (State::Given, Some(today)),
        Giving::Later => (State::Draft, None),
    };
    let times = |lead| assignment.times.iter().map(move |time| (lead, time));
    let each = assignment.leads.iter().flat_map(times);
    let task = |(id, (lead, time)): (i64, (&Party, &Time))| {
        let deadline = match time {
            Time::By(day) => Some(*day),
            Time::Open => None,
        };
        Task {
            id: TaskId(id),
            brief,
            lead: *lead,
            confirmer,
            state,
            first_deadline: deadline,
            deadline,
            given_on,
            acknowledged_ms: None,
            handed_in_on: None,
            asked_until: None,
        }
    };
    (first.0..).zip(each).map(task).collect()
}

fn confirmer(assignment: &Assignment) -> Party {
    assignment.confirmer.unwrap_or(Party { unit: assignment.issuer, account: None })
}

fn trimmed(words: &Words) -> Words {
    let trim = |text: &String| text::nfc(text.trim());
    Words {
        work: trim(&words.work),
        detail: trim(&words.detail),
        responsibility: trim(&words.responsibility),
        product: trim(&words.product),
        authority: trim(&words.authority),
    }
}

/// Everything that stands in the way; nothing when it can be given.
pub(super) fn check(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    assignment: &Assignment,
) -> Result<Vec<Refusal>, Error> {
    let today = moment.today;
    let mut problems = unclear(assignment);
    if assignment.leads.len() * assignment.times.len() > TASKS_MAX {
        problems.push(TaskingProblem::TooMany { tasks_max: TASKS_MAX });
    }
    let confirmer = confirmer(assignment);
    for lead in &assignment.leads {
        problems.extend(lead_problems(snapshot, assignment, *lead, confirmer, today));
    }
    let past = assignment.times.iter().filter_map(|time| match time {
        Time::By(deadline) if *deadline < today => Some(*deadline),
        Time::By(_) | Time::Open => None,
    });
    problems.extend(past.map(|deadline| TaskingProblem::DeadlinePast { deadline }));
    let early = assignment.times.iter().filter_map(|time| match time {
        Time::By(deadline) => before_cut_off(snapshot, &assignment.origin, *deadline),
        Time::Open => None,
    });
    problems.extend(early);
    let mut reasons: Vec<Refusal> = problems.into_iter().map(Refusal::from).collect();
    reasons.extend(unknown(tx, snapshot, assignment)?);
    if let Some(whole) = assignment.origin.part_of {
        reasons.extend(part::problem(tx, snapshot, (who, moment), (whole, assignment.issuer))?);
    }
    Ok(reasons)
}

/// What of the six clarities is missing, or too long.
fn unclear(assignment: &Assignment) -> Vec<TaskingProblem> {
    let Words { work, detail, responsibility, product, authority } = &assignment.words;
    let texts = [
        (Clarity::Work, work),
        (Clarity::Responsibility, responsibility),
        (Clarity::Product, product),
        (Clarity::Authority, authority),
    ];
    let mut problems = Vec::new();
    if assignment.leads.is_empty() {
        problems.push(TaskingProblem::NobodyLeads);
    }
    if assignment.times.is_empty() {
        problems.push(TaskingProblem::Unclear { what: Clarity::Time });
    }
    // What is only written down may still be unclear, but for what it is about.
    let must_say = |what: Clarity| assignment.giving == Giving::Now || what == Clarity::Work;
    for (what, text) in texts {
        if text.trim().is_empty() && must_say(what) {
            problems.push(TaskingProblem::Unclear { what });
        }
    }
    let all = texts.iter().map(|(_, text)| *text).chain([detail]);
    let too_long = |text: &String| text.chars().count() > WORDS_MAX;
    if all.into_iter().any(too_long) || assignment.team.len() > TEAM_MAX {
        problems.push(TaskingProblem::TooLong { characters_max: WORDS_MAX });
    }
    problems
}

/// What stands in the way of one lead.
fn lead_problems(
    snapshot: &Snapshot,
    assignment: &Assignment,
    lead: Party,
    confirmer: Party,
    today: Date,
) -> Vec<TaskingProblem> {
    let mut problems = Vec::new();
    let path = snapshot.path(lead.unit, today);
    let out_of_reach = |unit: UnitId| TaskingProblem::OutOfReach {
        unit: called(snapshot, unit, today),
        issuer: called(snapshot, assignment.issuer, today),
    };
    if !path.contains(&assignment.issuer) {
        problems.push(out_of_reach(lead.unit));
    }
    if confirmer.unit != assignment.issuer && !path.contains(&confirmer.unit) {
        problems.push(out_of_reach(confirmer.unit));
    }
    if is_same(lead, confirmer) {
        problems.push(TaskingProblem::ConfirmerLeads);
    }
    let days = assignment.times.iter().filter_map(|time| match time {
        Time::By(day) => Some(*day),
        Time::Open => None,
    });
    let last = days.max().unwrap_or(today).max(today);
    problems.extend(ends_before(snapshot, lead.unit, last, today));
    problems
}

/// Whether whoever leads could say that it is done: of one unit only two named people can be two.
pub(super) fn is_same(lead: Party, confirmer: Party) -> bool {
    let are_two = match (lead.account, confirmer.account) {
        (Some(one), Some(other)) => one != other,
        (None, _) | (_, None) => false,
    };
    lead.unit == confirmer.unit && !are_two
}

/// That a unit is gone before a day, with those that take its place.
pub(super) fn ends_before(
    snapshot: &Snapshot,
    unit: UnitId,
    day: Date,
    today: Date,
) -> Option<TaskingProblem> {
    let units = &snapshot.units;
    if units.version_on(unit, day).is_some() {
        return None;
    }
    let ends = units.versions_of(unit).iter().filter_map(|version| version.validity.to);
    let last = ends.filter(|to| *to < day).max()?;
    let heirs = match units.heirs(unit, None, last, day) {
        Heirs::Carried(heirs) => heirs.into_iter().map(|(heir, _)| heir).collect(),
        Heirs::Broken { heirs, .. } => heirs,
        Heirs::Gone => Vec::new(),
    };
    let heir = |heir: UnitId| {
        let name = snapshot.name(heir, day);
        format!("{} {} {}", name.code, name.kind, name.name)
    };
    Some(TaskingProblem::LeadEnds {
        unit: called(snapshot, unit, today),
        last,
        heirs: heirs.into_iter().map(heir).collect(),
    })
}

/// That a deadline lies before the figures are closed that a task asks about: nobody can show by then
/// what became of them.
pub(super) fn before_cut_off(
    snapshot: &Snapshot,
    origin: &Origin,
    deadline: Date,
) -> Option<TaskingProblem> {
    let period = origin.period?;
    let indicator = snapshot.indicator(origin.indicator.as_deref()?).ok()?;
    let items = indicator
        .formula
        .items()
        .into_iter()
        .filter_map(|reference| snapshot.item(&reference.code));
    let forms = items.filter_map(|item| snapshot.form_of(item.id));
    let cut_off = forms.map(|(_, form)| form.calendar.days(period).1).max()?;
    let first = snapshot.holidays.working_day_from(cut_off);
    (deadline < cut_off).then_some(TaskingProblem::BeforeCutOff {
        deadline,
        period,
        cut_off,
        first,
    })
}

/// What an assignment names that there is not.
fn unknown(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    assignment: &Assignment,
) -> Result<Vec<Refusal>, Error> {
    let Origin {
        directive,
        priority,
        indicator,
        period: _,
        template: _,
        part_of: _,
        list: _,
        decided,
    } = &assignment.origin;
    let mut missing = Vec::new();
    let mut name = |noun: Noun, key: &str| {
        missing.push(Refusal::NotFound { noun, key: key.to_owned() });
    };
    if let Some(code) = directive
        && !snapshot.directives.iter().any(|known| known.code == *code)
    {
        name(Noun::Directive, code);
    }
    if let Some(code) = priority
        && !snapshot.priorities.iter().any(|known| known.code == *code)
    {
        name(Noun::Priority, code);
    }
    if let Some(code) = indicator
        && snapshot.indicator(code).is_err()
    {
        name(Noun::Indicator, code);
    }
    if let Some(at) = decided {
        let stocktake = store::stocktakes::find(tx, at.stocktake)?;
        let own = stocktake.filter(|stocktake| {
            let knows_item = stocktake.items.iter().any(|item| item.number == at.item);
            stocktake.unit == assignment.issuer && knows_item
        });
        match own {
            None => name(Noun::Stocktake, &at.stocktake.0.to_string()),
            // Its conclusions are written down; what is decided later belongs to the next one.
            Some(stocktake) => stocktake.allows(Act::Write).map_err(Error::from)?,
        }
    }
    let accounts = assignment.leads.iter().chain(&assignment.confirmer);
    let accounts: BTreeSet<_> = accounts.filter_map(|party| party.account).collect();
    for account in accounts {
        if store::accounts::find(tx, account)?.is_none() {
            name(Noun::Account, &account.0.to_string());
        }
    }
    Ok(missing)
}
