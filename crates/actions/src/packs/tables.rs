//! The tables of a pack, row by row into the nouns of the domain.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::directive::Directive;
use domain::expression::{self, Formula, Kind, KnownItem};
use domain::indicator::{Direction, Indicator, Publicity, Shape};
use domain::item::{Aggregate, Bilingual, Class, Item, ItemId};
use domain::number::{Decimal, Fraction, NumberError, SCALE_MAX};
use domain::period::{Frequency, Period};
use domain::priority::Priority;
use domain::refusal::{Noun, Refusal, Refused, Wanted};
use domain::target::{Target, TargetVersion};
use store::{ReadTx, WriteTx};

use crate::error::Error;
use crate::imports::{Input, Refusals};
use crate::table::{Table, TableRow};
use crate::units::register::Register;

/// Reads a table of the pack, one noun a row, and refuses a code that stands twice from one day. None when any
/// row was refused: then references to the table are not looked at, so that one mistake gives one
/// refusal and not one at every place that rests on it.
pub(super) fn rows<T>(
    folder: &Path,
    file: &str,
    noun: Noun,
    columns: &[&str],
    refusals: &mut Refusals,
    mut read: impl FnMut(&Table, &TableRow, &mut Refusals) -> Result<T, Refused>,
) -> Option<Vec<T>> {
    let table = Table::read(&Input::from_path(&folder.join(file)), columns, refusals)?;
    let before = refusals.count();
    let mut seen = BTreeSet::new();
    let mut all = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let code = refusals.take(table.filled(row, "code", Wanted::Code));
        if let Some(code) = code
            && !seen.insert((code.to_owned(), table.field(row, "from").to_owned()))
        {
            let why = Refusal::Doubled { noun, key: code.to_owned() };
            refusals.push(table.refused(row, "code", why));
        }
        let noun = read(&table, row, refusals);
        all.extend(refusals.take(noun));
    }
    (refusals.count() == before).then_some(all)
}

/// Whether a code leads somewhere in a table; anything does when the table was refused.
pub(super) fn leads<T>(nouns: Option<&[T]>, code_of: impl Fn(&T) -> &str, code: &str) -> bool {
    nouns.is_none_or(|nouns| nouns.iter().any(|noun| code_of(noun) == code))
}

pub(super) fn words(table: &Table, row: &TableRow, column: &str) -> Bilingual {
    Bilingual {
        vi: table.field(row, &format!("{column}_vi")).to_owned(),
        en: table.field(row, &format!("{column}_en")).to_owned(),
    }
}

pub(super) fn name(table: &Table, row: &TableRow) -> Result<Bilingual, Refused> {
    table.filled(row, "name_vi", Wanted::Name)?;
    table.filled(row, "name_en", Wanted::Name)?;
    Ok(words(table, row, "name"))
}

/// One of a closed list of codes.
pub(super) fn known<T>(
    table: &Table,
    row: &TableRow,
    column: &str,
    from_code: impl Fn(&str) -> Option<T>,
) -> Result<T, Refused> {
    from_code(table.field(row, column)).ok_or_else(|| table.bad(row, column, Wanted::KnownCode))
}

pub(super) fn number<T: std::str::FromStr>(
    table: &Table,
    row: &TableRow,
    column: &str,
) -> Result<T, Refused> {
    table.field(row, column).parse().map_err(|_| table.bad(row, column, Wanted::Number))
}

/// A code that leads nowhere.
pub(super) fn not_found(
    table: &Table,
    row: &TableRow,
    column: &str,
    noun: Noun,
    code: &str,
) -> Refused {
    table.refused(row, column, Refusal::NotFound { noun, key: code.to_owned() })
}

pub(super) fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn priorities(
    folder: &Path,
    directives: Option<&[Directive]>,
    refusals: &mut Refusals,
) -> Option<Vec<Priority>> {
    let columns = ["code", "name_vi", "name_en", "directive", "position"];
    rows(folder, "priorities.csv", Noun::Priority, &columns, refusals, |table, row, _| {
        let directive = table.field(row, "directive");
        // One that a unit chose by a document of its own has none of the register.
        if !directive.is_empty() && !leads(directives, |known| &known.code, directive) {
            return Err(not_found(table, row, "directive", Noun::Directive, directive));
        }
        Ok(Priority {
            code: table.field(row, "code").to_owned(),
            name: name(table, row)?,
            reason: words(table, row, "reason"),
            owner: words(table, row, "owner"),
            directive: directive.to_owned(),
            position: number(table, row, "position")?,
        })
    })
}

