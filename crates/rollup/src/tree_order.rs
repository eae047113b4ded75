//! The depth-first order of a tree of units: every subtree is one range of positions.

use std::ops::Range;

use domain::unit::UnitId;

/// Positions between two cuts at most: [`crate::lanes::LANES`].
const STEP: u32 = 16;

/// No parent, or no such unit.
const NONE: u32 = u32::MAX;

/// What is wrong with a list of units and parents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A unit is listed twice.
    #[error("unit {} is listed twice", unit.0)]
    Duplicate {
        /// The unit.
        unit: UnitId,
    },
    /// A parent is not in the list.
    #[error("unit {} stands under {}, which is not in the tree", unit.0, parent.0)]
    UnknownParent {
        /// The unit below.
        unit: UnitId,
        /// The parent named.
        parent: UnitId,
    },
    /// A unit stands under itself, however far up.
    #[error("unit {} stands under itself", unit.0)]
    Cycle {
        /// A unit of the circle.
        unit: UnitId,
    },
    /// More units than positions.
    #[error("too many units for one tree")]
    TooLarge,
}

/// How a unit's position is found.
#[derive(Debug, Clone)]
enum Lookup {
    /// Position by identity less the smallest: database identities are nearly dense.
    Direct { first: i64, positions: Vec<u32> },
    /// Identities far apart: sorted, for a binary search.
    Sorted(Vec<(UnitId, u32)>),
}

/// Units in the depth-first order of their tree, siblings as they were listed. Several roots are
/// allowed.
#[derive(Debug, Clone)]
pub struct TreeOrder {
    units: Vec<UnitId>,
    parents: Vec<u32>,
    ends: Vec<u32>,
    depths: Vec<u32>,
    lookup: Lookup,
    /// Sorted positions at which the subtree of a unit with units below starts or ends, and more
    /// of them where these are far apart: no step is longer than [`STEP`].
    cuts: Vec<u32>,
    /// For every unit with units below: its position and the places of its start and end in
    /// `cuts`; by position.
    inner: Vec<Inner>,
}

/// A unit with units below.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inner {
    pub(crate) position: u32,
    pub(crate) first_cut: u32,
    pub(crate) last_cut: u32,
}

impl TreeOrder {
    /// Puts units in depth-first order. Parents need not come first.
    ///
    /// # Errors
    /// A unit listed twice, an unknown parent, a cycle.
    pub fn new(listed: &[(UnitId, Option<UnitId>)]) -> Result<Self, TreeError> {
        let count = u32::try_from(listed.len()).map_err(|_| TreeError::TooLarge)?;
        if count == NONE {
            return Err(TreeError::TooLarge);
        }
        let places = Lookup::new(listed.iter().map(|(unit, _)| *unit).zip(0..))?;
        let (first_child, next_sibling, first_root) = children(listed, &places)?;

        let mut order = Self {
            units: Vec::with_capacity(listed.len()),
            parents: Vec::with_capacity(listed.len()),
            ends: vec![0; listed.len()],
            depths: Vec::with_capacity(listed.len()),
            lookup: places,
            cuts: Vec::new(),
            inner: Vec::new(),
        };
        // The path from a root to the unit being visited: (place in the list, position).
        let mut path: Vec<(u32, u32)> = Vec::new();
        let mut next = first_root;
        let mut visited = vec![false; listed.len()];
        loop {
            if next == NONE {
                let Some((place, position)) = path.pop() else { break };
                order.ends[position as usize] = order.len();
                next = next_sibling[place as usize];
                continue;
            }
            let position = order.len();
            order.units.push(listed[next as usize].0);
            order.parents.push(path.last().map_or(NONE, |(_, parent)| *parent));
            // A path is no longer than the list, which was counted above.
            order.depths.push(u32::try_from(path.len()).map_err(|_| TreeError::TooLarge)?);
            visited[next as usize] = true;
            path.push((next, position));
            next = first_child[next as usize];
        }
        // Whoever was not reached from a root hangs in a circle, or below one.
        if let Some((unvisited, _)) = listed.iter().zip(&visited).find(|(_, visited)| !**visited) {
            return Err(TreeError::Cycle { unit: unvisited.0 });
        }
        order.lookup = Lookup::new(order.units.iter().copied().zip(0..))?;
        order.note_cuts();
        Ok(order)
    }

