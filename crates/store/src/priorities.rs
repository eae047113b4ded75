//! Priorities: the few things chosen.

use domain::priority::Priority;

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
