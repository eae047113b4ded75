//! Rates of completeness and timeliness: per unit below, over some periods, as a page and as CSV.

use actions::error::Error;
use actions::submissions::rates::{Asked, RateRow, Rates, Tally};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Right;
use domain::period::Period;
use domain::refusal::{Refusal, Wanted};

use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Choosable, Link, Pages};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::{Visit, unit_id};
use crate::web::{charts, csv};
use crate::wording::{Gap, Lang, number, periods, places};

/// Periods that can be chosen.
const PERIODS_MAX: usize = 60;

/// Units drawn as strips on one page; the table beside it has all of them.
const STRIPS: usize = 40;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/rates/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    timely: String,
    trail: Vec<Link>,
    unit: String,
    forms: Vec<Choosable>,
    from: Vec<Choosable>,
    to: Vec<Choosable>,
    sort: &'static str,
    heads: Vec<HeadView>,
    rows: Vec<RowView>,
    total: Vec<CellView>,
    chart: String,
    /// Which of how many units are drawn; empty when all are.
    drawn: String,
    pages: Option<Pages>,
    csv: String,
    matrix: String,
}

/// A column's head, which sorts.
struct HeadView {
    text: String,
    href: String,
    /// How the rows stand in it, as `aria-sort` says it; empty when they are sorted by another.
    order: &'static str,
}

struct RowView {
    unit: Link,
    cells: Vec<CellView>,
}

struct CellView {
    label: String,
    text: String,
    /// Whether it asks for attention.
    lacks: bool,
}

/// What rows are sorted by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// As the tree has them.
    Tree,
    Reported,
    InTime,
    Late,
    Approved,
    Missing,
}

impl Sort {
    const ALL: [Self; 6] =
        [Self::Tree, Self::Reported, Self::InTime, Self::Late, Self::Approved, Self::Missing];

    fn code(self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::Reported => "reported",
            Self::InTime => "in_time",
            Self::Late => "late",
            Self::Approved => "approved",
            Self::Missing => "missing",
        }
    }

    fn head(self) -> &'static str {
        match self {
            Self::Tree => "nav-units",
            Self::Reported => "rates-reported",
            Self::InTime => "rates-in-time",
            Self::Late => "rates-late",
            Self::Approved => "rates-approved",
            Self::Missing => "rates-missing",
        }
    }

    fn aria(self) -> &'static str {
        match self {
            Self::Tree => "other",
            Self::Reported | Self::InTime | Self::Approved => "ascending",
            Self::Late | Self::Missing => "descending",
        }
    }

    /// Puts those first that need somebody; among equals the tree decides.
    fn order(self, rows: &mut [RateRow]) {
        let share = |(part, whole): (u32, u32)| (u64::from(part), u64::from(whole.max(1)));
        let by = |of: fn(Tally) -> (u32, u32)| {
            move |a: &RateRow, b: &RateRow| {
                let ((one, ones), (two, twos)) = (share(of(a.whole)), share(of(b.whole)));
                (one * twos).cmp(&(two * ones))
            }
        };
        match self {
            Self::Tree => {}
            Self::Reported => rows.sort_by(by(|it| (it.reported, it.expected))),
            Self::InTime => rows.sort_by(by(|it| (it.in_time, it.judged()))),
            Self::Approved => rows.sort_by(by(|it| (it.approved, it.expected))),
            Self::Late => rows.sort_by_key(|row| std::cmp::Reverse(row.whole.late)),
            Self::Missing => rows.sort_by_key(|row| std::cmp::Reverse(row.whole.missing())),
        }
    }
}

/// `GET /collection/rates`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let sort = visit.parameter("sort").unwrap_or_default();
        let sort = Sort::ALL.into_iter().find(|it| it.code() == sort).unwrap_or(Sort::Tree);
        let mut rates = asked(site, visit)?;
        sort.order(&mut rates.rows);
        Ok(Turn::Shown(draw(&page(site, visit, &rates, sort)?)?))
    })
    .await
}

/// `GET /collection/rates.csv`
pub async fn csv(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let rates = asked(site, visit)?;
        Ok(Turn::Other(csv::saved(&format!("rates-{}.csv", rates.form), &lines(&rates))))
    })
    .await
}

