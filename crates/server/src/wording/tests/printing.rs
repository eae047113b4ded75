//! The tables of numbers, dates and phrases.

use std::collections::BTreeMap;

use domain::directive::Directive;
use domain::item::Bilingual;
use domain::number::{Decimal, Fraction, Qualifier, Quantity};
use domain::period::{Calendar, Period};
use formats::profile::Layout;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::documents::{NumberParts, PlaceName, citation, document_number, place_line};
use super::super::number::{Counted, bare_percent, decimal, money, percent, qualified};
use super::super::{Gap, Lang, collecting, number, people, periods, phrases};

const MOMENTS: &str = include_str!("../../../../../tests/vectors/moments.csv");
const NUMBERS_AND_DATES: &str = include_str!("../../../../../tests/vectors/number_date_cases.csv");
const PHRASES: &str = include_str!("../../../../../tests/vectors/phrase_cases.csv");

/// The kinds of rows that are about reading or counting days; `domain` has their tests.
const OF_DOMAIN: [&str; 6] = [
    "parse_number",
    "date_parse",
    "report_period",
    "earliest_deadline",
    "move_deadline",
    "signing_time",
];

/// The kinds of phrase rows that are about judging; `domain::status` has their tests.
const OF_STATUS: [&str; 1] = ["target_check"];

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let mut lines = records(text).into_iter();
    let header = lines.next().unwrap();
    lines.map(|fields| header.iter().cloned().zip(fields).collect()).collect()
}

/// The records of a CSV text; fields here hold commas, but no line breaks and no quotes.
fn records(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let mut fields = vec![String::new()];
            let mut quoted = false;
            for letter in line.chars() {
                match letter {
                    '"' => quoted = !quoted,
                    ',' if !quoted => fields.push(String::new()),
                    _ => fields.last_mut().unwrap().push(letter),
                }
            }
            fields
        })
        .collect()
}

fn fraction(text: &str) -> Fraction {
    Fraction::from(Decimal::parse(text).unwrap())
}

fn exact(text: &str) -> Quantity {
    Quantity::exact(fraction(text))
}

