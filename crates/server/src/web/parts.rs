//! Pieces that several pages show: a status, a figure, a bar in a cell, the controls.

use actions::answer::{Completeness, FigureAnswer, FormAnswer, UnitName, View};
use actions::submissions::entry::EntryPage;
use actions::submissions::levels::Course;
use domain::indicator::Indicator;
use domain::number::{Fraction, Quantity};
use domain::period::Period;
use domain::status::Status;
use domain::submission::State;
use formats::profile::Layout;
use jiff::civil::Date;

use super::links::{self, Choice};
use crate::wording::{Gap, Lang, collecting, documents, figures, periods, places};

/// A text that leads somewhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub text: String,
}

/// What is known of something, under its name.
pub struct Fact {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub text: String,
    /// Where it leads; empty for what has no page.
    pub href: String,
}

/// Something that was done, on a line of a history.
pub struct HistoryLine {
    /// What was done.
    pub did: String,
    /// By whom and when.
    pub by: String,
    /// What was written with it; empty for nothing.
    pub words: String,
}

/// A status: its icon and colour hang on the code, the word stands beside them.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The code, also the class in the style sheet.
    pub code: &'static str,
    /// The word.
    pub word: String,
}

/// A bar in a cell: the share of the target, and where the target is.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The bar's length in hundredths of the track.
    pub length: String,
    /// Where the target's line stands on the track.
    pub target: String,
    /// Where the plan stands by now.
    pub planned: String,
    /// The code of the status that colours it.
    pub code: &'static str,
}

/// A figure with everything that stands beside it.
#[derive(Debug, Clone)]
pub struct FigureView {
    /// The indicator's page.
    pub indicator: Link,
    /// The unit's page.
    pub unit: Link,
    /// What the figure rests on.
    pub href: String,
    /// The number alone.
    pub number: String,
    /// Its measure, or why there is no number.
    pub beside: String,
    /// How it stands.
    pub status: Mark,
    /// Whether it is judged at all.
    pub judged: bool,
    /// What it means for the target; empty without one.
    pub achievement: String,
    /// The target, without its measure; empty without one.
    pub target: String,
    /// What is missing beside it.
    pub completeness: String,
    /// The same in a cell: `15/17`.
    pub completeness_cell: String,
    /// Whether something is missing.
    pub incomplete: bool,
    /// The share of the target as a bar.
    pub bar: Option<Bar>,
    /// Whether there is no value.
    pub empty: bool,
}

/// Where a list goes on.
#[derive(Debug, Clone)]
pub struct Pages {
    /// Which page of how many.
    pub about: String,
    /// The page before; empty on the first.
    pub before: String,
    /// The next page; empty on the last.
    pub after: String,
}

impl Pages {
    /// The same, leading to a place in each page.
    #[must_use]
    pub fn at(self, place: &str) -> Self {
        let to = |href: String| if href.is_empty() { href } else { format!("{href}#{place}") };
        Self { before: to(self.before), after: to(self.after), ..self }
    }
}

/// An entry of a list to choose from.
#[derive(Debug, Clone)]
pub struct Choosable {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is the one.
    pub chosen: bool,
}

