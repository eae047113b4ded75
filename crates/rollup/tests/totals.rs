//! Every total equals the naive oracle's, on random trees, gaps, bounds, merges and splits.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod oracle;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::item::Aggregate;
use domain::number::Qualifier;
use domain::unit::UnitId;
use oracle::{Answer, Case, Period};
use proptest::prelude::*;
use rollup::{
    Bitmap, Carried, Column, Figure, Group, Moment, Placement, Question, Total, TreeOrder, totals,
};

/// Random numbers that shrink to simpler cases: zeros once they run out.
struct Dice {
    throws: std::vec::IntoIter<u16>,
}

impl Dice {
    fn below(&mut self, sides: u16) -> u16 {
        self.throws.next().map_or(0, |throw| throw % sides)
    }

    fn one_in(&mut self, sides: u16) -> bool {
        self.below(sides) == sides - 1
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[usize::from(self.below(u16::try_from(from.len()).unwrap()))].clone()
    }
}

fn random_tree(dice: &mut Dice, units: &[i64]) -> Arc<TreeOrder> {
    let mut listed: Vec<(UnitId, Option<UnitId>)> = Vec::new();
    for unit in units {
        let parent = (!listed.is_empty() && !dice.one_in(6)).then(|| dice.pick(&listed).0);
        listed.push((UnitId(*unit), parent));
    }
    Arc::new(TreeOrder::new(&listed).unwrap())
}

fn random_period(dice: &mut Dice, tree: &Arc<TreeOrder>) -> Period {
    let mut figures = BTreeMap::new();
    let (mut expected, mut partners) = (BTreeSet::new(), vec![]);
    if dice.one_in(3) {
        partners = vec![BTreeSet::new(); 1 + usize::from(dice.below(2))];
    }
    for unit in tree.units() {
        if !dice.one_in(4) {
            let qualifier = dice.pick(&[
                Qualifier::Exact,
                Qualifier::Exact,
                Qualifier::Exact,
                Qualifier::AtLeast,
                Qualifier::AtMost,
                Qualifier::About,
            ]);
            let value = i64::from(dice.below(20)) - 4;
            figures.insert(*unit, Figure { value, qualifier });
        }
        if !dice.one_in(3) {
            expected.insert(*unit);
        }
        for partner in &mut partners {
            if !dice.one_in(4) {
                partner.insert(*unit);
            }
        }
    }
    Period { tree: Arc::clone(tree), figures, partners, expected, heirs: None }
}

fn random_heirs(
    dice: &mut Dice,
    from: &TreeOrder,
    target: &TreeOrder,
) -> BTreeMap<UnitId, Carried> {
    let mut heirs = BTreeMap::new();
    for unit in from.units() {
        let mut some: Vec<UnitId> = (0..3).map(|_| dice.pick(target.units())).collect();
        some.sort_unstable();
        some.dedup();
        let count = u32::try_from(some.len()).unwrap();
        let share = u32::from(dice.below(1_000)) * 1_000;
        let carried = match dice.below(10) {
            0..=4 if target.position(*unit).is_some() => Carried::To(*unit),
            5 => Carried::Gone,
            6 => Carried::Broken(some),
            7 if count > 1 => {
                let rest = if dice.one_in(3) { 0 } else { 1_000_000 - share };
                Carried::Split(vec![(some[0], share), (some[1], rest)])
            }
            8 => Carried::Split(some.iter().map(|heir| (*heir, 1_000_000 / count)).collect()),
            _ => Carried::To(dice.pick(target.units())),
        };
        heirs.insert(*unit, carried);
    }
    heirs
}

fn random_case(dice: &mut Dice) -> Case {
    let units: Vec<i64> = (1..=1 + i64::from(dice.below(8))).collect();
    let trees: Vec<_> = (0..2)
        .map(|_| {
            let known: Vec<i64> =
                units.iter().copied().filter(|unit| *unit == 1 || !dice.one_in(5)).collect();
            random_tree(dice, &known)
        })
        .collect();
    let mut periods: Vec<Period> = (0..=dice.below(4))
        .map(|_| {
            let tree = dice.pick(&trees);
            random_period(dice, &tree)
        })
        .collect();
    let target = dice.one_in(2).then(|| {
        let known: Vec<i64> =
            units.iter().copied().filter(|_| !dice.one_in(4)).chain([50, 51]).collect();
        random_tree(dice, &known)
    });
    if let Some(target) = &target {
        for tree in &trees {
            let heirs = random_heirs(dice, tree, target);
            for period in periods.iter_mut().filter(|it| Arc::ptr_eq(&it.tree, tree)) {
                period.heirs = Some(heirs.clone());
            }
        }
        if dice.one_in(3) {
            periods.push(random_period(dice, target));
        }
    }
    Case { periods, target }
}

