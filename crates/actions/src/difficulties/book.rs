//! All difficulties in memory, as they stood after the newest step, without their words: lists count
//! and choose there and ask the database for the words of one page.

use domain::difficulty::{Difficulty, DifficultyId};
use domain::task::TaskId;
use store::ReadTx;

use crate::error::Error;

/// All difficulties, by number.
#[derive(Debug, Clone)]
pub(crate) struct DifficultyBook {
    /// The number of the newest step that is in it; -1 before the first.
    newest: i64,
    difficulties: Vec<Difficulty>,
}

impl Default for DifficultyBook {
    /// The book of before the first difficulty.
    fn default() -> Self {
        Self { newest: -1, difficulties: Vec::new() }
    }
}

impl DifficultyBook {
    /// The book as of now, after this one: only what was done since is read. None when nothing was.
    pub(crate) fn brought_up(&self, tx: &mut ReadTx<'_>) -> Result<Option<Self>, Error> {
        let newest = store::difficulties::newest(tx)?;
        if newest == self.newest {
            return Ok(None);
        }
        if self.difficulties.is_empty() {
            return Ok(Some(Self { newest, difficulties: store::difficulties::all(tx)? }));
        }
        let mut next = Self { newest, ..self.clone() };
        for changed in store::difficulties::changed_after(tx, self.newest)? {
            match next.difficulties.binary_search_by_key(&changed.id, |known| known.id) {
                Ok(index) => next.difficulties[index] = changed,
                Err(index) => next.difficulties.insert(index, changed),
            }
        }
        Ok(Some(next))
    }

    /// All of them, oldest first.
    pub(crate) fn all(&self) -> &[Difficulty] {
        &self.difficulties
    }

    /// The difficulty with a number.
    pub(crate) fn find(&self, id: DifficultyId) -> Option<&Difficulty> {
        let index = self.difficulties.binary_search_by_key(&id, |known| known.id).ok()?;
        self.difficulties.get(index)
    }

    /// Those about a task, oldest first.
    pub(crate) fn about(&self, task: TaskId) -> impl Iterator<Item = &Difficulty> {
        self.difficulties.iter().filter(move |one| one.task == Some(task))
    }
}
