//! Small nouns for tests; change the fields a test is about.

use domain::form::{self, Assignment, DueRule, Form, Section};
use domain::item::{Aggregate, Bilingual, Item, ItemId};
use domain::number::{Decimal, Qualifier};
use domain::period::{Calendar, Frequency, Period};
use domain::submission::{Content, Figure, Place, State, Submission};
use domain::unit::{UnitId, Validity, Version};

use crate::clock::NOW_MS;

/// A village in force for ever; its code is its number.
#[must_use]
pub fn unit(id: i64, parent: Option<i64>) -> Version {
    Version {
        unit: UnitId(id),
        validity: Validity::default(),
        code: format!("{id:05}"),
        name: format!("Thôn {id}"),
        kind: "thôn".to_owned(),
        level: "village".to_owned(),
        parent: parent.map(UnitId),
    }
}

/// A flow without decimals or classes.
#[must_use]
pub fn item(id: u32, code: &str) -> Item {
    Item {
        id: ItemId(id),
        code: code.to_owned(),
        name: words("Số đảng viên kết nạp", "Members admitted"),
        measure: words("đảng viên", "members"),
        scale: 0,
        over_units: Aggregate::Sum,
        over_time: Aggregate::Sum,
        classes: Vec::new(),
        minimum: Decimal::new(0, 0),
        maximum: None,
    }
}

/// A monthly form of all villages.
#[must_use]
pub fn form(code: &str, items: &[u32]) -> Form {
    Form {
        code: code.to_owned(),
        name: words("Số liệu tháng", "Monthly figures"),
        frequency: Frequency::Monthly,
        calendar: Calendar::Civil,
        versions: vec![form::Version {
            from: None,
            assignment: Assignment::Level("village".to_owned()),
            sections: vec![Section::plain(items.iter().copied().map(ItemId))],
            due: DueRule::days_after(5),
            rules: Vec::new(),
        }],
        lock_days: None,
        review: Vec::new(),
        ends: None,
    }
}

/// An exact whole figure without a place.
#[must_use]
pub fn figure(item: u32, value: i64) -> Figure {
    Figure {
        item: ItemId(item),
        class: String::new(),
        value: Decimal::new(value, 0),
        qualifier: Qualifier::Exact,
        note: String::new(),
        place: Place::default(),
    }
}

/// The first revision of a unit's figures, brought by import 1. Its id follows from the rest.
#[must_use]
pub fn submission(form: &str, unit: i64, period: Period, figures: Vec<Figure>) -> Submission {
    Submission {
        id: format!("{form}-{unit}-{period}-1"),
        form: form.to_owned(),
        unit: UnitId(unit),
        period,
        revision: 1,
        import: 1,
        received_ms: NOW_MS,
        figures,
        state: State::Approved,
        approvals: 0,
        content: Content::Figures,
    }
}

/// Words in both languages.
#[must_use]
pub fn words(vi: &str, en: &str) -> Bilingual {
    Bilingual { vi: vi.to_owned(), en: en.to_owned() }
}
