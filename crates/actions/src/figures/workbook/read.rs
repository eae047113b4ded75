//! Reading the figures of a workbook, sheet by sheet.

use std::collections::BTreeMap;

use domain::item::Item;
use domain::number::SCALE_MAX;
use domain::period::Period;
use domain::refusal::{Location, Refusal};
use domain::submission::{Figure, Place};
use domain::text;
use domain::unit::UnitId;
use formats::sheet::{Cell, Sheet, SheetRow, Workbook};
use jiff::civil::Date;

use super::super::asked::Asked;
use super::super::gather::{Blank, Gathered};
use super::super::number::{self, Said};
use super::heading;
use super::layout::{ItemColumn, Layout, PassedOver};
use crate::imports::{Input, Notice, Refusals};

/// Reads all visible sheets; gives the number of rows with a unit.
pub(in crate::figures) fn read(
    input: &Input,
    workbook: &Workbook,
    asked: &Asked<'_>,
    gathered: &mut Gathered,
    refusals: &mut Refusals,
    notices: &mut Vec<Notice>,
) -> u64 {
    let mut rows = 0;
    let mut any_items = false;
    for sheet in &workbook.sheets {
        if sheet.hidden {
            notices.push(Notice::HiddenSheetPassedOver { at: at(input, sheet, 0, 0) });
            continue;
        }
        // Cover sheets and notes have no item; a workbook without any is refused below.
        let Some(layout) = Layout::find(sheet, asked) else { continue };
        any_items = true;
        for PassedOver { row, column, header, nearly } in layout.passed_over(sheet, asked) {
            let at = at(input, sheet, row, column);
            match nearly {
                Some(Item { code, name, .. }) => {
                    let (item, name) = (code.clone(), name.clone());
                    refusals.add(at, Refusal::NearlyAnItem { header, item, name });
                }
                None => notices.push(Notice::ColumnPassedOver { at, header }),
            }
        }
        match Reader::new(input, sheet, &layout, asked) {
            Ok(mut reader) => rows += reader.read(gathered, refusals, notices),
            Err(why) => refusals.add(at(input, sheet, 0, 0), why),
        }
    }
    if !any_items {
        refusals.push(input.refused(Refusal::NoItemsOnSheet));
    }
    rows
}

fn at(input: &Input, sheet: &Sheet, row: u32, column: u32) -> Location {
    Location { file: input.name.clone(), sheet: sheet.name.clone(), row, column }
}

struct Reader<'a, 'b> {
    input: &'b Input,
    sheet: &'b Sheet,
    layout: &'b Layout<'a>,
    asked: &'b Asked<'a>,
    period: Period,
    day: Date,
    above: UnitId,
    /// The units below, by the keys of their names with and without the kind, and by code.
    names: BTreeMap<String, Vec<UnitId>>,
    sums: BTreeMap<u32, i128>,
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(
        input: &'b Input,
        sheet: &'b Sheet,
        layout: &'b Layout<'a>,
        asked: &'b Asked<'a>,
    ) -> Result<Self, Refusal> {
        let period = period(sheet, layout)?;
        let first = layout.columns.first().ok_or(Refusal::NoItemsOnSheet)?;
        let day = asked.last_day(first.item, period)?;
        let above = heading::unit(
            &[&layout.titles[..], &layout.head].concat(),
            &input.name,
            asked.units,
            day,
        )
        .ok_or(Refusal::NoUnitOnSheet)?;
        if let Some(title) = heading::other_unit(&layout.titles, above, asked.units, day) {
            let taken = asked.units.version_on(above, day);
            let taken = taken.map_or_else(String::new, |it| format!("{} {}", it.kind, it.name));
            return Err(Refusal::TwoUnitsOnSheet { title: title.to_owned(), taken });
        }
        let mut names: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
        for version in asked.units.below(above, day) {
            let full = format!("{} {}", version.kind, version.name);
            for name in [&version.name, &full, &version.code] {
                let known = names.entry(text::search_key(name)).or_default();
                if !known.contains(&version.unit) {
                    known.push(version.unit);
                }
            }
        }
        // A commune's own figures stand in a row of its own name, unless a unit below has it.
        if let Some(own) = asked.units.version_on(above, day) {
            let full = format!("{} {}", own.kind, own.name);
            for name in [&own.name, &full, &own.code] {
                names.entry(text::search_key(name)).or_insert_with(|| vec![above]);
            }
        }
        Ok(Self { input, sheet, layout, asked, period, day, above, names, sums: BTreeMap::new() })
    }

