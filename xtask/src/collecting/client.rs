//! One person with a connection that stays open, who sends a submission and waits for its receipt.

use std::io::{BufRead as _, BufReader, Error, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How long a person waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The largest answer that is read, in bytes.
const ANSWER_MAX: usize = 1 << 20;

/// What the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// A person at work.
pub(crate) struct Client {
    connection: BufReader<TcpStream>,
    head: String,
}

impl Client {
    /// Connects with a session's secret and the mark of its forms.
    pub(crate) fn connect(address: &str, session: &(String, String)) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (secret, mark) = session;
        let head = format!(
            "host: {address}\r\ncookie: __Host-dotpha={secret}\r\ndotpha-form-secret: {mark}\r\n\
             content-type: application/json\r\n"
        );
        Ok(Self { connection: BufReader::new(stream), head })
    }

    /// Sends a submission and waits for the answer.
    pub(crate) fn put(&mut self, id: &str, body: &str) -> std::io::Result<Answer> {
        let request = format!(
            "PUT /api/submissions/{id} HTTP/1.1\r\n{}content-length: {}\r\n\r\n{body}",
            self.head,
            body.len()
        );
        self.connection.get_mut().write_all(request.as_bytes())?;
        self.read()
    }

    /// Asks for a page; gives back how soon the first byte of the answer came, and the answer.
    pub(crate) fn get(&mut self, path: &str) -> std::io::Result<(Duration, Answer)> {
        let request = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head);
        let asked = Instant::now();
        self.connection.get_mut().write_all(request.as_bytes())?;
        self.connection.fill_buf()?;
        let first_byte = asked.elapsed();
        Ok((first_byte, self.read()?))
    }

    fn read(&mut self) -> std::io::Result<Answer> {
        let odd = |what: &str| Error::new(ErrorKind::InvalidData, what.to_owned());
        let mut status = None;
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.connection.read_line(&mut line)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if status.is_none() {
                let code = line.split(' ').nth(1).and_then(|code| code.parse().ok());
                status = Some(code.ok_or_else(|| odd("no status"))?);
            } else if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(|_| odd("no length"))?;
            }
        }
        if length > ANSWER_MAX {
            return Err(odd("too long"));
        }
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body)?;
        let body = String::from_utf8(body).map_err(|_| odd("no text"))?;
        Ok(Answer { status: status.ok_or_else(|| odd("no status"))?, body })
    }
}
