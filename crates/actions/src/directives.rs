//! The register of directives: what was typed is read by the rules of a pack's table, held against the
//! directives that are there, and recorded.

use domain::access::{Actor, Right};
use domain::directing::DirectingProblem;
use domain::directive::{Directive, Reference};
use domain::refusal::{Location, Noun, Refusal, Refused, Wanted};
use domain::text;
use domain::unit::{UnitId, Units};
use jiff::civil::Date;
use ledger::hash::digest;
use store::WriteTx;

use crate::accounts::Moment;
use crate::door::{self, Deed, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::packs::directives;
use crate::secrets::{Secrets, hex};
use crate::snapshot::Snapshot;
use crate::table::Table;
use crate::tasks;

/// What is typed of a directive: the columns of a pack's table without the code, which is made from the
/// number.
pub const COLUMNS: [&str; 13] = [
    "number",
    "kind",
    "issuer_vi",
    "issuer_en",
    "issuer_unit",
    "date",
    "title_vi",
    "title_en",
    "term_from",
    "term_to",
    "implements",
    "replaces",
    "amends",
];

/// What has to be typed.
const WANTED: [&str; 5] = ["number", "kind", "issuer_vi", "date", "title_vi"];

/// The most letters of a code.
const CODE_LETTERS_MAX: usize = 40;

/// Names of pages beside those of directives, which no code becomes.
const TAKEN: [&str; 1] = ["new"];

/// A directive as it was typed: a text for each of [`COLUMNS`]. What is wrong is told by the column,
/// counted from 1.
pub type Written = [String; COLUMNS.len()];

/// The references that a directive may have several of: what is typed are the numbers of the others, or
/// their codes.
const SEVERAL: [Reference; 2] = [Reference::Replaces, Reference::Amends];

/// A directive as it is typed to be changed, beside all others.
#[must_use]
pub fn written(directive: &Directive, all: &[Directive]) -> Written {
    let mut fields = as_row(directive);
    for by in SEVERAL {
        let shown = by.of(directive).iter().map(|code| shown(code, all));
        if let Some(field) = field_of(&mut fields, by) {
            *field = shown.collect::<Vec<_>>().join("\n");
        }
    }
    fields
}

/// A directive as a pack's table has it, in the columns that are typed.
fn as_row(directive: &Directive) -> Written {
    let row = directives::row(directive);
    let column = |name: &str| directives::COLUMNS.iter().position(|column| *column == name);
    COLUMNS.map(|name| column(name).and_then(|at| row.get(at)).cloned().unwrap_or_default())
}

fn field_of(fields: &mut Written, by: Reference) -> Option<&mut String> {
    let at = COLUMNS.iter().position(|column| *column == by.column())?;
    fields.get_mut(at)
}

/// The number of a directive, as far as no other has it; otherwise its code.
fn shown(code: &str, all: &[Directive]) -> String {
    let number = all.iter().find(|it| it.code == code).map(|it| it.number.as_str());
    let is_clear =
        |number: &&str| meant(number, all).len() == 1 && tasks::codes(number).count() == 1;
    number.filter(is_clear).unwrap_or(code).to_owned()
}

/// The codes of the directives that are meant by a code or a number.
fn meant<'d>(text: &str, all: &'d [Directive]) -> Vec<&'d str> {
    if let Some(it) = all.iter().find(|it| it.code == text) {
        return vec![&it.code];
    }
    let key = text::search_key(text);
    let is_meant = |it: &&Directive| text::search_key(&it.number) == key;
    all.iter().filter(is_meant).map(|it| it.code.as_str()).collect()
}

/// What was typed with codes in the place of numbers, and which numbers several directives have. What is
/// meant by none stays as it is, to be refused with all other codes that nobody knows.
fn with_codes(typed: &Written, known: &[Directive]) -> (Written, Vec<(Reference, Refusal)>) {
    let (mut fields, mut unclear) = (typed.clone(), Vec::new());
    for by in SEVERAL {
        let Some(field) = field_of(&mut fields, by) else { continue };
        let code = |text: &str| match meant(text, known).as_slice() {
            [] => text.to_owned(),
            [code] => (*code).to_owned(),
            several => {
                let codes = several.iter().map(|&code| code.to_owned()).collect();
                let number = text.to_owned();
                unclear.push((by, DirectingProblem::SeveralOfNumber { number, codes }.into()));
                several.first().map_or_else(String::new, |&code| code.to_owned())
            }
        };
        *field = tasks::codes(field).map(code).collect::<Vec<_>>().join("; ");
    }
    (fields, unclear)
}

