//! Sending and judging figures, in words.

use actions::imports::Notice;
use actions::submissions::aims::Aim;
use actions::submissions::levels::Course;
use domain::collecting::CollectingProblem;
use domain::item::Bilingual;
use domain::number::{Decimal, Fraction, Qualifier, Quantity};
use domain::period::Period;
use domain::submission::{Deed, State};
use jiff::civil::Date;

use super::number::plain;
use super::periods::{day, label};
use super::places::{capitalised, full_name};
use super::refusals::{Gaps, gaps_of_breach};
use super::{Gap, Lang, figures, notices, number, phrases};

/// From how many times on a change is said in times: below, a share is clearer.
const TIMES_MIN: Fraction = Fraction::integer(2);

/// Days overdue that are counted; for more the day alone is said.
const DAYS_COUNTED_MAX: i64 = 99;

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &CollectingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &CollectingProblem) -> &'static str {
    match problem {
        CollectingProblem::NotOwed { .. } => "collecting-not-owed",
        CollectingProblem::ChangedMeanwhile => "collecting-changed-meanwhile",
        CollectingProblem::SameIdOtherContent { .. } => "collecting-same-id-other-content",
        CollectingProblem::NothingEntered => "collecting-nothing-entered",
        CollectingProblem::DoubtWithoutReason => "collecting-doubt-without-reason",
        CollectingProblem::NothingForStocks { .. } => "collecting-nothing-for-stocks",
        CollectingProblem::CorrectionWithoutReason => "collecting-correction-without-reason",
        CollectingProblem::WithoutReason => "collecting-without-reason",
        CollectingProblem::OwnSubmission => "collecting-own-submission",
        CollectingProblem::ApprovedBefore => "collecting-approved-before",
        CollectingProblem::OtherLevel { .. } => "collecting-other-level",
        CollectingProblem::WrongState { .. } => "collecting-wrong-state",
        CollectingProblem::NewerRevision => "collecting-newer-revision",
        CollectingProblem::Locked { .. } => "collecting-locked",
        CollectingProblem::LockedAlready => "collecting-locked-already",
        CollectingProblem::NotLocked => "collecting-not-locked",
        CollectingProblem::OthersOpen { .. } => "collecting-others-open",
        CollectingProblem::OpenUntilPast { .. } => "collecting-open-until-past",
        CollectingProblem::OpenWithoutReason => "collecting-open-without-reason",
        CollectingProblem::NothingChosen => "collecting-nothing-chosen",
        CollectingProblem::NotWithoutDoubts => "collecting-not-without-doubts",
        CollectingProblem::CopyUnreadable => "collecting-copy-unreadable",
        CollectingProblem::CopyIncomplete { .. } => "collecting-copy-incomplete",
        CollectingProblem::CopyTooLarge { .. } => "collecting-copy-too-large",
        CollectingProblem::NotTheWorkbook => "collecting-not-the-workbook",
        CollectingProblem::WorkbookOfAnother { .. } => "collecting-workbook-of-another",
        CollectingProblem::MergedCells => "collecting-merged-cells",
        CollectingProblem::UnitNotInGrid { .. } => "collecting-unit-not-in-grid",
    }
}

