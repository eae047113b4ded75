//! Evidence per head in words: what its columns count.

use domain::task::Record;

/// A column of the evidence per head.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The key of its head.
    pub head: &'static str,
    /// What it counts.
    pub count: fn(Record) -> u32,
    /// What kind of count that is.
    pub kind: Kind,
    /// How the tasks stand that it counts, when it counts all of those that are due and stand so.
    pub standing: Option<&'static str>,
}

/// What kind of count stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A count alone.
    Count,
    /// A part of what is due.
    Share,
    /// One that asks for attention.
    Lack,
}

/// The columns, on the page and in files.
pub const COLUMNS: [Column; 8] = [
    column("heads-assigned", |it| it.assigned, Kind::Count),
    column("heads-due", |it| it.due, Kind::Count),
    standing(column("heads-in-time", |it| it.in_time, Kind::Share), "in_time"),
    column("heads-in-first-time", |it| it.in_first_time, Kind::Share),
    standing(column("heads-late", |it| it.late, Kind::Count), "late"),
    standing(column("heads-overdue", |it| it.overdue, Kind::Lack), "overdue"),
    column("heads-extended", |it| it.extended, Kind::Count),
    column("heads-returned", |it| it.returned, Kind::Count),
];

const fn column(head: &'static str, count: fn(Record) -> u32, kind: Kind) -> Column {
    Column { head, count, kind, standing: None }
}

const fn standing(column: Column, standing: &'static str) -> Column {
    Column { standing: Some(standing), ..column }
}
