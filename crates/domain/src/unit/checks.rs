//! What must hold among versions, successions and choices.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    Carries, LEVELS_MAX, SplitChoice, Succession, UnitError, UnitId, Units, Version,
    WHOLE_MILLIONTHS,
};

pub(super) fn check(units: &Units) -> Result<(), UnitError> {
    check_validities(units)?;
    check_codes(units)?;
    for version in units.versions() {
        check_parents(units, version)?;
    }
    for line in units.successions() {
        check_line(units, line)?;
    }
    for (unit, date) in units.departures() {
        check_departure(units, unit, date)?;
    }
    check_circles(units)?;
    units.choices().try_for_each(|choice| check_choice(units, choice))
}

fn check_validities(units: &Units) -> Result<(), UnitError> {
    for Version { validity, code, .. } in units.versions() {
        if let (Some(from), Some(to)) = (validity.from, validity.to)
            && to < from
        {
            return Err(UnitError::VersionBackwards { code: code.clone(), from, to });
        }
    }
    for pair in units.versions().windows(2) {
        if let [one, next] = pair
            && one.unit == next.unit
            && one.validity.overlaps(&next.validity)
        {
            let day = next.validity.from.unwrap_or(Date::MIN);
            return Err(UnitError::OverlappingVersions { code: next.code.clone(), day });
        }
    }
    Ok(())
}

fn check_codes(units: &Units) -> Result<(), UnitError> {
    for pair in units.in_order_of_codes().collect::<Vec<_>>().windows(2) {
        if let [one, next] = pair
            && one.code == next.code
            && one.validity.overlaps(&next.validity)
        {
            let day = next.validity.from.unwrap_or(Date::MIN);
            return Err(UnitError::CodeTaken { code: next.code.clone(), day });
        }
    }
    Ok(())
}

/// Walks up from a version on its first day. Every circle has a version that begins last, and on
/// that day the whole circle stands.
fn check_parents(units: &Units, version: &Version) -> Result<(), UnitError> {
    let day = version.validity.from.unwrap_or(Date::MIN);
    let mut path = vec![version];
    let mut next = version.parent;
    while let Some(parent) = next {
        if units.versions_of(parent).is_empty() {
            let code = path.last().map_or_else(String::new, |below| below.code.clone());
            return Err(UnitError::NoSuchParent { code, parent });
        }
        if let Some(start) = path.iter().position(|below| below.unit == parent) {
            let codes = path[start..].iter().map(|below| below.code.clone()).collect();
            return Err(UnitError::ParentCycle { codes, day });
        }
        if path.len() > LEVELS_MAX {
            let code = version.code.clone();
            return Err(UnitError::TooDeep { code, day, levels_max: LEVELS_MAX });
        }
        let Some(above) = units.version_on(parent, day) else { break };
        path.push(above);
        next = above.parent;
    }
    Ok(())
}

fn check_line(units: &Units, line: &Succession) -> Result<(), UnitError> {
    let date = line.date;
    if line.from.is_none() && line.to.is_none() {
        return Err(UnitError::EmptyLine { date });
    }
    let in_force = |unit: UnitId, day: Date| {
        if units.version_on(unit, day).is_some() {
            return Ok(());
        }
        let Some(known) = units.last_version(unit) else {
            return Err(UnitError::NoSuchUnit { unit, date });
        };
        Err(UnitError::NotInForce { code: known.code.clone(), day })
    };
    if let Some(from) = line.from {
        in_force(from, date.yesterday().unwrap_or(date))?;
    }
    line.to.map_or(Ok(()), |to| in_force(to, date))
}

