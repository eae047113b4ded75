//! Tests of columns against an ordered map.
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

type Oracle = BTreeMap<u32, Figure>;

fn figure() -> impl Strategy<Value = Figure> {
    let value = prop_oneof![
        8 => -1_000_i64..1_000,
        1 => any::<i64>(),
        1 => Just(i64::MIN),
        1 => Just(i64::from(i32::MIN)),
    ];
    let qualifier = prop_oneof![
        9 => Just(Qualifier::Exact),
        1 => Just(Qualifier::AtLeast),
        1 => Just(Qualifier::AtMost),
        1 => Just(Qualifier::About),
    ];
    (value, qualifier).prop_map(|(value, qualifier)| Figure { value, qualifier })
}

fn position() -> impl Strategy<Value = u32> {
    prop_oneof![6 => 0_u32..400, 2 => 65_300_u32..66_000, 1 => 0_u32..300_000]
}

fn agree(column: &Column, oracle: &Oracle, range: Range<u32>) {
    assert_eq!(column.figures(), oracle.iter().map(|(at, it)| (*at, *it)).collect::<Vec<_>>());
    assert_eq!(column.reported() as usize, oracle.len());
    let inside = || oracle.range(range.clone());
    assert_eq!(column.count(range.clone()) as usize, inside().count());
    let sum: i128 = inside().map(|(_, it)| i128::from(it.value)).sum();
    assert_eq!(column.sum::<i128>(range.clone()), sum);
    let inexact: Vec<_> = inside()
        .filter(|(_, it)| it.qualifier != Qualifier::Exact)
        .map(|(at, it)| (*at, it.qualifier))
        .collect();
    assert_eq!(column.inexact(range.clone()), inexact);
    let mut visited = Vec::new();
    column.each(range.clone(), |at, value| visited.push((at, value)));
    assert_eq!(visited, inside().map(|(at, it)| (*at, it.value)).collect::<Vec<_>>());

    let first_word = (range.start / WORD) as usize;
    let mut totals = vec![0_i128; 200];
    let mut words = vec![7; 4];
    column.add_to(first_word, &mut totals);
    column.presence_into(first_word, &mut words);
    for (at, total) in (position_of(first_word)..).zip(totals) {
        assert_eq!(total, oracle.get(&at).map_or(0, |it| i128::from(it.value)), "at {at}");
    }
    for (at, bit) in (position_of(first_word)..).zip(0..256_usize) {
        assert_eq!(words[bit / 64] >> (bit % 64) & 1 == 1, oracle.contains_key(&at), "at {at}");
    }
}

proptest! {
    #[test]
    fn a_column_holds_what_was_set(
        start in prop::collection::vec((position(), figure()), 0..300),
        changes in prop::collection::vec((position(), prop::option::of(figure())), 0..300),
        range in (position(), 0_u32..70_000),
    ) {
        let mut oracle: Oracle = start.iter().copied().collect();
        let mut column = Column::from_entries(start);
        let range = range.0..range.0 + range.1;
        agree(&column, &oracle, range.clone());
        for (at, figure) in changes {
            match figure {
                Some(figure) => {
                    column.set(at, figure);
                    oracle.insert(at, figure);
                }
                None => {
                    column.clear(at);
                    oracle.remove(&at);
                }
            }
            assert_eq!(column.get(at), oracle.get(&at).copied());
        }
        agree(&column, &oracle, range);
    }
}

#[test]
fn zero_is_not_missing() {
    let mut column = Column::from_entries((0..64).map(|at| (at, Figure::exact(0))));
    assert_eq!(column.get(3), Some(Figure::exact(0)));
    column.clear(3);
    assert_eq!(column.get(3), None);
    assert_eq!(column.reported(), 63);
}

#[test]
fn a_figure_costs_at_most_ten_bytes_however_thin_the_column() {
    for every in [1, 2, 3, 10, 100] {
        for value in [1, i64::MAX] {
            let entries = (0..110_000).step_by(every).map(|at| (at, Figure::exact(value)));
            let column = Column::from_entries(entries);
            let figures = column.reported() as usize;
            // The fixed part of a column is not a cost per figure.
            let bytes = column.bytes() - size_of::<Column>() - 64;
            assert!(bytes <= 10 * figures, "every {every}: {bytes} for {figures}");
        }
    }
}

#[test]
fn setting_one_by_one_ends_in_storage_as_small() {
    let mut column = Column::default();
    for at in 0..10_000 {
        column.set(at, Figure::exact(5));
    }
    let at_once = Column::from_entries((0..10_000).map(|at| (at, Figure::exact(5))));
    assert_eq!(column, at_once);
    assert!(column.bytes() <= 2 * at_once.bytes());
}
