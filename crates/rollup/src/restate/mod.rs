//! Placements: where the figures of one tree stand on the tree of another date.

use std::ops::Range;
use std::sync::Arc;

use domain::number::Qualifier;
use domain::unit::UnitId;

use crate::columns::{Column, Figure};
use crate::query::RollupError;
use crate::tree_order::TreeOrder;

/// The whole, in millionths.
const WHOLE: u32 = 1_000_000;
/// No heir.
const GONE: u32 = u32::MAX;
/// Set where `carried` holds a place in `shared` in place of a position.
const SHARED: u32 = 1 << 31;
/// Units deeper than this have no list of sources ready; it is made when asked for. Keeps the
/// lists short whatever the tree.
const DEPTH_READY: u32 = 16;

/// What becomes of a unit's figures on the other tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// All of them go to one unit, maybe the same, maybe together with others.
    To(UnitId),
    /// A person decided the parts, in millionths of the whole.
    Split(Vec<(UnitId, u32)>),
    /// Nobody decided the parts of these heirs. Without any heir named, only the whole tree and
    /// the groups of their own time can tell that something is missing.
    Broken(Vec<UnitId>),
    /// There is no heir.
    Gone,
}

/// Why a placement cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlacementError {
    /// An heir does not stand on the other tree.
    #[error("the heir {} of {} is not in the tree", heir.0, unit.0)]
    UnknownHeir {
        /// Whose heir.
        unit: UnitId,
        /// The heir.
        heir: UnitId,
    },
    /// More than the whole is given away, or one heir is named twice.
    #[error("the parts of {} make more than the whole", unit.0)]
    Shares {
        /// The unit that was split.
        unit: UnitId,
    },
    /// More units than a placement can hold.
    #[error("too many units for one placement")]
    TooLarge,
}

/// A unit whose figures go to several.
#[derive(Debug, Clone)]
struct Shared {
    from: u32,
    unit: UnitId,
    /// Positions on the other tree, sorted, and millionths; all zero when undecided.
    heirs: Vec<(u32, u32)>,
    decided: bool,
}

/// Where the figures of one tree (of their own time) stand on another (of the date asked for).
#[derive(Debug, Clone)]
pub struct Placement {
    target: Arc<TreeOrder>,
    /// By position of their own time: the new position, or [`GONE`], or [`SHARED`] + place.
    carried: Vec<u32>,
    /// The positions that come whole to each new position: `sources[starts[new]..starts[new + 1]]`.
    starts: Vec<u32>,
    sources: Vec<u32>,
    shared: Vec<Shared>,
    /// New positions and who shares into them, sorted.
    shared_by_heir: Vec<(u32, u32)>,
    /// The ranges of positions that make up a new subtree, ready for units with units below:
    /// `runs[run_starts[new]..run_starts[new + 1]]`. This is what makes a restated total as fast
    /// as a reported one.
    run_starts: Vec<u32>,
    runs: Vec<Range<u32>>,
    broken: Vec<UnitId>,
    gone: Vec<UnitId>,
}

/// What a unit's figures become, by position.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Heirs<'a> {
    One(u32),
    /// Position and millionths of each.
    Parts(&'a [(u32, u32)]),
    Undecided,
    None,
}

/// The positions of their own time behind a group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    /// Those that come whole.
    pub(crate) ranges: Vec<Range<u32>>,
    /// Those of which only some heirs stand in the group.
    pub(crate) partial: Vec<u32>,
}

impl Placement {
    /// Places every unit of `from` on `to`.
    ///
    /// # Errors
    /// An heir that is not in `to`, or parts that make more than the whole.
    pub fn new(
        from: &TreeOrder,
        to: &Arc<TreeOrder>,
        mut heirs: impl FnMut(UnitId) -> Carried,
    ) -> Result<Self, PlacementError> {
        if from.len() >= SHARED || to.len() >= SHARED {
            return Err(PlacementError::TooLarge);
        }
        let mut placement = Self {
            target: Arc::clone(to),
            carried: Vec::with_capacity(from.units().len()),
            starts: vec![0; to.units().len() + 1],
            sources: Vec::new(),
            shared: Vec::new(),
            shared_by_heir: Vec::new(),
            run_starts: Vec::new(),
            runs: Vec::new(),
            broken: Vec::new(),
            gone: Vec::new(),
        };
        for (position, unit) in (0..).zip(from.units()) {
            let carried = placement.place(position, *unit, heirs(*unit))?;
            placement.carried.push(carried);
        }
        placement.sort_sources();
        placement.make_runs()?;
        Ok(placement)
    }

