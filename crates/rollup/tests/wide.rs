//! Trees and columns larger than a block: sums, counts and all levels equal plain loops.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::item::Aggregate;
use domain::number::Qualifier;
use domain::unit::UnitId;
use proptest::prelude::*;
use rollup::{
    Bitmap, Carried, Column, Exact, Figure, Group, Moment, Placement, Question, TreeOrder,
    all_levels, sum, totals,
};

const UNITS: u32 = 5_000;

/// The root 0, then every unit under one up to `reach` before it.
fn tree(seed: u32, reach: u32) -> Arc<TreeOrder> {
    let listed: Vec<(UnitId, Option<UnitId>)> = (0..UNITS)
        .map(|unit| {
            let parent = (unit > 0).then(|| unit - 1 - mixed(seed, unit) % reach.min(unit));
            (UnitId(unit.into()), parent.map(|parent| UnitId(parent.into())))
        })
        .collect();
    Arc::new(TreeOrder::new(&listed).unwrap())
}

fn mixed(seed: u32, number: u32) -> u32 {
    let mixed = (u64::from(seed) + 1) * 48_271 + u64::from(number) * 69_621;
    u32::try_from(mixed * 16_807 % 2_147_483_647 / 7).unwrap()
}

/// Figures for about `percent` of the units, up to `largest` in magnitude.
fn column(seed: u32, percent: u32, largest: i64) -> Column {
    let has = |at: &u32| mixed(seed, at + 1) % 100 < percent;
    Column::from_entries((0..UNITS).filter(has).map(|at| {
        let value = largest - i64::from(mixed(seed + 5, at)) % 1_000;
        let value = if at % 3 == 0 { -value } else { value };
        let qualifier = if at % 97 == 5 { Qualifier::AtLeast } else { Qualifier::Exact };
        (at, Figure { value, qualifier })
    }))
}

fn bitmap(seed: u32) -> Bitmap {
    (0..UNITS).filter(|at| mixed(seed, at + 9) % 10 < 7).collect()
}

struct Parts {
    columns: Vec<Column>,
    partners: Vec<Column>,
    expected: Vec<Bitmap>,
}

/// What a group of positions has, position by position.
fn plain(
    parts: &Parts,
    positions: &BTreeSet<u32>,
) -> (Option<Exact>, Qualifier, u64, u64, u32, u32) {
    let (mut value, mut qualifier, mut reported, mut owed) = (0, Qualifier::Exact, 0, 0);
    let (mut any, mut missing) = (0, 0);
    for at in positions {
        let (mut has_any, mut misses) = (false, false);
        for (moment, column) in parts.columns.iter().enumerate() {
            let paired = parts.partners.get(moment).is_none_or(|it| it.get(*at).is_some());
            let figure = column.get(*at).filter(|_| paired);
            let owes = parts.expected.get(moment).is_some_and(|it| it.contains(*at));
            owed += u64::from(owes);
            misses |= owes && figure.is_none();
            if let Some(figure) = figure {
                has_any = true;
                reported += 1;
                value += i128::from(figure.value);
                qualifier = qualifier.plus(figure.qualifier);
            }
        }
        any += u32::from(has_any);
        missing += u32::from(misses);
    }
    let value = (reported > 0).then_some(Exact { numerator: value, denominator: 1 });
    (value, qualifier, reported, owed, any, missing)
}

fn moments<'a>(
    parts: &'a Parts,
    order: &'a TreeOrder,
    placement: Option<&'a Placement>,
) -> Vec<Moment<'a>> {
    let moment = |(at, column): (usize, &'a Column)| Moment {
        order,
        column: Some(column),
        partners: parts.partners.get(at).map(Some).into_iter().collect(),
        expected: parts.expected.get(at),
        placement,
    };
    parts.columns.iter().enumerate().map(moment).collect()
}

