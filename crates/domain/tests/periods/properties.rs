//! Random periods: codes, neighbours, parts and order hold for all of them.

use std::collections::BTreeSet;

use domain::period::{Calendar, Frequency, Period, earliest_deadline, move_to_working_day};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn days() -> impl Strategy<Value = Date> {
    (0_i64..40_000).prop_map(|days| date(1950, 1, 1) + days.days())
}

fn frequencies() -> impl Strategy<Value = Frequency> {
    proptest::sample::select(Frequency::ALL.to_vec())
}

fn periods() -> impl Strategy<Value = Period> {
    let regular = (days(), frequencies())
        .prop_map(|(day, frequency)| Calendar::Civil.period_on(day, frequency));
    let ends = ["", "-03", "-Q2", "-05-17"];
    let spans = (1950_i16..2050, 0_i16..9, 0..ends.len(), 0..ends.len()).prop_filter_map(
        "a span runs forwards",
        move |(year, years, first, last)| {
            Period::parse(&format!("{year}{}..{}{}", ends[first], year + years, ends[last])).ok()
        },
    );
    prop_oneof![4 => regular, 1 => (1950_i16..2050).prop_map(Period::NineMonths), 2 => spans]
}

fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![
        Just(Calendar::Civil),
        (1_i8..=28).prop_map(|last_day| Calendar::CutOff { last_day })
    ]
}

proptest! {
    #[test]
    fn the_code_of_a_period_reads_back(period in periods()) {
        prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
    }

    #[test]
    fn no_text_makes_the_reader_fail_badly(text in "[-0-9WQHM.]{0,22}") {
        if let Ok(period) = Period::parse(&text) {
            prop_assert_eq!(period.to_string(), text);
        }
    }

    #[test]
    fn the_period_on_a_day_holds_it(day in days(), frequency in frequencies(), calendar in calendars()) {
        let (first, last) = calendar.days(calendar.period_on(day, frequency));
        prop_assert!(first <= day && day <= last);
    }

    #[test]
    fn periods_follow_one_another_without_a_gap(day in days(), frequency in frequencies(), calendar in calendars()) {
        let period = calendar.period_on(day, frequency);
        let previous = period.previous().unwrap();
        prop_assert_eq!(calendar.days(previous).1.tomorrow().unwrap(), calendar.days(period).0);
        prop_assert_eq!(previous.frequency(), Some(frequency));
        prop_assert!(previous < period);
    }

    #[test]
    fn parts_cover_the_whole_without_gap_or_overlap(
        period in periods(), frequency in frequencies(), calendar in calendars(),
    ) {
        if let Some(parts) = calendar.parts(period, frequency) {
            let (first, last) = calendar.days(period);
            let mut next = first;
            for part in parts {
                prop_assert_eq!(part.frequency(), Some(frequency));
                let (part_first, part_last) = calendar.days(part);
                prop_assert_eq!(part_first, next);
                next = part_last.tomorrow().unwrap();
            }
            prop_assert_eq!(next, last.tomorrow().unwrap());
        }
    }

    #[test]
    fn order_agrees_with_equality_and_days(one in periods(), other in periods()) {
        prop_assert_eq!(one.cmp(&other).is_eq(), one == other);
        prop_assert_eq!(one.cmp(&other), other.cmp(&one).reverse());
        let (days, other_days) = (Calendar::Civil.days(one), Calendar::Civil.days(other));
        if days != other_days {
            prop_assert_eq!(one < other, days < other_days);
        }
    }

    #[test]
    fn a_deadline_is_a_working_day_after_another(day in days()) {
        let deadline = earliest_deadline(day, &BTreeSet::new());
        prop_assert_eq!(move_to_working_day(deadline, &BTreeSet::new()), deadline);
        let eve = deadline.yesterday().unwrap();
        prop_assert!(day < eve);
        let waited = deadline.since(day).unwrap().get_days();
        prop_assert!((2..=4).contains(&waited));
    }
}
