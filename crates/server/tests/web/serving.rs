//! The accept loop lets go of slow clients, bears a limited number, and ends when told to.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use server::web::serve::{Limits, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// More than the system takes off a server's hands while nobody reads, in bytes.
const LARGE: usize = 64 << 20;

const PATIENCE: Duration = Duration::from_secs(20);

async fn start(limits: Limits) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let router = Router::new()
        .route("/", get(|| async { "here" }).post(|body: String| async move { body }))
        .route("/large", get(|| async { "x".repeat(LARGE) }));
    let server = tokio::spawn(async move {
        let stop = async { stopped.await.unwrap_or(()) };
        serve(listener, router, limits, stop).await.unwrap();
    });
    (address, stop, server)
}

/// Everything the server says until it closes the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut said = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut said)).await.unwrap().unwrap();
    said
}

const WHOLE: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_client_that_never_ends_its_headers_is_let_go() {
    let limits = Limits { header_time: Duration::from_millis(50), ..Limits::default() };
    let (address, _stop, _server) = start(limits).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n").await.unwrap();
    assert!(!rest(slow).await.contains("here"));
}

#[tokio::test]
async fn a_client_that_stops_in_the_middle_of_what_it_sends_is_let_go() {
    let limits = Limits { sending_time: Duration::from_millis(50), ..Limits::default() };
    let (address, _stop, _server) = start(limits).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    let head = b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 9\r\n\r\n";
    slow.write_all(head).await.unwrap();
    slow.write_all(b"four").await.unwrap();
    assert!(!rest(slow).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answer_is_let_go() {
    // Stopping waits longer for answers that are under way than this test waits for it.
    let (taking_time, stopping_time) = (Duration::from_millis(50), 2 * PATIENCE);
    let limits = Limits { taking_time, stopping_time, ..Limits::default() };
    let (address, stop, server) = start(limits).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    slow.readable().await.unwrap();
    stop.send(()).unwrap();
    timeout(PATIENCE, server).await.unwrap().unwrap();
    let mut taken = Vec::new();
    let outcome = timeout(PATIENCE, slow.read_to_end(&mut taken)).await.unwrap();
    assert!(outcome.is_err() || taken.len() < LARGE, "the whole answer waited for the client");
}

#[tokio::test]
async fn a_client_that_holds_its_connection_too_long_is_let_go() {
    let limits = Limits { connection_time: Duration::from_millis(50), ..Limits::default() };
    let (address, _stop, _server) = start(limits).await;
    let idle = TcpStream::connect(address).await.unwrap();
    assert_eq!(rest(idle).await, "");
}

#[tokio::test]
async fn a_full_house_serves_the_next_when_one_leaves() {
    let (address, _stop, _server) = start(Limits { connections_max: 1, ..Limits::default() }).await;
    let first = TcpStream::connect(address).await.unwrap();
    let mut second = TcpStream::connect(address).await.unwrap();
    second.write_all(WHOLE).await.unwrap();
    drop(first);
    assert!(rest(second).await.ends_with("here"));
}

#[tokio::test]
async fn a_stopped_server_ends_and_answers_nobody_any_more() {
    let (address, stop, server) = start(Limits::default()).await;
    let mut served = TcpStream::connect(address).await.unwrap();
    served.write_all(WHOLE).await.unwrap();
    assert!(rest(served).await.ends_with("here"));
    stop.send(()).unwrap();
    timeout(PATIENCE, server).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
