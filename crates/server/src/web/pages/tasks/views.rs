//! Tasks as a board, a calendar and a timeline.

use std::collections::BTreeMap;

use actions::error::Error;
use actions::tasks::counts::Counts;
use actions::tasks::list::{Asked, Line};
use domain::access::Actor;
use domain::task::State;
use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::address;
use super::listed::{Here, LineView, Tab, lead, line_view, standing_mark};
use crate::web::parts::Mark;
use crate::web::site::Site;
use crate::wording::{Gap, Lang, periods, places, tasks};

/// Whose tasks are looked at, and which.
pub(super) struct Desk<'a> {
    pub(super) site: &'a Site,
    pub(super) actor: &'a Actor,
    pub(super) asked: &'a Asked,
    pub(super) lang: Lang,
}

/// Columns side by side, each with the tasks that have come so far.
pub(super) struct BoardView {
    pub(super) columns: Vec<ColumnView>,
}

/// A column of a board.
pub(super) struct ColumnView {
    pub(super) title: String,
    pub(super) count: usize,
    pub(super) lines: Vec<LineView>,
    /// That there are more than the column shows, and where; empty when there are not.
    pub(super) more: Vec<Tab>,
}

/// The columns of a board: which states stand in each, and its name.
const COLUMNS: [(&[State], &str); 5] = [
    (&[State::Given, State::Declined], "tasks-column-given"),
    (&[State::Accepted, State::Underway, State::Redo], "tasks-column-underway"),
    (&[State::AwaitingConfirmation], "tasks-column-awaiting"),
    (&[State::Paused], "tasks-column-paused"),
    (&[State::Done], "tasks-column-done"),
];

/// Lines of a column.
const COLUMN_LINES: usize = 12;

pub(super) fn board(desk: &Desk<'_>) -> Result<BoardView, Error> {
    let Desk { site, actor, asked, lang } = *desk;
    let mut columns = Vec::with_capacity(COLUMNS.len());
    for (states, key) in COLUMNS {
        let asked = Asked { states: states.to_vec(), page: 0, ..asked.clone() };
        let list = site.workspace.task_list(actor, site.moment(), &asked)?;
        let lines = list.lines.iter().take(COLUMN_LINES);
        let left = list.found.saturating_sub(COLUMN_LINES);
        let here = Here { asked: &asked, view: "list" };
        let more = Tab {
            href: here.with(&[]),
            text: lang.tell("tasks-more", [("count", Gap::from(left))]),
            is_chosen: false,
        };
        columns.push(ColumnView {
            title: lang.say(key),
            count: states.iter().map(|state| list.counts.state(*state)).sum(),
            lines: lines.map(|line| line_view(line, &asked, lang)).collect(),
            more: if left > 0 { vec![more] } else { Vec::new() },
        });
    }
    Ok(BoardView { columns })
}

/// A month, its days in weeks from Monday, with how many tasks are due on each.
pub(super) struct CalendarView {
    pub(super) month: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) weekdays: Vec<String>,
    pub(super) weeks: Vec<Vec<DayView>>,
}

/// A day of a month.
pub(super) struct DayView {
    pub(super) number: i8,
    pub(super) label: String,
    pub(super) is_of_month: bool,
    pub(super) is_today: bool,
    /// What is due: empty when nothing is.
    pub(super) due: Vec<DueView>,
}

/// Tasks that are due on a day.
pub(super) struct DueView {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) code: &'static str,
}

