//! Numbers as people print them: `1.234,5` and `101,3%` in Vietnamese, `1,234.5` in English.

use domain::number::{Decimal, Fraction, Qualifier, Quantity, SCALE_MAX};

use super::{Gap, Lang};

/// What a qualifier's word stands before: Vietnamese says `hơn 90%` but `trên 30 tổ chức`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Things.
    Things,
    /// Hundredths of a whole.
    Percent,
}

/// Digits beyond which a percentage that would lie stops growing.
const PERCENT_DECIMALS_MAX: u8 = 9;

/// A machine-written number (`-1234.5`) with the separators of a language (`-1.234,5`).
#[must_use]
pub fn grouped(machine: &str, lang: Lang) -> String {
    let (group, point) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let (sign, digits) = machine.strip_prefix('-').map_or(("", machine), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut printed = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            printed.push(group);
        }
        printed.push(digit);
    }
    if !decimals.is_empty() {
        printed.push(point);
        printed.push_str(decimals);
    }
    printed
}

/// A number with exactly so many decimals, rounded half up on its magnitude: `0,0`, `-2,3`.
#[must_use]
pub fn decimal(value: Fraction, decimals: u8, lang: Lang) -> String {
    grouped(&machine(Quantity::exact(value), decimals), lang)
}

/// A number without its qualifier, with so many decimals at most: `12`, `12,5`.
///
/// A lower bound is rounded down and an upper bound up, so that what is printed stays true.
#[must_use]
pub fn bare(quantity: Quantity, decimals_max: u8, lang: Lang) -> String {
    let digits = machine(quantity, decimals_max);
    grouped(without_zeros(&digits), lang)
}

/// A decimal with as many decimals as it needs: `12,5`.
#[must_use]
pub fn plain(decimal: Decimal, lang: Lang) -> String {
    bare(Quantity::of(decimal, Qualifier::Exact), decimal.scale, lang)
}

/// A number as it stands in a sentence: `152`, `trên 30`, `khoảng 400`.
#[must_use]
pub fn number(quantity: Quantity, decimals_max: u8, lang: Lang) -> String {
    qualified(quantity.qualifier, Counted::Things, &bare(quantity, decimals_max, lang), lang)
}

/// A ratio as a percentage in a sentence: `101,3%`, `hơn 90%`.
#[must_use]
pub fn percent(ratio: Quantity, decimals_max: u8, lang: Lang) -> String {
    let printed = bare_percent(ratio, decimals_max, lang);
    qualified(ratio.qualifier, Counted::Percent, &printed, lang)
}

/// A ratio as a percentage without its qualifier.
///
/// It gets more decimals than asked for when rounding would print 0 % for something or 100 % for
/// a part smaller or larger than the whole.
#[must_use]
pub fn bare_percent(ratio: Quantity, decimals_max: u8, lang: Lang) -> String {
    let bound = matches!(ratio.qualifier, Qualifier::AtLeast | Qualifier::AtMost);
    let zero = ratio.value.is_zero();
    let whole = ratio.value.numerator() == ratio.value.denominator();
    let mut decimals = decimals_max;
    loop {
        let digits = machine_percent(ratio, decimals);
        let shown = without_zeros(&digits);
        let lies = (shown == "0" && !zero) || (shown == "100" && !whole && !bound);
        if !lies || decimals >= PERCENT_DECIMALS_MAX {
            return format!("{}%", grouped(shown, lang));
        }
        decimals += 1;
    }
}

/// Both counts and the rate: `148/162 (91,4%)`; of nothing there is no rate.
#[must_use]
pub fn rate(part: u32, whole: u32, lang: Lang) -> String {
    let ratio = Fraction::new(i128::from(part), i128::from(whole)).ok();
    match ratio {
        None => "–".to_owned(),
        Some(ratio) => {
            let share = bare_percent(Quantity::exact(ratio), 1, lang);
            format!("{part}/{whole} ({share})")
        }
    }
}

/// The number of percentage points of a ratio's change, with one decimal (`60,0`); with more when
/// a change would look like none.
#[must_use]
pub fn points(change: Quantity, lang: Lang) -> String {
    let mut printed = (1..=SCALE_MAX).map(|decimals| machine_percent(change, decimals));
    let shown = |digits: &String| change.value.is_zero() || without_zeros(digits) != "0";
    let digits = printed.clone().find(shown).or_else(|| printed.next_back());
    grouped(&digits.unwrap_or_default(), lang)
}

/// An amount of money: `1.234.567 đồng`.
#[must_use]
pub fn money(amount: Fraction, lang: Lang) -> String {
    lang.tell("money", [("amount", Gap::from(decimal(amount, 0, lang)))])
}

/// A printed number with the word of its qualifier before it.
#[must_use]
pub fn qualified(qualifier: Qualifier, counted: Counted, printed: &str, lang: Lang) -> String {
    match word(qualifier, counted, lang) {
        "" => printed.to_owned(),
        word => format!("{word} {printed}"),
    }
}

/// The word of a qualifier. An upper bound is `dưới` and never `gần`, which would claim that the
/// figure is close to it.
#[must_use]
pub fn word(qualifier: Qualifier, counted: Counted, lang: Lang) -> &'static str {
    match (lang, qualifier, counted) {
        (_, Qualifier::Exact, _) => "",
        (Lang::Vi, Qualifier::AtLeast, Counted::Percent) => "hơn",
        (Lang::Vi, Qualifier::AtLeast, Counted::Things) => "trên",
        (Lang::Vi, Qualifier::AtMost, _) => "dưới",
        (Lang::Vi, Qualifier::About, _) => "khoảng",
        (Lang::En, Qualifier::AtLeast, _) => "over",
        (Lang::En, Qualifier::AtMost, _) => "under",
        (Lang::En, Qualifier::About, _) => "about",
    }
}

/// The machine form with so many decimals, bounds kept true; a number too long to be rounded
/// exactly is printed from its nearest floating point number.
fn machine(quantity: Quantity, decimals: u8) -> String {
    quantity.rounded(decimals).map_or_else(
        |_| format!("{:.*}", usize::from(decimals), quantity.value.to_f64()),
        |rounded| placed(rounded.units, decimals),
    )
}

/// The machine form of a hundred times the number.
fn machine_percent(ratio: Quantity, decimals: u8) -> String {
    ratio.rounded(decimals + 2).map_or_else(
        |_| format!("{:.*}", usize::from(decimals), ratio.value.to_f64() * 100.0),
        |rounded| placed(rounded.units, decimals),
    )
}

/// Digits with the decimal point put in; no minus sign before zero.
fn placed(digits: i128, decimals: u8) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let decimals = usize::from(decimals);
    let text = format!("{:0>width$}", digits.unsigned_abs(), width = decimals + 1);
    let (whole, part) = text.split_at(text.len() - decimals);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn without_zeros(machine: &str) -> &str {
    if machine.contains('.') {
        machine.trim_end_matches('0').trim_end_matches('.')
    } else {
        machine
    }
}