fn asked(site: &Site, visit: &Visit) -> Result<Rates, Error> {
    let actor = visit.actor(Right::SeeFigures)?;
    let bad = |text: &str| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period };
    let period = |name: &str| {
        let text = visit.parameter(name);
        text.map(|text| Period::parse(text).map_err(|_| bad(text))).transpose()
    };
    let asked = Asked {
        unit: match visit.parameter("unit") {
            Some(text) => unit_id(text)?,
            None => site.first_unit(actor)?,
        },
        form: visit.parameter("form").map(str::to_owned),
        from: period("from")?,
        to: period("to")?,
    };
    site.workspace.rates(actor, site.moment(), &asked)
}

fn page(site: &Site, visit: &Visit, rates: &Rates, sort: Sort) -> Result<ShowPage, Error> {
    let lang = visit.lang;
    let (first, last) = ends(rates);
    let choice =
        Choice { unit: rates.unit.id, period: last, view: actions::answer::View::Reported };
    let form = rates.forms.iter().find(|(code, _)| *code == rates.form);
    let form = form.map(|(_, name)| lang.of(name).to_owned()).unwrap_or_default();
    let Tally { expected, reported, .. } = rates.whole;
    let gaps = [
        ("form", Gap::from(form)),
        ("rate", number::rate(reported, expected, lang).into()),
        ("from", periods::short(first, lang).into()),
        ("to", periods::short(last, lang).into()),
    ];
    let finding = lang.tell("rates-finding", gaps);
    let address = |path: &str, sort: Sort| {
        let form = links::escaped(&rates.form);
        let sort =
            if sort == Sort::Tree { String::new() } else { format!("&sort={}", sort.code()) };
        format!("{path}?unit={}&form={form}&from={first}&to={last}{sort}", rates.unit.id.0)
    };
    let head = |it: Sort| HeadView {
        text: lang.say(it.head()),
        href: address("/collection/rates", it),
        order: if it == sort { it.aria() } else { "" },
    };
    let row = |row: &RateRow| {
        let below = format!("/collection/rates?unit={}", row.unit.id.0);
        let form = links::escaped(&rates.form);
        RowView {
            unit: Link {
                href: format!("{below}&form={form}&from={first}&to={last}"),
                text: places::full_name(&row.unit, lang),
            },
            cells: cells(row.whole, lang),
        }
    };
    let (chart_page, strips) = drawn(&rates.rows, visit.page());
    Ok(ShowPage {
        timely: timely(rates.whole, lang),
        trail: parts::trail(&rates.above, &rates.unit, choice, lang),
        unit: rates.unit.id.0.to_string(),
        forms: forms(rates, lang),
        from: offered(rates, first, lang),
        to: offered(rates, last, lang),
        sort: sort.code(),
        heads: Sort::ALL.into_iter().map(head).collect(),
        rows: rates.rows.iter().map(row).collect(),
        total: cells(rates.whole, lang),
        chart: charts::discipline(&finding, &rates.periods, &strips, lang),
        drawn: drawn_line(chart_page, strips.len(), rates.rows.len(), lang),
        pages: parts::pages(
            &address("/collection/rates", sort),
            (chart_page, rates.rows.len().div_ceil(STRIPS)),
            lang,
        )
        .map(|pages| pages.at("course")),
        csv: address("/collection/rates.csv", Sort::Tree),
        matrix: links::collection(rates.unit.id, &rates.form, last),
        frame: Frame {
            choice: Some(choice),
            ..site.frame(visit)?.titled(finding.clone(), Section::Units)
        },
        finding,
    })
}

/// Those of some units whose strips are drawn, and which page of them that is, from 0; `asked` counts
/// from 1.
fn drawn<Row>(rows: &[Row], asked: usize) -> (usize, Vec<&Row>) {
    let page = asked.saturating_sub(1).min(rows.len().saturating_sub(1) / STRIPS);
    (page, rows.iter().skip(page * STRIPS).take(STRIPS).collect())
}

fn drawn_line(page: usize, drawn: usize, all: usize, lang: Lang) -> String {
    if drawn == all {
        return String::new();
    }
    let first = page * STRIPS;
    let gaps =
        [("first", Gap::from(first + 1)), ("last", (first + drawn).into()), ("count", all.into())];
    lang.tell("rates-drawn", gaps)
}

