//! The figures and the tree in memory, as they stood after the newest import.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use domain::directive::Directive;
use domain::form::Form;
use domain::holiday::Holidays;
use domain::indicator::Indicator;
use domain::item::{Bilingual, Item, ItemId};
use domain::period::Period;
use domain::priority::{Chosen, Priority};
use domain::refusal::{Noun, Refusal};
use domain::report::Template;
use domain::status::Thresholds;
use domain::target::Target;
use domain::task::TaskTemplate;
use domain::unit::{UnitId, Units, Version};
use jiff::Span;
use jiff::civil::Date;
use rollup::{Bitmap, TreeOrder};
use store::imports::Import;
use store::{ReadTx, WriteTx};

use crate::answer::{AsOf, UnitName, View};
use crate::book::Book;
use crate::error::Error;
use crate::packs;
use crate::search::UnitKeys;
use crate::units::register;

/// Everything a question needs, loaded once and never changed. The next snapshot shares with this
/// one what did not change between them.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// How far the data reach.
    pub as_of: AsOf,
    /// The units with their history.
    pub units: Arc<Units>,
    /// The directives.
    pub directives: Arc<[Directive]>,
    /// The priorities, in their order.
    pub priorities: Arc<[Priority]>,
    /// What units decided about the priorities that they chose.
    pub chosen: Arc<[Chosen]>,
    /// The items.
    pub items: Arc<[Item]>,
    /// The indicators, by code.
    pub indicators: Arc<[Indicator]>,
    /// The forms.
    pub forms: Arc<[Form]>,
    /// The days of rest that deadlines look at.
    pub holidays: Arc<Holidays>,
    /// The report templates, by code.
    pub templates: Arc<BTreeMap<String, Template>>,
    /// The templates of tasks, in their order.
    pub task_templates: Arc<[TaskTemplate]>,
    /// Where behind and far behind begin.
    pub thresholds: Thresholds,
    /// The mark of sample data; empty words for real data.
    pub sample: Bilingual,
    targets: Arc<BTreeMap<(String, UnitId), Vec<Target>>>,
    /// The files that were taken in; what was sent from forms is not among them.
    files: Arc<BTreeMap<i64, Import>>,
    settings: Arc<BTreeMap<String, String>>,
    /// By what units are found; made for the first who looks for one.
    unit_keys: Arc<OnceLock<UnitKeys>>,
    pub(crate) book: Book,
}

/// How far the data reach.
///
/// # Errors
/// The database failed.
pub fn as_of(tx: &mut ReadTx) -> Result<AsOf, Error> {
    let newest = store::imports::newest(tx)?;
    let pack_ms = store::settings::find(tx, "pack_imported_ms")?;
    let pack_ms: i64 = pack_ms.and_then(|text| text.parse().ok()).unwrap_or(0);
    let plan = plan(tx)?;
    let (deed, deed_ms) = store::deeds::newest(tx)?;
    let (import, import_ms) = newest.map_or((0, 0), |import| (import.id, import.imported_ms));
    Ok(AsOf { import, changed_ms: import_ms.max(pack_ms).max(deed_ms), plan, deed })
}

