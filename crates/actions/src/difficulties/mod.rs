//! Difficulties: raising them, taking them a step further, and the questions of the pages about them.

mod book;
mod counts;
pub mod list;
pub mod page;
pub mod raise;
pub mod step;

use domain::difficulty::{Difficulty, DifficultyId, Words};
use domain::refusal::{Noun, Refusal};
use store::WriteTx;
use store::difficulties::Taken;

use crate::door::{self, Deed, Doer, Kind, Recorded, payload};
use crate::error::Error;
use crate::secrets::Secrets;

pub(crate) use book::DifficultyBook;
pub use counts::Counts;

/// The error of a difficulty that there is not.
fn missing(id: DifficultyId) -> Error {
    Refusal::NotFound { noun: Noun::Difficulty, key: id.0.to_string() }.into()
}

/// Records a step and keeps it under the number of its entry.
fn record(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    by: Doer,
    (difficulty, words): (&Difficulty, &Words),
    taken: &Taken,
) -> Result<Recorded, Error> {
    let content = payload::difficulty(difficulty);
    let deed = Deed::new(Kind::Difficulty(taken.step), difficulty.id.0.to_string(), content)
        .about(Some(difficulty.unit))
        .committing(secrets, payload::DIFFICULTY_WORDS, &payload::difficulty_words(words))?
        .committing(secrets, payload::DIFFICULTY_ANSWER, taken.words.as_bytes())?;
    let recorded = door::record(tx, by, taken.done_ms, deed)?;
    let number = i64::try_from(recorded.position).unwrap_or(i64::MAX);
    store::difficulties::insert_step(tx, number, difficulty.id, taken)?;
    Ok(recorded)
}
