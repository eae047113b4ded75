//! New items: what was typed is weighed, kept under the next number, and asked for by forms.

use actions::items::WrittenItem;
use actions::packs::ITEM_COLUMNS;
use domain::access::Actor;
use domain::forming::FormingProblem;
use domain::item::{Aggregate, Class};
use domain::number::Decimal;
use domain::refusal::{Noun, Refusal, Wanted};
use testkit::on_every_engine;

use crate::form_versions::AT;
use crate::setup::{Office, refusals};

/// An item as it is typed.
pub(crate) fn typed() -> WrittenItem {
    [
        "C12",
        " Số hộ  thoát nghèo",
        "Households out of poverty",
        "hộ",
        "households",
        "1",
        "sum",
        "last",
        "nu:Nữ:Women|nam:Nam:Men",
        "",
        "9.5",
    ]
    .map(str::to_owned)
}

/// The same with another text in a column.
fn with(column: &str, text: &str) -> WrittenItem {
    let mut typed = typed();
    for (known, field) in ITEM_COLUMNS.iter().zip(&mut typed) {
        if *known == column {
            text.clone_into(field);
        }
    }
    typed
}

#[test]
fn an_item_is_kept_as_it_was_typed_under_the_next_number() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let last = office.workspace.snapshot().unwrap().items.last().unwrap().id.0;
        office.workspace.create_item(&Actor::console(), AT, typed()).unwrap();
        let snapshot = office.workspace.snapshot().unwrap();
        let item = snapshot.item("C12").unwrap();
        assert_eq!(item.id.0, last + 1, "{engine}");
        assert_eq!(item.name.vi, "Số hộ thoát nghèo", "{engine}");
        assert_eq!(
            (item.over_units, item.over_time),
            (Aggregate::Sum, Aggregate::Last),
            "{engine}"
        );
        let codes: Vec<&str> =
            item.classes.iter().map(|Class { code, .. }| code.as_str()).collect();
        assert_eq!(codes, ["nu", "nam"], "{engine}");
        let bounds = (item.minimum, item.maximum);
        assert_eq!(bounds, (Decimal::new(0, 1), Some(Decimal::new(95, 1))), "{engine}");
        let again = refusals(office.workspace.create_item(&Actor::console(), AT, typed()));
        assert_eq!(again.len(), 3, "{engine}: its code and both names are taken: {again:?}");
    });
}

#[test]
fn everything_wrong_with_an_item_is_told_at_its_field() {
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let taken = |text: &str| FormingProblem::ItemTaken { item: "A01".into(), text: text.into() };
    let doubled = Refusal::Doubled { noun: Noun::Class, key: "nu".into() };
    let cases = [
        ("code", "", bad("", Wanted::ItemCode)),
        ("code", "Số hộ", bad("Số hộ", Wanted::ItemCode)),
        ("code", "1C", bad("1C", Wanted::ItemCode)),
        ("code", "and", bad("and", Wanted::ItemCode)),
        ("code", "units(village)", bad("units(village)", Wanted::ItemCode)),
        ("code", &"C".repeat(41), bad(&"C".repeat(41), Wanted::ItemCode)),
        ("code", "a01", taken("a01").into()),
        ("name_vi", "", bad("", Wanted::Name)),
        ("name_vi", "số đảng viên mới kết nạp", taken("số đảng viên mới kết nạp").into()),
        ("name_en", " ", bad("", Wanted::Name)),
        ("scale", "5", bad("5", Wanted::Number)),
        ("over_units", "cộng", bad("cộng", Wanted::KnownCode)),
        ("over_time", "", bad("", Wanted::KnownCode)),
        ("classes", "nu:Nữ", bad("nu:Nữ", Wanted::Classes)),
        ("classes", "nu:Nữ:Women|nu:Nữ:Women", doubled),
        ("minimum", "10", bad("9.5", Wanted::Maximum)),
        ("maximum", "nhiều", bad("nhiều", Wanted::Number)),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let empty = ITEM_COLUMNS.map(|_| String::new());
        let found = refusals(office.workspace.create_item(&Actor::console(), AT, empty));
        let columns: Vec<u32> = found.iter().map(|refused| refused.at.column).collect();
        assert_eq!(columns, [1, 2, 3, 6], "{engine}: {found:?}");
        for (column, text, why) in &cases {
            let item = with(column, text);
            let found = refusals(office.workspace.create_item(&Actor::console(), AT, item));
            let place = found[0].at.column.checked_sub(1).and_then(|at| usize::try_from(at).ok());
            let told = place.map(|at| ITEM_COLUMNS[at]);
            // The largest value is told to be below the smallest.
            let expected = if *column == "minimum" { "maximum" } else { column };
            assert_eq!(told, Some(expected), "{engine}: {column} {text}");
            assert_eq!((found.len(), &found[0].why), (1, why), "{engine}: {column} {text}");
        }
        assert!(office.workspace.snapshot().unwrap().item("C12").is_none(), "{engine}");
    });
}
