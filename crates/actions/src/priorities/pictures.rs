//! Pictures of what a priority changes: a unit shows one, takes one back, and the page that puts those
//! from before beside those from after.

use domain::access::{Actor, Right};
use domain::attachment::Attachment;
use domain::picture::{
    CAPTION_CHARACTERS_MAX, PICTURES_MAX, PictureId, REASON_CHARACTERS_MAX, ShownPicture, Side,
    TakenBack,
};
use domain::picturing::PicturingProblem;
use domain::priority::Origin;
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::unit::UnitId;
use domain::{secrecy, text};
use jiff::civil::Date;
use store::attachments::NewAttachment;
use store::{ReadTx, WriteTx};

use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::attachments::{Shown, picture};
use crate::below::Below;
use crate::door::{self, Choosing, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::proposals::member;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;
use crate::tasks::called;
use crate::workspace::Workspace;

/// Pictures of one side that a page shows, the newest.
pub const SHOWN_MAX: usize = 12;

/// A picture as somebody brings it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// The unit that shows it.
    pub unit: UnitId,
    /// Before or after, when that was said.
    pub side: Option<Side>,
    /// When it was taken.
    pub taken_on: Option<Date>,
    /// What is seen on it.
    pub caption: String,
    /// What its file is called where it comes from.
    pub name: String,
    /// Its bytes; none for a form without a file.
    pub bytes: Option<Vec<u8>>,
}

/// A picture on the page of its priority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The picture.
    pub picture: ShownPicture,
    /// What is known of its bytes.
    pub attachment: Attachment,
    /// The unit that shows it.
    pub unit: UnitName,
    /// Whether the reader may take it back.
    pub may_take_back: bool,
}

/// The pictures of a priority that a unit and those below it show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pictures {
    /// Those from before, in the order in which they were taken.
    pub before: Vec<Line>,
    /// Those from after.
    pub after: Vec<Line>,
    /// How many more there are.
    pub more: usize,
    /// The units for which the reader may add one.
    pub units: Vec<UnitName>,
}

impl Entrance {
    /// Shows a picture with a priority; gives back its number.
    ///
    /// # Errors
    /// There is no such priority, or it is that of another unit; the actor neither gives nor does tasks
    /// in the unit; something is missing, wrong or marked as secret, all reasons at once; the file is no
    /// picture that is taken; it is there already, or one too many; or the database failed.
    pub fn add_picture(
        &self,
        who: &Actor,
        moment: Moment,
        code: &str,
        brought: Brought,
    ) -> Result<PictureId, Error> {
        let (actor, secrets, code) = (who.clone(), self.secrets.clone(), code.to_owned());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            add(tx, snapshot, &secrets, (&actor, moment), (&code, &brought))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }

