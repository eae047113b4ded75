//! Accounts: who may sign in, and with what.

use domain::access::{Account, AccountId, AccountState};

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

/// What an account signs in with. Never leaves `actions`.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The password's hash in PHC form; none before one was chosen.
    pub password: Option<String>,
    /// The sealed secret of its one-time codes.
    pub one_time_secret: Option<Vec<u8>>,
    /// The newest step whose code was used: a code works once.
    pub one_time_step: i64,
    /// Wrong attempts since the last right one.
    pub failures: u32,
    /// When the last wrong attempt was, in epoch milliseconds.
    pub failed_ms: i64,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}

/// An account about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// What is typed to sign in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Whether it may sign in.
    pub state: AccountState,
    /// When, in epoch milliseconds.
    pub created_ms: i64,
}

/// An account as its row has it: for comparing with the ledger, so nothing of it is interpreted.
/// Never leaves `actions`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Its number.
    pub id: i64,
    /// What is typed to sign in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The code of its state.
    pub state: String,
    /// The password's hash.
    pub password: Option<String>,
    /// The sealed secret of its one-time codes.
    pub one_time_secret: Option<Vec<u8>>,
    /// Who it is to an identity provider.
    pub identity: Option<Identity>,
    /// Where urging reaches the person by mail.
    pub mail: Option<Mail>,
}

/// Where mails go, and in which language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub address: String,
    /// The code of the language.
    pub language: String,
}

/// Who somebody is to an identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider's address.
    pub issuer: String,
    /// The person's number there, which is never given to another.
    pub subject: String,
}

statements! {
    ROWS = "select id, login, name, state, password, one_time_secret, issuer, subject, mail, mail_lang
            from account order by id";
    ROW = "select id, login, name, state, password, one_time_secret, issuer, subject, mail, mail_lang
           from account where id = $1";
    FIND_BY_IDENTITY = "select id, login, name, state from account
                        where issuer = $1 and subject = $2";
    MAIL = "select mail, mail_lang from account where id = $1";
    SET_MAIL = "update account set mail = $1, mail_lang = $2 where id = $3";
    WITH_MAIL = "select id, login, name, state from account
                 where mail is not null and state = $1 order by id";
    SET_IDENTITY = "update account set issuer = $1, subject = $2 where id = $3";
    ALL = "select id, login, name, state from account order by id";
    FIND = "select id, login, name, state from account where id = $1";
    FIND_BY_LOGIN = "select id, login, name, state from account where login = $1";
    CREDENTIALS = "select password, one_time_secret, one_time_step, failures, failed_ms
                   from account where id = $1";
    INSERT = "insert into account (id, login, name, state, one_time_step, failures, failed_ms,
                  created_ms)
              values ((select coalesce(max(id), 0) + 1 from account), $1, $2, $3, 0, 0, 0, $4)
              returning id";
    SET_STATE = "update account set state = $1 where id = $2";
    SET_PASSWORD = "update account set password = $1, failures = 0 where id = $2";
    SET_ONE_TIME_SECRET = "update account set one_time_secret = $1, one_time_step = $2
                           where id = $3";
    USE_STEP = "update account set one_time_step = $1 where id = $2 and one_time_step < $1";
    NOTE_FAILURE = "update account set failures = failures + 1, failed_ms = $1 where id = $2";
    FORGET_FAILURES = "update account set failures = 0 where id = $1 and failures > 0";
    ADD_RECOVERY_CODE = "insert into recovery_code (account, hash) values ($1, $2)";
    DROP_RECOVERY_CODES = "delete from recovery_code where account = $1";
    USE_RECOVERY_CODE = "update recovery_code set used_ms = $1
                         where account = $2 and hash = $3 and used_ms is null";
    COUNT_RECOVERY_CODES = "select count(*) from recovery_code
                            where account = $1 and used_ms is null";
    INVITE = "insert into invitation (secret, account, ends_ms) values ($1, $2, $3)";
    FIND_INVITATION = "select account from invitation
                       where secret = $1 and used_ms is null and ends_ms > $2";
    USE_INVITATION = "update invitation set used_ms = $1
                      where secret = $2 and used_ms is null and ends_ms > $1";
}

