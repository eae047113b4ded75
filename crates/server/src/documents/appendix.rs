//! The appendices: indicators (I) and units (II) as tables of a document.

use actions::answer::FigureAnswer;
use actions::reports::{AppendixLine, Report};
use domain::indicator::Indicator;
use domain::period::Period;
use formats::document::{
    Align, Appendix, Block, Cell, Column, HeaderCell, Orientation, Row, RowKind, Run, Table,
};

use super::{Issue, text};
use crate::wording::{Gap, Lang, figures, periods, phrases, places};

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
pub(super) fn indicator_headers(report: &Report, lang: Lang) -> Vec<String> {
    let whole = periods::label(report.period, lang);
    [
        "column-number",
        "column-indicator",
        "column-measure",
        "column-plan",
        "column-year-before",
        "column-this",
    ]
    .into_iter()
    .map(|key| lang.say(key))
    .chain([lang.tell("column-whole", [("period", Gap::from(whole))])])
    .chain(["column-of-plan", "column-change", "column-note"].map(|key| lang.say(key)))
    .collect()
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
        cells: indicator_cells(index + 1, line, issue, lang),
    });
    Table {
        caption: None,
        measure: None,
        columns: columns.collect(),
        header: vec![indicator_headers(report, lang).iter().map(|text| HeaderCell::single(text)).collect()],
        rows: rows.collect(),
        source: Some(source(report, lang)),
    }
}

fn indicator_cells(number: usize, line: &AppendixLine, issue: &Issue, lang: Lang) -> Vec<Cell> {
    let indicator = &line.indicator;
    let plan = line.this.target.as_ref();
    let of_plan = plan.filter(|_| line.this.value.is_ok());
    let change = line
        .year_before
        .as_ref()
        .filter(|before| before.value.is_ok() && line.this.value.is_ok())
        .map_or_else(String::new, |before| figures::change(indicator, &line.this, before, lang));
    vec![
        Cell::text(&number.to_string()),
        Cell::text(lang.of(&indicator.name)),
        Cell::text(lang.of(&indicator.measure)),
        Cell::text(&plan.map_or_else(String::new, |plan| {
            figures::value_text(indicator, domain::number::Quantity::exact(plan.value), lang)
        })),
        line.year_before.as_ref().map_or_else(|| Cell::text(""), |before| {
            linked(indicator, before, issue, lang)
        }),
        linked(indicator, &line.this, issue, lang),
        linked(indicator, &line.whole, issue, lang),
        Cell::text(&of_plan.map_or_else(String::new, |_| share(&line.this, lang))),
        Cell::text(&change),
        Cell::text(&note(&line.this, lang)),
    ]
}

/// The share of the target reached, as a percentage; empty without one.
pub(super) fn share(figure: &FigureAnswer, lang: Lang) -> String {
    let share = figure.target.as_ref().and_then(|target| target.share);
    let (Some(share), Ok(value)) = (share, &figure.value) else { return String::new() };
    let share = domain::number::Quantity { value: share, qualifier: value.qualifier };
    crate::wording::number::percent(share, 1, lang)
}

/// What must be said beside a figure: why it is missing, or what is missing in it.
pub(super) fn note(figure: &FigureAnswer, lang: Lang) -> String {
    let completeness = figure.completeness;
    match &figure.value {
        Err(reason) => figures::no_value(reason, lang),
        Ok(_) if completeness.units_missing > 0 => {
            phrases::missing(completeness.units_missing, completeness.units_expected, lang)
        }
        Ok(_) => String::new(),
    }
}

fn units(report: &Report, issue: &Issue, lang: Lang) -> Table {
    let mut columns = vec![
        Column { width: 4, align: Align::Centre },
        Column { width: 20, align: Align::Left },
    ];
    columns.extend(report.unit_columns.iter().map(|_| Column { width: 11, align: Align::Right }));
    columns.push(Column { width: 16, align: Align::Left });
    let mut header = vec![
        HeaderCell::single(&lang.say("column-number")),
        HeaderCell::single(&lang.say("column-unit")),
    ];
    header.extend(unit_headers(report, lang).iter().map(|text| HeaderCell::single(text)));
    header.push(HeaderCell::single(&lang.say("column-reports")));
    let rows = report.units.iter().enumerate().map(|(index, (unit, row))| {
        let mut cells = vec![Cell::text(&(index + 1).to_string()), Cell::text(&places::unit_headline(unit))];
        cells.extend(
            row.iter()
                .zip(&report.unit_columns)
                .map(|(figure, indicator)| linked(indicator, figure, issue, lang)),
        );
        cells.push(Cell::text(&reports(row, lang)));
        Row { kind: RowKind::Plain, cells }
    });
    Table {
        caption: None,
        measure: None,
        columns,
        header: vec![header],
        rows: rows.collect(),
        source: Some(source(report, lang)),
    }
}

/// The headers of appendix II: the indicator and the period its column shows.
pub(super) fn unit_headers(report: &Report, lang: Lang) -> Vec<String> {
    let first = report.units.first().map(|(_, row)| row.as_slice()).unwrap_or_default();
    let period = |index: usize| first.get(index).map(|figure| figure.period);
    let header = |(index, indicator): (usize, &Indicator)| {
        let name = lang.of(&indicator.name);
        let period = period(index).map_or_else(String::new, |period: Period| periods::label(period, lang));
        format!("{} – {name} ({period})", indicator.code)
    };
    report.unit_columns.iter().enumerate().map(header).collect()
}

/// Whether a unit's reports are all there.
pub(super) fn reports(row: &[FigureAnswer], lang: Lang) -> String {
    let worst = row.iter().map(|figure| figure.completeness).max_by_key(|completeness| {
        completeness.expected.saturating_sub(completeness.reported)
    });
    match worst {
        Some(worst) if worst.units_missing > 0 => {
            phrases::missing(worst.units_missing, worst.units_expected, lang)
        }
        _ => lang.say("reports-complete"),
    }
}

/// What the tables rest on.
pub(super) fn source(report: &Report, lang: Lang) -> String {
    let span = periods::with_days(report.period, &domain::period::Calendar::Civil, lang);
    lang.tell(
        "appendix-source",
        [("period", Gap::from(span)), ("import", report.as_of.import.into())],
    )
}

fn linked(indicator: &Indicator, figure: &FigureAnswer, issue: &Issue, lang: Lang) -> Cell {
    let href = text::address(figure, &issue.address);
    let run = Run::Figure {
        text: figures::cell(indicator, figure, lang),
        id: format!("{}-{}-{}", indicator.code, figure.unit.id.0, figure.period),
        href: Some(href),
    };
    Cell { runs: vec![run], columns: 1 }
}
