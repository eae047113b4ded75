//! Changes that reach the disk together: a write to the disk takes as long for many as for one.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::database::unwound;
use crate::engine::{Connection, Reach, WriteTx};
use crate::error::{Error, Result};

/// Changes in one transaction.
const TOGETHER_MAX: usize = 64;

/// How long those that were made wait for more.
const TOGETHER_TIME: Duration = Duration::from_millis(10);

/// A change that waits for its turn.
pub(crate) type Change = Box<dyn Waiting>;

/// A change, first to be made and then to be answered for.
pub(crate) trait Waiting: Send {
    /// Makes the change.
    fn make(&mut self, tx: &mut WriteTx<'_>) -> Made;

    /// Tells whoever waits how it ended: by what it gave back, once that is on disk.
    fn answer(self: Box<Self>, committed: Result<()>);
}

/// What becomes of what a change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// It is to be kept.
    Kept,
    /// It was refused or failed, and is to be taken back.
    TakenBack,
}

/// A change, and where its outcome will be told.
pub(crate) fn change<F, T, E>(work: F) -> (Change, oneshot::Receiver<Result<T, E>>)
where
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (answer, receiver) = oneshot::channel();
    (Box::new(Pending { work: Some(work), outcome: None, answer }), receiver)
}

struct Pending<F, T, E> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Waiting for Pending<F, T, E>
where
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn make(&mut self, tx: &mut WriteTx<'_>) -> Made {
        let Some(work) = self.work.take() else { return Made::TakenBack };
        let mut outcome = unwound(|| work(tx));
        if outcome.is_ok() && tx.has_failed() {
            outcome = Err(Error::TransactionFailed.into());
        }
        let made = if outcome.is_ok() { Made::Kept } else { Made::TakenBack };
        self.outcome = Some(outcome);
        made
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let outcome = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(Error::Closed.into()),
            (Err(error), _) => Err(error.into()),
        };
        // Nobody waits any more when the caller was cancelled.
        let _unheard = self.answer.send(outcome);
    }
}

/// Makes a change, and those that wait already, in one transaction; answers all of them when it is
/// on disk. Also a refusal waits for that, because it may rest on what another one has changed.
/// `turns` grows before anybody is answered, unless all of them concern figures alone.
pub(crate) fn make_together(
    connection: &mut Connection,
    mut first: Change,
    waiting: &Receiver<Change>,
    turns: &AtomicU64,
) {
    let began = Instant::now();
    let mut tx = match connection.write() {
        Ok(tx) => tx,
        Err(error) => return first.answer(Err(error)),
    };
    // The first needs no part of its own: when it is taken back, there is nothing else yet.
    if first.make(&mut tx) == Made::TakenBack {
        drop(tx);
        return first.answer(Ok(()));
    }
    let mut reaches = vec![tx.take_reach()];
    let mut made = vec![first];
    let mut broken = None;
    while made.len() < TOGETHER_MAX && began.elapsed() < TOGETHER_TIME {
        let Ok(mut next) = waiting.try_recv() else { break };
        let joined = join(&mut tx, &mut next);
        reaches.push(tx.take_reach());
        made.push(next);
        if let Err(error) = joined {
            broken = Some(error);
            break;
        }
    }
    let committed = match broken {
        None => tx.commit(),
        Some(error) => {
            drop(tx);
            Err(error)
        }
    };
    if reaches.contains(&Reach::Everything) {
        turns.fetch_add(1, Ordering::Release);
    }
    made.into_iter().for_each(|change| change.answer(committed.clone()));
}

/// Makes a change that can be taken back alone.
fn join(tx: &mut WriteTx<'_>, change: &mut Change) -> Result<()> {
    tx.begin_part()?;
    match change.make(tx) {
        Made::Kept => {
            tx.keep_part();
            Ok(())
        }
        Made::TakenBack => tx.take_part_back(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::AtomicU64;
    use std::sync::mpsc::channel;

    use super::{Change, change, make_together};
    use crate::engine::{Access, Connection, Place};
    use crate::error::{Error, Result};
    use crate::migrations::{MIGRATIONS, migrate};
    use crate::settings;

    fn saving(
        key: &'static str,
        value: &'static str,
    ) -> (Change, tokio::sync::oneshot::Receiver<Result<()>>) {
        change(move |tx| settings::save(tx, key, value))
    }

    fn opened(folder: &Path) -> Connection {
        let place = Place::File(folder.join("x.db"));
        let mut connection = Connection::open(&place, Access::Write).unwrap();
        migrate(&mut connection, &place, MIGRATIONS).unwrap();
        connection
    }

    fn saved(connection: &mut Connection) -> Vec<String> {
        let mut tx = connection.read().unwrap();
        settings::all(&mut tx).unwrap().into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn changes_that_wait_are_made_in_one_transaction_and_each_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = opened(folder.path());
        let (queue, waiting) = channel();
        let (first, mut first_answer) = saving("a", "1");
        let (second, mut second_answer) = saving("b", "NUL \0");
        let (third, mut third_answer) = saving("c", "1");
        for change in [second, third] {
            queue.send(change).unwrap();
        }
        make_together(&mut connection, first, &waiting, &AtomicU64::new(0));
        assert!(waiting.try_recv().is_err(), "nothing waits any more");
        first_answer.try_recv().unwrap().unwrap();
        assert!(matches!(second_answer.try_recv().unwrap(), Err(Error::TextWithNul)));
        third_answer.try_recv().unwrap().unwrap();
        assert_eq!(saved(&mut connection), ["a", "c"]);
    }

    #[test]
    fn nobody_is_told_of_success_when_the_commit_fails() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = opened(folder.path());
        let (queue, waiting) = channel();
        let (first, mut first_answer) = saving("a", "1");
        // Ends the transaction under the others' feet, as a full disk does.
        let (second, mut second_answer) = change(|tx| tx.script("rollback"));
        let (third, mut third_answer) = saving("c", "1");
        for change in [second, third] {
            queue.send(change).unwrap();
        }
        make_together(&mut connection, first, &waiting, &AtomicU64::new(0));
        assert!(first_answer.try_recv().unwrap().is_err());
        assert!(second_answer.try_recv().unwrap().is_err());
        assert!(third_answer.try_recv().unwrap().is_err());
        assert_eq!(saved(&mut connection), Vec::<String>::new());
    }
}
