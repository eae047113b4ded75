//! Reports: every figure a template asks for, worked out once for all its documents.

mod results;
mod subject;

use domain::indicator::Indicator;
use domain::item::Bilingual;
use domain::period::{Calendar, Frequency, Period};
use domain::report::{self, Block, Content, FigureRequest, List, Name, Segment, Template};

use self::results::is_asked;
use crate::answer::{FigureAnswer, FormAnswer, Source, UnitName};
use crate::error::Error;
use crate::figure::{self, figures, rows};
use crate::snapshot::Snapshot;
use crate::{collection, provenance};

pub use results::{MissingForm, ResultGroup, ResultLine, Sourced};
pub use subject::{Asked, AskedUnit, Offer, Subject, offers};

/// A template with its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The template, without the blocks that have nothing to say.
    pub template: Template,
    /// What it is about.
    pub subject: Subject,
    /// The figures of the text, in the template's order.
    pub figures: Vec<ReportFigure>,
    /// The results by priority, where the template lists them or says how they stand.
    pub results: Vec<ResultGroup>,
    /// The span that the appendices count up to: the report's own, or the year so far.
    pub whole: Period,
    /// Appendix I: one line per indicator.
    pub indicators: Vec<AppendixLine>,
    /// Appendix II: the indicators of its columns.
    pub unit_columns: Vec<Indicator>,
    /// Appendix II: one line per unit, a figure per column.
    pub units: Vec<(UnitName, Vec<FigureAnswer>)>,
    /// The forms owed in the span.
    pub forms: Vec<FormAnswer>,
    /// Those with reports missing, and whose.
    pub missing: Vec<MissingForm>,
    /// The mark of sample data; empty words for real data.
    pub sample: Bilingual,
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

/// Works out a report.
///
/// # Errors
/// The template is unknown, is written for another unit or span, or names a unit or an indicator
/// that is unknown.
pub fn build(snapshot: &Snapshot, code: &str, asked: &Asked) -> Result<Report, Error> {
    let template = subject::template(snapshot, code)?;
    let subject = subject::subject(snapshot, template, asked)?;
    let of_text: Result<Vec<ReportFigure>, Error> =
        template.figures.iter().map(|request| report_figure(snapshot, request, &subject)).collect();
    let of_text = of_text?;
    let results = if template.blocks.iter().any(rests_on_results) {
        results::results(snapshot, &subject)?
    } else {
        Vec::new()
    };
    let spans = Spans::of(template, &subject);
    let mut lines = Vec::new();
    for code in &template.appendix_indicators {
        lines.extend(appendix_line(snapshot, code, &subject, spans)?);
    }
    let (unit_columns, units) = appendix_units(snapshot, template, &subject, spans)?;
    let forms = collection::forms(snapshot, subject.unit.id, subject.period);
    Ok(Report {
        template: without_silent_blocks(template, &of_text),
        figures: of_text,
        results,
        whole: spans.whole,
        indicators: lines,
        unit_columns,
        units,
        missing: results::missing(snapshot, &forms, &subject),
        forms,
        sample: snapshot.sample.clone(),
        subject,
    })
}

/// Whether a block prints results that the template did not ask for one by one.
fn rests_on_results(block: &Block) -> bool {
    match &block.content {
        Content::List(List::Results { .. } | List::Behind) => true,
        Content::List(List::Missing) => false,
        Content::Heading { text, .. } | Content::Paragraph { text } => {
            let segments = report::segments(&text.vi).unwrap_or_default();
            let finding =
                |one: &Segment| matches!(one, Segment::Name { name: Name::ReportFinding, .. });
            segments.iter().any(finding)
        }
    }
}

/// The template without the blocks whose figure has no value.
fn without_silent_blocks(template: &Template, figures: &[ReportFigure]) -> Template {
    let has_value = |key: &str| {
        figures.iter().any(|figure| figure.request.key == key && figure.answer.value.is_ok())
    };
    let mut template = template.clone();
    template.blocks.retain(|block| block.when.as_deref().is_none_or(has_value));
    template
}

fn report_figure(
    snapshot: &Snapshot,
    request: &FigureRequest,
    subject: &Subject,
) -> Result<ReportFigure, Error> {
    let (code, view) = (&request.indicator, subject.view);
    let period = request.span.on(subject.period, &subject.calendar);
    let unit = match &request.unit_code {
        Some(code) => snapshot.find_unit(code, Some(snapshot.end_of(period)))?,
        None => subject.unit.id,
    };
    let compared = request
        .compared_with
        .and_then(|comparison| comparison.with(period))
        .map(|before| figure::figure(snapshot, code, unit, before, view))
        .transpose()?;
    Ok(ReportFigure {
        request: request.clone(),
        indicator: snapshot.indicator(code)?.clone(),
        answer: figure::figure(snapshot, code, unit, period, view)?,
        compared,
        sources: provenance::sources(snapshot, code, unit, period, view)?,
    })
}

