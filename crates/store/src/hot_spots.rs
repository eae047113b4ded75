//! Hot spots: their rules.

use domain::hot_spot::{Cause, Rule};

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    RULES = "select cause, at_least, within_days, weight, most from hot_spot_rule order by cause";
    SAVE = "insert into hot_spot_rule (cause, at_least, within_days, weight, most)
            values ($1, $2, $3, $4, $5)
            on conflict (cause) do update set at_least = excluded.at_least,
                within_days = excluded.within_days, weight = excluded.weight,
                most = excluded.most";
}

/// The rules that were saved; none before the first was.
///
/// # Errors
/// The database failed.
pub fn rules(tx: &mut ReadTx<'_>) -> Result<Vec<Rule>> {
    tx.all(RULES, args![], |row| {
        Ok(Rule {
            cause: row.code(0, "a cause of hot spots", Cause::from_code)?,
            at_least: row.get(1)?,
            within_days: row.get(2)?,
            weight: row.get(3)?,
            most: row.get(4)?,
        })
    })
}

/// Saves a rule under its cause.
///
/// # Errors
/// The database failed.
pub fn save_rule(tx: &mut WriteTx<'_>, rule: &Rule) -> Result<()> {
    let Rule { cause, at_least, within_days, weight, most } = *rule;
    let args = args![cause.code(), at_least, within_days, weight, most];
    tx.execute(SAVE, args).map(drop)
}
