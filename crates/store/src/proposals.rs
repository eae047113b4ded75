//! Proposals of priorities, with their cases, scores and remarks.

use domain::access::AccountId;
use domain::item::Bilingual;
use domain::proposal::{
    Case, Criterion, Decision, Document, Evidence, Proposal, ProposalId, Score, State, Term,
};
use domain::unit::UnitId;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::stored;
use crate::value::args;

/// Something that was said about a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its number.
    pub id: i64,
    /// About which one.
    pub proposal: ProposalId,
    /// By whom; none for the console.
    pub account: Option<AccountId>,
    /// In whose place, under a delegation.
    pub in_place_of: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// What.
    pub words: String,
}

statements! {
    ALL = "select id, unit, account, name_vi, name_en, term_from, term_to, directive, opened_on, state
           from proposal order by id";
    FIND = "select id, unit, account, name_vi, name_en, term_from, term_to, directive, opened_on, state
            from proposal where id = $1";
    LAST = "select coalesce(max(id), 0) from proposal";
    INSERT = "insert into proposal (id, unit, account, name_vi, name_en, term_from, term_to, directive,
                  opened_on, state)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    CASE = "select why, indicator, period from proposal_case where proposal = $1 and criterion = $2";
    INSERT_CASE = "insert into proposal_case (proposal, criterion, why, indicator, period)
                   values ($1, $2, $3, $4, $5)";
    SCORES = "select s.voter, s.account, s.key_points, s.key_reason, s.urgent_points, s.urgent_reason,
                  s.complained_points, s.complained_reason, s.scored_ms, coalesce(a.name, '')
              from proposal_score s left join account a on a.id = s.account
              where s.proposal = $1 order by s.voter";
    SAVE_SCORE = "insert into proposal_score (proposal, voter, account, key_points, key_reason,
                      urgent_points, urgent_reason, complained_points, complained_reason, scored_ms)
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                  on conflict (proposal, voter) do update set account = excluded.account,
                      key_points = excluded.key_points, key_reason = excluded.key_reason,
                      urgent_points = excluded.urgent_points, urgent_reason = excluded.urgent_reason,
                      complained_points = excluded.complained_points,
                      complained_reason = excluded.complained_reason, scored_ms = excluded.scored_ms";
    DECIDE = "update proposal set state = $1 where id = $2";
    DECISION = "select directive, number, date, reason, many_because, account, decided_on
                from proposal_decision where proposal = $1";
    INSERT_DECISION = "insert into proposal_decision (proposal, directive, number, date, reason,
                           many_because, account, decided_on)
                       values ($1, $2, $3, $4, $5, $6, $7, $8)";
    REMARKS = "select r.id, r.proposal, r.account, r.in_place_of, r.done_ms, r.words,
                   coalesce(a.name, '')
               from proposal_remark r left join account a on a.id = r.account
               where r.proposal = $1 order by r.id";
    LAST_REMARK = "select coalesce(max(id), 0) from proposal_remark";
    INSERT_REMARK = "insert into proposal_remark (id, proposal, account, in_place_of, done_ms, words)
                     values ($1, $2, $3, $4, $5, $6)";
}

/// All proposals, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Proposal>> {
    let mut all = tx.all(ALL, args![], read)?;
    for proposal in &mut all {
        proposal.cases = cases(tx, proposal.id)?;
    }
    Ok(all)
}

/// The proposal with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: ProposalId) -> Result<Option<Proposal>> {
    let Some(found) = tx.optional(FIND, args![id.0], read)? else { return Ok(None) };
    Ok(Some(Proposal { cases: cases(tx, id)?, ..found }))
}

/// The number that the next proposal gets.
///
/// # Errors
/// The database failed.
pub fn next_id(tx: &mut ReadTx<'_>) -> Result<ProposalId> {
    let last: i64 = tx.one(LAST, args![], |row| row.get(0))?;
    Ok(ProposalId(last + 1))
}

/// Adds a proposal.
///
/// # Errors
/// The number is taken; a unit, account, directive or indicator does not exist (constraints); the
/// database failed.
pub fn insert(tx: &mut WriteTx<'_>, proposal: &Proposal) -> Result<()> {
    let Proposal { id, unit, account, name, term, directive, cases, opened_on, state } = proposal;
    let opened_on = opened_on.to_string();
    let args = args![
        id.0,
        *unit,
        *account,
        &name.vi,
        &name.en,
        term.from,
        term.to,
        directive.as_deref(),
        &opened_on,
        state.code()
    ];
    tx.execute(INSERT, args)?;
    for (criterion, case) in Criterion::ALL.into_iter().zip(cases) {
        let evidence = case.evidence.as_ref();
        let period = evidence.map(|evidence| evidence.period.to_string());
        let indicator = evidence.map(|evidence| evidence.indicator.as_str());
        let args = args![id.0, criterion.code(), &case.why, indicator, period.as_deref()];
        tx.execute(INSERT_CASE, args)?;
    }
    Ok(())
}

