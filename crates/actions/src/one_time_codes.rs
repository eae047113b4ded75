//! One-time codes: the second thing that people sign in with, besides a password.

use domain::access::{Account, AccountId};
use domain::entrance::{EntranceProblem, ProviderProblem};
use domain::text;
use store::sessions::Session;
use store::{WriteTx, accounts, sessions};
use totp_rs::{Builder, Secret, Totp};

use crate::accounts::record;
use crate::door::{self, Deed, Doer, Kind};
use crate::entrance::{Entrance, FRESH_MS, SignIn, credentials, save_session, wait};
use crate::error::Error;
use crate::passwords;
use crate::secrets::{self, Secrets};

/// Bytes of the secret behind one-time codes (RFC 4226 asks for 20).
const ONE_TIME_BYTES: usize = 20;
/// Seconds of one step of one-time codes.
const STEP_SECONDS: u64 = 30;
/// The purpose under which these secrets are sealed.
const ONE_TIME: &str = "secret of one-time codes";
/// Recovery codes that are made at a time.
const RECOVERY_CODES: usize = 10;

/// A new secret for one-time codes, to be typed or scanned into an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeSetup {
    /// The secret in Base32.
    pub secret: String,
    /// The address that apps read from a QR code (the Key URI Format of authenticator apps).
    pub address: String,
}

impl Entrance {
    /// Makes a secret for one-time codes. It counts only once a code of it was given back.
    #[must_use]
    pub fn begin_one_time_codes(&self, account: &Account) -> OneTimeSetup {
        let secret = Secret::from(self.secrets.bytes::<ONE_TIME_BYTES>()).to_base32();
        self.same_one_time_codes(account, &secret)
    }

    /// The same secret shown again, after a wrong first code.
    #[must_use]
    pub fn same_one_time_codes(&self, account: &Account, secret: &str) -> OneTimeSetup {
        let secret = secret.to_owned();
        let address = format!(
            "otpauth://totp/dotpha:{}?secret={secret}&issuer=dotpha&period={STEP_SECONDS}",
            account.login
        );
        OneTimeSetup { secret, address }
    }

    /// Turns one-time codes on with a first code; gives back the recovery codes, which are shown
    /// once. The session counts as having given a code. Whoever has nothing but somebody's session
    /// cannot do it: `proof` is the account's password, or, where it has codes already, one of them.
    ///
    /// # Errors
    /// The secret cannot be read, the code or the proof is wrong, there were too many wrong ones, or
    /// the database failed.
    pub fn confirm_one_time_codes(
        &self,
        session: &Session,
        setup: &OneTimeSetup,
        code: &str,
        proof: String,
        now_ms: i64,
    ) -> Result<Vec<String>, Error> {
        let wrong = || Error::from(EntranceProblem::WrongCode);
        let secret = Secret::try_from_base32(&setup.secret).map_err(|_| wrong())?;
        let step = matching_step(&secret, code, now_ms).ok_or_else(wrong)?;
        let sealed = self.secrets.seal(ONE_TIME, secret.as_ref())?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| self.recovery_code()).collect();
        let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
        let (secrets, id, account) = (self.secrets.clone(), session.id, session.account);
        let begun_ms = session.created_ms;
        // A wrong attempt is counted, so the outcome is carried out of the transaction.
        let turned_on = self.database().write_blocking::<_, Error>(move |tx| {
            if let Err(refused) = prove(tx, &secrets, (account, begun_ms), proof, now_ms)? {
                return Ok(Err(refused));
            }
            accounts::set_one_time_secret(tx, account, Some(&sealed), step)?;
            accounts::set_recovery_codes(tx, account, &hashes)?;
            sessions::raise(tx, id, account, now_ms)?;
            let by = (Doer::Account(account), None);
            record(tx, &secrets, Kind::CodesTurnedOn, by, account, now_ms).map(Ok)
        })?;
        turned_on?;
        Ok(codes)
    }

    /// Takes a one-time code again in a session; gives back the secret that replaces the session's.
    ///
    /// # Errors
    /// The code is wrong or was used, there were too many wrong ones, or the database failed.
    pub fn give_code_again(
        &self,
        session: &Session,
        code: String,
        now_ms: i64,
    ) -> Result<String, Error> {
        let (secrets, old) = (self.secrets.clone(), session.clone());
        // A wrong attempt is counted, so the outcome is carried out of the transaction.
        let renewed = self.database().write_blocking::<_, Error>(move |tx| {
            if let Err(refused) = prove_by_code(tx, &secrets, old.account, code, now_ms)? {
                return Ok(Err(refused));
            }
            sessions::end(tx, old.id, old.account, now_ms)?;
            let renewed = Session { second_factor_ms: Some(now_ms), seen_ms: now_ms, ..old };
            save_session(tx, &secrets, renewed, now_ms).map(Ok)
        })?;
        Ok(renewed?)
    }

    /// Whether an account has one-time codes, and how many recovery codes are left.
    ///
    /// # Errors
    /// The database failed.
    pub fn one_time_codes(&self, account: AccountId) -> Result<Option<u32>, Error> {
        self.database().read_blocking(move |tx| {
            let known = credentials(tx, account)?;
            let left = accounts::recovery_codes_left(tx, account)?;
            Ok(known.one_time_secret.map(|_| left))
        })
    }

    /// Sixteen letters and digits in groups of four: 80 bits.
    fn recovery_code(&self) -> String {
        // Without letters and digits that look alike.
        const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
        let letters = self.secrets.bytes::<16>();
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
        let groups = letters.chunks(4).map(|group| group.iter().map(letter).collect::<String>());
        groups.collect::<Vec<_>>().join("-")
    }
}

