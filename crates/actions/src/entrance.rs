//! The entrance: signing in and out, sessions, and what an account does about itself.

use std::sync::Arc;

use domain::access::{Account, AccountId, AccountState, Actor, Grant, Right, SecondFactor};
use domain::entrance::{EntranceProblem, ProviderProblem};
use domain::refusal::{Noun, Refusal};
use jiff::civil::Date;
use store::sessions::{NewSession, Session};
use store::{Database, ReadTx, WriteTx, accounts, grants, sessions};

use crate::accounts::{delegation, may_anywhere, record};
use crate::door::{self, Deed, Doer, Kind, denials, payload};
use crate::error::Error;
use crate::one_time_codes::{Code, code};
use crate::passwords;
use crate::secrets::{self, Secrets, hex};
use crate::visitors::Visitors;
use crate::workspace::Workspace;
use crate::zone;

/// How long a one-time code counts for what can do lasting harm: giving roles above all.
pub(crate) const FRESH_MS: i64 = 10 * MINUTE_MS;
/// How long it counts for judging figures, which is done all day: a day's work, so that a browser taken
/// over in the evening approves nothing and nobody is asked twice a day.
const WORKDAY_MS: i64 = 8 * HOUR_MS;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Wrong attempts that cost nothing.
const FREE_ATTEMPTS: u32 = 5;
/// The wait after the first wrong attempt that costs something; every further one doubles it.
const FIRST_WAIT_MS: i64 = 30_000;
/// The longest wait, so that strangers cannot lock an official out.
const LONGEST_WAIT_MS: i64 = 15 * MINUTE_MS;

/// How long a session lasts without being used.
const IDLE_MS: i64 = 12 * HOUR_MS;
/// How long a session lasts in all.
const SESSION_MS: i64 = 7 * DAY_MS;
/// The same where a role asks for one-time codes.
const GUARDED_IDLE_MS: i64 = 30 * MINUTE_MS;
const GUARDED_SESSION_MS: i64 = 12 * HOUR_MS;

/// Sessions of one account at the same time: a phone, a desk and what was left open elsewhere. Where
/// one more begins, the one that was unused longest ends, so that nothing forgotten stays open.
const SESSIONS_MAX: usize = 10;
/// The same where a role asks for one-time codes: whoever answers for others knows where they sit.
const GUARDED_SESSIONS_MAX: usize = 3;

/// The longest name of a device that is kept.
const DEVICE_MAX: usize = 200;

/// What is typed to sign in.
#[derive(Clone, Default)]
pub struct SignIn {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// The one-time code or a recovery code; empty when none is asked for.
    pub code: String,
    /// What the browser calls itself.
    pub device: String,
}

/// Who comes with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// The actor.
    pub actor: Actor,
    /// The session.
    pub session: Session,
    /// Whether the account has one-time codes, be it that no role asks for them.
    pub has_codes: bool,
}

/// How old the one-time code may be that something rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeAge {
    /// Of the last ten minutes.
    Fresh,
    /// Of this day's work.
    Workday,
}

impl CodeAge {
    /// The most milliseconds since it was given.
    fn most_ms(self) -> i64 {
        match self {
            Self::Fresh => FRESH_MS,
            Self::Workday => WORKDAY_MS,
        }
    }
}

impl Visitor {
    /// The actor with nothing but a code that is not older than this: whoever took over a session
    /// that somebody left open does not have one.
    #[must_use]
    pub fn within(&self, age: CodeAge, now_ms: i64) -> Actor {
        let given = self.session.second_factor_ms;
        let second_factor = given.is_some_and(|given| now_ms < given + age.most_ms());
        Actor { second_factor, ..self.actor.clone() }
    }

    /// Whether a code is to be given before a right is used: where a role asks for codes or the
    /// account has them, and none in this session is new enough.
    #[must_use]
    pub fn owes_code(&self, right: Right, age: CodeAge, now_ms: i64, today: Date) -> bool {
        let held = self.within(age, now_ms);
        let is_asked = self.has_codes || may_anywhere(&held, right, today).is_err();
        !held.second_factor && is_asked
    }
}

/// The door for people: their accounts and sessions.
#[derive(Debug, Clone)]
pub struct Entrance {
    pub(crate) workspace: Arc<Workspace>,
    pub(crate) secrets: Secrets,
    recent: Arc<Visitors>,
}

impl Entrance {
    /// An entrance to a workspace.
    #[must_use]
    pub fn new(workspace: Arc<Workspace>, secrets: Secrets) -> Self {
        Self { workspace, secrets, recent: Arc::default() }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.workspace.database
    }

