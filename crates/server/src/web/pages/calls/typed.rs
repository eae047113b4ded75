//! What is typed about plans: asking units for them, asking no more, and noting that one was issued.

use std::collections::BTreeSet;

use actions::calls::list::CallPage;
use actions::calls::{Calling, Noted};
use actions::error::Error;
use domain::access::Right;
use domain::refusal::{Refusal, Wanted};
use domain::unit::UnitId;
use jiff::civil::Date;

use super::Pairs;
use crate::web::parts::Choosable;
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::{Visit, unit_id};
use crate::wording::places;

/// What can be asked, with what was typed or is asked by now.
pub(super) struct Fields {
    pub(super) issuers: Vec<Choosable>,
    pub(super) levels: Vec<Choosable>,
    pub(super) codes: String,
    pub(super) due: String,
    /// Whether something is asked by now, which can be called off.
    pub(super) is_change: bool,
}

/// Does what a form asks for; gives back what was done.
pub(super) fn act(
    site: &Site,
    visit: &Visit,
    code: &str,
    pairs: &Pairs,
) -> Result<&'static str, Error> {
    let (who, moment) = (&visit.visitor()?.actor, site.moment());
    let workspace = &site.workspace;
    match field(pairs, "deed") {
        "call-off" => workspace.call_off_plans(who, moment, code).map(|()| "call-off"),
        "note" => {
            let noted = Noted {
                unit: unit_id(field(pairs, "unit"))?,
                issued_on: Some(day(pairs, "issued_on")?.unwrap_or(moment.today)),
                number: field(pairs, "number").to_owned(),
            };
            workspace.note_plan(who, moment, code, noted).map(|()| "note")
        }
        "take-back" => {
            let unit = unit_id(field(pairs, "unit"))?;
            let noted = Noted { unit, issued_on: None, number: String::new() };
            workspace.note_plan(who, moment, code, noted).map(|()| "take-back")
        }
        _ => {
            let calling = calling(site, pairs)?;
            workspace.call_for_plans(who, moment, code, calling).map(|()| "ask")
        }
    }
}

fn calling(site: &Site, pairs: &Pairs) -> Result<Calling, Error> {
    let codes = field(pairs, "codes").split([',', ';', '\n', ' ']).map(str::trim);
    let unit = |code: &str| site.workspace.find_unit(code, Some(site.today()));
    let units = codes.filter(|code| !code.is_empty()).map(unit);
    Ok(Calling {
        issuer: unit_id(field(pairs, "issuer"))?,
        level: Some(field(pairs, "level").to_owned()).filter(|level| !level.is_empty()),
        units: units.collect::<Result<_, Error>>()?,
        due: day(pairs, "due")?,
    })
}

fn day(pairs: &Pairs, name: &str) -> Result<Option<Date>, Error> {
    let text = field(pairs, name);
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Day };
    Ok(Some(domain::text::typed_day(text).ok_or_else(bad)?))
}

/// What the visitor can ask; none when they give tasks nowhere, or another unit asks.
pub(super) fn fields(
    site: &Site,
    visit: &Visit,
    (found, typed): (Option<&CallPage>, &Pairs),
) -> Result<Option<Fields>, Error> {
    let (snapshot, lang, today) = (site.workspace.snapshot()?, visit.lang, site.today());
    let Some(visitor) = visit.arrival.visitor.as_ref() else { return Ok(None) };
    let own = visitor.actor.units(Right::GiveTasks, today).into_iter();
    let tree = snapshot.units.tree_on(today);
    let top = || tree.iter().find(|(_, parent)| parent.is_none()).map(|(unit, _)| *unit);
    let mut own: Vec<UnitId> = own.filter_map(|unit| unit.or_else(top)).collect();
    own.dedup();
    if own.is_empty() || found.is_some_and(|page| !page.asks) {
        return Ok(None);
    }
    if let Some(page) = found.filter(|page| !own.contains(&page.call.issuer)) {
        own.insert(0, page.call.issuer);
    }
    let open = found.filter(|page| page.call.ended_on.is_none());
    let is_typed = field(typed, "deed") == "ask";
    let shown = |name: &str, saved: Option<String>| match is_typed {
        true => field(typed, name).to_owned(),
        false => saved.unwrap_or_default(),
    };
    let issuer = shown("issuer", open.map(|page| page.call.issuer.0.to_string()));
    let codes = |page: &CallPage| {
        let codes = page.call.units.iter().map(|unit| snapshot.name(*unit, today).code);
        codes.collect::<Vec<_>>().join(", ")
    };
    let choosable = |value: String, label: String, typed: &str| Choosable {
        chosen: value == typed,
        value,
        label,
    };
    let issuers = own.iter().map(|unit| {
        let name = places::full_name(&snapshot.name(*unit, today), lang);
        choosable(unit.0.to_string(), name, &issuer)
    });
    let level = shown("level", None);
    let mut levels: Vec<String> = Vec::new();
    for unit in &own {
        levels.extend(site.workspace.levels_below(*unit, today)?);
    }
    let mut seen = BTreeSet::new();
    levels.retain(|it| seen.insert(it.clone()));
    let levels = levels.into_iter().map(|it| {
        let name = places::capitalised(&places::level(&it, lang));
        choosable(it, name, &level)
    });
    Ok(Some(Fields {
        issuers: issuers.collect(),
        levels: levels.collect(),
        codes: shown("codes", open.map(codes)),
        due: shown("due", open.map(|page| page.call.due.to_string())),
        is_change: open.is_some(),
    }))
}
