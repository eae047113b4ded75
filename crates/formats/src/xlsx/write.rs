//! Writes tables as a workbook in the layout of a document profile; the same book, the same bytes.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::book::{
    Alignment, Book, CellOut, Emphasis, NumberFormat, Scale, SheetTable, TableRow, TitleStyle,
    Typing, WriteError,
};
use crate::document::{Orientation, Properties};
use crate::profile::Profile;

/// The size of the text of a table, in points.
pub(super) const TABLE_PT: u32 = 12;

/// The room an indented cell keeps free, in characters.
const INDENT: f64 = 1.0;

/// The height of one line of text of that size, in points.
pub(super) const LINE_PT: f64 = 16.5;

/// The tint behind the head of a group of rows.
pub(super) const TINT: u32 = 0x00F2_F2F2;

/// The number by which spreadsheets know A4 paper.
pub(super) const A4: u8 = 9;

/// A row as the writer counts, from 0; people see it counted from 1.
type Row = u32;

/// Writes a book; the page, its margins and the font come from the profile.
///
/// # Errors
/// Names that no tab can bear, values that are no numbers, rows that do not fit their columns.
pub fn write_workbook(book: &Book, profile: &Profile) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let font = Format::new().set_font_name(profile.font).set_font_size(TABLE_PT);
    // The usual height and width of a cell, in pixels.
    workbook.set_default_format(&font, 20, 64).map_err(|error| rejected(&error))?;
    workbook.set_properties(&properties(&book.properties)?);
    for table in &book.sheets {
        let sheet = workbook.add_worksheet();
        sheet
            .set_name(&table.name)
            .map_err(|_| WriteError::SheetName { name: table.name.clone() })?;
        Writer { sheet, table, font: &font }.write()?;
        set_page(sheet, table, profile)?;
    }
    workbook.save_to_buffer().map_err(|error| match error {
        XlsxError::SheetnameReused(name) => WriteError::SheetName { name },
        other => rejected(&other),
    })
}

pub(super) fn properties(properties: &Properties) -> Result<DocProperties, WriteError> {
    let created =
        ExcelDateTime::parse_from_str(&properties.created).map_err(|error| rejected(&error))?;
    Ok(DocProperties::new()
        .set_title(&properties.title)
        .set_author(&properties.creator)
        .set_creation_datetime(&created))
}

fn set_page(
    sheet: &mut Worksheet,
    table: &SheetTable,
    profile: &Profile,
) -> Result<(), WriteError> {
    let page = profile.page;
    let inches = |millimetres: u32| f64::from(millimetres) / 25.4;
    match table.orientation {
        Orientation::Portrait => sheet.set_portrait(),
        Orientation::Landscape => sheet.set_landscape(),
    };
    sheet
        .set_paper_size(A4)
        .set_margins(
            inches(page.margin_left_mm),
            inches(page.margin_right_mm),
            inches(page.margin_top_mm),
            inches(page.margin_bottom_mm),
            inches(page.margin_top_mm) / 2.0,
            inches(page.margin_bottom_mm) / 2.0,
        )
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_header(format!("&C&\"{},Regular\"&13&P", profile.font));
    let first = row_number(table.titles.len());
    let below = first + row_number(table.header.len());
    if below > first {
        sheet.set_repeat_rows(first, below - 1).map_err(|error| rejected(&error))?;
        sheet.set_freeze_panes(below, table.frozen_columns).map_err(|error| rejected(&error))?;
    }
    Ok(())
}

/// One sheet while it is written.
struct Writer<'a> {
    sheet: &'a mut Worksheet,
    table: &'a SheetTable,
    font: &'a Format,
}

