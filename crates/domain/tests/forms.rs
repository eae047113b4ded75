//! Forms through time: which version holds for a period, and by when it is due.

use std::collections::BTreeMap;

use domain::form::{
    Assignment, Deadline, DueRule, Form, Line, RestDays, Section, Version, asked_together,
};
use domain::holiday::Holidays;
use domain::item::{Bilingual, ItemId};
use domain::period::{Calendar, Frequency, Period};
use jiff::civil::{Date, date};

fn version(from: Option<Date>, items: &[u32]) -> Version {
    Version {
        from,
        assignment: Assignment::Level("village".to_owned()),
        sections: vec![Section::plain(items.iter().copied().map(ItemId))],
        due: DueRule::days_after(5),
        rules: Vec::new(),
    }
}

fn monthly(calendar: Calendar, versions: Vec<Version>) -> Form {
    Form {
        code: "thang".to_owned(),
        name: Bilingual::default(),
        frequency: Frequency::Monthly,
        calendar,
        versions,
        review: Vec::new(),
        lock_days: None,
        ends: None,
    }
}

fn words(vi: &str) -> Bilingual {
    Bilingual { vi: vi.to_owned(), en: String::new() }
}

#[test]
fn a_period_is_asked_by_the_version_that_holds_at_its_end() {
    let versions = || vec![version(None, &[1]), version(Some(date(2026, 7, 1)), &[1, 2])];
    let civil = monthly(Calendar::Civil, versions());
    let cut_off = monthly(Calendar::CutOff { last_day: 14 }, versions());
    let ended = Form { ends: Some(date(2026, 9, 1)), ..civil.clone() };
    let later = monthly(Calendar::Civil, vec![version(Some(date(2026, 7, 31)), &[2])]);
    for (form, month, expected) in [
        (&civil, 6, Some(1)),
        (&civil, 7, Some(2)),
        (&civil, 12, Some(2)),
        // July ends on the 14th.
        (&cut_off, 6, Some(1)),
        (&cut_off, 7, Some(2)),
        (&ended, 8, Some(2)),
        (&ended, 9, None),
        (&later, 6, None),
        (&later, 7, Some(1)),
    ] {
        let found = form.version(Period::Month(2026, month));
        let found = found.map(|version| version.items().count());
        assert_eq!(found, expected, "{:?} {month}", form.calendar);
    }
}

#[test]
fn an_item_may_move_from_one_form_to_another_but_never_stand_on_both() {
    let leaves = vec![version(None, &[1, 2]), version(Some(date(2026, 7, 1)), &[2])];
    let leaves = monthly(Calendar::Civil, leaves);
    let takes = |from| monthly(Calendar::Civil, vec![version(from, &[1])]);
    let over = Form { ends: Some(date(2026, 1, 1)), ..takes(None) };
    for (other, expected) in [
        (takes(Some(date(2026, 7, 1))), false),
        (takes(Some(date(2026, 8, 1))), false),
        (takes(Some(date(2026, 6, 30))), true),
        (takes(None), true),
        (over, true),
        (monthly(Calendar::Civil, vec![version(None, &[3])]), false),
    ] {
        assert_eq!(asked_together(&leaves, &other, ItemId(1)), expected, "{:?}", other.versions);
        assert_eq!(asked_together(&other, &leaves, ItemId(1)), expected, "{:?}", other.versions);
    }
}

#[test]
fn a_title_stands_above_the_first_line_of_its_section_alone() {
    let line = |item, help| Line { item: ItemId(item), help: words(help) };
    let sections = vec![
        Section {
            title: words("Kết nạp"), lines: vec![line(1, "Theo quyết định"), line(2, "")]
        },
        Section { title: words("Khó khăn"), lines: vec![line(3, "")] },
    ];
    let version = Version { sections, ..version(None, &[]) };
    assert_eq!(version.items().collect::<Vec<_>>(), [ItemId(1), ItemId(2), ItemId(3)]);
    assert_eq!(version.words(ItemId(1), ""), (words("Kết nạp"), words("Theo quyết định")));
    assert_eq!(version.words(ItemId(2), ""), (words(""), words("")));
    assert_eq!(version.words(ItemId(3), ""), (words("Khó khăn"), words("")));
    assert_eq!(version.words(ItemId(1), "nu"), (words(""), words("")));
    assert_eq!(version.words(ItemId(9), ""), (words(""), words("")));
}