fn gaps(problem: &CollectingProblem, lang: Lang) -> Gaps<'_> {
    fn text(text: &str) -> Gap<'_> {
        Gap::from(text)
    }
    match problem {
        CollectingProblem::ChangedMeanwhile
        | CollectingProblem::NothingEntered
        | CollectingProblem::DoubtWithoutReason
        | CollectingProblem::CorrectionWithoutReason
        | CollectingProblem::WithoutReason
        | CollectingProblem::OwnSubmission
        | CollectingProblem::ApprovedBefore
        | CollectingProblem::NewerRevision
        | CollectingProblem::LockedAlready
        | CollectingProblem::NotLocked
        | CollectingProblem::OpenWithoutReason
        | CollectingProblem::NothingChosen
        | CollectingProblem::NotWithoutDoubts
        | CollectingProblem::CopyUnreadable
        | CollectingProblem::NotTheWorkbook
        | CollectingProblem::MergedCells => Vec::new(),
        CollectingProblem::CopyIncomplete { missing } => vec![("missing", (*missing).into())],
        CollectingProblem::CopyTooLarge { forms_max } => vec![("most", (*forms_max).into())],
        CollectingProblem::WorkbookOfAnother { form, period, unit } => {
            let period =
                Period::parse(period).map_or_else(|_| period.clone(), |period| label(period, lang));
            vec![("form", text(form)), ("period", period.into()), ("unit", text(unit))]
        }
        CollectingProblem::UnitNotInGrid { unit } => vec![("unit", text(unit))],
        CollectingProblem::NotOwed { form, unit } => {
            vec![("form", text(form)), ("unit", text(unit))]
        }
        CollectingProblem::SameIdOtherContent { id } => vec![("id", text(id))],
        CollectingProblem::NothingForStocks { items } => vec![("items", items.join(", ").into())],
        CollectingProblem::Locked { period, opener } => {
            let period = capitalised(&label(*period, lang));
            vec![("period", period.into()), ("opener", text(opener))]
        }
        CollectingProblem::OthersOpen { opener } => vec![("opener", text(opener))],
        CollectingProblem::OpenUntilPast { until } => vec![("day", day(*until, lang).into())],
        CollectingProblem::OtherLevel { level } => {
            vec![("level", review_level(level, lang).into())]
        }
        CollectingProblem::WrongState { state: found } => {
            vec![("state", state(*found, lang).into())]
        }
    }
}

/// How far a submission has come: `chờ duyệt`.
#[must_use]
pub fn state(state: State, lang: Lang) -> String {
    lang.say(match state {
        State::Draft => "state-draft",
        State::Submitted => "state-submitted",
        State::Approved => "state-approved",
        State::Returned => "state-returned",
    })
}

/// How far a submission has come through its levels: `đã duyệt cấp xã, chờ cấp tỉnh duyệt`.
#[must_use]
pub fn course(course: &Course, lang: Lang) -> String {
    let Some(next) = &course.next else { return state(course.progress.state, lang) };
    let next = ("next", Gap::from(review_level(next, lang)));
    if course.passed.is_empty() {
        return lang.tell("state-waits-for", [next]);
    }
    let passed: Vec<String> = course.passed.iter().map(|level| review_level(level, lang)).collect();
    lang.tell("state-passed", [("passed", passed.join(", ").into()), next])
}

/// A level of review: `cấp xã`.
#[must_use]
pub fn review_level(level: &str, lang: Lang) -> String {
    let key = format!("level-of-review-{level}");
    if lang.words().knows(&key) {
        return lang.say(&key);
    }
    lang.tell("level-of-review-other", [("level", Gap::from(level))])
}

/// What was done: `Đã gửi`.
#[must_use]
pub fn deed(deed: Deed, lang: Lang) -> String {
    lang.say(match deed {
        Deed::Send => "deed-send",
        Deed::Correct => "deed-correct",
        Deed::Approve => "deed-approve",
        Deed::Return => "deed-return",
        Deed::Reopen => "deed-reopen",
    })
}

/// An item's name, and the class it is asked for.
#[must_use]
pub fn named(item: &Bilingual, class: &Bilingual, lang: Lang) -> String {
    match lang.of(class) {
        "" => lang.of(item).to_owned(),
        class => format!("{} – {class}", lang.of(item)),
    }
}

/// What is doubtful about a figure, said beside it.
#[must_use]
pub fn doubt(notice: &Notice, lang: Lang) -> String {
    match notice {
        Notice::RuleDoubted { breach, .. } => lang.tell("doubt-rule", gaps_of_breach(breach, lang)),
        Notice::ManyTimesBefore { times, before, .. } => {
            let before = plain(*before, lang);
            lang.tell("doubt-many-times", [("times", (*times).into()), ("before", before.into())])
        }
        _ => notices::sentence(notice, lang),
    }
}

