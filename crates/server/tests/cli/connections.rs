//! The real program from outside: how many connections an address gets, and how long heads may be.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::world::World;

/// As many as one address gets.
const MOST: usize = 100;
const PATIENCE: Duration = Duration::from_secs(20);

/// The program serving an empty database; it ends with the test.
struct Served {
    child: Child,
    address: SocketAddr,
    world: World,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn serve(arguments: &[&str]) -> Served {
    let world = World::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dotpha"))
        .current_dir(world.path("."))
        .args(["serve", "--port", "0"])
        .args(arguments)
        .env("DOTPHA_DATABASE", world.path("dotpha.db"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let address = first.trim().strip_prefix("http://").unwrap().parse().unwrap();
    Served { child, address, world }
}

/// A connection from an address of this machine.
async fn connect(from: [u8; 4], to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::from(from), 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// What is answered to a question for the program's health; empty when the connection is closed.
async fn ask(stream: &mut TcpStream) -> String {
    let question = b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n";
    if stream.write_all(question).await.is_err() {
        return String::new();
    }
    let mut answer = vec![0; 4096];
    match timeout(PATIENCE, stream.read(&mut answer)).await.unwrap() {
        Ok(count) => String::from_utf8_lossy(&answer[..count]).into_owned(),
        Err(_) => String::new(),
    }
}

#[tokio::test]
async fn an_address_gets_a_hundred_connections_and_leaves_room_for_others() {
    let served = serve(&[]);
    let (crowd, other) = ([127, 0, 0, 2], [127, 0, 0, 3]);
    let mut held = Vec::new();
    for _ in 0..MOST {
        let mut stream = connect(crowd, served.address).await;
        assert!(ask(&mut stream).await.starts_with("HTTP/1.1 200"));
        held.push(stream);
    }
    assert_eq!(ask(&mut connect(crowd, served.address).await).await, "", "one too many");
    let mut neighbour = connect(other, served.address).await;
    assert!(ask(&mut neighbour).await.starts_with("HTTP/1.1 200"), "somebody else is served");

    // Whoever leaves makes room; the server notices in its own time.
    drop(held.pop());
    let again = async {
        while ask(&mut connect(crowd, served.address).await).await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, again).await.unwrap();
}

#[tokio::test]
async fn the_server_before_this_one_is_not_counted() {
    let served = serve(&["--behind", "127.0.0.2"]);
    let mut held = Vec::new();
    for _ in 0..MOST + 20 {
        let mut stream = connect([127, 0, 0, 2], served.address).await;
        assert!(ask(&mut stream).await.starts_with("HTTP/1.1 200"));
        held.push(stream);
    }
}

#[test]
fn addresses_have_four_kilobytes_and_heads_sixteen() {
    let served = serve(&[]);
    let ask = |path: &str, header: usize| {
        let mut stream = std::net::TcpStream::connect(served.address).unwrap();
        let filler = "x".repeat(header);
        let head = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n");
        // Whoever is refused early may not take the rest.
        drop(write!(stream, "{head}x-filler: {filler}\r\n\r\n"));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        String::from_utf8_lossy(&answer).into_owned()
    };
    let address = |length: usize| format!("/health?{}", "a".repeat(length - "/health?".len()));
    let cases = [
        (address(4 * 1024), 10, "HTTP/1.1 200", "ok"),
        (address(4 * 1024 + 1), 10, "HTTP/1.1 414", "Địa chỉ dài quá mức nhận"),
        ("/health".to_owned(), 15 * 1024, "HTTP/1.1 200", "ok"),
        ("/health".to_owned(), 17 * 1024, "HTTP/1.1 431", ""),
    ];
    for (path, header, begins, holds) in cases {
        let answer = ask(&path, header);
        assert!(answer.starts_with(begins), "{} {header}: {answer}", path.len());
        assert!(answer.contains(holds), "{} {header}: {answer}", path.len());
    }
}

/// Whoever keeps the machine stops a server by a signal, and its last checkpoint is kept.
#[test]
fn a_server_that_is_told_to_stop_signs_what_was_done_and_ends_well() {
    let mut served = serve(&[]);
    // It listens to signals once it answers.
    let mut stream = std::net::TcpStream::connect(served.address).unwrap();
    stream.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
    let told = Command::new("kill").args(["-TERM", &served.child.id().to_string()]).status();
    assert!(told.unwrap().success());
    assert!(served.child.wait().unwrap().success(), "it ends without a complaint");
    let kept = std::fs::read_to_string(served.world.path("dotpha.db.checkpoints.log")).unwrap();
    assert!(kept.starts_with("dotpha"), "{kept}");
}
