//! The database as the rest of the program sees it: threads that own the connections and run what
//! they are given. The only place of this crate with async.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::changes::{self, Change};
use crate::engine::{Access, Connection, Place, ReadTx, WriteTx};
use crate::error::{Error, Result};
use crate::migrations::{MIGRATIONS, migrate};

/// Threads that answer questions.
const READERS: usize = 2;

/// Jobs that may wait for a thread.
const WAITING_MAX: usize = 1_000;

type Question = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle on the database; clones share it. Dropping the last one closes it.
#[derive(Clone)]
pub struct Database {
    threads: Arc<Threads>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Database").finish_non_exhaustive()
    }
}

struct Threads {
    writer: Option<SyncSender<Change>>,
    readers: Option<SyncSender<Question>>,
    running: Vec<JoinHandle<()>>,
    turns: Arc<AtomicU64>,
}

impl Database {
    /// Opens a SQLite file (made when it does not exist) or a `postgres://` address, and brings its
    /// schema up to date.
    ///
    /// # Errors
    /// It cannot be reached or written, is not ours, is newer than this program, or the backup
    /// before a migration failed.
    pub fn open(place: &str) -> Result<Self> {
        Self::start(&Place::parse(place, None)?)
    }

    /// Opens a PostgreSQL schema of its own, made when it does not exist; for tests.
    ///
    /// # Errors
    /// As [`Self::open`], and for names other than lower-case letters, digits and `_`.
    pub fn open_in_schema(address: &str, schema: &str) -> Result<Self> {
        Self::start(&Place::parse(address, Some(schema))?)
    }

    fn start(place: &Place) -> Result<Self> {
        let turns = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&turns);
        let mut threads = Threads { writer: None, readers: None, running: Vec::new(), turns };
        let (writer, changes) = sync_channel(WAITING_MAX);
        threads.start(place, Access::Write, move |connection, place| {
            while let Ok(first) = changes.recv() {
                renew(connection, place, Access::Write);
                changes::make_together(connection, first, &changes, &counted);
            }
        })?;
        threads.writer = Some(writer);
        let (readers, questions) = sync_channel::<Question>(WAITING_MAX);
        let questions = Arc::new(Mutex::new(questions));
        for _ in 0..READERS {
            let questions = Arc::clone(&questions);
            threads.start(place, Access::Read, move |connection, place| {
                while let Some(question) = next(&questions) {
                    renew(connection, place, Access::Read);
                    question(connection);
                }
            })?;
        }
        threads.readers = Some(readers);
        Ok(Self { threads: Arc::new(threads) })
    }

    /// How often this program has changed more than figures. While it stays, what was read here
    /// about people is as it was, as far as no other program changed it.
    #[must_use]
    pub fn turns(&self) -> u64 {
        self.threads.turns.load(Ordering::Acquire)
    }

    /// Asks something; the whole closure sees one state of the database.
    ///
    /// # Errors
    /// What the closure gives back; or the database failed, is too busy, or the closure panicked.
    pub async fn read<T, E>(
        &self,
        question: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (question, answer) = reading(question);
        hand_over(self.threads.readers.as_ref(), question)?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Changes something: everything the closure did when it gives back `Ok`, nothing otherwise.
    /// Changes that wait at the same time reach the disk together, and each is answered only then.
    ///
    /// # Errors
    /// What the closure gives back; or the database failed, is too busy, or the closure panicked.
    pub async fn write<T, E>(
        &self,
        change: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (change, answer) = changes::change(change);
        hand_over(self.threads.writer.as_ref(), change)?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// [`Self::read`] for callers that may wait, such as the command line; never in async code.
    ///
    /// # Errors
    /// As [`Self::read`], except that it waits while the database is busy.
    pub fn read_blocking<T, E>(
        &self,
        question: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (question, answer) = reading(question);
        hand_over_waiting(self.threads.readers.as_ref(), question)?;
        answer.blocking_recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// [`Self::write`] for callers that may wait, such as the command line; never in async code.
    ///
    /// # Errors
    /// As [`Self::write`], except that it waits while the database is busy.
    pub fn write_blocking<T, E>(
        &self,
        change: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (change, answer) = changes::change(change);
        hand_over_waiting(self.threads.writer.as_ref(), change)?;
        answer.blocking_recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }
}

/// Removes a PostgreSQL schema with everything in it; for tests.
///
/// # Errors
/// The server cannot be reached, or the schema is in use.
pub fn drop_schema(address: &str, schema: &str) -> Result<()> {
    let place = Place::parse(address, Some(schema))?;
    // A thread of its own: the driver must not be used from async code.
    std::thread::spawn(move || place.drop_schema())
        .join()
        .unwrap_or_else(|panic| Err(panicked(panic.as_ref())))
}

fn hand_over<J>(queue: Option<&SyncSender<J>>, job: J) -> Result<()> {
    queue.ok_or(Error::Closed)?.try_send(job).map_err(|error| match error {
        TrySendError::Full(_) => Error::TooBusy,
        TrySendError::Disconnected(_) => Error::Closed,
    })
}

fn hand_over_waiting<J>(queue: Option<&SyncSender<J>>, job: J) -> Result<()> {
    queue.ok_or(Error::Closed)?.send(job).map_err(|_| Error::Closed)
}

fn reading<T, E>(
    question: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
) -> (Question, oneshot::Receiver<Result<T, E>>)
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (answer, receiver) = oneshot::channel();
    let question: Question = Box::new(move |connection| {
        let asked = || question(&mut connection.read()?);
        let outcome = unwound(asked);
        // Nobody waits any more when the caller was cancelled.
        let _unheard = answer.send(outcome);
    });
    (question, receiver)
}

/// What the work gives back, or that it panicked. Its transaction ends while the panic unwinds; the
/// connection stays usable.
pub(crate) fn unwound<T, E: From<Error>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    std::panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(panicked(panic.as_ref()).into()))
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let message = text.or_else(|| panic.downcast_ref::<String>().cloned());
    Error::Panicked { message: message.unwrap_or_else(|| "without a message".to_owned()) }
}