/// The directive that somebody changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its code.
    pub code: String,
    /// The mark of what they saw when they began; none for whoever changes it without having looked.
    pub seen: Option<String>,
}

/// The mark of what a directive says: another one as soon as anything of it is changed.
#[must_use]
pub fn mark(directive: &Directive) -> String {
    hex(&digest(directives::row(directive).join("\u{1f}").as_bytes()).0)
}

/// What keeps a change from undoing another one unseen: of every field that says something else than is
/// saved by now, what is saved.
fn changed_meanwhile(
    (known, all): (&Directive, &[Directive]),
    seen: Option<&str>,
    typed: &Written,
) -> Vec<Refused> {
    if seen.is_none_or(|seen| seen == mark(known)) {
        return Vec::new();
    }
    let (typed, _) = with_codes(typed, all);
    let fields = (1..).zip(written(known, all)).zip(as_row(known)).zip(&typed);
    let differing = fields.filter(|((_, saved), typed)| *saved != typed.trim());
    let told = differing.map(|(((column, text), _), _)| Refused {
        at: Location { column, ..Location::default() },
        why: DirectingProblem::SavedMeanwhile { text }.into(),
    });
    let told: Vec<Refused> = told.collect();
    let whole = (!told.is_empty()).then(|| Refused {
        at: Location::default(),
        why: DirectingProblem::ChangedMeanwhile.into(),
    });
    whole.into_iter().chain(told).collect()
}

/// The directive that was typed: a new one, or in the place of the one with a code.
///
/// # Errors
/// Everything that is wrong.
pub fn check(
    (known, units): (&[Directive], &Units),
    code: Option<&str>,
    written: &Written,
    today: Date,
) -> Result<Directive, Vec<Refused>> {
    let (written, unclear) = with_codes(written, known);
    let table = Table::typed(&COLUMNS, &written);
    let Some(row) = table.rows.first() else { return Err(Vec::new()) };
    let wanted = WANTED.into_iter();
    let mut problems: Vec<Refused> =
        wanted.filter_map(|column| table.filled(row, column, Wanted::Words).err()).collect();
    problems.extend(unclear.into_iter().map(|(by, why)| table.refused(row, by.column(), why)));
    let mut directive = match directives::read(&table, row) {
        Ok(directive) => directive,
        Err(more) => {
            problems.extend(more);
            return Err(problems);
        }
    };
    directive.code = code.map_or_else(|| code_of(&directive.number, known), str::to_owned);
    if let Some(other) = known.iter().find(|other| is_same(other, &directive)) {
        let why = DirectingProblem::NumberTaken { number: other.number.clone() }.into();
        problems.push(table.refused(row, "number", why));
    }
    let others = known.iter().filter(|other| other.code != directive.code).cloned();
    let all: Vec<Directive> = others.chain([directive.clone()]).collect();
    let is_known = |code: &str| all.iter().any(|other| other.code == code);
    let day = directive.date;
    if let Some(unit) = directive.issuer_unit.as_ref()
        && units.find_any(unit, day.unwrap_or(Date::MAX)).is_none()
    {
        let why = Refusal::UnknownUnit { code: unit.clone(), day };
        problems.push(table.refused(row, "issuer_unit", why));
    }
    problems.extend(untimely(&directive, known, today).map(|why| table.refused(row, "date", why)));
    problems.extend(directives::referring(&table, row, &directive, &all, is_known));
    if problems.is_empty() { Ok(directive) } else { Err(problems) }
}

/// What is impossible about the day of a directive.
fn untimely(directive: &Directive, known: &[Directive], today: Date) -> Option<Refusal> {
    let day = directive.date?;
    if day > today {
        return Some(DirectingProblem::DayToCome { day }.into());
    }
    let above = known.iter().find(|other| directive.implements.as_ref() == Some(&other.code))?;
    let begun = above.date.filter(|begun| day < *begun)?;
    let number = above.number.clone();
    Some(DirectingProblem::BeforeWhatItCarriesOut { number, day: begun }.into())
}

/// Whether two directives are one: of one number, issuer and year.
fn is_same(other: &Directive, directive: &Directive) -> bool {
    let key = |it: &Directive| {
        let year = it.date.map(Date::year);
        (text::search_key(&it.number), text::search_key(&it.issuer.vi), year)
    };
    other.code != directive.code && key(other) == key(directive)
}

