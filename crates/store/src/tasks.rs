//! Tasks: what is asked, each task as it stands, and every step it has taken.

use std::collections::BTreeMap;

use domain::access::AccountId;
use domain::stocktake::{Decided, StocktakeId};
use domain::task::{Brief, BriefId, Member, Origin, Party, State, Step, Task, TaskId, Words};
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::engine::{Bulk, ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::json;
use crate::value::{Value, args};

/// A step that a task has taken, with who took it, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What was done.
    pub step: Step,
    /// By whom; none for the console.
    pub account: Option<AccountId>,
    /// In whose place, under a delegation.
    pub in_place_of: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Until when, for steps about a day.
    pub day: Option<Date>,
    /// Why, or what was done.
    pub words: String,
}

/// A step with the names of who took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The step.
    pub taken: Taken,
    /// The name of who took it; empty for the console.
    pub name: String,
    /// The name of in whose place; empty for what was done in one's own.
    pub in_place_of: String,
}

statements! {
    BRIEFS = "select id, issuer, directive, priority, indicator, template, part_of, work,
                        detail, responsibility, product, authority, helpers, team, list, period,
                        stocktake, stocktake_item
              from brief order by id";
    BRIEFS_CHANGED = "select id, issuer, directive, priority, indicator, template, part_of, work,
                          detail, responsibility, product, authority, helpers, team, list, period,
                          stocktake, stocktake_item
                      from brief
                      where id in (select brief from task
                                   where id in (select task from task_step where number > $1))
                      order by id";
    BRIEF = "select id, issuer, directive, priority, indicator, template, part_of, work, detail,
                 responsibility, product, authority, helpers, team, list, period, stocktake,
                 stocktake_item
             from brief where id = $1";
    TASKS = "select id, brief, lead, lead_account, confirmer, confirmer_account, state,
                 first_deadline, deadline, given_on, acknowledged_ms, handed_in_on, asked_until
             from task order by id";
    TASKS_CHANGED = "select id, brief, lead, lead_account, confirmer, confirmer_account, state,
                         first_deadline, deadline, given_on, acknowledged_ms, handed_in_on,
                         asked_until
                     from task where id in (select task from task_step where number > $1)
                     order by id";
    OF_BRIEF = "select id, brief, lead, lead_account, confirmer, confirmer_account, state,
                    first_deadline, deadline, given_on, acknowledged_ms, handed_in_on, asked_until
                from task where brief = $1 order by id";
    OF_FORM = "select brief from task_form where sha256 = $1";
    INSERT_FORM = "insert into task_form (sha256, brief) values ($1, $2)";
    UPDATE_BRIEF = "update brief set issuer = $1, directive = $2, priority = $3, indicator = $4,
                        period = $5, work = $6, detail = $7, responsibility = $8, product = $9,
                        authority = $10, helpers = $11, team = $12
                    where id = $13";
    FIND = "select id, brief, lead, lead_account, confirmer, confirmer_account, state,
                first_deadline, deadline, given_on, acknowledged_ms, handed_in_on, asked_until
            from task where id = $1";
    NEWEST = "select coalesce(max(number), -1) from task_step";
    NEWEST_OF = "select coalesce(max(number), -1) from task_step where task = $1";
    LAST_BRIEF = "select coalesce(max(id), 0) from brief";
    LAST_TASK = "select coalesce(max(id), 0) from task";
    STEPS = "select s.step, s.account, s.in_place_of, s.done_ms, s.day, s.words,
                 coalesce(a.name, ''), coalesce(p.name, '')
             from task_step s
                 left join account a on a.id = s.account
                 left join account p on p.id = s.in_place_of
             where s.task = $1 order by s.number";
    SENT_BACK = "select task, count(*) from task_step
                 where step = 'send-back' and done_ms >= $1 and done_ms < $2 group by task";
    ASKED_SINCE = "select t.id, max(s.done_ms)
                   from task t join task_step s on s.task = t.id
                   where t.asked_until is not null and s.step = $1
                   group by t.id order by t.id";
    UPDATE = "update task set lead = $1, lead_account = $2, confirmer = $3, confirmer_account = $4,
                  state = $5, first_deadline = $6, deadline = $7, given_on = $8,
                  acknowledged_ms = $9, handed_in_on = $10, asked_until = $11
              where id = $12";
    INSERT_BRIEF = "insert into brief (id, issuer, directive, priority, indicator, template,
                        part_of, work, detail, responsibility, product, authority, helpers, team,
                        list, period, account, written_ms, stocktake, stocktake_item)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                        $17, $18, $19, $20)";
    OF_LIST = "select min(written_ms), count(*) from task
                   join brief on brief.id = task.brief
               where brief.list = $1 and coalesce(brief.account, 0) = $2";
}

