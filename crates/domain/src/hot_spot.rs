//! Hot spots: the few things that need a decision, chosen by rules that an office may change.

use std::cmp::Reverse;

/// The most hot spots at once: whoever reads more decides nothing.
pub const SPOTS_MAX: usize = 7;

/// Why something needs a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// An indicator is behind its plan.
    Behind,
    /// A task is overdue.
    Overdue,
    /// A lead asks for more time, and nobody answers.
    TimeAsked,
    /// A task was handed in, and nobody confirms it.
    Unconfirmed,
    /// Near its deadline a form is missing from many units.
    Missing,
    /// A difficulty is unanswered past its day.
    Unanswered,
    /// Units that were asked for plans have not issued theirs.
    PlansMissing,
}

impl Cause {
    /// All of them, in the order in which equal ones are shown.
    pub const ALL: [Self; 7] = [
        Self::Behind,
        Self::Overdue,
        Self::TimeAsked,
        Self::Unconfirmed,
        Self::Missing,
        Self::Unanswered,
        Self::PlansMissing,
    ];

    /// The code in the database, in forms and in entries.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Overdue => "overdue",
            Self::TimeAsked => "time-asked",
            Self::Unconfirmed => "unconfirmed",
            Self::Missing => "missing",
            Self::Unanswered => "unanswered",
            Self::PlansMissing => "plans-missing",
        }
    }

    /// The cause with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// What is measured.
    #[must_use]
    pub fn measure(self) -> Measure {
        match self {
            Self::Behind | Self::Missing => Measure::Percent,
            Self::Overdue
            | Self::TimeAsked
            | Self::Unconfirmed
            | Self::Unanswered
            | Self::PlansMissing => Measure::Days,
        }
    }
}

/// In what something is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Percent of what should be there and is not.
    Percent,
    /// Days.
    Days,
}

/// When something needs a decision, and how much it counts: data, which an office may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is about.
    pub cause: Cause,
    /// From which measure on.
    pub at_least: u16,
    /// Only within so many days around a deadline; none where no deadline counts.
    pub within_days: Option<u16>,
    /// How much it counts beside others; 0 switches it off.
    pub weight: u16,
    /// The most of its kind at once, so that one kind leaves room for others.
    pub most: u16,
}

/// The rules that every database begins with.
#[must_use]
pub fn standard_rules() -> Vec<Rule> {
    let rule = |cause, at_least, within_days, weight, most| Rule {
        cause,
        at_least,
        within_days,
        weight,
        most,
    };
    vec![
        rule(Cause::Behind, 20, None, 30, 3),
        rule(Cause::Overdue, 3, None, 20, 3),
        rule(Cause::TimeAsked, 1, None, 15, 3),
        rule(Cause::Unconfirmed, 3, None, 15, 3),
        rule(Cause::Missing, 20, Some(3), 10, 2),
        rule(Cause::Unanswered, 1, None, 15, 2),
        rule(Cause::PlansMissing, 3, None, 15, 2),
    ]
}

/// Something that may need a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Why.
    pub cause: Cause,
    /// How far it has come, in the measure of its cause.
    pub measure: u32,
    /// Which thing: equal ones are shown in the order of these keys.
    pub thing: String,
}

/// A candidate that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its place among the candidates.
    pub candidate: usize,
    /// The rule that chose it.
    pub rule: Rule,
    /// How much it counts: the weight, as often as the measure is the rule's, in hundredths.
    pub score: u64,
}

impl Rule {
    /// How much a measure counts; none under the rule, or when it is switched off.
    #[must_use]
    pub fn score(&self, measure: u32) -> Option<u64> {
        let is_reached = self.weight > 0 && measure >= u32::from(self.at_least);
        let whole = u64::from(self.at_least.max(1));
        is_reached.then(|| u64::from(self.weight) * u64::from(measure) * 100 / whole)
    }
}

