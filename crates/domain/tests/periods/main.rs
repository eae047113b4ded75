//! Periods and calendars: codes, days, neighbours, parts, deadlines.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod properties;

use std::collections::BTreeSet;

use domain::number::Fraction;
use domain::period::{
    Calendar, Frequency, Period, PeriodError, earliest_deadline, move_to_working_day, share_passed,
};
use jiff::civil::{Date, date};

const DECREE_09: Calendar = Calendar::CutOff { last_day: 14 };

fn period(code: &str) -> Period {
    Period::parse(code).unwrap()
}

fn codes(periods: Option<Vec<Period>>) -> Option<Vec<String>> {
    periods.map(|periods| periods.iter().map(ToString::to_string).collect())
}

/// The cases of a kind in the table of numbers and dates: id, input, expected.
fn cases(kind: &'static str) -> impl Iterator<Item = (String, Vec<(String, String)>, String)> {
    let table = include_str!("../../../../tests/vectors/number_date_cases.csv");
    csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .map(Result::unwrap)
        .filter(move |row| &row[1] == kind)
        .map(|row| {
            let pairs = row[2].split("; ").map(|pair| {
                let (key, value) = pair.split_once('=').unwrap();
                (key.to_owned(), value.to_owned())
            });
            (row[0].to_owned(), pairs.collect(), row[3].to_owned())
        })
}

fn value<'a>(input: &'a [(String, String)], key: &str) -> Option<&'a str> {
    input.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

/// A period in DHIS2's notation.
fn in_dhis2(period: Period) -> String {
    match period {
        Period::Day(day) => day.to_string().replace('-', ""),
        Period::Week(year, week) => format!("{year}W{week}"),
        Period::Month(year, month) => format!("{year}{month:02}"),
        Period::Quarter(year, quarter) => format!("{year}Q{quarter}"),
        Period::HalfYear(year, half) => format!("{year}S{half}"),
        other => other.to_string(),
    }
}

#[test]
fn every_day_lies_in_the_periods_of_the_table() {
    let table = include_str!("../../../../tests/vectors/period_cases.csv");
    let mut count = 0;
    for row in csv::Reader::from_reader(table.as_bytes()).into_records().map(Result::unwrap) {
        let day: Date = row[0].parse().unwrap();
        for (frequency, expected) in Frequency::ALL.into_iter().zip(row.iter().skip(1)) {
            let period = Calendar::Civil.period_on(day, frequency);
            assert_eq!(in_dhis2(period), expected, "{day} {frequency:?}");
            assert_eq!(Period::Day(day).enclosing(frequency), Some(period));
            assert_eq!(period.frequency(), Some(frequency));
        }
        count += 1;
    }
    assert_eq!(count, 600);
}

#[test]
fn report_periods_cover_the_days_of_the_table() {
    let mut count = 0;
    for (id, input, expected) in cases("report_period") {
        let calendar = Calendar::from_code(value(&input, "calendar").unwrap()).unwrap();
        let (first, last) = calendar.days(period(value(&input, "period").unwrap()));
        assert_eq!(format!("{first}/{last}"), expected, "{id}");
        count += 1;
    }
    assert_eq!(count, 13);
}

#[test]
fn deadlines_are_those_of_the_table() {
    let mut count = 0;
    for kind in ["earliest_deadline", "move_deadline"] {
        for (id, input, expected) in cases(kind) {
            let listed = value(&input, "holidays").unwrap_or_default();
            let holidays: BTreeSet<Date> =
                listed.split(',').filter_map(|day| day.parse().ok()).collect();
            let day = |key| value(&input, key).and_then(|day| day.parse().ok());
            let deadline = match day("cutoff") {
                Some(cut_off) => earliest_deadline(cut_off, &holidays),
                None => move_to_working_day(day("date").unwrap(), &holidays),
            };
            assert_eq!(deadline.to_string(), expected, "{id}");
            count += 1;
        }
    }
    assert_eq!(count, 8);
}

#[test]
fn a_deadline_on_a_holiday_moves_past_it_and_the_weekend() {
    let holidays = BTreeSet::from([date(2027, 4, 30), date(2027, 5, 3)]);
    assert_eq!(move_to_working_day(date(2027, 4, 30), &holidays), date(2027, 5, 4));
}

#[test]
fn a_code_reads_back_as_itself() {
    for code in [
        "2026-11-23",
        "2026-W47",
        "2026-11",
        "2026-Q4",
        "2026-H1",
        "2026-9M",
        "2026",
        "2021..2025",
        "2022-01..2023-06",
        "2022-Q1..2023-Q2",
        "2022-01-15..2022-02-14",
        "2022..2023-06",
        "2022-03-01..2023",
        "2026-W53",
        "0001",
        "9999-12-31",
    ] {
        assert_eq!(period(code).to_string(), code);
        assert_eq!(code.parse(), Ok(period(code)));
    }
}

