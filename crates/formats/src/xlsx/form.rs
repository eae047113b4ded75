//! Writes a form to be filled in a spreadsheet: locked but for its input cells, which know what
//! they take; the first row and the first column are hidden and say what the rest is about.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign,
    FormatBorder, ProtectionOptions, Workbook, Worksheet,
};

use super::book::WriteError;
use super::write::{A4, LINE_PT, TABLE_PT, TINT, guarded, lines, properties, rejected, row_number};
use crate::document::Properties;
use crate::profile::Profile;

/// Characters that a message beside a cell takes.
const MESSAGE_MAX: usize = 250;

/// Columns that stay in sight when the sheet is moved sideways: the hidden one, number and name.
const FROZEN: u16 = 3;

/// A form before it is a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSheet {
    /// Properties of the file.
    pub properties: Properties,
    /// The text on the tab.
    pub name: String,
    /// What programs know the sheet by; it stands in the hidden first cell.
    pub marker: String,
    /// The lines above the table: the first is its name.
    pub titles: Vec<String>,
    /// The columns, without the hidden first one.
    pub columns: Vec<FormColumn>,
    /// The rows.
    pub rows: Vec<FormRow>,
}

/// A column of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormColumn {
    /// What programs know it by; empty for those that only people read.
    pub key: String,
    /// The heading, over several lines.
    pub heading: String,
    /// The width in characters.
    pub width: f64,
    /// What it is for.
    pub role: Role,
}

/// What a column is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// To be read.
    Read,
    /// To be filled with figures.
    Figure {
        /// The smallest that is taken, in plain decimal text.
        minimum: String,
        /// The largest; none when there is no end.
        maximum: Option<String>,
        /// What is said beside the cell.
        message: String,
    },
    /// To be filled with words.
    Words,
    /// For programs; hidden.
    Hidden,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// What programs know it by; it stands in the hidden first column.
    pub key: String,
    /// The cells.
    pub cells: Vec<FormCell>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormCell {
    /// Nothing.
    Empty,
    /// Text, and only ever text.
    Text(String),
    /// A number in plain decimal text.
    Number(String),
}

/// Writes a form; the same form, the same bytes.
///
/// # Errors
/// A name that no tab can bear, or a value that is no number.
pub fn write_form(form: &FormSheet, profile: &Profile) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let font = Format::new().set_font_name(profile.font).set_font_size(TABLE_PT);
    workbook.set_default_format(&font, 20, 64).map_err(|error| rejected(&error))?;
    workbook.set_properties(&properties(&form.properties)?);
    let sheet = workbook.add_worksheet();
    sheet.set_name(&form.name).map_err(|_| WriteError::SheetName { name: form.name.clone() })?;
    Writer { sheet, form, font: &font }.write()?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).protect_with_options(
        &ProtectionOptions {
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::default()
        },
    );
    workbook.save_to_buffer().map_err(|error| rejected(&error))
}

/// A form while it is written.
struct Writer<'a> {
    sheet: &'a mut Worksheet,
    form: &'a FormSheet,
    font: &'a Format,
}

