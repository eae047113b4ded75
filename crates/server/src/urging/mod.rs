//! Every few minutes of the working day a server makes the reminders that are due, and sends them to
//! those who have a mail address.

mod digest;

use std::sync::Arc;
use std::time::Duration;

use actions::accounts::Moment;
use actions::error::Error;
use actions::workspace::Workspace;
use domain::delivery::Ended;
use domain::urging::is_quiet;
use jiff::Timestamp;

use crate::clock;
use crate::mail::Mailer;

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(10 * 60);

/// How often it looks whether the pause is over by the office's clock, which goes on while a machine
/// sleeps.
const GLANCE: Duration = Duration::from_millis(500);

/// How long after its start it looks first: whoever starts a server waits for pages, not for this.
const FIRST: Duration = Duration::from_secs(5);

/// How many batches of mails go out in one look; the next look goes on.
const BATCHES_MAX: usize = 40;

/// What mails are sent with.
#[derive(Clone)]
pub struct Post {
    /// The mail server.
    pub mailer: Arc<Mailer>,
    /// Where people reach the pages.
    pub root: String,
}

/// Makes reminders for as long as the server runs; at night nobody is disturbed.
pub async fn keep(workspace: Arc<Workspace>, post: Option<Post>) {
    tokio::time::sleep(FIRST).await;
    loop {
        let (workspace, post) = (Arc::clone(&workspace), post.clone());
        let work = tokio::task::spawn_blocking(move || urge(&workspace, post.as_ref()));
        match work.await {
            Ok(Ok((0, 0))) => {}
            Ok(Ok((made, sent))) => tracing::info!(made, sent, "reminders were made and sent"),
            Ok(Err(error)) => tracing::error!(?error, "no reminders were made"),
            Err(stopped) => tracing::error!(%stopped, "no reminders were made"),
        }
        let next_ms = clock::now_ms() + i64::try_from(PAUSE.as_millis()).unwrap_or(i64::MAX);
        while clock::now_ms() < next_ms {
            tokio::time::sleep(GLANCE).await;
        }
    }
}

/// Makes the reminders that are due now and sends the mails that are; gives back how many of each. None
/// in the quiet hours.
fn urge(workspace: &Workspace, post: Option<&Post>) -> Result<(usize, usize), Error> {
    let now_ms = clock::now_ms();
    let now = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let now = now.to_zoned(clock::zone());
    if is_quiet(now.time()) {
        return Ok((0, 0));
    }
    let moment = Moment { now_ms, today: now.date() };
    let made = workspace.urge(moment)?.made;
    let sent = post.map_or(Ok(0), |post| deliver(workspace, post, moment))?;
    Ok((made, sent))
}

/// Sends the mails that are due; gives back how many the mail server has taken. Once it cannot be
/// reached, the others wait as if each had been tried: nobody waits for fifty timeouts.
///
/// # Errors
/// The database failed.
pub fn deliver(workspace: &Workspace, post: &Post, moment: Moment) -> Result<usize, Error> {
    let mut taken = 0;
    for _ in 0..BATCHES_MAX {
        let messages = workspace.begin_deliveries(moment)?;
        if messages.is_empty() {
            break;
        }
        let snapshot = workspace.snapshot()?;
        let mut is_there = true;
        for message in &messages {
            let (ended, answer) = if is_there {
                post.mailer.send(&digest::letter(message, &snapshot, post, moment))
            } else {
                (Ended::Unreachable, None)
            };
            is_there &= ended != Ended::Unreachable;
            taken += usize::from(ended == Ended::Taken);
            workspace.end_delivery(moment, message.delivery, ended, answer)?;
        }
        if !is_there {
            break;
        }
    }
    Ok(taken)
}