    fn note_cuts(&mut self) {
        let has_below = |position: &u32| self.ends[*position as usize] > position + 1;
        let inner: Vec<u32> = (0..self.len()).filter(has_below).collect();
        self.cuts = inner.iter().flat_map(|at| [*at, self.ends[*at as usize]]).collect();
        self.cuts.sort_unstable();
        self.cuts.dedup();
        self.cuts = close_cuts(&self.cuts);
        let mut place_of = vec![0; self.units.len() + 1];
        for (place, cut) in (0..).zip(&self.cuts) {
            place_of[*cut as usize] = place;
        }
        self.inner = inner
            .into_iter()
            .map(|position| Inner {
                position,
                first_cut: place_of[position as usize],
                last_cut: place_of[self.ends[position as usize] as usize],
            })
            .collect();
    }

    /// How many units there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.units.len()).expect("checked when the order was made")
    }

    /// Whether there is no unit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The units by position.
    #[must_use]
    pub fn units(&self) -> &[UnitId] {
        &self.units
    }

    /// Where a unit stands.
    #[must_use]
    pub fn position(&self, unit: UnitId) -> Option<u32> {
        self.lookup.find(unit)
    }

    /// The positions of a unit and all units below; empty beyond the last unit.
    #[must_use]
    pub fn subtree(&self, position: u32) -> Range<u32> {
        self.ends.get(position as usize).map_or(0..0, |end| position..*end)
    }

    /// The positions of the units right below one, as they were listed.
    pub fn children(&self, position: u32) -> impl Iterator<Item = u32> {
        let end = self.subtree(position).end;
        let next = move |at: u32| (at < end).then_some(at);
        let first = next(position.saturating_add(1));
        std::iter::successors(first, move |at| next(self.subtree(*at).end))
    }

    /// The position of the unit above.
    #[must_use]
    pub fn parent(&self, position: u32) -> Option<u32> {
        self.parents.get(position as usize).copied().filter(|parent| *parent != NONE)
    }

    /// How many units stand above: 0 for a root. Also 0 beyond the last unit.
    #[must_use]
    pub fn depth(&self, position: u32) -> u32 {
        self.depths.get(position as usize).copied().unwrap_or(0)
    }

    /// The positions of the units with units below, in order.
    pub fn inner(&self) -> impl Iterator<Item = u32> + '_ {
        self.inner.iter().map(|inner| inner.position)
    }

    pub(crate) fn cuts(&self) -> &[u32] {
        &self.cuts
    }

    pub(crate) fn inner_units(&self) -> &[Inner] {
        &self.inner
    }
}

/// The cuts with more between them, from 0 on, so that a step from one to the next has at most
/// [`STEP`] positions.
fn close_cuts(cuts: &[u32]) -> Vec<u32> {
    let mut close = Vec::with_capacity(cuts.len());
    let mut at = 0;
    for &cut in cuts {
        while cut - at > STEP {
            at += STEP;
            close.push(at);
        }
        at = cut;
        close.push(cut);
    }
    close
}

/// First child and next sibling of every listed unit, and the first root.
fn children(
    listed: &[(UnitId, Option<UnitId>)],
    places: &Lookup,
) -> Result<(Vec<u32>, Vec<u32>, u32), TreeError> {
    let mut first_child = vec![NONE; listed.len()];
    let mut next_sibling = vec![NONE; listed.len()];
    let mut first_root = NONE;
    // Backwards, so that each list is in the order of the input.
    for (place, (unit, parent)) in (0..).zip(listed).collect::<Vec<(u32, _)>>().into_iter().rev() {
        let head = match parent {
            None => &mut first_root,
            Some(parent) if parent == unit => return Err(TreeError::Cycle { unit: *unit }),
            Some(parent) => {
                let above = places
                    .find(*parent)
                    .ok_or(TreeError::UnknownParent { unit: *unit, parent: *parent })?;
                &mut first_child[above as usize]
            }
        };
        next_sibling[place as usize] = *head;
        *head = place;
    }
    Ok((first_child, next_sibling, first_root))
}

