//! Evidence per head: what was asked of each unit and person over a quarter or a year and what became of
//! it, with the results of the indicators that a unit answers for; as a page, as CSV and as a workbook.

use actions::error::Error;
use actions::heads::{Head, Heads};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Right;
use domain::period::{Frequency, Period};
use domain::refusal::{Refusal, Wanted};
use domain::task::Record;
use jiff::civil::Date;

use super::draw;
use super::tasks::unit_asked;
use crate::documents;
use crate::web::csv;
use crate::web::frame::{Frame, Section};
use crate::web::links::Choice;
use crate::web::parts::{self, Choosable, FigureView, Link};
use crate::web::site::Site;
use crate::web::turn::{Turn, attached};
use crate::web::visit::Visit;
use crate::wording::heads::{COLUMNS, Column, Kind};
use crate::wording::{Gap, Lang, number, periods, places};

/// Quarters that can be chosen, each before the years of which they are.
const QUARTERS: usize = 8;

/// Years that can be chosen.
const YEARS: usize = 5;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/heads/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    days: String,
    trail: Vec<Link>,
    unit: String,
    periods: Vec<Choosable>,
    heads: Vec<String>,
    rows: Vec<RowView>,
    results_title: String,
    results: Vec<FigureView>,
    csv: String,
    workbook: String,
}

struct RowView {
    /// Where the unit's own page is; empty for a person and for the unit of this page.
    href: String,
    name: String,
    is_person: bool,
    cells: Vec<CellView>,
}

struct CellView {
    label: String,
    text: String,
    /// Where the tasks are that it counts; empty where there are none, and beside people.
    href: String,
    /// Whether it asks for attention.
    lacks: bool,
}

/// `GET /heads`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let heads = asked(site, visit)?;
        Ok(Turn::Shown(draw(&page(site, visit, &heads)?)?))
    })
    .await
}

/// `GET /heads.csv`
pub async fn csv(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let heads = asked(site, visit)?;
        let name = format!("heads-{}-{}.csv", heads.unit.code, heads.period);
        Ok(Turn::Other(csv::saved(&name, &lines(&heads))))
    })
    .await
}

/// `GET /heads.xlsx`
pub async fn workbook(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let heads = asked(site, visit)?;
        let today = site.moment().today;
        let file = documents::heads(&heads, today, visit.lang)
            .map_err(|error| Error::Fault(error.to_string()))?;
        Ok(Turn::Other(attached(file)))
    })
    .await
}

fn asked(site: &Site, visit: &Visit) -> Result<Heads, Error> {
    let actor = visit.actor(Right::SeeFigures)?;
    let moment = site.moment();
    let unit = unit_asked(site, visit, actor)?;
    let period = match visit.parameter("period") {
        None => Period::Day(moment.today).enclosing(Frequency::Quarterly),
        Some(text) => {
            let is_offered = |period: &Period| {
                matches!(period.frequency(), Some(Frequency::Quarterly | Frequency::Yearly))
            };
            Period::parse(text).ok().filter(is_offered)
        }
    };
    let text = visit.parameter("period").unwrap_or_default().to_owned();
    let period = period.ok_or(Refusal::BadValue { text, wanted: Wanted::Period })?;
    site.workspace.heads(actor, moment, unit, period)
}

fn page(site: &Site, visit: &Visit, heads: &Heads) -> Result<ShowPage, Error> {
    let lang = visit.lang;
    let choice =
        Choice { unit: heads.unit.id, period: heads.period, view: actions::answer::View::Reported };
    let address = |path: &str, unit: i64| format!("{path}?unit={unit}&period={}", heads.period);
    let own = heads.unit.id.0;
    let whole = |count: fn(Record) -> u32| -> i64 {
        let units = heads.rows.iter().filter(|row| row.person.is_empty());
        units.map(|row| i64::from(count(row.record))).sum()
    };
    let due = whole(|record| record.due);
    let gaps = [
        ("unit", Gap::from(places::in_sentence(&heads.unit, lang))),
        ("period", periods::label(heads.period, lang).into()),
        ("due", due.into()),
        ("in_time", whole(|record| record.in_time).into()),
    ];
    let key = if due == 0 { "heads-nothing-due" } else { "heads-finding" };
    let finding = places::capitalised(&lang.tell(key, gaps));
    let row = |head: &Head| RowView {
        href: if head.unit.id.0 == own { String::new() } else { address("/heads", head.unit.id.0) },
        name: name(head, lang),
        is_person: !head.person.is_empty(),
        cells: cells(head, heads.days, lang),
    };
    let result = |(indicator, answer): &(_, _)| parts::figure(indicator, answer, lang);
    let unit = [("unit", Gap::from(places::in_sentence(&heads.unit, lang)))];
    Ok(ShowPage {
        days: {
            let calendar = site.workspace.snapshot()?.calendar();
            places::capitalised(&periods::with_days(heads.period, &calendar, lang))
        },
        trail: trail(heads, lang),
        unit: own.to_string(),
        periods: offered(site, heads.period, lang),
        heads: COLUMNS.iter().map(|column| lang.say(column.head)).collect(),
        rows: heads.rows.iter().map(row).collect(),
        results_title: lang.tell("heads-results", unit),
        results: heads.results.iter().map(result).collect(),
        csv: address("/heads.csv", own),
        workbook: address("/heads.xlsx", own),
        frame: Frame {
            choice: Some(choice),
            ..site.frame(visit)?.titled(finding.clone(), Section::Tasks)
        },
        finding,
    })
}

