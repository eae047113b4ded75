//! What the page of a collection says of the period's lock, and what can be done about it.

use actions::error::Error;
use actions::submissions::lock::{DecisionLine, May};
use actions::submissions::matrix::Matrix;
use domain::lock::Turn;
use domain::refusal::{Refusal, Wanted};
use domain::unit::UnitId;
use jiff::civil::Date;
use serde::Deserialize;

use crate::web::pages::entry::by;
use crate::web::parts::Choosable;
use crate::web::site::Site;
use crate::web::visit::unit_id;
use crate::wording::{Gap, Lang, collecting, locks, periods, places};

/// The form of a decision, as a browser sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub(super) form_secret: String,
    /// The unit whose matrix is looked at.
    pub(super) shown: String,
    pub(super) form: String,
    pub(super) period: String,
    unit: String,
    until: String,
    pub(super) reason: String,
}

impl Typed {
    /// The unit that is decided about, with all below.
    pub(super) fn unit(&self) -> Result<UnitId, Error> {
        unit_id(&self.unit)
    }

    /// The last day of an opening.
    pub(super) fn last_day(&self) -> Result<Date, Error> {
        let bad = |_| Refusal::BadValue { text: self.until.clone(), wanted: Wanted::Day };
        Ok(self.until.parse().map_err(bad)?)
    }
}

/// How the period stands, and the form of what the reader may do.
#[derive(Debug, Default)]
pub(super) struct LockView {
    pub(super) said: String,
    /// Who opens it; empty while it is open.
    pub(super) opener: String,
    /// Where the form leads; empty when there is nothing to do.
    pub(super) action: &'static str,
    pub(super) period: String,
    pub(super) form: String,
    /// For whom it can be opened; empty for a lock.
    pub(super) units: Vec<Choosable>,
    pub(super) until: String,
    pub(super) reason: String,
    pub(super) today: String,
    pub(super) decisions: Vec<String>,
}

pub(super) fn view(matrix: &Matrix, typed: &Typed, site: &Site, lang: Lang) -> LockView {
    let lock = &matrix.lock;
    let opener = lock.opener.as_ref().map(|unit| {
        lang.tell("lock-opener", [("unit", Gap::from(places::in_sentence(unit, lang)))])
    });
    let action = match lock.may {
        May::Look => "",
        May::Lock => "/collection/lock",
        May::Open => "/collection/open",
    };
    let decisions = lock.decisions.iter().map(|line| decision(line, site, lang));
    LockView {
        said: locks::standing(lock.lock, lock.last_day, lang),
        opener: opener.unwrap_or_default(),
        action,
        period: matrix.period.to_string(),
        form: matrix.form.clone(),
        units: if lock.may == May::Open { units(matrix, typed, lang) } else { Vec::new() },
        until: typed.until.clone(),
        reason: typed.reason.clone(),
        today: site.today().to_string(),
        decisions: decisions.collect(),
    }
}

/// All units of the page, and each of them.
fn units(matrix: &Matrix, typed: &Typed, lang: Lang) -> Vec<Choosable> {
    let all = [("unit", Gap::from(places::in_sentence(&matrix.unit, lang)))];
    let all = (matrix.unit.id, lang.tell("lock-for-all", all));
    let each = matrix.rows.iter().map(|row| (row.unit.id, places::full_name(&row.unit, lang)));
    let each = each.filter(|(unit, _)| *unit != matrix.unit.id);
    let choosable = |(unit, label): (UnitId, String)| {
        let value = unit.0.to_string();
        Choosable { chosen: value == typed.unit, value, label }
    };
    std::iter::once(all).chain(each).map(choosable).collect()
}

/// What was decided, for whom, by whom, when and why, on one line.
fn decision(line: &DecisionLine, site: &Site, lang: Lang) -> String {
    let unit = ("unit", Gap::from(places::in_sentence(&line.unit, lang)));
    let what = match line.turn {
        Turn::Lock => lang.tell("lock-did-lock", [unit]),
        Turn::Open { until } => {
            let day = periods::day(until, lang);
            lang.tell("lock-did-open", [unit, ("day", day.into())])
        }
    };
    let moment = periods::moment(line.done_ms, &site.zone, lang);
    let gaps = [("name", Gap::from(by(&line.name, lang))), ("moment", moment.into())];
    let said = format!("{what}: {}", lang.tell("review-sent-by", gaps));
    collecting::with_reasons(said, &line.reason, lang)
}
