//! Giving out the configuration as a pack, which taken in again gives the same configuration.

use std::collections::BTreeMap;

use domain::form::{Assignment, Deadline, DueRule, Form, Version};
use domain::item::{Bilingual, Class, Item, ItemId};
use domain::number::Fraction;
use domain::status::Thresholds;
use domain::target::{Target, TargetVersion};
use domain::unit::Units;
use formats::csv;
use jiff::civil::Date;
use store::ReadTx;

use super::import::{Head, ThresholdWords, Words};
use super::{directives, tasks};
use crate::error::Error;
use crate::units::register;

/// The most decimals of a target that are tried; packs bring fewer.
const DECIMALS_MAX: u8 = 9;

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its name in the folder: `forms.csv`, `reports/nam.toml`.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// The rows of a table, the header first.
type Rows = Vec<Vec<String>>;

/// The whole configuration as the files of a pack. The same configuration gives the same bytes.
///
/// # Errors
/// The database failed.
pub fn export(tx: &mut ReadTx<'_>) -> Result<Vec<PackFile>, Error> {
    let items = store::items::all(tx)?;
    let codes: BTreeMap<ItemId, &str> =
        items.iter().map(|item| (item.id, item.code.as_str())).collect();
    let forms = store::forms::all(tx)?;
    let units = register::units(tx)?;
    let tables = [
        (
            "directives.csv",
            store::directives::all(tx)?
                .iter()
                .fold(header(&directives::COLUMNS), |rows, it| with(rows, directives::row(it))),
        ),
        ("priorities.csv", priorities(tx)?),
        (
            "items.csv",
            items.iter().fold(header(&ITEM_COLUMNS), |rows, item| with(rows, item_row(item))),
        ),
        ("indicators.csv", indicators(tx)?),
        ("forms.csv", of_versions(&forms, &FORMS, |form, it| vec![form_row(form, it, &codes)])),
        ("lines.csv", of_versions(&forms, &LINES, |form, it| line_rows(form, it, &codes))),
        ("rules.csv", of_versions(&forms, &RULES, rule_rows)),
        ("holidays.csv", holidays(tx)?),
        (
            "tasks.csv",
            store::task_templates::all(tx)?
                .iter()
                .fold(header(&tasks::COLUMNS), |rows, template| with(rows, tasks::row(template))),
        ),
        ("targets.csv", targets(&store::targets::all(tx)?, &units)?),
    ];
    let settings = store::settings::all(tx)?.into_iter().collect();
    let mut files = vec![PackFile { name: "pack.toml".to_owned(), text: head(&settings)? }];
    files.extend(
        tables.map(|(name, rows)| PackFile { name: name.to_owned(), text: csv::table(&rows) }),
    );
    files.extend(templates(store::templates::all(tx)?));
    Ok(files)
}

fn header(columns: &[&str]) -> Rows {
    vec![columns.iter().map(|&column| column.to_owned()).collect()]
}

fn with(mut rows: Rows, row: Vec<String>) -> Rows {
    rows.push(row);
    rows
}

