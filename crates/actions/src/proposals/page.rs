//! Proposals side by side, and one with everything about it.

use std::cmp::Reverse;

use domain::access::{Actor, Right};
use domain::directive::Directive;
use domain::indicator::Indicator;
use domain::priority::{CURRENT_MAX, Priority};
use domain::proposal::{
    Decision, Document, Proposal, ProposalId, Score, Spread, State, shows_scores, spreads,
};
use domain::unit::UnitId;
use jiff::civil::Date;
pub use store::proposals::Remark;

use super::decide::current;
use super::{member, missing, voter};
use crate::accounts::Moment;
use crate::answer::{FigureAnswer, UnitName, View};
use crate::error::Error;
use crate::figure;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// The proposals of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalList {
    /// The unit.
    pub unit: UnitName,
    /// Those that are scored, the highest mean first; what the reader has to score before seeing others'
    /// stands first of all. Then those that are decided, the newest first.
    pub lines: Vec<Line>,
    /// Whether the reader may open one.
    pub may_open: bool,
}

/// A proposal beside others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The proposal.
    pub proposal: Proposal,
    /// How many have scored it.
    pub scorers: usize,
    /// What the scores come to; none while nobody has scored it, or the reader may not see it yet.
    pub spreads: Option<([Spread; 3], Spread)>,
    /// Whether the reader may see what others gave.
    pub shows_scores: bool,
}

/// The page of a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposalPage {
    /// The proposal beside others.
    pub line: Line,
    /// Whose priority it would be.
    pub unit: UnitName,
    /// Who opened it; empty for the console.
    pub by: String,
    /// The directive that it follows from.
    pub directive: Option<Directive>,
    /// The figure that speaks for it, by criterion.
    pub figures: [Option<(Indicator, FigureAnswer)>; 3],
    /// The scores that the reader may see, with the names of those who gave them.
    pub scores: Vec<(Score, String)>,
    /// The reader's own.
    pub own: Option<Score>,
    /// Whether the reader may score it and say something about it now.
    pub may_score: bool,
    /// What was said about it, oldest first, with the names of those who said it.
    pub remarks: Vec<(Remark, String)>,
    /// How it was decided.
    pub decision: Option<Decision>,
    /// The directive that decided it, when the register has it.
    pub decided_in: Option<Directive>,
    /// The priority that it became.
    pub priority: Option<Priority>,
    /// What a decision can say; none for those who may not decide it now.
    pub deciding: Option<Deciding>,
}

/// What a decision can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// Who can answer for it: the unit, and those right below.
    pub owners: Vec<UnitName>,
    /// The priorities of the plan that no unit has chosen.
    pub existing: Vec<Priority>,
    /// How many priorities the unit has.
    pub current: usize,
    /// Whether one more needs a reason.
    pub is_full: bool,
}

impl Workspace {
    /// The proposals of a unit, side by side.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn proposal_list(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
    ) -> Result<ProposalList, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        snapshot.check(who, Right::SeeFigures, Some(unit), today)?;
        let all = self.database.read_blocking(move |tx| -> Result<_, Error> {
            let mut all = Vec::new();
            for proposal in store::proposals::all(tx)? {
                let scores = store::proposals::scores(tx, proposal.id)?;
                all.push((proposal, scores));
            }
            Ok(all)
        })?;
        let of_unit = all.into_iter().filter(|(proposal, _)| {
            proposal.unit == unit || snapshot.stands_in(&[unit].into(), proposal.unit, today)
        });
        let beside = |(proposal, scores)| line(&snapshot, who, today, proposal, scores);
        let mut lines: Vec<Line> = of_unit.map(beside).collect();
        lines.sort_by_key(order);
        Ok(ProposalList {
            unit: snapshot.name(unit, today),
            lines,
            may_open: snapshot.check(who, Right::ManagePlan, Some(unit), today).is_ok(),
        })
    }

    /// The page of a proposal.
    ///
    /// # Errors
    /// There is none, the actor may not look at its unit, or the database failed.
    pub fn proposal_page(
        &self,
        who: &Actor,
        moment: Moment,
        id: ProposalId,
    ) -> Result<ProposalPage, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        let (proposal, scores, remarks, by, decision) =
            self.database.read_blocking(move |tx| -> Result<_, Error> {
                let proposal = store::proposals::find(tx, id)?.ok_or_else(|| missing(id))?;
                let opener = match proposal.account {
                    Some(account) => store::accounts::find(tx, account)?,
                    None => None,
                };
                let by = opener.map(|opener| opener.name).unwrap_or_default();
                let scores = store::proposals::scores(tx, id)?;
                let decision = store::proposals::decision(tx, id)?;
                Ok((proposal, scores, store::proposals::remarks(tx, id)?, by, decision))
            })?;
        snapshot.check(who, Right::SeeFigures, Some(proposal.unit), today)?;
        let mut figures = Vec::new();
        for case in &proposal.cases {
            figures.push(evidence(&snapshot, &proposal, case, today)?);
        }
        let own = own(&snapshot, who, today, &proposal, &scores).cloned();
        let may = member(&snapshot, who, proposal.unit, today);
        let code = proposal.directive.as_ref();
        let directive = snapshot.directives.iter().find(|known| code == Some(&known.code));
        let line = line(&snapshot, who, today, proposal.clone(), scores.clone());
        let chosen = snapshot.chosen.iter().find(|chosen| chosen.proposal == id);
        let decided_in = match decision.as_ref().map(|decision| &decision.document) {
            Some(Document::Directive(code)) => Some(code.as_str()),
            Some(Document::Other { .. }) | None => None,
        };
        Ok(ProposalPage {
            unit: snapshot.name(proposal.unit, today),
            by,
            directive: directive.cloned(),
            figures: figures.try_into().unwrap_or([None, None, None]),
            scores: if line.shows_scores { scores } else { Vec::new() },
            own,
            may_score: proposal.state == State::Open && may.is_ok_and(|by| voter(by).is_some()),
            remarks,
            decided_in: decided_in.and_then(|code| snapshot.directive(code).ok()).cloned(),
            priority: chosen.and_then(|chosen| snapshot.priority(&chosen.code).ok()).cloned(),
            deciding: deciding(&snapshot, who, &proposal, today),
            decision,
            line,
        })
    }
}

