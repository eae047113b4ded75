//! The programs under load: built as they are shipped, started on a free port, ended by number.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::steps::{cargo, output, root, run};

/// The program, and the example that prepares a database for it.
pub(crate) struct Programs {
    dotpha: PathBuf,
    ground: PathBuf,
}

impl Programs {
    /// Builds both.
    pub(crate) fn build() -> Result<Self, String> {
        let words = ["build", "--quiet", "--release", "--package", "server", "--bin", "dotpha"];
        run("building dotpha", cargo(&words).args(["--example", "collecting_ground"]))?;
        let folder = root().join("target/release");
        Ok(Self {
            dotpha: folder.join("dotpha"),
            ground: folder.join("examples/collecting_ground"),
        })
    }

    /// Prepares a database with so many villages, sessions, and months that came in files; gives
    /// back what the preparation says of it.
    pub(crate) fn prepare(
        &self,
        folder: &Path,
        database: &str,
        [villages, sessions, months]: [usize; 3],
    ) -> Result<String, String> {
        let mut command = Command::new(&self.ground);
        command.arg(database).args([villages, sessions, months].map(|count| count.to_string()));
        output(command.current_dir(folder))
    }

    /// Starts the server and waits until it serves.
    pub(crate) fn serve(&self, folder: &Path, database: &str) -> Result<Server, String> {
        let mut child = Command::new(&self.dotpha)
            .current_dir(folder)
            .args(["--database", database, "serve", "--port", "0", "--behind", "127.0.0.1"])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", self.dotpha.display()))?;
        let said = child.stdout.take().ok_or("the server has no output")?;
        let mut lines = BufReader::new(said).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("http://").map(|rest| rest.trim().to_owned()));
        // Keep reading, so that the server never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        match address {
            Some(address) => Ok(Server { child, address }),
            None => Err(format!("the server ended before it served: {:?}", child.wait())),
        }
    }

    /// Whether `dotpha verify` finds everything as it was recorded.
    pub(crate) fn verify(&self, folder: &Path, database: &str) -> Result<(), String> {
        let mut command = Command::new(&self.dotpha);
        output(command.current_dir(folder).args(["--database", database, "verify"])).map(drop)
    }
}

/// A running server; dropping it ends it the hard way, as a power cut would.
pub(crate) struct Server {
    child: Child,
    /// Host and port.
    pub(crate) address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(reason) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("the server did not end: {reason}");
        }
    }
}
