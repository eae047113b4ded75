//! A template's TOML into the domain's template, with everything that is wrong inside it.

use std::collections::BTreeSet;
use std::ops::Range;

use domain::item::Bilingual;
use domain::period::Period;
use domain::refusal::{Noun, Refusal, Wanted};
use domain::report::{
    self, Binding, Block, Comparison, Content, FigureRequest, FigureSpan, List, Name, Template,
    TextPlace,
};
use jiff::civil::Date;
use toml::Spanned;

use super::super::import::Words;
use super::lines::{BlockLines, FigureLines, TemplateFile};

/// The level of the headings of a list of results when the template names none.
const RESULTS_LEVEL: u8 = 2;

/// A template as read. What is wrong and what leads out of it stand with their rows.
pub(super) struct Read {
    pub(super) template: Template,
    pub(super) code_row: u32,
    pub(super) faults: Vec<(u32, Refusal)>,
    pub(super) references: Vec<(u32, Reference)>,
}

/// What a template names that is not its own.
pub(super) enum Reference {
    Indicator(String),
    /// A unit; `on` is the day on which it must have the code, none for any day.
    Unit {
        code: String,
        on: Option<Date>,
    },
}

/// Reads a template's text; fails with the row only where no template can be made of it.
pub(super) fn read(text: &str) -> Result<Read, (u32, Refusal)> {
    let file: TemplateFile = toml::from_str(text).map_err(|error| {
        let row = error.span().map_or(0, |span| row_of(text, &span));
        (row, Refusal::BrokenToml { detail: error.to_string() })
    })?;
    let mut reader = Reader { text, faults: Vec::new(), references: Vec::new() };
    let template = reader.template(&file);
    let code_row = reader.row(&file.code);
    let Reader { faults, references, .. } = reader;
    Ok(Read { template, code_row, faults, references })
}

/// The row of a place in a text, counted from 1.
fn row_of(text: &str, span: &Range<usize>) -> u32 {
    let before = text.as_bytes().get(..span.start).unwrap_or_default();
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

struct Reader<'a> {
    text: &'a str,
    faults: Vec<(u32, Refusal)>,
    references: Vec<(u32, Reference)>,
}