/// The controls of a page: span and tree. They are a plain form, so they work without scripts.
#[derive(Debug, Clone)]
pub struct Controls {
    /// Where the form leads.
    pub action: String,
    /// What it carries along, by name.
    pub carried: Vec<(&'static str, String)>,
    /// The spans, longest kinds first.
    pub periods: Vec<PeriodGroup>,
    /// The trees.
    pub views: Vec<Choosable>,
}

/// The spans of one kind, such as all months.
#[derive(Debug, Clone)]
pub struct PeriodGroup {
    /// The kind.
    pub label: String,
    /// The spans, newest first.
    pub periods: Vec<Choosable>,
}

/// A form's completeness.
#[derive(Debug, Clone)]
pub struct FormView {
    /// Its name.
    pub name: String,
    /// How many of how many units have reported.
    pub completeness: String,
    /// Whether something is missing.
    pub incomplete: bool,
    /// One mark per base period.
    pub strip: Vec<StripMark>,
    /// Who lacks what.
    pub missing: Vec<MissingUnit>,
}

/// A period in a strip.
#[derive(Debug, Clone)]
pub struct StripMark {
    /// The code of how complete it is: `full`, `part`, `none`, `idle`.
    pub code: &'static str,
    /// The period and what there is, in words.
    pub label: String,
    /// The period in short.
    pub period: String,
    /// How many of how many.
    pub count: String,
}

/// A unit that owes reports.
#[derive(Debug, Clone)]
pub struct MissingUnit {
    /// The unit.
    pub unit: Link,
    /// The periods it owes.
    pub periods: String,
}

/// A status with its word.
#[must_use]
pub fn mark(status: Status, lang: Lang) -> Mark {
    Mark { code: status.code(), word: figures::status(status, lang) }
}

/// How a submission stands: its icon hangs on the code, the word stands beside it.
#[must_use]
pub fn state(state: State, lang: Lang) -> Mark {
    Mark { code: state.code(), word: collecting::state(state, lang) }
}

/// How a submission stands with the levels that judge it.
#[must_use]
pub fn course(course: &Course, lang: Lang) -> Mark {
    Mark { code: course.progress.state.code(), word: collecting::course(course, lang) }
}

/// How a form stands for whoever fills it: one that nobody has begun is no draft.
#[must_use]
pub fn filled(entry: &EntryPage, lang: Lang) -> Mark {
    let is_begun = entry.state != State::Draft || entry.saved.is_some();
    if is_begun {
        return course(&entry.course, lang);
    }
    Mark { code: "missing", word: lang.say("begun-not-yet") }
}

/// Where a list goes on from a page, counted from 0; nothing when all of it is on one.
#[must_use]
pub fn pages(address: &str, (page, pages): (usize, usize), lang: Lang) -> Option<Pages> {
    let joint = if address.contains('?') { '&' } else { '?' };
    let href = |page: usize| format!("{address}{joint}page={page}");
    let gaps = [("page", Gap::from(page + 1)), ("pages", pages.into())];
    (pages > 1).then(|| Pages {
        about: lang.tell("pages-about", gaps),
        before: if page > 0 { href(page) } else { String::new() },
        after: if page + 1 < pages { href(page + 2) } else { String::new() },
    })
}

/// A figure with everything that stands beside it.
#[must_use]
pub fn figure(indicator: &Indicator, answer: &FigureAnswer, lang: Lang) -> FigureView {
    let choice = Choice::of(answer);
    let (number, beside) = figures::pieces(indicator, answer, lang);
    let said = [
        figures::achievement(indicator, answer, lang),
        figures::time_passed(indicator, answer, lang),
        figures::data_until(answer, lang),
    ];
    let target = answer.target.as_ref();
    FigureView {
        indicator: Link {
            href: links::indicator(&indicator.code, choice),
            text: lang.of(&indicator.name).to_owned(),
        },
        unit: unit_link(&answer.unit, choice, lang),
        href: links::figure(&indicator.code, choice),
        number,
        beside,
        status: mark(answer.status, lang),
        judged: answer.status != Status::NotJudged,
        achievement: said.into_iter().flatten().collect::<Vec<_>>().join(", "),
        target: target
            .map(|target| figures::value_text(indicator, Quantity::exact(target.value), lang))
            .unwrap_or_default(),
        completeness: figures::completeness(answer.completeness, lang),
        completeness_cell: figures::completeness_cell(answer.completeness, lang),
        incomplete: answer.completeness.units_missing > 0,
        bar: bar(answer),
        empty: answer.value.is_err(),
    }
}

/// A unit's page, named by kind and name.
#[must_use]
pub fn unit_link(unit: &UnitName, choice: Choice, lang: Lang) -> Link {
    Link { href: links::unit(choice.at(unit.id)), text: places::full_name(unit, lang) }
}

/// The way down to a unit: the overviews of those above, then its own page.
#[must_use]
pub fn trail(above: &[UnitName], unit: &UnitName, choice: Choice, lang: Lang) -> Vec<Link> {
    let crumb = |unit: &UnitName| Link {
        href: links::overview(choice.at(unit.id)),
        text: places::full_name(unit, lang),
    };
    let mut trail: Vec<Link> = above.iter().map(crumb).collect();
    trail.push(unit_link(unit, choice, lang));
    trail
}

/// Periods that can be chosen, as they are written at the beginning of a line.
#[must_use]
pub fn choosable_periods(offered: Vec<Period>, chosen: Period, lang: Lang) -> Vec<Choosable> {
    let choosable = |period: Period| Choosable {
        value: period.to_string(),
        label: places::capitalised(&periods::label(period, lang)),
        chosen: period == chosen,
    };
    offered.into_iter().map(choosable).collect()
}

/// The layouts that a document can be written in.
#[must_use]
pub fn choosable_layouts(lang: Lang) -> Vec<Choosable> {
    let choosable = |layout: Layout| Choosable {
        value: layout.code().to_owned(),
        label: documents::layout(layout, lang),
        chosen: layout == Layout::State,
    };
    Layout::ALL.into_iter().map(choosable).collect()
}

/// The controls for span and tree.
#[must_use]
pub fn controls(
    action: String,
    carried: Vec<(&'static str, String)>,
    choice: Choice,
    offered: (&[Period], &[Date]),
    lang: Lang,
) -> Controls {
    let (offered_periods, change_days) = offered;
    let mut offered_periods = offered_periods.to_vec();
    if !offered_periods.contains(&choice.period) {
        offered_periods.insert(0, choice.period);
    }
    let mut views = vec![View::Reported];
    views.extend(change_days.iter().map(|day| View::Restated(*day)));
    if !views.contains(&choice.view) {
        views.push(choice.view);
    }
    let view = |view: View| Choosable {
        value: links::view_code(view),
        label: places::capitalised(&figures::view(view, view, lang)),
        chosen: view == choice.view,
    };
    Controls {
        action,
        carried,
        periods: period_groups(&offered_periods, choice, lang),
        views: views.into_iter().map(view).collect(),
    }
}

/// The spans by kind, longest kinds first; kinds without any are left out.
fn period_groups(periods: &[Period], choice: Choice, lang: Lang) -> Vec<PeriodGroup> {
    let kinds = [
        "periods-spans",
        "periods-years",
        "periods-parts-of-years",
        "periods-quarters",
        "periods-months",
        "periods-weeks",
        "periods-days",
    ];
    let of_kind = |kind| periods.iter().copied().filter(move |period| kind_of(*period) == kind);
    let groups = kinds.into_iter().map(|kind| PeriodGroup {
        label: lang.say(kind),
        periods: choosable_periods(of_kind(kind).collect(), choice.period, lang),
    });
    groups.filter(|group| !group.periods.is_empty()).collect()
}

fn kind_of(period: Period) -> &'static str {
    match period {
        Period::Span(..) => "periods-spans",
        Period::Year(_) => "periods-years",
        Period::HalfYear(..) | Period::NineMonths(_) => "periods-parts-of-years",
        Period::Quarter(..) => "periods-quarters",
        Period::Month(..) => "periods-months",
        Period::Week(..) => "periods-weeks",
        Period::Day(_) => "periods-days",
    }
}

/// A form's completeness.
#[must_use]
pub fn form(answer: &FormAnswer, choice: Choice, lang: Lang) -> FormView {
    let strip = answer.strip.iter().map(|(period, there)| strip_mark(*period, *there, lang));
    let missing = answer.missing.iter().map(|(unit, owed)| MissingUnit {
        unit: unit_link(unit, choice, lang),
        periods: owed
            .iter()
            .map(|period| periods::short(*period, lang))
            .collect::<Vec<_>>()
            .join(", "),
    });
    FormView {
        name: lang.of(&answer.name).to_owned(),
        completeness: figures::completeness(answer.completeness, lang),
        incomplete: answer.completeness.units_missing > 0,
        strip: strip.collect(),
        missing: missing.collect(),
    }
}

fn strip_mark(period: Period, there: Completeness, lang: Lang) -> StripMark {
    let code = match (there.reported, there.expected) {
        (_, 0) => "idle",
        (0, _) => "none",
        (reported, expected) if reported >= expected => "full",
        _ => "part",
    };
    let count = format!("{}/{}", there.reported, there.expected);
    let name = periods::label(period, lang);
    StripMark {
        code,
        label: format!("{}: {count}", places::capitalised(&name)),
        period: periods::short(period, lang),
        count,
    }
}

/// The share of the target as a bar on a track of one and a quarter targets, with the plan's place.
fn bar(answer: &FigureAnswer) -> Option<Bar> {
    const TRACK: f64 = 1.25;
    let at = |share: f64| format!("{:.1}", share.clamp(0.0, TRACK) / TRACK * 100.0);
    let target = answer.target.as_ref()?;
    let value = answer.value.as_ref().ok()?;
    let share = |value: Fraction| value.checked_div(target.value).ok().map(Fraction::to_f64);
    Some(Bar {
        length: at(share(value.value)?),
        target: at(1.0),
        planned: at(share(target.planned)?),
        code: answer.status.code(),
    })
}
