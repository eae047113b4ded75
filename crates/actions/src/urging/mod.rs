//! Urging: who is late or soon due is reminded, once for each day of the policy, and whoever asked
//! learns of what stays late.

pub mod delivering;
pub mod hooks;
pub mod letter;
pub mod page;

use std::collections::{HashMap, HashSet};

use domain::access::{AccountId, Actor, Right};
use domain::call::Call;
use domain::difficulty::{Difficulty, State};
use domain::form::Form;
use domain::lock::Lock;
use domain::period::Period;
use domain::unit::UnitId;
use domain::urging::{Audience, Policy, Subject, standard_policies};
use jiff::civil::Date;
use ledger::hash::digest;
use serde_json::Value;
use store::urging::Reminder;
use store::{ReadTx, WriteTx};

use crate::accounts::Moment;
use crate::calls;
use crate::difficulties::DifficultyBook;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::submissions::lock::Locks;
use crate::submissions::work::open_periods;
use crate::tasks::{TaskBook, waits_for_lead};
use crate::workspace::Workspace;
use crate::zone::time_of;

/// Reminders that one run makes; the next run makes the others.
const REMINDERS_MAX: usize = 200_000;

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Urged {
    /// How many reminders it made.
    pub made: usize,
}

/// Something with a deadline that is not done yet.
struct Candidate {
    thing: String,
    deadline: Date,
    lead: UnitId,
    account: Option<AccountId>,
    superior: Option<UnitId>,
}

impl Workspace {
    /// Makes the reminders that are due now and were not made yet. However often it runs, each is
    /// made once.
    ///
    /// # Errors
    /// The database failed.
    pub fn urge(&self, moment: Moment) -> Result<Urged, Error> {
        let books = (self.task_book()?, self.difficulty_book()?);
        // Whoever has sent by now is not reminded.
        self.snapshot()?;
        self.write_blocking_by_plan(move |tx, snapshot| {
            urge(tx, snapshot, (&books.0, &books.1), moment)
        })
    }

    /// The policies in force.
    ///
    /// # Errors
    /// The database failed.
    pub fn urging_policies(&self) -> Result<Vec<Policy>, Error> {
        self.database.read_blocking(policies)
    }

    /// Changes a policy.
    ///
    /// # Errors
    /// The actor may not edit the plan, or the database failed.
    pub fn save_urging_policy(
        &self,
        who: &Actor,
        moment: Moment,
        policy: Policy,
    ) -> Result<(), Error> {
        let actor = who.clone();
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            let by = snapshot.doer(&actor, Right::ManagePlan, None, moment.today)?;
            store::urging::save_policy(tx, &policy)?;
            let deed =
                Deed::new(Kind::UrgingChanged, policy.subject.code(), payload::policy(&policy));
            door::record(tx, by, moment.now_ms, deed).map(drop)
        });
        self.noting_denials(done, who, moment.now_ms)
    }
}

/// The policies in force: of each subject the one that was saved, else the standard one.
fn policies(tx: &mut ReadTx<'_>) -> Result<Vec<Policy>, Error> {
    let mut policies = standard_policies();
    for saved in store::urging::policies(tx)? {
        for policy in policies.iter_mut().filter(|policy| policy.subject == saved.subject) {
            policy.clone_from(&saved);
        }
    }
    Ok(policies)
}

/// The policy in force for what a reminder is about.
fn policy_of<'p>(policies: &'p [Policy], reminder: &Reminder) -> Option<&'p Policy> {
    policies.iter().find(|policy| policy.subject == reminder.subject)
}

/// Whether nobody is to be disturbed now by one of some reminders.
fn is_quiet(policies: &[Policy], reminders: &[Reminder], now_ms: i64) -> bool {
    let now = time_of(now_ms);
    let mut policies = reminders.iter().filter_map(|reminder| policy_of(policies, reminder));
    policies.any(|policy| policy.quiet.holds_at(now))
}

