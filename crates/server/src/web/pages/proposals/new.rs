//! The form that opens a proposal.

use actions::error::Error;
use actions::proposals::open::Opened;
use actions::snapshot::Snapshot;
use askama::Template;
use domain::access::Right;
use domain::item::Bilingual;
use domain::period::Period;
use domain::proposal::{Case, Criterion, Evidence, ProposalId};
use domain::refusal::{Refusal, Wanted};
use domain::unit::UnitId;

use crate::web::frame::{Frame, Section};
use crate::web::pages::draw;
use crate::web::parts::{Choosable, choosable_periods};
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Lang, choosing, directives, places};

/// How many years a term has, unless others are typed: from one congress to the next.
const TERM_YEARS: i16 = 5;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/proposals/new.html")]
struct NewPage {
    frame: Frame,
    problems: Vec<String>,
    units: Vec<Choosable>,
    name: String,
    name_en: String,
    from: String,
    to: String,
    directives: Vec<Choosable>,
    cases: Vec<CaseView>,
}

/// What is to be said for a criterion.
struct CaseView {
    code: &'static str,
    name: String,
    asks: String,
    why: String,
    indicators: Vec<Choosable>,
    periods: Vec<Choosable>,
}

/// Opens what was typed.
pub(super) fn open(
    site: &Site,
    visit: &Visit,
    pairs: &[(String, String)],
) -> Result<ProposalId, Error> {
    let one = |name: &str| field(pairs, name).to_owned();
    let mut cases: [Case; 3] = Default::default();
    for (case, criterion) in cases.iter_mut().zip(Criterion::ALL) {
        *case = typed_case(pairs, criterion)?;
    }
    let opened = Opened {
        unit: unit_id(field(pairs, "unit"))?,
        name: Bilingual { vi: one("name"), en: one("name_en") },
        years: (field(pairs, "from").parse().ok(), field(pairs, "to").parse().ok()),
        directive: Some(one("directive")).filter(|code| !code.is_empty()),
        cases,
    };
    site.entrance.open_proposal(&visit.visitor()?.actor, site.moment(), opened)
}

fn typed_case(pairs: &[(String, String)], criterion: Criterion) -> Result<Case, Error> {
    let one = |part: &str| field(pairs, &format!("{}-{part}", criterion.code()));
    let (indicator, period) = (one("indicator"), one("period"));
    let bad = |_| Refusal::BadValue { text: period.to_owned(), wanted: Wanted::Period };
    let evidence = match indicator {
        "" => None,
        code => {
            let period = Period::parse(period).map_err(bad)?;
            Some(Evidence { indicator: code.to_owned(), period })
        }
    };
    Ok(Case { why: one("why").to_owned(), evidence })
}

/// The page; after a refusal with what has to be mended and what was typed.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    typed: &[(String, String)],
    problems: Vec<String>,
) -> Result<String, Error> {
    let (snapshot, lang, today) = (site.workspace.snapshot()?, visit.lang, site.today());
    let said = |name: &str| visit.parameter(name).unwrap_or_else(|| field(typed, name));
    let year = |name: &str, usual: i16| match field(typed, name) {
        "" => usual.to_string(),
        typed => typed.to_owned(),
    };
    let directives = snapshot.directives.iter().map(|it| Choosable {
        value: it.code.clone(),
        label: format!("{}: {}", directives::name(it), lang.of(&it.title)),
        chosen: said("directive") == it.code,
    });
    draw(&NewPage {
        problems,
        units: units(visit, &snapshot, unit_id(said("unit")).ok(), today)?,
        name: field(typed, "name").to_owned(),
        name_en: field(typed, "name_en").to_owned(),
        from: year("from", today.year()),
        to: year("to", today.year() + TERM_YEARS - 1),
        directives: directives.collect(),
        cases: Criterion::ALL.map(|of| case(&snapshot, typed, of, lang)).into(),
        frame: site.frame(visit)?.titled(lang.say("proposals-new"), Section::Tasks),
    })
}

/// The units whose plan the reader manages: those that their roles name, and the one that is asked for.
fn units(
    visit: &Visit,
    snapshot: &Snapshot,
    asked: Option<UnitId>,
    today: jiff::civil::Date,
) -> Result<Vec<Choosable>, Error> {
    let actor = &visit.visitor()?.actor;
    let own = actor.units(Right::ManagePlan, today).into_iter();
    let own = own.filter_map(|unit| unit.or_else(|| snapshot.default_unit()));
    let may = |unit: &UnitId| {
        snapshot.check(actor, Right::ManagePlan, Some(*unit), today).is_ok()
            && snapshot.units.version_on(*unit, today).is_some()
    };
    let mut units: Vec<UnitId> = asked.into_iter().chain(own).filter(may).collect();
    units.dedup();
    let choosable = |unit: UnitId| Choosable {
        value: unit.0.to_string(),
        label: places::full_name(&snapshot.name(unit, today), visit.lang),
        chosen: asked == Some(unit),
    };
    Ok(units.into_iter().map(choosable).collect())
}

fn case(
    snapshot: &Snapshot,
    typed: &[(String, String)],
    criterion: Criterion,
    lang: Lang,
) -> CaseView {
    let one = |part: &str| field(typed, &format!("{}-{part}", criterion.code()));
    let indicators = snapshot.indicators.iter().map(|it| Choosable {
        value: it.code.clone(),
        label: format!("{} {}", it.code, lang.of(&it.name)),
        chosen: one("indicator") == it.code,
    });
    let period = Period::parse(one("period")).unwrap_or_else(|_| snapshot.default_period());
    CaseView {
        code: criterion.code(),
        name: choosing::criterion(criterion, lang),
        asks: choosing::question(criterion, lang),
        why: one("why").to_owned(),
        indicators: indicators.collect(),
        periods: choosable_periods(snapshot.periods(), period, lang),
    }
}
