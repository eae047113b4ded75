//! Taking in a pack: every file is read and checked against the others before anything is saved.

use std::collections::BTreeMap;
use std::path::Path;

use domain::access::Actor;
use domain::form::Form;
use domain::holiday::Holidays;
use domain::indicator::Indicator;
use domain::item::{Bilingual, Item};
use domain::refusal::{Refusal, Wanted};
use domain::status::Thresholds;
use domain::target::Target;
use domain::task::TaskTemplate;
use ledger::entry::Identifier;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{ReadTx, WriteTx};

use super::template::TemplateText;
use super::{directives, forms, rules, tables, tasks, template};
use crate::door::{self, Deed, Kind, payload};
use crate::error::Error;
use crate::imports::{Input, Notice, Refusals};
use crate::snapshot;
use crate::units::register;

/// What an import of a pack did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackImport {
    /// The pack's code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Directives, priorities, items, indicators, forms, validation rules, target versions and
    /// templates taken in.
    pub counts: [(&'static str, usize); 8],
    /// What else is worth knowing.
    pub notices: Vec<Notice>,
}

/// `pack.toml`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) code: String,
    pub(super) version: String,
    pub(super) default_unit: Option<String>,
    pub(super) default_period: Option<String>,
    #[serde(default)]
    pub(super) calendar: Option<String>,
    pub(super) name: Words,
    pub(super) sample_note: Option<Words>,
    #[serde(default)]
    pub(super) thresholds: ThresholdWords,
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Words {
    pub(super) vi: String,
    pub(super) en: String,
}

impl Words {
    pub(super) fn bilingual(&self) -> Bilingual {
        Bilingual { vi: domain::text::nfc(&self.vi), en: domain::text::nfc(&self.en) }
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThresholdWords {
    pub(super) on_track: u16,
    pub(super) behind: u16,
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
pub fn import(
    tx: &mut WriteTx,
    who: &Actor,
    folder: &Path,
    now_ms: i64,
) -> Result<PackImport, Error> {
    let mut refusals = Refusals::default();
    let head = read_head(folder, &mut refusals);
    let pack = Pack::read(tx, folder, &mut refusals)?;
    refusals.into_result()?;
    let (Some(head), Some(pack)) = (head, pack) else {
        return Err(Error::Fault("a pack without its parts was not refused".to_owned()));
    };
    let deed = Deed::new(Kind::PackImported, &head.code, content(&head, folder)?);
    door::record(tx, who, now_ms, deed)?;
    // A snapshot is known by this moment, so every pack gets a later one.
    let now_ms = now_ms.max(snapshot::as_of(tx)?.changed_ms + 1);
    let rules = pack.forms.iter().flat_map(|form| &form.versions);
    let counts = [
        ("directives", pack.directives.len()),
        ("priorities", pack.priorities.len()),
        ("items", pack.items.len()),
        ("indicators", pack.indicators.len()),
        ("forms", pack.forms.len()),
        ("rules", rules.map(|version| version.rules.len()).sum()),
        ("targets", pack.targets.len()),
        ("templates", pack.templates.len()),
    ];
    pack.save(tx)?;
    let name = head.name.bilingual();
    save_settings(tx, &head.code, &head.version, &name, head.sample_note.as_ref(), now_ms)?;
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

/// What the ledger says of a pack: its version, and the SHA-256 of each of its files.
fn content(head: &Head, folder: &Path) -> Result<Vec<u8>, Error> {
    let mut known = BTreeMap::new();
    for name in files(folder) {
        let (sha256, _) = Input::from_path(&folder.join(&name))
            .fingerprint()
            .map_err(|refused| Error::Refused(vec![refused]))?;
        known.insert(name, sha256);
    }
    let known = known.into_iter().map(|(name, sha256)| vec![name, sha256].into());
    let known: Vec<Value> = known.collect();
    Ok(payload::object([("version", head.version.as_str().into()), ("files", known.into())]))
}

/// The files of a pack, by their names in its folder.
fn files(folder: &Path) -> Vec<String> {
    let is_ours = |name: &String| name.ends_with(".csv") || name.ends_with(".toml");
    let within = |part: &str| {
        let entries = std::fs::read_dir(folder.join(part)).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.filter(is_ours).map(|name| format!("{part}{name}")).collect::<Vec<_>>()
    };
    [within(""), within("reports/")].concat()
}

fn save_settings(
    tx: &mut WriteTx,
    code: &str,
    version: &str,
    name: &Bilingual,
    sample: Option<&Words>,
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
    match toml::from_str::<Head>(&text) {
        // The code names the pack in the ledger.
        Ok(head) if Identifier::parse(&head.code).is_err() => {
            let why = Refusal::BadValue { text: head.code, wanted: Wanted::Code };
            refusals.push(input.refused(why));
            None
        }
        Ok(head) => Some(head),
        Err(error) => {
            refusals.push(input.refused(Refusal::BrokenToml { detail: error.to_string() }));
            None
        }
    }
}

/// The files of a pack, checked against each other.
pub(super) struct Pack {
    pub(super) directives: Vec<domain::directive::Directive>,
    pub(super) priorities: Vec<domain::priority::Priority>,
    pub(super) items: Vec<Item>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) forms: Vec<Form>,
    pub(super) holidays: Holidays,
    /// The versions of targets that are not saved yet.
    pub(super) targets: Vec<Target>,
    pub(super) templates: Vec<TemplateText>,
    pub(super) tasks: Vec<TaskTemplate>,
}

impl Pack {
    /// Reads and checks every file: every reference leads somewhere, every formula can be
    /// evaluated, no code stands twice.
    fn read(
        tx: &mut ReadTx,
        folder: &Path,
        refusals: &mut Refusals,
    ) -> Result<Option<Self>, Error> {
        let known = &store::items::all(tx)?;
        let items = tables::items(folder, known, refusals);
        let directives = directives::directives(folder, refusals);
        let priorities = tables::priorities(folder, directives.as_deref(), refusals);
        let indicators =
            tables::indicators(folder, items.as_deref(), priorities.as_deref(), refusals);
        let mut forms = forms::forms(folder, items.as_deref(), refusals);
        rules::give(folder, items.as_deref(), forms.as_mut(), refusals);
        let holidays = forms::holidays(folder, refusals);
        let units = register::units(tx)?;
        let templates = template::all(folder, indicators.as_deref(), &units, refusals);
        let targets = tables::targets(tx, folder, indicators.as_deref(), refusals)?;
        let tasks = tasks::templates(folder, priorities.as_deref(), refusals);
        let (Some(directives), Some(priorities), Some(items)) = (directives, priorities, items)
        else {
            return Ok(None);
        };
        let (Some(indicators), Some(forms), Some(tasks)) = (indicators, forms, tasks) else {
            return Ok(None);
        };
        Ok(Some(Self {
            directives,
            priorities,
            items,
            indicators,
            forms,
            holidays,
            targets,
            templates,
            tasks,
        }))
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
        for (day, name) in &self.holidays.entered {
            store::holidays::save(tx, *day, name)?;
        }
        for target in &self.targets {
            tables::save_target(tx, target)?;
        }
        for TemplateText { template, text } in &self.templates {
            store::templates::save(tx, &template.code, text)?;
        }
        for template in &self.tasks {
            store::task_templates::save(tx, template)?;
        }
        Ok(())
    }
}