fn urge(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    (book, difficulties): (&TaskBook, &DifficultyBook),
    moment: Moment,
) -> Result<Urged, Error> {
    let mut reminders = Vec::new();
    let (policies, now) = (policies(tx)?, time_of(moment.now_ms));
    // What is due in the quiet hours of its policy is made by the first run after them.
    for policy in policies.iter().filter(|policy| !policy.quiet.holds_at(now)) {
        let between = policy.deadlines(moment.today);
        let candidates = match policy.subject {
            Subject::Task => tasks(snapshot, book, between, moment.today),
            Subject::Submission => submissions(tx, snapshot, between, moment.today)?,
            Subject::Difficulty => waiting(snapshot, difficulties, between, moment.today),
            Subject::Plan => plans(tx, snapshot, between, moment.today)?,
        };
        due(tx, policy, candidates, between, moment, &mut reminders)?;
    }
    reminders.truncate(REMINDERS_MAX);
    if reminders.is_empty() {
        return Ok(Urged { made: 0 });
    }
    let first = store::urging::next_id(tx)?;
    let listed: Vec<Value> = reminders.iter().map(payload::reminder).collect();
    let list = Value::from(listed).to_string();
    let content = payload::object([
        ("count", reminders.len().into()),
        ("first", first.into()),
        ("sha256", crate::secrets::hex(&digest(list.as_bytes()).0).into()),
    ]);
    let deed = Deed::new(Kind::Urged, first.to_string(), content);
    let recorded = door::record(tx, Doer::Console, moment.now_ms, deed)?;
    let run = i64::try_from(recorded.position).unwrap_or(i64::MAX);
    for (id, reminder) in (first..).zip(&mut reminders) {
        (reminder.id, reminder.run) = (id, run);
    }
    store::urging::insert(tx, &reminders)?;
    delivering::note(tx, &policies, &reminders, run, moment)?;
    hooks::note(tx, snapshot, (&policies, &reminders), run, moment)?;
    Ok(Urged { made: reminders.len() })
}

/// The reminders of a policy that are due and were not made yet.
fn due(
    tx: &mut ReadTx<'_>,
    policy: &Policy,
    candidates: Vec<Candidate>,
    between: (Date, Date),
    moment: Moment,
    reminders: &mut Vec<Reminder>,
) -> Result<(), Error> {
    let mut made: HashMap<(String, Date), [Option<i16>; 2]> = HashMap::new();
    for one in store::urging::made(tx, policy.subject, between)? {
        made.entry((one.thing, one.deadline)).or_default()[index(one.audience)] = Some(one.offset);
    }
    for candidate in candidates {
        let Candidate { thing, deadline, lead, account, superior } = candidate;
        let known = made.get(&(thing.clone(), deadline)).copied().unwrap_or_default();
        let over = (moment.today - deadline).get_days();
        for (audience, offset) in policy.due(over, |audience| known[index(audience)]) {
            let (unit, account) = match audience {
                Audience::Lead => (Some(lead), account),
                Audience::Superior => (superior, None),
            };
            let Some(unit) = unit else { continue };
            reminders.push(Reminder {
                id: 0,
                run: 0,
                subject: policy.subject,
                thing: thing.clone(),
                deadline,
                offset,
                audience,
                unit,
                account,
                made_ms: moment.now_ms,
            });
        }
    }
    Ok(())
}

fn index(audience: Audience) -> usize {
    match audience {
        Audience::Lead => 0,
        Audience::Superior => 1,
    }
}

/// The open tasks that wait for their leads, with deadlines between two days.
fn tasks(
    snapshot: &Snapshot,
    book: &TaskBook,
    (first, last): (Date, Date),
    today: Date,
) -> Vec<Candidate> {
    let candidate = |task: &domain::task::Task| {
        let deadline = task.deadline.filter(|day| first <= *day && *day <= last)?;
        if !waits_for_lead(task.state) {
            return None;
        }
        // Whoever took the place of a unit that is gone is reminded in its stead.
        let lead = match snapshot.units.version_on(task.lead.unit, today) {
            Some(_) => task.lead.unit,
            None => *snapshot.heirs_on(task.lead.unit, today).first()?,
        };
        Some(Candidate {
            thing: task.id.0.to_string(),
            deadline,
            lead,
            account: task.lead.account,
            superior: book.brief(task.brief).map(|brief| brief.issuer),
        })
    };
    book.tasks().iter().filter_map(candidate).collect()
}

