//! `dotpha serve`: the pages on 127.0.0.1 until somebody stops it.

use std::net::Ipv4Addr;
use std::sync::Arc;

use actions::error::Error;
use actions::workspace::Workspace;
use clap::Args;
use tokio::net::TcpListener;

use super::output::Output;
use crate::clock;
use crate::web::routes::router;
use crate::web::serve;
use crate::web::site::Site;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

pub(super) fn run(
    workspace: Workspace,
    arguments: &Arguments,
    out: &mut Output,
) -> Result<(), Error> {
    pages(workspace, arguments.port, out)
}

/// Serves a workspace and says where.
pub(super) fn pages(workspace: Workspace, port: u16, out: &mut Output) -> Result<(), Error> {
    let fault = |error: std::io::Error| Error::Fault(format!("port {port}: {error}"));
    let runtime = tokio::runtime::Runtime::new().map_err(fault)?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(fault)?;
        let address = listener.local_addr().map_err(fault)?;
        out.line(&format!("http://{address}"));
        let site = Site { workspace: Arc::new(workspace), zone: clock::zone() };
        let stop = async {
            // Without signals the server still runs; it is then ended from outside.
            drop(serve::stop_signal().await);
        };
        serve::serve(listener, router(site), serve::Limits::default(), stop).await.map_err(fault)
    })
}
