//! The lists a report writes by itself: results by priority, what is behind, whose reports are
//! missing.

use domain::indicator::{Indicator, Publicity};
use domain::item::Bilingual;
use domain::status::Status;
use domain::unit::UnitId;

use super::subject::Subject;
use crate::answer::{FigureAnswer, FormAnswer, Source, UnitName};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::{figure, overview, provenance};

/// The results of a priority, or of the indicators common to all.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultGroup {
    /// The priority's name; none for the indicators common to all.
    pub priority: Option<Bilingual>,
    /// A line per indicator that somebody reports for the span, in the pack's order.
    pub lines: Vec<ResultLine>,
}

/// An indicator in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultLine {
    /// The indicator.
    pub indicator: Indicator,
    /// The figure of the report's span.
    pub this: Sourced,
    /// The figure of the same span a year before, when there is one.
    pub year_before: Option<FigureAnswer>,
    /// The figure since the beginning of the year, when the target speaks about that one.
    pub year_to_date: Option<Sourced>,
    /// Units below that are furthest behind, worst first; nobody where it is not behind.
    pub lagging: Vec<UnitName>,
}

/// A figure with the files it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Sourced {
    /// The figure.
    pub answer: FigureAnswer,
    /// The files.
    pub sources: Vec<Source>,
}

impl ResultLine {
    /// The figure that is judged.
    #[must_use]
    pub fn judged(&self) -> &FigureAnswer {
        &self.year_to_date.as_ref().unwrap_or(&self.this).answer
    }
}

/// A form with reports missing.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingForm {
    /// The form.
    pub form: FormAnswer,
    /// The units that owe, under the unit above them unless that is the report's own.
    pub units: Vec<(Option<UnitName>, Vec<UnitName>)>,
}

/// What is known of all indicators but those held back until they are announced.
pub(super) fn results(snapshot: &Snapshot, subject: &Subject) -> Result<Vec<ResultGroup>, Error> {
    let names = snapshot.priorities.iter().map(|one| (Some(one.code.as_str()), Some(&one.name)));
    let mut groups = Vec::new();
    for (code, name) in names.chain([(None, None)]) {
        let mut lines = Vec::new();
        for indicator in snapshot.indicators.iter() {
            let is_open = indicator.publicity != Publicity::Restricted;
            if is_open && indicator.priority.as_deref() == code {
                lines.extend(line(snapshot, indicator, subject)?);
            }
        }
        if !lines.is_empty() {
            groups.push(ResultGroup { priority: name.cloned(), lines });
        }
    }
    Ok(groups)
}

/// The line of an indicator; none when nobody is asked for it in the span.
fn line(
    snapshot: &Snapshot,
    indicator: &Indicator,
    subject: &Subject,
) -> Result<Option<ResultLine>, Error> {
    let Subject { unit, period, calendar, view, .. } = subject;
    let (code, unit, view) = (indicator.code.as_str(), unit.id, *view);
    let this = figure::figure(snapshot, code, unit, *period, view)?;
    if !is_asked(&this) {
        return Ok(None);
    }
    let one_year = calendar.is_within_a_year(*period);
    let before = period.year_before().filter(|_| one_year);
    let year_before = before
        .map(|before| figure::figure(snapshot, code, unit, before, view))
        .transpose()?
        .filter(|before| before.value.is_ok());
    let since = calendar.year_to_date(*period);
    let year_to_date = if this.target.is_none() && one_year && since != *period {
        let figure = figure::figure(snapshot, code, unit, since, view)?;
        Some(figure).filter(|figure| figure.target.is_some() && figure.value.is_ok())
    } else {
        None
    };
    let judged = year_to_date.as_ref().unwrap_or(&this);
    let lagging = match judged.status {
        Status::Behind | Status::FarBehind => {
            overview::lagging(snapshot, indicator, unit, judged.period, view)?
        }
        Status::Met | Status::OnTrack | Status::NoData | Status::NotJudged => Vec::new(),
    };
    let lagging = lagging.into_iter().map(|figure| figure.unit).collect();
    let sourced = |answer: FigureAnswer| -> Result<Sourced, Error> {
        let sources = provenance::sources(snapshot, code, unit, answer.period, view)?;
        Ok(Sourced { answer, sources })
    };
    Ok(Some(ResultLine {
        indicator: indicator.clone(),
        this: sourced(this)?,
        year_before,
        year_to_date: year_to_date.map(sourced).transpose()?,
        lagging,
    }))
}

/// Whether anybody reports the figure for its span.
pub(super) fn is_asked(figure: &FigureAnswer) -> bool {
    figure.value.is_ok() || figure.completeness.expected > 0
}

/// The forms with reports missing, and whose.
pub(super) fn missing(
    snapshot: &Snapshot,
    forms: &[FormAnswer],
    subject: &Subject,
) -> Vec<MissingForm> {
    let incomplete = forms.iter().filter(|form| form.completeness.units_missing > 0);
    let day = snapshot.end_of(subject.period);
    let above = |unit: UnitId| {
        snapshot
            .above(unit, day)
            .pop()
            .filter(|above| unit != subject.unit.id && above.id != subject.unit.id)
    };
    let missing = |form: &FormAnswer| {
        let mut units: Vec<(Option<UnitName>, Vec<UnitName>)> = Vec::new();
        for (unit, _) in &form.missing {
            let above = above(unit.id);
            match units.iter_mut().find(|(group, _)| *group == above) {
                Some((_, members)) => members.push(unit.clone()),
                None => units.push((above, vec![unit.clone()])),
            }
        }
        MissingForm { form: form.clone(), units }
    };
    incomplete.map(missing).collect()
}