/// The difficulties that wait for an answer, with days between two days; the unit above whoever is to
/// answer learns of those that stay.
fn waiting(
    snapshot: &Snapshot,
    book: &DifficultyBook,
    (first, last): (Date, Date),
    today: Date,
) -> Vec<Candidate> {
    let order = snapshot.order_on(today);
    let candidate = |one: &Difficulty| {
        if one.state != State::Waiting || one.due < first || last < one.due {
            return None;
        }
        let lead = match order.position(one.holder) {
            Some(_) => one.holder,
            None => *snapshot.heirs_on(one.holder, today).first()?,
        };
        let above = order.position(lead).and_then(|position| order.parent(position));
        Some(Candidate {
            thing: one.id.0.to_string(),
            deadline: one.due,
            lead,
            account: None,
            superior: above.and_then(|above| order.units().get(above as usize).copied()),
        })
    };
    book.all().iter().filter_map(candidate).collect()
}

/// The plans that units owe, with last days between two days.
fn plans(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (first, last): (Date, Date),
    today: Date,
) -> Result<Vec<Candidate>, Error> {
    let (calls, notes) = calls::list::read(tx)?;
    let is_due = |call: &&Call| first <= call.due && call.due <= last && call.ended_on.is_none();
    let mut owed = Vec::new();
    for call in calls.iter().filter(is_due) {
        let answers = calls::list::answers(snapshot, call, &notes, today);
        let open = answers.into_iter().filter(|answer| answer.issued.is_none());
        owed.extend(open.map(|answer| Candidate {
            thing: format!("{}/{}", call.directive, answer.unit.id.0),
            deadline: call.due,
            lead: answer.unit.id,
            account: None,
            superior: Some(call.issuer),
        }));
    }
    Ok(owed)
}

/// The forms that units owe, with deadlines between two days.
fn submissions(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (first, last): (Date, Date),
    today: Date,
) -> Result<Vec<Candidate>, Error> {
    let mut owed = Vec::new();
    for form in snapshot.forms.iter().enumerate() {
        let mut periods = open_periods(snapshot, form, today);
        periods.retain(|period| (first..=last).contains(&snapshot.due_on(form.1, *period)));
        owing(tx, snapshot, form, (&periods, today), |owing| {
            let Owing { period, unit, above } = owing;
            owed.push(Candidate {
                thing: format!("{}/{}/{period}", form.1.code, unit.0),
                deadline: snapshot.due_on(form.1, period),
                lead: unit,
                account: None,
                superior: above,
            });
        })?;
    }
    Ok(owed)
}

/// A unit that owes a form for a period.
struct Owing {
    period: Period,
    unit: UnitId,
    /// The unit above it at the period's end.
    above: Option<UnitId>,
}

/// The units that have not sent a form for periods and still can: nobody is urged to send what is not
/// taken any more.
fn owing(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    (periods, today): (&[Period], Date),
    mut found: impl FnMut(Owing),
) -> Result<(), Error> {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Ok(()) };
    let locks = Locks::read(tx, snapshot, form, (*first, *last), today)?;
    for &period in periods {
        let order = snapshot.order_on(form.calendar.days(period).1);
        let expected = snapshot.book.expected(&snapshot.units, index, form, period);
        let sent: HashSet<UnitId> =
            snapshot.book.receipts(index, period).iter().map(|receipt| receipt.unit).collect();
        for (position, unit) in (0..).zip(order.units()) {
            let owes = expected.contains(position) && !sent.contains(unit);
            if owes && !matches!(locks.of(*unit, period), Lock::Locked(_)) {
                let above = order.parent(position);
                let above = above.and_then(|above| order.units().get(above as usize).copied());
                found(Owing { period, unit: *unit, above });
            }
        }
    }
    Ok(())
}