/// All accounts, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Account>> {
    tx.all(ALL, args![], read)
}

/// All accounts as their rows have them, oldest first.
///
/// # Errors
/// The database failed.
pub fn rows(tx: &mut ReadTx<'_>) -> Result<Vec<AccountRow>> {
    tx.all(ROWS, args![], read_row)
}

/// The account with a number, as its row has it.
///
/// # Errors
/// The database failed.
pub fn row(tx: &mut ReadTx<'_>, id: AccountId) -> Result<Option<AccountRow>> {
    tx.optional(ROW, args![id], read_row)
}

fn read_row(row: &Row<'_>) -> Result<AccountRow> {
    Ok(AccountRow {
        id: row.get(0)?,
        login: row.get(1)?,
        name: row.get(2)?,
        state: row.get(3)?,
        password: row.get(4)?,
        one_time_secret: row.get(5)?,
        identity: match (row.get(6)?, row.get(7)?) {
            (Some(issuer), Some(subject)) => Some(Identity { issuer, subject }),
            (None | Some(_), _) => None,
        },
        mail: read_mail(row, 8)?,
    })
}

fn read_mail(row: &Row<'_>, first: usize) -> Result<Option<Mail>> {
    Ok(match (row.get(first)?, row.get(first + 1)?) {
        (Some(address), Some(language)) => Some(Mail { address, language }),
        (None | Some(_), _) => None,
    })
}

/// Where mails to an account go; none where it wants none.
///
/// # Errors
/// The database failed.
pub fn mail(tx: &mut ReadTx<'_>, id: AccountId) -> Result<Option<Mail>> {
    Ok(tx.optional(MAIL, args![id], |row| read_mail(row, 0))?.flatten())
}

/// Sets where mails to an account go.
///
/// # Errors
/// The database failed.
pub fn set_mail(tx: &mut WriteTx<'_>, id: AccountId, mail: Option<&Mail>) -> Result<()> {
    let address = mail.map(|mail| mail.address.as_str());
    let language = mail.map(|mail| mail.language.as_str());
    tx.execute(SET_MAIL, args![address, language, id]).map(drop)
}

/// The accounts that may sign in and have a mail address.
///
/// # Errors
/// The database failed.
pub fn with_mail(tx: &mut ReadTx<'_>) -> Result<Vec<Account>> {
    tx.all(WITH_MAIL, args![AccountState::Active.code()], read)
}

/// The account with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: AccountId) -> Result<Option<Account>> {
    tx.optional(FIND, args![id], read)
}

/// The account with a login.
///
/// # Errors
/// The database failed.
pub fn find_by_login(tx: &mut ReadTx<'_>, login: &str) -> Result<Option<Account>> {
    tx.optional(FIND_BY_LOGIN, args![login], read)
}

/// The account of somebody whom an identity provider knows.
///
/// # Errors
/// The database failed.
pub fn find_by_identity(tx: &mut ReadTx<'_>, identity: &Identity) -> Result<Option<Account>> {
    tx.optional(FIND_BY_IDENTITY, args![&identity.issuer, &identity.subject], read)
}

/// Sets who an account is to an identity provider.
///
/// # Errors
/// Another account is that person (a constraint), or the database failed.
pub fn set_identity(tx: &mut WriteTx<'_>, id: AccountId, identity: &Identity) -> Result<()> {
    tx.execute(SET_IDENTITY, args![&identity.issuer, &identity.subject, id]).map(drop)
}

/// What an account signs in with.
///
/// # Errors
/// The database failed.
pub fn credentials(tx: &mut ReadTx<'_>, id: AccountId) -> Result<Option<Credentials>> {
    tx.optional(CREDENTIALS, args![id], |row| {
        Ok(Credentials {
            password: row.get(0)?,
            one_time_secret: row.get(1)?,
            one_time_step: row.get(2)?,
            failures: row.get(3)?,
            failed_ms: row.get(4)?,
        })
    })
}

/// Makes an account; gives back its number.
///
/// # Errors
/// The login is taken (a constraint), or the database failed.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewAccount) -> Result<AccountId> {
    let NewAccount { login, name, state, created_ms } = new;
    let args = args![login, name, state.code(), *created_ms];
    tx.one(INSERT, args, |row| row.get(0))
}

