//! What figures must keep: the bounds of items and the rules of forms.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::sync::LazyLock;

use domain::expression::Formula;
use domain::form::{Assignment, DueRule, Rule, Section, Severity, Version, check};
use domain::item::{Aggregate, Bilingual, Class, Item, ItemId};
use domain::number::{Decimal, Qualifier};

use domain::submission::{Figure, Place};
use domain::text::is_withdrawal;

fn bounded(minimum: Decimal, maximum: Option<Decimal>) -> Item {
    Item {
        id: ItemId(1),
        code: "a".to_owned(),
        name: Bilingual::default(),
        measure: Bilingual::default(),
        scale: minimum.scale,
        over_units: Aggregate::Sum,
        over_time: Aggregate::Sum,
        classes: Vec::new(),
        minimum,
        maximum,
    }
}

fn figure(item: u32, value: i64) -> Figure {
    Figure {
        item: ItemId(item),
        class: String::new(),
        value: Decimal::new(value, 0),
        qualifier: Qualifier::Exact,
        note: String::new(),
        place: Place::default(),
    }
}

#[test]
fn an_item_allows_what_lies_between_its_bounds() {
    let one = |units| Decimal::new(units, 1);
    // Minimum, maximum, value and whether it can be.
    let cases = [
        (0, None, 0, true),
        (0, None, i64::MAX, true),
        (0, None, -1, false),
        (0, Some(10), 10, true),
        (0, Some(10), 11, false),
        (-5, Some(-1), -5, true),
        (-5, Some(-1), -6, false),
        (-5, Some(-1), 0, false),
        (i64::MIN, None, i64::MIN, true),
    ];
    for (minimum, maximum, value, expected) in cases {
        let item = bounded(one(minimum), maximum.map(one));
        assert_eq!(item.allows(one(value)), expected, "{minimum} {maximum:?} {value}");
    }
}

/// A version of a form with one rule over the items a, b and the class b[nu].
fn ruled(condition: &str) -> Version {
    let rule = Rule {
        code: "r".to_owned(),
        severity: Severity::Error,
        condition: Formula::parse(condition).unwrap(),
        message: Bilingual::default(),
    };
    Version {
        from: None,
        assignment: Assignment::Level("village".to_owned()),
        sections: vec![Section::plain([ItemId(1), ItemId(2)])],
        due: DueRule::days_after(5),
        rules: vec![rule],
    }
}

/// The items a and b, which is broken down into men and women.
static ITEMS: LazyLock<[Item; 2]> = LazyLock::new(|| {
    let class = |code: &str| Class { code: code.to_owned(), name: Bilingual::default() };
    let item = |id, code: &str, classes| {
        let free = bounded(Decimal::new(i64::MIN, 0), None);
        Item { id: ItemId(id), code: code.to_owned(), classes, ..free }
    };
    [item(1, "a", Vec::new()), item(2, "b", vec![class("nam"), class("nu")])]
});

fn find(code: &str) -> Option<&'static Item> {
    ITEMS.iter().find(|item| item.code == code)
}

fn bound(item: u32, value: i64, qualifier: Qualifier) -> Figure {
    Figure { qualifier, ..figure(item, value) }
}

fn classed(item: u32, class: &str, value: i64) -> Figure {
    Figure { class: class.to_owned(), ..figure(item, value) }
}

