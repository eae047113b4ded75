//! The cases of the expression language that every evaluator must pass.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken vector should stop the test")]

use std::collections::BTreeMap;
use std::ops::Range;

use domain::expression::{
    Context, ExpressionError, Formula, ItemReference, Kind, KnownItem, Value, check, evaluate,
};
use domain::number::{Decimal, Fraction, Qualifier, Quantity};
use serde_json::Value as Json;

const VECTORS: &str = include_str!("../../../tests/vectors/expression.json");

/// The figures of one case, by written reference.
struct Figures {
    items: BTreeMap<String, Quantity>,
    units: BTreeMap<String, u32>,
}

impl Context for Figures {
    type Reason = String;

    fn item(&self, reference: &ItemReference) -> Result<Option<Quantity>, String> {
        Ok(self.items.get(&reference.to_string()).copied())
    }

    fn units(&self, level: &str) -> Result<u32, String> {
        self.units.get(level).copied().ok_or_else(|| level.to_owned())
    }
}

#[test]
fn every_vector_gives_what_it_says() {
    let vectors: Json = serde_json::from_str(VECTORS).unwrap();
    let items: BTreeMap<String, Vec<String>> =
        entries(&vectors["items"]).map(|(code, classes)| (code, strings(classes))).collect();
    let cases = vectors["cases"].as_array().unwrap();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        assert_eq!(outcome(case, &items), expected(case), "{name}: {}", case["source"]);
    }
}

#[test]
fn every_vector_names_its_items_in_order() {
    let vectors: Json = serde_json::from_str(VECTORS).unwrap();
    let mut seen = 0;
    for case in vectors["cases"].as_array().unwrap() {
        let Some(uses) = case.get("uses") else { continue };
        let formula = Formula::parse(case["source"].as_str().unwrap()).unwrap();
        let found: Vec<String> = formula.items().iter().map(ToString::to_string).collect();
        assert_eq!(found, strings(uses), "{}", case["name"]);
        seen += 1;
    }
    assert!(seen >= 5, "only {seen} cases say what they use");
}

#[test]
fn every_vector_says_whether_it_is_a_ratio() {
    let vectors: Json = serde_json::from_str(VECTORS).unwrap();
    let mut seen = 0;
    for case in vectors["cases"].as_array().unwrap() {
        let Some(ratio) = case.get("ratio") else { continue };
        let formula = Formula::parse(case["source"].as_str().unwrap()).unwrap();
        assert_eq!(formula.ratio().is_some(), ratio.as_bool().unwrap(), "{}", case["name"]);
        seen += 1;
    }
    assert!(seen >= 5, "only {seen} cases say whether they are ratios");
}

/// What became of a case, in words that can be compared.
#[derive(Debug, PartialEq)]
enum Outcome {
    Number(String),
    Truth(bool),
    Missing,
    ParseError(String, Range<usize>),
    CheckErrors(Vec<(String, Range<usize>)>),
    EvaluationError(String, Range<usize>),
}

fn outcome(case: &Json, items: &BTreeMap<String, Vec<String>>) -> Outcome {
    let formula = match Formula::parse(case["source"].as_str().unwrap()) {
        Ok(formula) => formula,
        Err(error) => return Outcome::ParseError(error.kind.code().to_owned(), error.at),
    };
    let find = |code: &str| items.get(code).map(|classes| KnownItem { classes: classes.clone() });
    if let Err(errors) = check(&formula, &find, kind(case)) {
        let named = |error: ExpressionError| (error.kind.code().to_owned(), error.at);
        return Outcome::CheckErrors(errors.into_iter().map(named).collect());
    }
    let figures = Figures {
        items: entries(&case["figures"])
            .map(|(reference, figure)| (reference, quantity(figure.as_str().unwrap())))
            .collect(),
        units: entries(&case["units"])
            .map(|(level, count)| (level, u32::try_from(count.as_u64().unwrap()).unwrap()))
            .collect(),
    };
    match evaluate(formula.root(), &figures) {
        Ok(Value::Number(quantity)) => Outcome::Number(written(quantity)),
        Ok(Value::Truth(holds)) => Outcome::Truth(holds),
        Ok(Value::Missing) => Outcome::Missing,
        Err(error) => Outcome::EvaluationError(error.kind.code().to_owned(), error.at),
    }
}

fn expected(case: &Json) -> Outcome {
    let error = |error: &Json| (error["code"].as_str().unwrap().to_owned(), span(&error["at"]));
    if let Some(number) = case.get("number") {
        Outcome::Number(number.as_str().unwrap().to_owned())
    } else if let Some(truth) = case.get("truth") {
        Outcome::Truth(truth.as_bool().unwrap())
    } else if case.get("missing").is_some() {
        Outcome::Missing
    } else if let Some(parse_error) = case.get("parse_error") {
        let (code, at) = error(parse_error);
        Outcome::ParseError(code, at)
    } else if let Some(errors) = case.get("check_errors") {
        Outcome::CheckErrors(errors.as_array().unwrap().iter().map(error).collect())
    } else {
        let (code, at) = error(&case["evaluation_error"]);
        Outcome::EvaluationError(code, at)
    }
}

fn kind(case: &Json) -> Kind {
    match case.get("kind").and_then(Json::as_str) {
        Some("truth") => Kind::Truth,
        Some("number") => Kind::Number,
        Some(other) => panic!("no kind {other}"),
        None if case.get("truth").is_some() => Kind::Truth,
        None => Kind::Number,
    }
}

/// Reads `[qualifier ]decimal`.
fn quantity(text: &str) -> Quantity {
    let (qualifier, number) = text.split_once(' ').unwrap_or(("", text));
    Quantity {
        value: Fraction::from(Decimal::parse(number).unwrap()),
        qualifier: Qualifier::from_code(qualifier).unwrap(),
    }
}

/// Writes `[qualifier ]integer[/integer]`.
fn written(quantity: Quantity) -> String {
    let (numerator, denominator) = (quantity.value.numerator(), quantity.value.denominator());
    let number =
        if denominator == 1 { numerator.to_string() } else { format!("{numerator}/{denominator}") };
    match quantity.qualifier {
        Qualifier::Exact => number,
        bound => format!("{} {number}", bound.code()),
    }
}

fn span(at: &Json) -> Range<usize> {
    let end = |index: usize| usize::try_from(at[index].as_u64().unwrap()).unwrap();
    end(0)..end(1)
}

fn strings(list: &Json) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn entries(map: &Json) -> impl Iterator<Item = (String, &Json)> {
    map.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value))
}
