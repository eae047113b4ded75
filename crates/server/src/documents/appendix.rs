//! The appendices: indicators (I) and units (II) as tables of a document.

use std::collections::BTreeMap;

use actions::answer::FigureAnswer;
use actions::reports::{AppendixLine, Report};
use domain::indicator::{Indicator, Shape};
use domain::number::Quantity;
use domain::period::Period;
use formats::document::{
    Align, Appendix, Block, Cell, Column, HeaderCell, Orientation, Row, RowKind, Run, Table,
};

use super::{Issue, names, text};
use crate::wording::{Gap, Lang, figures, number, periods, places};

pub(super) fn all(report: &Report, issue: &Issue, lang: Lang) -> Vec<Appendix> {
    let mut appendices = Vec::new();
    if !report.indicators.is_empty() {
        appendices.push(Appendix {
            title: lang.say("appendix-indicators"),
            reference: None,
            orientation: Orientation::Landscape,
            blocks: vec![Block::Table(indicators(report, issue, lang))],
        });
    }
    if !report.units.is_empty() {
        appendices.push(Appendix {
            title: lang.say("appendix-units"),
            reference: None,
            orientation: Orientation::Landscape,
            blocks: vec![Block::Table(units(report, issue, lang))],
        });
    }
    appendices
}

/// The headers of appendix I, in both the document and the workbook.
pub(super) fn indicator_headers(lang: Lang) -> Vec<String> {
    [
        "column-number",
        "column-indicator",
        "column-measure",
        "column-plan",
        "column-year-before",
        "column-this",
        "column-whole",
        "column-of-plan",
        "column-change",
        "column-note",
    ]
    .map(|key| lang.say(key))
    .to_vec()
}

/// The line above appendix I: which periods its columns are about.
pub(super) fn indicator_periods(report: &Report, lang: Lang) -> String {
    let label = |period| Gap::from(periods::label(period, lang));
    match this_period(report) {
        Some(this) if this != report.whole => {
            lang.tell("appendix-periods", [("this", label(this)), ("whole", label(report.whole))])
        }
        _ => lang.tell("appendix-period", [("period", label(report.whole))]),
    }
}

/// The period that the column of this period shows in most lines; the others say theirs.
pub(super) fn this_period(report: &Report) -> Option<Period> {
    most_frequent(report.indicators.iter().map(|line| line.this.period))
}

/// The line above appendix II: the period of its columns; the others say theirs.
pub(super) fn unit_periods(report: &Report, lang: Lang) -> Option<String> {
    let period = unit_period(report)?;
    Some(lang.tell("appendix-period", [("period", periods::label(period, lang).into())]))
}

fn unit_period(report: &Report) -> Option<Period> {
    let (_, first) = report.units.first()?;
    most_frequent(first.iter().map(|figure| figure.period))
}

fn most_frequent(periods: impl Iterator<Item = Period>) -> Option<Period> {
    let mut counts: BTreeMap<String, (usize, Period)> = BTreeMap::new();
    for period in periods {
        counts.entry(period.to_string()).or_insert((0, period)).0 += 1;
    }
    counts.into_values().max_by_key(|(count, _)| *count).map(|(_, period)| period)
}

fn indicators(report: &Report, issue: &Issue, lang: Lang) -> Table {
    let widths = [4, 26, 9, 9, 10, 12, 13, 10, 14, 14];
    let columns = widths.iter().enumerate().map(|(index, &width)| Column {
        width,
        align: match index {
            0 | 2 => Align::Centre,
            1 | 9 => Align::Left,
            _ => Align::Right,
        },
    });
    let rows = report.indicators.iter().enumerate().map(|(index, line)| Row {
        kind: RowKind::Plain,
        cells: indicator_cells(report, index + 1, line, issue, lang),
    });
    Table {
        caption: Some(indicator_periods(report, lang)),
        measure: None,
        columns: columns.collect(),
        header: vec![indicator_headers(lang).iter().map(|text| HeaderCell::single(text)).collect()],
        rows: rows.collect(),
        source: Some(source(report, lang)),
    }
}

fn indicator_cells(
    report: &Report,
    position: usize,
    line: &AppendixLine,
    issue: &Issue,
    lang: Lang,
) -> Vec<Cell> {
    let indicator = &line.indicator;
    let planned = planned(line);
    let plan = planned.target.as_ref();
    let change = line
        .year_before
        .as_ref()
        .filter(|before| before.value.is_ok() && line.this.value.is_ok())
        .map_or_else(String::new, |before| figures::change(indicator, &line.this, before, lang));
    vec![
        Cell::text(&position.to_string()),
        Cell::text(lang.of(&indicator.name)),
        Cell::text(lang.of(&indicator.measure)),
        Cell::text(&plan.map_or_else(String::new, |plan| {
            figures::value_text(indicator, Quantity::exact(plan.value), lang)
        })),
        line.year_before.as_ref().map_or_else(
            || Cell::text(""),
            |before| linked(indicator, before, "before", issue, lang),
        ),
        linked(indicator, &line.this, "this", issue, lang),
        linked(indicator, &line.whole, "whole", issue, lang),
        Cell::text(
            &share(indicator, planned)
                .map_or_else(String::new, |share| number::percent(share, 1, lang)),
        ),
        Cell::text(&change),
        Cell::text(&note(report, &line.this, lang)),
    ]
}

