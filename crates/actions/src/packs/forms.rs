//! The forms of a pack: `forms.csv`, one version a row, and `lines.csv`, the words above and beside
//! what they ask.

use std::collections::BTreeMap;
use std::path::Path;

use domain::form::{Assignment, DueRule, Form, Line, Section, Version, asked_together};
use domain::forming::FormingProblem;
use domain::holiday::Holidays;
use domain::item::{Bilingual, Item, ItemId};
use domain::period::{Calendar, Frequency};
use domain::refusal::{Location, Noun, Refusal, Refused, Wanted};

use super::tables::{known, name, not_found, number, rows, words};
use crate::imports::{Input, Refusals};
use crate::table::{Table, TableRow};

/// A version of a form with the place of what it asks.
struct Read {
    form: Form,
    items_at: Location,
}

/// Reads the forms with all their versions.
pub(super) fn forms(
    folder: &Path,
    items: Option<&[Item]>,
    refusals: &mut Refusals,
) -> Option<Vec<Form>> {
    let numbers: Option<BTreeMap<&str, ItemId>> =
        items.map(|items| items.iter().map(|item| (item.code.as_str(), item.id)).collect());
    let columns = ["code", "name_vi", "name_en", "frequency", "calendar", "due_days", "items"];
    let read = rows(folder, "forms.csv", Noun::Form, &columns, refusals, |table, row, _| {
        form(table, row, numbers.as_ref())
    })?;
    let before = refusals.count();
    let mut places: Vec<(String, Location)> = Vec::new();
    let mut forms: Vec<Form> = Vec::new();
    for Read { form, items_at } in read {
        places.push((form.code.clone(), items_at.clone()));
        let Some(known) = forms.iter_mut().find(|known| known.code == form.code) else {
            forms.push(form);
            continue;
        };
        if (known.frequency, &known.calendar) != (form.frequency, &form.calendar) {
            refusals.add(items_at, FormingProblem::PeriodsDiffer { form: form.code }.into());
            continue;
        }
        known.name = form.name;
        known.ends = known.ends.or(form.ends);
        known.versions.extend(form.versions);
        known.versions.sort_by_key(|version| version.from);
    }
    refuse_shared_items(&forms, items, &places, refusals);
    give_words(folder, numbers.as_ref(), &mut forms, refusals);
    (refusals.count() == before).then_some(forms)
}

fn form(
    table: &Table,
    row: &TableRow,
    numbers: Option<&BTreeMap<&str, ItemId>>,
) -> Result<Read, Refused> {
    let mut items: Vec<ItemId> = Vec::new();
    for code in table.field(row, "items").split_whitespace() {
        // A pack whose items were refused is refused whole; no number is needed.
        let Some(numbers) = numbers else { continue };
        let unknown = || not_found(table, row, "items", Noun::Item, code);
        let item = numbers.get(code).copied().ok_or_else(unknown)?;
        if items.contains(&item) {
            let why = Refusal::Doubled { noun: Noun::Item, key: code.to_owned() };
            return Err(table.refused(row, "items", why));
        }
        items.push(item);
    }
    let version = Version {
        from: table.day(row, "from")?,
        assignment: assignment(table, row)?,
        sections: vec![Section::plain(items)],
        due: due(table, row)?,
        rules: Vec::new(),
    };
    let form = Form {
        code: table.field(row, "code").to_owned(),
        name: name(table, row)?,
        frequency: known(table, row, "frequency", Frequency::from_code)?,
        calendar: known(table, row, "calendar", Calendar::from_code)?,
        versions: vec![version],
        review: review(table, row)?,
        lock_days: match table.field(row, "lock_days") {
            "" => None,
            _ => Some(number(table, row, "lock_days")?),
        },
        ends: table.day(row, "ends")?,
    };
    Ok(Read { form, items_at: table.at(row, "items") })
}

/// `due` says it in full, `due_days` in days after the period.
fn due(table: &Table, row: &TableRow) -> Result<DueRule, Refused> {
    if table.field(row, "due").is_empty() {
        return Ok(DueRule::days_after(number(table, row, "due_days")?));
    }
    known(table, row, "due", DueRule::from_code)
}

fn assignment(table: &Table, row: &TableRow) -> Result<Assignment, Refused> {
    let codes = |column| -> Vec<String> {
        table.field(row, column).split_whitespace().map(str::to_owned).collect()
    };
    let level = table.field(row, "assigned_level").to_owned();
    match (level.as_str(), codes("assigned_below"), codes("assigned_codes")) {
        ("", below, codes) if below.is_empty() && !codes.is_empty() => Ok(Assignment::Codes(codes)),
        ("", ..) => Err(table.bad(row, "assigned_level", Wanted::KnownCode)),
        (_, below, codes) if below.is_empty() && codes.is_empty() => Ok(Assignment::Level(level)),
        (_, below, codes) if codes.is_empty() => Ok(Assignment::LevelBelow { level, codes: below }),
        _ => Err(table.bad(row, "assigned_codes", Wanted::KnownCode)),
    }
}