fn next(questions: &Mutex<Receiver<Question>>) -> Option<Question> {
    questions.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Opens a broken connection again. When that fails, whoever uses it next meets the error.
fn renew(connection: &mut Connection, place: &Place, access: Access) {
    if connection.is_broken()
        && let Ok(fresh) = Connection::open(place, access)
    {
        *connection = fresh;
    }
}

impl Threads {
    /// Starts a thread that works with a connection of its own until the last handle is gone, and
    /// waits until the connection stands.
    fn start(
        &mut self,
        place: &Place,
        access: Access,
        work: impl FnOnce(&mut Connection, &Place) + Send + 'static,
    ) -> Result<()> {
        let (ready, opened) = sync_channel(1);
        let place = place.clone();
        let name = match access {
            Access::Read => "database reader",
            Access::Write => "database writer",
        };
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            match open(&place, access) {
                Err(error) => drop(ready.send(Err(error))),
                Ok(mut connection) => {
                    drop(ready.send(Ok(())));
                    work(&mut connection, &place);
                }
            }
        });
        let thread = thread.map_err(|error| Error::Driver(format!("no thread: {error}")))?;
        self.running.push(thread);
        opened.recv().unwrap_or(Err(Error::Closed))
    }
}

fn open(place: &Place, access: Access) -> Result<Connection> {
    let mut connection = Connection::open(place, access)?;
    if access == Access::Write {
        migrate(&mut connection, place, MIGRATIONS)?;
    }
    Ok(connection)
}

impl Drop for Threads {
    fn drop(&mut self) {
        // The writer was started first and ends last and alone: when connections close at the same
        // time, SQLite takes each for not the last and leaves the changes in the `-wal` file.
        let readers = self.running.split_off(self.running.len().min(1));
        self.readers = None;
        end(readers);
        self.writer = None;
        end(std::mem::take(&mut self.running));
    }
}

/// Waits until threads have ended.
fn end(threads: Vec<JoinHandle<()>>) {
    let own = std::thread::current().id();
    for thread in threads {
        // A job may hold the last handle; its thread ends by itself.
        if thread.thread().id() != own {
            let _ended = thread.join();
        }
    }
}
