//! What becomes of the drafts of an import: which are new, which correct, which say nothing new.
//!
//! All files of an import are settled together, so that two that contradict each other are found
//! and a submission is judged as it will stand after the last of them.

use domain::period::Period;
use domain::refusal::Location;
use domain::submission::{Figure, Submission};
use jiff::civil::Date;
use store::ReadTx;

use super::asked::Asked;
use super::gather::{Blank, Draft, Key};
use super::judge::{self, Brought, Cell};
use crate::imports::{Arrival, Notice, Refusals, note};

/// Places named in one notice.
const PLACES_MAX: usize = 3;

/// A file that was read.
#[derive(Debug)]
pub(crate) struct ReadFile {
    pub(crate) arrival: Arrival,
    pub(crate) rows: u64,
    pub(crate) drafts: Vec<Draft>,
}

/// The revision that a draft becomes.
#[derive(Debug)]
pub(crate) struct Becomes {
    pub(crate) revision: u32,
    /// Its figures; none when they are those of the draft as they are.
    pub(crate) figures: Option<Vec<Figure>>,
}

/// What becomes of every draft of every file, and how many are of which kind.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// By file and draft; none when a draft changes nothing.
    pub(crate) becomes: Vec<Vec<Option<Becomes>>>,
    pub(crate) submissions: usize,
    pub(crate) corrections: usize,
    pub(crate) unchanged: usize,
}

/// A draft by its file and its place there.
type Entry = (usize, usize);

/// Settles all drafts. When something was refused already, what is known is left aside: a figure
/// that could not be read must not make an older one look wrong.
pub(crate) fn settle(
    tx: &mut ReadTx,
    files: &[ReadFile],
    asked: &Asked<'_>,
    refusals: &mut Refusals,
    notices: &mut Vec<Notice>,
) -> Result<Settled, store::Error> {
    let knows_any = refusals.is_empty() && store::submissions::any(tx)?;
    let mut order: Vec<(Key, Entry)> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let drafts = file.drafts.iter().enumerate();
        order.extend(drafts.map(|(draft, Draft { key, .. })| (*key, (number, draft))));
    }
    // Stable, and cheap for a file in order: to compare periods means to work out their days.
    order.sort_by_key(|((form, unit, _), _)| (*form, *unit));
    let mut settling = Settling {
        files,
        asked,
        refusals,
        notices,
        settled: Settled::default(),
        empty: vec![(0, Vec::new()); files.len()],
        not_ended: Vec::new(),
    };
    let none = |file: &ReadFile| file.drafts.iter().map(|_| None).collect();
    settling.settled.becomes = files.iter().map(none).collect();
    for chunk in order
        .chunk_by_mut(|((form, unit, _), _), ((next, other, _), _)| (form, unit) == (next, other))
    {
        chunk.sort_by_key(|((_, _, period), _)| *period);
        let known = if knows_any { known(tx, asked, chunk)? } else { Vec::new() };
        settling.unit(chunk, &known);
    }
    Ok(settling.finish())
}

/// What is known of a form and unit for the periods of some drafts and for the one before them.
fn known(
    tx: &mut ReadTx,
    asked: &Asked<'_>,
    chunk: &[(Key, Entry)],
) -> Result<Vec<Submission>, store::Error> {
    let (Some(((form, unit, first), _)), Some(((_, _, last), _))) = (chunk.first(), chunk.last())
    else {
        return Ok(Vec::new());
    };
    let Some(form) = asked.forms.get(*form) else { return Ok(Vec::new()) };
    let first = first.previous().unwrap_or(*first);
    store::submissions::latest_between(tx, &form.code, *unit, (first, *last))
}

struct Settling<'a, 'b> {
    files: &'a [ReadFile],
    asked: &'b Asked<'b>,
    refusals: &'b mut Refusals,
    notices: &'b mut Vec<Notice>,
    settled: Settled,
    /// The empty cells of each file over reported figures: how many, and the first places.
    empty: Vec<(usize, Vec<Location>)>,
    /// Periods that have not ended and their last days, with their files.
    not_ended: Vec<(usize, Period, Date)>,
}

