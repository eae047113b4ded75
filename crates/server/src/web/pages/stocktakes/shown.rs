//! The page of a stocktake.

use actions::error::Error;
use actions::stocktakes::page::{About, Agenda, FigureLine, StocktakePage};
use askama::Template;
use domain::access::Right;
use domain::number::Quantity;
use domain::period::Period;
use domain::stocktake::{Act, Invitation, Place, Stocktake, StocktakeId};

use super::address;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, escaped};
use crate::web::pages::draw;
use crate::web::pages::tasks::{self, LineView};
use crate::web::parts::{self, Choosable, Link, Mark};
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, figures, periods, places, stocktakes};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/stocktakes/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    /// The stocktakes of the unit.
    list: String,
    problems: Vec<String>,
    action: String,
    state: Mark,
    facts: Vec<(String, String)>,
    items: Vec<ItemView>,
    /// What is not spoken about, once nothing is written any more.
    left_out: Vec<ItemView>,
    left_out_title: String,
    /// Over the cells of the figures; the last one is their status.
    heads: Vec<String>,
    figures: Vec<FigureView>,
    /// Where the frozen figures rest, or why they should be frozen.
    frozen: String,
    /// What is forecast, in sentences.
    forecasts: Vec<String>,
    /// What can be forecast.
    indicators: Vec<Choosable>,
    /// Where the notice of its conclusions is; empty before it is closed.
    conclusions: String,
    can_write: bool,
    can_freeze: bool,
    can_close: bool,
    /// What can be corrected about the invitation; none once nothing is.
    correcting: Option<Correcting>,
    /// From when on it can be closed, or what closing now would leave; empty when nothing is to be said.
    closing: String,
    /// Why it is to be called off.
    why: String,
    added: String,
    value: String,
    confidence: String,
    reason: String,
}

/// The fields in which a meeting is corrected, beside what they are called and what is saved by now.
struct Correcting {
    now: Invitation,
    day: String,
    place: String,
    chair: String,
    /// The spans; empty when the figures are frozen.
    periods: Vec<Choosable>,
    is_open: bool,
}

/// An item of the agenda.
struct ItemView {
    number: u32,
    /// The number that is shown: its own while it is written, then its place in the notice.
    place: u32,
    title: String,
    /// Where what it is about is shown; empty for words.
    href: String,
    is_kept: bool,
    minutes: String,
    /// As it stands in the database, so that nobody writes over somebody else.
    was: String,
    was_kept: bool,
    /// What the reader typed, where somebody else was faster.
    own: String,
    /// What the field of the minutes is called.
    label: String,
    /// What the mark is called that keeps it.
    keep: String,
    /// What the button is called that gives a task about it.
    decide: String,
    decisions: Vec<LineView>,
}

/// An indicator with its figure, with what a cell is called on a phone.
struct FigureView {
    indicator: Link,
    cells: Vec<(String, String)>,
    status: Mark,
}

pub(super) fn page(
    site: &Site,
    visit: &Visit,
    id: StocktakeId,
    (problems, typed): (Vec<String>, &[(String, String)]),
) -> Result<String, Error> {
    let lang = visit.lang;
    let actor = visit.actor(Right::SeeFigures)?;
    let page = site.workspace.stocktake_page(actor, site.moment(), id)?;
    let stocktake = &page.stocktake;
    let can = |act: Act| page.is_writer && stocktake.allows(act, page.today).is_ok();
    let shown = |name: &str| field(typed, name).to_owned();
    let heads = heads(&page, lang);
    let indicators = page.figures.iter().map(|line| Choosable {
        value: line.indicator.code.clone(),
        label: stocktakes::indicator(&line.indicator, lang),
        chosen: field(typed, "indicator") == line.indicator.code,
    });
    let forecasts = page.figures.iter().filter_map(|line| {
        let forecast = line.forecast.as_ref()?;
        Some(stocktakes::forecast_with_reason(&line.indicator, forecast, lang))
    });
    let (items, left_out) = items(&page, typed, lang);
    draw(&ShowPage {
        finding: stocktakes::finding(&page, lang),
        list: format!("/stocktakes?unit={}", stocktake.unit.0),
        problems,
        action: address(id),
        state: super::state(stocktake, lang),
        facts: facts(&page, lang),
        items,
        left_out_title: lang.tell("stocktake-left-out", [("count", left_out.len().into())]),
        left_out,
        figures: page.figures.iter().map(|line| figure_view(line, &page, &heads, lang)).collect(),
        heads,
        frozen: frozen(&page, lang),
        forecasts: forecasts.collect(),
        indicators: indicators.collect(),
        conclusions: stocktake
            .closed_on
            .filter(|_| page.items.iter().any(Agenda::is_concluded))
            .map_or_else(String::new, |_| format!("{}/conclusions", address(id))),
        can_write: can(Act::Write),
        can_freeze: can(Act::Freeze),
        can_close: can(Act::Close),
        correcting: can(Act::Correct)
            .then(|| correcting(site, stocktake, typed, lang))
            .transpose()?,
        closing: if can(Act::Write) { closing(&page, lang) } else { String::new() },
        why: shown("why"),
        added: shown("title"),
        value: shown("value"),
        confidence: shown("confidence"),
        reason: shown("reason"),
        frame: site.frame(visit)?.titled(stocktakes::title(stocktake, lang), Section::Tasks),
    })
}

