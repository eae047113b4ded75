//! Public holidays that an office entered.

use domain::holiday::Holidays;
use domain::item::Bilingual;
use jiff::civil::Date;

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select day, name_vi, name_en from holiday order by day";
    SAVE = "insert into holiday (day, name_vi, name_en) values ($1, $2, $3)
            on conflict (day) do update set name_vi = excluded.name_vi, name_en = excluded.name_en";
    REMOVE = "delete from holiday where day = $1";
}

/// All of them.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Holidays> {
    let days = tx.all(ALL, args![], |row| Ok((row.get(0)?, row.bilingual(1)?)))?;
    Ok(Holidays { entered: days.into_iter().collect() })
}

/// Saves a holiday under its day.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, day: Date, name: &Bilingual) -> Result<()> {
    tx.execute(SAVE, args![&day.to_string(), &name.vi, &name.en]).map(drop)
}

/// Takes a holiday out; whether there was one.
///
/// # Errors
/// The database failed.
pub fn remove(tx: &mut WriteTx<'_>, day: Date) -> Result<bool> {
    Ok(tx.execute(REMOVE, args![&day.to_string()])? > 0)
}
