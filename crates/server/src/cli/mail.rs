//! The mail server, as whoever runs the server describes it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use actions::error::Error;
use clap::Args;
use domain::entrance::EntranceProblem;
use domain::reaching::ReachingProblem;
use domain::refusal::Refusal;

use crate::keys;
use crate::mail::{Mailer, Settings};
use crate::wording::Lang;

/// The heading of its options.
const HEADING: &str = "Urging by mail";

#[derive(Debug, Args)]
#[command(next_help_heading = HEADING)]
#[group(id = "mail-server")]
pub(super) struct Arguments {
    /// The mail server of the office: `smtps://HOST`, or `smtp://HOST:PORT` with STARTTLS. Only a
    /// server on this machine is spoken to without TLS.
    #[arg(long, value_name = "URL", env = "DOTPHA_MAIL", hide_env_values = true)]
    #[arg(value_parser = server, requires_all = ["mail_from", "address"])]
    mail: Option<String>,
    /// The address that mails come from.
    #[arg(long, value_name = "MAIL", env = "DOTPHA_MAIL_FROM", hide_env_values = true)]
    mail_from: Option<String>,
    /// What this program signs in to the mail server with.
    #[arg(long, value_name = "NAME", env = "DOTPHA_MAIL_USER", hide_env_values = true)]
    #[arg(requires = "mail_secret")]
    mail_user: Option<String>,
    /// The file with its password; nobody else may read it.
    #[arg(long, value_name = "FILE", env = "DOTPHA_MAIL_SECRET", hide_env_values = true)]
    mail_secret: Option<PathBuf>,
    /// A file with the certificates (PEM) that the mail server's is signed with, where they are the
    /// office's own.
    #[arg(long, value_name = "FILE", env = "DOTPHA_MAIL_TRUST", hide_env_values = true)]
    mail_trust: Option<PathBuf>,
}

impl Arguments {
    /// The mail server, if there is one.
    pub(super) fn mailer(&self) -> Result<Option<Arc<Mailer>>, Error> {
        let (Some(server), Some(sender)) = (&self.mail, &self.mail_from) else { return Ok(None) };
        let Some((safety, host, port)) = Settings::server(server) else { return Ok(None) };
        let secret = self.mail_secret.as_deref().map(keys::text).transpose()?;
        let sender = sender.clone();
        let credentials = self.mail_user.clone().zip(secret);
        let trusted = self.mail_trust.as_deref().map(certificates).transpose()?;
        let settings = Settings { safety, host, port, credentials, sender, trusted };
        let mailer = Mailer::new(&settings, Lang::Vi.say("mail-sender"));
        let bad = |text| Refusal::from(ReachingProblem::NotAnAddress { text });
        Ok(Some(Arc::new(mailer.map_err(bad)?)))
    }
}

fn certificates(file: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(file).map_err(|error| {
        let (file, detail) = (file.display().to_string(), error.to_string());
        EntranceProblem::KeyNotUsed { file, detail }.into()
    })
}

fn server(text: &str) -> Result<String, String> {
    Settings::server(text).map(|_| text.to_owned()).ok_or("smtps://mail.example.gov.vn".to_owned())
}
