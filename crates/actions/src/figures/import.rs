//! Taking in files of figures: all of them or none, and the same file twice is harmless.

use std::io::Read as _;

use domain::refusal::{Limit, Refusal, Refused};
use domain::submission::{Figure, Submission};
use formats::sheet::{SheetError, Workbook};
use sha2::{Digest as _, Sha256};
use store::WriteTx;

use super::asked::Asked;
use super::gather::{self, Gathered, Key};
use super::{csv, sheets, workbook};
use crate::error::Error;
use crate::imports::{Arrival, Input, Notice, Refusals};
use crate::units::register;

/// The largest workbook, in bytes.
const WORKBOOK_BYTES_MAX: u64 = 32 << 20;

/// Submissions written at a time.
const BATCH: usize = 1_000;

/// What an import of figures did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureImport {
    /// Files taken in.
    pub files: usize,
    /// Rows read.
    pub rows: u64,
    /// Figures read.
    pub figures: u64,
    /// Cells left empty: missing, which is not zero.
    pub missing: u64,
    /// Submissions that are new.
    pub submissions: usize,
    /// Submissions that correct an earlier one.
    pub corrections: usize,
    /// Submissions that say what is known already.
    pub unchanged: usize,
    /// What else is worth knowing.
    pub notices: Vec<Notice>,
}

/// Opens the bytes of a workbook; the server does it in a process of its own.
pub type OpenWorkbook<'a> = &'a dyn Fn(Vec<u8>) -> Result<Workbook, SheetError>;

/// Takes in files of figures. `progress` is told each file's name before it is read.
///
/// # Errors
/// Everything that cannot be taken, in all files, with its place; or the database failed.
pub fn import(
    tx: &mut WriteTx,
    inputs: &[Input],
    open: OpenWorkbook<'_>,
    now_ms: i64,
    progress: &mut dyn FnMut(&str),
) -> Result<FigureImport, Error> {
    let units = register::units(tx)?;
    let items = store::items::all(tx)?;
    let forms = store::forms::all(tx)?;
    let asked = Asked::new(&units, &items, &forms);
    let mut outcome = FigureImport::default();
    let mut refusals = Refusals::default();
    for input in inputs {
        progress(&input.name);
        let Some(arrival) = Arrival::of(tx, "figures", input, &mut refusals, &mut outcome.notices)?
        else {
            continue;
        };
        let mut gathered = Gathered::default();
        let read = read(input, open, &asked, &mut gathered, &mut refusals, &mut outcome.notices);
        let Some(rows) = refusals.take(read) else { continue };
        outcome.files += 1;
        outcome.rows += rows;
        outcome.figures += gathered.figures();
        outcome.missing += gathered.missing();
        let drafts = gathered.finish(&asked, &input.name, &mut refusals);
        if refusals.is_empty() {
            save(tx, arrival, rows, drafts, &asked, now_ms, &mut outcome, &mut refusals)?;
        }
    }
    refusals.into_result()?;
    Ok(outcome)
}

fn read(
    input: &Input,
    open: OpenWorkbook<'_>,
    asked: &Asked<'_>,
    gathered: &mut Gathered,
    refusals: &mut Refusals,
    notices: &mut Vec<Notice>,
) -> Result<u64, Refused> {
    let ending = input.path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "csv" | "tsv" | "txt" => csv::read(input, asked, gathered, refusals),
        "xlsx" | "xlsm" | "xls" => {
            let mut bytes = Vec::new();
            let file = input.open()?;
            file.take(WORKBOOK_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| {
                input.refused(Refusal::FileNotOpened { detail: error.to_string() })
            })?;
            if bytes.len() as u64 > WORKBOOK_BYTES_MAX {
                let why = Refusal::TooLarge { what: Limit::FileBytes, limit: WORKBOOK_BYTES_MAX };
                return Err(input.refused(why));
            }
            let book = open(bytes).map_err(|error| sheets::refused(&input.name, error))?;
            Ok(workbook::read(input, &book, asked, gathered, refusals, notices))
        }
        _ => Err(input.refused(Refusal::UnknownFileKind { ending })),
    }
}

/// Writes what a file brings. What a correction makes contradict itself is refused, and then the
/// caller gives up everything that was written.
#[expect(clippy::too_many_arguments, reason = "the parts of an import, each made elsewhere")]
fn save(
    tx: &mut WriteTx,
    arrival: Arrival,
    rows: u64,
    drafts: Vec<(Key, Vec<Figure>)>,
    asked: &Asked<'_>,
    now_ms: i64,
    outcome: &mut FigureImport,
    refusals: &mut Refusals,
) -> Result<(), Error> {
    let file = arrival.file_name().to_owned();
    let sha256 = arrival.sha256().to_owned();
    let import = arrival.record(tx, usize::try_from(rows).unwrap_or(usize::MAX), now_ms)?;
    let mut batch = Vec::with_capacity(BATCH);
    for (key, figures) in drafts {
        let (form, unit, period) = key;
        let Some(form) = asked.forms.get(form) else { continue };
        let known = store::submissions::latest(tx, &form.code, unit, period)?;
        let revision = known.as_ref().map_or(1, |known| known.revision + 1);
        let figures = match known {
            None => {
                outcome.submissions += 1;
                figures
            }
            Some(known) => {
                let Some(corrected) = corrected(known.figures, &figures) else {
                    outcome.unchanged += 1;
                    continue;
                };
                gather::refuse_wrong_sums(asked, key, &corrected, &figures, &file, refusals);
                outcome.corrections += 1;
                corrected
            }
        };
        let id = submission_id(&sha256, &form.code, unit.0, &period.to_string(), revision);
        let form = form.code.clone();
        let received_ms = now_ms;
        batch.push(Submission { id, form, unit, period, revision, import, received_ms, figures });
        if batch.len() == BATCH {
            store::submissions::insert_many(tx, &batch)?;
            batch.clear();
        }
    }
    Ok(store::submissions::insert_many(tx, &batch)?)
}

/// The known figures with the new ones laid over them; none when nothing differs. Both are in
/// the order of item and class.
fn corrected(known: Vec<Figure>, new: &[Figure]) -> Option<Vec<Figure>> {
    let same_cell = |a: &Figure, b: &Figure| a.item == b.item && a.class == b.class;
    let says_the_same = |new: &Figure| {
        known.iter().any(|known| {
            same_cell(known, new)
                && (known.value, known.qualifier, &known.note)
                    == (new.value, new.qualifier, &new.note)
        })
    };
    if new.iter().all(says_the_same) {
        return None;
    }
    let mut figures = new.to_vec();
    let kept: Vec<Figure> = known
        .into_iter()
        .filter(|known| !figures.iter().any(|new| same_cell(known, new)))
        .collect();
    figures.extend(kept);
    figures.sort_by(|a, b| (a.item, &a.class).cmp(&(b.item, &b.class)));
    Some(figures)
}

/// The id of a submission that a file brings: the same file always gives the same id.
fn submission_id(sha256: &str, form: &str, unit: i64, period: &str, revision: u32) -> String {
    let key = format!("{sha256}\n{form}\n{unit}\n{period}\n{revision}");
    let hash = Sha256::digest(key.as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
