//! The accept loop: every connection has limits, and stopping lets running requests end.
//!
//! `axum::serve` is not used because it has none of these limits and keeps slow clients for ever.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// What one server bears.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at the same time; more wait to be accepted.
    pub connections_max: usize,
    /// Connections of one address at the same time; more are closed. A browser opens six, and people of
    /// one office often share an address.
    pub connections_of_address_max: usize,
    /// The server before this one, through which all people come; its connections are not counted.
    pub behind: Option<IpAddr>,
    /// How long a client may take to send its headers, also between two requests.
    pub header_time: Duration,
    /// How long a client may let the next piece of what it sends wait.
    pub sending_time: Duration,
    /// How long a client may take nothing of its answer.
    pub taking_time: Duration,
    /// How long a connection may live in all, so that nobody can hold one by reading slowly.
    pub connection_time: Duration,
    /// How long running requests may take to end when the server stops.
    pub stopping_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 1_000,
            connections_of_address_max: 100,
            behind: None,
            header_time: Duration::from_secs(10),
            sending_time: Duration::from_secs(8),
            taking_time: Duration::from_secs(10),
            connection_time: Duration::from_secs(120),
            stopping_time: Duration::from_secs(10),
        }
    }
}

/// The largest head of a request: its first line and all headers.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// How long to wait after the system refused a connection, usually for want of file handles.
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// Serves until `stop` ends, then lets running requests end.
///
/// # Errors
/// The listener has no address.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "serving");
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections_max));
    let neighbours = Neighbours::default();
    let router = router.layer(RequestBodyTimeoutLayer::new(limits.sending_time));
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        let (stream, peer) = match accepted {
            Ok((stream, peer)) => (stream, peer.ip()),
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                sleep(PAUSE_AFTER_REFUSAL).await;
                continue;
            }
        };
        let Some(seat) = neighbours.seat(peer, &limits) else {
            tracing::debug!(%peer, "an address has too many connections");
            continue;
        };
        let connection = connection(stream, router.clone(), limits);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            let ended = timeout(limits.connection_time, watched).await;
            drop((place, seat));
            if let Ok(Err(error)) = ended {
                // Mostly clients that went away or were too slow; nothing we can mend.
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    if timeout(limits.stopping_time, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off while stopping");
    }
    Ok(())
}

/// How many connections each address has.
#[derive(Debug, Clone, Default)]
struct Neighbours(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// A connection's place among those of its address, until it is dropped.
#[derive(Debug)]
struct Seat {
    neighbours: Neighbours,
    address: IpAddr,
}

impl Neighbours {
    /// A place for one more connection of an address; none when it has too many.
    fn seat(&self, peer: IpAddr, limits: &Limits) -> Option<Seat> {
        let address = network(peer);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= limits.connections_of_address_max && limits.behind != Some(peer) {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Seat { neighbours: self.clone(), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut counts = self.neighbours.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// The address as far as it tells people apart: of IPv6, everybody has a whole network of 64 bits.
fn network(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(address) => {
            let prefix = address.to_bits() >> 64 << 64;
            address.to_ipv4_mapped().map_or(Ipv6Addr::from_bits(prefix).into(), IpAddr::V4)
        }
    }
}

/// Ends when somebody asks the program to stop: Ctrl-C, or SIGTERM.
///
/// # Errors
/// The system does not let us listen for signals.
pub async fn stop_signal() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

type Connection =
    http1::Connection<TokioIo<Pin<Box<TimeoutStream<TcpStream>>>>, TowerToHyperService<Router>>;

fn connection(stream: TcpStream, router: Router, limits: Limits) -> Connection {
    // Answers are written whole, so waiting to fill packets would only delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection delays its packets");
    }
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.taking_time));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_headers(64)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router))
}