/// A unit, or a person who was named in it.
fn name(head: &Head, lang: Lang) -> String {
    if head.person.is_empty() { places::full_name(&head.unit, lang) } else { head.person.clone() }
}

fn trail(heads: &Heads, lang: Lang) -> Vec<Link> {
    let link = |unit: &actions::answer::UnitName| Link {
        href: format!("/heads?unit={}&period={}", unit.id.0, heads.period),
        text: places::full_name(unit, lang),
    };
    heads.above.iter().map(link).collect()
}

fn cells(head: &Head, (first, last): (Date, Date), lang: Lang) -> Vec<CellView> {
    let record = head.record;
    let href = |standing: &str| {
        let unit = head.unit.id.0;
        format!("/tasks?unit={unit}&scope=own&standing={standing}&from={first}&to={last}")
    };
    let cell = |column: &Column| {
        let count = (column.count)(record);
        // Both counts stand beside the rate that is taken of them.
        let (text, lacks) = match column.kind {
            Kind::Share => (number::rate(count, record.due, lang), false),
            Kind::Count => (count.to_string(), false),
            Kind::Lack => (count.to_string(), count > 0),
        };
        let counted = column.standing.filter(|_| count > 0 && head.person.is_empty());
        CellView {
            label: lang.say(column.head),
            text,
            href: counted.map(href).unwrap_or_default(),
            lacks,
        }
    };
    COLUMNS.iter().map(cell).collect()
}

/// The quarters and years that can be chosen, newest first, among them the one chosen.
fn offered(site: &Site, chosen: Period, lang: Lang) -> Vec<Choosable> {
    let today = Period::Day(site.moment().today);
    let newest = |frequency, count| {
        let first = today.enclosing(frequency);
        std::iter::successors(first, |period| period.previous()).take(count)
    };
    let mut offered: Vec<Period> =
        newest(Frequency::Quarterly, QUARTERS).chain(newest(Frequency::Yearly, YEARS)).collect();
    if !offered.contains(&chosen) {
        offered.push(chosen);
    }
    parts::choosable_periods(offered, chosen, lang)
}

/// The counts as CSV: a line per unit and per person named.
fn lines(heads: &Heads) -> String {
    let mut text = String::from(
        "unit_code,unit,person,period,assigned,due,in_time,in_first_time,late,overdue,extended,\
         returned\r\n",
    );
    for head in &heads.rows {
        let names = [&head.unit.code, &head.unit.name, &head.person].map(|it| csv::quoted(it));
        let counts = COLUMNS.map(|column| (column.count)(head.record).to_string());
        text.push_str(&format!("{},{},{}\r\n", names.join(","), heads.period, counts.join(",")));
    }
    text
}

#[cfg(test)]
mod tests {
    use actions::answer::UnitName;
    use domain::unit::UnitId;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn counts_lead_to_the_tasks_of_the_unit_alone_that_they_count() {
        let unit = UnitName {
            id: UnitId(7),
            code: "X1".into(),
            name: "Tân Mỹ".into(),
            kind: "xã".into(),
            level: "commune".into(),
        };
        let record = Record { assigned: 3, due: 3, in_time: 1, overdue: 2, ..Record::default() };
        let head = Head { unit, person: String::new(), record };
        let days = (date(2026, 10, 1), date(2026, 12, 31));
        let hrefs = |head: &Head| -> Vec<String> {
            let cells = cells(head, days, Lang::Vi).into_iter().map(|cell| cell.href);
            cells.filter(|href| !href.is_empty()).collect()
        };
        let of = |standing| {
            format!("/tasks?unit=7&scope=own&standing={standing}&from=2026-10-01&to=2026-12-31")
        };
        assert_eq!(hrefs(&head), [of("in_time"), of("overdue")]);
        assert_eq!(hrefs(&Head { person: "Chị Bình".into(), ..head }), [] as [String; 0]);
    }
}