#[test]
fn deadlines_follow_the_cut_off_the_working_days_and_the_holidays() {
    let entered = [date(2026, 9, 1), date(2026, 9, 2)].map(|day| (day, words("Nghỉ lễ")));
    let holidays = Holidays { entered: BTreeMap::from(entered) };
    for (code, cut_off, due, closes) in [
        ("days-5", date(2026, 10, 31), date(2026, 11, 5), date(2026, 11, 5)),
        // A Saturday stays, unless the rule moves it.
        ("days-5", date(2026, 11, 30), date(2026, 12, 5), date(2026, 12, 5)),
        ("days-5 move", date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 7)),
        ("days-0", date(2026, 6, 14), date(2026, 6, 14), date(2026, 6, 14)),
        ("day-20", date(2026, 10, 31), date(2026, 11, 20), date(2026, 11, 20)),
        ("day-20", date(2026, 6, 14), date(2026, 6, 20), date(2026, 6, 20)),
        ("day-20 move", date(2026, 6, 14), date(2026, 6, 22), date(2026, 6, 22)),
        ("day-14", date(2026, 6, 14), date(2026, 7, 14), date(2026, 7, 14)),
        ("working-3 grace-2", date(2026, 10, 31), date(2026, 11, 4), date(2026, 11, 6)),
        // Between cut-off and deadline lies one whole working day.
        ("days-0 gap-1", date(2026, 6, 14), date(2026, 6, 16), date(2026, 6, 16)),
        ("days-0 gap-1", date(2026, 7, 14), date(2026, 7, 16), date(2026, 7, 16)),
        ("days-0 gap-1", date(2026, 10, 14), date(2026, 10, 16), date(2026, 10, 16)),
        ("days-0 gap-1", date(2026, 11, 14), date(2026, 11, 17), date(2026, 11, 17)),
        ("days-0 gap-1", date(2026, 8, 14), date(2026, 8, 18), date(2026, 8, 18)),
        ("days-0 gap-1", date(2026, 8, 31), date(2026, 9, 4), date(2026, 9, 4)),
        ("days-9 gap-1", date(2026, 8, 31), date(2026, 9, 9), date(2026, 9, 9)),
    ] {
        let rule = DueRule::from_code(code).unwrap();
        assert_eq!(rule.due_on(cut_off, &holidays), due, "{code} {cut_off}");
        assert_eq!(rule.closes_on(cut_off, &holidays), closes, "{code} {cut_off}");
    }
}

#[test]
fn a_due_rule_has_one_code() {
    let full = DueRule {
        deadline: Deadline::DayOfMonth(20),
        gap: 1,
        rest_days: RestDays::MoveOn,
        grace_days: 2,
    };
    assert_eq!(full.code(), "day-20 gap-1 move grace-2");
    for code in ["days-5", "working-3 grace-2", "day-28 move", "days-366 gap-60"] {
        assert_eq!(DueRule::from_code(code).map(|rule| rule.code()).as_deref(), Some(code));
    }
    for code in [
        "",
        "5",
        "days",
        "days-",
        "days--1",
        "days-05",
        "days-367",
        "day-0",
        "day-29",
        "weeks-1",
        "days-5 move gap-1",
        "days-5 grace-61",
        "days-5 move move",
        "days-5  move",
        "days-5 stay",
    ] {
        assert_eq!(DueRule::from_code(code), None, "{code}");
    }
}
