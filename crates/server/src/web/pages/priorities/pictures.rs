//! Pictures of a priority: what its page shows of them, and what the forms about them do.

use actions::error::Error;
use actions::priorities::pictures::{Brought, Line, Pictures};
use domain::attachment::{AttachmentProblem, BYTES_MAX};
use domain::picture::{PictureId, Side};
use domain::refusal::{Noun, Refusal};

use crate::web::links;
use crate::web::pages::attachments::PhotoView;
use crate::web::parts::Choosable;
use crate::web::received::{Bounds, File, Received};
use crate::web::site::Site;
use crate::web::turn::{Pairs, field};
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, pictures as words, places};

/// One picture with what is said of it, or why one is taken back.
pub(super) const BOUNDS: Bounds =
    Bounds { fields_bytes_max: 64 * 1024, files: "photo", file_bytes_max: BYTES_MAX, files_max: 1 };

/// The pictures, those from before beside those from after.
pub(super) struct PicturesView {
    /// What is said when there is none; empty for some.
    pub(super) none: String,
    /// The two sides.
    pub(super) sides: Vec<SideView>,
    /// That there are more; empty for no more.
    pub(super) more: String,
    /// What the form that adds one offers; none for those who add none.
    pub(super) adding: Option<AddingView>,
}

/// The pictures of one side.
pub(super) struct SideView {
    /// The code, which is also the place on the page.
    pub(super) code: &'static str,
    pub(super) name: String,
    /// What is said when there is none.
    pub(super) none: String,
    pub(super) pictures: Vec<PictureView>,
}

/// A picture.
pub(super) struct PictureView {
    pub(super) id: i64,
    pub(super) photo: PhotoView,
    pub(super) about: String,
    pub(super) may_take_back: bool,
    /// Whether it was to be taken back and was not.
    pub(super) is_open: bool,
}

/// What the form offers that adds one, with what was typed before it was refused.
pub(super) struct AddingView {
    pub(super) is_open: bool,
    pub(super) units: Vec<Choosable>,
    pub(super) sides: Vec<Choosable>,
    pub(super) taken_on: String,
    pub(super) last_day: String,
    pub(super) caption: String,
    pub(super) hint: String,
}

/// Does what a form about pictures asks for; gives back what was done, as the page's address says it.
pub(super) fn change(
    site: &Site,
    visit: &Visit,
    code: &str,
    received: Received,
) -> Result<&'static str, Error> {
    let (who, moment) = (&visit.visitor()?.actor, site.moment());
    let pairs = &received.pairs;
    let one = |name: &str| field(pairs, name).to_owned();
    match field(pairs, "taken_back") {
        "" => {
            let (name, bytes) = match received.files.into_iter().next() {
                None => (String::new(), None),
                Some(File::TooLarge | File::TooMany) => {
                    return Err(AttachmentProblem::TooLarge.into());
                }
                Some(File::Whole { name, bytes }) => (name, Some(bytes)),
            };
            let brought = Brought {
                unit: unit_id(field(pairs, "unit"))?,
                side: Side::from_code(field(pairs, "side")),
                taken_on: field(pairs, "taken_on").parse().ok(),
                caption: one("caption"),
                name,
                bytes,
            };
            site.entrance.add_picture(who, moment, code, brought)?;
            Ok("picture")
        }
        number => {
            let missing = || Refusal::NotFound { noun: Noun::Picture, key: number.to_owned() };
            let id = number.parse().map(PictureId).map_err(|_| missing())?;
            site.entrance.take_picture_back(who, moment, code, (id, one("reason")))?;
            Ok("picture-taken-back")
        }
    }
}

/// What the page says after a form about pictures; empty for other visits.
pub(super) fn done(visit: &Visit) -> String {
    match visit.parameter("done") {
        Some("picture") => visit.lang.say("picture-saved"),
        Some("picture-taken-back") => visit.lang.say("picture-taken-back"),
        Some(_) | None => String::new(),
    }
}

/// The pictures of a unit, and the form that adds one.
pub(super) fn view(
    site: &Site,
    visit: &Visit,
    (pictures, unit): (&Pictures, &str),
    typed: &Pairs,
) -> PicturesView {
    let lang = visit.lang;
    let is_empty = pictures.before.is_empty() && pictures.after.is_empty();
    let more = lang.tell("pictures-more", [("count", Gap::from(pictures.more))]);
    let sides = [
        (Side::Before, "pictures-none-before", &pictures.before),
        (Side::After, "pictures-none-after", &pictures.after),
    ];
    let side = |(side, none, lines): (Side, &str, &Vec<Line>)| SideView {
        code: side.code(),
        name: words::side(side, lang),
        none: lang.say(none),
        pictures: (1..)
            .zip(lines)
            .map(|(number, line)| picture(number, line, typed, lang))
            .collect(),
    };
    // A guest may look at how it is done and has to sign in to do it.
    let may_add = !pictures.units.is_empty() && visit.visitor().is_ok();
    PicturesView {
        none: lang.tell("pictures-none", [("unit", Gap::from(unit))]),
        sides: if is_empty { Vec::new() } else { sides.into_iter().map(side).collect() },
        more: if pictures.more == 0 { String::new() } else { more },
        adding: may_add.then(|| adding(site, pictures, typed, lang)),
    }
}

fn picture(number: usize, line: &Line, typed: &Pairs, lang: Lang) -> PictureView {
    let Line { picture, attachment, unit, may_take_back } = line;
    PictureView {
        id: picture.id.0,
        photo: PhotoView {
            id: attachment.id.as_str().to_owned(),
            href: links::attachment(&attachment.id),
            number,
            text: picture.caption.clone(),
            width: attachment.width,
            height: attachment.height,
        },
        about: words::about(picture.taken_on, &places::full_name(unit, lang), lang),
        may_take_back: *may_take_back,
        is_open: field(typed, "taken_back") == picture.id.0.to_string(),
    }
}

fn adding(site: &Site, pictures: &Pictures, typed: &Pairs, lang: Lang) -> AddingView {
    let is_typed = typed.iter().any(|(name, _)| name == "caption");
    let units = pictures.units.iter().map(|unit| Choosable {
        value: unit.id.0.to_string(),
        label: places::full_name(unit, lang),
        chosen: field(typed, "unit") == unit.id.0.to_string(),
    });
    let side = |side: Side| Choosable {
        value: side.code().to_owned(),
        label: lang.say(match side {
            Side::Before => "picture-side-before",
            Side::After => "picture-side-after",
        }),
        chosen: field(typed, "side") == side.code(),
    };
    let today = site.today().to_string();
    AddingView {
        is_open: is_typed,
        units: units.collect(),
        sides: Side::ALL.map(side).into(),
        taken_on: if is_typed { field(typed, "taken_on").to_owned() } else { today.clone() },
        last_day: today,
        caption: field(typed, "caption").to_owned(),
        hint: words::hint(lang),
    }
}
