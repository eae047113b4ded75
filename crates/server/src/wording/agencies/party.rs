//! Committees of the Party: how they are called, who signs for them, and their codes.

use actions::answer::UnitName;

use crate::wording::places::{full_name, in_sentence};
use crate::wording::{Gap, Lang};

/// What leads the Party's organisation of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Organ {
    /// Of a province.
    Province,
    /// Of a city.
    City,
    /// Of a rural district.
    District,
    /// Of an urban district.
    UrbanDistrict,
    /// Of a town that was a district.
    Town,
    /// Of a commune, ward, township or special zone.
    Commune,
    /// The cell of a village or quarter.
    Cell,
    /// Something we know no name for.
    Other,
}

fn organ(unit: &UnitName) -> Organ {
    match unit.kind.to_lowercase().as_str() {
        "tỉnh" => Organ::Province,
        "thành phố" => Organ::City,
        "huyện" => Organ::District,
        "quận" => Organ::UrbanDistrict,
        "thị xã" => Organ::Town,
        "thị trấn" | "phường" | "xã" | "đặc khu" => Organ::Commune,
        "thôn" | "bản" | "khu phố" | "tổ dân phố" => Organ::Cell,
        _ => Organ::Other,
    }
}

/// The kind of an organ: `Tỉnh ủy`, `Đảng ủy`; nothing where we know none.
fn kind(organ: Organ, lang: Lang) -> Option<String> {
    let key = match organ {
        Organ::Province => "organ-province",
        Organ::City => "organ-city",
        Organ::District => "organ-district",
        Organ::UrbanDistrict => "organ-urban-district",
        Organ::Town => "organ-town",
        Organ::Commune => "organ-commune",
        Organ::Cell => "organ-cell",
        Organ::Other => return None,
    };
    Some(lang.say(key))
}

/// The committee of a unit, or the cell: `Tỉnh ủy Lạng Sơn`, `Đảng ủy xã Na Sầm`, `Chi bộ thôn Nà Lầu`.
pub(super) fn committee(unit: &UnitName, lang: Lang) -> String {
    let organ = organ(unit);
    let Some(kind) = kind(organ, lang) else { return full_name(unit, lang) };
    let of = match organ {
        // What they lead is said by their own name.
        Organ::Province | Organ::City | Organ::District | Organ::UrbanDistrict | Organ::Town => {
            unit.name.clone()
        }
        Organ::Commune | Organ::Cell | Organ::Other => in_sentence(unit, lang),
    };
    lang.tell("organ-of", [("organ", Gap::from(kind)), ("unit", of.into())])
}

/// The Party's whole organisation of a unit, which stands above a committee below: `Đảng bộ tỉnh Lạng Sơn`.
pub(super) fn organisation(unit: &UnitName, lang: Lang) -> String {
    lang.tell("party-organisation", [("unit", Gap::from(in_sentence(unit, lang)))])
}

/// Who speaks between the meetings of a committee: its standing board. A cell has none.
pub(super) fn speaker(unit: &UnitName, lang: Lang) -> String {
    let committee = committee(unit, lang);
    match organ(unit) {
        Organ::Province
        | Organ::City
        | Organ::District
        | Organ::UrbanDistrict
        | Organ::Town
        | Organ::Commune => lang.tell("standing-board", [("committee", Gap::from(committee))]),
        Organ::Cell | Organ::Other => committee,
    }
}

/// Who signs, a line each.
pub(super) fn signer(unit: &UnitName, lang: Lang) -> String {
    let authority = match organ(unit) {
        Organ::Province
        | Organ::City
        | Organ::District
        | Organ::UrbanDistrict
        | Organ::Town
        | Organ::Commune => "signer-standing-board",
        Organ::Cell => "signer-cell",
        Organ::Other => return lang.say("signer-other"),
    };
    [lang.say(authority), lang.say("signer-secretary")].join("\n")
}

/// The code in numbers. Those of cities and towns below a province differ, and are left to be filled in
/// by hand like those that we do not know.
pub(super) fn symbol(unit: &UnitName) -> &'static str {
    match organ(unit) {
        Organ::Province => "TU",
        Organ::City if unit.level == "province" => "TU",
        Organ::District => "HU",
        Organ::Commune => "ĐU",
        Organ::Cell => "CB",
        Organ::City | Organ::UrbanDistrict | Organ::Town | Organ::Other => {
            "\u{a0}\u{a0}\u{a0}\u{a0}"
        }
    }
}

/// Where a copy is kept.
pub(super) fn records(unit: &UnitName, lang: Lang) -> String {
    let organ = organ(unit);
    let key = match organ {
        Organ::Cell => "records-cell",
        Organ::Province
        | Organ::City
        | Organ::District
        | Organ::UrbanDistrict
        | Organ::Town
        | Organ::Commune
        | Organ::Other => "records-party",
    };
    let kind = kind(organ, lang).unwrap_or_default();
    lang.tell(key, [("organ", Gap::from(kind))]).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use domain::unit::UnitId;

    use super::*;

    #[test]
    fn a_unit_is_led_by_its_committee_and_a_village_by_its_cell() {
        let board = "T/M BAN THƯỜNG VỤ\nBÍ THƯ";
        let cases = [
            ("tỉnh", "Tỉnh ủy X", "X Provincial Party Committee", board, "TU"),
            ("huyện", "Huyện ủy X", "X District Party Committee", board, "HU"),
            ("thị xã", "Thị ủy X", "X Town Party Committee", board, "\u{a0}\u{a0}\u{a0}\u{a0}"),
            ("xã", "Đảng ủy xã X", "X commune Party Committee", board, "ĐU"),
            ("thôn", "Chi bộ thôn X", "X village Party Cell", "T/M CHI BỘ\nBÍ THƯ", "CB"),
            ("ban", "Ban X", "Ban X", "THỦ TRƯỞNG ĐƠN VỊ", "\u{a0}\u{a0}\u{a0}\u{a0}"),
        ];
        for (kind, vi, en, signed, code) in cases {
            let unit = unit(kind, "");
            assert_eq!(Lang::ALL.map(|lang| committee(&unit, lang)), [vi, en], "{kind}");
            assert_eq!(signer(&unit, Lang::Vi), signed, "{kind}");
            assert_eq!(symbol(&unit), code, "{kind}");
        }
        assert_eq!(symbol(&unit("thành phố", "province")), "TU");
        let kept = ["tỉnh", "xã", "thôn", "ban"].map(|kind| records(&unit(kind, ""), Lang::Vi));
        let offices = ["Lưu Văn phòng Tỉnh ủy", "Lưu Văn phòng Đảng ủy", "Lưu Chi bộ"];
        assert_eq!(kept, [offices[0], offices[1], offices[2], "Lưu Văn phòng"]);
    }

    fn unit(kind: &str, level: &str) -> UnitName {
        UnitName {
            id: UnitId(1),
            code: "1".to_owned(),
            name: "X".to_owned(),
            kind: kind.to_owned(),
            level: level.to_owned(),
        }
    }
}
