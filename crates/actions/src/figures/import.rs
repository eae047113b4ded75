//! Taking in files of figures: all of them or none, and the same file twice is harmless.

use std::collections::BTreeMap;
use std::io::Read as _;

use domain::access::Actor;
use domain::item::{Item, ItemId};
use domain::refusal::{Limit, Refusal, Refused};
use domain::submission::{Content, State, Submission};
use formats::sheet::{SheetError, Workbook};
use sha2::{Digest as _, Sha256};
use store::WriteTx;

use super::asked::Asked;
use super::gather::Gathered;
use super::settle::{self, Becomes, ReadFile};
use super::sheets::ROWS_MAX;
use super::{csv, sheets, workbook};
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::imports::{Arrival, Input, Notice, Refusals};
use crate::units::register;
use crate::zone;

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
    who: &Actor,
    inputs: &[Input],
    open: OpenWorkbook<'_>,
    now_ms: i64,
    progress: &mut dyn FnMut(&str),
) -> Result<FigureImport, Error> {
    let units = register::units(tx)?;
    let items = store::items::all(tx)?;
    let forms = store::forms::all(tx)?;
    let asked = Asked::new(&units, &items, &forms, zone::day_of(now_ms));
    let mut outcome = FigureImport::default();
    let mut refusals = Refusals::default();
    let mut files: Vec<ReadFile> = Vec::new();
    for input in inputs {
        progress(&input.name);
        let kind = Kind::FiguresImported;
        let Some(arrival) = Arrival::of(tx, kind, input, &mut refusals, &mut outcome.notices)?
        else {
            continue;
        };
        // The same bytes under another name are the same file.
        if files.iter().any(|file| file.arrival.sha256() == arrival.sha256()) {
            let file = input.name.clone();
            let twice = Notice::AlreadyImported { file, imported_ms: now_ms, corrected: 0 };
            outcome.notices.push(twice);
            continue;
        }
        let mut gathered = Gathered::default();
        let read = read(input, open, &asked, &mut gathered, &mut refusals, &mut outcome.notices);
        let Some(rows) = refusals.take(read) else { continue };
        outcome.files += 1;
        outcome.rows += rows;
        outcome.figures += gathered.figures();
        outcome.missing += gathered.missing();
        files.push(ReadFile { arrival, rows, drafts: gathered.finish() });
        if outcome.rows > ROWS_MAX {
            let why = Refusal::TooLarge { what: Limit::Rows, limit: ROWS_MAX };
            return Err(Error::Refused(vec![input.refused(why)]));
        }
    }
    let settled = settle::settle(tx, &files, &asked, &mut refusals, &mut outcome.notices)?;
    refusals.order_by_place();
    refusals.into_result()?;
    outcome.submissions = settled.submissions;
    outcome.corrections = settled.corrections;
    outcome.unchanged = settled.unchanged;
    let codes = codes(&items);
    let desk = Desk { asked: &asked, codes: &codes, who: who.into(), now_ms };
    for (file, becomes) in files.into_iter().zip(settled.becomes) {
        save(tx, file, becomes, &desk)?;
    }
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

/// What everything that is saved is saved with.
struct Desk<'a> {
    asked: &'a Asked<'a>,
    codes: &'a BTreeMap<ItemId, String>,
    who: Doer,
    now_ms: i64,
}

/// The codes of items, by which the ledger names them.
pub(crate) fn codes(items: &[Item]) -> BTreeMap<ItemId, String> {
    items.iter().map(|item| (item.id, item.code.clone())).collect()
}

/// Writes what a file brings.
fn save(
    tx: &mut WriteTx,
    file: ReadFile,
    becomes: Vec<Option<Becomes>>,
    desk: &Desk<'_>,
) -> Result<(), Error> {
    let Desk { asked, codes: _, who, now_ms: received_ms } = *desk;
    let ReadFile { arrival, rows, drafts } = file;
    let sha256 = arrival.sha256().to_owned();
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    let import = arrival.record(tx, who, rows, received_ms)?;
    let mut batch = Vec::with_capacity(BATCH);
    for (draft, becomes) in drafts.into_iter().zip(becomes) {
        let Some(Becomes { revision, figures }) = becomes else { continue };
        let (form, unit, period) = draft.key;
        let Some(form) = asked.forms.get(form).map(|form| form.code.clone()) else { continue };
        let id = submission_id(&sha256, &form, unit.0, &period.to_string(), revision);
        let figures = figures.unwrap_or(draft.figures);
        batch.push(Submission {
            id,
            form,
            unit,
            period,
            revision,
            import,
            received_ms,
            figures,
            // Whoever takes a file in answers for it.
            state: State::Approved,
            approvals: 0,
            content: Content::Figures,
        });
        if batch.len() == BATCH {
            save_batch(tx, &batch, desk)?;
            batch.clear();
        }
    }
    save_batch(tx, &batch, desk)
}

fn save_batch(tx: &mut WriteTx, batch: &[Submission], desk: &Desk<'_>) -> Result<(), Error> {
    let deed = |sent: &Submission| {
        let content = payload::submission(sent, desk.codes)?;
        Ok(Deed::new(Kind::SubmissionReceived, &sent.id, content).about(Some(sent.unit)))
    };
    // What the ledger keeps of the batch is written down while the database takes it in.
    let deeds = std::thread::scope(|scope| {
        let deeds = scope.spawn(|| batch.iter().map(deed).collect::<Result<Vec<Deed>, Error>>());
        store::submissions::insert_many(tx, batch)?;
        deeds.join().map_err(|_| Error::Fault("the ledger's entries were not made".to_owned()))?
    })?;
    door::record_all(tx, desk.who, desk.now_ms, deeds).map(drop)
}

/// The id of a submission that a file brings: the same file always gives the same id.
fn submission_id(sha256: &str, form: &str, unit: i64, period: &str, revision: u32) -> String {
    let key = format!("{sha256}\n{form}\n{unit}\n{period}\n{revision}");
    let hash = Sha256::digest(key.as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
