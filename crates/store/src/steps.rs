//! The steps of tasks and of difficulties as they lie there, for whoever looks for what was changed.

use domain::access::AccountId;

use crate::engine::ReadTx;
use crate::error::Result;
use crate::value::args;

/// Whose steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepsOf {
    /// Of tasks.
    Tasks,
    /// Of difficulties.
    Difficulties,
}

/// A step as it lies there, whether or not it can be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// The place of its entry in the ledger.
    pub number: i64,
    /// The number of the task or of the difficulty.
    pub thing: i64,
    /// The code of the step.
    pub step: String,
    /// By whom.
    pub account: Option<AccountId>,
    /// In whose place.
    pub in_place_of: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Until when, for steps of tasks about a day.
    pub day: Option<String>,
    /// Why, what was done, or the answer.
    pub words: String,
}

statements! {
    OF_TASKS = "select number, task, step, account, in_place_of, done_ms, day, words
                from task_step where number > $1 order by number limit $2";
    OF_DIFFICULTIES = "select number, difficulty, step, account, in_place_of, done_ms, null, words
                       from difficulty_step where number > $1 order by number limit $2";
}

/// The steps after one with a number, so many at most, in the order of the ledger.
///
/// # Errors
/// The database failed.
pub fn after(
    tx: &mut ReadTx<'_>,
    whose: StepsOf,
    number: i64,
    count_max: u32,
) -> Result<Vec<StepRow>> {
    let statement = match whose {
        StepsOf::Tasks => OF_TASKS,
        StepsOf::Difficulties => OF_DIFFICULTIES,
    };
    tx.all(statement, args![number, count_max], |row| {
        Ok(StepRow {
            number: row.get(0)?,
            thing: row.get(1)?,
            step: row.get(2)?,
            account: row.get(3)?,
            in_place_of: row.get(4)?,
            done_ms: row.get(5)?,
            day: row.get(6)?,
            words: row.get(7)?,
        })
    })
}
