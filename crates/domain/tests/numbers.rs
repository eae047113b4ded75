//! Decimals, fractions and quantities: arithmetic, rounding, bounds.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use domain::number::{Decimal, Fraction, NumberError, Qualifier, Quantity};
use proptest::prelude::*;

fn fraction(numerator: i128, denominator: i128) -> Fraction {
    Fraction::new(numerator, denominator).unwrap()
}

fn quantity(value: i128, qualifier: Qualifier) -> Quantity {
    Quantity { value: Fraction::integer(value), qualifier }
}

#[test]
fn a_decimal_is_read_and_printed_as_written() {
    for text in ["0", "-1", "12.5", "-12.50", "0.0001", "-0.05", "9223372036854775807"] {
        assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Decimal::parse("-9223372036854775808"), Ok(Decimal::new(i64::MIN, 0)));
    assert_eq!(Decimal::parse("007"), Ok(Decimal::new(7, 0)));
    assert_eq!(Decimal::parse("-0.0"), Ok(Decimal::new(0, 1)));
    assert_eq!(
        format!("{:>7}|{:<6}|", Decimal::new(-125, 1), Decimal::new(5, 2)),
        "  -12.5|0.05  |"
    );
}

#[test]
fn what_is_no_decimal_is_refused_with_its_reason() {
    let too_many = NumberError::TooManyDecimals { decimals: 4 };
    for (text, expected) in [
        ("", NumberError::NotANumber),
        ("-", NumberError::NotANumber),
        (".5", NumberError::NotANumber),
        ("5.", NumberError::NotANumber),
        ("+5", NumberError::NotANumber),
        ("1,5", NumberError::NotANumber),
        ("1.2.3", NumberError::NotANumber),
        (" 1", NumberError::NotANumber),
        ("1e3", NumberError::NotANumber),
        ("١٢", NumberError::NotANumber),
        ("0.00001", too_many),
        ("9223372036854775808", NumberError::Overflow),
        ("-922337203685477580.9", NumberError::Overflow),
    ] {
        assert_eq!(Decimal::parse(text), Err(expected), "{text}");
    }
}

#[test]
fn rescaling_never_loses_a_digit() {
    let too_many = |decimals| Err(NumberError::TooManyDecimals { decimals });
    for (text, scale, expected) in [
        ("12.5", 3, Ok("12.500")),
        ("-12.500", 1, Ok("-12.5")),
        ("12.5", 0, too_many(0)),
        ("3", 5, too_many(4)),
        ("922337203685477580", 4, Err(NumberError::Overflow)),
    ] {
        let rescaled = Decimal::parse(text).unwrap().rescaled(scale);
        assert_eq!(rescaled.map(|decimal| decimal.to_string()), expected.map(str::to_owned));
    }
}

#[test]
fn decimals_stand_in_order_of_their_values() {
    let mut decimals: Vec<Decimal> = ["2", "-0.5", "1.50", "1.5", "-1", "10", "9.9999"]
        .map(|text| Decimal::parse(text).unwrap())
        .into();
    decimals.sort();
    let sorted: Vec<String> = decimals.iter().map(ToString::to_string).collect();
    assert_eq!(sorted, ["-1", "-0.5", "1.5", "1.50", "2", "9.9999", "10"]);
}

#[test]
fn a_fraction_is_in_lowest_terms_with_a_positive_divisor() {
    for (numerator, denominator, expected) in [
        (6, 4, (3, 2)),
        (6, -4, (-3, 2)),
        (-6, -4, (3, 2)),
        (0, -7, (0, 1)),
        (i128::MIN, 2, (i128::MIN / 2, 1)),
    ] {
        let made = fraction(numerator, denominator);
        assert_eq!((made.numerator(), made.denominator()), expected);
    }
    assert_eq!(Fraction::new(1, 0), Err(NumberError::ZeroDivisor));
    assert_eq!(Fraction::new(1, i128::MIN), Err(NumberError::Overflow));
    assert_eq!(Fraction::from(Decimal::new(125, 2)), fraction(5, 4));
}

#[test]
fn arithmetic_refuses_what_does_not_fit() {
    let largest = Fraction::integer(i128::MAX);
    let overflow = Err(NumberError::Overflow);
    assert_eq!(largest.checked_add(Fraction::ONE), overflow);
    assert_eq!(largest.checked_mul(Fraction::integer(2)), overflow);
    assert_eq!(Fraction::integer(i128::MIN).negated(), overflow);
    assert_eq!(Fraction::ONE.checked_div(Fraction::ZERO), Err(NumberError::ZeroDivisor));
    assert_eq!(largest.half_up(1), Err(NumberError::Overflow));
    // Shortening first keeps what fits.
    assert_eq!(largest.checked_mul(fraction(1, i128::MAX)), Ok(Fraction::ONE));
    assert_eq!(largest.checked_sub(largest), Ok(Fraction::ZERO));
}

