//! What holds for every formula: nothing panics, places lie inside the text, printing and reading
//! agree, and a bound that comes out is true whatever the truth behind the bounds that went in.

use std::collections::BTreeMap;

use domain::expression::{
    Context, DEPTH_MAX, Formula, ItemReference, Kind, KnownItem, Node, NodeKind, Operator,
    SOURCE_CHARACTERS_MAX, Value, check, evaluate,
};
use domain::number::{Fraction, Qualifier, Quantity};
use proptest::prelude::*;

struct Figures(BTreeMap<String, Quantity>);

impl Context for Figures {
    type Reason = ();

    fn item(&self, reference: &ItemReference) -> Result<Option<Quantity>, ()> {
        Ok(self.0.get(&reference.code).copied())
    }

    fn units(&self, level: &str) -> Result<u32, ()> {
        if level == "village" { Ok(162) } else { Err(()) }
    }
}

fn whole(number: i128, qualifier: Qualifier) -> Quantity {
    Quantity { value: Fraction::integer(number), qualifier }
}

/// Takes any text through all steps; whatever is refused is refused at a place inside it.
fn every_place_lies_inside(source: &str) -> Result<(), TestCaseError> {
    let length = source.chars().count();
    let inside = |at: &std::ops::Range<usize>| at.start <= at.end && at.end <= length;
    let formula = match Formula::parse(source) {
        Ok(formula) => formula,
        Err(error) => {
            prop_assert!(inside(&error.at), "{error}");
            return Ok(());
        }
    };
    prop_assert_eq!(formula.source(), source);
    let find = |code: &str| (code == "A01").then(KnownItem::default);
    for error in check(&formula, &find, Kind::Number).err().unwrap_or_default() {
        prop_assert!(inside(&error.at), "{}", error);
    }
    let figures = BTreeMap::from([("A01".to_owned(), whole(3, Qualifier::AtLeast))]);
    if let Err(error) = evaluate(formula.root(), &Figures(figures)) {
        prop_assert!(inside(&error.at), "{:?}", error);
    }
    Ok(())
}

/// Pieces of the language, so that random texts get past the first token.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "A01",
        "A99",
        "1",
        "0",
        "2.5",
        "99999999999",
        "+",
        "-",
        "*",
        "/",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        " and ",
        " or ",
        " not ",
        "if(",
        "coalesce(",
        "min(",
        "max(",
        "abs(",
        "ytd(",
        "units(",
        "village",
        "(",
        ")",
        ",",
        "[",
        "nu",
        "]",
        "@",
        "@-1",
        "@-1y",
        " ",
        ".",
        "đ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A formula over the items `a`, `b`, `c`, as text with only the parentheses it needs, and as
/// text with all of them.
#[derive(Debug, Clone)]
struct Written {
    sparse: String,
    full: String,
    power: u8,
}

fn written(sparse: String, full: String, power: u8) -> Written {
    Written { sparse, full, power }
}

impl Written {
    /// The sparse text as an operand that must bind at least as tightly as `power`.
    fn within(&self, power: u8) -> String {
        if self.power >= power { self.sparse.clone() } else { format!("({})", self.sparse) }
    }
}

fn joined(sign: &str, power: u8, left: &Written, right: &Written) -> Written {
    // Comparisons do not chain, the others group to the left.
    let left_power = if power == 3 { 4 } else { power };
    let sparse = format!("{} {sign} {}", left.within(left_power), right.within(power + 1));
    written(sparse, format!("({} {sign} {})", left.full, right.full), power)
}

fn called(name: &str, parts: &[Written]) -> Written {
    let list = |text: fn(&Written) -> &str| parts.iter().map(text).collect::<Vec<_>>().join(", ");
    let sparse = format!("{name}({})", list(|part| &part.sparse));
    written(sparse, format!("{name}({})", list(|part| &part.full)), 7)
}