    fn read(
        &mut self,
        gathered: &mut Gathered,
        refusals: &mut Refusals,
        notices: &mut Vec<Notice>,
    ) -> u64 {
        let mut rows = 0;
        let sheet = self.sheet;
        for row in sheet.rows.iter().filter(|row| row.number > self.layout.head_ends) {
            if is_total(row) {
                self.compare_total(row, notices);
                continue;
            }
            match self.unit(row) {
                Ok(Some(unit)) => {
                    rows += 1;
                    self.read_row(row, unit, gathered, refusals);
                }
                Ok(None) => {}
                Err((column, why)) => {
                    refusals.add(at(self.input, sheet, row.number, column), why);
                }
            }
        }
        rows
    }

    /// The unit of a row; none for a row without figures, such as a signature.
    fn unit(&self, row: &SheetRow) -> Result<Option<UnitId>, (u32, Refusal)> {
        let first_item = self.layout.columns.first().map_or(0, |column| column.column);
        let mut unknown = None;
        for (column, cell) in row.cells.iter().filter(|(column, _)| *column < first_item) {
            let name = match cell.value() {
                Cell::Text(text) => text.as_str(),
                Cell::Number(_)
                | Cell::Boolean(_)
                | Cell::Date(_)
                | Cell::Error(_)
                | Cell::Formula { .. }
                | Cell::Empty => continue,
            };
            match self.names.get(&text::search_key(name)).map(Vec::as_slice) {
                Some([unit]) => return Ok(Some(*unit)),
                Some(several) => {
                    let code = |unit: &UnitId| {
                        self.asked
                            .units
                            .version_on(*unit, self.day)
                            .map_or_else(String::new, |version| version.code.clone())
                    };
                    let codes = several.iter().map(code).collect();
                    let name = name.trim().to_owned();
                    return Err((*column, Refusal::AmbiguousUnitName { name, codes }));
                }
                None if !is_running_number(name) => unknown = Some((*column, name.trim())),
                None => {}
            }
        }
        let has_figures =
            self.layout.columns.iter().any(|column| may_be_figure(row.cell(column.column)));
        match unknown {
            Some((column, name)) if has_figures => {
                let above = self.asked.units.version_on(self.above, self.day);
                let above = above.map_or_else(String::new, |version| version.name.clone());
                Err((column, Refusal::UnknownUnitName { name: name.to_owned(), above }))
            }
            None if has_figures => Err((1, Refusal::NoUnitInRow)),
            _ => Ok(None),
        }
    }

    fn read_row(
        &mut self,
        row: &SheetRow,
        unit: UnitId,
        gathered: &mut Gathered,
        refusals: &mut Refusals,
    ) {
        for column in &self.layout.columns {
            if let Err(why) = self.read_cell(row, column, unit, gathered) {
                refusals.add(at(self.input, self.sheet, row.number, column.column), why);
            }
        }
    }

    fn read_cell(
        &mut self,
        row: &SheetRow,
        column: &ItemColumn<'_>,
        unit: UnitId,
        gathered: &mut Gathered,
    ) -> Result<(), Refusal> {
        let said = said(row.cell(column.column), column)?;
        let form = match (self.asked.form(column.item, unit, self.period, self.day), said) {
            (Ok(form), _) => form,
            (Err(_), Said::Nothing) => {
                gathered.leave_out_unasked();
                return Ok(());
            }
            (Err(why), Said::Withdrawn | Said::Figure(..)) => return Err(why),
        };
        let key = (form, unit, self.period);
        let (item, class) = (column.item.id, column.class.clone());
        let place =
            Place { sheet: self.sheet.name.clone(), row: row.number, column: column.column };
        match said {
            Said::Nothing => gathered.leave_out(key, Blank { item, class, place }),
            Said::Withdrawn => gathered.withdraw(key, Blank { item, class, place }),
            Said::Figure(value, qualifier) => {
                *self.sums.entry(column.column).or_default() += i128::from(value.units);
                let note = String::new();
                gathered.add(key, Figure { item, class, value, qualifier, note, place });
            }
        }
        Ok(())
    }