/// The code of a new directive, from its number: `15-KH/HU` becomes `15-kh-hu`.
fn code_of(number: &str, known: &[Directive]) -> String {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let key = text::search_key(number);
    let parts = key.split(|it: char| !it.is_alphanumeric()).map(letters);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    let joined: String = parts.join("-").chars().take(CODE_LETTERS_MAX).collect();
    let base = if joined.is_empty() { "vb".to_owned() } else { joined };
    let is_free = |code: &String| {
        !TAKEN.contains(&code.as_str()) && known.iter().all(|other| other.code != *code)
    };
    let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base)
}

/// Enters a directive, or changes one; gives back its code.
///
/// # Errors
/// The actor does not plan for the unit that issues it, there is none with the code, somebody else has changed it meanwhile, something is
/// wrong with it, or the database failed.
pub fn save(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (changed, written): (Option<&Changed>, &Written),
) -> Result<String, Error> {
    let known = store::directives::all(tx)?;
    let code = changed.map(|changed| changed.code.as_str());
    let kind = match changed {
        None => Kind::DirectiveEntered,
        Some(changed) => {
            let missing = || Refusal::NotFound { noun: Noun::Directive, key: changed.code.clone() };
            let before = known.iter().find(|it| it.code == changed.code).ok_or_else(missing)?;
            // Nobody makes a directive of another unit their own.
            let unit = snapshot.issuing_unit(before);
            snapshot.check(who, Right::ManagePlan, unit, moment.today)?;
            let problems = changed_meanwhile((before, &known), changed.seen.as_deref(), written);
            if !problems.is_empty() {
                return Err(Error::Refused(problems));
            }
            Kind::DirectiveChanged
        }
    };
    let directive = check((&known, &snapshot.units), code, written, moment.today);
    let directive = directive.map_err(Error::Refused)?;
    let unit = snapshot.issuing_unit(&directive);
    let by = snapshot.doer(who, Right::ManagePlan, unit, moment.today)?;
    let problems = beyond(snapshot, (who, moment.today), &directive, &known);
    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    store::directives::save(tx, &directive)?;
    let words = payload::directive_words(&directive);
    let deed = Deed::new(kind, &directive.code, payload::directive(&directive));
    let deed = deed.committing(secrets, payload::DIRECTIVE_WORDS, &words)?;
    door::record(tx, by, moment.now_ms, deed)?;
    Ok(directive.code)
}

/// The directives that one would replace or amend although whoever enters it does not plan for the units
/// that issued them: what an office of above asks for is not ended from below.
fn beyond(
    snapshot: &Snapshot,
    (who, today): (&Actor, Date),
    directive: &Directive,
    known: &[Directive],
) -> Vec<Refused> {
    let is_theirs = |other: &Directive| {
        let unit = snapshot.issuing_unit(other);
        snapshot.check(who, Right::ManagePlan, unit, today).is_ok()
    };
    let mut problems = Vec::new();
    for by in SEVERAL {
        let column = (1..).zip(COLUMNS).find(|(_, name)| *name == by.column());
        let column = column.map_or(0, |(column, _)| column);
        let others = known.iter().filter(|other| by.of(directive).contains(&other.code));
        problems.extend(others.filter(|other| !is_theirs(other)).map(|other| Refused {
            at: Location { column, ..Location::default() },
            why: DirectingProblem::OfAnotherUnit { number: other.number.clone() }.into(),
        }));
    }
    problems
}

impl Snapshot {
    /// The unit that issued a directive; none for one of an office that is no unit of the tree, which
    /// whoever plans for the whole tree answers for.
    #[must_use]
    pub fn issuing_unit(&self, directive: &Directive) -> Option<UnitId> {
        let day = directive.date.unwrap_or(Date::MAX);
        self.units.find_any(directive.issuer_unit.as_deref()?, day)
    }
}

impl Entrance {
    /// Enters a directive, or changes one; gives back its code.
    ///
    /// # Errors
    /// See [`save`].
    pub fn save_directive(
        &self,
        who: &Actor,
        moment: Moment,
        (changed, written): (Option<Changed>, Written),
    ) -> Result<String, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            save(tx, snapshot, &secrets, (&actor, moment), (changed.as_ref(), &written))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}