/// The scores of a proposal with the names of those who gave them.
///
/// # Errors
/// The database failed.
pub fn scores(tx: &mut ReadTx<'_>, id: ProposalId) -> Result<Vec<(Score, String)>> {
    tx.all(SCORES, args![id.0], |row| {
        let score = Score {
            voter: row.get(0)?,
            account: row.get(1)?,
            points: [row.get(2)?, row.get(4)?, row.get(6)?],
            reasons: [row.get(3)?, row.get(5)?, row.get(7)?],
            scored_ms: row.get(8)?,
        };
        Ok((score, row.get(9)?))
    })
}

/// Saves a score in the place of what its voter gave before.
///
/// # Errors
/// The proposal or an account does not exist (constraints); the database failed.
pub fn save_score(tx: &mut WriteTx<'_>, id: ProposalId, score: &Score) -> Result<()> {
    let Score { voter, account, points, reasons, scored_ms } = score;
    let args = args![
        id.0,
        *voter,
        *account,
        points[0],
        &reasons[0],
        points[1],
        &reasons[1],
        points[2],
        &reasons[2],
        *scored_ms
    ];
    tx.execute(SAVE_SCORE, args).map(drop)
}

/// What was said about a proposal, oldest first, with the names of those who said it.
///
/// # Errors
/// The database failed.
pub fn remarks(tx: &mut ReadTx<'_>, id: ProposalId) -> Result<Vec<(Remark, String)>> {
    tx.all(REMARKS, args![id.0], |row| {
        let remark = Remark {
            id: row.get(0)?,
            proposal: ProposalId(row.get(1)?),
            account: row.get(2)?,
            in_place_of: row.get(3)?,
            done_ms: row.get(4)?,
            words: row.get(5)?,
        };
        Ok((remark, row.get(6)?))
    })
}

/// The number that the next remark gets.
///
/// # Errors
/// The database failed.
pub fn next_remark(tx: &mut ReadTx<'_>) -> Result<i64> {
    let last: i64 = tx.one(LAST_REMARK, args![], |row| row.get(0))?;
    Ok(last + 1)
}

/// Adds a remark.
///
/// # Errors
/// The number is taken; the proposal or an account does not exist (constraints); the database failed.
pub fn insert_remark(tx: &mut WriteTx<'_>, remark: &Remark) -> Result<()> {
    let Remark { id, proposal, account, in_place_of, done_ms, words } = remark;
    let args = args![*id, proposal.0, *account, *in_place_of, *done_ms, words];
    tx.execute(INSERT_REMARK, args).map(drop)
}

/// How a proposal was decided; none while it is open.
///
/// # Errors
/// The database failed.
pub fn decision(tx: &mut ReadTx<'_>, id: ProposalId) -> Result<Option<Decision>> {
    tx.optional(DECISION, args![id.0], |row| {
        let directive: Option<String> = row.get(0)?;
        let document = match directive {
            Some(code) => Document::Directive(code),
            None => Document::Other { number: row.get(1)?, date: row.get(2)? },
        };
        Ok(Decision {
            document,
            reason: row.get(3)?,
            many_because: row.get(4)?,
            account: row.get(5)?,
            decided_on: row.get(6)?,
        })
    })
}

/// Saves how a proposal was decided.
///
/// # Errors
/// It was decided before; a directive or account does not exist (constraints); the database failed.
pub fn decide(
    tx: &mut WriteTx<'_>,
    id: ProposalId,
    state: State,
    decision: &Decision,
) -> Result<()> {
    let Decision { document, reason, many_because, account, decided_on } = decision;
    tx.execute(DECIDE, args![state.code(), id.0])?;
    let (directive, number, date) = match document {
        Document::Directive(code) => (Some(code.as_str()), None, None),
        Document::Other { number, date } => (None, Some(number.as_str()), Some(date.to_string())),
    };
    let decided_on = decided_on.to_string();
    let args = args![
        id.0,
        directive,
        number,
        date.as_deref(),
        reason,
        many_because,
        *account,
        &decided_on
    ];
    tx.execute(INSERT_DECISION, args).map(drop)
}

fn cases(tx: &mut ReadTx<'_>, id: ProposalId) -> Result<[Case; 3]> {
    let mut cases: [Case; 3] = Default::default();
    for (case, criterion) in cases.iter_mut().zip(Criterion::ALL) {
        let found = tx.optional(CASE, args![id.0, criterion.code()], |row| {
            let indicator: Option<String> = row.get(1)?;
            let why = row.get(0)?;
            let evidence = match indicator {
                None => None,
                Some(indicator) => {
                    let period = row.code(2, "a period", stored::period_from)?;
                    Some(Evidence { indicator, period })
                }
            };
            Ok(Case { why, evidence })
        })?;
        *case = found.unwrap_or_default();
    }
    Ok(cases)
}

fn read(row: &Row<'_>) -> Result<Proposal> {
    let unit: UnitId = row.get(1)?;
    Ok(Proposal {
        id: ProposalId(row.get(0)?),
        unit,
        account: row.get(2)?,
        name: Bilingual { vi: row.get(3)?, en: row.get(4)? },
        term: Term { from: row.get(5)?, to: row.get(6)? },
        directive: row.get(7)?,
        cases: Default::default(),
        opened_on: row.get(8)?,
        state: row.code(9, "a proposal's state", State::from_code)?,
    })
}
