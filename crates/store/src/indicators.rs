//! Indicators: what is judged. A formula is stored as its author wrote it.

use domain::expression::Formula;
use domain::indicator::{Direction, Indicator, Publicity, Shape};
use domain::period::Frequency;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select code, priority, name_vi, name_en, measure_vi, measure_en, formula, shape,
               decimals, direction, frequency, publicity, note_vi, note_en, headline
           from indicator order by position";
    SAVE = "insert into indicator (code, priority, name_vi, name_en, measure_vi, measure_en,
                formula, shape, decimals, direction, frequency, publicity, note_vi, note_en,
                headline, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
                (select coalesce(max(position), 0) + 1 from indicator))
            on conflict (code) do update set priority = excluded.priority,
                name_vi = excluded.name_vi, name_en = excluded.name_en,
                measure_vi = excluded.measure_vi, measure_en = excluded.measure_en,
                formula = excluded.formula, shape = excluded.shape, decimals = excluded.decimals,
                direction = excluded.direction, frequency = excluded.frequency,
                publicity = excluded.publicity, note_vi = excluded.note_vi,
                note_en = excluded.note_en, headline = excluded.headline,
                position = excluded.position";
}

/// All indicators, in the order in which they were saved.
///
/// # Errors
/// The database failed, or a stored formula cannot be read any more.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Indicator>> {
    tx.all(ALL, args![], read)
}

/// Saves an indicator under its code, as the last in order.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, indicator: &Indicator) -> Result<()> {
    let Indicator { name, measure, note, .. } = indicator;
    let args = args![
        &indicator.code,
        indicator.priority.as_ref(),
        &name.vi,
        &name.en,
        &measure.vi,
        &measure.en,
        indicator.formula.source(),
        indicator.shape.code(),
        indicator.decimals,
        indicator.direction.code(),
        indicator.frequency.code(),
        indicator.publicity.code(),
        &note.vi,
        &note.en,
        indicator.headline,
    ];
    tx.execute(SAVE, args).map(drop)
}

fn read(row: &Row<'_>) -> Result<Indicator> {
    Ok(Indicator {
        code: row.get(0)?,
        priority: row.get(1)?,
        name: row.bilingual(2)?,
        measure: row.bilingual(4)?,
        formula: row.code(6, "a formula", |source| Formula::parse(source).ok())?,
        shape: row.code(7, "a shape", Shape::from_code)?,
        decimals: row.get(8)?,
        direction: row.code(9, "a direction", Direction::from_code)?,
        frequency: row.code(10, "a frequency", Frequency::from_code)?,
        publicity: row.code(11, "a publicity", Publicity::from_code)?,
        note: row.bilingual(12)?,
        headline: row.get(14)?,
    })
}
