//! Figures from CSV: `unit_code,period,item_code,value,qualifier,disaggregation,note`.

use std::collections::HashMap;

use domain::item::Item;
use domain::number::{Qualifier, SCALE_MAX};
use domain::period::Period;
use domain::refusal::{Location, Refusal, Refused, Wanted};
use domain::submission::{Figure, Place};
use domain::unit::UnitId;
use formats::csv::Row as Record;
use jiff::civil::Date;

use super::asked::Asked;
use super::gather::{Blank, Gathered, Key};
use super::number::Said;
use super::workbook::heading;
use super::{number, sheets};
use crate::imports::{Input, Refusals};

const UNIT: usize = 0;
const PERIOD: usize = 1;
const ITEM: usize = 2;
const VALUE: usize = 3;
const QUALIFIER: usize = 4;
const CLASS: usize = 5;
const NOTE: usize = 6;
const REQUIRED: usize = 4;

/// The columns, each with what Vietnamese files call it, as search keys.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("unit_code", &["ma don vi"]),
    ("period", &["ky", "ky bao cao", "ky so lieu"]),
    ("item_code", &["ma chi so"]),
    ("value", &["gia tri", "so lieu"]),
    ("qualifier", &["muc do chinh xac"]),
    ("disaggregation", &["phan to", "ma phan to"]),
    ("note", &["ghi chu"]),
];

/// Reads a file row by row; only the figures stay in memory.
pub(super) fn read(
    input: &Input,
    asked: &Asked<'_>,
    gathered: &mut Gathered,
    refusals: &mut Refusals,
) -> Result<u64, Refused> {
    let mut reader = sheets::csv_reader(input)?;
    let headers = reader.headers().to_vec();
    let mut places: [Option<usize>; 7] = [None; 7];
    let mut complete = true;
    for (index, header) in headers.iter().enumerate() {
        let Some((column, code)) = column_named(header) else { continue };
        if places.get_mut(column).is_some_and(|place| place.replace(index).is_some()) {
            complete = false;
            let column = code.to_owned();
            refusals.push(input.refused(Refusal::DoubledColumn { column }));
        }
    }
    for ((column, _), place) in COLUMNS.into_iter().zip(places).take(REQUIRED) {
        if place.is_none() {
            complete = false;
            let column = column.to_owned();
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
                if let Err(first) = take(&row, asked, &mut lookups, gathered) {
                    for (column, why) in faults(&row, asked, first) {
                        refusals.add(row.at(input, column), why);
                    }
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

/// The column a header stands for, in capitals or not, in English or Vietnamese; with its code.
fn column_named(header: &str) -> Option<(usize, &'static str)> {
    let key = domain::text::search_key(header);
    let mut columns = COLUMNS.into_iter().enumerate();
    let found = columns.find(|(_, (code, aliases))| {
        code.eq_ignore_ascii_case(header.trim()) || aliases.contains(&key.as_str())
    });
    found.map(|(column, (code, _))| (column, code))
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

    fn period(&self) -> Result<Period, Refusal> {
        let text = self.field(PERIOD);
        Period::parse(text)
            .ok()
            .or_else(|| spoken_period(text))
            .ok_or_else(|| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period })
    }

    fn qualifier(&self, typed: Qualifier) -> Result<Qualifier, Refusal> {
        let text = self.field(QUALIFIER);
        match (typed, number::qualifier(text)?) {
            (typed, Qualifier::Exact) => Ok(typed),
            (Qualifier::Exact, given) => Ok(given),
            (typed, given) if typed == given => Ok(given),
            _ => Err(Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Qualifier }),
        }
    }
}

/// `07/2023`, `Tháng 7/2023`, `Quý II năm 2023`; a text with more numbers, such as a day, is none.
fn spoken_period(text: &str) -> Option<Period> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let numbers = words.filter(|word| word.contains(|digit: char| digit.is_ascii_digit())).count();
    heading::period(text).filter(|_| numbers <= 2)
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
        && asked.is_on_form(item, last.form, last.period)
    {
        return Ok((last.form, last.unit, last.period));
    }
    let period = remember(&mut lookups.periods, period_text, |_| row.period())
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
    let said = number::value(row.field(VALUE), item).map_err(|why| (VALUE, why))?;
    let place =
        Place { sheet: String::new(), row: row.record.line(), column: column_of(row, VALUE) };
    let item = item.id;
    match said {
        Said::Nothing => gathered.leave_out(key, Blank { item, class, place }),
        Said::Withdrawn => gathered.withdraw(key, Blank { item, class, place }),
        Said::Figure(value, typed) => {
            let qualifier = row.qualifier(typed).map_err(|why| (QUALIFIER, why))?;
            let note = match row.field(NOTE) {
                "" => String::new(),
                note => domain::text::nfc(note),
            };
            gathered.add(key, Figure { item, class, value, qualifier, note, place });
        }
    }
    Ok(())
}

/// Everything that is wrong in a row, by column. `first` is why the row was not taken.
fn faults(row: &Row<'_>, asked: &Asked<'_>, first: (usize, Refusal)) -> Vec<(usize, Refusal)> {
    let mut faults = vec![first];
    let item = sound(&mut faults, ITEM, asked.item(row.field(ITEM)));
    let period = sound(&mut faults, PERIOD, row.period());
    let day = item.zip(period);
    let day =
        day.and_then(|(item, period)| sound(&mut faults, PERIOD, asked.last_day(item, period)));
    let code = row.field(UNIT);
    let unit = match day {
        Some(day) => asked.units.find(code, day),
        // Without a day any unit that ever had the code will do.
        None => asked.units.with_code(code).next().map(|version| version.unit),
    };
    let unknown = || Refusal::UnknownUnit { code: code.to_owned(), day };
    let unit = sound(&mut faults, UNIT, unit.ok_or_else(unknown));
    if let (Some(item), Some(period), Some(day), Some(unit)) = (item, period, day, unit) {
        sound(&mut faults, ITEM, asked.form(item, unit, period, day));
    }
    let field = row.field(VALUE);
    let said = match item {
        Some(item) => {
            sound(&mut faults, CLASS, class(row.field(CLASS), item));
            number::value(field, item)
        }
        None => number::read(field, SCALE_MAX),
    };
    let typed = match sound(&mut faults, VALUE, said) {
        Some(Said::Figure(_, typed)) => typed,
        Some(Said::Nothing | Said::Withdrawn) | None => Qualifier::Exact,
    };
    sound(&mut faults, QUALIFIER, row.qualifier(typed));
    faults.sort_by_key(|(column, _)| *column);
    faults
}

/// What a column gives, or none and one fault more, which `faults` may have already.
fn sound<T>(
    faults: &mut Vec<(usize, Refusal)>,
    column: usize,
    result: Result<T, Refusal>,
) -> Option<T> {
    result
        .map_err(|why| {
            let fault = (column, why);
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        })
        .ok()
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
