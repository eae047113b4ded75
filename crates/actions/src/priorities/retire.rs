//! Ending a chosen priority, or putting another one in its place.

use domain::access::{Actor, Right};
use domain::choosing::ChoosingProblem;
use domain::priority::{Chosen, Ended};
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::text;
use jiff::civil::Date;
use store::WriteTx;

use crate::accounts::Moment;
use crate::door::Choosing;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::proposals::TEXT_MAX;
use crate::proposals::decide::record_priority;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// The end of a priority as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retiring {
    /// Its last day.
    pub on: Option<Date>,
    /// Why.
    pub because: String,
    /// The one that comes in its place: another one that the unit has.
    pub successor: Option<String>,
}

impl Entrance {
    /// Ends a priority that a unit chose; everything about it stays.
    ///
    /// # Errors
    /// There is no such priority, no unit chose it, or it has ended; the actor does not manage the plan of
    /// its unit; day or reason are missing or wrong, all at once; or the database failed.
    pub fn retire_priority(
        &self,
        who: &Actor,
        moment: Moment,
        code: &str,
        retiring: Retiring,
    ) -> Result<(), Error> {
        let (actor, secrets, code) = (who.clone(), self.secrets.clone(), code.to_owned());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            retire(tx, snapshot, &secrets, (&actor, moment), (&code, &retiring))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn retire(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (code, retiring): (&str, &Retiring),
) -> Result<(), Error> {
    snapshot.priority(code)?;
    let chosen = snapshot.chosen(code).ok_or(ChoosingProblem::OfThePlan)?;
    let by = snapshot.doer(who, Right::ManagePlan, Some(chosen.unit), moment.today)?;
    if let Some(ended) = &chosen.ended {
        return Err(ChoosingProblem::EndedBefore { on: ended.on }.into());
    }
    let problems = wrong(chosen, retiring);
    let (Some(on), []) = (retiring.on, &problems[..]) else {
        let refused = |why: ChoosingProblem| Refused { at: Location::default(), why: why.into() };
        return Err(Error::Refused(problems.into_iter().map(refused).collect()));
    };
    let successor = retiring.successor.as_deref();
    let successor = successor.map(|code| successor_of(snapshot, chosen, code, moment.today));
    let because = text::nfc(retiring.because.trim());
    let ended = Ended { on, because, successor: successor.transpose()? };
    store::priorities::end_chosen(tx, code, &ended)?;
    let chosen = Chosen { ended: Some(ended), ..chosen.clone() };
    record_priority(tx, secrets, (by, moment), Choosing::Retire, &chosen)
}

fn wrong(chosen: &Chosen, retiring: &Retiring) -> Vec<ChoosingProblem> {
    let mut problems = Vec::new();
    match retiring.on {
        None => problems.push(ChoosingProblem::WithoutDay),
        Some(on) if on < chosen.chosen_on => {
            problems.push(ChoosingProblem::EndsBeforeChosen { chosen_on: chosen.chosen_on });
        }
        Some(_) => {}
    }
    if retiring.because.trim().is_empty() {
        problems.push(ChoosingProblem::WithoutBecause);
    }
    if retiring.because.trim().chars().count() > TEXT_MAX {
        problems.push(ChoosingProblem::TooLong { characters_max: TEXT_MAX });
    }
    problems
}

/// Another priority that the unit has.
fn successor_of(
    snapshot: &Snapshot,
    chosen: &Chosen,
    code: &str,
    today: Date,
) -> Result<String, Error> {
    let is_one = |other: &&Chosen| {
        other.code == code
            && other.code != chosen.code
            && other.unit == chosen.unit
            && other.is_current(today)
    };
    let missing = || Refusal::NotFound { noun: Noun::Priority, key: code.to_owned() };
    let found = snapshot.chosen.iter().find(is_one).ok_or_else(missing)?;
    Ok(found.code.clone())
}
