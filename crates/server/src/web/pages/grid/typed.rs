//! Reading the rows of a grid as a browser sends them.

use std::collections::BTreeMap;

use actions::submissions::grid::{SEPARATOR, TypedCell, TypedRow};
use domain::unit::UnitId;

/// Which button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Save,
    Send,
}

/// A filled grid with what it carries along.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) form_secret: String,
    pub(super) deed: Deed,
    pub(super) rows: Vec<TypedRow>,
}

/// Reads the pairs of a form. Rows carry `id/UNIT`, `was/UNIT` and `note/UNIT`; their cells
/// `text/UNIT/ITEM/CLASS` and `reason/…`. What is not known is left aside.
pub(super) fn read(pairs: Vec<(String, String)>) -> Filled {
    let (mut form_secret, mut deed, mut rows) = (String::new(), Deed::Save, Rows::default());
    for (key, value) in pairs {
        let mut parts = key.splitn(4, '/');
        let part = parts.next().unwrap_or_default();
        match part {
            "form_secret" => form_secret = value,
            "deed" if value == "send" => deed = Deed::Send,
            _ => {
                let unit = parts.next().and_then(|unit| unit.parse().ok()).map(UnitId);
                let Some(unit) = unit else { continue };
                match (part, parts.next(), parts.next()) {
                    ("id", None, None) => rows.row(unit).id = value,
                    ("note", None, None) => rows.row(unit).note = value,
                    ("was", None, None) => {
                        rows.row(unit).was = value.split(SEPARATOR).map(str::to_owned).collect();
                    }
                    ("text", Some(item), Some(class)) => rows.cell(unit, item, class).text = value,
                    ("reason", Some(item), Some(class)) => {
                        rows.cell(unit, item, class).reason = Some(value);
                    }
                    _ => {}
                }
            }
        }
    }
    Filled { form_secret, deed, rows: rows.all }
}

/// Rows in their order, found again without looking through all of them: whoever sends a hundred
/// thousand must not make us do that for each.
#[derive(Default)]
struct Rows {
    all: Vec<TypedRow>,
    places: BTreeMap<UnitId, usize>,
    cells: BTreeMap<(UnitId, String, String), usize>,
}

impl Rows {
    fn row(&mut self, unit: UnitId) -> &mut TypedRow {
        let all = &mut self.all;
        let at = *self.places.entry(unit).or_insert_with(|| {
            let (id, note, was, cells) = (String::new(), String::new(), Vec::new(), Vec::new());
            all.push(TypedRow { unit, id, note, was, cells });
            all.len() - 1
        });
        &mut self.all[at]
    }

    fn cell(&mut self, unit: UnitId, item: &str, class: &str) -> &mut TypedCell {
        let next = self.row(unit).cells.len();
        let key = (unit, item.to_owned(), class.to_owned());
        let at = *self.cells.entry(key).or_insert(next);
        let row = self.row(unit);
        if at == next {
            let (item, class) = (item.to_owned(), class.to_owned());
            row.cells.push(TypedCell { item, class, text: String::new(), reason: None });
        }
        &mut row.cells[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_gathered_from_their_parts_and_an_unknown_button_only_saves() {
        let pairs = [
            ("form_secret", "s"),
            ("id/7", "i"),
            ("was/7", "1||5"),
            ("text/7/A01/", "2"),
            ("text/7/G06/nu", "4"),
            ("reason/7/G06/nu", "vì"),
            ("note/7", "ghi"),
            ("text/8/A01/", ""),
            ("text/x/A01/", "9"),
            ("other/8/A01/", "9"),
            ("deed", "explode"),
        ];
        let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let cell = |item: &str, class: &str, text: &str, reason: Option<&str>| TypedCell {
            item: item.to_owned(),
            class: class.to_owned(),
            text: text.to_owned(),
            reason: reason.map(str::to_owned),
        };
        let first = TypedRow {
            unit: UnitId(7),
            id: "i".to_owned(),
            note: "ghi".to_owned(),
            was: ["1", "", "5"].map(str::to_owned).to_vec(),
            cells: vec![cell("A01", "", "2", None), cell("G06", "nu", "4", Some("vì"))],
        };
        let second = TypedRow {
            unit: UnitId(8),
            id: String::new(),
            note: String::new(),
            was: Vec::new(),
            cells: vec![cell("A01", "", "", None)],
        };
        let (form_secret, deed) = ("s".to_owned(), Deed::Save);
        let rows = vec![first, second];
        assert_eq!(read(pairs.to_vec()), Filled { form_secret, deed, rows });
    }
}