/// Whether somebody is the owner of an account: by a code where it has them, else by its password. Who
/// has neither comes from an identity provider, and has come just now.
fn prove(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (account, begun_ms): (AccountId, i64),
    proof: String,
    now_ms: i64,
) -> Result<Result<(), EntranceProblem>, Error> {
    let known = credentials(tx, account)?;
    if known.one_time_secret.is_some() {
        return prove_by_code(tx, secrets, account, proof, now_ms);
    }
    if known.password.is_none() {
        let problem = ProviderProblem::AttemptOver;
        let is_new = now_ms < begun_ms + FRESH_MS;
        return Ok(if is_new { Ok(()) } else { Err(EntranceProblem::Provider { problem }) });
    }
    if let Some(seconds) = wait(&known, now_ms) {
        return Ok(Err(EntranceProblem::TooManyAttempts { seconds }));
    }
    let fits = passwords::verify(&proof, known.password.as_deref(), secrets)?;
    proven(tx, account, fits.then_some(()).ok_or(EntranceProblem::WrongSignIn), now_ms)
}

fn prove_by_code(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    account: AccountId,
    code: String,
    now_ms: i64,
) -> Result<Result<(), EntranceProblem>, Error> {
    let known = credentials(tx, account)?;
    if let Some(seconds) = wait(&known, now_ms) {
        return Ok(Err(EntranceProblem::TooManyAttempts { seconds }));
    }
    let typed = SignIn { code, ..SignIn::default() };
    let fits = self::code(tx, secrets, account, &known, &typed, now_ms)? == Code::Right;
    proven(tx, account, fits.then_some(()).ok_or(EntranceProblem::WrongCode), now_ms)
}

/// Counts a wrong attempt, and forgets earlier ones after a right one.
fn proven(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    outcome: Result<(), EntranceProblem>,
    now_ms: i64,
) -> Result<Result<(), EntranceProblem>, Error> {
    match outcome {
        Ok(()) => accounts::forget_failures(tx, account)?,
        Err(_) => {
            accounts::note_failure(tx, account, now_ms)?;
            let deed = Deed::new(Kind::SignInFailed, account.0.to_string(), Vec::new());
            door::record(tx, Doer::Account(account), now_ms, deed)?;
        }
    }
    Ok(outcome)
}

/// How the one-time code of a sign-in stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// None is asked for.
    NotAsked,
    /// It is right.
    Right,
    /// It is wrong, used before or missing.
    Wrong,
}

pub(crate) fn code(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    account: AccountId,
    known: &accounts::Credentials,
    typed: &SignIn,
    now_ms: i64,
) -> Result<Code, Error> {
    let Some(sealed) = &known.one_time_secret else { return Ok(Code::NotAsked) };
    let secret = Secret::from(secrets.open(ONE_TIME, sealed)?);
    let right = match matching_step(&secret, &typed.code, now_ms) {
        Some(step) => accounts::use_step(tx, account, step)?,
        None => accounts::use_recovery_code(tx, account, &recovery_hash(&typed.code), now_ms)?,
    };
    Ok(if right { Code::Right } else { Code::Wrong })
}

/// The step whose code this is, now or one step away.
fn matching_step(secret: &Secret, code: &str, now_ms: i64) -> Option<i64> {
    let totp: Totp = Builder::new()
        .with_secret(secret.clone())
        .with_step_duration(STEP_SECONDS)
        .with_skew(1)
        .build_noncompliant();
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now_ms / 1_000).ok()?;
    totp.check(&digits, seconds).and_then(|step| i64::try_from(step).ok())
}

fn recovery_hash(code: &str) -> String {
    let plain: String =
        text::search_key(code).chars().filter(char::is_ascii_alphanumeric).collect();
    secrets::hash(&plain)
}