#[test]
fn what_is_no_period_is_refused_with_its_reason() {
    let unknown = |text: &str| PeriodError::UnknownForm { text: text.to_owned() };
    let bad_end = |text: &str| PeriodError::UnknownSpanEnd { text: text.to_owned() };
    for (code, expected) in [
        ("", unknown("")),
        ("năm 2026", unknown("năm 2026")),
        ("26", unknown("26")),
        ("2026-", unknown("2026-")),
        ("2026-1", unknown("2026-1")),
        ("2026-Q", unknown("2026-Q")),
        ("2026-q1", unknown("2026-q1")),
        ("2026-W7", unknown("2026-W7")),
        ("2026-8M", unknown("2026-8M")),
        ("2026-11-3", unknown("2026-11-3")),
        ("2026-11-23T00", unknown("2026-11-23T00")),
        ("+202-11", unknown("+202-11")),
        ("2026-+1", unknown("2026-+1")),
        (" 2026", unknown(" 2026")),
        ("２０２６", unknown("２０２６")),
        ("2026..", unknown("")),
        ("2021..2023..2025", unknown("2023..2025")),
        ("0000", PeriodError::NoSuchYear),
        ("2026-13", PeriodError::NoSuchMonth { month: 13 }),
        ("2026-00", PeriodError::NoSuchMonth { month: 0 }),
        ("2026-Q5", PeriodError::NoSuchQuarter { quarter: 5 }),
        ("2026-H3", PeriodError::NoSuchHalfYear { half: 3 }),
        ("2025-W53", PeriodError::NoSuchWeek { year: 2025, week: 53, weeks: 52 }),
        ("2026-W54", PeriodError::NoSuchWeek { year: 2026, week: 54, weeks: 53 }),
        ("2026-W00", PeriodError::NoSuchWeek { year: 2026, week: 0, weeks: 53 }),
        ("2026-02-31", PeriodError::NoSuchDay { year: 2026, month: 2, day: 31 }),
        ("2027-02-29", PeriodError::NoSuchDay { year: 2027, month: 2, day: 29 }),
        ("2021..2026-H1", bad_end("2026-H1")),
        ("2026-W01..2026-W02", bad_end("2026-W01")),
        (
            "2023..2021",
            PeriodError::SpanBackwards { first: date(2023, 1, 1), last: date(2021, 12, 31) },
        ),
    ] {
        assert_eq!(Period::parse(code), Err(expected), "{code}");
    }
}

#[test]
fn a_calendar_has_a_code() {
    for code in ["civil", "cutoff-14", "cutoff-1", "cutoff-28"] {
        assert_eq!(Calendar::from_code(code).unwrap().code(), code);
    }
    for code in
        ["", "Civil", "cutoff", "cutoff-0", "cutoff-29", "cutoff-014", "cutoff-+5", "cutoff--5"]
    {
        assert_eq!(Calendar::from_code(code), None, "{code}");
    }
}

#[test]
fn days_fall_into_the_months_of_the_cut_off() {
    for (day, frequency, expected) in [
        (date(2026, 6, 14), Frequency::Monthly, "2026-06"),
        (date(2026, 6, 15), Frequency::Monthly, "2026-07"),
        (date(2026, 6, 15), Frequency::HalfYearly, "2026-H2"),
        (date(2025, 12, 15), Frequency::Yearly, "2026"),
        (date(2025, 12, 15), Frequency::Daily, "2025-12-15"),
        (date(2025, 12, 31), Frequency::Weekly, "2026-W01"),
    ] {
        assert_eq!(DECREE_09.period_on(day, frequency).to_string(), expected);
    }
}

#[test]
fn spans_cover_days_by_the_calendar_of_their_ends() {
    for (code, civil, decree) in [
        ("2021..2025", "2021-01-01/2025-12-31", "2020-12-15/2025-12-14"),
        ("2022-01..2023-06", "2022-01-01/2023-06-30", "2021-12-15/2023-06-14"),
        ("2022-03-05..2022-Q2", "2022-03-05/2022-06-30", "2022-03-05/2022-06-14"),
        ("2026-9M", "2026-01-01/2026-09-30", "2025-12-15/2026-09-14"),
        ("2026-W01", "2025-12-29/2026-01-04", "2025-12-29/2026-01-04"),
        ("2024-02", "2024-02-01/2024-02-29", "2024-01-15/2024-02-14"),
    ] {
        for (calendar, expected) in [(Calendar::Civil, civil), (DECREE_09, decree)] {
            let (first, last) = calendar.days(period(code));
            assert_eq!(format!("{first}/{last}"), expected, "{code} {calendar:?}");
        }
    }
}

