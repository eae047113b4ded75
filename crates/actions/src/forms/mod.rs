//! Changing forms: a version is written, checked and published from a day on; a form is made or ended.

mod assignment;
mod create;
mod deadline;

use std::collections::BTreeMap;

pub use assignment::{WrittenAssignment, levels};
pub use create::{WrittenForm, check_new, create};
pub use deadline::{WrittenDue, next_deadlines};

use domain::access::{Actor, Right};
use domain::expression::{self, Formula, Kind as FormulaKind, KnownItem};
use domain::form::{self, DueRule, Form, Line, Rule, Section, Severity, Version, asked_together};
use domain::forming::FormingProblem;
use domain::item::{Bilingual, Item};
use domain::refusal::{Location, Noun, Refusal, Refused, Wanted};
use jiff::civil::Date;
use store::{ReadTx, WriteTx};

use crate::accounts::Moment;
use crate::door::{self, Deed, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// A version as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The form's code.
    pub form: String,
    /// The form's name from now on.
    pub name: Bilingual,
    /// The day it begins; the first one when none is named.
    pub from: Option<Date>,
    /// Who fills it.
    pub assignment: WrittenAssignment,
    /// By when it is due.
    pub due: WrittenDue,
    /// What it asks, each with its number in what was written.
    pub lines: Vec<(u32, WrittenLine)>,
    /// Its rules, each with its number in what was written.
    pub rules: Vec<(u32, WrittenRule)>,
}

/// A line as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenLine {
    /// A section begins.
    Title(Bilingual),
    /// An item is asked for.
    Item {
        /// Its code.
        code: String,
        /// What helps to fill it.
        help: Bilingual,
    },
}

/// A rule as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRule {
    /// Its code.
    pub code: String,
    /// What becomes of figures that break it; none when what was written is neither.
    pub severity: Option<Severity>,
    /// What must hold.
    pub condition: String,
    /// What it says.
    pub message: Bilingual,
}

/// Which part of a version something stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The form's code.
    Code,
    /// Its name.
    Name,
    /// How often it is filled.
    Frequency,
    /// Which days its periods cover.
    Calendar,
    /// The levels that judge it.
    Review,
    /// After how many days it takes no more figures.
    Lock,
    /// The day it begins.
    From,
    /// Who fills it.
    Assignment,
    /// What the number of its deadline counts.
    Due,
    /// The number of its deadline.
    DueNumber,
    /// The working days before its deadline.
    Gap,
    /// After how many days somebody is called late.
    Grace,
    /// What it asks.
    Lines,
    /// What its figures must keep.
    Rules,
}

/// What is wrong with a version: in which part, at which number, and why.
pub type Problem = (Part, Refused);

/// The version that was written, if nothing is wrong with it as far as the other forms and the
/// items go.
///
/// # Errors
/// Everything that is wrong.
pub fn check(snapshot: &Snapshot, written: &Written) -> Result<Version, Vec<Problem>> {
    let Ok((_, known)) = snapshot.form(&written.form) else {
        let why = Refusal::NotFound { noun: Noun::Form, key: written.form.clone() };
        return Err(vec![nowhere(Part::Code, why)]);
    };
    let mut problems = Vec::new();
    let version = version(snapshot, known, written, &mut problems);
    if problems.is_empty() { Ok(version) } else { Err(problems) }
}

/// A problem that stands in no row.
fn nowhere(part: Part, why: Refusal) -> Problem {
    (part, Refused { at: Location::default(), why })
}

/// The version as it was written for a form, with what is wrong noted.
fn version(
    snapshot: &Snapshot,
    known: &Form,
    written: &Written,
    problems: &mut Vec<Problem>,
) -> Version {
    let mut head = |part, why| problems.push(nowhere(part, why));
    if written.name.vi.is_empty() || written.name.en.is_empty() {
        head(Part::Name, Refusal::BadValue { text: String::new(), wanted: Wanted::Name });
    }
    let due = written.due.read().unwrap_or_else(|wrong| {
        wrong.into_iter().for_each(|(part, why)| head(part, why));
        DueRule::days_after(0)
    });
    if written.from.is_none() {
        head(Part::From, Refusal::BadValue { text: String::new(), wanted: Wanted::Day });
    }
    if let Some(newest) = known.newest().and_then(|newest| newest.from)
        && written.from.is_some_and(|from| from < newest)
    {
        head(Part::From, FormingProblem::BeforeNewest { newest }.into());
    }
    for why in written.assignment.problems(snapshot, written.from) {
        head(Part::Assignment, why);
    }
    let sections = sections(snapshot, &written.lines, problems);
    let mut version = Version {
        from: written.from,
        assignment: written.assignment.read(),
        sections,
        due,
        rules: Vec::new(),
    };
    refuse_asked_elsewhere(snapshot, known, &version, &written.lines, problems);
    version.rules = rules(snapshot, written, &version, problems);
    version
}

