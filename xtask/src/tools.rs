//! Finding the programs that tests need, and installing them from Debian packages when missing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::{output, run};

/// The folder with PostgreSQL's server programs.
pub(crate) fn postgres_programs() -> Result<PathBuf, String> {
    find_postgres().map_or_else(
        || {
            install("the PostgreSQL server", &["postgresql"])?;
            find_postgres().ok_or_else(|| {
                "PostgreSQL was installed, but initdb is not under /usr/lib/postgresql".to_owned()
            })
        },
        Ok,
    )
}

/// Node, from the path or a Debian package.
pub(crate) fn node() -> Result<PathBuf, String> {
    match (find("node"), find("npm")) {
        (Some(node), Some(_)) => Ok(node),
        _ => {
            install("Node and npm", &["nodejs", "npm"])?;
            find("node").ok_or_else(|| "Node was installed, but `node` is not found".to_owned())
        }
    }
}

/// Chromium, from the path or a Debian package.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    if let Some(found) = find("chromium") {
        return Ok(found);
    }
    install("Chromium", &["chromium"])?;
    find("chromium").ok_or_else(|| "Chromium was installed, but is not found".to_owned())
}

/// Whether this process runs as root, which PostgreSQL refuses.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn find_postgres() -> Option<PathBuf> {
    let beside_initdb = find("initdb").and_then(|file| file.parent().map(Path::to_path_buf));
    if beside_initdb.is_some() {
        return beside_initdb;
    }
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop()
}

fn install(what: &str, packages: &[&str]) -> Result<(), String> {
    let by_hand = format!("install it with: sudo apt-get install {}", packages.join(" "));
    if find("apt-get").is_none() {
        return Err(format!("{what} is missing and this is no Debian or Ubuntu; install it first"));
    }
    let root = is_root();
    if !root && find("sudo").is_none() {
        return Err(format!("{what} is missing and this user may not install it; {by_hand}"));
    }
    let apt = |words: &[&str]| {
        let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
        if !root {
            command.args(["-n", "apt-get"]);
        }
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
        command.stdout(Stdio::null());
        command
    };
    run("updating the list of Debian packages", &mut apt(&["update", "-qq"]))?;
    let mut words = vec!["install", "-qq", "-y", "--no-install-recommends"];
    words.extend(packages);
    run(&format!("installing {what} from Debian packages"), &mut apt(&words))
        .map_err(|_| format!("{what} could not be installed; {by_hand}"))
}