/// How far the plan reaches: see [`AsOf::plan`].
///
/// # Errors
/// The database failed.
pub fn plan(tx: &mut ReadTx) -> Result<u64, store::Error> {
    let plan = store::settings::find(tx, PLAN_CHANGED)?;
    Ok(plan.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// What a sending from a form was called among the imports, when each was one of its own.
const ENTERED: &str = "entry";

/// The setting with the place in the ledger after the newest deed that may have changed anything
/// but single submissions.
const PLAN_CHANGED: &str = "plan_changed";

/// Notes that what all questions rest on has changed, by the deed at a place in the ledger; gives
/// back how far the plan reaches now.
pub(crate) fn note_plan_changed(tx: &mut WriteTx, position: u64) -> Result<u64, store::Error> {
    let plan = position + 1;
    store::settings::save(tx, PLAN_CHANGED, &plan.to_string())?;
    Ok(plan)
}

impl Snapshot {
    /// Loads everything in one transaction.
    ///
    /// # Errors
    /// The database failed, or holds what this program would never have saved.
    pub fn load(tx: &mut ReadTx) -> Result<Self, Error> {
        let as_of = as_of(tx)?;
        let units = register::units(tx)?;
        let items = store::items::all(tx)?;
        let forms = store::forms::all(tx)?;
        let holidays = store::holidays::all(tx)?;
        let settings: BTreeMap<String, String> = store::settings::all(tx)?.into_iter().collect();
        let mut targets: BTreeMap<(String, UnitId), Vec<Target>> = BTreeMap::new();
        for target in store::targets::all(tx)? {
            targets.entry((target.indicator.clone(), target.unit)).or_default().push(target);
        }
        let mut templates = BTreeMap::new();
        for (code, text) in store::templates::all(tx)? {
            let template = packs::parse_template(&text)
                .map_err(|refusal| Error::Fault(format!("saved template {code}: {refusal:?}")))?;
            templates.insert(code, template);
        }
        let book = Book::load(tx, &units, &items, &forms)?;
        let files = store::imports::other_than(tx, ENTERED)?;
        let setting = |key: &str| settings.get(key).cloned().unwrap_or_default();
        Ok(Self {
            as_of,
            directives: store::directives::all(tx)?.into(),
            priorities: store::priorities::all(tx)?.into(),
            chosen: store::priorities::chosen(tx)?.into(),
            indicators: store::indicators::all(tx)?.into(),
            task_templates: store::task_templates::all(tx)?.into(),
            thresholds: thresholds(&settings),
            sample: Bilingual { vi: setting("sample_vi"), en: setting("sample_en") },
            units: Arc::new(units),
            items: items.into(),
            forms: forms.into(),
            holidays: Arc::new(holidays),
            templates: Arc::new(templates),
            targets: Arc::new(targets),
            files: Arc::new(files.into_iter().map(|file| (file.id, file)).collect()),
            settings: Arc::new(settings),
            unit_keys: Arc::default(),
            book,
        })
    }

    /// The snapshot as of now, after this one: only the submissions with which something was done
    /// since are read, unless more than submissions has changed.
    ///
    /// # Errors
    /// As of [`Self::load`].
    pub fn next(&self, tx: &mut ReadTx) -> Result<Self, Error> {
        let as_of = as_of(tx)?;
        if as_of.plan != self.as_of.plan {
            return Self::load(tx);
        }
        let mut next = Self { as_of, ..self.clone() };
        for (form, unit, period) in store::deeds::occasions_since(tx, self.as_of.deed)? {
            let Ok(form) = self.form(&form) else { continue };
            next.book.settle(tx, &self.items, form, (unit, period))?;
        }
        Ok(next)
    }

    /// By what units are found.
    pub(crate) fn unit_keys(&self) -> &UnitKeys {
        self.unit_keys.get_or_init(|| UnitKeys::of(&self.units))
    }

    /// The directive with a code.
    ///
    /// # Errors
    /// There is none.
    pub fn directive(&self, code: &str) -> Result<&Directive, Error> {
        let missing = || Refusal::NotFound { noun: Noun::Directive, key: code.to_owned() };
        Ok(self.directives.iter().find(|known| known.code == code).ok_or_else(missing)?)
    }

    /// The indicator with a code.
    ///
    /// # Errors
    /// There is none.
    pub fn indicator(&self, code: &str) -> Result<&Indicator, Error> {
        let missing = || Refusal::NotFound { noun: Noun::Indicator, key: code.to_owned() };
        let found = self.indicators.iter().find(|indicator| indicator.code == code);
        Ok(found.ok_or_else(missing)?)
    }

    /// What a unit decided about a priority; none for one that only stands in the plan.
    #[must_use]
    pub fn chosen(&self, priority: &str) -> Option<&Chosen> {
        self.chosen.iter().find(|chosen| chosen.code == priority)
    }

    /// Whether a priority has not ended by a day; those of the plan do not end.
    #[must_use]
    pub fn is_current(&self, priority: &str, day: Date) -> bool {
        self.chosen(priority).is_none_or(|chosen| chosen.is_current(day))
    }

    /// The item with a code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    pub(crate) fn item_by_id(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The form with a code, with its place in the list.
    pub(crate) fn form(&self, code: &str) -> Result<(usize, &Form), Error> {
        let missing = || Refusal::NotFound { noun: Noun::Form, key: code.to_owned() };
        let mut forms = self.forms.iter().enumerate();
        Ok(forms.find(|(_, form)| form.code == code).ok_or_else(missing)?)
    }

    /// The first form that asks for an item, or ever did, with its place in the list.
    pub(crate) fn form_of(&self, item: ItemId) -> Option<(usize, &Form)> {
        self.forms.iter().enumerate().find(|(_, form)| form.ever_asks(item))
    }

    /// The units that owe an item for a base period: those of the form that it is asked on, or
    /// while that form does not ask for it, of another one of the same periods that does.
    pub(crate) fn expected_of(
        &self,
        item: ItemId,
        (index, form): (usize, &Form),
        base: Period,
    ) -> Arc<Bitmap> {
        let asks = |(_, form): &(usize, &Form)| {
            base.frequency() == Some(form.frequency) && form.asks(item, base)
        };
        let own = std::iter::once((index, form));
        let asked = own.chain(self.forms.iter().enumerate()).find(asks);
        asked.map_or_else(Arc::default, |(index, form)| {
            self.book.expected(&self.units, index, form, base)
        })
    }

    /// The last day on which a form is in time for a period.
    #[must_use]
    pub fn due_on(&self, form: &Form, period: Period) -> Date {
        let last = form.calendar.days(period).1;
        form.version(period).map_or(last, |version| version.due.due_on(last, &self.holidays))
    }

    /// The last day on which figures of a period are taken without being asked; none without end.
    pub(crate) fn last_day(&self, form: &Form, period: Period) -> Option<Date> {
        let days = Span::new().days(i64::from(form.lock_days?));
        self.due_on(form, period).checked_add(days).ok()
    }

    /// The last day on which nobody is called late with a form for a period.
    #[must_use]
    pub fn closes_on(&self, form: &Form, period: Period) -> Date {
        let last = form.calendar.days(period).1;
        form.version(period).map_or(last, |version| version.due.closes_on(last, &self.holidays))
    }

    /// The file that an import took in; none for what was sent from a form.
    pub(crate) fn file(&self, import: i64) -> Option<&Import> {
        self.files.get(&import)
    }

    pub(crate) fn targets(&self, indicator: &str, unit: UnitId) -> &[Target] {
        self.targets.get(&(indicator.to_owned(), unit)).map_or(&[], Vec::as_slice)
    }

    /// The unit with a code on a day; without a day, or when nobody had it then, the one that had
    /// it last before, or first after.
    ///
    /// # Errors
    /// No unit ever had the code.
    pub fn find_unit(&self, code: &str, on: Option<Date>) -> Result<UnitId, Error> {
        let day = on.unwrap_or(Date::MAX);
        let unknown = || Refusal::UnknownUnit { code: code.to_owned(), day: on };
        Ok(self.units.find_any(code, day).ok_or_else(unknown)?)
    }

    /// The unit that a first page opens on: the pack's, else the first without a unit above.
    #[must_use]
    pub fn default_unit(&self) -> Option<UnitId> {
        let day = self.end_of(self.default_period());
        let code = self.settings.get("default_unit");
        code.and_then(|code| self.units.find_any(code, day))
            .or_else(|| self.order_on(day).units().first().copied())
    }

    /// The span that a first page opens on: the pack's, else the newest with figures.
    #[must_use]
    pub fn default_period(&self) -> Period {
        let text = self.settings.get("default_period");
        text.and_then(|text| Period::parse(text).ok())
            .or_else(|| self.book.newest_period())
            .unwrap_or(Period::Year(2026))
    }

    /// The last day of a span, in the calendar of the first form: the one of the office.
    #[must_use]
    pub fn end_of(&self, period: Period) -> Date {
        self.calendar().days(period).1
    }

    /// The calendar of the office.
    #[must_use]
    pub fn calendar(&self) -> domain::period::Calendar {
        self.forms.first().map_or(domain::period::Calendar::Civil, |form| form.calendar.clone())
    }

    /// The spans that can be chosen: years, half-years, quarters and months with figures, and the
    /// pack's own, newest first.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let mut periods = self.book.periods();
        periods
            .extend(self.settings.get("default_period").and_then(|text| Period::parse(text).ok()));
        periods.sort_by(|a, b| b.cmp(a));
        periods.dedup();
        periods
    }

    /// How a unit is called on a day, or was called when it last existed.
    #[must_use]
    pub fn name(&self, unit: UnitId, day: Date) -> UnitName {
        let version = self.units.version_on(unit, day).or_else(|| self.units.last_version(unit));
        version.map_or_else(
            || UnitName {
                id: unit,
                code: String::new(),
                name: String::new(),
                kind: String::new(),
                level: String::new(),
            },
            unit_name,
        )
    }

    /// A form's name.
    pub(crate) fn form_name(&self, code: &str) -> Bilingual {
        let form = self.forms.iter().find(|form| form.code == code);
        form.map(|form| form.name.clone()).unwrap_or_default()
    }

    /// The units above one on a day, top first.
    pub(crate) fn above(&self, unit: UnitId, day: Date) -> Vec<UnitName> {
        let mut above = Vec::new();
        let day_of = self.units.version_on(unit, day).map(|_| day).or_else(|| {
            let last = self.units.last_version(unit)?;
            last.validity.to.or(last.validity.from)
        });
        let Some(day) = day_of else { return above };
        let mut next = self.units.version_on(unit, day).and_then(|version| version.parent);
        while let Some(version) = next.and_then(|unit| self.units.version_on(unit, day)) {
            above.push(unit_name(version));
            next = version.parent;
        }
        above.reverse();
        above
    }

    /// The tree on a day.
    pub(crate) fn order_on(&self, day: Date) -> &Arc<TreeOrder> {
        self.book.order_on(day)
    }

    /// The day whose names and tree a view shows for a span.
    #[must_use]
    pub fn day_of(&self, period: Period, view: View) -> Date {
        match view {
            View::Reported => self.end_of(period),
            View::Restated(day) => day,
        }
    }
}

pub(crate) fn unit_name(version: &Version) -> UnitName {
    UnitName {
        id: version.unit,
        code: version.code.clone(),
        name: version.name.clone(),
        kind: version.kind.clone(),
        level: version.level.clone(),
    }
}

fn thresholds(settings: &BTreeMap<String, String>) -> Thresholds {
    let number = |key: &str| settings.get(key).and_then(|text| text.parse().ok());
    let default = Thresholds::default();
    Thresholds {
        on_track_thousandths: number("threshold_on_track").unwrap_or(default.on_track_thousandths),
        behind_thousandths: number("threshold_behind").unwrap_or(default.behind_thousandths),
    }
}