fn ends(rates: &Rates) -> (Period, Period) {
    let first = rates.periods.first().copied().unwrap_or(rates.newest);
    (first, rates.periods.last().copied().unwrap_or(rates.newest))
}

fn timely(tally: Tally, lang: Lang) -> String {
    let gaps = [
        ("rate", Gap::from(number::rate(tally.in_time, tally.judged(), lang))),
        ("late", i64::from(tally.late).into()),
        ("missing", i64::from(tally.missing()).into()),
        ("files", i64::from(tally.from_files).into()),
        ("open", i64::from(tally.not_due).into()),
    ];
    lang.tell("rates-timely", gaps)
}

fn cells(tally: Tally, lang: Lang) -> Vec<CellView> {
    let cell = |sort: Sort, text: String, lacks: bool| CellView {
        label: lang.say(sort.head()),
        text,
        lacks,
    };
    let Tally { expected, reported, approved, in_time, late, .. } = tally;
    vec![
        cell(Sort::Reported, number::rate(reported, expected, lang), false),
        cell(Sort::InTime, number::rate(in_time, tally.judged(), lang), false),
        cell(Sort::Late, late.to_string(), false),
        cell(Sort::Approved, number::rate(approved, expected, lang), false),
        cell(Sort::Missing, tally.missing().to_string(), tally.missing() > 0),
    ]
}

/// The forms that can be chosen.
fn forms(rates: &Rates, lang: Lang) -> Vec<Choosable> {
    let choosable = |(code, name): &(String, domain::item::Bilingual)| Choosable {
        value: code.clone(),
        label: lang.of(name).to_owned(),
        chosen: *code == rates.form,
    };
    rates.forms.iter().map(choosable).collect()
}

/// The periods that can be chosen, newest first, among them the one chosen.
fn offered(rates: &Rates, chosen: Period, lang: Lang) -> Vec<Choosable> {
    let newest = std::iter::successors(Some(rates.newest), |period| period.previous());
    let mut offered: Vec<Period> = newest.take(PERIODS_MAX).collect();
    if !offered.contains(&chosen) {
        offered.push(chosen);
    }
    parts::choosable_periods(offered, chosen, lang)
}

/// The counts as CSV: a line per unit and period, so that whoever reads it adds up for themselves.
fn lines(rates: &Rates) -> String {
    let mut text = String::from(
        "unit_code,unit,form,period,expected,reported,approved,in_time,late,from_files,not_due,\
         missing\r\n",
    );
    for row in &rates.rows {
        for (period, tally) in rates.periods.iter().zip(&row.course) {
            let Tally { expected, reported, approved, in_time, late, from_files, not_due } = *tally;
            let names = [&row.unit.code, &row.unit.name, &rates.form].map(|it| csv::quoted(it));
            let counts =
                [expected, reported, approved, in_time, late, from_files, not_due, tally.missing()];
            let counts: Vec<String> = counts.iter().map(u32::to_string).collect();
            text.push_str(&format!("{},{period},{}\r\n", names.join(","), counts.join(",")));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_of_many_units_goes_on_and_says_which_it_shows() {
        let cases = [
            (0, 1, None, ""),
            (40, 1, Some((1, 40)), ""),
            (41, 0, Some((1, 40)), "Biểu đồ vẽ 1–40 trong 41 đơn vị"),
            (41, 2, Some((41, 41)), "Biểu đồ vẽ 41–41 trong 41 đơn vị"),
            (162, 3, Some((81, 120)), "Biểu đồ vẽ 81–120 trong 162 đơn vị"),
            (162, 99, Some((161, 162)), "Biểu đồ vẽ 161–162 trong 162 đơn vị"),
        ];
        for (count, asked, ends, said) in cases {
            let rows: Vec<usize> = (1..=count).collect();
            let (page, strips) = drawn(&rows, asked);
            let found = strips.first().copied().copied().zip(strips.last().copied().copied());
            assert_eq!(found, ends, "{count} {asked}");
            let line = drawn_line(page, strips.len(), count, Lang::Vi);
            assert!(line.starts_with(said) && line.is_empty() == said.is_empty(), "{line}");
        }
    }
}
