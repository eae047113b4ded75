//! Calendars: a person's deadlines under a secret address, for the calendar on their phone.

use domain::access::{Account, AccountId, AccountState, Actor};
use domain::entrance::EntranceProblem;
use store::{accounts, calendars, grants};

use crate::accounts::{Moment, record};
use crate::door::{Doer, Kind};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets;
use crate::tasks::list::Line;

/// Deadlines in a calendar.
const DAYS_MAX: usize = 500;

impl Entrance {
    /// Makes an account's calendar; gives back the secret of its address, which is shown once. The
    /// address before it leads nowhere from then on.
    ///
    /// # Errors
    /// The database failed.
    pub fn make_calendar(&self, account: AccountId, now_ms: i64) -> Result<String, Error> {
        let (secret, secrets) = (self.secrets.token(), self.secrets.clone());
        let hash = secrets::hash(&secret);
        self.database().write_blocking::<_, Error>(move |tx| {
            calendars::save(tx, account, &hash, now_ms)?;
            let by = (Doer::Account(account), None);
            record(tx, &secrets, Kind::CalendarMade, by, account, now_ms)
        })?;
        Ok(secret)
    }

    /// Ends an account's calendar: its address leads nowhere from then on.
    ///
    /// # Errors
    /// There is none, or the database failed.
    pub fn end_calendar(&self, account: AccountId, now_ms: i64) -> Result<(), Error> {
        let secrets = self.secrets.clone();
        self.database().write_blocking(move |tx| {
            if !calendars::end(tx, account)? {
                return Err(EntranceProblem::CalendarOver.into());
            }
            let by = (Doer::Account(account), None);
            record(tx, &secrets, Kind::CalendarEnded, by, account, now_ms)
        })
    }

    /// When an account's calendar was made, in epoch milliseconds; none when there is none.
    ///
    /// # Errors
    /// The database failed.
    pub fn calendar_made(&self, account: AccountId) -> Result<Option<i64>, Error> {
        self.database().read_blocking(move |tx| Ok(calendars::made(tx, account)?))
    }

    /// Whose calendar a secret is, and what waits for them and has a deadline, the first due first.
    ///
    /// # Errors
    /// There is no such calendar, the account is locked, or the database failed.
    pub fn calendar(&self, secret: &str, moment: Moment) -> Result<(Account, Vec<Line>), Error> {
        let hash = secrets::hash(secret);
        let (account, grants) = self.database().read_blocking(move |tx| {
            let id = calendars::owner(tx, &hash)?.ok_or(EntranceProblem::CalendarOver)?;
            let account = accounts::find(tx, id)?.filter(|it| it.state == AccountState::Active);
            let account = account.ok_or(EntranceProblem::CalendarOver)?;
            let grants = grants::of_account(tx, id)?;
            Ok::<_, Error>((account, grants))
        })?;
        let mut owner = Actor { account: Some(account.clone()), grants, second_factor: false };
        self.cut_loans(&mut owner, moment.now_ms)?;
        let mut waiting = self.workspace.tasks_waiting(&owner, moment, DAYS_MAX)?;
        waiting.retain(|line| line.task.deadline.is_some());
        Ok((account, waiting))
    }
}