fn sections(
    snapshot: &Snapshot,
    lines: &[(u32, WrittenLine)],
    problems: &mut Vec<Problem>,
) -> Vec<Section> {
    let mut wrong = |row: u32, why: Refusal| {
        let at = Location { row, ..Location::default() };
        problems.push((Part::Lines, Refused { at, why }));
    };
    let mut sections: Vec<Section> = Vec::new();
    for (row, line) in lines {
        match line {
            WrittenLine::Title(title) => {
                if title.vi.is_empty() {
                    wrong(*row, FormingProblem::SectionWithoutTitle.into());
                }
                sections.push(Section { title: title.clone(), lines: Vec::new() });
            }
            WrittenLine::Item { code, help } => {
                let Some(item) = snapshot.item(code) else {
                    wrong(*row, Refusal::NotFound { noun: Noun::Item, key: code.clone() });
                    continue;
                };
                let mut before = sections.iter().flat_map(|section| &section.lines);
                if before.any(|line| line.item == item.id) {
                    wrong(*row, Refusal::Doubled { noun: Noun::Item, key: code.clone() });
                }
                if sections.is_empty() {
                    sections.push(Section::default());
                }
                if let Some(section) = sections.last_mut() {
                    section.lines.push(Line { item: item.id, help: help.clone() });
                }
            }
        }
    }
    if lines.iter().all(|(_, line)| matches!(line, WrittenLine::Title(_))) {
        wrong(0, FormingProblem::AsksNothing.into());
    } else {
        for empty in sections.iter().filter(|section| section.lines.is_empty()) {
            let title = empty.title.vi.clone();
            wrong(0, FormingProblem::EmptySection { title }.into());
        }
    }
    sections
}

/// Nobody is asked for the same number twice.
fn refuse_asked_elsewhere(
    snapshot: &Snapshot,
    form: &Form,
    version: &Version,
    lines: &[(u32, WrittenLine)],
    problems: &mut Vec<Problem>,
) {
    let changed = Form { versions: vec![version.clone()], ..form.clone() };
    for (row, line) in lines {
        let WrittenLine::Item { code, .. } = line else { continue };
        let Some(item) = snapshot.item(code) else { continue };
        let others = snapshot.forms.iter().filter(|other| other.code != form.code);
        for other in others.filter(|other| asked_together(&changed, other, item.id)) {
            let (item, form) = (code.clone(), other.code.clone());
            let at = Location { row: *row, ..Location::default() };
            let why = FormingProblem::AskedElsewhere { item, form }.into();
            problems.push((Part::Lines, Refused { at, why }));
        }
    }
}

fn rules(
    snapshot: &Snapshot,
    written: &Written,
    version: &Version,
    problems: &mut Vec<Problem>,
) -> Vec<Rule> {
    let items: BTreeMap<&str, &Item> =
        snapshot.items.iter().map(|item| (item.code.as_str(), item)).collect();
    let mut rules: Vec<Rule> = Vec::new();
    for (row, rule) in &written.rules {
        let mut wrong = |why: Refusal| {
            let at = Location { row: *row, ..Location::default() };
            problems.push((Part::Rules, Refused { at, why }));
        };
        let WrittenRule { code, severity, condition: source, message } = rule;
        let is_whole = !code.is_empty() && !message.vi.is_empty() && !message.en.is_empty();
        let Some(severity) = severity.filter(|_| is_whole) else {
            wrong(FormingProblem::BadRule { text: code.clone() }.into());
            continue;
        };
        if rules.iter().any(|known| known.code == *code) || is_elsewhere(snapshot, written, code) {
            wrong(Refusal::Doubled { noun: Noun::Rule, key: code.clone() });
        }
        let refused = |error| Refusal::Formula { source: source.clone(), error };
        let condition = match Formula::parse(source) {
            Ok(condition) => condition,
            Err(error) => {
                wrong(refused(error));
                continue;
            }
        };
        let known = |code: &str| {
            let classes = items.get(code)?.classes.iter().map(|class| class.code.clone());
            Some(KnownItem { classes: classes.collect() })
        };
        let checked = expression::check(&condition, &known, FormulaKind::Truth);
        match checked.err() {
            Some(errors) => errors.into_iter().for_each(|error| wrong(refused(error))),
            None => {
                let asks = |code: &str| items.get(code).is_some_and(|it| version.asks(it.id));
                form::outside(&condition, &written.form, &asks).into_iter().for_each(wrong);
            }
        }
        let (code, message) = (code.clone(), message.clone());
        rules.push(Rule { code, severity, condition, message });
    }
    rules
}

/// Whether another form has a rule of this code from the same day: a pack tells rules apart by both.
fn is_elsewhere(snapshot: &Snapshot, written: &Written, code: &str) -> bool {
    let others = snapshot.forms.iter().filter(|other| other.code != written.form);
    let versions = others.flat_map(|other| &other.versions);
    let mut versions = versions.filter(|version| version.from == written.from);
    versions.any(|version| version.rules.iter().any(|rule| rule.code == code))
}