impl Lookup {
    fn new(units: impl Iterator<Item = (UnitId, u32)>) -> Result<Self, TreeError> {
        let mut sorted: Vec<(UnitId, u32)> = units.collect();
        sorted.sort_unstable();
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(TreeError::Duplicate { unit: pair[0].0 });
        }
        let (Some((first, _)), Some((last, _))) = (sorted.first(), sorted.last()) else {
            return Ok(Self::Sorted(sorted));
        };
        let span = i128::from(last.0) - i128::from(first.0) + 1;
        // A table eight times too long is still small, and five times as fast as searching.
        match usize::try_from(span) {
            Ok(span) if span <= 8 * sorted.len() + 1024 => {
                let first = first.0;
                let mut positions = vec![NONE; span];
                for (unit, position) in sorted {
                    let at = usize::try_from(unit.0 - first)
                        .expect("the first is the smallest, and the span fits");
                    positions[at] = position;
                }
                Ok(Self::Direct { first, positions })
            }
            _ => Ok(Self::Sorted(sorted)),
        }
    }

    #[inline]
    fn find(&self, unit: UnitId) -> Option<u32> {
        match self {
            Self::Direct { first, positions } => {
                let at = usize::try_from(unit.0.checked_sub(*first)?).ok()?;
                positions.get(at).copied().filter(|position| *position != NONE)
            }
            Self::Sorted(sorted) => {
                let at = sorted.binary_search_by_key(&unit, |(unit, _)| *unit).ok()?;
                Some(sorted[at].1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(listed: &[(i64, Option<i64>)]) -> Result<TreeOrder, TreeError> {
        let listed: Vec<_> =
            listed.iter().map(|(unit, parent)| (UnitId(*unit), parent.map(UnitId))).collect();
        TreeOrder::new(&listed)
    }

    #[test]
    fn siblings_stand_as_listed_and_subtrees_are_ranges() {
        // 1 ─ 3 ─ (5, 4), 1 ─ 2; and a second root 9.
        let tree =
            order(&[(5, Some(3)), (3, Some(1)), (1, None), (4, Some(3)), (2, Some(1)), (9, None)])
                .unwrap();
        assert_eq!(tree.units(), [1, 3, 5, 4, 2, 9].map(UnitId));
        let facts: Vec<_> =
            (0..6).map(|at| (tree.subtree(at), tree.parent(at), tree.depth(at))).collect();
        assert_eq!(
            facts,
            [
                (0..5, None, 0),
                (1..4, Some(0), 1),
                (2..3, Some(1), 2),
                (3..4, Some(1), 2),
                (4..5, Some(0), 1),
                (5..6, None, 0),
            ]
        );
        assert_eq!(tree.position(UnitId(4)), Some(3));
        assert_eq!(tree.position(UnitId(7)), None);
        assert_eq!(tree.inner().collect::<Vec<_>>(), [0, 1]);
        assert!(tree.subtree(6).is_empty());
        let children = |at| tree.children(at).collect::<Vec<u32>>();
        assert_eq!([0, 1, 2, 5, 6].map(children), [vec![1, 4], vec![2, 3], vec![], vec![], vec![]]);
    }

    #[test]
    fn identities_far_apart_are_found_too() {
        let tree =
            order(&[(i64::MIN, None), (i64::MAX, Some(i64::MIN)), (0, Some(i64::MIN))]).unwrap();
        assert_eq!(tree.position(UnitId(i64::MAX)), Some(1));
        assert_eq!(tree.position(UnitId(0)), Some(2));
        assert_eq!(tree.position(UnitId(1)), None);
    }

    #[test]
    fn a_list_that_is_no_tree_is_refused() {
        let cases = [
            (vec![(1, None), (1, None)], TreeError::Duplicate { unit: UnitId(1) }),
            (vec![(1, Some(1))], TreeError::Cycle { unit: UnitId(1) }),
            (vec![(1, None), (2, Some(3)), (3, Some(2))], TreeError::Cycle { unit: UnitId(2) }),
            (
                vec![(1, None), (2, Some(7))],
                TreeError::UnknownParent { unit: UnitId(2), parent: UnitId(7) },
            ),
        ];
        for (listed, expected) in cases {
            assert_eq!(order(&listed).unwrap_err(), expected, "{listed:?}");
        }
    }

    #[test]
    fn an_empty_tree_is_a_tree() {
        let tree = order(&[]).unwrap();
        assert!(tree.is_empty());
        assert_eq!(tree.position(UnitId(1)), None);
    }

    #[test]
    fn a_tree_as_deep_as_it_is_long_needs_no_recursion() {
        let listed: Vec<_> = (0..100_000).map(|at| (at, (at > 0).then(|| at - 1))).collect();
        assert_eq!(order(&listed).unwrap().subtree(99_998), 99_998..100_000);
    }
}