    fn place(
        &mut self,
        position: u32,
        unit: UnitId,
        carried: Carried,
    ) -> Result<u32, PlacementError> {
        let target = Arc::clone(&self.target);
        let find = |heir| target.position(heir).ok_or(PlacementError::UnknownHeir { unit, heir });
        let (heirs, decided) = match carried {
            Carried::To(heir) => return find(heir),
            Carried::Split(parts) if !parts.is_empty() => (parts, true),
            Carried::Broken(heirs) => {
                self.broken.push(unit);
                (heirs.into_iter().map(|heir| (heir, 0)).collect(), false)
            }
            Carried::Gone | Carried::Split(_) => {
                self.gone.push(unit);
                return Ok(GONE);
            }
        };
        let mut places = Vec::with_capacity(heirs.len());
        for (heir, millionths) in heirs {
            places.push((find(heir)?, millionths));
        }
        places.sort_unstable();
        let total: u64 = places.iter().map(|(_, millionths)| u64::from(*millionths)).sum();
        if total > u64::from(WHOLE) || places.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(PlacementError::Shares { unit });
        }
        let place = u32::try_from(self.shared.len()).map_err(|_| PlacementError::TooLarge)?;
        self.shared_by_heir.extend(places.iter().map(|(heir, _)| (*heir, place)));
        self.shared.push(Shared { from: position, unit, heirs: places, decided });
        Ok(SHARED + place)
    }

    /// Sorts the units that come whole by where they go.
    fn sort_sources(&mut self) {
        self.shared_by_heir.sort_unstable();
        let whole = |carried: &u32| *carried < SHARED;
        for carried in self.carried.iter().filter(|carried| whole(carried)) {
            self.starts[*carried as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut self.starts {
            sum += *start;
            *start = sum;
        }
        let mut next = self.starts.clone();
        self.sources = vec![0; sum as usize];
        for (position, carried) in (0..).zip(&self.carried).filter(|(_, carried)| whole(carried)) {
            let at = &mut next[*carried as usize];
            self.sources[*at as usize] = position;
            *at += 1;
        }
    }

    fn make_runs(&mut self) -> Result<(), PlacementError> {
        let target = Arc::clone(&self.target);
        self.run_starts.push(0);
        for position in 0..target.len() {
            let below = target.subtree(position);
            if below.len() > 1 && target.depth(position) <= DEPTH_READY {
                let mut ready = Sources::default();
                self.gather(&below, &mut ready);
                self.runs.append(&mut ready.ranges);
            }
            let end = u32::try_from(self.runs.len()).map_err(|_| PlacementError::TooLarge)?;
            self.run_starts.push(end);
        }
        Ok(())
    }

    /// The tree that figures are placed on.
    #[must_use]
    pub fn target(&self) -> &Arc<TreeOrder> {
        &self.target
    }

    /// The units whose parts nobody decided.
    #[must_use]
    pub fn broken(&self) -> &[UnitId] {
        &self.broken
    }

    /// The units without an heir.
    #[must_use]
    pub fn gone(&self) -> &[UnitId] {
        &self.gone
    }

    /// How many units the tree of their own time has.
    pub(crate) fn units(&self) -> usize {
        self.carried.len()
    }

    /// What becomes of the figures at a position of their own time.
    pub(crate) fn heirs(&self, position: u32) -> Heirs<'_> {
        match self.carried[position as usize] {
            GONE => Heirs::None,
            carried if carried < SHARED => Heirs::One(carried),
            carried => {
                let shared = &self.shared[(carried - SHARED) as usize];
                if shared.decided { Heirs::Parts(&shared.heirs) } else { Heirs::Undecided }
            }
        }
    }

    /// Adds the positions behind a new subtree.
    pub(crate) fn behind_subtree(&self, position: u32, sources: &mut Sources) {
        let below = self.target.subtree(position);
        let ready = self.run_starts[position as usize]..self.run_starts[position as usize + 1];
        if ready.is_empty() {
            self.gather(&below, sources);
        } else {
            let ready = &self.runs[ready.start as usize..ready.end as usize];
            sources.ranges.extend_from_slice(ready);
            self.gather_shared(&below, |shared, whole| {
                if !whole {
                    sources.partial.push(shared.from);
                }
            });
        }
    }

    /// Adds the positions behind a range of new positions.
    pub(crate) fn gather(&self, within: &Range<u32>, sources: &mut Sources) {
        let (from, until) = (self.starts[within.start as usize], self.starts[within.end as usize]);
        let mut positions = self.sources[from as usize..until as usize].to_vec();
        self.gather_shared(within, |shared, whole| {
            if whole { &mut positions } else { &mut sources.partial }.push(shared.from);
        });
        positions.sort_unstable();
        append_runs(positions.into_iter(), &mut sources.ranges);
    }

    /// Adds the positions of `members` whose figures go to `within`; all that go anywhere when it
    /// is none.
    pub(crate) fn behind_members(
        &self,
        members: Range<u32>,
        within: Option<&Range<u32>>,
        sources: &mut Sources,
    ) {
        let everywhere = 0..self.target.len();
        let within = within.unwrap_or(&everywhere);
        let whole = members.filter(|position| match self.carried[*position as usize] {
            GONE => false,
            carried if carried < SHARED => within.contains(&carried),
            carried => {
                let shared = &self.shared[(carried - SHARED) as usize];
                let whole = shared.comes_whole(within);
                if !whole && shared.touches(within) {
                    sources.partial.push(*position);
                }
                whole
            }
        });
        append_runs(whole, &mut sources.ranges);
    }

    /// Calls `visit` once for everyone who shares into `within`.
    fn gather_shared(&self, within: &Range<u32>, mut visit: impl FnMut(&Shared, bool)) {
        if self.shared.is_empty() {
            return;
        }
        let from = self.shared_by_heir.partition_point(|(heir, _)| *heir < within.start);
        let until = self.shared_by_heir.partition_point(|(heir, _)| *heir < within.end);
        let mut places: Vec<u32> =
            self.shared_by_heir[from..until.max(from)].iter().map(|(_, place)| *place).collect();
        if *within == (0..self.target.len()) {
            places.extend(
                (0..)
                    .zip(&self.shared)
                    .filter_map(|(place, shared)| shared.heirs.is_empty().then_some(place)),
            );
        }
        places.sort_unstable();
        places.dedup();
        for place in places {
            let shared = &self.shared[place as usize];
            visit(shared, shared.comes_whole(within));
        }
    }

    /// The part of a value at a position of their own time that goes to `within`; none when
    /// nobody decided.
    pub(crate) fn part(&self, position: u32, value: i64, within: &Range<u32>) -> Option<i128> {
        match self.heirs(position) {
            Heirs::One(heir) => Some(if within.contains(&heir) { value.into() } else { 0 }),
            Heirs::None => Some(0),
            Heirs::Undecided => None,
            Heirs::Parts(heirs) => {
                let parts = parts(value, heirs);
                let inside = heirs.iter().zip(parts).filter(|((at, _), _)| within.contains(at));
                Some(inside.map(|(_, part)| i128::from(part)).sum())
            }
        }
    }

    /// The column as it would stand on the other tree: figures that come to one unit are added,
    /// decided parts sum exactly to the whole, undecided and gone figures are left out.
    ///
    /// # Errors
    /// A sum that does not fit a figure.
    pub fn apply(&self, column: &Column) -> Result<Column, RollupError> {
        let mut placed: Vec<(u32, i64, Qualifier)> = Vec::with_capacity(column.reported() as usize);
        let known = u32::try_from(self.carried.len()).unwrap_or(u32::MAX);
        column.each(0..known, |position, value| {
            let qualifier = column.qualifier(position);
            match self.heirs(position) {
                Heirs::One(heir) => placed.push((heir, value, qualifier)),
                Heirs::Parts(heirs) => {
                    let parts = heirs.iter().zip(parts(value, heirs));
                    placed.extend(parts.map(|((heir, _), part)| (*heir, part, qualifier)));
                }
                Heirs::Undecided | Heirs::None => {}
            }
        });
        placed.sort_by_key(|(heir, _, _)| *heir);
        let mut entries = Vec::with_capacity(placed.len());
        for together in placed.chunk_by(|one, other| one.0 == other.0) {
            let sum: i128 = together.iter().map(|(_, value, _)| i128::from(*value)).sum();
            let value = i64::try_from(sum).map_err(|_| RollupError::Overflow)?;
            let qualifier =
                together.iter().fold(Qualifier::Exact, |all, (_, _, one)| all.plus(*one));
            entries.push((together[0].0, Figure { value, qualifier }));
        }
        Ok(Column::from_entries(entries))
    }

    /// The unit that shares, by its position.
    pub(crate) fn sharer(&self, position: u32) -> Option<UnitId> {
        let carried = self.carried[position as usize];
        (carried != GONE && carried >= SHARED)
            .then(|| self.shared[(carried - SHARED) as usize].unit)
    }
}