#[test]
fn rounding_follows_the_decimal() {
    let cases = [
        // numerator, denominator, decimals, half up, floor, ceiling
        ((15_200, 150), 1, "101.3", "101.3", "101.4"),
        ((6_100, 150), 1, "40.7", "40.6", "40.7"),
        ((225, 100), 1, "2.3", "2.2", "2.3"),
        ((-225, 100), 1, "-2.3", "-2.3", "-2.2"),
        ((1_005, 1_000), 2, "1.01", "1.00", "1.01"),
        ((-4, 100), 1, "0.0", "-0.1", "0.0"),
        ((5, 100), 1, "0.1", "0.0", "0.1"),
        ((7, 1), 0, "7", "7", "7"),
        ((1, 2), 0, "1", "0", "1"),
        ((-1, 2), 0, "-1", "-1", "0"),
    ];
    for ((numerator, denominator), decimals, half_up, floor, ceiling) in cases {
        let number = fraction(numerator, denominator);
        assert_eq!(number.half_up(decimals).unwrap().to_string(), half_up);
        assert_eq!(number.floor(decimals).unwrap().to_string(), floor);
        assert_eq!(number.ceiling(decimals).unwrap().to_string(), ceiling);
    }
}

#[test]
fn a_rounded_bound_stays_true() {
    let share = |qualifier| Quantity { value: fraction(906, 1000), qualifier };
    for (qualifier, expected) in [
        (Qualifier::Exact, "0.91"),
        (Qualifier::About, "0.91"),
        (Qualifier::AtLeast, "0.90"),
        (Qualifier::AtMost, "0.91"),
    ] {
        assert_eq!(share(qualifier).rounded(2).unwrap().to_string(), expected);
    }
    let low = Quantity { value: fraction(901, 1000), qualifier: Qualifier::AtMost };
    assert_eq!(low.rounded(2).unwrap().to_string(), "0.91");
}

#[test]
fn a_bound_makes_the_sum_a_bound() {
    use Qualifier::{About, AtLeast, AtMost, Exact};
    for (one, other, sum, difference) in [
        (Exact, Exact, Exact, Exact),
        (AtLeast, Exact, AtLeast, AtLeast),
        (Exact, AtLeast, AtLeast, AtMost),
        (AtLeast, AtLeast, AtLeast, About),
        (AtMost, AtMost, AtMost, About),
        (AtLeast, AtMost, About, AtLeast),
        (AtMost, AtLeast, About, AtMost),
        (About, Exact, About, About),
        (AtLeast, About, About, About),
    ] {
        let (one, other) = (quantity(30, one), quantity(71, other));
        assert_eq!(one.plus(other).unwrap(), quantity(101, sum), "{one:?} + {other:?}");
        assert_eq!(one.minus(other).unwrap(), quantity(-41, difference), "{one:?} - {other:?}");
    }
}

#[test]
fn a_share_of_bounds_is_a_bound_where_it_can_be() {
    use Qualifier::{About, AtLeast, AtMost, Exact};
    for (dividend, divisor, expected) in [
        ((30, AtLeast), (40, Exact), AtLeast),
        ((30, AtLeast), (40, AtMost), AtLeast),
        ((30, AtLeast), (40, AtLeast), About),
        ((30, Exact), (40, AtLeast), AtMost),
        ((30, AtMost), (40, AtLeast), AtMost),
        ((-30, Exact), (40, AtLeast), AtLeast),
        ((-30, AtMost), (40, AtLeast), About),
        ((-30, AtLeast), (40, AtLeast), AtLeast),
        ((30, AtMost), (40, AtMost), About),
        ((-30, AtLeast), (40, AtMost), About),
        ((-30, Exact), (40, AtMost), AtMost),
        ((0, AtMost), (40, AtMost), AtMost),
        ((-30, AtMost), (40, AtMost), AtMost),
        ((30, AtLeast), (-40, Exact), AtMost),
        ((30, AtLeast), (-40, AtLeast), AtMost),
        ((0, Exact), (40, AtLeast), Exact),
        ((0, AtLeast), (40, About), About),
        ((30, About), (40, Exact), About),
    ] {
        let share = quantity(dividend.0, dividend.1).over(quantity(divisor.0, divisor.1)).unwrap();
        assert_eq!(share.qualifier, expected, "{dividend:?} / {divisor:?}");
    }
    let nothing = quantity(0, Exact);
    assert_eq!(quantity(5, AtLeast).over(nothing), Err(NumberError::ZeroDivisor));
}

fn qualifiers() -> impl Strategy<Value = Qualifier> {
    use Qualifier::{AtLeast, AtMost, Exact};
    prop_oneof![Just(Exact), Just(AtLeast), Just(AtMost)]
}

