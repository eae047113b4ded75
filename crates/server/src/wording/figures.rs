//! Figures in words: the one display string used in files, pages and reports alike.

use actions::answer::{Completeness, FigureAnswer, NoValue, TargetAnswer, View};
use domain::indicator::{Direction, Indicator, Publicity, Shape};
use domain::item::Aggregate;
use domain::number::{Fraction, Quantity};
use domain::period::Period;
use domain::status::Status;

use super::phrases::{self, Against};
use super::{Gap, Lang, number, periods, places};

/// The figure as it is printed: `152 đảng viên`, `hơn 90%`, `162/162 thôn, khu phố (đạt 100%)`;
/// the reason when there is no value.
#[must_use]
pub fn display(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> String {
    let measure = lang.of(&indicator.measure);
    match (&figure.value, indicator.shape, figure.parts) {
        (Err(reason), _, _) => no_value(reason, lang),
        (Ok(value), Shape::Count, _) => phrases::count(*value, indicator.decimals, measure, lang),
        (Ok(_), Shape::Coverage, Some((there, whole))) => {
            phrases::coverage(there, whole, measure, lang)
        }
        (Ok(value), Shape::Percent | Shape::Coverage, _) => {
            number::percent(*value, indicator.decimals, lang)
        }
    }
}

/// The figure in a cell, without its measure: `152`, `hơn 90%`, `162/162`; `–` without a value.
#[must_use]
pub fn cell(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> String {
    match (&figure.value, indicator.shape, figure.parts) {
        (Err(_), _, _) => "–".to_owned(),
        (Ok(_), Shape::Coverage, Some((there, whole))) => phrases::fraction(there, whole, lang),
        (Ok(value), _, _) => value_text(indicator, *value, lang),
    }
}

/// The figure in two pieces, the number and what stands smaller beside it: `61` and `đảng viên`,
/// `162/162` and `thôn, khu phố (đạt 100%)`; the reason alone when there is no value.
#[must_use]
pub fn pieces(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> (String, String) {
    let number = cell(indicator, figure, lang);
    let beside = match (&figure.value, indicator.shape, figure.parts) {
        (Err(reason), _, _) => no_value(reason, lang),
        (Ok(_), Shape::Count, _) => lang.of(&indicator.measure).to_owned(),
        (Ok(value), Shape::Coverage, Some(_)) => {
            let share = number::bare_percent(*value, indicator.decimals, lang);
            let measure = Gap::from(lang.of(&indicator.measure));
            lang.tell("coverage-beside", [("measure", measure), ("share", share.into())])
        }
        (Ok(_), Shape::Percent, Some((there, whole))) => phrases::fraction(there, whole, lang),
        (Ok(_), Shape::Percent | Shape::Coverage, None) => String::new(),
    };
    (number, beside)
}

/// A value in the indicator's own terms, without its measure: `152`, `90,7%`.
#[must_use]
pub fn value_text(indicator: &Indicator, value: Quantity, lang: Lang) -> String {
    match indicator.shape {
        Shape::Count => number::number(value, indicator.decimals, lang),
        Shape::Percent | Shape::Coverage => number::percent(value, indicator.decimals, lang),
    }
}

/// The value to reach, with its measure: `150 đảng viên`, `90%`.
#[must_use]
pub fn target_value(indicator: &Indicator, value: Fraction, lang: Lang) -> String {
    let text = value_text(indicator, Quantity::exact(value), lang);
    match indicator.shape {
        Shape::Count => phrases::with_measure(&text, lang.of(&indicator.measure)),
        Shape::Percent | Shape::Coverage => text,
    }
}

/// What the figure means for its target: `đạt 40,7% chỉ tiêu năm`, or `chỉ tiêu 90%` for ratios,
/// whose share of a target would be a percentage of a percentage. Nothing without a target, and
/// only the target itself when it is zero.
#[must_use]
pub fn achievement(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> Option<String> {
    let target = figure.target.as_ref()?;
    let of_count = match (indicator.shape, target.share, &figure.value) {
        (Shape::Count, Some(share), Ok(value)) => {
            let share = Quantity { value: share, qualifier: value.qualifier };
            Some(phrases::target_share(share, target.period, lang))
        }
        _ => None,
    };
    Some(of_count.unwrap_or_else(|| {
        let value = target_value(indicator, target.value, lang);
        lang.tell("target-is", [("value", Gap::from(value))])
    }))
}

/// The share of the target's time, where saying it helps: a count whose target runs on.
#[must_use]
pub fn time_passed(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> Option<String> {
    let target = figure.target.as_ref()?;
    let runs_on = target.time_passed < Fraction::integer(1);
    (indicator.shape == Shape::Count && target.share.is_some() && runs_on)
        .then(|| phrases::time_passed(target.time_passed, lang))
}

/// How far most reports reach, where the span goes on: `phần lớn báo cáo có đến hết tháng 6/2023`.
#[must_use]
pub fn data_until(figure: &FigureAnswer, lang: Lang) -> Option<String> {
    let until = figure.data_until.filter(|_| figure.value.is_ok())?;
    Some(lang.tell("data-until", [("period", Gap::from(periods::label(until, lang)))]))
}

/// The sentence that opens an indicator's page:
/// `Số đảng viên mới kết nạp: 61 đảng viên, đạt 40,7% chỉ tiêu năm, đã qua 50% thời gian`.
#[must_use]
pub fn finding(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> String {
    let parts = [
        Some(display(indicator, figure, lang)),
        achievement(indicator, figure, lang),
        time_passed(indicator, figure, lang),
        data_until(figure, lang),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    lang.tell(
        "finding",
        [("name", Gap::from(lang.of(&indicator.name))), ("said", said.join(", ").into())],
    )
}

/// How far a figure is behind its trajectory, in percentage points of the target.
///
/// `9,3 điểm phần trăm`; nothing when it is not behind or cannot be measured so.
#[must_use]
pub fn lag(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> Option<String> {
    let target = figure.target.as_ref()?;
    let value = figure.value.as_ref().ok()?;
    let gap = lag_of_target(indicator, target, *value)?;
    let behind = matches!(figure.status, Status::Behind | Status::FarBehind);
    (behind && gap > Fraction::integer(0)).then(|| phrases::points(Quantity::exact(gap), lang))
}

fn lag_of_target(
    indicator: &Indicator,
    target: &TargetAnswer,
    value: Quantity,
) -> Option<Fraction> {
    let gap = match indicator.direction {
        Direction::Down => value.value.checked_sub(target.planned).ok()?,
        Direction::Up | Direction::Plan | Direction::Exact => {
            target.planned.checked_sub(value.value).ok()?
        }
        Direction::None => return None,
    };
    match indicator.shape {
        Shape::Count => gap.checked_div(target.value).ok(),
        Shape::Percent | Shape::Coverage => Some(gap),
    }
}

/// The change against an earlier figure of the same indicator: in percent for counts, in
/// percentage points for ratios.
#[must_use]
pub fn change(
    indicator: &Indicator,
    now: &FigureAnswer,
    before: &FigureAnswer,
    lang: Lang,
) -> String {
    let Ok(value) = now.value else {
        return phrases::not_reported(lang);
    };
    let before = before.value.as_ref().ok().copied();
    match indicator.shape {
        Shape::Count => phrases::count_change(value, before, lang),
        Shape::Percent | Shape::Coverage => phrases::ratio_change(value, before, lang),
    }
}

/// The change with what it is measured against: `tăng 12,5% so với cùng kỳ năm trước`,
/// `tăng 60,4 điểm phần trăm so với quý IV/2021`.
#[must_use]
pub fn change_against(
    indicator: &Indicator,
    now: &FigureAnswer,
    before: &FigureAnswer,
    lang: Lang,
) -> String {
    let Ok(value) = now.value else {
        return phrases::not_reported(lang);
    };
    let is_same_span = now.period.year_before() == Some(before.period);
    let against = match now.period {
        // A whole year has no same period; it has the year before.
        Period::Year(_) => None,
        _ => is_same_span.then_some(Against::LastYear),
    };
    let against = against.unwrap_or_else(|| Against::Span(periods::label(before.period, lang)));
    let before = before.value.as_ref().ok().copied();
    match indicator.shape {
        Shape::Count => phrases::count_against(value, before, &against, lang),
        Shape::Percent | Shape::Coverage => phrases::ratio_against(value, before, &against, lang),
    }
}

/// Why there is no value, as a phrase that can stand in its place.
#[must_use]
pub fn no_value(reason: &NoValue, lang: Lang) -> String {
    match reason {
        NoValue::NothingReported => phrases::not_reported(lang),
        NoValue::ZeroDenominator => lang.say("no-value-zero-denominator"),
        NoValue::PeriodTooShort => lang.say("no-value-period-too-short"),
        NoValue::NotAggregated => lang.say("no-value-not-aggregated"),
        NoValue::BrokenSeries { units } => {
            let names: Vec<String> =
                units.iter().take(3).map(|unit| places::full_name(unit, lang)).collect();
            let more = units.len().saturating_sub(names.len());
            let gaps = [("units", Gap::from(names.join(", "))), ("more", more.into())];
            lang.tell("no-value-broken-series", gaps)
        }
        NoValue::UnitNotInForce => lang.say("no-value-unit-not-in-force"),
        NoValue::Overflow => lang.say("no-value-overflow"),
    }
}

/// What is missing beside a total: `2/17 đơn vị chưa báo cáo`, or over several periods `2/17 đơn vị
/// còn thiếu kỳ báo cáo`; when nobody owed anything, so.
#[must_use]
pub fn completeness(completeness: Completeness, lang: Lang) -> String {
    let Completeness { expected, units_expected, units_missing, .. } = completeness;
    if units_expected == 0 {
        return lang.say("nobody-asked");
    }
    if units_missing > 0 && expected > units_expected {
        // Who sent five months of six has reported, and still owes one.
        let gaps = [("missing", Gap::from(units_missing)), ("expected", units_expected.into())];
        return lang.tell("units-missing-some", gaps);
    }
    phrases::missing(units_missing, units_expected, lang)
}

/// Completeness in a cell: `15/17`.
#[must_use]
pub fn completeness_cell(completeness: Completeness, lang: Lang) -> String {
    let Completeness { units_expected, units_missing, .. } = completeness;
    if units_expected == 0 {
        return "–".to_owned();
    }
    let there = units_expected.saturating_sub(units_missing).to_string();
    format!(
        "{}/{}",
        number::grouped(&there, lang),
        number::grouped(&units_expected.to_string(), lang)
    )
}

/// The word of a status; its icon and colour stand beside it.
#[must_use]
pub fn status(status: Status, lang: Lang) -> String {
    lang.say(match status {
        Status::Met => "status-met",
        Status::OnTrack => "status-on-track",
        Status::Behind => "status-behind",
        Status::FarBehind => "status-far-behind",
        Status::NoData => "status-no-data",
        Status::NotJudged => "status-not-judged",
    })
}

/// Which way is good, in words.
#[must_use]
pub fn direction(direction: Direction, lang: Lang) -> String {
    lang.say(match direction {
        Direction::Up => "direction-up",
        Direction::Down => "direction-down",
        Direction::Plan => "direction-plan",
        Direction::Exact => "direction-exact",
        Direction::None => "direction-none",
    })
}

/// Who may see the figures, in words.
#[must_use]
pub fn publicity(publicity: Publicity, lang: Lang) -> String {
    lang.say(match publicity {
        Publicity::Public => "publicity-public",
        Publicity::PublicTotals => "publicity-public-totals",
        Publicity::Internal => "publicity-internal",
        Publicity::Restricted => "publicity-restricted",
    })
}

/// How figures become one figure, in words.
#[must_use]
pub fn aggregate(aggregate: Aggregate, lang: Lang) -> String {
    lang.say(match aggregate {
        Aggregate::Sum => "aggregate-sum",
        Aggregate::Mean => "aggregate-mean",
        Aggregate::Min => "aggregate-min",
        Aggregate::Max => "aggregate-max",
        Aggregate::Last => "aggregate-last",
        Aggregate::First => "aggregate-first",
        Aggregate::Count => "aggregate-count",
        Aggregate::None => "aggregate-none",
    })
}

/// Through which tree figures asked for through `view` are given, in words.
#[must_use]
pub fn view(view: View, through: View, lang: Lang) -> String {
    let tell = |key, date| lang.tell(key, [("day", Gap::from(periods::day(date, lang)))]);
    match (view, through) {
        (View::Reported, _) => lang.say("view-reported"),
        (View::Restated(date), View::Restated(_)) => tell("view-restated", date),
        (View::Restated(date), View::Reported) => tell("view-of-its-time", date),
    }
}

/// The parts of a value published elsewhere: `152; 101,3%` are two.
#[must_use]
pub fn published(text: &str) -> Vec<&str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether a published part is what we print, as the number, the whole display, the count of a
/// coverage or the share of the target. Published values are Vietnamese.
#[must_use]
pub fn agrees(part: &str, indicator: &Indicator, figure: &FigureAnswer) -> bool {
    let share =
        figure.target.as_ref().and_then(|target| target.share).zip(figure.value.as_ref().ok());
    let printed = [
        Some(display(indicator, figure, Lang::Vi)),
        Some(cell(indicator, figure, Lang::Vi)),
        share.map(|(share, value)| {
            let share = Quantity { value: share, qualifier: value.qualifier };
            number::percent(share, 1, Lang::Vi)
        }),
    ];
    printed.iter().flatten().any(|text| text == part)
}
