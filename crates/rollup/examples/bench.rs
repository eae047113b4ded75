//! The benchmark's own half: makes the data, asks the questions, prints what it measured.
//!
//! `cargo xtask bench rollup` runs this and `bench/rollup.py`, and compares. Arguments: villages,
//! items, months, and a folder, where it leaves `units.csv` for the other engines. Prints lines of
//! words: `size NAME NUMBER`, `seconds QUESTION NUMBER…`, `check QUESTION NUMBER`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on should stop and show why"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use domain::item::Aggregate;
use domain::unit::UnitId;
use rollup::{
    Carried, Column, Figure, Group, Moment, Placement, Question, Total, TreeOrder, all_levels,
    totals,
};

const PROVINCES: i64 = 63;
const DISTRICTS: i64 = 700;
const RUNS: usize = 21;
/// The item of the small questions, and the months of each: the same in `bench/rollup.py`.
const ITEM: usize = 3;
const PROVINCE: i64 = 1 + 24;
const PROVINCE_MONTHS: usize = 12;
const LEAGUE_MONTHS: usize = 10;

/// A village and the units above it, then the commune it belongs to after the merge.
struct Village {
    unit: i64,
    commune: i64,
    district: i64,
    province: i64,
    new_commune: i64,
}

struct Sizes {
    villages: i64,
    items: i64,
    months: i64,
}

/// A step of a simple generator of random numbers.
fn mixed(number: i64) -> i64 {
    number % 2_147_483_647 * 16_807 % 2_147_483_647
}

/// The figure of a village, or none: the same arithmetic in every engine.
fn figure(village: i64, item: i64, month: i64) -> Option<i64> {
    let mixed = mixed(village * 48_271 + item * 69_621 + month * 40_692 + 20_250_701);
    (mixed / 1_000 % 100 >= 3).then_some(mixed % 1_000)
}

/// Unit numbers: 1 the country, then provinces, districts, communes, new communes, villages.
fn villages(sizes: &Sizes) -> Vec<Village> {
    // Communes of 6 to 14 villages until all villages have one.
    let mut communes = 0;
    let mut commune_of = Vec::new();
    while i64::try_from(commune_of.len()).unwrap() < sizes.villages {
        let size = 6 + usize::try_from(mixed(mixed(communes + 7)) / 1_000 % 9).unwrap();
        commune_of.resize(commune_of.len() + size, communes);
        communes += 1;
    }
    let first_commune = 2 + PROVINCES + DISTRICTS;
    let first_new = first_commune + communes;
    let first_village = first_new + communes;
    let district_of = |commune: i64| commune * DISTRICTS / communes;
    let province_of = |commune: i64| district_of(commune) * PROVINCES / DISTRICTS;
    let village = |(at, commune): (i64, i64)| {
        // Three communes of a province become one, as nearly everywhere in July 2025.
        let merged = commune - commune % 3;
        let new = if province_of(merged) == province_of(commune) { merged } else { commune };
        Village {
            unit: first_village + at,
            commune: first_commune + commune,
            district: 2 + PROVINCES + district_of(commune),
            province: 2 + province_of(commune),
            new_commune: first_new + new,
        }
    };
    (0..sizes.villages).zip(commune_of).map(village).collect()
}

fn tree(paths: impl Iterator<Item = Vec<i64>>) -> Arc<TreeOrder> {
    let mut listed: Vec<(UnitId, Option<UnitId>)> = vec![(UnitId(1), None)];
    let mut seen = std::collections::BTreeSet::from([1]);
    for path in paths {
        let mut above = 1;
        for unit in path {
            if seen.insert(unit) {
                listed.push((UnitId(unit), Some(UnitId(above))));
            }
            above = unit;
        }
    }
    Arc::new(TreeOrder::new(&listed).unwrap())
}

fn write_units(villages: &[Village], folder: &str) {
    let mut csv = String::from("village,commune,district,province,new_commune\n");
    for it in villages {
        writeln!(
            csv,
            "{},{},{},{},{}",
            it.unit, it.commune, it.district, it.province, it.new_commune
        )
        .unwrap();
    }
    std::fs::write(format!("{folder}/units.csv"), csv).unwrap();
}

