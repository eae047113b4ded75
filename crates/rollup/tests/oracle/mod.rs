//! A naive answer to every question: maps, loops over parents, nothing clever.
#![expect(clippy::expect_used, reason = "a broken oracle should stop the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::item::Aggregate;
use domain::number::Qualifier;
use domain::unit::UnitId;
use rollup::{Carried, Figure, Group, TreeOrder};

/// Values are kept times this, so that means of up to 16 figures stay whole, three times over.
const UNIT: i128 = 720_720_i128.pow(3);

/// One period as a person would write it down.
pub(crate) struct Period {
    pub(crate) tree: Arc<TreeOrder>,
    pub(crate) figures: BTreeMap<UnitId, Figure>,
    pub(crate) partners: Vec<BTreeSet<UnitId>>,
    pub(crate) expected: BTreeSet<UnitId>,
    /// Who inherits; none for everyone when the period's own tree is the one asked for.
    pub(crate) heirs: Option<BTreeMap<UnitId, Carried>>,
}

pub(crate) struct Case {
    pub(crate) periods: Vec<Period>,
    /// The tree asked for, in a restated question.
    pub(crate) target: Option<Arc<TreeOrder>>,
}

#[derive(Debug, PartialEq, Eq, Default)]
pub(crate) struct Answer {
    /// Numerator times `UNIT`.
    pub(crate) value: Option<i128>,
    pub(crate) qualifier: Qualifier,
    pub(crate) reported: u64,
    pub(crate) expected: u64,
    pub(crate) units_reported: u32,
    pub(crate) units_missing: u32,
    pub(crate) broken: Vec<UnitId>,
}

/// Brings a result to the oracle's measure.
pub(crate) fn scaled(value: rollup::Exact) -> i128 {
    assert_eq!(UNIT % value.denominator, 0, "more figures than the oracle can take a mean of");
    value.numerator * (UNIT / value.denominator)
}

fn is_below(tree: &TreeOrder, unit: UnitId, above: UnitId) -> bool {
    let mut at = tree.position(unit);
    while let Some(position) = at {
        if tree.units()[position as usize] == above {
            return true;
        }
        at = tree.parent(position);
    }
    false
}

type Marked = (i128, Qualifier);

/// Several figures as one: nothing, a figure, or a contradiction.
fn fold(rule: Aggregate, figures: &[Marked]) -> Result<Option<Marked>, ()> {
    let Some(first) = figures.first() else { return Ok(None) };
    let plus = |chosen: &[Marked]| {
        chosen.iter().fold(Qualifier::Exact, |all, (_, qualifier)| all.plus(*qualifier))
    };
    let equal_to = |value: i128| {
        let chosen: Vec<Marked> = figures.iter().filter(|it| it.0 == value).copied().collect();
        (value, plus(&chosen))
    };
    let count = i128::try_from(figures.len()).expect("few figures");
    let sum: i128 = figures.iter().map(|(value, _)| value).sum();
    Ok(Some(match rule {
        Aggregate::Sum => (sum, plus(figures)),
        Aggregate::Mean => {
            assert_eq!(sum % count, 0, "more figures than the oracle can take a mean of");
            (sum / count, plus(figures))
        }
        Aggregate::Min => equal_to(figures.iter().map(|it| it.0).min().expect("not empty")),
        Aggregate::Max => equal_to(figures.iter().map(|it| it.0).max().expect("not empty")),
        Aggregate::First => *first,
        Aggregate::Last => *figures.last().expect("not empty"),
        Aggregate::Count => (count * UNIT, Qualifier::Exact),
        Aggregate::None if count > 1 => return Err(()),
        Aggregate::None => *first,
    }))
}