    /// Signs in; gives back the secret for the browser's cookie.
    ///
    /// # Errors
    /// Something typed is wrong (which is not said), there were too many wrong attempts, or the
    /// database failed.
    pub fn sign_in(&self, typed: SignIn, now_ms: i64, today: Date) -> Result<String, Error> {
        let secrets = self.secrets.clone();
        // A wrong attempt is counted, so the outcome is carried out of the transaction.
        let outcome = self.database().write_blocking(move |tx| {
            attempt(tx, &secrets, &typed, now_ms, today).map(Ok).or_else(|error| match error {
                Error::Refused(why) => Ok(Err(Error::Refused(why))),
                Error::Database(_) | Error::Fault(_) => Err(error),
            })
        });
        outcome?
    }

    /// Who comes with a secret; nobody when its session is over.
    ///
    /// # Errors
    /// The database failed.
    pub fn visitor(&self, secret: &str, now_ms: i64) -> Result<Option<Visitor>, Error> {
        if let Some(known) = self.known_visitor(secret, now_ms) {
            return Ok(Some(known));
        }
        let turns = self.database().turns();
        let hash = secrets::hash(secret);
        let key = hash.clone();
        let mut found = self.database().read_blocking(move |tx| visitor(tx, &key, now_ms))?;
        if let Some(found) = &mut found {
            self.cut_loans(&mut found.actor, now_ms)?;
            self.recent.note(turns, now_ms, &hash, found);
        }
        // To the minute, so that looking at pages does not write all the time.
        if found.as_ref().is_some_and(|found| found.session.seen_ms + MINUTE_MS <= now_ms) {
            self.database()
                .write_blocking::<_, Error>(move |tx| Ok(sessions::see(tx, &hash, now_ms)?))?;
        }
        Ok(found)
    }

    /// Who comes with a secret, when it is known without asking the database: because they came a
    /// moment ago.
    #[must_use]
    pub fn known_visitor(&self, secret: &str, now_ms: i64) -> Option<Visitor> {
        self.recent.find(self.database().turns(), now_ms, &secrets::hash(secret))
    }

    /// Cuts what is lent to an actor to what its lenders hold today.
    pub(crate) fn cut_loans(&self, actor: &mut Actor, now_ms: i64) -> Result<(), Error> {
        if actor.grants.iter().all(|grant| grant.delegated_by.is_none()) {
            return Ok(());
        }
        let snapshot = self.workspace.planned()?;
        let (grants, today) = (std::mem::take(&mut actor.grants), zone::day_of(now_ms));
        actor.grants = self
            .database()
            .read_blocking(move |tx| delegation::in_force(tx, &snapshot, grants, today))?;
        Ok(())
    }

    /// Records that somebody asked for what they may not have, once a minute at most.
    ///
    /// # Errors
    /// The database failed.
    pub fn note_denial(&self, who: &Actor, right: Right, now_ms: i64) -> Result<(), Error> {
        denials::denied(self.database(), who, right, now_ms)
    }

    /// Ends a session of an account.
    ///
    /// # Errors
    /// The account has no such session, or the database failed.
    pub fn end_session(&self, account: AccountId, id: i64, now_ms: i64) -> Result<(), Error> {
        self.database().write_blocking(move |tx| {
            if !sessions::end(tx, id, account, now_ms)? {
                return Err(Refusal::NotFound { noun: Noun::Session, key: id.to_string() }.into());
            }
            note_ended(tx, id, account, now_ms)
        })
    }

