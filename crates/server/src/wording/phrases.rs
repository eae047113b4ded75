//! The phrases of a report: shares of a target, changes, coverage, what is missing.

use domain::number::{Fraction, Qualifier, Quantity};
use domain::period::Period;

use super::number::{self, Counted};
use super::{Gap, Lang};

/// What a figure did against an earlier one, as far as its bounds allow to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trend {
    /// It grew by this.
    Up(Quantity),
    /// It fell by this.
    Down(Quantity),
    /// Both are the same.
    Same,
    /// It is the same or more.
    NotBelow,
    /// It is the same or less.
    NotAbove,
    /// They are about the same.
    AboutSame,
    /// The bounds do not tell.
    Unclear,
}

/// The share of a target: `đạt 101,3% chỉ tiêu năm`.
#[must_use]
pub fn target_share(share: Quantity, target: Period, lang: Lang) -> String {
    lang.tell(
        match target {
            Period::Year(_) => "target-share-year",
            Period::Day(_)
            | Period::Week(..)
            | Period::Month(..)
            | Period::Quarter(..)
            | Period::HalfYear(..)
            | Period::NineMonths(_)
            | Period::Span(..) => "target-share",
        },
        [("share", Gap::from(number::percent(share, 1, lang)))],
    )
}

/// The share of time that has passed, to stand after [`target_share`]: `đã qua 50% thời gian`.
#[must_use]
pub fn time_passed(passed: Fraction, lang: Lang) -> String {
    let share = number::bare_percent(Quantity::exact(passed), 1, lang);
    lang.tell("time-passed", [("share", Gap::from(share))])
}

/// The share of a target and of its time: `đạt 40,7% chỉ tiêu năm, đã qua 50% thời gian`.
#[must_use]
pub fn target_share_and_time(
    share: Quantity,
    target: Period,
    passed: Fraction,
    lang: Lang,
) -> String {
    format!("{}, {}", target_share(share, target, lang), time_passed(passed, lang))
}

/// What a figure is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// The same period of the year before.
    LastYear,
    /// Another span, as it is called.
    Span(String),
}

/// A count with what it is compared with: `tăng 12,5% so với cùng kỳ năm trước`.
#[must_use]
pub fn count_against(
    now: Quantity,
    before: Option<Quantity>,
    against: &Against,
    lang: Lang,
) -> String {
    let Some(before) = before else { return no_figure(against, lang) };
    if before.value.numerator() == 0 {
        return match against {
            Against::LastYear => lang.say("nothing-last-year"),
            Against::Span(span) => lang.tell("nothing-in-span", [named(span)]),
        };
    }
    compared(trend(now, before), count_change(now, Some(before), lang), against, lang)
}

/// A ratio with what it is compared with, in percentage points:
/// `tăng hơn 60,4 điểm phần trăm so với quý IV/2021`.
#[must_use]
pub fn ratio_against(
    now: Quantity,
    before: Option<Quantity>,
    against: &Against,
    lang: Lang,
) -> String {
    let Some(before) = before else { return no_figure(against, lang) };
    compared(trend(now, before), ratio_change(now, Some(before), lang), against, lang)
}

fn no_figure(against: &Against, lang: Lang) -> String {
    match against {
        Against::LastYear => lang.say("no-figure-last-year"),
        Against::Span(span) => lang.tell("no-figure-in-span", [named(span)]),
    }
}

fn named(span: &str) -> (&'static str, Gap<'_>) {
    ("span", Gap::from(span))
}

fn compared(trend: Trend, change: String, against: &Against, lang: Lang) -> String {
    match (trend, against) {
        (Trend::Up(_) | Trend::Down(_), Against::LastYear) => {
            lang.tell("against-last-year", [("change", Gap::from(change))])
        }
        (Trend::Up(_) | Trend::Down(_), Against::Span(span)) => {
            lang.tell("against-span", [("change", Gap::from(change)), named(span)])
        }
        (Trend::Same, Against::LastYear) => lang.say("same-as-last-year"),
        (Trend::Same, Against::Span(span)) => lang.tell("same-as-span", [named(span)]),
        (Trend::NotBelow, Against::Span(span)) => lang.tell("not-below-span", [named(span)]),
        (Trend::NotAbove, Against::Span(span)) => lang.tell("not-above-span", [named(span)]),
        (Trend::AboutSame, Against::Span(span)) => lang.tell("about-span", [named(span)]),
        (Trend::NotBelow | Trend::NotAbove | Trend::AboutSame, Against::LastYear)
        | (Trend::Unclear, _) => change,
    }
}

/// The change of a count alone: `tăng 12,5%`, `cùng kỳ không phát sinh`.
#[must_use]
pub fn count_change(now: Quantity, before: Option<Quantity>, lang: Lang) -> String {
    let Some(before) = before else {
        return lang.say("no-figure-last-year");
    };
    if before.value.numerator() == 0 {
        return lang.say("nothing-last-year");
    }
    let percent = |by: Quantity| {
        let ratio = by.value.checked_div(before.value).ok()?;
        Some(number::percent(Quantity { value: ratio, qualifier: by.qualifier }, 1, lang))
    };
    change(trend(now, before), percent, lang)
}

