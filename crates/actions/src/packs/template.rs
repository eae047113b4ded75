//! Report templates: `reports/*.toml` into the domain's template, and the checks on their text.

use std::path::Path;

use domain::indicator::Indicator;
use domain::item::Bilingual;
use domain::period::Period;
use domain::refusal::{Location, Noun, Refusal};
use domain::report::{self, Block, FigureRequest, Template};
use serde::Deserialize;

use super::import::Words;
use crate::imports::{Input, Refusals};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateFile {
    code: String,
    kind: Words,
    title: Words,
    parent_agency: Words,
    agency: Words,
    symbol: String,
    place: String,
    signer: Words,
    recipients: Vec<Words>,
    #[serde(default)]
    figures: Vec<FigureLines>,
    #[serde(default)]
    blocks: Vec<BlockLines>,
    #[serde(default)]
    appendix_indicators: Vec<String>,
    #[serde(default)]
    appendix_unit_indicators: Vec<String>,
    #[serde(default)]
    appendix_unit_level: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureLines {
    key: String,
    indicator: String,
    period: String,
    unit_code: Option<String>,
    compared_with: Option<String>,
    published: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockLines {
    level: Option<u8>,
    heading: Option<Words>,
    paragraph: Option<Words>,
}

/// Reads a template's TOML text.
///
/// # Errors
/// What is wrong in the text; the whole file is meant, not a place in it.
pub fn parse(text: &str) -> Result<Template, Refusal> {
    let file: TemplateFile =
        toml::from_str(text).map_err(|error| Refusal::BrokenToml { detail: error.to_string() })?;
    let figures: Result<Vec<FigureRequest>, Refusal> =
        file.figures.into_iter().map(figure).collect();
    let blocks: Result<Vec<Block>, Refusal> = file.blocks.into_iter().map(block).collect();
    Ok(Template {
        code: file.code,
        kind: file.kind.bilingual(),
        title: file.title.bilingual(),
        parent_agency: file.parent_agency.bilingual(),
        agency: file.agency.bilingual(),
        symbol: file.symbol,
        place: file.place,
        signer: file.signer.bilingual(),
        recipients: file.recipients.into_iter().map(Words::bilingual).collect(),
        figures: figures?,
        blocks: blocks?,
        appendix_indicators: file.appendix_indicators,
        appendix_unit_indicators: file.appendix_unit_indicators,
        appendix_unit_level: file.appendix_unit_level,
    })
}

fn figure(lines: FigureLines) -> Result<FigureRequest, Refusal> {
    let period = |text: &str| {
        Period::parse(text).map_err(|_| Refusal::BadValue {
            text: text.to_owned(),
            wanted: domain::refusal::Wanted::Period,
        })
    };
    Ok(FigureRequest {
        period: period(&lines.period)?,
        compared_with: lines.compared_with.as_deref().map(period).transpose()?,
        key: lines.key,
        indicator: lines.indicator,
        unit_code: lines.unit_code,
        published: lines.published,
    })
}

fn block(lines: BlockLines) -> Result<Block, Refusal> {
    match (lines.heading, lines.paragraph) {
        (Some(words), None) => {
            Ok(Block::Heading { level: lines.level.unwrap_or(1), text: words.bilingual() })
        }
        (None, Some(words)) => Ok(Block::Paragraph { text: words.bilingual() }),
        _ => Err(Refusal::BrokenToml { detail: "[[blocks]]: heading | paragraph".to_owned() }),
    }
}

/// A template and the text it came from.
pub(super) struct TemplateText {
    pub(super) template: Template,
    pub(super) text: String,
}

/// All templates of a pack, in the order of their file names, checked against its indicators
/// unless those were refused.
pub(super) fn all(
    folder: &Path,
    indicators: Option<&[Indicator]>,
    refusals: &mut Refusals,
) -> Vec<TemplateText> {
    let Ok(entries) = std::fs::read_dir(folder.join("reports")) else { return Vec::new() };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut templates = Vec::new();
    for file in files {
        let input = Input::from_path(&file);
        let Some(text) = refusals.take(input.read_text()) else { continue };
        match parse(&text) {
            Ok(template) => {
                check(&input.name, &template, indicators, refusals);
                templates.push(TemplateText { template, text });
            }
            Err(why) => refusals.push(input.refused(why)),
        }
    }
    templates
}

/// Every figure names an indicator of the pack, every brace a figure of the template.
fn check(
    file: &str,
    template: &Template,
    indicators: Option<&[Indicator]>,
    refusals: &mut Refusals,
) {
    let at = || Location { file: file.to_owned(), ..Location::default() };
    let is_known = |code: &str| {
        indicators.is_none_or(|all| all.iter().any(|indicator| indicator.code == code))
    };
    let used = template
        .figures
        .iter()
        .map(|figure| &figure.indicator)
        .chain(&template.appendix_indicators)
        .chain(&template.appendix_unit_indicators);
    for code in used.filter(|code| !is_known(code)) {
        refusals.add(at(), Refusal::NotFound { noun: Noun::Indicator, key: code.clone() });
    }
    for text in template.blocks.iter().flat_map(block_texts) {
        let errors = match report::segments(text) {
            Ok(segments) => report::unknown_keys(&segments, &template.figures),
            Err(errors) => errors,
        };
        for error in errors {
            refusals.add(at(), Refusal::TemplateText { text: text.to_owned(), error });
        }
    }
}

fn block_texts(block: &Block) -> [&str; 2] {
    let Bilingual { vi, en } = match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => text,
    };
    [vi, en]
}
