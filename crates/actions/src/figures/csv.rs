//! Figures from CSV: `unit_code,period,item_code,value,qualifier,disaggregation,note`.

use std::collections::HashMap;

use domain::item::Item;
use domain::number::Qualifier;
use domain::period::Period;
use domain::refusal::{Location, Refusal, Refused, Wanted};
use domain::submission::{Figure, Place};
use domain::unit::UnitId;
use formats::csv::Row as Record;
use jiff::civil::Date;

use super::asked::Asked;
use super::gather::{Gathered, Key};
use super::{number, sheets};
use crate::imports::{Input, Refusals};

const UNIT: usize = 0;
const PERIOD: usize = 1;
const ITEM: usize = 2;
const VALUE: usize = 3;
const QUALIFIER: usize = 4;
const CLASS: usize = 5;
const NOTE: usize = 6;
const COLUMNS: [&str; 7] =
    ["unit_code", "period", "item_code", "value", "qualifier", "disaggregation", "note"];
const REQUIRED: usize = 4;

/// Reads a file row by row; only the figures stay in memory.
pub(super) fn read(
    input: &Input,
    asked: &Asked<'_>,
    gathered: &mut Gathered,
    refusals: &mut Refusals,
) -> Result<u64, Refused> {
    let mut reader = sheets::csv_reader(input)?;
    let headers = reader.headers().to_vec();
    let position = |column: &str| headers.iter().position(|header| header.trim() == column);
    let places = COLUMNS.map(position);
    let mut complete = true;
    for (column, place) in COLUMNS.iter().zip(places).take(REQUIRED) {
        if place.is_none() {
            complete = false;
            let column = (*column).to_owned();
            refusals.push(input.refused(Refusal::MissingColumn { column }));
        }
    }
    let mut rows = 0;
    let mut lookups = Lookups::default();
    if !complete {
        return Ok(rows);
    }
    let mut record = Record::new();
    loop {
        match reader.read(&mut record) {
            Ok(false) => break,
            Ok(true) if record.is_blank() => {}
            Ok(true) => {
                rows += 1;
                let row = Row { record: &record, places: &places };
                if let Err((column, why)) = take(&row, asked, &mut lookups, gathered) {
                    refusals.add(row.at(input, column), why);
                }
            }
            Err(error) => {
                let fatal = error.is_fatal();
                refusals.push(sheets::refused(&input.name, error));
                if fatal {
                    break;
                }
            }
        }
    }
    Ok(rows)
}

struct Row<'a> {
    record: &'a Record,
    places: &'a [Option<usize>; 7],
}

impl Row<'_> {
    fn field(&self, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        place.map_or("", |place| self.record.field(place).trim())
    }

    fn at(&self, input: &Input, column: usize) -> Location {
        let place = self.places.get(column).copied().flatten().map_or(0, |place| place + 1);
        Location {
            file: input.name.clone(),
            row: self.record.line(),
            column: u32::try_from(place).unwrap_or(0),
            ..Location::default()
        }
    }
}

/// What was looked up before: files repeat codes and periods many thousand times, and list a unit's
/// figures together.
#[derive(Default)]
struct Lookups<'a> {
    periods: HashMap<String, Period>,
    items: HashMap<String, &'a Item>,
    days: HashMap<(u32, Period), Date>,
    last: Option<Last>,
}

/// Whose figure the row before was.
struct Last {
    code: String,
    period_text: String,
    period: Period,
    unit: UnitId,
    form: usize,
}

/// Whose figure a row is: the form, the unit and the period; or the column that does not say.
fn key<'a>(
    row: &Row<'_>,
    item: &Item,
    asked: &Asked<'a>,
    lookups: &mut Lookups<'a>,
) -> Result<Key, (usize, Refusal)> {
    let (code, period_text) = (row.field(UNIT), row.field(PERIOD));
    if let Some(last) = &lookups.last
        && last.code == code
        && last.period_text == period_text
        && asked.is_on_form(item, last.form)
    {
        return Ok((last.form, last.unit, last.period));
    }
    let period = remember(&mut lookups.periods, period_text, |text| {
        Period::parse(text)
            .map_err(|_| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period })
    })
    .map_err(|why| (PERIOD, why))?;
    let day = match lookups.days.get(&(item.id.0, period)) {
        Some(&day) => day,
        None => {
            let day = asked.last_day(item, period).map_err(|why| (PERIOD, why))?;
            lookups.days.insert((item.id.0, period), day);
            day
        }
    };
    let unit = asked
        .units
        .find(code, day)
        .ok_or_else(|| (UNIT, Refusal::UnknownUnit { code: code.to_owned(), day: Some(day) }))?;
    let form = asked.form(item, unit, period, day).map_err(|why| (ITEM, why))?;
    let (code, period_text) = (code.to_owned(), period_text.to_owned());
    lookups.last = Some(Last { code, period_text, period, unit, form });
    Ok((form, unit, period))
}

fn take<'a>(
    row: &Row<'_>,
    asked: &Asked<'a>,
    lookups: &mut Lookups<'a>,
    gathered: &mut Gathered,
) -> Result<(), (usize, Refusal)> {
    let item = remember(&mut lookups.items, row.field(ITEM), |code| asked.item(code))
        .map_err(|why| (ITEM, why))?;
    let key = key(row, item, asked, lookups)?;
    let class = class(row.field(CLASS), item).map_err(|why| (CLASS, why))?;
    let Some((value, typed)) = number::value(row.field(VALUE), item).map_err(|why| (VALUE, why))?
    else {
        gathered.leave_out();
        return Ok(());
    };
    let given = number::qualifier(row.field(QUALIFIER)).map_err(|why| (QUALIFIER, why))?;
    let qualifier = match (typed, given) {
        (typed, Qualifier::Exact) => typed,
        (Qualifier::Exact, given) => given,
        (typed, given) if typed == given => given,
        _ => {
            let text = row.field(QUALIFIER).to_owned();
            return Err((QUALIFIER, Refusal::BadValue { text, wanted: Wanted::Qualifier }));
        }
    };
    let place =
        Place { sheet: String::new(), row: row.record.line(), column: column_of(row, VALUE) };
    let note = match row.field(NOTE) {
        "" => String::new(),
        note => domain::text::nfc(note),
    };
    let figure = Figure { item: item.id, class, value, qualifier, note, place };
    gathered.add(key, figure);
    Ok(())
}

fn column_of(row: &Row<'_>, column: usize) -> u32 {
    let place = row.places.get(column).copied().flatten().map_or(0, |place| place + 1);
    u32::try_from(place).unwrap_or(0)
}

fn remember<T: Copy>(
    known: &mut HashMap<String, T>,
    text: &str,
    find: impl FnOnce(&str) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    if let Some(&found) = known.get(text) {
        return Ok(found);
    }
    let found = find(text)?;
    known.insert(text.to_owned(), found);
    Ok(found)
}

fn class(field: &str, item: &Item) -> Result<String, Refusal> {
    let known = |class: &&domain::item::Class| {
        class.code == field
            || domain::text::search_key(&class.name.vi) == domain::text::search_key(field)
    };
    if field.is_empty() {
        return Ok(String::new());
    }
    item.classes.iter().find(known).map(|class| class.code.clone()).ok_or_else(|| {
        Refusal::UnknownClass {
            item: item.code.clone(),
            class: field.to_owned(),
            known: item.classes.iter().map(|class| class.code.clone()).collect(),
        }
    })
}
