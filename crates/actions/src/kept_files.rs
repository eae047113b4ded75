//! Kept files: bringing one beside a directive or a task, taking one away, and handing one out.

use std::collections::BTreeMap;

use domain::access::{AccountId, Actor, Right};
use domain::attachment::{AttachmentId, AttachmentProblem};
use domain::kept_file::{
    BYTES_MAX, Belongs, FILES_MAX, FileId, FileKind, KeepingProblem, KeptFile,
    REASON_CHARACTERS_MAX, Removed, named,
};
use domain::refusal::{Noun, Refusal};
use domain::task::Step;
use domain::tasking::TaskingProblem;
use domain::unit::UnitId;
use domain::{secrecy, text};
use formats::photo::{self, PhotoError};
use formats::written::{Kind as WrittenKind, WrittenError};
use sha2::{Digest as _, Sha256};
use store::{ReadTx, WriteTx};

use crate::accounts::{Moment, may_anywhere};
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::{self, Secrets};
use crate::snapshot::Snapshot;
use crate::tasks::{page, step, waits_for_lead};
use crate::workspace::Workspace;

/// The fewest letters that are looked for in files: fewer stand in each.
const LETTERS_MIN: usize = 3;

/// A file as it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// What it is called where it comes from.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The file in whose place it comes.
    pub replaces: Option<FileId>,
}

/// A kept file as pages list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The file.
    pub file: KeptFile,
    /// The name of who brought it; empty for the console.
    pub by: String,
    /// The file that came in its place.
    pub replaced_by: Option<FileId>,
    /// Whether its text is found by search.
    pub is_searchable: bool,
}

/// The files of a directive or a task.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    /// All of them, oldest first.
    pub listed: Vec<Listed>,
    /// Whether the reader may bring and take away.
    pub may_change: bool,
}

/// What is kept of a file that came.
struct Content {
    kind: FileKind,
    name: String,
    words: String,
    sha256: AttachmentId,
    bytes: Vec<u8>,
}