    /// The sessions of an account that last, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn sessions(&self, account: AccountId, now_ms: i64) -> Result<Vec<Session>, Error> {
        self.database().read_blocking(move |tx| {
            let mut all = sessions::of_account(tx, account, now_ms)?;
            let grants = grants::of_account(tx, account)?;
            all.retain(|session| lasts(session, &grants, now_ms));
            Ok(all)
        })
    }

    /// Changes the password of an account that knows it; its other sessions end.
    ///
    /// # Errors
    /// The present password is wrong, the new one is weak, or the database failed.
    pub fn change_password(
        &self,
        account: &Account,
        present: String,
        new: String,
        keep: i64,
        now_ms: i64,
    ) -> Result<(), Error> {
        passwords::check(&new, &account.login, &account.name)?;
        let (id, secrets) = (account.id, self.secrets.clone());
        self.database().write_blocking(move |tx| {
            let known = credentials(tx, id)?;
            if !passwords::verify(&present, known.password.as_deref(), &secrets)? {
                return Err(EntranceProblem::WrongSignIn.into());
            }
            accounts::set_password(tx, id, &passwords::hash(&new, &secrets)?)?;
            for session in sessions::of_account(tx, id, now_ms)? {
                if session.id != keep {
                    sessions::end(tx, session.id, id, now_ms)?;
                }
            }
            let by = (Doer::Account(id), None);
            record(tx, &secrets, Kind::PasswordChanged, by, id, now_ms)
        })
    }

    /// Accepts an invitation with a password of one's own; the account may sign in from now on.
    ///
    /// # Errors
    /// The invitation is over, the password is weak, or the database failed.
    pub fn accept_invitation(
        &self,
        secret: &str,
        password: String,
        now_ms: i64,
    ) -> Result<Account, Error> {
        let (hash, secrets) = (secrets::hash(secret), self.secrets.clone());
        self.database().write_blocking(move |tx| {
            let account = invited(tx, &hash, now_ms)?;
            // Who signs in through a provider must not get another way in by paper.
            if accounts::row(tx, account.id)?
                .is_some_and(|row| row.identity.is_some() && row.password.is_none())
            {
                return Err(Refusal::from(ProviderProblem::NoPassword).into());
            }
            passwords::check(&password, &account.login, &account.name)?;
            if !accounts::use_invitation(tx, &hash, now_ms)? {
                return Err(EntranceProblem::InvitationOver.into());
            }
            accounts::set_password(tx, account.id, &passwords::hash(&password, &secrets)?)?;
            accounts::set_state(tx, account.id, AccountState::Active)?;
            sessions::end_all(tx, account.id, now_ms)?;
            let by = (Doer::Account(account.id), None);
            record(tx, &secrets, Kind::InvitationAccepted, by, account.id, now_ms)?;
            Ok(Account { state: AccountState::Active, ..account })
        })
    }

    /// Whose invitation a secret is.
    ///
    /// # Errors
    /// It is over, or the database failed.
    pub fn invited(&self, secret: &str, now_ms: i64) -> Result<Account, Error> {
        let hash = secrets::hash(secret);
        self.database().read_blocking(move |tx| invited(tx, &hash, now_ms))
    }
}

pub(crate) fn invited(tx: &mut ReadTx<'_>, hash: &str, now_ms: i64) -> Result<Account, Error> {
    let id = accounts::invited(tx, hash, now_ms)?.ok_or(EntranceProblem::InvitationOver)?;
    let account = accounts::find(tx, id)?.filter(|it| it.state != AccountState::Disabled);
    account.ok_or_else(|| EntranceProblem::InvitationOver.into())
}

pub(crate) fn credentials(
    tx: &mut ReadTx<'_>,
    id: AccountId,
) -> Result<accounts::Credentials, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Account, key: id.0.to_string() };
    Ok(accounts::credentials(tx, id)?.ok_or_else(missing)?)
}

fn attempt(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    typed: &SignIn,
    now_ms: i64,
    today: Date,
) -> Result<String, Error> {
    let login = domain::access::login(&typed.login).unwrap_or_default();
    let account = accounts::find_by_login(tx, &login)?;
    let known = match &account {
        Some(account) => Some(credentials(tx, account.id)?),
        None => None,
    };
    if let Some(seconds) = known.as_ref().and_then(|known| wait(known, now_ms)) {
        return Err(EntranceProblem::TooManyAttempts { seconds }.into());
    }
    let password = known.as_ref().and_then(|known| known.password.as_deref());
    let fits = passwords::verify(&typed.password, password, secrets)?;
    let (Some(account), Some(known)) = (account, &known) else {
        denials::note(tx, Doer::Stranger, Kind::SignInFailed, "unknown", now_ms)?;
        return Err(EntranceProblem::WrongSignIn.into());
    };
    let code =
        if fits { code(tx, secrets, account.id, known, typed, now_ms)? } else { Code::Wrong };
    if code == Code::Wrong || account.state != AccountState::Active {
        accounts::note_failure(tx, account.id, now_ms)?;
        let deed = Deed::new(Kind::SignInFailed, account.id.0.to_string(), Vec::new());
        door::record(tx, Doer::Stranger, now_ms, deed)?;
        return Err(EntranceProblem::WrongSignIn.into());
    }
    accounts::forget_failures(tx, account.id)?;
    begin(tx, secrets, &account, code, typed, now_ms, today)
}

