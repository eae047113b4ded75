//! The key of a database: a file beside it that nobody else may read, made on first use.

use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actions::error::Error;
use actions::secrets::{Hashing, KEY_BYTES, Secrets};
use domain::entrance::EntranceProblem;

/// The longest secret in a file.
const SECRET_BYTES_MAX: u64 = 4_096;

/// The secrets of a database, by its path or `postgres://` address.
///
/// # Errors
/// The key cannot be read or made, or others may read it.
pub fn secrets(place: &str) -> Result<Secrets, Error> {
    let key = read_or_make(&path_of(place))?;
    Ok(Secrets::new(key, Arc::new(fill), Hashing::SERVER))
}

/// The secrets of a database whose key is there already; none is made.
///
/// # Errors
/// The key cannot be read, or others may read it.
pub fn existing(place: &str) -> Result<Option<Secrets>, Error> {
    if path_of(place).exists() { secrets(place).map(Some) } else { Ok(None) }
}

/// Where a database's key lies: beside its file, or in the working folder for a server's.
fn path_of(place: &str) -> PathBuf {
    if place.contains("://") {
        PathBuf::from("dotpha.key")
    } else {
        PathBuf::from(format!("{place}.key"))
    }
}

fn fill(buffer: &mut [u8]) {
    // Without randomness nothing that follows would be secret.
    getrandom::fill(buffer).expect("the system gives randomness");
}

fn read_or_make(path: &Path) -> Result<[u8; KEY_BYTES], Error> {
    let refused = |error: &std::io::Error| {
        Error::from(EntranceProblem::KeyNotUsed {
            file: path.display().to_string(),
            detail: error.to_string(),
        })
    };
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return make(path).map_err(|error| refused(&error));
        }
        Err(error) => return Err(refused(&error)),
    };
    if is_open_to_others(&file).map_err(|error| refused(&error))? {
        return Err(EntranceProblem::KeyOpenToOthers { file: path.display().to_string() }.into());
    }
    let mut key = [0; KEY_BYTES];
    file.read_exact(&mut key).map_err(|error| refused(&error))?;
    Ok(key)
}

/// A secret in a file that nobody else may read, without the blanks around it.
///
/// # Errors
/// The file cannot be read, or others may read it.
pub fn text(path: &Path) -> Result<String, Error> {
    let file = || path.display().to_string();
    let refused = |error: std::io::Error| {
        Error::from(EntranceProblem::KeyNotUsed { file: file(), detail: error.to_string() })
    };
    let opened = std::fs::File::open(path).map_err(refused)?;
    if is_open_to_others(&opened).map_err(refused)? {
        return Err(EntranceProblem::KeyOpenToOthers { file: file() }.into());
    }
    let mut text = String::new();
    opened.take(SECRET_BYTES_MAX).read_to_string(&mut text).map_err(refused)?;
    Ok(text.trim().to_owned())
}

fn make(path: &Path) -> std::io::Result<[u8; KEY_BYTES]> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut key = [0; KEY_BYTES];
    fill(&mut key);
    let mut file = options.open(path)?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}

#[cfg(unix)]
fn is_open_to_others(file: &std::fs::File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_file: &std::fs::File) -> std::io::Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use domain::refusal::Refusal;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_by_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db.key");
        let made = read_or_make(&path).unwrap();
        assert_ne!(made, [0; KEY_BYTES]);
        assert_eq!(read_or_make(&path).unwrap(), made);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refused = read_or_make(&path);
        let file = path.display().to_string();
        let Err(Error::Refused(reasons)) = refused else { panic!("{refused:?}") };
        assert_eq!(reasons[0].why, EntranceProblem::KeyOpenToOthers { file }.into());
    }

    #[test]
    fn a_key_that_was_cut_short_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db.key");
        std::fs::write(&path, [1; 10]).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        let Err(Error::Refused(reasons)) = read_or_make(&path) else { panic!("taken") };
        let Refusal::Entrance(problem) = &reasons[0].why else { panic!("{reasons:?}") };
        assert!(matches!(problem, EntranceProblem::KeyNotUsed { .. }));
    }
}