const ALL_SUMS: &[(&str, u8)] = &[("+", 4), ("-", 4), ("*", 5), ("/", 5)];
const SUMS_WITHOUT_DIVISION: &[(&str, u8)] = &[("+", 4), ("-", 4), ("*", 5)];

/// Random formulas that give a number, from these arithmetic operators and everything else.
fn numbers(sums: &'static [(&'static str, u8)]) -> impl Strategy<Value = Written> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned),
        (0..20_i64).prop_map(|number| number.to_string()),
    ];
    let leaf = leaf.prop_map(|text| written(text.clone(), text, 7));
    leaf.prop_recursive(4, 24, 3, move |inner| {
        let pair = (inner.clone(), inner.clone());
        let sums = prop::sample::select(sums);
        let signs = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
        let word = prop::sample::select(vec![("and", 1), ("or", 0)]);
        let comparison = (signs, pair.clone()).prop_map(|(sign, (a, b))| joined(sign, 3, &a, &b));
        let negation = comparison.clone().prop_map(|inner| {
            written(format!("not {}", inner.within(2)), format!("(not {})", inner.full), 2)
        });
        let test = prop_oneof![3 => comparison, 1 => negation];
        let condition = (test.clone(), prop::collection::vec((word, test), 0..3)).prop_map(
            |(first, more)| {
                more.into_iter().fold(first, |left, ((sign, power), right)| {
                    joined(sign, power, &left, &right)
                })
            },
        );
        prop_oneof![
            4 => (sums, pair.clone()).prop_map(|((sign, power), (a, b))| joined(sign, power, &a, &b)),
            1 => inner.clone().prop_map(|a| {
                written(format!("-{}", a.within(6)), format!("(-{})", a.full), 6)
            }),
            1 => inner.clone().prop_map(|a| called("abs", &[a])),
            1 => prop::collection::vec(inner.clone(), 1..4).prop_map(|a| called("min", &a)),
            1 => prop::collection::vec(inner.clone(), 1..4).prop_map(|a| called("max", &a)),
            1 => (condition, pair).prop_map(|(test, (a, b))| called("if", &[test, a, b])),
        ]
    })
}

/// The tree as text with all parentheses, to compare trees without their places.
fn full(node: &Node) -> String {
    let list = |parts: &[Node]| parts.iter().map(full).collect::<Vec<_>>().join(", ");
    match &node.kind {
        NodeKind::Number(number) => number.units.to_string(),
        NodeKind::Item(reference) => reference.to_string(),
        NodeKind::Units { level } => format!("units({level})"),
        NodeKind::Negate(inner) => format!("(-{})", full(inner)),
        NodeKind::Not(inner) => format!("(not {})", full(inner)),
        NodeKind::Abs(inner) => format!("abs({})", full(inner)),
        NodeKind::Coalesce(parts) => format!("coalesce({})", list(parts)),
        NodeKind::Min(parts) => format!("min({})", list(parts)),
        NodeKind::Max(parts) => format!("max({})", list(parts)),
        NodeKind::If { condition, then, otherwise } => {
            format!("if({}, {}, {})", full(condition), full(then), full(otherwise))
        }
        NodeKind::Binary { operator, left, right } => {
            let sign = match operator {
                Operator::Or => "or",
                Operator::And => "and",
                Operator::Equal => "=",
                Operator::NotEqual => "!=",
                Operator::Less => "<",
                Operator::LessOrEqual => "<=",
                Operator::Greater => ">",
                Operator::GreaterOrEqual => ">=",
                Operator::Add => "+",
                Operator::Subtract => "-",
                Operator::Multiply => "*",
                Operator::Divide => "/",
            };
            format!("({} {sign} {})", full(left), full(right))
        }
    }
}

