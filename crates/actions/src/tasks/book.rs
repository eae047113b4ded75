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
    /// Places in `tasks`, by brief and then by number: a draft that is written over can get a task
    /// later than its first ones.
    by_brief: Vec<usize>,
}

impl Default for TaskBook {
    /// The book of before the first task.
    fn default() -> Self {
        Self { newest: -1, briefs: Vec::new(), tasks: Vec::new(), by_brief: Vec::new() }
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
        if self.tasks.is_empty() {
            next.briefs = store::tasks::briefs(tx)?.into_iter().map(Arc::new).collect();
            next.tasks = store::tasks::all(tx)?;
            next.order();
            return Ok(Some(next));
        }
        for brief in store::tasks::briefs_changed_after(tx, self.newest)? {
            match next.briefs.binary_search_by_key(&brief.id, |known| known.id) {
                Ok(index) => next.briefs[index] = Arc::new(brief),
                Err(index) => next.briefs.insert(index, Arc::new(brief)),
            }
        }
        for task in store::tasks::changed_after(tx, self.newest)? {
            match next.tasks.binary_search_by_key(&task.id, |known| known.id) {
                Ok(index) => next.tasks[index] = task,
                Err(index) => next.tasks.insert(index, task),
            }
        }
        if next.tasks.len() > self.tasks.len() {
            next.order();
        }
        Ok(Some(next))
    }

    /// Puts the tasks in the order of their briefs.
    fn order(&mut self) {
        let Self { tasks, by_brief, .. } = self;
        *by_brief = (0..tasks.len()).collect();
        by_brief.sort_by_key(|index| (tasks[*index].brief, tasks[*index].id));
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
        let first = self.by_brief.partition_point(|index| self.tasks[*index].brief < brief);
        let tasks = self.by_brief[first..].iter().map(|index| &self.tasks[*index]);
        tasks.take_while(move |task| task.brief == brief)
    }
}
