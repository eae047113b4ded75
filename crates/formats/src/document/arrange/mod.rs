//! What every renderer needs of a document: full grids, numbered headings, closed lists.

use super::{Block, Document, DocumentError, HeaderCell, Level, Run, Table};
use crate::profile::{Case, Numerals, Profile, Style};

/// Checks that every table is a full grid.
///
/// # Errors
/// The first row that is not.
pub fn check(document: &Document) -> Result<(), DocumentError> {
    let appendices = document.appendices.iter().flat_map(|appendix| &appendix.blocks);
    let tables = document.body.iter().chain(appendices).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. } | Block::Paragraph(_) | Block::Picture(_) => None,
    });
    for (index, table) in tables.enumerate() {
        check_table(table, index + 1)?;
    }
    Ok(())
}

fn check_table(table: &Table, number: usize) -> Result<(), DocumentError> {
    let columns = table.columns.len();
    header_grid(table, number)?;
    for (index, row) in table.rows.iter().enumerate() {
        let row_number = table.header.len() + index + 1;
        let covered = row.cells.iter().map(|cell| cell.columns).sum();
        if covered != columns || row.cells.iter().any(|cell| cell.columns == 0) {
            return Err(DocumentError::RowShape {
                table: number,
                row: row_number,
                covered,
                columns,
            });
        }
    }
    Ok(())
}

/// A place in a header row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderPlace<'a> {
    /// A cell begins here.
    Cell(&'a HeaderCell),
    /// The cell above goes on here, over so many columns.
    Covered {
        /// How many columns.
        columns: usize,
    },
}

/// The header rows with the places that cells above cover.
pub(crate) fn header_grid(
    table: &Table,
    number: usize,
) -> Result<Vec<Vec<HeaderPlace<'_>>>, DocumentError> {
    let columns = table.columns.len();
    // For each column: how many rows the cell from above still covers, and that cell's width
    // at its first column (0 at the others).
    let mut covered = vec![(0_usize, 0_usize); columns];
    let mut grid = Vec::new();
    for (index, cells) in table.header.iter().enumerate() {
        let row = index + 1;
        let mut places = Vec::new();
        let mut cells = cells.iter();
        let mut column = 0;
        while column < columns {
            if covered[column].0 > 0 {
                let width = covered[column].1.max(1);
                places.push(HeaderPlace::Covered { columns: width });
                covered[column..column + width].iter_mut().for_each(|(rows, _)| *rows -= 1);
                column += width;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let end = column + cell.columns;
            let fits = cell.columns > 0
                && cell.rows > 0
                && index + cell.rows <= table.header.len()
                && end <= columns
                && covered[column..end].iter().all(|(rows, _)| *rows == 0);
            if !fits {
                return Err(DocumentError::HeaderSpan { table: number, row });
            }
            covered[column..end].iter_mut().for_each(|place| *place = (cell.rows - 1, 0));
            covered[column].1 = cell.columns;
            places.push(HeaderPlace::Cell(cell));
            column = end;
        }
        if column != columns || cells.next().is_some() {
            let covered = column;
            return Err(DocumentError::RowShape { table: number, row, covered, columns });
        }
        grid.push(places);
    }
    Ok(grid)
}

/// Counts headings in the way a profile asks for.
#[derive(Debug, Default)]
pub(crate) struct HeadingCounter {
    counts: [usize; 3],
}

impl HeadingCounter {
    /// The number and words of the next heading.
    pub(crate) fn next(&mut self, profile: &Profile, level: Level, text: &str) -> String {
        let index = level.index();
        self.counts[index] += 1;
        self.counts[index + 1..].fill(0);
        let heading = &profile.headings[index];
        let number = match heading.numerals {
            Numerals::Roman => roman(self.counts[index]),
            Numerals::Arabic => self.counts[index].to_string(),
            Numerals::Path => self.path(profile, index),
            Numerals::Letter => letter(self.counts[index]),
        };
        format!("{number}{}{}", heading.separator, cased(&heading.style, text))
    }

    fn path(&self, profile: &Profile, index: usize) -> String {
        let above = (0..index).filter(|above| {
            let counted = self.counts[*above] > 0;
            counted && !matches!(profile.headings[*above].numerals, Numerals::Roman)
        });
        let numbers: Vec<String> =
            above.chain([index]).map(|level| self.counts[level].to_string()).collect();
        numbers.join(".")
    }
}

/// The words in the letters of a style.
pub(crate) fn cased(style: &Style, text: &str) -> String {
    match style.case {
        Case::AsWritten => text.to_owned(),
        Case::Upper => text.to_uppercase(),
        Case::LowerStart => {
            let mut letters = text.chars();
            let first = letters.next().map(char::to_lowercase);
            first.into_iter().flatten().chain(letters).collect()
        }
    }
}

/// The label of an appendix: numbered when there are two or more.
pub(crate) fn appendix_label(document: &Document, profile: &Profile, index: usize) -> String {
    let word = profile.words(document.language).appendix;
    if document.appendices.len() < 2 {
        return word.to_owned();
    }
    format!("{word} {}", roman(index + 1))
}

/// The lines of a list that ends with a full stop: `- …;`, the last one `- ….`.
pub(crate) fn list_lines(mark: &str, lines: &[String]) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let end = |index| if index == last { "." } else { ";" };
    lines.iter().enumerate().map(|(index, line)| format!("{mark}{line}{}", end(index))).collect()
}

/// The body with the closing mark behind its last words, when it ends with a paragraph.
pub(crate) fn with_end_mark(body: &[Block], end_mark: &str) -> Vec<Block> {
    let mut body = body.to_vec();
    if let Some(Block::Paragraph(runs)) = body.last_mut() {
        if let Some(Run::Text(text)) = runs.last_mut() {
            let words = text.trim_end_matches(['.', '/', ' ']).len();
            text.truncate(words);
        }
        runs.push(Run::Text(end_mark.to_owned()));
    }
    body
}

/// A number as a letter; numbers beyond the last one go on as numbers.
fn letter(number: usize) -> String {
    let letters = "abcdđeghiklmnopqrstuvxy";
    letters.chars().nth(number.wrapping_sub(1)).map_or_else(|| number.to_string(), String::from)
}

/// A number in Roman numerals.
fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests;
