//! Figures of a few units among many: sorted positions beside their values.

use std::ops::Range;

use super::values::Values;

/// Positions in one page.
const PAGE: u32 = 1 << 16;

/// Positions split into pages, so that each costs two bytes, and the values at the same places.
#[derive(Debug, Clone)]
pub(crate) struct Scattered {
    /// Where each page starts in `lows`, and after the last page where it ends.
    starts: Vec<u32>,
    /// The positions within their page, sorted per page.
    lows: Vec<u16>,
    pub(crate) values: Values,
}

impl Default for Scattered {
    fn default() -> Self {
        Self { starts: vec![0], lows: Vec::new(), values: Values::with_capacity(0, 0) }
    }
}

/// The page of a position and the place within the page.
fn split(position: u32) -> (u32, u16) {
    let low = u16::try_from(position % PAGE).expect("a remainder is smaller than its divisor");
    (position / PAGE, low)
}

impl Scattered {
    pub(crate) fn len(&self) -> usize {
        self.lows.len()
    }

    /// Makes room for `count` figures up to `largest` in magnitude, to be pushed in order.
    pub(crate) fn with_capacity(count: usize, largest: u64) -> Self {
        let values = Values::with_capacity(count, largest);
        Self { starts: vec![0], lows: Vec::with_capacity(count), values }
    }

    /// The places of the first position at or after `position`.
    pub(crate) fn lower_bound(&self, position: u32) -> usize {
        let (page, low) = split(position);
        let page = page as usize;
        let Some(end) = self.starts.get(page + 1) else { return self.lows.len() };
        let start = self.starts[page] as usize;
        start + self.lows[start..*end as usize].partition_point(|at| *at < low)
    }

    /// The place of `position`, or where it would be.
    fn search(&self, position: u32) -> Result<usize, usize> {
        let (page, low) = split(position);
        let at = self.lower_bound(position);
        match self.starts.get(page as usize + 1) {
            Some(end) if at < *end as usize && self.lows[at] == low => Ok(at),
            _ => Err(at),
        }
    }

    pub(crate) fn get(&self, position: u32) -> Option<i64> {
        self.search(position).ok().map(|at| self.values.get(at))
    }

    /// Sets a figure; whether it is a new one.
    pub(crate) fn set(&mut self, position: u32, value: i64) -> bool {
        match self.search(position) {
            Ok(at) => {
                self.values.set(at, value);
                false
            }
            Err(at) => {
                let (page, low) = split(position);
                let page = page as usize;
                let len = u32::try_from(self.lows.len()).expect("positions are 32 bits");
                if self.starts.len() < page + 2 {
                    self.starts.resize(page + 2, len);
                }
                for start in &mut self.starts[page + 1..] {
                    *start += 1;
                }
                self.lows.insert(at, low);
                self.values.insert(at, value);
                true
            }
        }
    }

    /// Takes a figure out; whether there was one.
    pub(crate) fn clear(&mut self, position: u32) -> bool {
        let Ok(at) = self.search(position) else { return false };
        let (page, _) = split(position);
        for start in &mut self.starts[page as usize + 1..] {
            *start -= 1;
        }
        self.lows.remove(at);
        self.values.remove(at);
        true
    }

    /// Calls `visit` with position and value of every figure in `range`, in order.
    pub(crate) fn each(&self, range: Range<u32>, mut visit: impl FnMut(u32, i64)) {
        if range.is_empty() {
            return;
        }
        let (first, _) = split(range.start);
        let (last, _) = split(range.end - 1);
        let pages = u32::try_from(self.starts.len() - 1).expect("pages are fewer than positions");
        for page in first..pages.min(last.saturating_add(1)) {
            let base = page * PAGE;
            let from = self.lower_bound(range.start.max(base));
            let until = self.starts[page as usize + 1] as usize;
            for at in from..until {
                let position = base + u32::from(self.lows[at]);
                if position >= range.end {
                    break;
                }
                visit(position, self.values.get(at));
            }
        }
    }

    /// The places of the figures in `range`.
    pub(crate) fn places(&self, range: Range<u32>) -> Range<usize> {
        let from = self.lower_bound(range.start);
        from..self.lower_bound(range.end).max(from)
    }

    pub(crate) fn bytes(&self) -> usize {
        self.starts.capacity() * size_of::<u32>()
            + self.lows.capacity() * size_of::<u16>()
            + self.values.bytes()
    }
}