fn groups(case: &Case) -> Vec<Group> {
    let units: Vec<UnitId> = (1..=9).chain(50..=51).map(UnitId).collect();
    let mut groups = Vec::new();
    for unit in &units {
        groups.extend([Group::Subtree(*unit), Group::Only(*unit)]);
        groups.push(Group::Members { of: *unit, within: None });
        for within in units.iter().filter(|_| case.target.is_some() || unit.0 < 4) {
            groups.push(Group::Members { of: *unit, within: Some(*within) });
        }
    }
    groups
}

/// The case in the engine's own form.
struct Built {
    columns: Vec<(Option<Column>, Vec<Column>, Bitmap)>,
    placements: Vec<(Arc<TreeOrder>, Placement)>,
}

fn build(case: &Case) -> Built {
    let at = |tree: &TreeOrder, unit: &UnitId| tree.position(*unit).unwrap();
    let columns = case.periods.iter().map(|period| {
        let tree = &period.tree;
        let entries = period.figures.iter().map(|(unit, figure)| (at(tree, unit), *figure));
        let column = (!period.figures.is_empty()).then(|| Column::from_entries(entries));
        let partner = |units: &BTreeSet<UnitId>| {
            Column::from_entries(units.iter().map(|unit| (at(tree, unit), Figure::exact(1))))
        };
        let expected = period.expected.iter().map(|unit| at(tree, unit)).collect();
        (column, period.partners.iter().map(partner).collect(), expected)
    });
    let mut placements: Vec<(Arc<TreeOrder>, Placement)> = Vec::new();
    if let Some(target) = &case.target {
        for period in &case.periods {
            let known = placements.iter().any(|(tree, _)| Arc::ptr_eq(tree, &period.tree));
            if let (Some(heirs), false) = (&period.heirs, known) {
                let placement =
                    Placement::new(&period.tree, target, |unit| heirs[&unit].clone()).unwrap();
                placements.push((Arc::clone(&period.tree), placement));
            }
        }
    }
    Built { columns: columns.collect(), placements }
}

fn moments<'a>(case: &'a Case, built: &'a Built) -> Vec<Moment<'a>> {
    let moment = |(period, (column, partners, expected)): (
        &'a Period,
        &'a (Option<Column>, Vec<Column>, Bitmap),
    )| Moment {
        order: &period.tree,
        column: column.as_ref(),
        partners: partners.iter().map(Some).collect(),
        expected: Some(expected),
        placement: built
            .placements
            .iter()
            .find(|(tree, _)| period.heirs.is_some() && Arc::ptr_eq(tree, &period.tree))
            .map(|(_, placement)| placement),
    };
    case.periods.iter().zip(&built.columns).map(moment).collect()
}

fn as_answer(total: Total) -> Answer {
    Answer {
        value: total.value.map(oracle::scaled),
        qualifier: total.qualifier,
        reported: total.reported,
        expected: total.expected,
        units_reported: total.units_reported,
        units_missing: total.units_missing,
        broken: total.broken,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn totals_equal_the_oracle(throws in prop::collection::vec(any::<u16>(), 0..600)) {
        let mut dice = Dice { throws: throws.into_iter() };
        let case = random_case(&mut dice);
        let built = build(&case);
        let moments = moments(&case, &built);
        let groups = groups(&case);
        for over_units in Aggregate::ALL {
            for over_time in Aggregate::ALL {
                let question = Question { moments: &moments, over_units, over_time, groups: &groups };
                let answers = totals(&question).unwrap();
                for (group, answer) in groups.iter().zip(answers) {
                    let expected = case.answer(group, over_units, over_time);
                    prop_assert_eq!(
                        as_answer(answer), expected, "{:?} {:?} {:?}", group, over_units, over_time
                    );
                }
            }
        }
    }
}