/// Millionths by largest remainder, one unit at a time.
fn parts(value: i64, heirs: &[(UnitId, u32)], target: &TreeOrder) -> BTreeMap<UnitId, i64> {
    let mut heirs: Vec<(Option<UnitId>, i128)> =
        heirs.iter().map(|(unit, part)| (Some(*unit), i128::from(*part))).collect();
    heirs.sort_by_key(|(unit, _)| unit.and_then(|unit| target.position(unit)));
    let given: i128 = heirs.iter().map(|(_, part)| part).sum();
    heirs.push((None, 1_000_000 - given));
    let sign = i128::from(value.signum());
    let size = i128::from(value).abs();
    let mut left = size - heirs.iter().map(|(_, part)| size * part / 1_000_000).sum::<i128>();
    let mut order: Vec<usize> = (0..heirs.len()).collect();
    order.sort_by_key(|at| -(size * heirs[*at].1 % 1_000_000));
    let mut result = BTreeMap::new();
    for at in order {
        let (unit, part) = heirs[at];
        let extra = i128::from(left > 0);
        left -= extra;
        let exact = sign * (size * part / 1_000_000 + extra);
        if let Some(unit) = unit {
            result.insert(unit, i64::try_from(exact).expect("a part fits"));
        }
    }
    result
}

/// What comes of one unit's figure to a group.
enum Came {
    Elsewhere,
    Parts(Vec<(UnitId, i64)>),
    Undecided { all_inside: bool },
}

/// Per heir, in the order of units, and period: the figures that come to it.
type Cells = BTreeMap<(usize, u32, UnitId), BTreeMap<usize, Vec<Marked>>>;

/// First the figures of one heir and period, then its periods, then all heirs.
fn fold_all(
    cells: &Cells,
    undecided_whole: &[Marked],
    over_units: Aggregate,
    over_time: Aggregate,
) -> Result<Option<Marked>, ()> {
    let merge_rule = if over_units == Aggregate::Count { Aggregate::Sum } else { over_units };
    let mut over_all = Vec::new();
    for series in cells.values() {
        let mut over_periods = Vec::new();
        for together in series.values() {
            over_periods.extend(fold(merge_rule, together)?);
        }
        over_all.extend(fold(over_time, &over_periods)?);
    }
    over_all.extend(undecided_whole);
    fold(over_units, &over_all)
}

impl Case {
    fn counted(&self, period: usize, unit: UnitId) -> Option<Figure> {
        let period = &self.periods[period];
        let both = period.partners.iter().all(|partner| partner.contains(&unit));
        period.figures.get(&unit).copied().filter(|_| both)
    }

    /// The tree a group is looked up in.
    fn view<'a>(&'a self, period: &'a Period) -> &'a TreeOrder {
        self.target.as_deref().unwrap_or(&period.tree)
    }

    fn holds(group: &Group, tree: &TreeOrder, unit: UnitId) -> bool {
        match group {
            Group::Subtree(above) | Group::Members { within: Some(above), .. } => {
                is_below(tree, unit, *above)
            }
            Group::Only(only) => unit == *only && tree.position(unit).is_some(),
            Group::Members { within: None, .. } => true,
        }
    }

    /// Whether a unit was a member at its own time.
    fn member(group: &Group, tree: &TreeOrder, unit: UnitId) -> bool {
        match group {
            Group::Members { of, .. } => is_below(tree, unit, *of),
            Group::Subtree(_) | Group::Only(_) => true,
        }
    }

    /// The tree that decides who is in a group of stocks that move.
    fn anchor(&self, group: &Group, over_time: Aggregate) -> Option<&TreeOrder> {
        let known = |tree: &&TreeOrder| match group {
            Group::Subtree(unit) | Group::Only(unit) => tree.position(*unit).is_some(),
            Group::Members { of, within } => [Some(of), within.as_ref()]
                .into_iter()
                .flatten()
                .all(|unit| tree.position(*unit).is_some()),
        };
        let mut trees = self.periods.iter().map(|period| &*period.tree);
        if over_time == Aggregate::Last { trees.rfind(known) } else { trees.find(known) }
    }

