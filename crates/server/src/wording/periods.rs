//! Days, instants and periods as people print them: `18/5/2021`, `quý II/2026`.

use domain::period::{Calendar, Frequency, Period, SpanEnd};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Gap, Lang};

/// A day in running text: `18/5/2021`, `18 May 2021`.
///
/// Vietnamese writes a zero before days below 10 and before months 1 and 2 only (Decree
/// 30/2020/NĐ-CP, appendix I).
#[must_use]
pub fn day(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{}/{:04}", date.day(), month_digits(date.month()), date.year()),
        Lang::En => format!("{} {} {:04}", date.day(), month_name(date.month()), date.year()),
    }
}

/// A day in heads and formal citations: `ngày 05 tháng 02 năm 2026`.
#[must_use]
pub fn long_day(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!(
            "ngày {:02} tháng {} năm {:04}",
            date.day(),
            month_digits(date.month()),
            date.year()
        ),
        Lang::En => day(date, lang),
    }
}

/// An instant in the office's time zone: `09:05 ngày 14/7/2026`.
#[must_use]
pub fn moment(epoch_ms: i64, zone: &TimeZone, lang: Lang) -> String {
    let Ok(instant) = jiff::Timestamp::from_millisecond(epoch_ms) else {
        return String::new();
    };
    let local = zone.to_datetime(instant);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    lang.tell("moment", [("time", Gap::from(time)), ("day", day(local.date(), lang).into())])
}

/// A period in a sentence: `tháng 7/2026`, `6 tháng đầu năm 2026`, `năm 2026`.
#[must_use]
pub fn label(period: Period, lang: Lang) -> String {
    match period {
        Period::Day(date) => day(date, lang),
        Period::Week(year, week) => lang.tell("period-week", [year_gap(year), number_gap(week)]),
        Period::Month(year, month) => match lang {
            Lang::Vi => format!("tháng {}/{year}", month_digits(month)),
            Lang::En => format!("{} {year}", month_name(month)),
        },
        Period::Quarter(year, quarter) => {
            lang.tell("period-quarter", [year_gap(year), ("number", roman(quarter).into())])
        }
        Period::HalfYear(year, 1) => lang.tell("period-first-half", [year_gap(year)]),
        Period::HalfYear(year, _) => lang.tell("period-second-half", [year_gap(year)]),
        Period::NineMonths(year) => lang.tell("period-nine-months", [year_gap(year)]),
        Period::Year(year) => lang.tell("period-year", [year_gap(year)]),
        Period::Span(from, to) => span(from, to, lang),
    }
}

/// A period in the head of a column: `T7/2026`, `Q.II/2026`, `2026`.
#[must_use]
pub fn short(period: Period, lang: Lang) -> String {
    match (period, lang) {
        (Period::Month(year, month), Lang::Vi) => format!("T{month}/{year}"),
        (Period::Month(year, month), Lang::En) => format!("{} {year}", month_short(month)),
        (Period::Quarter(year, quarter), Lang::Vi) => format!("Q.{}/{year}", roman(quarter)),
        (Period::Quarter(year, quarter), Lang::En) => format!("Q{quarter} {year}"),
        (Period::HalfYear(year, 1), Lang::Vi) => format!("6T đầu {year}"),
        (Period::HalfYear(year, _), Lang::Vi) => format!("6T cuối {year}"),
        (Period::HalfYear(year, half), Lang::En) => format!("H{half} {year}"),
        (Period::Week(year, week), Lang::Vi) => format!("Tuần {week}/{year}"),
        (Period::Week(year, week), Lang::En) => format!("W{week} {year}"),
        (Period::NineMonths(year), Lang::Vi) => format!("9T {year}"),
        (Period::NineMonths(year), Lang::En) => format!("9M {year}"),
        (Period::Year(year), _) => year.to_string(),
        (Period::Day(_) | Period::Span(..), _) => label(period, lang),
    }
}

/// Periods in a row, under an axis or over columns: months of one year go without it.
#[must_use]
pub fn in_a_row(periods: &[Period], lang: Lang) -> Vec<String> {
    let one_year = periods.windows(2).all(|two| two[0].year() == two[1].year());
    let name = |period: &Period| match (*period, lang) {
        (Period::Month(_, month), Lang::Vi) if one_year => format!("T{month}"),
        (Period::Month(year, month), Lang::Vi) => format!("T{month}/{:02}", year % 100),
        (Period::Month(_, month), Lang::En) if one_year => month_short(month).to_owned(),
        _ => short(*period, lang),
    };
    periods.iter().map(name).collect()
}

/// A period with its days, as a document must print it.
///
/// `6 tháng đầu năm 2026 (từ ngày 15/12/2025 đến ngày 14/6/2026)`
#[must_use]
pub fn with_days(period: Period, calendar: &Calendar, lang: Lang) -> String {
    let (first, last) = calendar.days(period);
    lang.tell(
        "period-with-days",
        [
            ("period", Gap::from(label(period, lang))),
            ("first", day(first, lang).into()),
            ("last", day(last, lang).into()),
        ],
    )
}

/// How often: `hằng tháng`, `monthly`.
#[must_use]
pub fn frequency(frequency: Frequency, lang: Lang) -> String {
    lang.say(match frequency {
        Frequency::Daily => "frequency-daily",
        Frequency::Weekly => "frequency-weekly",
        Frequency::Monthly => "frequency-monthly",
        Frequency::Quarterly => "frequency-quarterly",
        Frequency::HalfYearly => "frequency-half-yearly",
        Frequency::Yearly => "frequency-yearly",
    })
}

fn span(from: SpanEnd, to: SpanEnd, lang: Lang) -> String {
    if let (SpanEnd::Year(from), SpanEnd::Year(to)) = (from, to) {
        let years = [("from", Gap::from(from.to_string())), ("to", to.to_string().into())];
        return lang.tell("period-years", years);
    }
    let (from, to) = (label(alone(from), lang), label(alone(to), lang));
    lang.tell("period-span", [("from", Gap::from(from)), ("to", to.into())])
}

/// The end of a span as a period of its own.
fn alone(end: SpanEnd) -> Period {
    match end {
        SpanEnd::Year(year) => Period::Year(year),
        SpanEnd::Quarter(year, quarter) => Period::Quarter(year, quarter),
        SpanEnd::Month(year, month) => Period::Month(year, month),
        SpanEnd::Day(date) => Period::Day(date),
    }
}

/// A year as text, so that it is not grouped like a number.
fn year_gap(year: i16) -> (&'static str, Gap<'static>) {
    ("year", Gap::from(year.to_string()))
}

fn number_gap(number: i8) -> (&'static str, Gap<'static>) {
    ("number", Gap::from(number.to_string()))
}

fn month_digits(month: i8) -> String {
    if month <= 2 { format!("{month:02}") } else { month.to_string() }
}

fn roman(quarter: i8) -> &'static str {
    match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("")
}

fn month_short(month: i8) -> &'static str {
    let name = month_name(month);
    name.get(..3).unwrap_or(name)
}
