//! The narrative: a template's blocks with its figures in place, as a document.

use actions::reports::{Report, ReportFigure};
use domain::item::Bilingual;
use domain::report::{self, Content, Segment};
use formats::document::{Block, Document, Head, Language, Level, Properties, Run, Signature};
use formats::profile::Layout;

use super::names::{self, Filled};
use super::{Issue, appendix, lists, text};
use crate::wording::Lang;
use crate::wording::documents::{NumberParts, PlaceName, document_number, place_line};

/// The report as a document in one language.
#[must_use]
pub fn document(report: &Report, issue: &Issue, lang: Lang) -> Document {
    let template = &report.template;
    let line = |text: &str| names::filled(text, &report.subject, &template.places_in_full, lang);
    let head = |text: &Bilingual| names::head(report, text, lang);
    let symbol = line(&template.symbol).text;
    let symbol = symbol.split_once('-').unwrap_or((symbol.as_str(), ""));
    let parts = NumberParts { number: issue.number, kind: symbol.0, agency: symbol.1, unit: "" };
    let number = document_number(Layout::State, parts);
    let place = line(&template.place).text;
    let place_date = place_line("", &place, PlaceName::Bare, issue.date, lang);
    let whole =
        |filled: Filled| (filled.is_whole && !filled.text.is_empty()).then_some(filled.text);
    let signer = head(&template.signer).text;
    let sample = lang.of(&report.sample).to_owned();
    Document {
        language: language(lang),
        properties: properties(report, issue, lang),
        head: Head {
            parent_agency: whole(head(&template.parent_agency)).map(|name| name.to_uppercase()),
            agency: head(&template.agency).text.to_uppercase(),
            number,
            place_date,
        },
        kind: head(&template.kind).text,
        about: head(&template.title).text,
        addressees: Vec::new(),
        legal_basis: Vec::new(),
        body: body(report, issue, lang),
        signature: Some(Signature {
            authority: signer.lines().map(str::to_owned).collect(),
            name: String::new(),
        }),
        recipients: template.recipients.iter().filter_map(|text| whole(head(text))).collect(),
        appendices: appendix::all(report, issue, lang),
        sample_mark: (!sample.is_empty()).then_some(sample),
    }
}

pub(super) fn language(lang: Lang) -> Language {
    match lang {
        Lang::Vi => Language::Vietnamese,
        Lang::En => Language::English,
    }
}

pub(super) fn properties(report: &Report, issue: &Issue, lang: Lang) -> Properties {
    Properties {
        title: names::head(report, &report.template.title, lang).text,
        creator: names::head(report, &report.template.agency, lang).text.to_uppercase(),
        created: format!("{}T00:00:00Z", issue.date),
    }
}

fn body(report: &Report, issue: &Issue, lang: Lang) -> Vec<Block> {
    let blocks = |block: &report::Block| match &block.content {
        Content::Heading { level, text } => {
            let runs = runs(report, lang.of(text), issue, lang);
            let words: String = runs.iter().map(Run::words).collect();
            vec![heading(*level, words)]
        }
        Content::Paragraph { text } => {
            vec![Block::Paragraph(runs(report, lang.of(text), issue, lang))]
        }
        Content::List(list) => lists::blocks(report, *list, issue, lang),
    };
    report.template.blocks.iter().flat_map(blocks).collect()
}

/// A heading of a template's level.
pub(super) fn heading(level: u8, text: String) -> Block {
    let level = match level {
        0 | 1 => Level::One,
        2 => Level::Two,
        _ => Level::Three,
    };
    Block::Heading { level, text }
}

fn runs(report: &Report, text: &str, issue: &Issue, lang: Lang) -> Vec<Run> {
    // A pack's texts were checked when it was taken in.
    let Ok(segments) = report::segments(text) else { return vec![Run::Text(text.to_owned())] };
    let find = |key: &str| -> Option<&ReportFigure> {
        report.figures.iter().find(|figure| figure.request.key == key)
    };
    let run = |(place, segment): (usize, Segment)| match segment {
        Segment::Text(words) => Run::Text(words),
        Segment::Name { name, .. } => Run::Text(names::in_body(report, name, lang)),
        Segment::Figure { key, form, .. } => match find(&key) {
            Some(figure) => Run::Figure {
                text: text::words(figure, form, &report.subject.calendar, lang),
                id: format!("{key}-{}-{place}", form.code()),
                href: Some(text::address(&figure.answer, &issue.address)),
            },
            None => Run::Text(format!("{{{key}}}")),
        },
    };
    segments.into_iter().enumerate().map(run).collect()
}
