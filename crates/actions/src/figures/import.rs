//! Taking in files of figures: all of them or none, and the same file twice is harmless.

use std::collections::BTreeMap;
use std::io::Read as _;

use domain::access::Actor;
use domain::item::{Item, ItemId};
use domain::refusal::{Limit, Refusal, Refused};
use domain::submission::{Content, State, Submission};
use formats::sheet::{SheetError, Workbook};
use ledger::commitment::Opening;
use sha2::{Digest as _, Sha256};
use store::WriteTx;

use super::asked::Asked;
use super::gather::Gathered;
use super::settle::{self, Becomes, ReadFile};
use super::sheets::ROWS_MAX;
use super::{csv, sheets, workbook};
use crate::attachments;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::imports::{Arrival, Input, Notice, Refusals, note};
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
    let has_photographs = store::attachments::any_named(tx)?;
    let desk = Desk { asked: &asked, codes: &codes, who: who.into(), now_ms, has_photographs };
    for (file, becomes) in files.into_iter().zip(settled.becomes) {
        let name = file.arrival.file_name().to_owned();
        let photographs = save(tx, file, becomes, &desk)?;
        if photographs > 0 {
            note(&mut outcome.notices, Notice::PhotographsKept { file: name, photographs });
        }
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
    /// Whether any submission has photographs: nothing else is asked for them while none has.
    has_photographs: bool,
}

/// The codes of items, by which the ledger names them.
pub(crate) fn codes(items: &[Item]) -> BTreeMap<ItemId, String> {
    items.iter().map(|item| (item.id, item.code.clone())).collect()
}

/// Writes what a file brings; gives back how many photographs stay beside what it corrects.
fn save(
    tx: &mut WriteTx,
    file: ReadFile,
    becomes: Vec<Option<Becomes>>,
    desk: &Desk<'_>,
) -> Result<usize, Error> {
    let Desk { asked, who, now_ms: received_ms, .. } = *desk;
    let ReadFile { arrival, rows, drafts } = file;
    let sha256 = arrival.sha256().to_owned();
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    let import = arrival.record(tx, who, rows, received_ms)?;
    let mut photographs = 0;
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
            photographs += save_batch(tx, &batch, desk)?;
            batch.clear();
        }
    }
    Ok(photographs + save_batch(tx, &batch, desk)?)
}

fn save_batch(tx: &mut WriteTx, batch: &[Submission], desk: &Desk<'_>) -> Result<usize, Error> {
    let deed = |sent: &Submission| {
        let content = payload::submission(sent, desk.codes)?;
        Ok(Deed::new(Kind::SubmissionReceived, &sent.id, content).about(Some(sent.unit)))
    };
    // What the ledger keeps of the batch is written down while the database takes it in.
    let mut deeds = std::thread::scope(|scope| {
        let deeds = scope.spawn(|| batch.iter().map(deed).collect::<Result<Vec<Deed>, Error>>());
        store::submissions::insert_many(tx, batch)?;
        deeds.join().map_err(|_| Error::Fault("the ledger's entries were not made".to_owned()))?
    })?;
    let mut photographs = 0;
    if desk.has_photographs {
        for (sent, deed) in batch.iter().zip(&mut deeds) {
            deed.openings = keep_photographs(tx, sent)?;
            photographs += deed.openings.len();
        }
    }
    door::record_all(tx, desk.who, desk.now_ms, deeds)?;
    Ok(photographs)
}

/// Names beside a correction the photographs of what it corrects: a file speaks of figures alone, so
/// it cannot have meant to take them away.
fn keep_photographs(tx: &mut WriteTx, sent: &Submission) -> Result<Vec<Opening>, Error> {
    let Some(before) = sent.revision.checked_sub(1).filter(|before| *before > 0) else {
        return Ok(Vec::new());
    };
    let occasion = (sent.form.as_str(), sent.unit, sent.period);
    let ids = store::attachments::of_revision(tx, occasion, before)?;
    attachments::name_in_submission(tx, &sent.id, &ids)
}

/// The id of a submission that a file brings: the same file always gives the same id.
fn submission_id(sha256: &str, form: &str, unit: i64, period: &str, revision: u32) -> String {
    let key = format!("{sha256}\n{form}\n{unit}\n{period}\n{revision}");
    let hash = Sha256::digest(key.as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