const INSERT: Bulk = bulk!(
    "task",
    "id, brief, lead, lead_account, confirmer, confirmer_account, state, first_deadline, deadline, given_on, acknowledged_ms, handed_in_on, asked_until",
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13"
);

const INSERT_STEPS: Bulk = bulk!(
    "task_step",
    "number, task, step, account, in_place_of, done_ms, day, words",
    "$1, $2, $3, $4, $5, $6, $7, $8"
);

/// All briefs, oldest first.
///
/// # Errors
/// The database failed.
pub fn briefs(tx: &mut ReadTx<'_>) -> Result<Vec<Brief>> {
    tx.all(BRIEFS, args![], read_brief)
}

/// The briefs whose tasks have taken a step after one with a number, oldest first: what is written or
/// written over is, with a step.
///
/// # Errors
/// The database failed.
pub fn briefs_changed_after(tx: &mut ReadTx<'_>, number: i64) -> Result<Vec<Brief>> {
    tx.all(BRIEFS_CHANGED, args![number], read_brief)
}

/// The brief with a number.
///
/// # Errors
/// The database failed.
pub fn brief(tx: &mut ReadTx<'_>, brief: BriefId) -> Result<Option<Brief>> {
    tx.optional(BRIEF, args![brief.0], read_brief)
}

/// All tasks, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Task>> {
    tx.all(TASKS, args![], read)
}

/// The tasks that have taken a step after one with a number, oldest first.
///
/// # Errors
/// The database failed.
pub fn changed_after(tx: &mut ReadTx<'_>, number: i64) -> Result<Vec<Task>> {
    tx.all(TASKS_CHANGED, args![number], read)
}

/// The tasks that share what is asked, oldest first.
///
/// # Errors
/// The database failed.
pub fn of_brief(tx: &mut ReadTx<'_>, brief: BriefId) -> Result<Vec<Task>> {
    tx.all(OF_BRIEF, args![brief.0], read)
}

/// What a form gave, by the SHA-256 of what it sent; none when it gave nothing.
///
/// # Errors
/// The database failed.
pub fn of_form(tx: &mut ReadTx<'_>, sha256: &str) -> Result<Option<BriefId>> {
    tx.optional(OF_FORM, args![sha256], |row| Ok(BriefId(row.get(0)?)))
}

/// Notes what a form gave.
///
/// # Errors
/// The same form gave something before (a constraint), or the database failed.
pub fn insert_form(tx: &mut WriteTx<'_>, sha256: &str, brief: BriefId) -> Result<()> {
    tx.execute(INSERT_FORM, args![sha256, brief.0]).map(drop)
}

/// The task with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, task: TaskId) -> Result<Option<Task>> {
    tx.optional(FIND, args![task.0], read)
}

/// The number of the newest step of any task; -1 before the first.
///
/// # Errors
/// The database failed.
pub fn newest(tx: &mut ReadTx<'_>) -> Result<i64> {
    tx.one(NEWEST, args![], |row| row.get(0))
}

/// The number of the newest step of a task; -1 before the first.
///
/// # Errors
/// The database failed.
pub fn newest_of(tx: &mut ReadTx<'_>, task: TaskId) -> Result<i64> {
    tx.one(NEWEST_OF, args![task.0], |row| row.get(0))
}

/// The tasks whose leads ask for time, with when they asked, in epoch milliseconds.
///
/// # Errors
/// The database failed.
pub fn asked_since(tx: &mut ReadTx<'_>) -> Result<Vec<(TaskId, i64)>> {
    let step = Step::AskForTime.code();
    tx.all(ASKED_SINCE, args![step], |row| Ok((TaskId(row.get(0)?), row.get(1)?)))
}

/// The numbers that the next brief and the next task get.
///
/// # Errors
/// The database failed.
pub fn next_ids(tx: &mut ReadTx<'_>) -> Result<(BriefId, TaskId)> {
    let brief: i64 = tx.one(LAST_BRIEF, args![], |row| row.get(0))?;
    let task: i64 = tx.one(LAST_TASK, args![], |row| row.get(0))?;
    Ok((BriefId(brief + 1), TaskId(task + 1)))
}