/// Lets an account sign in, or not.
///
/// # Errors
/// The database failed.
pub fn set_state(tx: &mut WriteTx<'_>, id: AccountId, state: AccountState) -> Result<()> {
    tx.execute(SET_STATE, args![state.code(), id]).map(drop)
}

/// Sets the hash of an account's password.
///
/// # Errors
/// The database failed.
pub fn set_password(tx: &mut WriteTx<'_>, id: AccountId, hash: &str) -> Result<()> {
    tx.execute(SET_PASSWORD, args![hash, id]).map(drop)
}

/// Sets the sealed secret of an account's one-time codes; codes up to `step` are used up.
///
/// # Errors
/// The database failed.
pub fn set_one_time_secret(
    tx: &mut WriteTx<'_>,
    id: AccountId,
    sealed: Option<&[u8]>,
    step: i64,
) -> Result<()> {
    tx.execute(SET_ONE_TIME_SECRET, args![sealed, step, id]).map(drop)
}

/// Uses up the one-time code of a step; whether it had not been used before.
///
/// # Errors
/// The database failed.
pub fn use_step(tx: &mut WriteTx<'_>, id: AccountId, step: i64) -> Result<bool> {
    Ok(tx.execute(USE_STEP, args![step, id])? == 1)
}

/// Counts a wrong attempt.
///
/// # Errors
/// The database failed.
pub fn note_failure(tx: &mut WriteTx<'_>, id: AccountId, now_ms: i64) -> Result<()> {
    tx.execute(NOTE_FAILURE, args![now_ms, id]).map(drop)
}

/// Forgets wrong attempts after a right one.
///
/// # Errors
/// The database failed.
pub fn forget_failures(tx: &mut WriteTx<'_>, id: AccountId) -> Result<()> {
    tx.execute(FORGET_FAILURES, args![id]).map(drop)
}

/// Replaces an account's recovery codes by these hashes.
///
/// # Errors
/// The database failed.
pub fn set_recovery_codes(tx: &mut WriteTx<'_>, id: AccountId, hashes: &[String]) -> Result<()> {
    tx.execute(DROP_RECOVERY_CODES, args![id])?;
    for hash in hashes {
        tx.execute(ADD_RECOVERY_CODE, args![id, hash])?;
    }
    Ok(())
}

/// Uses up a recovery code; whether there was such an unused one.
///
/// # Errors
/// The database failed.
pub fn use_recovery_code(
    tx: &mut WriteTx<'_>,
    id: AccountId,
    hash: &str,
    now_ms: i64,
) -> Result<bool> {
    Ok(tx.execute(USE_RECOVERY_CODE, args![now_ms, id, hash])? == 1)
}

/// How many recovery codes an account has left.
///
/// # Errors
/// The database failed.
pub fn recovery_codes_left(tx: &mut ReadTx<'_>, id: AccountId) -> Result<u32> {
    tx.one(COUNT_RECOVERY_CODES, args![id], |row| row.get(0))
}

/// Records an invitation by the hash of its secret.
///
/// # Errors
/// The database failed.
pub fn invite(tx: &mut WriteTx<'_>, id: AccountId, secret: &str, ends_ms: i64) -> Result<()> {
    tx.execute(INVITE, args![secret, id, ends_ms]).map(drop)
}

/// Whose invitation a secret is, while it holds.
///
/// # Errors
/// The database failed.
pub fn invited(tx: &mut ReadTx<'_>, secret: &str, now_ms: i64) -> Result<Option<AccountId>> {
    tx.optional(FIND_INVITATION, args![secret, now_ms], |row| row.get(0))
}

/// Uses up an invitation; whether it still held.
///
/// # Errors
/// The database failed.
pub fn use_invitation(tx: &mut WriteTx<'_>, secret: &str, now_ms: i64) -> Result<bool> {
    Ok(tx.execute(USE_INVITATION, args![now_ms, secret])? == 1)
}

pub(crate) fn read(row: &Row<'_>) -> Result<Account> {
    Ok(Account {
        id: row.get(0)?,
        login: row.get(1)?,
        name: row.get(2)?,
        state: row.code(3, "an account's state", AccountState::from_code)?,
    })
}