/// How many seconds an account has to wait before the next attempt.
pub(crate) fn wait(known: &accounts::Credentials, now_ms: i64) -> Option<u64> {
    let costly = known.failures.checked_sub(FREE_ATTEMPTS)?;
    let wait = FIRST_WAIT_MS.checked_shl(costly).filter(|wait| *wait > 0);
    let wait = wait.unwrap_or(LONGEST_WAIT_MS).min(LONGEST_WAIT_MS);
    let left = known.failed_ms + wait - now_ms;
    u64::try_from(left).ok().filter(|left| *left > 0).map(|left| left.div_ceil(1_000))
}

/// Begins a session of an account that has proven itself.
pub(crate) fn begin(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    account: &Account,
    code: Code,
    typed: &SignIn,
    now_ms: i64,
    today: Date,
) -> Result<String, Error> {
    sessions::forget(tx, now_ms - DAY_MS)?;
    let grants = grants::of_account(tx, account.id)?;
    let actor = Actor { account: Some(account.clone()), grants, second_factor: false };
    let guarded = actor.needs_second_factor(today);
    let session = Session {
        id: 0,
        account: account.id,
        device: typed.device.chars().take(DEVICE_MAX).collect(),
        created_ms: now_ms,
        seen_ms: now_ms,
        ends_ms: now_ms + if guarded { GUARDED_SESSION_MS } else { SESSION_MS },
        second_factor_ms: (code == Code::Right).then_some(now_ms),
        form_secret: hex(&secrets.bytes::<16>()),
    };
    let others_max = if guarded { GUARDED_SESSIONS_MAX } else { SESSIONS_MAX } - 1;
    end_unused(tx, account.id, others_max, now_ms)?;
    save_session(tx, secrets, session, now_ms)
}

/// Ends the sessions of an account that were unused longest, until so many are left.
fn end_unused(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    left: usize,
    now_ms: i64,
) -> Result<(), Error> {
    let mut sessions = sessions::of_account(tx, account, now_ms)?;
    sessions.sort_by_key(|session| std::cmp::Reverse((session.seen_ms, session.id)));
    for session in sessions.iter().skip(left) {
        sessions::end(tx, session.id, account, now_ms)?;
        note_ended(tx, session.id, account, now_ms)?;
    }
    Ok(())
}

/// Records that a session of an account was ended.
fn note_ended(tx: &mut WriteTx<'_>, id: i64, account: AccountId, now_ms: i64) -> Result<(), Error> {
    let content = payload::object([("account", account.0.into())]);
    let deed = Deed::new(Kind::SessionEnded, id.to_string(), content);
    door::record(tx, Doer::Account(account), now_ms, deed).map(drop)
}

/// Saves a session under a secret of its own, and records that it began.
pub(crate) fn save_session(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    session: Session,
    now_ms: i64,
) -> Result<String, Error> {
    let token = secrets.token();
    let (secret_hash, account) = (secrets::hash(&token), session.account);
    let with_code = session.second_factor_ms.is_some();
    let id = sessions::insert(tx, &NewSession { secret_hash, session })?;
    let content =
        payload::object([("account", account.0.into()), ("second_factor", with_code.into())]);
    let deed = Deed::new(Kind::SignedIn, id.to_string(), content);
    door::record(tx, Doer::Account(account), now_ms, deed)?;
    Ok(token)
}

fn visitor(tx: &mut ReadTx<'_>, hash: &str, now_ms: i64) -> Result<Option<Visitor>, Error> {
    let Some(session) = sessions::find(tx, hash, now_ms)? else { return Ok(None) };
    let account = accounts::find(tx, session.account)?;
    let Some(account) = account.filter(|account| account.state == AccountState::Active) else {
        return Ok(None);
    };
    let grants = grants::of_account(tx, account.id)?;
    if !lasts(&session, &grants, now_ms) {
        return Ok(None);
    }
    let has_codes = credentials(tx, account.id)?.one_time_secret.is_some();
    let second_factor = session.second_factor_ms.is_some();
    let actor = Actor { account: Some(account), grants, second_factor };
    Ok(Some(Visitor { actor, session, has_codes }))
}

/// Whether a session has been used lately enough.
fn lasts(session: &Session, grants: &[Grant], now_ms: i64) -> bool {
    let guarded = grants.iter().any(|grant| grant.role.second_factor == SecondFactor::Required);
    let idle_ms = if guarded { GUARDED_IDLE_MS } else { IDLE_MS };
    now_ms < session.seen_ms + idle_ms
}
