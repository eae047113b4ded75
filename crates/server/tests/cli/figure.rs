//! `dotpha figure`.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use serde_json::Value;

use super::world::World;

/// The arguments of a question, written as one would type them.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn a_count_says_its_target_status_completeness_and_sources() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2022";
    insta::assert_snapshot!(world.run(&words(asked)), @"");
    insta::assert_snapshot!(world.run(&words(&format!("--lang en {asked}"))), @"");
}

#[test]
fn a_ratio_that_is_a_bound_is_never_printed_as_exact() {
    let world = World::with_sample();
    let asked = "figure --indicator A05 --unit 182 --period 2023-Q2";
    insta::assert_snapshot!(world.run(&words(asked)), @"");
    insta::assert_snapshot!(world.run(&words(&format!("--lang en {asked}"))), @"");
}

#[test]
fn what_nobody_reported_is_said_in_words_and_not_as_zero() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2024";
    insta::assert_snapshot!(world.run(&words(asked)), @"");
    insta::assert_snapshot!(world.run(&words(&format!("--lang en {asked}"))), @"");
}

#[test]
fn a_unit_that_no_longer_exists_has_no_figure() {
    let asked = "figure --indicator A01 --unit 182 --period 2026";
    insta::assert_snapshot!(World::with_sample().run(&words(asked)), @"");
}

#[test]
fn the_same_figure_in_json_has_everything_beside_it() {
    let asked = "figure --indicator A05 --unit 182 --period 2023-Q2 --json";
    insta::assert_snapshot!(World::with_sample().answer(&words(asked)), @"");
}

#[test]
fn a_line_per_unit_of_a_level() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2022 --by commune";
    insta::assert_snapshot!(world.answer(&words(asked)), @"");
    let restated = format!("--lang en {asked} --view restated:2025-07-01");
    insta::assert_snapshot!(world.answer(&words(&restated)), @"");
}

#[test]
fn restating_keeps_the_total_and_loses_nothing() {
    let world = World::with_sample();
    let asked = "figure --indicator A01 --unit 182 --period 2022 --json";
    let total = |view: &str| -> Value {
        let line = format!("{asked} --view {view}");
        serde_json::from_str(&world.answer(&words(&line))).unwrap()
    };
    let communes = |view: &str| -> Vec<Value> {
        let line = format!("{asked} --by commune --view {view}");
        serde_json::from_str(&world.answer(&words(&line))).unwrap()
    };
    for (view, count) in [("reported", 17), ("restated:2025-07-01", 5)] {
        let parts = communes(view);
        assert_eq!(parts.len(), count, "{view}");
        let sum = |field: &dyn Fn(&Value) -> i64| parts.iter().map(field).sum::<i64>();
        assert_eq!(sum(&|part| part["value"].as_str().unwrap().parse().unwrap()), 152, "{view}");
        assert_eq!(total(view)["value"], "152", "{view}");
        for field in ["reported", "expected"] {
            let whole = total(view)[field].as_i64().unwrap();
            assert_eq!(sum(&|part| part[field].as_i64().unwrap()), whole, "{view} {field}");
        }
    }
}

#[test]
fn what_does_not_exist_is_refused() {
    let world = World::with_sample();
    let cases = [
        "figure --indicator X --unit 182 --period 2022",
        "figure --indicator A01 --unit 999999 --period 2022",
        "figure --indicator A01 --unit 182 --period 2022 --by planet",
        "--lang en figure --indicator X --unit 182 --period 2022",
        "--lang en figure --indicator A01 --unit 999999 --period 2022",
        "--lang en figure --indicator A01 --unit 182 --period 2022 --by planet",
    ];
    let told: String =
        cases.map(|case| format!("$ dotpha {case}\n{}\n", world.run(&words(case)))).concat();
    insta::assert_snapshot!(told, @"");
}
