//! New items: what was typed is read by the rules of a pack's table, held against the items that are
//! there, and recorded.

use domain::access::{Actor, Right};
use domain::expression::Formula;
use domain::forming::FormingProblem;
use domain::item::{Item, ItemId};
use domain::refusal::{Refused, Wanted};
use store::WriteTx;

use crate::accounts::Moment;
use crate::door::{self, Deed, Kind, payload};
use crate::error::Error;
use crate::packs::{ITEM_COLUMNS, item};
use crate::snapshot::Snapshot;
use crate::table::{Table, TableRow};
use crate::workspace::Workspace;

/// The most letters of a code.
const CODE_LETTERS_MAX: usize = 40;

/// An item as it was typed: a text for each of [`ITEM_COLUMNS`]. What is wrong is told by the column,
/// counted from 1.
pub type WrittenItem = [String; ITEM_COLUMNS.len()];

/// The item that was typed, with the next free number.
///
/// # Errors
/// What is wrong.
pub fn check(known: &[Item], written: &WrittenItem) -> Result<Item, Vec<Refused>> {
    let table = Table::typed(&ITEM_COLUMNS, written);
    let mut problems = Vec::new();
    for row in &table.rows {
        problems.extend(named(known, &table, row));
        let next = known.iter().map(|item| item.id.0).max().map_or(1, |last| last + 1);
        match item(&table, row, ItemId(next)) {
            Ok(item) if problems.is_empty() => return Ok(item),
            Ok(_) => {}
            Err(refused) if problems.iter().any(|known| known.at == refused.at) => {}
            Err(refused) => problems.push(refused),
        }
    }
    Err(problems)
}

/// What is wrong with the code and the names, also beside those of the other items: nobody can tell
/// two apart that share one.
fn named(known: &[Item], table: &Table, row: &TableRow) -> Vec<Refused> {
    let mut problems = Vec::new();
    let code = table.field(row, "code");
    if !is_code(code) {
        problems.push(table.bad(row, "code", Wanted::ItemCode));
    }
    for column in ["name_vi", "name_en"] {
        problems.extend(table.filled(row, column, Wanted::Name).err());
    }
    for column in ["code", "name_vi", "name_en"] {
        let text = table.field(row, column).to_lowercase();
        let is_so_called = |item: &&Item| {
            [&item.code, &item.name.vi, &item.name.en].iter().any(|it| it.to_lowercase() == text)
        };
        if let Some(other) = known.iter().find(is_so_called).filter(|_| !text.is_empty()) {
            let (item, text) = (other.code.clone(), table.field(row, column).to_owned());
            let why = FormingProblem::ItemTaken { item, text }.into();
            problems.push(table.refused(row, column, why));
        }
    }
    problems
}

/// Whether a text can be the code of an item: a formula that holds nothing else reads it.
fn is_code(text: &str) -> bool {
    let reads = |formula: Formula| matches!(formula.items()[..], [only] if only.code == text);
    text.len() <= CODE_LETTERS_MAX && Formula::parse(text).is_ok_and(reads)
}

/// Makes an item, which forms can then ask for.
///
/// # Errors
/// The actor may not, something is wrong with it, or the database failed.
pub fn create(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    written: &WrittenItem,
) -> Result<(), Error> {
    let by = snapshot.doer(who, Right::ManagePlan, None, moment.today)?;
    let item = check(&store::items::all(tx)?, written).map_err(Error::Refused)?;
    store::items::save(tx, &item)?;
    let classes: Vec<serde_json::Value> =
        item.classes.iter().map(|class| class.code.as_str().into()).collect();
    let content = payload::object([
        ("name_vi", item.name.vi.as_str().into()),
        ("name_en", item.name.en.as_str().into()),
        ("measure_vi", item.measure.vi.as_str().into()),
        ("measure_en", item.measure.en.as_str().into()),
        ("scale", item.scale.into()),
        ("over_units", item.over_units.code().into()),
        ("over_time", item.over_time.code().into()),
        ("classes", classes.into()),
        ("minimum", item.minimum.to_string().into()),
        ("maximum", item.maximum.map(|maximum| maximum.to_string()).into()),
    ]);
    door::record(tx, by, moment.now_ms, Deed::new(Kind::ItemCreated, &item.code, content))?;
    Ok(())
}

impl Workspace {
    /// Makes an item.
    ///
    /// # Errors
    /// See [`create`].
    pub fn create_item(
        &self,
        who: &Actor,
        moment: Moment,
        written: WrittenItem,
    ) -> Result<(), Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.write_blocking(move |tx| create(tx, &snapshot, &who, moment, &written))
    }
}
