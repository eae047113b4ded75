//! Taking in a pack: every file is read and checked against the others before anything is saved.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::expression::{self, KnownItem, Kind};
use domain::form::Form;
use domain::indicator::Indicator;
use domain::item::{Bilingual, Item};
use domain::refusal::{Location, Noun, Refusal};
use domain::report::Template;
use domain::status::Thresholds;
use serde::Deserialize;
use store::WriteTx;

use super::{tables, template};
use crate::error::Error;
use crate::imports::{Input, Notice, Refusals};

/// What an import of a pack did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackImport {
    /// The pack's code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Directives, priorities, items, indicators, forms, target versions and templates taken in.
    pub counts: [(&'static str, usize); 7],
    /// What else is worth knowing.
    pub notices: Vec<Notice>,
}

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    code: String,
    version: String,
    name: Words,
    sample_note: Option<Words>,
    #[serde(default)]
    thresholds: ThresholdWords,
    default_unit: Option<String>,
    default_period: Option<String>,
    #[serde(default)]
    calendar: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Words {
    vi: String,
    en: String,
}

impl Words {
    pub(super) fn bilingual(self) -> Bilingual {
        Bilingual { vi: domain::text::nfc(&self.vi), en: domain::text::nfc(&self.en) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdWords {
    on_track: u16,
    behind: u16,
}

impl Default for ThresholdWords {
    fn default() -> Self {
        let Thresholds { on_track_thousandths, behind_thousandths } = Thresholds::default();
        Self { on_track: on_track_thousandths, behind: behind_thousandths }
    }
}

/// Takes in a pack's folder. Taking in the same pack again changes nothing; a newer one replaces
/// what has the same code, and adds target versions beside the old ones.
///
/// # Errors
/// Everything that is wrong in any of the files, with its place; or the database failed.
pub fn import(tx: &mut WriteTx, folder: &Path, now_ms: i64) -> Result<PackImport, Error> {
    let mut refusals = Refusals::default();
    let head = read_head(folder, &mut refusals);
    let known_items = store::items::all(tx)?;
    let pack = Pack::read(folder, &known_items, &mut refusals);
    let (Some(head), Some(pack)) = (head, pack) else {
        refusals.into_result()?;
        return Err(Error::Fault("a pack without its parts was not refused".to_owned()));
    };
    pack.check(folder, &mut refusals);
    let targets = tables::targets(tx, folder, &pack.indicators, &mut refusals)?;
    refusals.into_result()?;
    let target_versions = targets.len();
    let counts = [
        ("directives", pack.directives.len()),
        ("priorities", pack.priorities.len()),
        ("items", pack.items.len()),
        ("indicators", pack.indicators.len()),
        ("forms", pack.forms.len()),
        ("targets", target_versions),
        ("templates", pack.templates.len()),
    ];
    pack.save(tx)?;
    for target in &targets {
        tables::save_target(tx, target)?;
    }
    let name = head.name.bilingual();
    save_settings(tx, &head.code, &head.version, &name, head.sample_note, now_ms)?;
    let defaults = [
        ("default_unit", head.default_unit),
        ("default_period", head.default_period),
        ("calendar", head.calendar),
        ("threshold_on_track", Some(head.thresholds.on_track.to_string())),
        ("threshold_behind", Some(head.thresholds.behind.to_string())),
    ];
    for (key, value) in defaults {
        if let Some(value) = value {
            store::settings::save(tx, key, &value)?;
        }
    }
    Ok(PackImport { code: head.code, name, counts, notices: Vec::new() })
}

fn save_settings(
    tx: &mut WriteTx,
    code: &str,
    version: &str,
    name: &Bilingual,
    sample: Option<Words>,
    now_ms: i64,
) -> Result<(), Error> {
    let sample = sample.map(Words::bilingual).unwrap_or_default();
    let settings = [
        ("pack", format!("{code} {version}")),
        ("pack_imported_ms", now_ms.to_string()),
        ("pack_name_vi", name.vi.clone()),
        ("pack_name_en", name.en.clone()),
        ("sample_vi", sample.vi),
        ("sample_en", sample.en),
    ];
    for (key, value) in settings {
        store::settings::save(tx, key, &value)?;
    }
    Ok(())
}

fn read_head(folder: &Path, refusals: &mut Refusals) -> Option<Head> {
    let input = Input::from_path(&folder.join("pack.toml"));
    let text = refusals.take(input.read_text())?;
    match toml::from_str(&text) {
        Ok(head) => Some(head),
        Err(error) => {
            refusals.push(input.refused(Refusal::BrokenToml { detail: error.to_string() }));
            None
        }
    }
}

/// The files of a pack, read but not yet checked against each other.
pub(super) struct Pack {
    pub(super) directives: Vec<domain::priority::Directive>,
    pub(super) priorities: Vec<domain::priority::Priority>,
    pub(super) items: Vec<Item>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) forms: Vec<Form>,
    pub(super) templates: Vec<(Template, String)>,
}

impl Pack {
    fn read(folder: &Path, known: &[Item], refusals: &mut Refusals) -> Option<Self> {
        let items = tables::items(folder, known, refusals)?;
        Some(Self {
            directives: tables::directives(folder, refusals)?,
            priorities: tables::priorities(folder, refusals)?,
            indicators: tables::indicators(folder, refusals)?,
            forms: tables::forms(folder, &items, refusals)?,
            templates: template::all(folder, refusals),
            items,
        })
    }

    /// Every reference leads somewhere, every formula can be evaluated, no code stands twice.
    fn check(&self, folder: &Path, refusals: &mut Refusals) {
        let at = |file: &str| Location {
            file: folder.join(file).display().to_string(),
            ..Location::default()
        };
        let items: BTreeMap<&str, &Item> =
            self.items.iter().map(|item| (item.code.as_str(), item)).collect();
        let known = |code: &str| {
            let item = items.get(code)?;
            let classes = item.classes.iter().map(|class| class.code.clone()).collect();
            Some(KnownItem { classes })
        };
        for indicator in &self.indicators {
            let checked = expression::check(&indicator.formula, &known, Kind::Number);
            for error in checked.err().into_iter().flatten() {
                let source = indicator.formula.source().to_owned();
                refusals.add(at("indicators.csv"), Refusal::Formula { source, error });
            }
        }
        let priorities: BTreeSet<&str> =
            self.priorities.iter().map(|priority| priority.code.as_str()).collect();
        for code in self.indicators.iter().filter_map(|indicator| indicator.priority.as_deref()) {
            if !priorities.contains(code) {
                let why = Refusal::NotFound { noun: Noun::Priority, key: code.to_owned() };
                refusals.add(at("indicators.csv"), why);
            }
        }
        let directives: BTreeSet<&str> =
            self.directives.iter().map(|directive| directive.code.as_str()).collect();
        let from_priorities = self.priorities.iter().map(|priority| &priority.directive);
        let from_directives =
            self.directives.iter().filter_map(|directive| directive.implements.as_ref());
        for (file, code) in from_priorities
            .map(|code| ("priorities.csv", code))
            .chain(from_directives.map(|code| ("directives.csv", code)))
        {
            if !directives.contains(code.as_str()) {
                refusals.add(at(file), Refusal::NotFound { noun: Noun::Directive, key: code.clone() });
            }
        }
        let indicators: BTreeSet<&str> =
            self.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
        for (template, _) in &self.templates {
            template::check(template, &indicators, refusals);
        }
    }

    fn save(&self, tx: &mut WriteTx) -> Result<(), store::Error> {
        for directive in &self.directives {
            store::directives::save(tx, directive)?;
        }
        for priority in &self.priorities {
            store::priorities::save(tx, priority)?;
        }
        for item in &self.items {
            store::items::save(tx, item)?;
        }
        for indicator in &self.indicators {
            store::indicators::save(tx, indicator)?;
        }
        for form in &self.forms {
            store::forms::save(tx, form)?;
        }
        for (template, text) in &self.templates {
            store::templates::save(tx, &template.code, text)?;
        }
        Ok(())
    }
}
