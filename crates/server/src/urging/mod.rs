//! Every few minutes a server makes the reminders that are due, and sends them to
//! those who have a mail address and to webhooks.

mod digest;

use std::sync::Arc;
use std::time::Duration;

use actions::accounts::Moment;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::urging::hooks::Post;
use actions::workspace::Workspace;
use domain::delivery::{Ended, Obstacle};
use jiff::Timestamp;

use crate::clock;
use crate::hooks::Courier;
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

/// Webhooks that are sent to at the same time.
const POSTS_AT_ONCE: usize = 10;

/// What reminders are sent with.
#[derive(Clone)]
pub struct Channels {
    /// The mail server; none where there is none, so that mails wait for one and are given up.
    pub mailer: Option<Arc<Mailer>>,
    /// What sends to webhooks.
    pub courier: Arc<Courier>,
    /// Where people reach the pages.
    pub root: String,
}

/// Makes reminders for as long as the server runs.
pub async fn keep(workspace: Arc<Workspace>, entrance: Entrance, channels: Channels) {
    tokio::time::sleep(FIRST).await;
    loop {
        let (workspace, entrance) = (Arc::clone(&workspace), entrance.clone());
        let channels = channels.clone();
        let work = tokio::task::spawn_blocking(move || urge(&workspace, &entrance, &channels));
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

/// Makes the reminders that are due now and sends what is; gives back how many were made, and how many
/// mails and messages to webhooks were taken. Each waits for the end of the quiet hours of its policy.
fn urge(
    workspace: &Workspace,
    entrance: &Entrance,
    channels: &Channels,
) -> Result<(usize, usize), Error> {
    let now_ms = clock::now_ms();
    let now = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let now = now.to_zoned(clock::zone());
    let moment = Moment { now_ms, today: now.date() };
    let made = workspace.urge(moment)?.made;
    let mails = deliver(workspace, channels, moment)?;
    Ok((made, mails + post(workspace, entrance, channels, moment)?))
}

/// Sends the mails that are due; gives back how many the mail server has taken. Once it cannot be
/// reached, the others wait as if each had been tried: nobody waits for fifty timeouts.
///
/// # Errors
/// The database failed.
pub fn deliver(workspace: &Workspace, channels: &Channels, moment: Moment) -> Result<usize, Error> {
    let mut taken = 0;
    for _ in 0..BATCHES_MAX {
        let messages = workspace.begin_deliveries(moment)?;
        if messages.is_empty() {
            break;
        }
        let snapshot = workspace.snapshot()?;
        let (mut mailer, mut obstacle) = (channels.mailer.as_ref(), Obstacle::NoServer);
        for message in &messages {
            let (ended, answer) = match mailer {
                Some(it) => {
                    it.send(&digest::letter(message, &snapshot, channels, it.domain(), moment))
                }
                None => (Ended::Unreachable(obstacle), None),
            };
            if let Ended::Unreachable(found) = ended {
                (mailer, obstacle) = (None, found);
            }
            taken += usize::from(ended == Ended::Taken);
            workspace.end_delivery(moment, message.delivery, ended, answer)?;
        }
        if mailer.is_none() {
            break;
        }
    }
    Ok(taken)
}

/// Sends what is due to webhooks, a few at the same time so that one which hangs holds up few others;
/// gives back how many have taken it.
///
/// # Errors
/// The database failed.
pub fn post(
    workspace: &Workspace,
    entrance: &Entrance,
    channels: &Channels,
    moment: Moment,
) -> Result<usize, Error> {
    let posts = entrance.begin_posts(moment)?;
    let snapshot = workspace.snapshot()?;
    let signed = |one: &Post| digest::signed(one, &snapshot, channels, moment);
    let mut taken = 0;
    for together in posts.chunks(POSTS_AT_ONCE) {
        let ended: Vec<(Ended, Option<u16>)> = std::thread::scope(|scope| {
            let send = |one| scope.spawn(move || channels.courier.send(&signed(one)));
            let sending: Vec<_> = together.iter().map(send).collect();
            let join = |thread: std::thread::ScopedJoinHandle<'_, _>| thread.join();
            sending.into_iter().map(|one| join(one).unwrap_or((Ended::Failed, None))).collect()
        });
        for (one, (ended, answer)) in together.iter().zip(ended) {
            taken += usize::from(ended == Ended::Taken);
            entrance.end_post(moment, one.delivery, ended, answer)?;
        }
    }
    Ok(taken)
}
