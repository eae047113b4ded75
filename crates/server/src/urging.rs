//! Every few minutes of the working day a server makes the reminders that are due.

use std::sync::Arc;
use std::time::Duration;

use actions::accounts::Moment;
use actions::workspace::Workspace;
use domain::urging::is_quiet;
use jiff::Timestamp;

use crate::clock;

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(10 * 60);

/// How often it looks whether the pause is over by the office's clock, which goes on while a machine
/// sleeps.
const GLANCE: Duration = Duration::from_millis(500);

/// How long after its start it looks first: whoever starts a server waits for pages, not for this.
const FIRST: Duration = Duration::from_secs(5);

/// Makes reminders for as long as the server runs; at night nobody is disturbed.
pub async fn keep(workspace: Arc<Workspace>) {
    tokio::time::sleep(FIRST).await;
    loop {
        let workspace = Arc::clone(&workspace);
        let work = tokio::task::spawn_blocking(move || urge(&workspace));
        match work.await {
            Ok(Ok(0)) => {}
            Ok(Ok(made)) => tracing::info!(made, "reminders were made"),
            Ok(Err(error)) => tracing::error!(?error, "no reminders were made"),
            Err(stopped) => tracing::error!(%stopped, "no reminders were made"),
        }
        let next_ms = clock::now_ms() + i64::try_from(PAUSE.as_millis()).unwrap_or(i64::MAX);
        while clock::now_ms() < next_ms {
            tokio::time::sleep(GLANCE).await;
        }
    }
}

/// Makes the reminders that are due now; gives back how many. None in the quiet hours.
fn urge(workspace: &Workspace) -> Result<usize, actions::error::Error> {
    let now_ms = clock::now_ms();
    let now = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let now = now.to_zoned(clock::zone());
    if is_quiet(now.time()) {
        return Ok(0);
    }
    let moment = Moment { now_ms, today: now.date() };
    workspace.urge(moment).map(|urged| urged.made)
}
