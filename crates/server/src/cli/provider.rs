//! The identity provider, as whoever runs the server describes it.

use std::path::PathBuf;
use std::sync::Arc;

use actions::error::Error;
use clap::Args;

use crate::keys;
use crate::provider::{Provider, Settings, is_safe};

/// The heading of its options.
const HEADING: &str = "Signing in through an identity provider (OpenID Connect)";

#[derive(Debug, Args)]
#[command(next_help_heading = HEADING)]
#[group(id = "provider")]
pub(super) struct Arguments {
    /// The provider's address, as it writes it itself. It must be given
    /// `ADDRESS/sign-in/provider/callback` as the only address to come back to.
    #[arg(long, value_name = "URL", env = "DOTPHA_PROVIDER_ISSUER", hide_env_values = true)]
    #[arg(value_parser = issuer, requires_all = ["provider_client", "provider_secret", "address"])]
    provider_issuer: Option<String>,
    /// What the provider calls this program.
    #[arg(long, value_name = "ID", env = "DOTPHA_PROVIDER_CLIENT", hide_env_values = true)]
    provider_client: Option<String>,
    /// The file with the secret that the provider gave this program; nobody else may read it.
    #[arg(long, value_name = "FILE", env = "DOTPHA_PROVIDER_SECRET", hide_env_values = true)]
    provider_secret: Option<PathBuf>,
    /// What people call the provider.
    #[arg(long, value_name = "NAME", env = "DOTPHA_PROVIDER_NAME", hide_env_values = true)]
    #[arg(default_value = "tài khoản cơ quan")]
    provider_name: String,
    /// A way of proving oneself (`amr`) that counts as a second factor here, such as `otp`; without
    /// any, roles that need one ask for a one-time code of this program.
    #[arg(long, value_name = "METHOD", env = "DOTPHA_PROVIDER_FACTORS", hide_env_values = true)]
    #[arg(value_delimiter = ',')]
    provider_factor: Vec<String>,
}

impl Arguments {
    /// The provider, for pages that people reach at an address.
    pub(super) fn provider(&self, address: Option<&str>) -> Result<Option<Arc<Provider>>, Error> {
        let (Some(issuer), Some(client), Some(secret), Some(address)) =
            (&self.provider_issuer, &self.provider_client, &self.provider_secret, address)
        else {
            return Ok(None);
        };
        Ok(Some(Arc::new(Provider::new(Settings {
            issuer: issuer.clone(),
            client: client.clone(),
            secret: keys::text(secret)?,
            name: self.provider_name.clone(),
            second_factors: self.provider_factor.clone(),
            address: address.to_owned(),
        }))))
    }
}

fn issuer(text: &str) -> Result<String, String> {
    if is_safe(text) { Ok(text.to_owned()) } else { Err("https://…".to_owned()) }
}