/// Figures that stand: known ones, or those after a draft.
#[derive(Clone, Copy)]
enum Standing<'k> {
    Known(&'k [Figure]),
    After(Entry),
}

impl<'a> Settling<'a, '_> {
    /// Settles the drafts of one form and unit, which stand in the order of their periods.
    fn unit(&mut self, drafts: &[(Key, Entry)], known: &[Submission]) {
        let of_period = |period: Period| known.iter().find(|known| known.period == period);
        let mut before: Option<(Period, Standing<'_>)> = None;
        for group in drafts.chunk_by(|((_, _, one), _), ((_, _, other), _)| one == other) {
            let Some(&(key, _)) = group.first() else { continue };
            let (_, _, period) = key;
            let entries: Vec<Entry> = group.iter().map(|(_, entry)| *entry).collect();
            let eve = period.previous().and_then(|eve| match before {
                Some((last, standing)) if last == eve => Some(standing),
                _ => of_period(eve).map(|known| Standing::Known(&known.figures)),
            });
            let standing = self.submission(key, &entries, of_period(period), eve);
            before = standing.map(|standing| (period, standing));
        }
    }

    /// Settles the drafts of one submission; gives back what stands afterwards.
    fn submission<'k>(
        &mut self,
        key: Key,
        entries: &[Entry],
        known: Option<&'k Submission>,
        eve: Option<Standing<'k>>,
    ) -> Option<Standing<'k>> {
        let (form, unit, period) = key;
        let cells = self.cells(entries);
        let brought = Brought { asked: self.asked, form, unit, period, cells: &cells };
        judge::refuse_contradictions(&brought, self.refusals);
        self.notice_empty_cells(entries, &cells, known);
        let mut standing = known.map(|known| Standing::Known(&known.figures));
        let mut revision = known.map_or(0, |known| known.revision);
        let mut has_changed = false;
        for &(file, draft) in entries {
            let Some(said) = self.draft((file, draft)) else { continue };
            if said.figures.is_empty() && said.withdrawn.is_empty() {
                continue;
            }
            self.notice_period(file, form, period);
            let figures = match standing {
                None if said.figures.is_empty() => continue,
                None => None,
                Some(standing) => match corrected(self.figures(standing), said) {
                    None => {
                        self.settled.unchanged += 1;
                        continue;
                    }
                    corrected => corrected,
                },
            };
            revision += 1;
            match revision {
                1 => self.settled.submissions += 1,
                _ => self.settled.corrections += 1,
            }
            self.settled.becomes[file][draft] = Some(Becomes { revision, figures });
            standing = Some(Standing::After((file, draft)));
            has_changed = true;
        }
        let known = known.map_or(&[][..], |known| &known.figures);
        judge::notice_idle_withdrawals(&brought, known, self.notices);
        if has_changed && let Some(standing) = standing {
            let mut found = judge::Found::default();
            let figures = self.figures(standing);
            judge::wrong_sums(&brought, figures, &mut found);
            judge::broken_rules(&brought, figures, &mut found);
            if let Some(eve) = eve {
                judge::jumps(&brought, known, self.figures(eve), &mut found);
            }
            found.refused.into_iter().for_each(|refused| self.refusals.push(refused));
            found.noticed.into_iter().for_each(|notice| note(self.notices, notice));
        }
        standing
    }

    /// All that the drafts of a submission bring, in the order of item and class, then of arrival.
    fn cells(&self, entries: &[Entry]) -> Vec<Cell<'a>> {
        let mut cells = Vec::new();
        for &(file, draft) in entries {
            let Some(ReadFile { arrival, drafts, .. }) = self.files.get(file) else { continue };
            let Some(draft) = drafts.get(draft) else { continue };
            let file = arrival.file_name();
            let withdrawn = draft.withdrawn.iter().map(|blank| Cell::of_blank(file, blank));
            cells.reserve(draft.figures.len() + draft.withdrawn.len());
            cells.extend(draft.figures.iter().map(|figure| Cell::of_figure(file, figure)));
            cells.extend(withdrawn);
        }
        // Figures of one draft are in order already, which is the usual case.
        if !cells.is_sorted_by_key(|cell| (cell.item, cell.class)) {
            cells.sort_by_key(|cell| (cell.item, cell.class));
        }
        cells
    }

    fn draft(&self, (file, draft): Entry) -> Option<&'a Draft> {
        self.files.get(file)?.drafts.get(draft)
    }

    fn figures<'s, 'k: 's>(&'s self, standing: Standing<'k>) -> &'s [Figure] {
        match standing {
            Standing::Known(figures) => figures,
            Standing::After((file, draft)) => {
                let becomes = self.settled.becomes.get(file).and_then(|file| file.get(draft));
                match becomes.and_then(Option::as_ref).and_then(|one| one.figures.as_ref()) {
                    Some(figures) => figures,
                    None => self.draft((file, draft)).map_or(&[], |draft| &draft.figures),
                }
            }
        }
    }

    fn notice_period(&mut self, file: usize, form: usize, period: Period) {
        let Some(form) = self.asked.forms.get(form) else { return };
        let last = form.calendar.days(period).1;
        if self.asked.today <= last && !self.not_ended.contains(&(file, period, last)) {
            self.not_ended.push((file, period, last));
        }
    }

    /// Notes empty cells over what was reported, unless another cell of the import speaks of it.
    fn notice_empty_cells(
        &mut self,
        entries: &[Entry],
        cells: &[Cell<'_>],
        known: Option<&Submission>,
    ) {
        let Some(known) = known else { return };
        for &(file, draft) in entries {
            for blank in self.draft((file, draft)).map_or(&[][..], |draft| &draft.empty) {
                let Blank { item, class, place } = blank;
                let is_known = |figure: &Figure| figure.item == *item && figure.class == *class;
                let is_said = |cell: &Cell<'_>| cell.item == *item && cell.class == class;
                if known.figures.iter().any(is_known) && !cells.iter().any(is_said) {
                    let (count, places) = &mut self.empty[file];
                    *count += 1;
                    if places.len() < PLACES_MAX {
                        places.push(judge::location("", place));
                    }
                }
            }
        }
    }

    fn finish(self) -> Settled {
        let name = |file: usize| {
            self.files
                .get(file)
                .map_or_else(String::new, |file| file.arrival.file_name().to_owned())
        };
        for (file, period, last) in self.not_ended {
            note(self.notices, Notice::PeriodNotEnded { file: name(file), period, last });
        }
        for (file, (cells, places)) in self.empty.into_iter().enumerate() {
            if cells > 0 {
                note(self.notices, Notice::EmptyCellsKept { file: name(file), cells, places });
            }
        }
        self.settled
    }
}

/// The known figures with what a draft says laid over them; none when nothing differs. Both are in
/// the order of item and class.
fn corrected(known: &[Figure], draft: &Draft) -> Option<Vec<Figure>> {
    let of_cell = |figure: &Figure, item, class: &str| figure.item == item && figure.class == class;
    let says_the_same = |new: &Figure| {
        known.iter().any(|known| {
            of_cell(known, new.item, &new.class)
                && (known.value, known.qualifier, &known.note)
                    == (new.value, new.qualifier, &new.note)
        })
    };
    let is_withdrawn = |known: &Figure| {
        draft.withdrawn.iter().any(|blank| of_cell(known, blank.item, &blank.class))
    };
    if draft.figures.iter().all(says_the_same) && !known.iter().any(is_withdrawn) {
        return None;
    }
    let is_new =
        |known: &Figure| draft.figures.iter().any(|new| of_cell(known, new.item, &new.class));
    let mut figures = draft.figures.clone();
    figures.extend(known.iter().filter(|known| !is_new(known) && !is_withdrawn(known)).cloned());
    figures.sort_by(|a, b| (a.item, &a.class).cmp(&(b.item, &b.class)));
    Some(figures)
}
