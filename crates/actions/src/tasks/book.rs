//! All tasks in memory, as they stood after the newest step: lists count and choose among them
//! without asking the database.

use std::sync::Arc;

use domain::task::{Brief, BriefId, Task, TaskId};
use store::ReadTx;

use crate::error::Error;

/// All tasks with what they ask for. A later one shares with the one before what did not change.
#[derive(Debug, Clone)]
pub(crate) struct TaskBook {
    /// The number of the newest step that is in it; -1 before the first.
    newest: i64,
    /// By number.
    briefs: Vec<Arc<Brief>>,
    /// By number.
    tasks: Vec<Task>,
}

impl Default for TaskBook {
    /// The book of before the first task.
    fn default() -> Self {
        Self { newest: -1, briefs: Vec::new(), tasks: Vec::new() }
    }
}

impl TaskBook {
    /// The book as of now, after this one: only what was written or done since is read. None when
    /// nothing was.
    pub(crate) fn brought_up(&self, tx: &mut ReadTx<'_>) -> Result<Option<Self>, Error> {
        let newest = store::tasks::newest(tx)?;
        if newest == self.newest {
            return Ok(None);
        }
        let mut next = Self { newest, ..self.clone() };
        let last = self.briefs.last().map_or(BriefId(0), |brief| brief.id);
        next.briefs.extend(store::tasks::briefs_after(tx, last)?.into_iter().map(Arc::new));
        if self.tasks.is_empty() {
            next.tasks = store::tasks::all(tx)?;
            return Ok(Some(next));
        }
        for task in store::tasks::changed_after(tx, self.newest)? {
            match next.tasks.binary_search_by_key(&task.id, |known| known.id) {
                Ok(index) => next.tasks[index] = task,
                Err(index) => next.tasks.insert(index, task),
            }
        }
        Ok(Some(next))
    }

    /// All tasks, oldest first.
    pub(crate) fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// The task with a number.
    pub(crate) fn task(&self, id: TaskId) -> Option<&Task> {
        let index = self.tasks.binary_search_by_key(&id, |task| task.id).ok()?;
        self.tasks.get(index)
    }

    /// All briefs, oldest first.
    pub(crate) fn briefs(&self) -> &[Arc<Brief>] {
        &self.briefs
    }

    /// What a task asks for. Every task has a brief.
    pub(crate) fn brief(&self, id: BriefId) -> Option<&Arc<Brief>> {
        let index = self.briefs.binary_search_by_key(&id, |brief| brief.id).ok()?;
        self.briefs.get(index)
    }

    /// The tasks that were given together, oldest first.
    pub(crate) fn together(&self, brief: BriefId) -> impl Iterator<Item = &Task> {
        // Given together, their numbers follow one another.
        let first = self.tasks.partition_point(|task| task.brief < brief);
        self.tasks[first..].iter().take_while(move |task| task.brief == brief)
    }
}