fn owned<const N: usize>(row: [&str; N]) -> Vec<String> {
    row.map(str::to_owned).to_vec()
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// `pack.toml`, from what the last pack said of itself. Without one, the configuration has no name.
fn head(settings: &BTreeMap<String, String>) -> Result<String, Error> {
    let said = |key: &str| settings.get(key).cloned().filter(|text| !text.is_empty());
    let words = |key: &str| {
        let (vi, en) = (said(&format!("{key}_vi")), said(&format!("{key}_en")));
        let is_said = vi.is_some() || en.is_some();
        is_said.then(|| Words { vi: vi.unwrap_or_default(), en: en.unwrap_or_default() })
    };
    let pack = said("pack").unwrap_or_else(|| "dotpha 1".to_owned());
    let (code, version) = pack.split_once(' ').unwrap_or((&pack, "1"));
    let usual = Thresholds::default();
    let threshold =
        |key: &str, usual: u16| said(key).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let head = Head {
        code: code.to_owned(),
        version: version.to_owned(),
        default_unit: said("default_unit"),
        default_period: said("default_period"),
        calendar: said("calendar"),
        name: words("pack_name")
            .unwrap_or_else(|| Words { vi: code.to_owned(), en: code.to_owned() }),
        sample_note: words("sample"),
        thresholds: ThresholdWords {
            on_track: threshold("threshold_on_track", usual.on_track_thousandths),
            behind: threshold("threshold_behind", usual.behind_thousandths),
        },
    };
    toml::to_string(&head).map_err(|error| Error::Fault(format!("the head of a pack: {error}")))
}

fn priorities(tx: &mut ReadTx<'_>) -> Result<Rows, Error> {
    let columns = [
        "code",
        "name_vi",
        "name_en",
        "reason_vi",
        "reason_en",
        "owner_vi",
        "owner_en",
        "directive",
        "position",
    ];
    let row = |it: domain::priority::Priority| {
        let (name, reason, owner) = (&it.name, &it.reason, &it.owner);
        let position = it.position.to_string();
        owned([
            &it.code,
            &name.vi,
            &name.en,
            &reason.vi,
            &reason.en,
            &owner.vi,
            &owner.en,
            &it.directive,
            &position,
        ])
    };
    Ok(header(&columns)
        .into_iter()
        .chain(store::priorities::all(tx)?.into_iter().map(row))
        .collect())
}

/// The columns of `items.csv`.
pub const ITEM_COLUMNS: [&str; 11] = [
    "code",
    "name_vi",
    "name_en",
    "measure_vi",
    "measure_en",
    "scale",
    "over_units",
    "over_time",
    "classes",
    "minimum",
    "maximum",
];

fn item_row(item: &Item) -> Vec<String> {
    let Item {
        code, name, measure, scale, over_units, over_time, classes, minimum, maximum, ..
    } = item;
    let class = |Class { code, name }: &Class| format!("{code}:{}:{}", name.vi, name.en);
    let classes: Vec<String> = classes.iter().map(class).collect();
    let minimum = if minimum.units == 0 { String::new() } else { minimum.to_string() };
    owned([
        code,
        &name.vi,
        &name.en,
        &measure.vi,
        &measure.en,
        &scale.to_string(),
        over_units.code(),
        over_time.code(),
        &classes.join("|"),
        &minimum,
        &maximum.map(|maximum| maximum.to_string()).unwrap_or_default(),
    ])
}

fn indicators(tx: &mut ReadTx<'_>) -> Result<Rows, Error> {
    let columns = [
        "code",
        "priority",
        "name_vi",
        "name_en",
        "measure_vi",
        "measure_en",
        "formula",
        "shape",
        "decimals",
        "direction",
        "frequency",
        "publicity",
        "headline",
        "note_vi",
        "note_en",
    ];
    let row = |it: domain::indicator::Indicator| {
        let (name, measure, note) = (&it.name, &it.measure, &it.note);
        owned([
            &it.code,
            it.priority.as_deref().unwrap_or_default(),
            &name.vi,
            &name.en,
            &measure.vi,
            &measure.en,
            it.formula.source(),
            it.shape.code(),
            &it.decimals.to_string(),
            it.direction.code(),
            it.frequency.code(),
            it.publicity.code(),
            &it.headline.to_string(),
            &note.vi,
            &note.en,
        ])
    };
    Ok(header(&columns)
        .into_iter()
        .chain(store::indicators::all(tx)?.into_iter().map(row))
        .collect())
}

/// A table with rows of every version of every form.
fn of_versions(
    forms: &[Form],
    columns: &[&str],
    rows_of: impl Fn(&Form, &Version) -> Rows,
) -> Rows {
    let mut rows = header(columns);
    for form in forms {
        rows.extend(form.versions.iter().flat_map(|version| rows_of(form, version)));
    }
    rows
}

const FORMS: [&str; 15] = [
    "code",
    "name_vi",
    "name_en",
    "frequency",
    "calendar",
    "assigned_level",
    "assigned_below",
    "assigned_codes",
    "due_days",
    "review_levels",
    "lock_days",
    "items",
    "from",
    "due",
    "ends",
];

fn form_row(form: &Form, version: &Version, codes: &BTreeMap<ItemId, &str>) -> Vec<String> {
    let Form { code, name, frequency, calendar, review, lock_days, ends, versions: _ } = form;
    let (level, below, named) = match &version.assignment {
        Assignment::Level(level) => (level.as_str(), String::new(), String::new()),
        Assignment::LevelBelow { level, codes } => (level.as_str(), codes.join(" "), String::new()),
        Assignment::Codes(codes) => ("", String::new(), codes.join(" ")),
    };
    let (due_days, due) = match version.due.deadline {
        Deadline::DaysAfter(days) if version.due == DueRule::days_after(days) => {
            (days.to_string(), String::new())
        }
        Deadline::DaysAfter(_) | Deadline::DayOfMonth(_) | Deadline::WorkingDaysAfter(_) => {
            (String::new(), version.due.code())
        }
    };
    let items: Vec<&str> = version.items().filter_map(|item| codes.get(&item).copied()).collect();
    owned([
        code,
        &name.vi,
        &name.en,
        frequency.code(),
        &calendar.code(),
        level,
        &below,
        &named,
        &due_days,
        &review.join(" "),
        &lock_days.map(|days| days.to_string()).unwrap_or_default(),
        &items.join(" "),
        &day(version.from),
        &due,
        &day(*ends),
    ])
}

const LINES: [&str; 7] = ["form", "from", "item", "section_vi", "section_en", "help_vi", "help_en"];

fn line_rows(form: &Form, version: &Version, codes: &BTreeMap<ItemId, &str>) -> Rows {
    let from = day(version.from);
    let row = |item: ItemId| {
        let (section, help) = version.words(item, "");
        let has_words = section != Bilingual::default() || help != Bilingual::default();
        let code = codes.get(&item).copied().filter(|_| has_words)?;
        Some(owned([&form.code, &from, code, &section.vi, &section.en, &help.vi, &help.en]))
    };
    version.items().filter_map(row).collect()
}

const RULES: [&str; 7] =
    ["form", "from", "code", "severity", "expression", "message_vi", "message_en"];

fn rule_rows(form: &Form, version: &Version) -> Rows {
    let from = day(version.from);
    let row = |rule: &domain::form::Rule| {
        let (severity, condition) = (rule.severity.code(), rule.condition.source());
        let (vi, en) = (&rule.message.vi, &rule.message.en);
        owned([&form.code, &from, &rule.code, severity, condition, vi, en])
    };
    version.rules.iter().map(row).collect()
}

fn holidays(tx: &mut ReadTx<'_>) -> Result<Rows, Error> {
    let row = |(day, name): (Date, Bilingual)| owned([&day.to_string(), &name.vi, &name.en]);
    let entered = store::holidays::all(tx)?.entered;
    Ok(header(&["date", "name_vi", "name_en"])
        .into_iter()
        .chain(entered.into_iter().map(row))
        .collect())
}

fn targets(targets: &[Target], units: &Units) -> Result<Rows, Error> {
    let mut rows =
        header(&["indicator", "unit_code", "period", "date", "value", "reason", "directive"]);
    for Target { indicator, unit, period, versions, .. } in targets {
        for TargetVersion { date, value, reason, directive } in versions {
            let fault = || Error::Fault(format!("the target {indicator} of {date} is no row"));
            let unit = units.version_on(*unit, *date).ok_or_else(fault)?;
            let value = decimal(*value).ok_or_else(fault)?;
            let (period, date) = (period.to_string(), date.to_string());
            rows.push(owned([indicator, &unit.code, &period, &date, &value, reason, directive]));
        }
    }
    Ok(rows)
}

/// A fraction as the decimal number that it is.
fn decimal(value: Fraction) -> Option<String> {
    (0..=DECIMALS_MAX).find_map(|decimals| {
        let rounded = value.half_up(decimals).ok()?;
        let exact = Fraction::new(rounded.units, 10_i128.pow(u32::from(decimals))).ok()?;
        (exact == value).then(|| rounded.to_string())
    })
}

/// The templates as they were written, under their codes; one whose code is no file's name gets a number.
fn templates(mut all: Vec<(String, String)>) -> impl Iterator<Item = PackFile> {
    all.sort();
    (1..).zip(all).map(|(number, (code, text))| {
        let is_name = !code.starts_with('.')
            && code.chars().all(|it| it.is_ascii_alphanumeric() || "._-".contains(it));
        let name = if is_name { code } else { format!("_{number}") };
        PackFile { name: format!("reports/{name}.toml"), text }
    })
}
