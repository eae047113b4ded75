//! `dotpha figure`: one figure, or one per unit below, with everything beside it.

use actions::answer::{FigureAnswer, Source, View};
use actions::error::Error;
use actions::figure::{figure, figures_by_level};
use actions::provenance;
use actions::workspace::Workspace;
use clap::Args;
use domain::indicator::Indicator;
use domain::period::Period;

use super::output::Output;
use crate::documents;
use crate::wording::{Lang, figures, periods, places};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The indicator's code: A01.
    #[arg(long)]
    indicator: String,
    /// The unit's code on the last day of the period: 182.
    #[arg(long)]
    unit: String,
    /// The period: 2022, 2023-H1, 2022-Q4, 2022-03, 2022-01..2023-06.
    #[arg(long, value_parser = period)]
    period: Period,
    /// The tree: reported, or restated:2025-07-01 for that day's.
    #[arg(long, default_value = "reported", value_parser = view)]
    view: View,
    /// One line per unit of this level below: commune.
    #[arg(long, value_name = "LEVEL")]
    by: Option<String>,
    /// Answers in JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).map_err(|error| error.to_string())
}

/// `reported` or `restated:2025-07-01`.
pub(super) fn view(text: &str) -> Result<View, String> {
    if text == "reported" {
        return Ok(View::Reported);
    }
    let day = text.strip_prefix("restated:").and_then(|day| day.parse().ok());
    day.map(View::Restated).ok_or_else(|| "reported | restated:YYYY-MM-DD".to_owned())
}

pub(super) fn run(
    workspace: &Workspace,
    arguments: &Arguments,
    out: &mut Output,
) -> Result<(), Error> {
    let Arguments { indicator: code, unit, period, view, by, json } = arguments;
    let snapshot = workspace.snapshot()?;
    let indicator = snapshot.indicator(code)?;
    let unit = snapshot.find_unit(unit, Some(snapshot.end_of(*period)))?;
    let answers = match by {
        None => vec![figure(&snapshot, code, unit, *period, *view)?],
        Some(level) => figures_by_level(&snapshot, code, unit, *period, *view, level)?,
    };
    let mut with_sources = Vec::with_capacity(answers.len());
    for answer in &answers {
        let sources = provenance::sources(&snapshot, code, answer.unit.id, *period)?;
        with_sources.push((answer, sources));
    }
    if *json {
        let wires: Vec<_> = with_sources
            .iter()
            .map(|(answer, sources)| documents::wire(code, indicator, answer, sources))
            .collect();
        let text = if by.is_some() {
            serde_json::to_string_pretty(&wires)
        } else {
            serde_json::to_string_pretty(&wires.first())
        };
        out.line(&text.map_err(|error| Error::Fault(error.to_string()))?);
        return Ok(());
    }
    match (by, with_sources.as_slice()) {
        (None, [(answer, sources)]) => whole(indicator, answer, sources, out),
        _ => table(indicator, &answers, out),
    }
    Ok(())
}

fn whole(indicator: &Indicator, answer: &FigureAnswer, sources: &[Source], out: &mut Output) {
    let lang = out.lang;
    out.line(&format!(
        "{} · {} · {}",
        places::unit_headline(&answer.unit),
        periods::label(answer.period, lang),
        figures::view(answer.view, lang)
    ));
    out.line(&figures::finding(indicator, answer, lang));
    out.line(&format!(
        "{} · {}",
        figures::status(answer.status, lang),
        figures::completeness(answer.completeness, lang)
    ));
    for source in sources {
        let Source { file, sha256, submissions, .. } = source;
        let short = sha256.get(..12).unwrap_or(sha256);
        out.line(&format!("  {file}  {submissions}  sha256:{short}…"));
    }
}

fn table(indicator: &Indicator, answers: &[FigureAnswer], out: &mut Output) {
    let lang = out.lang;
    let rows: Vec<[String; 5]> = answers.iter().map(|answer| row(indicator, answer, lang)).collect();
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2), width(3)];
    for [code, name, value, status, completeness] in &rows {
        let [w0, w1, w2, w3] = widths;
        out.line(&format!(
            "{code:<w0$}  {name:<w1$}  {value:>w2$}  {status:<w3$}  {completeness}"
        ));
    }
}

fn row(indicator: &Indicator, answer: &FigureAnswer, lang: Lang) -> [String; 5] {
    [
        answer.unit.code.clone(),
        places::unit_headline(&answer.unit),
        figures::display(indicator, answer, lang),
        figures::status(answer.status, lang),
        figures::completeness_cell(answer.completeness, lang),
    ]
}
