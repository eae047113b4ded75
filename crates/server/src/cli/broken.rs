//! `dotpha broken`: splits that wait for somebody's decision.

use actions::error::Error;
use actions::reorganisations::{UndecidedSplit, undecided};
use actions::workspace::Workspace;
use clap::Args;

use super::output::Output;
use crate::wording::{periods, places};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only how many there are.
    #[arg(long)]
    count: bool,
}

pub(super) fn run(
    workspace: &Workspace,
    arguments: &Arguments,
    out: &mut Output,
) -> Result<(), Error> {
    let splits = undecided(&*workspace.snapshot()?);
    if !arguments.count {
        for UndecidedSplit { unit, date, heirs } in &splits {
            let heirs: Vec<String> = heirs
                .iter()
                .map(|heir| format!("{} {}", heir.code, places::full_name(heir, out.lang)))
                .collect();
            out.line(&format!(
                "{}  {} {}  →  {}",
                periods::day(*date, out.lang),
                unit.code,
                places::full_name(unit, out.lang),
                heirs.join(", ")
            ));
        }
    }
    let count = i64::try_from(splits.len()).unwrap_or(i64::MAX);
    out.line(&out.lang.tell("cli-broken", [("count", count.into())]));
    Ok(())
}
