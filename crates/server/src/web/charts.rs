//! From answers to charts: domain figures become positions and words, `formats::chart` draws.

use actions::answer::{Completeness, FigureAnswer, NoValue, Point};
use actions::submissions::rates::{RateRow, Tally};
use domain::indicator::{Indicator, Shape};
use domain::number::{Fraction, Quantity};
use domain::period::{Calendar, Period};
use domain::status::Status;
use formats::chart::{
    self, Bullet, BulletKey, BulletRow, Frame, LineChart, Look, PointState, Series, Strip,
    StripCell, StripKey, StripRow, StripState, Target, Trajectory, Width, ticks,
};

use super::links::{self, Choice};
use crate::wording::{Gap, Lang, figures, periods, phrases, places};

/// Points below which a course says less than the number itself.
const COURSE_POINTS_MIN: usize = 3;

/// Horizontal lines across a chart at most.
const LEVELS_MAX: u8 = 4;

/// A figure against its target, for phones and for desks; empty without a target.
#[must_use]
pub fn target_bar(id: &str, indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> String {
    let Some(target) = &figure.target else {
        return String::new();
    };
    let share = |value: Fraction| value.checked_div(target.value).ok().map(Fraction::to_f64);
    let (number, beside) = figures::pieces(indicator, figure, lang);
    let note = [
        figures::achievement(indicator, figure, lang),
        figures::time_passed(indicator, figure, lang),
    ];
    let row = BulletRow {
        label: lang.of(&indicator.name).to_owned(),
        share: figure.value.as_ref().ok().and_then(|value| share(value.value)),
        value: if indicator.shape == Shape::Count { format!("{number} {beside}") } else { number },
        note: note.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        planned: share(target.planned),
        time: Some(target.time_passed.to_f64()),
        status: status(figure.status),
        href: Some(links::figure(&indicator.code, Choice::of(figure))),
    };
    let key = BulletKey {
        value: lang.say("chart-result"),
        target: lang.say("chart-target"),
        planned: lang.say("chart-planned"),
        time: lang.say("chart-time"),
    };
    pair(id, indicator, figure, lang, |frame, look| {
        chart::bullet(&Bullet { frame, rows: vec![row.clone()], key: Some(key.clone()) }, look)
    })
}

/// An indicator's course against its planned path, for phones and for desks; empty without points.
#[must_use]
pub fn course(
    id: &str,
    indicator: &Indicator,
    figure: &FigureAnswer,
    points: &[Point],
    lang: Lang,
) -> String {
    let scale = scale(indicator);
    let reached = reached(figure, points);
    if reached.len() < COURSE_POINTS_MIN {
        return String::new();
    }
    let running = figure.target.is_some();
    let of_point = |point: &Point| if running { point.running.clone() } else { point.own.clone() };
    let drawn: Vec<chart::Point> = reached
        .iter()
        .map(|point| chart_point(indicator, point, &of_point(point), scale, lang))
        .collect();
    let planned = planned(points, scale);
    let values = drawn.iter().filter_map(|point| match point.state {
        PointState::Final(value) | PointState::Provisional(value) => Some(value),
        PointState::Missing => None,
    });
    let high = values.chain(planned.iter().map(|(_, value)| *value)).fold(0.0_f64, f64::max);
    let high = if high > 0.0 { high } else { 1.0 };
    let last = reached.iter().rev().find_map(|point| of_point(point).ok());
    let series = Series {
        label: lang.say("chart-result"),
        value: last.map(|value| figures::value_text(indicator, value, lang)).unwrap_or_default(),
        points: drawn,
    };
    let trajectory =
        figure.target.as_ref().filter(|_| planned.len() > 1).map(|target| Trajectory {
            label: lang.say("chart-planned"),
            value: figures::value_text(indicator, Quantity::exact(target.value), lang),
            points: planned,
        });
    let spans: Vec<Period> = points.iter().map(|point| point.period).collect();
    let names = periods::in_a_row(&spans, lang);
    let levels: Vec<(f64, String)> = ticks(0.0, high, LEVELS_MAX)
        .into_iter()
        .map(|tick| (tick, level_name(indicator, tick, lang)))
        .collect();
    pair(id, indicator, figure, lang, |frame, look| {
        let chart = LineChart {
            frame,
            positions: names.clone(),
            levels: levels.clone(),
            series: vec![series.clone()],
            trajectory: trajectory.clone(),
        };
        chart::line(&chart, look)
    })
}

/// What a course shows: measure and span.
#[must_use]
pub fn course_subtitle(
    indicator: &Indicator,
    figure: &FigureAnswer,
    points: &[Point],
    lang: Lang,
) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return String::new();
    };
    let measure = match indicator.shape {
        Shape::Count => lang.of(&indicator.measure),
        Shape::Percent | Shape::Coverage => "%",
    };
    let key = match (figure.target.is_some(), indicator.shape) {
        (true, Shape::Count) => "course-running",
        (true, Shape::Percent | Shape::Coverage) | (false, _) => "course-own",
    };
    let gaps = [
        ("measure", Gap::from(measure)),
        ("from", periods::short(first.period, lang).into()),
        ("to", periods::short(last.period, lang).into()),
    ];
    lang.tell(key, gaps)
}