impl Entrance {
    /// Keeps a file beside what it belongs to; of a picture nothing but the picture.
    ///
    /// # Errors
    /// The actor may not; it is of no kind that is kept, damaged, locked, too large, carries programs
    /// or a mark of secrecy; it is there already; or the database failed.
    pub fn keep_file(
        &self,
        who: &Actor,
        moment: Moment,
        belongs: Belongs,
        brought: Brought,
    ) -> Result<FileId, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let allowed = self.workspace.may_change_files(who, moment, &belongs);
        self.workspace.noting_denials(allowed, who, moment.now_ms)?;
        let replaces = brought.replaces;
        let content = content(&self.workspace, brought)?;
        self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            keep(tx, snapshot, &secrets, (&actor, moment), (&belongs, replaces), &content)
        })
    }

    /// Takes a file away with a reason; what it belonged to. Its bytes are forgotten, that it was there
    /// is not.
    ///
    /// # Errors
    /// There is none, the actor may not, it is gone, the reason is missing, or the database failed.
    pub fn take_file_away(
        &self,
        who: &Actor,
        moment: Moment,
        (id, reason): (&str, String),
    ) -> Result<Belongs, Error> {
        let (actor, secrets, id) = (who.clone(), self.secrets.clone(), id.to_owned());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            take_away(tx, snapshot, &secrets, (&actor, moment), (&id, &reason))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

impl Workspace {
    /// A file with its bytes, for whoever may see what it belongs to.
    ///
    /// # Errors
    /// There is none or it was taken away, the actor may not see it, or the database failed.
    pub fn kept_file(
        &self,
        who: &Actor,
        moment: Moment,
        id: &str,
    ) -> Result<(KeptFile, Vec<u8>), Error> {
        let (snapshot, who, id) = (self.planned()?, who.clone(), id.to_owned());
        self.database.read_blocking(move |tx| {
            let file = find(tx, &id)?;
            may_see(tx, &snapshot, (&who, moment), &file.belongs)?;
            if file.removed.is_some() {
                return Err(KeepingProblem::Gone.into());
            }
            let gone = || Error::Fault(format!("the bytes of file {} are gone", file.id.0));
            let content = store::kept_files::content(tx, &file.sha256)?.ok_or_else(gone)?;
            Ok((file, content))
        })
    }

    /// The files of a directive or a task, for whoever may see that.
    ///
    /// # Errors
    /// The actor may not, or the database failed.
    pub fn files_of(&self, who: &Actor, moment: Moment, belongs: Belongs) -> Result<Files, Error> {
        let (snapshot, who) = (self.planned()?, who.clone());
        self.database.read_blocking(move |tx| {
            may_see(tx, &snapshot, (&who, moment), &belongs)?;
            list(tx, &snapshot, (&who, moment), &belongs)
        })
    }

    /// The directives of which a kept file says some words, without regard to diacritics: the code, and
    /// the name of the file.
    ///
    /// # Errors
    /// The database failed.
    pub fn directives_saying(&self, words: &str) -> Result<BTreeMap<String, String>, Error> {
        let wanted = text::search_key(words);
        if wanted.chars().count() < LETTERS_MIN {
            return Ok(BTreeMap::new());
        }
        self.database.read_blocking(move |tx| {
            Ok(store::kept_files::saying(tx, &wanted)?.into_iter().rev().collect())
        })
    }

    fn may_change_files(
        &self,
        who: &Actor,
        moment: Moment,
        belongs: &Belongs,
    ) -> Result<(), Error> {
        let (snapshot, who, belongs) = (self.planned()?, who.clone(), belongs.clone());
        self.database
            .read_blocking(move |tx| changer(tx, &snapshot, (&who, moment), &belongs).map(drop))
    }
}

/// What is kept of a file that came.
fn content(workspace: &Workspace, brought: Brought) -> Result<Content, Error> {
    let Brought { name, bytes, replaces: _ } = brought;
    if bytes.is_empty() {
        return Err(KeepingProblem::Nothing.into());
    }
    if bytes.len() > BYTES_MAX {
        return Err(KeepingProblem::TooLarge.into());
    }
    let (kind, text, bytes) = match photo::read(&bytes) {
        Ok(photo) => (picture(photo.kind)?, String::new(), photo.bytes),
        Err(PhotoError::Damaged) => return Err(KeepingProblem::Damaged.into()),
        Err(PhotoError::TooManyPixels { width, height }) => {
            return Err(AttachmentProblem::TooManyPixels { width, height }.into());
        }
        Err(PhotoError::NotAPicture) => {
            let written = workspace.read_written(&bytes).map_err(|why| problem(&why))?;
            let kind = match written.kind {
                WrittenKind::Pdf => FileKind::Pdf,
                WrittenKind::Docx => FileKind::Docx,
                WrittenKind::Xlsx => FileKind::Xlsx,
            };
            (kind, written.text, bytes)
        }
    };
    let name = named(&name, kind);
    if let Some(mark) = secrecy::mark(&name) {
        return Err(KeepingProblem::Secret { mark, place: name }.into());
    }
    if let Some((mark, line)) = secrecy::stamp(text.lines()) {
        return Err(KeepingProblem::Secret { mark, place: line.to_owned() }.into());
    }
    let digits = secrets::hex(&Sha256::digest(&bytes));
    let wrong = || Error::Fault(format!("{digits} is no SHA-256"));
    let sha256 = AttachmentId::parse(&digits).ok_or_else(wrong)?;
    Ok(Content { kind, name, words: text::search_key(&text), sha256, bytes })
}

fn picture(kind: photo::Kind) -> Result<FileKind, KeepingProblem> {
    match kind {
        photo::Kind::Jpeg => Ok(FileKind::Jpeg),
        photo::Kind::Png => Ok(FileKind::Png),
        photo::Kind::Webp => Err(KeepingProblem::UnknownKind),
    }
}

fn problem(why: &WrittenError) -> KeepingProblem {
    match why {
        WrittenError::UnknownKind => KeepingProblem::UnknownKind,
        WrittenError::Damaged(_) => KeepingProblem::Damaged,
        WrittenError::Locked => KeepingProblem::Locked,
        WrittenError::Macros => KeepingProblem::Macros,
        WrittenError::TooLarge => KeepingProblem::UnpacksTooLarge,
        WrittenError::WorkerFailed(_) => KeepingProblem::ReaderStopped,
    }
}

fn keep(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (belongs, replaces): (&Belongs, Option<FileId>),
    content: &Content,
) -> Result<FileId, Error> {
    let (by, unit) = changer(tx, snapshot, (who, moment), belongs)?;
    let mut there = store::kept_files::of(tx, belongs)?;
    there.retain(|file| file.removed.is_none());
    if there.len() >= FILES_MAX {
        return Err(KeepingProblem::TooMany.into());
    }
    if let Some(same) = there.iter().find(|file| file.sha256 == content.sha256) {
        return Err(KeepingProblem::Known { name: same.name.clone() }.into());
    }
    let is_newest = |id: &FileId| {
        there.iter().any(|file| file.id == *id) && !there.iter().any(|it| it.replaces == Some(*id))
    };
    if replaces.is_some_and(|id| !is_newest(&id)) {
        return Err(KeepingProblem::ReplacesNothing.into());
    }
    let file = KeptFile {
        id: store::kept_files::next_id(tx)?,
        belongs: belongs.clone(),
        name: content.name.clone(),
        sha256: content.sha256.clone(),
        kind: content.kind,
        bytes: u64::try_from(content.bytes.len()).unwrap_or(u64::MAX),
        replaces,
        account: by.account(),
        added_ms: moment.now_ms,
        removed: None,
    };
    store::kept_files::insert(tx, &file, &content.words, &content.bytes)?;
    record(tx, secrets, (by, moment), (Kind::FileKept, unit), &file)?;
    Ok(file.id)
}

fn take_away(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, reason): (&str, &str),
) -> Result<Belongs, Error> {
    let mut file = find(tx, id)?;
    let (by, unit) = changer(tx, snapshot, (who, moment), &file.belongs)?;
    let reason = text::nfc(reason.trim());
    let is_too_long = reason.chars().count() > REASON_CHARACTERS_MAX;
    if file.removed.is_some() {
        return Err(KeepingProblem::Gone.into());
    } else if reason.is_empty() {
        return Err(KeepingProblem::WithoutReason.into());
    } else if is_too_long {
        return Err(KeepingProblem::ReasonTooLong.into());
    }
    let removed = Removed { done_ms: moment.now_ms, reason };
    store::kept_files::remove(tx, &file, &removed)?;
    file.removed = Some(removed);
    record(tx, secrets, (by, moment), (Kind::FileTakenAway, unit), &file)?;
    Ok(file.belongs)
}

