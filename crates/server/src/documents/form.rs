//! A form as a workbook to be filled: a row per unit, a column per figure.

use actions::submissions::entry::{EntryField, EntryPage};
use actions::submissions::field_key;
use actions::submissions::grid::workbook::{NOTE, WAS, marker, retyped};
use actions::submissions::grid::{Column, GridPage, joined};
use domain::number::SCALE_MAX;
use domain::text::{self, Typed};
use formats::document::Properties;
use formats::xlsx::form::{FormCell, FormColumn, FormRow, FormSheet, Role};
use jiff::civil::Date;

use super::{DocumentFile, Error};
use crate::wording::collecting::{named, range};
use crate::wording::{Gap, Lang, number, periods, places};

/// The workbook of a grid, with what stands in it by now.
///
/// # Errors
/// A workbook that does not hold together.
pub fn form(page: &GridPage, today: Date, lang: Lang) -> Result<DocumentFile, Error> {
    let scope = &page.scope;
    let gaps = [
        ("form", Gap::from(lang.of(&page.form).to_owned())),
        ("unit", places::full_name(&page.unit, lang).into()),
        ("period", periods::label(scope.period, lang).into()),
    ];
    let title = lang.tell("entry-title", gaps);
    let due = [("day", Gap::from(periods::day(page.due, lang)))];
    let sheet = FormSheet {
        properties: Properties {
            title: title.clone(),
            creator: places::full_name(&page.unit, lang),
            created: format!("{today}T00:00:00Z"),
        },
        name: lang.say("workbook-sheet"),
        marker: marker(page),
        titles: vec![title, lang.tell("workbook-guide", due)],
        columns: columns(page, lang),
        rows: (1..).zip(&page.rows).map(|(number, row)| line(number, row, lang)).collect(),
    };
    let bytes = formats::xlsx::write_form(&sheet, &formats::profile::STATE)?;
    let name = format!("{}.{}.{}.xlsx", scope.form, page.unit.code, scope.period);
    Ok(DocumentFile { name, bytes })
}

fn columns(page: &GridPage, lang: Lang) -> Vec<FormColumn> {
    let read = |heading: String, width| FormColumn {
        key: String::new(),
        heading,
        width,
        role: Role::Read,
    };
    let mut columns = vec![
        read(lang.say("workbook-number"), 5.0),
        read(lang.say("workbook-unit"), 26.0),
        read(lang.say("workbook-code"), 12.0),
    ];
    for column in &page.columns {
        columns.push(figure(column, lang));
        columns.push(read(lang.say("workbook-previous"), 9.0));
    }
    let last = |key: &str, heading: String, width, role| FormColumn {
        key: key.to_owned(),
        heading,
        width,
        role,
    };
    columns.push(last(NOTE, lang.say("entry-note"), 30.0, Role::Words));
    columns.push(last(WAS, String::new(), 5.0, Role::Hidden));
    columns
}

fn figure(column: &Column, lang: Lang) -> FormColumn {
    let key = field_key(&column.item, &column.class);
    let name = named(&column.name, &column.class_name, lang);
    let measure = lang.of(&column.measure);
    FormColumn {
        heading: format!("{key}\n{name}\n({measure})"),
        key,
        width: 16.0,
        role: Role::Figure {
            minimum: column.minimum.to_string(),
            maximum: column.maximum.map(|maximum| maximum.to_string()),
            message: format!("{}. {}", range(column.minimum, column.maximum, lang), name),
        },
    }
}

fn line(number: usize, row: &EntryPage, lang: Lang) -> FormRow {
    let text = |text: &str| FormCell::Text(text.to_owned());
    let mut cells = vec![
        FormCell::Number(number.to_string()),
        FormCell::Text(places::full_name(&row.unit, lang)),
        text(&row.unit.code),
    ];
    let mut was = Vec::new();
    for field in &row.fields {
        let cell = standing(field);
        was.push(read_back(&cell));
        cells.push(cell);
        let previous = |value| FormCell::Text(number::number(value, SCALE_MAX, lang));
        cells.push(field.previous.map_or(FormCell::Empty, previous));
    }
    cells.push(FormCell::Empty);
    cells.push(FormCell::Text(joined(was.iter().map(String::as_str))));
    FormRow { key: row.unit.code.clone(), cells }
}

/// What stands in a field: a plain number as a number, anything else as it was typed.
fn standing(field: &EntryField) -> FormCell {
    let written = field.standing.trim();
    match text::typed_number(written) {
        Typed::Missing => FormCell::Empty,
        Typed::Figure(figure)
            if figure.word.is_empty() && figure.measure.is_empty() && !figure.percent =>
        {
            FormCell::Number(figure.value.to_string())
        }
        Typed::Figure(_) | Typed::Ratio { .. } | Typed::Ambiguous { .. } | Typed::Refused(_) => {
            FormCell::Text(written.to_owned())
        }
    }
}

/// What a cell reads as when the workbook comes back.
fn read_back(cell: &FormCell) -> String {
    match cell {
        FormCell::Empty => String::new(),
        FormCell::Text(text) => text.clone(),
        FormCell::Number(number) => retyped(number),
    }
}
