//! What stands in the way of giving tasks, each at what it is about.

use domain::access::{AccountState, Actor, Right};
use domain::refusal::{Noun, Refusal, Refused};
use domain::task::{ListColumn, Origin, Party, Words};
use domain::tasking::{Clarity, TaskingProblem};
use domain::unit::{Heirs, UnitId};
use jiff::civil::Date;
use store::ReadTx;

use super::give::{Assignment, Giving, TASKS_MAX, Time, confirmer};
use super::{called, give, part};
use crate::accounts::Moment;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// The longest line that says what is to be done, in characters.
pub const WORK_MAX: usize = 300;

/// The longest text of what else a brief says, in characters.
pub const WORDS_MAX: usize = 4_000;

/// The most people in a team.
const TEAM_MAX: usize = 50;

/// What has to be mended, and where.
pub(super) type Found = (ListColumn, Refusal);

impl Workspace {
    /// Everything that stands in the way of giving tasks, each with its column; nothing is changed.
    ///
    /// # Errors
    /// The database failed.
    pub fn check_tasks(
        &self,
        who: &Actor,
        moment: Moment,
        assignment: &Assignment,
    ) -> Result<Vec<Refused>, Error> {
        let (snapshot, who) = (self.planned()?, who.clone());
        let assignment = give::each_once(assignment);
        let judged = self.database.read_blocking(move |tx| {
            snapshot.doer(&who, Right::GiveTasks, Some(assignment.issuer), moment.today)?;
            give::refuse(check(tx, &snapshot, (&who, moment), &assignment)?)
        });
        match judged {
            Ok(()) => Ok(Vec::new()),
            Err(Error::Refused(reasons)) => Ok(reasons),
            Err(other) => Err(other),
        }
    }
}

/// Everything that stands in the way; nothing when it can be given.
pub(super) fn check(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    assignment: &Assignment,
) -> Result<Vec<Found>, Error> {
    let today = moment.today;
    let mut problems = unclear(assignment);
    problems.extend(too_long(assignment));
    if assignment.leads.len() * assignment.times.len() > TASKS_MAX {
        problems.push((ListColumn::Leads, TaskingProblem::TooMany { tasks_max: TASKS_MAX }));
    }
    problems.extend(units(snapshot, assignment, today));
    problems.extend(times(snapshot, assignment, today));
    let mut found: Vec<Found> =
        problems.into_iter().map(|(column, problem)| (column, problem.into())).collect();
    found.extend(people(tx, snapshot, assignment, today)?);
    found.extend(unknown(tx, snapshot, assignment)?);
    if let Some(whole) = assignment.origin.part_of {
        let problem = part::problem(tx, snapshot, (who, moment), (whole, assignment.issuer))?;
        found.extend(problem.map(|why| (ListColumn::Issuer, why)));
    }
    Ok(found)
}

/// What of the six clarities is missing.
fn unclear(assignment: &Assignment) -> Vec<(ListColumn, TaskingProblem)> {
    let Words { work, detail: _, responsibility, product, authority } = &assignment.words;
    let texts = [
        (Clarity::Work, work),
        (Clarity::Responsibility, responsibility),
        (Clarity::Product, product),
        (Clarity::Authority, authority),
    ];
    let mut problems = Vec::new();
    if assignment.leads.is_empty() {
        problems.push((ListColumn::Leads, TaskingProblem::NobodyLeads));
    }
    if assignment.times.is_empty() {
        let what = Clarity::Time;
        problems.push((ListColumn::Deadline, TaskingProblem::Unclear { what }));
    }
    // What is only written down may still be unclear, but for what it is about.
    let must_say = |what: Clarity| assignment.giving == Giving::Now || what == Clarity::Work;
    for (what, text) in texts {
        if text.trim().is_empty() && must_say(what) {
            problems.push((what.into(), TaskingProblem::Unclear { what }));
        }
    }
    problems
}