/// The levels that judge a form, in their order; none of them twice.
fn review(table: &Table, row: &TableRow) -> Result<Vec<String>, Refused> {
    let column = "review_levels";
    let mut levels: Vec<String> = Vec::new();
    for level in table.field(row, column).split_whitespace() {
        if levels.iter().any(|known| known == level) {
            let why = Refusal::Doubled { noun: Noun::Level, key: level.to_owned() };
            return Err(table.refused(row, column, why));
        }
        levels.push(level.to_owned());
    }
    Ok(levels)
}

/// Nobody is asked for the same number twice. The refusal stands at the later form.
fn refuse_shared_items(
    forms: &[Form],
    items: Option<&[Item]>,
    places: &[(String, Location)],
    refusals: &mut Refusals,
) {
    for (place, form) in forms.iter().enumerate() {
        for item in items.into_iter().flatten() {
            let earlier = forms.iter().take(place);
            if earlier.into_iter().any(|earlier| asked_together(earlier, form, item.id)) {
                let at = places.iter().find(|(code, _)| *code == form.code);
                let at = at.map(|(_, at)| at.clone()).unwrap_or_default();
                let key = item.code.clone();
                refusals.add(at, Refusal::Doubled { noun: Noun::Item, key });
            }
        }
    }
}

/// Reads the words above and beside the lines. A pack need not have any.
fn give_words(
    folder: &Path,
    numbers: Option<&BTreeMap<&str, ItemId>>,
    forms: &mut [Form],
    refusals: &mut Refusals,
) {
    let path = folder.join("lines.csv");
    if !path.exists() {
        return;
    }
    let Some(table) = Table::read(&Input::from_path(&path), &["form", "item"], refusals) else {
        return;
    };
    let mut seen = Vec::new();
    for row in &table.rows {
        let key = ["form", "from", "item"].map(|column| table.field(row, column).to_owned());
        if seen.contains(&key) {
            let why = Refusal::Doubled { noun: Noun::Item, key: key[2].clone() };
            refusals.push(table.refused(row, "item", why));
        }
        seen.push(key);
        let given = line_of(&table, row, numbers, forms).map(|(version, item)| {
            give(version, item, words(&table, row, "section"), &words(&table, row, "help"));
        });
        refusals.take(given);
    }
}

/// The version and the item that a row speaks of.
fn line_of<'f>(
    table: &Table,
    row: &TableRow,
    numbers: Option<&BTreeMap<&str, ItemId>>,
    forms: &'f mut [Form],
) -> Result<(&'f mut Version, ItemId), Refused> {
    let version = version_of(table, row, forms)?;
    let code = table.field(row, "item");
    let item = numbers.and_then(|numbers| numbers.get(code).copied());
    match item.filter(|item| version.asks(*item)) {
        Some(item) => Ok((version, item)),
        None => {
            let (item, form) = (code.to_owned(), table.field(row, "form").to_owned());
            Err(table.refused(row, "item", Refusal::ItemNotOnForm { item, form }))
        }
    }
}

/// The version of a form that a row names by `form` and `from`; without a day, the first one.
pub(super) fn version_of<'f>(
    table: &Table,
    row: &TableRow,
    forms: &'f mut [Form],
) -> Result<&'f mut Version, Refused> {
    let code = table.field(row, "form");
    let form = forms.iter_mut().find(|form| form.code == code);
    let form = form.ok_or_else(|| not_found(table, row, "form", Noun::Form, code))?;
    let day = table.day(row, "from")?;
    let is_meant = |version: &&mut Version| day.is_none() || version.from == day;
    let version = form.versions.iter_mut().find(is_meant);
    version.ok_or_else(|| table.bad(row, "from", Wanted::KnownCode))
}

/// A title begins a section at its item; help stands at the item itself.
fn give(version: &mut Version, item: ItemId, title: Bilingual, help: &Bilingual) {
    for line in version.sections.iter_mut().flat_map(|section| &mut section.lines) {
        if line.item == item {
            line.help = help.clone();
        }
    }
    if title == Bilingual::default() {
        return;
    }
    let is_item = |line: &Line| line.item == item;
    let Some(at) = version.sections.iter().position(|part| part.lines.iter().any(is_item)) else {
        return;
    };
    let lines = &mut version.sections[at].lines;
    let lines = lines.split_off(lines.iter().position(is_item).unwrap_or(0));
    version.sections.insert(at + 1, Section { title, lines });
    version.sections.retain(|section| !section.lines.is_empty());
}

/// Reads the public holidays. A pack need not have any.
pub(super) fn holidays(folder: &Path, refusals: &mut Refusals) -> Holidays {
    let path = folder.join("holidays.csv");
    let mut holidays = Holidays::default();
    if !path.exists() {
        return holidays;
    }
    let columns = ["date", "name_vi", "name_en"];
    let table = Table::read(&Input::from_path(&path), &columns, refusals);
    for (table, row) in
        table.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)))
    {
        let day = table.day(row, "date");
        let day = day.and_then(|day| day.ok_or_else(|| table.bad(row, "date", Wanted::Day)));
        if let (Some(day), Some(name)) = (refusals.take(day), refusals.take(name(table, row))) {
            holidays.entered.insert(day, name);
        }
    }
    holidays
}
