//! A private PostgreSQL cluster for the tests, gone when they end.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::output;
use crate::tools::{is_root, postgres_programs};

/// A running cluster in a temporary folder; dropping it stops it and removes the folder.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts a cluster on a free port of 127.0.0.1.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = postgres_programs()?;
        let folder = std::env::temp_dir().join(format!("dotpha-postgres-{}", std::process::id()));
        make_folder(&folder)?;
        let cluster = Self { programs, folder, port: free_port()? };
        let data = cluster.folder.join("data");
        output(
            cluster
                .program("initdb")
                .args(["-A", "trust", "-U", "dotpha", "-E", "UTF8", "--locale=C", "-D"])
                .arg(&data),
        )?;
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=200",
            cluster.port,
            cluster.folder.display()
        );
        let mut start = cluster.program("pg_ctl");
        start.args(["-s", "-w", "-D"]).arg(&data).args(["-o", &options, "-l"]);
        start.arg(cluster.folder.join("log")).arg("start");
        // The server keeps what it inherits; a pipe would never be closed.
        let status = start
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .map_err(|error| format!("cannot start pg_ctl: {error}"))?;
        if !status.success() {
            let log = std::fs::read_to_string(cluster.folder.join("log")).unwrap_or_default();
            return Err(format!("PostgreSQL did not start: {}", log.trim()));
        }
        println!("  PostgreSQL runs on 127.0.0.1:{} for the tests", cluster.port);
        Ok(cluster)
    }

    /// The address for [`TEST_DATABASE_URL`](https://www.postgresql.org/docs/current/libpq-connect.html).
    pub(crate) fn url(&self) -> String {
        format!("postgres://dotpha@127.0.0.1:{}/postgres", self.port)
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let stopped = output(
            self.program("pg_ctl").args(["-s", "-w", "-m", "fast", "-D"]).arg(&data).arg("stop"),
        );
        if let Err(reason) = stopped {
            eprintln!("PostgreSQL did not stop: {reason}");
        }
        if let Err(reason) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} could not be removed: {reason}", self.folder.display());
        }
    }
}

fn make_folder(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    if is_root() {
        // PostgreSQL refuses to run as root; its package brings a user of its own.
        output(Command::new("chown").arg("postgres").arg(folder))?;
    }
    Ok(())
}

fn free_port() -> Result<u16, String> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no free port on 127.0.0.1: {error}"))
}