impl Reader<'_> {
    fn template(&mut self, file: &TemplateFile) -> Template {
        let binding = self.binding(file);
        let figures: Vec<FigureRequest> =
            file.figures.iter().map(|lines| self.figure(lines)).collect();
        self.check_keys(&file.figures);
        let blocks = file.blocks.iter().filter_map(|lines| self.block(lines, &figures)).collect();
        for code in file.appendix_indicators.iter().chain(&file.appendix_unit_indicators) {
            self.refer(code, Reference::Indicator(code.get_ref().clone()));
        }
        let codes = |list: &[Spanned<String>]| -> Vec<String> {
            list.iter().map(|code| code.get_ref().clone()).collect()
        };
        Template {
            code: file.code.get_ref().clone(),
            binding,
            kind: self.head(&file.kind),
            title: self.head(&file.title),
            parent_agency: self.head(&file.parent_agency),
            agency: self.head(&file.agency),
            symbol: self.head_line(&file.symbol),
            place: self.head_line(&file.place),
            places_in_full: file
                .places_in_full
                .iter()
                .map(|name| domain::text::nfc(name))
                .collect(),
            signer: self.head(&file.signer),
            recipients: file.recipients.iter().map(|words| self.head(words)).collect(),
            figures,
            blocks,
            appendix_indicators: codes(&file.appendix_indicators),
            appendix_unit_indicators: codes(&file.appendix_unit_indicators),
            appendix_unit_level: file.appendix_unit_level.clone(),
        }
    }

    /// What the head says the template is written for: a unit and a span, or neither.
    fn binding(&mut self, file: &TemplateFile) -> Option<Binding> {
        let (unit_code, period) = match (&file.unit_code, &file.period) {
            (None, None) => return None,
            (Some(unit_code), Some(period)) => (unit_code, period),
            (Some(there), None) => return self.half_bound(there, "period"),
            (None, Some(there)) => return self.half_bound(there, "unit_code"),
        };
        let code = unit_code.get_ref().clone();
        let Ok(span) = Period::parse(period.get_ref()) else {
            self.bad(period, Wanted::Period);
            return None;
        };
        let on = Some(domain::period::Calendar::Civil.days(span).1);
        self.refer(unit_code, Reference::Unit { code: code.clone(), on });
        Some(Binding { unit_code: code, period: span })
    }

    fn half_bound(&mut self, there: &Spanned<String>, lacking: &str) -> Option<Binding> {
        self.fault(there, Refusal::TemplateHalfBound { lacking: lacking.to_owned() });
        None
    }

    fn figure(&mut self, lines: &FigureLines) -> FigureRequest {
        let indicator = lines.indicator.get_ref().clone();
        self.refer(&lines.indicator, Reference::Indicator(indicator.clone()));
        let span = FigureSpan::from_code(lines.period.get_ref());
        if span.is_none() {
            self.bad(&lines.period, Wanted::FigureSpan);
        }
        let compared_with = lines.compared_with.as_ref().and_then(|text| {
            let comparison = Comparison::from_code(text.get_ref());
            if comparison.is_none() {
                self.bad(text, Wanted::Comparison);
            }
            comparison
        });
        if let Some(code) = &lines.unit_code {
            let on = match span {
                Some(FigureSpan::Fixed(period)) => {
                    Some(domain::period::Calendar::Civil.days(period).1)
                }
                Some(
                    FigureSpan::Report
                    | FigureSpan::Year
                    | FigureSpan::YearToDate
                    | FigureSpan::LastMonth
                    | FigureSpan::LastQuarter,
                )
                | None => None,
            };
            self.refer(code, Reference::Unit { code: code.get_ref().clone(), on });
        }
        FigureRequest {
            key: lines.key.get_ref().clone(),
            indicator,
            // A stand-in for one that was refused, so that its key is known to the texts.
            span: span.unwrap_or(FigureSpan::Report),
            unit_code: lines.unit_code.as_ref().map(|code| code.get_ref().clone()),
            compared_with,
            published: lines.published.clone(),
        }
    }

    /// Every key can be written between braces, means a figure there, and stands once.
    fn check_keys(&mut self, figures: &[FigureLines]) {
        let mut seen = BTreeSet::new();
        for FigureLines { key, .. } in figures {
            let text = key.get_ref();
            let can_be_written = !text.is_empty()
                && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
            if !can_be_written || Name::BEGINNINGS.contains(&text.as_str()) {
                self.bad(key, Wanted::FigureKey);
            } else if !seen.insert(text) {
                self.fault(key, Refusal::Doubled { noun: Noun::Figure, key: text.clone() });
            }
        }
    }

    fn block(&mut self, lines: &Spanned<BlockLines>, figures: &[FigureRequest]) -> Option<Block> {
        let BlockLines { when, level, heading, paragraph, list } = lines.get_ref();
        if let Some(when) = when
            && !figures.iter().any(|figure| figure.key == *when.get_ref())
        {
            let key = when.get_ref().clone();
            self.fault(when, Refusal::NotFound { noun: Noun::Figure, key });
        }
        let level = level.as_ref().map(|level| *level.get_ref());
        let content = match (heading, paragraph, list) {
            (Some(words), None, None) => {
                let text = self.body(words, figures);
                Content::Heading { level: level.unwrap_or(1), text }
            }
            (None, Some(words), None) => Content::Paragraph { text: self.body(words, figures) },
            (None, None, Some(list)) => Content::List(match list.get_ref().as_str() {
                "results" => List::Results { level: level.unwrap_or(RESULTS_LEVEL) },
                "behind" => List::Behind,
                "missing" => List::Missing,
                _ => {
                    self.bad(list, Wanted::List);
                    return None;
                }
            }),
            _ => {
                let detail = "[[blocks]]: heading | paragraph | list".to_owned();
                self.fault(lines, Refusal::BrokenToml { detail });
                return None;
            }
        };
        let when = when.as_ref().map(|when| when.get_ref().clone());
        Some(Block { when, content })
    }

    fn head(&mut self, words: &Spanned<Words>) -> Bilingual {
        self.words(words, TextPlace::Head, &[])
    }

    fn head_line(&mut self, text: &Spanned<String>) -> String {
        let line = domain::text::nfc(text.get_ref());
        self.check(text, &line, TextPlace::Head, &[]);
        line
    }

    fn body(&mut self, words: &Spanned<Words>, figures: &[FigureRequest]) -> Bilingual {
        self.words(words, TextPlace::Body, figures)
    }

    fn words(
        &mut self,
        words: &Spanned<Words>,
        place: TextPlace,
        figures: &[FigureRequest],
    ) -> Bilingual {
        let text = words.get_ref().bilingual();
        for half in [&text.vi, &text.en] {
            self.check(words, half, place, figures);
        }
        text
    }

    fn check<T>(
        &mut self,
        at: &Spanned<T>,
        text: &str,
        place: TextPlace,
        figures: &[FigureRequest],
    ) {
        let errors = match report::segments(text) {
            Ok(segments) => report::misplaced(&segments, place, figures),
            Err(errors) => errors,
        };
        for error in errors {
            self.fault(at, Refusal::TemplateText { text: text.to_owned(), error });
        }
    }

    fn bad(&mut self, text: &Spanned<String>, wanted: Wanted) {
        self.fault(text, Refusal::BadValue { text: text.get_ref().clone(), wanted });
    }

    fn fault<T>(&mut self, at: &Spanned<T>, why: Refusal) {
        let row = self.row(at);
        self.faults.push((row, why));
    }

    fn refer<T>(&mut self, at: &Spanned<T>, reference: Reference) {
        let row = self.row(at);
        self.references.push((row, reference));
    }

    fn row<T>(&self, at: &Spanned<T>) -> u32 {
        row_of(self.text, &at.span())
    }
}
