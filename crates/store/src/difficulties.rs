//! Difficulties as they stand, and every step they have taken.

use domain::access::AccountId;
use domain::difficulty::{Difficulty, DifficultyId, State, Step, Words};
use domain::task::TaskId;
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

/// A step that a difficulty has taken, with who took it, when and why.
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
    /// With which unit it lay afterwards.
    pub holder: UnitId,
    /// By when the answer was needed afterwards.
    pub due: Date,
    /// The answer, or why.
    pub words: String,
}

/// A step with the name of who took it; empty for the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The step.
    pub taken: Taken,
    /// The name.
    pub name: String,
}

/// What a phone sent a difficulty under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The id that the phone chose.
    pub id: String,
    /// The SHA-256 of what it sent, in hexadecimal.
    pub sha256: String,
}

statements! {
    ALL = "select id, unit, account, task, holder, due, state, asked_on, answered_on
           from difficulty order by id";
    CHANGED = "select id, unit, account, task, holder, due, state, asked_on, answered_on
               from difficulty
               where id in (select difficulty from difficulty_step where number > $1) order by id";
    FIND = "select id, unit, account, task, holder, due, state, asked_on, answered_on
            from difficulty where id = $1";
    WORDS = "select trouble, detail from difficulty where id = $1";
    SENT_AS = "select id, parcel_sha256 from difficulty where parcel = $1";
    LAST = "select coalesce(max(id), 0) from difficulty";
    NEWEST = "select coalesce(max(number), -1) from difficulty_step";
    NEWEST_OF = "select coalesce(max(number), -1) from difficulty_step where difficulty = $1";
    STEPS = "select s.step, s.account, s.in_place_of, s.done_ms, s.holder, s.due, s.words,
                 coalesce(a.name, '')
             from difficulty_step s left join account a on a.id = s.account
             where s.difficulty = $1 order by s.number";
    INSERT = "insert into difficulty (id, parcel, parcel_sha256, unit, account, task, trouble,
                  detail, holder, due, state, asked_on, answered_on)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "update difficulty set holder = $1, due = $2, state = $3, asked_on = $4,
                  answered_on = $5
              where id = $6";
    INSERT_STEP = "insert into difficulty_step (number, difficulty, step, account, in_place_of,
                       done_ms, holder, due, words)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// All difficulties, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Difficulty>> {
    tx.all(ALL, args![], read)
}

/// The difficulties that have taken a step after one with a number, oldest first.
///
/// # Errors
/// The database failed.
pub fn changed_after(tx: &mut ReadTx<'_>, number: i64) -> Result<Vec<Difficulty>> {
    tx.all(CHANGED, args![number], read)
}

/// The difficulty with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: DifficultyId) -> Result<Option<Difficulty>> {
    tx.optional(FIND, args![id.0], read)
}

/// What a difficulty says.
///
/// # Errors
/// The database failed.
pub fn words(tx: &mut ReadTx<'_>, id: DifficultyId) -> Result<Option<Words>> {
    tx.optional(WORDS, args![id.0], |row| Ok(Words { trouble: row.get(0)?, detail: row.get(1)? }))
}

/// The difficulty that a phone sent under an id, with the SHA-256 of what it sent.
///
/// # Errors
/// The database failed.
pub fn sent_as(tx: &mut ReadTx<'_>, parcel: &str) -> Result<Option<(DifficultyId, String)>> {
    tx.optional(SENT_AS, args![parcel], |row| Ok((DifficultyId(row.get(0)?), row.get(1)?)))
}

/// The number that the next difficulty gets.
///
/// # Errors
/// The database failed.
pub fn next_id(tx: &mut ReadTx<'_>) -> Result<DifficultyId> {
    let last: i64 = tx.one(LAST, args![], |row| row.get(0))?;
    Ok(DifficultyId(last + 1))
}