/// A truth that a quantity allows, `slack` away from its value.
fn truth(value: i128, qualifier: Qualifier, slack: i128) -> i128 {
    match qualifier {
        Qualifier::Exact | Qualifier::About => value,
        Qualifier::AtLeast => value + slack,
        Qualifier::AtMost => value - slack,
    }
}

fn allows(claim: Quantity, truth: Fraction) -> bool {
    match claim.qualifier {
        Qualifier::Exact => truth == claim.value,
        Qualifier::AtLeast => truth >= claim.value,
        Qualifier::AtMost => truth <= claim.value,
        Qualifier::About => true,
    }
}

proptest! {
    #[test]
    fn the_text_of_a_decimal_reads_back(units: i64, scale in 0_u8..=4) {
        let decimal = Decimal::new(units, scale);
        prop_assert_eq!(Decimal::parse(&decimal.to_string()), Ok(decimal));
    }

    #[test]
    fn no_text_makes_the_reader_fail_badly(text in "[-0-9.,]{0,30}") {
        if let Ok(decimal) = Decimal::parse(&text) {
            prop_assert_eq!(Decimal::parse(&decimal.to_string()), Ok(decimal));
        }
    }

    #[test]
    fn arithmetic_agrees_with_whole_numbers(
        a in -1_000_000_000_i128..1_000_000_000, b in 1_i128..1_000_000,
        c in -1_000_000_000_i128..1_000_000_000, d in 1_i128..1_000_000,
    ) {
        let (one, other) = (fraction(a, b), fraction(c, d));
        prop_assert_eq!(one.checked_add(other), Fraction::new(a * d + c * b, b * d));
        prop_assert_eq!(one.checked_sub(other), Fraction::new(a * d - c * b, b * d));
        prop_assert_eq!(one.checked_mul(other), Fraction::new(a * c, b * d));
        prop_assert_eq!(one.checked_div(other), Fraction::new(a * d, b * c));
        prop_assert_eq!(one.cmp(&other), (a * d).cmp(&(c * b)));
    }

    #[test]
    fn the_order_of_fractions_is_exact_at_any_size(a: i128, b in 1..=i128::MAX, c: i128) {
        let (one, other) = (fraction(a, b), fraction(c, b));
        prop_assert_eq!(one.cmp(&other), a.cmp(&c));
        prop_assert_eq!(other.cmp(&one), c.cmp(&a));
    }

    #[test]
    fn a_larger_divisor_makes_less_at_any_size(a in 1..=i128::MAX, b in 1..i128::MAX) {
        let (more, less) = (fraction(a, b), fraction(a, b + 1));
        prop_assert!(less < more);
        prop_assert_eq!(more.cmp(&less), std::cmp::Ordering::Greater);
        prop_assert!(less.negated().unwrap() > more.negated().unwrap());
    }

    #[test]
    fn rounding_stays_within_half_a_digit(
        numerator in -1_000_000_000_i128..1_000_000_000, denominator in 1_i128..1_000_000, decimals in 0_u8..=4,
    ) {
        let number = fraction(numerator, denominator);
        let digit = fraction(1, 10_i128.pow(u32::from(decimals)));
        let near = Fraction::from(number.half_up(decimals).unwrap());
        let off = near.checked_sub(number).unwrap();
        let off = if off.is_negative() { off.negated().unwrap() } else { off };
        prop_assert!(off.checked_mul(Fraction::integer(2)).unwrap() <= digit);
        let low = Fraction::from(number.floor(decimals).unwrap());
        let high = Fraction::from(number.ceiling(decimals).unwrap());
        prop_assert!(low <= number && number <= high);
        prop_assert!(high.checked_sub(low).unwrap() <= digit);
    }
}

proptest! {
    // Few of the cases have the signs and bounds that a wrong promise would need.
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_bound_is_ever_false(
        a in -9_i128..10, p in qualifiers(), a_off in 0_i128..12,
        b in -9_i128..10, q in qualifiers(), b_off in 0_i128..12,
    ) {
        let (one, other) = (quantity(a, p), quantity(b, q));
        let (x, y) = (truth(a, p, a_off), truth(b, q, b_off));
        let (true_one, true_other) = (Fraction::integer(x), Fraction::integer(y));
        prop_assert!(allows(one.plus(other).unwrap(), true_one.checked_add(true_other).unwrap()));
        prop_assert!(allows(one.minus(other).unwrap(), true_one.checked_sub(true_other).unwrap()));
        let product = one.times(other).unwrap();
        let true_product = true_one.checked_mul(true_other).unwrap();
        prop_assert!(allows(product, true_product), "{one:?} × {other:?} = {product:?}, but {x} × {y}");
        // A divisor keeps its sign.
        if b != 0 && b.signum() == y.signum() {
            let share = one.over(other).unwrap();
            let true_share = true_one.checked_div(true_other).unwrap();
            prop_assert!(allows(share, true_share), "{one:?} ÷ {other:?} = {share:?}, but {x} ÷ {y}");
        }
    }
}
