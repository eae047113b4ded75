//! Checkpoints kept in a file beside the database, so that whoever changes the database has to
//! change the file too. A server makes one every minute in which something was recorded.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use actions::entrance::Entrance;

use crate::clock;

/// How often a server signs what was recorded.
const EVERY: Duration = Duration::from_secs(60);

/// What stands between two checkpoints: none has two empty lines in a row.
const BETWEEN: &str = "\n\n\n";

/// Where the checkpoints of a database are kept: beside its file, or in the working folder for a
/// server's.
#[must_use]
pub fn path_of(place: &str) -> PathBuf {
    if place.contains("://") {
        PathBuf::from("dotpha.checkpoints.log")
    } else {
        PathBuf::from(format!("{place}.checkpoints.log"))
    }
}

/// The signed texts in a file; none when it is not there.
///
/// # Errors
/// The file cannot be read.
pub fn read(file: &Path) -> std::io::Result<Vec<String>> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let texts = text.split(BETWEEN).filter(|text| !text.trim().is_empty());
    Ok(texts.map(|text| format!("{}\n", text.trim_end_matches('\n'))).collect())
}

/// Adds a signed text at the end of a file, and waits until it is on disk.
///
/// # Errors
/// The file cannot be written.
pub fn append(file: &Path, signed: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    file.write_all(format!("{}{BETWEEN}", signed.trim_end_matches('\n')).as_bytes())?;
    file.sync_all()
}

/// Makes a checkpoint when something was recorded since the last. Serving goes on without one, so
/// what fails is only told to whoever runs the server.
pub fn make(entrance: &Entrance, file: &Path) {
    match entrance.make_checkpoint(clock::now_ms()) {
        Ok(None) => {}
        Ok(Some(signed)) => {
            if let Err(error) = append(file, &signed) {
                tracing::error!(%error, file = %file.display(), "a checkpoint was not kept outside");
            }
        }
        Err(error) => tracing::error!(?error, "no checkpoint was made"),
    }
}

/// Makes checkpoints for as long as the server runs.
pub async fn keep(entrance: Entrance, file: PathBuf) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        let (entrance, file) = (entrance.clone(), file.clone());
        let work = tokio::task::spawn_blocking(move || make(&entrance, &file));
        if let Err(stopped) = work.await {
            tracing::error!(%stopped, "no checkpoint was made");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.checkpoints.log");
        assert!(read(&file).unwrap().is_empty());
        let signed = ["log\n1\nroot\n\n— log sig\n", "log\n2\nroot\n\n— log one\n— log two\n"];
        for signed in signed {
            append(&file, signed).unwrap();
        }
        assert_eq!(read(&file).unwrap(), signed);
    }
}