impl Shared {
    /// Whether something of it may stand in `within`.
    fn touches(&self, within: &Range<u32>) -> bool {
        self.heirs.is_empty() || self.heirs.iter().any(|(heir, _)| within.contains(heir))
    }

    /// Whether nothing of it goes elsewhere: then the parts need not be known.
    fn comes_whole(&self, within: &Range<u32>) -> bool {
        let total: u32 = self.heirs.iter().map(|(_, millionths)| millionths).sum();
        !self.heirs.is_empty()
            && (total == WHOLE || !self.decided)
            && self.heirs.iter().all(|(heir, _)| within.contains(heir))
    }
}

/// Appends ascending positions as runs.
pub(crate) fn append_runs(positions: impl Iterator<Item = u32>, runs: &mut Vec<Range<u32>>) {
    let mut current: Option<Range<u32>> = None;
    for position in positions {
        match &mut current {
            Some(run) if run.end == position => run.end += 1,
            Some(run) => runs.push(std::mem::replace(run, position..position + 1)),
            None => current = Some(position..position + 1),
        }
    }
    runs.extend(current);
}

/// The parts of a value, by largest remainder, so that parts of the whole sum to the value.
pub(crate) fn parts(value: i64, heirs: &[(u32, u32)]) -> Vec<i64> {
    let magnitude = u128::from(value.unsigned_abs());
    let given: u32 = heirs.iter().map(|(_, millionths)| millionths).sum();
    // What is given to nobody takes part too, so that the others get no more than theirs.
    let rest = WHOLE.saturating_sub(given);
    let shares: Vec<u128> =
        heirs.iter().map(|(_, millionths)| *millionths).chain([rest]).map(u128::from).collect();
    let whole = u128::from(WHOLE);
    let mut parts: Vec<u128> = shares.iter().map(|share| magnitude * share / whole).collect();
    let missing = magnitude - parts.iter().sum::<u128>();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by_key(|at| std::cmp::Reverse(magnitude * shares[*at] % whole));
    for at in by_remainder.into_iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
        parts[at] += 1;
    }
    parts.truncate(heirs.len());
    let signed = |part: u128| {
        let part = i128::try_from(part).expect("a part of 64 bits");
        let part = if value < 0 { -part } else { part };
        i64::try_from(part).expect("no larger than the value, with its sign")
    };
    parts.into_iter().map(signed).collect()
}

#[cfg(test)]
mod tests;
