//! Agencies: who speaks for a unit, who signs, and the code in document numbers. In documents of the
//! Party that is the Party's committee of the unit, or the cell of a village.

mod party;

use actions::answer::UnitName;
use formats::profile::Layout;

use super::places::{full_name, kind};
use super::{Gap, Lang};

/// What stands at the head of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Office {
    /// A people's committee.
    Committee,
    /// The head of a village, quarter or group of households, who has no agency.
    Head,
    /// Something we know no name for.
    Other,
}

fn office(unit: &UnitName) -> Office {
    match unit.kind.to_lowercase().as_str() {
        "tỉnh" | "thành phố" | "quận" | "huyện" | "thị xã" | "thị trấn" | "phường" | "xã"
        | "đặc khu" => Office::Committee,
        "thôn" | "bản" | "khu phố" | "tổ dân phố" => Office::Head,
        _ => Office::Other,
    }
}

/// The agency that reports for a unit: `Ủy ban nhân dân xã Tân Mỹ`, `Đảng ủy xã Tân Mỹ`; the unit itself
/// where there is none.
#[must_use]
pub fn agency(unit: &UnitName, layout: Layout, lang: Lang) -> String {
    match layout {
        Layout::State => of_state(unit, lang),
        Layout::Party => party::committee(unit, lang),
    }
}

fn of_state(unit: &UnitName, lang: Lang) -> String {
    match (office(unit), lang) {
        (Office::Committee, Lang::En) if unit.kind.to_lowercase() == "tỉnh" => {
            lang.tell("agency-provincial", [("unit", Gap::from(unit.name.as_str()))])
        }
        (Office::Committee, Lang::En) => {
            lang.tell("agency-committee", [("unit", Gap::from(full_name(unit, lang)))])
        }
        (Office::Committee, Lang::Vi) => {
            let unit = super::places::unit(unit);
            lang.tell("agency-committee", [("unit", Gap::from(unit))])
        }
        (Office::Head | Office::Other, _) => full_name(unit, lang),
    }
}

/// What stands above the agency of a unit below this one: `Ủy ban nhân dân tỉnh Lạng Sơn`, `Đảng bộ tỉnh
/// Lạng Sơn`.
#[must_use]
pub fn superior(unit: &UnitName, layout: Layout, lang: Lang) -> String {
    match layout {
        Layout::State => of_state(unit, lang),
        Layout::Party => party::organisation(unit, lang),
    }
}

/// Who asks for something in the text: `Ủy ban nhân dân xã Tân Mỹ`, `Ban Thường vụ Đảng ủy xã Tân Mỹ`.
#[must_use]
pub fn speaker(unit: &UnitName, layout: Layout, lang: Lang) -> String {
    match layout {
        Layout::State => of_state(unit, lang),
        Layout::Party => party::speaker(unit, lang),
    }
}

/// Who signs for a unit, a line each: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`; `T/M BAN THƯỜNG VỤ`, `BÍ THƯ`.
#[must_use]
pub fn signer(unit: &UnitName, layout: Layout, lang: Lang) -> String {
    match (layout, office(unit)) {
        (Layout::Party, _) => party::signer(unit, lang),
        (Layout::State, Office::Committee) => {
            [lang.say("signer-committee"), lang.say("signer-chair")].join("\n")
        }
        (Layout::State, Office::Head) if unit.kind.to_lowercase() == "tổ dân phố" => {
            lang.say("signer-group-head")
        }
        (Layout::State, Office::Head) => {
            let kind = kind(unit, lang).to_uppercase();
            lang.tell("signer-head", [("kind", Gap::from(kind))])
        }
        (Layout::State, Office::Other) => lang.say("signer-other"),
    }
}

/// The code of a unit's agency in document numbers; nothing where it has no agency.
#[must_use]
pub fn symbol(unit: &UnitName, layout: Layout) -> &'static str {
    match (layout, office(unit)) {
        (Layout::Party, _) => party::symbol(unit),
        (Layout::State, Office::Committee) => "UBND",
        (Layout::State, Office::Head | Office::Other) => "",
    }
}

/// Where a copy is kept, as recipients are listed: `Lưu: VT`, `Lưu Văn phòng Đảng ủy`.
#[must_use]
pub fn records(unit: &UnitName, layout: Layout, lang: Lang) -> String {
    match layout {
        Layout::State => lang.say("records-state"),
        Layout::Party => party::records(unit, lang),
    }
}

#[cfg(test)]
mod tests {
    use domain::unit::UnitId;

    use super::*;

    #[test]
    fn a_unit_is_headed_by_its_committee_and_a_village_by_its_head() {
        let cases = [
            (
                "tỉnh",
                ["Ủy ban nhân dân tỉnh X", "X Provincial People’s Committee"],
                ["TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "FOR THE PEOPLE’S COMMITTEE\nCHAIR"],
                "UBND",
            ),
            (
                "thị trấn",
                ["Ủy ban nhân dân thị trấn X", "X town People’s Committee"],
                ["TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "FOR THE PEOPLE’S COMMITTEE\nCHAIR"],
                "UBND",
            ),
            ("thôn", ["Thôn X", "X village"], ["TRƯỞNG THÔN", "HEAD OF THE VILLAGE"], ""),
            (
                "Tổ dân phố",
                ["Tổ dân phố X", "X quarter"],
                ["TỔ TRƯỞNG TỔ DÂN PHỐ", "HEAD OF THE QUARTER"],
                "",
            ),
            ("ban", ["Ban X", "Ban X"], ["THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE UNIT"], ""),
        ];
        for (kind, agencies, signers, code) in cases {
            let unit = UnitName {
                id: UnitId(1),
                code: "1".to_owned(),
                name: "X".to_owned(),
                kind: kind.to_owned(),
                level: String::new(),
            };
            assert_eq!(
                Lang::ALL.map(|lang| agency(&unit, Layout::State, lang)),
                agencies,
                "{kind}"
            );
            assert_eq!(Lang::ALL.map(|lang| signer(&unit, Layout::State, lang)), signers, "{kind}");
            assert_eq!(symbol(&unit, Layout::State), code, "{kind}");
        }
    }
}
