//! The workbook of a report: appendices I and II with numbers one can go on counting with.

use actions::answer::FigureAnswer;
use actions::reports::{AppendixLine, Report};
use domain::indicator::{Indicator, Shape};
use domain::number::{Fraction, Quantity};
use formats::document::Orientation;
use formats::xlsx::book::{
    Alignment, Book, CellOut, Column, Emphasis, HeaderCell, NumberFormat, Scale, SheetTable,
    TableRow, Title, TitleStyle, Typing,
};

use super::{Issue, appendix, names, narrative};
use crate::wording::number::{Counted, word};
use crate::wording::{Lang, figures, places};

pub(super) fn book(report: &Report, issue: &Issue, lang: Lang) -> Book {
    let mut sheets = vec![indicators(report, lang)];
    if !report.units.is_empty() {
        sheets.push(units(report, lang));
    }
    Book { properties: narrative::properties(report, issue, lang), sheets }
}

fn titles(report: &Report, key: &str, periods: Option<String>, lang: Lang) -> Vec<Title> {
    let title = |text: String, style| Title { text, style };
    let mut titles = vec![
        title(lang.say(key), TitleStyle::Main),
        title(names::head(report, &report.template.title, lang).text, TitleStyle::Sub),
    ];
    titles.extend(periods.map(|text| title(text, TitleStyle::Sub)));
    titles
}

fn notes(report: &Report, lang: Lang) -> Vec<String> {
    let sample = lang.of(&report.sample).to_owned();
    std::iter::once(appendix::source(report, lang))
        .chain((!sample.is_empty()).then_some(sample))
        .collect()
}

fn indicators(report: &Report, lang: Lang) -> SheetTable {
    let widths = [5.0, 40.0, 13.0, 9.0, 10.0, 10.0, 10.0, 9.0, 21.0, 21.0];
    let columns = widths.iter().enumerate().map(|(index, &width)| Column {
        width,
        alignment: match index {
            0 | 2 => Alignment::Centre,
            1 | 8 | 9 => Alignment::Left,
            _ => Alignment::Right,
        },
        typing: Typing::Any,
    });
    let headers = appendix::indicator_headers(lang);
    let periods = Some(appendix::indicator_periods(report, lang));
    let rows = report.indicators.iter().enumerate();
    SheetTable {
        name: lang.say("sheet-indicators"),
        orientation: Orientation::Landscape,
        titles: titles(report, "appendix-indicators", periods, lang),
        columns: columns.collect(),
        header: vec![headers.into_iter().map(HeaderCell::one).collect()],
        rows: rows.map(|(index, line)| indicator_row(report, index + 1, line, lang)).collect(),
        frozen_columns: 2,
        notes: notes(report, lang),
    }
}

fn indicator_row(report: &Report, number: usize, line: &AppendixLine, lang: Lang) -> TableRow {
    let indicator = &line.indicator;
    let planned = appendix::planned(line);
    let change = line
        .year_before
        .as_ref()
        .filter(|before| before.value.is_ok() && line.this.value.is_ok())
        .map_or_else(String::new, |before| figures::change(indicator, &line.this, before, lang));
    let target = planned.target.as_ref();
    let plan = target
        .map_or(CellOut::Empty, |target| quantity(indicator, Quantity::exact(target.value), lang));
    let share = appendix::share(indicator, planned);
    let share = share.map_or(CellOut::Empty, |share| percent(share, 1, lang));
    TableRow {
        cells: vec![
            CellOut::Number { value: number.to_string(), format: NumberFormat::plain(0) },
            CellOut::Text(lang.of(&indicator.name).to_owned()),
            CellOut::Text(lang.of(&indicator.measure).to_owned()),
            plan,
            line.year_before
                .as_ref()
                .map_or(CellOut::Empty, |figure| cell(indicator, figure, lang)),
            cell(indicator, &line.this, lang),
            cell(indicator, &line.whole, lang),
            share,
            CellOut::Text(change),
            CellOut::Text(appendix::note(report, &line.this, lang)),
        ],
        emphasis: Emphasis::Plain,
    }
}

fn units(report: &Report, lang: Lang) -> SheetTable {
    let column = |width, alignment| Column { width, alignment, typing: Typing::Any };
    let mut columns = vec![
        column(5.0, Alignment::Centre),
        column(8.0, Alignment::Centre),
        column(20.0, Alignment::Left),
    ];
    columns.extend(report.unit_columns.iter().map(|_| column(12.0, Alignment::Right)));
    columns.push(column(34.0, Alignment::Left));
    let tall = |key| HeaderCell { text: lang.say(key), columns: 1, rows: 2 };
    let mut names = vec![tall("column-number"), tall("column-code"), tall("column-unit")];
    names.extend(appendix::unit_headers(report, lang).into_iter().map(HeaderCell::one));
    names.push(tall("column-reports"));
    let codes = report.unit_columns.iter().map(|indicator| HeaderCell::one(&indicator.code));
    let rows = report.units.iter().enumerate().map(|(index, (unit, row))| {
        let mut cells = vec![
            CellOut::Number { value: (index + 1).to_string(), format: NumberFormat::plain(0) },
            CellOut::Text(unit.code.clone()),
            CellOut::Text(places::full_name(unit, lang)),
        ];
        let figures = row.iter().zip(&report.unit_columns);
        cells.extend(figures.map(|(figure, indicator)| cell(indicator, figure, lang)));
        cells.push(CellOut::Text(appendix::reports(row, lang)));
        TableRow { cells, emphasis: Emphasis::Plain }
    });
    SheetTable {
        name: lang.say("sheet-units"),
        orientation: Orientation::Landscape,
        titles: titles(report, "appendix-units", appendix::unit_periods(report, lang), lang),
        columns,
        header: vec![names, codes.collect()],
        rows: rows.collect(),
        frozen_columns: 3,
        notes: notes(report, lang),
    }
}

fn cell(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> CellOut {
    match figure.value {
        Ok(value) => quantity(indicator, value, lang),
        Err(_) => CellOut::Text("–".to_owned()),
    }
}

fn quantity(indicator: &Indicator, value: Quantity, lang: Lang) -> CellOut {
    match indicator.shape {
        Shape::Count => plain(value, indicator.decimals, lang),
        Shape::Percent | Shape::Coverage => percent(value, indicator.decimals, lang),
    }
}

fn plain(value: Quantity, decimals: u8, lang: Lang) -> CellOut {
    let format = NumberFormat {
        prefix: prefix(value, Counted::Things, lang),
        ..NumberFormat::plain(decimals)
    };
    number(value, decimals, format)
}

/// A share as a percentage people can read: 101.3, shown with a percent sign.
fn percent(share: Quantity, decimals: u8, lang: Lang) -> CellOut {
    let prefix = prefix(share, Counted::Percent, lang);
    let hundred = Quantity::exact(Fraction::integer(100));
    let format = NumberFormat { decimals, scale: Scale::Percent, prefix };
    match share.times(hundred) {
        Ok(value) => number(value, decimals, format),
        Err(_) => CellOut::Text("–".to_owned()),
    }
}

fn number(value: Quantity, decimals: u8, format: NumberFormat) -> CellOut {
    match value.rounded(decimals) {
        Ok(rounded) => CellOut::Number { value: rounded.to_string(), format },
        Err(_) => CellOut::Text("–".to_owned()),
    }
}

fn prefix(value: Quantity, counted: Counted, lang: Lang) -> String {
    match word(value.qualifier, counted, lang) {
        "" => String::new(),
        word => format!("{word} "),
    }
}