    /// The rows count; a total row that says something else is worth a notice.
    fn compare_total(&self, row: &SheetRow, notices: &mut Vec<Notice>) {
        for column in &self.layout.columns {
            let (Cell::Number(given) | Cell::Text(given)) = row.cell(column.column).value() else {
                continue;
            };
            let Ok(Said::Figure(given, _)) = number::read(given, column.item.scale) else {
                continue;
            };
            let sum = self.sums.get(&column.column).copied().unwrap_or(0);
            if sum != i128::from(given.units) {
                notices.push(Notice::TotalRowDiffers {
                    at: at(self.input, self.sheet, row.number, column.column),
                    item: column.item.code.clone(),
                    sum: number::printed(sum, column.item),
                    total: given.to_string(),
                });
            }
        }
    }
}

/// What a cell says for the item of its column.
fn said(cell: &Cell, column: &ItemColumn<'_>) -> Result<Said, Refusal> {
    match cell {
        Cell::Empty => Ok(Said::Nothing),
        Cell::Number(plain) => number::plain(plain, column.item),
        Cell::Text(content) => number::value(&text::nfc(content), column.item),
        Cell::Formula { formula, .. } => Err(Refusal::FormulaCell { formula: formula.clone() }),
        Cell::Error(text) => Err(Refusal::ErrorCell { text: text.clone() }),
        Cell::Date(text) => Err(Refusal::NotANumber { text: text.clone() }),
        Cell::Boolean(truth) => Err(Refusal::NotANumber { text: truth.to_string() }),
    }
}

/// The period of a sheet: its tab and its titles may each name one, but not two different ones.
/// The head itself is looked at last: its columns may speak of other periods, too.
fn period(sheet: &Sheet, layout: &Layout<'_>) -> Result<Period, Refusal> {
    let on_tab = heading::period(&sheet.name);
    let named: Vec<Period> =
        layout.titles.iter().filter_map(|title| heading::period(title)).collect();
    // Below `Kế hoạch năm 2023` a title names the month of that year.
    let is_wider = |it: &Period| named.iter().any(|other| other != it && it.contains(*other));
    let mut narrow = named.iter().copied().filter(|it| !is_wider(it));
    let in_title = narrow.next();
    if let Some((one, other)) = in_title.zip(narrow.find(|it| Some(*it) != in_title)) {
        return Err(Refusal::TwoPeriodsInTitles { one, other });
    }
    let in_title = in_title.or_else(|| layout.head.iter().find_map(|text| heading::period(text)));
    match (on_tab, in_title) {
        (Some(tab), Some(title)) if tab != title => Err(Refusal::TwoPeriodsOnSheet { tab, title }),
        (tab, title) => title.or(tab).ok_or(Refusal::NoPeriodOnSheet),
    }
}

fn is_total(row: &SheetRow) -> bool {
    row.cells.iter().take(3).any(|(_, cell)| match cell.value() {
        Cell::Text(text) => {
            let key = text::search_key(text);
            let begins = ["tong cong ", "tong so ", "cong chung ", "cong toan "];
            ["cong", "tong", "tong cong", "tong so"].contains(&key.as_str())
                || begins.iter().any(|words| key.starts_with(words))
        }
        _ => false,
    })
}

/// Whether a cell of a row without a known unit may hold a figure. Signatures and the place line
/// stand below the columns of figures and are none.
fn may_be_figure(cell: &Cell) -> bool {
    match cell.value() {
        Cell::Empty => false,
        Cell::Text(text) => !matches!(
            number::read(&text::nfc(text), SCALE_MAX),
            Ok(Said::Nothing) | Err(Refusal::NotANumber { .. })
        ),
        Cell::Number(_)
        | Cell::Boolean(_)
        | Cell::Date(_)
        | Cell::Formula { .. }
        | Cell::Error(_) => true,
    }
}

/// `1`, `1.`, `I`: the column TT.
fn is_running_number(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')']);
    text.is_empty() || text.chars().all(|digit| digit.is_ascii_digit() || "IVX".contains(digit))
}
