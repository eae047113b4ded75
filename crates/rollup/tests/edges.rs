//! The corners: nothing there, one unit, figures at the limits, stocks of units that move.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::sync::Arc;

use domain::item::Aggregate;
use domain::number::Qualifier;
use domain::unit::UnitId;
use rollup::{
    Bitmap, Carried, Column, Exact, Figure, Group, Moment, Placement, Question, RollupError, Total,
    TreeOrder, all_levels, totals,
};

fn tree(listed: &[(i64, Option<i64>)]) -> Arc<TreeOrder> {
    let listed: Vec<_> =
        listed.iter().map(|(unit, parent)| (UnitId(*unit), parent.map(UnitId))).collect();
    Arc::new(TreeOrder::new(&listed).unwrap())
}

fn column(figures: &[(u32, i64)]) -> Column {
    Column::from_entries(figures.iter().map(|(at, value)| (*at, Figure::exact(*value))))
}

fn moment<'a>(order: &'a TreeOrder, column: Option<&'a Column>) -> Moment<'a> {
    Moment { order, column, partners: vec![], expected: None, placement: None }
}

fn ask(
    moments: &[Moment<'_>],
    over_units: Aggregate,
    over_time: Aggregate,
    group: Group,
) -> Result<Total, RollupError> {
    let question = Question { moments, over_units, over_time, groups: &[group] };
    Ok(totals(&question)?.remove(0))
}

fn whole(value: i128) -> Option<Exact> {
    Some(Exact { numerator: value, denominator: 1 })
}

#[test]
fn no_figure_is_no_value_and_never_zero() {
    let order = tree(&[(1, None), (2, Some(1))]);
    let empty = Column::default();
    let everybody = Bitmap::full(2);
    for over_units in Aggregate::ALL {
        for over_time in Aggregate::ALL {
            for column in [None, Some(&empty)] {
                let moment = Moment { expected: Some(&everybody), ..moment(&order, column) };
                for (group, expected) in [(1, 4), (2, 2), (9, 0)] {
                    let group = Group::Subtree(UnitId(group));
                    let total =
                        ask(&[moment.clone(), moment.clone()], over_units, over_time, group);
                    let total = total.unwrap();
                    assert_eq!(total.value, None, "{over_units:?} {over_time:?}");
                    assert_eq!((total.reported, total.expected), (0, expected));
                    assert_eq!(u64::from(total.units_missing), expected / 2);
                }
            }
        }
    }
    let none = ask(&[], Aggregate::Sum, Aggregate::Sum, Group::Subtree(UnitId(1))).unwrap();
    assert_eq!(none.value, None);
}

#[test]
fn a_single_figure_is_its_own_total_by_every_rule() {
    let order = tree(&[(7, None)]);
    let figure = Figure { value: -3, qualifier: Qualifier::AtLeast };
    let column = Column::from_entries([(0, figure)]);
    for over_units in Aggregate::ALL {
        for over_time in Aggregate::ALL {
            let group = Group::Subtree(UnitId(7));
            let total = ask(&[moment(&order, Some(&column))], over_units, over_time, group);
            let counts = over_units == Aggregate::Count || over_time == Aggregate::Count;
            let expected =
                if counts { (whole(1), Qualifier::Exact) } else { (whole(-3), Qualifier::AtLeast) };
            let total = total.unwrap();
            assert_eq!((total.value, total.qualifier), expected, "{over_units:?} {over_time:?}");
        }
    }
}

#[test]
fn sums_beyond_64_bits_are_exact() {
    let order = tree(&[(1, None), (2, Some(1)), (3, Some(1))]);
    let most = column(&[(0, i64::MAX), (1, i64::MAX), (2, 1)]);
    let least = column(&[(0, i64::MIN), (1, i64::MIN)]);
    let group = Group::Subtree(UnitId(1));
    let max = i128::from(i64::MAX);
    for (columns, expected) in [
        (vec![&most], 2 * max + 1),
        (vec![&most, &most], 4 * max + 2),
        (vec![&least], -2 * max - 2),
        (vec![&most, &least], -1),
    ] {
        let moments: Vec<_> = columns.iter().map(|column| moment(&order, Some(column))).collect();
        for over_time in [Aggregate::Sum, Aggregate::Mean] {
            let total = ask(&moments, Aggregate::Sum, over_time, group).unwrap();
            if over_time == Aggregate::Sum {
                assert_eq!(total.value, whole(expected));
            } else {
                assert!(total.value.is_some());
            }
        }
    }
    assert_eq!(all_levels(&order, &most).at(0).value, Some(2 * max + 1));
    assert_eq!(all_levels(&order, &least).at(0).value, Some(-2 * max - 2));
}

#[test]
fn a_year_of_days_is_counted_in_full() {
    let order = tree(&[(1, None), (2, Some(1))]);
    let figures = column(&[(0, 2), (1, 3)]);
    let everybody = Bitmap::full(2);
    let day = Moment { expected: Some(&everybody), ..moment(&order, Some(&figures)) };
    let mut days = vec![day; 366];
    days[7].column = None;
    for (over_time, expected) in [(Aggregate::Sum, 365 * 5), (Aggregate::Last, 5)] {
        let total = ask(&days, Aggregate::Sum, over_time, Group::Subtree(UnitId(1))).unwrap();
        assert_eq!(total.value, whole(expected));
        assert_eq!((total.reported, total.expected), (730, 732));
        assert_eq!((total.units_reported, total.units_missing), (2, 2));
    }
}

#[test]
fn a_mean_that_needs_too_many_digits_is_refused() {
    // Means over 1, 2, 3 … 101 periods have no common denominator of 128 bits.
    let units: Vec<(i64, Option<i64>)> =
        (0..=101).map(|unit| (unit, (unit > 0).then_some(0))).collect();
    let order = tree(&units);
    let columns: Vec<Column> = (0..101_u32)
        .map(|period| {
            let reporting: Vec<(u32, i64)> = (period + 1..=101).map(|at| (at, 1)).collect();
            Column::from_entries(
                reporting.iter().map(|(at, _)| (*at, Figure::exact(i64::from(period % 2)))),
            )
        })
        .collect();
    let moments: Vec<_> = columns.iter().map(|column| moment(&order, Some(column))).collect();
    let total = ask(&moments, Aggregate::Sum, Aggregate::Mean, Group::Subtree(UnitId(0)));
    assert_eq!(total, Err(RollupError::Overflow));
}

#[test]
fn figures_that_may_not_become_one_give_no_value() {
    let order = tree(&[(1, None), (2, Some(1)), (3, Some(1))]);
    let one = column(&[(1, 5)]);
    let two = column(&[(1, 5), (2, 5)]);
    for (columns, over_units, over_time, expected) in [
        (vec![&one], Aggregate::None, Aggregate::None, whole(5)),
        (vec![&two], Aggregate::None, Aggregate::Sum, None),
        (vec![&two], Aggregate::Sum, Aggregate::None, whole(10)),
        (vec![&one, &one], Aggregate::Sum, Aggregate::None, None),
        (vec![&one, &one], Aggregate::None, Aggregate::Last, whole(5)),
    ] {
        let moments: Vec<_> = columns.iter().map(|column| moment(&order, Some(column))).collect();
        let total = ask(&moments, over_units, over_time, Group::Subtree(UnitId(1))).unwrap();
        assert_eq!(total.value, expected, "{over_units:?} {over_time:?}");
        assert!(total.reported > 0);
    }
}

#[test]
fn a_stock_that_moves_is_counted_where_it_last_stood() {
    // Village 4 moves from commune 2 to commune 3; villages 5 and 6 merge into 7.
    let before =
        tree(&[(1, None), (2, Some(1)), (4, Some(2)), (3, Some(1)), (5, Some(3)), (6, Some(3))]);
    let after = tree(&[(1, None), (2, Some(1)), (3, Some(1)), (4, Some(3)), (7, Some(3))]);
    let spring = column(&[(2, 10), (4, 20), (5, 30)]);
    let autumn = column(&[(4, 49)]);
    let moments = [moment(&before, Some(&spring)), moment(&after, Some(&autumn))];
    for (over_time, unit, expected) in [
        (Aggregate::Last, 1, whole(59)),
        (Aggregate::Last, 2, None),
        (Aggregate::Last, 3, whole(59)),
        (Aggregate::First, 1, whole(60)),
        (Aggregate::First, 2, whole(10)),
        (Aggregate::First, 3, whole(50)),
        (Aggregate::Sum, 1, whole(109)),
        (Aggregate::Sum, 2, whole(10)),
        (Aggregate::Sum, 3, whole(99)),
    ] {
        let group = Group::Subtree(UnitId(unit));
        let total = ask(&moments, Aggregate::Sum, over_time, group).unwrap();
        assert_eq!(total.value, expected, "{over_time:?} of {unit}");
    }
}

#[test]
fn an_abolished_unit_is_restated_through_its_members() {
    // District 2 with communes 3 and 4 is abolished; the communes become 5 under 1, next to the
    // commune 7 that stood under another district.
    let before =
        tree(&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(2)), (6, Some(1)), (7, Some(6))]);
    let after = tree(&[(1, None), (5, Some(1)), (8, Some(1))]);
    let placement = Placement::new(&before, &after, |unit| match unit.0 {
        1 => Carried::To(unit),
        3 => Carried::To(UnitId(5)),
        4 => Carried::Broken(vec![UnitId(5), UnitId(8)]),
        7 => Carried::Split(vec![(UnitId(5), 250_000), (UnitId(8), 750_000)]),
        _ => Carried::Gone,
    })
    .unwrap();
    let figures = column(&[(2, 30), (3, 41), (5, 10)]);
    let moments = [Moment { placement: Some(&placement), ..moment(&before, Some(&figures)) }];
    let of = UnitId(2);
    for (group, value, reported, broken) in [
        // The district as a whole loses nothing, however commune 4 was split.
        (Group::Members { of, within: None }, whole(71), 2, vec![]),
        (Group::Members { of, within: Some(UnitId(5)) }, whole(30), 1, vec![UnitId(4)]),
        (Group::Members { of, within: Some(UnitId(8)) }, None, 0, vec![UnitId(4)]),
        (Group::Subtree(UnitId(5)), whole(33), 2, vec![UnitId(4)]),
        (Group::Subtree(UnitId(8)), whole(7), 1, vec![UnitId(4)]),
        (Group::Subtree(UnitId(1)), whole(81), 3, vec![]),
        (Group::Subtree(of), None, 0, vec![]),
    ] {
        let total = ask(&moments, Aggregate::Sum, Aggregate::Sum, group).unwrap();
        assert_eq!(
            (total.value, total.reported, total.broken),
            (value, reported, broken),
            "{group:?}"
        );
    }
}

