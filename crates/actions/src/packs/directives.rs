//! `directives.csv`, row by row into directives, and back.

use std::path::Path;

use domain::directing::DirectingProblem;
use domain::directive::{Directive, Reference, circle};
use domain::refusal::{Noun, Refusal, Refused, Wanted};
use domain::secrecy;

use super::tables::{not_found, optional, rows, words};
use crate::imports::Refusals;
use crate::table::{Table, TableRow};
use crate::tasks::codes;

/// The columns of `directives.csv`.
pub(crate) const COLUMNS: [&str; 14] = [
    "code",
    "number",
    "kind",
    "issuer_vi",
    "issuer_en",
    "issuer_unit",
    "date",
    "title_vi",
    "title_en",
    "implements",
    "replaces",
    "amends",
    "term_from",
    "term_to",
];

/// Those of them that a table must have.
const REQUIRED: [&str; 6] = ["code", "number", "kind", "issuer_vi", "date", "title_vi"];

/// The longest text of a directive, in characters.
const WORDS_MAX: usize = 1_000;

pub(super) fn directives(folder: &Path, refusals: &mut Refusals) -> Option<Vec<Directive>> {
    let mut whole: Option<Vec<Directive>> = None;
    rows(folder, "directives.csv", Noun::Directive, &REQUIRED, refusals, |table, row, refusals| {
        let all = whole.get_or_insert_with(|| {
            table.rows.iter().filter_map(|row| read(table, row).ok()).collect()
        });
        let is_known = |code: &str| table.rows.iter().any(|row| table.field(row, "code") == code);
        let found = read(table, row).and_then(|directive| {
            let problems = referring(table, row, &directive, all, is_known);
            if problems.is_empty() { Ok(directive) } else { Err(problems) }
        });
        found.map_err(|problems| told_but_last(problems, table, row, refusals))
    })
}

/// Tells all problems of a row but the last, which is given back.
fn told_but_last(
    mut problems: Vec<Refused>,
    table: &Table,
    row: &TableRow,
    refusals: &mut Refusals,
) -> Refused {
    let last = problems.pop();
    problems.into_iter().for_each(|refused| refusals.push(refused));
    last.unwrap_or_else(|| table.bad(row, "code", Wanted::Code))
}

/// A row, as far as it can be judged alone.
///
/// # Errors
/// Everything that is wrong.
pub(crate) fn read(table: &Table, row: &TableRow) -> Result<Directive, Vec<Refused>> {
    let mut problems = Vec::new();
    for column in COLUMNS {
        let text = table.field(row, column);
        if let Some(mark) = secrecy::mark(text) {
            let why = DirectingProblem::Secret { mark }.into();
            problems.push(table.refused(row, column, why));
        }
        if text.chars().count() > WORDS_MAX {
            let why = DirectingProblem::TooLong { characters_max: WORDS_MAX }.into();
            problems.push(table.refused(row, column, why));
        }
    }
    let mut day = |column: &str| match table.day(row, column) {
        Ok(day) => day,
        Err(refused) => {
            problems.push(refused);
            None
        }
    };
    let (date, from, to) = (day("date"), day("term_from"), day("term_to"));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let why = DirectingProblem::EndsBeforeBeginning { from }.into();
        problems.push(table.refused(row, "term_to", why));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let field = |column: &str| table.field(row, column).to_owned();
    let several = |by: Reference| {
        let mut found: Vec<String> = Vec::new();
        for code in codes(table.field(row, by.column())) {
            if found.iter().all(|known| known != code) {
                found.push(code.to_owned());
            }
        }
        found
    };
    Ok(Directive {
        code: field("code"),
        number: field("number"),
        kind: field("kind"),
        issuer: words(table, row, "issuer"),
        issuer_unit: optional(table.field(row, "issuer_unit")),
        date,
        title: words(table, row, "title"),
        implements: optional(table.field(row, "implements")),
        replaces: several(Reference::Replaces),
        amends: several(Reference::Amends),
        term: (from, to),
    })
}

/// What is wrong with the directives to which one refers: there is none, or they lead back to it.
pub(crate) fn referring(
    table: &Table,
    row: &TableRow,
    directive: &Directive,
    all: &[Directive],
    is_known: impl Fn(&str) -> bool,
) -> Vec<Refused> {
    let mut problems = Vec::new();
    for by in Reference::ALL {
        let unknown = by.of(directive).iter().filter(|code| !is_known(code));
        let unknown = unknown.map(|code| not_found(table, row, by.column(), Noun::Directive, code));
        problems.extend(unknown);
        if let Some(numbers) = circle(directive, all, by) {
            let why: Refusal = DirectingProblem::Circle { numbers }.into();
            problems.push(table.refused(row, by.column(), why));
        }
    }
    problems
}

/// A directive as a row.
pub(crate) fn row(directive: &Directive) -> Vec<String> {
    let Directive { code, number, kind, issuer, issuer_unit, date, title, .. } = directive;
    let Directive { implements, replaces, amends, term: (from, to), .. } = directive;
    let [date, from, to] =
        [date, from, to].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    let implements = implements.clone().unwrap_or_default();
    let [replaces, amends] = [replaces, amends].map(|codes| codes.join("; "));
    let unit = issuer_unit.clone().unwrap_or_default();
    let texts = [code, number, kind, &issuer.vi, &issuer.en, &unit, &date, &title.vi, &title.en];
    let texts = texts.map(String::clone).into_iter();
    texts.chain([implements, replaces, amends, from, to]).collect()
}