fn facts(page: &StocktakePage, lang: Lang) -> Vec<(String, String)> {
    let stocktake = &page.stocktake;
    let facts = [
        ("stocktake-unit", places::full_name(&page.unit, lang)),
        ("stocktake-place", stocktake.place.clone()),
        ("stocktake-chair", stocktake.chair.clone()),
        ("stocktake-period", places::capitalised(&periods::label(stocktake.period, lang))),
    ];
    let why = stocktake.called_off.iter().map(|it| ("stocktake-why-off", it.reason.clone()));
    why.chain(facts).map(|(key, text)| (lang.say(key), text)).collect()
}

/// The items of the agenda; once nothing is written any more, those with a conclusion, numbered as in
/// the notice of conclusions, and then the others.
fn items(
    page: &StocktakePage,
    typed: &[(String, String)],
    lang: Lang,
) -> (Vec<ItemView>, Vec<ItemView>) {
    let view = |agenda| item_view(agenda, page, typed, lang);
    if page.stocktake.takes_more().is_ok() && page.is_writer {
        return (page.items.iter().map(view).collect(), Vec::new());
    }
    let is_closed = page.stocktake.closed_on.is_some();
    let is_shown =
        |one: &&Agenda| one.is_concluded() || (!is_closed && one.item.place == Place::Kept);
    let (shown, others): (Vec<&Agenda>, Vec<&Agenda>) = page.items.iter().partition(is_shown);
    let place = |(place, agenda)| ItemView { place, ..view(agenda) };
    let places = if is_closed {
        (1..).zip(shown).map(place).collect()
    } else {
        shown.into_iter().map(view).collect()
    };
    (places, others.into_iter().map(view).collect())
}

fn correcting(
    site: &Site,
    stocktake: &Stocktake,
    typed: &[(String, String)],
    lang: Lang,
) -> Result<Correcting, Error> {
    let now = stocktake.invitation();
    let is_open = field(typed, "act") == "correct";
    let shown = |name: &str, saved: &str| match is_open {
        true => field(typed, name).to_owned(),
        false => saved.to_owned(),
    };
    let chosen = Period::parse(field(typed, "period")).unwrap_or(now.period);
    let mut offered = site.workspace.snapshot()?.periods();
    for period in [chosen, now.period] {
        if !offered.contains(&period) {
            offered.insert(0, period);
        }
    }
    let is_frozen = stocktake.pack.is_some();
    Ok(Correcting {
        day: shown("day", &now.day.to_string()),
        place: shown("place", &now.place),
        chair: shown("chair", &now.chair),
        periods: if is_frozen {
            Vec::new()
        } else {
            parts::choosable_periods(offered, chosen, lang)
        },
        is_open,
        now,
    })
}

/// What stands beside closing: from when on, or what closing now would leave.
fn closing(page: &StocktakePage, lang: Lang) -> String {
    let stocktake = &page.stocktake;
    if page.today < stocktake.day {
        let gaps = [("day", Gap::from(periods::day(stocktake.day, lang)))];
        return lang.tell("stocktake-close-from", gaps);
    }
    match page.items.iter().any(Agenda::is_concluded) {
        true => lang.say("stocktake-close-why"),
        false => lang.say("stocktake-close-nothing"),
    }
}

