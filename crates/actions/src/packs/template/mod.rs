//! Report templates: `reports/*.toml` into the domain's template, checked against the pack and the
//! units.

mod lines;
mod read;

use std::path::Path;

use domain::indicator::Indicator;
use domain::refusal::{Location, Noun, Refusal};
use domain::report::Template;
use domain::unit::Units;

use self::read::{Read, Reference, read};
use crate::imports::{Input, Refusals};

/// Reads a saved template's TOML text.
///
/// # Errors
/// What is wrong in the text first.
pub fn parse(text: &str) -> Result<Template, Refusal> {
    let Read { template, faults, .. } = read(text).map_err(|(_, why)| why)?;
    faults.into_iter().next().map_or(Ok(template), |(_, why)| Err(why))
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
    units: &Units,
    refusals: &mut Refusals,
) -> Vec<TemplateText> {
    let Ok(entries) = std::fs::read_dir(folder.join("reports")) else { return Vec::new() };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut templates: Vec<TemplateText> = Vec::new();
    for file in files {
        let input = Input::from_path(&file);
        let Some(text) = refusals.take(input.read_text()) else { continue };
        let at = |row| Location { file: input.name.clone(), row, ..Location::default() };
        match read(&text) {
            Ok(Read { template, code_row, faults, references }) => {
                if templates.iter().any(|other| other.template.code == template.code) {
                    let key = template.code.clone();
                    refusals.add(at(code_row), Refusal::Doubled { noun: Noun::Template, key });
                }
                let led_astray = references.into_iter().filter_map(|(row, reference)| {
                    astray(reference, indicators, units).map(|why| (row, why))
                });
                let mut all: Vec<(u32, Refusal)> = faults.into_iter().chain(led_astray).collect();
                all.sort_by_key(|(row, _)| *row);
                for (row, why) in all {
                    refusals.add(at(row), why);
                }
                templates.push(TemplateText { template, text });
            }
            Err((row, why)) => refusals.add(at(row), why),
        }
    }
    templates
}

/// Why a reference leads nowhere, if it does.
fn astray(
    reference: Reference,
    indicators: Option<&[Indicator]>,
    units: &Units,
) -> Option<Refusal> {
    match reference {
        Reference::Indicator(key) => {
            let known = indicators.is_none_or(|all| all.iter().any(|one| one.code == key));
            (!known).then_some(Refusal::NotFound { noun: Noun::Indicator, key })
        }
        Reference::Unit { code, on } => {
            let known = match on {
                Some(day) => units.find(&code, day).is_some(),
                None => units.find_any(&code, jiff::civil::Date::MAX).is_some(),
            };
            (!known).then_some(Refusal::UnknownUnit { code, day: on })
        }
    }
}
