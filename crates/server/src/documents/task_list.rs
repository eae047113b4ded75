//! The workbook in which many tasks are written down: the list, what its columns take, and codes.

use domain::task::ListColumn;
use formats::document::{Orientation, Properties};
use formats::xlsx::book::{
    Alignment, Book, CellOut, Column, Emphasis, HeaderCell, SheetTable, TableRow, Title,
    TitleStyle, Typing,
};
use jiff::civil::Date;

use super::{DocumentFile, Error};
use crate::wording::{Lang, task_lists};

/// Something that a list may name by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The key of its kind: `task-list-unit`.
    pub kind: &'static str,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The workbook, with the codes that its reader may need.
///
/// # Errors
/// A workbook that does not hold together.
pub fn task_list(
    codes: &[Named],
    creator: String,
    today: Date,
    lang: Lang,
) -> Result<DocumentFile, Error> {
    let book = Book {
        properties: Properties {
            title: lang.say("task-list-heading"),
            creator,
            created: format!("{today}T00:00:00Z"),
        },
        sheets: vec![list(lang), guide(lang), known(codes, lang)],
    };
    let bytes = formats::xlsx::write_workbook(&book, &formats::profile::STATE)?;
    Ok(DocumentFile { name: lang.say("task-list-file-name"), bytes })
}

fn list(lang: Lang) -> SheetTable {
    let column = |column: ListColumn| Column {
        width: task_lists::width(column),
        alignment: Alignment::Left,
        typing: Typing::AsText,
    };
    let heading = |column: ListColumn| {
        let mark = if column.is_required() { " *" } else { "" };
        HeaderCell::one(format!("{}{mark}", task_lists::name(column, lang)))
    };
    SheetTable {
        name: lang.say("task-list-sheet"),
        orientation: Orientation::Landscape,
        titles: Vec::new(),
        columns: ListColumn::ALL.map(column).into(),
        header: vec![ListColumn::ALL.map(heading).into()],
        rows: Vec::new(),
        frozen_columns: 1,
        notes: Vec::new(),
    }
}

fn guide(lang: Lang) -> SheetTable {
    let heads = ["task-list-column", "task-list-takes", "task-list-needed", "task-list-example"];
    let needed = |column: ListColumn| {
        lang.say(if column.is_required() { "task-list-must" } else { "task-list-may" })
    };
    let row = |column: ListColumn| {
        vec![
            task_lists::name(column, lang),
            task_lists::takes(column, lang),
            needed(column),
            task_lists::example(column, lang),
        ]
    };
    SheetTable {
        name: lang.say("task-list-guide-sheet"),
        titles: vec![
            Title { text: lang.say("task-list-heading"), style: TitleStyle::Main },
            Title { text: lang.say("task-list-why"), style: TitleStyle::Sub },
        ],
        ..words(&heads, &[24.0, 60.0, 14.0, 40.0], ListColumn::ALL.map(row).into(), lang)
    }
}

fn known(codes: &[Named], lang: Lang) -> SheetTable {
    let row = |one: &Named| vec![lang.say(one.kind), one.code.clone(), one.name.clone()];
    let heads = ["task-list-kind", "task-list-code", "task-list-name"];
    let rows = codes.iter().map(row).collect();
    SheetTable {
        name: lang.say("task-list-codes-sheet"),
        ..words(&heads, &[24.0, 16.0, 70.0], rows, lang)
    }
}

/// A sheet to be read.
fn words(heads: &[&str], widths: &[f64], rows: Vec<Vec<String>>, lang: Lang) -> SheetTable {
    let column =
        |width: &f64| Column { width: *width, alignment: Alignment::Left, typing: Typing::Any };
    let row = |texts: Vec<String>| TableRow {
        cells: texts.into_iter().map(CellOut::Text).collect(),
        emphasis: Emphasis::Plain,
    };
    SheetTable {
        name: String::new(),
        orientation: Orientation::Landscape,
        titles: Vec::new(),
        columns: widths.iter().map(column).collect(),
        header: vec![heads.iter().map(|key| HeaderCell::one(lang.say(key))).collect()],
        rows: rows.into_iter().map(row).collect(),
        frozen_columns: 0,
        notes: Vec::new(),
    }
}
