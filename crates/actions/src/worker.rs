//! Reads workbooks and documents in a process of its own, so that a hostile file costs one import, not the server.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use formats::sheet::{SheetError, Workbook, WorkerFailure};
use formats::written::{self, Written, WrittenError};
use formats::xlsx;

/// The word that asks the reading process for the limits of a filled form.
pub const FORM: &str = "form";

/// The word that asks the reading process for the text of a document.
pub const WRITTEN: &str = "written";

/// Bytes of a document that the reading process takes; more is no document to it.
const WRITTEN_BYTES_MAX: u64 = 32 << 20;

/// What the reading process may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Time on the clock, start to answer; as much again of processor time, to the full second.
    pub time: Duration,
    /// Address space in KiB; on systems without `ulimit` nothing enforces it.
    pub memory_kib: u64,
    /// Bytes of the answer.
    pub answer_bytes: u64,
}

impl Allowance {
    /// What a filled form may use: somebody waits for it, and others wait behind.
    pub const FORM: Self =
        Self { time: Duration::from_secs(5), memory_kib: 1 << 19, answer_bytes: 16 << 20 };

    /// What a document may use whose text is searched: somebody waits for it.
    pub const WRITTEN: Self =
        Self { time: Duration::from_secs(10), memory_kib: 1 << 20, answer_bytes: 64 << 20 };
}

impl Default for Allowance {
    fn default() -> Self {
        Self { time: Duration::from_secs(20), memory_kib: 1 << 20, answer_bytes: 128 << 20 }
    }
}

/// Plays the child: reads a workbook's bytes from `input`, writes what it holds to `output`.
///
/// # Errors
/// When the parent stops listening; what is wrong with the workbook is part of the answer.
pub fn serve(
    input: impl Read,
    mut output: impl Write,
    limits: xlsx::Limits,
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    // One byte more than is taken lets the reader say that it is too much.
    let outcome = match input.take(limits.file_bytes + 1).read_to_end(&mut bytes) {
        Ok(_) => xlsx::read_workbook(&bytes, &limits),
        Err(error) => Err(SheetError::NotRead { detail: error.to_string() }),
    };
    output.write_all(&xlsx::wire::encode(&outcome))?;
    output.flush()
}

/// Plays the child for a document: reads its bytes from `input`, writes what it says to `output`.
///
/// # Errors
/// When the parent stops listening; what is wrong with the document is part of the answer.
pub fn serve_written(input: impl Read, mut output: impl Write) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let outcome = match input.take(WRITTEN_BYTES_MAX).read_to_end(&mut bytes) {
        Ok(_) => written::read(&bytes),
        Err(error) => Err(WrittenError::Damaged(error.to_string())),
    };
    output.write_all(&written::encode(&outcome))?;
    output.flush()
}

/// The limits that a word after the reading process's own name stands for.
#[must_use]
pub fn limits_of(word: Option<&str>) -> xlsx::Limits {
    if word == Some(FORM) { xlsx::Limits::FORM } else { xlsx::Limits::default() }
}

/// Reads a workbook in a child process: `program` with `arguments` must end in [`serve`].
///
/// # Errors
/// What is wrong with the workbook, or how the process failed.
pub fn read_in_child(
    program: &Path,
    arguments: &[&str],
    workbook: Vec<u8>,
    allowance: &Allowance,
) -> Result<Workbook, SheetError> {
    let answer = ask(program, arguments, workbook, allowance).map_err(SheetError::WorkerFailed)?;
    xlsx::wire::decode(&answer)
}

/// Reads a document in a child process: `program` with `arguments` must end in [`serve_written`].
///
/// # Errors
/// What is wrong with the document, or how the process failed.
pub fn read_written_in_child(
    program: &Path,
    arguments: &[&str],
    document: Vec<u8>,
    allowance: &Allowance,
) -> Result<Written, WrittenError> {
    let answer =
        ask(program, arguments, document, allowance).map_err(WrittenError::WorkerFailed)?;
    written::decode(&answer)
}

/// Starts a child, hands it the bytes and waits for its answer, which must come in time and from a
/// child that ends well.
fn ask(
    program: &Path,
    arguments: &[&str],
    bytes: Vec<u8>,
    allowance: &Allowance,
) -> Result<Vec<u8>, WorkerFailure> {
    let mut child = start(program, arguments, allowance)
        .map_err(|error| WorkerFailure::NotStarted(error.to_string()))?;
    let answer = converse(&mut child, bytes, allowance);
    if answer.is_err() {
        // It may have ended by itself; then there is nothing to end, and no harm.
        let _already_gone = child.kill();
    }
    let succeeded = child.wait().is_ok_and(|status| status.success());
    match answer {
        Err(why) => Err(why),
        Ok(_) if !succeeded => Err(WorkerFailure::Stopped),
        Ok(answer) => Ok(answer),
    }
}

