//! Taking a difficulty a step further.

use domain::access::{Actor, Right};
use domain::difficulty::{Difficulty, DifficultyId, Side, Step, after};
use domain::raising::RaisingProblem;
use domain::text;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::WriteTx;
use store::difficulties::Taken;

use super::raise::{DETAIL_MAX, not_above, past};
use super::{missing, record};
use crate::accounts::Moment;
use crate::door::Doer;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;
use crate::tasks::called;

/// A step that somebody wants to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub step: Step,
    /// The number of the newest step that they have seen; none takes whatever there is.
    pub seen: Option<i64>,
    /// The answer, or why.
    pub words: String,
    /// Who answers from now on, for passing on.
    pub holder: Option<UnitId>,
    /// By when, for asking again.
    pub due: Option<Date>,
}

impl Wanted {
    /// A step that says no more than its words.
    #[must_use]
    pub fn saying(step: Step, words: &str) -> Self {
        Self { step, seen: None, words: words.to_owned(), holder: None, due: None }
    }
}

impl Entrance {
    /// Takes a difficulty a step further; gives back how it stands now.
    ///
    /// # Errors
    /// There is no such difficulty; the actor does not stand on the side that takes the step; the
    /// step cannot be taken now; words, a day or a unit are missing; or the database failed.
    pub fn take_difficulty(
        &self,
        who: &Actor,
        moment: Moment,
        id: DifficultyId,
        wanted: Wanted,
    ) -> Result<Difficulty, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            take(tx, snapshot, &secrets, (&actor, moment), (id, &wanted))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn take(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, wanted): (DifficultyId, &Wanted),
) -> Result<Difficulty, Error> {
    let mut difficulty = store::difficulties::find(tx, id)?.ok_or_else(|| missing(id))?;
    let said = store::difficulties::words(tx, id)?.ok_or_else(|| missing(id))?;
    let by = doer(snapshot, who, &difficulty, wanted.step, moment.today)?;
    let newest = store::difficulties::newest_of(tx, id)?;
    if wanted.seen.is_some_and(|seen| seen != newest) {
        return Err(RaisingProblem::ChangedMeanwhile.into());
    }
    let wrong = RaisingProblem::WrongState { state: difficulty.state, step: wanted.step };
    let next = after(difficulty.state, wanted.step).ok_or(wrong)?;
    let words = text::nfc(wanted.words.trim());
    if words.is_empty() && wanted.step.needs_words() {
        return Err(RaisingProblem::WithoutWords { step: wanted.step }.into());
    }
    if words.chars().count() > DETAIL_MAX {
        return Err(RaisingProblem::TooLong { characters_max: DETAIL_MAX }.into());
    }
    change(snapshot, &mut difficulty, wanted, moment.today)?;
    difficulty.state = next;
    store::difficulties::save(tx, &difficulty)?;
    let taken = Taken {
        step: wanted.step,
        account: by.account(),
        in_place_of: by.in_place_of(),
        done_ms: moment.now_ms,
        holder: difficulty.holder,
        due: difficulty.due,
        words,
    };
    record(tx, secrets, by, (&difficulty, &said), &taken)?;
    Ok(difficulty)
}

/// Who takes a step, when they stand on its side: whether a difficulty is solved is said by the unit
/// whose it is and by whoever raised it, not by everybody who looks after the unit.
fn doer(
    snapshot: &Snapshot,
    who: &Actor,
    difficulty: &Difficulty,
    step: Step,
    today: Date,
) -> Result<Doer, Error> {
    let unit = match step.side() {
        Side::Holder => {
            return snapshot.doer(who, Right::GiveTasks, Some(difficulty.holder), today);
        }
        Side::Raiser => difficulty.unit,
    };
    let by = snapshot.doer(who, Right::DoTasks, Some(unit), today)?;
    let own = who.units(Right::DoTasks, today).into_iter().flatten().collect();
    let raised = difficulty
        .account
        .is_some_and(|account| by.account() == Some(account) || by.in_place_of() == Some(account));
    if by == Doer::Console || raised || snapshot.stands_in(&own, unit, today) {
        return Ok(by);
    }
    Err(RaisingProblem::OthersDifficulty { unit: called(snapshot, unit, today) }.into())
}

/// What a step changes beside the state.
fn change(
    snapshot: &Snapshot,
    difficulty: &mut Difficulty,
    wanted: &Wanted,
    today: Date,
) -> Result<(), RaisingProblem> {
    match wanted.step {
        Step::Answer => difficulty.answered_on = Some(today),
        Step::PassOn => {
            let holder = wanted.holder.ok_or(RaisingProblem::WithoutHolder)?;
            if holder == difficulty.holder {
                return Err(RaisingProblem::SameHolder);
            }
            not_above(snapshot, holder, difficulty.unit, today).map_or(Ok(()), Err)?;
            difficulty.holder = holder;
        }
        Step::AskAgain => {
            let due = wanted.due.ok_or(RaisingProblem::WithoutDay)?;
            past(due, today).map_or(Ok(()), Err)?;
            difficulty.due = due;
            difficulty.asked_on = today;
            difficulty.answered_on = None;
        }
        Step::Raise | Step::Close | Step::Settle => {}
    }
    Ok(())
}

/// The steps that an actor can take with a difficulty now, in the order of [`Step::ALL`].
pub(super) fn possible(
    snapshot: &Snapshot,
    who: &Actor,
    difficulty: &Difficulty,
    today: Date,
) -> Vec<Step> {
    let can = |step: &Step| {
        after(difficulty.state, *step).is_some()
            && doer(snapshot, who, difficulty, *step, today).is_ok()
    };
    Step::ALL.into_iter().filter(can).collect()
}