/// Publishes a version: from its day on the form asks as it says.
///
/// # Errors
/// The actor may not, something is wrong with it, figures were reported already for a period that
/// it would change, or the database failed.
pub fn publish(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    written: &Written,
) -> Result<(), Error> {
    let by = snapshot.doer(who, Right::ManagePlan, None, moment.today)?;
    let version = check(snapshot, written)
        .map_err(|problems| Error::Refused(problems.into_iter().map(|(_, it)| it).collect()))?;
    let (_, form) = snapshot.form(&written.form)?;
    if let Some(from) = version.from {
        nothing_reported_since(tx, form, from)?;
    }
    store::forms::save_version(tx, &form.code, &version)?;
    store::forms::rename(tx, &form.code, &written.name)?;
    let renamed = Form { name: written.name.clone(), ..form.clone() };
    door::record(tx, by, moment.now_ms, published(snapshot, &renamed, &version))?;
    Ok(())
}

/// What the ledger says of a version of a form.
fn published(snapshot: &Snapshot, form: &Form, version: &Version) -> Deed {
    let code = |item| snapshot.item_by_id(item).map(|item| item.code.as_str());
    let items: Vec<&str> = version.items().filter_map(code).collect();
    let rules = version
        .rules
        .iter()
        .map(|rule| vec![rule.code.as_str(), rule.severity.code(), rule.condition.source()].into());
    let rules: Vec<serde_json::Value> = rules.collect();
    let content = payload::object([
        ("assigned", assignment::content(&version.assignment)),
        ("from", version.from.map(|day| day.to_string()).into()),
        ("name_vi", form.name.vi.as_str().into()),
        ("name_en", form.name.en.as_str().into()),
        ("due", version.due.code().into()),
        ("items", items.into()),
        ("rules", rules.into()),
    ]);
    Deed::new(Kind::FormPublished, &form.code, content)
}

/// Ends a form for periods that end on a day or later; without a day it is used again.
///
/// # Errors
/// The actor may not, there is no such form, figures were reported since or an item is asked
/// elsewhere by now, or the database failed.
pub fn end(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    code: &str,
    ends: Option<Date>,
) -> Result<(), Error> {
    let by = snapshot.doer(who, Right::ManagePlan, None, moment.today)?;
    let (_, form) = snapshot.form(code)?;
    if let Some(ends) = ends {
        nothing_reported_since(tx, form, ends)?;
    }
    let changed = Form { ends, ..form.clone() };
    let others = snapshot.forms.iter().filter(|other| other.code != form.code);
    for (other, item) in others.flat_map(|other| snapshot.items.iter().map(move |it| (other, it))) {
        if asked_together(&changed, other, item.id) {
            let (item, form) = (item.code.clone(), other.code.clone());
            return Err(FormingProblem::AskedElsewhere { item, form }.into());
        }
    }
    store::forms::end(tx, code, ends)?;
    let content = payload::object([("ends", ends.map(|day| day.to_string()).into())]);
    door::record(tx, by, moment.now_ms, Deed::new(Kind::FormEnded, code, content))?;
    Ok(())
}

/// Refuses a change of periods that somebody has reported about.
fn nothing_reported_since(tx: &mut ReadTx<'_>, form: &Form, from: Date) -> Result<(), Error> {
    let reported = store::submissions::periods_of_form(tx, &form.code)?;
    let Some((period, last)) = reported
        .into_iter()
        .map(|period| (period, form.calendar.days(period).1))
        .max_by_key(|(_, last)| *last)
    else {
        return Ok(());
    };
    if last < from {
        return Ok(());
    }
    let free = last.tomorrow().unwrap_or(last);
    Err(FormingProblem::AlreadyReported { period, free }.into())
}

impl Workspace {
    /// Publishes a version of a form.
    ///
    /// # Errors
    /// See [`publish`].
    pub fn publish_form(&self, who: &Actor, moment: Moment, written: Written) -> Result<(), Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.write_blocking(move |tx| publish(tx, &snapshot, &who, moment, &written))
    }

    /// Makes a form with its first version.
    ///
    /// # Errors
    /// See [`create`].
    pub fn create_form(
        &self,
        who: &Actor,
        moment: Moment,
        written: WrittenForm,
    ) -> Result<(), Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.write_blocking(move |tx| create(tx, &snapshot, &who, moment, &written))
    }

    /// Ends a form, or takes it up again.
    ///
    /// # Errors
    /// See [`end`].
    pub fn end_form(
        &self,
        who: &Actor,
        moment: Moment,
        code: &str,
        ends: Option<Date>,
    ) -> Result<(), Error> {
        let (snapshot, who, code) = (self.snapshot()?, who.clone(), code.to_owned());
        self.database.write_blocking(move |tx| end(tx, &snapshot, &who, moment, &code, ends))
    }
}
