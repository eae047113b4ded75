//! Random reorganisations: nothing is lost, and a journey in steps ends where a direct one does.

use std::collections::BTreeMap;

use domain::unit::{Carries, Heirs, UnitId, Units, Version};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Succession, Validity, WHOLE, line, part, version};

/// What happens to some of the units on one day.
#[derive(Debug, Clone)]
enum Event {
    /// The units at these places merge into a new one.
    Merge(Vec<usize>),
    /// The unit at this place is split into new ones, with these weights.
    Split(usize, Vec<u32>),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        proptest::collection::vec(0_usize..50, 1..4).prop_map(Event::Merge),
        (0_usize..50, proptest::collection::vec(0_u32..1_000, 2..4))
            .prop_map(|(place, weights)| Event::Split(place, weights)),
    ];
    proptest::collection::vec(event, 1..8)
}

fn event_day(index: usize) -> Date {
    date(2020, 1, 1) + i64::try_from(index * 100).unwrap().days()
}

/// Shares that make one whole.
fn shares(weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|weight| u64::from(*weight)).sum::<u64>().max(1);
    let mut shares: Vec<u32> = weights
        .iter()
        .map(|weight| u32::try_from(u64::from(*weight) * u64::from(WHOLE) / sum).unwrap())
        .collect();
    let given: u32 = shares.iter().sum();
    shares[0] += WHOLE - given;
    shares
}

/// Ten units, and one event every hundred days; everything is decided.
fn history(events: &[Event]) -> (Vec<Version>, Vec<Succession>) {
    let mut versions: Vec<Version> =
        (1..=10).map(|id| version(id, &id.to_string(), "", "")).collect();
    let mut living: Vec<i64> = (1..=10).collect();
    let mut lines = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let day = event_day(index);
        let day_text = day.to_string();
        let begin = |versions: &mut Vec<Version>, living: &mut Vec<i64>| {
            let id = i64::try_from(versions.len()).unwrap() + 1;
            versions.push(version(id, &id.to_string(), &day_text, ""));
            living.push(id);
            id
        };
        let end = |versions: &mut Vec<Version>, living: &mut Vec<i64>, place: usize| {
            let id = living.remove(place % living.len());
            let version = versions.iter_mut().find(|version| version.unit == UnitId(id)).unwrap();
            version.validity = Validity { from: version.validity.from, to: day.yesterday().ok() };
            id
        };
        match event {
            Event::Merge(places) => {
                let places = &places[..places.len().min(living.len())];
                let old: Vec<i64> =
                    places.iter().map(|place| end(&mut versions, &mut living, *place)).collect();
                let new = begin(&mut versions, &mut living);
                lines.extend(old.iter().map(|old| line(&day_text, *old, new, Carries::Whole)));
            }
            Event::Split(place, weights) => {
                let old = end(&mut versions, &mut living, *place);
                for share in shares(weights) {
                    let new = begin(&mut versions, &mut living);
                    lines.push(line(&day_text, old, new, part(share)));
                }
            }
        }
    }
    (versions, lines)
}

/// The shares of the heirs; none at all when the unit is not carried over.
fn carried(units: &Units, unit: UnitId, from: Date, to: Date) -> Vec<(UnitId, u32)> {
    match units.heirs(unit, None, from, to) {
        Heirs::Carried(shares) => shares,
        Heirs::Broken { .. } | Heirs::Gone => Vec::new(),
    }
}

/// Every line applied to every share, day by day.
fn naive(lines: &[Succession], start: UnitId) -> BTreeMap<UnitId, f64> {
    let mut shares = BTreeMap::from([(start, 1.0)]);
    for line in lines {
        let (from, to) = (line.from.unwrap(), line.to.unwrap());
        let share = match line.carries {
            Carries::Whole => 1.0,
            Carries::Part { millionths } => f64::from(millionths) / f64::from(WHOLE),
            Carries::UndecidedPart => 0.0,
        };
        // Old units never receive again, so they can keep their share until the end.
        if let Some(held) = shares.get(&from).copied() {
            *shares.entry(to).or_insert(0.0) += held * share;
        }
    }
    let left: Vec<UnitId> = lines.iter().filter_map(|line| line.from).collect();
    shares.retain(|unit, _| !left.contains(unit));
    shares
}

proptest! {
    #[test]
    fn heirs_preserve_the_whole(events in events()) {
        let (versions, lines) = history(&events);
        let units = Units::new(versions, lines.clone(), Vec::new()).unwrap();
        let (start, end) = (date(2019, 1, 1), event_day(events.len()));
        for unit in (1..=10).map(UnitId) {
            let shares = carried(&units, unit, start, end);
            let sum: u32 = shares.iter().map(|(_, share)| share).sum();
            prop_assert_eq!(sum, WHOLE);
            let expected = naive(&lines, unit);
            for (heir, share) in &shares {
                prop_assert!(units.version_on(*heir, end).is_some());
                let off = f64::from(*share) - expected[heir] * f64::from(WHOLE);
                // Each step of the way may round by less than one millionth.
                prop_assert!(off.abs() <= 2.0 * (f64::from(u32::try_from(events.len()).unwrap()) + 1.0));
            }
        }
    }

    #[test]
    fn whole_units_arrive_at_the_same_heir_in_steps(events in events(), stop in 0_usize..8) {
        let merges: Vec<Event> =
            events.into_iter().filter(|event| matches!(event, Event::Merge(_))).collect();
        let (versions, lines) = history(&merges);
        let units = Units::new(versions, lines, Vec::new()).unwrap();
        let (start, between, end) = (date(2019, 1, 1), event_day(stop.min(merges.len())), event_day(merges.len()));
        for unit in (1..=10).map(UnitId) {
            let direct = carried(&units, unit, start, end);
            let halfway = carried(&units, unit, start, between);
            prop_assert_eq!(carried(&units, halfway[0].0, between, end), direct.clone());
            prop_assert_eq!(direct.len(), 1);
        }
    }

    #[test]
    fn a_split_goes_back_to_where_it_came_from(events in events()) {
        let splits: Vec<Event> =
            events.into_iter().filter(|event| matches!(event, Event::Split(..))).collect();
        let (versions, lines) = history(&splits);
        let units = Units::new(versions, lines.clone(), Vec::new()).unwrap();
        let (start, end) = (date(2019, 1, 1), event_day(splits.len()));
        for (heir, _) in units.tree_on(end) {
            let back = carried(&units, heir, end, start);
            prop_assert_eq!(back.len(), 1);
            prop_assert!(naive(&lines, back[0].0).contains_key(&heir));
        }
    }
}
