//! One submission beside what it is measured by.

use actions::error::Error;
use actions::submissions::aims::Aim;
use actions::submissions::evidence::{DeedLine, Next, ReviewLine, ReviewPage, Revision};
use actions::submissions::field_key;
use actions::submissions::queue::Standing;
use askama::Template;
use domain::number::{Quantity, SCALE_MAX};
use domain::submission::Content;

use super::done;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::pages::attachments::{self, PhotoView};
use crate::web::pages::draw;
use crate::web::pages::entry::by;
use crate::web::parts::{self, Link, Mark};
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, collecting, number, people, periods, places};

/// Revisions shown side by side.
const REVISIONS_MAX: usize = 5;

/// One submission.
#[derive(Template)]
#[template(path = "web/pages/review/show.html")]
struct ShowPage {
    frame: Frame,
    /// What was just done with the one before; empty when nothing was.
    done: String,
    turn: Option<TurnView>,
    problems: Vec<String>,
    trail: Vec<Link>,
    form: String,
    about: String,
    address: String,
    mark: Mark,
    nothing: bool,
    newer: String,
    /// That the clock of the sender's device was wrong; empty when it was not.
    clock: String,
    lines: Vec<LineView>,
    photos: Vec<PhotoView>,
    /// What changed from one revision to the next; none where there is one revision only.
    revisions: Option<RevisionsView>,
    deeds: Vec<String>,
    next: Next,
    /// Why the reader cannot approve it; empty when that need not be said.
    said: String,
    whole: String,
}

impl ShowPage {
    fn may(&self, next: Next) -> bool {
        self.next == next
    }
}

/// Where a submission stands among those that wait.
struct TurnView {
    place: String,
    before: String,
    after: String,
}

struct LineView {
    key: String,
    code: String,
    name: String,
    measure: String,
    value: String,
    previous: BesideView,
    median: BesideView,
    aims: Vec<AimView>,
    remarks: Vec<String>,
    typed: String,
}

/// What a figure is measured by, and how far from it the figure is.
struct BesideView {
    value: String,
    /// `gấp 3 lần`, `giảm 20%`; empty when it is the same or cannot be said.
    deviation: String,
}

/// A target that the figure counts towards.
struct AimView {
    href: String,
    status: Mark,
    /// Of which unit, and how far it is reached.
    said: String,
}

/// The revisions side by side.
struct RevisionsView {
    heads: Vec<HeadView>,
    rows: Vec<RowView>,
}

struct HeadView {
    href: String,
    name: String,
    mark: Mark,
    is_this: bool,
}

struct RowView {
    code: String,
    name: String,
    cells: Vec<CellView>,
}

struct CellView {
    label: String,
    value: String,
    is_new: bool,
}

/// Draws the page; what was typed into its forms stands there again.
///
/// # Errors
/// There is no such submission, it is not for the reader, or the database failed.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    id: &str,
    problems: Vec<String>,
    typed: &[(String, String)],
) -> Result<String, Error> {
    let lang = visit.lang;
    let (who, moment) = (&visit.visitor()?.actor, site.moment());
    let review: ReviewPage = site.workspace.review_page(who, moment, id)?;
    let aims = site.workspace.aims(who, moment, &review.occasion)?;
    let choice = Choice {
        unit: review.unit.id,
        period: review.occasion.period,
        view: actions::answer::View::Reported,
    };
    let unit = places::full_name(&review.unit, lang);
    let period = periods::label(review.occasion.period, lang);
    let mark = parts::course(&review.course, lang);
    draw(&ShowPage {
        done: done(site, visit)?,
        turn: turn_view(&review.standing, lang),
        problems,
        trail: parts::trail(&review.above, &review.unit, choice, lang),
        form: lang.of(&review.form).to_owned(),
        photos: attachments::views(
            &review.attachments,
            [lang.of(&review.form), &unit, &period],
            lang,
        ),
        about: format!("{unit} · {period}"),
        address: links::review(id),
        nothing: review.content == Content::NothingToReport,
        clock: review.ahead_ms.map(|ahead| collecting::clock(ahead, lang)).unwrap_or_default(),
        newer: review.newer.as_deref().map(links::review).unwrap_or_default(),
        lines: review.lines.iter().map(|line| line_view(line, &aims, typed, lang)).collect(),
        revisions: revisions(&review, lang),
        deeds: deeds(&review, site, lang),
        said: match review.next {
            Next::OtherLevel => {
                let state = places::capitalised(&mark.word);
                lang.tell("review-other-level", [("state", Gap::from(state))])
            }
            Next::OwnReturn => lang.say("review-own"),
            Next::SecondReturn => lang.say("review-second"),
            Next::Nothing | Next::Judge | Next::Reopen => String::new(),
        },
        next: review.next,
        whole: field(typed, "reason/").to_owned(),
        mark,
        frame: site.frame(visit)?.titled(format!("{unit}, {period}"), Section::Work),
    })
}

/// Where it stands among those that wait; nothing when none does.
fn turn_view(turn: &Standing, lang: Lang) -> Option<TurnView> {
    let href = |id: &Option<String>| id.as_deref().map(links::review).unwrap_or_default();
    let total = ("count", Gap::from(turn.total));
    let place = match turn.place {
        Some(place) => lang.tell("review-place", [("place", Gap::from(place)), total]),
        None => lang.tell("review-finding", [total]),
    };
    (turn.total > 0).then(|| TurnView {
        place,
        before: href(&turn.before),
        after: href(&turn.after),
    })
}