/// When an account (or the console) gave tasks by a list, and how many; none when it did not.
///
/// # Errors
/// The database failed.
pub fn of_list(
    tx: &mut ReadTx<'_>,
    list: &str,
    account: Option<AccountId>,
) -> Result<Option<(i64, i64)>> {
    let account = account.map_or(0, |account| account.0);
    let (given_ms, count): (Option<i64>, i64) =
        tx.one(OF_LIST, args![list, account], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(given_ms.map(|given_ms| (given_ms, count)))
}

/// The steps that a task has taken, oldest first.
///
/// # Errors
/// The database failed.
pub fn steps(tx: &mut ReadTx<'_>, task: TaskId) -> Result<Vec<Told>> {
    tx.all(STEPS, args![task.0], |row| {
        let taken = Taken {
            step: row.code(0, "a step", Step::from_code)?,
            account: row.get(1)?,
            in_place_of: row.get(2)?,
            done_ms: row.get(3)?,
            day: row.get(4)?,
            words: row.get(5)?,
        };
        Ok(Told { taken, name: row.get(6)?, in_place_of: row.get(7)? })
    })
}

/// How often tasks were sent back to be done again between two moments, the later one not counted.
///
/// # Errors
/// The database failed.
pub fn sent_back(
    tx: &mut ReadTx<'_>,
    (from_ms, to_ms): (i64, i64),
) -> Result<BTreeMap<TaskId, u32>> {
    let rows = tx.all(SENT_BACK, args![from_ms, to_ms], |row| {
        let count: i64 = row.get(1)?;
        Ok((TaskId(row.get(0)?), u32::try_from(count).unwrap_or(u32::MAX)))
    })?;
    Ok(rows.into_iter().collect())
}

/// Adds a brief, with who wrote it and when.
///
/// # Errors
/// The number is taken; unit, directive, priority, indicator or account do not exist (constraints);
/// the database failed.
pub fn insert_brief(
    tx: &mut WriteTx<'_>,
    brief: &Brief,
    account: Option<AccountId>,
    written_ms: i64,
) -> Result<()> {
    let Brief { id, issuer, origin, words, helpers, team } = brief;
    let Origin { directive, priority, indicator, period, template, part_of, list, decided } =
        origin;
    let Words { work, detail, responsibility, product, authority } = words;
    let (helpers, team) = (numbers(helpers), pairs(team));
    let period = period.map(|period| period.to_string());
    let part_of = part_of.map(|task| task.0);
    let args = args![
        id.0,
        *issuer,
        directive.as_deref(),
        priority.as_deref(),
        indicator.as_deref(),
        template.as_deref(),
        part_of,
        work,
        detail,
        responsibility,
        product,
        authority,
        &helpers,
        &team,
        list.as_deref(),
        period.as_deref(),
        account,
        written_ms,
        decided.map(|at| at.stocktake.0),
        decided.map(|at| i64::from(at.item))
    ];
    tx.execute(INSERT_BRIEF, args).map(drop)
}

/// Saves what a brief asks, whatever it comes from.
///
/// # Errors
/// Unit, directive, priority or indicator do not exist (constraints); the database failed.
pub fn save_brief(tx: &mut WriteTx<'_>, brief: &Brief) -> Result<()> {
    let Brief { id, issuer, origin, words, helpers, team } = brief;
    let Words { work, detail, responsibility, product, authority } = words;
    let (helpers, team) = (numbers(helpers), pairs(team));
    let period = origin.period.map(|period| period.to_string());
    let args = args![
        *issuer,
        origin.directive.as_deref(),
        origin.priority.as_deref(),
        origin.indicator.as_deref(),
        period.as_deref(),
        work,
        detail,
        responsibility,
        product,
        authority,
        &helpers,
        &team,
        id.0
    ];
    tx.execute(UPDATE_BRIEF, args).map(drop)
}

/// Units as they are stored.
fn numbers(units: &[UnitId]) -> String {
    json::write(&units.iter().map(|unit| unit.0).collect::<Vec<i64>>())
}

/// A team as it is stored.
fn pairs(team: &[Member]) -> String {
    let pair = |member: &'_ Member| (member.name.clone(), member.duty.clone());
    json::write(&team.iter().map(pair).collect::<Vec<(String, String)>>())
}

/// Adds tasks.
///
/// # Errors
/// A number is taken; a brief, unit or account does not exist (constraints); the database failed.
pub fn insert(tx: &mut WriteTx<'_>, tasks: &[Task]) -> Result<()> {
    tx.insert_rows(INSERT, |rows| {
        for task in tasks {
            let (own, days) = (args![task.id.0, task.brief.0], Days::of(task));
            rows.add(&[own.as_slice(), values(task, &days).as_slice()].concat())?;
        }
        Ok(())
    })
}

/// Saves a task as it stands now.
///
/// # Errors
/// A unit or account does not exist (constraints); the database failed.
pub fn save(tx: &mut WriteTx<'_>, task: &Task) -> Result<()> {
    let days = Days::of(task);
    let args = [values(task, &days).as_slice(), args![task.id.0].as_slice()].concat();
    tx.execute(UPDATE, &args).map(drop)
}

/// The columns of a task after its brief.
fn values<'a>(task: &Task, days: &'a Days) -> [Value<'a>; 11] {
    *args![
        task.lead.unit,
        task.lead.account,
        task.confirmer.unit,
        task.confirmer.account,
        task.state.code(),
        days.first_deadline.as_deref(),
        days.deadline.as_deref(),
        days.given_on.as_deref(),
        task.acknowledged_ms,
        days.handed_in_on.as_deref(),
        days.asked_until.as_deref(),
    ]
}

