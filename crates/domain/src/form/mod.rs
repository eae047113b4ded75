//! Forms: the items a unit reports for a period, who owes them and by when, and the rules that
//! their figures must keep. A form changes by versions, so that what was reported stays as it was
//! asked for.

mod due;
mod rule;

use jiff::civil::Date;

pub use due::{DAY_OF_MONTH_MAX, DAYS_MAX, Deadline, DueRule, FEW_MAX, RestDays};
pub use rule::{Rule, Severity, Violation, check, outside};

use crate::item::{Bilingual, ItemId};
use crate::period::{Calendar, Frequency, Period};

/// Who must fill a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// Every unit of a level that exists at the period's end.
    Level(String),
    /// The units with these codes at the period's end.
    Codes(Vec<String>),
    /// Every unit of the level below the units with these codes.
    LevelBelow {
        /// The level.
        level: String,
        /// The codes of the units above.
        codes: Vec<String>,
    },
}

/// A form: what a unit reports for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The stable code.
    pub code: String,
    /// The name on screens.
    pub name: Bilingual,
    /// How often.
    pub frequency: Frequency,
    /// Which days a period covers.
    pub calendar: Calendar,
    /// What it asks, the oldest version first; no two begin on the same day.
    pub versions: Vec<Version>,
    /// The levels of the tree that judge it, one after the other; without any, one person above.
    pub review: Vec<String>,
    /// Days after the deadline on which figures are still taken; without end when none is said.
    pub lock_days: Option<u16>,
    /// Periods that end on this day or later are not asked for any more; none while it is in use.
    pub ends: Option<Date>,
}

/// What a form asks from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// It holds for periods that end on this day or later; none for one that always held.
    pub from: Option<Date>,
    /// Who fills it.
    pub assignment: Assignment,
    /// What it asks, in order.
    pub sections: Vec<Section>,
    /// When it is due.
    pub due: DueRule,
    /// What its figures must keep, in order.
    pub rules: Vec<Rule>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// What stands above it; empty in a form without parts.
    pub title: Bilingual,
    /// What it asks, in order.
    pub lines: Vec<Line>,
}

/// An item as a form asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The item.
    pub item: ItemId,
    /// What helps to fill it; may be empty.
    pub help: Bilingual,
}

impl Form {
    /// The version that holds for a period; none before the first or after the form has ended.
    #[must_use]
    pub fn version(&self, period: Period) -> Option<&Version> {
        // To find the days of a period takes time, and most forms never change.
        if let [Version { from: None, .. }] = &self.versions[..]
            && self.ends.is_none()
        {
            return self.versions.first();
        }
        self.version_on(self.calendar.days(period).1)
    }

    /// The version that holds for periods that end on a day.
    #[must_use]
    pub fn version_on(&self, last: Date) -> Option<&Version> {
        if self.ends.is_some_and(|ends| ends <= last) {
            return None;
        }
        self.versions.iter().rev().find(|version| version.from.is_none_or(|from| from <= last))
    }

    /// The newest version, whenever it begins.
    #[must_use]
    pub fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// Whether any version asks for an item.
    #[must_use]
    pub fn ever_asks(&self, item: ItemId) -> bool {
        self.versions.iter().any(|version| version.asks(item))
    }

    /// Whether the version of a period asks for an item.
    #[must_use]
    pub fn asks(&self, item: ItemId, period: Period) -> bool {
        self.version(period).is_some_and(|version| version.asks(item))
    }
}

/// Whether two forms ever ask for an item at the same time.
#[must_use]
pub fn asked_together(one: &Form, other: &Form, item: ItemId) -> bool {
    // What a form asks changes on the days on which its versions begin, or when it ends.
    let begin = one.versions.iter().chain(&other.versions).map(|version| version.from);
    let asks = |form: &Form, day| form.version_on(day).is_some_and(|version| version.asks(item));
    begin.map(|from| from.unwrap_or(Date::MIN)).any(|day| asks(one, day) && asks(other, day))
}

impl Version {
    /// What it asks, in order, the sections one after the other.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    /// The items it asks for, in order.
    pub fn items(&self) -> impl Iterator<Item = ItemId> {
        self.lines().map(|line| line.item)
    }

    /// The words of an item: the title of the section that begins with it, else none, and its help.
    /// They stand at the whole, and its classes have none.
    #[must_use]
    pub fn words(&self, item: ItemId, class: &str) -> (Bilingual, Bilingual) {
        if !class.is_empty() {
            return Default::default();
        }
        let begins = |section: &&Section| section.lines.first().is_some_and(|it| it.item == item);
        let title = self.sections.iter().find(begins).map(|section| section.title.clone());
        let line = self.lines().find(|line| line.item == item);
        (title.unwrap_or_default(), line.map(|line| line.help.clone()).unwrap_or_default())
    }

    /// Whether it asks for an item.
    #[must_use]
    pub fn asks(&self, item: ItemId) -> bool {
        self.items().any(|one| one == item)
    }
}

impl Section {
    /// A section without words: items alone.
    #[must_use]
    pub fn plain(items: impl IntoIterator<Item = ItemId>) -> Self {
        let line = |item| Line { item, help: Bilingual::default() };
        Self { title: Bilingual::default(), lines: items.into_iter().map(line).collect() }
    }
}