fn check(parts: &Parts, moments: &[Moment<'_>], groups: &[(Group, BTreeSet<u32>)]) {
    let asked: Vec<Group> = groups.iter().map(|(group, _)| *group).collect();
    let (over_units, over_time) = (Aggregate::Sum, Aggregate::Sum);
    let answers = totals(&Question { moments, over_units, over_time, groups: &asked }).unwrap();
    for ((group, positions), total) in groups.iter().zip(answers) {
        let answer = (
            total.value,
            total.qualifier,
            total.reported,
            total.expected,
            total.units_reported,
            total.units_missing,
        );
        assert_eq!(answer, plain(parts, positions), "{group:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_over_blocks_equal_plain_loops(
        seed in 0_u32..1_000_000,
        reach in prop_oneof![Just(1_u32), 2_u32..40, Just(UNITS)],
        percents in prop::collection::vec(prop_oneof![Just(100_u32), Just(0), Just(3), 0_u32..100], 1..12),
        largest in prop_oneof![
            Just(400_i64), Just(i64::from(i32::MAX)), Just(1 << 40), Just(i64::MAX)
        ],
        with_partners in any::<bool>(),
        asked in prop::collection::vec(0_u32..UNITS, 0..40),
    ) {
        let order = tree(seed, reach);
        let columns: Vec<Column> =
            (seed..).zip(&percents).map(|(seed, percent)| column(seed, *percent, largest)).collect();
        let partners = if with_partners {
            (seed..).skip(50).zip(&percents).map(|(seed, _)| column(seed, 80, 1)).collect()
        } else {
            vec![]
        };
        let expected = (seed..).zip(&percents).map(|(seed, _)| bitmap(seed)).collect();
        let parts = Parts { columns, partners, expected };

        let unit_at = |position: u32| order.units()[position as usize];
        let groups: Vec<_> = asked
            .iter()
            .map(|at| (Group::Subtree(unit_at(*at)), order.subtree(*at).collect()))
            .collect();
        check(&parts, &moments(&parts, &order, None), &groups);

        // The same units under another tree; every seventh ends in its neighbour.
        let target = tree(seed + 1, reach);
        let heir = |unit: UnitId| if unit.0 % 7 == 6 { UnitId(unit.0 - 1) } else { unit };
        let placement = Placement::new(&order, &target, |unit| Carried::To(heir(unit))).unwrap();
        let groups: Vec<_> = asked
            .iter()
            .map(|at| {
                let range = target.subtree(*at);
                let inside = |position: &u32| {
                    range.contains(&target.position(heir(unit_at(*position))).unwrap())
                };
                let unit = target.units()[*at as usize];
                (Group::Subtree(unit), (0..UNITS).filter(inside).collect())
            })
            .collect();
        check(&parts, &moments(&parts, &order, Some(&placement)), &groups);
    }

    #[test]
    fn all_levels_equal_plain_loops(
        seed in 0_u32..1_000_000,
        reach in prop_oneof![Just(1_u32), 2_u32..40, Just(UNITS)],
        percent in prop_oneof![Just(100_u32), Just(0), Just(3), 0_u32..100],
        largest in prop_oneof![Just(400_i64), Just(1 << 40), Just(i64::MAX)],
        other_largest in prop_oneof![Just(400_i64), Just(i64::MAX)],
    ) {
        let order = tree(seed, reach);
        let (one, other) = (column(seed, percent, largest), column(seed + 1, 90, other_largest));
        let mut totals = all_levels(&order, &other);
        totals.refill(&one);
        let parts = Parts { columns: vec![one.clone()], partners: vec![], expected: vec![] };
        for position in (0..UNITS).filter(|position| position % 61 == 0) {
            let (value, qualifier, reported, ..) = plain(&parts, &order.subtree(position).collect());
            for total in [totals.at(position), sum(&one, order.subtree(position))] {
                prop_assert_eq!(total.value, value.map(|value| value.numerator));
                prop_assert_eq!(total.qualifier, qualifier);
                prop_assert_eq!(u64::from(total.reported), reported);
            }
        }
        totals.each_inner(|position, total| assert_eq!(total, totals.at(position)));
    }
}