fn columns(sizes: &Sizes, villages: &[Village], order: &TreeOrder) -> Vec<Vec<Column>> {
    let places: Vec<(u32, i64)> = villages
        .iter()
        .map(|village| (order.position(UnitId(village.unit)).unwrap(), village.unit))
        .collect();
    let column = |item, month| {
        Column::from_entries(places.iter().filter_map(|(position, village)| {
            figure(*village, item, month).map(|value| (*position, Figure::exact(value)))
        }))
    };
    (1..=sizes.items)
        .map(|item| (1..=sizes.months).map(|month| column(item, month)).collect())
        .collect()
}

/// Proof of equal answers: the same sum over all totals in every engine.
fn check(value: i128, count: u64, unit: i64, item: usize, month: usize) -> i128 {
    let key = i128::from(unit) * 7 + item as i128 * 13 + month as i128 * 19;
    (value % 1_000_003 + i128::from(count)) * (key % 1_009)
}

fn measure(question: &str, mut run: impl FnMut() -> i128) {
    black_box(run());
    let mut line = format!("seconds {question}");
    for _ in 0..RUNS {
        let start = Instant::now();
        black_box(run());
        write!(line, " {:.9}", start.elapsed().as_secs_f64()).unwrap();
    }
    println!("{line}");
}

/// Measures `work` over both halves of `all`, the second on a thread of its own. Between two turns
/// that thread looks out for the next one instead of sleeping, as pools of threads do under load.
fn measure_on_two_threads<T: Sync>(question: &str, all: &[T], work: impl Fn(&[T]) -> i128 + Sync) {
    let (one, other) = all.split_at(all.len() / 2);
    let (turns_asked, turns_done) = (AtomicU64::new(0), AtomicU64::new(0));
    let answer = Mutex::new(0);
    let wait_for = |turns: &AtomicU64, turn: u64| {
        while turns.load(Ordering::Acquire) < turn {
            std::hint::spin_loop();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 1..=RUNS as u64 + 1 {
                wait_for(&turns_asked, turn);
                *answer.lock().unwrap() = work(other);
                turns_done.store(turn, Ordering::Release);
            }
        });
        let mut turn = 0;
        measure(question, || {
            turn += 1;
            turns_asked.store(turn, Ordering::Release);
            let own = work(one);
            wait_for(&turns_done, turn);
            own + *answer.lock().unwrap()
        });
    });
}

/// Adds all items and months up through all levels. The sum of all totals shows that each was made.
fn every_level(order: &TreeOrder, columns: &[Vec<Column>]) -> i128 {
    let Some(first) = columns.first().and_then(|months| months.first()) else { return 0 };
    let mut totals = all_levels(order, first);
    let mut all = 0;
    for column in columns.iter().flatten() {
        totals.refill(column);
        totals.each_inner(|_, total| {
            all += total.value.unwrap_or(0) + i128::from(total.reported);
        });
    }
    all
}

fn check_levels(order: &TreeOrder, columns: &[Vec<Column>]) -> i128 {
    let mut all = 0;
    for (item, months) in columns.iter().enumerate() {
        for (month, column) in months.iter().enumerate() {
            all_levels(order, column).each_inner(|position, total| {
                let unit = order.units()[position as usize].0;
                let value = total.value.unwrap_or(0);
                all += check(value, total.reported.into(), unit, item + 1, month + 1);
            });
        }
    }
    all
}

fn moment<'a>(
    order: &'a TreeOrder,
    column: &'a Column,
    placement: Option<&'a Placement>,
) -> Moment<'a> {
    Moment { order, column: Some(column), partners: Vec::new(), expected: None, placement }
}

