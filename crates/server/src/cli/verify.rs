//! `dotpha verify`: whether anything was changed behind the program's back.

use std::process::ExitCode;

use actions::error::Error;
use actions::verification::{Verification, Witnesses};
use actions::workspace::Workspace;
use clap::Args;
use domain::refusal::Refusal;
use serde::Serialize;

use super::output::Output;
use crate::wording::{Gap, Lang, ledger};
use crate::{checkpoints, keys};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The line of the ledger's key, where the key file itself is not at hand.
    #[arg(long, value_name = "LINE")]
    key: Option<String>,
    /// Answers with JSON.
    #[arg(long)]
    json: bool,
}

/// What the command answers in JSON.
#[derive(Debug, Serialize)]
struct Wire {
    whole: bool,
    size: u64,
    root: Option<String>,
    key: Option<String>,
    checkpoints: usize,
    unchecked_checkpoints: usize,
    rows: u64,
    troubles: Vec<String>,
    troubles_left_out: u64,
}

pub(super) fn run(
    workspace: &Workspace,
    place: &str,
    arguments: &Arguments,
    out: &mut Output,
) -> Result<ExitCode, Error> {
    let key = match &arguments.key {
        Some(line) => Some(line.clone()),
        None => match keys::existing(place)? {
            Some(secrets) => Some(secrets.ledger_key_line()?),
            None => None,
        },
    };
    let file = checkpoints::path_of(place);
    let kept = checkpoints::read(&file).map_err(|error| {
        let detail = format!("{}: {error}", file.display());
        Error::from(Refusal::FileNotOpened { detail })
    })?;
    let found = workspace.verify(Witnesses { key: key.clone(), checkpoints: kept })?;
    let whole = found.troubles.is_empty();
    if arguments.json {
        in_json(found, key, out)?;
    } else {
        in_words(&found, out);
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_words(found: &Verification, out: &mut Output) {
    let lang = out.lang;
    let count = |count: usize| Gap::from(i64::try_from(count).unwrap_or(i64::MAX));
    let large = |count: u64| Gap::from(i64::try_from(count).unwrap_or(i64::MAX));
    if found.troubles.is_empty() {
        let gaps = [
            ("size", large(found.size)),
            ("rows", large(found.rows)),
            ("checkpoints", count(found.checkpoints)),
        ];
        out.line(&lang.tell("verify-whole", gaps));
    } else {
        out.line(&lang.tell("verify-damaged", [("count", count(found.troubles.len()))]));
        for trouble in &found.troubles {
            out.line(&format!("  • {}", ledger::trouble(trouble, lang)));
        }
    }
    if found.left_out > 0 {
        out.line(&lang.tell("verify-more", [("count", large(found.left_out))]));
    }
    if let Some(root) = &found.root {
        out.line(&lang.tell("verify-root", [("root", Gap::from(root.as_str()))]));
    }
    if found.unchecked > 0 {
        out.aside(&lang.tell("verify-unchecked", [("count", count(found.unchecked))]));
    }
}

fn in_json(found: Verification, key: Option<String>, out: &mut Output) -> Result<(), Error> {
    let lang: Lang = out.lang;
    let troubles = found.troubles.iter().map(|trouble| ledger::trouble(trouble, lang));
    let wire = Wire {
        whole: found.troubles.is_empty(),
        size: found.size,
        troubles: troubles.collect(),
        root: found.root,
        key,
        checkpoints: found.checkpoints,
        unchecked_checkpoints: found.unchecked,
        rows: found.rows,
        troubles_left_out: found.left_out,
    };
    let text = serde_json::to_string_pretty(&wire);
    out.line(&text.map_err(|error| Error::Fault(error.to_string()))?);
    Ok(())
}
