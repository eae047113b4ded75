//! Evidence per head as a workbook: a sheet of tasks, a sheet of results.

use actions::heads::{Head, Heads};
use formats::document::{Orientation, Properties};
use formats::xlsx::book::{
    Alignment, Book, CellOut, Column, Emphasis, HeaderCell, NumberFormat, SheetTable, TableRow,
    Title, TitleStyle, Typing,
};
use jiff::civil::Date;

use super::{DocumentFile, Error};
use crate::wording::heads::COLUMNS;
use crate::wording::{Gap, Lang, figures, periods, places};

/// The workbook of the evidence about a unit and those of the next level.
///
/// # Errors
/// A workbook that does not hold together.
pub fn heads(heads: &Heads, today: Date, lang: Lang) -> Result<DocumentFile, Error> {
    let unit = places::full_name(&heads.unit, lang);
    let properties = Properties {
        title: format!("{}, {unit}", lang.say("heads-heading")),
        creator: unit,
        created: format!("{today}T00:00:00Z"),
    };
    let book =
        Book { properties, sheets: vec![tasks(heads, today, lang), results(heads, today, lang)] };
    let bytes = formats::xlsx::write_workbook(&book, &formats::profile::STATE)?;
    Ok(DocumentFile { name: format!("heads-{}-{}.xlsx", heads.unit.code, heads.period), bytes })
}

fn titles(heads: &Heads, today: Date, lang: Lang) -> Vec<Title> {
    let gaps = [
        ("unit", Gap::from(places::full_name(&heads.unit, lang))),
        ("period", periods::label(heads.period, lang).into()),
        ("day", periods::day(today, lang).into()),
    ];
    vec![
        Title { text: lang.say("heads-heading"), style: TitleStyle::Main },
        Title { text: lang.tell("heads-as-of", gaps), style: TitleStyle::Sub },
    ]
}

fn tasks(heads: &Heads, today: Date, lang: Lang) -> SheetTable {
    let text = |width| Column { width, alignment: Alignment::Left, typing: Typing::Any };
    let counts =
        COLUMNS.map(|_| Column { width: 11.0, alignment: Alignment::Right, typing: Typing::Any });
    let named = ["column-code", "column-unit", "heads-person"].map(|key| lang.say(key));
    let counted = COLUMNS.map(|column| lang.say(column.head));
    let row = |head: &Head| {
        let names =
            [head.unit.code.clone(), places::full_name(&head.unit, lang), head.person.clone()];
        let counts = COLUMNS.map(|column| CellOut::Number {
            value: (column.count)(head.record).to_string(),
            format: NumberFormat::plain(0),
        });
        let cells = names.map(CellOut::Text).into_iter().chain(counts).collect();
        TableRow { cells, emphasis: Emphasis::Plain }
    };
    SheetTable {
        name: lang.say("tasks-heading"),
        orientation: Orientation::Landscape,
        titles: titles(heads, today, lang),
        columns: [text(9.0), text(26.0), text(22.0)].into_iter().chain(counts).collect(),
        header: vec![named.into_iter().chain(counted).map(HeaderCell::one).collect()],
        rows: heads.rows.iter().map(row).collect(),
        frozen_columns: 2,
        notes: ["heads-hint", "heads-no-grade"].map(|key| lang.say(key)).to_vec(),
    }
}

fn results(heads: &Heads, today: Date, lang: Lang) -> SheetTable {
    let column = |width, alignment| Column { width, alignment, typing: Typing::Any };
    let header = ["column-code", "column-indicator", "heads-value", "heads-target", "heads-status"];
    let rows = heads.results.iter().map(|(indicator, answer)| {
        let target = figures::achievement(indicator, answer, lang).unwrap_or_default();
        let cells = [
            indicator.code.clone(),
            lang.of(&indicator.name).to_owned(),
            figures::display(indicator, answer, lang),
            target,
            figures::status(answer.status, lang),
        ];
        TableRow { cells: cells.map(CellOut::Text).to_vec(), emphasis: Emphasis::Plain }
    });
    SheetTable {
        name: lang.say("heads-results-sheet"),
        orientation: Orientation::Landscape,
        titles: titles(heads, today, lang),
        columns: vec![
            column(8.0, Alignment::Left),
            column(46.0, Alignment::Left),
            column(22.0, Alignment::Left),
            column(30.0, Alignment::Left),
            column(18.0, Alignment::Left),
        ],
        header: vec![header.map(|key| HeaderCell::one(lang.say(key))).to_vec()],
        rows: rows.collect(),
        frozen_columns: 2,
        notes: vec![lang.say("heads-no-grade")],
    }
}