/// Items keep the number they had; new ones get the next.
pub(super) fn items(
    folder: &Path,
    known_items: &[Item],
    refusals: &mut Refusals,
) -> Option<Vec<Item>> {
    let numbers: BTreeMap<&str, ItemId> =
        known_items.iter().map(|item| (item.code.as_str(), item.id)).collect();
    let mut next = known_items.iter().map(|item| item.id.0).max().map_or(1, |last| last + 1);
    let columns = ["code", "name_vi", "name_en", "measure_vi", "scale", "over_units", "over_time"];
    rows(folder, "items.csv", Noun::Item, &columns, refusals, |table, row, _| {
        let mut item = item(table, row, ItemId(next))?;
        match numbers.get(item.code.as_str()) {
            Some(known) => item.id = *known,
            None => next += 1,
        }
        Ok(item)
    })
}

/// A row of `items.csv`, under a number.
pub(crate) fn item(table: &Table, row: &TableRow, id: ItemId) -> Result<Item, Refused> {
    let scale: u8 = number(table, row, "scale")?;
    if scale > SCALE_MAX {
        return Err(table.bad(row, "scale", Wanted::Number));
    }
    let (minimum, maximum) = bounds(table, row, scale)?;
    Ok(Item {
        id,
        code: table.field(row, "code").to_owned(),
        name: name(table, row)?,
        measure: words(table, row, "measure"),
        scale,
        over_units: known(table, row, "over_units", Aggregate::from_code)?,
        over_time: known(table, row, "over_time", Aggregate::from_code)?,
        classes: classes(table, row)?,
        minimum,
        maximum,
    })
}

/// The smallest and the largest value an item can have, in its own digits. Without a minimum it is
/// zero: nearly everything is counted.
fn bounds(table: &Table, row: &TableRow, scale: u8) -> Result<(Decimal, Option<Decimal>), Refused> {
    let bound = |column: &str| {
        let field = table.field(row, column);
        if field.is_empty() {
            return Ok(None);
        }
        let bound = Decimal::parse(field).map_err(|_| table.bad(row, column, Wanted::Number))?;
        bound.rescaled(scale).map(Some).map_err(|error| match error {
            NumberError::TooManyDecimals { decimals } => {
                let why = Refusal::TooManyDecimals { text: field.to_owned(), decimals };
                table.refused(row, column, why)
            }
            NumberError::Overflow | NumberError::ZeroDivisor | NumberError::NotANumber => {
                table.bad(row, column, Wanted::Number)
            }
        })
    };
    let minimum = bound("minimum")?.unwrap_or(Decimal::new(0, scale));
    let maximum = bound("maximum")?;
    if maximum.is_some_and(|maximum| maximum < minimum) {
        return Err(table.bad(row, "maximum", Wanted::Maximum));
    }
    Ok((minimum, maximum))
}

/// `nam:Nam:Men|nu:Nữ:Women`.
fn classes(table: &Table, row: &TableRow) -> Result<Vec<Class>, Refused> {
    let field = table.field(row, "classes");
    let mut classes: Vec<Class> = Vec::new();
    for text in field.split('|').filter(|_| !field.is_empty()) {
        let class = class(text).ok_or_else(|| table.bad(row, "classes", Wanted::Classes))?;
        if classes.iter().any(|known| known.code == class.code) {
            let (noun, key) = (Noun::Class, class.code);
            return Err(table.refused(row, "classes", Refusal::Doubled { noun, key }));
        }
        classes.push(class);
    }
    Ok(classes)
}

/// `nu:Nữ:Women`; formulas must be able to write the code.
fn class(text: &str) -> Option<Class> {
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let [code, vi, en] = parts[..] else { return None };
    let is_code = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
    let is_whole = ![code, vi, en].contains(&"") && code.chars().all(is_code);
    let name = Bilingual { vi: vi.to_owned(), en: en.to_owned() };
    is_whole.then(|| Class { code: code.to_owned(), name })
}

pub(super) fn indicators(
    folder: &Path,
    items: Option<&[Item]>,
    priorities: Option<&[Priority]>,
    refusals: &mut Refusals,
) -> Option<Vec<Indicator>> {
    let items: Option<BTreeMap<&str, &Item>> =
        items.map(|items| items.iter().map(|item| (item.code.as_str(), item)).collect());
    let is_known = |code: &str| leads(priorities, |known| &known.code, code);
    let columns = [
        "code",
        "priority",
        "name_vi",
        "name_en",
        "measure_vi",
        "formula",
        "shape",
        "decimals",
        "direction",
        "frequency",
        "publicity",
        "headline",
    ];
    rows(folder, "indicators.csv", Noun::Indicator, &columns, refusals, |table, row, refusals| {
        let priority = optional(table.field(row, "priority"));
        if let Some(code) = priority.as_deref().filter(|code| !is_known(code)) {
            return Err(not_found(table, row, "priority", Noun::Priority, code));
        }
        let formula = formula(table, row, "formula", Kind::Number, items.as_ref(), refusals)?;
        Ok(Indicator {
            code: table.field(row, "code").to_owned(),
            priority,
            name: name(table, row)?,
            measure: words(table, row, "measure"),
            formula,
            shape: known(table, row, "shape", Shape::from_code)?,
            decimals: number(table, row, "decimals")?,
            direction: known(table, row, "direction", Direction::from_code)?,
            frequency: known(table, row, "frequency", Frequency::from_code)?,
            publicity: known(table, row, "publicity", Publicity::from_code)?,
            note: words(table, row, "note"),
            headline: known(table, row, "headline", |text| text.parse().ok())?,
        })
    })
}