/// How far a figure is from what it is measured by: `gấp 3 lần`, `giảm 20%`; empty when it is the same,
/// or when there is nothing to measure by.
#[must_use]
pub fn deviation(now: Quantity, beside: Quantity, lang: Lang) -> String {
    if now == beside || beside.value.numerator() == 0 {
        return String::new();
    }
    let is_exact = [now, beside].iter().all(|it| it.qualifier == Qualifier::Exact);
    let times = now.value.checked_div(beside.value).ok().filter(|times| *times >= TIMES_MIN);
    match times.filter(|_| is_exact) {
        Some(value) => {
            let times = number::number(Quantity { value, qualifier: Qualifier::Exact }, 1, lang);
            lang.tell("deviation-times", [("times", Gap::from(times))])
        }
        None => phrases::count_change(now, Some(beside), lang),
    }
}

/// How a target stands that a figure counts towards:
/// `Xã Hoàng Việt: 7 đảng viên, đạt 63,6% chỉ tiêu năm 2023`.
#[must_use]
pub fn aim(aim: &Aim, lang: Lang) -> String {
    let said = [
        Some(figures::display(&aim.indicator, &aim.figure, lang)),
        figures::achievement(&aim.indicator, &aim.figure, lang),
        figures::time_passed(&aim.indicator, &aim.figure, lang),
        figures::data_until(&aim.figure, lang),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    format!("{}: {}", full_name(&aim.figure.unit, lang), said.join(", "))
}

/// Which values a field takes: `Nhập từ 0 đến 412`.
#[must_use]
pub fn range(minimum: Decimal, maximum: Option<Decimal>, lang: Lang) -> String {
    let minimum = ("minimum", Gap::from(plain(minimum, lang)));
    match maximum {
        Some(maximum) => {
            let maximum = ("maximum", Gap::from(plain(maximum, lang)));
            lang.tell("entry-range", [minimum, maximum])
        }
        None => lang.tell("entry-range-open", [minimum]),
    }
}

/// That the clock of a sender's device was wrong: `nhanh 12 phút`.
#[must_use]
pub fn clock(ahead_ms: i64, lang: Lang) -> String {
    let minutes = i64::try_from(ahead_ms.unsigned_abs() / 60_000).unwrap_or(i64::MAX);
    let key = if ahead_ms > 0 { "clock-ahead" } else { "clock-behind" };
    lang.tell(key, [("minutes", Gap::from(minutes))])
}

/// What was done, and why, as people wrote it: `… Lý do: sót hai hộ`; without a reason what was done
/// alone.
#[must_use]
pub fn with_reasons(said: String, reasons: &str, lang: Lang) -> String {
    if reasons.is_empty() {
        return said;
    }
    let gaps = [("said", Gap::from(said)), ("reasons", reasons.into())];
    lang.tell("said-with-reasons", gaps)
}

/// When something is due: `còn 2 ngày, hạn 05/8/2026`, `quá hạn 3 ngày, hạn 05/8/2026`.
#[must_use]
pub fn due(due: Date, today: Date, lang: Lang) -> String {
    let days = i64::from(due.since(today).map_or(0, |span| span.get_days()));
    let gaps = |days: i64| [("days", Gap::from(days)), ("day", day(due, lang).into())];
    match days {
        0 => lang.say("due-today"),
        1.. => lang.tell("due-left", gaps(days)),
        _ if days >= -DAYS_COUNTED_MAX => lang.tell("due-over", gaps(-days)),
        // Nobody imagines a thousand days.
        _ => lang.tell("due-over-long", [("day", Gap::from(day(due, lang)))]),
    }
}