/// The number of the newest step of any difficulty; -1 before the first.
///
/// # Errors
/// The database failed.
pub fn newest(tx: &mut ReadTx<'_>) -> Result<i64> {
    tx.one(NEWEST, args![], |row| row.get(0))
}

/// The number of the newest step of a difficulty; -1 before the first.
///
/// # Errors
/// The database failed.
pub fn newest_of(tx: &mut ReadTx<'_>, id: DifficultyId) -> Result<i64> {
    tx.one(NEWEST_OF, args![id.0], |row| row.get(0))
}

/// The steps that a difficulty has taken, oldest first.
///
/// # Errors
/// The database failed.
pub fn steps(tx: &mut ReadTx<'_>, id: DifficultyId) -> Result<Vec<Told>> {
    tx.all(STEPS, args![id.0], |row| {
        let taken = Taken {
            step: row.code(0, "a step of a difficulty", Step::from_code)?,
            account: row.get(1)?,
            in_place_of: row.get(2)?,
            done_ms: row.get(3)?,
            holder: row.get(4)?,
            due: row.get(5)?,
            words: row.get(6)?,
        };
        Ok(Told { taken, name: row.get(7)? })
    })
}

/// Adds a difficulty.
///
/// # Errors
/// The number is taken; a unit or account does not exist (constraints); the database failed.
pub fn insert(
    tx: &mut WriteTx<'_>,
    difficulty: &Difficulty,
    words: &Words,
    parcel: Option<&Parcel>,
) -> Result<()> {
    let Difficulty { id, unit, account, task, holder, due, state, asked_on, answered_on } =
        difficulty;
    let (due, asked_on) = (due.to_string(), asked_on.to_string());
    let answered_on = answered_on.map(|day| day.to_string());
    let task = task.map(|task| task.0);
    let args = args![
        id.0,
        parcel.map(|parcel| parcel.id.as_str()),
        parcel.map(|parcel| parcel.sha256.as_str()),
        *unit,
        *account,
        task,
        &words.trouble,
        &words.detail,
        *holder,
        &due,
        state.code(),
        &asked_on,
        answered_on.as_deref()
    ];
    tx.execute(INSERT, args).map(drop)
}

/// Saves how a difficulty stands now.
///
/// # Errors
/// The unit does not exist (constraint); the database failed.
pub fn save(tx: &mut WriteTx<'_>, difficulty: &Difficulty) -> Result<()> {
    let (due, asked_on) = (difficulty.due.to_string(), difficulty.asked_on.to_string());
    let answered_on = difficulty.answered_on.map(|day| day.to_string());
    let args = args![
        difficulty.holder,
        &due,
        difficulty.state.code(),
        &asked_on,
        answered_on.as_deref(),
        difficulty.id.0
    ];
    tx.execute(UPDATE, args).map(drop)
}

/// Adds a step, under the number of its entry in the ledger.
///
/// # Errors
/// The number is taken; the difficulty or an account does not exist (constraints); the database
/// failed.
pub fn insert_step(
    tx: &mut WriteTx<'_>,
    number: i64,
    id: DifficultyId,
    taken: &Taken,
) -> Result<()> {
    let Taken { step, account, in_place_of, done_ms, holder, due, words } = taken;
    let due = due.to_string();
    let args =
        args![number, id.0, step.code(), *account, *in_place_of, *done_ms, *holder, &due, words];
    tx.execute(INSERT_STEP, args).map(drop)
}

fn read(row: &Row<'_>) -> Result<Difficulty> {
    let task: Option<i64> = row.get(3)?;
    Ok(Difficulty {
        id: DifficultyId(row.get(0)?),
        unit: row.get(1)?,
        account: row.get(2)?,
        task: task.map(TaskId),
        holder: row.get(4)?,
        due: row.get(5)?,
        state: row.code(6, "a difficulty's state", State::from_code)?,
        asked_on: row.get(7)?,
        answered_on: row.get(8)?,
    })
}