impl Writer<'_> {
    fn write(&mut self) -> Result<(), WriteError> {
        self.keys()?;
        let mut row = 1;
        for (number, title) in self.form.titles.iter().enumerate() {
            let format = match number {
                0 => self.font.clone().set_bold().set_font_size(TABLE_PT + 1),
                _ => self.font.clone().set_italic(),
            };
            self.text(row, 1, title, &format)?;
            row += 1;
        }
        self.headings(row)?;
        let first = row + 1;
        self.sheet.set_freeze_panes(first, FROZEN).map_err(|error| rejected(&error))?;
        self.sheet.set_repeat_rows(row, row).map_err(|error| rejected(&error))?;
        for (row, line) in (first..).zip(&self.form.rows) {
            self.text(row, 0, &line.key, self.font)?;
            for (column, cell) in self.form.columns.iter().zip(&line.cells).enumerate() {
                self.cell(row, column_number(column), cell)?;
            }
        }
        let last = first + row_number(self.form.rows.len().saturating_sub(1));
        self.validations(first, last)
    }

    /// What programs read: the marker, the keys of the columns, and that nobody sees them.
    fn keys(&mut self) -> Result<(), WriteError> {
        self.text(0, 0, &self.form.marker, self.font)?;
        for (column, layout) in self.form.columns.iter().enumerate() {
            let at = column_number(column);
            if !layout.key.is_empty() {
                self.text(0, at, &layout.key, self.font)?;
            }
            self.sheet.set_column_width(at, layout.width).map_err(|error| rejected(&error))?;
            if layout.role == Role::Hidden {
                self.sheet.set_column_hidden(at).map_err(|error| rejected(&error))?;
            }
        }
        self.sheet.set_column_hidden(0).map_err(|error| rejected(&error))?;
        self.sheet.set_row_hidden(0).map(drop).map_err(|error| rejected(&error))
    }

    fn headings(&mut self, row: u32) -> Result<(), WriteError> {
        let format = self
            .framed()
            .set_bold()
            .set_background_color(TINT)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        let mut tallest = 1;
        for (column, layout) in self.form.columns.iter().enumerate() {
            self.text(row, column_number(column), &layout.heading, &format)?;
            if layout.role != Role::Hidden {
                tallest = tallest.max(lines(&layout.heading, layout.width));
            }
        }
        let height = f64::from(tallest) * LINE_PT + 3.0;
        self.sheet.set_row_height(row, height).map(drop).map_err(|error| rejected(&error))
    }

    fn cell(
        &mut self,
        row: u32,
        column: u16,
        (layout, cell): (&FormColumn, &FormCell),
    ) -> Result<(), WriteError> {
        let format = match (&layout.role, cell) {
            (Role::Figure { .. }, _) => self.framed().set_unlocked().set_align(FormatAlign::Right),
            (Role::Words, _) => self.framed().set_unlocked().set_text_wrap(),
            (Role::Read | Role::Hidden, FormCell::Number(_)) => {
                self.framed().set_background_color(TINT).set_align(FormatAlign::Right)
            }
            (Role::Read | Role::Hidden, FormCell::Empty | FormCell::Text(_)) => {
                self.framed().set_background_color(TINT)
            }
        };
        match cell {
            FormCell::Empty => self.sheet.write_blank(row, column, &format).map(drop),
            FormCell::Text(text) => return self.text(row, column, text, &format),
            FormCell::Number(value) => {
                let number = number(value).ok_or_else(|| self.not_a_number(value))?;
                self.sheet.write_number_with_format(row, column, number, &format).map(drop)
            }
        }
        .map_err(|error| rejected(&error))
    }

    /// What the input cells take. A spreadsheet warns and lets through, because a bound such as
    /// `trên 30` is right and no number.
    fn validations(&mut self, first: u32, last: u32) -> Result<(), WriteError> {
        for (column, layout) in self.form.columns.iter().enumerate() {
            let Role::Figure { minimum, maximum, message } = &layout.role else { continue };
            let bound = |text: &str| number(text).ok_or_else(|| self.not_a_number(text));
            let rule = match maximum {
                Some(maximum) => DataValidationRule::Between(bound(minimum)?, bound(maximum)?),
                None => DataValidationRule::GreaterThanOrEqualTo(bound(minimum)?),
            };
            let message: String = message.chars().take(MESSAGE_MAX).collect();
            let validation = DataValidation::new()
                .allow_decimal_number(rule)
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_message(&message)
                .and_then(|validation| validation.set_input_message(&message))
                .map_err(|error| rejected(&error))?;
            let at = column_number(column);
            self.sheet
                .add_data_validation(first, at, last, at, &validation)
                .map_err(|error| rejected(&error))?;
        }
        Ok(())
    }

    fn text(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), WriteError> {
        let format = guarded(text, format.clone());
        let written = self.sheet.write_string_with_format(row, column, text, &format);
        written.map(drop).map_err(|error| rejected(&error))
    }

    fn framed(&self) -> Format {
        self.font.clone().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
    }

    fn not_a_number(&self, value: &str) -> WriteError {
        WriteError::NotANumber { sheet: self.form.name.clone(), value: value.to_owned() }
    }
}

/// The sheet's column of one of the form's: the first is the hidden one.
fn column_number(index: usize) -> u16 {
    u16::try_from(index + 1).unwrap_or(u16::MAX)
}

fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-'));
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}