/// The spans of the appendices.
#[derive(Debug, Clone, Copy)]
struct Spans {
    /// What the column of this period shows; none for the newest part of the whole.
    this: Option<Period>,
    /// What the cumulative column shows.
    whole: Period,
}

impl Spans {
    /// A report of any unit shows its own span beside the year so far. One that reaches over a
    /// year's end, or is written for its span, shows its newest part beside the whole.
    fn of(template: &Template, subject: &Subject) -> Self {
        let Subject { period, calendar, .. } = subject;
        if template.binding.is_none() && calendar.is_within_a_year(*period) {
            return Self { this: Some(*period), whole: calendar.year_to_date(*period) };
        }
        Self { this: None, whole: *period }
    }

    fn this(self, snapshot: &Snapshot, indicator: &Indicator) -> Period {
        self.this.unwrap_or_else(|| newest(snapshot, indicator, self.whole))
    }
}

/// A line of appendix I; none for what nobody reports in its spans.
fn appendix_line(
    snapshot: &Snapshot,
    code: &str,
    subject: &Subject,
    spans: Spans,
) -> Result<Option<AppendixLine>, Error> {
    let (unit, view) = (subject.unit.id, subject.view);
    let indicator = snapshot.indicator(code)?;
    let shown = spans.this(snapshot, indicator);
    let this = figure::figure(snapshot, code, unit, shown, view)?;
    let whole = figure::figure(snapshot, code, unit, spans.whole, view)?;
    if !is_asked(&this) && !is_asked(&whole) {
        return Ok(None);
    }
    let year_before = shown
        .year_before()
        .map(|before| figure::figure(snapshot, code, unit, before, view))
        .transpose()?;
    Ok(Some(AppendixLine { this, year_before, whole, indicator: indicator.clone() }))
}

type UnitTable = (Vec<Indicator>, Vec<(UnitName, Vec<FigureAnswer>)>);

/// Appendix II: the columns that somebody reports for, and a row per unit of the level.
fn appendix_units(
    snapshot: &Snapshot,
    template: &Template,
    subject: &Subject,
    spans: Spans,
) -> Result<UnitTable, Error> {
    let (unit, period, view) = (subject.unit.id, subject.period, subject.view);
    let level = match template.appendix_unit_level.as_str() {
        "" => figure::level_below(snapshot, unit, period, view).unwrap_or_default(),
        level => level.to_owned(),
    };
    let scopes = rows(snapshot, unit, period, view, &level)?;
    let mut columns = Vec::new();
    let mut units: Vec<(UnitName, Vec<FigureAnswer>)> =
        scopes.iter().map(|scope| (scope.unit.clone(), Vec::new())).collect();
    for code in &template.appendix_unit_indicators {
        let indicator = snapshot.indicator(code)?;
        let shown = spans.this(snapshot, indicator);
        let column = figures(snapshot, indicator, shown, view, &scopes)?;
        if !column.iter().any(is_asked) {
            continue;
        }
        columns.push(indicator.clone());
        for ((_, row), figure) in units.iter_mut().zip(column) {
            row.push(figure);
        }
    }
    if columns.is_empty() {
        units.clear();
    }
    Ok((columns, units))
}

/// The part of a span that an appendix shows: its newest half-year when it covers several, or its
/// newest year for what is collected once a year; else the span itself.
fn newest(snapshot: &Snapshot, indicator: &Indicator, period: Period) -> Period {
    let base = figure::course::base_frequency(snapshot, indicator);
    let calendar = snapshot.calendar();
    let part = if base == Some(Frequency::Yearly) {
        newest_year(&calendar, period)
    } else {
        let parts = calendar.parts(period, Frequency::HalfYearly);
        parts.and_then(|parts| parts.last().copied())
    };
    part.unwrap_or(period)
}

/// The newest whole year inside a span.
fn newest_year(calendar: &Calendar, period: Period) -> Option<Period> {
    let (first, last) = calendar.days(period);
    let year = calendar.year_of(period);
    let ended = if calendar.days(year).1 <= last { Some(year) } else { year.year_before() };
    ended.filter(|year| calendar.days(*year).0 >= first)
}