/// Starts the child with empty surroundings: it has no business with our settings and secrets.
fn start(program: &Path, arguments: &[&str], allowance: &Allowance) -> std::io::Result<Child> {
    let mut command = if cfg!(unix) {
        // The shell replaces itself by the program, which keeps its process id and its limits.
        let mut shell = Command::new("/bin/sh");
        let seconds = allowance.time.as_secs() + 1;
        let limits = format!("ulimit -v {}; ulimit -t {seconds}", allowance.memory_kib);
        shell.arg("-c").arg(format!("{limits}; exec \"$0\" \"$@\"")).arg(program);
        shell
    } else {
        Command::new(program)
    };
    command
        .args(arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// Sends the workbook and waits for the answer. Sending and receiving have a thread each, because
/// a child that does not listen, or does not stop talking, would hold us up for ever.
fn converse(
    child: &mut Child,
    workbook: Vec<u8>,
    allowance: &Allowance,
) -> Result<Vec<u8>, WorkerFailure> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(WorkerFailure::NotStarted("no pipes".to_owned()));
    };
    let answer_bytes = allowance.answer_bytes;
    let (sender, receiver) = mpsc::channel();
    // A child that stops listening shows in its answer.
    thread::spawn(move || input.write_all(&workbook));
    thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.take(answer_bytes + 1).read_to_end(&mut answer);
        sender.send(read.map(|_| answer))
    });
    match receiver.recv_timeout(allowance.time) {
        Ok(Ok(answer)) if answer.len() as u64 > answer_bytes => Err(WorkerFailure::Garbled),
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(WorkerFailure::Stopped),
        Err(RecvTimeoutError::Timeout) => Err(WorkerFailure::TookTooLong),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use formats::sheet::Place;

    use super::*;

    /// Asks a child that is a shell script.
    fn ask_script(script: &str, allowance: &Allowance) -> Result<Workbook, SheetError> {
        read_in_child(Path::new("/bin/sh"), &["-c", script], vec![0; 300_000], allowance)
    }

    fn failed(why: WorkerFailure) -> Result<Workbook, SheetError> {
        Err(SheetError::WorkerFailed(why))
    }

    #[test]
    fn the_answer_of_the_child_is_the_answer() {
        let read =
            ask_script("cat > /dev/null; echo '{\"Ok\":{\"sheets\":[]}}'", &Allowance::default());
        assert_eq!(read, Ok(Workbook::default()));
        let refused =
            ask_script("cat > /dev/null; echo '{\"Err\":\"OldWorkbook\"}'", &Allowance::default());
        assert_eq!(refused, Err(SheetError::OldWorkbook));
    }

    #[test]
    fn each_way_to_fail_is_told_apart() {
        let default = Allowance::default();
        let hurried = Allowance { time: Duration::from_millis(200), ..default };
        let curt = Allowance { answer_bytes: 1_000, ..default };
        let cases = [
            ("aborts", "kill -ABRT $$", &default, WorkerFailure::Stopped),
            ("is killed", "kill -KILL $$", &default, WorkerFailure::Stopped),
            (
                "fails after a good answer",
                "echo '{\"Err\":\"Empty\"}'; exit 3",
                &default,
                WorkerFailure::Stopped,
            ),
            ("says nothing", "true", &default, WorkerFailure::Garbled),
            ("says nonsense", "cat > /dev/null; echo hello", &default, WorkerFailure::Garbled),
            ("never ends", "while :; do :; done", &hurried, WorkerFailure::TookTooLong),
            ("never listens", "exec sleep 60", &hurried, WorkerFailure::TookTooLong),
            ("never stops talking", "exec cat /dev/zero", &curt, WorkerFailure::Garbled),
        ];
        for (name, script, allowance, why) in cases {
            assert_eq!(ask_script(script, allowance), failed(why), "a child that {name}");
        }
    }

    #[test]
    fn a_program_that_is_not_there_gives_no_workbook() {
        let absent = Path::new("/nowhere/import-worker");
        let found = read_in_child(absent, &[], Vec::new(), &Allowance::default());
        assert!(matches!(found, Err(SheetError::WorkerFailed(_))), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn the_child_has_limits_and_no_settings_of_ours() {
        let script = "cat > /dev/null; [ $(ulimit -v) = 1048576 ] && [ $(ulimit -t) = 21 ] \
            && [ -z \"$CARGO_MANIFEST_DIR$HOME\" ] && echo '{\"Err\":\"Empty\"}'";
        assert_eq!(ask_script(script, &Allowance::default()), Err(SheetError::Empty));
    }

    #[test]
    fn the_child_answers_with_what_the_workbook_holds_or_lacks() {
        let too_large = usize::try_from(xlsx::Limits::default().file_bytes).unwrap() + 1;
        let cases = [
            (Vec::new(), SheetError::Empty),
            (b"code,name\n".to_vec(), SheetError::NotAWorkbook),
            (
                vec![b'P'; too_large],
                SheetError::TooLarge {
                    at: Place::default(),
                    what: formats::sheet::Limit::FileBytes,
                    limit: xlsx::Limits::default().file_bytes,
                },
            ),
        ];
        for (bytes, expected) in cases {
            let mut answer = Vec::new();
            serve(Cursor::new(bytes), &mut answer, xlsx::Limits::default()).unwrap();
            assert_eq!(xlsx::wire::decode(&answer), Err(expected));
        }
    }
}
