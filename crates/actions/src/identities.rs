//! People whom an identity provider vouches for: linking their accounts, and letting them in.

use domain::access::{Account, AccountId, AccountState};
use domain::entrance::{EntranceProblem, ProviderProblem};
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::{WriteTx, accounts, sessions};

/// Who somebody is to an identity provider.
pub use store::accounts::Identity;

use crate::accounts::record;
use crate::door::{Doer, Kind, denials};
use crate::entrance::{Entrance, SignIn, begin, credentials, invited};
use crate::error::Error;
use crate::one_time_codes::Code;
use crate::secrets::{self, Secrets, from_hex, hex};

/// What an attempt to sign in through a provider is sealed for.
const ATTEMPT: &str = "attempt at a provider";

/// The longest cookie that is opened.
const SEALED_MAX: usize = 4_096;

/// What a provider has proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// Who comes.
    pub identity: Identity,
    /// Whether they gave a second factor there, of a kind that counts here.
    pub second_factor: bool,
}

impl Entrance {
    /// Lets in somebody whom a provider vouches for; gives back the secret for the browser's cookie.
    ///
    /// # Errors
    /// Nobody here is linked with them, or the database failed.
    pub fn sign_in_as(
        &self,
        proven: Proven,
        device: String,
        now_ms: i64,
        today: Date,
    ) -> Result<String, Error> {
        let secrets = self.secrets.clone();
        // What failed is recorded, so the outcome is carried out of the transaction.
        self.database().write_blocking(move |tx| {
            let account = accounts::find_by_identity(tx, &proven.identity)?;
            let Some(account) = account.filter(|it| it.state == AccountState::Active) else {
                note_failed(tx, ProviderProblem::NobodyHere, now_ms)?;
                return Ok(Err(Refusal::from(ProviderProblem::NobodyHere).into()));
            };
            let code = if proven.second_factor { Code::Right } else { Code::NotAsked };
            let typed = SignIn { device, ..SignIn::default() };
            begin(tx, &secrets, &account, code, &typed, now_ms, today).map(Ok)
        })?
    }

    /// Links an account with who its person is to a provider.
    ///
    /// # Errors
    /// They are linked with another account, or the database failed.
    pub fn link_identity(
        &self,
        account: AccountId,
        identity: Identity,
        now_ms: i64,
    ) -> Result<(), Error> {
        let secrets = self.secrets.clone();
        self.database().write_blocking(move |tx| link(tx, &secrets, account, &identity, now_ms))
    }

    /// Accepts an invitation with who one is to a provider instead of a password; the account may sign
    /// in from now on, through the provider alone.
    ///
    /// # Errors
    /// The invitation is over, the person is linked with another account, or the database failed.
    pub fn accept_invitation_as(
        &self,
        secret: &str,
        identity: Identity,
        now_ms: i64,
    ) -> Result<Account, Error> {
        let (hash, secrets) = (secrets::hash(secret), self.secrets.clone());
        self.database().write_blocking(move |tx| {
            let account = invited(tx, &hash, now_ms)?;
            if !accounts::use_invitation(tx, &hash, now_ms)? {
                return Err(EntranceProblem::InvitationOver.into());
            }
            accounts::set_state(tx, account.id, AccountState::Active)?;
            sessions::end_all(tx, account.id, now_ms)?;
            let by = (Doer::Account(account.id), None);
            record(tx, &secrets, Kind::InvitationAccepted, by, account.id, now_ms)?;
            link(tx, &secrets, account.id, &identity, now_ms)?;
            Ok(Account { state: AccountState::Active, ..account })
        })
    }

    /// Who an account is to a provider; none for those with a password alone.
    ///
    /// # Errors
    /// The database failed.
    pub fn identity(&self, account: AccountId) -> Result<Option<Identity>, Error> {
        self.database().read_blocking(move |tx| {
            Ok(accounts::row(tx, account)?.and_then(|account| account.identity))
        })
    }

    /// Whether an account has a password; who has none comes through a provider alone.
    ///
    /// # Errors
    /// The database failed.
    pub fn has_password(&self, account: AccountId) -> Result<bool, Error> {
        self.database().read_blocking(move |tx| Ok(credentials(tx, account)?.password.is_some()))
    }

    /// Records that what a provider answered let nobody in, once a minute at most for the same reason.
    ///
    /// # Errors
    /// The database failed.
    pub fn note_unproven(&self, problem: ProviderProblem, now_ms: i64) -> Result<(), Error> {
        self.database().write_blocking(move |tx| note_failed(tx, problem, now_ms))
    }

    /// A random text that nobody guesses.
    #[must_use]
    pub fn token(&self) -> String {
        self.secrets.token()
    }

    /// An attempt as it waits in the browser, readable only here.
    ///
    /// # Errors
    /// Sealing failed.
    pub fn seal_attempt(&self, attempt: &[u8]) -> Result<String, Error> {
        Ok(hex(&self.secrets.seal(ATTEMPT, attempt)?))
    }

    /// An attempt as it came back; none for what was not sealed here.
    #[must_use]
    pub fn open_attempt(&self, sealed: &str) -> Option<Vec<u8>> {
        let sealed = Some(sealed).filter(|sealed| sealed.len() <= SEALED_MAX)?;
        self.secrets.open(ATTEMPT, &from_hex(sealed)?).ok()
    }
}

fn note_failed(tx: &mut WriteTx<'_>, problem: ProviderProblem, now_ms: i64) -> Result<(), Error> {
    let id = format!("provider.{}", problem.code());
    denials::note(tx, Doer::Stranger, Kind::SignInFailed, &id, now_ms)
}

fn link(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    account: AccountId,
    identity: &Identity,
    now_ms: i64,
) -> Result<(), Error> {
    match accounts::find_by_identity(tx, identity)? {
        Some(known) if known.id == account => return Ok(()),
        Some(_) => return Err(Refusal::from(ProviderProblem::LinkedElsewhere).into()),
        None => {}
    }
    accounts::set_identity(tx, account, identity)?;
    let by = (Doer::Account(account), None);
    record(tx, secrets, Kind::IdentityLinked, by, account, now_ms)
}