/// The hot spots among candidates: those that count most first, of each kind no more than its rule
/// lets through, together at most [`SPOTS_MAX`]. The same candidates give the same answer in whatever
/// order they come.
#[must_use]
pub fn choose(rules: &[Rule], candidates: &[Candidate]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let rule = rules.iter().find(|rule| rule.cause == candidate.cause);
        let scored = rule.and_then(|rule| Some((*rule, rule.score(candidate.measure)?)));
        choices.extend(scored.map(|(rule, score)| Choice { candidate: index, rule, score }));
    }
    choices.sort_by_key(|choice| {
        let thing = candidates.get(choice.candidate).map(|one| one.thing.as_str());
        (Reverse(choice.score), choice.rule.cause, thing)
    });
    let mut chosen: Vec<Choice> = Vec::new();
    for choice in choices {
        let same = chosen.iter().filter(|known| known.rule.cause == choice.rule.cause).count();
        if chosen.len() < SPOTS_MAX && same < usize::from(choice.rule.most) {
            chosen.push(choice);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(cause: Cause, measure: u32, thing: &str) -> Candidate {
        Candidate { cause, measure, thing: thing.to_owned() }
    }

    #[test]
    fn a_measure_counts_from_the_rule_on_and_more_the_further_it_is() {
        let rule =
            Rule { cause: Cause::Overdue, at_least: 7, within_days: None, weight: 20, most: 3 };
        let table = [
            (rule, 0, None),
            (rule, 6, None),
            (rule, 7, Some(2_000)),
            (rule, 14, Some(4_000)),
            (rule, 10, Some(2_857)),
            (Rule { weight: 0, ..rule }, 30, None),
            // Nothing is divided by nothing.
            (Rule { at_least: 0, ..rule }, 3, Some(6_000)),
        ];
        for (rule, measure, expected) in table {
            assert_eq!(rule.score(measure), expected, "{rule:?} {measure}");
        }
    }

    #[test]
    fn at_most_seven_are_chosen_the_heaviest_first_and_no_kind_takes_all_places() {
        use Cause::{Behind, Missing, Overdue, TimeAsked, Unconfirmed};
        type Case = (&'static [(Cause, u32, &'static str)], &'static [&'static str]);
        let table: [Case; 5] = [
            (&[], &[]),
            (&[(Overdue, 2, "soon"), (Behind, 19, "nearly")], &[]),
            // 20 × 6 / 3 = 40; 30 × 40 / 20 = 60; 15 × 2 / 1 = 30.
            (&[(Overdue, 6, "a"), (Behind, 40, "b"), (TimeAsked, 2, "c")], &["b", "a", "c"]),
            // Equal ones: by cause, then by name.
            (&[(Unconfirmed, 6, "z"), (TimeAsked, 2, "z"), (TimeAsked, 2, "y")], &["y", "z", "z"]),
            (
                &[
                    (Overdue, 9, "o1"),
                    (Overdue, 9, "o2"),
                    (Overdue, 9, "o3"),
                    (Overdue, 9, "o4"),
                    (Behind, 90, "b1"),
                    (TimeAsked, 1, "t1"),
                    (Unconfirmed, 3, "u1"),
                    (Missing, 100, "m1"),
                    (Missing, 90, "m2"),
                    (Missing, 80, "m3"),
                ],
                // 135, three of 60, 50, 45, and of two that count 15 the one whose cause is first.
                &["b1", "o1", "o2", "o3", "m1", "m2", "t1"],
            ),
        ];
        for (candidates, expected) in table {
            let mut candidates: Vec<Candidate> = candidates
                .iter()
                .map(|(cause, far, thing)| candidate(*cause, *far, thing))
                .collect();
            for _ in 0..2 {
                let chosen = choose(&standard_rules(), &candidates);
                let things = chosen.iter().map(|one| candidates[one.candidate].thing.as_str());
                assert_eq!(things.collect::<Vec<_>>(), expected);
                candidates.reverse();
            }
        }
    }

    #[test]
    fn every_cause_has_a_rule_and_a_code_that_leads_back() {
        let rules = standard_rules();
        for (cause, rule) in Cause::ALL.into_iter().zip(&rules) {
            assert_eq!(rule.cause, cause);
            assert_eq!(Cause::from_code(cause.code()), Some(cause));
        }
        assert_eq!(rules.len(), Cause::ALL.len());
        assert_eq!(Cause::from_code("late"), None);
    }
}