/// What is said at too great a length.
fn too_long(assignment: &Assignment) -> Vec<(ListColumn, TaskingProblem)> {
    let Words { work, detail, responsibility, product, authority } = &assignment.words;
    let texts = [
        (ListColumn::Work, work, WORK_MAX),
        (ListColumn::Detail, detail, WORDS_MAX),
        (ListColumn::Product, product, WORDS_MAX),
        (ListColumn::Responsibility, responsibility, WORDS_MAX),
        (ListColumn::Authority, authority, WORDS_MAX),
    ];
    let is_long =
        |(_, text, most): &(ListColumn, &String, usize)| text.trim().chars().count() > *most;
    let long = texts.into_iter().filter(is_long);
    let mut problems: Vec<_> = long
        .map(|(column, _, characters_max)| (column, TaskingProblem::TooLong { characters_max }))
        .collect();
    if assignment.team.len() > TEAM_MAX {
        let problem = TaskingProblem::TeamTooLarge { people_max: TEAM_MAX };
        problems.push((ListColumn::Team, problem));
    }
    problems
}

/// What is wrong with the units that lead, help and confirm.
fn units(
    snapshot: &Snapshot,
    assignment: &Assignment,
    today: Date,
) -> Vec<(ListColumn, TaskingProblem)> {
    let (issuer, confirmer) = (assignment.issuer, confirmer(assignment));
    let mut problems = Vec::new();
    let days = assignment.times.iter().filter_map(|time| match time {
        Time::By(day) => Some(*day),
        Time::Open => None,
    });
    let last = days.max().unwrap_or(today).max(today);
    for lead in &assignment.leads {
        let reach = out_of_reach(snapshot, lead.unit, issuer, today);
        problems.extend(reach.map(|problem| (ListColumn::Leads, problem)));
        let path = snapshot.path(lead.unit, today);
        if confirmer.unit != issuer && !path.contains(&confirmer.unit) {
            let problem = TaskingProblem::OutOfReach {
                unit: called(snapshot, confirmer.unit, today),
                issuer: called(snapshot, issuer, today),
            };
            problems.push((ListColumn::ConfirmerAccount, problem));
        }
        if is_same(*lead, confirmer) {
            problems.push((ListColumn::ConfirmerAccount, TaskingProblem::ConfirmerLeads));
        }
        let ends = ends_before(snapshot, lead.unit, last, today);
        problems.extend(ends.map(|problem| (ListColumn::Leads, problem)));
    }
    for helper in &assignment.helpers {
        let is_there = |lead: &Party| lead.unit == *helper;
        let problem = if *helper == issuer || assignment.leads.iter().any(is_there) {
            Some(TaskingProblem::HelperTwice { unit: called(snapshot, *helper, today) })
        } else {
            out_of_reach(snapshot, *helper, issuer, today)
        };
        problems.extend(problem.map(|problem| (ListColumn::Helpers, problem)));
    }
    problems
}

/// What is wrong with the days.
fn times(
    snapshot: &Snapshot,
    assignment: &Assignment,
    today: Date,
) -> Vec<(ListColumn, TaskingProblem)> {
    let days = assignment.times.iter().filter_map(|time| match time {
        Time::By(day) => Some(*day),
        Time::Open => None,
    });
    let problem = |deadline: Date| {
        let past = (deadline < today).then_some(TaskingProblem::DeadlinePast { deadline });
        past.into_iter().chain(before_cut_off(snapshot, &assignment.origin, deadline))
    };
    days.flat_map(problem).map(|problem| (ListColumn::Deadline, problem)).collect()
}

/// That a unit stands neither in the issuer's nor below it.
pub(super) fn out_of_reach(
    snapshot: &Snapshot,
    unit: UnitId,
    issuer: UnitId,
    today: Date,
) -> Option<TaskingProblem> {
    let is_below = snapshot.path(unit, today).contains(&issuer);
    (!is_below).then(|| TaskingProblem::OutOfReach {
        unit: called(snapshot, unit, today),
        issuer: called(snapshot, issuer, today),
    })
}