    /// Takes a picture back; that it was there stays, its bytes do not.
    ///
    /// # Errors
    /// There is none with the priority, or it was taken back before; the actor neither gives nor does
    /// tasks in its unit; the reason is missing or too long; or the database failed.
    pub fn take_picture_back(
        &self,
        who: &Actor,
        moment: Moment,
        code: &str,
        (id, reason): (PictureId, String),
    ) -> Result<(), Error> {
        let (actor, secrets, code) = (who.clone(), self.secrets.clone(), code.to_owned());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            take_back(tx, snapshot, &secrets, (&actor, moment), (&code, id, &reason))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

impl Workspace {
    /// The pictures of a priority that a unit and those below it show, for whoever may look at the unit.
    ///
    /// # Errors
    /// The database failed.
    pub(super) fn pictures_of(
        &self,
        who: &Actor,
        moment: Moment,
        (code, unit): (&str, UnitId),
    ) -> Result<Pictures, Error> {
        let (snapshot, who, code) = (self.snapshot()?, who.clone(), code.to_owned());
        self.database.read_blocking(move |tx| list(tx, &snapshot, (&who, moment), (&code, unit)))
    }
}

fn add(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (code, brought): (&str, &Brought),
) -> Result<PictureId, Error> {
    let Brought { unit, side, taken_on, caption, .. } = brought;
    let priority = snapshot.priority(code)?.code.clone();
    let by = member(snapshot, who, *unit, moment.today)?;
    let mut problems = unclear(brought, moment.today);
    problems.extend(of_another_unit(snapshot, code, *unit, moment.today));
    let (Some(side), Some(taken_on), Some(bytes), []) =
        (*side, *taken_on, &brought.bytes, &problems[..])
    else {
        let refused = |why: PicturingProblem| Refused { at: Location::default(), why: why.into() };
        return Err(Error::Refused(problems.into_iter().map(refused).collect()));
    };
    let Shown { attachment, content } = picture(None, bytes)?;
    let mut there = store::pictures::of_priority(tx, code)?;
    there.retain(|one| one.unit == *unit && one.taken_back.is_none());
    if let Some(same) = there.iter().find(|one| one.attachment == attachment.id) {
        return Err(PicturingProblem::Known { caption: same.caption.clone() }.into());
    }
    if there.len() >= PICTURES_MAX {
        return Err(PicturingProblem::TooMany { most: PICTURES_MAX }.into());
    }
    let picture = ShownPicture {
        id: store::pictures::next_id(tx)?,
        priority,
        unit: *unit,
        side,
        taken_on,
        caption: text::nfc(caption.trim()),
        attachment: attachment.id.clone(),
        account: by.account(),
        added_ms: moment.now_ms,
        taken_back: None,
    };
    let bytes = NewAttachment { attachment, seed: secrets.bytes(), content };
    store::pictures::insert(tx, &picture, &bytes)?;
    record(tx, secrets, (by, moment), Choosing::AddPicture, &picture)?;
    Ok(picture.id)
}

/// What is missing or wrong in what was typed.
fn unclear(brought: &Brought, today: Date) -> Vec<PicturingProblem> {
    let mut problems = Vec::new();
    let caption = brought.caption.trim();
    if brought.bytes.is_none() {
        problems.push(PicturingProblem::WithoutPicture);
    }
    if brought.side.is_none() {
        problems.push(PicturingProblem::WithoutSide);
    }
    match brought.taken_on {
        None => problems.push(PicturingProblem::WithoutDay),
        Some(day) if day > today => problems.push(PicturingProblem::DayToCome { today }),
        Some(_) => {}
    }
    if caption.is_empty() {
        problems.push(PicturingProblem::WithoutCaption);
    }
    if caption.chars().count() > CAPTION_CHARACTERS_MAX {
        let characters_max = CAPTION_CHARACTERS_MAX;
        problems.push(PicturingProblem::CaptionTooLong { characters_max });
    }
    let marked = [brought.name.as_str(), caption].into_iter().find_map(|place| {
        let mark = secrecy::mark(place)?;
        Some(PicturingProblem::Secret { mark, place: place.to_owned() })
    });
    problems.extend(marked);
    problems
}

/// Why a unit has nothing to do with a priority: it became one of another unit that does not stand above.
fn of_another_unit(
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    today: Date,
) -> Option<PicturingProblem> {
    let made = snapshot.chosen(code).filter(|chosen| chosen.origin == Origin::Proposal)?;
    let has_it = snapshot.path(unit, today).contains(&made.unit);
    (!has_it).then(|| PicturingProblem::OfAnotherUnit { unit: called(snapshot, made.unit, today) })
}

fn take_back(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (code, id, reason): (&str, PictureId, &str),
) -> Result<(), Error> {
    let missing = || Refusal::NotFound { noun: Noun::Picture, key: id.0.to_string() };
    let found = store::pictures::find(tx, id)?.filter(|picture| picture.priority == code);
    let picture = found.ok_or_else(missing)?;
    let by = member(snapshot, who, picture.unit, moment.today)?;
    let reason = text::nfc(reason.trim());
    if picture.taken_back.is_some() {
        return Err(PicturingProblem::Gone.into());
    } else if reason.is_empty() {
        return Err(PicturingProblem::WithoutReason.into());
    } else if reason.chars().count() > REASON_CHARACTERS_MAX {
        let characters_max = REASON_CHARACTERS_MAX;
        return Err(PicturingProblem::ReasonTooLong { characters_max }.into());
    }
    let back = TakenBack { account: by.account(), done_ms: moment.now_ms, reason };
    store::pictures::take_back(tx, &picture, &back)?;
    let picture = ShownPicture { taken_back: Some(back), ..picture };
    record(tx, secrets, (by, moment), Choosing::TakePictureBack, &picture)
}

fn record(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (by, moment): (Doer, Moment),
    deed: Choosing,
    picture: &ShownPicture,
) -> Result<(), Error> {
    let (id, content) = (picture.id.0.to_string(), payload::picture(picture));
    let mut deed = Deed::new(Kind::Choosing(deed), id, content).about(Some(picture.unit));
    for (field, words) in payload::picture_words(picture) {
        deed = deed.committing(secrets, field, &words)?;
    }
    door::record(tx, by, moment.now_ms, deed).map(drop)
}

fn list(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    (code, unit): (&str, UnitId),
) -> Result<Pictures, Error> {
    let today = moment.today;
    let mut all = store::pictures::of_priority(tx, code)?;
    let below = Below::new(snapshot, unit, today);
    all.retain(|picture| picture.taken_back.is_none() && below.has(picture.unit));
    all.sort_by_key(|picture| (picture.taken_on, picture.id));
    let mut pictures = Pictures {
        units: units(snapshot, who, (code, unit), today),
        more: all.len(),
        ..Pictures::default()
    };
    for side in Side::ALL {
        let mut of_side: Vec<_> = all.iter().filter(|picture| picture.side == side).collect();
        let shown = of_side.split_off(of_side.len().saturating_sub(SHOWN_MAX));
        let mut lines = Vec::with_capacity(shown.len());
        for picture in shown {
            let gone = || Error::Fault(format!("the bytes of picture {} are gone", picture.id.0));
            lines.push(Line {
                attachment: store::attachments::find(tx, &picture.attachment)?.ok_or_else(gone)?,
                unit: snapshot.name(picture.unit, today),
                may_take_back: member(snapshot, who, picture.unit, today).is_ok(),
                picture: picture.clone(),
            });
        }
        pictures.more -= lines.len();
        match side {
            Side::Before => pictures.before = lines,
            Side::After => pictures.after = lines,
        }
    }
    Ok(pictures)
}

/// The units for which somebody may add a picture: the one whose page it is, and those that their roles
/// name, as far as the priority is theirs.
fn units(
    snapshot: &Snapshot,
    who: &Actor,
    (code, unit): (&str, UnitId),
    today: Date,
) -> Vec<UnitName> {
    let roles = [Right::GiveTasks, Right::DoTasks].into_iter();
    let named = roles.flat_map(|right| who.units(right, today)).flatten();
    let mut units: Vec<UnitId> = Vec::new();
    for candidate in std::iter::once(unit).chain(named) {
        let may = member(snapshot, who, candidate, today).is_ok()
            && snapshot.units.version_on(candidate, today).is_some()
            && of_another_unit(snapshot, code, candidate, today).is_none();
        if may && !units.contains(&candidate) {
            units.push(candidate);
        }
    }
    units.into_iter().map(|unit| snapshot.name(unit, today)).collect()
}
