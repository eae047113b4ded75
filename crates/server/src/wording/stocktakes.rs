//! Stocktakes in words: what kind of meeting, how it stands, and what stands in the way.

use actions::stocktakes::page::{About, Agenda, StocktakePage};
use domain::indicator::{Indicator, Shape};
use domain::stocktake::{Act, DAYS_AFTER_MAX, Forecast, Meeting, Place, Stocktake, Topic};
use domain::stocktaking::{Said, StocktakingProblem};
use jiff::civil::Date;

use super::refusals::Gaps;
use super::{Gap, Lang, directives, number, periods};

/// What a meeting is called: `Giao ban ngày 27/11/2026`.
#[must_use]
pub fn title(stocktake: &Stocktake, lang: Lang) -> String {
    let gaps = [
        ("meeting", Gap::from(meeting(stocktake.meeting, lang))),
        ("day", periods::day(stocktake.day, lang).into()),
    ];
    lang.tell("stocktake-title", gaps)
}

/// A kind of meeting: `Giao ban`.
#[must_use]
pub fn meeting(meeting: Meeting, lang: Lang) -> String {
    lang.say(match meeting {
        Meeting::Regular => "stocktake-regular",
        Meeting::Interim => "stocktake-interim",
        Meeting::Final => "stocktake-final",
    })
}

/// What a page about one says first: `Giao ban ngày 27/11/2026 có 3 nội dung cần bàn`.
#[must_use]
pub fn finding(page: &StocktakePage, lang: Lang) -> String {
    let kept = page.items.iter().filter(|one| one.item.place == Place::Kept).count();
    let concluded = page.items.iter().filter(|one| one.is_concluded()).count();
    let tasks = page.items.iter().map(|one| one.standing().count()).sum::<usize>();
    let (key, items) = match (&page.stocktake.called_off, page.stocktake.closed_on, concluded) {
        (Some(_), _, _) => ("stocktake-finding-called-off", kept),
        (None, None, _) => ("stocktake-finding-ahead", kept),
        (None, Some(_), 0) => ("stocktake-finding-nothing", kept),
        (None, Some(_), _) => ("stocktake-finding-closed", concluded),
    };
    let gaps = [
        ("title", Gap::from(title(&page.stocktake, lang))),
        ("items", items.into()),
        ("tasks", tasks.into()),
    ];
    lang.tell(key, gaps)
}

/// What the list of them says first.
#[must_use]
pub fn list_finding(all: &[Stocktake], lang: Lang) -> String {
    let closed = all.iter().filter(|one| one.closed_on.is_some()).count();
    let off = all.iter().filter(|one| one.called_off.is_some()).count();
    let gaps = [
        ("ahead", Gap::from(all.len() - closed - off)),
        ("closed", closed.into()),
        ("off", off.into()),
    ];
    match (all, off) {
        ([], _) => lang.say("stocktakes-none"),
        (_, 0) => lang.tell("stocktakes-finding", gaps),
        (_, _) => lang.tell("stocktakes-finding-off", gaps),
    }
}

/// What an item is about: `Nhiệm vụ quá hạn: Di chuyển chợ`.
#[must_use]
pub fn subject(agenda: &Agenda, lang: Lang) -> String {
    let name = match &agenda.about {
        About::Indicator(indicator) => lang.of(&indicator.name).to_owned(),
        About::Tasks(_, work) => work.clone(),
        About::Plans(directive) => directives::name(directive),
        About::Form(name, period) => {
            format!("{}, {}", lang.of(name), periods::label(*period, lang))
        }
        About::Difficulty(_, trouble) => trouble.clone(),
        About::Words if agenda.item.topic == Topic::Words => return agenda.item.title.clone(),
        About::Words => lang.say("stocktake-topic-gone"),
    };
    let key = match agenda.item.topic {
        Topic::Behind => "stocktake-topic-behind",
        Topic::LateTask => "stocktake-topic-late-task",
        Topic::LatePlan => "stocktake-topic-late-plan",
        Topic::LateForm => "stocktake-topic-late-form",
        Topic::Difficulty => "stocktake-topic-difficulty",
        Topic::Undecided | Topic::Words => "stocktake-topic-undecided",
    };
    lang.tell(key, [("name", Gap::from(name))])
}

/// An indicator with what it is counted in: `Kết nạp đảng viên mới (đảng viên)`.
#[must_use]
pub fn indicator(indicator: &Indicator, lang: Lang) -> String {
    let name = lang.of(&indicator.name);
    match indicator.shape {
        Shape::Count => format!("{name} ({})", lang.of(&indicator.measure)),
        Shape::Percent | Shape::Coverage => name.to_owned(),
    }
}

/// A forecast in short: `150, tin 7/10`.
#[must_use]
pub fn forecast(indicator: &Indicator, forecast: &Forecast, lang: Lang) -> String {
    let value = number::plain(forecast.value, lang);
    let value = match indicator.shape {
        Shape::Count => value,
        Shape::Percent | Shape::Coverage => format!("{value}%"),
    };
    let confidence = i64::from(forecast.confidence);
    let gaps = [("value", Gap::from(value)), ("confidence", confidence.into())];
    lang.tell("stocktake-forecast-cell", gaps)
}

