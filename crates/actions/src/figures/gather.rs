//! Gathering figures into drafts of submissions: one unit's figures for one form and period.

use std::collections::HashMap;

use domain::item::ItemId;
use domain::period::Period;
use domain::submission::{Figure, Place};
use domain::unit::UnitId;

/// A submission in the making: the form (an index), the unit and the period.
pub(crate) type Key = (usize, UnitId, Period);

/// A cell without a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Blank {
    pub(crate) item: ItemId,
    pub(crate) class: String,
    pub(crate) place: Place,
}

/// What one file says about one submission.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) key: Key,
    /// By item and class; the same cell twice only where the values differ.
    pub(crate) figures: Vec<Figure>,
    /// Cells that take back what was reported.
    pub(crate) withdrawn: Vec<Blank>,
    /// Cells that say nothing.
    pub(crate) empty: Vec<Blank>,
}

/// All figures of one file, by submission.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    drafts: Vec<Draft>,
    by_key: HashMap<Key, usize>,
    last: Option<(Key, usize)>,
    figures: u64,
    missing: u64,
}

impl Gathered {
    /// Adds a figure.
    pub(crate) fn add(&mut self, key: Key, figure: Figure) {
        self.figures += 1;
        self.draft(key).figures.push(figure);
    }

    /// Notes that a figure is withdrawn.
    pub(crate) fn withdraw(&mut self, key: Key, blank: Blank) {
        self.draft(key).withdrawn.push(blank);
    }

    /// Notes a figure that was left empty.
    pub(crate) fn leave_out(&mut self, key: Key, blank: Blank) {
        self.missing += 1;
        self.draft(key).empty.push(blank);
    }

    /// Notes an empty cell in which no figure was asked for.
    pub(crate) fn leave_out_unasked(&mut self) {
        self.missing += 1;
    }

    /// Figures added so far.
    pub(crate) fn figures(&self) -> u64 {
        self.figures
    }

    /// Figures left empty.
    pub(crate) fn missing(&self) -> u64 {
        self.missing
    }

    fn draft(&mut self, key: Key) -> &mut Draft {
        // Files list a unit's figures together, so the last submission is nearly always right.
        let known = self.last.filter(|(last, _)| *last == key).map(|(_, draft)| draft);
        let draft = known.unwrap_or_else(|| {
            let next = self.drafts.len();
            let draft = *self.by_key.entry(key).or_insert(next);
            if draft == next {
                // Submissions of one file are mostly of one length.
                let length = self.drafts.last().map_or(0, |draft| draft.figures.len());
                let figures = Vec::with_capacity(length);
                self.drafts.push(Draft { key, figures, withdrawn: Vec::new(), empty: Vec::new() });
            }
            self.last = Some((key, draft));
            draft
        });
        &mut self.drafts[draft]
    }

    /// The drafts in the order of the file, the figures of each in the order of items and classes.
    pub(crate) fn finish(mut self) -> Vec<Draft> {
        for Draft { figures, .. } in &mut self.drafts {
            figures.sort_by(|a, b| (a.item, &a.class).cmp(&(b.item, &b.class)));
            // The same row twice is harmless.
            figures.dedup_by(|later, first| {
                (later.item, &later.class, later.value, later.qualifier)
                    == (first.item, &first.class, first.value, first.qualifier)
            });
        }
        self.drafts
    }
}