#[test]
fn periods_placed_on_different_trees_are_refused() {
    let before = tree(&[(1, None), (2, Some(1))]);
    let one = tree(&[(1, None)]);
    let other = tree(&[(1, None), (3, Some(1))]);
    let to_root = |_| Carried::To(UnitId(1));
    let on_one = Placement::new(&before, &one, to_root).unwrap();
    let on_other = Placement::new(&before, &other, to_root).unwrap();
    let figures = column(&[(0, 1)]);
    let placed = |order, placement| Moment { placement, ..moment(order, Some(&figures)) };
    let cases = [
        [placed(&before, Some(&on_one)), placed(&before, Some(&on_other))],
        [placed(&before, Some(&on_one)), placed(&before, None)],
        [placed(&one, Some(&on_one)), placed(&before, Some(&on_one))],
    ];
    for moments in cases {
        let total = ask(&moments, Aggregate::Sum, Aggregate::Sum, Group::Subtree(UnitId(1)));
        assert_eq!(total, Err(RollupError::MixedTrees));
    }
    // A period whose own tree is the one asked for needs no placement.
    let moments = [placed(&before, Some(&on_one)), placed(&one, None)];
    let total = ask(&moments, Aggregate::Sum, Aggregate::Sum, Group::Subtree(UnitId(1)));
    assert_eq!(total.unwrap().value, whole(2));
}