    pub(crate) fn answer(
        &self,
        group: &Group,
        over_units: Aggregate,
        over_time: Aggregate,
    ) -> Answer {
        let one_period = self.periods.len() == 1 && over_time != Aggregate::Count;
        let sums = over_units == Aggregate::Sum && (over_time == Aggregate::Sum || one_period);
        let moving = self.target.is_none() && self.periods.len() > 1;
        let anchored = moving && matches!(over_time, Aggregate::Last | Aggregate::First);
        let anchor = if anchored { Some(self.anchor(group, over_time)) } else { None };

        let mut answer = Answer::default();
        let mut broken = BTreeSet::new();
        let mut units: BTreeMap<UnitId, (bool, bool)> = BTreeMap::new();
        let mut cells = Cells::new();
        let mut undecided_whole: Vec<Marked> = Vec::new();
        for (at, period) in self.periods.iter().enumerate() {
            for unit in period.tree.units().iter().copied() {
                let figure = self.counted(at, unit);
                let value = figure.map_or(0, |it| it.value);
                let came = match anchor {
                    Some(tree) => Self::stands_in(group, tree, unit, value),
                    None => self.comes(group, period, unit, value),
                };
                let parts = match came {
                    Came::Elsewhere => continue,
                    Came::Parts(parts) => parts,
                    Came::Undecided { all_inside: true } if sums => {
                        let whole = figure.map(|it| (i128::from(it.value) * UNIT, it.qualifier));
                        undecided_whole.extend(whole);
                        Vec::new()
                    }
                    Came::Undecided { .. } => {
                        broken.extend(figure.map(|_| unit));
                        continue;
                    }
                };
                let owes = period.expected.contains(&unit);
                answer.reported += u64::from(figure.is_some());
                answer.expected += u64::from(owes);
                let seen = units.entry(unit).or_default();
                seen.0 |= figure.is_some();
                seen.1 |= figure.is_none() && owes;
                let Some(figure) = figure else { continue };
                for (heir, value) in parts {
                    let series = cells.entry(self.place(heir)).or_default();
                    let marked = (i128::from(value) * UNIT, figure.qualifier);
                    series.entry(at).or_default().push(marked);
                }
            }
        }
        let count = |has: &dyn Fn(&(bool, bool)) -> bool| {
            u32::try_from(units.values().filter(|it| has(it)).count()).expect("few units")
        };
        answer.units_reported = count(&|it| it.0);
        answer.units_missing = count(&|it| it.1);
        answer.broken = broken.into_iter().collect();
        if let Ok(Some((value, qualifier))) =
            fold_all(&cells, &undecided_whole, over_units, over_time)
        {
            (answer.value, answer.qualifier) = (Some(value), qualifier);
        }
        answer
    }

    /// What comes to a group whose members are those of one tree, wherever they stood.
    fn stands_in(group: &Group, tree: Option<&TreeOrder>, unit: UnitId, value: i64) -> Came {
        let stands = tree.is_some_and(|tree| {
            tree.position(unit).is_some()
                && Self::holds(group, tree, unit)
                && Self::member(group, tree, unit)
        });
        if stands { Came::Parts(vec![(unit, value)]) } else { Came::Elsewhere }
    }

    /// What comes of a unit's value to a group, and to whom in it.
    fn comes(&self, group: &Group, period: &Period, unit: UnitId, value: i64) -> Came {
        let view = self.view(period);
        let held = |heir: UnitId| Self::holds(group, view, heir);
        if !Self::member(group, &period.tree, unit) {
            return Came::Elsewhere;
        }
        let carried = match &period.heirs {
            Some(heirs) => heirs[&unit].clone(),
            None => Carried::To(unit),
        };
        match carried {
            Carried::To(heir) if held(heir) => Came::Parts(vec![(heir, value)]),
            Carried::Split(heirs) if heirs.iter().any(|(heir, _)| held(*heir)) => {
                let mut parts = parts(value, &heirs, view);
                parts.retain(|heir, _| held(*heir));
                Came::Parts(parts.into_iter().collect())
            }
            Carried::Broken(heirs) if heirs.iter().any(|heir| held(*heir)) => {
                Came::Undecided { all_inside: heirs.iter().all(|heir| held(*heir)) }
            }
            Carried::To(_) | Carried::Split(_) | Carried::Broken(_) | Carried::Gone => {
                Came::Elsewhere
            }
        }
    }

    /// Where a unit comes when units are folded one after the other.
    fn place(&self, unit: UnitId) -> (usize, u32, UnitId) {
        if let Some(target) = &self.target {
            return (0, target.position(unit).expect("an heir stands on the tree"), unit);
        }
        let newest = self.periods.iter().enumerate().rev().find_map(|(at, period)| {
            period.tree.position(unit).map(|position| {
                // All periods with the same tree count as its newest.
                let newest =
                    self.periods.iter().rposition(|other| Arc::ptr_eq(&other.tree, &period.tree));
                (newest.unwrap_or(at), position)
            })
        });
        let (period, position) = newest.expect("a unit with a figure stands somewhere");
        (period, position, unit)
    }
}
