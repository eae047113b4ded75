//! Units: versions, codes, trees, reorganisations, and what contradicts itself.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod contradictions;
mod golden;
mod heirs;
mod lookups;
mod properties;

use domain::item::ItemId;
use domain::unit::{
    Carries, Change, SplitChoice, Succession, UnitError, UnitId, Units, Validity, Version,
};
use jiff::civil::Date;

const WHOLE: u32 = 1_000_000;

/// Reads a day; the empty text is open.
fn day(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn on(text: &str) -> Date {
    text.parse().unwrap()
}

/// A version named after its code.
fn version(unit: i64, code: &str, from: &str, to: &str) -> Version {
    Version {
        unit: UnitId(unit),
        validity: Validity { from: day(from), to: day(to) },
        code: code.to_owned(),
        name: format!("Đơn vị {code}"),
        kind: "xã".to_owned(),
        level: "commune".to_owned(),
        parent: None,
    }
}

fn below(parent: i64, version: Version) -> Version {
    Version { parent: Some(UnitId(parent)), ..version }
}

/// A line between two units; 0 is nobody.
fn line(date: &str, from: i64, to: i64, carries: Carries) -> Succession {
    let unit = |id: i64| (id != 0).then_some(UnitId(id));
    let change = match carries {
        Carries::Whole => Change::Merge,
        Carries::UndecidedPart | Carries::Part { .. } => Change::Split,
    };
    Succession {
        date: on(date),
        change,
        from: unit(from),
        to: unit(to),
        carries,
        instrument: "Nghị quyết 1672/NQ-UBTVQH15".to_owned(),
    }
}

fn part(millionths: u32) -> Carries {
    Carries::Part { millionths }
}

fn choice(from: i64, date: &str, item: Option<u32>, shares: &[(i64, u32)]) -> SplitChoice {
    SplitChoice {
        from: UnitId(from),
        date: on(date),
        item: item.map(ItemId),
        shares: shares.iter().map(|(unit, share)| (UnitId(*unit), *share)).collect(),
        reason: "theo dân số".to_owned(),
    }
}

fn made(
    versions: &[Version],
    lines: &[Succession],
    choices: &[SplitChoice],
) -> Result<Units, UnitError> {
    Units::new(versions.to_vec(), lines.to_vec(), choices.to_vec())
}