#[test]
fn a_period_is_made_of_its_parts() {
    use Frequency::{Daily, HalfYearly, Monthly, Quarterly, Weekly, Yearly};
    for (code, frequency, expected) in [
        ("2026", HalfYearly, Some("2026-H1 2026-H2")),
        ("2026-H2", Quarterly, Some("2026-Q3 2026-Q4")),
        ("2026-H1", Monthly, Some("2026-01 2026-02 2026-03 2026-04 2026-05 2026-06")),
        ("2026-9M", Quarterly, Some("2026-Q1 2026-Q2 2026-Q3")),
        ("2026-9M", HalfYearly, None),
        ("2026-Q4", Monthly, Some("2026-10 2026-11 2026-12")),
        ("2021..2023", Yearly, Some("2021 2022 2023")),
        ("2022-01..2023-12", Yearly, Some("2022 2023")),
        ("2022-11..2023-02", Monthly, Some("2022-11 2022-12 2023-01 2023-02")),
        ("2022-11..2023-02", Quarterly, None),
        ("2022-Q4..2023-Q1", Quarterly, Some("2022-Q4 2023-Q1")),
        ("2022-Q4..2023-Q1", Yearly, None),
        ("2022-Q4..2023-Q1", HalfYearly, None),
        ("2022-03-01..2022-04-30", Monthly, Some("2022-03 2022-04")),
        ("2022-03-01..2022-04-29", Monthly, None),
        ("2022-03-28..2022-04-10", Weekly, Some("2022-W13 2022-W14")),
        ("2022-03-28..2022-04-09", Weekly, None),
        ("2026-11", Monthly, Some("2026-11")),
        ("2026-W47", Weekly, Some("2026-W47")),
        ("2026-11-23", Daily, Some("2026-11-23")),
        ("2026-11-23", Monthly, None),
        ("2026-11", Quarterly, None),
        ("2026-W47", Monthly, None),
        ("2026", Weekly, None),
        // Exactly four ISO weeks, and still no report is built on it.
        ("2027-02", Weekly, None),
        (
            "2026-W47",
            Daily,
            Some("2026-11-16 2026-11-17 2026-11-18 2026-11-19 2026-11-20 2026-11-21 2026-11-22"),
        ),
    ] {
        let expected = expected.map(|parts| parts.split(' ').map(str::to_owned).collect());
        assert_eq!(codes(period(code).parts(frequency)), expected, "{code} {frequency:?}");
    }
    assert_eq!(period("2026").parts(Monthly).map(|parts| parts.len()), Some(12));
}

#[test]
fn days_and_months_agree_with_the_calendar() {
    let days = DECREE_09.parts(period("2026-07"), Frequency::Daily).unwrap();
    assert_eq!(days.first().map(ToString::to_string).as_deref(), Some("2026-06-15"));
    assert_eq!((days.len(), days.last().copied()), (30, Some(Period::Day(date(2026, 7, 14)))));
    let span = period("2026-05-15..2026-07-14");
    assert_eq!(
        codes(DECREE_09.parts(span, Frequency::Monthly)),
        Some(vec!["2026-06".into(), "2026-07".into()])
    );
    assert_eq!(span.parts(Frequency::Monthly), None);
}

#[test]
fn a_period_has_neighbours_in_time() {
    for (code, previous, year_before) in [
        ("2026-01-01", Some("2025-12-31"), Some("2025-01-01")),
        ("2024-02-29", Some("2024-02-28"), None),
        ("2026-W01", Some("2025-W52"), Some("2025-W01")),
        ("2026-W53", Some("2026-W52"), None),
        ("2027-W01", Some("2026-W53"), Some("2026-W01")),
        ("2026-01", Some("2025-12"), Some("2025-01")),
        ("2026-Q1", Some("2025-Q4"), Some("2025-Q1")),
        ("2026-H2", Some("2026-H1"), Some("2025-H2")),
        ("2026-H1", Some("2025-H2"), Some("2025-H1")),
        ("2026-9M", Some("2025-9M"), Some("2025-9M")),
        ("2026", Some("2025"), Some("2025")),
        ("2021..2025", Some("2016..2020"), Some("2020..2024")),
        ("2022-01..2023-06", Some("2020-07..2021-12"), Some("2021-01..2022-06")),
        ("2022-Q1..2023-Q2", Some("2020-Q3..2021-Q4"), Some("2021-Q1..2022-Q2")),
        ("2022..2023-06", Some("2020-07..2021-12"), Some("2021..2022-06")),
        ("2024-02-01..2024-02-29", Some("2024-01-03..2024-01-31"), Some("2023-02-01..2023-02-28")),
        ("0001", None, None),
        ("0001-01", None, None),
        ("0001-01-01", None, None),
        ("0001-W01", None, None),
    ] {
        let printed = |period: Option<Period>| period.map(|period| period.to_string());
        assert_eq!(printed(period(code).previous()).as_deref(), previous, "before {code}");
        assert_eq!(
            printed(period(code).year_before()).as_deref(),
            year_before,
            "{code} a year before"
        );
    }
}