/// Checks that a unit goes over once, and whole: nothing is lost unless somebody says so.
fn check_departure(units: &Units, unit: UnitId, date: Date) -> Result<(), UnitError> {
    let code = || units.code_before(unit, date).to_owned();
    let mut seen = BTreeSet::new();
    let (mut sum, mut wholes, mut parts, mut open) = (0_u64, 0, 0, false);
    for line in units.lines_from(unit, date) {
        if !seen.insert(line.to) {
            let to = line.to.and_then(|to| units.version_on(to, date));
            let to = to.map_or_else(String::new, |to| to.code.clone());
            return Err(UnitError::DoubledLine { from: code(), to, date });
        }
        match line.carries {
            Carries::Whole => wholes += 1,
            Carries::Part { .. } | Carries::UndecidedPart => parts += 1,
        }
        sum += match line.carries {
            Carries::Whole => u64::from(WHOLE_MILLIONTHS),
            Carries::Part { millionths } => u64::from(millionths),
            Carries::UndecidedPart => 0,
        };
        // What goes to nobody waits for a decision too.
        open |= matches!(
            (line.carries, line.to),
            (Carries::UndecidedPart, _) | (Carries::Part { .. }, None)
        );
    }
    if wholes > 0 && parts > 0 {
        return Err(UnitError::WholeAndParts { code: code(), date });
    }
    let whole = u64::from(WHOLE_MILLIONTHS);
    if sum > whole || (parts > 0 && !open && sum < whole) {
        return Err(UnitError::SharesNotWhole { code: code(), date, millionths: sum });
    }
    Ok(())
}

/// Checks that no units merge into one another on one day. Parts may go both ways, as when two
/// communes exchange land.
fn check_circles(units: &Units) -> Result<(), UnitError> {
    let mut next: BTreeMap<(Date, UnitId), UnitId> = BTreeMap::new();
    for line in units.successions() {
        // Few heirs go over to somebody else on the very same day.
        if let (Carries::Whole, Some(from), Some(to)) = (line.carries, line.from, line.to)
            && from != to
            && units.lines_from(to, line.date).next().is_some()
        {
            next.insert((line.date, from), to);
        }
    }
    let mut done: BTreeSet<(Date, UnitId)> = BTreeSet::new();
    for &(date, start) in next.keys() {
        let mut path: Vec<UnitId> = Vec::new();
        let mut unit = start;
        while done.insert((date, unit)) {
            path.push(unit);
            let Some(&heir) = next.get(&(date, unit)) else { break };
            if let Some(place) = path.iter().position(|seen| *seen == heir) {
                let code = |unit: &UnitId| units.code_before(*unit, date).to_owned();
                let codes = path[place..].iter().map(code).collect();
                return Err(UnitError::SuccessionCycle { codes, date });
            }
            unit = heir;
        }
    }
    Ok(())
}

fn check_choice(units: &Units, choice: &SplitChoice) -> Result<(), UnitError> {
    let SplitChoice { from, date, shares, .. } = choice;
    if units.versions_of(*from).is_empty() {
        return Err(UnitError::NoSuchUnit { unit: *from, date: *date });
    }
    let code = || units.code_before(*from, *date).to_owned();
    let successors = units.successors(*from, *date);
    let origins = units.predecessors(*from, *date);
    // A unit that nothing happened to comes from itself alone.
    if successors.is_empty() && origins.len() < 2 {
        return Err(UnitError::ChoiceWithoutSplit { code: code(), date: *date });
    }
    let stranger = |known: &[UnitId]| shares.iter().find(|(unit, _)| !known.contains(unit));
    if let (Some((heir, _)), Some(_)) = (stranger(&successors), stranger(&origins)) {
        let version = units.version_on(*heir, *date).or_else(|| units.last_version(*heir));
        let heir = version.map_or_else(String::new, |version| version.code.clone());
        return Err(UnitError::ChoiceNamesStranger { code: code(), heir, date: *date });
    }
    let sum: u64 = shares.iter().map(|(_, millionths)| u64::from(*millionths)).sum();
    let heirs: BTreeSet<UnitId> = shares.iter().map(|(unit, _)| *unit).collect();
    let is_whole = shares.is_empty() || sum == u64::from(WHOLE_MILLIONTHS);
    if !is_whole || heirs.len() != shares.len() {
        return Err(UnitError::ChoiceNotWhole { code: code(), date: *date, millionths: sum });
    }
    Ok(())
}