/// A figure as reported between `least` and 9, and a truth from `least` up that fits its qualifier.
fn figure(least: i128) -> impl Strategy<Value = (Quantity, Quantity)> {
    let qualifier =
        prop::sample::select(vec![Qualifier::Exact, Qualifier::AtLeast, Qualifier::AtMost]);
    (least..10_i128, 0..12_i128, qualifier).prop_map(move |(reported, further, qualifier)| {
        let truth = match qualifier {
            Qualifier::AtLeast => reported + further,
            Qualifier::AtMost => (reported - further).max(least),
            Qualifier::Exact | Qualifier::About => reported,
        };
        (whole(reported, qualifier), whole(truth, Qualifier::Exact))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn no_text_makes_it_panic(source in any::<String>()) {
        every_place_lies_inside(&source)?;
    }

    #[test]
    fn no_sequence_of_its_own_words_makes_it_panic(source in pieces()) {
        every_place_lies_inside(&source)?;
    }

    #[test]
    fn what_is_written_with_few_parentheses_is_read_as_meant(formula in numbers(ALL_SUMS)) {
        let parsed = Formula::parse(&formula.sparse).unwrap();
        prop_assert_eq!(full(parsed.root()), formula.full);
        let find = |_: &str| Some(KnownItem::default());
        prop_assert_eq!(check(&parsed, &find, Kind::Number), Ok(()));
    }

    // A bound of a divisor promises that its sign is known, so the divisor `d` stays positive.
    #[test]
    fn a_bound_that_comes_out_is_true(
        dividend in numbers(SUMS_WITHOUT_DIVISION), rest in numbers(SUMS_WITHOUT_DIVISION),
        a in figure(-9), b in figure(-9), c in figure(-9), d in figure(1),
    ) {
        let divisor = written("d".to_owned(), "d".to_owned(), 7);
        let formula = joined("+", 4, &joined("/", 5, &dividend, &divisor), &rest);
        let parsed = Formula::parse(&formula.sparse).unwrap();
        let named = |a, b, c, d| Figures([("a", a), ("b", b), ("c", c), ("d", d)]
            .map(|(code, quantity)| (code.to_owned(), quantity)).into());
        let claimed = evaluate(parsed.root(), &named(a.0, b.0, c.0, d.0));
        let truth = evaluate(parsed.root(), &named(a.1, b.1, c.1, d.1));
        prop_assert!(!matches!(truth, Ok(Value::Missing)));
        // Where the bounds leave a condition open there is nothing to compare.
        if let (Ok(Value::Number(claimed)), Ok(Value::Number(truth))) = (claimed, truth) {
            prop_assert_eq!(truth.qualifier, Qualifier::Exact);
            match claimed.qualifier {
                Qualifier::Exact => prop_assert_eq!(truth.value, claimed.value),
                Qualifier::AtLeast => prop_assert!(truth.value >= claimed.value),
                Qualifier::AtMost => prop_assert!(truth.value <= claimed.value),
                Qualifier::About => {}
            }
        }
    }
}

#[test]
fn the_longest_formula_fits_into_a_small_stack() {
    // 2,000 characters of left-leaning sums, under the deepest nesting that is allowed.
    let nesting = DEPTH_MAX - 1;
    let length = SOURCE_CHARACTERS_MAX - 2 * nesting;
    let mut source = "(".repeat(nesting);
    source.push_str(&"1+".repeat(length / 2 - 1));
    source.push('1');
    source.push_str(&")".repeat(nesting));
    let walk = move || {
        let formula = Formula::parse(&source).unwrap();
        let find = |_: &str| None;
        assert_eq!(check(&formula, &find, Kind::Number), Ok(()));
        assert_eq!(formula.items(), Vec::<&ItemReference>::new());
        assert_eq!(formula.clone(), formula);
        evaluate(formula.root(), &Figures(BTreeMap::new()))
    };
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let value = small.spawn(walk).unwrap().join().unwrap();
    let ones = i128::try_from((SOURCE_CHARACTERS_MAX - 2 * nesting) / 2).unwrap();
    assert_eq!(value, Ok(Value::Number(whole(ones, Qualifier::Exact))));
}