#[test]
fn a_period_lies_in_longer_ones() {
    for (code, frequency, expected) in [
        ("2026-11", Frequency::Quarterly, Some("2026-Q4")),
        ("2026-Q1", Frequency::HalfYearly, Some("2026-H1")),
        ("2026-9M", Frequency::Yearly, Some("2026")),
        ("2026-9M", Frequency::HalfYearly, None),
        ("2026-W47", Frequency::Monthly, Some("2026-11")),
        ("2026-W49", Frequency::Monthly, None),
        ("2026-W01", Frequency::Yearly, None),
        ("2021..2025", Frequency::Yearly, None),
        ("2026", Frequency::Monthly, None),
    ] {
        let found = period(code).enclosing(frequency).map(|period| period.to_string());
        assert_eq!(found.as_deref(), expected, "{code} {frequency:?}");
    }
    for (code, year) in [
        ("2026-H2", Some(2026)),
        ("2026-W01", None),
        ("2026-W02", Some(2026)),
        ("2021..2025", None),
    ] {
        assert_eq!(period(code).year(), year, "{code}");
    }
}

#[test]
fn containing_goes_by_days() {
    for (whole, part, expected) in [
        ("2026", "2026-12-31", true),
        ("2026", "2026", true),
        ("2026", "2026-W01", false),
        ("2026-H1", "2026-Q2", true),
        ("2026-H1", "2026-Q3", false),
        ("2021..2025", "2023-9M", true),
        ("2026-Q2", "2026", false),
    ] {
        assert_eq!(period(whole).contains(period(part)), expected, "{whole} ⊇ {part}");
    }
}

#[test]
fn the_share_of_time_passed_counts_months_where_it_can() {
    for (part, whole, calendar, expected) in [
        ("2023-H1", "2023", Calendar::Civil, (1, 2)),
        ("2023-06", "2023", DECREE_09, (1, 2)),
        ("2022-9M", "2022", Calendar::Civil, (3, 4)),
        ("2023", "2021..2025", Calendar::Civil, (3, 5)),
        ("2022-Q4", "2023", Calendar::Civil, (0, 1)),
        ("2024", "2023", Calendar::Civil, (1, 1)),
        ("2023-07-02", "2023", Calendar::Civil, (183, 365)),
        ("2022-12-15", "2023", DECREE_09, (1, 365)),
        ("2023-W02", "2023-01", Calendar::Civil, (15, 31)),
    ] {
        let share = share_passed(period(part), period(whole), &calendar);
        assert_eq!(share, Fraction::new(expected.0, expected.1).unwrap(), "{part} of {whole}");
    }
}

#[test]
fn periods_stand_in_order_of_their_days_then_length() {
    let sorted = [
        "2021..2025",
        "2025-W52",
        "2026-W01",
        "2026-01-01",
        "2026-01",
        "2026-Q1",
        "2026-H1",
        "2026-9M",
        "2026",
        "2026-01..2026-12",
        "2026-02",
        "2026-Q2",
    ];
    let mut periods: Vec<Period> = sorted.iter().rev().map(|code| period(code)).collect();
    periods.sort();
    assert_eq!(codes(Some(periods)).unwrap(), sorted);
}

#[test]
fn periods_that_cannot_be_make_nothing_fail_badly() {
    assert_eq!(
        Calendar::Civil.days(Period::Month(2026, 13)),
        Calendar::Civil.days(period("2027-01"))
    );
    for period in [
        Period::Quarter(2026, -1),
        Period::HalfYear(i16::MAX, i8::MAX),
        Period::Week(i16::MIN, i8::MIN),
        Period::Year(i16::MIN),
    ] {
        for calendar in [Calendar::Civil, DECREE_09, Calendar::CutOff { last_day: 99 }] {
            let parts = Frequency::ALL.map(|frequency| calendar.parts(period, frequency));
            std::hint::black_box((calendar.days(period), parts));
        }
        std::hint::black_box((period.previous(), period.year_before(), period.to_string()));
    }
}
