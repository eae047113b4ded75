//! Items: the raw figures that are collected or counted.

use domain::item::{Aggregate, Bilingual, Class, Item};
use domain::number::Decimal;

use crate::engine::{ReadTx, WriteTx};
use crate::error::{Constraint, Error, Result};
use crate::json;
use crate::value::args;

statements! {
    ALL = "select id, code, name_vi, name_en, measure_vi, measure_en, scale, over_units, over_time,
               classes, minimum, maximum
           from item order by id";
    SAVE = "insert into item (id, code, name_vi, name_en, measure_vi, measure_en, scale, over_units,
                over_time, classes, minimum, maximum)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en,
                measure_vi = excluded.measure_vi, measure_en = excluded.measure_en,
                scale = excluded.scale, over_units = excluded.over_units,
                over_time = excluded.over_time, classes = excluded.classes,
                minimum = excluded.minimum, maximum = excluded.maximum
            where item.id = excluded.id";
}

/// All items, by number.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Item>> {
    tx.all(ALL, args![], |row| {
        let classes: Vec<(String, String, String)> = json::read(row.text(9)?, "classes")?;
        let class = |(code, vi, en)| Class { code, name: Bilingual { vi, en } };
        let scale = row.get(6)?;
        let maximum: Option<i64> = row.get(11)?;
        Ok(Item {
            id: row.get(0)?,
            code: row.get(1)?,
            name: row.bilingual(2)?,
            measure: row.bilingual(4)?,
            scale,
            over_units: row.code(7, "an aggregation", Aggregate::from_code)?,
            over_time: row.code(8, "an aggregation", Aggregate::from_code)?,
            classes: classes.into_iter().map(class).collect(),
            minimum: Decimal::new(row.get(10)?, scale),
            maximum: maximum.map(|units| Decimal::new(units, scale)),
        })
    })
}

/// Saves an item under its code. The number of a code never changes: figures name it.
///
/// # Errors
/// The code has another number, or the number another code (constraints); the database failed.
pub fn save(tx: &mut WriteTx<'_>, item: &Item) -> Result<()> {
    let Item { id, code, name, measure, scale, over_units, over_time, classes, .. } = item;
    let classes: Vec<(&str, &str, &str)> = classes
        .iter()
        .map(|class| (class.code.as_str(), class.name.vi.as_str(), class.name.en.as_str()))
        .collect();
    let classes = json::write(&classes);
    let (units, time) = (over_units.code(), over_time.code());
    let measure = (&measure.vi, &measure.en);
    let name = (&name.vi, &name.en);
    let (minimum, maximum) = (item.minimum.units, item.maximum.map(|maximum| maximum.units));
    let args = args![
        *id, code, name.0, name.1, measure.0, measure.1, *scale, units, time, &classes, minimum,
        maximum
    ];
    if tx.execute(SAVE, args)? == 0 {
        let says = format!("item {code} has another number than {}", id.0);
        return Err(Error::Constraint { rule: Constraint::Unique, says });
    }
    Ok(())
}