fn frozen(page: &StocktakePage, lang: Lang) -> String {
    match &page.stocktake.pack {
        Some(pack) => {
            let size = Gap::from(i64::try_from(pack.ledger_size).unwrap_or(i64::MAX));
            lang.tell("stocktake-figures-frozen", [("size", size)])
        }
        None if page.is_writer => lang.say("stocktake-figures-ahead"),
        None => lang.say("stocktake-figures-now"),
    }
}

/// Where what an item is about is shown; empty for words.
fn href(agenda: &Agenda, page: &StocktakePage) -> String {
    let unit = page.stocktake.unit.0;
    match &agenda.about {
        About::Indicator(indicator) => {
            let (code, period) = (escaped(&indicator.code), page.stocktake.period);
            format!("/indicators/{code}?unit={unit}&period={period}")
        }
        About::Tasks(brief, _) => format!("/tasks?scope=all&unit={unit}&brief={}", brief.0),
        About::Plans(directive) => links::directive(&directive.code),
        About::Form(_, period) => {
            let form = agenda.item.thing.split('/').next().unwrap_or_default();
            format!("/collection?unit={unit}&form={}&period={period}", escaped(form))
        }
        About::Difficulty(id, _) => format!("/difficulties/{}", id.0),
        About::Words => String::new(),
    }
}

fn item_view(
    agenda: &Agenda,
    page: &StocktakePage,
    typed: &[(String, String)],
    lang: Lang,
) -> ItemView {
    let item = &agenda.item;
    let title = stocktakes::subject(agenda, lang);
    let named = |key: &str| lang.tell(key, [("name", Gap::from(title.as_str()))]);
    let was_kept = item.place == Place::Kept;
    let mut view = ItemView {
        number: item.number,
        place: item.number,
        label: named("stocktake-minutes"),
        keep: named("stocktake-keep"),
        decide: named("stocktake-decide-about"),
        href: href(agenda, page),
        is_kept: was_kept,
        minutes: item.minutes.clone(),
        was: item.minutes.clone(),
        was_kept,
        own: String::new(),
        decisions: agenda.decisions.iter().map(|line| tasks::waiting_view(line, lang)).collect(),
        title,
    };
    let Some(written) = super::written_about(typed, item.number) else { return view };
    let (before, after) = (written.before, written.after);
    if (before.place, before.minutes.replace("\r\n", "\n")) == (item.place, item.minutes.clone()) {
        (view.is_kept, view.minutes) = (after.place == Place::Kept, after.minutes);
    } else if after.minutes != before.minutes {
        view.own = after.minutes;
    }
    view
}

/// What stands over the cells: the last one over the status.
fn heads(page: &StocktakePage, lang: Lang) -> Vec<String> {
    let mut heads = vec![lang.say("stocktake-value"), lang.say("stocktake-target")];
    if let Some((_, day)) = page.before {
        let gaps = [("day", Gap::from(periods::day(day, lang)))];
        heads.push(lang.tell("stocktake-before", gaps));
    }
    heads.extend([lang.say("stocktake-completeness"), lang.say("stocktake-status")]);
    heads
}

fn figure_view(
    line: &FigureLine,
    page: &StocktakePage,
    heads: &[String],
    lang: Lang,
) -> FigureView {
    let (indicator, figure) = (&line.indicator, &line.figure);
    let shown = |value: Quantity| figures::value_text(indicator, value, lang);
    let none = || "–".to_owned();
    let mut cells = vec![
        figure.value.map_or_else(none, shown),
        figure.target.map_or_else(none, |value| shown(Quantity::exact(value))),
    ];
    if page.before.is_some() {
        cells.push(
            line.before
                .as_ref()
                .map_or_else(none, |one| stocktakes::forecast(indicator, one, lang)),
        );
    }
    cells.extend([format!("{}/{}", figure.reported, figure.expected), String::new()]);
    let (code, period) = (escaped(&indicator.code), page.stocktake.period);
    FigureView {
        indicator: Link {
            href: format!("/indicators/{code}?unit={}&period={period}", page.stocktake.unit.0),
            text: stocktakes::indicator(indicator, lang),
        },
        cells: heads.iter().cloned().zip(cells).collect(),
        status: parts::mark(figure.status, lang),
    }
}