#[test]
fn a_rule_is_broken_only_when_it_surely_does_not_hold() {
    use Qualifier::{About, AtLeast, AtMost};
    let cases = [
        ("a <= b", vec![figure(1, 3), figure(2, 3)], false),
        ("a <= b", vec![figure(1, 4), figure(2, 3)], true),
        // A missing figure leaves a rule unjudged, and missing is not zero.
        ("a <= b", vec![figure(1, 4)], false),
        ("a <= b", vec![figure(2, 3)], false),
        ("a = 0", vec![], false),
        ("a > 0 or b = 0", vec![figure(1, 0), figure(2, 1)], true),
        ("a > 0 or b = 0", vec![figure(1, 1)], false),
        // A bound breaks a rule when no number it can stand for keeps it.
        ("a <= b", vec![bound(1, 4, AtLeast), figure(2, 3)], true),
        ("a <= b", vec![bound(1, 2, AtLeast), figure(2, 3)], false),
        ("a <= b", vec![bound(1, 4, AtMost), figure(2, 3)], false),
        ("a <= b", vec![bound(1, 40, About), figure(2, 3)], false),
        // Nothing is divided by zero.
        ("a / b <= 1", vec![figure(1, 4), figure(2, 0)], false),
        ("a / b <= 1", vec![figure(1, 4), figure(2, 3)], true),
        // Classes, and the whole that they make where it is not given.
        ("b[nu] <= a", vec![figure(1, 1), classed(2, "nu", 2)], true),
        ("b[nu] <= a", vec![figure(1, 1), figure(2, 2)], false),
        ("b <= a", vec![figure(1, 4), classed(2, "nam", 2), classed(2, "nu", 3)], true),
        ("b <= a", vec![figure(1, 4), figure(2, 4), classed(2, "nu", 5)], false),
        // One class alone makes no whole.
        ("b >= a", vec![figure(1, 4), classed(2, "nu", 3)], false),
        // What lies outside the submission is never judged.
        ("a <= b@-1", vec![figure(1, 4), figure(2, 3)], false),
        ("a <= ytd(b)", vec![figure(1, 4), figure(2, 3)], false),
        ("a <= units(village)", vec![figure(1, 4)], false),
        ("a <= c", vec![figure(1, 4), figure(2, 3)], false),
    ];
    for (condition, figures, broken) in cases {
        let form = ruled(condition);
        let found = check(&form, &figures, &find);
        assert_eq!(!found.is_empty(), broken, "{condition}: {figures:?}");
    }
}

#[test]
fn a_violation_names_the_figures_it_looks_at() {
    let form = ruled("a + b[nu] <= b");
    let mut half = figure(1, 15);
    half.value = Decimal::new(15, 1);
    let figures = [half, bound(2, 4, Qualifier::AtMost), classed(2, "nu", 3)];
    let found = check(&form, &figures, &find);
    let values: Vec<String> = found[0]
        .values
        .iter()
        .map(|(item, value)| {
            format!("{item} {} {:?}", value.qualifier.code(), value.value.half_up(1).unwrap())
        })
        .collect();
    assert_eq!(found[0].rule.code, "r");
    assert_eq!(
        values,
        [
            "a exact Rounded { units: 15, decimals: 1 }",
            "b[nu] exact Rounded { units: 30, decimals: 1 }",
            "b at_most Rounded { units: 40, decimals: 1 }",
        ]
    );
}

#[test]
fn all_broken_rules_are_found_in_their_order() {
    let mut form = ruled("a <= b");
    let other = ruled("a = 1").rules.remove(0);
    form.rules.push(Rule { code: "warned".to_owned(), severity: Severity::Warning, ..other });
    form.rules.push(Rule { code: "kept".to_owned(), ..ruled("a > b").rules.remove(0) });
    let found = check(&form, &[figure(1, 4), figure(2, 3)], &find);
    let codes: Vec<&str> = found.iter().map(|one| one.rule.code.as_str()).collect();
    assert_eq!(codes, ["r", "warned"]);
}

#[test]
fn severities_are_read_from_their_codes() {
    for severity in Severity::ALL {
        assert_eq!(Severity::from_code(severity.code()), Some(severity));
    }
    assert_eq!(Severity::from_code("Error"), None);
}

#[test]
fn withdrawals_are_read_as_people_write_them() {
    let cases = [
        ("rút", true),
        (" RÚT ", true),
        ("ru\u{301}t", true),
        ("rut", true),
        ("withdraw", true),
        ("Withdraw", true),
        ("", false),
        ("rút 3", false),
        ("rút lại", false),
        ("withdrawn", false),
        ("0", false),
    ];
    for (text, expected) in cases {
        assert_eq!(is_withdrawal(text), expected, "{text:?}");
    }
}
