//! Tests of placements on small trees.
use super::*;

fn tree(listed: &[(i64, Option<i64>)]) -> Arc<TreeOrder> {
    let listed: Vec<_> =
        listed.iter().map(|(unit, parent)| (UnitId(*unit), parent.map(UnitId))).collect();
    Arc::new(TreeOrder::new(&listed).unwrap())
}

/// 1 over the communes 10, 20, 30; each over two villages.
fn before() -> Arc<TreeOrder> {
    let mut listed = vec![(1, None)];
    for commune in [10, 20, 30] {
        listed.push((commune, Some(1)));
        listed.extend([(commune + 1, Some(commune)), (commune + 2, Some(commune))]);
    }
    tree(&listed)
}

fn figure(value: i64, qualifier: Qualifier) -> Figure {
    Figure { value, qualifier }
}

fn pairs(sources: &Sources) -> Vec<(u32, u32)> {
    sources.ranges.iter().map(|range| (range.start, range.end)).collect()
}

#[test]
fn parts_sum_to_the_whole() {
    type Case<'a> = (i64, &'a [(u32, u32)], &'a [i64]);
    let cases: [Case<'_>; 7] = [
        (10, &[(0, 500_000), (1, 500_000)], &[5, 5]),
        (1, &[(0, 500_000), (1, 500_000)], &[1, 0]),
        (-7, &[(0, 333_333), (1, 333_333), (2, 333_334)], &[-2, -2, -3]),
        (100, &[(0, 333_333), (1, 666_667)], &[33, 67]),
        (10, &[(0, 250_000)], &[3]),
        (10, &[(0, 240_000)], &[2]),
        (i64::MIN, &[(0, 1), (1, 999_999)], &[-9_223_372_036_855, -9_223_362_813_482_738_953]),
    ];
    for (value, heirs, expected) in cases {
        assert_eq!(parts(value, heirs), expected, "{value} over {heirs:?}");
    }
}

#[test]
fn a_merged_subtree_is_a_few_runs() {
    let from = before();
    // 10 and 20 become 40; 30 stays. The villages move along, and 32 stands before 31.
    let to = tree(&[
        (1, None),
        (40, Some(1)),
        (11, Some(40)),
        (12, Some(40)),
        (21, Some(40)),
        (22, Some(40)),
        (30, Some(1)),
        (32, Some(30)),
        (31, Some(30)),
    ]);
    let placement = Placement::new(&from, &to, |unit| match unit.0 {
        10 | 20 => Carried::To(UnitId(40)),
        _ => Carried::To(unit),
    })
    .unwrap();
    let behind = |unit| {
        let mut sources = Sources::default();
        placement.behind_subtree(to.position(UnitId(unit)).unwrap(), &mut sources);
        pairs(&sources)
    };
    // 40 has what stood at 10 and 20; 30 has its villages however they are ordered now.
    assert_eq!(behind(40), [(1, 7)]);
    assert_eq!(behind(30), [(7, 10)]);
    assert_eq!(behind(1), [(0, 10)]);
    assert_eq!(behind(22), [(6, 7)]);

    let column = Column::from_entries([
        (1, figure(5, Qualifier::Exact)),
        (4, figure(7, Qualifier::AtLeast)),
        (9, figure(2, Qualifier::Exact)),
    ]);
    assert_eq!(
        placement.apply(&column).unwrap().figures(),
        [(1, figure(12, Qualifier::AtLeast)), (7, figure(2, Qualifier::Exact))]
    );
}

#[test]
fn an_undecided_split_is_whole_only_where_all_heirs_are() {
    let from = before();
    let to = tree(&[(1, None), (2, Some(1)), (41, Some(2)), (42, Some(2)), (43, Some(1))]);
    let placement = Placement::new(&from, &to, |unit| match unit.0 {
        1 => Carried::To(unit),
        10 => Carried::Broken(vec![UnitId(41), UnitId(42)]),
        20 => Carried::Broken(vec![UnitId(42), UnitId(43)]),
        30 => Carried::Split(vec![(UnitId(43), 700_000), (UnitId(41), 300_000)]),
        _ => Carried::Gone,
    })
    .unwrap();
    let behind = |unit| {
        let mut sources = Sources::default();
        placement.behind_subtree(to.position(UnitId(unit)).unwrap(), &mut sources);
        (pairs(&sources), sources.partial)
    };
    assert_eq!(placement.broken(), [10, 20].map(UnitId));
    assert_eq!(placement.gone(), [11, 12, 21, 22, 31, 32].map(UnitId));
    assert_eq!(behind(41), (vec![], vec![1, 7]));
    assert_eq!(behind(2), (vec![(1, 2)], vec![4, 7]));
    assert_eq!(behind(1), (vec![(0, 2), (4, 5), (7, 8)], vec![]));

    let column = Column::from_entries([1, 4, 7].map(|at| (at, Figure::exact(5))));
    let placed = placement.apply(&column).unwrap();
    assert_eq!(placed.figures(), [(2, Figure::exact(2)), (4, Figure::exact(3))]);
}

#[test]
fn what_cannot_be_placed_is_refused() {
    let from = before();
    let to = tree(&[(1, None), (2, Some(1))]);
    let cases = [
        (Carried::To(UnitId(9)), PlacementError::UnknownHeir { unit: UnitId(1), heir: UnitId(9) }),
        (
            Carried::Split(vec![(UnitId(1), 600_000), (UnitId(2), 600_000)]),
            PlacementError::Shares { unit: UnitId(1) },
        ),
        (
            Carried::Split(vec![(UnitId(2), 1), (UnitId(2), 1)]),
            PlacementError::Shares { unit: UnitId(1) },
        ),
    ];
    for (carried, expected) in cases {
        let refused = Placement::new(&from, &to, |_| carried.clone()).unwrap_err();
        assert_eq!(refused, expected, "{carried:?}");
    }
}

#[test]
fn a_sum_too_large_for_a_figure_is_refused() {
    let from = before();
    let to = tree(&[(1, None)]);
    let placement = Placement::new(&from, &to, |_| Carried::To(UnitId(1))).unwrap();
    let column = Column::from_entries([(2, Figure::exact(i64::MAX)), (3, Figure::exact(1))]);
    assert_eq!(placement.apply(&column), Err(RollupError::Overflow));
}
