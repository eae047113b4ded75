//! Whose report about which span: what is asked for, and what a template is written for.

use domain::item::Bilingual;
use domain::period::{Calendar, Period};
use domain::refusal::{Noun, Refusal};
use domain::report::Template;
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::answer::{AsOf, UnitName, View};
use crate::error::Error;
use crate::figure::Scope;
use crate::snapshot::Snapshot;

/// What a report is asked for. What is left out is what its template is written for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The unit.
    pub unit: Option<AskedUnit>,
    /// The span.
    pub period: Option<Period>,
    /// The tree.
    pub view: View,
}

/// A unit asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedUnit {
    /// By its code on the last day of the span.
    Code(String),
    /// By its identity.
    Known(UnitId),
}

impl Asked {
    /// A unit, a span and a tree.
    #[must_use]
    pub fn of(unit: UnitId, period: Period, view: View) -> Self {
        Self { unit: Some(AskedUnit::Known(unit)), period: Some(period), view }
    }
}

/// What a report is about, and what its texts may name.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Whose report.
    pub unit: UnitName,
    /// The unit directly above it.
    pub parent: Option<UnitName>,
    /// About which span.
    pub period: Period,
    /// Which days spans cover.
    pub calendar: Calendar,
    /// Through which tree.
    pub view: View,
    /// How far the data reach.
    pub as_of: AsOf,
}

impl Subject {
    /// Refuses a report about a span that begins after `today`.
    ///
    /// # Errors
    /// The span and its first day.
    pub fn has_begun(&self, today: Date) -> Result<(), Refusal> {
        let period = self.period;
        let (first, _) = self.calendar.days(period);
        if first <= today { Ok(()) } else { Err(Refusal::PeriodNotBegun { period, first }) }
    }
}

/// A template, and the report it would make.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The template's code.
    pub code: String,
    /// Its title, with names in braces.
    pub title: Bilingual,
    /// What the report would be about.
    pub subject: Subject,
    /// Whether the template is written for this unit and span alone.
    pub is_bound: bool,
}

/// Every template with the report it can make: the general ones about what is asked for, the bound
/// ones about what they are written for.
///
/// # Errors
/// A bound template names a unit that no longer has a code.
pub fn offers(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<Vec<Offer>, Error> {
    let offer = |template: &Template| {
        let asked = match template.binding {
            Some(_) => Asked { view, ..Asked::default() },
            None => Asked::of(unit, period, view),
        };
        Ok(Offer {
            code: template.code.clone(),
            title: template.title.clone(),
            subject: subject(snapshot, template, &asked)?,
            is_bound: template.binding.is_some(),
        })
    };
    snapshot.templates.values().map(offer).collect()
}

/// The template with a code.
pub(super) fn template<'a>(snapshot: &'a Snapshot, code: &str) -> Result<&'a Template, Error> {
    let unknown = || Refusal::NotFound { noun: Noun::Template, key: code.to_owned() };
    Ok(snapshot.templates.get(code).ok_or_else(unknown)?)
}

/// What the report is about: what is asked for, as far as the template can serve it.
pub(super) fn subject(
    snapshot: &Snapshot,
    template: &Template,
    asked: &Asked,
) -> Result<Subject, Error> {
    let (unit, period) = unit_and_period(snapshot, template, asked)?;
    let scope = Scope::of_unit(snapshot, unit, period, asked.view);
    let day = snapshot.day_of(period, asked.view);
    Ok(Subject {
        unit: scope.unit,
        parent: snapshot.above(unit, day).pop(),
        period,
        calendar: snapshot.calendar(),
        view: asked.view,
        as_of: snapshot.as_of.clone(),
    })
}

fn unit_and_period(
    snapshot: &Snapshot,
    template: &Template,
    asked: &Asked,
) -> Result<(UnitId, Period), Error> {
    let find = |asked: &AskedUnit, period: Period| match asked {
        AskedUnit::Known(unit) => Ok(*unit),
        AskedUnit::Code(code) => snapshot.find_unit(code, Some(snapshot.end_of(period))),
    };
    let Some(binding) = &template.binding else {
        let (Some(unit), Some(period)) = (&asked.unit, asked.period) else {
            let template = template.code.clone();
            return Err(Refusal::TemplateNeedsUnitAndPeriod { template }.into());
        };
        return Ok((find(unit, period)?, period));
    };
    let period = asked.period.unwrap_or(binding.period);
    let end = snapshot.end_of(binding.period);
    let own = snapshot.find_unit(&binding.unit_code, Some(end))?;
    let unit = asked.unit.as_ref().map_or(Ok(own), |unit| find(unit, period))?;
    // A half-year may also be asked for as its six months.
    let days = |period| snapshot.calendar().days(period);
    if unit == own && days(period) == days(binding.period) {
        return Ok((own, binding.period));
    }
    let name = snapshot.name(own, end);
    let is_general = |other: &&Template| other.binding.is_none();
    let general = snapshot.templates.values().filter(is_general);
    Err(Refusal::TemplateBound {
        template: template.code.clone(),
        unit: format!("{} {}", name.kind, name.name).trim().to_owned(),
        unit_code: binding.unit_code.clone(),
        period: binding.period,
        general: general.map(|other| other.code.clone()).collect(),
    }
    .into())
}