/// A level as a share of the level a year before: `bằng 87,5% so với cùng kỳ`.
#[must_use]
pub fn level_against_last_year(now: Quantity, before: Quantity, lang: Lang) -> String {
    match now.over(before) {
        Ok(ratio) => {
            let share = number::percent(ratio, 1, lang);
            lang.tell("level-against-last-year", [("share", Gap::from(share))])
        }
        Err(_) => lang.say("nothing-last-year"),
    }
}

/// The change of a ratio, always in percentage points: `tăng 60,0 điểm phần trăm`.
#[must_use]
pub fn ratio_change(now: Quantity, before: Option<Quantity>, lang: Lang) -> String {
    let Some(before) = before else {
        return lang.say("no-figure-last-year");
    };
    change(trend(now, before), |by| Some(points(by, lang)), lang)
}

/// So many percentage points: `9,3 điểm phần trăm`.
#[must_use]
pub fn points(by: Quantity, lang: Lang) -> String {
    let printed =
        number::qualified(by.qualifier, Counted::Percent, &number::points(by, lang), lang);
    lang.tell("points", [("points", Gap::from(printed))])
}

/// How many of how many, and the share: `150/162 thôn, khu phố (đạt 92,6%)`.
#[must_use]
pub fn coverage(there: Quantity, whole: Quantity, measure: &str, lang: Lang) -> String {
    let count = fraction(there, whole, lang);
    let Ok(ratio) = there.over(whole) else {
        return format!("{count} {measure}");
    };
    lang.tell(
        "coverage",
        [
            ("count", Gap::from(count)),
            ("measure", measure.into()),
            ("share", number::bare_percent(ratio, 1, lang).into()),
        ],
    )
}

/// How many of how many, alone: `150/162`, `trên 150/162`.
#[must_use]
pub fn fraction(there: Quantity, whole: Quantity, lang: Lang) -> String {
    format!("{}/{}", number::number(there, 0, lang), number::number(whole, 0, lang))
}

/// A count with what is counted: `trên 30 tổ chức`.
#[must_use]
pub fn count(quantity: Quantity, decimals_max: u8, measure: &str, lang: Lang) -> String {
    with_measure(&number::number(quantity, decimals_max, lang), measure)
}

/// A printed number with what is counted: `380 hộ`, `90%`.
#[must_use]
pub fn with_measure(number: &str, measure: &str) -> String {
    match measure {
        "" => number.to_owned(),
        "%" => format!("{number}%"),
        measure => format!("{number} {measure}"),
    }
}

/// A running total of the year: `lũy kế từ đầu năm: 61 đảng viên`.
#[must_use]
pub fn since_new_year(counted: &str, lang: Lang) -> String {
    lang.tell("since-new-year", [("counted", Gap::from(counted))])
}

/// A running total over years: `từ năm 2022 đến nay: 213 đảng viên`.
#[must_use]
pub fn since_year(year: i16, counted: &str, lang: Lang) -> String {
    lang.tell("since-year", [("year", Gap::from(year.to_string())), ("counted", counted.into())])
}

/// How many units have not reported: `2/5 đơn vị chưa báo cáo`; all there: `5/5 đơn vị đã báo cáo`.
#[must_use]
pub fn missing(units_missing: u32, units_expected: u32, lang: Lang) -> String {
    if units_missing == 0 {
        return lang.tell("units-complete", [("expected", Gap::from(units_expected))]);
    }
    lang.tell(
        "units-missing",
        [("missing", Gap::from(units_missing)), ("expected", units_expected.into())],
    )
}

/// A reported zero in words: `chưa có phát sinh`.
#[must_use]
pub fn nothing_occurred(lang: Lang) -> String {
    lang.say("nothing-occurred")
}

/// No value at all in words: `chưa báo cáo`.
#[must_use]
pub fn not_reported(lang: Lang) -> String {
    lang.say("not-reported")
}

fn trend(now: Quantity, before: Quantity) -> Trend {
    let Ok(change) = now.minus(before) else {
        return Trend::Unclear;
    };
    let fall = || change.value.negated().ok();
    match (change.value.numerator().signum(), change.qualifier) {
        (0, Qualifier::Exact) => Trend::Same,
        (0, Qualifier::AtLeast) => Trend::NotBelow,
        (0, Qualifier::AtMost) => Trend::NotAbove,
        (0, Qualifier::About) => Trend::AboutSame,
        (1, Qualifier::Exact | Qualifier::AtLeast | Qualifier::About) => Trend::Up(change),
        (-1, Qualifier::Exact | Qualifier::AtMost | Qualifier::About) => fall()
            .map_or(Trend::Unclear, |value| {
                Trend::Down(Quantity { value, qualifier: change.qualifier.flipped() })
            }),
        _ => Trend::Unclear,
    }
}

fn change(trend: Trend, print: impl Fn(Quantity) -> Option<String>, lang: Lang) -> String {
    let (key, by) = match trend {
        Trend::Up(by) => ("change-up", by),
        Trend::Down(by) => ("change-down", by),
        Trend::Same => return lang.say("change-none"),
        Trend::NotBelow => return lang.say("change-not-below"),
        Trend::NotAbove => return lang.say("change-not-above"),
        Trend::AboutSame => return lang.say("change-about-none"),
        Trend::Unclear => return lang.say("change-unclear"),
    };
    print(by)
        .map_or_else(|| lang.say("change-unclear"), |by| lang.tell(key, [("by", Gap::from(by))]))
}