fn deciding(
    snapshot: &Snapshot,
    who: &Actor,
    proposal: &Proposal,
    today: Date,
) -> Option<Deciding> {
    let unit = proposal.unit;
    snapshot.check(who, Right::ManagePlan, Some(unit), today).ok()?;
    if proposal.state != State::Open {
        return None;
    }
    let order = snapshot.order_on(today);
    let at = order.position(unit);
    let below = at.into_iter().flat_map(|at| order.children(at));
    let below = below.filter_map(|at| order.units().get(at as usize).copied());
    let owners = std::iter::once(unit).chain(below);
    let is_free = |it: &&Priority| snapshot.chosen(&it.code).is_none();
    let current = current(snapshot, unit, today);
    Some(Deciding {
        owners: owners.map(|unit| snapshot.name(unit, today)).collect(),
        existing: snapshot.priorities.iter().filter(is_free).cloned().collect(),
        current,
        is_full: current >= CURRENT_MAX,
    })
}

/// The figure that a proposal names, of its unit as it stood then, or as it stands today for one that
/// was not there yet.
fn evidence(
    snapshot: &Snapshot,
    proposal: &Proposal,
    case: &domain::proposal::Case,
    today: Date,
) -> Result<Option<(Indicator, FigureAnswer)>, Error> {
    let Some(evidence) = &case.evidence else { return Ok(None) };
    let indicator = snapshot.indicator(&evidence.indicator)?.clone();
    let (unit, period) = (proposal.unit, evidence.period);
    let was_there = snapshot.units.version_on(unit, snapshot.end_of(period)).is_some();
    let view = if was_there { View::Reported } else { View::Restated(today) };
    let figure = figure::figure(snapshot, &indicator.code, unit, period, view)?;
    Ok(Some((indicator, figure)))
}

/// What the reader gave.
fn own<'s>(
    snapshot: &Snapshot,
    who: &Actor,
    today: Date,
    proposal: &Proposal,
    scores: &'s [(Score, String)],
) -> Option<&'s Score> {
    let by = member(snapshot, who, proposal.unit, today).ok()?;
    let (voter, _) = voter(by)?;
    scores.iter().map(|(score, _)| score).find(|score| score.voter == voter)
}

fn line(
    snapshot: &Snapshot,
    who: &Actor,
    today: Date,
    proposal: Proposal,
    scores: Vec<(Score, String)>,
) -> Line {
    let own = own(snapshot, who, today, &proposal, &scores);
    let shows_scores = shows_scores(proposal.state, own);
    let scorers = scores.len();
    let scores: Vec<Score> = scores.into_iter().map(|(score, _)| score).collect();
    let spreads = if shows_scores { spreads(&scores) } else { None };
    Line { proposal, scorers, spreads, shows_scores }
}

/// What is open before what is decided; what the reader has not scored yet before what is compared.
fn order(line: &Line) -> (bool, bool, Reverse<Option<domain::number::Fraction>>, i64) {
    let is_decided = line.proposal.state != State::Open;
    if is_decided {
        return (true, true, Reverse(None), -line.proposal.id.0);
    }
    let mean = line.spreads.map(|(_, all)| all.mean);
    (false, line.shows_scores, Reverse(mean), line.proposal.id.0)
}
