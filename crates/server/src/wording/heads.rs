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
    column("heads-in-time", |it| it.in_time, Kind::Share),
    column("heads-in-first-time", |it| it.in_first_time, Kind::Share),
    column("heads-late", |it| it.late, Kind::Count),
    column("heads-overdue", |it| it.overdue, Kind::Lack),
    column("heads-extended", |it| it.extended, Kind::Count),
    column("heads-returned", |it| it.returned, Kind::Count),
];

const fn column(head: &'static str, count: fn(Record) -> u32, kind: Kind) -> Column {
    Column { head, count, kind }
}