/// The figure that stands against the plan: the whole span when a target covers it, else this
/// period's.
pub(super) fn planned(line: &AppendixLine) -> &FigureAnswer {
    if line.whole.target.is_some() { &line.whole } else { &line.this }
}

/// The share of the target reached. Nothing for ratios: it would be a percentage of a percentage,
/// and the plan stands beside the figure.
pub(super) fn share(indicator: &Indicator, figure: &FigureAnswer) -> Option<Quantity> {
    let share = figure.target.as_ref().and_then(|target| target.share);
    let (share, value) = share.zip(figure.value.as_ref().ok())?;
    let is_count = indicator.shape == Shape::Count;
    is_count.then_some(Quantity { value: share, qualifier: value.qualifier })
}

/// What must be said beside a figure: another period than that of its column, why it is missing,
/// or what is missing in it.
pub(super) fn note(report: &Report, figure: &FigureAnswer, lang: Lang) -> String {
    let completeness = figure.completeness;
    let is_of_column = this_period(report) == Some(figure.period);
    let period = (!is_of_column).then(|| periods::label(figure.period, lang));
    let trouble = match &figure.value {
        Err(reason) => Some(figures::no_value(reason, lang)),
        Ok(_) if completeness.units_missing > 0 => Some(figures::completeness(completeness, lang)),
        Ok(_) => None,
    };
    let said: Vec<String> = period.into_iter().chain(trouble).collect();
    said.join("; ")
}

fn units(report: &Report, issue: &Issue, lang: Lang) -> Table {
    let mut columns =
        vec![Column { width: 5, align: Align::Centre }, Column { width: 20, align: Align::Left }];
    columns.extend(report.unit_columns.iter().map(|_| Column { width: 11, align: Align::Right }));
    columns.push(Column { width: 16, align: Align::Left });
    let tall = |key| HeaderCell { text: lang.say(key), columns: 1, rows: 2 };
    let mut names = vec![tall("column-number"), tall("column-unit")];
    names.extend(unit_headers(report, lang).iter().map(|text| HeaderCell::single(text)));
    names.push(tall("column-reports"));
    let codes = report.unit_columns.iter().map(|indicator| HeaderCell::single(&indicator.code));
    let rows = report.units.iter().enumerate().map(|(index, (unit, row))| {
        let mut cells =
            vec![Cell::text(&(index + 1).to_string()), Cell::text(&places::full_name(unit, lang))];
        cells.extend(
            row.iter()
                .zip(&report.unit_columns)
                .map(|(figure, indicator)| linked(indicator, figure, "unit", issue, lang)),
        );
        cells.push(Cell::text(&reports(row, lang)));
        Row { kind: RowKind::Plain, cells }
    });
    Table {
        caption: unit_periods(report, lang),
        measure: None,
        columns,
        header: vec![names, codes.collect()],
        rows: rows.collect(),
        source: Some(source(report, lang)),
    }
}

/// The headers of appendix II above the indicators' codes: each name, and its period when that is
/// not the one above the table.
pub(super) fn unit_headers(report: &Report, lang: Lang) -> Vec<String> {
    let first = report.units.first().map(|(_, row)| row.as_slice()).unwrap_or_default();
    let common = unit_period(report);
    let header = |(index, indicator): (usize, &Indicator)| {
        let name = lang.of(&indicator.name);
        match first.get(index).map(|figure| figure.period) {
            Some(own) if Some(own) != common => format!("{name} ({})", periods::label(own, lang)),
            _ => name.to_owned(),
        }
    };
    report.unit_columns.iter().enumerate().map(header).collect()
}

/// Whether a unit's reports are all there.
pub(super) fn reports(row: &[FigureAnswer], lang: Lang) -> String {
    let worst = row
        .iter()
        .map(|figure| figure.completeness)
        .max_by_key(|completeness| completeness.expected.saturating_sub(completeness.reported));
    match worst {
        Some(worst) if worst.units_missing > 0 => figures::completeness(worst, lang),
        _ => lang.say("reports-complete"),
    }
}

/// What the tables rest on.
pub(super) fn source(report: &Report, lang: Lang) -> String {
    let span = periods::with_days(report.subject.period, &report.subject.calendar, lang);
    lang.tell(
        "appendix-source",
        [("period", Gap::from(span)), ("reach", names::reach(&report.subject.as_of, lang).into())],
    )
}

/// A figure in a cell; `column` keeps its id apart from those of the same figure elsewhere.
fn linked(
    indicator: &Indicator,
    figure: &FigureAnswer,
    column: &str,
    issue: &Issue,
    lang: Lang,
) -> Cell {
    let href = text::address(figure, &issue.address);
    let run = Run::Figure {
        text: figures::cell(indicator, figure, lang),
        id: format!("{column}-{}-{}-{}", indicator.code, figure.unit.id.0, figure.period),
        href: Some(href),
    };
    Cell { runs: vec![run], columns: 1 }
}