fn ratio(numerator: &str, denominator: &str) -> Option<Fraction> {
    fraction(numerator).checked_div(fraction(denominator)).ok()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn print_number_or_date(kind: &str, input: &BTreeMap<&str, &str>) -> String {
    let of = |key: &str| input.get(key).copied().unwrap_or_default();
    match kind {
        "format_number" => decimal(fraction(of("value")), 0, Lang::Vi),
        "format_decimal" => {
            decimal(fraction(of("value")), of("decimals").parse().unwrap(), Lang::Vi)
        }
        "format_percent" => ratio(of("numerator"), of("denominator"))
            .map_or("none".to_owned(), |ratio| percent(Quantity::exact(ratio), 1, Lang::Vi)),
        "format_money" => money(fraction(of("value")), Lang::Vi),
        "date_text" => periods::day(date(of("date")), Lang::Vi),
        "date_long" => periods::long_day(date(of("date")), Lang::Vi),
        "place_line" => {
            let full = of("full_name_required") == "yes";
            let style = if full { PlaceName::WithKind } else { PlaceName::Bare };
            place_line(of("type"), of("name"), style, date(of("date")), Lang::Vi)
        }
        "period_label" => periods::label(Period::parse(of("period")).unwrap(), Lang::Vi),
        "document_number" => {
            let layout = Layout::from_code(of("profile")).unwrap();
            let number = of("number").parse().unwrap();
            let (kind, agency, unit) = (of("type"), of("agency"), of("unit"));
            document_number(layout, NumberParts { number, kind, agency, unit })
        }
        _ => panic!("nobody prints {kind}"),
    }
}

#[test]
fn numbers_and_dates_print_as_the_table_says() {
    let mut printed = 0;
    for row in rows(NUMBERS_AND_DATES) {
        let kind = row["kind"].as_str();
        if OF_DOMAIN.contains(&kind) {
            continue;
        }
        let input = row["input"].split("; ").filter_map(|pair| pair.split_once('=')).collect();
        assert_eq!(print_number_or_date(kind, &input), row["expected"], "{}", row["case_id"]);
        printed += 1;
    }
    assert!(printed >= 60, "only {printed} rows were found");
}

fn bound(code: &str) -> (Qualifier, &str) {
    let (code, word) = code.split_once(':').unwrap_or((code, ""));
    (Qualifier::from_code(code).unwrap(), word)
}

fn print_phrase(row: &Row) -> String {
    let of = |key: &str| row[key].as_str();
    let given = |key: &str| (!of(key).is_empty()).then(|| exact(of(key)));
    let share = || ratio(of("value"), of("target")).map(Quantity::exact);
    let period = || Period::parse(of("period")).unwrap();
    // A target of the article is a year's, also where the figure is of its first half.
    let year = || Period::Year(period().year().unwrap());
    match of("kind") {
        "target_share" if of("target").is_empty() => String::new(),
        "target_share" => {
            share().map_or_else(String::new, |share| phrases::target_share(share, year(), Lang::Vi))
        }
        "target_share_time" => {
            let passed = domain::period::share_passed(period(), year(), &Calendar::Civil);
            phrases::target_share_and_time(share().unwrap(), year(), passed, Lang::Vi)
        }
        "same_period_count" => phrases::count_against(
            exact(of("value")),
            given("prev_value"),
            &phrases::Against::LastYear,
            Lang::Vi,
        ),
        "same_period_count_short" => {
            let change = phrases::count_change(exact(of("value")), given("prev_value"), Lang::Vi);
            format!("{change} so với cùng kỳ")
        }
        "same_period_level" => {
            phrases::level_against_last_year(exact(of("value")), exact(of("prev_value")), Lang::Vi)
        }
        "ratio_points" => {
            let now = ratio(of("numerator"), of("denominator")).map(Quantity::exact).unwrap();
            let before = ratio(of("prev_numerator"), of("prev_denominator")).map(Quantity::exact);
            phrases::ratio_change(now, before, Lang::Vi)
        }
        "coverage" => phrases::coverage(
            exact(of("numerator")),
            exact(of("denominator")),
            of("unit"),
            Lang::Vi,
        ),
        "bound" => {
            let (_, word) = bound(of("qualifier"));
            let value = phrases::with_measure(of("value"), of("unit"));
            format!("{word} {value}").trim().to_owned()
        }
        "bound_sum" => {
            let (one, other) = of("qualifier").split_once('+').unwrap();
            let one = Quantity { value: fraction(of("value")), qualifier: bound(one).0 };
            let other = Quantity { value: fraction(of("prev_value")), qualifier: bound(other).0 };
            phrases::count(one.plus(other).unwrap(), 0, of("unit"), Lang::Vi)
        }
        kind => print_short_phrase(kind, row),
    }
}

fn print_short_phrase(kind: &str, row: &Row) -> String {
    let of = |key: &str| row[key].as_str();
    let counted = || phrases::count(exact(of("value")), 0, of("unit"), Lang::Vi);
    match kind {
        "cumulative_year" => phrases::since_new_year(&counted(), Lang::Vi),
        "cumulative_since" => {
            phrases::since_year(of("period").parse().unwrap(), &counted(), Lang::Vi)
        }
        "missing" => phrases::missing(
            of("numerator").parse().unwrap(),
            of("denominator").parse().unwrap(),
            Lang::Vi,
        ),
        "no_activity" => phrases::nothing_occurred(Lang::Vi),
        "not_reported" => phrases::not_reported(Lang::Vi),
        "citation_state" => citation(&conclusion(row), Layout::State, Lang::Vi),
        "citation_party" => citation(&conclusion(row), Layout::Party, Lang::Vi),
        "period_used" => {
            let (period, calendar) = of("period").split_once(' ').unwrap();
            let calendar = Calendar::from_code(calendar).unwrap();
            periods::with_days(Period::parse(period).unwrap(), &calendar, Lang::Vi)
        }
        _ => panic!("nobody prints {kind}"),
    }
}

fn conclusion(row: &Row) -> Directive {
    Directive {
        code: "kl-01".into(),
        number: row["value"].clone(),
        kind: "Kết luận".into(),
        issuer: Bilingual { vi: row["unit"].clone(), en: String::new() },
        issuer_unit: None,
        date: Some(date(&row["period"])),
        title: Bilingual::default(),
        implements: None,
        replaces: Vec::new(),
        amends: Vec::new(),
        term: (None, None),
    }
}

#[test]
fn phrases_print_as_the_table_says() {
    let mut printed = 0;
    for row in rows(PHRASES).iter().filter(|row| !OF_STATUS.contains(&row["kind"].as_str())) {
        assert_eq!(print_phrase(row), row["expected"], "{}", row["case_id"]);
        printed += 1;
    }
    assert!(printed >= 45, "only {printed} rows were found");
}

#[test]
fn the_default_word_of_a_bound_is_the_one_the_table_keeps() {
    for row in rows(PHRASES).iter().filter(|row| row["kind"] == "bound") {
        let (qualifier, word) = bound(&row["qualifier"]);
        let counted = if row["unit"] == "%" { Counted::Percent } else { Counted::Things };
        // `gần` claims to be near; it is kept where it was written and never made by us.
        if word != "gần" {
            assert_eq!(number::word(qualifier, counted, Lang::Vi), word, "{}", row["case_id"]);
        }
    }
}

#[test]
fn a_bound_stays_true_when_it_is_rounded() {
    let of =
        |top, bottom, qualifier| Quantity { value: Fraction::new(top, bottom).unwrap(), qualifier };
    let cases = [
        (of(146, 162, Qualifier::AtLeast), 0, "hơn 90%", "over 90%"),
        (of(1459, 1620, Qualifier::AtLeast), 0, "hơn 90%", "over 90%"),
        (of(1457, 1620, Qualifier::AtLeast), 0, "hơn 89%", "over 89%"),
        (of(1457, 1620, Qualifier::AtMost), 0, "dưới 90%", "under 90%"),
        (of(1457, 1620, Qualifier::About), 0, "khoảng 90%", "about 90%"),
        (of(999, 1000, Qualifier::AtMost), 0, "dưới 100%", "under 100%"),
        (of(2001, 2000, Qualifier::Exact), 0, "100,1%", "100.1%"),
    ];
    for (ratio, decimals, vi, en) in cases {
        assert_eq!(percent(ratio, decimals, Lang::Vi), vi);
        assert_eq!(percent(ratio, decimals, Lang::En), en);
    }
}

#[test]
fn english_groups_with_commas() {
    assert_eq!(decimal(fraction("1234567.5"), 1, Lang::En), "1,234,567.5");
    assert_eq!(bare_percent(exact("1.5"), 1, Lang::En), "150%");
    assert_eq!(qualified(Qualifier::AtLeast, Counted::Things, "30", Lang::En), "over 30");
    assert_eq!(phrases::missing(2, 17, Lang::En), "2 of 17 units have not reported");
}

#[test]
fn a_change_between_bounds_says_only_what_they_allow() {
    let of = |value: i128, qualifier| Quantity { value: Fraction::integer(value), qualifier };
    let cases = [
        (of(45, Qualifier::AtLeast), of(40, Qualifier::Exact), "tăng hơn 12,5%"),
        (of(35, Qualifier::AtMost), of(40, Qualifier::Exact), "giảm hơn 12,5%"),
        (of(45, Qualifier::AtMost), of(40, Qualifier::Exact), "chưa đủ chính xác để so sánh"),
        (of(40, Qualifier::AtLeast), of(40, Qualifier::Exact), "không thấp hơn cùng kỳ"),
        (of(40, Qualifier::AtMost), of(40, Qualifier::Exact), "không cao hơn cùng kỳ"),
        (of(40, Qualifier::About), of(40, Qualifier::Exact), "xấp xỉ cùng kỳ"),
    ];
    for (now, before, expected) in cases {
        assert_eq!(phrases::count_change(now, Some(before), Lang::Vi), expected);
    }
}

#[test]
fn spans_and_weeks_have_names_in_both_languages() {
    let cases = [
        ("2022-01..2023-06", "từ tháng 01/2022 đến hết tháng 6/2023", "January 2022 to June 2023"),
        ("2021..2025", "giai đoạn 2021–2025", "2021–2025"),
        ("2026-W47", "tuần 47 năm 2026", "week 47 of 2026"),
        ("2026-Q4", "quý IV/2026", "quarter IV of 2026"),
        ("2026-11-23", "23/11/2026", "23 November 2026"),
    ];
    for (code, vi, en) in cases {
        let period = Period::parse(code).unwrap();
        assert_eq!(periods::label(period, Lang::Vi), vi);
        assert_eq!(periods::label(period, Lang::En), en);
    }
}

#[test]
fn a_change_says_what_it_is_measured_against() {
    use phrases::Against::{LastYear, Span};
    let span = || Span("quý IV/2021".to_owned());
    let at_least = |text: &str| Quantity { qualifier: Qualifier::AtLeast, ..exact(text) };
    let at_most = |text: &str| Quantity { qualifier: Qualifier::AtMost, ..exact(text) };
    let counts = [
        (exact("45"), Some(exact("40")), LastYear, "tăng 12,5% so với cùng kỳ năm trước"),
        (exact("45"), Some(exact("40")), span(), "tăng 12,5% so với quý IV/2021"),
        (exact("35"), Some(exact("40")), span(), "giảm 12,5% so với quý IV/2021"),
        (exact("40"), Some(exact("40")), span(), "bằng quý IV/2021"),
        (exact("5"), Some(exact("0")), span(), "quý IV/2021 không phát sinh"),
        (exact("5"), None, span(), "chưa có số liệu quý IV/2021"),
        (at_least("40"), Some(exact("40")), span(), "không thấp hơn quý IV/2021"),
        (at_most("40"), Some(exact("40")), span(), "không cao hơn quý IV/2021"),
        (at_least("30"), Some(exact("40")), span(), "chưa đủ chính xác để so sánh"),
    ];
    for (now, before, against, expected) in counts {
        assert_eq!(phrases::count_against(now, before, &against, Lang::Vi), expected);
    }
    let ratios = [
        (
            exact("0.9"),
            Some(exact("0.3")),
            LastYear,
            "tăng 60,0 điểm phần trăm so với cùng kỳ năm trước",
        ),
        (
            at_least("0.9"),
            Some(exact("0.3")),
            span(),
            "tăng hơn 60,0 điểm phần trăm so với quý IV/2021",
        ),
        // From nothing a ratio grows by points, not by a share of nothing.
        (exact("0.9"), Some(exact("0")), span(), "tăng 90,0 điểm phần trăm so với quý IV/2021"),
        (exact("0.9"), Some(exact("0.9")), LastYear, "bằng cùng kỳ năm trước"),
        (exact("0.9"), None, LastYear, "chưa có số liệu cùng kỳ"),
    ];
    for (now, before, against, expected) in ratios {
        assert_eq!(phrases::ratio_against(now, before, &against, Lang::Vi), expected);
    }
}

#[test]
fn a_document_of_a_unit_without_an_agency_has_no_code_in_its_number() {
    let parts = NumberParts { number: 5, kind: "BC", agency: "", unit: "" };
    assert_eq!(document_number(Layout::State, parts), "Số: 05/BC");
}

#[test]
fn a_deviation_is_said_in_times_or_as_a_share() {
    let exact = |value: i128| Quantity::exact(Fraction::integer(value));
    let cases = [
        (exact(36), exact(12), "gấp 3 lần", "3 times as much"),
        (exact(25), exact(10), "gấp 2,5 lần", "2.5 times as much"),
        (exact(15), exact(12), "tăng 25%", "up 25%"),
        (exact(9), exact(12), "giảm 25%", "down 25%"),
        (exact(12), exact(12), "", ""),
        (exact(12), exact(0), "", ""),
    ];
    for (now, beside, vi, en) in cases {
        assert_eq!(collecting::deviation(now, beside, Lang::Vi), vi);
        assert_eq!(collecting::deviation(now, beside, Lang::En), en);
    }
}

#[test]
fn browsers_are_named_as_people_know_them() {
    const WINDOWS: &str =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
    const PHONE: &str = "Mozilla/5.0 (Linux; Android 13; SM-A245F) AppleWebKit/537.36";
    const IPHONE: &str =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15";
    let cases = [
        (format!("{PHONE} Chrome/126.0.0.0 Mobile Safari/537.36"), "Chrome trên Android"),
        (
            format!("{PHONE} Chrome/120.0 Mobile Safari/537.36 Zalo/23.10 android"),
            "Zalo trên Android",
        ),
        (
            format!("{PHONE} SamsungBrowser/24.0 Chrome/117.0 Safari/537.36"),
            "Samsung Internet trên Android",
        ),
        (format!("{WINDOWS} Chrome/126.0.0.0 Safari/537.36"), "Chrome trên Windows"),
        (format!("{WINDOWS} Chrome/126.0 Safari/537.36 Edg/126.0"), "Edge trên Windows"),
        (
            format!("{WINDOWS} coc_coc_browser/120.0 Chrome/114.0 Safari/537.36"),
            "Cốc Cốc trên Windows",
        ),
        (format!("{IPHONE} Version/17.4 Mobile/15E148 Safari/604.1"), "Safari trên iPhone"),
        (format!("{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1"), "Chrome trên iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0".to_owned(),
            "Firefox trên Linux",
        ),
        ("curl/8.5.0".to_owned(), "trình duyệt khác"),
        (String::new(), "trình duyệt khác"),
    ];
    for (agent, expected) in cases {
        assert_eq!(people::device(&agent, Lang::Vi), expected, "{agent}");
    }
}

#[test]
fn what_an_account_commits_to_is_said_in_words() {
    for field in ["identity", "login", "mail", "name", "one-time-codes", "password"] {
        assert_ne!(crate::wording::ledger::committed(field, Lang::Vi), field);
    }
}

#[test]
fn instants_are_printed_as_on_the_phone() {
    for row in rows(MOMENTS) {
        let lang = Lang::from_code(&row["lang"]).unwrap();
        let zone = TimeZone::get(&row["zone"]).unwrap();
        let said = periods::moment(row["epoch_ms"].parse().unwrap(), &zone, lang);
        let gaps = ["time", "day"].map(|name| (name, Gap::from(row[name].as_str())));
        assert_eq!(said, lang.tell("moment", gaps), "{row:?}");
    }
}

#[test]
fn a_rate_says_both_counts_and_never_rounds_to_a_lie() {
    let cases = [
        ((148, 162), "148/162 (91,4%)"),
        ((0, 4), "0/4 (0%)"),
        ((0, 0), "–"),
        ((3_320, 3_321), "3320/3321 (99,97%)"),
        ((5, 5), "5/5 (100%)"),
    ];
    for ((part, whole), expected) in cases {
        assert_eq!(number::rate(part, whole, Lang::Vi), expected);
    }
}