/// Who reported in time, who late and what is missing, a strip per unit, for phones and for desks.
#[must_use]
pub fn discipline(title: &str, spans: &[Period], rows: &[&RateRow], lang: Lang) -> String {
    let names: Vec<String> = spans.iter().map(|period| periods::short(*period, lang)).collect();
    let strip_row = |row: &&RateRow| StripRow {
        label: places::full_name(&row.unit, lang),
        cells: row
            .course
            .iter()
            .zip(&names)
            .map(|(tally, name)| {
                let gaps = [
                    ("period", Gap::from(name.clone())),
                    ("reported", i64::from(tally.reported).into()),
                    ("expected", i64::from(tally.expected).into()),
                    ("late", i64::from(tally.late).into()),
                ];
                StripCell { state: strip_state(*tally), text: lang.tell("rates-cell", gaps) }
            })
            .collect(),
        href: None,
    };
    let rows: Vec<StripRow> = rows.iter().map(strip_row).collect();
    let words = |key: &str| lang.say(key);
    let draw = |width: Width, suffix: &str| {
        let key = StripKey {
            reported: words("rates-key-reported"),
            late: words("rates-key-late"),
            missing: words("rates-key-missing"),
            not_due: words("rates-key-not-due"),
        };
        let frame = Frame {
            id: format!("rates-{suffix}"),
            title: title.to_owned(),
            description: words("rates-course"),
        };
        let strip = Strip { frame, periods: names.clone(), rows: rows.clone(), key };
        chart::strip(&strip, Look { target: Target::Page, width })
    };
    let (wide, narrow) = (draw(Width::Wide, "w"), draw(Width::Narrow, "n"));
    format!("<div class=\"chart-pair\">{wide}{narrow}</div>")
}

/// The mark of a unit's period: what somebody has to look at comes before what is in order.
fn strip_state(tally: Tally) -> StripState {
    if tally.expected == 0 {
        StripState::NotExpected
    } else if tally.missing() > 0 {
        StripState::Missing
    } else if tally.late > 0 {
        StripState::Late
    } else if tally.not_due > 0 {
        StripState::NotDue
    } else {
        StripState::Reported
    }
}

/// The points up to the end of the figure's span; later ones are not missing, only not yet due.
fn reached<'a>(figure: &FigureAnswer, points: &'a [Point]) -> &'a [Point] {
    let end = |period: Period| Calendar::Civil.days(period).1;
    let last = end(figure.period);
    let count = points.iter().take_while(|point| end(point.period) <= last).count();
    points.get(..count).unwrap_or(points)
}

fn chart_point(
    indicator: &Indicator,
    point: &Point,
    value: &Result<Quantity, NoValue>,
    scale: f64,
    lang: Lang,
) -> chart::Point {
    let period = periods::short(point.period, lang);
    let Completeness { units_missing, .. } = point.completeness;
    let (state, said) = match value {
        Err(reason) => (PointState::Missing, figures::no_value(reason, lang)),
        Ok(value) => {
            let at = value.value.to_f64() * scale;
            let said = figures::value_text(indicator, *value, lang);
            if units_missing > 0 {
                let missing = figures::completeness(point.completeness, lang);
                (PointState::Provisional(at), format!("{said} ({missing})"))
            } else {
                (PointState::Final(at), said)
            }
        }
    };
    chart::Point { state, text: format!("{period}: {said}") }
}

fn planned(points: &[Point], scale: f64) -> Vec<(f64, f64)> {
    let at = |index: usize| f64::from(u32::try_from(index).unwrap_or(u32::MAX));
    let planned = points.iter().enumerate();
    planned
        .filter_map(|(index, point)| Some((at(index), point.planned?.to_f64() * scale)))
        .collect()
}

fn level_name(indicator: &Indicator, tick: f64, lang: Lang) -> String {
    // Ticks are 1, 2, 2.5 or 5 times a power of ten, so two decimals say them exactly enough.
    let machine = format!("{tick:.2}");
    let machine = machine.trim_end_matches('0').trim_end_matches('.');
    let number = crate::wording::number::grouped(machine, lang);
    match indicator.shape {
        Shape::Count => number,
        Shape::Percent | Shape::Coverage => phrases::with_measure(&number, "%"),
    }
}

fn scale(indicator: &Indicator) -> f64 {
    match indicator.shape {
        Shape::Count => 1.0,
        Shape::Percent | Shape::Coverage => 100.0,
    }
}

/// The same chart for phones and for desks; the style sheet shows one of them.
fn pair(
    id: &str,
    indicator: &Indicator,
    figure: &FigureAnswer,
    lang: Lang,
    draw: impl Fn(Frame, Look) -> String,
) -> String {
    let one = |width: Width, suffix: &str| {
        let frame = Frame {
            id: format!("{id}-{suffix}"),
            title: figures::finding(indicator, figure, lang),
            description: figures::completeness(figure.completeness, lang),
        };
        draw(frame, Look { target: Target::Page, width })
    };
    let (wide, narrow) = (one(Width::Wide, "w"), one(Width::Narrow, "n"));
    format!("<div class=\"chart-pair\">{wide}{narrow}</div>")
}

fn status(status: Status) -> chart::Status {
    match status {
        Status::Met => chart::Status::Met,
        Status::OnTrack => chart::Status::OnTrack,
        Status::Behind => chart::Status::Behind,
        Status::FarBehind => chart::Status::FarBehind,
        Status::NoData => chart::Status::NoData,
        Status::NotJudged => chart::Status::NotJudged,
    }
}
