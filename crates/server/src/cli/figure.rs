//! `dotpha figure`: one figure, or one per unit below, with everything beside it.

use actions::answer::{FigureAnswer, Source, View};
use actions::error::Error;
use actions::figure::{figure, figures_by_level};
use actions::provenance;
use actions::snapshot::Snapshot;
use actions::workspace::Workspace;
use clap::Args;
use domain::directive::Directive;
use domain::indicator::Indicator;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use formats::profile::Layout;

use super::output::Output;
use crate::documents;
use crate::wording::documents::citation;
use crate::wording::{Lang, figures, periods, places};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The indicator's code: A01.
    #[arg(long)]
    indicator: String,
    /// The unit's code on the last day of the period, or on the day of the restated view: 182.
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
    // A code means what it means in the tree that is shown.
    let unit = snapshot.find_unit(unit, Some(snapshot.day_of(*period, *view)))?;
    let answers = match by {
        None => vec![figure(&snapshot, code, unit, *period, *view)?],
        Some(level) => by_level(&snapshot, arguments, unit, level)?,
    };
    match (answers.as_slice(), by) {
        (all, _) if *json => in_json(&snapshot, indicator, all, arguments, out)?,
        ([answer], None) => {
            let sources = provenance::sources(&snapshot, code, unit, *period, *view)?;
            whole(indicator, answer, &sources, &snapshot.directives, out);
        }
        (all, _) => table(indicator, all, out),
    }
    Ok(())
}

/// One figure per unit of a level; no units there is a mistake, not an empty answer.
fn by_level(
    snapshot: &Snapshot,
    arguments: &Arguments,
    unit: UnitId,
    level: &str,
) -> Result<Vec<FigureAnswer>, Error> {
    let Arguments { indicator, period, view, .. } = arguments;
    let answers = figures_by_level(snapshot, indicator, unit, *period, *view, level)?;
    if answers.is_empty() {
        return Err(Refusal::NotFound { noun: Noun::Level, key: level.to_owned() }.into());
    }
    Ok(answers)
}

fn in_json(
    snapshot: &Snapshot,
    indicator: &Indicator,
    answers: &[FigureAnswer],
    arguments: &Arguments,
    out: &mut Output,
) -> Result<(), Error> {
    let Arguments { indicator: code, period, view, .. } = arguments;
    let sources = answers
        .iter()
        .map(|answer| provenance::sources(snapshot, code, answer.unit.id, *period, *view))
        .collect::<Result<Vec<_>, _>>()?;
    let wires: Vec<_> = answers
        .iter()
        .zip(&sources)
        .map(|(answer, sources)| documents::wire(code, indicator, answer, sources))
        .collect();
    let text = match (wires.as_slice(), &arguments.by) {
        ([only], None) => serde_json::to_string_pretty(only),
        (all, _) => serde_json::to_string_pretty(all),
    };
    out.line(&text.map_err(|error| Error::Fault(error.to_string()))?);
    Ok(())
}

/// The finding, then what stands beside it, a line each.
fn whole(
    indicator: &Indicator,
    answer: &FigureAnswer,
    sources: &[Source],
    directives: &[Directive],
    out: &mut Output,
) {
    let lang = out.lang;
    let mut lines = vec![
        ("unit", places::full_name(&answer.unit, lang)),
        ("period", periods::label(answer.period, lang)),
        ("choose-view", figures::view(answer.view, answer.through, lang)),
    ];
    if let Some(target) = &answer.target {
        let value = figures::target_value(indicator, target.value, lang);
        let directive = directives.iter().find(|directive| directive.code == target.directive);
        let directive = directive.map(|directive| citation(directive, Layout::Party, lang));
        let told: Vec<String> = std::iter::once(value).chain(directive).collect();
        lines.push(("target", told.join(" · ")));
    }
    lines.push(("status", figures::status(answer.status, lang)));
    lines.push(("column-reports", figures::completeness(answer.completeness, lang)));
    // Its title stands once, before the first of them.
    let titles = std::iter::once("files").chain(std::iter::repeat(""));
    lines.extend(titles.zip(sources.iter().map(|source| told(source, lang))));
    let title = |key: &str| if key.is_empty() { String::new() } else { lang.say(key) };
    let width = lines.iter().map(|(key, _)| title(key).chars().count()).max().unwrap_or(0);
    out.line(&figures::finding(indicator, answer, lang));
    for (key, text) in &lines {
        out.line(&format!("  {:<width$}  {text}", title(key)));
    }
}

fn told(source: &Source, lang: Lang) -> String {
    let Source { file, sha256, submissions, .. } = source;
    let submissions = lang.tell("source-submissions", [("count", (*submissions).into())]);
    if file.is_empty() {
        return format!("{} · {submissions}", lang.say("entered-on-screen"));
    }
    let short = sha256.get(..12).unwrap_or(sha256);
    format!("{file} · {submissions} · sha256 {short}…")
}

fn table(indicator: &Indicator, answers: &[FigureAnswer], out: &mut Output) {
    let lang = out.lang;
    let rows: Vec<[String; 5]> =
        answers.iter().map(|answer| row(indicator, answer, lang)).collect();
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let [w0, w1, w2, w3] = [0, 1, 2, 3].map(width);
    for [code, name, value, status, completeness] in &rows {
        out.line(&format!("{code:<w0$}  {name:<w1$}  {value:>w2$}  {status:<w3$}  {completeness}"));
    }
}

fn row(indicator: &Indicator, answer: &FigureAnswer, lang: Lang) -> [String; 5] {
    [
        answer.unit.code.clone(),
        places::full_name(&answer.unit, lang),
        figures::display(indicator, answer, lang),
        figures::status(answer.status, lang),
        figures::completeness_cell(answer.completeness, lang),
    ]
}