fn line_view(line: &ReviewLine, aims: &[Aim], typed: &[(String, String)], lang: Lang) -> LineView {
    let key = field_key(&line.item, &line.class);
    let mut remarks: Vec<String> =
        line.doubts.iter().map(|doubt| collecting::doubt(doubt, lang)).collect();
    if !line.reason.is_empty() {
        remarks.push(format!("{}: {}", lang.say("review-reason"), line.reason));
    }
    remarks.extend(Some(line.note.clone()).filter(|note| !note.is_empty()));
    LineView {
        name: collecting::named(&line.name, &line.class_name, lang),
        code: key.clone(),
        measure: lang.of(&line.measure).to_owned(),
        value: match line.value {
            None => lang.say("review-empty"),
            some => printed(some, lang),
        },
        previous: beside(line.value, line.previous, lang),
        median: beside(line.value, line.median, lang),
        aims: aims
            .iter()
            .filter(|aim| line.class.is_empty() && aim.item == line.item)
            .map(|aim| aim_view(aim, lang))
            .collect(),
        remarks,
        typed: field(typed, &format!("reason/{key}")).to_owned(),
        key,
    }
}

fn printed(value: Option<Quantity>, lang: Lang) -> String {
    value.map_or_else(|| "–".to_owned(), |value| number::number(value, SCALE_MAX, lang))
}

fn beside(now: Option<Quantity>, beside: Option<Quantity>, lang: Lang) -> BesideView {
    let deviation = now.zip(beside).map(|(now, beside)| collecting::deviation(now, beside, lang));
    BesideView { value: printed(beside, lang), deviation: deviation.unwrap_or_default() }
}

fn aim_view(aim: &Aim, lang: Lang) -> AimView {
    let figure = parts::figure(&aim.indicator, &aim.figure, lang);
    AimView { said: collecting::aim(aim, lang), status: figure.status, href: figure.indicator.href }
}

/// What was done with every revision, oldest first.
fn deeds(review: &ReviewPage, site: &Site, lang: Lang) -> Vec<String> {
    let lines = review.revisions.iter().flat_map(|one| {
        let name = revision_name(one, lang);
        one.deeds.iter().map(move |done| match review.revisions.len() {
            1 => deed_line(done, site, lang),
            _ => format!("{name}. {}", deed_line(done, site, lang)),
        })
    });
    lines.collect()
}

fn revision_name(revision: &Revision, lang: Lang) -> String {
    lang.tell("review-revision", [("number", Gap::from(revision.number))])
}

/// The newest revisions side by side, on the lines that changed between them.
fn revisions(review: &ReviewPage, lang: Lang) -> Option<RevisionsView> {
    let shown = review.revisions.len().saturating_sub(REVISIONS_MAX);
    let shown = review.revisions.get(shown..).unwrap_or_default();
    if shown.len() < 2 {
        return None;
    }
    let name = |one: &Revision| revision_name(one, lang);
    let head = |one: &Revision| HeadView {
        href: links::review(&one.id),
        name: name(one),
        mark: parts::state(one.state, lang),
        is_this: one.id == review.id,
    };
    let rows = review.lines.iter().enumerate().filter_map(|(at, line)| {
        let values: Vec<Option<Quantity>> =
            shown.iter().map(|one| one.values.get(at).copied().flatten()).collect();
        let first = *values.first()?;
        values.iter().any(|value| *value != first).then(|| RowView {
            code: field_key(&line.item, &line.class),
            name: collecting::named(&line.name, &line.class_name, lang),
            cells: cells(&values, shown.iter().map(name), lang),
        })
    });
    Some(RevisionsView { heads: shown.iter().map(head).collect(), rows: rows.collect() })
}

fn cells(
    values: &[Option<Quantity>],
    names: impl Iterator<Item = String>,
    lang: Lang,
) -> Vec<CellView> {
    let before = std::iter::once(None).chain(values.iter().map(Some));
    let cell =
        |((value, before), label): ((&Option<Quantity>, Option<&Option<Quantity>>), String)| {
            let is_new = before.is_some_and(|before| before != value);
            CellView { label, value: printed(*value, lang), is_new }
        };
    values.iter().zip(before).zip(names).map(cell).collect()
}

/// What was done, when, by whom and why, on one line.
fn deed_line(done: &DeedLine, site: &Site, lang: Lang) -> String {
    let moment = periods::moment(done.done_ms, &site.zone, lang);
    let name = people::in_place_of(by(&done.name, lang), &done.in_place_of, lang);
    let gaps = [("name", Gap::from(name)), ("moment", moment.into())];
    let said =
        format!("{}: {}", collecting::deed(done.deed, lang), lang.tell("review-sent-by", gaps));
    let reasons = done.reasons.iter().map(|reason| match reason.field.as_str() {
        "" => reason.text.clone(),
        field => format!("{field}: {}", reason.text),
    });
    let reasons: Vec<String> = reasons.collect();
    collecting::with_reasons(said, &reasons.join("; "), lang)
}
