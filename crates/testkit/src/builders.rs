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

/// A small JPEG as far as anybody looks at one without decoding it; each shade is another file.
#[must_use]
pub fn photo(shade: u8) -> Vec<u8> {
    let frame = [0xff, 0xc0, 0, 11, 8, 0, 24, 0, 32, 1, 1, 0x11, 0];
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, shade & 0x7f, 1];
    [&[0xff, 0xd8][..], &frame, &scan, &[0xff, 0xd9]].concat()
}

/// The same with words that a camera put into it.
#[must_use]
pub fn telling_photo(shade: u8, words: &str) -> Vec<u8> {
    let content = [b"Exif\0\0", words.as_bytes()].concat();
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    let photo = photo(shade);
    [&photo[..2], &[0xff, 0xe1], &length, &content, &photo[2..]].concat()
}