/// A formula whose items exist and that gives what it should.
pub(super) fn formula(
    table: &Table,
    row: &TableRow,
    column: &str,
    kind: Kind,
    items: Option<&BTreeMap<&str, &Item>>,
    refusals: &mut Refusals,
) -> Result<Formula, Refused> {
    let source = table.field(row, column);
    let refused = |error| {
        let source = source.to_owned();
        table.refused(row, column, Refusal::Formula { source, error })
    };
    let formula = Formula::parse(source).map_err(refused)?;
    let Some(items) = items else { return Ok(formula) };
    let known = |code: &str| {
        let classes = items.get(code)?.classes.iter().map(|class| class.code.clone()).collect();
        Some(KnownItem { classes })
    };
    let checked = expression::check(&formula, &known, kind);
    let mut errors = checked.err().unwrap_or_default();
    let Some(last) = errors.pop() else { return Ok(formula) };
    errors.into_iter().for_each(|error| refusals.push(refused(error)));
    Err(refused(last))
}

/// Reads the targets; a version that is saved already is left out, one that contradicts it is
/// refused, since a target is never overwritten.
pub(super) fn targets(
    tx: &mut ReadTx,
    folder: &Path,
    indicators: Option<&[Indicator]>,
    refusals: &mut Refusals,
) -> Result<Vec<Target>, Error> {
    let columns = ["indicator", "unit_code", "period", "date", "value"];
    let input = Input::from_path(&folder.join("targets.csv"));
    let Some(table) = Table::read(&input, &columns, refusals) else { return Ok(Vec::new()) };
    let register = Register::load(tx)?;
    let saved = store::targets::all(tx)?;
    let mut targets: Vec<Target> = Vec::new();
    for row in &table.rows {
        let Some(target) = refusals.take(target(&table, row, &register, indicators)) else {
            continue;
        };
        let same = |other: &&Target| {
            (&other.indicator, other.unit, other.period)
                == (&target.indicator, target.unit, target.period)
        };
        let version = target.versions.first();
        let earlier = saved.iter().chain(&targets).filter(same).flat_map(|other| &other.versions);
        match earlier
            .into_iter()
            .find(|earlier| version.is_some_and(|new| new.date == earlier.date))
        {
            None => targets.push(target),
            Some(earlier) if Some(earlier.value) == version.map(|version| version.value) => {}
            Some(earlier) => {
                let why = Refusal::TargetVersionExists {
                    indicator: target.indicator.clone(),
                    unit: table.field(row, "unit_code").to_owned(),
                    date: earlier.date,
                };
                refusals.push(table.refused(row, "date", why));
            }
        }
    }
    Ok(targets)
}

fn target(
    table: &Table,
    row: &TableRow,
    register: &Register,
    indicators: Option<&[Indicator]>,
) -> Result<Target, Refused> {
    let indicator = table.filled(row, "indicator", Wanted::Code)?;
    if !leads(indicators, |known| &known.code, indicator) {
        return Err(not_found(table, row, "indicator", Noun::Indicator, indicator));
    }
    let date = table.day(row, "date")?.ok_or_else(|| table.bad(row, "date", Wanted::Day))?;
    let code = table.filled(row, "unit_code", Wanted::Code)?;
    let unit =
        register.on(code, date).map(|index| register.version(index).unit).ok_or_else(|| {
            let why = Refusal::UnknownUnit { code: code.to_owned(), day: Some(date) };
            table.refused(row, "unit_code", why)
        })?;
    let period = Period::parse(table.field(row, "period"))
        .map_err(|_| table.bad(row, "period", Wanted::Period))?;
    let value = Decimal::parse(table.field(row, "value"))
        .map_err(|_| table.bad(row, "value", Wanted::Number))?;
    Ok(Target {
        indicator: indicator.to_owned(),
        unit,
        period,
        versions: vec![TargetVersion {
            date,
            value: Fraction::from(value),
            reason: table.field(row, "reason").to_owned(),
            directive: table.field(row, "directive").to_owned(),
        }],
        trajectory: Vec::new(),
    })
}

pub(super) fn save_target(tx: &mut WriteTx, target: &Target) -> Result<(), store::Error> {
    target
        .versions
        .iter()
        .try_for_each(|version| store::targets::insert_version(tx, target, version))
}
