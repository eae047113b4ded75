//! Deciding a proposal: it becomes a priority, or it does not.

use domain::access::{Actor, Right};
use domain::choosing::ChoosingProblem;
use domain::item::Bilingual;
use domain::priority::{CURRENT_MAX, Chosen, Origin, Priority};
use domain::proposal::{Decision, Document, Proposal, ProposalId, State};
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::text;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::WriteTx;

use super::open::too_long;
use super::score::{find, still_open};
use super::{NAME_MAX, TEXT_MAX};
use crate::accounts::Moment;
use crate::door::{self, Choosing, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;
use crate::tasks::called;

/// A decision as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// The directive of the register that decides it.
    pub directive: Option<String>,
    /// The number of another document; may be empty.
    pub number: String,
    /// Its day.
    pub date: Option<Date>,
    /// Why.
    pub reason: String,
}

/// What a proposal becomes, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The priority of the plan that it is; none makes a new one.
    pub existing: Option<String>,
    /// The unit that answers for it.
    pub owner: UnitId,
    /// The head who does.
    pub head: String,
    /// What it is judged by.
    pub indicators: Vec<String>,
    /// Why the unit has more than a handful.
    pub many_because: String,
}

impl Entrance {
    /// Chooses a proposal; gives back the code of the priority that it becomes.
    ///
    /// # Errors
    /// There is no such proposal, or it is decided; the actor does not manage the plan of its unit; reason,
    /// document or head are missing, whoever is to answer stands elsewhere, the priority was chosen before
    /// or would be one too many without a reason, all at once; or the database failed.
    pub fn choose_proposal(
        &self,
        who: &Actor,
        moment: Moment,
        id: ProposalId,
        (decided, choice): (Decided, Choice),
    ) -> Result<String, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            choose(tx, snapshot, &secrets, (&actor, moment), (id, &decided, &choice))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }

    /// Declines a proposal.
    ///
    /// # Errors
    /// There is no such proposal, or it is decided; the actor does not manage the plan of its unit; reason
    /// or document are missing; or the database failed.
    pub fn decline_proposal(
        &self,
        who: &Actor,
        moment: Moment,
        id: ProposalId,
        decided: Decided,
    ) -> Result<(), Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            let (proposal, by) = open_one(tx, snapshot, (&actor, moment), id)?;
            let problems = undecided(&decided, moment.today);
            let (Some(document), []) = (document(snapshot, &decided)?, &problems[..]) else {
                return Err(refused(problems));
            };
            let decision = decision(document, &decided, "", (by, moment));
            let deed = (Choosing::Decline, State::Declined);
            save(tx, &secrets, (by, moment), deed, (&proposal, &decision))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn choose(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, decided, choice): (ProposalId, &Decided, &Choice),
) -> Result<String, Error> {
    let (proposal, by) = open_one(tx, snapshot, (who, moment), id)?;
    for code in &choice.indicators {
        snapshot.indicator(code)?;
    }
    let mut problems = undecided(decided, moment.today);
    problems.extend(unfit(snapshot, &proposal, choice, moment.today));
    let (Some(document), []) = (document(snapshot, decided)?, &problems[..]) else {
        return Err(refused(problems));
    };
    let (code, origin) = match &choice.existing {
        Some(code) => (existing(snapshot, code)?, Origin::Plan),
        None => (make(tx, snapshot, &proposal, (&document, choice))?, Origin::Proposal),
    };
    let decision = decision(document, decided, &choice.many_because, (by, moment));
    let deed = (Choosing::Choose, State::Chosen);
    save(tx, secrets, (by, moment), deed, (&proposal, &decision))?;
    let chosen = Chosen {
        code: code.clone(),
        proposal: id,
        unit: proposal.unit,
        origin,
        owner: choice.owner,
        head: text::nfc(choice.head.trim()),
        term: proposal.term,
        indicators: choice.indicators.clone(),
        chosen_on: moment.today,
        ended: None,
    };
    store::priorities::insert_chosen(tx, &chosen)?;
    record_priority(tx, secrets, (by, moment), Choosing::Begin, &chosen)?;
    Ok(code)
}

/// A proposal that is open, and who decides it.
fn open_one(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    id: ProposalId,
) -> Result<(Proposal, Doer), Error> {
    let proposal = find(tx, id)?;
    let by = snapshot.doer(who, Right::ManagePlan, Some(proposal.unit), moment.today)?;
    still_open(&proposal)?;
    Ok((proposal, by))
}

fn refused(problems: Vec<ChoosingProblem>) -> Error {
    let refused = |why: ChoosingProblem| Refused { at: Location::default(), why: why.into() };
    Error::Refused(problems.into_iter().map(refused).collect())
}

/// What every decision needs.
fn undecided(decided: &Decided, today: Date) -> Vec<ChoosingProblem> {
    let mut problems = Vec::new();
    if decided.reason.trim().is_empty() {
        problems.push(ChoosingProblem::WithoutBecause);
    }
    let is_other = !decided.number.trim().is_empty() && decided.date.is_some();
    if decided.directive.is_none() && !is_other {
        problems.push(ChoosingProblem::WithoutDocument);
    }
    let later = decided.date.filter(|day| decided.directive.is_none() && *day > today);
    problems.extend(later.map(|day| ChoosingProblem::DecidedLater { day }));
    problems.extend(too_long(&decided.reason, TEXT_MAX));
    problems.extend(too_long(&decided.number, NAME_MAX));
    problems
}