/// Adds the same step of many tasks, each under the number of its entry in the ledger.
///
/// # Errors
/// A number is taken; a task or account does not exist (constraints); the database failed.
pub fn insert_steps(tx: &mut WriteTx<'_>, numbered: &[(i64, TaskId)], taken: &Taken) -> Result<()> {
    let Taken { step, account, in_place_of, done_ms, day, words } = taken;
    let day = day.map(|day| day.to_string());
    tx.insert_rows(INSERT_STEPS, |rows| {
        for (number, task) in numbered {
            rows.add(args![
                *number,
                task.0,
                step.code(),
                *account,
                *in_place_of,
                *done_ms,
                day.as_deref(),
                words
            ])?;
        }
        Ok(())
    })
}

/// The days of a task as they are stored.
struct Days {
    first_deadline: Option<String>,
    deadline: Option<String>,
    given_on: Option<String>,
    handed_in_on: Option<String>,
    asked_until: Option<String>,
}

impl Days {
    fn of(task: &Task) -> Self {
        let text = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            first_deadline: text(task.first_deadline),
            deadline: text(task.deadline),
            given_on: text(task.given_on),
            handed_in_on: text(task.handed_in_on),
            asked_until: text(task.asked_until),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Task> {
    Ok(Task {
        id: TaskId(row.get(0)?),
        brief: BriefId(row.get(1)?),
        lead: Party { unit: row.get(2)?, account: row.get(3)? },
        confirmer: Party { unit: row.get(4)?, account: row.get(5)? },
        state: row.code(6, "a task's state", State::from_code)?,
        first_deadline: row.get(7)?,
        deadline: row.get(8)?,
        given_on: row.get(9)?,
        acknowledged_ms: row.get(10)?,
        handed_in_on: row.get(11)?,
        asked_until: row.get(12)?,
    })
}

fn read_brief(row: &Row<'_>) -> Result<Brief> {
    let part_of: Option<i64> = row.get(6)?;
    let helpers: Vec<i64> = json::read(row.text(12)?, "the helpers of a task")?;
    let team: Vec<(String, String)> = json::read(row.text(13)?, "a team")?;
    let (stocktake, number): (Option<i64>, Option<u32>) = (row.get(16)?, row.get(17)?);
    let decided = stocktake.zip(number);
    Ok(Brief {
        id: BriefId(row.get(0)?),
        issuer: row.get(1)?,
        origin: Origin {
            directive: row.get(2)?,
            priority: row.get(3)?,
            indicator: row.get(4)?,
            template: row.get(5)?,
            part_of: part_of.map(TaskId),
            list: row.get(14)?,
            period: row.get(15)?,
            decided: decided
                .map(|(stocktake, item)| Decided { stocktake: StocktakeId(stocktake), item }),
        },
        words: Words {
            work: row.get(7)?,
            detail: row.get(8)?,
            responsibility: row.get(9)?,
            product: row.get(10)?,
            authority: row.get(11)?,
        },
        helpers: helpers.into_iter().map(UnitId).collect(),
        team: team.into_iter().map(|(name, duty)| Member { name, duty }).collect(),
    })
}
