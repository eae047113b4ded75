//! Reports: every figure a template asks for, worked out once for all its documents.

use domain::indicator::Indicator;
use domain::item::Bilingual;
use domain::period::{Frequency, Period};
use domain::refusal::{Noun, Refusal};
use domain::report::{FigureRequest, Template};
use domain::unit::UnitId;

use crate::answer::{AsOf, FigureAnswer, FormAnswer, Source, UnitName, View};
use crate::error::Error;
use crate::figure::{self, figures, rows};
use crate::snapshot::Snapshot;
use crate::{collection, provenance};

/// A template with its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The template.
    pub template: Template,
    /// Whose report.
    pub unit: UnitName,
    /// About which span.
    pub period: Period,
    /// Through which tree.
    pub view: View,
    /// The figures of the text, in the template's order.
    pub figures: Vec<ReportFigure>,
    /// Appendix I: one line per indicator.
    pub indicators: Vec<AppendixLine>,
    /// Appendix II: the indicators of its columns.
    pub unit_columns: Vec<Indicator>,
    /// Appendix II: one line per unit, a figure per column.
    pub units: Vec<(UnitName, Vec<FigureAnswer>)>,
    /// The forms with what is missing.
    pub forms: Vec<FormAnswer>,
    /// The mark of sample data; empty words for real data.
    pub sample: Bilingual,
    /// How far the data reach.
    pub as_of: AsOf,
}

/// A figure of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportFigure {
    /// What the template asked for.
    pub request: FigureRequest,
    /// Its indicator.
    pub indicator: Indicator,
    /// The figure.
    pub answer: FigureAnswer,
    /// The figure of the span compared with.
    pub compared: Option<FigureAnswer>,
    /// The files it rests on.
    pub sources: Vec<Source>,
}

/// A line of appendix I.
#[derive(Debug, Clone, PartialEq)]
pub struct AppendixLine {
    /// The indicator.
    pub indicator: Indicator,
    /// The figure of the period shown: the newest base span of the report that has one.
    pub this: FigureAnswer,
    /// The same span a year before.
    pub year_before: Option<FigureAnswer>,
    /// The figure of the report's whole span.
    pub whole: FigureAnswer,
}

/// Works out a report. Without a span, the report speaks about the whole that its figures cover.
///
/// # Errors
/// The template is unknown, or names a unit or an indicator that is.
pub fn build(
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<Report, Error> {
    let unknown = || Refusal::NotFound { noun: Noun::Template, key: code.to_owned() };
    let template = snapshot.templates.get(code).ok_or_else(unknown)?.clone();
    let of_text: Result<Vec<ReportFigure>, Error> = template
        .figures
        .iter()
        .map(|request| report_figure(snapshot, request, unit, view))
        .collect();
    let lines: Result<Vec<AppendixLine>, Error> = template
        .appendix_indicators
        .iter()
        .map(|code| appendix_line(snapshot, code, unit, period, view))
        .collect();
    let columns: Result<Vec<Indicator>, Error> = template
        .appendix_unit_indicators
        .iter()
        .map(|code| snapshot.indicator(code).cloned())
        .collect();
    let unit_columns = columns?;
    let scopes = rows(snapshot, unit, period, view, &template.appendix_unit_level)?;
    let mut units: Vec<(UnitName, Vec<FigureAnswer>)> =
        scopes.iter().map(|scope| (scope.unit.clone(), Vec::new())).collect();
    for indicator in &unit_columns {
        let column =
            figures(snapshot, indicator, newest(snapshot, indicator, period), view, &scopes)?;
        for ((_, row), figure) in units.iter_mut().zip(column) {
            row.push(figure);
        }
    }
    Ok(Report {
        unit: figure::Scope::of_unit(snapshot, unit, period, view).unit,
        period,
        view,
        figures: of_text?,
        indicators: lines?,
        unit_columns,
        units,
        forms: collection::forms(snapshot, unit, period),
        sample: snapshot.sample.clone(),
        as_of: snapshot.as_of.clone(),
        template,
    })
}

fn report_figure(
    snapshot: &Snapshot,
    request: &FigureRequest,
    unit: UnitId,
    view: View,
) -> Result<ReportFigure, Error> {
    let unit = match &request.unit_code {
        Some(code) => snapshot.find_unit(code, Some(snapshot.end_of(request.period)))?,
        None => unit,
    };
    let code = &request.indicator;
    let compared = request
        .compared_with
        .map(|period| figure::figure(snapshot, code, unit, period, view))
        .transpose()?;
    Ok(ReportFigure {
        request: request.clone(),
        indicator: snapshot.indicator(code)?.clone(),
        answer: figure::figure(snapshot, code, unit, request.period, view)?,
        compared,
        sources: provenance::sources(snapshot, code, unit, request.period, view)?,
    })
}

fn appendix_line(
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<AppendixLine, Error> {
    let indicator = snapshot.indicator(code)?;
    let shown = newest(snapshot, indicator, period);
    let year_before = shown
        .year_before()
        .map(|before| figure::figure(snapshot, code, unit, before, view))
        .transpose()?;
    Ok(AppendixLine {
        this: figure::figure(snapshot, code, unit, shown, view)?,
        year_before,
        whole: figure::figure(snapshot, code, unit, period, view)?,
        indicator: indicator.clone(),
    })
}

/// The period of a report that an appendix shows: its newest half-year when it covers several, or
/// its newest year for what is collected once a year; else the span itself.
fn newest(snapshot: &Snapshot, indicator: &Indicator, period: Period) -> Period {
    let base = figure::course::base_frequency(snapshot, indicator);
    let calendar = snapshot.calendar();
    let frequency =
        if base == Some(Frequency::Yearly) { Frequency::Yearly } else { Frequency::HalfYearly };
    let parts = calendar.parts(period, frequency);
    let newest_year = || {
        // A span that ends within a year has its last whole year before that.
        let end = calendar.days(period).1;
        let year = calendar.period_on(end, Frequency::Yearly);
        if calendar.days(year).1 <= end { Some(year) } else { year.year_before() }
    };
    match frequency {
        Frequency::Yearly => parts.and_then(|parts| parts.last().copied()).or_else(newest_year),
        _ => parts.and_then(|parts| parts.last().copied()),
    }
    .unwrap_or(period)
}