/// The document that was named; none when it was not wholly.
fn document(snapshot: &Snapshot, decided: &Decided) -> Result<Option<Document>, Error> {
    if let Some(code) = &decided.directive {
        return Ok(Some(Document::Directive(snapshot.directive(code)?.code.clone())));
    }
    let number = text::nfc(decided.number.trim());
    Ok(decided.date.map(|date| Document::Other { number, date }))
}

/// What stands in the way of the priority that it is to become.
fn unfit(
    snapshot: &Snapshot,
    proposal: &Proposal,
    choice: &Choice,
    today: Date,
) -> Vec<ChoosingProblem> {
    let mut problems = Vec::new();
    if choice.head.trim().is_empty() {
        problems.push(ChoosingProblem::WithoutHead);
    }
    if !snapshot.path(choice.owner, today).contains(&proposal.unit) {
        let unit = called(snapshot, proposal.unit, today);
        problems.push(ChoosingProblem::OwnerElsewhere { unit });
    }
    if let Some(code) = choice.existing.as_ref().filter(|code| snapshot.chosen(code).is_some()) {
        problems.push(ChoosingProblem::ChosenBefore { code: code.clone() });
    }
    let current = current(snapshot, proposal.unit, today);
    if current >= CURRENT_MAX && choice.many_because.trim().is_empty() {
        problems.push(ChoosingProblem::TooMany { current });
    }
    problems.extend(too_long(&choice.head, NAME_MAX));
    problems.extend(too_long(&choice.many_because, TEXT_MAX));
    problems
}

/// How many priorities of its own a unit has.
pub(crate) fn current(snapshot: &Snapshot, unit: UnitId, today: Date) -> usize {
    let own = snapshot.chosen.iter().filter(|chosen| chosen.unit == unit);
    own.filter(|chosen| chosen.is_current(today)).count()
}

fn existing(snapshot: &Snapshot, code: &str) -> Result<String, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Priority, key: code.to_owned() };
    let found = snapshot.priorities.iter().find(|known| known.code == code).ok_or_else(missing)?;
    Ok(found.code.clone())
}

/// Makes a new priority of a proposal; gives back its code.
fn make(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    proposal: &Proposal,
    (document, choice): (&Document, &Choice),
) -> Result<String, Error> {
    let base = format!("dx-{}", proposal.id.0);
    let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
    let is_free = |code: &String| snapshot.priorities.iter().all(|known| known.code != *code);
    let code = std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base);
    let whys = proposal.cases.iter().map(|case| case.why.as_str()).filter(|why| !why.is_empty());
    let reason = whys.collect::<Vec<_>>().join("; ");
    let head = text::nfc(choice.head.trim());
    let both = |words: String| Bilingual { vi: words.clone(), en: words };
    let decided_in = match document {
        Document::Directive(code) => Some(code.clone()),
        Document::Other { .. } => proposal.directive.clone(),
    };
    let last = snapshot.priorities.iter().map(|known| known.position).max().unwrap_or_default();
    let priority = Priority {
        code: code.clone(),
        name: proposal.name.clone(),
        reason: both(reason),
        owner: both(head),
        directive: decided_in.unwrap_or_default(),
        position: last.saturating_add(1),
    };
    store::priorities::save(tx, &priority)?;
    Ok(code)
}

fn decision(
    document: Document,
    decided: &Decided,
    many_because: &str,
    (by, moment): (Doer, Moment),
) -> Decision {
    Decision {
        document,
        reason: text::nfc(decided.reason.trim()),
        many_because: text::nfc(many_because.trim()),
        account: by.account(),
        decided_on: moment.today,
    }
}

/// Saves and records how a proposal was decided.
fn save(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (by, moment): (Doer, Moment),
    (deed, state): (Choosing, State),
    (proposal, decision): (&Proposal, &Decision),
) -> Result<(), Error> {
    store::proposals::decide(tx, proposal.id, state, decision)?;
    let proposal = Proposal { state, ..proposal.clone() };
    let (id, content) = (proposal.id.0.to_string(), payload::proposal(&proposal, Some(decision)));
    let deed = Deed::new(Kind::Choosing(deed), id, content)
        .about(Some(proposal.unit))
        .committing(secrets, payload::WORDS, &payload::proposal_words(&proposal))?
        .committing(secrets, payload::REASON, &payload::decision_words(decision))?;
    door::record(tx, by, moment.now_ms, deed).map(drop)
}

/// Records a chosen priority as it stands.
pub(crate) fn record_priority(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (by, moment): (Doer, Moment),
    deed: Choosing,
    chosen: &Chosen,
) -> Result<(), Error> {
    let deed = Deed::new(Kind::Choosing(deed), &chosen.code, payload::chosen(chosen))
        .about(Some(chosen.unit))
        .committing(secrets, payload::WORDS, &payload::chosen_words(chosen))?;
    door::record(tx, by, moment.now_ms, deed).map(drop)
}
