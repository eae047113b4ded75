//! Lines about what is recorded already: repeated ones are passed over, and shares for a recorded
//! split become a person's decision beside the old lines.

use std::collections::BTreeMap;

use domain::unit::{Carries, SplitChoice, UnitId};
use jiff::civil::Date;

use super::import::Resolved;
use super::lines::Line;
use crate::units::register::Register;

/// A line with its two units.
pub(super) type Found<'a> = (&'a Line, Resolved);

/// The lines that are new, and the decisions about splits that are recorded already.
pub(super) fn sort_out<'a>(
    register: &Register,
    lines: Vec<Found<'a>>,
) -> (Vec<Found<'a>>, Vec<SplitChoice>) {
    let mut new = Vec::with_capacity(lines.len());
    let mut decided: BTreeMap<(Date, UnitId), SplitChoice> = BTreeMap::new();
    for (line, found) in lines {
        let unit = |index: Option<usize>| index.map(|index| register.version(index).unit);
        let (old, heir) = (unit(found.old), unit(found.new));
        let recorded = || register.saved_lines(old, line.date);
        let mut is_split = recorded().map(|line| line.carries != Carries::Whole);
        match (line.carries, old, heir) {
            (Carries::Part { millionths }, Some(from), Some(heir))
                if is_split.any(|split| split) =>
            {
                let choice = decided.entry((line.date, from)).or_insert_with(|| SplitChoice {
                    from,
                    date: line.date,
                    item: None,
                    shares: Vec::new(),
                    reason: line.instrument.clone(),
                });
                choice.shares.push((heir, millionths));
            }
            _ if recorded().any(|known| known.to == heir && known.carries == line.carries) => {}
            _ => new.push((line, found)),
        }
    }
    let mut choices: Vec<SplitChoice> = decided.into_values().collect();
    choices.retain(|choice| !stands(register, choice));
    (new, choices)
}

/// Whether the shares are those that hold already.
fn stands(register: &Register, choice: &SplitChoice) -> bool {
    let known = match register.last_choice(choice.from, choice.date) {
        Some(earlier) => earlier.shares.clone(),
        None => register
            .saved_lines(Some(choice.from), choice.date)
            .filter_map(|line| match (line.carries, line.to) {
                (Carries::Part { millionths }, Some(to)) => Some((to, millionths)),
                _ => None,
            })
            .collect(),
    };
    sorted(known) == sorted(choice.shares.clone())
}

fn sorted(mut shares: Vec<(UnitId, u32)>) -> Vec<(UnitId, u32)> {
    shares.retain(|(_, millionths)| *millionths > 0);
    shares.sort_unstable();
    shares
}