fn ask(moments: &[Moment<'_>], groups: &[Group]) -> Vec<Total> {
    let (over_units, over_time) = (Aggregate::Sum, Aggregate::Sum);
    totals(&Question { moments, over_units, over_time, groups }).unwrap()
}

fn sum_of(totals: &[Total]) -> i128 {
    let value = |total: &Total| total.value.map_or(0, |value| value.numerator);
    totals.iter().map(|total| value(total) + i128::from(total.reported)).sum()
}

fn check_of(totals: &[Total], groups: &[Group], month: usize) -> i128 {
    let one = |(total, group): (&Total, &Group)| {
        let Group::Subtree(unit) = group else { return 0 };
        let value = total.value.map_or(0, |value| value.numerator);
        check(value, total.reported, unit.0, ITEM + 1, month)
    };
    totals.iter().zip(groups).map(one).sum()
}

fn subtrees(units: impl Iterator<Item = i64>) -> Vec<Group> {
    let mut units: Vec<i64> = units.collect();
    units.dedup();
    units.into_iter().map(|unit| Group::Subtree(UnitId(unit))).collect()
}

/// One province's communes, month by month: small enough for one thread.
fn province_months(order: &TreeOrder, villages: &[Village], months: &[Column]) {
    let inside = villages.iter().filter(|village| village.province == PROVINCE);
    let groups = subtrees(inside.map(|village| village.commune));
    let months = &months[months.len().saturating_sub(PROVINCE_MONTHS)..];
    measure("province_months", || {
        months.iter().map(|column| sum_of(&ask(&[moment(order, column, None)], &groups))).sum()
    });
    let checks = months.iter().zip(1..).map(|(column, month)| {
        check_of(&ask(&[moment(order, column, None)], &groups), &groups, month)
    });
    println!("check province_months {}", checks.sum::<i128>());
    println!("size province_communes {}", groups.len());
}

fn league(name: &str, moments: &[Moment<'_>], groups: &[Group]) {
    measure_on_two_threads(name, groups, |groups| sum_of(&ask(moments, groups)));
    println!("check {name} {}", check_of(&ask(moments, groups), groups, 0));
    println!("size {name}_groups {}", groups.len());
}

fn leagues(order: &TreeOrder, villages: &[Village], months: &[Column]) {
    let after = tree(villages.iter().map(|it| vec![it.province, it.new_commune, it.unit]));
    let heir: std::collections::BTreeMap<i64, i64> =
        villages.iter().map(|it| (it.commune, it.new_commune)).collect();
    let start = Instant::now();
    let placement = Placement::new(order, &after, |unit| match heir.get(&unit.0) {
        Some(new) => Carried::To(UnitId(*new)),
        None if after.position(unit).is_some() => Carried::To(unit),
        None => Carried::Gone,
    })
    .unwrap();
    println!("size placement_microseconds {}", start.elapsed().as_micros());
    let months = &months[months.len().saturating_sub(LEAGUE_MONTHS)..];
    let of = |placement| -> Vec<Moment<'_>> {
        months.iter().map(|column| moment(order, column, placement)).collect()
    };
    league("league", &of(None), &subtrees(villages.iter().map(|it| it.commune)));
    let communes = after.inner().filter(|position| after.depth(*position) == 2);
    let new = subtrees(communes.map(|position| after.units()[position as usize].0));
    league("restated", &of(Some(&placement)), &new);
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [villages_wanted, items, months, folder] = &words[..] else {
        println!("usage: bench VILLAGES ITEMS MONTHS FOLDER");
        return;
    };
    let number = |word: &String| word.parse::<i64>().expect("a whole number");
    let sizes =
        Sizes { villages: number(villages_wanted), items: number(items), months: number(months) };
    let villages = villages(&sizes);
    write_units(&villages, folder);
    let order = tree(villages.iter().map(|it| vec![it.province, it.district, it.commune, it.unit]));
    let columns = columns(&sizes, &villages, &order);
    let figures: u64 = columns.iter().flatten().map(|column| u64::from(column.reported())).sum();
    let bytes: usize = columns.iter().flatten().map(Column::bytes).sum();
    println!("size items {}\nsize figures {figures}\nsize bytes {bytes}", sizes.items);

    measure_on_two_threads("all_levels", &columns, |half| every_level(&order, half));
    println!("check all_levels {}", check_levels(&order, &columns));
    let tenth = columns.len().div_ceil(10).max(ITEM + 1).min(columns.len());
    println!("size tenth_items {tenth}");
    println!("check all_levels_tenth {}", check_levels(&order, &columns[..tenth]));
    let item = &columns[ITEM.min(columns.len() - 1)];
    province_months(&order, &villages, item);
    leagues(&order, &villages, item);
}
