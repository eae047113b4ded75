//! Units: their versions, and what became of whom.

use domain::item::ItemId;
use domain::unit::{Carries, Change, SplitChoice, Succession, UnitId, Validity, Version};
use jiff::civil::Date;

use crate::engine::{Bulk, ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::json;
use crate::value::args;

statements! {
    NEW_UNIT = "insert into unit (id)
                values ((select coalesce(max(id), 0) + 1 from unit)) returning id";
    UNITS = "select id from unit order by id";
    VERSIONS = "select unit, valid_from, valid_to, code, name, kind, level, parent
                from unit_version order by unit, coalesce(valid_from, '')";
    CLOSE_VERSION = "update unit_version set valid_to = $1
                     where unit = $2 and coalesce(valid_from, '') = $3";
    DELETE_VERSIONS = "delete from unit_version where unit = $1";
    SUCCESSIONS = "select date, change, from_unit, to_unit, carries, millionths, instrument
                   from succession order by position";
    LAST_SUCCESSION = "select coalesce(max(position), 0) from succession";
    SPLIT_CHOICES = "select from_unit, date, item, shares, reason from split_choice order by position";
    INSERT_SPLIT_CHOICE = "insert into split_choice (position, from_unit, date, item, shares, reason)
        values ((select coalesce(max(position), 0) + 1 from split_choice), $1, $2, $3, $4, $5)";
}

const INSERT_UNITS: Bulk = bulk!("unit", "id", "$1");
const INSERT_VERSIONS: Bulk = bulk!(
    "unit_version",
    "unit, valid_from, valid_to, code, name, kind, level, parent",
    "$1, $2, $3, $4, $5, $6, $7, $8"
);
const INSERT_SUCCESSIONS: Bulk = bulk!(
    "succession",
    "position, date, change, from_unit, to_unit, carries, millionths, instrument",
    "$1, $2, $3, $4, $5, $6, $7, $8"
);

/// Makes a unit without any version.
///
/// # Errors
/// The database failed.
pub fn insert_unit(tx: &mut WriteTx<'_>) -> Result<UnitId> {
    tx.one(NEW_UNIT, args![], |row| row.get(0))
}

/// All versions, by unit and first day.
///
/// # Errors
/// The database failed.
pub fn versions(tx: &mut ReadTx<'_>) -> Result<Vec<Version>> {
    tx.all(VERSIONS, args![], read_version)
}

/// Adds versions. Units and parents that do not exist yet are made under the numbers given.
///
/// # Errors
/// The database failed.
pub fn insert_versions(tx: &mut WriteTx<'_>, versions: &[Version]) -> Result<()> {
    let known: Vec<UnitId> = tx.all(UNITS, args![], |row| row.get(0))?;
    let mut new: Vec<UnitId> = versions
        .iter()
        .flat_map(|version| [Some(version.unit), version.parent])
        .flatten()
        .filter(|unit| known.binary_search(unit).is_err())
        .collect();
    new.sort_unstable();
    new.dedup();
    tx.insert_rows(INSERT_UNITS, |rows| new.iter().try_for_each(|unit| rows.add(args![*unit])))?;
    tx.insert_rows(INSERT_VERSIONS, |rows| {
        for version in versions {
            let Version { unit, validity, code, name, kind, level, parent } = version;
            let (from, to) = (text(validity.from), text(validity.to));
            let (from, to) = (from.as_deref(), to.as_deref());
            rows.add(args![*unit, from, to, code, name, kind, level, *parent])?;
        }
        Ok(())
    })
}

/// Sets the last day of the version of `unit` that begins on `from`; gives back whether there is
/// such a version.
///
/// # Errors
/// The database failed.
pub fn close_version(
    tx: &mut WriteTx<'_>,
    unit: UnitId,
    from: Option<Date>,
    to: Date,
) -> Result<bool> {
    let from = text(from).unwrap_or_default();
    Ok(tx.execute(CLOSE_VERSION, args![&to.to_string(), unit, &from])? > 0)
}

/// Removes all versions of a unit, to write them anew in the same transaction.
///
/// # Errors
/// The database failed.
pub fn delete_versions(tx: &mut WriteTx<'_>, unit: UnitId) -> Result<()> {
    tx.execute(DELETE_VERSIONS, args![unit]).map(drop)
}

/// All lines of all reorganisations, in the order in which they were recorded.
///
/// # Errors
/// The database failed.
pub fn successions(tx: &mut ReadTx<'_>) -> Result<Vec<Succession>> {
    tx.all(SUCCESSIONS, args![], read_succession)
}

/// Adds lines of a reorganisation.
///
/// # Errors
/// A unit does not exist (a constraint), or the database failed.
pub fn insert_successions(tx: &mut WriteTx<'_>, successions: &[Succession]) -> Result<()> {
    let last: i64 = tx.one(LAST_SUCCESSION, args![], |row| row.get(0))?;
    tx.insert_rows(INSERT_SUCCESSIONS, |rows| {
        for (position, succession) in (last + 1..).zip(successions) {
            let Succession { date, change, from, to, carries, instrument } = succession;
            let (carries, millionths) = match carries {
                Carries::Whole => ("whole", None),
                Carries::UndecidedPart => ("undecided_part", None),
                Carries::Part { millionths } => ("part", Some(*millionths)),
            };
            let change = change_code(*change);
            let date = date.to_string();
            rows.add(args![position, &date, change, *from, *to, carries, millionths, instrument])?;
        }
        Ok(())
    })
}

/// All choices how split units are carried over, in the order in which they were made.
///
/// # Errors
/// The database failed.
pub fn split_choices(tx: &mut ReadTx<'_>) -> Result<Vec<SplitChoice>> {
    tx.all(SPLIT_CHOICES, args![], |row| {
        let shares: Vec<(i64, u32)> = json::read(row.text(3)?, "shares of a split")?;
        Ok(SplitChoice {
            from: row.get(0)?,
            date: row.get(1)?,
            item: row.get::<Option<ItemId>>(2)?,
            shares: shares.into_iter().map(|(unit, share)| (UnitId(unit), share)).collect(),
            reason: row.get(4)?,
        })
    })
}

/// Records a choice how a split unit is carried over.
///
/// # Errors
/// The unit does not exist (a constraint), or the database failed.
pub fn insert_split_choice(tx: &mut WriteTx<'_>, choice: &SplitChoice) -> Result<()> {
    let SplitChoice { from, date, item, shares, reason } = choice;
    let shares: Vec<(i64, u32)> = shares.iter().map(|(unit, share)| (unit.0, *share)).collect();
    let shares = json::write(&shares);
    let date = date.to_string();
    tx.execute(INSERT_SPLIT_CHOICE, args![*from, &date, *item, &shares, reason]).map(drop)
}

fn text(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn read_version(row: &Row<'_>) -> Result<Version> {
    Ok(Version {
        unit: row.get(0)?,
        validity: Validity { from: row.get(1)?, to: row.get(2)? },
        code: row.get(3)?,
        name: row.get(4)?,
        kind: row.get(5)?,
        level: row.get(6)?,
        parent: row.get(7)?,
    })
}

fn read_succession(row: &Row<'_>) -> Result<Succession> {
    let carries = match (row.text(4)?, row.get::<Option<u32>>(5)?) {
        ("whole", None) => Carries::Whole,
        ("undecided_part", None) => Carries::UndecidedPart,
        ("part", Some(millionths)) => Carries::Part { millionths },
        (other, _) => {
            return Err(Error::Unreadable { what: "a share", found: other.to_owned() });
        }
    };
    Ok(Succession {
        date: row.get(0)?,
        change: row.code(1, "a change of a unit", change_from_code)?,
        from: row.get(2)?,
        to: row.get(3)?,
        carries,
        instrument: row.get(6)?,
    })
}

fn change_code(change: Change) -> &'static str {
    match change {
        Change::Establish => "establish",
        Change::Rename => "rename",
        Change::Recode => "recode",
        Change::Move => "move",
        Change::Merge => "merge",
        Change::Split => "split",
        Change::Dissolve => "dissolve",
    }
}

fn change_from_code(code: &str) -> Option<Change> {
    [
        Change::Establish,
        Change::Rename,
        Change::Recode,
        Change::Move,
        Change::Merge,
        Change::Split,
        Change::Dissolve,
    ]
    .into_iter()
    .find(|change| change_code(*change) == code)
}
