//! Stored rows by ascending number, of which some may be missing and some too many.

use std::iter::Peekable;

pub(super) struct Rows<I: Iterator> {
    rows: Peekable<I>,
}

impl<T, E, I: Iterator<Item = Result<(u64, T), E>>> Rows<I> {
    pub(super) fn new(rows: impl IntoIterator<IntoIter = I>) -> Self {
        Self { rows: rows.into_iter().peekable() }
    }

    /// The row of that number. Rows of lower numbers, which have no place, are told to `extra`.
    pub(super) fn at(&mut self, number: u64, mut extra: impl FnMut(u64)) -> Result<Option<T>, E> {
        let due = |row: &Result<(u64, T), E>| match row {
            Ok((found, _)) => *found <= number,
            Err(_) => true,
        };
        while let Some(row) = self.rows.next_if(due) {
            let (found, content) = row?;
            if found == number {
                return Ok(Some(content));
            }
            extra(found);
        }
        Ok(None)
    }

    /// The number of the row that comes next.
    pub(super) fn next_number(&mut self) -> Option<u64> {
        self.rows.peek().and_then(|row| row.as_ref().ok()).map(|(number, _)| *number)
    }

    /// Tells the numbers of all rows that are left.
    pub(super) fn rest(self, mut extra: impl FnMut(u64)) -> Result<(), E> {
        for row in self.rows {
            extra(row?.0);
        }
        Ok(())
    }
}