/// Whether whoever leads could say that it is done: one person is one wherever they are named, and of
/// one unit only two named people can be two.
pub(super) fn is_same(lead: Party, confirmer: Party) -> bool {
    match (lead.account, confirmer.account) {
        (Some(one), Some(other)) => one == other,
        (None, _) | (_, None) => lead.unit == confirmer.unit,
    }
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

/// The people who are named, but cannot do there what they are named for.
fn people(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    assignment: &Assignment,
    today: Date,
) -> Result<Vec<Found>, Error> {
    let leads =
        assignment.leads.iter().map(|lead| (ListColumn::LeadAccount, *lead, Right::DoTasks));
    let confirmer = assignment.confirmer.iter();
    let confirmer = confirmer.map(|party| (ListColumn::ConfirmerAccount, *party, Right::GiveTasks));
    let mut found: Vec<Found> = Vec::new();
    for (column, party, right) in leads.chain(confirmer) {
        let problem = not_entitled(tx, snapshot, party, right, today)?.map(|why| (column, why));
        found.extend(problem.filter(|problem| !found.contains(problem)));
    }
    Ok(found)
}

/// That somebody who is named with a unit cannot sign in, or may not do there what is asked of them.
pub(super) fn not_entitled(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    party: Party,
    right: Right,
    today: Date,
) -> Result<Option<Refusal>, Error> {
    let Some(id) = party.account else { return Ok(None) };
    let Some(account) = store::accounts::find(tx, id)? else {
        return Ok(Some(Refusal::NotFound { noun: Noun::Account, key: id.0.to_string() }));
    };
    let name = account.name.clone();
    if account.state != AccountState::Active {
        return Ok(Some(TaskingProblem::AccountClosed { name }.into()));
    }
    let grants = store::grants::of_account(tx, id)?;
    let person = Actor { account: Some(account), grants, second_factor: true };
    let unit = party.unit;
    let is_entitled = snapshot.check(&person, right, Some(unit), today).is_ok();
    let problem =
        || TaskingProblem::NotEntitled { name, right, unit: called(snapshot, unit, today) };
    Ok((!is_entitled).then(|| problem().into()))
}

/// What an assignment names that there is not.
fn unknown(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    assignment: &Assignment,
) -> Result<Vec<Found>, Error> {
    let Origin { directive, priority, indicator, decided, .. } = &assignment.origin;
    let mut missing = Vec::new();
    let mut name = |column: ListColumn, noun: Noun, key: &str| {
        missing.push((column, Refusal::NotFound { noun, key: key.to_owned() }));
    };
    if let Some(code) = directive
        && !snapshot.directives.iter().any(|known| known.code == *code)
    {
        name(ListColumn::Directive, Noun::Directive, code);
    }
    if let Some(code) = priority
        && !snapshot.priorities.iter().any(|known| known.code == *code)
    {
        name(ListColumn::Priority, Noun::Priority, code);
    }
    if let Some(code) = indicator
        && snapshot.indicator(code).is_err()
    {
        name(ListColumn::Indicator, Noun::Indicator, code);
    }
    if let Some(at) = decided {
        let stocktake = store::stocktakes::find(tx, at.stocktake)?;
        let own = stocktake.filter(|stocktake| {
            let knows_item = stocktake.items.iter().any(|item| item.number == at.item);
            stocktake.unit == assignment.issuer && knows_item
        });
        match own {
            None => name(ListColumn::Issuer, Noun::Stocktake, &at.stocktake.0.to_string()),
            // Its conclusions are written down; what is decided later belongs to the next one.
            Some(stocktake) => stocktake.takes_more().map_err(Error::from)?,
        }
    }
    Ok(missing)
}