fn record(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (by, moment): (Doer, Moment),
    (kind, unit): (Kind, Option<UnitId>),
    file: &KeptFile,
) -> Result<(), Error> {
    let mut deed = Deed::new(kind, file.id.0.to_string(), payload::kept_file(file)).about(unit);
    for (field, words) in payload::kept_file_words(file) {
        deed = deed.committing(secrets, field, &words)?;
    }
    door::record(tx, by, moment.now_ms, deed).map(drop)
}

/// Who brings files beside something and takes them away, and the unit that it is about: of a
/// directive whoever enters it, of a task its lead while the task waits for them.
fn changer(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    belongs: &Belongs,
) -> Result<(Doer, Option<UnitId>), Error> {
    match belongs {
        Belongs::Directive(code) => {
            let unit = snapshot.issuing_unit(snapshot.directive(code)?);
            Ok((snapshot.doer(who, Right::ManagePlan, unit, moment.today)?, None))
        }
        Belongs::Task(id) => {
            let (task, brief) = page::found(tx, *id)?;
            let by = step::doer(tx, snapshot, who, (&task, &brief), Step::HandIn, moment.today)?;
            if !waits_for_lead(task.state) {
                let wrong = TaskingProblem::WrongState { state: task.state, step: Step::HandIn };
                return Err(wrong.into());
            }
            Ok((by, Some(task.lead.unit)))
        }
    }
}

fn may_see(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    belongs: &Belongs,
) -> Result<(), Error> {
    match belongs {
        Belongs::Directive(code) => {
            may_anywhere(who, Right::SeeFigures, moment.today)?;
            snapshot.directive(code).map(drop)
        }
        Belongs::Task(id) => {
            let (task, brief) = page::found(tx, *id)?;
            page::may_see(snapshot, who, &task, &brief, moment)
        }
    }
}

fn list(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    belongs: &Belongs,
) -> Result<Files, Error> {
    let files = store::kept_files::of(tx, belongs)?;
    let searchable = store::kept_files::with_words(tx, belongs)?;
    let mut listed = Vec::with_capacity(files.len());
    for file in &files {
        let newer = |other: &&KeptFile| other.replaces == Some(file.id) && other.removed.is_none();
        listed.push(Listed {
            by: called(tx, file.account)?,
            replaced_by: files.iter().find(newer).map(|newer| newer.id),
            is_searchable: searchable.iter().any(|sha256| sha256 == file.sha256.as_str()),
            file: file.clone(),
        });
    }
    let may_change = match changer(tx, snapshot, (who, moment), belongs) {
        Ok(_) => true,
        Err(Error::Refused(_)) => false,
        Err(other) => return Err(other),
    };
    Ok(Files { listed, may_change })
}

fn called(tx: &mut ReadTx<'_>, account: Option<AccountId>) -> Result<String, Error> {
    let Some(account) = account else { return Ok(String::new()) };
    let found = store::accounts::find(tx, account)?;
    Ok(found.map(|account| account.name).unwrap_or_default())
}

fn find(tx: &mut ReadTx<'_>, id: &str) -> Result<KeptFile, Error> {
    let missing = || Refusal::NotFound { noun: Noun::KeptFile, key: id.to_owned() };
    let number = id.parse().map(FileId).map_err(|_| missing())?;
    Ok(store::kept_files::find(tx, number)?.ok_or_else(missing)?)
}