impl Writer<'_> {
    fn write(&mut self) -> Result<(), WriteError> {
        for (column, layout) in self.table.columns.iter().enumerate() {
            let column = self.column(column, 0)?;
            self.sheet.set_column_width(column, layout.width).map_err(|error| rejected(&error))?;
            if layout.typing == Typing::AsText {
                let format = self.font.clone().set_num_format("@").set_text_wrap();
                self.sheet.set_column_format(column, &format).map_err(|error| rejected(&error))?;
            }
        }
        let mut row = 0;
        for title in &self.table.titles {
            let format = match title.style {
                TitleStyle::Main => self.font.clone().set_bold().set_font_size(TABLE_PT + 1),
                TitleStyle::Sub => self.font.clone().set_italic(),
            };
            self.line(row, &title.text, &format.set_align(FormatAlign::Center))?;
            row += 1;
        }
        self.header(row)?;
        row += row_number(self.table.header.len());
        for cells in &self.table.rows {
            self.row(row, cells)?;
            row += 1;
        }
        for note in &self.table.notes {
            self.line(row, note, &self.font.clone().set_italic())?;
            row += 1;
        }
        Ok(())
    }

    /// A line of text across the table.
    fn line(&mut self, row: Row, text: &str, format: &Format) -> Result<(), WriteError> {
        let format = format.clone().set_align(FormatAlign::VerticalCenter).set_text_wrap();
        let last = self.table.columns.len().max(1);
        self.merged(row, 0, row, self.column(last - 1, row)?, text, &format)?;
        let width: f64 = self.table.columns.iter().map(|column| column.width).sum();
        self.height(row, lines(text, width))
    }

    fn header(&mut self, first: Row) -> Result<(), WriteError> {
        let format = self
            .framed()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
        let depth = self.table.header.len();
        for (down, cells) in self.table.header.iter().enumerate() {
            let row = first + row_number(down);
            let mut tallest = 1;
            let mut across = 0;
            for cell in cells {
                while taken.contains(&(down, across)) {
                    across += 1;
                }
                let (last_down, last_across) =
                    (down + usize::from(cell.rows), across + usize::from(cell.columns));
                let spot: Vec<(usize, usize)> = (down..last_down)
                    .flat_map(|down| (across..last_across).map(move |across| (down, across)))
                    .collect();
                if spot.is_empty() || last_down > depth || spot.iter().any(|at| taken.contains(at))
                {
                    return Err(self.misshapen(row));
                }
                let (left, right) = (self.column(across, row)?, self.column(last_across - 1, row)?);
                let bottom = first + row_number(last_down - 1);
                self.merged(row, left, bottom, right, &cell.text, &format)?;
                let spanned = self.table.columns.iter().skip(across).take(cell.columns.into());
                let needed = lines(&cell.text, spanned.map(|column| column.width).sum());
                tallest = tallest.max(needed.div_ceil(u32::from(cell.rows)));
                taken.extend(spot);
                across = last_across;
            }
            self.height(row, tallest)?;
        }
        Ok(())
    }

    fn row(&mut self, row: Row, line: &TableRow) -> Result<(), WriteError> {
        if line.cells.len() > self.table.columns.len() {
            return Err(self.misshapen(row));
        }
        let mut tallest = 1;
        for (index, layout) in self.table.columns.iter().enumerate() {
            let column = self.column(index, row)?;
            let format = self.framed().set_align(FormatAlign::VerticalCenter);
            let format = match layout.alignment {
                // Words must not run into the figure at the right edge of the cell before them.
                Alignment::Left => format.set_align(FormatAlign::Left).set_indent(1),
                Alignment::Centre => format.set_align(FormatAlign::Center),
                Alignment::Right => format.set_align(FormatAlign::Right),
            };
            let format = match line.emphasis {
                Emphasis::Plain => format,
                Emphasis::Group => format.set_bold().set_background_color(TINT),
                Emphasis::Total => format.set_bold(),
            };
            match line.cells.get(index).unwrap_or(&CellOut::Empty) {
                CellOut::Empty => self.sheet.write_blank(row, column, &format),
                CellOut::Text(text) => {
                    tallest = tallest.max(lines(text, layout.width - INDENT));
                    self.sheet.write_string_with_format(row, column, text, &guarded(text, format))
                }
                CellOut::Number { value, format: shown } => {
                    let number = self.number(value, shown.scale)?;
                    let format = format.set_num_format(pattern(shown));
                    self.sheet.write_number_with_format(row, column, number, &format)
                }
            }
            .map_err(|error| rejected(&error))?;
        }
        self.height(row, tallest)
    }

    fn number(&self, value: &str, scale: Scale) -> Result<f64, WriteError> {
        let refused =
            || WriteError::NotANumber { sheet: self.table.name.clone(), value: value.to_owned() };
        let is_plain = value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-'));
        // The exponent moves the decimal point without a rounding error.
        let text = match scale {
            Scale::Plain => value.to_owned(),
            Scale::Percent => format!("{value}e-2"),
        };
        let number: f64 = text.parse().map_err(|_| refused())?;
        if is_plain && number.is_finite() { Ok(number) } else { Err(refused()) }
    }

    fn merged(
        &mut self,
        top: Row,
        left: u16,
        bottom: Row,
        right: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), WriteError> {
        let format = guarded(text, format.clone());
        if (top, left) == (bottom, right) {
            self.sheet.write_string_with_format(top, left, text, &format)
        } else {
            self.sheet.merge_range(top, left, bottom, right, text, &format)
        }
        .map(|_| ())
        .map_err(|error| rejected(&error))
    }

    /// Sets the height of a row: not every spreadsheet fits it to the text when a file is opened,
    /// and none does for merged cells.
    fn height(&mut self, row: Row, lines: u32) -> Result<(), WriteError> {
        let height = f64::from(lines) * LINE_PT + 3.0;
        self.sheet.set_row_height(row, height).map(|_| ()).map_err(|error| rejected(&error))
    }

    fn framed(&self) -> Format {
        self.font.clone().set_border(FormatBorder::Thin).set_text_wrap()
    }

    fn column(&self, index: usize, row: Row) -> Result<u16, WriteError> {
        let is_inside = index < self.table.columns.len().max(1);
        u16::try_from(index).ok().filter(|_| is_inside).ok_or_else(|| self.misshapen(row))
    }

    fn misshapen(&self, row: Row) -> WriteError {
        WriteError::RowShape { sheet: self.table.name.clone(), row: row + 1 }
    }
}

