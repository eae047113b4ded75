//! Many people who send figures to a real server at once: the ground they stand on, the server, and
//! each of them. Shared by the benchmark of collecting and the tests with faults.

pub(crate) mod client;
pub(crate) mod ground;
pub(crate) mod programs;

use std::path::PathBuf;

pub(crate) use client::Client;
pub(crate) use ground::Ground;
pub(crate) use programs::{Programs, Server};

use crate::postgres::Cluster;
use crate::steps::root;

/// An empty place to work in, with a database on one of the engines, which is gone with it.
pub(crate) struct Place {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// The database's file or address.
    pub(crate) database: String,
    _cluster: Option<Cluster>,
}

impl Place {
    /// Makes the folder under `target/`, empty, and starts what the engine needs.
    pub(crate) fn make(name: &str, engine: &str) -> Result<Self, String> {
        let folder = root().join("target").join(name);
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(failed)?;
        }
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let cluster = match engine {
            "sqlite" => None,
            "postgres" => Some(Cluster::start()?),
            _ => return Err(format!("{engine} is unknown: sqlite, postgres")),
        };
        let database = cluster.as_ref().map_or_else(|| format!("{name}.db"), Cluster::url);
        Ok(Self { folder, database, _cluster: cluster })
    }
}
