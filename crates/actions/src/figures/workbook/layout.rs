//! Which columns of a sheet are items, and where its head ends.

use std::collections::{BTreeMap, BTreeSet};

use domain::item::Item;
use domain::text;
use formats::sheet::{Cell, Sheet};

use super::super::asked::Asked;
/// Rows in which a head is looked for.
const HEAD_ROWS_MAX: u32 = 30;

/// A column of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemColumn<'a> {
    pub(super) column: u32,
    pub(super) item: &'a Item,
    /// The class, or empty for the whole.
    pub(super) class: String,
}

/// What the head of a sheet says.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) columns: Vec<ItemColumn<'a>>,
    /// The last row of the head.
    pub(super) head_ends: u32,
    /// The texts above the head: titles.
    pub(super) titles: Vec<String>,
    /// The texts in the first row of the head.
    pub(super) head: Vec<String>,
}

impl<'a> Layout<'a> {
    /// Finds the item columns by the codes or names in the head; none when there is no item.
    pub(super) fn find(sheet: &Sheet, asked: &Asked<'a>) -> Option<Self> {
        let names = Names::of(asked);
        let mut columns: BTreeMap<u32, ItemColumn<'a>> = BTreeMap::new();
        let (mut head_begins, mut head_ends) = (0, 0);
        let rows = sheet.rows.iter().take_while(|row| row.number <= HEAD_ROWS_MAX);
        for row in rows {
            for (column, cell) in &row.cells {
                let Cell::Text(content) = cell.value() else { continue };
                for column in spread(sheet, row.number, *column) {
                    let found = match names.item(content) {
                        Some(item) => Some(ItemColumn { column, item, class: String::new() }),
                        None => class_below(columns.get(&column), content),
                    };
                    if let Some(found) = found {
                        columns.insert(column, found);
                        head_begins = if head_begins == 0 { row.number } else { head_begins };
                        head_ends = head_ends.max(bottom(sheet, row.number, column));
                    }
                }
            }
        }
        let titles = texts(sheet, |row| row < head_begins);
        let head = texts(sheet, |row| row == head_begins);
        let columns: Vec<ItemColumn<'a>> = columns.into_values().collect();
        (!columns.is_empty()).then_some(Self { columns, head_ends, titles, head })
    }

    /// Headers beside the items that are no item.
    pub(super) fn passed_over(&self, sheet: &Sheet, asked: &Asked<'a>) -> Vec<PassedOver<'a>> {
        let first = self.columns.first().map_or(0, |column| column.column);
        let is_item = |column: u32| self.columns.iter().any(|known| known.column == column);
        let mut head = sheet.rows.iter().filter(|row| row.number <= self.head_ends);
        let Some(row) = head.next_back() else { return Vec::new() };
        row.cells
            .iter()
            .filter(|(column, _)| *column > first && !is_item(*column))
            .filter_map(|(column, cell)| match cell.value() {
                Cell::Text(header) if is_figure_header(header) => Some(PassedOver {
                    row: row.number,
                    column: *column,
                    header: header.trim().to_owned(),
                    nearly: self
                        .nearest(header, asked)
                        .filter(|_| self.has_figures(sheet, *column)),
                }),
                _ => None,
            })
            .collect()
    }

    /// The item without a column whose name shares most of its words with a header.
    fn nearest(&self, header: &str, asked: &Asked<'a>) -> Option<&'a Item> {
        let words = |text: &str| -> BTreeSet<String> {
            text::search_key(text).split(' ').map(str::to_owned).collect()
        };
        let header = words(header);
        let is_near = |name: &String| {
            let name = words(name);
            let shared = name.intersection(&header).count();
            shared >= SHARED_WORDS_MIN
                && shared * 10 >= name.union(&header).count() * SHARED_TENTHS_MIN
        };
        asked.items.iter().find(|item| {
            [&item.name.vi, &item.name.en].into_iter().any(is_near)
                && self.columns.iter().all(|column| column.item.id != item.id)
        })
    }

    fn has_figures(&self, sheet: &Sheet, column: u32) -> bool {
        let mut rows = sheet.rows.iter().filter(|row| row.number > self.head_ends);
        rows.any(|row| matches!(row.cell(column).value(), Cell::Number(_)))
    }
}

/// A column beside the items that is no item.
#[derive(Debug)]
pub(super) struct PassedOver<'a> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) header: String,
    /// The item that a column of figures is nearly named like.
    pub(super) nearly: Option<&'a Item>,
}

/// Of the words of a header and an item's name together, how many both must have, in tenths, to be
/// taken for a slip of the pen rather than another matter.
const SHARED_TENTHS_MIN: usize = 6;

/// Shorter names, such as `Số hộ` and `Số hộ nghèo`, differ by a word that matters.
const SHARED_WORDS_MIN: usize = 3;

/// Notes and remarks beside the figures are expected and not worth a notice.
fn is_figure_header(header: &str) -> bool {
    let key = text::search_key(header);
    !key.is_empty() && key != "ghi chu"
}

fn texts(sheet: &Sheet, is_meant: impl Fn(u32) -> bool) -> Vec<String> {
    let rows = sheet.rows.iter().filter(|row| is_meant(row.number));
    rows.flat_map(|row| &row.cells)
        .filter_map(|(_, cell)| match cell.value() {
            Cell::Text(text) => Some(text::nfc(text)),
            _ => None,
        })
        .collect()
}

/// The columns a cell covers: all of its merged range.
fn spread(sheet: &Sheet, row: u32, column: u32) -> std::ops::RangeInclusive<u32> {
    sheet
        .merged
        .iter()
        .find(|area| area.top == row && area.left == column)
        .map_or(column..=column, |area| area.left..=area.right)
}

fn bottom(sheet: &Sheet, row: u32, column: u32) -> u32 {
    sheet.merged.iter().find(|area| area.contains(row, column)).map_or(row, |area| area.bottom)
}

/// A header below an item that names one of its classes.
fn class_below<'a>(above: Option<&ItemColumn<'a>>, content: &str) -> Option<ItemColumn<'a>> {
    let above = above?;
    let key = text::search_key(content);
    let class =
        above.item.classes.iter().find(|class| {
            text::search_key(&class.name.vi) == key || class.code == content.trim()
        })?;
    Some(ItemColumn { class: class.code.clone(), ..above.clone() })
}

/// Items by code and by name.
struct Names<'a> {
    by_key: BTreeMap<String, &'a Item>,
}

impl<'a> Names<'a> {
    fn of(asked: &Asked<'a>) -> Self {
        let mut by_key = BTreeMap::new();
        for item in asked.items {
            by_key.insert(text::search_key(&item.name.vi), item);
            by_key.insert(text::search_key(&item.name.en), item);
        }
        // A code wins over a name that happens to read the same.
        for item in asked.items {
            by_key.insert(text::search_key(&item.code), item);
        }
        Self { by_key }
    }

    /// `A01`, `Số đảng viên mới kết nạp`, or the name with the code in parentheses.
    fn item(&self, content: &str) -> Option<&'a Item> {
        let whole = self.by_key.get(&text::search_key(content));
        let in_parentheses = || {
            let open = content.rfind('(')?;
            let code = content.get(open + 1..)?.trim_end().strip_suffix(')')?;
            self.by_key.get(&text::search_key(code))
        };
        whole.copied().or_else(|| in_parentheses().copied())
    }
}
