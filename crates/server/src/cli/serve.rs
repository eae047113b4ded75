//! `dotpha serve`: the pages on 127.0.0.1 until somebody stops it.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use actions::accounts::{Invited, Moment};
use actions::entrance::Entrance;
use actions::error::Error;
use actions::workspace::Workspace;
use clap::Args;
use domain::access::Actor;
use domain::hook::Reach;
use domain::refusal::Refusal;
use tokio::net::TcpListener;

use super::output::Output;
use crate::hooks::Courier;
use crate::mail::Mailer;
use crate::nightly::{self, Checks};
use crate::provider::Provider;
use crate::urging::Channels;
use crate::web::routes::router;
use crate::web::serve;
use crate::web::site::Site;
use crate::wording::ledger;
use crate::{checkpoints, clock, hooks, keys, urging};

/// Open files: a thousand connections, and what the database needs.
const FILES: u64 = 4_096;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where people reach the pages through a server before this one, such as
    /// `https://so-lieu.example.gov.vn`; it is printed on cards and forms.
    #[arg(long, value_name = "ADDRESS", env = "DOTPHA_ADDRESS", hide_env_values = true)]
    #[arg(value_parser = root_address)]
    address: Option<String>,
    /// The address of the server before this one, through which everybody comes; an address of
    /// anybody else gets 100 connections at a time.
    #[arg(long, value_name = "ADDRESS", env = "DOTPHA_BEHIND", hide_env_values = true)]
    behind: Option<IpAddr>,
    /// Serves although the newest part of the ledger was changed behind the program's back.
    #[arg(long)]
    despite_damage: bool,
    #[command(flatten)]
    provider: super::provider::Arguments,
    #[command(flatten)]
    mail: super::mail::Arguments,
    /// Sends to webhooks on private networks and without TLS too. For tests, and for networks that are
    /// closed: whoever edits a plan could make this program speak to what stands beside it.
    #[arg(long)]
    hooks_anywhere: bool,
}

pub(super) fn run(
    workspace: Workspace,
    place: &str,
    arguments: &Arguments,
    out: &mut Output,
) -> Result<(), Error> {
    let workspace = Arc::new(workspace);
    let entrance = Entrance::new(Arc::clone(&workspace), keys::secrets(place)?);
    let troubles = entrance.verify_recent()?;
    for trouble in &troubles {
        out.aside(&format!("  • {}", ledger::trouble(trouble, out.lang)));
    }
    if !troubles.is_empty() && !arguments.despite_damage {
        let places = u64::try_from(troubles.len()).unwrap_or(u64::MAX);
        return Err(Refusal::LedgerDamaged { places }.into());
    }
    let log = checkpoints::path_of(place);
    let (address, behind) = (arguments.address.clone(), arguments.behind);
    let provider = arguments.provider.provider(address.as_deref())?;
    let mailer = arguments.mail.mailer()?;
    let hooks = if arguments.hooks_anywhere { Reach::Anywhere } else { Reach::Public };
    let open =
        Open { workspace, entrance, guest: None, log, address, behind, provider, mailer, hooks };
    pages(&open, arguments.port, out)
}

/// An address without a path: all pages stand right below it.
fn root_address(text: &str) -> Result<String, String> {
    let root = text.trim_end_matches('/');
    let rest = root.strip_prefix("https://").or_else(|| root.strip_prefix("http://"));
    let plain = |host: &str| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        !host.is_empty() && host.bytes().all(letter)
    };
    match rest {
        Some(host) if plain(host) => Ok(root.to_owned()),
        Some(_) | None => Err("https://so-lieu.example.gov.vn".to_owned()),
    }
}

/// What is served, and to whom without signing in.
pub(super) struct Open {
    pub(super) workspace: Arc<Workspace>,
    pub(super) entrance: Entrance,
    pub(super) guest: Option<Actor>,
    /// The file that keeps the checkpoints outside the database too.
    pub(super) log: PathBuf,
    /// Where people reach the pages; none when they come to this program itself.
    pub(super) address: Option<String>,
    /// The server before this one, if there is one.
    pub(super) behind: Option<IpAddr>,
    /// The identity provider, if there is one.
    pub(super) provider: Option<Arc<Provider>>,
    /// The mail server, if there is one.
    pub(super) mailer: Option<Arc<Mailer>>,
    /// Which webhooks are sent to.
    pub(super) hooks: Reach,
}

/// Serves a workspace and says where.
pub(super) fn pages(open: &Open, port: u16, out: &mut Output) -> Result<(), Error> {
    let moment = Moment { now_ms: clock::now_ms(), today: clock::day_of(clock::now_ms()) };
    open.entrance.bring_up_roles(moment.now_ms)?;
    let first = open.entrance.first_invitation(moment)?;
    let fault = |error: std::io::Error| Error::Fault(format!("port {port}: {error}"));
    let files = rlimit::increase_nofile_limit(FILES);
    tracing::debug!(?files, "open files");
    let runtime = tokio::runtime::Runtime::new().map_err(fault)?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(fault)?;
        let address = listener.local_addr().map_err(fault)?;
        out.line(&format!("http://{address}"));
        let root = open.address.clone().unwrap_or_else(|| format!("http://{address}"));
        if let Some(Invited { account, secret, .. }) = first {
            out.line(&out.lang.tell("cli-first-invitation", [("login", account.login.into())]));
            out.line(&format!("  {root}/invitations/{secret}"));
        }
        let site = Site {
            workspace: Arc::clone(&open.workspace),
            entrance: open.entrance.clone(),
            guest: open.guest.clone(),
            zone: clock::zone(),
            clock: clock::now_ms,
            address: open.address.clone(),
            provider: open.provider.clone(),
            sender: open.mailer.as_ref().map(|mailer| mailer.sender()),
            hooks: open.hooks,
            checks: Checks::default(),
        };
        let checks = site.checks.clone();
        let stop = async {
            // Without signals the server still runs; it is then ended from outside.
            drop(serve::stop_signal().await);
        };
        let signing = tokio::spawn(checkpoints::keep(open.entrance.clone(), open.log.clone()));
        let (entrance, log) = (open.entrance.clone(), open.log.clone());
        let checking = tokio::spawn(nightly::keep(entrance, log, checks));
        let channels = Channels {
            mailer: open.mailer.clone(),
            courier: Arc::new(Courier::new(open.hooks, hooks::LIMIT)),
            root,
        };
        let urging = tokio::spawn(urging::keep(
            Arc::clone(&open.workspace),
            open.entrance.clone(),
            channels,
        ));
        let limits = serve::Limits { behind: open.behind, ..serve::Limits::default() };
        let served = serve::serve(listener, router(site), limits, stop).await;
        signing.abort();
        checking.abort();
        urging.abort();
        served.map_err(fault)
    });
    // It waits for the database, which no thread of the runtime may do.
    checkpoints::make(&open.entrance, &open.log);
    served
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_scheme_and_a_host_without_a_path() {
        let cases = [
            ("https://so-lieu.example.gov.vn", true),
            ("https://so-lieu.example.gov.vn/", true),
            ("http://127.0.0.1:8080", true),
            ("http://[::1]:8080", true),
            ("so-lieu.example.gov.vn", false),
            ("ftp://so-lieu.example.gov.vn", false),
            ("https://", false),
            ("https://host/path", false),
            ("https://somebody@host", false),
            ("https://host?query", false),
        ];
        for (text, taken) in cases {
            let read = root_address(text);
            assert_eq!(read.is_ok(), taken, "{text}: {read:?}");
            assert!(read.is_err() || read == Ok(text.trim_end_matches('/').to_owned()));
        }
    }
}