#[test]
fn wide_families_behind_single_roots_are_added_up_to_the_last_place() {
    // 70 roots without units below, then one with 150, then one with two.
    let mut listed: Vec<(i64, Option<i64>)> = (1..=70).map(|unit| (unit, None)).collect();
    listed.push((1_000, None));
    listed.extend((0..150).map(|at| (2_000 + at, Some(1_000))));
    listed.extend([(3_000, None), (3_001, Some(3_000)), (3_002, Some(3_000))]);
    let order = tree(&listed);
    // Values of 16, 32 and 64 bits take different ways; so do columns that begin late.
    for (factor, from) in [(1, 0), (1, 128), (100_000, 0), (1 << 40, 70)] {
        let figures: Vec<(u32, i64)> =
            (from..order.len()).map(|at| (at, i64::from(at) * factor)).collect();
        let column = column(&figures);
        let totals = all_levels(&order, &column);
        for unit in [1_000, 3_000] {
            let range = order.subtree(order.position(UnitId(unit)).unwrap());
            let own = range.clone().filter(|at| *at >= from);
            let expected: i128 = own.clone().map(|at| i128::from(at) * i128::from(factor)).sum();
            let total = totals.at(range.start);
            assert_eq!(total.value, Some(expected), "{unit}, × {factor} from {from}");
            assert_eq!(total.reported as usize, own.count(), "{unit}, × {factor} from {from}");
        }
    }
}
