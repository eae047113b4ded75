//! A folder in which the program runs, and what it said there.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

/// A folder of its own for one test.
pub(crate) struct World {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The sample, imported once by the demo; tests work on copies of its database.
pub(crate) static SAMPLE: LazyLock<(PathBuf, Ended)> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-sample");
    std::fs::create_dir_all(&folder).unwrap();
    let ended = run(&folder, &["demo", "--no-serve", "--out", "demo"], &[]);
    (folder.join("demo"), ended)
});

impl World {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A folder whose `dotpha.db` holds the sample.
    pub(crate) fn with_sample() -> Self {
        let world = Self::new();
        std::fs::copy(SAMPLE.0.join("dotpha-demo.db"), world.path("dotpha.db")).unwrap();
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    /// Runs the program in the folder with settings of the environment.
    pub(crate) fn run_with(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Ended {
        let ended = run(self.folder.path(), arguments, settings);
        let folder = self.folder.path().canonicalize().unwrap();
        let here = |text: String| text.replace(folder.to_str().unwrap(), "[folder]");
        Ended { out: here(ended.out), err: here(ended.err), ..ended }
    }

    /// Runs the program, which must succeed; gives back what it answered.
    pub(crate) fn answer(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, 0, "{arguments:?}: {ended}");
        ended.out
    }

    /// How many imports the database has seen, as its reports say.
    pub(crate) fn imports(&self) -> i64 {
        self.answer(&["report", "build", "--template=ket-qua-kl-01", "--out=imports"]);
        let figures = std::fs::read_to_string(self.path("imports/figures.json")).unwrap();
        let figures: serde_json::Value = serde_json::from_str(&figures).unwrap();
        figures["as_of_import"].as_i64().unwrap()
    }
}

/// A file or folder of the checkout.
pub(crate) fn source(name: &str) -> String {
    testkit::root().join(name).to_str().unwrap().to_owned()
}

fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_dotpha"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("DOTPHA_DATABASE")
        .env_remove("DOTPHA_LANGUAGE")
        .env_remove("COLUMNS")
        .envs(settings.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ended {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl fmt::Display for Ended {
    /// The exit code, the answer, then what was said beside it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "exit {}", self.code)?;
        out.write_str(&self.out)?;
        if !self.err.is_empty() {
            write!(out, "----- beside it\n{}", self.err)?;
        }
        Ok(())
    }
}
