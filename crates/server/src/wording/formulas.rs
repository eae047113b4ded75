//! What is wrong with a formula or a report's text, in words and with its place.

use std::ops::Range;

use domain::expression::{Expected, ExpressionError, ExpressionProblem, Kind};
use domain::report::{TextError, TextProblem};

use super::{Gap, Lang};

/// What is wrong with a formula: `ký tự 5: không có chỉ số A99`.
#[must_use]
pub fn formula_problem(error: &ExpressionError, lang: Lang) -> String {
    at(&error.at, &expression_problem(&error.kind, lang), lang)
}

/// What is wrong with a report's text.
#[must_use]
pub fn text_problem(error: &TextError, lang: Lang) -> String {
    let problem = match &error.kind {
        TextProblem::UnclosedBrace => lang.say("text-unclosed-brace"),
        TextProblem::UnopenedBrace => lang.say("text-unopened-brace"),
        TextProblem::NoKey => lang.say("text-no-key"),
        TextProblem::BadKey { found } => {
            lang.tell("text-bad-key", [("found", Gap::from(found.to_string()))])
        }
        TextProblem::UnknownForm { form } => {
            lang.tell("text-unknown-form", [("form", Gap::from(form.as_str()))])
        }
        TextProblem::UnknownName { name } => {
            lang.tell("text-unknown-name", [("name", Gap::from(name.as_str()))])
        }
        TextProblem::NotInHead { name } => {
            lang.tell("text-not-in-head", [("name", Gap::from(name.as_str()))])
        }
        TextProblem::NotCompared { key } => {
            lang.tell("text-not-compared", [("key", Gap::from(key.as_str()))])
        }
        TextProblem::UnknownKey { key } => {
            lang.tell("text-unknown-key", [("key", Gap::from(key.as_str()))])
        }
    };
    at(&error.at, &problem, lang)
}

/// Places are counted from 1, as people count.
fn at(place: &Range<usize>, problem: &str, lang: Lang) -> String {
    let gaps = [("place", Gap::from((place.start + 1).to_string())), ("problem", problem.into())];
    lang.tell("at-character", gaps)
}

fn expression_problem(problem: &ExpressionProblem, lang: Lang) -> String {
    match problem {
        ExpressionProblem::Empty => lang.say("formula-empty"),
        ExpressionProblem::TooLong { characters, limit } => lang.tell(
            "formula-too-long",
            [("characters", Gap::from(*characters)), ("limit", (*limit).into())],
        ),
        ExpressionProblem::TooDeep { limit } => {
            lang.tell("formula-too-deep", [("limit", Gap::from(*limit))])
        }
        ExpressionProblem::UnexpectedCharacter { found } => {
            lang.tell("formula-unexpected-character", [("found", Gap::from(found.to_string()))])
        }
        ExpressionProblem::NumberTooLarge => lang.say("formula-number-too-large"),
        ExpressionProblem::TooManyDecimals { decimals } => {
            lang.tell("formula-too-many-decimals", [("decimals", Gap::from(*decimals))])
        }
        ExpressionProblem::Unexpected { found, expected: what } => lang.tell(
            "formula-unexpected",
            [("found", Gap::from(found.as_str())), ("expected", expected(*what, lang).into())],
        ),
        ExpressionProblem::UnexpectedEnd { expected: what } => {
            lang.tell("formula-unexpected-end", [("expected", Gap::from(expected(*what, lang)))])
        }
        ExpressionProblem::ChainedComparison => lang.say("formula-chained-comparison"),
        ExpressionProblem::UnknownFunction { name } => {
            lang.tell("formula-unknown-function", [("name", Gap::from(name.as_str()))])
        }
        ExpressionProblem::WrongArgumentCount { function, least, most: _, found } => lang.tell(
            "formula-wrong-argument-count",
            [
                ("function", Gap::from(*function)),
                ("least", (*least).into()),
                ("found", (*found).into()),
            ],
        ),
        ExpressionProblem::BadOffset { limit } => {
            lang.tell("formula-bad-offset", [("limit", Gap::from(*limit))])
        }
        ExpressionProblem::UnknownItem { code } => {
            lang.tell("formula-unknown-item", [("code", Gap::from(code.as_str()))])
        }
        ExpressionProblem::UnknownClass { item, class, known } => lang.tell(
            "refusal-unknown-class",
            [
                ("item", Gap::from(item.as_str())),
                ("class", class.as_str().into()),
                ("known", known.join(", ").into()),
            ],
        ),
        ExpressionProblem::WrongKind { expected, found: _ } => lang.say(match expected {
            Kind::Number => "formula-number-wanted",
            Kind::Truth => "formula-condition-wanted",
        }),
    }
}

fn expected(expected: Expected, lang: Lang) -> String {
    lang.say(match expected {
        Expected::Operand => "expected-operand",
        Expected::OperatorOrEnd => "expected-operator-or-end",
        Expected::OpeningParenthesis => "expected-opening-parenthesis",
        Expected::ClosingParenthesis => "expected-closing-parenthesis",
        Expected::CommaOrClosingParenthesis => "expected-comma-or-closing-parenthesis",
        Expected::ItemCode => "expected-item-code",
        Expected::ClassCode => "expected-class-code",
        Expected::ClosingBracket => "expected-closing-bracket",
        Expected::Level => "expected-level",
    })
}
