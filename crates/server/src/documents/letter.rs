//! The urging letter as a document: an official letter in the layout of the state or of the Party.

use actions::urging::letter::{LateLine, Letter};
use formats::document::{
    Align, Appendix, Block, Cell, Column, Document, HeaderCell, Orientation, Row, RowKind, Run,
    Table,
};
use formats::profile::Layout;

use super::official::{Paper, official};
use super::{DocumentFile, Error};
use crate::wording::{Gap, Lang, agencies, late, periods, places};

/// The most lines that stand in the letter itself; more of them make an appendix.
const LINES_INSIDE_MAX: usize = 12;

/// The most units that are addressed by name.
const ADDRESSEES_MAX: usize = 10;

/// Where the office writes the code of the unit that drafts.
const DRAFTED_BY: &str = "\u{a0}\u{a0}\u{a0}\u{a0}";

/// The letter as a file.
///
/// # Errors
/// A document that does not hold together.
pub fn letter(letter: &Letter, layout: Layout, lang: Lang) -> Result<DocumentFile, Error> {
    let name = format!("{}.{}.{}.docx", lang.say("letter-file"), letter.issuer.code, letter.today);
    let bytes = formats::docx::render(&letter_document(letter, layout, lang), layout.profile())?;
    Ok(DocumentFile { name, bytes })
}

/// The letter as a document in one language.
#[must_use]
pub fn letter_document(letter: &Letter, layout: Layout, lang: Lang) -> Document {
    let Letter { issuer, parent, today, lines, sample, .. } = letter;
    let is_short = lines.len() <= LINES_INSIDE_MAX;
    let paper = Paper {
        layout,
        issuer,
        parent: parent.as_ref(),
        day: *today,
        kind: match layout {
            Layout::State => "",
            Layout::Party => "CV",
        },
        drafted_by: DRAFTED_BY,
        about: lang.say("letter-about"),
        sample,
    };
    Document {
        addressees: addressees(letter, layout, lang),
        body: body(letter, is_short, layout, lang),
        recipients: vec![lang.say("letter-as-above"), agencies::records(issuer, layout, lang)],
        appendices: if is_short { Vec::new() } else { vec![appendix(letter, lang)] },
        ..official(paper, lang)
    }
}

fn addressees(letter: &Letter, layout: Layout, lang: Lang) -> Vec<String> {
    let units = &letter.addressees;
    if units.len() > ADDRESSEES_MAX {
        return vec![lang.say("letter-listed-units")];
    }
    units.iter().map(|unit| agencies::agency(unit, layout, lang)).collect()
}

fn body(letter: &Letter, is_short: bool, layout: Layout, lang: Lang) -> Vec<Block> {
    let said = |words: String| Block::Paragraph(vec![Run::Text(words)]);
    let gaps = [
        ("day", Gap::from(periods::day(letter.today, lang))),
        ("what", late::how_much(letter.counts, lang).into()),
        ("units", letter.addressees.len().into()),
    ];
    let found = lang.tell(if is_short { "letter-found" } else { "letter-found-listed" }, gaps);
    let gaps = [
        ("agency", Gap::from(agencies::speaker(&letter.issuer, layout, lang))),
        ("day", periods::day(letter.by, lang).into()),
    ];
    let mut body = vec![said(found)];
    if is_short {
        body.push(Block::Table(table(letter, lang)));
    }
    body.extend([said(lang.tell("letter-ask", gaps)), said(lang.say("letter-close"))]);
    body
}

fn appendix(letter: &Letter, lang: Lang) -> Appendix {
    let mut blocks = vec![Block::Table(table(letter, lang))];
    if letter.left_out > 0 {
        let words = lang.tell("letter-left-out", [("count", Gap::from(letter.left_out))]);
        blocks.push(Block::Paragraph(vec![Run::Text(words)]));
    }
    let title = lang.say("letter-list");
    Appendix { title, reference: None, orientation: Orientation::Portrait, blocks }
}

fn table(letter: &Letter, lang: Lang) -> Table {
    let columns = [
        (8, Align::Centre, "letter-number"),
        (24, Align::Left, "letter-unit"),
        (52, Align::Left, "letter-what"),
        (20, Align::Centre, "letter-deadline"),
        (13, Align::Right, "letter-days"),
    ];
    let header = columns.map(|(_, _, key)| HeaderCell::single(&lang.say(key)));
    let row = |(number, line): (usize, &LateLine)| {
        let cells = [
            number.to_string(),
            places::full_name(&line.unit, lang),
            late::what(line, lang),
            deadline(line, lang),
            line.days.to_string(),
        ];
        Row { kind: RowKind::Plain, cells: cells.iter().map(|text| Cell::text(text)).collect() }
    };
    Table {
        caption: None,
        measure: None,
        columns: columns.map(|(width, align, _)| Column { width, align }).to_vec(),
        header: vec![header.to_vec()],
        rows: (1..).zip(&letter.lines).map(row).collect(),
        source: None,
    }
}

fn deadline(line: &LateLine, lang: Lang) -> String {
    let (first, day) = (periods::day(line.first_deadline, lang), periods::day(line.deadline, lang));
    if line.first_deadline == line.deadline {
        return day;
    }
    lang.tell("letter-extended", [("first", Gap::from(first)), ("day", day.into())])
}