/// A forecast as a sentence of its own, with its reason.
#[must_use]
pub fn forecast_with_reason(known: &Indicator, one: &Forecast, lang: Lang) -> String {
    let gaps = [
        ("name", Gap::from(indicator(known, lang))),
        ("forecast", forecast(known, one, lang).into()),
        ("reason", one.reason.as_str().into()),
    ];
    lang.tell("stocktake-forecast-line", gaps)
}

/// The same within a sentence: `cuộc họp giao ban`.
#[must_use]
pub fn meeting_in_sentence(meeting: Meeting, lang: Lang) -> String {
    lang.say(match meeting {
        Meeting::Regular => "conclusions-regular",
        Meeting::Interim => "conclusions-interim",
        Meeting::Final => "conclusions-final",
    })
}

/// How far it has come: `đã chốt số liệu`.
#[must_use]
pub fn state(stocktake: &Stocktake, lang: Lang) -> String {
    let on = |day: Date| [("day", Gap::from(periods::day(day, lang)))];
    match (&stocktake.called_off, stocktake.closed_on, &stocktake.pack) {
        (Some(called_off), _, _) => lang.tell("stocktake-state-called-off", on(called_off.on)),
        (None, Some(day), _) => lang.tell("stocktake-state-closed", on(day)),
        (None, None, Some(_)) => lang.say("stocktake-state-frozen"),
        (None, None, None) => lang.say("stocktake-state-ahead"),
    }
}

/// What was done with one: `Chốt số liệu cuộc họp`.
#[must_use]
pub fn did(act: Act, lang: Lang) -> String {
    lang.say(match act {
        Act::Call => "deed-stocktake-call",
        Act::Write => "deed-stocktake-write",
        Act::Correct => "deed-stocktake-correct",
        Act::Freeze => "deed-stocktake-freeze",
        Act::Close => "deed-stocktake-close",
        Act::CallOff => "deed-stocktake-call-off",
    })
}

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &StocktakingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &StocktakingProblem) -> &'static str {
    match problem {
        StocktakingProblem::Unsaid { .. } => "stocktaking-unsaid",
        StocktakingProblem::TooLong { .. } => "stocktaking-too-long",
        StocktakingProblem::TooMany { .. } => "stocktaking-too-many",
        StocktakingProblem::Confidence => "stocktaking-confidence",
        StocktakingProblem::ChangedMeanwhile { .. } => "stocktaking-changed-meanwhile",
        StocktakingProblem::FiguresMoved => "stocktaking-figures-moved",
        StocktakingProblem::AlreadyFrozen => "stocktaking-already-frozen",
        StocktakingProblem::NotFrozen => "stocktaking-not-frozen",
        StocktakingProblem::Closed => "stocktaking-closed",
        StocktakingProblem::CalledOff => "stocktaking-called-off",
        StocktakingProblem::NotClosed => "stocktaking-not-closed",
        StocktakingProblem::NothingConcluded => "stocktaking-nothing-concluded",
        StocktakingProblem::NotHeldYet { .. } => "stocktaking-not-held-yet",
        StocktakingProblem::TooLongAgo { .. } => "stocktaking-too-long-ago",
        StocktakingProblem::PeriodFrozen => "stocktaking-period-frozen",
        StocktakingProblem::CorrectedMeanwhile => "stocktaking-corrected-meanwhile",
    }
}

fn gaps(problem: &StocktakingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        StocktakingProblem::Unsaid { what } => vec![("what", said(*what, lang).into())],
        StocktakingProblem::TooLong { characters_max } => {
            vec![("most", Gap::from(*characters_max))]
        }
        StocktakingProblem::TooMany { items_max } => vec![("most", Gap::from(*items_max))],
        StocktakingProblem::ChangedMeanwhile { items } => {
            let items: Vec<String> = items.iter().map(u32::to_string).collect();
            vec![("items", items.join(", ").into())]
        }
        StocktakingProblem::NotHeldYet { day } => {
            vec![("day", periods::day(*day, lang).into())]
        }
        StocktakingProblem::TooLongAgo { day, first } => vec![
            ("day", periods::day(*day, lang).into()),
            ("first", periods::day(*first, lang).into()),
            ("days", DAYS_AFTER_MAX.into()),
        ],
        StocktakingProblem::Confidence
        | StocktakingProblem::CalledOff
        | StocktakingProblem::NothingConcluded
        | StocktakingProblem::PeriodFrozen
        | StocktakingProblem::CorrectedMeanwhile
        | StocktakingProblem::FiguresMoved
        | StocktakingProblem::AlreadyFrozen
        | StocktakingProblem::NotFrozen
        | StocktakingProblem::Closed
        | StocktakingProblem::NotClosed => Vec::new(),
    }
}

fn said(what: Said, lang: Lang) -> String {
    lang.say(match what {
        Said::Place => "stocktaking-place",
        Said::Chair => "stocktaking-chair",
        Said::Title => "stocktaking-title",
        Said::Reason => "stocktaking-reason",
        Said::WhyCalledOff => "stocktaking-why-called-off",
    })
}