pub(super) fn calendar(desk: &Desk<'_>, month: Option<&str>) -> Result<CalendarView, Error> {
    let Desk { site, actor, asked, lang } = *desk;
    let today = site.today();
    let first = month.and_then(|month| format!("{month}-01").parse::<Date>().ok());
    let first = first.unwrap_or_else(|| today.first_of_month());
    let last = first.last_of_month();
    let monday =
        first.checked_sub(Span::new().days(i64::from(first.weekday().to_monday_zero_offset())));
    let monday = monday.unwrap_or(first);
    let asked = Asked { between: None, ..asked.clone() };
    let days = site.workspace.tasks_by_day(actor, site.moment(), &asked)?;
    let here = Here { asked: &asked, view: "list" };
    let day = |day: Date| DayView {
        number: day.day(),
        label: periods::day(day, lang),
        is_of_month: first <= day && day <= last,
        is_today: day == today,
        due: due(&days, day, &here, lang),
    };
    let all = monday
        .series(Span::new().days(1))
        .take_while(|day| *day <= last || day.weekday() != Weekday::Monday);
    let all: Vec<Date> = all.take(42).collect();
    let weeks = all.chunks(7).map(|week| week.iter().copied().map(day).collect());
    let other = Here { asked: &asked, view: "calendar" };
    let month_at = |day: Option<Date>| {
        let code = day.map(|day| day.strftime("%Y-%m").to_string()).unwrap_or_default();
        format!("{}&month={code}", other.with(&[]))
    };
    Ok(CalendarView {
        month: places::capitalised(&periods::label(
            domain::period::Period::Month(first.year(), first.month()),
            lang,
        )),
        before: month_at(first.yesterday().ok()),
        after: month_at(last.tomorrow().ok()),
        weekdays: (1..=7).map(|number| lang.say(weekday(number))).collect(),
        weeks: weeks.collect(),
    })
}

fn weekday(number: u8) -> &'static str {
    match number {
        1 => "weekday-monday",
        2 => "weekday-tuesday",
        3 => "weekday-wednesday",
        4 => "weekday-thursday",
        5 => "weekday-friday",
        6 => "weekday-saturday",
        _ => "weekday-sunday",
    }
}

/// What is due on a day: what is open and late, what is open, what is done.
fn due(days: &BTreeMap<Date, Counts>, day: Date, here: &Here<'_>, lang: Lang) -> Vec<DueView> {
    let Some(counts) = days.get(&day) else { return Vec::new() };
    let text = day.to_string();
    let kinds = [
        ("overdue", "late"),
        ("today", "soon"),
        ("soon", "soon"),
        ("not_due", "open"),
        ("in_time", "done"),
        ("late", "done"),
    ];
    let kind = |(standing, code): (&'static str, &'static str)| {
        let count = counts.standing(standing);
        (count > 0).then(|| DueView {
            href: here.with(&[("from", &text), ("to", &text), ("standing", standing)]),
            text: format!("{count} {}", tasks::standing_kind(standing, lang)),
            code,
        })
    };
    kinds.into_iter().filter_map(kind).collect()
}

/// Tasks as bars from the day they were given to the day they are due.
pub(super) struct TimelineView {
    pub(super) from: String,
    pub(super) to: String,
    /// Where today stands, in hundredths of the width; empty when it is outside.
    pub(super) today: String,
    pub(super) rows: Vec<SpanView>,
}

/// A task on a timeline.
pub(super) struct SpanView {
    pub(super) href: String,
    pub(super) work: String,
    pub(super) lead: String,
    pub(super) days: String,
    pub(super) standing: Mark,
    pub(super) start: String,
    pub(super) width: String,
}

pub(super) fn timeline(lines: &[Line], today: Date, lang: Lang) -> TimelineView {
    let span = |line: &Line| {
        let begins = line.task.given_on.unwrap_or(today);
        let ends = line.task.handed_in_on.max(line.task.deadline).unwrap_or(today);
        (begins.min(ends), ends.max(begins))
    };
    let from = lines.iter().map(|line| span(line).0).min().unwrap_or(today);
    let to = lines.iter().map(|line| span(line).1).max().unwrap_or(today).max(today);
    let whole = f64::from((to - from).get_days() + 1);
    let at = |day: Date| f64::from((day - from).get_days()) * 100.0 / whole;
    let rows = lines.iter().map(|line| {
        let (begins, ends) = span(line);
        SpanView {
            href: address(line.task.id),
            work: line.brief.words.work.clone(),
            lead: lead(line, lang),
            days: format!("{} – {}", periods::day(begins, lang), periods::day(ends, lang)),
            standing: standing_mark(line.standing, lang),
            start: format!("{:.2}", at(begins)),
            width: format!("{:.2}", f64::from((ends - begins).get_days() + 1) * 100.0 / whole),
        }
    });
    TimelineView {
        from: periods::day(from, lang),
        to: periods::day(to, lang),
        today: format!("{:.2}", at(today)),
        rows: rows.collect(),
    }
}
