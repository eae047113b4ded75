//! Mail addresses: where urging reaches a person beside their pages.

use domain::access::{AccountId, Actor};
use domain::delivery;
use domain::reaching::ReachingProblem;
use store::WriteTx;
use store::accounts;

use crate::accounts::{Moment, record};
use crate::door::{Doer, Kind};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;

pub use store::accounts::Mail;

impl Entrance {
    /// The mail address of an account; none when urging reaches it on its pages only.
    ///
    /// # Errors
    /// The database failed.
    pub fn mail(&self, account: AccountId) -> Result<Option<Mail>, Error> {
        self.database().read_blocking(move |tx| Ok(accounts::mail(tx, account)?))
    }

    /// Sets one's own mail address with the language of the mails; an empty one ends mails.
    ///
    /// # Errors
    /// It is no address, or the database failed.
    pub fn set_mail(&self, account: AccountId, typed: &Mail, now_ms: i64) -> Result<(), Error> {
        let (mail, secrets) = (read(typed)?, self.secrets.clone());
        let by = Doer::Account(account);
        self.database()
            .write_blocking(move |tx| keep(tx, &secrets, (by, account), mail.as_ref(), now_ms))
    }

    /// Sets the mail address of somebody whom the actor manages.
    ///
    /// # Errors
    /// The actor does not manage the account, it is no address, or the database failed.
    pub fn set_mail_of(
        &self,
        who: &Actor,
        account: AccountId,
        typed: &Mail,
        moment: Moment,
    ) -> Result<(), Error> {
        let (account, by) = self.managed(who, account, moment)?;
        let (mail, secrets) = (read(typed)?, self.secrets.clone());
        self.database().write_blocking(move |tx| {
            keep(tx, &secrets, (by, account.id), mail.as_ref(), moment.now_ms)
        })
    }
}

/// The address as it was typed; none when it was emptied.
fn read(typed: &Mail) -> Result<Option<Mail>, Error> {
    let text = typed.address.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || ReachingProblem::NotAnAddress { text: text.to_owned() };
    let address = delivery::address(text).ok_or_else(bad)?;
    Ok(Some(Mail { address, language: typed.language.clone() }))
}

fn keep(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (by, account): (Doer, AccountId),
    mail: Option<&Mail>,
    now_ms: i64,
) -> Result<(), Error> {
    if accounts::mail(tx, account)?.as_ref() == mail {
        return Ok(());
    }
    accounts::set_mail(tx, account, mail)?;
    record(tx, secrets, Kind::MailSet, (by, None), account, now_ms)
}
