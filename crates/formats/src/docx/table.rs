//! Tables of figures in a text document.

use super::head::grid;
use super::package::Links;
use super::paragraph::{self, Layout, line_border};
use crate::document::{
    Align, Cell, DocumentError, HeaderPlace, Orientation, RowKind, Table, header_grid,
};
use crate::markup::Markup;
use crate::measure::twips_of_mm;
use crate::profile::Profile;

/// A table with its caption, measure and source lines. Its number is for errors only.
pub(super) fn table(
    out: &mut Markup,
    links: &mut Links,
    profile: &Profile,
    orientation: Orientation,
    (number, table): (usize, &Table),
) -> Result<(), DocumentError> {
    if let Some(caption) = &table.caption {
        paragraph::words(out, Layout::of("Caption").with_next(), caption);
    }
    if let Some(measure) = &table.measure {
        paragraph::words(out, Layout::of("TableMeasure").with_next(), measure);
    }
    let widths = column_widths(table, twips_of_mm(profile.text_width_mm(orientation)));
    out.open("w:tbl", &[]);
    properties(out, &widths);
    grid(out, &widths);
    for places in header_grid(table, number)? {
        header_row(out, &widths, &places);
    }
    for row in &table.rows {
        out.open("w:tr", &[]);
        row_properties(out, &["w:cantSplit"]);
        let mut column = 0;
        for cell in &row.cells {
            body_cell(out, links, &widths, table.columns[column].align, (row.kind, column, cell));
            column += cell.columns;
        }
        out.close();
    }
    out.close();
    match &table.source {
        Some(source) => paragraph::words(out, Layout::of("TableSource"), source),
        // Two tables in a row would become one.
        None => paragraph::filler(out, None),
    }
    Ok(())
}

/// The columns' widths in twips; the last one takes what rounding leaves.
fn column_widths(table: &Table, total: u32) -> Vec<u32> {
    let shares: u32 = table.columns.iter().map(|column| column.width).sum::<u32>().max(1);
    let mut widths: Vec<u32> =
        table.columns.iter().map(|column| total * column.width / shares).collect();
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total - used;
    }
    widths
}

fn properties(out: &mut Markup, widths: &[u32]) {
    let total: u32 = widths.iter().sum();
    out.open("w:tblPr", &[]);
    out.empty("w:tblW", &[("w:w", &total.to_string()), ("w:type", "dxa")]);
    out.open("w:tblBorders", &[]);
    for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
        out.empty(side, &line_border("4"));
    }
    out.close();
    out.empty("w:tblLayout", &[("w:type", "fixed")]);
    out.open("w:tblCellMar", &[]);
    for side in ["w:left", "w:right"] {
        out.empty(side, &[("w:w", "70"), ("w:type", "dxa")]);
    }
    out.close();
    out.close();
}

fn row_properties(out: &mut Markup, switches: &[&'static str]) {
    out.open("w:trPr", &[]);
    for switch in switches {
        out.empty(switch, &[]);
    }
    out.close();
}

fn header_row(out: &mut Markup, widths: &[u32], places: &[HeaderPlace<'_>]) {
    out.open("w:tr", &[]);
    row_properties(out, &["w:cantSplit", "w:tblHeader"]);
    let mut column = 0;
    for place in places {
        let (columns, merge, text) = match place {
            HeaderPlace::Cell(cell) if cell.rows > 1 => {
                (cell.columns, Some("restart"), cell.text.as_str())
            }
            HeaderPlace::Cell(cell) => (cell.columns, None, cell.text.as_str()),
            HeaderPlace::Covered { columns } => (*columns, Some("continue"), ""),
        };
        out.open("w:tc", &[]);
        cell_properties(out, widths, (column, columns), merge);
        let layout = Layout::of("TableText").with_next().aligned("center").bold();
        paragraph::words(out, layout, text);
        out.close();
        column += columns;
    }
    out.close();
}

fn body_cell(
    out: &mut Markup,
    links: &mut Links,
    widths: &[u32],
    align: Align,
    (kind, column, cell): (RowKind, usize, &Cell),
) {
    out.open("w:tc", &[]);
    cell_properties(out, widths, (column, cell.columns), None);
    let align = match align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
    };
    let layout = Layout::of("TableText").aligned(align);
    let layout = match kind {
        RowKind::Plain => layout,
        RowKind::Total => layout.bold(),
        RowKind::Group => layout.aligned("left").with_next().bold(),
    };
    paragraph::runs(out, links, layout, &cell.runs);
    out.close();
}

fn cell_properties(
    out: &mut Markup,
    widths: &[u32],
    (column, columns): (usize, usize),
    merge: Option<&str>,
) {
    let width: u32 = widths[column..column + columns].iter().sum();
    out.open("w:tcPr", &[]);
    out.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
    if columns > 1 {
        out.empty("w:gridSpan", &[("w:val", &columns.to_string())]);
    }
    if let Some(merge) = merge {
        out.empty("w:vMerge", &[("w:val", merge)]);
    }
    out.empty("w:vAlign", &[("w:val", "center")]);
    out.close();
}
