//! Priorities: the few things chosen.

use domain::priority::{Chosen, Ended, Origin, Priority};
use domain::proposal::{ProposalId, Term};
use jiff::civil::Date;

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select code, name_vi, name_en, reason_vi, reason_en, owner_vi, owner_en, directive,
               position
           from priority";
    SAVE = "insert into priority (code, name_vi, name_en, reason_vi, reason_en, owner_vi, owner_en,
                directive, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en,
                reason_vi = excluded.reason_vi, reason_en = excluded.reason_en,
                owner_vi = excluded.owner_vi, owner_en = excluded.owner_en,
                directive = excluded.directive, position = excluded.position";
    CHOSEN = "select code, proposal, unit, origin, owner, head, term_from, term_to, indicators,
                  chosen_on, ended_on, ended_because, successor
              from chosen_priority order by proposal";
    INSERT_CHOSEN = "insert into chosen_priority (code, proposal, unit, origin, owner, head, term_from,
                         term_to, indicators, chosen_on, ended_on, ended_because, successor)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, null)";
    END_CHOSEN = "update chosen_priority set ended_on = $1, ended_because = $2, successor = $3
                  where code = $4";
}

/// All priorities, by position and code.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Priority>> {
    let mut all = tx.all(ALL, args![], |row| {
        Ok(Priority {
            code: row.get(0)?,
            name: row.bilingual(1)?,
            reason: row.bilingual(3)?,
            owner: row.bilingual(5)?,
            directive: row.get(7)?,
            position: row.get(8)?,
        })
    })?;
    // Sorted here: the engines do not agree on the order of texts.
    all.sort_by(|a, b| (a.position, &a.code).cmp(&(b.position, &b.code)));
    Ok(all)
}

/// Saves a priority under its code.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, priority: &Priority) -> Result<()> {
    let Priority { code, name, reason, owner, directive, position } = priority;
    let (vi, en) = (&owner.vi, &owner.en);
    let reason = (&reason.vi, &reason.en);
    let name = (&name.vi, &name.en);
    let args = args![code, name.0, name.1, reason.0, reason.1, vi, en, directive, *position];
    tx.execute(SAVE, args).map(drop)
}

/// What units decided about the priorities that they chose, in the order of their proposals.
///
/// # Errors
/// The database failed.
pub fn chosen(tx: &mut ReadTx<'_>) -> Result<Vec<Chosen>> {
    tx.all(CHOSEN, args![], |row| {
        let on: Option<Date> = row.get(10)?;
        let ended = match on {
            None => None,
            Some(on) => Some(Ended { on, because: row.get(11)?, successor: row.get(12)? }),
        };
        let indicators: String = row.get(8)?;
        Ok(Chosen {
            code: row.get(0)?,
            proposal: ProposalId(row.get(1)?),
            unit: row.get(2)?,
            origin: row.code(3, "where a priority comes from", Origin::from_code)?,
            owner: row.get(4)?,
            head: row.get(5)?,
            term: Term { from: row.get(6)?, to: row.get(7)? },
            indicators: indicators.split_whitespace().map(str::to_owned).collect(),
            chosen_on: row.get(9)?,
            ended,
        })
    })
}

/// Saves what a unit decided about a priority that it chose.
///
/// # Errors
/// It was chosen before; a unit, proposal or priority does not exist (constraints); the database failed.
pub fn insert_chosen(tx: &mut WriteTx<'_>, chosen: &Chosen) -> Result<()> {
    let Chosen { code, proposal, unit, origin, owner, head, term, indicators, chosen_on, .. } =
        chosen;
    let (indicators, chosen_on) = (indicators.join(" "), chosen_on.to_string());
    let args = args![
        code,
        proposal.0,
        *unit,
        origin.code(),
        *owner,
        head,
        term.from,
        term.to,
        &indicators,
        &chosen_on
    ];
    tx.execute(INSERT_CHOSEN, args).map(drop)
}

/// Saves how a chosen priority ended.
///
/// # Errors
/// The successor does not exist (constraint); the database failed.
pub fn end_chosen(tx: &mut WriteTx<'_>, code: &str, ended: &Ended) -> Result<()> {
    let on = ended.on.to_string();
    let args = args![&on, &ended.because, ended.successor.as_deref(), code];
    tx.execute(END_CHOSEN, args).map(drop)
}
