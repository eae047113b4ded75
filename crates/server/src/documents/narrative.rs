//! The narrative: a template's blocks with its figures in place, as a document.

use actions::reports::{Report, ReportFigure};
use domain::period::Calendar;
use domain::report::{self, Block as TemplateBlock, Segment};
use formats::document::{Block, Document, Head, Language, Level, Properties, Run, Signature};

use super::{Issue, appendix, text};
use crate::wording::Lang;
use crate::wording::documents::{NumberParts, PlaceName, Profile, document_number, place_line};

/// The report as a document in one language.
#[must_use]
pub fn document(report: &Report, issue: &Issue, lang: Lang) -> Document {
    let template = &report.template;
    let symbol = template.symbol.split_once('-').unwrap_or((template.symbol.as_str(), ""));
    let parts = NumberParts { number: issue.number, kind: symbol.0, agency: symbol.1, unit: "" };
    let number = document_number(Profile::State, parts);
    let place_date = place_line("", &template.place, PlaceName::Bare, issue.date, lang);
    let words = |text| lang.of(text).to_owned();
    let optional = |text: String| (!text.is_empty()).then_some(text);
    let recipients = template.recipients.iter().map(words).collect();
    let signer = words(&template.signer);
    Document {
        language: language(lang),
        properties: properties(report, issue, lang),
        head: Head {
            parent_agency: optional(words(&template.parent_agency)),
            agency: words(&template.agency),
            number,
            place_date,
        },
        kind: words(&template.kind),
        about: words(&template.title),
        addressees: Vec::new(),
        legal_basis: Vec::new(),
        body: template.blocks.iter().map(|block| body_block(report, block, issue, lang)).collect(),
        signature: Some(Signature {
            authority: signer.lines().map(str::to_owned).collect(),
            name: String::new(),
        }),
        recipients,
        appendices: appendix::all(report, issue, lang),
        sample_mark: optional(words(&report.sample)),
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
        title: lang.of(&report.template.title).to_owned(),
        creator: lang.of(&report.template.agency).to_owned(),
        created: format!("{}T00:00:00Z", issue.date),
    }
}

fn body_block(report: &Report, block: &TemplateBlock, issue: &Issue, lang: Lang) -> Block {
    match block {
        TemplateBlock::Heading { level, text } => Block::Heading {
            level: match level {
                0 | 1 => Level::One,
                2 => Level::Two,
                _ => Level::Three,
            },
            text: lang.of(text).to_owned(),
        },
        TemplateBlock::Paragraph { text } => {
            Block::Paragraph(runs(report, lang.of(text), issue, lang))
        }
    }
}

fn runs(report: &Report, text: &str, issue: &Issue, lang: Lang) -> Vec<Run> {
    // A pack's texts were checked when it was taken in.
    let Ok(segments) = report::segments(text) else { return vec![Run::Text(text.to_owned())] };
    let find = |key: &str| -> Option<&ReportFigure> {
        report.figures.iter().find(|figure| figure.request.key == key)
    };
    let run = |(place, segment): (usize, Segment)| match segment {
        Segment::Text(words) => Run::Text(words),
        Segment::Figure { key, form, .. } => match find(&key) {
            Some(figure) => Run::Figure {
                text: text::words(figure, form, &Calendar::Civil, lang),
                id: format!("{key}-{}-{place}", form.code()),
                href: Some(text::address(&figure.answer, &issue.address)),
            },
            None => Run::Text(format!("{{{key}}}")),
        },
    };
    segments.into_iter().enumerate().map(run).collect()
}
