//! Opening a proposal.

use domain::access::{Actor, Right};
use domain::choosing::ChoosingProblem;
use domain::item::Bilingual;
use domain::proposal::{Case, Proposal, ProposalId, State, Term};
use domain::refusal::{Location, Refused};
use domain::text;
use domain::unit::UnitId;
use store::WriteTx;

use super::{NAME_MAX, TEXT_MAX};
use crate::accounts::Moment;
use crate::door::{self, Choosing, Deed, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// The years that a term can name.
const YEARS: std::ops::RangeInclusive<u16> = 2000..=2100;

/// A proposal about to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Whose priority it would be.
    pub unit: UnitId,
    /// Its name; without an English one the Vietnamese stands for both.
    pub name: Bilingual,
    /// Its first and its last year, as far as they were said.
    pub years: (Option<u16>, Option<u16>),
    /// The directive that it follows from.
    pub directive: Option<String>,
    /// Why, for each criterion.
    pub cases: [Case; 3],
}

impl Entrance {
    /// Opens a proposal.
    ///
    /// # Errors
    /// The actor does not manage the plan of the unit; something is missing or too long, all reasons at
    /// once; there is no such directive or indicator; or the database failed.
    pub fn open_proposal(
        &self,
        who: &Actor,
        moment: Moment,
        opened: Opened,
    ) -> Result<ProposalId, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            open(tx, snapshot, &secrets, (&actor, moment), &opened)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn open(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    opened: &Opened,
) -> Result<ProposalId, Error> {
    let by = snapshot.doer(who, Right::ManagePlan, Some(opened.unit), moment.today)?;
    if let Some(code) = &opened.directive {
        snapshot.directive(code)?;
    }
    for evidence in opened.cases.iter().filter_map(|case| case.evidence.as_ref()) {
        snapshot.indicator(&evidence.indicator)?;
    }
    let problems = unclear(opened);
    let ((Some(from), Some(to)), []) = (opened.years, &problems[..]) else {
        let refused = |why: ChoosingProblem| Refused { at: Location::default(), why: why.into() };
        return Err(Error::Refused(problems.into_iter().map(refused).collect()));
    };
    let tidy = |words: &String| text::nfc(words.trim());
    let vi = tidy(&opened.name.vi);
    let en = Some(tidy(&opened.name.en)).filter(|en| !en.is_empty()).unwrap_or_else(|| vi.clone());
    let case = |case: &Case| Case { why: tidy(&case.why), evidence: case.evidence.clone() };
    let proposal = Proposal {
        id: store::proposals::next_id(tx)?,
        unit: opened.unit,
        account: by.account(),
        name: Bilingual { vi, en },
        term: Term { from, to },
        directive: opened.directive.clone(),
        cases: opened.cases.each_ref().map(case),
        opened_on: moment.today,
        state: State::Open,
    };
    store::proposals::insert(tx, &proposal)?;
    let id = proposal.id.0.to_string();
    let deed = Deed::new(Kind::Choosing(Choosing::Open), id, payload::proposal(&proposal, None))
        .about(Some(proposal.unit))
        .committing(secrets, payload::WORDS, &payload::proposal_words(&proposal))?;
    door::record(tx, by, moment.now_ms, deed)?;
    Ok(proposal.id)
}

/// What is missing, too long, or the wrong way round.
fn unclear(opened: &Opened) -> Vec<ChoosingProblem> {
    let mut problems = Vec::new();
    if opened.name.vi.trim().is_empty() {
        problems.push(ChoosingProblem::WithoutName);
    }
    let names = [&opened.name.vi, &opened.name.en].map(|name| (name, NAME_MAX));
    let whys = opened.cases.iter().map(|case| (&case.why, TEXT_MAX));
    problems
        .extend(names.into_iter().chain(whys).filter_map(|(words, most)| too_long(words, most)));
    problems.extend(match opened.years {
        (Some(from), Some(to)) if YEARS.contains(&from) && YEARS.contains(&to) => {
            (to < from).then_some(ChoosingProblem::EndsBeforeBeginning)
        }
        _ => Some(ChoosingProblem::WithoutTerm),
    });
    if opened.cases.iter().all(|case| case.why.trim().is_empty()) {
        problems.push(ChoosingProblem::WithoutWhy);
    }
    problems
}

pub(super) fn too_long(words: &str, characters_max: usize) -> Option<ChoosingProblem> {
    let is_long = words.trim().chars().count() > characters_max;
    is_long.then_some(ChoosingProblem::TooLong { characters_max })
}