/// Marks text that a spreadsheet would take for a formula as soon as somebody edits the cell.
pub(super) fn guarded(text: &str, format: Format) -> Format {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format.set_quote_prefix()
    } else {
        format
    }
}

/// The number format code: `#,##0.0%`, with words before it in quotation marks.
fn pattern(format: &NumberFormat) -> String {
    let mut pattern = String::new();
    if !format.prefix.is_empty() {
        // A quotation mark cannot stand inside a quoted text.
        pattern.push_str(&format!("\"{}\"", format.prefix.replace('"', "'")));
    }
    pattern.push_str("#,##0");
    if format.decimals > 0 {
        pattern.push('.');
        pattern.extend(std::iter::repeat_n('0', format.decimals.into()));
    }
    if format.scale == Scale::Percent {
        pattern.push('%');
    }
    pattern
}

/// How many lines a text takes in so many characters; words are not broken.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    let mut lines = 0;
    for paragraph in text.split('\n') {
        let mut used = 0.0;
        lines += 1;
        for word in paragraph.split_whitespace() {
            let length = f64::from(u32::try_from(word.chars().count()).unwrap_or(u32::MAX));
            if used > 0.0 && used + length > width {
                lines += 1;
                used = 0.0;
            }
            used += length + 1.0;
        }
    }
    lines
}

pub(super) fn row_number(index: usize) -> Row {
    Row::try_from(index).unwrap_or(Row::MAX)
}

pub(super) fn rejected(error: &XlsxError) -> WriteError {
    WriteError::Rejected(error.to_string())
}
