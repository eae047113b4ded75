//! `figures.json`: every figure of a report with its sources, for other programs.

use std::borrow::Cow;

use actions::answer::Source;
use actions::reports::{Report, ReportFigure, ResultLine};
use domain::report::{Content, List};
use serde::Serialize;

use crate::web::links;
use crate::wording::{Lang, figures};

/// The figures of a report as indented JSON that ends with a line break: those of the text in the
/// template's order, then those of the lists under the codes of their indicators.
///
/// # Errors
/// The serialiser failed.
pub fn figures_json(report: &Report) -> Result<Vec<u8>, serde_json::Error> {
    let wire = ReportWire {
        report: &report.template.code,
        unit: &report.subject.unit.code,
        period: report.subject.period.to_string(),
        view: links::view_code(report.subject.view),
        as_of_import: report.subject.as_of.import,
        as_of_entry: Some(report.subject.as_of.deed).filter(|deed| *deed > 0),
        sample: (!report.sample.en.is_empty()).then_some(&report.sample.en),
        figures: report.figures.iter().map(figure).chain(listed(report)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&wire)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[derive(Serialize)]
struct ReportWire<'a> {
    report: &'a str,
    unit: &'a str,
    period: String,
    view: String,
    as_of_import: i64,
    /// The place in the ledger of the newest deed with a submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of_entry: Option<i64>,
    sample: Option<&'a String>,
    figures: Vec<FigureWire<'a>>,
}

/// One figure; numbers are decimal text, so that nothing is lost on the way.
#[derive(Serialize)]
pub(crate) struct FigureWire<'a> {
    key: Cow<'a, str>,
    code: &'a str,
    unit: &'a str,
    unit_name: String,
    period: String,
    data_until: Option<String>,
    view: String,
    value: Option<String>,
    qualifier: Option<&'static str>,
    numerator: Option<String>,
    denominator: Option<String>,
    display: Display,
    target: Option<String>,
    achievement: Option<String>,
    status: &'static str,
    reported: u32,
    expected: u32,
    units_missing: u32,
    units_expected: u32,
    sources: Vec<SourceWire<'a>>,
}

#[derive(Serialize)]
struct Display {
    vi: String,
    en: String,
}

#[derive(Serialize)]
struct SourceWire<'a> {
    file: &'a str,
    sha256: &'a str,
    submissions: u32,
}

fn figure(figure: &ReportFigure) -> FigureWire<'_> {
    wire(figure.request.key.as_str(), &figure.indicator, &figure.answer, &figure.sources)
}

/// The figures that the lists print.
fn listed(report: &Report) -> impl Iterator<Item = FigureWire<'_>> {
    let is_listed =
        report.template.blocks.iter().any(|block| {
            matches!(block.content, Content::List(List::Results { .. } | List::Behind))
        });
    let lines = report.results.iter().filter(move |_| is_listed).flat_map(|group| &group.lines);
    lines.flat_map(|line| {
        let ResultLine { indicator, this, year_to_date, .. } = line;
        let code = indicator.code.as_str();
        let this = wire(code, indicator, &this.answer, &this.sources);
        let since = year_to_date.as_ref().map(|since| {
            let key = format!("{code}.year_to_date");
            wire(key, indicator, &since.answer, &since.sources)
        });
        std::iter::once(this).chain(since)
    })
}

/// A figure in the shape of the wire.
pub(crate) fn wire<'a>(
    key: impl Into<Cow<'a, str>>,
    indicator: &'a domain::indicator::Indicator,
    answer: &'a actions::answer::FigureAnswer,
    sources: &'a [Source],
) -> FigureWire<'a> {
    let value = answer.value.as_ref().ok();
    let display = |lang| figures::display(indicator, answer, lang);
    let share = answer.target.as_ref().and_then(|target| target.share);
    FigureWire {
        key: key.into(),
        code: &answer.indicator,
        unit: &answer.unit.code,
        unit_name: crate::wording::places::unit_headline(&answer.unit),
        period: answer.period.to_string(),
        data_until: answer.data_until.map(|period| period.to_string()),
        view: links::view_code(answer.through),
        value: value.map(|quantity| exact(quantity.value)),
        qualifier: value.map(|quantity| quantity.qualifier.code()),
        numerator: answer.parts.map(|(numerator, _)| exact(numerator.value)),
        denominator: answer.parts.map(|(_, denominator)| exact(denominator.value)),
        display: Display { vi: display(Lang::Vi), en: display(Lang::En) },
        target: answer.target.as_ref().map(|target| exact(target.value)),
        achievement: share.and_then(|share| {
            let value = value?;
            let share = domain::number::Quantity { value: share, qualifier: value.qualifier };
            Some(crate::wording::number::percent(share, 1, Lang::Vi))
        }),
        status: answer.status.code(),
        reported: answer.completeness.reported,
        expected: answer.completeness.expected,
        units_missing: answer.completeness.units_missing,
        units_expected: answer.completeness.units_expected,
        sources: sources
            .iter()
            .map(|source| SourceWire {
                file: &source.file,
                sha256: &source.sha256,
                submissions: source.submissions,
            })
            .collect(),
    }
}

/// `152`, or `146/162` where decimals would lose something.
fn exact(value: domain::number::Fraction) -> String {
    match value.denominator() {
        1 => value.numerator().to_string(),
        denominator => format!("{}/{denominator}", value.numerator()),
    }
}
